//! The code that a contract uses: its own, and what it delegates to.
//!
//! Code that a contract refers to cannot be removed. The contract pays for that with a share of the
//! code's deposit.

use super::Stack;
use crate::{
    CodeHash, CodeInfoOf, Config, Error, Event, Pallet, StorageDeposit,
    code::{self, Executable},
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use sp_runtime::traits::{Saturating, Zero};

/// Changes to what code a contract uses.
pub trait CodeReferences<T: Config> {
    /// Makes this contract run other code from the next call on.
    fn set_code_hash(&mut self, hash: CodeHash<T>) -> DispatchResult;

    /// Notes one more user of stored code. Fails with [`Error::CodeNotFound`].
    fn increment_refcount(code_hash: CodeHash<T>) -> DispatchResult;

    /// Notes one user less.
    fn decrement_refcount(code_hash: CodeHash<T>);

    /// Keeps code from being removed while this contract exists.
    fn lock_delegate_dependency(&mut self, code_hash: CodeHash<T>) -> DispatchResult;

    /// Takes a lock back and refunds its deposit.
    fn unlock_delegate_dependency(&mut self, code_hash: &CodeHash<T>) -> DispatchResult;

    /// How many locks this contract has.
    fn locked_delegate_dependencies_count(&mut self) -> usize;
}

impl<T: Config> CodeReferences<T> for Stack<'_, T> {
    fn set_code_hash(&mut self, hash: CodeHash<T>) -> DispatchResult {
        let session = self.session;
        let frame = self.top_frame_mut();
        // Loading proves that it can be run, and is paid for as such.
        let executable = Executable::<T>::from_storage(session, hash, &mut frame.nested_gas)?;
        ensure!(executable.is_deterministic(), Error::<T>::Indeterministic);

        let (info, meter) = (frame.contract_info.get(&frame.account_id), &mut frame.nested_storage);
        let old_hash = core::mem::replace(&mut info.code_hash, hash);
        let old_deposit = info.storage_base_deposit();
        let new_deposit = info.update_base_deposit(executable.code_info());
        if meter.is_free() {
            info.storage_base_deposit = old_deposit;
        }
        meter.charge_deposit(
            frame.account_id.clone(),
            StorageDeposit::Charge(new_deposit).saturating_sub(&StorageDeposit::Charge(old_deposit)),
        );

        code::increment_refcount::<T>(hash)?;
        code::decrement_refcount::<T>(old_hash);
        Pallet::<T>::deposit_event(Event::ContractCodeUpdated {
            contract: frame.account_id.clone(),
            new_code_hash: hash,
            old_code_hash: old_hash,
        });
        Ok(())
    }

    fn increment_refcount(code_hash: CodeHash<T>) -> DispatchResult {
        code::increment_refcount::<T>(code_hash)
    }

    fn decrement_refcount(code_hash: CodeHash<T>) {
        code::decrement_refcount::<T>(code_hash);
    }

    fn lock_delegate_dependency(&mut self, code_hash: CodeHash<T>) -> DispatchResult {
        let frame = self.top_frame_mut();
        let is_free = frame.nested_storage.is_free();
        let info = frame.info();
        ensure!(code_hash != info.code_hash, Error::<T>::CannotAddSelfAsDelegateDependency);

        let code_info = CodeInfoOf::<T>::get(code_hash).ok_or(Error::<T>::CodeNotFound)?;
        let deposit = T::CodeHashLockupDepositPercent::get().mul_ceil(code_info.deposit());
        info.lock_delegate_dependency(code_hash, if is_free { Zero::zero() } else { deposit })?;
        code::increment_refcount::<T>(code_hash)?;
        frame.nested_storage.charge_deposit(frame.account_id.clone(), StorageDeposit::Charge(deposit));
        Ok(())
    }

    fn unlock_delegate_dependency(&mut self, code_hash: &CodeHash<T>) -> DispatchResult {
        let frame = self.top_frame_mut();
        let is_free = frame.nested_storage.is_free();
        let info = frame.info();
        let deposit = info.unlock_delegate_dependency(code_hash)?;
        if is_free {
            // It stays held. So that it is not lost, it is given back with the contract's own deposit.
            info.storage_base_deposit = info.storage_base_deposit.saturating_add(deposit);
        }
        code::decrement_refcount::<T>(*code_hash);
        frame.nested_storage.charge_deposit(frame.account_id.clone(), StorageDeposit::Refund(deposit));
        Ok(())
    }

    fn locked_delegate_dependencies_count(&mut self) -> usize {
        self.top_frame_mut().info().delegate_dependencies().len()
    }
}
