//! The pallet's storage as tools outside of a runtime see it: raw keys and SCALE bytes.
//!
//! Tests read the state through this door on purpose. Names, hashers and encodings are what chains have stored and
//! clients decode; a change of one of them makes these functions find nothing or panic.

use crate::runtime::{AccountId, Balance, CodeHash};
use codec::{Decode, DecodeAll};
use sp_io::hashing::{blake2_128, twox_64, twox_128};
use std::collections::BTreeMap;

/// What is stored about a code.
#[derive(Decode, Debug, Clone, PartialEq, Eq)]
pub struct CodeInfo {
    /// Who uploaded it and gets the deposit back.
    pub owner: AccountId,
    /// What is held on the owner.
    #[codec(compact)]
    pub deposit: Balance,
    /// How many contracts and dependencies use it.
    #[codec(compact)]
    pub refcount: u64,
    /// 0: enforced, 1: relaxed.
    pub determinism: u8,
    /// Length of the code.
    pub code_len: u32,
}

/// What is stored about a contract.
#[derive(Decode, Debug, Clone, PartialEq, Eq)]
pub struct ContractInfo {
    /// Where its child trie lies.
    pub trie_id: Vec<u8>,
    /// What it runs.
    pub code_hash: CodeHash,
    /// Sum of the lengths of its values.
    pub storage_bytes: u32,
    /// Number of its values.
    pub storage_items: u32,
    /// What has been charged for the bytes.
    pub storage_byte_deposit: Balance,
    /// What has been charged for the items.
    pub storage_item_deposit: Balance,
    /// What has been charged for being there.
    pub storage_base_deposit: Balance,
    /// Codes that it depends on, and what has been charged for each.
    pub delegate_dependencies: BTreeMap<CodeHash, Balance>,
}

impl ContractInfo {
    /// All that is held for its storage.
    pub fn total_deposit(&self) -> Balance {
        self.storage_byte_deposit + self.storage_item_deposit + self.storage_base_deposit
    }

    /// Its own values, by the keys of its child trie.
    pub fn values(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        values_of_trie(&self.trie_id)
    }
}

fn prefix(item: &str) -> Vec<u8> {
    [twox_128(b"Contracts"), twox_128(item.as_bytes())].concat()
}

fn read<T: Decode>(key: &[u8]) -> Option<T> {
    let bytes = sp_io::storage::get(key)?;
    Some(T::decode_all(&mut &bytes[..]).expect("the value has the encoding that clients know"))
}

fn account_key(item: &str, account: &AccountId) -> Vec<u8> {
    let bytes: &[u8] = account.as_ref();
    [&prefix(item)[..], &twox_64(bytes), bytes].concat()
}

/// What is recorded of a contract.
pub fn contract(address: &AccountId) -> Option<ContractInfo> {
    read(&account_key("ContractInfoOf", address))
}

/// What is recorded of a code.
pub fn code(code_hash: &CodeHash) -> Option<CodeInfo> {
    read(&[&prefix("CodeInfoOf")[..], code_hash.as_ref()].concat())
}

/// The stored code itself.
pub fn pristine_code(code_hash: &CodeHash) -> Option<Vec<u8>> {
    read(&[&prefix("PristineCode")[..], code_hash.as_ref()].concat())
}

/// How many contracts have been instantiated.
pub fn nonce() -> u64 {
    read(&prefix("Nonce")).unwrap_or_default()
}

/// How often a trie has been queued for deletion and how often one is gone.
pub fn deletion_queue_counter() -> (u32, u32) {
    read(&prefix("DeletionQueueCounter")).unwrap_or_default()
}

/// Every contract.
pub fn contracts() -> Vec<(AccountId, ContractInfo)> {
    keys_below(&prefix("ContractInfoOf"))
        .iter()
        .map(|key| {
            let address = AccountId::new(last_32(key));
            let info = read(key).expect("a key that is listed has a value; qed");
            (address, info)
        })
        .collect()
}

/// The hash of every code.
pub fn codes() -> Vec<CodeHash> {
    keys_below(&prefix("PristineCode")).iter().map(|key| last_32(key).into()).collect()
}

/// Account and hash stand at the end of their keys.
fn last_32(key: &[u8]) -> [u8; 32] {
    *key.last_chunk().expect("these keys end with 32 bytes")
}

fn keys_below(prefix: &[u8]) -> Vec<Vec<u8>> {
    let mut keys = Vec::new();
    let mut key = prefix.to_vec();
    while let Some(next) = sp_io::storage::next_key(&key) {
        if !next.starts_with(prefix) {
            break;
        }
        keys.push(next.clone());
        key = next;
    }
    keys
}

/// Everything in the child trie of this id.
pub fn values_of_trie(trie_id: &[u8]) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let mut values = BTreeMap::new();
    let mut key = Vec::new();
    while let Some(next) = sp_io::default_child_storage::next_key(trie_id, &key) {
        let value = sp_io::default_child_storage::get(trie_id, &next);
        values.insert(next.clone(), value.expect("a key that is listed has a value; qed"));
        key = next;
    }
    // `next_key` finds what follows a key, and the empty one may itself be there.
    if let Some(value) = sp_io::default_child_storage::get(trie_id, &[]) {
        values.insert(Vec::new(), value);
    }
    values
}

/// The key in the child trie of a key of the contract's that has 32 bytes and no length.
pub fn fixed_key(key: &[u8; 32]) -> Vec<u8> {
    sp_io::hashing::blake2_256(key).to_vec()
}

/// The key in the child trie of a key of the contract's that has a length.
pub fn variable_key(key: &[u8]) -> Vec<u8> {
    [&blake2_128(key)[..], key].concat()
}

/// What a code of this length costs its owner, at a price per byte and per item.
pub fn code_deposit(code_len: usize, per_byte: Balance, per_item: Balance) -> Balance {
    // Owner, deposit, reference count, determinism, length. The two numbers that are stored in compact form count as
    // if they were not, which is how chains have charged since the record exists.
    let info_len = 32 + 16 + 8 + 1 + 4;
    per_byte * (code_len as Balance + info_len) + 2 * per_item
}

/// Puts other code in the place of stored code, as it may have been stored under older rules.
pub fn put_pristine_code(code_hash: &CodeHash, code: &[u8]) {
    let key = [&prefix("PristineCode")[..], code_hash.as_ref()].concat();
    sp_io::storage::set(&key, &codec::Encode::encode(&code));
}

/// The trie that is to be deleted and has this number.
pub fn queued_for_deletion(number: u32) -> Option<Vec<u8>> {
    let bytes = number.to_le_bytes();
    read(&[&prefix("DeletionQueue")[..], &twox_64(&bytes), &bytes].concat())
}

/// The tries that are to be deleted, in no particular order.
pub fn deletion_queue() -> Vec<Vec<u8>> {
    let keys = keys_below(&prefix("DeletionQueue"));
    keys.iter().map(|key| read(key).expect("a key that is listed has a value; qed")).collect()
}
