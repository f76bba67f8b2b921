//! Gas limits from nothing to enough: each of them ends in success or in `OutOfGas`, and what runs out leaves nothing
//! behind but its cost.
//!
//! What a limit leads to changes at a few values only: where a charge of the host becomes payable, and where the whole
//! call does. A regular sweep finds that two neighbours differ; halving the distance then finds the exact value, and
//! the values at it and beside it are tested.

use codec::Encode;
use frame_support::{storage::with_transaction_unchecked, weights::Weight};
use pallet_contracts::Error;
use sp_runtime::TransactionOutcome;
use std::collections::BTreeMap;
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, CHARLIE, Call, call, deployed, instantiate},
    fixture::{ink, message},
    inputs::{Storage, answer, code, forward, storage},
    runtime::{Test, state_root},
    shared,
};

/// Points of the regular sweep.
const POINTS: u64 = 400;

/// What becomes of a call under a limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// It succeeded, or went on without a callee that ran out.
    Success(u64),
    /// A charge of the host was refused: this had been used.
    HostRefused(u64),
    /// Fuel ran out within WebAssembly: everything was used.
    FuelExhausted,
}

/// Runs the call, undoes it, and judges it on the way.
fn outcome(call: &Call, ref_time: u64, proof_size: u64) -> Outcome {
    let limit = Weight::from_parts(ref_time, proof_size);
    with_transaction_unchecked(|| {
        // A transaction notes its depth in the state: roots compare within one only.
        let before = state_root();
        let result = call.clone().gas(limit).run();
        assert!(result.gas_consumed.all_lte(limit), "{:?} of {limit:?}", result.gas_consumed);
        assert!(result.gas_consumed.all_lte(result.gas_required));
        assert!(result.gas_required.all_lte(limit));
        let used = result.gas_consumed.ref_time();
        let outcome = match result.result {
            Ok(_) => Outcome::Success(used),
            Err(error) => {
                assert_eq!(error, Error::<Test>::OutOfGas.into(), "under {limit:?}");
                assert_eq!(before, state_root(), "traces under {limit:?}");
                match used {
                    _ if used == ref_time => Outcome::FuelExhausted,
                    _ => Outcome::HostRefused(used),
                }
            }
        };
        TransactionOutcome::Rollback(outcome)
    })
}

/// Sweeps over all limits up to `to`, and returns the outcomes on both sides of every change.
fn sweep(call: &Call, to: u64, proof_size: u64) -> BTreeMap<u64, Outcome> {
    let at = |limit| outcome(call, limit, proof_size);
    let mut seen = BTreeMap::new();
    let stride = (to / POINTS).max(1);
    let mut below = (0, at(0));
    seen.insert(below.0, below.1);
    while below.0 < to {
        let limit = (below.0 + stride).min(to);
        let above = (limit, at(limit));
        seen.insert(above.0, above.1);
        if below.1 != above.1 {
            find_changes(&at, below, above, &mut seen);
        }
        below = above;
    }
    seen
}

fn find_changes(
    at: &impl Fn(u64) -> Outcome,
    below: (u64, Outcome),
    above: (u64, Outcome),
    seen: &mut BTreeMap<u64, Outcome>,
) {
    if above.0 - below.0 <= 1 || below.1 == above.1 {
        return;
    }
    let limit = below.0 + (above.0 - below.0) / 2;
    let middle = (limit, at(limit));
    seen.insert(middle.0, middle.1);
    find_changes(at, below, middle, seen);
    find_changes(at, middle, above, seen);
}

/// What must hold between the outcomes of growing limits.
fn check_order(name: &str, seen: &BTreeMap<u64, Outcome>) {
    let mut last_refusal = 0;
    for (limit, outcome) in seen {
        if let Outcome::HostRefused(used) = outcome {
            assert!(*used >= last_refusal, "{name}: under {limit} a charge is refused earlier than under less");
            last_refusal = *used;
        }
    }
}

/// A call that fails as a whole when gas runs out anywhere.
fn sweep_flat(name: &str, call: &Call) {
    let enough = call.clone();
    let needed = with_transaction_unchecked(|| TransactionOutcome::Rollback(enough.run().gas_required));
    let to = needed.ref_time() + needed.ref_time() / 50;
    let seen = sweep(call, to, needed.proof_size());
    check_order(name, &seen);

    let succeeds = |limit: u64| matches!(outcome(call, limit, needed.proof_size()), Outcome::Success(_));
    assert!(succeeds(needed.ref_time()), "{name}: what was required does not suffice");
    assert!(!succeeds(needed.ref_time() - 1), "{name}: less than what was required suffices");
    let first_success = seen.iter().find(|(_, outcome)| matches!(outcome, Outcome::Success(_)));
    let (first_success, expected) = first_success.expect("enough is enough");
    for (limit, outcome) in &seen {
        match outcome {
            Outcome::Success(_) => assert_eq!(outcome, expected, "{name}: gas depends on the limit {limit}"),
            _ => assert!(limit < first_success, "{name}: succeeds under {first_success} but not under {limit}"),
        }
    }
    report(name, &seen);
    // Too little proof size alone ends in a refused charge of the host.
    assert!(needed.proof_size() > 0);
    for proof_size in [0, 1, needed.proof_size() - 1] {
        let outcome = outcome(call, to, proof_size);
        assert!(matches!(outcome, Outcome::HostRefused(_)), "{name}: {outcome:?} with proof size {proof_size}");
    }
}

fn report(name: &str, seen: &BTreeMap<u64, Outcome>) {
    let count = |wanted: fn(&Outcome) -> bool| seen.values().filter(|outcome| wanted(outcome)).count();
    let (success, fuel) = (
        count(|outcome| matches!(outcome, Outcome::Success(_))),
        count(|outcome| matches!(outcome, Outcome::FuelExhausted)),
    );
    let mut refusals: Vec<u64> = seen
        .values()
        .filter_map(|outcome| match outcome {
            Outcome::HostRefused(used) => Some(*used),
            _ => None,
        })
        .collect();
    refusals.dedup();
    shared::report(format_args!(
        "{name}: {} limits: {success} succeed, {fuel} exhaust the fuel, the others are refused at {} charges",
        seen.len(),
        refusals.len()
    ));
    assert!(fuel > 0 && refusals.len() > 3, "{name}: the sweep missed what it looks for");
}

#[test]
fn every_limit_for_a_flip() {
    chain::run(|| {
        let flipper = instantiate(&ink("flipper")).bytes(&message("new", true)).address();
        sweep_flat("flip", &call(&flipper).bytes(&message("flip", ())));
    });
}

#[test]
fn every_limit_for_a_transfer_of_tokens() {
    chain::run(|| {
        let token = instantiate(&ink("erc20")).bytes(&message("new", 1_000u128)).address();
        call(&token).bytes(&message("approve", (BOB, 500u128))).output();
        let transfer = message("transfer_from", (ALICE, CHARLIE, 300u128));
        sweep_flat("transfer_from", &call(&token).from(&BOB).bytes(&transfer));
    });
}

#[test]
fn every_limit_for_storing_a_value() {
    chain::run(|| {
        let contract = deployed("storage");
        sweep_flat("store", &call(&contract).bytes(&storage(Storage::Set, b"key", &[7; 200])));
    });
}

/// ink!'s `invoke` traps when its callee could not finish, so the caller fails too: with `OutOfGas` in its own frame or
/// with a trap because of the frame below.
#[test]
fn every_limit_for_a_flip_through_another_contract() {
    chain::run(|| {
        let flipper = instantiate(&ink("flipper")).bytes(&message("new", true)).address();
        let caller = instantiate(&ink("caller")).bytes(&message("new", &flipper)).address();
        let flip = call(&caller).bytes(&message("flip", ()));
        let needed = with_transaction_unchecked(|| TransactionOutcome::Rollback(flip.clone().run().gas_required));
        let (mut trapped, mut out_of_gas) = (0, 0);
        for point in 0..POINTS {
            let limit = Weight::from_parts(needed.ref_time() / POINTS * point, needed.proof_size());
            let before = state_root();
            let result = flip.clone().gas(limit).run();
            assert!(result.gas_consumed.all_lte(limit));
            assert_eq!(before, state_root());
            let error = result.result.expect_err("less than what is required does not suffice");
            match () {
                () if error == Error::<Test>::OutOfGas.into() => out_of_gas += 1,
                () if error == Error::<Test>::ContractTrapped.into() => trapped += 1,
                () => panic!("{error:?}"),
            }
        }
        shared::report(format_args!(
            "flip through another: {out_of_gas} out of gas, {trapped} trapped because of the callee"
        ));
        assert!(trapped > 0 && out_of_gas > 0);
    });
}

/// A caller that survives its callee: the callee's changes are there if and only if the callee succeeded.
#[test]
fn every_limit_for_a_callee() {
    chain::run(|| {
        let (caller, store) = (deployed("call"), deployed("storage"));
        let data = storage(Storage::Set, b"key", &[7; 50]);
        let probe = call(&caller).bytes(&[forward(&store).bytes(), data.clone()].concat());
        let needed = with_transaction_unchecked(|| TransactionOutcome::Rollback(probe.run().gas_required));
        let (mut succeeded, mut failed) = (0, 0);
        for point in 1..=POINTS {
            let limit = Weight::from_parts(needed.ref_time() / POINTS * point, needed.proof_size());
            let input = [forward(&store).gas(limit).bytes(), data.clone()].concat();
            with_transaction_unchecked(|| {
                let before = vellum_runtime_tests::state::contract(&store).encode_values();
                let (result, _) = answer(call(&caller).bytes(&input).output());
                let changed = before != vellum_runtime_tests::state::contract(&store).encode_values();
                match result {
                    code::SUCCESS => succeeded += 1,
                    code::CALLEE_TRAPPED => failed += 1,
                    other => panic!("an answer of {other}"),
                }
                assert_eq!(changed, result == code::SUCCESS, "under {limit:?}");
                TransactionOutcome::Rollback(())
            });
        }
        shared::report(format_args!("callee with a limit: {succeeded} succeed, {failed} do not"));
        assert!(succeeded > 0 && failed > 0);
    });
}

trait EncodeValues {
    fn encode_values(&self) -> Vec<u8>;
}

impl EncodeValues for Option<vellum_runtime_tests::state::ContractInfo> {
    fn encode_values(&self) -> Vec<u8> {
        self.as_ref().map(|info| (info.storage_bytes, info.storage_items, info.values())).encode()
    }
}
