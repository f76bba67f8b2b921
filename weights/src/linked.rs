//! Prices of the engine that is linked into a runtime, compiled to WebAssembly, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0; run by wasmtime 48.0.1, Cranelift
//! Date: 2026-11-29
//! Command: cargo run --release -p vellum-benchmarking --features wasmtime -- calibrate --placement linked
//! From: 644 programs; charged is at least 67 % of the time of each, 42 % if it is hostile to caches

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
#[rustfmt::skip]
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    785, // const, per operator
    244, // local get, per operator
    652, // global, per operator
    624, // simple, per operator
    1_519, // select, per operator
    604, // multiply, per operator
    2_594, // divide, per operator
    2_649, // load, per operator
    266, // store, per operator
    877, // branch, per operator
    7_634, // branch table, per operator
    10_347, // call, per operator
    12_359, // call indirect, per operator
    1, // return, per operator
    11_894, // memory, per operator
    128, // local zeroed, per local
    536, // value carried, per value
    93, // byte moved, per byte
    4_037_307, // page grown, per page
    163_980, // first call, per function
    42_790, // first call byte, per byte
    434, // first call local, per local
    4_568_081, // instance, per instance
    3_609_563, // instance page, per page
    22_287, // instance entry, per entry
    199, // instance byte, per byte
    1_422, // float, per operator
    23_773, // float divide, per operator
    14_551, // table, per operator
    314, // element moved, per element
    15_838, // wide, per operator
    304, // local set, per operator
    41_725, // bulk, per operator
    10_352, // float convert, per operator
    390, // instance element, per element
    103_974, // instance expression, per expression
    441, // wide const, per operator
    146_637, // instance declaration, per declaration
];
