//! What a contract can learn about its call and its chain.

use super::Stack;
use crate::{AccountIdOf, BalanceOf, CodeHash, Config, ContractInfo, ContractInfoOf, Event, MomentOf, Origin, Pallet};
use alloc::vec::Vec;
use frame_support::traits::{
    Time,
    fungible::Inspect,
    tokens::{Fortitude, Preservation},
};
use frame_system::pallet_prelude::BlockNumberFor;

/// The circumstances of a call, and the events that it leaves.
pub trait Context<T: Config> {
    /// Who called this contract.
    fn caller(&self) -> Origin<T>;

    /// Whether the caller started the call stack.
    fn caller_is_origin(&self) -> bool;

    /// Whether the caller is root.
    fn caller_is_root(&self) -> bool;

    /// The account of this contract.
    fn address(&self) -> &AccountIdOf<T>;

    /// What this contract can spend.
    fn balance(&self) -> BalanceOf<T>;

    /// The value that came with the call. It is part of the balance.
    fn value_transferred(&self) -> BalanceOf<T>;

    /// When the call stack started.
    fn now(&self) -> &MomentOf<T>;

    /// The existential deposit.
    fn minimum_balance(&self) -> BalanceOf<T>;

    /// The block in which the call stack started.
    fn block_number(&self) -> BlockNumberFor<T>;

    /// Whether a contract lives on an account.
    fn is_contract(&self, address: &AccountIdOf<T>) -> bool;

    /// The code of the contract on an account.
    fn code_hash(&self, address: &AccountIdOf<T>) -> Option<CodeHash<T>>;

    /// The code of this contract, which is not the code that runs in a delegate call.
    fn own_code_hash(&mut self) -> &CodeHash<T>;

    /// Whether the frame must not change state.
    fn is_read_only(&self) -> bool;

    /// How many frames below this one run this contract. Delegate calls do not count.
    fn reentrance_count(&self) -> u32;

    /// How many frames run the contract of an account. Delegate calls do not count.
    fn account_reentrance_count(&self, account_id: &AccountIdOf<T>) -> u32;

    /// Emits an event of this contract. Topics should not repeat.
    fn deposit_event(&mut self, topics: Vec<T::Hash>, data: Vec<u8>);
}

impl<T: Config> Context<T> for Stack<'_, T> {
    fn caller(&self) -> Origin<T> {
        if let Some(delegate) = &self.top_frame().delegate {
            return delegate.caller.clone();
        }
        match self.frames().nth(1) {
            Some(frame) => Origin::from_account_id(frame.account_id.clone()),
            None => self.origin.clone(),
        }
    }

    fn caller_is_origin(&self) -> bool {
        self.origin == self.caller()
    }

    fn caller_is_root(&self) -> bool {
        self.caller() == Origin::Root
    }

    fn address(&self) -> &AccountIdOf<T> {
        &self.top_frame().account_id
    }

    fn balance(&self) -> BalanceOf<T> {
        T::Currency::reducible_balance(&self.top_frame().account_id, Preservation::Preserve, Fortitude::Polite)
    }

    fn value_transferred(&self) -> BalanceOf<T> {
        self.top_frame().value_transferred
    }

    fn now(&self) -> &MomentOf<T> {
        self.timestamp.get_or_init(T::Time::now)
    }

    fn minimum_balance(&self) -> BalanceOf<T> {
        Pallet::<T>::min_balance()
    }

    fn block_number(&self) -> BlockNumberFor<T> {
        *self.block_number.get_or_init(frame_system::Pallet::<T>::block_number)
    }

    fn is_contract(&self, address: &AccountIdOf<T>) -> bool {
        ContractInfoOf::<T>::contains_key(address)
    }

    fn code_hash(&self, address: &AccountIdOf<T>) -> Option<CodeHash<T>> {
        ContractInfo::<T>::load_code_hash(address)
    }

    fn own_code_hash(&mut self) -> &CodeHash<T> {
        &self.top_frame_mut().info().code_hash
    }

    fn is_read_only(&self) -> bool {
        self.top_frame().read_only
    }

    fn reentrance_count(&self) -> u32 {
        self.account_reentrance_count(&self.top_frame().account_id).saturating_sub(1)
    }

    fn account_reentrance_count(&self, account_id: &AccountIdOf<T>) -> u32 {
        let count = self.frames().filter(|frame| frame.delegate.is_none() && &frame.account_id == account_id).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn deposit_event(&mut self, topics: Vec<T::Hash>, data: Vec<u8>) {
        let contract = self.top_frame().account_id.clone();
        Pallet::<T>::deposit_indexed_event(topics, Event::ContractEmitted { contract, data });
    }
}
