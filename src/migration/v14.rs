//! Version 14: deposits for code, which were reserved on the owner's account, are on hold there.
//!
//! What code is recorded to hold does not change.

use super::{
    IsFinished, MigrationStep,
    layouts::{OldBalanceOf, v12},
    walk::Walk,
};
#[cfg(feature = "try-runtime")]
use crate::{AccountIdOf, migration::stored_state};
use crate::{BalanceOf, CodeHash, Config, HoldReason, LOG_TARGET, weights::WeightInfo};
#[cfg(feature = "try-runtime")]
use alloc::{collections::BTreeMap, vec::Vec};
use codec::{Decode, Encode, MaxEncodedLen};
use core::marker::PhantomData;
#[cfg(feature = "try-runtime")]
use frame_support::traits::fungible::{Inspect, InspectHold};
use frame_support::{
    DefaultNoBound,
    traits::{ReservableCurrency, fungible::MutateHold},
    weights::{Weight, WeightMeter},
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;
use sp_runtime::traits::{Saturating, Zero};

#[cfg(test)]
mod tests;

/// A step does the deposit of one code. `OldCurrency` is the currency that it is reserved in.
#[derive(Encode, Decode, MaxEncodedLen, DefaultNoBound)]
pub struct Migration<T: Config, OldCurrency> {
    last_code_hash: Option<CodeHash<T>>,
    _phantom: PhantomData<(T, OldCurrency)>,
}

impl<T: Config, OldCurrency> MigrationStep for Migration<T, OldCurrency>
where
    OldCurrency: ReservableCurrency<T::AccountId> + 'static,
    BalanceOf<T>: From<OldCurrency::Balance>,
{
    const VERSION: u16 = 14;

    fn max_step_weight() -> Weight {
        T::WeightInfo::v14_migration_step()
    }

    fn step(&mut self, meter: &mut WeightMeter) -> IsFinished {
        type Codes<T, OldCurrency> = v12::CodeInfoOf<T, OldBalanceOf<T, OldCurrency>>;
        let visited = Codes::<T, OldCurrency>::visit_next(&mut self.last_code_hash, |code_hash, info| {
            let (owner, deposit) = (&info.owner, info.deposit);
            let missing = OldCurrency::unreserve(owner, deposit);
            if !missing.is_zero() {
                log::warn!(
                    target: LOG_TARGET,
                    "{missing:?} of the deposit of {deposit:?} for code {code_hash:?} were not reserved on {owner:?}",
                );
            }
            let amount = BalanceOf::<T>::from(deposit.saturating_sub(missing));
            if let Err(error) = T::Currency::hold(&HoldReason::CodeUploadDepositReserve.into(), owner, amount) {
                log::error!(
                    target: LOG_TARGET,
                    "{amount:?} for code {code_hash:?} could not be held on {owner:?}: {error:?}",
                );
            }
        });
        meter.consume(T::WeightInfo::v14_migration_step());
        IsFinished::unless_visited(&visited)
    }

    /// For each owner: the sum of the deposits, and the owner's balance.
    #[cfg(feature = "try-runtime")]
    fn pre_upgrade_step() -> Result<Vec<u8>, TryRuntimeError> {
        let mut owners = BTreeMap::<AccountIdOf<T>, (BalanceOf<T>, BalanceOf<T>)>::new();
        for info in v12::CodeInfoOf::<T, OldBalanceOf<T, OldCurrency>>::iter_values() {
            let balance = OldCurrency::total_balance(&info.owner).into();
            let (deposits, _) = owners.entry(info.owner).or_insert((Zero::zero(), balance));
            deposits.saturating_accrue(info.deposit.into());
        }
        Ok(owners.encode())
    }

    #[cfg(feature = "try-runtime")]
    fn post_upgrade_step(state: Vec<u8>) -> Result<(), TryRuntimeError> {
        use frame_support::ensure;
        type Owners<T> = BTreeMap<AccountIdOf<T>, (BalanceOf<T>, BalanceOf<T>)>;
        for (owner, (deposits, balance)) in stored_state::<Owners<T>>(&state)? {
            let held = T::Currency::balance_on_hold(&HoldReason::CodeUploadDepositReserve.into(), &owner);
            ensure!(held == deposits, "what is held for code is not what was reserved");
            ensure!(T::Currency::total_balance(&owner) == balance, "an owner of code has another balance");
        }
        Ok(())
    }
}
