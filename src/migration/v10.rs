//! Version 10: deposits move from the contract's account, where they were reserved, to an account of their
//! own, because reserved balance no longer keeps an account alive.

use super::{
    IsFinished, MigrationStep,
    layouts::{OldBalanceOf, Record, v8, v10},
    walk::Walk,
};
use crate::{AccountIdOf, Config, LOG_TARGET, weights::WeightInfo};
#[cfg(feature = "try-runtime")]
use crate::{CodeHash, migration::stored_state};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
    DefaultNoBound,
    traits::{
        Currency, ExistenceRequirement, ReservableCurrency,
        tokens::{Balance as BalanceType, Fortitude, Preservation, fungible::Inspect},
    },
    weights::{Weight, WeightMeter},
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;
use sp_runtime::{
    Perbill,
    traits::{Hash, Saturating, TrailingZeroInput, Zero},
};

#[cfg(test)]
mod tests;

/// A step moves the deposits of one contract. `OldCurrency` is the currency that they are reserved in.
#[derive(Encode, Decode, MaxEncodedLen, DefaultNoBound)]
pub struct Migration<T: Config, OldCurrency = ()> {
    last_account: Option<T::AccountId>,
    _phantom: PhantomData<(T, OldCurrency)>,
}

impl<T: Config, OldCurrency: 'static> MigrationStep for Migration<T, OldCurrency>
where
    OldCurrency: ReservableCurrency<T::AccountId> + Inspect<T::AccountId, Balance = OldBalanceOf<T, OldCurrency>>,
{
    const VERSION: u16 = 10;

    fn max_step_weight() -> Weight {
        T::WeightInfo::v10_migration_step()
    }

    fn step(&mut self, meter: &mut WeightMeter) -> IsFinished {
        type Old<T, OldCurrency> = v8::ContractInfoOf<T, OldBalanceOf<T, OldCurrency>>;
        type New<T, OldCurrency> = v10::ContractInfoOf<T, OldBalanceOf<T, OldCurrency>>;
        let visited = Old::<T, OldCurrency>::visit_next(&mut self.last_account, |account, contract| {
            let deposit_account = deposit_account::<T>(account);
            let deposit = move_deposit::<T, OldCurrency>(account, &deposit_account, contract.record.total_deposit());
            let record = divide(deposit, contract.record, <OldCurrency as Currency<_>>::minimum_balance());
            let contract = v10::ContractInfo { trie_id: contract.trie_id, deposit_account, record };
            New::<T, OldCurrency>::insert(account, contract);
        });
        meter.consume(T::WeightInfo::v10_migration_step());
        IsFinished::unless_visited(&visited)
    }

    #[cfg(feature = "try-runtime")]
    fn pre_upgrade_step() -> Result<Vec<u8>, TryRuntimeError> {
        Ok(v8::ContractInfoOf::<T, OldBalanceOf<T, OldCurrency>>::sample().encode())
    }

    #[cfg(feature = "try-runtime")]
    fn post_upgrade_step(state: Vec<u8>) -> Result<(), TryRuntimeError> {
        use frame_support::ensure;
        type Sample<T, Balance> = Vec<(AccountIdOf<T>, v8::ContractInfo<CodeHash<T>, Balance>)>;
        for (account, old) in stored_state::<Sample<T, OldBalanceOf<T, OldCurrency>>>(&state)? {
            let new =
                v10::ContractInfoOf::<T, OldBalanceOf<T, OldCurrency>>::get(account).ok_or("a contract is lost")?;
            ensure!(new.trie_id == old.trie_id, "a contract has other data");
            ensure!(new.record.code_hash == old.record.code_hash, "a contract has other code");
            ensure!(new.record.storage_bytes == old.record.storage_bytes, "a contract has another number of bytes");
            ensure!(new.record.storage_items == old.record.storage_items, "a contract has another number of items");
            let deposit = <OldCurrency as Currency<_>>::total_balance(&new.deposit_account);
            ensure!(deposit == new.record.total_deposit(), "a deposit account has another balance than was recorded");
        }
        Ok(())
    }
}

/// The account that holds the deposits of a contract. Nobody has its key.
fn deposit_account<T: Config>(contract: &AccountIdOf<T>) -> AccountIdOf<T> {
    let hash = (b"contract_depo_v1", contract).using_encoded(T::Hashing::hash);
    Decode::decode(&mut TrailingZeroInput::new(hash.as_ref())).expect("accounts can be decoded from any bytes; qed")
}

/// Moves what was reserved and returns how much the deposit account has got.
///
/// The contract keeps the existential deposit, which it needs now that reserved balance does not count.
fn move_deposit<T: Config, OldCurrency>(
    contract: &AccountIdOf<T>,
    deposit_account: &AccountIdOf<T>,
    deposit: OldBalanceOf<T, OldCurrency>,
) -> OldBalanceOf<T, OldCurrency>
where
    OldCurrency: ReservableCurrency<T::AccountId> + Inspect<T::AccountId, Balance = OldBalanceOf<T, OldCurrency>>,
{
    let min_balance = <OldCurrency as Currency<_>>::minimum_balance();
    // Moving reserved balance as such takes an account that exists.
    let missing = OldCurrency::unreserve(contract, deposit);
    if !missing.is_zero() {
        log::warn!(target: LOG_TARGET, "{missing:?} of a deposit of {deposit:?} were not reserved on {contract:?}");
    }
    let amount = deposit.saturating_sub(min_balance).min(OldCurrency::reducible_balance(
        contract,
        Preservation::Preserve,
        Fortitude::Polite,
    ));
    match OldCurrency::transfer(contract, deposit_account, amount, ExistenceRequirement::KeepAlive) {
        Ok(()) => amount,
        // Less than an account can have: the deposit account gets that.
        Err(error) => {
            log::error!(target: LOG_TARGET, "the deposit of {contract:?} could not be moved: {error:?}");
            drop(OldCurrency::deposit_creating(deposit_account, min_balance));
            min_balance
        }
    }
}

/// Records what became of a deposit: the base is what it was or what two accounts need, whichever is more,
/// and as far as there is that much; bytes and items share the rest as they did before.
fn divide<H, Balance: BalanceType>(
    deposit: Balance,
    old: Record<H, Balance>,
    min_balance: Balance,
) -> Record<H, Balance> {
    let base = old.storage_base_deposit.max(min_balance.saturating_add(min_balance)).min(deposit);
    let old_rest = old.total_deposit().saturating_sub(old.storage_base_deposit);
    let share = Perbill::from_rational(deposit.saturating_sub(base), old_rest);
    let storage_byte_deposit = share.mul_ceil(old.storage_byte_deposit);
    let storage_item_deposit = share.mul_ceil(old.storage_item_deposit);
    // Not `base`, which would not re-add with what was rounded.
    let storage_base_deposit = deposit.saturating_sub(storage_byte_deposit).saturating_sub(storage_item_deposit);
    Record { storage_byte_deposit, storage_item_deposit, storage_base_deposit, ..old }
}
