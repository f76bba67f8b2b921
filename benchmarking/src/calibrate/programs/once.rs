//! What happens once: first calls, instances, growth.

use super::{Program, Timed};
use anyhow::Result;

/// Bytes of a page of the operating system: memory that is zeroed lazily costs when it is touched.
const TOUCH_EVERY: u32 = 4_096;

pub(super) fn programs() -> Result<Vec<Program>> {
    let mut programs = Vec::new();
    first_calls(&mut programs)?;
    instances(&mut programs)?;
    memories(&mut programs)?;
    growth(&mut programs)?;
    Ok(programs)
}

/// Many functions, each called once by `run`.
fn first_calls(programs: &mut Vec<Program>) -> Result<()> {
    let arithmetic = "(local.set 0 (i32.add (local.get 0) (i32.const 3)))
        (local.set 0 (i32.xor (local.get 0) (local.get 0)))";
    let control = "(if (local.get 0) (then (local.set 0 (i32.const 1))) (else (local.set 0 (i32.const 2))))";
    let memory = "(i32.store offset=4 (local.get 0) (i32.load8_u offset=8 (local.get 0)))";
    let bodies = [
        ("empty", String::new(), 0),
        ("arithmetic, short", arithmetic.repeat(4), 0),
        ("arithmetic, long", arithmetic.repeat(100), 0),
        ("control", control.repeat(60), 0),
        ("blocks", "(block ".repeat(100) + &")".repeat(100), 0),
        ("constants", "(drop (i32.const 1))".repeat(200), 0),
        ("memory", memory.repeat(80), 0),
        ("calls", "(call $leaf (i32.const 1))".repeat(80), 0),
        ("100 locals", String::new(), 100),
        ("1000 locals", String::new(), 1_000),
    ];
    for (name, body, locals) in bodies {
        let count = if locals > 100 { 20 } else { 100 };
        let locals = if locals > 0 { format!("(local {})", "i64 ".repeat(locals)) } else { String::new() };
        let functions = format!("(func (param i32) {locals} {body})\n").repeat(count);
        let calls: String = (0..count).map(|func| format!("(call {} (i32.const 0))", func + 1)).collect();
        let text = format!(
            r#"(module (memory 1) (func $leaf (param i32)) {functions} (func (export "run") (param i32) {calls}))"#
        );
        programs.push(Program::new(format!("first call: {name}"), &text, 1, Timed::FirstCall)?);
    }
    Ok(())
}

fn instances(programs: &mut Vec<Program>) -> Result<()> {
    let elements = "$f ".repeat(4_000);
    let data = "x".repeat(60_000);
    let bodies = [
        ("nothing", String::new()),
        ("100 functions", "(func)".repeat(100)),
        ("1000 functions", "(func)".repeat(1_000)),
        ("8000 functions", "(func)".repeat(8_000)),
        ("1000 globals", "(global (mut i64) (i64.const 5))".repeat(1_000)),
        ("a table of 4000", "(table 4000 4000 funcref)".into()),
        ("4000 elements", format!("(table 4000 4000 funcref) (elem (i32.const 0) {elements}) (func $f)")),
        ("60000 bytes of data", format!(r#"(memory 1) (data (i32.const 0) "{data}")"#)),
        ("900 segments", "(memory 1)".to_owned() + &r#"(data (i32.const 5) "0123456789abcdef")"#.repeat(900)),
    ];
    for (name, body) in bodies {
        let text = format!(r#"(module {body} (func (export "run") (param i32)))"#);
        programs.push(Program::new(format!("instance: {name}"), &text, 1, Timed::Instance)?);
    }
    Ok(())
}

/// Memories that stay empty, and memories that are used everywhere.
fn memories(programs: &mut Vec<Program>) -> Result<()> {
    for pages in [1, 2, 4, 16, 64] {
        let touching = touch(&format!("(i32.const {pages})"));
        for (name, body) in [("", ""), (", touched", touching.as_str())] {
            let text = format!(r#"(module (memory {pages}) (func (export "run") (param i32) (local $p i32) {body}))"#);
            let program = Program::new(format!("instance page: {pages}{name}"), &text, 1, Timed::Instance)?;
            programs.push(Program { idle: body.is_empty(), ..program });
        }
    }
    Ok(())
}

/// Pages of a growing memory, one by one or all at once, each of them used. Up to the 16 pages that
/// contracts may have: what a step costs also depends on how large the memory is already.
fn growth(programs: &mut Vec<Program>) -> Result<()> {
    for (pages, steps) in [(1, 1), (1, 8), (1, 15), (2, 7), (8, 1), (15, 1)] {
        let touching = touch("(memory.size)");
        let text = format!(
            r#"(module (memory 1) (func (export "run") (param $n i32) (local $p i32)
                (loop $next
                    (drop (memory.grow (i32.const {pages})))
                    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                {touching}))"#
        );
        programs.push(Program::new(format!("page grown: {steps} times {pages}"), &text, steps, Timed::Instance)?);
    }
    Ok(())
}

/// Writes to every page of the system, in so many pages of Wasm.
fn touch(pages: &str) -> String {
    format!(
        "(loop $touch
            (i32.store (local.get $p) (i32.const 1))
            (br_if $touch
                (i32.lt_u (local.tee $p (i32.add (local.get $p) (i32.const {TOUCH_EVERY})))
                          (i32.shl {pages} (i32.const 16)))))"
    )
}
