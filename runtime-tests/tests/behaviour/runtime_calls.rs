//! Contracts that dispatch calls of the runtime.

use codec::Encode;
use vellum_runtime_tests::{
    chain::{self, BOB, GAS_LIMIT, balance, call, deployed},
    inputs::{answer_code, code},
    runtime::{AccountId, RuntimeCall, RuntimeCallsAllowed},
};

fn dispatch(contract: &AccountId, inner: RuntimeCall) -> chain::CallResult {
    call(contract).value(1_000).bytes(&inner.encode()).run()
}

fn pay_bob(value: u128) -> RuntimeCall {
    pallet_balances::Call::transfer_allow_death { dest: BOB, value }.into()
}

#[test]
fn the_contract_is_the_one_who_signs() {
    chain::run(|| {
        let contract = deployed("call_runtime");
        let before = (balance(&contract), balance(&BOB));
        let result = dispatch(&contract, pay_bob(600));
        assert_eq!(answer_code(result.result.unwrap().data), code::SUCCESS);
        assert_eq!((balance(&contract), balance(&BOB)), (before.0 + 400, before.1 + 600));
    });
}

#[test]
fn a_call_that_fails_or_is_filtered_is_a_code() {
    chain::run(|| {
        let contract = deployed("call_runtime");
        let failed = dispatch(&contract, pay_bob(1_000_000));
        assert_eq!(answer_code(failed.result.unwrap().data), code::CALL_RUNTIME_FAILED);
        RuntimeCallsAllowed::set(false);
        let before = balance(&BOB);
        let filtered = dispatch(&contract, pay_bob(1));
        assert_eq!(answer_code(filtered.result.unwrap().data), code::CALL_RUNTIME_FAILED);
        assert_eq!(balance(&BOB), before);
    });
}

#[test]
fn contracts_cannot_be_reached_on_this_way() {
    chain::run(|| {
        let contract = deployed("call_runtime");
        let inner = pallet_contracts::Call::call {
            dest: deployed("nothing"),
            value: 0,
            gas_limit: GAS_LIMIT / 10,
            storage_deposit_limit: None,
            data: vec![],
        };
        let result = dispatch(&contract, inner.into());
        assert_eq!(answer_code(result.result.unwrap().data), code::CALL_RUNTIME_FAILED);
    });
}

#[test]
fn what_is_no_call_traps() {
    chain::run(|| {
        let contract = deployed("call_runtime");
        let error = call(&contract).bytes(&[0xff, 0xff]).error();
        let expected = pallet_contracts::Error::<vellum_runtime_tests::runtime::Test>::DecodingFailed;
        assert_eq!(error, expected.into());
    });
}
