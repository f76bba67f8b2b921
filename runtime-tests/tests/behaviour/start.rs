//! Start functions.

use pallet_contracts::Error;
use vellum_runtime_tests::{
    chain::{self, call, deployed, instantiate},
    fixture::wat,
    runtime::Test,
};

#[test]
fn a_start_function_runs_before_the_entry_point_of_every_call() {
    chain::run(|| {
        let contract = deployed("start");
        for _ in 0..2 {
            assert_eq!(call(&contract).output(), 42u32.to_le_bytes());
        }
    });
}

#[test]
fn a_start_function_that_returns_ends_the_call() {
    chain::run(|| {
        let contract = deployed("start_returns");
        assert_eq!(call(&contract).output(), b"start");
    });
}

#[test]
fn a_start_function_that_traps_fails_the_call() {
    chain::run(|| {
        assert_eq!(instantiate(&wat("start_traps")).error(), Error::<Test>::ContractTrapped.into());
    });
}
