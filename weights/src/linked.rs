//! Prices of the engine that is linked into a runtime, compiled to WebAssembly, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0; run by wasmtime 48.0.1, Cranelift
//! Date: 2026-11-28
//! Command: cargo run --release -p vellum-benchmarking --features wasmtime -- calibrate --placement linked
//! From: 519 programs; charged is at least 67 % of the time of each, 42 % if it is hostile to caches

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
#[rustfmt::skip]
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    83, // const, per operator
    101, // local get, per operator
    614, // global, per operator
    678, // simple, per operator
    1_936, // select, per operator
    2_496, // multiply, per operator
    1_752, // divide, per operator
    2_733, // load, per operator
    636, // store, per operator
    1_450, // branch, per operator
    10_302, // branch table, per operator
    1, // call, per operator
    12_864, // call indirect, per operator
    2_550, // return, per operator
    10_572, // memory, per operator
    200, // local zeroed, per local
    419, // value carried, per value
    97, // byte moved, per byte
    4_100_104, // page grown, per page
    173_441, // first call, per function
    44_418, // first call byte, per byte
    414, // first call local, per local
    4_788_140, // instance, per instance
    3_750_638, // instance page, per page
    23_589, // instance entry, per entry
    209, // instance byte, per byte
    2_133, // float, per operator
    25_263, // float divide, per operator
    15_661, // table, per operator
    332, // element moved, per element
    17_544, // wide, per operator
    352, // local set, per operator
    47_327, // bulk, per operator
    11_090, // float convert, per operator
    424, // instance element, per element
    113_735, // instance expression, per expression
    1_019, // wide const, per operator
    146_843, // instance declaration, per declaration
];
