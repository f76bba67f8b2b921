//! Loops that copy or fill memory, as compilers write them and as they do not. Shared by the test of
//! runs and that of the dispatches.

use vellum_engine::{Mode, Module, Policy, PriceTable};

/// Bodies of functions that take `to`, `from` and `len`, as compilers write them and as they do not.
pub const LOOPS: &[(&str, &str)] = &[
    (
        "an index, tested at the head",
        "(block $out (loop $next
            (br_if $out (i32.eq (local.get $i) (local.get 2)))
            (i32.store8 (i32.add (local.get 0) (local.get $i)) (i32.load8_u (i32.add (local.get 1) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $next)))",
    ),
    (
        "an index, tested at the head, the other way round",
        "(loop $next (block $body
            (br_if $body (i32.ne (local.get 2) (local.get $i)))
            (return (local.get $i)))
            (i32.store8 offset=3 (i32.add (local.get 0) (local.get $i)) (i32.load8_u offset=1 (i32.add (local.get 1) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $next))",
    ),
    (
        "three counters, tested at the end",
        "(block $out
            (br_if $out (i32.eqz (local.get 2)))
            (loop $next
                (i32.store8 (local.get 0) (i32.load8_u (local.get 1)))
                (local.set 1 (i32.add (local.get 1) (i32.const 1)))
                (local.set 0 (i32.add (local.get 0) (i32.const 1)))
                (local.set 2 (i32.add (local.get 2) (i32.const -1)))
                (br_if $next (local.get 2))))",
    ),
    (
        "words, while the index is less",
        "(loop $next
            (i64.store (i32.add (local.get 0) (local.get $i)) (i64.load (i32.add (local.get 1) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 8)))
            (br_if $next (i32.lt_u (local.get $i) (local.get 2))))",
    ),
    (
        "half words, up to a constant",
        "(loop $next
            (i32.store (i32.add (local.get 0) (local.get $i)) (i32.load (i32.add (local.get 1) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 4)))
            (br_if $next (i32.ne (local.get $i) (i32.const 64))))",
    ),
    (
        "filling",
        "(loop $next
            (i32.store8 (local.get 0) (local.get 1))
            (local.set 0 (i32.add (local.get 0) (i32.const 1)))
            (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
            (br_if $next (local.get 2)))",
    ),
    (
        "filling up to an address",
        "(local.set $i (i32.add (local.get 0) (local.get 2)))
        (block $out (loop $next
            (br_if $out (i32.ge_u (local.get 0) (local.get $i)))
            (i32.store8 (local.get 0) (local.get 1))
            (local.set 0 (i32.add (local.get 0) (i32.const 1)))
            (br $next)))",
    ),
    (
        "downwards, which no run does",
        "(loop $next
            (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
            (i32.store8 (i32.add (local.get 0) (local.get 2)) (i32.load8_u (i32.add (local.get 1) (local.get 2))))
            (br_if $next (local.get 2)))",
    ),
    (
        "a loop that leaves a value",
        "(local.set $i (loop $next (result i32)
            (i32.store8 (local.get 0) (i32.load8_u (local.get 1)))
            (local.set 1 (i32.add (local.get 1) (i32.const 1)))
            (local.set 0 (i32.add (local.get 0) (i32.const 1)))
            (local.set 2 (i32.add (local.get 2) (i32.const -1)))
            (br_if $next (local.get 2))
            (local.get 0)))",
    ),
    (
        "a loop that hands on a value, which no run does",
        "(local.get 0)
        (loop $next (param i32) (result i32)
            (i32.store8 (local.get 0) (i32.load8_u (local.get 1)))
            (local.set 1 (i32.add (local.get 1) (i32.const 1)))
            (local.set 0 (i32.add (local.get 0) (i32.const 1)))
            (local.set 2 (i32.add (local.get 2) (i32.const -1)))
            (i32.add (i32.const 1))
            (br_if $next (local.get 2)))
        (local.set $i)",
    ),
    (
        "an iteration that does more, which no run does",
        "(loop $next
            (i32.store8 (local.get 0) (local.get 1))
            (local.set 1 (i32.mul (local.get 1) (i32.const 3)))
            (local.set 0 (i32.add (local.get 0) (i32.const 1)))
            (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
            (br_if $next (local.get 2)))",
    ),
];

/// `to`, `from`, `len`: apart, overlapping either way, at the end of memory, past it, empty, and too much.
pub const ARGUMENTS: &[[u64; 3]] = &[
    [1024, 0, 100],
    [100, 0, 64],
    [5, 0, 64],
    [1, 0, 64],
    [0, 1, 64],
    [0, 5, 200],
    [7, 7, 40],
    [65_500, 0, 36],
    [65_500, 0, 64],
    [0, 65_500, 64],
    [65_536, 0, 8],
    [0xffff_fff0, 0, 64],
    [512, 0, 1],
    [512, 0, 3],
    [512, 0, 5],
];

/// A module that runs a body, and returns the sum of what its locals hold then.
pub fn module(body: &str, prices: &PriceTable) -> Module {
    let text = format!(
        "(module (memory (export \"memory\") 1) (func (export \"run\") (param i32 i32 i32) (result i32) (local $i i32)
            {body}
            (i32.add (i32.add (local.get 0) (local.get 1)) (i32.add (local.get 2) (local.get $i)))))"
    );
    let blob = wat::parse_str(text).unwrap();
    Module::new(&blob, &Policy::all(), prices, Mode::Eager).unwrap()
}
