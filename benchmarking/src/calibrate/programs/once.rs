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
    let tables = format!("(block (block (br_table {} 0 (local.get 0))))", "0 1 ".repeat(16));
    let compiled = "(block (br_if 0 (i32.eqz (local.tee 1 (i32.and (local.get 0) (i32.const 255)))))
        (local.set 2 (i32.add (i32.load8_u offset=16 (local.get 1)) (local.get 0)))
        (call $leaf (i32.const 5)) (i64.store offset=24 (local.get 2) (i64.const 0))
        (loop (br_if 0 (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 100))) (i32.const 90)))))";
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
        ("nested ifs", "(if (i32.const 0) (then) (else ".repeat(50) + &"))".repeat(50), 0),
        ("blocks that pass on three values", passing("i32 ", 3, 60), 0),
        ("blocks that pass on two values", passing("i64 ", 2, 100), 0),
        ("branch tables", tables.repeat(20), 0),
        (
            "calls of four arguments",
            "(drop (call $four (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4)))".repeat(40),
            0,
        ),
        ("compiled code", compiled.repeat(12), 4),
    ];
    for (name, body, locals) in bodies {
        let count = if locals > 100 { 20 } else { 100 };
        let locals = if locals > 0 { format!("(local {})", "i32 ".repeat(locals)) } else { String::new() };
        let functions = format!("(func (param i32) {locals} {body})\n").repeat(count);
        let calls: String = (0..count).map(|func| format!("(call {} (i32.const 0))", func + 1)).collect();
        let text = format!(
            r#"(module (memory 1) (func $leaf (param i32)) {functions} (func (export "run") (param i32) {calls})
                (func $four (param i32 i32 i32 i32) (result i32) local.get 0))"#
        );
        programs.push(Program::new(format!("first call: {name}"), &text, 1, Timed::FirstCall)?);
    }
    Ok(())
}

/// Blocks in a row that take values and leave them.
fn passing(ty: &str, values: usize, blocks: usize) -> String {
    let constants = format!("({}.const 1)", ty.trim()).repeat(values);
    let block = format!("block (param {types}) (result {types}) end ", types = ty.repeat(values));
    format!("{constants} {} {}", block.repeat(blocks), "drop ".repeat(values))
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
        ("1 page, 900 segments", "(memory 1)".to_owned() + &r#"(data (i32.const 5) "0123456789abcdef")"#.repeat(900)),
    ];
    let types = |count: usize, values: usize| {
        let number = |number: usize| {
            let ty = |bit: usize| if number >> bit & 1 == 0 { "i32 " } else { "i64 " };
            format!("(type (func (param {})))", (0..values).map(|value| ty(value % 10)).collect::<String>())
        };
        (0..count).map(number).collect::<String>()
    };
    let more = [
        ("100 globals", "(global (mut i32) (i32.const 5))".repeat(100)),
        ("100 globals that are exported", exported(100)),
        ("a table of 16384", "(table 16384 16384 funcref)".into()),
        ("10 imports", (0..10).map(|number| format!(r#"(import "seal" "none{number}" (func))"#)).collect()),
        ("16384 passive elements", format!("(elem func {}) (func $f)", "$f ".repeat(16_384))),
        ("4000 elements that are expressions", format!("(elem funcref {}) (func $f)", "(ref.func $f) ".repeat(4_000))),
        ("900 element segments", "(table 100 funcref) (func $f)".to_owned() + &"(elem (i32.const 9) $f)".repeat(900)),
        ("900 passive segments", "(memory 1)".to_owned() + &r#"(data "x")"#.repeat(900)),
        ("900 types of nothing", "(type (func))".repeat(900)),
        ("900 types of 10 values", types(900, 10)),
        ("900 types of 100 values", types(900, 100)),
        (
            "900 exports",
            (0..900).map(|number| format!(r#"(export "e{number}" (func $f))"#)).collect::<String>() + "(func $f)",
        ),
        ("60 custom sections", r#"(@custom "name" "xyz")"#.repeat(60)),
        ("1000 segments, far apart", (0..1_000).map(far).collect::<String>() + "(memory 16)"),
        (
            "a constant that is computed",
            "(global i64 ".to_owned() + &"(i64.add (i64.const 1) ".repeat(500) + "(i64.const 2)" + &")".repeat(501),
        ),
    ];
    for (name, body) in bodies.into_iter().chain(more) {
        let text = format!(r#"(module {body} (func (export "run") (param i32)))"#);
        programs.push(Program::new(format!("instance: {name}"), &text, 1, Timed::Instance)?);
    }
    Ok(())
}

/// A segment of one byte in a page of its own, or nearly so.
fn far(at: usize) -> String {
    format!(r#"(data (i32.const {}) "x")"#, at * 1_021 % 16 * 65_536 + at * 64)
}

/// Globals with names.
fn exported(count: usize) -> String {
    (0..count).map(|number| format!(r#"(global (export "g{number}") i32 (i32.const 5))"#)).collect()
}

/// Memories that stay empty, and memories that are used everywhere: as large as contracts may have.
fn memories(programs: &mut Vec<Program>) -> Result<()> {
    for pages in [1, 2, 4, 8, 16] {
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
        // The operator that tells the size must not pay for the pages.
        let touching = touch(&format!("(i32.const {})", 1 + pages * steps));
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
