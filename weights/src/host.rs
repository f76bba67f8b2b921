//! Prices of the engine in the node, compiled for the machine, in picoseconds per unit.
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
    291, // const, per operator
    914, // local, per operator
    592, // global, per operator
    446, // simple, per operator
    471, // select, per operator
    1_313, // multiply, per operator
    1_248, // divide, per operator
    646, // load, per operator
    490, // store, per operator
    1_431, // branch, per operator
    4_370, // branch table, per operator
    4_342, // call, per operator
    3_627, // call indirect, per operator
    2, // return, per operator
    4_697, // memory, per operator
    50, // local zeroed, per local
    857, // value carried, per value
    9, // byte moved, per byte
    3_181_141, // page grown, per page
    155_205, // first call, per function
    10_601, // first call byte, per byte
    173, // first call local, per local
    1_675_823, // instance, per instance
    481_091, // instance page, per page
    878, // instance entry, per entry
    86, // instance byte, per byte
    4_465, // float, per operator
    7_023, // float divide, per operator
    4_919, // table, per operator
    93, // element moved, per element
    4_278, // wide, per operator
];
