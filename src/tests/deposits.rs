//! Deposits of calls.

use super::*;
use crate::{CodeInfoOf, StorageDeposit};
use frame_support::{assert_ok, traits::fungible::Inspect};

/// Makes the value under one key as long as the number that is its input says, removes it if that is zero.
const RESIZE: &str = r#"
    (import "seal0" "seal_input" (func $input (param i32 i32)))
    (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
    (import "seal1" "clear_storage" (func $clear (param i32 i32) (result i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\04")
    (func (export "call")
        (call $input (i32.const 4) (i32.const 0))
        (if (i32.load (i32.const 4))
            (then (drop (call $set (i32.const 20) (i32.const 3) (i32.const 100) (i32.load (i32.const 4)))))
            (else (drop (call $clear (i32.const 20) (i32.const 3))))))"#;

fn resize(contract: &AccountId32, bytes: u32, limit: Option<u64>) -> CallResult {
    call_with(contract, 0, GAS_LIMIT, limit, bytes.to_le_bytes().to_vec())
}

#[test]
fn storage_is_paid_for_and_given_back() {
    on_chain(|| {
        let address = deploy(contract(RESIZE));
        let alice = Balances::balance(&ALICE);
        assert_eq!(resize(&address, 40, None).storage_deposit, StorageDeposit::Charge(40 + 100));
        assert_eq!(resize(&address, 50, None).storage_deposit, StorageDeposit::Charge(10));
        assert_eq!(resize(&address, 20, None).storage_deposit, StorageDeposit::Refund(30));
        assert_eq!(Balances::balance(&ALICE), alice - 20 - 100);
        assert_eq!(resize(&address, 0, None).storage_deposit, StorageDeposit::Refund(120));
        assert_eq!(Balances::balance(&ALICE), alice);
    });
}

#[test]
fn a_change_of_prices_neither_mints_nor_burns() {
    on_chain(|| {
        let address = deploy(contract(RESIZE));
        assert_ok!(resize(&address, 40, None).result);
        DepositPerByte::set(1_000);
        DepositPerItem::set(7);
        assert_eq!(resize(&address, 0, None).storage_deposit, StorageDeposit::Refund(140));
    });
}

#[test]
fn a_limit_is_enforced_and_what_was_over_it_is_rolled_back() {
    on_chain(|| {
        let address = deploy(contract(RESIZE));
        let alice = Balances::balance(&ALICE);
        let result = resize(&address, 40, Some(139));
        assert_eq!(result.result, Err(Error::<Test>::StorageDepositLimitExhausted.into()));
        assert_eq!(result.storage_deposit, StorageDeposit::Charge(0));
        assert_eq!(stored(&info(&address)), (0, 0));
        assert_eq!(Balances::balance(&ALICE), alice);
        assert_ok!(resize(&address, 40, Some(140)).result);
        // Freeing storage needs no limit.
        assert_ok!(resize(&address, 10, Some(0)).result);
    });
}

#[test]
fn a_new_contract_pays_for_itself_its_account_and_a_share_of_its_code() {
    on_chain(|| {
        let code = contract(RESIZE);
        let uploaded = Contracts::bare_upload_code(BOB, code, None, Determinism::Enforced).unwrap();
        let outcome = instantiate(Code::Existing(uploaded.code_hash), 0, vec![], vec![]);
        let address = outcome.result.unwrap().account_id;
        let info = info(&address);
        let for_info = codec::Encode::encoded_size(&info) as u64 + 100;
        let for_code = Perbill::from_percent(30).mul_ceil(uploaded.deposit);
        assert_eq!(info.storage_base_deposit(), for_info + for_code);
        assert_eq!(outcome.storage_deposit, StorageDeposit::Charge(for_info + for_code + EXISTENTIAL_DEPOSIT));
    });
}

#[test]
fn an_upload_counts_against_the_limit_of_an_instantiation() {
    on_chain(|| {
        let needed = match instantiate_with_limit(None).storage_deposit {
            StorageDeposit::Charge(amount) => amount,
            refund => panic!("{refund:?}"),
        };
        frame_support::storage::with_transaction(|| {
            assert!(instantiate_with_limit(Some(needed - 1)).result.is_err());
            frame_support::storage::TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
        })
        .unwrap();
        assert_ok!(instantiate_with_limit(Some(needed)).result);
    });

    /// With a salt for each limit, and code that is removed after the dry run.
    fn instantiate_with_limit(
        limit: Option<u64>,
    ) -> crate::ContractInstantiateResult<AccountId32, u64, crate::EventRecordOf<Test>> {
        let instantiate = || {
            Contracts::bare_instantiate(
                ALICE,
                0,
                GAS_LIMIT,
                limit,
                Code::Upload(contract(RESIZE)),
                vec![],
                vec![],
                DebugInfo::Skip,
                CollectEvents::Skip,
            )
        };
        match limit {
            // The dry run.
            None => frame_support::storage::with_transaction(|| {
                frame_support::storage::TransactionOutcome::Rollback(Ok::<_, DispatchError>(instantiate()))
            })
            .unwrap(),
            Some(_) => instantiate(),
        }
    }
}

#[test]
fn locking_code_costs_a_share_and_keeps_it_from_being_removed() {
    let lock_or_unlock = |function: &str| {
        contract(&format!(
            r#"
            (import "seal0" "seal_input" (func $input (param i32 i32)))
            (import "seal0" "{function}" (func $do (param i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const 0) "\20")
            (func (export "call")
                (call $input (i32.const 4) (i32.const 0))
                (call $do (i32.const 4)))"#
        ))
    };
    on_chain(|| {
        let library = Contracts::bare_upload_code(BOB, contract(RESIZE), None, Determinism::Enforced).unwrap();
        let share = Perbill::from_percent(30).mul_ceil(library.deposit);
        let address = deploy(lock_or_unlock("lock_delegate_dependency"));
        let own = info(&address).code_hash;
        let hash = library.code_hash.0.to_vec();
        assert_eq!(call(&address, hash.clone()).storage_deposit, StorageDeposit::Charge(share));
        let refcount = || CodeInfoOf::<Test>::get(library.code_hash).unwrap().refcount();
        assert_eq!(refcount(), 1);
        let fails = |data: Vec<u8>| call(&address, data).result.unwrap_err();
        assert_eq!(fails(hash.clone()), Error::<Test>::DelegateDependencyAlreadyExists.into());
        assert_eq!(fails(own.0.to_vec()), Error::<Test>::CannotAddSelfAsDelegateDependency.into());
        assert_eq!(fails(vec![0; 32]), Error::<Test>::CodeNotFound.into());
        assert!(Contracts::remove_code(RuntimeOrigin::signed(BOB), library.code_hash).is_err());

        let unlocking = lock_or_unlock("unlock_delegate_dependency");
        let unlocking = Contracts::bare_upload_code(BOB, unlocking, None, Determinism::Enforced).unwrap().code_hash;
        assert_ok!(Contracts::set_code(RuntimeOrigin::root(), address.clone(), unlocking));
        assert_eq!(call(&address, hash.clone()).storage_deposit, StorageDeposit::Refund(share));
        assert_eq!(refcount(), 0);
        assert_eq!(fails(hash.clone()), Error::<Test>::DelegateDependencyNotFound.into());

        // Root pays nothing, so nothing is recorded; what it frees stays held and is recorded elsewhere.
        let root = |data: Vec<u8>| {
            assert_ok!(Contracts::call(RuntimeOrigin::root(), address.clone(), 0, GAS_LIMIT, None, data));
            info(&address)
        };
        let set_code = |code_hash| {
            assert_ok!(Contracts::set_code(RuntimeOrigin::root(), address.clone(), code_hash));
        };
        set_code(own);
        let base_deposit = info(&address).storage_base_deposit;
        let locked = root(hash.clone());
        assert_eq!(locked.delegate_dependencies().values().copied().collect::<Vec<_>>(), [0]);
        set_code(unlocking);
        assert_eq!(root(hash.clone()).storage_base_deposit, base_deposit);
        set_code(own);
        assert_ok!(call(&address, hash.clone()).result);
        set_code(unlocking);
        assert_eq!(root(hash).storage_base_deposit, base_deposit + share);
    });
}

/// Its constructor runs other code from the next call on, of which the hash is its input.
const CHANGELING: &str = r#"
    (import "seal0" "seal_input" (func $input (param i32 i32)))
    (import "seal0" "set_code_hash" (func $set (param i32) (result i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\20")
    (data (i32.const 1000) "a constructor that is much longer than the code that follows it, and pays for it")
    (func (export "deploy")
        (call $input (i32.const 4) (i32.const 0))
        (if (call $set (i32.const 4)) (then unreachable)))"#;

#[test]
fn a_constructor_that_changes_to_cheaper_code_pays_for_that_code() {
    on_chain(|| {
        let cheap = Contracts::bare_upload_code(BOB, contract(RESIZE), None, Determinism::Enforced).unwrap();
        let dear = Contracts::bare_upload_code(BOB, contract(CHANGELING), None, Determinism::Enforced).unwrap();
        let plain = instantiate(Code::Existing(cheap.code_hash), 0, vec![], vec![1]).storage_deposit;
        assert!(dear.deposit > cheap.deposit);
        let alice = Balances::balance(&ALICE);
        let changed = instantiate(Code::Existing(dear.code_hash), 0, cheap.code_hash.0.to_vec(), vec![2]);
        assert_eq!(changed.storage_deposit, plain);
        assert_eq!(Balances::balance(&ALICE), alice - plain.charge_or_zero());
        // `on_chain` checks that what is held is what is recorded.
    });
}

#[test]
fn what_root_stores_is_nobodys_deposit() {
    on_chain(|| {
        let address = deploy(contract(RESIZE));
        let by_root = |bytes: u32| {
            let data = bytes.to_le_bytes().to_vec();
            assert_ok!(Contracts::call(RuntimeOrigin::root(), address.clone(), 0, GAS_LIMIT, None, data));
        };
        by_root(40);
        assert_eq!(stored(&info(&address)), (1, 40));
        assert_eq!(resize(&address, 0, None).storage_deposit, StorageDeposit::Charge(0));
        // What somebody else has paid and root frees is given back with what is stored next and freed.
        assert_eq!(resize(&address, 50, None).storage_deposit, StorageDeposit::Charge(150));
        by_root(0);
        assert_eq!(resize(&address, 50, None).storage_deposit, StorageDeposit::Charge(150));
        assert_eq!(resize(&address, 0, None).storage_deposit, StorageDeposit::Refund(300));
    });
}

/// A sub-call with a limit of its own, whose callee calls back into itself before it stores: the copy of its
/// info is stale when the limit is enforced, and still everything is booked.
#[test]
fn a_limit_of_its_own_books_storage_after_a_call_came_back() {
    on_chain(|| {
        // Input: nothing to store at once; an address to call it, which calls back, and store afterwards.
        let stores_after_call = deploy(contract(
            r#"
            (import "seal0" "seal_input" (func $input (param i32 i32)))
            (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
            (import "seal0" "caller" (func $caller (param i32 i32)))
            (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const 0) "\20\00\00\00")
            (data (i32.const 900) "\20\00\00\00")
            (func (export "call")
                (call $input (i32.const 4) (i32.const 0))
                (if (i32.eqz (i32.load (i32.const 0)))
                    (then
                        (drop (call $set (i32.const 500) (i32.const 3) (i32.const 0) (i32.const 10))))
                    (else
                        (if (call $call (i32.const 8) (i32.const 4) (i64.const 0) (i32.const 600) (i32.const 0)
                            (i32.const 0) (i32.const -1) (i32.const 0)) (then unreachable))
                        (drop (call $set (i32.const 500) (i32.const 4) (i32.const 0) (i32.const 20))))))"#,
        ));
        // Calls its caller back without input.
        let calls_back = deploy(contract(
            r#"
            (import "seal0" "caller" (func $caller (param i32 i32)))
            (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const 0) "\20")
            (func (export "call")
                (call $caller (i32.const 4) (i32.const 0))
                (if (call $call (i32.const 8) (i32.const 4) (i64.const 0) (i32.const 600) (i32.const 0)
                    (i32.const 0) (i32.const -1) (i32.const 0)) (then unreachable)))"#,
        ));
        // Calls the first one with a limit of 1,000 and the address of the second.
        let with_limit = deploy(contract(
            r#"
            (import "seal0" "seal_input" (func $input (param i32 i32)))
            (import "seal2" "call" (func $call (param i32 i32 i64 i64 i32 i32 i32 i32 i32 i32) (result i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const 0) "\40")
            (data (i32.const 300) "\e8\03")
            (func (export "call")
                (call $input (i32.const 4) (i32.const 0))
                (if (call $call (i32.const 8) (i32.const 4) (i64.const 0) (i64.const 0) (i32.const 300)
                    (i32.const 600) (i32.const 36) (i32.const 32) (i32.const -1) (i32.const 0))
                    (then unreachable)))"#,
        ));
        let mut input = <[u8; 32]>::from(stores_after_call.clone()).to_vec();
        input.extend(<[u8; 32]>::from(calls_back));
        output(call(&with_limit, input));
        let info = info(&stores_after_call);
        assert_eq!((info.storage_items, info.storage_bytes), (2, 30));
        // `on_chain` checks that deposits and storage re-add.
    });
}
