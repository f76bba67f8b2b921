//! Prints the metadata of the contract as JSON.
extern crate erc20 as contract;

include!("../../metadata.rs");
