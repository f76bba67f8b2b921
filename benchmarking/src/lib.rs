//! Measurement: what instructions cost on a machine, how Vellum's speed compares with that of
//! other interpreters, and whether it computes what they compute.
//!
//! Nothing of a runtime depends on this package, and it depends on no pallet: engines run here
//! behind one interface ([`engines`]) with the same small host ([`host`]).

extern crate alloc;

pub mod calibrate;
pub mod compare;
pub mod differential;
pub mod engines;
#[cfg(feature = "wasmtime")]
pub mod guest;
pub mod heap;
pub mod host;
pub mod machine;
#[cfg(feature = "profile")]
pub mod pairs;
#[cfg(feature = "wasmtime")]
pub mod portable;
pub mod repeat;
pub mod runtime_size;
pub mod startup_modes;
pub mod workloads;
