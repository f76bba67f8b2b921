//! Programs that no cache and no predictor helps, as far as people think of them: `gas search` thinks of others.
//!
//! Memory is prepared by the program itself, in a call that is not timed: `p -> (p * 5 + 1)` over so many lines visits
//! each line once, in an order that a prefetcher does not follow.

use crate::gas::subject::{Part, Set, Subject, Task};
use crate::host::Host;
use anyhow::{Context, Result};

/// Turns of each loop.
const SIZE: u64 = 20_000;

pub(crate) fn programs() -> Result<Vec<Subject>> {
    let chase = "(local.set $p (i32.load (local.get $p)))";
    let random = "(local.set $r (i32.add (i32.mul (local.get $r) (i32.const 1664525)) (i32.const 1013904223)))";
    let jump = format!("{random} (local.set $p (i32.and (local.get $r) (i32.const 0xfff80)))");
    let nested = format!("(local.set $p {}(local.get $p){})", "(i32.load ".repeat(16), ")".repeat(16));
    let many = |text: &str| text.repeat(8);
    let programs = [
        ("chase of 16 KiB", Set::Resident, 8, many(chase)),
        ("chase of 256 KiB", Set::Hostile, 12, many(chase)),
        ("chase of 1 MiB", Set::Hostile, 14, many(chase)),
        ("nested chase of 16 KiB", Set::Resident, 8, nested.clone()),
        ("nested chase of 1 MiB", Set::Hostile, 14, nested),
        ("random loads over 1 MiB", Set::Hostile, 14, many(&format!("{jump} (drop (i64.load (local.get $p)))"))),
        (
            "random stores over 1 MiB",
            Set::Hostile,
            14,
            many(&format!("{jump} (i64.store (local.get $p) (i64.const 1))")),
        ),
        (
            "loads across lines over 1 MiB",
            Set::Hostile,
            14,
            many(&format!("{jump} (drop (i64.load offset=60 (local.get $p)))")),
        ),
        (
            "random ways",
            Set::Resident,
            4,
            many(&format!(
                "{random} (if (i32.lt_s (local.get $r) (i32.const 0)) (then (local.set $p (i32.const 64))))"
            )),
        ),
        (
            "random branch table",
            Set::Resident,
            4,
            many(&format!(
                "{random} (block $a (block $b (block $c (block $d
                (br_table $a $b $c $d (i32.shr_u (local.get $r) (i32.const 30)))))))"
            )),
        ),
        (
            "random callees",
            Set::Resident,
            4,
            many(&format!("{random} (call_indirect (type $none) (i32.shr_u (local.get $r) (i32.const 30)))")),
        ),
    ];
    programs.into_iter().map(|(name, set, lines_log2, body)| program(name, set, lines_log2, &body)).collect()
}

fn program(name: &str, set: Set, lines_log2: u32, body: &str) -> Result<Subject> {
    let lines = 1_u32 << lines_log2;
    let text = format!(
        r#"(module (memory 16) (type $none (func)) (table 4 funcref) (elem (i32.const 0) $w $x $y $z)
            (func $w) (func $x (local i32)) (func $y (local i64 i64)) (func $z (local i32 i32 i32))
            (func (export "prepare") (local $line i32)
                (loop $next
                    (i32.store (i32.shl (local.get $line) (i32.const 6))
                        (i32.shl (i32.and (i32.add (i32.mul (local.get $line) (i32.const 1365)) (i32.const 1237)) (i32.const {mask}))
                            (i32.const 6)))
                    (br_if $next (i32.lt_u (local.tee $line (i32.add (local.get $line) (i32.const 1))) (i32.const {lines})))))
            (func (export "run") (param $n i32) (local $p i32) (local $r i32)
                (loop $next
                    {body}
                    (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))"#,
        mask = lines - 1
    );
    let blob = wat::parse_str(text).with_context(|| format!("the program {name}"))?;
    let before = vec![("prepare", Vec::new()), ("run", vec![u64::from(lines)])];
    let task = Task { before, entry: "run", args: vec![SIZE], host: Host::default() };
    Ok(Subject { name: name.into(), group: "hostile", set, blob, task: Some(task), parts: vec![Part::Execution] })
}
