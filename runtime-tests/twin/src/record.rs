//! What came of a step, in terms that both builds share.

use codec::Encode;
use frame_support::weights::Weight;
use pallet_contracts::HoldReason;
use sp_io::hashing::twox_128;
use sp_runtime::DispatchError;
use std::collections::{BTreeMap, BTreeSet};
use vellum_runtime_tests::{
    chain,
    runtime::{AccountId, Balance, Test},
    state as stored,
};

/// What came of a step. All fields have types of the standard library or of FRAME, so that the records of the two
/// builds can be held against each other.
pub struct Record {
    /// What was done, for people.
    pub label: String,
    /// Whether root did it.
    pub by_root: bool,
    /// Whether it was answered without an error.
    pub succeeded: bool,
    /// What has to be equal, by name.
    pub facts: Vec<(&'static str, String)>,
    /// What was charged, by name: equal `proof_size`, and a `ref_time` that is judged part by part.
    pub gas: Vec<(&'static str, Weight)>,
    /// The accounts that have another deposit held than is recorded, and whether a contract lives there.
    pub unsound: Vec<(AccountId, bool)>,
    /// The whole state, child tries included, but for what only the pallet stores.
    pub state: State,
}

/// Keys and values. The keys of a child trie begin with the key under which its root is stored.
pub type State = BTreeMap<Vec<u8>, Vec<u8>>;

impl Record {
    /// Nothing yet.
    pub fn new(label: String) -> Self {
        Self {
            label,
            by_root: false,
            succeeded: true,
            facts: Vec::new(),
            gas: Vec::new(),
            unsound: Vec::new(),
            state: State::new(),
        }
    }

    /// Notes a result, which has to be equal.
    pub fn result<R: Encode>(&mut self, result: &Result<R, DispatchError>) {
        self.succeeded = result.is_ok();
        self.fact(
            "result",
            match result {
                Ok(value) => hex(&value.encode()),
                Err(error) => format!("{error:?}"),
            },
        );
    }

    /// Notes what has to be equal.
    pub fn fact(&mut self, name: &'static str, value: String) {
        self.facts.push((name, value));
    }
}

/// The accounts that have another deposit held than is recorded, and whether a contract lives there. Where root has
/// ended a contract its deposit stays, and nothing records it any more.
pub fn unsound() -> Vec<(AccountId, bool)> {
    let contracts: BTreeMap<_, _> = stored::contracts().into_iter().collect();
    let held = pallet_balances::Holds::<Test>::iter_keys();
    let accounts: BTreeSet<_> = contracts.keys().cloned().chain(held).collect();
    let is_unsound = |account: &AccountId| {
        let recorded = contracts
            .get(account)
            .map_or(0, |info| info.total_deposit() + info.delegate_dependencies.values().sum::<Balance>());
        chain::held(HoldReason::StorageDepositReserve, account) != recorded
    };
    accounts
        .into_iter()
        .filter(is_unsound)
        .map(|account| {
            let is_contract = contracts.contains_key(&account);
            (account, is_contract)
        })
        .collect()
}

/// Where the roots of child tries lie.
const CHILD_TRIES: &[u8] = b":child_storage:default:";

/// The state as it is.
pub fn state() -> State {
    let added = [twox_128(b"Contracts"), twox_128(b"CodeFeatures")].concat();
    let mut state = values(&added);
    for trie_id in trie_ids() {
        for (key, value) in stored::values_of_trie(&trie_id) {
            state.insert([CHILD_TRIES, &trie_id, b" ", &key].concat(), value);
        }
    }
    state
}

/// All that is stored outside of child tries, but for keys that begin with `without`, if that is not empty. Roots of
/// child tries are there when something was committed, and say no more than their values.
pub fn values(without: &[u8]) -> State {
    let mut values = State::new();
    let mut key = Vec::new();
    while let Some(next) = sp_io::storage::next_key(&key) {
        let is_left_out = !without.is_empty() && next.starts_with(without) || next.starts_with(CHILD_TRIES);
        if !is_left_out {
            values.insert(next.clone(), sp_io::storage::get(&next).expect("it was listed; qed").to_vec());
        }
        key = next;
    }
    values
}

/// The tries of contracts, and of those that are to be deleted. They are found by who owns them, as one that no block
/// has committed has no root yet.
pub fn trie_ids() -> Vec<Vec<u8>> {
    let of_contracts = stored::contracts().into_iter().map(|(_, info)| info.trie_id);
    of_contracts.chain(stored::deletion_queue()).collect()
}

/// Bytes for people, and to be compared.
pub fn hex(bytes: &[u8]) -> String {
    sp_core::bytes::to_hex(bytes, false)
}
