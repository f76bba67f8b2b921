//! Storage keys of contracts, and the keys in the child trie that they become.

use crate::Config;
use alloc::vec::Vec;
use frame_support::{Blake2_128Concat, BoundedVec, StorageHasher};
use sp_io::hashing::blake2_256;

/// A key under which a contract stores a value.
pub enum Key<T: Config> {
    /// A key of 32 bytes, which is all that the oldest functions know. It is hashed away.
    Fix([u8; 32]),
    /// A key of any length up to the chain's limit. It is kept behind its hash, so that a reader of
    /// the chain's state can list the keys.
    Var(BoundedVec<u8, T::MaxStorageKeyLen>),
}

impl<T: Config> Key<T> {
    /// A fixed key, unless there are not 32 bytes.
    pub fn try_from_fix(bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
        <[u8; 32]>::try_from(bytes).map(Self::Fix)
    }

    /// A variable key, unless there are too many bytes.
    pub fn try_from_var(bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
        BoundedVec::try_from(bytes).map(Self::Var)
    }

    /// The key in the child trie.
    pub fn hash(&self) -> Vec<u8> {
        match self {
            Key::Fix(key) => blake2_256(key).to_vec(),
            Key::Var(key) => Blake2_128Concat::hash(key),
        }
    }
}
