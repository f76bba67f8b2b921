//! Moves deposits between the origin of a call stack and the contracts it touched.
//!
//! A deposit is held on the contract's account for as long as the storage exists. Whoever frees
//! storage gets its deposit, so refunds go to the origin of the call that freed it.

use super::diff::DepositOf;
use crate::{AccountIdOf, BalanceOf, Config, Error, Event, HoldReason, LOG_TARGET, Pallet, StorageDeposit};
use alloc::collections::BTreeMap;
use frame_support::{
    DebugNoBound, ensure,
    traits::{
        Get,
        fungible::{Inspect, InspectHold, Mutate, MutateHold},
        tokens::{Fortitude, Precision, Preservation, Restriction},
    },
};
use sp_runtime::{
    DispatchError,
    traits::{Saturating, Zero},
};

/// A deposit that is due between the origin and one contract.
#[derive(DebugNoBound, Clone)]
pub(crate) struct Charge<T: Config> {
    pub contract: T::AccountId,
    pub amount: DepositOf<T>,
    pub state: ContractState<T>,
}

/// Whether a contract still exists.
#[derive(DebugNoBound, Clone, PartialEq, Eq)]
pub(crate) enum ContractState<T: Config> {
    /// It does.
    Alive,
    /// It does not, and what is left on its account goes to the beneficiary.
    Terminated { beneficiary: AccountIdOf<T> },
}

/// The deposit limit of a call stack that `origin` pays for.
///
/// Without a `limit` it is the chain's default or what the origin can pay, whichever is less. Fails if
/// the origin cannot pay the limit and keep `min_leftover` and its existential deposit.
pub(crate) fn check_limit<T: Config>(
    origin: &T::AccountId,
    limit: Option<BalanceOf<T>>,
    min_leftover: BalanceOf<T>,
) -> Result<BalanceOf<T>, DispatchError> {
    let max = T::Currency::reducible_balance(origin, Preservation::Preserve, Fortitude::Polite)
        .saturating_sub(min_leftover)
        .saturating_sub(Pallet::<T>::min_balance());
    let limit = limit.unwrap_or_else(|| max.min(T::DefaultDepositLimit::get()));
    // Whether so much can be withdrawn need not be asked as well: what is reducible is defined as what can be, and asking again reads
    // the account three times more and the total issuance once.
    ensure!(limit <= max, Error::<T>::StorageDepositNotEnoughFunds);
    Ok(limit)
}

/// Moves what is due, refunds first: what is given back may pay for what is charged.
///
/// A call stack can free what it has itself added, or change code for which it has not paid yet. Then a refund is of
/// a deposit that is not held before it is charged, and the charge becomes less by as much.
pub(crate) fn settle<T: Config>(origin: &T::AccountId, charges: &[Charge<T>]) -> Result<(), DispatchError> {
    let mut not_held = BTreeMap::<&T::AccountId, BalanceOf<T>>::new();
    for charge in charges {
        let StorageDeposit::Refund(amount) = charge.amount else { continue };
        if !amount.is_zero() {
            let missing = amount.saturating_sub(release::<T>(origin, &charge.contract, amount)?);
            if !missing.is_zero() {
                let of_contract = not_held.entry(&charge.contract).or_default();
                *of_contract = of_contract.saturating_add(missing);
            }
        }
        wind_up_if_terminated::<T>(charge)?;
    }
    for charge in charges {
        let StorageDeposit::Charge(amount) = charge.amount else { continue };
        let mut due = amount;
        if let Some(missing) = not_held.get_mut(&charge.contract) {
            due = due.saturating_sub(*missing);
            *missing = missing.saturating_sub(amount);
        }
        if !due.is_zero() {
            hold::<T>(origin, &charge.contract, due)?;
        }
        wind_up_if_terminated::<T>(charge)?;
    }
    if not_held.values().any(|missing| !missing.is_zero()) {
        // What is held and what a contract's info says differ, but that is no reason to keep the rest.
        log::error!(target: LOG_TARGET, "less was held on contracts than was to be given back: {not_held:?}");
    }
    Ok(())
}

fn hold<T: Config>(origin: &T::AccountId, contract: &T::AccountId, amount: BalanceOf<T>) -> Result<(), DispatchError> {
    T::Currency::transfer_and_hold(
        &HoldReason::StorageDepositReserve.into(),
        origin,
        contract,
        amount,
        Precision::Exact,
        Preservation::Preserve,
        Fortitude::Polite,
    )?;
    Pallet::<T>::deposit_event(Event::StorageDepositTransferredAndHeld {
        from: origin.clone(),
        to: contract.clone(),
        amount,
    });
    Ok(())
}

/// Gives back what is held of an amount, and returns how much that was.
fn release<T: Config>(
    origin: &T::AccountId,
    contract: &T::AccountId,
    amount: BalanceOf<T>,
) -> Result<BalanceOf<T>, DispatchError> {
    let transferred = T::Currency::transfer_on_hold(
        &HoldReason::StorageDepositReserve.into(),
        contract,
        origin,
        amount,
        Precision::BestEffort,
        Restriction::Free,
        Fortitude::Polite,
    )?;
    Pallet::<T>::deposit_event(Event::StorageDepositTransferredAndReleased {
        from: contract.clone(),
        to: origin.clone(),
        amount: transferred,
    });
    Ok(transferred)
}

fn wind_up_if_terminated<T: Config>(charge: &Charge<T>) -> Result<(), DispatchError> {
    match &charge.state {
        ContractState::Terminated { beneficiary } => wind_up::<T>(&charge.contract, beneficiary),
        ContractState::Alive => Ok(()),
    }
}

/// Empties the account of a contract that is gone.
///
/// A contract that is older than [version 15](crate::migration::v15) holds the existential deposit of what was
/// its deposit account as well. Nothing records that, and as long as it is held the account cannot end. Nor has
/// such a contract a reference of its own to its account.
fn wind_up<T: Config>(contract: &T::AccountId, beneficiary: &T::AccountId) -> Result<(), DispatchError> {
    let reason = HoldReason::StorageDepositReserve.into();
    let unrecorded = T::Currency::balance_on_hold(&reason, contract);
    if !unrecorded.is_zero() {
        T::Currency::release(&reason, contract, unrecorded, Precision::BestEffort)?;
    }
    if frame_system::Pallet::<T>::consumers(contract) > 0 {
        frame_system::Pallet::<T>::dec_consumers(contract);
    }
    let rest = T::Currency::reducible_balance(contract, Preservation::Expendable, Fortitude::Polite);
    T::Currency::transfer(contract, beneficiary, rest, Preservation::Expendable)?;
    Ok(())
}
