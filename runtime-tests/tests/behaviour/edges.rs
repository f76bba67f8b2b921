//! Where functions end: buffers that are too small or not wanted, things that are done and undone in one call.

use codec::Encode;
use pallet_contracts::{Error, HoldReason};
use sp_runtime::Perbill;
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, ENDOWMENT, balance, call, deployed, hash, held, instantiate, refcount, uploaded},
    fixture::wat,
    inputs::{NONE, Storage, answer_code, code, storage},
    runtime::{
        AccountId, CodeHash, CodeHashLockupDepositPercent, ExistentialDeposit, RuntimeCall, System, Test, state_root,
    },
    state,
};

const READ: u32 = 0;
const TAKE: u32 = 1;

#[test]
fn what_is_read_must_fit_and_is_not_lost_if_it_does_not() {
    chain::run(|| {
        let contract = deployed("read_into");
        let into = |which: u32, pointer: u32, capacity: u32| call(&contract).input((which, pointer, capacity));
        let small = Error::<Test>::OutputBufferTooSmall.into();
        for which in [READ, TAKE] {
            assert_eq!(into(which, 0x1000, 4).error(), small);
            assert_eq!(into(which, 65_532, 5).error(), Error::<Test>::OutOfBounds.into());
            assert_eq!(state::contract(&contract).unwrap().storage_items, 1);
        }
        assert_eq!(into(READ, 0x1000, 5).output(), (code::SUCCESS, 5u32, *b"value").encode());
        assert_eq!(into(TAKE, 0x1000, 100).output(), (code::SUCCESS, 5u32, *b"value").encode());
        assert_eq!(into(TAKE, 0x1000, 100).output(), (code::KEY_NOT_FOUND, 100u32, *b"-----").encode());
    });
}

/// Calls take the largest pointer for a wish to have no output. Reads do not.
#[test]
fn a_value_cannot_be_read_to_nowhere() {
    chain::run(|| {
        let contract = deployed("read_into");
        for which in [READ, TAKE] {
            let nowhere = |capacity: u32| call(&contract).input((which, NONE, capacity)).error();
            assert_eq!(nowhere(0), Error::<Test>::OutputBufferTooSmall.into());
            assert_eq!(nowhere(5), Error::<Test>::OutOfBounds.into());
        }
        assert_eq!(state::contract(&contract).unwrap().storage_items, 1);
    });
}

/// The callee has succeeded; the trap of the caller undoes it.
#[test]
fn output_of_a_callee_must_fit_too() {
    chain::run(|| {
        let (caller, store) = (deployed("call_into"), deployed("storage"));
        let set = storage(Storage::Set, b"key", b"value");
        let run = |capacity: u32| call(&caller).bytes(&[(capacity, &store).encode(), set.clone()].concat());
        let before = state_root();
        assert_eq!(run(3).error(), Error::<Test>::OutputBufferTooSmall.into());
        assert_eq!(before, state_root());
        assert_eq!(answer_code(run(4).output()), code::SUCCESS);
    });
}

#[test]
fn input_can_be_read_twice_and_must_fit_as_well() {
    chain::run(|| {
        let contract = deployed("input_twice");
        let run = |capacity: u32| call(&contract).input((capacity, *b"data"));
        assert_eq!(run(8).output(), (8u32, *b"data").encode());
        assert_eq!(run(7).error(), Error::<Test>::OutputBufferTooSmall.into());
    });
}

#[test]
fn a_hash_may_be_written_over_what_is_hashed() {
    chain::run(|| {
        let data = b"what is hashed and is longer than its hash";
        assert_eq!(call(&deployed("hash_in_place")).bytes(data).output(), sp_io::hashing::blake2_256(data));
    });
}

#[test]
fn the_empty_key_is_a_key() {
    chain::run(|| {
        let contract = deployed("storage");
        call(&contract).bytes(&storage(Storage::Set, b"", b"value")).output();
        let values = state::contract(&contract).unwrap().values();
        assert_eq!(values.into_iter().collect::<Vec<_>>(), [(state::variable_key(b""), b"value".to_vec())]);
    });
}

#[test]
fn an_empty_list_of_topics_is_none_and_nothing_may_follow_a_list() {
    chain::run(|| {
        let contract = deployed("event");
        let emit = |topics: &[u8]| {
            let len = u32::try_from(topics.len()).unwrap();
            call(&contract).bytes(&[&len.to_le_bytes()[..], topics, b"data"].concat())
        };
        System::reset_events();
        emit(&[0]).output();
        assert_eq!(System::events()[0].topics, []);
        for topics in [&[0, 0][..], &[4], &[[4].as_slice(), &[1; 32], &[0]].concat()] {
            assert_eq!(emit(topics).error(), Error::<Test>::DecodingFailed.into());
        }
    });
}

#[test]
fn nothing_may_follow_a_call_of_the_runtime() {
    chain::run(|| {
        let contract = deployed("call_runtime");
        let mut input = RuntimeCall::System(frame_system::Call::remark { remark: vec![1] }).encode();
        call(&contract).bytes(&input).output();
        input.push(0);
        assert_eq!(call(&contract).bytes(&input).error(), Error::<Test>::DecodingFailed.into());
    });
}

/// Input of `change_and_end.wat`.
fn changes(dependency: u8, beneficiary: Option<AccountId>, codes: &[CodeHash]) -> Vec<u8> {
    let beneficiary = beneficiary.unwrap_or(AccountId::new([0; 32]));
    let codes: Vec<u8> = codes.iter().flat_map(|code_hash| code_hash.0).collect();
    [(dependency, beneficiary).encode(), codes].concat()
}

const NO_LOCK: u8 = 0;
const LOCK: u8 = 1;
const LOCK_AND_UNLOCK: u8 = 2;

#[test]
fn a_contract_may_become_several_codes_in_one_call_and_pays_for_the_last() {
    chain::run(|| {
        CodeHashLockupDepositPercent::set(Perbill::from_percent(30));
        let own = hash(&wat("change_and_end"));
        let (first, second) = (uploaded(&wat("nothing")), uploaded(&wat("echo")));
        let contract = deployed("change_and_end");
        let share = |code_hash| Perbill::from_percent(30).mul_ceil(state::code(code_hash).unwrap().deposit);
        let base = || state::contract(&contract).unwrap().storage_base_deposit;
        let before = base() - share(&own);
        call(&contract).bytes(&changes(NO_LOCK, None, &[first, second, first, own, second])).output();
        assert_eq!([first, second, own].map(|code_hash| refcount(&code_hash)), [0, 1, 0]);
        assert_eq!(base(), before + share(&second));
        assert_eq!(held(HoldReason::StorageDepositReserve, &contract), base());
    });
}

#[test]
fn a_lock_that_is_opened_in_the_same_call_costs_nothing() {
    chain::run(|| {
        CodeHashLockupDepositPercent::set(Perbill::from_percent(30));
        let (library, other) = (uploaded(&wat("nothing")), uploaded(&wat("echo")));
        let contract = deployed("change_and_end");
        let result = call(&contract).bytes(&changes(LOCK_AND_UNLOCK, None, &[library, other])).run();
        assert!(result.result.is_ok());
        assert_eq!([library, other].map(|code_hash| refcount(&code_hash)), [0, 1]);
        assert!(state::contract(&contract).unwrap().delegate_dependencies.is_empty());
    });
}

#[test]
fn a_contract_that_gets_cheaper_and_ends_in_one_call_leaves_nothing() {
    chain::run(|| {
        CodeHashLockupDepositPercent::set(Perbill::from_percent(30));
        let codes = [uploaded(&wat("nothing")), uploaded(&wat("change_and_end"))];
        let before = balance(&ALICE);
        let contract = instantiate(&wat("change_and_end")).value(500).address();
        call(&contract).bytes(&changes(NO_LOCK, Some(BOB), &codes[..1])).output();
        assert_eq!(state::contract(&contract), None);
        assert_eq!(codes.map(|code_hash| refcount(&code_hash)), [0; 2]);
        assert_eq!(balance(&BOB), ENDOWMENT + 500 + ExistentialDeposit::get());
        assert_eq!(balance(&ALICE), before - 500 - ExistentialDeposit::get());
        assert_eq!((balance(&contract), System::consumers(&contract)), (0, 0));
    });
}

/// What was charged for code in the call is given back in it.
#[test]
fn a_contract_that_pays_for_code_and_ends_in_one_call_has_paid_nothing() {
    for dependency in [NO_LOCK, LOCK, LOCK_AND_UNLOCK] {
        chain::run(|| {
            CodeHashLockupDepositPercent::set(Perbill::from_percent(30));
            let codes = [uploaded(&wat("nothing")), uploaded(&wat("echo")), uploaded(&wat("change_and_end"))];
            let before = balance(&ALICE);
            let contract = instantiate(&wat("change_and_end")).value(500).address();
            call(&contract).bytes(&changes(dependency, Some(BOB), &codes[..2])).output();
            assert_eq!(state::contract(&contract), None);
            assert_eq!(codes.map(|code_hash| refcount(&code_hash)), [0; 3]);
            assert_eq!(balance(&ALICE), before - 500 - ExistentialDeposit::get());
            assert_eq!((balance(&contract), System::consumers(&contract)), (0, 0));
        });
    }
}

/// It is an account like any other then.
#[test]
fn a_contract_that_ends_for_itself_leaves_its_balance_on_its_account() {
    chain::run(|| {
        let contract = instantiate(&wat("terminate")).value(500).address();
        call(&contract).input(&contract).output();
        assert_eq!(state::contract(&contract), None);
        assert_eq!(balance(&contract), 500 + ExistentialDeposit::get());
        assert_eq!(held(HoldReason::StorageDepositReserve, &contract), 0);
        assert_eq!(deployed("terminate"), contract);
    });
}
