//! Measurement: what instructions cost on a machine, how Vellum's speed compares with that of
//! other interpreters, and whether it computes what they compute.
//!
//! Nothing of a runtime depends on this package, and it depends on no pallet: engines run here
//! behind one interface ([`engines`]) with the same small host ([`host`]).

pub mod calibrate;
pub mod compare;
pub mod differential;
pub mod engines;
pub mod host;
pub mod machine;
#[cfg(feature = "profile")]
pub mod pairs;
pub mod startup_modes;
pub mod workloads;
