//! What came of a step, in terms that both builds share.

use frame_support::weights::Weight;
use sp_io::hashing::twox_128;
use std::collections::BTreeMap;

/// What came of a step. All fields have types of the standard library or of FRAME, so that the records of the two
/// builds can be held against each other.
pub struct Record {
    /// What was done, for people.
    pub label: String,
    /// What has to be equal, by name.
    pub facts: Vec<(&'static str, String)>,
    /// What was charged, by name: equal `proof_size`, and no more `ref_time`.
    pub gas: Vec<(&'static str, Weight)>,
    /// The whole state, child tries included, but for what only the pallet stores.
    pub state: State,
}

/// Keys and values. The keys of a child trie begin with the key under which its root is stored.
pub type State = BTreeMap<Vec<u8>, Vec<u8>>;

impl Record {
    /// Nothing yet.
    pub fn new(label: String) -> Self {
        Self { label, facts: Vec::new(), gas: Vec::new(), state: State::new() }
    }

    /// Notes what has to be equal.
    pub fn fact(&mut self, name: &'static str, value: String) {
        self.facts.push((name, value));
    }
}

/// Where the roots of child tries lie.
const CHILD_TRIES: &[u8] = b":child_storage:default:";

/// The state as it is.
pub fn state() -> State {
    let added = [twox_128(b"Contracts"), twox_128(b"CodeFeatures")].concat();
    let mut state = State::new();
    let mut key = Vec::new();
    while let Some(next) = sp_io::storage::next_key(&key) {
        if !next.starts_with(&added) {
            state.insert(next.clone(), sp_io::storage::get(&next).expect("it was listed; qed").to_vec());
        }
        key = next;
    }
    // A trie that no block has committed has no root yet, so tries are found by who owns them.
    for trie_id in trie_ids() {
        for (key, value) in vellum_runtime_tests::state::values_of_trie(&trie_id) {
            state.insert([CHILD_TRIES, &trie_id, b" ", &key].concat(), value);
        }
    }
    state
}

/// The tries of contracts, and of those that are to be deleted.
fn trie_ids() -> Vec<Vec<u8>> {
    let of_contracts = vellum_runtime_tests::state::contracts().into_iter().map(|(_, info)| info.trie_id);
    of_contracts.chain(vellum_runtime_tests::state::deletion_queue()).collect()
}

/// Bytes for people, and to be compared.
pub fn hex(bytes: &[u8]) -> String {
    sp_core::bytes::to_hex(bytes, false)
}
