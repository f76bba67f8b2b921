//! Hooks of the mock runtime around contracts: what they saw, and whose calls they replace.

#![allow(missing_docs, reason = "the thread-locals that `parameter_types!` makes have no documentation")]

use crate::runtime::{AccountId, Test};
use frame_support::parameter_types;
use pallet_contracts::{
    ExecReturnValue,
    chain_extension::ReturnFlags,
    debug::{CallInterceptor, CallSpan, ExecResult, ExportedFunction, Tracing},
};

/// A frame that was about to run, or that has returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Whose contract.
    pub contract: AccountId,
    /// Which of its functions.
    pub entry_point: ExportedFunction,
    /// With what.
    pub input: Vec<u8>,
    /// What it returned, once it has.
    pub output: Option<Vec<u8>>,
}

parameter_types! {
    /// Whether anything is noted.
    pub static Watching: bool = false;
    /// What was seen while [`Watching`], in order.
    pub static Witnessed: Vec<Seen> = Vec::new();
    /// A contract that reverts instead of being run.
    pub static Intercepted: Option<AccountId> = None;
}

/// The mock runtime's hooks. They do nothing unless a test wants them to.
pub struct Watch;

fn note(seen: &Seen) {
    if Watching::get() {
        Witnessed::mutate(|all| all.push(seen.clone()));
    }
}

impl Tracing<Test> for Watch {
    type CallSpan = Seen;

    fn new_call_span(contract: &AccountId, entry_point: ExportedFunction, input: &[u8]) -> Seen {
        let seen = Seen { contract: contract.clone(), entry_point, input: input.to_vec(), output: None };
        note(&seen);
        seen
    }
}

impl CallSpan for Seen {
    fn after_call(self, output: &ExecReturnValue) {
        note(&Seen { output: Some(output.data.clone()), ..self });
    }
}

impl CallInterceptor<Test> for Watch {
    fn intercept_call(contract: &AccountId, _: &ExportedFunction, _: &[u8]) -> Option<ExecResult> {
        let replaced = Intercepted::get().as_ref() == Some(contract);
        replaced.then(|| Ok(ExecReturnValue { flags: ReturnFlags::REVERT, data: Vec::new() }))
    }
}
