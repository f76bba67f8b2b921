//! The first versions of functions that have newer ones. Old contracts call them.

use codec::Encode;
use frame_support::weights::Weight;
use pallet_contracts::{Error, Event};
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, CHARLIE, balance, call, deployed, hash, instantiate, uploaded},
    fixture::wat,
    inputs::{answer_code, code},
    runtime::{AccountId, Balance, Contracts, ExistentialDeposit, Test},
    state,
};

/// Input of `call_first_version.wat`.
fn calling(callee: &AccountId, gas: u64, value: Balance, data: &[u8]) -> Vec<u8> {
    [(callee, gas, value).encode(), data.to_vec()].concat()
}

#[test]
fn a_call_carries_value_and_input() {
    chain::run(|| {
        let caller = instantiate(&wat("call_first_version")).value(100).address();
        let event = deployed("event");
        let before = balance(&event);
        frame_system::Pallet::<Test>::reset_events();
        let input = calling(&event, 0, 6, &[&0u32.encode()[..], b"data"].concat());
        assert_eq!(answer_code(call(&caller).bytes(&input).output()), code::SUCCESS);
        assert_eq!(balance(&event), before + 6);
        let emitted = Event::ContractEmitted { contract: event, data: b"data".to_vec() };
        assert_eq!(chain::contract_events()[0], emitted);
    });
}

/// Contracts of that time could not ask for it.
#[test]
fn a_call_may_always_come_back() {
    chain::run(|| {
        let first = deployed("call_first_version");
        let second = instantiate(&wat("call_first_version")).salt(b"second").address();
        let echo = deployed("echo");
        let back = calling(&first, 0, 0, &calling(&echo, 0, 0, &[]));
        assert_eq!(answer_code(call(&first).bytes(&calling(&second, 0, 0, &back)).output()), code::SUCCESS);
    });
}

#[test]
fn a_call_has_a_gas_limit() {
    chain::run(|| {
        let (caller, spin) = (deployed("call_first_version"), deployed("spin"));
        let limit = 2_000_000_000;
        let result = call(&caller).bytes(&calling(&spin, limit, 0, &[])).run();
        assert_eq!(answer_code(result.result.unwrap().data), code::CALLEE_TRAPPED);
        assert!(result.gas_consumed.all_lt(Weight::from_parts(2 * limit, u64::MAX)));
        assert!(result.gas_consumed.ref_time() > limit);
    });
}

#[test]
fn a_contract_is_created_with_value_input_and_salt() {
    chain::run(|| {
        let creator = instantiate(&wat("instantiate_first_version")).value(100).address();
        let child = uploaded(&wat("event"));
        let data = [&0u32.encode()[..], b"born"].concat();
        let input = [(child, 3 as Balance).encode(), data.clone()].concat();
        assert_eq!(answer_code(call(&creator).bytes(&input).output()), code::SUCCESS);
        let address = Contracts::contract_address(&creator, &child, &data, b"salt");
        assert_eq!(state::contract(&address).unwrap().code_hash, child);
        assert_eq!(balance(&address), ExistentialDeposit::get() + 3);
        let emitted = Event::ContractEmitted { contract: address, data: b"born".to_vec() };
        assert!(chain::contract_events().contains(&emitted));
    });
}

/// Accounts have a length of their own; the one that is given says nothing.
#[test]
fn an_end_looks_at_no_length() {
    chain::run(|| {
        for (salt, len) in [0u32, 4, 32, u32::MAX].into_iter().enumerate() {
            let salt = [u8::try_from(salt).unwrap()];
            let contract = instantiate(&wat("terminate_first_version")).value(7).salt(&salt).address();
            let before = balance(&BOB);
            call(&contract).input((BOB, 4u32, len)).output();
            assert_eq!(state::contract(&contract), None);
            assert_eq!(balance(&BOB), before + 7 + ExistentialDeposit::get());
        }
    });
}

/// An account that would begin at the end of memory cannot be decoded; one behind it cannot be read.
#[test]
fn an_end_for_nobody_traps() {
    chain::run(|| {
        let contract = deployed("terminate_first_version");
        let error = |pointer: u32| call(&contract).input((CHARLIE, pointer, 8u32)).error();
        assert_eq!(error(65_536), Error::<Test>::DecodingFailed.into());
        assert_eq!(error(65_535), Error::<Test>::DecodingFailed.into());
        assert_eq!(error(65_537), Error::<Test>::OutOfBounds.into());
        assert!(state::contract(&contract).is_some());
        assert_eq!(chain::refcount(&hash(&wat("terminate_first_version"))), 1);
        call(&contract).from(&ALICE).input((CHARLIE, 4u32, 8u32)).output();
    });
}
