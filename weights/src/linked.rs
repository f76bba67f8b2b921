//! Prices of the engine that is linked into a runtime, compiled to WebAssembly, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0; run by wasmtime 48.0.1, Cranelift
//! Date: 2026-11-29
//! Command: cargo run --release -p vellum-benchmarking --features wasmtime -- calibrate --placement linked
//! From: 630 programs; charged is at least 67 % of the time of each, 42 % if it is hostile to caches

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
#[rustfmt::skip]
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    772, // const, per operator
    192, // local get, per operator
    698, // global, per operator
    733, // simple, per operator
    1_763, // select, per operator
    719, // multiply, per operator
    1_673, // divide, per operator
    2_413, // load, per operator
    397, // store, per operator
    930, // branch, per operator
    8_317, // branch table, per operator
    11_013, // call, per operator
    13_150, // call indirect, per operator
    1, // return, per operator
    13_487, // memory, per operator
    138, // local zeroed, per local
    654, // value carried, per value
    99, // byte moved, per byte
    4_271_676, // page grown, per page
    162_963, // first call, per function
    45_496, // first call byte, per byte
    475, // first call local, per local
    4_790_847, // instance, per instance
    3_830_825, // instance page, per page
    23_539, // instance entry, per entry
    213, // instance byte, per byte
    1_649, // float, per operator
    26_692, // float divide, per operator
    15_202, // table, per operator
    334, // element moved, per element
    16_651, // wide, per operator
    316, // local set, per operator
    44_950, // bulk, per operator
    11_268, // float convert, per operator
    425, // instance element, per element
    109_838, // instance expression, per expression
    529, // wide const, per operator
    150_584, // instance declaration, per declaration
];
