//! Hooks around contract calls, for tools and tests that embed a runtime.
//!
//! A production chain uses `()`, which logs calls and does not meddle.

use crate::{Config, LOG_TARGET};

pub use crate::{api::ExecReturnValue, call_stack::ExecResult, execution::ExportedFunction};

/// Everything that [`Config::Debug`] can do.
pub trait Debugger<T: Config>: Tracing<T> + CallInterceptor<T> {}

impl<T: Config, D: Tracing<T> + CallInterceptor<T>> Debugger<T> for D {}

/// Watches calls.
pub trait Tracing<T: Config> {
    /// A call that is under way.
    type CallSpan: CallSpan;

    /// Called when a contract is about to run.
    fn new_call_span(
        contract_address: &T::AccountId,
        entry_point: ExportedFunction,
        input_data: &[u8],
    ) -> Self::CallSpan;
}

/// A call that is under way.
pub trait CallSpan {
    /// Called when the contract has returned. Not called if it fails.
    fn after_call(self, output: &ExecReturnValue);
}

/// Replaces calls.
pub trait CallInterceptor<T: Config> {
    /// The result to return instead of running the contract, or `None` to run it.
    fn intercept_call(
        contract_address: &T::AccountId,
        entry_point: &ExportedFunction,
        input_data: &[u8],
    ) -> Option<ExecResult>;
}

impl<T: Config> Tracing<T> for () {
    type CallSpan = ();

    fn new_call_span(contract_address: &T::AccountId, entry_point: ExportedFunction, input_data: &[u8]) {
        log::trace!(
            target: LOG_TARGET,
            "call {entry_point:?} account: {contract_address:?}, input_data: {input_data:?}",
        );
    }
}

impl CallSpan for () {
    fn after_call(self, output: &ExecReturnValue) {
        log::trace!(target: LOG_TARGET, "call result {output:?}");
    }
}

impl<T: Config> CallInterceptor<T> for () {
    fn intercept_call(
        _contract_address: &T::AccountId,
        _entry_point: &ExportedFunction,
        _input_data: &[u8],
    ) -> Option<ExecResult> {
        None
    }
}
