//! What a contract learns about where it is.

use codec::Decode;
use pallet_contracts::Error;
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, balance, call, deployed, hash, uploaded},
    fixture::wat,
    inputs::{answer, code, creation},
    runtime::{AccountId, Balance, CodeHash, ExistentialDeposit, System, Test, Timestamp, UnstableInterface},
    state,
};

#[derive(Decode)]
struct Context {
    caller: AccountId,
    address: AccountId,
    balance: Balance,
    value: Balance,
    block_number: u32,
    now: u64,
    minimum_balance: Balance,
    own_code_hash: CodeHash,
    caller_is_origin: u32,
    caller_is_root: u32,
}

#[test]
fn a_contract_knows_where_it_is() {
    chain::run(|| {
        let contract = deployed("context");
        System::set_block_number(42);
        Timestamp::set_timestamp(1_700_000_000_000);
        ExistentialDeposit::set(1);
        let output = call(&contract).from(&BOB).value(99).output();
        let context = Context::decode(&mut &output[..]).unwrap();
        assert_eq!(context.caller, BOB);
        assert_eq!(context.address, contract);
        // What it cannot spend is not shown.
        assert_eq!(context.balance, balance(&contract) - ExistentialDeposit::get());
        assert_eq!(context.value, 99);
        assert_eq!(context.block_number, 42);
        assert_eq!(context.now, 1_700_000_000_000);
        assert_eq!(context.minimum_balance, ExistentialDeposit::get());
        assert_eq!(context.own_code_hash, hash(&wat("context")));
        assert_eq!((context.caller_is_origin, context.caller_is_root), (1, 0));
    });
}

#[test]
fn further_down_the_caller_is_a_contract_and_not_the_origin() {
    chain::run(|| {
        let (caller, context_address) = (deployed("call"), deployed("context"));
        let output = call(&caller).bytes(&vellum_runtime_tests::inputs::forward(&context_address).bytes()).output();
        let (result, rest) = answer(output);
        assert_eq!(result, code::SUCCESS);
        let context = Context::decode(&mut &rest[..]).unwrap();
        assert_eq!(context.caller, caller);
        assert_eq!(context.address, context_address);
        assert_eq!(context.caller_is_origin, 0);
    });
}

#[test]
fn contracts_can_be_told_from_other_accounts() {
    chain::run(|| {
        let look_up = deployed("look_up");
        let echo = deployed("echo");
        let (is_contract, rest) = answer(call(&look_up).input(&echo).output());
        assert_eq!((is_contract, answer(rest)), (1, (code::SUCCESS, hash(&wat("echo")).0.to_vec())));
        let (is_contract, rest) = answer(call(&look_up).input(ALICE).output());
        assert_eq!((is_contract, answer(rest).0), (0, code::KEY_NOT_FOUND));
    });
}

#[test]
fn weights_have_the_price_that_the_chain_gives_them() {
    chain::run(|| {
        let output = call(&deployed("fee")).input(12_345u64).output();
        assert_eq!(output, 12_345u128.to_le_bytes());
    });
}

#[test]
fn the_nonce_counts_instantiations_and_only_those_that_succeed() {
    chain::run(|| {
        let stored_nonce = |contract: &AccountId| {
            let values = state::contract(contract).unwrap().values();
            u64::decode(&mut &values[&state::variable_key(b"nonce")][..]).unwrap()
        };
        let first = deployed("nonce");
        assert_eq!((stored_nonce(&first), state::nonce()), (1, 1));
        assert!(chain::instantiate(&wat("deploy_traps")).run().result.is_err());
        assert_eq!(state::nonce(), 1);
        let second = chain::instantiate(&wat("nonce")).salt(b"2").address();
        assert_eq!((stored_nonce(&second), state::nonce()), (2, 2));
        let trie_id = sp_io::hashing::blake2_256(&codec::Encode::encode(&(&second, 2u64)));
        assert_eq!(state::contract(&second).unwrap().trie_id, trie_id);
    });
}

#[test]
fn an_answer_that_does_not_fit_traps() {
    chain::run(|| {
        let contract = deployed("caller_into");
        let into = |pointer: u32, capacity: u32| call(&contract).input((pointer, capacity));
        assert!(into(1_000, 32).run().result.is_ok());
        assert!(into(65_504, 32).run().result.is_ok());
        assert_eq!(into(1_000, 31).error(), Error::<Test>::OutputBufferTooSmall.into());
        assert_eq!(into(65_505, 32).error(), Error::<Test>::OutOfBounds.into());
        assert_eq!(into(u32::MAX - 3, 32).error(), Error::<Test>::OutOfBounds.into());
    });
}

#[test]
fn debug_messages_reach_those_who_ask_for_them() {
    chain::run(|| {
        let contract = deployed("debug");
        let result = call(&contract).bytes(b"Hello World!").debug().run();
        assert_eq!(result.debug_message, b"Hello World!");
        assert_eq!(result.result.unwrap().data, code::SUCCESS.to_le_bytes());

        let quiet = call(&contract).bytes(b"Hello World!").run();
        assert!(quiet.debug_message.is_empty());
        assert_eq!(quiet.result.unwrap().data, code::SUCCESS.to_le_bytes());

        let broken = call(&contract).bytes(&[b'a', 0xff]).debug().run();
        assert!(broken.debug_message.is_empty());
        assert_eq!(broken.result.unwrap().data, code::SUCCESS.to_le_bytes());
    });
}

#[test]
fn functions_have_an_older_name_and_say_the_same_by_it() {
    chain::run(|| {
        let contract = deployed("context_prefixed");
        System::set_block_number(42);
        Timestamp::set_timestamp(1_700_000_000_000);
        let output = call(&contract).from(&BOB).value(99).output();
        // One function has no older name.
        let context = Context::decode(&mut &[&output[..], &[0; 4]].concat()[..]).unwrap();
        assert_eq!((context.caller, &context.address), (BOB, &contract));
        assert_eq!((context.balance, context.value), (99, 99));
        assert_eq!((context.block_number, context.now), (42, 1_700_000_000_000));
        assert_eq!(context.minimum_balance, ExistentialDeposit::get());
        assert_eq!(context.own_code_hash, hash(&wat("context_prefixed")));
        assert_eq!(context.caller_is_origin, 1);
    });
}

#[test]
fn a_contract_without_more_than_it_needs_to_live_has_nothing() {
    ExistentialDeposit::set(200);
    chain::run(|| {
        let contract = deployed("context");
        let shown = |value| Context::decode(&mut &call(&contract).value(value).output()[..]).unwrap().balance;
        assert_eq!((shown(0), shown(1)), (0, 1));
    });
}

#[test]
fn the_nonce_is_that_of_the_last_success_inside_of_a_call_as_well() {
    chain::run(|| {
        let contract = deployed("nonces");
        let (good, bad) = (uploaded(&wat("nothing")), uploaded(&wat("deploy_traps")));
        let nonces = |code: CodeHash| <(u64, u64)>::decode(&mut &call(&contract).input(code).output()[..]).unwrap();
        assert_eq!(nonces(bad), (1, 1));
        assert_eq!(nonces(good), (1, 2));
        assert_eq!(state::nonce(), 2);
    });
}

#[test]
fn constructors_that_create_count_what_they_created_and_not_what_failed() {
    chain::run(|| {
        let creator = wat("instantiate");
        let (good, bad) = (uploaded(&wat("nothing")), uploaded(&wat("deploy_traps")));
        let create = |child: CodeHash| chain::instantiate(&creator).bytes(&creation(&child, 0, 0, 0, b"")).address();
        create(bad);
        assert_eq!(state::nonce(), 1);
        let parent = create(good);
        assert_eq!(state::nonce(), 3);
        // A call is no instantiation.
        assert!(call(&parent).output().is_empty());
        assert_eq!(state::nonce(), 3);
    });
}

#[test]
fn frames_of_the_own_account_are_counted_and_delegation_is_no_new_one() {
    chain::run(|| {
        UnstableInterface::set(true);
        let frames = wat("unstable/frames");
        let contract = chain::instantiate(&frames).address();
        let counts = |output: Vec<u8>| <(u32, u32)>::decode(&mut &output[..]).unwrap();
        assert_eq!(counts(call(&contract).input(&contract).output()), (0, 1));
        assert_eq!(counts(call(&contract).input(ALICE).output()), (0, 0));

        let delegator = deployed("delegate");
        let input = [&0u32.to_le_bytes()[..], hash(&frames).as_ref(), delegator.as_ref()].concat();
        let (result, output) = answer(call(&delegator).bytes(&input).output());
        assert_eq!((result, counts(output)), (code::SUCCESS, (0, 1)));
    });
}

#[test]
fn functions_that_may_still_change_are_for_chains_that_want_them() {
    chain::run(|| {
        let frames = wat("unstable/frames");
        assert_eq!(chain::upload(&frames), Err(Error::<Test>::CodeRejected.into()));
        UnstableInterface::set(true);
        let contract = chain::instantiate(&frames).address();
        call(&contract).input(ALICE).output();
        // What is stored is bound as well.
        UnstableInterface::set(false);
        assert_eq!(call(&contract).input(ALICE).error(), Error::<Test>::CodeRejected.into());
    });
}
