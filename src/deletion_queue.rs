//! The data of terminated contracts, deleted when blocks have weight to spare.
//!
//! A contract can have more items than fit into a block, so terminating it only notes its child trie.
//! `on_idle` deletes keys of the oldest one first, as many as the block's remaining weight allows.

use crate::{Config, DeletionQueue, DeletionQueueCounter, TrieId, weights::WeightInfo};
use codec::{Decode, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
    CloneNoBound, DefaultNoBound,
    storage::child::{self, ChildInfo},
    weights::{Weight, WeightMeter},
};
use scale_info::TypeInfo;
use sp_io::KillStorageResult;

#[cfg(test)]
mod tests;

/// Where the queue begins and ends. Both counters wrap around.
#[derive(Encode, Decode, TypeInfo, MaxEncodedLen, DefaultNoBound, CloneNoBound)]
#[scale_info(skip_type_params(T))]
#[scale_info(replace_segment("deletion_queue", "storage"))]
pub struct DeletionQueueManager<T: Config> {
    /// The key of the next trie to be noted.
    insert_counter: u32,
    /// The key of the next trie to be deleted.
    delete_counter: u32,
    _phantom: PhantomData<T>,
}

impl<T: Config> DeletionQueueManager<T> {
    /// The queue as it is stored.
    pub(crate) fn load() -> Self {
        DeletionQueueCounter::<T>::get()
    }

    /// Notes a trie at the end.
    pub(crate) fn insert(&mut self, trie_id: TrieId) {
        DeletionQueue::<T>::insert(self.insert_counter, trie_id);
        self.insert_counter = self.insert_counter.wrapping_add(1);
        DeletionQueueCounter::<T>::set(self.clone());
    }

    /// The oldest trie. The counter says where it is, which saves a search for the next key.
    fn front(&self) -> Option<TrieId> {
        if self.is_empty() { None } else { DeletionQueue::<T>::get(self.delete_counter) }
    }

    fn remove_front(&mut self) {
        DeletionQueue::<T>::remove(self.delete_counter);
        self.delete_counter = self.delete_counter.wrapping_add(1);
        DeletionQueueCounter::<T>::set(self.clone());
    }

    /// Whether these are the numbers of all entries.
    #[cfg(any(test, feature = "try-runtime"))]
    pub(crate) fn has_exactly(&self, numbers: &alloc::collections::BTreeSet<u32>) -> bool {
        let count = self.insert_counter.wrapping_sub(self.delete_counter);
        let is_open = |number: &u32| number.wrapping_sub(self.delete_counter) < count;
        numbers.len() == usize::try_from(count).unwrap_or(usize::MAX) && numbers.iter().all(is_open)
    }

    fn is_empty(&self) -> bool {
        self.insert_counter == self.delete_counter
    }
}

/// Deletes as many keys as the meter can pay for and consumes what that cost.
pub(crate) fn process_batch<T: Config>(meter: &mut WeightMeter) {
    if meter.try_consume(T::WeightInfo::on_process_deletion_queue_batch()).is_err() {
        return;
    }
    let mut queue = DeletionQueueManager::<T>::load();
    let (weight_per_key, key_budget) = deletion_budget::<T>(meter);
    let mut keys_left = key_budget;
    while keys_left > 0 {
        let Some(trie_id) = queue.front() else { break };
        #[allow(
            deprecated,
            reason = "its result tells the keys that this call removed, which is what the budget counts"
        )]
        let killed = child::kill_storage(&ChildInfo::new_default(&trie_id), Some(keys_left));
        match killed {
            KillStorageResult::SomeRemaining(keys_removed) => {
                keys_left = keys_left.saturating_sub(keys_removed);
                break;
            }
            KillStorageResult::AllRemoved(keys_removed) => {
                queue.remove_front();
                // An empty trie costs a key too, or a queue of them would cost nothing.
                keys_left = keys_left.saturating_sub(keys_removed.max(1));
            }
        }
    }
    meter.consume(weight_per_key.saturating_mul(u64::from(key_budget.saturating_sub(keys_left))));
}

/// The weight of deleting one key, and how many keys the meter can pay for.
fn deletion_budget<T: Config>(meter: &WeightMeter) -> (Weight, u32) {
    let weight_per_key =
        T::WeightInfo::on_initialize_per_trie_key(1).saturating_sub(T::WeightInfo::on_initialize_per_trie_key(0));
    // A key that costs nothing is a benchmark that failed: then nothing is deleted.
    let keys = meter.remaining().checked_div_per_component(&weight_per_key).unwrap_or(0);
    (weight_per_key, u32::try_from(keys).unwrap_or(u32::MAX))
}
