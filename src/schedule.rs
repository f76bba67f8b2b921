//! Limits that a chain sets for its contracts.
//!
//! The types keep their shape because the schedule is a metadata constant that clients read. Prices
//! are elsewhere: the engine's in `vellum-weights`, the host functions' in [`Config::WeightInfo`].

use crate::{Config, weights::WeightInfo};
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_support::DefaultNoBound;
use scale_info::TypeInfo;
#[cfg(feature = "std")]
use serde::{Deserialize, Serialize};

/// Bytes of a page of Wasm memory, fixed by the WebAssembly specification.
pub(crate) const PAGE_BYTES: u32 = 64 * 1024;

/// The instructions in the loop that [`WeightInfo::instr_i64_load_store`] measures.
const INSTRUCTIONS_PER_BENCHMARKED_LOOP: u32 = 6;

/// What a chain lets a contract do at most.
#[cfg_attr(feature = "std", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "std", serde(bound(serialize = "", deserialize = "")))]
#[derive(Clone, Encode, Decode, PartialEq, Eq, DefaultNoBound, TypeInfo)]
#[scale_info(skip_type_params(T))]
pub struct Schedule<T: Config> {
    /// Upper limits on sizes and counts.
    pub limits: Limits,
    /// The price of an instruction as pallet-contracts measured it. For display only: gas is charged
    /// from the price table that is linked into the runtime.
    pub instruction_weights: InstructionWeights<T>,
}

/// Upper limits on sizes and counts.
#[cfg_attr(feature = "std", derive(Serialize, Deserialize))]
#[derive(Clone, Encode, Decode, PartialEq, Eq, TypeInfo)]
pub struct Limits {
    /// Topics of one event.
    pub event_topics: u32,
    /// Pages of 64 KiB that a contract's memory may have.
    pub memory_pages: u32,
    /// Bytes of the subject of the deprecated random function.
    pub subject_len: u32,
    /// Bytes of one storage value, and of the data of one event.
    pub payload_len: u32,
    /// Bytes of memory that a runtime has when it builds a block. Read by the integrity test only.
    pub runtime_memory: u32,
    /// Bytes of memory that a runtime has when a validator checks a block. Read by the integrity test
    /// only.
    pub validator_runtime_memory: u32,
    /// Picoseconds of `ref_time` that an event costs for each byte of data, on top of its weight.
    /// It bounds the bytes of events in a block, which live in memory until the block is done.
    pub event_ref_time: u64,
}

impl Limits {
    /// Bytes of the largest memory that a contract may have.
    pub fn max_memory_size(&self) -> u32 {
        self.memory_pages.saturating_mul(PAGE_BYTES)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            event_topics: 4,
            memory_pages: 16,
            subject_len: 32,
            payload_len: 16 * 1024,
            runtime_memory: 128 * 1024 * 1024,
            validator_runtime_memory: 512 * 1024 * 1024,
            event_ref_time: 60_000,
        }
    }
}

/// The price of an instruction under pallet-contracts.
#[cfg_attr(feature = "std", derive(Serialize, Deserialize))]
#[derive(Clone, Encode, Decode, PartialEq, Eq, TypeInfo)]
#[scale_info(skip_type_params(T))]
pub struct InstructionWeights<T: Config> {
    /// Picoseconds of `ref_time` of one instruction.
    pub base: u32,
    /// Ties the default value to the chain's weights.
    #[codec(skip)]
    pub _phantom: PhantomData<T>,
}

impl<T: Config> Default for InstructionWeights<T> {
    fn default() -> Self {
        let loop_ref_time =
            T::WeightInfo::instr_i64_load_store(1).saturating_sub(T::WeightInfo::instr_i64_load_store(0)).ref_time();
        let base = loop_ref_time / u64::from(INSTRUCTIONS_PER_BENCHMARKED_LOOP);
        Self { base: u32::try_from(base).unwrap_or(u32::MAX), _phantom: PhantomData }
    }
}
