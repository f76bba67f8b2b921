//! Storage is paid for with deposits.

use frame_support::assert_ok;
use pallet_contracts::{Error, Event, HoldReason};
use sp_runtime::Perbill;
use vellum_runtime_tests::{
    chain::{
        self, ALICE, BOB, balance, call, contract_events, deployed, held, instantiate, instantiate_stored, uploaded,
    },
    fixture::wat,
    inputs::{NONE, Storage, answer, answer_code, code, creation, forward, storage},
    runtime::{
        AccountId, Balance, CodeHashLockupDepositPercent, DefaultDepositLimit, DepositPerByte, DepositPerItem,
        ExistentialDeposit, Test,
    },
    state,
};

type StorageDeposit = pallet_contracts::StorageDeposit<Balance>;

fn set(contract: &AccountId, key: &[u8], len: usize) -> chain::Call {
    call(contract).bytes(&storage(Storage::Set, key, &vec![1; len]))
}

fn per_byte(bytes: usize) -> Balance {
    DepositPerByte::get() * bytes as Balance
}

#[test]
fn a_new_value_costs_its_bytes_and_an_item() {
    chain::run(|| {
        let contract = deployed("storage");
        let (before, held_before) = (balance(&ALICE), held(HoldReason::StorageDepositReserve, &contract));
        let result = set(&contract, b"key", 100).run();
        let cost = per_byte(100) + DepositPerItem::get();
        assert_eq!(result.storage_deposit, StorageDeposit::Charge(cost));
        assert_eq!(balance(&ALICE), before - cost);
        assert_eq!(held(HoldReason::StorageDepositReserve, &contract), held_before + cost);

        let info = state::contract(&contract).unwrap();
        assert_eq!((info.storage_bytes, info.storage_items), (100, 1));
        assert_eq!(info.storage_byte_deposit, per_byte(100));
        assert_eq!(info.storage_item_deposit, DepositPerItem::get());
        assert_eq!(
            contract_events().pop(),
            Some(Event::StorageDepositTransferredAndHeld { from: ALICE, to: contract, amount: cost })
        );
    });
}

#[test]
fn shrinking_and_removing_values_gives_deposits_back_to_whoever_does_it() {
    chain::run(|| {
        let contract = deployed("storage");
        assert_ok!(set(&contract, b"key", 100).run().result);
        let before = balance(&BOB);
        let shrunk = set(&contract, b"key", 40).from(&BOB).run();
        assert_eq!(shrunk.storage_deposit, StorageDeposit::Refund(per_byte(60)));
        assert_eq!(balance(&BOB), before + per_byte(60));

        let cleared = call(&contract).from(&BOB).bytes(&storage(Storage::Clear, b"key", &[])).run();
        let rest = per_byte(40) + DepositPerItem::get();
        assert_eq!(cleared.storage_deposit, StorageDeposit::Refund(rest));
        assert_eq!(balance(&BOB), before + per_byte(100) + DepositPerItem::get());
        assert_eq!(
            contract_events().pop(),
            Some(Event::StorageDepositTransferredAndReleased { from: contract, to: BOB, amount: rest })
        );
    });
}

#[test]
fn refunds_are_shares_of_what_was_charged_after_prices_changed() {
    chain::run(|| {
        let contract = deployed("storage");
        assert_ok!(set(&contract, b"one", 100).run().result);
        DepositPerByte::set(10 * DepositPerByte::get());
        let info = state::contract(&contract).unwrap();
        let result = set(&contract, b"one", 50).run();
        // Half of the bytes are half of what was held, whatever bytes cost today.
        assert_eq!(result.storage_deposit, StorageDeposit::Refund(info.storage_byte_deposit / 2));
    });
}

#[test]
fn the_limit_of_a_call_is_obeyed_and_its_failure_leaves_no_trace() {
    chain::run(|| {
        let contract = deployed("storage");
        let cost = per_byte(100) + DepositPerItem::get();
        let before = vellum_runtime_tests::runtime::state_root();
        assert_eq!(
            set(&contract, b"key", 100).deposit_limit(cost - 1).error(),
            Error::<Test>::StorageDepositLimitExhausted.into()
        );
        assert_eq!(before, vellum_runtime_tests::runtime::state_root());
        assert_ok!(set(&contract, b"key", 100).deposit_limit(cost).run().result);
        // What is given back makes room for what is charged.
        assert_ok!(set(&contract, b"key", 100).deposit_limit(0).run().result);
    });
}

#[test]
fn without_a_limit_the_default_one_holds() {
    chain::run(|| {
        let contract = deployed("storage");
        DefaultDepositLimit::set(50);
        assert_eq!(set(&contract, b"key", 100).error(), Error::<Test>::StorageDepositLimitExhausted.into());
        assert_ok!(set(&contract, b"key", 40).run().result);
    });
}

#[test]
fn the_balance_of_the_caller_bounds_the_deposit() {
    chain::run(|| {
        let contract = deployed("storage");
        let cost = per_byte(100) + DepositPerItem::get();
        // The caller keeps the existential deposit, and as much again may be needed for a new contract.
        let kept = 2 * ExistentialDeposit::get();
        chain::set_balance(&BOB, cost + kept - 1);
        assert_eq!(set(&contract, b"key", 100).from(&BOB).error(), Error::<Test>::StorageDepositLimitExhausted.into());
        assert_eq!(
            set(&contract, b"key", 100).from(&BOB).deposit_limit(cost).error(),
            Error::<Test>::StorageDepositNotEnoughFunds.into()
        );
        chain::set_balance(&BOB, cost + kept);
        assert_ok!(set(&contract, b"key", 100).from(&BOB).deposit_limit(cost).run().result);
        assert_eq!(balance(&BOB), kept);
    });
}

#[test]
fn a_new_contract_costs_its_record_a_share_of_its_code_and_the_existential_deposit() {
    chain::run(|| {
        CodeHashLockupDepositPercent::set(Perbill::from_percent(25));
        let code_hash = uploaded(&wat("nothing"));
        let before = balance(&ALICE);
        let result = instantiate_stored(code_hash).value(500).run();
        let contract = result.result.unwrap().account_id;
        let info = state::contract(&contract).unwrap();
        let share = Perbill::from_percent(25).mul_ceil(state::code(&code_hash).unwrap().deposit);
        // Trie id with its length, code hash, two counters, three deposits, no dependencies.
        let record = 33 + 32 + 2 * 4 + 3 * 16 + 1;
        let base = per_byte(record) + DepositPerItem::get() + share;
        assert_eq!(info.storage_base_deposit, base);
        assert_eq!(held(HoldReason::StorageDepositReserve, &contract), base);
        assert_eq!(balance(&contract), 500 + ExistentialDeposit::get());
        let charged = base + ExistentialDeposit::get();
        assert_eq!(result.storage_deposit, StorageDeposit::Charge(charged));
        assert_eq!(balance(&ALICE), before - 500 - charged);
    });
}

#[test]
fn the_origin_pays_for_what_contracts_store_further_down() {
    chain::run(|| {
        let (caller, store) = (deployed("call"), deployed("storage"));
        let before = (balance(&ALICE), balance(&caller));
        let data = storage(Storage::Set, b"key", &[1; 100]);
        let input = [forward(&store).bytes(), data].concat();
        assert_eq!(answer(call(&caller).bytes(&input).output()).0, code::SUCCESS);
        let cost = per_byte(100) + DepositPerItem::get();
        assert_eq!((balance(&ALICE), balance(&caller)), (before.0 - cost, before.1));
        assert_eq!(state::contract(&store).unwrap().storage_bytes, 100);
    });
}

#[test]
fn a_sub_call_with_a_limit_of_its_own_fails_the_caller_when_it_exceeds_it() {
    chain::run(|| {
        let (caller, store) = (deployed("call"), deployed("storage"));
        let data = storage(Storage::Set, b"key", &[1; 100]);
        let cost = per_byte(100) + DepositPerItem::get();
        let with_limit = |limit| [forward(&store).deposit_limit(limit).bytes(), data.clone()].concat();
        assert_eq!(
            call(&caller).bytes(&with_limit(cost - 1)).error(),
            Error::<Test>::StorageDepositLimitExhausted.into()
        );
        let output = call(&caller).bytes(&with_limit(cost)).output();
        assert_eq!(answer(output).0, code::SUCCESS);
    });
}

#[test]
fn a_sub_call_limit_of_zero_is_that_of_the_parent() {
    chain::run(|| {
        let (caller, store) = (deployed("call"), deployed("storage"));
        let data = storage(Storage::Set, b"key", &[1; 100]);
        let input = [forward(&store).deposit_limit(0).bytes(), data].concat();
        assert_eq!(answer(call(&caller).bytes(&input).output()).0, code::SUCCESS);
    });
}

#[test]
fn a_nested_instantiation_obeys_its_limit_and_is_undone_with_it() {
    chain::run(|| {
        let creator = deployed("instantiate");
        let code = uploaded(&wat("nothing"));
        let before = vellum_runtime_tests::runtime::state_root();
        assert_eq!(
            call(&creator).bytes(&creation(&code, 0, 0, 10, b"salt")).error(),
            Error::<Test>::StorageDepositLimitExhausted.into()
        );
        assert_eq!(before, vellum_runtime_tests::runtime::state_root());
        let (created, address) = answer(call(&creator).bytes(&creation(&code, 0, 0, 1_000, b"salt")).output());
        assert_eq!((created, address.len()), (code::SUCCESS, 32));
    });
}

#[test]
fn a_call_that_reverts_charges_no_deposit() {
    chain::run(|| {
        let contract = deployed("storage");
        let caller = deployed("call_twice");
        let traps = deployed("traps");
        // The store succeeds within a call that goes on; the other callee traps: only its part is undone.
        let input = [codec::Encode::encode(&(&contract, &traps)), storage(Storage::Set, b"k", &[1; 20])].concat();
        let result = call(&caller).bytes(&input).run();
        assert_eq!(result.storage_deposit, StorageDeposit::Charge(per_byte(20) + DepositPerItem::get()));
    });
}

#[test]
fn taking_a_value_settles_its_deposit() {
    chain::run(|| {
        let contract = deployed("storage");
        assert_ok!(set(&contract, b"key", 100).run().result);
        let taken = call(&contract).bytes(&storage(Storage::Take, b"key", &[])).output();
        assert_eq!(answer(taken), (code::SUCCESS, vec![1; 100]));
        let info = state::contract(&contract).unwrap();
        assert_eq!((info.storage_bytes, info.storage_items), (0, 0));
        assert_eq!(info.storage_byte_deposit + info.storage_item_deposit, 0);
        let again = call(&contract).bytes(&storage(Storage::Clear, b"key", &[])).run();
        assert_eq!(answer_code(again.result.unwrap().data), NONE);
        assert_eq!(again.storage_deposit, StorageDeposit::Charge(0));
    });
}

#[test]
fn instantiating_with_too_little_deposit_fails() {
    chain::run(|| {
        let code = wat("nothing");
        uploaded(&code);
        assert_eq!(instantiate(&code).deposit_limit(10).error(), Error::<Test>::StorageDepositLimitExhausted.into());
    });
}
