//! The twin run: the same steps on two chains that differ in one crate, and what comes of each.
//!
//! This source is compiled twice: as `vellum-twin` with the pallet, and as `vellum-twin-51` with pallet-contracts 51.
//! Each build takes the same [`Step`]s, which come from [`blobs`], from [`texts`], or from a [`generator`] with a seed,
//! and makes a [`Record`] of each: what was answered, which events there were, what the whole state is. The package's
//! tests hold the two builds' records against each other, one step after the other.
//!
//! Promises that steps depend on nothing but their source and the state of the chain, so two chains that are equal get
//! equal steps. Relies on the mock runtime of `vellum-runtime-tests`.

pub mod blobs;
pub mod capacity;
pub mod estate;
pub mod generator;
pub mod machine;
pub mod random;
pub mod record;
pub mod run;
pub mod settings;
pub mod step;
pub mod texts;

pub use record::Record;
pub use run::{Run, Steps};
pub use settings::Settings;
pub use step::Step;
