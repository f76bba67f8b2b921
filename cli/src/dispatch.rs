//! What the chain's errors mean to the person who ran the command.

use crate::exit::{Code, Failure};
use sp_runtime::DispatchError;
use vellum_runtime::{Runtime, RuntimeError};

type ContractsError = pallet_contracts::Error<Runtime>;

/// The error's name as the chain's metadata has it, such as `Contracts::OutOfGas`.
pub fn name(error: &DispatchError) -> String {
    match RuntimeError::from_dispatch_error(*error) {
        Some(error) => {
            // `Contracts(OutOfGas)` is how the generated enum prints.
            let text = format!("{error:?}");
            match text.split_once('(') {
                Some((pallet, rest)) => format!("{pallet}::{}", rest.trim_end_matches(')')),
                None => text,
            }
        }
        None => format!("{error:?}"),
    }
}

/// Turns the error of `what` (such as "the call") into the command's failure.
pub fn failure(what: &str, error: &DispatchError) -> Failure {
    let name = name(error);
    let Some(RuntimeError::Contracts(contracts)) = RuntimeError::from_dispatch_error(*error) else {
        return Failure::new(Code::Chain, format!("{what} failed: {name}"))
            .help(general_help(error))
            .detail("dispatch_error", name);
    };
    let (code, meaning, help) = explain(&contracts);
    Failure::new(code, format!("{what} failed: {meaning} ({name})")).help(help).detail("dispatch_error", name)
}

fn general_help(error: &DispatchError) -> &'static str {
    match error {
        DispatchError::Token(_) | DispatchError::ConsumerRemaining | DispatchError::NoProviders => {
            "check the balances with `vellum accounts`, or sign as another account with --signer"
        }
        DispatchError::BadOrigin => "only the account that owns it may do this; choose it with --signer",
        _ => "`vellum accounts` and `vellum info` show what the chain holds",
    }
}

/// The exit code, what happened, and what to do.
fn explain(error: &ContractsError) -> (Code, &'static str, &'static str) {
    use ContractsError as E;
    match error {
        E::OutOfGas => (
            Code::OutOfGas,
            "the weight limit was reached",
            "raise --gas or --proof-size, or leave them out to use what the dry run needs",
        ),
        E::ContractTrapped => (
            Code::Trap,
            "the contract trapped",
            "a panic, a failed assertion, or a wrong input; what the contract printed, if anything, is shown above",
        ),
        E::ContractReverted => (Code::Revert, "the contract reverted", "the returned value above says why"),
        E::CodeRejected => (
            Code::Rejected,
            "the code is not accepted, or cannot be run",
            "`vellum inspect FILE` names the rule; entry points that return a number can be stored but not run",
        ),
        E::CodeTooLarge => (
            Code::Rejected,
            "the code is too large",
            "build with size optimisation and without debug information; `vellum inspect FILE` shows the limit",
        ),
        E::ContractNotFound => (
            Code::Chain,
            "there is no contract at this address",
            "`vellum info` lists the contracts that were instantiated here",
        ),
        E::CodeNotFound => {
            (Code::Chain, "there is no such code", "upload it first; `vellum info` lists what is stored")
        }
        E::CodeInUse => (
            Code::Chain,
            "contracts still use this code",
            "terminate them (or move them to other code) before it can be removed",
        ),
        E::DuplicateContract => (
            Code::Chain,
            "this contract exists already",
            "same code, same input, same account: give another --salt to get another address",
        ),
        E::StorageDepositNotEnoughFunds => (
            Code::Chain,
            "the signer cannot pay the storage deposit",
            "`vellum accounts` lists balances; sign as another account with --signer",
        ),
        E::StorageDepositLimitExhausted => {
            (Code::Chain, "the storage deposit limit was reached", "raise --deposit-limit or leave it out")
        }
        E::TransferFailed => (
            Code::Chain,
            "a transfer failed",
            "the sender must keep the existential deposit; `vellum accounts` lists balances",
        ),
        E::MaxCallDepthReached => {
            (Code::Chain, "too many contracts called each other", "the call stack of a chain is limited")
        }
        _ => (Code::Chain, "the chain refused it", "the error's name says what; see the pallet's documentation"),
    }
}
