//! Measurement: what instructions cost on a machine, how Vellum's speed compares with that of
//! other interpreters, and whether it computes what they compute.
//!
//! Nothing of a runtime depends on this package, and it depends on no pallet: engines run here
//! behind one interface ([`engines`]) with the same small host ([`host`]).

extern crate alloc;

#[cfg(feature = "full")]
pub mod calibrate;
#[cfg(feature = "full")]
pub mod compare;
#[cfg(feature = "full")]
pub mod differential;
pub mod engines;
pub mod gas;
#[cfg(feature = "wasmtime")]
pub mod guest;
#[cfg(feature = "full")]
pub mod heap;
pub mod host;
pub mod machine;
#[cfg(feature = "profile")]
pub mod pairs;
#[cfg(feature = "wasmtime")]
pub mod portable;
#[cfg(feature = "full")]
pub mod repeat;
#[cfg(feature = "full")]
pub mod runtime_size;
#[cfg(feature = "full")]
pub mod startup_modes;
pub mod workloads;
