//! Prices of the engine in the node, compiled for the machine, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0
//! Date: 2026-11-29
//! Command: cargo run --release -p vellum-benchmarking -- calibrate
//! From: 1151 programs; charged is at least 67 % of the time of each, 42 % if it is hostile to caches

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
#[rustfmt::skip]
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    560, // const, per operator
    16, // local get, per operator
    548, // global, per operator
    464, // simple, per operator
    1_953, // select, per operator
    2_153, // multiply, per operator
    2_434, // divide, per operator
    2_635, // load, per operator
    736, // store, per operator
    1_028, // branch, per operator
    6_391, // branch table, per operator
    2_297, // call, per operator
    10_562, // call indirect, per operator
    1, // return, per operator
    282, // memory, per operator
    192, // local zeroed, per local
    563, // value carried, per value
    9, // byte moved, per byte
    152_240, // page grown, per page
    449_581, // first call, per function
    22_132, // first call byte, per byte
    1, // first call local, per local
    3_811_068, // instance, per instance
    184_589, // instance page, per page
    25_567, // instance entry, per entry
    1, // instance byte, per byte
    2_654, // float, per operator
    5_011, // float divide, per operator
    1_141, // table, per operator
    58, // element moved, per element
    1_922, // wide, per operator
    235, // local set, per operator
    10_364, // bulk, per operator
    3_667, // float convert, per operator
    1, // instance element, per element
    139_839, // instance expression, per expression
    249, // wide const, per operator
    106_209, // instance declaration, per declaration
];
