//! A chain as older versions left it.
//!
//! What it has stored is written and compared as bytes that the tests encode by themselves: the layouts of the
//! migrations are under test as well.

use crate::{
    Config, Frame, MigrationInProgress, Schedule,
    migration::{MigrateResult, MigrateSequence, Migration, MigrationStep, v09, v10, v11, v12, v13, v14, v15, v16},
    weights::WeightInfo,
};
use codec::Encode;
use frame_support::{
    construct_runtime, derive_impl, parameter_types,
    storage::storage_prefix,
    traits::{ConstU64, GetStorageVersion, OnRuntimeUpgrade, ReservableCurrency, StorageVersion, fungible::Mutate},
    weights::{Weight, WeightMeter},
};
use sp_core::H256;
use sp_io::{TestExternalities, hashing};
use sp_runtime::{AccountId32, traits::IdentityLookup};
use std::collections::BTreeMap;

type Block = frame_system::mocking::MockBlock<OldChain>;

construct_runtime!(
    pub enum OldChain {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Balances: pallet_balances,
        Contracts: crate,
    }
);

parameter_types! {
    pub ContractsSchedule: Schedule<OldChain> = Schedule::default();
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for OldChain {
    type Block = Block;
    type AccountId = AccountId32;
    type Lookup = IdentityLookup<AccountId32>;
    type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for OldChain {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for OldChain {
    type ExistentialDeposit = ConstU64<EXISTENTIAL_DEPOSIT>;
    type AccountStore = System;
}

#[derive_impl(crate::config_preludes::TestDefaultConfig)]
impl Config for OldChain {
    type Time = Timestamp;
    type Currency = Balances;
    type CallStack = [Frame<Self>; 5];
    type Schedule = ContractsSchedule;
    type DepositPerByte = ConstU64<1>;
    type DepositPerItem = ConstU64<100>;
    type Migrations = (
        v09::Migration<Self>,
        v10::Migration<Self, Balances>,
        v11::Migration<Self>,
        v12::Migration<Self, Balances>,
        v13::Migration<Self>,
        v14::Migration<Self, Balances>,
        v15::Migration<Self>,
        v16::Migration<Self>,
    );
}

pub const EXISTENTIAL_DEPOSIT: u64 = 5;

/// Code hash, bytes, items, and the deposits for bytes, for items, and for the contract itself.
pub type Record = (H256, u32, u32, u64, u64, u64);

/// Items of a map by their whole keys, which is the order in which they are migrated.
pub type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

pub struct Chain(TestExternalities);

impl Chain {
    /// A chain whose storage has a version, and which has just been upgraded to this crate.
    pub fn at_version(version: u16, state: impl FnOnce()) -> Self {
        let mut chain = Self(TestExternalities::default());
        chain.block(|| {
            System::set_block_number(1);
            StorageVersion::new(version).put::<Contracts>();
            state();
            Migration::<OldChain, false>::on_runtime_upgrade();
        });
        chain
    }

    /// Nothing outlives a block but what was stored.
    pub fn block<R>(&mut self, block: impl FnOnce() -> R) -> R {
        let result = self.0.execute_with(block);
        self.0.commit_all().expect("no transaction is open");
        result
    }

    pub fn version(&mut self) -> StorageVersion {
        self.block(Contracts::on_chain_storage_version)
    }

    /// Migrates to the version of `M`, one step in a block, and returns what each step took. After each step
    /// `check` looks at the state that a call would find then, and is told how many steps were done.
    pub fn migrate<M: MigrationStep>(&mut self, mut check: impl FnMut(usize)) -> Vec<Weight> {
        assert_eq!(self.version(), StorageVersion::new(M::VERSION - 1));
        let limit = <OldChain as Config>::WeightInfo::migrate() + M::max_step_weight();
        let mut weights = Vec::new();
        while self.version() < M::VERSION {
            let mut meter = WeightMeter::with_limit(limit);
            match self.block(|| Migration::<OldChain, false>::migrate(&mut meter)) {
                MigrateResult::InProgress { steps_done } => assert_eq!(steps_done, 1),
                MigrateResult::Completed => assert_eq!(M::VERSION, 16),
                other => panic!("a migration is in progress, and not {other:?}"),
            }
            weights.push(meter.consumed() - <OldChain as Config>::WeightInfo::migrate());
            let steps_done = weights.len();
            self.block(|| check(steps_done));
        }
        weights
    }

    /// What a rehearsal of the migration with `try-runtime` says, if something else is changed meanwhile.
    #[cfg(feature = "try-runtime")]
    pub fn rehearse<M: MigrationStep>(&mut self, change: impl FnOnce()) -> Result<(), sp_runtime::TryRuntimeError> {
        let state = self.block(M::pre_upgrade_step)?;
        self.migrate::<M>(|_| ());
        self.block(|| {
            change();
            M::post_upgrade_step(state)
        })
    }
}

/// Where the next step begins.
pub fn cursor() -> Option<Vec<u8>> {
    MigrationInProgress::<OldChain>::get().map(Into::into)
}

/// The cursor that a version's migration starts with.
pub fn first_cursor(version: u16) -> Vec<u8> {
    <OldChain as Config>::Migrations::new(StorageVersion::new(version)).into()
}

pub fn hash(number: u8) -> H256 {
    H256::repeat_byte(number)
}

pub fn account(number: u8) -> AccountId32 {
    AccountId32::new([number; 32])
}

/// The key of an item.
pub fn item(name: &str) -> Vec<u8> {
    storage_prefix(b"Contracts", name.as_bytes()).to_vec()
}

/// The key of an entry of a map by code hashes.
pub fn by_hash(name: &str, code_hash: &H256) -> Vec<u8> {
    [item(name), code_hash.0.to_vec()].concat()
}

/// The key of an entry of a map by accounts.
pub fn by_account(name: &str, account: &AccountId32) -> Vec<u8> {
    [item(name), account.using_encoded(hashing::twox_64).to_vec(), account.encode()].concat()
}

pub fn put(key: &[u8], value: impl Encode) {
    sp_io::storage::set(key, &value.encode());
}

pub fn get(key: &[u8]) -> Option<Vec<u8>> {
    sp_io::storage::get(key).map(Into::into)
}

/// All entries of a map.
pub fn entries(name: &str) -> Entries {
    let prefix = item(name);
    let next = |key: &Vec<u8>| sp_io::storage::next_key(key).filter(|key| key.starts_with(&prefix));
    core::iter::successors(next(&prefix), next).map(|key| (key.clone(), get(&key).expect("it is there"))).collect()
}

/// What a map has when so many entries of `old` have become those of `new`.
pub fn migrated(old: &Entries, new: &Entries, count: usize) -> Entries {
    assert!(old.keys().eq(new.keys()), "entries keep their keys");
    new.clone().into_iter().take(count).chain(old.clone().into_iter().skip(count)).collect()
}

/// Gives an account a balance, and reserves a part of it, as deposits once were.
pub fn endow(account: &AccountId32, free: u64, reserved: u64) {
    Balances::set_balance(account, free + reserved);
    Balances::reserve(account, reserved).expect("there is as much");
}

/// The free and the reserved balance of an account. What is on hold is reserved, too.
pub fn balance(account: &AccountId32) -> (u64, u64) {
    let data = System::account(account).data;
    (data.free, data.reserved)
}

/// What of the reserved balance is on hold, and why.
pub fn held(account: &AccountId32, reason: crate::HoldReason) -> u64 {
    use frame_support::traits::fungible::InspectHold;
    Balances::balance_on_hold(&reason.into(), account)
}
