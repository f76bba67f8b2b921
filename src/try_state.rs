//! Invariants of the stored state (Law 8), for tools that check a chain and for tests.
//!
//! They hold on a chain that has migrated from pallet-contracts, too, with one exception: root may have called
//! contracts there, which recorded deposits that nobody paid. Such a contract owes more than it has, which is what
//! its operators have to know.

use crate::{
    AccountIdOf, BalanceOf, CodeFeatures, CodeHash, CodeInfoOf, Config, ContractInfo, ContractInfoOf, DeletionQueue,
    HoldReason, LOG_TARGET, PristineCode, TrieId, chain_extension::ChainExtension,
    deletion_queue::DeletionQueueManager,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_io::default_child_storage;
use sp_runtime::{
    TryRuntimeError,
    traits::{Hash, Saturating, Zero},
};

#[cfg(test)]
mod tests;

/// Fails with what does not hold.
pub(crate) fn check<T: Config>() -> Result<(), TryRuntimeError> {
    code_and_info_agree::<T>()?;
    references_re_add::<T>()?;
    recorded_sizes_re_add::<T>()?;
    deposits_of_contracts_are_held::<T>()?;
    deposits_of_codes_are_held::<T>()?;
    queue_is_whole::<T>()
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

/// A contract has as much storage as its info says. With chain extensions it may have less: they record storage of
/// their own.
fn recorded_sizes_re_add<T: Config>() -> Result<(), TryRuntimeError> {
    let others_record = T::ChainExtension::enabled();
    for info in ContractInfoOf::<T>::iter_values() {
        let (items, bytes) = stored(&info);
        ensure!(items <= info.storage_items, "a contract has more items than recorded");
        ensure!(bytes <= info.storage_bytes, "a contract has more bytes than recorded");
        ensure!(others_record || items == info.storage_items, "a contract has fewer items than recorded");
        ensure!(others_record || bytes == info.storage_bytes, "a contract has fewer bytes than recorded");
    }
    Ok(())
}

/// What is recorded of a contract's deposits is held on its account.
///
/// More may be held, which is given back when the contract ends: the existential deposit of a contract that is older
/// than [version 15](crate::migration::v15), and what pallet-contracts held for storage that was freed in the call
/// stack that had added it.
fn deposits_of_contracts_are_held<T: Config>() -> Result<(), TryRuntimeError> {
    for (account, info) in ContractInfoOf::<T>::iter() {
        let for_dependencies = sum(info.delegate_dependencies().values().copied());
        let recorded = info.total_deposit().saturating_add(for_dependencies);
        let held = T::Currency::balance_on_hold(&HoldReason::StorageDepositReserve.into(), &account);
        ensure!(held >= recorded, "less is held on a contract than is recorded");
        if held > recorded {
            log::warn!(target: LOG_TARGET, "{held:?} are held on contract {account:?}, of which {recorded:?} are recorded");
        }
    }
    Ok(())
}

/// What is recorded of codes' deposits is held on the accounts of their owners.
fn deposits_of_codes_are_held<T: Config>() -> Result<(), TryRuntimeError> {
    let mut of_owner = BTreeMap::<AccountIdOf<T>, BalanceOf<T>>::new();
    for info in CodeInfoOf::<T>::iter_values() {
        let sum = of_owner.entry(info.owner().clone()).or_default();
        *sum = sum.saturating_add(info.deposit());
    }
    for (owner, recorded) in of_owner {
        let held = T::Currency::balance_on_hold(&HoldReason::CodeUploadDepositReserve.into(), &owner);
        ensure!(held >= recorded, "less is held for codes than is recorded");
        if held > recorded {
            log::warn!(target: LOG_TARGET, "{held:?} are held for codes of {owner:?}, of which {recorded:?} are recorded");
        }
    }
    Ok(())
}

/// The deletion queue has an entry for each number from its counters, and no other. No trie is deleted that a
/// contract lives in, and no two contracts live in one.
fn queue_is_whole<T: Config>() -> Result<(), TryRuntimeError> {
    let queue = DeletionQueueManager::<T>::load();
    let numbers: BTreeSet<u32> = DeletionQueue::<T>::iter_keys().collect();
    ensure!(queue.has_exactly(&numbers), "the deletion queue is not what its counters say");
    let mut tries: BTreeSet<TrieId> = DeletionQueue::<T>::iter_values().collect();
    for info in ContractInfoOf::<T>::iter_values() {
        ensure!(
            tries.insert(info.trie_id),
            "two contracts have the same trie, or one has a trie that is to be deleted"
        );
    }
    Ok(())
}

fn sum<Balance: Saturating + Zero>(amounts: impl Iterator<Item = Balance>) -> Balance {
    amounts.fold(Zero::zero(), Saturating::saturating_add)
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
