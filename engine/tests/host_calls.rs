//! What a host sees of a call: its arguments, and what becomes of its answer.

use std::fmt::Write;
use vellum_engine::{Dispatch, Execution, Exit, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits};

const LIMITS: RunLimits = RunLimits { call_depth: 16, stack_height: 4_096, memory_pages: 1, table_elements: 4 };
const FUEL: u64 = 1_000_000;

/// What stands above the i32s that are passed.
const ABOVE: u64 = 0xdead_beef_0000_0000;

/// The ways to call the host.
const CALLS: [&str; 4] = [
    "call $host",
    "return_call $host",
    "i32.const 1 call_indirect (type $host)",
    "i32.const 1 return_call_indirect (type $host)",
];

fn module(source: &str) -> Module {
    let blob = wat::parse_str(source).unwrap();
    Module::new(&blob, &Policy::all(), &PriceTable::new([3; GasClass::COUNT]).unwrap(), Mode::Lazy).unwrap()
}

fn call(module: &Module, dispatch: Dispatch, args: &[u64]) -> Execution {
    let mut instance = Instance::new(module, LIMITS).unwrap();
    instance.set_dispatch(dispatch);
    instance.call(module.exported_func("run").unwrap(), args)
}

/// A module whose function calls the host with so many arguments, every third an i64, and returns its results. The
/// i32s are the lower halves of one i64, which `run` takes.
fn passes(params: usize, results: usize, call: &str) -> Module {
    let (mut types, mut args) = (String::new(), String::new());
    for param in 0..params {
        let (ty, arg) = if param % 3 == 0 {
            ("i64", format!("(i64.const {param})"))
        } else {
            ("i32", format!("(i32.wrap_i64 (i64.add (local.get 0) (i64.const {param})))"))
        };
        write!(types, " {ty}").unwrap();
        args += &arg;
    }
    let results = if results == 0 { String::new() } else { format!("(result{})", " i64".repeat(results)) };
    module(&format!(
        "(module
            (type $host (func (param{types}) {results}))
            (import \"host\" \"host\" (func $host (type $host)))
            (table 2 funcref)
            (elem (i32.const 1) $host)
            (func (export \"run\") (param i64) {results} {args} {call}))"
    ))
}

#[test]
fn arguments_arrive_whatever_their_number_and_without_what_stands_above_an_i32() {
    for dispatch in [Dispatch::Fastest, Dispatch::Loop] {
        for how in CALLS {
            // The word that a call has for its type holds 48.
            for params in [0, 1, 2, 5, 47, 48, 49, 80] {
                let module = passes(params, 0, how);
                let mut call = call(&module, dispatch, &[ABOVE]);
                let mut fuel = FUEL;
                assert_eq!(call.run(&mut fuel), Exit::HostCall { import: 0 });
                let expected: Vec<u64> = (0..params as u64).collect();
                assert_eq!(call.args(), expected, "{how} with {params}");
                assert_eq!(call.args_and_memory().0, expected, "{how} with {params}");
                assert_eq!(call.resume(&[], &mut fuel), Exit::Finished);
                assert_eq!(call.args(), []);
            }
        }
    }
}

#[test]
fn results_arrive_whatever_their_number_and_those_left_out_are_zero() {
    for how in CALLS {
        for results in [0, 1, 2, 3, 254, 255, 300] {
            // More arguments than results, and fewer: the cells of the one become those of the other.
            for params in [0, 5] {
                for given in [0, 1, 2, results, results + 1] {
                    let module = passes(params, results, how);
                    let mut call = call(&module, Dispatch::Fastest, &[ABOVE]);
                    let (mut fuel, given) = (FUEL, (1..=given as u64).collect::<Vec<_>>());
                    assert_eq!(call.run(&mut fuel), Exit::HostCall { import: 0 });
                    assert_eq!(call.resume(&given, &mut fuel), Exit::Finished);
                    let expected: Vec<u64> =
                        (0..results).map(|result| given.get(result).copied().unwrap_or(0)).collect();
                    assert_eq!(call.results(), expected, "{how}: {given:?} for {results}");
                }
            }
        }
    }
}

#[test]
fn what_comes_behind_a_call_is_paid_once_however_often_fuel_runs_out_there() {
    for dispatch in [Dispatch::Fastest, Dispatch::Loop] {
        for how in CALLS {
            let module = passes(2, 1, how);
            let mut whole = FUEL;
            let mut once = call(&module, dispatch, &[ABOVE]);
            once.run(&mut whole);
            assert_eq!(once.resume(&[7], &mut whole), Exit::Finished);

            let (mut call, mut fuel, mut used) = (call(&module, dispatch, &[ABOVE]), FUEL, 0);
            assert_eq!(call.run(&mut fuel), Exit::HostCall { import: 0 });
            // Asked again it says the same, and nothing has been paid.
            let before = fuel;
            assert_eq!(call.run(&mut fuel), Exit::HostCall { import: 0 });
            assert_eq!(fuel, before);
            used += FUEL - fuel;
            let mut given = 0;
            let mut exit = call.resume(&[7], &mut given);
            let mut handed = 0;
            while exit == Exit::OutOfFuel {
                // A second answer comes too late.
                assert_eq!(call.args(), []);
                (given, handed) = (given + 1, handed + 1);
                exit = call.resume(&[8], &mut given);
            }
            assert_eq!(exit, Exit::Finished);
            assert_eq!(call.results(), [7], "{how}");
            assert_eq!(FUEL - whole, used + handed - given, "{how}");
        }
    }
}

#[test]
fn a_function_that_is_imported_can_be_called_from_outside() {
    let source = r#"(module
        (import "host" "host" (func $host (param i32 i64 f32) (result i64 i32)))
        (export "run" (func $host)))"#;
    let mut call = call(&module(source), Dispatch::Fastest, &[ABOVE | 1, 2, ABOVE | 3]);
    let mut fuel = FUEL;
    assert_eq!(call.run(&mut fuel), Exit::HostCall { import: 0 });
    assert_eq!(call.args(), [1, 2, 3]);
    assert_eq!(call.resume(&[4, ABOVE | 5], &mut fuel), Exit::Finished);
    assert_eq!(call.results(), [4, 5]);
}
