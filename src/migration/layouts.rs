//! What older versions stored, and what the migrations store in its place.
//!
//! A module has what came with its version and stayed until a later module has it anew; `v8` has what was
//! there before the first migration. The types are those of that time and do not follow the pallet's own,
//! because what a migration writes must be what the next one reads, whatever comes after both.
//!
//! SCALE puts nothing between the fields of a struct, so a struct inside another one is encoded like its
//! fields: versions share what they have in common.

use crate::{AccountIdOf, BalanceOf, CodeHash, Config, Determinism, Pallet, TrieId};
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
    Identity, Twox64Concat, storage_alias,
    traits::{Currency, tokens::Balance as BalanceType},
};
use sp_runtime::BoundedBTreeMap;

/// The balance of the currency that a chain had then.
pub(super) type OldBalanceOf<T, OldCurrency> = <OldCurrency as Currency<AccountIdOf<T>>>::Balance;

/// Code that a contract has locked, and the deposit for each.
pub(super) type Dependencies<T> = BoundedBTreeMap<CodeHash<T>, BalanceOf<T>, <T as Config>::MaxDelegateDependencies>;

/// What every version records of a contract.
#[derive(Clone, Encode, Decode, PartialEq, Eq, Debug)]
pub(super) struct Record<Hash, Balance> {
    pub code_hash: Hash,
    pub storage_bytes: u32,
    pub storage_items: u32,
    pub storage_byte_deposit: Balance,
    pub storage_item_deposit: Balance,
    /// The deposit for the contract itself.
    pub storage_base_deposit: Balance,
}

impl<Hash, Balance: BalanceType> Record<Hash, Balance> {
    pub fn total_deposit(&self) -> Balance {
        self.storage_base_deposit.saturating_add(self.storage_item_deposit).saturating_add(self.storage_byte_deposit)
    }
}

pub(super) mod v8 {
    use super::*;

    /// Code with metering of its own, made from the blob at the upload. It was what ran.
    #[derive(Clone, Encode, Decode, PartialEq, Eq, Debug)]
    pub struct InstrumentedCode {
        #[codec(compact)]
        pub instruction_weights_version: u32,
        /// Pages of memory.
        #[codec(compact)]
        pub initial: u32,
        /// Pages of memory.
        #[codec(compact)]
        pub maximum: u32,
        pub code: Vec<u8>,
    }

    #[storage_alias]
    pub type CodeStorage<T: Config> = StorageMap<Pallet<T>, Identity, CodeHash<T>, InstrumentedCode>;

    /// Who uploaded code, and what was reserved for it.
    #[derive(Clone, Encode, Decode, MaxEncodedLen, PartialEq, Eq, Debug)]
    #[codec(mel_bound(AccountId: MaxEncodedLen))]
    pub struct OwnerInfo<AccountId, Balance: BalanceType> {
        pub owner: AccountId,
        #[codec(compact)]
        pub deposit: Balance,
        #[codec(compact)]
        pub refcount: u64,
    }

    #[storage_alias]
    pub type OwnerInfoOf<T: Config, Balance> =
        StorageMap<Pallet<T>, Identity, CodeHash<T>, OwnerInfo<AccountIdOf<T>, Balance>>;

    /// A contract on whose own account the deposits were reserved.
    #[derive(Clone, Encode, Decode, PartialEq, Eq, Debug)]
    pub struct ContractInfo<Hash, Balance> {
        pub trie_id: TrieId,
        pub record: Record<Hash, Balance>,
    }

    #[storage_alias]
    pub type ContractInfoOf<T: Config, Balance> =
        StorageMap<Pallet<T>, Twox64Concat, AccountIdOf<T>, ContractInfo<CodeHash<T>, Balance>>;

    /// Child tries of terminated contracts.
    #[storage_alias]
    pub type DeletionQueue<T: Config> = StorageValue<Pallet<T>, Vec<TrieId>>;
}

pub(super) mod v9 {
    use super::*;

    /// Instrumented code with a note whether it may run on chain.
    #[derive(Clone, Encode, Decode, PartialEq, Eq, Debug)]
    pub struct InstrumentedCode {
        pub instrumented: v8::InstrumentedCode,
        pub determinism: Determinism,
    }

    #[storage_alias]
    pub type CodeStorage<T: Config> = StorageMap<Pallet<T>, Identity, CodeHash<T>, InstrumentedCode>;
}

pub(super) mod v10 {
    use super::*;

    /// A contract whose deposits were the balance of an account that had no other purpose.
    #[derive(Clone, Encode, Decode, PartialEq, Eq, Debug)]
    pub struct ContractInfo<AccountId, Hash, Balance> {
        pub trie_id: TrieId,
        pub deposit_account: AccountId,
        pub record: Record<Hash, Balance>,
    }

    #[storage_alias]
    pub type ContractInfoOf<T: Config, Balance> =
        StorageMap<Pallet<T>, Twox64Concat, AccountIdOf<T>, ContractInfo<AccountIdOf<T>, CodeHash<T>, Balance>>;
}

pub(super) mod v12 {
    use super::*;

    /// What is known about code that is stored as it was uploaded and in no other way.
    #[derive(Clone, Encode, Decode, MaxEncodedLen, PartialEq, Eq, Debug)]
    #[codec(mel_bound(AccountId: MaxEncodedLen))]
    pub struct CodeInfo<AccountId, Balance: BalanceType> {
        pub owner: AccountId,
        #[codec(compact)]
        pub deposit: Balance,
        #[codec(compact)]
        pub refcount: u64,
        pub determinism: Determinism,
        pub code_len: u32,
    }

    #[storage_alias]
    pub type CodeInfoOf<T: Config, Balance> =
        StorageMap<Pallet<T>, Identity, CodeHash<T>, CodeInfo<AccountIdOf<T>, Balance>>;
}

pub(super) mod v13 {
    use super::*;

    /// A contract that can lock code.
    #[derive(Encode, Decode)]
    pub struct ContractInfo<T: Config> {
        pub contract: v10::ContractInfo<AccountIdOf<T>, CodeHash<T>, BalanceOf<T>>,
        pub delegate_dependencies: Dependencies<T>,
    }

    #[storage_alias]
    pub type ContractInfoOf<T: Config> = StorageMap<Pallet<T>, Twox64Concat, AccountIdOf<T>, ContractInfo<T>>;
}

pub(super) mod v15 {
    use super::*;

    /// A contract whose deposits are on hold on its own account.
    #[derive(Encode, Decode)]
    pub struct ContractInfo<T: Config> {
        pub trie_id: TrieId,
        pub record: Record<CodeHash<T>, BalanceOf<T>>,
        pub delegate_dependencies: Dependencies<T>,
    }

    #[storage_alias]
    pub type ContractInfoOf<T: Config> = StorageMap<Pallet<T>, Twox64Concat, AccountIdOf<T>, ContractInfo<T>>;
}
