//! What tools record of a call.

use super::*;
use vellum_host::profile::{self, Profile};

/// Reads a value that is not there, and calls itself once.
const TEXT: &str = r#"
    (import "seal0" "seal_input" (func $input (param i32 i32)))
    (import "seal0" "seal_address" (func $address (param i32 i32)))
    (import "seal1" "get_storage" (func $get (param i32 i32 i32 i32) (result i32)))
    (import "seal0" "seal_call" (func $call (param i32 i32 i64 i32 i32 i32 i32 i32 i32) (result i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\00\01\00\00\20\00\00\00")
    (func (export "call")
        (call $input (i32.const 300) (i32.const 0))
        (drop (call $get (i32.const 500) (i32.const 3) (i32.const 600) (i32.const 700)))
        (if (i32.load (i32.const 0))
            (then
                (call $address (i32.const 50) (i32.const 4))
                (drop (call $call (i32.const 50) (i32.const 32) (i64.const 0) (i32.const 800) (i32.const 8)
                    (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0))))))"#;

fn recorded() -> (CallResult, CallResult, Profile) {
    on_chain(|| {
        let address = deploy(contract(TEXT));
        let plain = call(&address, vec![1]);
        let (result, profile) = profile::record(|| call(&address, vec![1]));
        (plain, result, profile)
    })
}

#[test]
fn recording_changes_nothing() {
    let (plain, recorded, _) = recorded();
    assert_eq!(plain, recorded);
}

#[test]
fn what_is_recorded_adds_up_to_what_was_consumed() {
    let (_, result, profile) = recorded();
    let charged: Weight = profile
        .charges
        .values()
        .map(|share| Weight::from_parts(share.ref_time, share.proof_size))
        .fold(Weight::zero(), |sum, share| sum + share);
    let fuel: u64 = profile.gas_classes.values().map(|share| share.fuel).sum();
    assert!(fuel > 0);
    assert_eq!(charged + Weight::from_parts(fuel, 0), result.gas_consumed);
}

#[test]
fn each_host_function_is_counted_by_its_calls() {
    let (_, _, profile) = recorded();
    let count = |name| profile.charges.get(name).map_or(0, |share| share.count);
    assert_eq!(count("input"), 2);
    assert_eq!(count("get_storage"), 2);
    assert_eq!(count("address"), 1);
    assert_eq!(count("call"), 1);
    assert_eq!(count("load_code"), 2);
    assert_eq!(count("instantiate_module"), 2);
}
