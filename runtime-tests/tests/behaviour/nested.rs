//! Contracts that call contracts, and what a failure further down undoes.

use codec::Encode;
use pallet_contracts::Error;
use vellum_runtime_tests::{
    chain::{self, BOB, balance, call, deployed},
    inputs::{NONE, Storage, answer, answer_code, code, flag, forward, storage},
    runtime::{AccountId, Test},
    state,
};

fn set(key: &[u8], value: &[u8]) -> Vec<u8> {
    storage(Storage::Set, key, value)
}

fn forwarded(callee: &AccountId, data: &[u8]) -> Vec<u8> {
    [forward(callee).bytes(), data.to_vec()].concat()
}

#[test]
fn output_of_the_callee_reaches_the_caller() {
    chain::run(|| {
        let (caller, echo) = (deployed("call"), deployed("echo"));
        let returned = call(&caller).bytes(&forwarded(&echo, &(0u32, *b"hello").encode())).output();
        assert_eq!(answer(returned), (code::SUCCESS, b"hello".to_vec()));
        let reverted = call(&caller).bytes(&forwarded(&echo, &(1u32, *b"sorry").encode())).output();
        assert_eq!(answer(reverted), (code::CALLEE_REVERTED, b"sorry".to_vec()));
    });
}

#[test]
fn a_trap_further_down_is_a_code() {
    chain::run(|| {
        let (caller, traps) = (deployed("call"), deployed("traps"));
        for trap in 0..10u8 {
            let output = call(&caller).bytes(&forwarded(&traps, &[trap])).output();
            assert_eq!(answer_code(output), code::CALLEE_TRAPPED);
        }
    });
}

#[test]
fn calling_what_is_no_contract_is_a_code() {
    chain::run(|| {
        let caller = deployed("call");
        assert_eq!(answer_code(call(&caller).bytes(&forwarded(&BOB, b"")).output()), code::NOT_CALLABLE);
    });
}

#[test]
fn value_moves_from_the_caller_and_comes_back_on_failure() {
    chain::run(|| {
        let (caller, echo) = (deployed("call"), deployed("echo"));
        let pay = |flags: u32, value| {
            let input = [forward(&echo).value(value).bytes(), flags.encode()].concat();
            answer(call(&caller).value(100).bytes(&input).output()).0
        };
        let before = (balance(&caller), balance(&echo));
        assert_eq!(pay(0, 60), code::SUCCESS);
        assert_eq!((balance(&caller), balance(&echo)), (before.0 + 40, before.1 + 60));
        assert_eq!(pay(1, 60), code::CALLEE_REVERTED);
        assert_eq!((balance(&caller), balance(&echo)), (before.0 + 140, before.1 + 60));
        assert_eq!(pay(0, 100_000), code::TRANSFER_FAILED);
        assert_eq!((balance(&caller), balance(&echo)), (before.0 + 240, before.1 + 60));
    });
}

#[test]
fn a_failed_callee_is_undone_and_its_siblings_are_not() {
    chain::run(|| {
        let (twice, first, second) = (deployed("call_twice"), deployed("storage"), deployed("traps"));
        let both = |a: &AccountId, b: &AccountId, data: &[u8]| {
            call(&twice).bytes(&[(a, b).encode(), data.to_vec()].concat()).output()
        };
        // The input that stores is, for the other contract, the choice of the first trap.
        let output = both(&second, &first, &set(b"k", b"v"));
        assert_eq!(output, (code::CALLEE_TRAPPED, code::SUCCESS).encode());
        assert_eq!(state::contract(&first).unwrap().storage_items, 1);
    });
}

#[test]
fn what_lies_below_a_failed_frame_is_undone_with_it() {
    chain::run(|| {
        let (outer, store) = (deployed("call"), deployed("storage"));
        let middle = chain::instantiate(&vellum_runtime_tests::fixture::wat("call")).salt(b"middle").address();
        // Two frames down a value is stored; the middle frame then runs out of what it was given.
        let stored = forwarded(&store, &set(b"key", b"value"));
        let input = [forward(&middle).bytes(), stored.clone()].concat();
        let ok = call(&outer).bytes(&input).output();
        assert_eq!(answer(answer(answer(ok).1).1), (NONE, vec![]));
        assert_eq!(state::contract(&store).unwrap().storage_items, 1);

        let clear = forwarded(&store, &storage(Storage::Clear, b"key", &[]));
        let needed = call(&middle).bytes(&forwarded(&store, &storage(Storage::Contains, b"key", &[]))).run();
        let mut failed = 0;
        for percent in (5..100).step_by(5) {
            let limit = needed.gas_consumed * percent / 100;
            let input = [forward(&middle).gas(limit).bytes(), clear.clone()].concat();
            let before = state::contract(&store).unwrap();
            let (result, _) = answer(call(&outer).bytes(&input).output());
            if result == code::CALLEE_TRAPPED {
                assert_eq!(state::contract(&store).unwrap(), before);
                failed += 1;
            }
        }
        assert!(failed > 5);
    });
}

#[test]
fn the_call_stack_has_an_end() {
    chain::run(|| {
        let caller = deployed("call");
        let nothing = deployed("nothing");
        // The mock runtime's stack has room for five frames above the first.
        let nested = |levels: u32| {
            let mut input = forward(&nothing).bytes();
            for _ in 1..levels {
                input = [forward(&caller).flags(flag::ALLOW_REENTRY).bytes(), input].concat();
            }
            call(&caller).bytes(&input).run().result
        };
        let mut output = nested(5).unwrap().data;
        for _ in 0..5 {
            let (result, rest) = answer(output);
            assert_eq!(result, code::SUCCESS);
            output = rest;
        }
        // The frame that could not go deeper fails itself, and the one above it sees that.
        let mut output = nested(6).unwrap().data;
        for level in 0..5 {
            let (result, rest) = answer(output);
            let expected = if level == 4 { code::CALLEE_TRAPPED } else { code::SUCCESS };
            assert_eq!(result, expected);
            output = rest;
        }
    });
}

#[test]
fn a_tail_call_returns_at_once_what_the_callee_returns() {
    chain::run(|| {
        let (caller, echo) = (deployed("call"), deployed("echo"));
        let input = [forward(&echo).flags(flag::TAIL_CALL).bytes(), (1u32, *b"tail").encode()].concat();
        let returned = call(&caller).bytes(&input).run().result.unwrap();
        assert!(returned.did_revert());
        assert_eq!(returned.data, b"tail");
    });
}

#[test]
fn input_is_passed_on_by_copy_or_for_good() {
    chain::run(|| {
        let (forwarder, echo) = (deployed("forward_input"), deployed("echo"));
        let attempt = |flags: u32| call(&forwarder).input((&echo, flags)).run().result;
        let cloned = attempt(flag::CLONE_INPUT).unwrap();
        assert_eq!(cloned.data, (&echo, flag::CLONE_INPUT).encode());
        assert_eq!(attempt(flag::FORWARD_INPUT), Err(Error::<Test>::InputForwarded.into()));
        let both = flag::CLONE_INPUT | flag::FORWARD_INPUT;
        assert_eq!(attempt(both).unwrap().data, (&echo, both).encode());
    });
}

#[test]
fn unknown_flags_trap_the_caller() {
    chain::run(|| {
        let (caller, echo) = (deployed("call"), deployed("echo"));
        let input = forward(&echo).flags(32).bytes();
        assert_eq!(call(&caller).bytes(&input).error(), Error::<Test>::InvalidCallFlags.into());
    });
}

#[test]
fn read_only_callees_may_read_but_not_change_anything() {
    chain::run(|| {
        let (caller, store, echo) = (deployed("call"), deployed("storage"), deployed("echo"));
        let read_only = |callee: &AccountId, data: &[u8]| {
            let input = [forward(callee).flags(flag::READ_ONLY).bytes(), data.to_vec()].concat();
            answer(call(&caller).bytes(&input).output())
        };
        assert_eq!(read_only(&echo, &(0u32, 1u8).encode()), (code::SUCCESS, vec![1]));
        assert_eq!(read_only(&store, &storage(Storage::Get, b"key", &[])).0, code::SUCCESS);
        for operation in [Storage::Set, Storage::Clear, Storage::Take] {
            assert_eq!(read_only(&store, &storage(operation, b"key", &[])).0, code::CALLEE_TRAPPED);
        }
        let transfer = deployed("transfer");
        assert_eq!(read_only(&transfer, &(BOB, 0u128).encode()).0, code::CALLEE_TRAPPED);
        let event = deployed("event");
        assert_eq!(read_only(&event, &0u32.encode()).0, code::CALLEE_TRAPPED);
        // What it calls is read-only too.
        let inner = forwarded(&store, &set(b"key", b"value"));
        let middle = chain::instantiate(&vellum_runtime_tests::fixture::wat("call")).salt(b"m").address();
        let (outer_result, rest) = read_only(&middle, &inner);
        assert_eq!((outer_result, answer_code(rest)), (code::SUCCESS, code::CALLEE_TRAPPED));
    });
}

#[test]
fn value_and_read_only_exclude_each_other() {
    chain::run(|| {
        let (caller, echo) = (deployed("call"), deployed("echo"));
        let middle = chain::instantiate(&vellum_runtime_tests::fixture::wat("call")).salt(b"m").value(100).address();
        let pay = forward(&echo).value(1).bytes();
        let input = [forward(&middle).flags(flag::READ_ONLY).bytes(), pay].concat();
        let (result, rest) = answer(call(&caller).bytes(&input).output());
        assert_eq!((result, rest), (code::CALLEE_TRAPPED, vec![]));
    });
}

#[test]
fn a_caller_cannot_send_value_with_a_read_only_call() {
    chain::run(|| {
        let caller = chain::instantiate(&vellum_runtime_tests::fixture::wat("call")).value(100).address();
        let nothing = deployed("nothing");
        let read_only = |value| call(&caller).bytes(&forward(&nothing).flags(flag::READ_ONLY).value(value).bytes());
        assert_eq!(read_only(1).error(), Error::<Test>::StateChangeDenied.into());
        assert_eq!(answer_code(read_only(0).output()), code::SUCCESS);
    });
}

/// The contract that comes back writes its record; the trap above it takes that back, and what the contract had done
/// before the call is still counted.
#[test]
fn a_trap_takes_back_what_a_contract_that_came_back_has_done_and_no_more() {
    chain::run(|| {
        let (contract, middle) = (deployed("store_and_call"), deployed("call_and_trap"));
        let back = (&contract, 20u32).encode();
        let input = [(10u32, &middle, 0u128).encode(), back].concat();
        assert_eq!(answer_code(call(&contract).bytes(&input).output()), code::CALLEE_TRAPPED);
        let info = state::contract(&contract).unwrap();
        assert_eq!((info.storage_bytes, info.storage_items), (10, 1));
    });
}

#[test]
fn a_tail_call_may_take_the_input_along() {
    chain::run(|| {
        let (forwarder, transfer) = (deployed("forward_input"), deployed("transfer"));
        for flags in [flag::FORWARD_INPUT | flag::TAIL_CALL, flag::CLONE_INPUT | flag::TAIL_CALL] {
            // The callee takes the input for an account, which is its own, and an amount, sends that to itself, and
            // returns the code. Without input it would return nothing.
            let output = call(&forwarder).input((&transfer, flags, [0u8; 12])).output();
            assert_eq!(answer_code(output), code::SUCCESS);
        }
    });
}
