//! The ink! contracts of the project at work.

use codec::{Decode, Encode};
use pallet_contracts::Event;
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, CHARLIE, call, hash, instantiate, uploaded},
    fixture::{ink, ink_file, message},
    runtime::{AccountId, Balance, CodeHash, System},
    state,
};

/// What ink! wraps every message's result into: whether the message could be dispatched at all.
type Dispatched<T> = Result<T, u8>;

fn ask<T: Decode>(contract: &AccountId, name: &str, arguments: impl Encode) -> T {
    let output = call(contract).bytes(&message(name, arguments)).output();
    Dispatched::<T>::decode(&mut &output[..]).unwrap().unwrap()
}

fn send(
    from: &AccountId,
    contract: &AccountId,
    name: &str,
    arguments: impl Encode,
) -> pallet_contracts::ExecReturnValue {
    call(contract).from(from).bytes(&message(name, arguments)).run().result.expect("no message traps here")
}

fn new_flipper(code: &[u8]) -> AccountId {
    instantiate(code).bytes(&message("new", true)).address()
}

fn flips(flipper: &AccountId) {
    assert!(ask::<bool>(flipper, "get", ()));
    System::reset_events();
    assert!(!send(&BOB, flipper, "flip", ()).did_revert());
    assert!(!ask::<bool>(flipper, "get", ()));
    let topics = System::events()[0].topics.clone();
    assert_eq!(topics.len(), 2);
    assert_eq!(topics[1].0, <[u8; 32]>::from(BOB));
    let Event::ContractEmitted { data, .. } = &chain::contract_events()[0] else {
        panic!("the first event is the contract's own");
    };
    assert_eq!(data, &(BOB, false).encode());
}

#[test]
fn the_flipper_flips() {
    chain::run(|| flips(&new_flipper(&ink("flipper"))));
}

#[test]
fn the_flipper_flips_when_built_with_the_defaults_of_current_rust() {
    chain::run(|| flips(&new_flipper(&ink_file("flipper", "flipper-default-flags"))));
}

#[test]
fn a_message_that_reverts_says_why_and_changes_nothing() {
    chain::run(|| {
        let flipper = new_flipper(&ink("flipper"));
        let reverted = send(&ALICE, &flipper, "flip_to", true);
        assert!(reverted.did_revert());
        assert_eq!(reverted.data, Dispatched::Ok(Result::<(), u8>::Err(0)).encode());
        let trapped = call(&flipper).bytes(&message("flip_and_trap", ())).run().result;
        assert!(trapped.is_err());
        assert!(ask::<bool>(&flipper, "get", ()));
    });
}

#[test]
fn tokens_move() {
    chain::run(|| {
        let token = instantiate(&ink("erc20")).bytes(&message("new", 1_000 as Balance)).address();
        let balance_of = |who: &AccountId| ask::<Balance>(&token, "balance_of", who);
        assert_eq!(ask::<Balance>(&token, "total_supply", ()), 1_000);
        assert_eq!(balance_of(&ALICE), 1_000);

        System::reset_events();
        assert!(!send(&ALICE, &token, "transfer", (BOB, 300 as Balance)).did_revert());
        assert_eq!((balance_of(&ALICE), balance_of(&BOB)), (700, 300));
        // The signature and the two accounts.
        assert_eq!(System::events()[0].topics.len(), 3);

        assert!(!send(&BOB, &token, "approve", (CHARLIE, 100 as Balance)).did_revert());
        assert_eq!(ask::<Balance>(&token, "allowance", (BOB, CHARLIE)), 100);
        assert!(!send(&CHARLIE, &token, "transfer_from", (BOB, ALICE, 60 as Balance)).did_revert());
        assert_eq!((balance_of(&ALICE), balance_of(&BOB)), (760, 240));
        assert_eq!(ask::<Balance>(&token, "allowance", (BOB, CHARLIE)), 40);
    });
}

#[test]
fn tokens_that_are_not_there_do_not_move() {
    chain::run(|| {
        let token = instantiate(&ink("erc20")).bytes(&message("new", 1_000 as Balance)).address();
        let before = state::contract(&token).unwrap().values();
        let refused = |from: &AccountId, name: &str, arguments: Vec<u8>| {
            let input = [&vellum_runtime_tests::fixture::selector(name)[..], &arguments].concat();
            let returned = call(&token).from(from).bytes(&input).run().result.unwrap();
            assert!(returned.did_revert());
            returned.data
        };
        let insufficient_balance = Dispatched::Ok(Result::<(), u8>::Err(0)).encode();
        let insufficient_allowance = Dispatched::Ok(Result::<(), u8>::Err(1)).encode();
        assert_eq!(refused(&BOB, "transfer", (ALICE, 1 as Balance).encode()), insufficient_balance);
        assert_eq!(refused(&BOB, "transfer_from", (ALICE, BOB, 1 as Balance).encode()), insufficient_allowance);
        assert_eq!(before, state::contract(&token).unwrap().values());
    });
}

#[test]
fn paying_oneself_creates_nothing() {
    chain::run(|| {
        let token = instantiate(&ink("erc20")).bytes(&message("new", 1_000 as Balance)).address();
        assert!(!send(&ALICE, &token, "transfer", (ALICE, 400 as Balance)).did_revert());
        assert_eq!(ask::<Balance>(&token, "balance_of", ALICE), 1_000);
    });
}

/// `Outcome` of the caller contract.
#[derive(Decode, PartialEq, Debug)]
enum Outcome {
    Done,
    Reverted(u8),
    Failed,
}

#[test]
fn one_contract_works_with_another() {
    chain::run(|| {
        let flipper = new_flipper(&ink("flipper"));
        let caller = instantiate(&ink("caller")).bytes(&message("new", &flipper)).address();
        assert_eq!(ask::<AccountId>(&caller, "flipper", ()), flipper);
        assert!(ask::<bool>(&caller, "get", ()));
        ask::<()>(&caller, "flip", ());
        assert!(!ask::<bool>(&flipper, "get", ()));

        assert_eq!(ask::<Outcome>(&caller, "try_flip_to", false), Outcome::Reverted(0));
        assert_eq!(ask::<Outcome>(&caller, "try_flip_and_trap", ()), Outcome::Failed);
        assert!(!ask::<bool>(&caller, "get", ()));
        assert_eq!(ask::<Outcome>(&caller, "try_flip_to", true), Outcome::Done);
        assert!(ask::<bool>(&caller, "get", ()));
        assert_eq!(ask::<u32>(&caller, "failures", ()), 2);
    });
}

#[test]
fn one_contract_creates_another_and_runs_its_code() {
    chain::run(|| {
        let code: CodeHash = uploaded(&ink("flipper"));
        let input = message("with_new_flipper", (code, true, [3u8; 32]));
        let caller = instantiate(&ink("caller")).bytes(&input).address();
        let flipper: AccountId = ask(&caller, "flipper", ());
        assert_eq!(state::contract(&flipper).unwrap().code_hash, hash(&ink("flipper")));
        assert!(ask::<bool>(&caller, "get", ()));

        assert!(!ask::<bool>(&caller, "own_value", ()));
        ask::<()>(&caller, "delegate_flip", code);
        assert!(ask::<bool>(&caller, "own_value", ()));
        assert!(ask::<bool>(&caller, "get", ()), "the flipper itself was not touched");
    });
}
