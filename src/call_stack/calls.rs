//! Calls from a contract: into other contracts, into other code, into the runtime.

use super::{CachedContract, ExecError, ExecResult, FrameArgs, InstantiateArgs, Stack, context::Context, run};
use crate::{
    AccountIdOf, BalanceOf, CodeHash, Config, Error, ExecReturnValue, code::Executable, execution::ExportedFunction,
};
use alloc::vec::Vec;
use frame_support::{
    dispatch::{DispatchResult, DispatchResultWithPostInfo},
    traits::{Contains, OriginTrait},
    weights::Weight,
};
use frame_system::RawOrigin;
use sp_runtime::traits::{Dispatchable, Zero};

/// Calls that a contract makes.
pub trait Calls<T: Config> {
    /// Calls a contract. Limits of zero mean what this frame has left.
    ///
    /// Unless `allows_reentry`, no call above this one may come back to this contract. `read_only`
    /// keeps the callee, and all that it calls, from changing state; it cannot be taken back.
    #[allow(clippy::too_many_arguments, reason = "chain extensions call it so")]
    fn call(
        &mut self,
        gas_limit: Weight,
        deposit_limit: BalanceOf<T>,
        to: AccountIdOf<T>,
        value: BalanceOf<T>,
        input_data: Vec<u8>,
        allows_reentry: bool,
        read_only: bool,
    ) -> Result<ExecReturnValue, ExecError>;

    /// Runs other code as this contract: its account, its storage, its caller and value.
    fn delegate_call(&mut self, code: CodeHash<T>, input_data: Vec<u8>) -> Result<ExecReturnValue, ExecError>;

    /// Creates a contract and returns its account with what the constructor returned. Limits of zero
    /// mean what this frame has left.
    fn instantiate(
        &mut self,
        gas_limit: Weight,
        deposit_limit: BalanceOf<T>,
        code: CodeHash<T>,
        value: BalanceOf<T>,
        input_data: Vec<u8>,
        salt: &[u8],
    ) -> Result<(AccountIdOf<T>, ExecReturnValue), ExecError>;

    /// Removes this contract and leaves its balance to `beneficiary`. The frame must end after this.
    ///
    /// Fails with [`Error::TerminatedWhileReentrant`] if the contract is on the stack twice.
    fn terminate(&mut self, beneficiary: &AccountIdOf<T>) -> DispatchResult;

    /// Moves balance of this contract. No code runs.
    fn transfer(&mut self, to: &AccountIdOf<T>, value: BalanceOf<T>) -> DispatchResult;

    /// Dispatches a call of the runtime as signed by this contract, if [`Config::CallFilter`] allows
    /// it.
    fn call_runtime(&self, call: <T as Config>::RuntimeCall) -> DispatchResultWithPostInfo;

    /// Nonces given out to contracts so far.
    fn nonce(&mut self) -> u64;
}

impl<T: Config> Calls<T> for Stack<'_, T> {
    fn call(
        &mut self,
        gas_limit: Weight,
        deposit_limit: BalanceOf<T>,
        to: AccountIdOf<T>,
        value: BalanceOf<T>,
        input_data: Vec<u8>,
        allows_reentry: bool,
        read_only: bool,
    ) -> ExecResult {
        // Set before it is looked at, so that it also denies a direct call of oneself.
        self.top_frame_mut().allows_reentry = allows_reentry;
        let output = if self.may_enter(&to) {
            let read_only = read_only || self.is_read_only();
            let args = FrameArgs::Call { cached_info: self.cached_info(&to), dest: to, delegated: None };
            self.push_frame(args, value, gas_limit, deposit_limit, read_only)
                .and_then(|executable| self.run(executable, input_data))
        } else {
            Err(Error::<T>::ReentranceDenied.into())
        };
        // The guard lasts for one call.
        self.top_frame_mut().allows_reentry = true;
        output
    }

    fn delegate_call(&mut self, code: CodeHash<T>, input_data: Vec<u8>) -> ExecResult {
        let session = self.session;
        let frame = self.top_frame_mut();
        let executable = Executable::from_storage(session, code, &mut frame.nested_gas)?;
        let cached_info = Some(frame.info().clone());
        let dest = frame.account_id.clone();
        let value = frame.value_transferred;
        let args = FrameArgs::Call { dest, cached_info, delegated: Some((executable, self.caller())) };
        let read_only = self.is_read_only();
        let executable = self.push_frame(args, value, Weight::zero(), Zero::zero(), read_only)?;
        self.run(executable, input_data)
    }

    fn instantiate(
        &mut self,
        gas_limit: Weight,
        deposit_limit: BalanceOf<T>,
        code: CodeHash<T>,
        value: BalanceOf<T>,
        input_data: Vec<u8>,
        salt: &[u8],
    ) -> Result<(AccountIdOf<T>, ExecReturnValue), ExecError> {
        let executable = Executable::from_storage(self.session, code, &mut self.top_frame_mut().nested_gas)?;
        let nonce = self.nonce().wrapping_add(1);
        self.nonce = Some(nonce);
        let args = FrameArgs::Instantiate(InstantiateArgs {
            sender: self.top_frame().account_id.clone(),
            nonce,
            executable,
            salt,
            input_data: &input_data,
        });
        let read_only = self.is_read_only();
        let executable = self.push_frame(args, value, gas_limit, deposit_limit, read_only)?;
        let account_id = self.top_frame().account_id.clone();
        self.run(executable, input_data).map(|output| (account_id, output))
    }

    fn terminate(&mut self, beneficiary: &AccountIdOf<T>) -> DispatchResult {
        self.terminate_top_contract(beneficiary)
    }

    fn transfer(&mut self, to: &AccountIdOf<T>, value: BalanceOf<T>) -> DispatchResult {
        run::transfer::<T>(&self.top_frame().account_id, to, value)
    }

    fn call_runtime(&self, call: <T as Config>::RuntimeCall) -> DispatchResultWithPostInfo {
        let signed = RawOrigin::Signed(self.top_frame().account_id.clone());
        let mut origin: T::RuntimeOrigin = signed.into();
        origin.add_filter(T::CallFilter::contains);
        call.dispatch(origin)
    }

    fn nonce(&mut self) -> u64 {
        *self.nonce.get_or_insert_with(crate::Nonce::<T>::get)
    }
}

impl<T: Config> Stack<'_, T> {
    /// False if a frame of this account is making a call that must not come back.
    fn may_enter(&self, account_id: &AccountIdOf<T>) -> bool {
        !self.frames().any(|frame| &frame.account_id == account_id && !frame.allows_reentry)
    }

    /// The newest info of a contract that is on the stack. Frames of constructors do not count: a
    /// contract cannot be called before it is complete.
    fn cached_info(&self, account_id: &AccountIdOf<T>) -> Option<crate::ContractInfo<T>> {
        let is_callable =
            |frame: &&super::Frame<T>| frame.entry_point == ExportedFunction::Call && &frame.account_id == account_id;
        match &self.frames().find(is_callable)?.contract_info {
            CachedContract::Cached(info) => Some(info.clone()),
            CachedContract::Invalidated | CachedContract::Terminated => None,
        }
    }
}
