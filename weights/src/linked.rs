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
    // structure, per operator
    0,
    // const, per operator
    176,
    // local, per operator
    790,
    // global, per operator
    470,
    // simple, per operator
    1_624,
    // select, per operator
    335,
    // multiply, per operator
    242,
    // divide, per operator
    2_445,
    // load, per operator
    579,
    // store, per operator
    458,
    // branch, per operator
    1_445,
    // branch table, per operator
    4_598,
    // call, per operator
    4_349,
    // call indirect, per operator
    4_378,
    // return, per operator
    2,
    // memory, per operator
    6_057,
    // local zeroed, per local
    40,
    // value carried, per value
    629,
    // byte moved, per byte
    10,
    // page grown, per page
    11_586_852,
    // first call, per function
    223_459,
    // first call byte, per byte
    23_578,
    // first call local, per local
    91,
    // instance, per instance
    937_656,
    // instance page, per page
    537_908,
    // instance entry, per entry
    80,
    // instance byte, per byte
    75,
    // float, per operator
    1_624,
    // float divide, per operator
    6_000,
    // table, per operator
    6_057,
    // element moved, per element
    200,
    // wide, per operator
    3_000,
];
