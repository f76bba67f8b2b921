//! Loops over what a policy may leave out: floats, whole tables, wide arithmetic, tail calls.

use super::loops::{SIZE, both, copied};
use super::{Program, Timed};
use anyhow::Result;

pub(super) fn programs() -> Result<Vec<Program>> {
    let mut programs = Vec::new();
    floats(&mut programs)?;
    conversions(&mut programs)?;
    tables(&mut programs)?;
    wide(&mut programs)?;
    tail_calls(&mut programs)?;
    Ok(programs)
}

fn floats(programs: &mut Vec<Program>) -> Result<()> {
    for ty in ["f32", "f64"] {
        for operator in ["add", "sub", "mul", "min", "max", "copysign"] {
            let text = format!("(local.set @ ({ty}.{operator} (local.get @) (local.get $b)))");
            both(programs, &format!("float: {ty}.{operator}"), ty, &text)?;
        }
        for (class, operator) in [
            ("float", "abs"),
            ("float", "neg"),
            ("float convert", "ceil"),
            ("float convert", "floor"),
            ("float convert", "trunc"),
            ("float convert", "nearest"),
        ] {
            let text = format!("(local.set @ ({ty}.{operator} (local.get @)))");
            both(programs, &format!("{class}: {ty}.{operator}"), ty, &text)?;
        }
        for operator in ["eq", "lt", "ge"] {
            let text = format!("(local.set $p ({ty}.{operator} (local.get @) (local.get $b)))");
            both(programs, &format!("float: {ty}.{operator}"), ty, &text)?;
        }
        // A result that is not a number is made canonical.
        let text = format!("(local.set @ ({ty}.sub ({ty}.const inf) ({ty}.const inf)))");
        both(programs, &format!("float: {ty}.sub to a NaN"), ty, &text)?;
        let text = format!("(local.set @ ({ty}.div (local.get @) (local.get $b)))");
        both(programs, &format!("float divide: {ty}.div"), ty, &text)?;
        let text = format!("(local.set @ ({ty}.sqrt (local.get @)))");
        both(programs, &format!("float divide: {ty}.sqrt"), ty, &text)?;
        let text = format!("(local.set @ ({ty}.sqrt ({ty}.const 1.2345678)))");
        both(programs, &format!("float divide: {ty}.sqrt of a long number"), ty, &text)?;
    }
    Ok(())
}

/// Reinterpretations are not among them: they become nothing.
fn conversions(programs: &mut Vec<Program>) -> Result<()> {
    let pairs = [("i32", "f32"), ("i32", "f64"), ("i64", "f32"), ("i64", "f64")];
    for (integer, float) in pairs {
        for sign in ["s", "u"] {
            let there = format!("({float}.convert_{integer}_{sign} (local.get @))");
            for back in ["trunc", "trunc_sat"] {
                let text = format!("(local.set @ ({integer}.{back}_{float}_{sign} {there}))");
                both(programs, &format!("float convert: {integer} to {float}, {back}, {sign}"), integer, &text)?;
            }
        }
    }
    both(
        programs,
        "float convert: demote and promote",
        "f64",
        "(local.set @ (f64.promote_f32 (f32.demote_f64 (local.get @))))",
    )
}

fn tables(programs: &mut Vec<Program>) -> Result<()> {
    let bodies = [
        ("table: size", "(local.set $p (table.size $large))"),
        ("table: get and set", "(table.set $large (i32.const 9) (table.get $large (i32.const 5)))"),
        ("table: elem.drop", "(elem.drop $dropped)"),
        ("bulk: grow by nothing", "(local.set $p (table.grow $large (ref.null func) (i32.const 0)))"),
    ];
    for (name, body) in bodies {
        programs.push(copied(name, "i32", body, SIZE)?);
    }
    for (len, size) in [(0, SIZE), (1, SIZE), (16, SIZE), (1_024, 200), (4_096, 50)] {
        let copy = format!("(table.copy $large $large (i32.const 1) (i32.const 0) (i32.const {len}))");
        programs.push(copied(&format!("element moved: copy of {len}"), "i32", &copy, size)?);
        let fill = format!("(table.fill $large (i32.const 1) (ref.func $nothing) (i32.const {len}))");
        programs.push(copied(&format!("element moved: fill of {len}"), "i32", &fill, size)?);
    }
    let init = "(table.init $large $elements (i32.const 5) (i32.const 0) (i32.const 16))";
    programs.push(copied("element moved: init of 16", "i32", init, SIZE)?);
    for (elements, steps) in [(1, 100), (100, 100), (10_000, 1)] {
        let text = format!(
            r#"(module (table 1 20000 funcref) (func (export "run") (param $n i32)
                (loop $next
                    (drop (table.grow (ref.null func) (i32.const {elements})))
                    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))"#
        );
        let name = format!("element moved: {steps} times grown by {elements}");
        programs.push(Program::new(name, &text, steps, Timed::Instance)?);
    }
    Ok(())
}

fn wide(programs: &mut Vec<Program>) -> Result<()> {
    for operator in ["add128", "sub128"] {
        let text = format!(
            "(i64.{operator} (local.get @) (local.get $b) (local.get $c) (local.get $d)) (local.set $b) (local.set @)"
        );
        both(programs, &format!("wide: {operator}"), "i64", &text)?;
    }
    for operator in ["mul_wide_s", "mul_wide_u"] {
        let text = format!("(i64.{operator} (local.get @) (local.get $b)) (local.set $b) (local.set @)");
        both(programs, &format!("wide: {operator}"), "i64", &text)?;
    }
    Ok(())
}

/// Functions each of which does nothing but call the next one in its place: no return pays for these calls.
fn tail_calls(programs: &mut Vec<Program>) -> Result<()> {
    const FUNCTIONS: usize = 64;
    let all = (1..=FUNCTIONS).map(|next| format!("$f{next} ")).collect::<String>();
    let direct: fn(usize) -> String = |next| format!("(return_call $f{next})");
    let through: fn(usize) -> String = |next| format!("(return_call_indirect (type $none) (i32.const {}))", next - 1);
    for (name, way) in [("call: a chain of tail calls", direct), ("call indirect: a chain of tail calls", through)] {
        let functions: String =
            (0..FUNCTIONS).map(|number| format!("(func $f{number} {})\n", way(number + 1))).collect();
        let text = format!(
            r#"(module (type $none (func)) (table funcref (elem {all})) {functions} (func $f{FUNCTIONS})
                (func (export "run") (param $n i32)
                    (loop $next
                        (call $f0)
                        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))"#
        );
        programs.push(Program::new(name, &text, SIZE / 4, Timed::Call)?);
    }
    Ok(())
}
