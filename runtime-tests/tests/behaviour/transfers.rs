//! Contracts that send balance.

use vellum_runtime_tests::{
    chain::{self, BOB, NOBODY, balance, call, deployed, instantiate},
    fixture::wat,
    inputs::{answer_code, code},
    runtime::{AccountId, Balance, ExistentialDeposit},
};

fn send(contract: &AccountId, to: &AccountId, value: Balance) -> u32 {
    answer_code(call(contract).input((to, value)).output())
}

#[test]
fn a_contract_sends_what_it_has_and_keeps_the_existential_deposit() {
    chain::run(|| {
        let contract = instantiate(&wat("transfer")).value(1_000).address();
        let before = balance(&BOB);
        assert_eq!(send(&contract, &BOB, 400), code::SUCCESS);
        assert_eq!(balance(&BOB), before + 400);
        assert_eq!(send(&contract, &BOB, 601), code::TRANSFER_FAILED);
        assert_eq!(send(&contract, &BOB, 600), code::SUCCESS);
        assert_eq!(balance(&contract), ExistentialDeposit::get());
        assert_eq!(send(&contract, &BOB, 1), code::TRANSFER_FAILED);
    });
}

#[test]
fn too_little_to_live_on_cannot_be_sent() {
    ExistentialDeposit::set(100);
    chain::run(|| {
        let contract = instantiate(&wat("transfer")).value(1_000).address();
        assert_eq!(send(&contract, &NOBODY, 99), code::TRANSFER_FAILED);
        assert_eq!(balance(&NOBODY), 0);
        assert_eq!(send(&contract, &NOBODY, 100), code::SUCCESS);
        assert_eq!(balance(&NOBODY), 100);
    });
}

#[test]
fn sending_nothing_or_to_oneself_succeeds_and_moves_nothing() {
    chain::run(|| {
        let contract = deployed("transfer");
        let before = balance(&contract);
        assert_eq!(send(&contract, &BOB, 0), code::SUCCESS);
        assert_eq!(send(&contract, &NOBODY, 0), code::SUCCESS);
        assert_eq!(send(&contract, &contract, 1_000_000), code::SUCCESS);
        assert_eq!(balance(&contract), before);
    });
}

#[test]
fn sending_to_a_contract_does_not_run_it() {
    chain::run(|| {
        let contract = instantiate(&wat("transfer")).value(1_000).address();
        let trap = instantiate(&wat("traps")).address();
        let before = balance(&trap);
        assert_eq!(send(&contract, &trap, 10), code::SUCCESS);
        assert_eq!(balance(&trap), before + 10);
    });
}

#[test]
fn a_constructor_may_send_what_it_was_given() {
    chain::run(|| {
        let before = balance(&BOB);
        instantiate(&wat("transfer")).value(70).input((BOB, 30 as Balance)).address();
        assert_eq!(balance(&BOB), before + 30);
    });
}
