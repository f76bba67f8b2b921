//! Loops: what operators cost that run often.

use super::{Program, Timed};
use anyhow::Result;

/// How often the operators stand in the loop's body: enough that the loop itself weighs little.
const COPIES: usize = 16;
/// Iterations of a loop.
pub(super) const SIZE: u64 = 2_000;

/// A branch that carries values over others that are dropped.
const SIX: &str = "(block $out (result i32 i32 i32 i32 i32 i32) (i32.const 9)
    (br $out (local.get $a) (local.get $b) (local.get $c) (local.get $d) (local.get $a) (local.get $b)))
    (local.set $a) (local.set $b) (local.set $c) (local.set $d) (local.set $p) (drop)";

/// Locals that operators use: independent chains take turns.
const LOCALS: [&str; 4] = ["$a", "$b", "$c", "$d"];

/// What stands in front of `run` in every module: something for each operator to act on.
const CONTEXT: &str = r#"
    (type $none (func))
    (memory (export "memory") 4)
    (data $passive "0123456789abcdef0123456789abcdef")
    (table 4 4 funcref)
    (elem (i32.const 0) $nothing $nothing $nothing $nothing)
    (table $large 8192 8192 funcref)
    (elem $elements funcref
        (ref.func $nothing) (ref.func $nothing) (ref.func $nothing) (ref.func $nothing)
        (ref.func $nothing) (ref.func $nothing) (ref.func $nothing) (ref.func $nothing)
        (ref.func $nothing) (ref.func $nothing) (ref.func $nothing) (ref.func $nothing)
        (ref.func $nothing) (ref.func $nothing) (ref.func $nothing) (ref.func $nothing))
    (elem $dropped funcref (ref.func $nothing))
    (global $g (mut i32) (i32.const 7))
    (global $h (mut i64) (i64.const 7))
    (func $nothing)
    (func $step (param i64) (result i64) (local.get 0))
    (func $four (param i32 i32 i32 i32) (result i32) (local.get 3))
    (func $eight (param i64 i64 i64 i64 i64 i64 i64 i64) (result i64) (local.get 7))
    (func $constants (result i64 i64 i64 i64) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4))
    (func $locals8 (local i64 i64 i64 i64 i64 i64 i64 i64))
"#;

pub(super) fn programs() -> Result<Vec<Program>> {
    let mut programs = vec![looping("loop: empty", "i32", "", SIZE)?];
    arithmetic(&mut programs)?;
    comparisons(&mut programs)?;
    operands(&mut programs)?;
    memory(&mut programs)?;
    bulk(&mut programs)?;
    branches(&mut programs)?;
    calls(&mut programs)?;
    nests(&mut programs)?;
    constants(&mut programs)?;
    waiting(&mut programs)?;
    Ok(programs)
}

/// A loop with copies of the text, in which `@` is a local: one chain that waits for itself, and
/// four that do not wait for each other.
pub(super) fn both(programs: &mut Vec<Program>, name: &str, ty: &str, text: &str) -> Result<()> {
    for (chains, word) in [(1, "one chain"), (LOCALS.len(), "four chains")] {
        let copies = (0..COPIES).map(|copy| text.replace('@', LOCALS[copy % chains]) + "\n");
        programs.push(looping(&format!("{name}, {word}"), ty, &copies.collect::<String>(), SIZE)?);
    }
    Ok(())
}

/// A loop with copies of the text.
pub(super) fn copied(name: &str, ty: &str, text: &str, size: u64) -> Result<Program> {
    looping(name, ty, &(text.to_owned() + "\n").repeat(COPIES), size)
}

/// [`copied`], of each text.
fn each(programs: &mut Vec<Program>, texts: &[(&str, &str, &str)]) -> Result<()> {
    for (name, ty, text) in texts {
        programs.push(copied(name, ty, text, SIZE)?);
    }
    Ok(())
}

fn looping(name: &str, ty: &str, body: &str, size: u64) -> Result<Program> {
    let (many, most) = ("i64 ".repeat(64), "i64 ".repeat(1_000));
    let large = if ty == "i64" { "0x7ffffffffffffff1" } else { "0x7ffffff1" };
    let text = format!(
        r#"(module {CONTEXT}
            (func $locals64 (local {many}))
            (func $locals1000 (local {most}))
            (func (export "run") (param $n i32)
                (local $a {ty}) (local $b {ty}) (local $c {ty}) (local $d {ty}) (local $large {ty}) (local $small {ty}) (local $p i32)
                (local.set $a ({ty}.const 3))
                (local.set $b ({ty}.const 5))
                (local.set $c ({ty}.const 7))
                (local.set $d ({ty}.const 11))
                (local.set $large ({ty}.const {large}))
                (local.set $small ({ty}.const 3))
                (loop $next
                    {body}
                    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))"#
    );
    Program::new(name, &text, size, Timed::Call)
}

fn arithmetic(programs: &mut Vec<Program>) -> Result<()> {
    for ty in ["i32", "i64"] {
        for operator in ["add", "sub", "and", "or", "xor", "shl", "shr_s", "shr_u", "rotl", "rotr"] {
            let text = format!("(local.set @ ({ty}.{operator} (local.get @) (local.get $b)))");
            both(programs, &format!("simple: {ty}.{operator}"), ty, &text)?;
        }
        for (class, operator) in [
            ("simple", "clz"),
            ("simple", "ctz"),
            ("simple", "extend8_s"),
            ("simple", "extend16_s"),
            ("multiply", "popcnt"),
        ] {
            let text = format!("(local.set @ ({ty}.{operator} (local.get @)))");
            both(programs, &format!("{class}: {ty}.{operator}"), ty, &text)?;
        }
        let text = format!("(local.set @ ({ty}.add (local.get @) ({ty}.const 77)))");
        both(programs, &format!("simple: {ty}.add of a constant"), ty, &text)?;
        let text = format!("(local.set @ ({ty}.mul (local.get @) (local.get $b)))");
        both(programs, &format!("multiply: {ty}.mul"), ty, &text)?;
        // Each quotient becomes the next dividend, made large again: small ones divide faster. Once
        // with constants and once without, as whoever divides need not use any.
        let dividend = format!("({ty}.xor (local.get @) (local.get $large))");
        for operator in ["div_s", "div_u", "rem_s", "rem_u"] {
            let text = format!("(local.set @ ({ty}.{operator} {dividend} ({ty}.const 3)))");
            both(programs, &format!("divide: {ty}.{operator} by a constant"), ty, &text)?;
            let text = format!("(local.set @ ({ty}.{operator} {dividend} (local.get $small)))");
            both(programs, &format!("divide: {ty}.{operator}"), ty, &text)?;
        }
    }
    Ok(())
}

fn comparisons(programs: &mut Vec<Program>) -> Result<()> {
    for operator in ["eq", "lt_s", "lt_u", "ge_s"] {
        let text = format!("(local.set @ (i32.{operator} (local.get @) (local.get $b)))");
        both(programs, &format!("simple: i32.{operator}"), "i32", &text)?;
        let text = format!("(local.set $p (i64.{operator} (local.get @) (local.get $b)))");
        both(programs, &format!("simple: i64.{operator}"), "i64", &text)?;
    }
    both(programs, "simple: i32.eqz", "i32", "(local.set @ (i32.eqz (local.get @)))")?;
    let text = "(local.set @ (i64.extend_i32_s (i32.wrap_i64 (local.get @))))";
    both(programs, "simple: wrap and extend", "i64", text)?;
    let text = "(local.set @ (i64.extend_i32_u (i32.wrap_i64 (local.get @))))";
    both(programs, "simple: wrap and zero-extend", "i64", text)
}

fn operands(programs: &mut Vec<Program>) -> Result<()> {
    let select = "(local.set @ (select (local.get $b) (local.get @) (local.get $p)))";
    both(programs, "select: of locals", "i32", select)?;
    let select = "(local.set @ (select (local.get $b) (local.get @) (i64.lt_u (local.get @) (local.get $c))))";
    both(programs, "select: by a comparison", "i64", select)?;
    both(programs, "local set: copies", "i64", "(local.set @ (local.get $b)) (local.set $c (local.get @))")?;
    both(
        programs,
        "local set: back and forth",
        "i64",
        "(local.set $large (local.get @)) (local.set @ (local.get $large))",
    )?;
    both(programs, "local set: swaps", "i64", "(local.get @) (local.get $b) (local.set @) (local.set $b)")?;
    both(programs, "local get: dropped", "i64", "(drop (local.get @))")?;
    both(programs, "local set: tees", "i64", "(local.set $b (local.tee $c (local.tee @ (local.get $d))))")?;
    both(programs, "const: to a local", "i64", "(local.set @ (i64.const 0x123456789abcdef))")?;
    both(programs, "const: dropped", "i64", "(drop (i64.const 5))")?;
    both(programs, "global: get and set", "i32", "(global.set $g (local.get @)) (local.set @ (global.get $g))")?;
    both(programs, "global: get", "i64", "(local.set @ (global.get $h))")?;
    both(programs, "global: set", "i64", "(global.set $h (local.get @))")
}

fn memory(programs: &mut Vec<Program>) -> Result<()> {
    for load in ["i32.load", "i32.load8_u", "i32.load16_s"] {
        both(programs, &format!("load: {load}"), "i32", &format!("(local.set @ ({load} offset=64 (local.get @)))"))?;
    }
    for load in ["i64.load", "i64.load8_s", "i64.load32_u"] {
        both(programs, &format!("load: {load}"), "i64", &format!("(local.set @ ({load} offset=64 (local.get $p)))"))?;
    }
    for (ty, store) in [("i32", "i32.store"), ("i32", "i32.store8"), ("i64", "i64.store"), ("i64", "i64.store16")] {
        both(programs, &format!("store: {store}"), ty, &format!("({store} offset=64 (local.get $p) (local.get @))"))?;
        let constant = format!("({store} offset=64 (local.get $p) ({ty}.const 9))");
        programs.push(copied(&format!("store: {store} of a constant"), ty, &constant, SIZE)?);
    }
    let through = "(i32.store offset=64 (local.get $p) (i32.add (i32.load offset=64 (local.get $p)) (local.get $a)))";
    programs.push(copied("store: what was loaded", "i32", through, SIZE)?);
    programs.push(copied("memory: size", "i32", "(local.set $p (memory.size))", SIZE)?);
    programs.push(copied("memory: data.drop", "i32", "(data.drop $passive)", SIZE)?);
    let grow = "(local.set $p (memory.grow (i32.const 0)))";
    programs.push(copied("bulk: grow by nothing", "i32", grow, SIZE)?);
    let refused = "(local.set $p (memory.grow (i32.const 65000)))";
    programs.push(copied("bulk: grow, refused", "i32", refused, SIZE)?);
    Ok(())
}

fn bulk(programs: &mut Vec<Program>) -> Result<()> {
    for (len, size) in [(0, SIZE), (1, SIZE), (32, SIZE), (1_024, 200), (16_384, 20), (65_536, 5)] {
        let copy = format!("(memory.copy (i32.const 131072) (i32.const 1) (i32.const {len}))");
        programs.push(copied(&format!("byte moved: copy of {len}"), "i32", &copy, size)?);
        let overlapping = format!("(memory.copy (i32.const 9) (i32.const 1) (i32.const {len}))");
        programs.push(copied(&format!("byte moved: overlapping copy of {len}"), "i32", &overlapping, size)?);
        let fill = format!("(memory.fill (i32.const 131073) (local.get $a) (i32.const {len}))");
        programs.push(copied(&format!("byte moved: fill of {len}"), "i32", &fill, size)?);
    }
    let init = "(memory.init $passive (i32.const 77) (i32.const 0) (i32.const 32))";
    programs.push(copied("byte moved: init of 32", "i32", init, SIZE)?);
    Ok(())
}

fn branches(programs: &mut Vec<Program>) -> Result<()> {
    let bodies = [
        ("branch: br_if, not taken", "(block $out (br_if $out (local.get $p)))"),
        ("branch: br_if, taken", "(block $out (br_if $out (local.get $a)) (local.set $b (local.get $a)))"),
        ("branch: br_if of a comparison", "(block $out (br_if $out (i32.lt_u (local.get $b) (local.get $a))))"),
        ("branch: br", "(block $out (br $out))"),
        ("branch: if", "(if (local.get $a) (then (local.set $b (local.get $c))))"),
        (
            "branch: if, else",
            "(if (local.get $p) (then (local.set $b (local.get $c))) (else (local.set $d (local.get $c))))",
        ),
        (
            "branch: a way that cannot be predicted",
            "(local.set $a (i32.add (i32.mul (local.get $a) (i32.const 1664525)) (i32.const 1013904223)))
             (if (i32.lt_s (local.get $a) (i32.const 0)) (then (local.set $b (i32.const 1))))",
        ),
        ("branch table: one way", "(block $x (block $y (br_table $x $y $x (local.get $p))))"),
        (
            "branch table: changing ways",
            "(local.set $p (i32.and (i32.add (local.get $p) (i32.const 1)) (i32.const 3)))
             (block $x (block $y (block $z (br_table $x $y $z $x (local.get $p)))))",
        ),
        ("value carried: by br", "(local.set $a (block $out (result i32) (br $out (local.get $b))))"),
        (
            "value carried: by br_if",
            "(local.set $a (block $out (result i32) (br_if $out (local.get $b) (local.get $c))))",
        ),
    ];
    for (name, body) in bodies {
        programs.push(copied(name, "i32", body, SIZE)?);
    }
    Ok(())
}

fn calls(programs: &mut Vec<Program>) -> Result<()> {
    let four = "(local.set $a (call $four (local.get $a) (local.get $b) (local.get $c) (local.get $d)))";
    let eight = "(local.set $a (call $eight (local.get $a) (local.get $b) (local.get $c) (local.get $d)
        (local.get $d) (local.get $c) (local.get $b) (local.get $a)))";
    let indirect = "(call_indirect (type $none) (i32.and (local.get $n) (i32.const 3)))";
    let bodies = [
        ("call: of nothing", "i32", "(call $nothing)"),
        ("call: an argument and a result", "i64", "(local.set $a (call $step (local.get $a)))"),
        ("value carried: four arguments", "i32", four),
        ("value carried: eight arguments", "i64", eight),
        ("value carried: six by br", "i32", SIX),
        ("call indirect: of nothing", "i32", indirect),
        ("local zeroed: 8", "i32", "(call $locals8)"),
        ("local zeroed: 64", "i32", "(call $locals64)"),
        ("local zeroed: 1000", "i32", "(call $locals1000)"),
    ];
    each(programs, &bodies)
}

/// How deep operands nest in each other.
const DEPTH: usize = 64;

/// Operators each of which has the result of another one as its operand `@`.
fn nested(programs: &mut Vec<Program>, operators: &[(&str, &str, &str)]) -> Result<()> {
    for (name, ty, operator) in operators {
        let nested = (0..DEPTH).fold("(local.get $a)".to_owned(), |nested, _| operator.replace('@', &nested));
        programs.push(looping(name, ty, &format!("(local.set $a {nested})"), SIZE / 4)?);
    }
    Ok(())
}

/// Operators whose operands are other operators' results, so that neither locals nor anything else pays for them.
fn nests(programs: &mut Vec<Program>) -> Result<()> {
    let nests = [
        ("simple: nested, of a local", "i32", "(i32.add @ (local.get $b))"),
        ("simple: nested, of a local, 64 bits", "i64", "(i64.xor @ (local.get $b))"),
        ("simple: nested shifts", "i64", "(i64.shl @ (local.get $small))"),
        ("simple: nested rotations", "i32", "(i32.rotl @ (local.get $b))"),
        ("simple: nested, on the right", "i32", "(i32.sub (local.get $b) @)"),
        ("simple: nested shifts, on the right", "i64", "(i64.shl (local.get $b) @)"),
        ("simple: nested comparisons", "i32", "(i32.lt_u @ (local.get $b))"),
        ("simple: nested, of nothing", "i32", "(i32.eqz @)"),
        ("simple: nested counts", "i32", "(i32.clz @)"),
        ("simple: nested counts from below", "i64", "(i64.ctz @)"),
        ("simple: nested extensions", "i32", "(i32.extend8_s @)"),
        ("simple: nested conversions", "i64", "(i64.extend_i32_s (i32.wrap_i64 @))"),
        ("simple: nested comparison and extension", "i64", "(i64.extend_i32_u (i64.eqz @))"),
        ("const: nested", "i32", "(i32.add @ (i32.const 77))"),
        ("wide const: nested, subtracted", "i64", "(i64.sub @ (i64.const 0x123456789abcdef))"),
        ("wide const: nested", "i64", "(i64.xor @ (i64.const 0x123456789abcdef))"),
        (
            "wide const: nested, compared",
            "i64",
            "(i64.add @ (i64.extend_i32_u (i64.eq (i64.const 0x123456789abcdef) (i64.const 0x123456789abcdef))))",
        ),
        ("const: nested shifts", "i64", "(i64.shr_u @ (i64.const 3))"),
        ("global: nested", "i32", "(i32.add @ (global.get $g))"),
        ("select: nested", "i32", "(select @ (local.get $b) (local.get $p))"),
        ("select: nested, that selects", "i32", "(select (local.get $b) (local.get $c) @)"),
        ("multiply: nested", "i32", "(i32.mul @ (local.get $b))"),
        ("multiply: nested, 64 bits", "i64", "(i64.mul @ (local.get $b))"),
        ("multiply: nested, of a constant", "i64", "(i64.mul @ (i64.const 0x123456789abcdef))"),
        ("multiply: nested counts", "i64", "(i64.popcnt @)"),
        ("divide: nested", "i64", "(i64.div_u @ (local.get $small))"),
        ("divide: nested remainders", "i32", "(i32.rem_s @ (local.get $small))"),
        ("load: nested", "i32", "(i32.load offset=64 @)"),
        ("load: nested bytes", "i32", "(i32.load8_s offset=64 @)"),
        ("load: nested, beside", "i32", "(i32.add @ (i32.load offset=64 (local.get $p)))"),
        ("load: nested, at a constant", "i64", "(i64.add @ (i64.load (i32.const 64)))"),
        ("local set: nested", "i32", "(local.tee $b @)"),
        ("local set: nested, other ones", "i64", "(i64.add (local.tee $b @) (local.get $c))"),
        ("branch: nested ifs", "i32", "(if (result i32) @ (then (local.get $b)) (else (local.get $c)))"),
        ("branch: nested br", "i32", "(block (result i32) (br 0 @))"),
        ("branch: nested br_if", "i32", "(block (result i32) (br_if 0 (local.get $b) @))"),
        ("call: nested", "i64", "(call $step @)"),
    ];
    nested(programs, &nests)?;
    for (name, ty, operator) in [
        ("simple: a tree", "i32", "(i32.add @ @)"),
        ("simple: a tree, 64 bits", "i64", "(i64.xor @ @)"),
        ("multiply: a tree", "i64", "(i64.mul @ @)"),
        ("select: a tree", "i32", "(select @ @ (local.get $p))"),
    ] {
        let tree = (0..6).fold("(local.get $b)".to_owned(), |tree, _| operator.replace('@', &tree));
        programs.push(looping(name, ty, &format!("(local.set $a {tree})"), SIZE / 4)?);
    }
    Ok(())
}

/// Constants where no instruction has a field for them: one more has to write them into a cell.
fn constants(programs: &mut Vec<Program>) -> Result<()> {
    let texts = [
        ("const: on the left", "i32", "(local.set $a (i32.sub (i32.const 9) (local.get $b)))"),
        ("const: shifted", "i64", "(local.set $a (i64.shl (i64.const 9) (local.get $b)))"),
        ("const: extended, dropped", "i64", "(drop (i64.extend_i32_s (i32.const 9)))"),
        ("const: counted, dropped", "i32", "(drop (i32.clz (i32.const 9)))"),
        ("const: compared, dropped", "i32", "(drop (i32.lt_u (i32.const 9) (i32.const 5)))"),
        ("const: subtracted, dropped", "i32", "(drop (i32.sub (i32.const 9) (i32.const 5)))"),
        ("const: is it nothing, dropped", "i64", "(drop (i64.eqz (i64.const 9)))"),
        ("const: out of a block", "i32", "(drop (block (result i32) (i32.const 9)))"),
        (
            "wide const: on both sides",
            "i64",
            "(drop (i64.xor (i64.const 0x123456789abcdef) (i64.const 0x23456789abcdef1)))",
        ),
        ("wide const: shifted", "i64", "(local.set $a (i64.shl (i64.const 0x123456789abcdef) (local.get $b)))"),
        ("wide const: stored", "i64", "(i64.store offset=64 (local.get $p) (i64.const 0x123456789abcdef))"),
        ("wide const: to a global", "i64", "(global.set $h (i64.const 0x123456789abcdef))"),
        ("multiply: of a constant, dropped", "i64", "(drop (i64.mul (i64.const 9) (i64.const 5)))"),
        ("multiply: a count of a constant", "i32", "(drop (i32.popcnt (i32.const 9)))"),
        ("divide: of constants", "i32", "(drop (i32.div_u (i32.const 9) (i32.const 5)))"),
        ("global: set to a constant", "i32", "(global.set $g (i32.const 9))"),
        ("select: of constants", "i32", "(drop (select (i32.const 1) (i32.const 2) (local.get $p)))"),
        ("select: of constants, by one", "i32", "(drop (select (i32.const 1) (i32.const 2) (i32.const 3)))"),
        ("store: of a constant at one", "i32", "(i32.store offset=64 (i32.const 8) (i32.const 9))"),
        ("load: at a constant", "i64", "(drop (i64.load offset=64 (i32.const 8)))"),
        ("branch: by a constant, not taken", "i32", "(block $out (br_if $out (i32.const 0)))"),
        ("branch: if of a constant", "i32", "(if (i32.const 1) (then (local.set $b (local.get $c))))"),
        ("branch table: of a constant", "i32", "(block $x (block $y (br_table $x $y $x (i32.const 1))))"),
        (
            "value carried: constants by br",
            "i32",
            "(block (result i32 i32 i32) (br 0 (i32.const 1) (i32.const 2) (i32.const 3))) (drop) (drop) (drop)",
        ),
        (
            "value carried: constants by br_if",
            "i32",
            "(block (result i32 i32) (br_if 0 (i32.const 1) (i32.const 2) (local.get $a))) (drop) (drop)",
        ),
        (
            "value carried: constants to a call",
            "i32",
            "(drop (call $four (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4)))",
        ),
        ("return: of constants", "i64", "(call $constants) (drop) (drop) (drop) (drop)"),
        ("call indirect: by a constant", "i32", "(call_indirect (type $none) (i32.const 1))"),
        ("float: of constants", "f64", "(drop (f64.add (f64.const 1.2345678) (f64.const 2.3456789)))"),
        ("float convert: of a constant", "f64", "(drop (f64.floor (f64.const 1.2345678)))"),
    ];
    each(programs, &texts)?;
    let left = [
        ("const: nested, on the left", "i32", "(i32.sub (i32.const 9) @)"),
        ("const: nested, shifted", "i64", "(i64.shl (i64.const 9) @)"),
        ("wide const: nested, on the left", "i64", "(i64.sub (i64.const 0x123456789abcdef) @)"),
    ];
    nested(programs, &left)
}

/// Locals that are read before they are needed, so that their values have to be kept.
fn waiting(programs: &mut Vec<Program>) -> Result<()> {
    let (reads, drops) =
        ("(local.get $a) (local.get $b) (local.get $c) (local.get $d) ".repeat(4), "(drop)".repeat(16));
    for (name, keeper) in
        [("by a block", "(block)"), ("by a loop", "(loop)"), ("by an if", "(if (local.get $p) (then))")]
    {
        let text = format!("{reads} {keeper} {drops}");
        programs.push(copied(&format!("value carried: kept {name}"), "i64", &text, SIZE / 8)?);
    }
    let text = format!("{} (local.set $a (local.get $b)) {drops}", "(local.get $a)".repeat(16));
    programs.push(copied("value carried: kept where its local is written", "i64", &text, SIZE / 8)?);
    programs.push(copied(
        "value carried: the result of a block",
        "i64",
        "(drop (block (result i64) (local.get $a)))",
        SIZE,
    )?);
    Ok(())
}
