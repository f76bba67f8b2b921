//! One entry of a map after the other.

use super::IsFinished;
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use codec::{FullCodec, FullEncode};
use frame_support::storage::IterableStorageMap;

/// A map whose entries are migrated one at a time, in the order of their keys in storage.
///
/// A migrated entry keeps its key, so it lies behind those that are to come, which still have the old
/// layout. An entry that has not even that is left alone.
pub(super) trait Walk<K: FullEncode, V: FullCodec>: IterableStorageMap<K, V> {
    /// Visits the entry behind the one at `last`, or the first one, and notes it in `last`. At the end of the
    /// map there is nothing to visit.
    fn visit_next<R>(last: &mut Option<K>, visit: impl FnOnce(&K, V) -> R) -> Option<R> {
        let mut entries = match last.take() {
            Some(key) => Self::iter_from(Self::hashed_key_for(key)),
            None => Self::iter(),
        };
        let (key, value) = entries.next()?;
        let result = visit(&key, value);
        *last = Some(key);
        Some(result)
    }

    /// Some entries, to be compared with what becomes of them.
    #[cfg(feature = "try-runtime")]
    fn sample() -> Vec<(K, V)> {
        /// A rehearsal holds them in memory.
        const ENTRIES_MAX: usize = 100;
        Self::iter().take(ENTRIES_MAX).collect()
    }
}

impl<Map: IterableStorageMap<K, V>, K: FullEncode, V: FullCodec> Walk<K, V> for Map {}

impl IsFinished {
    /// A walk is finished when there is nothing to visit.
    pub(super) fn unless_visited<R>(visited: &Option<R>) -> Self {
        if visited.is_some() { Self::No } else { Self::Yes }
    }
}
