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
    722, // const, per operator
    418, // local, per operator
    916, // global, per operator
    355, // simple, per operator
    1_205, // select, per operator
    422, // multiply, per operator
    2_336, // divide, per operator
    1_042, // load, per operator
    712, // store, per operator
    1_376, // branch, per operator
    3_885, // branch table, per operator
    3_681, // call, per operator
    4_816, // call indirect, per operator
    4, // return, per operator
    29_282, // memory, per operator
    221, // local zeroed, per local
    356, // value carried, per value
    682, // byte moved, per byte
    4_076_944, // page grown, per page
    475_831, // first call, per function
    36_024, // first call byte, per byte
    198, // first call local, per local
    9_568_204, // instance, per instance
    4_876_611, // instance page, per page
    923, // instance entry, per entry
    707, // instance byte, per byte
    15_960, // float, per operator
    36_604, // float divide, per operator
    32_185, // table, per operator
    505, // element moved, per element
    17_607, // wide, per operator
];
