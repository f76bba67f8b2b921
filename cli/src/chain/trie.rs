//! Reads the state trie's nodes from the store, checking each against its own hash.
//!
//! Relies on one read transaction of the store, so that everything read belongs to one block.
//! Promises: a node that comes back is the node that was asked for; anything else is reported as damage.

use super::store;
use crate::fault;
use hash_db::Prefix;
use sp_core::{Blake2Hasher, H256, Hasher};
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::{TrieBackend, TrieBackendBuilder, TrieBackendStorage};
use sp_trie::{DBValue, LayoutV1, empty_trie_root, prefixed_key};

/// The state at one block, as the runtime reads it.
pub type State = TrieBackend<Nodes, BlakeTwo256>;

/// The trie nodes as one read transaction sees them.
pub struct Nodes {
    /// Absent while there is no state at all, which is before the genesis block.
    table: Option<store::NodeTable>,
    empty_root: H256,
}

/// The state under this root.
pub fn state(table: Option<store::NodeTable>, root: H256) -> State {
    let empty_root = empty_root();
    TrieBackendBuilder::new(Nodes { table, empty_root }, root).build()
}

/// The root of a state without a single entry.
pub fn empty_root() -> H256 {
    empty_trie_root::<LayoutV1<BlakeTwo256>>()
}

impl TrieBackendStorage<BlakeTwo256> for Nodes {
    fn get(&self, hash: &H256, prefix: Prefix) -> Result<Option<DBValue>, String> {
        // The empty trie's only node is never written: it is its own constant.
        if *hash == self.empty_root {
            return Ok(Some(vec![0]));
        }
        let Some(table) = &self.table else { return Ok(None) };
        let key = prefixed_key::<BlakeTwo256>(hash, prefix);
        let node = match table.get(key.as_slice()) {
            Ok(node) => node.map(|guard| guard.value().to_vec()),
            Err(error) => return Err(fault::note(format!("cannot read the state: {error}"))),
        };
        match node {
            Some(node) if Blake2Hasher::hash(&node) == *hash => Ok(Some(node)),
            Some(_) => Err(fault::note(format!("the state's node {hash:?} is damaged"))),
            None => Err(fault::note(format!("the state's node {hash:?} is missing"))),
        }
    }
}
