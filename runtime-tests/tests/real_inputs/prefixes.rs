//! A run with little fuel is the beginning of the run with enough (Law 1): it makes the same host calls at the same
//! cost, and ends where the next block cannot be paid.

use crate::small_host::{self, End, Trace, Values};
use vellum_engine::Mode;
use vellum_runtime_tests::{
    fixture::{ink, ink_file, message},
    shared::report,
};

const ENOUGH: u64 = 100_000_000_000_000;

/// The host calls and what had been used when each was made.
fn used_at(trace: &Trace, fuel: u64) -> Vec<(String, u64)> {
    trace.host_calls.iter().map(|(name, left)| (name.clone(), fuel - left)).collect()
}

fn check(name: &str, code: &[u8], constructor: &[u8], input: &[u8]) {
    let module = small_host::load(code, Mode::LazyTranslation);
    let mut values = Values::new();
    let created = small_host::run(&module, "deploy", constructor, &mut values, ENOUGH);
    assert!(matches!(created.end, End::Returned { flags: 0, .. }), "{name}: {created:?}");
    let run = |fuel: u64| small_host::run(&module, "call", input, &mut values.clone(), fuel);

    let whole = run(ENOUGH);
    let all_calls = used_at(&whole, ENOUGH);
    let needed = ENOUGH - whole.fuel;
    let mut fuels: Vec<u64> = all_calls.iter().flat_map(|(_, used)| [used - 1, *used, used + 1]).collect();
    fuels.extend((0..1_000).map(|point| needed / 1_000 * point));
    fuels.extend([0, 1, needed - 1]);
    // The last host call returns, so what suffices for it suffices for all.
    fuels.retain(|fuel| *fuel < needed);
    for fuel in &fuels {
        let trace = run(*fuel);
        let calls = used_at(&trace, *fuel);
        let affordable = all_calls.iter().filter(|(_, used)| used <= fuel).count();
        assert_eq!(calls, all_calls[..affordable], "{name} with {fuel} of {needed}");
        assert_eq!(trace.end, End::OutOfFuel, "{name} with {fuel} of {needed}");
    }
    for fuel in [needed, needed + 1] {
        let trace = run(fuel);
        assert_eq!((&trace.end, trace.fuel), (&whole.end, fuel - needed), "{name} with {fuel} of {needed}");
    }
    report(format_args!("{name}: {} fuels, {} host calls, {needed} needed", fuels.len(), all_calls.len()));
}

#[test]
fn a_run_with_little_fuel_is_the_beginning_of_the_run_with_enough() {
    check("flip", &ink("flipper"), &message("new", true), &message("flip", ()));
    let default_flags = ink_file("flipper", "flipper-default-flags");
    check("flip, default flags", &default_flags, &message("new", true), &message("flip", ()));
    check("trap", &ink("flipper"), &message("new", true), &message("flip_and_trap", ()));
    let transfer = message("transfer", ([7u8; 32], 10u128));
    check("transfer", &ink("erc20"), &message("new", 1_000u128), &transfer);
}
