//! Invariants of the stored state (Law 8), for tools that check a chain and for tests.
//!
//! They hold on a chain that has migrated from pallet-contracts, too.

use crate::{CodeFeatures, CodeHash, CodeInfoOf, Config, ContractInfo, ContractInfoOf, PristineCode};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::ensure;
use sp_io::default_child_storage;
use sp_runtime::{TryRuntimeError, traits::Hash};

#[cfg(test)]
mod tests;

/// Fails with what does not hold.
pub(crate) fn check<T: Config>() -> Result<(), TryRuntimeError> {
    code_and_info_agree::<T>()?;
    references_re_add::<T>()?;
    recorded_sizes_re_add::<T>()
}

/// Code, what is known about it, and the note of its features come and go together, but for notes on code
/// that pallet-contracts stored. If it did so before [version 12](crate::migration::v12), the recorded length
/// is that of a form with metering, which is no more.
fn code_and_info_agree<T: Config>() -> Result<(), TryRuntimeError> {
    for (code_hash, code) in PristineCode::<T>::iter() {
        let info = CodeInfoOf::<T>::get(code_hash).ok_or("code without info")?;
        let was_stored_here = CodeFeatures::<T>::contains_key(code_hash);
        let is_whole = u32::try_from(code.len()) == Ok(info.code_len());
        ensure!(is_whole || !was_stored_here, "code of another length than its info says");
        ensure!(T::Hashing::hash(&code) == code_hash, "code under another hash than its own");
    }
    ensure!(CodeInfoOf::<T>::iter_keys().all(PristineCode::<T>::contains_key), "info on code that is not stored");
    ensure!(CodeFeatures::<T>::iter_keys().all(PristineCode::<T>::contains_key), "features of code that is not stored");
    Ok(())
}

/// The reference count of each code is the number of contracts that run it or have locked it.
fn references_re_add<T: Config>() -> Result<(), TryRuntimeError> {
    let mut references = BTreeMap::<Vec<u8>, u64>::new();
    let mut refer = |code_hash: &CodeHash<T>| *references.entry(code_hash.as_ref().to_vec()).or_default() += 1;
    for info in ContractInfoOf::<T>::iter_values() {
        refer(&info.code_hash);
        info.delegate_dependencies().keys().for_each(&mut refer);
    }
    for (code_hash, info) in CodeInfoOf::<T>::iter() {
        let found = references.remove(code_hash.as_ref()).unwrap_or(0);
        ensure!(found == info.refcount(), "a reference count differs from the number of users");
    }
    ensure!(references.is_empty(), "a contract refers to code that is not stored");
    Ok(())
}

/// A contract has no more storage than its info says. It may have less: chain extensions record storage of
/// their own.
fn recorded_sizes_re_add<T: Config>() -> Result<(), TryRuntimeError> {
    for info in ContractInfoOf::<T>::iter_values() {
        let (items, bytes) = stored(&info);
        ensure!(items <= info.storage_items, "a contract has more items than recorded");
        ensure!(bytes <= info.storage_bytes, "a contract has more bytes than recorded");
    }
    Ok(())
}

/// Items of a contract, and bytes of their values.
pub(crate) fn stored<T: Config>(info: &ContractInfo<T>) -> (u32, u32) {
    let trie = info.child_trie_info();
    let next = |key: &Vec<u8>| default_child_storage::next_key(trie.storage_key(), key);
    core::iter::successors(next(&Vec::new()), next).fold((0, 0), |(items, bytes), key| {
        let len = frame_support::storage::child::len(&trie, &key).unwrap_or(0);
        (items + 1, bytes + len)
    })
}
