//! Prices of the engine that is linked into a runtime, compiled to WebAssembly, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0; run by wasmtime 48.0.1, Cranelift
//! Date: 2026-11-28
//! Command: cargo run --release -p vellum-benchmarking --features wasmtime -- calibrate --placement linked
//! From: 400 programs, each covered with a margin of 10 %

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
#[rustfmt::skip]
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    757, // const, per operator
    319, // local, per operator
    644, // global, per operator
    597, // simple, per operator
    1_626, // select, per operator
    462, // multiply, per operator
    2_681, // divide, per operator
    1_328, // load, per operator
    752, // store, per operator
    1_439, // branch, per operator
    4_159, // branch table, per operator
    371, // call, per operator
    1_504, // call indirect, per operator
    3_486, // return, per operator
    31_105, // memory, per operator
    232, // local zeroed, per local
    364, // value carried, per value
    688, // byte moved, per byte
    4_182_254, // page grown, per page
    521_239, // first call, per function
    38_777, // first call byte, per byte
    234, // first call local, per local
    8_920_372, // instance, per instance
    5_116_927, // instance page, per page
    1_833, // instance entry, per entry
    724, // instance byte, per byte
    17_298, // float, per operator
    43_492, // float divide, per operator
    35_338, // table, per operator
    531, // element moved, per element
    18_682, // wide, per operator
];
