//! Start functions.

use frame_support::weights::Weight;
use pallet_contracts::{Error, Event};
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

#[test]
fn a_start_function_runs_before_the_constructor_too_and_may_do_what_contracts_do() {
    chain::run(|| {
        let contract = deployed("start_event");
        let started = Event::ContractEmitted { contract: contract.clone(), data: b"started".to_vec() };
        let times = || chain::contract_events().iter().filter(|event| **event == started).count();
        assert_eq!(times(), 1);
        call(&contract).output();
        assert_eq!(times(), 2);
    });
}

#[test]
fn a_start_function_that_never_ends_uses_up_the_gas() {
    chain::run(|| {
        let limit = Weight::from_parts(5_000_000_000, chain::GAS_LIMIT.proof_size());
        let result = instantiate(&wat("start_spins")).gas(limit).run();
        assert_eq!(result.result.unwrap_err(), Error::<Test>::OutOfGas.into());
        assert_eq!(result.gas_consumed.ref_time(), limit.ref_time());
    });
}
