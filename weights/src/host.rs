//! Prices of the engine in the node, compiled for the machine, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0
//! Date: 2026-11-29
//! Command: cargo run --release -p vellum-benchmarking -- calibrate
//! From: 1159 programs; charged is at least 67 % of the time of each, 42 % if it is hostile to caches

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
#[rustfmt::skip]
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    572, // const, per operator
    18, // local get, per operator
    558, // global, per operator
    466, // simple, per operator
    1_964, // select, per operator
    2_169, // multiply, per operator
    2_458, // divide, per operator
    2_542, // load, per operator
    743, // store, per operator
    1_035, // branch, per operator
    6_240, // branch table, per operator
    2_333, // call, per operator
    10_497, // call indirect, per operator
    1, // return, per operator
    636, // memory, per operator
    189, // local zeroed, per local
    589, // value carried, per value
    8, // byte moved, per byte
    158_766, // page grown, per page
    387_674, // first call, per function
    22_697, // first call byte, per byte
    1, // first call local, per local
    3_886_013, // instance, per instance
    185_076, // instance page, per page
    25_851, // instance entry, per entry
    1, // instance byte, per byte
    2_652, // float, per operator
    4_990, // float divide, per operator
    1_114, // table, per operator
    58, // element moved, per element
    1_913, // wide, per operator
    230, // local set, per operator
    10_376, // bulk, per operator
    3_709, // float convert, per operator
    1, // instance element, per element
    142_511, // instance expression, per expression
    389, // wide const, per operator
    107_279, // instance declaration, per declaration
];
