//! Prices of the engine in the node, compiled for the machine, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0
//! Date: 2026-11-29
//! Command: cargo run --release -p vellum-benchmarking -- calibrate --raise-only
//! From: 1249 programs; charged is at least 67 % of the time of each, 42 % if it is hostile to caches

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
#[rustfmt::skip]
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    529, // const, per operator
    16, // local get, per operator
    748, // global, per operator
    435, // simple, per operator
    1_852, // select, per operator
    3_390, // multiply, per operator
    2_773, // divide, per operator
    2_309, // load, per operator
    775, // store, per operator
    903, // branch, per operator
    5_528, // branch table, per operator
    2_153, // call, per operator
    9_889, // call indirect, per operator
    1, // return, per operator
    452, // memory, per operator
    327, // local zeroed, per local
    458, // value carried, per value
    8, // byte moved, per byte
    127_840, // page grown, per page
    644_610, // first call, per function
    30_822, // first call byte, per byte
    1, // first call local, per local
    3_181_974, // instance, per instance
    169_559, // instance page, per page
    28_455, // instance entry, per entry
    1, // instance byte, per byte
    2_435, // float, per operator
    4_624, // float divide, per operator
    4_596, // table, per operator
    54, // element moved, per element
    1_632, // wide, per operator
    510, // local set, per operator
    9_945, // bulk, per operator
    3_390, // float convert, per operator
    1, // instance element, per element
    106_864, // instance expression, per expression
    82, // wide const, per operator
    99_288, // instance declaration, per declaration
];
