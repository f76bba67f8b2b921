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
    592, // const, per operator
    1, // local get, per operator
    502, // global, per operator
    474, // simple, per operator
    1_991, // select, per operator
    2_157, // multiply, per operator
    2_375, // divide, per operator
    2_508, // load, per operator
    748, // store, per operator
    1_283, // branch, per operator
    5_018, // branch table, per operator
    2_327, // call, per operator
    11_178, // call indirect, per operator
    1, // return, per operator
    5_344, // memory, per operator
    90, // local zeroed, per local
    490, // value carried, per value
    9, // byte moved, per byte
    147_224, // page grown, per page
    429_309, // first call, per function
    21_932, // first call byte, per byte
    1, // first call local, per local
    3_793_322, // instance, per instance
    175_020, // instance page, per page
    26_358, // instance entry, per entry
    1, // instance byte, per byte
    2_556, // float, per operator
    4_958, // float divide, per operator
    1_468, // table, per operator
    58, // element moved, per element
    1_786, // wide, per operator
    323, // local set, per operator
    10_334, // bulk, per operator
    3_580, // float convert, per operator
    1, // instance element, per element
    148_851, // instance expression, per expression
    253, // wide const, per operator
    106_393, // instance declaration, per declaration
];
