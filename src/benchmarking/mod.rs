//! Benchmarks: one for each function of [`WeightInfo`](crate::weights::WeightInfo), with its name and its
//! components.
//!
//! FRAME's tools run them in the chain's runtime, as Wasm, and write the chain's own weights;
//! `docs/weights.md` has the commands. The feature `runtime-benchmarks` brings them.
//!
//! # What a number is
//!
//! *Extrinsics* and *hooks* are measured as a whole.
//!
//! *Host functions* are measured without the engine. A contract has called the function and the engine has
//! stopped for it ([`setup`]); what is measured is what the pallet does until the engine could go on: fetch the
//! arguments, find the body in the table, charge, read and write the contract's memory, act. So a
//! number covers the crossings to the node that the body makes, where the engine is there. What it
//! takes to stop and to go on is `noop_host_fn`: the whole way, measured over a loop of calls of a function that does nothing, as
//! what one more call takes. A contract pays both, and what its instructions cost besides.
//!
//! Each measured block does its work once, between two looks at the node's clock. These looks are themselves
//! crossings, which take longer than the shortest functions: the numbers of functions that only copy a few bytes are mostly
//! that, and so on the safe side. What *full* storage costs more than an almost empty one is charged as a
//! difference, where it cancels out.
//!
//! # How it is put together
//!
//! FRAME makes the benchmarks of one pallet from one module. Here each topic has its own, and is a pallet to FRAME;
//! the pallet's benchmarks are those of all topics.

use crate::{BalanceOf, Config, Pallet};
use alloc::vec::Vec;
use codec::{Encode, HasCompact};
use core::fmt::Debug;
use frame_benchmarking::{BenchmarkError, BenchmarkMetadata, BenchmarkParameter, BenchmarkResult, Benchmarking};
use frame_support::traits::Currency;
use scale_info::TypeInfo;
use sp_core::storage::TrackedStorageKey;

mod calls;
mod code;
mod context;
mod crypto;
mod engine;
mod events;
mod extrinsics;
mod maintenance;
mod migrations;
mod modules;
mod setup;
mod storage;
#[cfg(test)]
mod tests;
mod transient_storage;

/// The balance of pallet-balances, which kept deposits before contracts could hold them.
type OldBalanceOf<T> = <pallet_balances::Pallet<T> as Currency<crate::AccountIdOf<T>>>::Balance;

macro_rules! topics {
    ($($topic:ident),*) => {
        impl<T> Benchmarking for Pallet<T>
        where
            T: Config + pallet_balances::Config,
            <BalanceOf<T> as HasCompact>::Type: Clone + Eq + PartialEq + Debug + TypeInfo + Encode,
            BalanceOf<T>: From<OldBalanceOf<T>>,
            OldBalanceOf<T>: From<BalanceOf<T>>,
        {
            fn benchmarks(extra: bool) -> Vec<BenchmarkMetadata> {
                [$($topic::Pallet::<T>::benchmarks(extra)),*].concat()
            }

            fn run_benchmark(
                name: &[u8],
                components: &[(BenchmarkParameter, u32)],
                whitelist: &[TrackedStorageKey],
                verify: bool,
                internal_repeats: u32,
            ) -> Result<Vec<BenchmarkResult>, BenchmarkError> {
                $(if $topic::Pallet::<T>::benchmarks(true).iter().any(|benchmark| benchmark.name == name) {
                    return $topic::Pallet::<T>::run_benchmark(name, components, whitelist, verify, internal_repeats);
                })*
                Err("there is no such benchmark".into())
            }
        }
    };
}

topics!(maintenance, migrations, extrinsics, engine, context, calls, events, storage, transient_storage, crypto, code);
