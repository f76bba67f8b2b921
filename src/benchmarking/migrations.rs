//! Steps of migrations from what older releases stored.
//!
//! That is written as it was encoded then. A step looks at one item, so there is one, and it is moved.

use super::{
    OldBalanceOf,
    setup::{funded, held},
};
use crate::{
    AccountIdOf, BalanceOf, CodeHash, Config, Determinism, HoldReason, Pallet as Contracts, TrieId,
    migration::{IsFinished, MigrationStep, v09, v10, v11, v12, v13, v14, v15, v16},
};
use alloc::{vec, vec::Vec};
use codec::{Compact, Decode, Encode};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::{
    StorageHasher, Twox64Concat,
    storage::{storage_prefix, unhashed},
    traits::{
        Get, PalletInfoAccess, ReservableCurrency,
        fungible::{Inspect, Mutate},
    },
    weights::WeightMeter,
};
use sp_runtime::{SaturatedConversion, traits::Hash};

/// What FRAME takes for the pallet.
pub struct Pallet<T: Config>(PhantomData<T>);

/// The currency in which deposits were reserved.
type OldCurrency<T> = pallet_balances::Pallet<T>;

/// The most entries of the old deletion queue.
const ENTRIES_MAX: u32 = 1_024;

/// Deposits for bytes, for items, and for the contract itself, in existential deposits.
const DEPOSITS: [u32; 3] = [20, 30, 50];

/// The key of an item of the pallet; of a map with the hashed key of an entry.
fn item<T: Config>(name: &str, hashed_key: &[u8]) -> Vec<u8> {
    [&storage_prefix(Contracts::<T>::name().as_bytes(), name.as_bytes()), hashed_key].concat()
}

/// The key of a contract's info.
fn contract_item<T: Config>(account: &AccountIdOf<T>) -> Vec<u8> {
    item::<T>("ContractInfoOf", &Twox64Concat::hash(&account.encode()))
}

/// What is stored there now.
fn stored<V: Decode>(key: &[u8]) -> Result<V, BenchmarkError> {
    unhashed::get(key).ok_or("what was migrated cannot be read".into())
}

/// Does a step that has something to do.
fn step<M: MigrationStep>(migration: &mut M) -> IsFinished {
    migration.step(&mut WeightMeter::new())
}

fn code_hash<T: Config>() -> CodeHash<T> {
    T::Hashing::hash(b"code")
}

fn trie_id<T: Config>() -> TrieId {
    TrieId::truncate_from(T::Hashing::hash(b"trie").as_ref().to_vec())
}

/// The account of a contract that has something to spend.
fn contract<T: Config>() -> AccountIdOf<T> {
    funded::<T>(account("contract", 0, 0))
}

/// So many existential deposits.
fn times_min_balance<T: Config>(count: u32) -> BalanceOf<T> {
    Contracts::<T>::min_balance() * count.into()
}

fn total_deposit<T: Config>() -> BalanceOf<T> {
    times_min_balance::<T>(DEPOSITS.iter().sum())
}

/// What all versions recorded of a contract, and what all of them record now.
type Record<T> = (CodeHash<T>, u32, u32, BalanceOf<T>, BalanceOf<T>, BalanceOf<T>);

fn record<T: Config>() -> Record<T> {
    let [for_bytes, for_items, base] = DEPOSITS.map(times_min_balance::<T>);
    (code_hash::<T>(), 1_000, 10, for_bytes, for_items, base)
}

/// The same as numbers are encoded that are mostly small, which does not depend on their type.
fn compact_deposit<T: Config>() -> Compact<u128> {
    Compact(total_deposit::<T>().saturated_into())
}

/// An account that has this as reserved balance, besides what it can spend.
fn with_reserved<T>(account: AccountIdOf<T>, amount: OldBalanceOf<T>) -> Result<AccountIdOf<T>, BenchmarkError>
where
    T: Config + pallet_balances::Config,
{
    OldCurrency::<T>::reserve(&account, amount)?;
    Ok(account)
}

/// Code of so many bytes with metering of its own: the version of its prices, and its pages of memory.
fn instrumented(code_bytes: u32) -> (Compact<u32>, Compact<u32>, Compact<u32>, Vec<u8>) {
    let code = vec![42; usize::try_from(code_bytes).unwrap_or(usize::MAX)];
    (Compact(1), Compact(16), Compact(16), code)
}

#[benchmarks(
    where
        T: Config + pallet_balances::Config,
        BalanceOf<T>: From<OldBalanceOf<T>>,
        OldBalanceOf<T>: From<BalanceOf<T>>,
)]
mod benchmarks {
    use super::*;

    /// `c`: bytes of the instrumented code.
    #[benchmark(pov_mode = Measured)]
    fn v9_migration_step(c: Linear<0, { T::MaxCodeLen::get() }>) -> Result<(), BenchmarkError> {
        let key = item::<T>("CodeStorage", code_hash::<T>().as_ref());
        unhashed::put(&key, &instrumented(c));
        let mut migration = v09::Migration::<T>::default();
        let finished;
        #[block]
        {
            finished = step(&mut migration);
        }
        assert!(finished == IsFinished::No);
        assert_eq!(unhashed::get_raw(&key), Some((instrumented(c), Determinism::Enforced).encode()));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn v10_migration_step() -> Result<(), BenchmarkError> {
        let contract = with_reserved::<T>(contract::<T>(), total_deposit::<T>().into())?;
        let key = contract_item::<T>(&contract);
        unhashed::put(&key, &(trie_id::<T>(), record::<T>()));
        let mut migration = v10::Migration::<T, OldCurrency<T>>::default();
        let finished;
        #[block]
        {
            finished = step(&mut migration);
        }
        assert!(finished == IsFinished::No);
        let (_, deposit_account, _) = stored::<(TrieId, AccountIdOf<T>, Record<T>)>(&key)?;
        // The contract keeps one existential deposit.
        let moved = total_deposit::<T>() - times_min_balance::<T>(1);
        assert_eq!(T::Currency::total_balance(&deposit_account), moved);
        Ok(())
    }

    /// `k`: entries of the queue.
    #[benchmark(pov_mode = Measured)]
    fn v11_migration_step(k: Linear<0, ENTRIES_MAX>) {
        let tries = vec![trie_id::<T>(); usize::try_from(k).unwrap_or(usize::MAX)];
        unhashed::put(&item::<T>("DeletionQueue", &[]), &tries);
        let mut migration = v11::Migration::<T>::default();
        let finished;
        #[block]
        {
            finished = step(&mut migration);
        }
        assert!(finished == IsFinished::Yes);
        assert_eq!(crate::DeletionQueue::<T>::iter().count(), tries.len());
        assert!(!unhashed::exists(&item::<T>("DeletionQueue", &[])));
    }

    /// `c`: bytes of the instrumented code.
    #[benchmark(pov_mode = Measured)]
    fn v12_migration_step(c: Linear<0, { T::MaxCodeLen::get() }>) -> Result<(), BenchmarkError> {
        let code_hash = code_hash::<T>();
        let owner = with_reserved::<T>(funded::<T>(account("owner", 0, 0)), total_deposit::<T>().into())?;
        let old_code = item::<T>("CodeStorage", code_hash.as_ref());
        unhashed::put(&old_code, &(instrumented(c), Determinism::Enforced));
        let owner_info = (&owner, compact_deposit::<T>(), Compact(1u64));
        unhashed::put(&item::<T>("OwnerInfoOf", code_hash.as_ref()), &owner_info);
        let mut migration = v12::Migration::<T, OldCurrency<T>>::default();
        let finished;
        #[block]
        {
            finished = step(&mut migration);
        }
        assert!(finished == IsFinished::No);
        assert!(!unhashed::exists(&old_code));
        let info = stored::<CodeInfo<T>>(&item::<T>("CodeInfoOf", code_hash.as_ref()))?;
        assert_eq!((info.0, info.2, info.4), (owner, Compact(1), c));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn v13_migration_step() -> Result<(), BenchmarkError> {
        let (contract, deposit_account) = (contract::<T>(), account::<T::AccountId>("deposits", 0, 0));
        let key = contract_item::<T>(&contract);
        let old = (trie_id::<T>(), deposit_account, record::<T>());
        unhashed::put(&key, &old);
        let mut migration = v13::Migration::<T>::default();
        let finished;
        #[block]
        {
            finished = step(&mut migration);
        }
        assert!(finished == IsFinished::No);
        // An empty list is one byte.
        assert_eq!(unhashed::get_raw(&key), Some((old, 0u8).encode()));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn v14_migration_step() -> Result<(), BenchmarkError> {
        let owner = with_reserved::<T>(funded::<T>(account("owner", 0, 0)), total_deposit::<T>().into())?;
        let info: CodeInfo<T> = (owner.clone(), compact_deposit::<T>(), Compact(1), Determinism::Enforced, 1_000);
        unhashed::put(&item::<T>("CodeInfoOf", code_hash::<T>().as_ref()), &info);
        let mut migration = v14::Migration::<T, OldCurrency<T>>::default();
        let finished;
        #[block]
        {
            finished = step(&mut migration);
        }
        assert!(finished == IsFinished::No);
        assert_eq!(held::<T>(HoldReason::CodeUploadDepositReserve, &owner), total_deposit::<T>());
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn v15_migration_step() -> Result<(), BenchmarkError> {
        let (contract, deposit_account) = (contract::<T>(), account::<T::AccountId>("deposits", 0, 0));
        T::Currency::set_balance(&deposit_account, total_deposit::<T>());
        let key = contract_item::<T>(&contract);
        unhashed::put(&key, &(trie_id::<T>(), &deposit_account, record::<T>(), 0u8));
        let mut migration = v15::Migration::<T>::default();
        let finished;
        #[block]
        {
            finished = step(&mut migration);
        }
        assert!(finished == IsFinished::No);
        assert_eq!(held::<T>(HoldReason::StorageDepositReserve, &contract), total_deposit::<T>());
        assert_eq!(unhashed::get_raw(&key), Some((trie_id::<T>(), record::<T>(), 0u8).encode()));
        Ok(())
    }

    #[benchmark(pov_mode = Measured)]
    fn v16_migration_step() -> Result<(), BenchmarkError> {
        let key = contract_item::<T>(&contract::<T>());
        unhashed::put(&key, &(trie_id::<T>(), record::<T>(), 0u8));
        let mut migration = v16::Migration::<T>::default();
        let finished;
        #[block]
        {
            finished = step(&mut migration);
        }
        assert!(finished == IsFinished::No);
        let (_, (.., base), _) = stored::<(TrieId, Record<T>, u8)>(&key)?;
        assert_eq!(base, record::<T>().5 - times_min_balance::<T>(1));
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::benchmarking::tests::externalities(), crate::tests::Test);
}

/// What is known about code: owner, deposit, users, determinism, bytes.
type CodeInfo<T> = (AccountIdOf<T>, Compact<u128>, Compact<u64>, Determinism, u32);
