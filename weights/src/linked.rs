//! Prices of the engine where it is linked into what calls it, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0
//! Date: 2026-11-20
//! Command: cargo run --release -p vellum-benchmarking -- calibrate
//! From: 388 programs, each covered with a margin of 10 %

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
#[rustfmt::skip]
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    122, // const, per operator
    762, // local, per operator
    540, // global, per operator
    1_651, // simple, per operator
    547, // select, per operator
    454, // multiply, per operator
    1_527, // divide, per operator
    717, // load, per operator
    635, // store, per operator
    1_445, // branch, per operator
    4_398, // branch table, per operator
    3_440, // call, per operator
    4_259, // call indirect, per operator
    1, // return, per operator
    5_679, // memory, per operator
    51, // local zeroed, per local
    760, // value carried, per value
    10, // byte moved, per byte
    11_283_722, // page grown, per page
    219_150, // first call, per function
    21_487, // first call byte, per byte
    90, // first call local, per local
    584_744, // instance, per instance
    539_810, // instance page, per page
    1_928, // instance entry, per entry
    176, // instance byte, per byte
    4_752, // float, per operator
    7_448, // float divide, per operator
    5_789, // table, per operator
    97, // element moved, per element
    4_680, // wide, per operator
];
