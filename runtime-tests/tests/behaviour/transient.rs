//! What a contract remembers until the call of the chain has ended.

use pallet_contracts::Error;
use vellum_runtime_tests::{
    chain::{self, call, instantiate},
    fixture::wat,
    inputs::{NONE, code},
    runtime::{AccountId, MaxTransientStorageSize, Test, UnstableInterface},
    state,
};

/// A step of `unstable/transient.wat`.
enum Step<'a> {
    Set(u8, &'a [u8]),
    Get(u8),
    Contains(u8),
    Clear(u8),
    Take(u8),
    Call(&'a AccountId, Vec<u8>),
    Trap,
}

use Step::{Call, Clear, Contains, Get, Set, Take, Trap};

fn script(steps: &[Step]) -> Vec<u8> {
    let len = |bytes: &[u8]| u16::try_from(bytes.len()).expect("scripts are short").to_le_bytes();
    let bytes = |step: &Step| match step {
        Set(key, value) => [&[0, *key][..], &len(value), value].concat(),
        Get(key) => vec![1, *key],
        Contains(key) => vec![2, *key],
        Clear(key) => vec![3, *key],
        Take(key) => vec![4, *key],
        Call(callee, input) => [&[5][..], callee.as_ref(), &len(input), input].concat(),
        Trap => vec![6],
    };
    steps.iter().flat_map(bytes).collect()
}

/// The contract, under another address for each number.
fn deployed(number: u8) -> AccountId {
    UnstableInterface::set(true);
    instantiate(&wat("unstable/transient")).salt(&[number]).address()
}

fn run(contract: &AccountId, steps: &[Step]) -> Vec<u32> {
    let output = call(contract).bytes(&script(steps)).output();
    // Tests read values of four bytes or none, so that everything is a number.
    output.chunks(4).map(|bytes| u32::from_le_bytes(bytes.try_into().expect("answers have four bytes"))).collect()
}

const SEVEN: &[u8] = &7u32.to_le_bytes();
const EIGHT: &[u8] = &8u32.to_le_bytes();

#[test]
fn values_are_kept_changed_and_removed() {
    chain::run(|| {
        let contract = deployed(1);
        let answers = run(&contract, &[Contains(1), Set(1, SEVEN), Contains(1), Get(1), Set(1, EIGHT), Get(1)]);
        assert_eq!(answers, [NONE, NONE, 4, code::SUCCESS, 4, 7, 4, code::SUCCESS, 4, 8]);
        let answers = run(&contract, &[Set(1, b"a longer value"), Set(1, b""), Set(1, SEVEN), Clear(1), Clear(1)]);
        assert_eq!(answers, [NONE, 14, 0, 4, NONE]);
        let answers = run(&contract, &[Take(1), Set(1, SEVEN), Set(2, EIGHT), Take(1), Take(1), Get(2)]);
        assert_eq!(answers, [code::KEY_NOT_FOUND, NONE, NONE, 0, 4, 7, code::KEY_NOT_FOUND, 0, 4, 8]);
    });
}

#[test]
fn an_empty_value_is_a_value() {
    chain::run(|| {
        let answers = run(&deployed(1), &[Set(1, b""), Contains(1), Get(1), Contains(2), Get(2), Take(1), Contains(1)]);
        assert_eq!(answers, [NONE, 0, code::SUCCESS, 0, NONE, code::KEY_NOT_FOUND, code::SUCCESS, 0, NONE]);
    });
}

#[test]
fn nothing_of_it_is_stored_or_paid_for_or_there_in_the_next_call() {
    chain::run(|| {
        let contract = deployed(1);
        let before = state::contract(&contract);
        let result = call(&contract).bytes(&script(&[Set(1, &[1; 1_000])])).run();
        assert_eq!(result.result.map(|returned| returned.data), Ok(NONE.to_le_bytes().to_vec()));
        assert_eq!(result.storage_deposit, pallet_contracts::StorageDeposit::Charge(0));
        assert_eq!(state::contract(&contract), before);
        assert!(before.unwrap().values().is_empty());
        assert_eq!(run(&contract, &[Get(1)]), [code::KEY_NOT_FOUND]);
    });
}

#[test]
fn a_contract_that_comes_back_finds_its_own_values_and_no_others() {
    chain::run(|| {
        let (first, second) = (deployed(1), deployed(2));
        let back = script(&[Take(1), Set(1, EIGHT), Set(2, b"")]);
        // In between the second contract finds nothing under the keys of the first.
        let through = script(&[Get(1), Call(&first, back), Get(1), Contains(2), Set(1, b"its own")]);
        let answers = run(&first, &[Set(1, SEVEN), Call(&second, through), Get(1), Get(2), Get(3)]);
        assert_eq!(answers, [NONE, code::SUCCESS, code::SUCCESS, 4, 8, code::SUCCESS, 0, code::KEY_NOT_FOUND]);
    });
}

#[test]
fn what_is_below_a_frame_that_traps_is_undone_with_it() {
    chain::run(|| {
        let (first, second) = (deployed(1), deployed(2));
        let back = script(&[Set(1, EIGHT), Set(2, EIGHT)]);
        let through = script(&[Set(1, EIGHT), Call(&first, back), Trap]);
        let answers = run(&first, &[Set(1, SEVEN), Call(&second, through), Get(1), Contains(2)]);
        assert_eq!(answers, [NONE, code::CALLEE_TRAPPED, code::SUCCESS, 4, 7, NONE]);
    });
}

#[test]
fn all_contracts_of_a_call_share_what_there_is() {
    chain::run(|| {
        let (first, second) = (deployed(1), deployed(2));
        let thousand = [1; 1_000];
        let inner = script(&[Set(1, &thousand)]);
        let outer = script(&[Set(1, &thousand), Call(&second, inner)]);
        let with_limit = |bytes| {
            MaxTransientStorageSize::set(bytes);
            call(&first).bytes(&outer).run().result.map(|returned| returned.data)
        };
        let answer = |code: u32| Ok([NONE.to_le_bytes(), code.to_le_bytes()].concat());
        assert_eq!(with_limit(4 * 1024), answer(code::SUCCESS));
        // Too little for the callee fails the callee, too little for the caller the caller.
        assert_eq!(with_limit(1_536), answer(code::CALLEE_TRAPPED));
        assert_eq!(with_limit(512), Err(Error::<Test>::OutOfTransientStorage.into()));
    });
}
