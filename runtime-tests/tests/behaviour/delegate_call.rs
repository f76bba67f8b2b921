//! Another code on the own storage.

use pallet_contracts::{Error, Event};
use vellum_runtime_tests::{
    chain::{self, ALICE, balance, call, deployed, hash, refcount, uploaded},
    fixture::wat,
    inputs::{NONE, Storage, answer, answer_code, code, flag, storage},
    runtime::{AccountId, Test},
    state,
};

fn delegate(contract: &AccountId, flags: u32, code: &[u8], data: &[u8]) -> chain::CallResult {
    let input = [&flags.to_le_bytes()[..], hash(code).as_ref(), data].concat();
    call(contract).bytes(&input).run()
}

fn output(result: chain::CallResult) -> (u32, Vec<u8>) {
    answer(result.result.expect("the outer call succeeds").data)
}

#[test]
fn the_code_works_on_the_storage_of_the_one_that_calls_it() {
    chain::run(|| {
        let contract = deployed("delegate");
        let code = wat("storage");
        uploaded(&code);
        let set = storage(Storage::Set, b"key", b"value");
        let (result, inner) = output(delegate(&contract, 0, &code, &set));
        assert_eq!((result, answer_code(inner)), (code::SUCCESS, NONE));

        let values = state::contract(&contract).unwrap().values();
        assert_eq!(values.get(&state::variable_key(b"key")), Some(&b"value".to_vec()));
        assert!(
            chain::contract_events()
                .contains(&Event::DelegateCalled { contract: contract.clone(), code_hash: hash(&code) })
        );
    });
}

#[test]
fn caller_address_and_value_stay_those_of_the_outer_call() {
    chain::run(|| {
        let contract = deployed("delegate");
        let code = wat("context");
        uploaded(&code);
        let input = [&0u32.to_le_bytes()[..], hash(&code).as_ref()].concat();
        let before = balance(&contract);
        let (result, context) = answer(call(&contract).value(77).bytes(&input).output());
        assert_eq!(result, code::SUCCESS);
        assert_eq!(context[..32], <[u8; 32]>::from(ALICE));
        assert_eq!(context[32..64], <[u8; 32]>::from(contract.clone()));
        assert_eq!(context[80..96], 77u128.to_le_bytes());
        assert_eq!(balance(&contract), before + 77);
    });
}

#[test]
fn a_code_that_is_not_stored_is_reported() {
    chain::run(|| {
        let contract = deployed("delegate");
        assert_eq!(output(delegate(&contract, 0, b"nothing", &[])).0, code::CODE_NOT_FOUND);
    });
}

#[test]
fn a_trap_in_the_code_is_reported_and_a_revert_brings_its_output() {
    chain::run(|| {
        let contract = deployed("delegate");
        let (traps, echo) = (wat("traps"), wat("echo"));
        uploaded(&traps);
        uploaded(&echo);
        assert_eq!(output(delegate(&contract, 0, &traps, &[0])).0, code::CALLEE_TRAPPED);
        let reverted = output(delegate(&contract, 0, &echo, &[1, 0, 0, 0, 42]));
        assert_eq!(reverted, (code::CALLEE_REVERTED, vec![42]));
    });
}

#[test]
fn running_short_undoes_what_the_code_has_stored() {
    chain::run(|| {
        let outer = deployed("delegate");
        let (delegate_code, store) = (wat("delegate"), wat("storage"));
        uploaded(&store);
        let set = storage(Storage::Set, b"key", b"value");
        let input = [&0u32.to_le_bytes()[..], hash(&store).as_ref(), &set].concat();
        let needed = call(&outer).bytes(&input).run().gas_required;
        let clear = storage(Storage::Clear, b"key", b"");
        assert_eq!(output(delegate(&outer, 0, &store, &clear)).0, code::SUCCESS);
        let mut failed = 0;
        for percent in (5..100).step_by(5) {
            let result = call(&outer).bytes(&input).gas(needed * percent / 100).run().result;
            // Either frame may be the one that runs short.
            if result.map(|returned| answer(returned.data).0) != Ok(code::SUCCESS) {
                assert_eq!(state::contract(&outer).unwrap().storage_items, 0);
                failed += 1;
            }
        }
        assert!(failed > 5);
        assert_eq!(refcount(&hash(&delegate_code)), 1);
    });
}

#[test]
fn a_tail_call_returns_what_the_code_returned() {
    chain::run(|| {
        let contract = deployed("delegate");
        let echo = wat("echo");
        uploaded(&echo);
        let result = delegate(&contract, flag::TAIL_CALL, &echo, &[1, 0, 0, 0, 42]);
        let returned = result.result.unwrap();
        assert!(returned.did_revert());
        assert_eq!(returned.data, [42]);
    });
}

#[test]
fn reentry_and_read_only_are_no_flags_of_a_delegate_call() {
    chain::run(|| {
        let contract = deployed("delegate");
        let echo = wat("echo");
        uploaded(&echo);
        for flags in [flag::ALLOW_REENTRY, flag::READ_ONLY, 32] {
            assert_eq!(delegate(&contract, flags, &echo, &[]).result, Err(Error::<Test>::InvalidCallFlags.into()));
        }
    });
}

#[test]
fn the_code_may_delegate_on() {
    chain::run(|| {
        let contract = deployed("delegate");
        let (delegate_code, store) = (wat("delegate"), wat("storage"));
        uploaded(&store);
        let set = storage(Storage::Set, b"key", b"value");
        let inner = [&0u32.to_le_bytes()[..], hash(&store).as_ref(), &set].concat();
        let (result, rest) = output(delegate(&contract, 0, &delegate_code, &inner));
        let (inner_result, rest) = answer(rest);
        assert_eq!((result, inner_result), (code::SUCCESS, code::SUCCESS));
        assert_eq!(answer_code(rest), NONE);
        assert_eq!(state::contract(&contract).unwrap().storage_items, 1);
    });
}
