//! Gas of calls.

use super::*;
use frame_support::{assert_ok, dispatch::GetDispatchInfo};

/// Returns the gas that is left, twice in a row.
const GAS_LEFT: &str = r#"
    (import "seal0" "gas_left" (func $gas_left (param i32 i32)))
    (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\08\00\00\00\08\00\00\00")
    (func (export "call")
        (call $gas_left (i32.const 8) (i32.const 0))
        (call $gas_left (i32.const 16) (i32.const 4))
        (call $return (i32.const 0) (i32.const 8) (i32.const 16)))"#;

/// Never ends.
const LOOP: &str = r#"
    (import "env" "memory" (memory 1 1))
    (func (export "call") (loop (br 0)))"#;

/// Stores a value of 40 bytes and ends.
const STORE: &str = r#"
    (import "seal2" "set_storage" (func $set (param i32 i32 i32 i32) (result i32)))
    (import "env" "memory" (memory 1 1))
    (func (export "call")
        (drop (call $set (i32.const 0) (i32.const 3) (i32.const 100) (i32.const 40))))"#;

fn with_gas(contract: &AccountId32, gas_limit: Weight) -> CallResult {
    call_with(contract, 0, gas_limit, None, vec![])
}

#[test]
fn gas_left_falls_by_the_price_of_the_call_and_the_instructions_between() {
    on_chain(|| {
        let data = output(call(&deploy(contract(GAS_LEFT)), vec![]));
        let first = u64::from_le_bytes(data[..8].try_into().unwrap());
        let second = u64::from_le_bytes(data[8..].try_into().unwrap());
        // What every call costs, and this function's own price.
        let host = 52_863 + 829_000;
        assert!(first > second + host, "{first} {second}");
        assert!(first < second + host + 1_000_000, "{first} {second}");
        assert!(first < GAS_LIMIT.ref_time());
    });
}

#[test]
fn the_same_call_costs_the_same_and_needs_exactly_what_it_says() {
    on_chain(|| {
        let address = deploy(contract(STORE));
        assert_ok!(with_gas(&address, GAS_LIMIT).result);
        let again = with_gas(&address, GAS_LIMIT);
        let required = again.gas_required;
        assert!(required.all_gte(again.gas_consumed) && required != again.gas_consumed);
        let exact = with_gas(&address, required);
        assert_ok!(exact.result);
        assert_eq!((exact.gas_consumed, exact.gas_required), (again.gas_consumed, required));
        for less in [Weight::from_parts(1, 0), Weight::from_parts(0, 1)] {
            let failed = with_gas(&address, required - less);
            assert_eq!(failed.result, Err(Error::<Test>::OutOfGas.into()));
        }
    });
}

#[test]
fn fuel_that_runs_out_in_wasm_takes_all_ref_time() {
    on_chain(|| {
        let address = deploy(contract(LOOP));
        let limit = Weight::from_parts(3_000_000_000, 1_000_000);
        let result = with_gas(&address, limit);
        assert_eq!(result.result, Err(Error::<Test>::OutOfGas.into()));
        assert_eq!(result.gas_consumed.ref_time(), limit.ref_time());
        assert!(result.gas_consumed.proof_size() < limit.proof_size());
    });
}

#[test]
fn a_host_function_that_cannot_be_paid_takes_nothing() {
    on_chain(|| {
        let address = deploy(contract(STORE));
        let required = with_gas(&address, GAS_LIMIT).gas_required;
        let result = with_gas(&address, required - Weight::from_parts(0, 1));
        assert_eq!(result.result, Err(Error::<Test>::OutOfGas.into()));
        assert!(result.gas_consumed.ref_time() < required.ref_time());
    });
}

#[test]
fn a_callee_that_runs_out_takes_what_it_was_given_and_no_more() {
    on_chain(|| {
        // Calls the contract that its input names with a limit of 10^9 and returns the answer.
        let caller = deploy(contract(
            r#"
            (import "seal0" "seal_input" (func $input (param i32 i32)))
            (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
            (import "seal1" "call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32) (result i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const 0) "\20")
            (func (export "call")
                (call $input (i32.const 4) (i32.const 0))
                (i32.store (i32.const 100)
                    (call $call (i32.const 0) (i32.const 4) (i64.const 1000000000) (i32.const 500)
                        (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0)))
                (call $return (i32.const 0) (i32.const 100) (i32.const 4)))"#,
        ));
        let least = deploy(contract(r#"(import "env" "memory" (memory 1 1))"#));
        let endless = deploy(contract(LOOP));
        let of = |address: AccountId32| call(&caller, <[u8; 32]>::from(address).to_vec());
        let (short, long) = (of(least), of(endless));
        let given = 1_000_000_000;
        assert_eq!(output(short.clone()), 0u32.to_le_bytes());
        assert_eq!(output(long.clone()), 1u32.to_le_bytes());
        let around = long.gas_consumed.ref_time() - given;
        assert!(short.gas_consumed.ref_time() > around, "the rest of the short call came back");
        assert!(short.gas_consumed.ref_time() < around + 100_000_000);
    });
}

#[test]
fn every_amount_of_gas_ends_in_success_or_out_of_gas_and_nothing_else() {
    on_chain(|| {
        let address = deploy(contract(STORE));
        let required = with_gas(&address, GAS_LIMIT).gas_required;
        let steps = 200;
        for step in 0..=steps {
            let limit = Weight::from_parts(required.ref_time() / steps * step, required.proof_size());
            let result = with_gas(&address, limit);
            if let Err(error) = result.result {
                assert_eq!(error, Error::<Test>::OutOfGas.into());
            }
            assert!(limit.all_gte(result.gas_consumed), "{limit:?}");
        }
    });
}

#[test]
fn an_extrinsic_pays_its_base_and_what_it_used() {
    use crate::WeightInfo;
    on_chain(|| {
        let address = deploy(contract(STORE));
        let dry = with_gas(&address, GAS_LIMIT);
        let call = crate::Call::<Test>::call {
            dest: address.clone(),
            value: 0,
            gas_limit: GAS_LIMIT,
            storage_deposit_limit: None,
            data: vec![],
        };
        let base = <Test as Config>::WeightInfo::call();
        assert_eq!(call.get_dispatch_info().call_weight, base + GAS_LIMIT);
        let post = Contracts::call(RuntimeOrigin::signed(ALICE), address, 0, GAS_LIMIT, None, vec![]).unwrap();
        // The dry run has left the value there, so that the same call again reads its 40 bytes.
        let again = dry.gas_consumed + Weight::from_parts(114 * 40, 40);
        assert_eq!(post.actual_weight, Some(base + again));
    });
}
