//! Truncated, bit-flipped and spliced blobs, and a few that were made by hand.

use crate::mutation::{FUEL, LIMITS, Random, mutated, run_all, seeds};
use vellum_engine::{CodeErrorKind, Exit, GasClass, Instance, Limit, Mode, Module, Policy, PriceTable};

const BLOBS: usize = if cfg!(miri) { 60 } else { 6_000 };

#[test]
fn mutated_blobs_are_refused_or_run_alike_in_every_mode() {
    let prices = PriceTable::new([100; GasClass::COUNT]).unwrap();
    let (seeds, mut random) = (seeds(), Random(0x5eed));
    let (mut accepted, mut refused, mut unvalidated) = (0, 0, 0);
    for _ in 0..BLOBS {
        let blob = mutated(&seeds, &mut random);
        match Module::new(&blob, &Policy::all(), &prices, Mode::Eager) {
            Err(error) => {
                refused += 1;
                assert!(!error.to_string().is_empty());
                for mode in [Mode::Lazy, Mode::TrustedLazy] {
                    // What a mode does not look at it may accept: then it runs to an exit.
                    if let Ok(module) = Module::new(&blob, &Policy::all(), &prices, mode) {
                        run_all(&module);
                        unvalidated += 1;
                    }
                }
            }
            Ok(eager) => {
                accepted += 1;
                for mode in [Mode::LazyTranslation, Mode::Lazy, Mode::TrustedLazy] {
                    let lazy = Module::new(&blob, &Policy::all(), &prices, mode).unwrap();
                    assert!(run_all(&eager) == run_all(&lazy), "{mode:?} differs on {blob:02x?}");
                }
            }
        }
    }
    println!("{accepted} accepted, {refused} refused, {unvalidated} runs of invalid blobs");
    assert!(accepted > BLOBS / 12 && refused > BLOBS / 12, "the mutations reach both sides: {accepted}, {refused}");
}

#[test]
fn fuel_runs_out_at_the_same_place_however_little_there_is() {
    let source = include_str!("../golden/calls.wat");
    let prices = PriceTable::new([10; GasClass::COUNT]).unwrap();
    let module = Module::new(&wat::parse_str(source).unwrap(), &Policy::all(), &prices, Mode::Eager).unwrap();
    let run = |fuel: u64| {
        let mut left = fuel;
        let instance = Instance::new(&module, LIMITS).unwrap();
        let exit = instance.call(module.exported_func("fib").unwrap(), &[6]).run(&mut left);
        (exit, fuel - left)
    };
    let (exit, needed) = run(u64::MAX);
    assert_eq!(exit, Exit::Finished);
    let mut last = 0;
    for fuel in (0..needed).step_by(if cfg!(miri) { 97 } else { 1 }) {
        let (exit, used) = run(fuel);
        assert_eq!(exit, Exit::OutOfFuel, "with {fuel} of {needed}");
        assert!(used >= last && used <= fuel, "what is used grows with what is given");
        last = used;
    }
    assert_eq!(run(needed), (Exit::Finished, needed));
}

#[test]
fn more_fuel_lets_a_run_go_on_as_if_it_had_never_stopped() {
    let source = include_str!("../golden/calls.wat");
    let prices = PriceTable::new([10; GasClass::COUNT]).unwrap();
    let module = Module::new(&wat::parse_str(source).unwrap(), &Policy::all(), &prices, Mode::Eager).unwrap();
    let call = || Instance::new(&module, LIMITS).unwrap().call(module.exported_func("fib").unwrap(), &[8]);
    let (mut whole, mut fuel) = (call(), u64::MAX);
    assert_eq!(whole.run(&mut fuel), Exit::Finished);
    let needed = u64::MAX - fuel;
    let (mut pieces, mut left, mut given) = (call(), 0, 0);
    loop {
        match pieces.run(&mut left) {
            Exit::OutOfFuel => {
                left += 7;
                given += 7;
            }
            exit => {
                assert_eq!(exit, Exit::Finished);
                break;
            }
        }
    }
    assert_eq!(pieces.results(), whole.results());
    assert_eq!(given - left, needed);
}

#[test]
fn a_frame_that_is_too_high_is_refused_by_its_height() {
    let source = format!("(module (func (local i32 i32) {} {}))", "i32.const 1 ".repeat(20), "drop ".repeat(20));
    let prices = PriceTable::new([10; GasClass::COUNT]).unwrap();
    let mut policy = Policy::all();
    policy.limits.height = 16;
    let error = Module::new(&wat::parse_str(source).unwrap(), &policy, &prices, Mode::Eager).err().unwrap();
    assert_eq!(error.kind, CodeErrorKind::Limit { limit: Limit::Height, count: 17, max: 16 });
    assert_eq!(error.function, Some(0));
}

#[test]
fn an_operator_without_a_row_is_refused_by_its_name() {
    // `ref.i31`, of a proposal that no policy accepts, in a body that nobody validates.
    let mut blob = wat::parse_str("(module (func (export \"f\") i32.const 7 drop nop))").unwrap();
    let at = blob.windows(4).position(|bytes| bytes == [0x41, 7, 0x1a, 0x01]).unwrap();
    blob[at + 2..at + 4].copy_from_slice(&[0xfb, 0x1c]);
    let prices = PriceTable::new([10; GasClass::COUNT]).unwrap();
    let module = Module::new(&blob, &Policy::all(), &prices, Mode::TrustedLazy).unwrap();
    let error = module.translate_all().unwrap_err();
    assert_eq!(error.kind, CodeErrorKind::Operator { name: "RefI31".into() });
}

#[test]
fn a_first_call_that_finds_invalid_code_has_been_paid() {
    let blob = wat::parse_str("(module (func (export \"f\") (result i32) (i64.const 1)))").unwrap();
    let prices = PriceTable::new([10; GasClass::COUNT]).unwrap();
    let module = Module::new(&blob, &Policy::all(), &prices, Mode::Lazy).unwrap();
    let mut call = Instance::new(&module, LIMITS).unwrap().call(module.exported_func("f").unwrap(), &[]);
    let mut fuel = 1_000;
    assert_eq!(call.run(&mut fuel), Exit::Trap(vellum_engine::Trap::InvalidCode));
    // The function, and the four bytes of its body.
    assert_eq!(1_000 - fuel, 10 * (1 + 4));
    assert_eq!(call.invalid_code().and_then(|error| error.function), Some(0));
}

#[test]
fn what_a_host_leaves_out_of_its_results_is_zero() {
    let source = r#"(module (import "env" "f" (func $f (result i64)))
        (func (export "g") (result i64) (drop (i64.add (i64.const 5) (i64.const 20000000000))) (call $f)))"#;
    let prices = PriceTable::new([10; GasClass::COUNT]).unwrap();
    let module = Module::new(&wat::parse_str(source).unwrap(), &Policy::all(), &prices, Mode::Eager).unwrap();
    let mut call = Instance::new(&module, LIMITS).unwrap().call(module.exported_func("g").unwrap(), &[]);
    let mut fuel = FUEL;
    assert_eq!(call.run(&mut fuel), Exit::HostCall { import: 0 });
    assert_eq!(call.resume(&[], &mut fuel), Exit::Finished);
    assert_eq!(call.results(), [0]);
}
