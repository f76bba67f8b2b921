//! What the chain knows about a contract, and the storage of its own that it reads and writes.
//!
//! A contract's data lives in a child trie whose id no earlier contract ever had, so that a contract
//! that is created anew on an old address starts empty.

use crate::{
    AccountIdOf, BalanceOf, CodeHash, Config, ContractInfoOf, Error, TrieId, code::CodeInfo,
    deletion_queue::DeletionQueueManager, meter::diff::Diff,
};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{CloneNoBound, DebugNoBound, storage::child::ChildInfo, traits::Get};
use scale_info::TypeInfo;
use sp_runtime::{
    BoundedBTreeMap, DispatchError, DispatchResult,
    traits::{Hash, Saturating, Zero},
};

mod key;
#[cfg(test)]
mod tests;
mod trie;

pub use key::Key;
pub use trie::WriteOutcome;

/// The state of a contract that is not its own data.
#[derive(Encode, Decode, CloneNoBound, PartialEq, Eq, DebugNoBound, TypeInfo, MaxEncodedLen)]
#[scale_info(skip_type_params(T))]
#[scale_info(replace_segment("contract", "storage"))]
pub struct ContractInfo<T: Config> {
    /// The id of the child trie that holds the contract's data.
    pub trie_id: TrieId,
    /// The code that runs when the contract is called.
    pub code_hash: CodeHash<T>,
    /// Bytes of all values in the child trie.
    pub(crate) storage_bytes: u32,
    /// Items in the child trie.
    pub(crate) storage_items: u32,
    /// The deposit held for `storage_bytes`.
    pub storage_byte_deposit: BalanceOf<T>,
    /// The deposit held for `storage_items`.
    pub(crate) storage_item_deposit: BalanceOf<T>,
    /// The deposit held for the contract itself, given back only when it terminates.
    pub(crate) storage_base_deposit: BalanceOf<T>,
    /// Code that the contract keeps from being removed, and the deposit held for each.
    delegate_dependencies: BoundedBTreeMap<CodeHash<T>, BalanceOf<T>, T::MaxDelegateDependencies>,
}

impl<T: Config> ContractInfo<T> {
    /// The info of a new contract. Nothing is stored.
    ///
    /// Fails with [`Error::DuplicateContract`] if a contract lives on the account.
    pub fn new(account: &AccountIdOf<T>, nonce: u64, code_hash: CodeHash<T>) -> Result<Self, DispatchError> {
        if ContractInfoOf::<T>::contains_key(account) {
            return Err(Error::<T>::DuplicateContract.into());
        }
        let trie_id = (account, nonce)
            .using_encoded(T::Hashing::hash)
            .as_ref()
            .to_vec()
            .try_into()
            .expect("no hash that a chain uses is longer than 128 bytes; qed");
        Ok(Self {
            trie_id,
            code_hash,
            storage_bytes: 0,
            storage_items: 0,
            storage_byte_deposit: Zero::zero(),
            storage_item_deposit: Zero::zero(),
            storage_base_deposit: Zero::zero(),
            delegate_dependencies: Default::default(),
        })
    }

    /// The code hash of the contract on an account.
    pub fn load_code_hash(account: &AccountIdOf<T>) -> Option<CodeHash<T>> {
        ContractInfoOf::<T>::get(account).map(|info| info.code_hash)
    }

    /// The child trie of the contract's data.
    pub fn child_trie_info(&self) -> ChildInfo {
        ChildInfo::new_default(&self.trie_id)
    }

    /// Everything held for the contract but the deposits for its dependencies.
    pub fn total_deposit(&self) -> BalanceOf<T> {
        self.storage_byte_deposit.saturating_add(self.storage_item_deposit).saturating_add(self.storage_base_deposit)
    }

    /// The deposit held for the contract itself.
    pub fn storage_base_deposit(&self) -> BalanceOf<T> {
        self.storage_base_deposit
    }

    /// Sets and returns the base deposit of a contract that runs this code: the price of storing this
    /// info, and a part of the code's own deposit, because a used code cannot be removed.
    pub fn update_base_deposit(&mut self, code_info: &CodeInfo<T>) -> BalanceOf<T> {
        let bytes_added = u32::try_from(self.encoded_size()).unwrap_or(u32::MAX);
        let for_info = Diff { bytes_added, items_added: 1, ..Default::default() }.charge::<T>();
        let for_code = T::CodeHashLockupDepositPercent::get().mul_ceil(code_info.deposit());
        self.storage_base_deposit = for_info.saturating_add(for_code);
        self.storage_base_deposit
    }

    /// Code that the contract keeps from being removed, and the deposit held for each.
    pub fn delegate_dependencies(&self) -> &BoundedBTreeMap<CodeHash<T>, BalanceOf<T>, T::MaxDelegateDependencies> {
        &self.delegate_dependencies
    }

    /// Adds a dependency for which `deposit` is held. Fails if there are too many or it is there
    /// already; a failure ends the frame, so what it leaves behind in this copy is dropped.
    pub fn lock_delegate_dependency(&mut self, code_hash: CodeHash<T>, deposit: BalanceOf<T>) -> DispatchResult {
        let previous = self
            .delegate_dependencies
            .try_insert(code_hash, deposit)
            .map_err(|_| Error::<T>::MaxDelegateDependenciesReached)?;
        match previous {
            None => Ok(()),
            Some(_) => Err(Error::<T>::DelegateDependencyAlreadyExists.into()),
        }
    }

    /// Removes a dependency and returns the deposit that is held for it.
    pub fn unlock_delegate_dependency(&mut self, code_hash: &CodeHash<T>) -> Result<BalanceOf<T>, DispatchError> {
        self.delegate_dependencies.remove(code_hash).ok_or_else(|| Error::<T>::DelegateDependencyNotFound.into())
    }

    /// Leaves the contract's data to be deleted by and by. The info itself must be removed as well.
    pub fn queue_trie_for_deletion(&self) {
        DeletionQueueManager::<T>::load().insert(self.trie_id.clone());
    }
}
