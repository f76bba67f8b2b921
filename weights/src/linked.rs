//! Prices of the engine where it is linked into what calls it, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0
//! Date: 2026-11-20
//! Command: cargo run --release -p vellum-benchmarking -- calibrate
//! From: 252 programs, each covered with a margin of 10 %

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    176, // const, per operator
    790, // local, per operator
    470, // global, per operator
    1_624, // simple, per operator
    335, // select, per operator
    242, // multiply, per operator
    2_445, // divide, per operator
    579, // load, per operator
    458, // store, per operator
    1_445, // branch, per operator
    4_598, // branch table, per operator
    4_349, // call, per operator
    4_378, // call indirect, per operator
    2, // return, per operator
    6_057, // memory, per operator
    40, // local zeroed, per local
    629, // value carried, per value
    10, // byte moved, per byte
    11_586_852, // page grown, per page
    223_459, // first call, per function
    23_578, // first call byte, per byte
    91, // first call local, per local
    937_656, // instance, per instance
    537_908, // instance page, per page
    80, // instance entry, per entry
    75, // instance byte, per byte
    1_624, // float, per operator
    6_000, // float divide, per operator
    6_057, // table, per operator
    200, // element moved, per element
    3_000, // wide, per operator
];
