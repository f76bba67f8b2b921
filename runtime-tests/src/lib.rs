//! A chain in memory, to try contracts on.
//!
//! The tests of this package say what the pallet does, topic by topic, each with a contract of a few lines from
//! `wat/`. What they share lies here: the [`runtime`], the [`chain`] with its actors and shorthands, the [`state`] as
//! it is stored and the [`invariants`] that hold of it after every test, the [`fixture`]s and their [`inputs`],
//! what [`watch`]es contracts, and [`shared`], the door to contracts of other projects where those are at hand.
//!
//! Relies on the pallet's public interface only, so what holds here holds for every runtime.

pub mod chain;
#[cfg(feature = "measured-weights")]
#[path = "../../runtime/src/contracts_weights.rs"]
mod contracts_weights;
pub mod errands;
pub mod fixture;
pub mod inputs;
pub mod invariants;
pub mod runtime;
pub mod shared;
pub mod state;
pub mod watch;
