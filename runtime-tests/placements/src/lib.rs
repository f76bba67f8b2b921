//! One chain, three placements.
//!
//! A runtime can stand in three places: native, as Wasm with the engine linked into it, and as Wasm that uses the
//! engine of its host ([`vellum_runtime_caller::Placement`]). Here the same [`script`]s of blocks run on a [`chain`]
//! in memory in each of them, and everything that can be seen is compared: headers with their state roots, outcomes,
//! events, the gas of dry runs. The [`scenarios`] say what happens in the blocks.
//!
//! Relies on `scripts/build-runtime.sh` for the Wasm runtimes. Promises that nothing but speed differs; the table of
//! how much that is, beside pallet-contracts 51, is made by this package's program.

#![forbid(unsafe_code)]

pub mod chain;
pub mod metered;
pub mod placements;
pub mod scenarios;
pub mod script;
pub mod speed;
