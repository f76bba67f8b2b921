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
    220, // const, per operator
    936, // local, per operator
    621, // global, per operator
    500, // simple, per operator
    523, // select, per operator
    1_356, // multiply, per operator
    1_551, // divide, per operator
    684, // load, per operator
    509, // store, per operator
    1_485, // branch, per operator
    4_416, // branch table, per operator
    3_293, // call, per operator
    3_737, // call indirect, per operator
    2, // return, per operator
    5_090, // memory, per operator
    63, // local zeroed, per local
    938, // value carried, per value
    10, // byte moved, per byte
    3_325_133, // page grown, per page
    161_144, // first call, per function
    11_070, // first call byte, per byte
    177, // first call local, per local
    446_933, // instance, per instance
    544_377, // instance page, per page
    1_923, // instance entry, per entry
    169, // instance byte, per byte
    4_514, // float, per operator
    7_176, // float divide, per operator
    5_030, // table, per operator
    101, // element moved, per element
    4_540, // wide, per operator
];
