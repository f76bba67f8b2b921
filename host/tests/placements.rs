//! Both placements do the same: the same program with the same answers leaves the same trace, exit by exit.

mod common;

use common::*;
use vellum_host::{ReadPlan, Span, SpanLen, Terms, Validation};

/// Runs a program in a placement and notes all that its caller can see.
macro_rules! traced {
    ($name:ident, $wall:ident) => {
        fn $name(
            blob: &[u8],
            validation: Validation,
            terms: Terms,
            plan: &[Span],
            portion: u64,
            portions: usize,
        ) -> Vec<String> {
            use vellum_host::{Exit, $wall as wall};
            let session = wall::Session::open(terms);
            let module = match session.code(blob.to_vec(), &[], validation).load() {
                Ok(module) => module,
                Err(_) => return vec!["refused".into()],
            };
            let mut seen: Vec<String> = module.func_imports().map(|import| format!("{import:?}")).collect();
            let entry_points = ["deploy", "call", "unknown"].map(|name| module.entry_point(name));
            seen.push(format!("{entry_points:?} {:?} {}", module.start_func(), module.instantiation_fuel()));
            let (start, imports) = (module.start_func(), module.func_imports().count());
            let plans = |all: &mut ReadPlan| (0..imports).for_each(|_| all.import(plan.iter().copied()));
            let mut instance = match module.instantiate(plans) {
                Ok(instance) => instance,
                Err(trap) => return [seen, vec![format!("{trap:?}")]].concat(),
            };
            for func in start.into_iter().chain(entry_points[1].map(|entry_point| entry_point.func)) {
                let mut execution = instance.call(func);
                let (mut fuel, mut given) = (portion, 1);
                let mut exit = execution.run(&mut fuel);
                loop {
                    seen.push(format!("{exit:?} {fuel} {}", execution.memory_bytes()));
                    match exit {
                        Exit::HostCall { .. } => {
                            let args = execution.args().to_vec();
                            seen.push(format!("{args:?}"));
                            let cell = |at: usize| args.get(at).copied().unwrap_or(0) as u32;
                            let result = touch(cell(0), cell(1), &mut seen, &mut execution);
                            exit = execution.resume(Some(result), &mut fuel);
                        }
                        Exit::OutOfFuel if given < portions => {
                            (fuel, given) = (fuel + portion, given + 1);
                            exit = execution.run(&mut fuel);
                        }
                        _ => break,
                    }
                }
                seen.push(format!("{:?}", execution.results()));
                instance = execution.into_instance();
            }
            return seen;

            /// Reads, writes and reads again, around a span and across its ends.
            fn touch(ptr: u32, len: u32, seen: &mut Vec<String>, execution: &mut wall::Execution) -> u64 {
                let spans =
                    [(ptr, len), (ptr, 4), (ptr.wrapping_add(1), len), (ptr.wrapping_sub(2), 4), (0, 8), (ptr, 0)];
                let mut read = |execution: &wall::Execution| {
                    for (offset, len) in spans {
                        let mut bytes = vec![0xee; len.min(100_000) as usize];
                        let result = execution.read_memory(offset, &mut bytes);
                        let sum =
                            bytes.iter().fold(0u64, |sum, byte| sum.wrapping_mul(31).wrapping_add((*byte).into()));
                        seen.push(format!("{offset}+{len}: {result:?} {sum:x}"));
                    }
                };
                read(execution);
                let writes = [
                    (ptr.wrapping_add(2), &b"AB"[..]),
                    (ptr.wrapping_sub(1), b"cdef"),
                    (ptr.wrapping_add(3), b"G"),
                    (65_534, b"end"),
                    (u32::MAX, b"x"),
                    (3, b""),
                ];
                let mut results = writes.map(|(offset, bytes)| execution.write_memory(offset, bytes)).to_vec();
                read(execution);
                // Longer than what waits.
                results.push(execution.write_memory(ptr.wrapping_add(1), &[0x55; 5_000]));
                results.push(execution.write_memory(ptr, b"z"));
                read(execution);
                seen.push(format!("{results:?}"));
                u64::from(ptr) + 3
            }
        }
    };
}

traced!(linked, linked);
traced!(remote, remote);

/// A program, and the same in both placements under plans that help and plans that do not.
fn same(text: &str) -> Vec<String> {
    same_under(text, terms())
}

fn same_under(text: &str, terms: Terms) -> Vec<String> {
    let blob = blob(text);
    let expected = linked(&blob, Validation::Due, terms, &[], FUEL, 1);
    // Valid code does the same whether it is validated once more or not.
    assert_eq!(linked(&blob, Validation::Done, terms, &[], FUEL, 1), expected);
    let span = |pointer, len| Span { pointer, len };
    let plans = [
        vec![],
        vec![span(0, SpanLen::Arg(1))],
        vec![span(0, SpanLen::Bytes(32)), span(1, SpanLen::Bytes(4)), span(0, SpanLen::Arg(1))],
        vec![span(9, SpanLen::Arg(7)); 8],
    ];
    for plan in plans {
        for (portion, portions) in [(FUEL, 1), (7, 1), (7, 100), (1, 50), (0, 1)] {
            for validation in [Validation::Due, Validation::Done] {
                let (linked, remote) = runtime_call(|| {
                    let linked = linked(&blob, validation, terms, &plan, portion, portions);
                    (linked, remote(&blob, validation, terms, &plan, portion, portions))
                });
                assert_eq!(linked, remote, "{validation:?} {plan:?} {portion} {portions}");
            }
        }
    }
    expected
}

#[test]
fn a_call_of_the_host_with_memory() {
    let seen = same(
        r#"(module (import "seal0" "ask" (func $ask (param i32 i32) (result i32)))
            (import "env" "memory" (memory 1 2))
            (data (i32.const 1000) "the quick brown fox")
            (func (export "deploy"))
            (func (export "call") (result i32)
                (drop (memory.grow (i32.const 1)))
                (i32.store8 (i32.const 999) (i32.const 77))
                (i32.add (call $ask (i32.const 1000) (i32.const 19)) (call $ask (i32.const 1002) (i32.const 300)))))"#,
    );
    assert!(seen.iter().any(|line| line.starts_with("Finished")), "{seen:#?}");
}

#[test]
fn spans_at_the_end_of_memory_and_behind_it() {
    for (ptr, len) in [(65_530, 6), (65_530, 7), (65_536, 0), (65_537, 0), (0, 65_536), (u32::MAX, 1), (0, u32::MAX)] {
        same(&format!(
            r#"(module (import "seal0" "ask" (func $ask (param i32 i32) (result i32)))
                (memory 1) (func (export "call") (drop (call $ask (i32.const {ptr}) (i32.const {len})))))"#
        ));
    }
}

#[test]
fn a_start_function_runs_first_and_leaves_its_memory() {
    same(
        r#"(module (import "seal0" "ask" (func $ask (param i32 i32) (result i32)))
            (memory 1) (start $start)
            (func $start (i32.store (i32.const 40) (call $ask (i32.const 32) (i32.const 16))))
            (func (export "call") (drop (call $ask (i32.const 32) (i32.load (i32.const 40))))))"#,
    );
}

#[test]
fn arguments_and_results_of_both_widths() {
    same(
        r#"(module (import "a" "many" (func $many (param i64 i32 i64 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64) (result i64)))
            (memory 1) (func (export "call") (result i64)
                (call $many (i64.const -1) (i32.const -1) (i64.const 3) (i32.const 4) (i32.const 5) (i32.const 6) (i32.const 7)
                    (i32.const 8) (i32.const 9) (i32.const 10) (i32.const 11) (i32.const 12) (i64.const -13))))"#,
    );
}

#[test]
fn traps_and_what_they_leave() {
    for body in [
        "unreachable",
        "(drop (i32.div_u (i32.const 1) (i32.const 0)))",
        "(drop (i32.load (i32.const 65536)))",
        "(call 0)",
        "(loop (br 0))",
    ] {
        same(&format!(r#"(module (memory 1) (func (export "call") {body}))"#));
    }
}

#[test]
fn a_function_that_is_not_valid_traps_when_it_is_called_and_not_before() {
    // A module, and one whose second body adds to nothing.
    let good = blob(
        r#"(module (func (export "call")) (func (export "deploy") (drop (i32.add (i32.const 1) (i32.const 2)))))"#,
    );
    let add = good.iter().rposition(|byte| *byte == 0x6a).unwrap();
    for (export, trap) in [("call", false), ("deploy", true)] {
        let mut bad = good.clone();
        bad[add] = 0x45;
        bad[add - 2] = 0x1a;
        let names: &'static [&'static str] = if trap { &["call", "deploy"] } else { &["deploy", "call"] };
        // What is exported as `call` is what runs: the two names change places.
        if trap {
            let text = |name: &[u8], bad: &[u8]| bad.windows(name.len()).position(|bytes| bytes == name).unwrap();
            let (call, deploy) = (text(b"call", &bad), text(b"deploy", &bad));
            let (call_index, deploy_index) = (call + 5, deploy + 7);
            bad.swap(call_index, deploy_index);
        }
        let terms = Terms { entry_points: names, ..terms() };
        let (linked, remote) = runtime_call(|| {
            (
                linked(&bad, Validation::Due, terms, &[], FUEL, 1),
                remote(&bad, Validation::Due, Terms { entry_points: &["deploy", "call"], ..terms }, &[], FUEL, 1),
            )
        });
        assert_eq!(linked, remote, "{export}");
        assert_eq!(linked.iter().any(|line| line.starts_with("Trap(InvalidCode)")), trap, "{linked:#?}");
    }
}

#[test]
fn code_that_is_refused() {
    same("(module (import \"a\" \"g\" (global i32)))");
    for validation in [Validation::Due, Validation::Done] {
        let no_code = runtime_call(|| {
            (linked(b"junk", validation, terms(), &[], FUEL, 1), remote(b"junk", validation, terms(), &[], FUEL, 1))
        });
        assert_eq!(no_code, (vec!["refused".into()], vec!["refused".into()]));
    }
}

#[test]
fn instances_that_cannot_be_made() {
    same("(module (memory 17))");
    same(r#"(module (memory 1) (data (i32.const 65536) "x"))"#);
}

#[test]
fn a_description_that_is_longer_than_the_first_buffer() {
    let imports: String =
        (0..100).map(|number| format!("(import \"module\" \"function {number}\" (func (param i32 i64)))")).collect();
    let seen = same(&format!(r#"(module {imports} (memory 1) (func (export "call")))"#));
    assert!(seen.len() > 100);
}

#[test]
fn calls_too_deep_and_stacks_too_high() {
    same(r#"(module (memory 1) (func $f (export "call") (call $f)))"#);
    let locals = "i64 ".repeat(500);
    same(&format!(r#"(module (memory 1) (func $f (export "call") (local {locals}) (call $f)))"#));
}
