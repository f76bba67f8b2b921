//! Gas: what is left, what is taken, what comes back.

use codec::Encode;
use frame_support::{assert_ok, weights::Weight};
use pallet_contracts::Error;
use vellum_runtime_tests::{
    chain::{self, GAS_LIMIT, call, deployed},
    errands,
    inputs::{answer, answer_code, code, forward},
    runtime::{AccountId, RuntimeCall, Test},
};

fn ref_time(amount: u64) -> Weight {
    Weight::from_parts(amount, GAS_LIMIT.proof_size())
}

#[test]
fn a_contract_that_never_ends_uses_all_the_time_it_was_given() {
    chain::run(|| {
        let spin = deployed("spin");
        for limit in [1_000_000_000, 5_000_000_000] {
            let result = call(&spin).gas(ref_time(limit)).run();
            assert_eq!(result.result, Err(Error::<Test>::OutOfGas.into()));
            assert_eq!(result.gas_consumed.ref_time(), limit);
            assert!(result.gas_consumed.proof_size() < GAS_LIMIT.proof_size());
        }
    });
}

#[test]
fn a_charge_of_the_host_that_cannot_be_paid_takes_nothing() {
    chain::run(|| {
        let contract = deployed("gas_left");
        let needed = call(&contract).run().gas_required;
        // Too little proof size for the code itself: this is charged before anything runs.
        let short = Weight::from_parts(needed.ref_time(), needed.proof_size() - 1);
        let result = call(&contract).gas(short).run();
        assert_eq!(result.result, Err(Error::<Test>::OutOfGas.into()));
        assert_eq!(result.gas_consumed, Weight::zero());
        assert!(result.gas_required.all_lte(short));
    });
}

#[test]
fn more_work_uses_more_gas_and_equal_work_equal_gas() {
    chain::run(|| {
        let contract = deployed("count");
        let used = |steps: u32| call(&contract).input(steps).run().gas_consumed.ref_time();
        let (none, some, more) = (used(0), used(1_000), used(2_000));
        assert!(none < some && some < more);
        assert_eq!(more - some, some - none);
        assert_eq!(some, used(1_000));
    });
}

#[test]
fn gas_left_is_what_is_left() {
    chain::run(|| {
        let contract = deployed("gas_left");
        let result = call(&contract).gas(ref_time(10_000_000_000)).run();
        let left = u64::from_le_bytes(result.result.unwrap().data.try_into().unwrap());
        let used = result.gas_consumed.ref_time();
        assert!(left < 10_000_000_000);
        // After asking, the contract has still to copy its answer out and to return.
        assert!(left >= 10_000_000_000 - used);
        let more = call(&contract).gas(ref_time(11_000_000_000)).output();
        assert_eq!(u64::from_le_bytes(more.try_into().unwrap()), left + 1_000_000_000);
    });
}

#[test]
fn what_was_required_suffices() {
    chain::run(|| {
        let caller = deployed("call");
        let contract = deployed("count");
        let input = [forward(&contract).bytes(), 1_000u32.to_le_bytes().to_vec()].concat();
        let first = call(&caller).bytes(&input).run();
        assert!(first.gas_consumed.all_lte(first.gas_required));
        let again = call(&caller).bytes(&input).gas(first.gas_required).run();
        assert_ok!(again.result);
        assert_eq!(again.gas_consumed, first.gas_consumed);
        let short = Weight::from_parts(first.gas_required.ref_time() - 1, first.gas_required.proof_size());
        let failed = call(&caller).bytes(&input).gas(short).run();
        // Depending on where the gas runs out, the outer call fails or sees the inner one fail.
        if let Ok(returned) = failed.result {
            assert_eq!(answer_code(returned.data), code::CALLEE_TRAPPED);
        }
    });
}

#[test]
fn a_sub_call_gets_no_more_than_its_limit_and_the_caller_goes_on() {
    chain::run(|| {
        let (caller, spin) = (deployed("call"), deployed("spin"));
        let limit = Weight::from_parts(3_000_000_000, 1_000_000);
        let result = call(&caller).bytes(&forward(&spin).gas(limit).bytes()).run();
        assert_eq!(answer_code(result.result.unwrap().data), code::CALLEE_TRAPPED);
        let used = result.gas_consumed.ref_time();
        assert!(used >= limit.ref_time(), "the callee's time is gone");
        assert!(used < 2 * limit.ref_time(), "and nothing but it");
    });
}

#[test]
fn a_limit_above_what_is_left_is_what_is_left() {
    chain::run(|| {
        let (caller, count) = (deployed("call"), deployed("count"));
        let generous = Weight::from_parts(u64::MAX, u64::MAX);
        let input = [forward(&count).gas(generous).bytes(), 10u32.to_le_bytes().to_vec()].concat();
        let (result, left) = answer(call(&caller).bytes(&input).output());
        assert_eq!(result, code::SUCCESS);
        assert!(u64::from_le_bytes(left.try_into().unwrap()) < GAS_LIMIT.ref_time());
    });
}

#[test]
fn gas_that_a_callee_did_not_use_returns_to_the_caller() {
    chain::run(|| {
        let (caller, count) = (deployed("call"), deployed("count"));
        let with_limit = |limit: u64| {
            let forward = forward(&count).gas(Weight::from_parts(limit, 1_000_000));
            let input = [forward.bytes(), 1_000u32.to_le_bytes().to_vec()].concat();
            let result = call(&caller).bytes(&input).run();
            assert_eq!(answer(result.result.unwrap().data).0, code::SUCCESS);
            result.gas_consumed
        };
        assert_eq!(with_limit(50_000_000_000), with_limit(100_000_000_000));
    });
}

/// Calls `levels` times down a chain of calling contracts to one that does nothing.
fn gas_of_nesting(levels: u32) -> Weight {
    let caller = deployed("call");
    let nothing = deployed("nothing");
    let mut input = Vec::new();
    let mut callee: AccountId = nothing;
    for _ in 0..levels {
        input = [forward(&callee).flags(8).bytes(), input].concat();
        callee = caller.clone();
    }
    let result = call(&callee).bytes(&input).run();
    assert_ok!(result.result);
    result.gas_consumed
}

#[test]
fn nesting_costs_no_more_than_its_parts() {
    let costs: Vec<Weight> = (0..5).map(|levels| chain::run(|| gas_of_nesting(levels))).collect();
    let steps: Vec<u64> = costs.windows(2).map(|pair| pair[1].ref_time() - pair[0].ref_time()).collect();
    // Each level copies a little more input than the one below, and is otherwise the same again.
    for pair in steps.windows(2).skip(1) {
        let difference = pair[1].abs_diff(pair[0]);
        assert!(difference < pair[0] / 20, "{steps:?} do not grow evenly");
    }
}

#[test]
fn calls_of_the_host_are_paid_in_between_and_disturb_nothing() {
    chain::run(|| {
        let contract = deployed("ask_often");
        let used = |times: u32| call(&contract).input(times).run().gas_consumed.ref_time();
        let (none, once, twice, often) = (used(0), used(1), used(2), used(100));
        let host = <() as pallet_contracts::WeightInfo>::seal_caller_is_origin().ref_time();
        assert!(once - none > host);
        assert_eq!(twice - once, once - none);
        assert_eq!(often - none, 100 * (once - none));
    });
}

#[test]
fn each_level_of_calls_costs_the_same() {
    chain::run(|| {
        let contract = deployed("recurse");
        let used = |levels: u32| {
            let result = call(&contract).input(levels).run();
            assert_ok!(result.result);
            result.gas_consumed
        };
        // The mock runtime's stack has room for five frames above the first.
        let steps: Vec<Weight> = (0..5).map(|levels| used(levels + 1) - used(levels)).collect();
        assert_eq!(steps, [steps[0]; 5]);
        assert!(steps[0].all_gt(Weight::zero()));
        assert_eq!(call(&contract).input(6u32).error(), Error::<Test>::ContractTrapped.into());
    });
}

/// What is charged before a call of the runtime, and mostly given back, is required all the same.
#[test]
fn a_dispatched_call_requires_what_it_might_have_cost() {
    chain::run(|| {
        let contract = deployed("call_runtime");
        let might = Weight::from_parts(10_000_000, 1_000);
        let did = Weight::from_parts(100, 100);
        let errand = errands::Call::cheap_after_all { charged: might, actual: did };
        let input = RuntimeCall::Errands(errand);
        let result = call(&contract).input(&input).run();
        assert_eq!(answer_code(result.result.unwrap().data), code::SUCCESS);
        assert!(result.gas_required.all_gt(result.gas_consumed));
        assert_eq!((result.gas_required - result.gas_consumed).proof_size(), 900);
        let exact = call(&contract).input(&input).gas(result.gas_required).run();
        assert_eq!(answer_code(exact.result.unwrap().data), code::SUCCESS);
        let short = result.gas_required.saturating_sub(Weight::from_parts(0, 1));
        assert_eq!(call(&contract).input(&input).gas(short).error(), Error::<Test>::OutOfGas.into());
    });
}

/// A dry run says what a call needs, whatever limit the contract sets for its own call, and no unit less will do.
#[test]
fn what_a_call_in_a_call_requires_is_exact() {
    chain::run(|| {
        let (caller, nothing, dispatcher) = (deployed("call"), deployed("nothing"), deployed("call_runtime"));
        let (charged, actual) = (Weight::from_parts(10_000_000_000, 512 * 1024), Weight::from_parts(1, 1));
        let errand = RuntimeCall::Errands(errands::Call::cheap_after_all { charged, actual });
        let limits = [
            Weight::zero(),
            GAS_LIMIT,
            GAS_LIMIT * 2,
            GAS_LIMIT / 5,
            Weight::from_parts(0, GAS_LIMIT.proof_size()),
            Weight::from_parts(GAS_LIMIT.ref_time(), 0),
        ];
        for limit in limits {
            for (callee, data, overcharges) in [(&nothing, vec![], false), (&dispatcher, errand.encode(), true)] {
                let input = [forward(callee).gas(limit).bytes(), data].concat();
                let simulated = call(&caller).bytes(&input).run();
                assert_eq!(answer(simulated.result.unwrap().data).0, code::SUCCESS);
                let required = simulated.gas_required;
                assert_eq!(required.all_gt(simulated.gas_consumed), overcharges);
                assert_eq!(required == simulated.gas_consumed, !overcharges);
                let exact = call(&caller).bytes(&input).gas(required).run();
                assert_eq!(answer(exact.result.unwrap().data).0, code::SUCCESS);
                for less in [Weight::from_parts(1, 0), Weight::from_parts(0, 1)] {
                    let short = call(&caller).bytes(&input).gas(required - less).run().result;
                    let short = short.map(|returned| answer_code(returned.data));
                    // The call that has too little fails: the inner one, of which the outer learns, or the outer one.
                    let expected =
                        if overcharges { Ok(code::CALLEE_TRAPPED) } else { Err(Error::<Test>::OutOfGas.into()) };
                    assert_eq!(short, expected, "limit {limit:?}, short of {less:?}");
                }
            }
        }
    });
}
