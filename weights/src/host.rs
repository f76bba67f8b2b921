//! Prices of the engine in the node, compiled for the machine, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0
//! Date: 2026-11-29
//! Command: cargo run --release -p vellum-benchmarking -- calibrate
//! From: 1136 programs; charged is at least 67 % of the time of each, 42 % if it is hostile to caches

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
#[rustfmt::skip]
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    597, // const, per operator
    2, // local get, per operator
    850, // global, per operator
    474, // simple, per operator
    2_021, // select, per operator
    2_199, // multiply, per operator
    2_407, // divide, per operator
    2_624, // load, per operator
    859, // store, per operator
    1_313, // branch, per operator
    5_212, // branch table, per operator
    2_384, // call, per operator
    11_104, // call indirect, per operator
    1, // return, per operator
    1_590, // memory, per operator
    426, // local zeroed, per local
    448, // value carried, per value
    9, // byte moved, per byte
    157_304, // page grown, per page
    363_920, // first call, per function
    23_210, // first call byte, per byte
    1, // first call local, per local
    3_809_500, // instance, per instance
    187_820, // instance page, per page
    26_550, // instance entry, per entry
    1, // instance byte, per byte
    2_631, // float, per operator
    5_015, // float divide, per operator
    1_358, // table, per operator
    59, // element moved, per element
    1_825, // wide, per operator
    325, // local set, per operator
    10_556, // bulk, per operator
    3_596, // float convert, per operator
    1, // instance element, per element
    157_162, // instance expression, per expression
    358, // wide const, per operator
    107_019, // instance declaration, per declaration
];
