//! Reads and writes of a contract's child trie.
//!
//! Every write says by how much storage grew or shrank. The caller books that before anything else can
//! look at the contract's info.

use super::{ContractInfo, Key};
use crate::{Config, SENTINEL, meter::diff::Diff};
use alloc::vec::Vec;
use frame_support::storage::child;

/// What a write found in the place where it wrote.
#[derive(Debug, PartialEq, Eq)]
pub enum WriteOutcome {
    /// Nothing.
    New,
    /// A value of this many bytes, which is gone.
    Overwritten(u32),
    /// This value. Only if it was asked for, because it must be read.
    Taken(Vec<u8>),
}

impl WriteOutcome {
    /// Bytes of the old value, zero if there was none.
    pub fn old_len(&self) -> u32 {
        self.old_len_if_any().unwrap_or(0)
    }

    /// Bytes of the old value as a contract sees it: the sentinel if there was none, for an empty
    /// value is a value.
    pub fn old_len_with_sentinel(&self) -> u32 {
        self.old_len_if_any().unwrap_or(SENTINEL)
    }

    fn old_len_if_any(&self) -> Option<u32> {
        match self {
            Self::New => None,
            Self::Overwritten(len) => Some(*len),
            Self::Taken(value) => Some(value_len(value)),
        }
    }
}

impl<T: Config> ContractInfo<T> {
    /// The value under a key.
    pub fn read(&self, key: &Key<T>) -> Option<Vec<u8>> {
        child::get_raw(&self.child_trie_info(), &key.hash())
    }

    /// Bytes of the value under a key.
    pub fn size(&self, key: &Key<T>) -> Option<u32> {
        child::len(&self.child_trie_info(), &key.hash())
    }

    /// Stores a value, or removes the one that is there, and returns what changed. With `take` the
    /// old value is read and returned.
    pub fn write(&self, key: &Key<T>, value: Option<Vec<u8>>, take: bool) -> (WriteOutcome, Diff) {
        let trie = self.child_trie_info();
        let key = key.hash();
        let outcome = if take {
            child::get_raw(&trie, &key).map_or(WriteOutcome::New, WriteOutcome::Taken)
        } else {
            child::len(&trie, &key).map_or(WriteOutcome::New, WriteOutcome::Overwritten)
        };
        let diff = Diff::of_write(outcome.old_len_if_any(), value.as_deref().map(value_len));
        match value {
            Some(value) => child::put_raw(&trie, &key, &value),
            None => child::kill(&trie, &key),
        }
        (outcome, diff)
    }
}

/// The length of a stored value. All are bounded by the schedule's payload limit, a `u32`.
fn value_len(value: &[u8]) -> u32 {
    u32::try_from(value.len()).unwrap_or(u32::MAX)
}
