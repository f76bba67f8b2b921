//! Prints the metadata of the contract as JSON.
extern crate flipper as contract;

include!("../../metadata.rs");
