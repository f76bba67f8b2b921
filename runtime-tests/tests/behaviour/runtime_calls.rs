//! Contracts that dispatch calls of the runtime.

use codec::Encode;
use pallet_contracts::Origin;
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, GAS_LIMIT, balance, call, deployed},
    errands,
    inputs::{answer_code, code},
    runtime::{AccountId, RuntimeCall, RuntimeCallsAllowed, RuntimeEvent, System},
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

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
    errands::Call::batch { calls }.into()
}

/// What became of the parts of a batch.
fn done() -> Vec<bool> {
    let events = System::events().into_iter().filter_map(|record| match record.event {
        RuntimeEvent::Errands(errands::Event::Done { result }) => Some(result.is_ok()),
        _ => None,
    });
    events.collect()
}

#[test]
fn a_call_is_told_before_the_contract_has_ended() {
    chain::run(|| {
        let contract = deployed("call_runtime");
        System::reset_events();
        let remark = frame_system::Call::remark_with_event { remark: b"Hello".to_vec() };
        let input = RuntimeCall::System(remark).encode();
        assert_eq!(answer_code(call(&contract).bytes(&input).output()), code::SUCCESS);
        let hash = sp_io::hashing::blake2_256(b"Hello").into();
        let caller = Origin::Signed(ALICE);
        let expected: [RuntimeEvent; 2] = [
            frame_system::Event::Remarked { sender: contract.clone(), hash }.into(),
            pallet_contracts::Event::Called { caller, contract }.into(),
        ];
        assert_eq!(System::events().into_iter().map(|record| record.event).collect::<Vec<_>>(), expected);
    });
}

/// The filter goes along with the origin, into calls that dispatch calls.
#[test]
fn what_is_filtered_cannot_be_hidden_in_another_call() {
    chain::run(|| {
        let contract = deployed("call_runtime");
        let remark = || RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
        let before = balance(&BOB);
        RuntimeCallsAllowed::set(false);
        let filtered = dispatch(&contract, batch(vec![remark(), pay_bob(22), remark()]));
        assert_eq!(answer_code(filtered.result.unwrap().data), code::SUCCESS);
        assert_eq!((done(), balance(&BOB)), (vec![true, false, true], before));
        System::reset_events();
        RuntimeCallsAllowed::set(true);
        dispatch(&contract, batch(vec![pay_bob(22)]));
        assert_eq!((done(), balance(&BOB)), (vec![true], before + 22));
    });
}

#[test]
fn contracts_cannot_be_reached_by_a_detour_either() {
    chain::run(|| {
        let contract = deployed("call_runtime");
        let (dest, gas_limit) = (deployed("nothing"), GAS_LIMIT / 10);
        let inner =
            pallet_contracts::Call::call { dest, value: 0, gas_limit, storage_deposit_limit: None, data: vec![] };
        dispatch(&contract, batch(vec![inner.into()]));
        assert_eq!(done(), [false]);
    });
}
