//! Prints the metadata of the contract as JSON.
extern crate caller as contract;

include!("../../metadata.rs");
