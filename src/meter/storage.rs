//! Storage deposits of a call stack.
//!
//! Each frame has a meter that is nested in its caller's. A meter only adds up: balance moves once, when
//! the whole stack is done, refunds before charges (see `settlement`). So the order in which a call
//! frees and takes storage does not matter, and only the balance after all of it must suffice. The
//! exception is the existential deposit of a new contract, which moves at once to create the account.
//!
//! A meter of a call that reverts is dropped, and with it everything it recorded.

use super::{
    diff::{DepositOf, Diff},
    settlement::{self, Charge, ContractState},
};
use crate::{AccountIdOf, BalanceOf, Config, ContractInfo, Error, Origin, Pallet, StorageDeposit, code::CodeInfo};
use alloc::vec::Vec;
use frame_support::{
    DebugNoBound, DefaultNoBound,
    traits::{Get, fungible::Mutate, tokens::Preservation},
};
use sp_runtime::{DispatchError, traits::Zero};

#[cfg(test)]
mod tests;

/// Adds up the deposits of a frame and of the calls it made.
#[derive(DefaultNoBound, DebugNoBound)]
pub struct StorageMeter<T: Config> {
    /// The most that may be charged.
    limit: BalanceOf<T>,
    /// The caller set `limit` for this call alone: it is enforced as soon as the call returns, not at
    /// the end of the stack.
    has_own_limit: bool,
    /// Nobody pays: the stack was started by root. What would have been due still counts towards the limit.
    is_free: bool,
    /// Deposits of the calls that this frame made, and those of its own that are no change of storage.
    total_deposit: DepositOf<T>,
    /// Changes of storage by this frame itself.
    own_contribution: Contribution<T>,
    /// What is to be moved at the end. At most one for each call and each locked dependency, all of
    /// which gas pays for.
    charges: Vec<Charge<T>>,
}

/// Changes of storage by one frame.
#[derive(DebugNoBound)]
enum Contribution<T: Config> {
    /// Still adding up.
    Open(Diff),
    /// Booked in the contract's info when the limit was enforced.
    Booked(DepositOf<T>),
    /// The contract is gone: all that it had paid goes back.
    Terminated { deposit: DepositOf<T>, beneficiary: AccountIdOf<T> },
}

impl<T: Config> Default for Contribution<T> {
    fn default() -> Self {
        Self::Open(Diff::default())
    }
}

impl<T: Config> Contribution<T> {
    /// The deposit of these changes. Books open ones in the contract's info: sizes always, deposits unless they are
    /// free, as what nobody paid cannot be given back.
    fn book(&self, info: Option<&mut ContractInfo<T>>, is_free: bool) -> DepositOf<T> {
        match (self, info) {
            (Self::Open(diff), Some(info)) if is_free => {
                let (byte_deposit, item_deposit) = (info.storage_byte_deposit, info.storage_item_deposit);
                let deposit = diff.apply::<T>(info);
                (info.storage_byte_deposit, info.storage_item_deposit) = (byte_deposit, item_deposit);
                deposit
            }
            (Self::Open(diff), Some(info)) => diff.apply::<T>(info),
            (Self::Open(diff), None) => StorageDeposit::Charge(diff.charge::<T>()),
            (Self::Booked(deposit) | Self::Terminated { deposit, .. }, _) => deposit.clone(),
        }
    }
}

impl<T: Config> StorageMeter<T> {
    /// The meter of a whole call stack.
    ///
    /// Fails with [`Error::StorageDepositNotEnoughFunds`] if a signed origin could not pay `limit` and
    /// keep `min_leftover` besides its existential deposit. Root pays nothing and is not asked.
    pub fn new(
        origin: &Origin<T>,
        limit: Option<BalanceOf<T>>,
        min_leftover: BalanceOf<T>,
    ) -> Result<Self, DispatchError> {
        let (limit, is_free) = match origin {
            Origin::Root => (limit.unwrap_or_else(T::DefaultDepositLimit::get), true),
            Origin::Signed(account) => (settlement::check_limit::<T>(account, limit, min_leftover)?, false),
        };
        Ok(Self { limit, is_free, ..Default::default() })
    }

    /// The meter of a call that this frame makes. A limit of zero, and any limit once nothing is left,
    /// means what this meter has left.
    pub fn nested(&self, limit: BalanceOf<T>) -> Self {
        debug_assert!(self.is_alive(), "a terminated contract makes no calls");
        let available = self.available();
        let limit = available.min(limit);
        let is_free = self.is_free;
        if limit.is_zero() {
            Self { limit: available, is_free, ..Default::default() }
        } else {
            Self { limit, is_free, has_own_limit: true, ..Default::default() }
        }
    }

    /// Whether nobody pays deposits, nor gets any back.
    pub fn is_free(&self) -> bool {
        self.is_free
    }

    /// Takes over the meter of a call that succeeded.
    ///
    /// `contract` is the account that it ran as, `info` that account's info unless it was terminated.
    pub fn absorb(&mut self, nested: Self, contract: &T::AccountId, info: Option<&mut ContractInfo<T>>) {
        let own_deposit = nested.own_contribution.book(info, self.is_free);
        self.total_deposit = self.total_deposit.saturating_add(&nested.total_deposit).saturating_add(&own_deposit);
        let state = nested.contract_state();
        self.charges.extend(nested.charges);
        // A terminated contract is wound up at the end of the stack even if it had paid nothing.
        if !own_deposit.is_zero() || !matches!(state, ContractState::Alive) {
            self.charges.push(Charge { contract: contract.clone(), amount: own_deposit, state });
        }
    }

    /// Records a change of the frame's storage.
    pub fn charge(&mut self, diff: &Diff) {
        match &mut self.own_contribution {
            Contribution::Open(own) => *own = own.saturating_add(diff),
            Contribution::Booked(_) | Contribution::Terminated { .. } => {
                debug_assert!(false, "no storage changes after a frame has ended or terminated");
            }
        }
    }

    /// Records a deposit that is no change of storage: a new contract, other code, a dependency.
    pub fn charge_deposit(&mut self, contract: T::AccountId, amount: DepositOf<T>) {
        self.total_deposit = self.total_deposit.saturating_add(&amount);
        self.charges.push(Charge { contract, amount, state: ContractState::Alive });
    }

    /// Creates the account of a new contract and records what the contract itself costs.
    ///
    /// The existential deposit moves at once, for without it there is no account to move value to.
    pub fn charge_instantiate(
        &mut self,
        origin: &T::AccountId,
        contract: &T::AccountId,
        info: &mut ContractInfo<T>,
        code_info: &CodeInfo<T>,
    ) -> Result<(), DispatchError> {
        debug_assert!(self.is_alive(), "a contract under construction is not terminated");
        let existential_deposit = Pallet::<T>::min_balance();
        self.total_deposit = StorageDeposit::Charge(existential_deposit);
        T::Currency::transfer(origin, contract, existential_deposit, Preservation::Preserve)?;

        // While the contract exists its account must, and an account with a consumer is never removed.
        frame_system::Pallet::<T>::inc_consumers(contract)?;

        let base_deposit = info.update_base_deposit(code_info);
        self.charge_deposit(contract.clone(), StorageDeposit::Charge(base_deposit));
        Ok(())
    }

    /// Records that the frame's contract is gone: its deposits go to the origin, the rest of its
    /// balance to the beneficiary.
    pub fn terminate(&mut self, info: &ContractInfo<T>, beneficiary: T::AccountId) {
        debug_assert!(self.is_alive(), "a contract terminates once");
        self.own_contribution =
            Contribution::Terminated { deposit: StorageDeposit::Refund(info.total_deposit()), beneficiary };
    }

    /// Fails with [`Error::StorageDepositLimitExhausted`] if the frame and its calls cost more than the
    /// limit. Called as late as possible, so that refunds can make up for charges.
    pub fn enforce_limit(&mut self, info: Option<&mut ContractInfo<T>>) -> Result<(), DispatchError> {
        let deposit = self.own_contribution.book(info, self.is_free);
        let total = self.total_deposit.saturating_add(&deposit);
        if self.is_alive() {
            self.own_contribution = Contribution::Booked(deposit);
        }
        if total.charge_or_zero() > self.limit {
            return Err(Error::<T>::StorageDepositLimitExhausted.into());
        }
        Ok(())
    }

    /// [`Self::enforce_limit`] for a call that was given a limit of its own.
    pub fn enforce_subcall_limit(&mut self, info: Option<&mut ContractInfo<T>>) -> Result<(), DispatchError> {
        if self.has_own_limit { self.enforce_limit(info) } else { Ok(()) }
    }

    /// Moves all balance that is due and returns the total. Only for the meter of the whole stack.
    pub fn try_into_deposit(self, origin: &Origin<T>) -> Result<DepositOf<T>, DispatchError> {
        match origin {
            // Root has no account: nothing moves, in either direction.
            Origin::Root => Ok(StorageDeposit::default()),
            Origin::Signed(origin) => {
                settlement::settle(origin, &self.charges)?;
                Ok(self.total_deposit)
            }
        }
    }

    fn available(&self) -> BalanceOf<T> {
        self.total_deposit.available(&self.limit)
    }

    fn is_alive(&self) -> bool {
        !matches!(self.own_contribution, Contribution::Terminated { .. })
    }

    fn contract_state(&self) -> ContractState<T> {
        match &self.own_contribution {
            Contribution::Terminated { beneficiary, .. } => {
                ContractState::Terminated { beneficiary: beneficiary.clone() }
            }
            Contribution::Open(_) | Contribution::Booked(_) => ContractState::Alive,
        }
    }
}
