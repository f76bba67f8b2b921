//! Families that are about operands, locals, memory and tables.

use super::{Family, function, numbered, row, types};

fn written_locals(count: usize) -> String {
    let gets = numbered(count, |at| format!("local.get {} ", at % 1_000));
    let sets = numbered(count, |at| format!("i32.const 1 local.set {} ", at % 1_000));
    format!("(module (func (local {}) {gets} {sets} {}))", types(1_000), "drop ".repeat(count))
}

/// A thousand operands that name one local, and a write to it: again and again.
fn local_pushed_often(count: usize) -> String {
    let once = "local.get $a ".repeat(1_000) + "i32.const 1 local.set $a " + &"drop ".repeat(1_000);
    let rest = count % 1_000;
    let rest = "local.get $a ".repeat(rest) + "i32.const 1 local.set $a " + &"drop ".repeat(rest);
    function(&(once.repeat(count / 1_000) + &rest))
}

fn deep_operands(count: usize) -> String {
    let depth = count.min(8_000);
    let sum = "i32.const 3 ".repeat(depth) + &"i32.add ".repeat(depth - 1) + "drop ";
    function(&sum.repeat(count / depth))
}

fn locals_far_away(count: usize) -> String {
    let groups = "i32 i64 ".repeat(1_000);
    let reads = numbered(count, |at| format!("local.get {} drop ", 60 + at % 1_900));
    format!("(module (func (local {groups}) {reads}))")
}

/// The families.
pub const FAMILIES: &[Family] = &[
    Family { name: "nothing, at length", source: |n| row(n, "nop ") },
    Family { name: "locals pushed, then written", source: written_locals },
    Family { name: "a local pushed often, then written", source: local_pushed_often },
    Family {
        name: "a local written and read",
        source: |n| row(n, "local.get $a local.tee $b local.get $b i32.add local.set $a "),
    },
    Family {
        name: "a chain of tees",
        source: |n| function(&format!("local.get $a {} drop", "local.tee $b ".repeat(n))),
    },
    Family { name: "locals dropped", source: |n| row(n, "local.get $a drop ") },
    Family { name: "locals of 2000 groups, read", source: locals_far_away },
    Family {
        name: "sums of constants",
        source: |n| function(&format!("i32.const 1 {} drop", "i32.const 3 i32.add ".repeat(n))),
    },
    Family { name: "operands piled up, then added", source: deep_operands },
    Family { name: "selects", source: |n| row(n, "i32.const 1 i32.const 2 i32.const 3 select local.set $a ") },
    Family {
        name: "typed selects",
        source: |n| row(n, "i32.const 1 i32.const 2 local.get $a select (result i32) local.set $a "),
    },
    Family {
        name: "a chain of selects",
        source: |n| function(&format!("i32.const 1 {} drop", "local.get $a local.get $b select ".repeat(n))),
    },
    Family { name: "comparisons", source: |n| row(n, "local.get $a local.get $b i32.lt_s local.set $a ") },
    Family {
        name: "a chain of negations",
        source: |n| function(&format!("local.get $a {} drop", "i32.eqz ".repeat(n))),
    },
    Family { name: "wide constants", source: |n| row(n, "i64.const 0x7fffffffff local.set $l ") },
    Family { name: "float constants", source: |n| row(n, "f64.const 1.5 drop ") },
    Family {
        name: "wide sums",
        source: |n| row(n, "local.get $l local.get $l local.get $l local.get $l i64.add128 drop drop "),
    },
    // Memory and tables.
    Family { name: "loads", source: |n| row(n, "local.get $a i32.load local.set $a ") },
    Family {
        name: "stores of wide constants",
        source: |n| row(n, "local.get $a i64.const 0x7fffffffffffffff i64.store "),
    },
    Family {
        name: "operators on whole memories",
        source: |n| row(n, "i32.const 0 i32.const 1 i32.const 2 memory.copy i32.const 1 memory.grow drop "),
    },
    Family {
        name: "operators on tables",
        source: |n| row(n, "i32.const 0 i32.const 1 table.get $table table.set $table "),
    },
    Family {
        name: "references to functions",
        source: |n| format!("(module (elem declare func $f) (func $f {}))", "ref.func $f drop ".repeat(n)),
    },
];
