//! What a limit on deposits counts, where it is set, and what it leaves to whoever pays.

use codec::Encode;
use frame_support::{
    assert_ok,
    traits::fungible::{InspectHold, MutateHold},
};
use pallet_contracts::{Error, HoldReason, StorageDeposit};
use sp_runtime::TokenError;
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, CHARLIE, ENDOWMENT, balance, call, deployed, instantiate, uploaded},
    errands,
    fixture::wat,
    inputs::{Storage, answer, code, creation, storage},
    runtime::{
        AccountId, Balance, Balances, DefaultDepositLimit, DepositPerByte, ExistentialDeposit, RuntimeCall,
        RuntimeHoldReason, Test,
    },
    state,
};

const EXHAUSTED: Error<Test> = Error::StorageDepositLimitExhausted;
const NOT_ENOUGH: Error<Test> = Error::StorageDepositNotEnoughFunds;

/// In the mock runtime a byte costs one and an item two.
const ITEM: Balance = 2;

fn set(key: &[u8], len: usize) -> Vec<u8> {
    storage(Storage::Set, key, &vec![1; len])
}

/// Input of `store_and_call.wat`: stores so many bytes in a new item and calls a contract.
fn storing(own: u32, callee: &AccountId, limit: Balance, data: &[u8]) -> Vec<u8> {
    [(own, callee, limit).encode(), data.to_vec()].concat()
}

#[test]
fn the_limit_of_the_caller_counts_what_it_and_its_callee_store_together() {
    chain::run(|| {
        let (caller, callee) = (deployed("store_and_call"), deployed("storage"));
        call(&callee).bytes(&set(b"key", 100)).output();
        let run = |limit: Balance, own: u32, callee_len: usize, callee_limit: Balance| {
            let data = set(b"key", callee_len);
            call(&caller).deposit_limit(limit).bytes(&storing(own, &callee, callee_limit, &data)).run().result
        };
        let before = vellum_runtime_tests::runtime::state_root();
        // The caller's own item costs 14; the callee changes nothing, adds a byte, and adds two.
        assert_eq!(run(13, 12, 100, 0), Err(EXHAUSTED.into()));
        assert_eq!(run(14, 12, 101, 0), Err(EXHAUSTED.into()));
        // There is enough for all of it, but the callee has a limit of its own.
        assert_eq!(run(16, 12, 102, 1), Err(EXHAUSTED.into()));
        // What the callee gives back is not enough for what the caller takes.
        assert_eq!(run(0, 12, 87, 0), Err(EXHAUSTED.into()));
        assert_eq!(before, vellum_runtime_tests::runtime::state_root());
        // It is with one more, and the callee, which gives back, does not come near a limit of its own.
        assert_ok!(run(1, 12, 87, 1));
        let info = state::contract(&callee).unwrap();
        assert_eq!(info.storage_bytes, 87);
    });
}

#[test]
fn what_a_caller_has_bounds_what_its_callees_store() {
    chain::run(|| {
        let (caller, callee) = (deployed("store_and_call"), deployed("storage"));
        chain::set_balance(&BOB, 1_000);
        let run = |len| {
            let input = storing(1, &callee, 1, &set(b"key", len));
            call(&caller).from(&BOB).bytes(&input).run().result
        };
        assert_eq!(run(1_200), Err(EXHAUSTED.into()));
        assert_eq!(balance(&BOB), 1_000);
    });
}

/// A new contract costs its record, an item, its account, and what its constructor stores.
#[test]
fn a_nested_instantiation_is_counted_to_the_last_unit() {
    ExistentialDeposit::set(5);
    chain::run(|| {
        let creator = instantiate(&wat("instantiate")).value(10_000).address();
        let child = uploaded(&wat("storage"));
        let sibling = chain::instantiate_stored(child).salt(b"sibling").address();
        let base = state::contract(&sibling).unwrap().storage_base_deposit + 5;
        // The constructor stores one item of so many bytes.
        let run = |limit: Balance, child_limit: Balance, len: usize| {
            let input = creation(&child, 0, 10_000, child_limit, &set(b"", len));
            call(&creator).from(&BOB).deposit_limit(limit).bytes(&input).run()
        };
        let refused = [
            // The whole call may not take so much.
            (base + ITEM - 1, 0, 0),
            (base + ITEM, 0, 1),
            // The new contract may not, when it is created and when it has stored.
            (base + ITEM, base - 1, 0),
            (base + ITEM, base + ITEM - 1, 0),
            (base + ITEM + 1, base + ITEM, 1),
        ];
        for (limit, child_limit, len) in refused {
            assert_eq!(run(limit, child_limit, len).result, Err(EXHAUSTED.into()), "{limit} {child_limit} {len}");
            assert_eq!(balance(&BOB), ENDOWMENT);
        }
        let cost = base + ITEM + 1;
        let result = run(cost + 1, cost, 1);
        let (created, address) = answer(result.result.unwrap().data);
        assert_eq!((created, result.storage_deposit), (code::SUCCESS, StorageDeposit::Charge(cost)));
        // All that the creator could spare went to the new contract, and Bob paid the deposits.
        let address = AccountId::new(address.try_into().unwrap());
        assert_eq!((balance(&creator), balance(&address)), (5, 10_005));
        assert_eq!(balance(&BOB), ENDOWMENT - cost);
    });
}

#[test]
fn the_default_limit_counts_to_the_last_unit() {
    chain::run(|| {
        let contract = deployed("storage");
        let store = |len| call(&contract).bytes(&set(b"key", len));
        assert_eq!(store(1).deposit_limit(ITEM).error(), EXHAUSTED.into());
        DefaultDepositLimit::set(ITEM + 1);
        store(1).output();
        assert_eq!(store(5).error(), EXHAUSTED.into());
        store(4).output();
    });
}

#[test]
fn what_is_held_for_something_else_cannot_pay() {
    ExistentialDeposit::set(200);
    chain::run(|| {
        let contract = deployed("storage");
        chain::set_balance(&BOB, 1_000);
        let reason = RuntimeHoldReason::from(HoldReason::CodeUploadDepositReserve);
        assert_ok!(Balances::hold(&reason, &BOB, 800));
        let stored = call(&contract).from(&BOB).deposit_limit(200).bytes(&set(b"key", 100));
        assert_eq!(stored.error(), NOT_ENOUGH.into());
        assert_eq!((balance(&BOB), Balances::balance_on_hold(&reason, &BOB)), (200, 800));
        assert_ok!(Balances::release(&reason, &BOB, 800, frame_support::traits::tokens::Precision::Exact));
    });
}

#[test]
fn the_limit_leaves_the_payer_alive_and_the_value_to_the_contract() {
    ExistentialDeposit::set(200);
    chain::run(|| {
        let contract = deployed("storage");
        chain::set_balance(&BOB, 1_000);
        let stored = |value, limit| {
            call(&contract).from(&BOB).value(value).deposit_limit(limit).bytes(&set(b"key", 100)).run().result
        };
        // The payer keeps an existential deposit, and another in case that an account is created.
        assert_eq!(stored(0, 900), Err(NOT_ENOUGH.into()));
        assert_eq!(stored(0, 601), Err(NOT_ENOUGH.into()));
        assert_eq!(stored(400, 500), Err(NOT_ENOUGH.into()));
        assert_eq!(stored(400, 201), Err(NOT_ENOUGH.into()));
        assert_eq!(balance(&BOB), 1_000);
        assert_ok!(stored(400, 200));
        assert_eq!(balance(&BOB), 1_000 - 400 - 102);
    });
}

#[test]
fn a_value_that_becomes_empty_keeps_its_item_and_the_contract_its_account() {
    ExistentialDeposit::set(200);
    chain::run(|| {
        let contract = deployed("storage");
        let base = state::contract(&contract).unwrap().storage_base_deposit;
        call(&contract).bytes(&set(b"key", 100)).output();
        // Prices of today do not matter for what was paid.
        DepositPerByte::set(500);
        call(&contract).bytes(&set(b"key", 0)).output();
        let info = state::contract(&contract).unwrap();
        assert_eq!((info.storage_byte_deposit, info.storage_item_deposit, info.storage_items), (0, ITEM, 1));
        let held = Balances::total_balance_on_hold(&contract);
        assert_eq!((held, balance(&contract)), (base + ITEM, 200));
    });
}

/// Somebody spends what the deposit was to be paid of while the contract runs. The weight is used all the same.
#[test]
fn a_deposit_that_cannot_be_paid_in_the_end_undoes_the_call() {
    let run = |per_byte: Balance| {
        ExistentialDeposit::set(200);
        chain::run(|| {
            DepositPerByte::set(1);
            let contract = deployed("dispatch_and_store");
            let spend = errands::Call::spend { of: ALICE, to: CHARLIE, value: balance(&ALICE) - 2 * 200 };
            let input = (198u32, RuntimeCall::Errands(spend));
            DepositPerByte::set(per_byte);
            let before = balance(&CHARLIE);
            let result = frame_support::storage::with_storage_layer(|| call(&contract).input(input).dispatch());
            (result, balance(&CHARLIE) > before, state::contract(&contract).unwrap().storage_items)
        })
    };
    let (paid, moved, items) = run(1);
    assert!(moved && items == 1);
    let (failed, moved, items) = run(20);
    assert!(!moved && items == 0);
    let failed = failed.unwrap_err();
    assert_eq!(failed.error, TokenError::FundsUnavailable.into());
    assert_eq!(failed.post_info.actual_weight, paid.unwrap().actual_weight);
}
