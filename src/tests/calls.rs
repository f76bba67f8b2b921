//! Calls, nested calls, roll-back, reentrancy, and the end of contracts.

use super::*;
use crate::{CodeInfoOf, Event, Nonce, Origin, SENTINEL};
use frame_support::{assert_err_ignore_postinfo, assert_ok, traits::fungible::Inspect};

/// Returns what it is given.
const ECHO: &str = r#"
    (import "seal0" "seal_input" (func $input (param i32 i32)))
    (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\00\01")
    (func (export "call")
        (call $input (i32.const 4) (i32.const 0))
        (call $return (i32.const 0) (i32.const 4) (i32.load (i32.const 0))))"#;

/// Stores its input under a key of its own, and reverts if that starts with 1, traps if with 2.
const STORE: &str = r#"
    (import "seal0" "seal_input" (func $input (param i32 i32)))
    (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
    (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\00\01")
    (func (export "call")
        (call $input (i32.const 4) (i32.const 0))
        (drop (call $set (i32.const 2000) (i32.const 3) (i32.const 4) (i32.load (i32.const 0))))
        (if (i32.eq (i32.load8_u (i32.const 4)) (i32.const 1))
            (then (call $return (i32.const 1) (i32.const 4) (i32.load (i32.const 0)))))
        (if (i32.eq (i32.load8_u (i32.const 4)) (i32.const 2)) (then unreachable)))"#;

/// Calls the contract whose address starts its input, with flags from the byte that follows, passes the
/// rest on, and returns the answer's number and the output.
const CALL: &str = r#"
    (import "seal0" "seal_input" (func $input (param i32 i32)))
    (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
    (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\00\01")
    (data (i32.const 1000) "\00\04")
    (func (export "call")
        (call $input (i32.const 4) (i32.const 0))
        (i32.store (i32.const 2000)
            (call $call
                (i32.load8_u (i32.const 36)) (i32.const 4) (i64.const 0) (i32.const 500)
                (i32.const 37) (i32.sub (i32.load (i32.const 0)) (i32.const 33))
                (i32.const 2004) (i32.const 1000)))
        ;; Only success and revert have an output.
        (if (i32.and (i32.load (i32.const 2000)) (i32.const 0xfffffffd))
            (then (i32.store (i32.const 1000) (i32.const 0))))
        (call $return (i32.const 0) (i32.const 2000) (i32.add (i32.const 4) (i32.load (i32.const 1000)))))"#;

const ALLOW_REENTRY: u8 = 8;
const READ_ONLY: u8 = 16;
const TAIL_CALL: u8 = 4;

/// Input for [`CALL`].
fn call_of(callee: &AccountId32, flags: u8, data: &[u8]) -> Vec<u8> {
    let mut input = <[u8; 32]>::from(callee.clone()).to_vec();
    input.push(flags);
    input.extend(data);
    input
}

/// The number of an answer, and the output that came with it.
fn answer(result: CallResult) -> (u32, Vec<u8>) {
    let output = output(result);
    (u32::from_le_bytes(output[..4].try_into().unwrap()), output[4..].to_vec())
}

fn value_at(contract: &AccountId32) -> Option<Vec<u8>> {
    Contracts::get_storage(contract.clone(), vec![0; 3]).unwrap()
}

#[test]
fn a_contract_returns_what_it_was_given() {
    on_chain(|| {
        let echo = deploy(contract(ECHO));
        assert_eq!(output(call(&echo, b"hello".to_vec())), b"hello");
    });
}

#[test]
fn instantiation_leaves_a_contract_its_events_and_a_nonce() {
    on_chain(|| {
        let code = contract(ECHO);
        let outcome = instantiate(Code::Upload(code.clone()), 100, vec![], vec![7]);
        let address = outcome.result.unwrap().account_id;
        let code_hash = H256(sp_io::hashing::blake2_256(&code));
        assert_eq!(address, Contracts::contract_address(&ALICE, &code_hash, &[], &[7]));
        assert_eq!(Nonce::<Test>::get(), 1);
        assert_eq!(CodeInfoOf::<Test>::get(code_hash).unwrap().refcount(), 1);
        assert_eq!(System::consumers(&address), 1 + 1, "the contract's, and that of the hold");
        assert_eq!(Balances::balance(&address), 100 + EXISTENTIAL_DEPOSIT);
        let base = info(&address).storage_base_deposit();
        let emitted = events();
        assert_eq!(emitted[1], Event::Instantiated { deployer: ALICE, contract: address.clone() });
        assert_eq!(emitted[2], Event::StorageDepositTransferredAndHeld { from: ALICE, to: address, amount: base },);
    });
}

#[test]
fn what_is_no_contract_cannot_be_called_and_gets_no_value() {
    on_chain(|| {
        let result = call_with(&CHARLIE, 100, GAS_LIMIT, None, vec![]).result;
        assert_eq!(result, Err(Error::<Test>::ContractNotFound.into()));
        assert_eq!(Balances::balance(&CHARLIE), 0);
    });
}

#[test]
fn root_calls_without_value_only() {
    on_chain(|| {
        let echo = deploy(contract(ECHO));
        events();
        let root = RuntimeOrigin::root;
        assert_ok!(Contracts::call(root(), echo.clone(), 0, GAS_LIMIT, None, vec![]));
        assert_eq!(events(), [Event::Called { caller: Origin::Root, contract: echo.clone() }]);
        assert_err_ignore_postinfo!(
            Contracts::call(root(), echo, 1, GAS_LIMIT, None, vec![]),
            DispatchError::RootNotAllowed,
        );
    });
}

#[test]
fn a_revert_rolls_back_and_is_an_error_of_the_extrinsic_only() {
    on_chain(|| {
        let store = deploy(contract(STORE));
        events();
        let result = call_with(&store, 50, GAS_LIMIT, None, vec![1, 9]).result.unwrap();
        assert!(result.did_revert());
        assert_eq!(result.data, [1, 9]);
        assert_eq!(value_at(&store), None);
        assert_eq!(Balances::balance(&store), EXISTENTIAL_DEPOSIT);
        assert_eq!(events(), []);
        assert_err_ignore_postinfo!(
            Contracts::call(RuntimeOrigin::signed(ALICE), store, 0, GAS_LIMIT, None, vec![1]),
            Error::<Test>::ContractReverted,
        );
    });
}

#[test]
fn a_trap_rolls_back() {
    on_chain(|| {
        let store = deploy(contract(STORE));
        let result = call(&store, vec![2]).result;
        assert_eq!(result, Err(Error::<Test>::ContractTrapped.into()));
        assert_eq!(value_at(&store), None);
    });
}

#[test]
fn a_callee_that_fails_is_rolled_back_and_its_caller_goes_on() {
    on_chain(|| {
        let (caller, store) = (deploy(contract(CALL)), deploy(contract(STORE)));
        assert_eq!(answer(call(&caller, call_of(&store, 0, &[0, 7]))).0, 0);
        assert_eq!(value_at(&store), Some(vec![0, 7]));
        assert_eq!(answer(call(&caller, call_of(&store, 0, &[1, 8]))), (2, vec![1, 8]));
        assert_eq!(answer(call(&caller, call_of(&store, 0, &[2, 9]))).0, 1);
        assert_eq!(value_at(&store), Some(vec![0, 7]));
        assert_eq!(answer(call(&caller, call_of(&CHARLIE, 0, &[]))).0, 8, "not callable");
    });
}

#[test]
fn events_of_calls_come_when_they_return() {
    on_chain(|| {
        let (caller, echo) = (deploy(contract(CALL)), deploy(contract(ECHO)));
        events();
        output(call(&caller, call_of(&echo, 0, &[])));
        let by_contract = Origin::from_account_id(caller.clone());
        let by_alice = Origin::from_account_id(ALICE);
        assert_eq!(
            events(),
            [
                Event::Called { caller: by_contract, contract: echo },
                Event::Called { caller: by_alice, contract: caller },
            ],
        );
    });
}

#[test]
fn a_call_comes_back_only_if_it_is_allowed_to() {
    on_chain(|| {
        let caller = deploy(contract(CALL));
        let echo = deploy(contract(ECHO));
        let through = |flags| call_of(&caller, flags, &call_of(&echo, 0, b"x"));
        assert_eq!(answer(call(&caller, through(ALLOW_REENTRY))).0, 0);
        let result = call(&caller, through(0)).result;
        assert_eq!(result, Err(Error::<Test>::ReentranceDenied.into()));
        // The guard is down again for the next call of the same frame: no frame is left behind.
        assert_eq!(output(call(&echo, b"x".to_vec())), b"x");
    });
}

#[test]
fn a_read_only_call_changes_nothing_further_up_either() {
    on_chain(|| {
        let (caller, store) = (deploy(contract(CALL)), deploy(contract(STORE)));
        let inner = call_of(&store, 0, &[0, 7]);
        assert_eq!(answer(call(&caller, call_of(&store, READ_ONLY, &[0, 7]))).0, 1);
        let nested = deploy_with(contract(CALL), 0, vec![], vec![1]);
        let (number, output) = answer(call(&caller, call_of(&nested, READ_ONLY, &inner)));
        assert_eq!((number, &output[..4]), (0, &1u32.to_le_bytes()[..]));
        assert_eq!(value_at(&store), None);
    });
}

#[test]
fn a_tail_call_returns_what_the_callee_returns() {
    on_chain(|| {
        let (caller, store) = (deploy(contract(CALL)), deploy(contract(STORE)));
        let result = call(&caller, call_of(&store, TAIL_CALL, &[1, 5])).result.unwrap();
        assert!(result.did_revert());
        assert_eq!(result.data, [1, 5]);
    });
}

#[test]
fn unknown_flags_are_refused() {
    on_chain(|| {
        let (caller, echo) = (deploy(contract(CALL)), deploy(contract(ECHO)));
        let result = call(&caller, call_of(&echo, 32, &[])).result;
        assert_eq!(result, Err(Error::<Test>::InvalidCallFlags.into()));
    });
}

#[test]
fn no_more_calls_are_open_than_the_chain_allows() {
    on_chain(|| {
        // Each contract calls the one before it; the stack has room for six frames.
        let mut top = deploy(contract(ECHO));
        let mut input = Vec::new();
        for callers in 1..=6u8 {
            input = call_of(&top, 0, &input);
            top = deploy_with(contract(CALL), 0, vec![], vec![callers]);
            let answers = output(call(&top, input.clone()));
            let answers: Vec<_> = answers.chunks(4).map(|answer| answer[0]).collect();
            let expected = match callers {
                // The last one that is called cannot call: it traps, and its caller sees that.
                6 => vec![0, 0, 0, 0, 1],
                _ => vec![0; usize::from(callers)],
            };
            assert_eq!(answers, expected);
        }
    });
}

/// Deletes itself in favour of the account that its input names.
const TERMINATE: &str = r#"
    (import "seal0" "seal_input" (func $input (param i32 i32)))
    (import "seal1" "terminate" (func $terminate (param i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\00\01")
    (func (export "call")
        (call $input (i32.const 4) (i32.const 0))
        (call $terminate (i32.const 4))
        unreachable)"#;

#[test]
fn a_terminated_contract_is_gone_and_its_balance_goes_where_it_said() {
    on_chain(|| {
        let address = deploy_with(contract(TERMINATE), 1_000, vec![], vec![]);
        let code_hash = info(&address).code_hash;
        let (base, trie) = (info(&address).storage_base_deposit(), info(&address).trie_id);
        let alice = Balances::balance(&ALICE);
        events();
        let beneficiary: [u8; 32] = CHARLIE.into();
        assert_eq!(output(call(&address, beneficiary.to_vec())), b"");
        assert!(!ContractInfoOf::<Test>::contains_key(&address));
        assert_eq!(Balances::balance(&CHARLIE), 1_000 + EXISTENTIAL_DEPOSIT);
        assert_eq!(Balances::balance(&ALICE), alice + base);
        assert_eq!(Balances::total_balance(&address), 0);
        assert_eq!(System::consumers(&address), 0);
        assert_eq!(CodeInfoOf::<Test>::get(code_hash).unwrap().refcount(), 0);
        assert_eq!(crate::DeletionQueue::<Test>::get(0), Some(trie));
        assert_eq!(
            events(),
            [
                Event::Terminated { contract: address.clone(), beneficiary: CHARLIE },
                Event::Called { caller: Origin::from_account_id(ALICE), contract: address.clone() },
                Event::StorageDepositTransferredAndReleased { from: address, to: ALICE, amount: base },
            ],
        );
    });
}

#[test]
fn a_contract_cannot_terminate_in_its_constructor_or_while_it_runs_twice() {
    on_chain(|| {
        let in_constructor = contract(&TERMINATE.replace("\"call\"", "\"deploy\""));
        let beneficiary: [u8; 32] = CHARLIE.into();
        let outcome = instantiate(Code::Upload(in_constructor), 0, beneficiary.to_vec(), vec![]);
        assert_eq!(outcome.result, Err(Error::<Test>::TerminatedInConstructor.into()));

        // It calls itself with no input, and the inner call terminates.
        let twice = r#"
            (import "seal0" "seal_input" (func $input (param i32 i32)))
            (import "seal0" "seal_address" (func $address (param i32 i32)))
            (import "seal1" "terminate" (func $terminate (param i32)))
            (import "seal0" "seal_call"
                (func $call (param i32 i32 i64 i32 i32 i32 i32 i32 i32) (result i32)))
            (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const 0) "\00\01\00\00\20\00\00\00")
            (func (export "call")
                (call $input (i32.const 300) (i32.const 0))
                (if (i32.eqz (i32.load (i32.const 0))) (then (call $terminate (i32.const 100))))
                (call $address (i32.const 50) (i32.const 4))
                (i32.store (i32.const 400)
                    (call $call (i32.const 50) (i32.const 32) (i64.const 0) (i32.const 600) (i32.const 8)
                        (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0)))
                (call $return (i32.const 0) (i32.const 400) (i32.const 4)))"#;
        let address = deploy(contract(twice));
        // The answer is that the callee trapped.
        assert_eq!(output(call(&address, vec![1])), 1u32.to_le_bytes());
        assert!(ContractInfoOf::<Test>::contains_key(&address));
    });
}

#[test]
fn a_start_function_that_returns_ends_the_call() {
    on_chain(|| {
        let text = r#"
            (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const 0) "start")
            (func $start (call $return (i32.const 0) (i32.const 0) (i32.const 5)))
            (start $start)
            (func (export "call") unreachable)
            (func (export "deploy") unreachable)"#;
        assert_eq!(output(call(&deploy(contract(text)), vec![])), b"start");
    });
}

#[test]
fn a_start_function_leaves_memory_to_the_entry_point() {
    on_chain(|| {
        let text = r#"
            (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
            (import "env" "memory" (memory 1 1))
            (func $start (i32.store (i32.const 0) (i32.const 77)))
            (start $start)
            (func (export "call") (call $return (i32.const 0) (i32.const 0) (i32.const 4)))"#;
        assert_eq!(output(call(&deploy(contract(text)), vec![])), 77u32.to_le_bytes());
    });
}

#[test]
fn an_entry_point_that_returns_a_number_uploads_and_cannot_run() {
    on_chain(|| {
        let text = r#"
            (import "env" "memory" (memory 1 1))
            (func (export "call") (result i32) (i32.const 0))"#;
        let address = deploy(contract(text));
        assert_eq!(call(&address, vec![]).result, Err(Error::<Test>::CodeRejected.into()));
    });
}

/// Dispatches the call that is its input and returns the answer.
const DISPATCH: &str = r#"
    (import "seal0" "seal_input" (func $input (param i32 i32)))
    (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
    (import "seal0" "call_runtime" (func $dispatch (param i32 i32) (result i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\00\01")
    (func (export "call")
        (call $input (i32.const 4) (i32.const 0))
        (i32.store (i32.const 1000) (call $dispatch (i32.const 4) (i32.load (i32.const 0))))
        (call $return (i32.const 0) (i32.const 1000) (i32.const 4)))"#;

#[test]
fn a_contract_dispatches_what_the_chain_lets_it() {
    use codec::Encode;
    on_chain(|| {
        let dispatch = deploy(contract(DISPATCH));
        let echo = deploy(contract(ECHO));
        let remark = RuntimeCall::System(frame_system::Call::remark_with_event { remark: vec![1] });
        let answer = |call_data: RuntimeCall| {
            u32::from_le_bytes(output(call(&dispatch, call_data.encode()))[..].try_into().unwrap())
        };
        assert_eq!(answer(remark), 0);
        let filtered = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: 1 });
        assert_eq!(answer(filtered), 10);
        // Not even if the filter allows it: the pallet is not entered twice.
        let back = crate::Call::<Test>::call {
            dest: echo,
            value: 0,
            gas_limit: GAS_LIMIT / 4,
            storage_deposit_limit: None,
            data: vec![],
        };
        assert_eq!(answer(RuntimeCall::Contracts(back)), 10);
    });
}

#[test]
fn delegated_code_runs_with_the_storage_caller_and_value_of_its_caller() {
    on_chain(|| {
        let library = contract(
            r#"
            (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
            (import "seal0" "caller" (func $caller (param i32 i32)))
            (import "seal0" "value_transferred" (func $value (param i32 i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const 0) "\40\00\00\00\40")
            (func (export "call")
                (call $caller (i32.const 10) (i32.const 0))
                (call $value (i32.const 42) (i32.const 4))
                (drop (call $set (i32.const 2000) (i32.const 3) (i32.const 10) (i32.const 40))))"#,
        );
        let library_hash = Contracts::bare_upload_code(BOB, library, None, Determinism::Enforced).unwrap().code_hash;
        let delegator = deploy(contract(
            r#"
            (import "seal0" "seal_input" (func $input (param i32 i32)))
            (import "seal0" "delegate_call" (func $delegate (param i32 i32 i32 i32 i32 i32) (result i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const 0) "\20")
            (func (export "call")
                (call $input (i32.const 4) (i32.const 0))
                (if (call $delegate (i32.const 0) (i32.const 4) (i32.const 0) (i32.const 0) (i32.const -1)
                    (i32.const 0)) (then unreachable)))"#,
        ));
        events();
        output(call_with(&delegator, 77, GAS_LIMIT, None, library_hash.0.to_vec()));
        let mut expected = <[u8; 32]>::from(ALICE).to_vec();
        expected.extend(77u64.to_le_bytes());
        assert_eq!(value_at(&delegator), Some(expected));
        assert_eq!(
            events()[..2],
            [
                Event::DelegateCalled { contract: delegator.clone(), code_hash: library_hash },
                Event::Called { caller: Origin::from_account_id(ALICE), contract: delegator },
            ],
        );
    });
}

#[test]
fn a_contract_instantiates_another_and_a_failed_constructor_leaves_nothing() {
    on_chain(|| {
        // Instantiates the code whose hash is its input with an endowment of 50, and returns answer and address.
        let factory = deploy_with(
            contract(
                r#"
            (import "seal0" "seal_input" (func $input (param i32 i32)))
            (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
            (import "seal1" "instantiate"
                (func $new (param i32 i64 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const 0) "\40\00\00\00\40\00\00\00\32")
            (func (export "call")
                (call $input (i32.const 100) (i32.const 0))
                (i32.store (i32.const 200)
                    (call $new (i32.const 100) (i64.const 0) (i32.const 8) (i32.const 132)
                        (i32.sub (i32.load (i32.const 0)) (i32.const 32))
                        (i32.const 204) (i32.const 4) (i32.const -1) (i32.const 0) (i32.const 0) (i32.const 0)))
                (call $return (i32.const 0) (i32.const 200) (i32.const 36)))"#,
            ),
            1_000,
            vec![],
            vec![],
        );
        let upload =
            |code| Contracts::bare_upload_code(BOB, code, None, Determinism::Enforced).unwrap().code_hash.0.to_vec();
        let echo = upload(contract(ECHO));
        let nonce = Nonce::<Test>::get();
        let (number, address) = answer(call(&factory, echo.clone()));
        let address = AccountId32::new(address.try_into().unwrap());
        assert_eq!(number, 0);
        assert_eq!(Nonce::<Test>::get(), nonce + 1);
        assert_eq!(output(call(&address, b"new".to_vec())), b"new");
        assert_eq!(Balances::balance(&address), 50 + EXISTENTIAL_DEPOSIT);
        // The origin paid the deposits and the existential deposit, not the factory.
        assert_eq!(Balances::balance(&factory), 1_000 - 50 + EXISTENTIAL_DEPOSIT);

        let again = call(&factory, echo).result;
        assert_eq!(again, Err(Error::<Test>::DuplicateContract.into()));
        assert_eq!(answer(call(&factory, vec![0xee; 32])).0, 7, "no such code");
        let failing = upload(contract(r#"(import "env" "memory" (memory 1 1)) (func (export "deploy") unreachable)"#));
        let alice = Balances::balance(&ALICE);
        assert_eq!(answer(call(&factory, failing)).0, 1);
        assert_eq!(Balances::balance(&ALICE), alice);
        assert_eq!(Nonce::<Test>::get(), nonce + 1);
    });
}

#[test]
fn the_sentinel_is_the_largest_pointer() {
    assert_eq!(SENTINEL.to_le_bytes(), [0xff; 4]);
}
