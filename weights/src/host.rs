//! Prices of the engine in the node, compiled for the machine, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0
//! Date: 2026-11-28
//! Command: cargo run --release -p vellum-benchmarking -- calibrate
//! From: 1069 programs; charged is at least 67 % of the time of each, 42 % if it is hostile to caches

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
#[rustfmt::skip]
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    1, // const, per operator
    2, // local get, per operator
    1_130, // global, per operator
    465, // simple, per operator
    1_976, // select, per operator
    2_830, // multiply, per operator
    2_399, // divide, per operator
    2_689, // load, per operator
    775, // store, per operator
    1_375, // branch, per operator
    6_924, // branch table, per operator
    1_777, // call, per operator
    11_671, // call indirect, per operator
    107, // return, per operator
    4_893, // memory, per operator
    280, // local zeroed, per local
    516, // value carried, per value
    9, // byte moved, per byte
    131_596, // page grown, per page
    153_080, // first call, per function
    23_663, // first call byte, per byte
    1, // first call local, per local
    3_507_997, // instance, per instance
    235_784, // instance page, per page
    18_711, // instance entry, per entry
    84, // instance byte, per byte
    2_631, // float, per operator
    4_920, // float divide, per operator
    1_781, // table, per operator
    58, // element moved, per element
    1_739, // wide, per operator
    331, // local set, per operator
    12_171, // bulk, per operator
    3_591, // float convert, per operator
    1, // instance element, per element
    81_210, // instance expression, per expression
    696, // wide const, per operator
    107_012, // instance declaration, per declaration
];
