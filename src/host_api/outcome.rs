//! How a host function ends: it answers, or it ends the frame.

use super::ErrorOf;
use crate::{
    ExecReturnValue,
    call_stack::{ErrorOrigin, ExecError, ExecResult, Ext},
};
use alloc::vec::Vec;
use sp_runtime::DispatchError;

/// A host function's answer to its contract. The numbers are part of every contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ReturnErrorCode {
    /// It worked.
    Success = 0,
    /// The called contract failed; what it did is rolled back.
    CalleeTrapped = 1,
    /// The called contract reverted; what it did is rolled back, and its output is there.
    CalleeReverted = 2,
    /// There is no value under the key.
    KeyNotFound = 3,
    /// Balance could not be moved.
    TransferFailed = 5,
    /// No code is stored under the hash.
    CodeNotFound = 7,
    /// No contract lives on the account.
    NotCallable = 8,
    /// Never answered. Old contracts know it.
    LoggingDisabled = 9,
    /// The runtime's dispatchable failed.
    CallRuntimeFailed = 10,
    /// No key could have made the signature.
    EcdsaRecoveryFailed = 11,
    /// The signature is not of this key and message.
    Sr25519VerifyFailed = 12,
    /// An XCM program failed.
    XcmExecutionFailed = 13,
    /// An XCM program could not be sent.
    XcmSendFailed = 14,
}

impl ReturnErrorCode {
    /// The number that a contract sees.
    pub const fn code(self) -> u8 {
        #[allow(clippy::as_conversions, reason = "the only way to a discriminant; `repr(u8)` fits")]
        {
            self as u8
        }
    }

    /// The answer to a call that returned.
    pub(super) fn of_output(output: &ExecReturnValue) -> Self {
        if output.did_revert() { Self::CalleeReverted } else { Self::Success }
    }

    /// The answer to a call, unless it went wrong in a way that ends the calling frame too.
    pub(super) fn of_call<E: Ext>(result: &ExecResult) -> Result<Self, DispatchError> {
        match result {
            Ok(output) => Ok(Self::of_output(output)),
            Err(ExecError { origin: ErrorOrigin::Callee, .. }) => Ok(Self::CalleeTrapped),
            Err(ExecError { error, origin: ErrorOrigin::Caller }) => Self::of_error::<E>(*error),
        }
    }

    /// The answer that stands for an error, if there is one.
    pub(super) fn of_error<E: Ext>(error: DispatchError) -> Result<Self, DispatchError> {
        let answers = [
            (ErrorOf::<E>::TransferFailed, Self::TransferFailed),
            (ErrorOf::<E>::CodeNotFound, Self::CodeNotFound),
            (ErrorOf::<E>::ContractNotFound, Self::NotCallable),
        ];
        answers
            .into_iter()
            .find_map(|(answered, code)| (DispatchError::from(answered) == error).then_some(code))
            .ok_or(error)
    }
}

/// Why a host function does not return to its contract.
#[derive(Debug)]
pub enum TrapReason {
    /// It failed, and the frame with it.
    SupervisorError(DispatchError),
    /// The contract has returned.
    Return(ReturnData),
    /// The contract has terminated.
    Termination,
}

/// What a contract returned.
#[derive(Debug)]
pub struct ReturnData {
    /// Flags as the contract passed them. They may have no meaning.
    pub flags: u32,
    /// The output.
    pub data: Vec<u8>,
}

impl<R: Into<DispatchError>> From<R> for TrapReason {
    fn from(error: R) -> Self {
        Self::SupervisorError(error.into())
    }
}
