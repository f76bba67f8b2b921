//! Calls between contracts.
//!
//! A call stack starts with a call or an instantiation from outside and has a frame for each contract
//! that is running: the first frame, and those that it calls into. Each frame runs in a storage
//! transaction. If it fails or reverts, all that it and its calls did is rolled back, but the gas they
//! used stays used (Law 8).
//!
//! What a contract can do is the trait [`Ext`], which [`Stack`] implements by topic, one file each.

use crate::{
    AccountIdOf, BalanceOf, Config, DebugBufferVec, Determinism, ExecReturnValue, MomentOf, Nonce, Origin, Schedule,
    api,
    code::Executable,
    execution::ExportedFunction,
    meter::{gas::GasMeter, storage::StorageMeter},
    transient_storage::TransientStorage,
};
use alloc::vec::Vec;
use core::cell::OnceCell;
use frame_support::{traits::Get, weights::Weight};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{DispatchError, traits::Zero};
use vellum_host::Session;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod code_references;
mod context;
mod data;
mod debugging;
mod ext;
mod frame;
mod run;
mod terminate;

pub use calls::Calls;
pub use code_references::CodeReferences;
pub use context::Context;
pub use data::ContractData;
pub use debugging::Debugging;
pub use ext::Ext;
pub use frame::Frame;
use frame::{CachedContract, FrameArgs, InstantiateArgs};

/// The outcome of a frame.
pub type ExecResult = Result<api::ExecReturnValue, ExecError>;

/// Why a frame failed, and whose fault it was.
#[derive(Copy, Clone, PartialEq, Eq, Debug, codec::Decode, codec::Encode)]
pub struct ExecError {
    /// The reason.
    pub error: DispatchError,
    /// Where it arose.
    pub origin: ErrorOrigin,
}

/// Where an error arose, seen from a frame that made a call.
///
/// What goes wrong before the callee's code runs, or after it, is the caller's: it made a call that
/// cannot be made. What goes wrong in the callee's code is the callee's, and the caller survives it.
#[derive(Copy, Clone, PartialEq, Eq, Debug, codec::Decode, codec::Encode)]
pub enum ErrorOrigin {
    /// In the frame that made the call, or between the two.
    Caller,
    /// In the code that was called.
    Callee,
}

impl<E: Into<DispatchError>> From<E> for ExecError {
    fn from(error: E) -> Self {
        Self { error: error.into(), origin: ErrorOrigin::Caller }
    }
}

/// What a call stack is started with.
pub(crate) struct Invocation<'a, T: Config> {
    pub origin: Origin<T>,
    pub value: BalanceOf<T>,
    /// Everything that runs in it is loaded in this session.
    pub session: &'a Session,
    pub gas_meter: &'a mut GasMeter<T>,
    pub storage_meter: &'a mut StorageMeter<T>,
    /// Set off chain only: the buffer takes memory that no gas pays for.
    pub debug_message: Option<&'a mut DebugBufferVec<T>>,
    /// Relaxed off chain only.
    pub determinism: Determinism,
}

/// Contracts that are running, the one that was called last on top.
pub(crate) struct Stack<'a, T: Config> {
    /// Who started it. Off chain that may be a contract.
    origin: Origin<T>,
    schedule: Schedule<T>,
    session: &'a Session,
    gas_meter: &'a mut GasMeter<T>,
    storage_meter: &'a mut StorageMeter<T>,
    /// Both are read when the first contract asks for them: most never do.
    timestamp: OnceCell<MomentOf<T>>,
    block_number: OnceCell<BlockNumberFor<T>>,
    /// The last nonce given out, once it was needed. Stored when the first frame succeeds.
    nonce: Option<u64>,
    /// Apart from the others, so that there is always a frame.
    first_frame: Frame<T>,
    /// The frames above the first one, as many as `T::CallStack` may have. Not in place: room for all of them would be
    /// kilobytes of the native stack in every call, and most calls make no other.
    frames: Vec<Frame<T>>,
    debug_message: Option<&'a mut DebugBufferVec<T>>,
    determinism: Determinism,
    transient_storage: TransientStorage<T>,
}

/// Calls a contract.
pub(crate) fn run_call<T: Config>(
    invocation: Invocation<'_, T>,
    dest: T::AccountId,
    input_data: Vec<u8>,
) -> Result<ExecReturnValue, ExecError> {
    let args = FrameArgs::Call { dest, cached_info: None, delegated: None };
    let (mut stack, executable) = Stack::start(invocation, args)?;
    stack.run(executable, input_data)
}

/// Instantiates a contract and returns its account with what the constructor returned.
pub(crate) fn run_instantiate<T: Config>(
    invocation: Invocation<'_, T>,
    sender: T::AccountId,
    executable: Executable<T>,
    input_data: Vec<u8>,
    salt: &[u8],
) -> Result<(AccountIdOf<T>, ExecReturnValue), ExecError> {
    let args = FrameArgs::Instantiate(InstantiateArgs {
        sender,
        nonce: Nonce::<T>::get().wrapping_add(1),
        executable,
        salt,
        input_data: &input_data,
    });
    let (mut stack, executable) = Stack::start(invocation, args)?;
    let account_id = stack.top_frame().account_id.clone();
    stack.run(executable, input_data).map(|output| (account_id, output))
}

impl<'a, T: Config> Stack<'a, T> {
    /// A stack whose first frame is about to run.
    fn start(invocation: Invocation<'a, T>, args: FrameArgs<'_, T>) -> Result<(Self, Executable<T>), ExecError> {
        let Invocation { origin, value, session, gas_meter, storage_meter, debug_message, determinism } = invocation;
        let nonce = match &args {
            FrameArgs::Instantiate(args) => Some(args.nonce),
            FrameArgs::Call { .. } => None,
        };
        let (mut first_frame, executable) = Frame::prepare(args, session, gas_meter, determinism)?;
        first_frame.value_transferred = value;
        first_frame.nested_gas = gas_meter.nested(Weight::zero());
        first_frame.nested_storage = storage_meter.nested(Zero::zero());
        let stack = Self {
            origin,
            schedule: T::Schedule::get(),
            session,
            gas_meter,
            storage_meter,
            timestamp: OnceCell::new(),
            block_number: OnceCell::new(),
            nonce,
            first_frame,
            frames: Vec::new(),
            debug_message,
            determinism,
            transient_storage: TransientStorage::new(T::MaxTransientStorageSize::get()),
        };
        Ok((stack, executable))
    }

    /// Puts a frame on top. What it may spend is taken from the frame that makes the call.
    fn push_frame(
        &mut self,
        args: FrameArgs<'_, T>,
        value: BalanceOf<T>,
        gas_limit: Weight,
        deposit_limit: BalanceOf<T>,
        read_only: bool,
    ) -> Result<Executable<T>, ExecError> {
        if self.frames.len() == <T::CallStack as smallvec::Array>::size() {
            return Err(crate::Error::<T>::MaxCallDepthReached.into());
        }
        // The callee may call back into this contract, which then reads its info from storage. A
        // contract under construction is not stored before it is done, so that nobody can call it.
        let caller = self.top_frame();
        if let (CachedContract::Cached(info), ExportedFunction::Call) = (&caller.contract_info, caller.entry_point) {
            crate::ContractInfoOf::<T>::insert(&caller.account_id, info);
        }

        let (session, determinism) = (self.session, self.determinism);
        let caller = self.top_frame_mut();
        let (mut frame, executable) = Frame::prepare(args, session, &mut caller.nested_gas, determinism)?;
        frame.value_transferred = value;
        frame.nested_gas = caller.nested_gas.nested(gas_limit);
        frame.nested_storage = caller.nested_storage.nested(deposit_limit);
        frame.read_only = read_only;
        self.frames.push(frame);
        Ok(executable)
    }

    fn top_frame(&self) -> &Frame<T> {
        self.frames.last().unwrap_or(&self.first_frame)
    }

    fn top_frame_mut(&mut self) -> &mut Frame<T> {
        self.frames.last_mut().unwrap_or(&mut self.first_frame)
    }

    /// All frames, the top one first.
    fn frames(&self) -> impl Iterator<Item = &Frame<T>> {
        core::iter::once(&self.first_frame).chain(&self.frames).rev()
    }

    /// All frames, the top one first.
    fn frames_mut(&mut self) -> impl Iterator<Item = &mut Frame<T>> {
        core::iter::once(&mut self.first_frame).chain(&mut self.frames).rev()
    }
}
