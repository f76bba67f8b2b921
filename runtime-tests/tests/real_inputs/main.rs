//! Real contracts, recorded answers, gas swept to its edges, and bytes that are no contract at all.
//!
//! What works on `../shared` is skipped, with a line that says so, where that folder is absent.

mod bad_input;
mod fuel_sweep;
mod goldens;
mod modes;
mod prefixes;
mod recorded;
mod shared_contracts;
mod small_host;
