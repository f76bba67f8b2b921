//! Version 11: the deletion queue, which was one value, becomes a map with counters.

use super::{IsFinished, MigrationStep, layouts::v8};
use crate::{Config, DeletionQueueManager, weights::WeightInfo};
#[cfg(feature = "try-runtime")]
use crate::{DeletionQueue, DeletionQueueCounter, TrieId, migration::stored_state};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
    DefaultNoBound,
    weights::{Weight, WeightMeter},
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;

#[cfg(test)]
mod tests;

/// How many entries a step is expected to have at most. Chains could choose how long their queue might get,
/// in an item that is no more; the queues of chains that run are empty in most blocks.
const ENTRIES_EXPECTED: u32 = 128;

/// One step moves the whole queue.
#[derive(Encode, Decode, MaxEncodedLen, DefaultNoBound)]
pub struct Migration<T: Config> {
    _phantom: PhantomData<T>,
}

impl<T: Config> MigrationStep for Migration<T> {
    const VERSION: u16 = 11;

    fn max_step_weight() -> Weight {
        T::WeightInfo::v11_migration_step(ENTRIES_EXPECTED)
    }

    fn step(&mut self, meter: &mut WeightMeter) -> IsFinished {
        let tries = v8::DeletionQueue::<T>::take().unwrap_or_default();
        meter.consume(T::WeightInfo::v11_migration_step(super::len(&tries)));
        let mut queue = DeletionQueueManager::<T>::default();
        for trie_id in tries {
            queue.insert(trie_id);
        }
        IsFinished::Yes
    }

    #[cfg(feature = "try-runtime")]
    fn pre_upgrade_step() -> Result<Vec<u8>, TryRuntimeError> {
        Ok(v8::DeletionQueue::<T>::get().unwrap_or_default().encode())
    }

    #[cfg(feature = "try-runtime")]
    fn post_upgrade_step(state: Vec<u8>) -> Result<(), TryRuntimeError> {
        use frame_support::ensure;
        let tries = stored_state::<Vec<TrieId>>(&state)?;
        let counters = (super::len(&tries), 0_u32);
        ensure!(DeletionQueueCounter::<T>::get().encode() == counters.encode(), "the counters of the queue are wrong");
        for (position, trie_id) in (0..).zip(tries) {
            ensure!(DeletionQueue::<T>::get(position) == Some(trie_id), "an entry of the queue is lost");
        }
        Ok(())
    }
}
