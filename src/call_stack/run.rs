//! Running a frame, and what happens when it ends.

use super::{CachedContract, ErrorOrigin, ExecError, ExecResult, Stack, context::Context};
use crate::{
    Config, ContractInfoOf, Error, Event, LOG_TARGET, Nonce, Origin, Pallet,
    code::Executable,
    debug::{CallInterceptor, CallSpan, Tracing},
    execution::{self, ExportedFunction},
};
use alloc::vec::Vec;
use core::mem;
use frame_support::{
    dispatch::DispatchResult,
    storage::{TransactionOutcome, with_transaction},
    traits::{fungible::Mutate, tokens::Preservation},
};
use sp_runtime::{DispatchError, traits::Zero};

impl<T: Config> Stack<'_, T> {
    /// Runs the top frame and removes it. Commits what it did if it succeeded and did not revert.
    pub(super) fn run(&mut self, executable: Executable<T>, input_data: Vec<u8>) -> ExecResult {
        self.transient_storage.start_transaction();
        let outcome = with_transaction(|| -> TransactionOutcome<Result<_, DispatchError>> {
            let output = self.run_top_frame(executable, input_data);
            match &output {
                Ok(value) if !value.did_revert() => TransactionOutcome::Commit(Ok((true, output))),
                _ => TransactionOutcome::Rollback(Ok((false, output))),
            }
        });
        // An error here says that transactions are nested too deeply, so that nothing has run.
        let (success, output) = outcome.unwrap_or_else(|error| (false, Err(error.into())));
        self.transient_storage.end_transaction(success);
        self.pop_frame(success);
        output
    }

    fn run_top_frame(&mut self, executable: Executable<T>, input_data: Vec<u8>) -> ExecResult {
        let entry_point = self.top_frame().entry_point;
        if entry_point == ExportedFunction::Constructor {
            // Before the value moves: less than the existential deposit needs an account to go to.
            self.create_account(&executable)?;
        }
        self.initial_transfer()?;

        let contract = &self.top_frame().account_id;
        let span = T::Debug::new_call_span(contract, entry_point, &input_data);
        let intercepted = T::Debug::intercept_call(contract, &entry_point, &input_data);
        let output = match intercepted {
            Some(output) => output?,
            None => execution::execute(self, executable, entry_point, input_data)
                .map_err(|error| ExecError { origin: ErrorOrigin::Callee, ..error })?,
        };
        span.after_call(&output);

        // A revert rolls back everything that could be checked or announced.
        if !output.did_revert() {
            self.enforce_limits()?;
            self.announce()?;
        }
        Ok(output)
    }

    fn create_account(&mut self, executable: &Executable<T>) -> DispatchResult {
        // Root cannot instantiate, so that there is an account to pay.
        let origin = self.origin.account_id()?.clone();
        let frame = self.top_frame_mut();
        let contract = frame.account_id.clone();
        let (info, meter) = frame.info_and_meter();
        meter.charge_instantiate(&origin, &contract, info, executable.code_info())
    }

    /// Moves the value that comes with the call.
    fn initial_transfer(&self) -> DispatchResult {
        let frame = self.top_frame();
        // A delegate call runs with the value that its caller got and kept.
        if frame.delegate.is_some() {
            return Ok(());
        }
        match self.caller() {
            Origin::Signed(caller) => transfer::<T>(&caller, &frame.account_id, frame.value_transferred),
            Origin::Root if frame.value_transferred.is_zero() => Ok(()),
            Origin::Root => Err(DispatchError::RootNotAllowed),
        }
    }

    /// The deposit limit of the whole stack is enforced once its first frame is done, so that the
    /// order of storage accesses does not matter; one that was set for a single call, when that call
    /// is done, so that the call alone is rolled back.
    fn enforce_limits(&mut self) -> DispatchResult {
        if self.frames.is_empty() {
            let frame = &mut self.first_frame;
            frame.contract_info.load(&frame.account_id);
            frame.nested_storage.enforce_limit(frame.contract_info.as_contract())?;
        }
        let frame = self.top_frame_mut();
        let terminated = matches!(frame.contract_info, CachedContract::Terminated);
        if frame.entry_point == ExportedFunction::Constructor && terminated {
            return Err(Error::<T>::TerminatedInConstructor.into());
        }
        if frame.delegate.is_none() {
            frame.contract_info.load(&frame.account_id);
            frame.nested_storage.enforce_subcall_limit(frame.contract_info.as_contract())?;
        }
        Ok(())
    }

    /// Emits the event that the frame succeeded.
    fn announce(&self) -> DispatchResult {
        let frame = self.top_frame();
        let contract = frame.account_id.clone();
        Pallet::<T>::deposit_event(match (frame.entry_point, &frame.delegate) {
            (ExportedFunction::Constructor, _) => {
                Event::Instantiated { deployer: self.caller().account_id()?.clone(), contract }
            }
            (ExportedFunction::Call, Some(delegate)) => {
                Event::DelegateCalled { contract, code_hash: delegate.code_hash }
            }
            (ExportedFunction::Call, None) => Event::Called { caller: self.caller(), contract },
        });
        Ok(())
    }

    /// Removes the top frame. Its gas goes back to whoever made the call; its other effects are kept
    /// only if it succeeded.
    fn pop_frame(&mut self, success: bool) {
        if !success && self.top_frame().entry_point == ExportedFunction::Constructor {
            // The nonce was given out for nothing.
            self.nonce = self.nonce.map(|nonce| nonce.wrapping_sub(1));
        }
        match self.frames.pop() {
            Some(frame) => self.return_to_caller(frame, success),
            None => self.finish(success),
        }
    }

    fn return_to_caller(&mut self, mut frame: super::Frame<T>, success: bool) {
        let caller = self.top_frame_mut();
        caller.nested_gas.absorb_nested(frame.nested_gas);
        if !success {
            return;
        }

        // Deposits are booked in the info, so it must be there, unless the contract is gone.
        frame.contract_info.load(&frame.account_id);
        let mut info = match frame.contract_info {
            CachedContract::Cached(info) => Some(info),
            CachedContract::Invalidated | CachedContract::Terminated => None,
        };
        caller.nested_storage.absorb(frame.nested_storage, &frame.account_id, info.as_mut());
        let Some(info) = info else { return };

        if caller.account_id == frame.account_id {
            // The caller is the same contract: it takes the info over, and will store it when it ends.
            caller.contract_info = CachedContract::Cached(info);
            return;
        }
        ContractInfoOf::<T>::insert(&frame.account_id, info);
        // Only the nearest copy is marked: when its frame ends it will mark the next one.
        let copy = self.frames_mut().skip(1).find(|other| other.account_id == frame.account_id);
        if let Some(copy) = copy {
            copy.contract_info = CachedContract::Invalidated;
        }
    }

    /// Ends the stack.
    fn finish(&mut self, success: bool) {
        if let Some(message) = self.debug_message.as_ref().filter(|message| !message.is_empty()) {
            log::debug!(
                target: LOG_TARGET,
                "debug buffer of the call: {}",
                core::str::from_utf8(message).unwrap_or("<not UTF-8>"),
            );
        }
        let frame = &mut self.first_frame;
        self.gas_meter.absorb_nested(mem::take(&mut frame.nested_gas));
        if !success {
            return;
        }
        let mut info = frame.contract_info.as_contract();
        self.storage_meter.absorb(mem::take(&mut frame.nested_storage), &frame.account_id, info.as_deref_mut());
        if let Some(info) = info {
            ContractInfoOf::<T>::insert(&frame.account_id, info);
        }
        if let Some(nonce) = self.nonce {
            Nonce::<T>::set(nonce);
        }
    }
}

/// Moves balance and keeps the sender's account alive. Whatever goes wrong is
/// [`Error::TransferFailed`].
pub(super) fn transfer<T: Config>(
    from: &T::AccountId,
    to: &T::AccountId,
    value: crate::BalanceOf<T>,
) -> DispatchResult {
    if !value.is_zero() && from != to {
        T::Currency::transfer(from, to, value, Preservation::Preserve).map_err(|_| Error::<T>::TransferFailed)?;
    }
    Ok(())
}
