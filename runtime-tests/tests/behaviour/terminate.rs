//! The end of a contract.

use pallet_contracts::{Error, Event};
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, ENDOWMENT, balance, call, contract_events, deployed, hash, instantiate, refcount},
    fixture::wat,
    inputs::{answer_code, code, forward},
    runtime::{System, Test},
    state,
};

#[test]
fn balance_goes_to_the_beneficiary_and_deposits_to_the_caller() {
    chain::run(|| {
        let code = wat("terminate");
        let contract = instantiate(&code).value(500).address();
        let info = state::contract(&contract).unwrap();
        let before = (balance(&ALICE), balance(&BOB), balance(&contract));
        System::reset_events();
        call(&contract).input(BOB).output();

        assert_eq!(state::contract(&contract), None);
        assert_eq!(balance(&contract), 0);
        assert_eq!(balance(&BOB), before.1 + before.2);
        assert_eq!(balance(&ALICE), before.0 + info.total_deposit());
        assert_eq!(System::consumers(&contract), 0);
        assert_eq!(refcount(&hash(&code)), 0);
        let events = contract_events();
        assert_eq!(events[0], Event::Terminated { contract: contract.clone(), beneficiary: BOB });
        let released =
            Event::StorageDepositTransferredAndReleased { from: contract, to: ALICE, amount: info.total_deposit() };
        assert!(events.contains(&released));
    });
}

#[test]
fn everything_comes_back_to_the_one_who_paid_for_it() {
    chain::run(|| {
        let code = wat("terminate");
        let contract = deployed("terminate");
        call(&contract).input(ALICE).output();
        assert_eq!(balance(&ALICE), ENDOWMENT - state::code(&hash(&code)).unwrap().deposit);
    });
}

#[test]
fn a_contract_that_is_gone_cannot_be_called_and_its_address_can_be_taken_again() {
    chain::run(|| {
        let contract = deployed("terminate");
        let first_trie = state::contract(&contract).unwrap().trie_id;
        call(&contract).input(ALICE).output();
        assert_eq!(call(&contract).error(), Error::<Test>::ContractNotFound.into());
        assert_eq!(deployed("terminate"), contract);
        assert_ne!(state::contract(&contract).unwrap().trie_id, first_trie);
    });
}

#[test]
fn a_constructor_cannot_terminate() {
    chain::run(|| {
        assert_eq!(instantiate(&wat("terminate")).input(BOB).error(), Error::<Test>::TerminatedInConstructor.into());
    });
}

#[test]
fn a_contract_cannot_end_while_it_is_under_way_further_up() {
    chain::run(|| {
        let contract = deployed("terminate_within");
        let output = call(&contract).input(1u8).output();
        assert_eq!(answer_code(output), code::CALLEE_TRAPPED);
        assert!(state::contract(&contract).is_some());
        assert!(call(&contract).output().is_empty());
        assert_eq!(state::contract(&contract), None);
    });
}

#[test]
fn a_callee_may_end_and_its_deposit_goes_to_the_origin() {
    chain::run(|| {
        let (caller, mortal) = (deployed("call"), deployed("terminate"));
        let deposit = state::contract(&mortal).unwrap().total_deposit();
        let before = (balance(&ALICE), balance(&mortal));
        let input = [forward(&mortal).bytes(), codec::Encode::encode(&BOB)].concat();
        assert_eq!(answer_code(call(&caller).bytes(&input).output()), code::SUCCESS);
        assert_eq!(state::contract(&mortal), None);
        assert_eq!(balance(&ALICE), before.0 + deposit);
        assert_eq!(balance(&BOB), ENDOWMENT + before.1);
    });
}

/// Whoever sends something to a contract that has just ended keeps it from nothing: the account gets it.
#[test]
fn a_contract_that_another_has_ended_is_gone_for_the_rest_of_the_call() {
    chain::run(|| {
        let mortal = wat("terminate");
        let code_hash = chain::uploaded(&mortal);
        let created = instantiate(&wat("end_another")).value(1_000).input(code_hash).run().result.unwrap();
        let (contract, other) = (created.account_id, created.result.data);
        let other = vellum_runtime_tests::runtime::AccountId::new(other.try_into().unwrap());
        assert_eq!(state::contract(&other).unwrap().code_hash, code_hash);
        let before = balance(&BOB);
        let codes = call(&contract).input((&other, BOB)).output();
        let expected = (code::SUCCESS, code::NOT_CALLABLE, code::SUCCESS, code::NOT_CALLABLE);
        assert_eq!(codes, codec::Encode::encode(&expected));
        assert_eq!(state::contract(&other), None);
        // The hundred that it was created with, its existential deposit, and the ten that it got at last.
        assert_eq!(balance(&BOB), before + 100 + 1 + 10);
        assert_eq!((balance(&other), System::consumers(&other), refcount(&code_hash)), (0, 0, 0));
    });
}
