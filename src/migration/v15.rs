//! Version 15: the deposits of a contract move from their own account to the contract's, where they are on
//! hold.

use super::{
    IsFinished, MigrationStep,
    layouts::{v13, v15},
    walk::Walk,
};
use crate::{AccountIdOf, BalanceOf, Config, HoldReason, LOG_TARGET, weights::WeightInfo};
#[cfg(feature = "try-runtime")]
use crate::{ContractInfoOf, migration::stored_state};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
#[cfg(feature = "try-runtime")]
use frame_support::traits::fungible::InspectHold;
use frame_support::{
    DefaultNoBound,
    traits::{
        fungible::{Inspect, Mutate, MutateHold},
        tokens::{Fortitude, Preservation},
    },
    weights::{Weight, WeightMeter},
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;
#[cfg(feature = "try-runtime")]
use sp_runtime::traits::Saturating;
use sp_runtime::traits::Zero;

#[cfg(test)]
mod tests;

/// A step does one contract.
#[derive(Encode, Decode, MaxEncodedLen, DefaultNoBound)]
pub struct Migration<T: Config> {
    last_account: Option<T::AccountId>,
}

impl<T: Config> MigrationStep for Migration<T> {
    const VERSION: u16 = 15;

    fn max_step_weight() -> Weight {
        T::WeightInfo::v15_migration_step()
    }

    fn step(&mut self, meter: &mut WeightMeter) -> IsFinished {
        let visited = v13::ContractInfoOf::<T>::visit_next(&mut self.last_account, |account, old| {
            let v13::ContractInfo { contract, delegate_dependencies } = old;
            let deposit = empty::<T>(&contract.deposit_account, account);
            hold::<T>(account, deposit);
            let (trie_id, record) = (contract.trie_id, contract.record);
            v15::ContractInfoOf::<T>::insert(account, v15::ContractInfo { trie_id, record, delegate_dependencies });
        });
        meter.consume(T::WeightInfo::v15_migration_step());
        IsFinished::unless_visited(&visited)
    }

    /// Contracts as they were, their balances, and those of their deposit accounts.
    #[cfg(feature = "try-runtime")]
    fn pre_upgrade_step() -> Result<Vec<u8>, TryRuntimeError> {
        let with_balances = |(account, old): (_, v13::ContractInfo<T>)| {
            let balance = T::Currency::total_balance(&account);
            let deposit = T::Currency::total_balance(&old.contract.deposit_account);
            (account, old, balance, deposit)
        };
        Ok(v13::ContractInfoOf::<T>::sample().into_iter().map(with_balances).collect::<Vec<_>>().encode())
    }

    #[cfg(feature = "try-runtime")]
    fn post_upgrade_step(state: Vec<u8>) -> Result<(), TryRuntimeError> {
        use frame_support::ensure;
        type Sample<T> = Vec<(AccountIdOf<T>, v13::ContractInfo<T>, BalanceOf<T>, BalanceOf<T>)>;
        for (account, old, balance, deposit) in stored_state::<Sample<T>>(&state)? {
            let held = T::Currency::balance_on_hold(&HoldReason::StorageDepositReserve.into(), &account);
            ensure!(held == deposit, "what is held on a contract is not what its deposit account had");
            let sum = balance.saturating_add(deposit);
            ensure!(
                T::Currency::total_balance(&account) == sum,
                "a contract has not got its deposit account's balance"
            );
            let deposit_account_exists = frame_system::Pallet::<T>::account_exists(&old.contract.deposit_account);
            ensure!(!deposit_account_exists, "a deposit account still exists");

            let (trie_id, record) = (old.contract.trie_id, old.contract.record);
            let expected = v15::ContractInfo::<T> { trie_id, record, delegate_dependencies: old.delegate_dependencies };
            let new = ContractInfoOf::<T>::get(&account).ok_or("a contract is lost")?;
            ensure!(new.encode() == expected.encode(), "a contract was changed");
        }
        Ok(())
    }
}

/// Moves all that a deposit account has to the contract's, so that it dies, and returns how much it was.
fn empty<T: Config>(deposit_account: &AccountIdOf<T>, contract: &AccountIdOf<T>) -> BalanceOf<T> {
    // Contracts that were instantiated since version 10 have kept their deposit account alive by this. Those that
    // version 10 migrated have not.
    if frame_system::Pallet::<T>::consumers(deposit_account) > 0 {
        frame_system::Pallet::<T>::dec_consumers(deposit_account);
    }
    let balance = T::Currency::total_balance(deposit_account);
    let amount = T::Currency::reducible_balance(deposit_account, Preservation::Expendable, Fortitude::Force);
    if amount < balance {
        log::warn!(target: LOG_TARGET, "only {amount:?} of {balance:?} can be moved from {deposit_account:?}");
    }
    T::Currency::transfer(deposit_account, contract, amount, Preservation::Expendable).unwrap_or_else(|error| {
        log::error!(target: LOG_TARGET, "{amount:?} of {deposit_account:?} could not be moved to {contract:?}: {error:?}");
        Zero::zero()
    })
}

fn hold<T: Config>(contract: &AccountIdOf<T>, deposit: BalanceOf<T>) {
    if deposit.is_zero() {
        log::warn!(target: LOG_TARGET, "contract {contract:?} has no deposit to hold");
        return;
    }
    if let Err(error) = T::Currency::hold(&HoldReason::StorageDepositReserve.into(), contract, deposit) {
        log::error!(target: LOG_TARGET, "{deposit:?} could not be held on contract {contract:?}: {error:?}");
    }
}
