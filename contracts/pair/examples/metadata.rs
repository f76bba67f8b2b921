//! Prints the metadata of the contract as JSON.
extern crate pair as contract;

include!("../../metadata.rs");
