//! Prices of the engine in the node, compiled for the machine, in picoseconds per unit.
//!
//! GENERATED, do not edit. docs/weights.md says how it is made and what it promises.
//!
//! Machine: AMD EPYC, family 26, 2 cores, x86_64 linux
//! Made with: rustc 1.95.0 (59807616e 2026-04-14); Vellum 0.1.0
//! Date: 2026-11-29
//! Command: cargo run --release -p vellum-benchmarking -- calibrate
//! From: 1175 programs; charged is at least 67 % of the time of each, 42 % if it is hostile to caches

use vellum_engine::GasClass;

/// In the order of `GasClass::ALL`.
#[rustfmt::skip]
pub(crate) const PRICES: [u32; GasClass::COUNT] = [
    0, // structure, per operator
    485, // const, per operator
    18, // local get, per operator
    642, // global, per operator
    465, // simple, per operator
    1_963, // select, per operator
    3_615, // multiply, per operator
    2_377, // divide, per operator
    2_538, // load, per operator
    744, // store, per operator
    1_036, // branch, per operator
    5_621, // branch table, per operator
    2_334, // call, per operator
    10_849, // call indirect, per operator
    1, // return, per operator
    1_017, // memory, per operator
    273, // local zeroed, per local
    509, // value carried, per value
    8, // byte moved, per byte
    183_440, // page grown, per page
    461_580, // first call, per function
    22_316, // first call byte, per byte
    1, // first call local, per local
    3_508_369, // instance, per instance
    208_520, // instance page, per page
    30_443, // instance entry, per entry
    1, // instance byte, per byte
    2_570, // float, per operator
    4_908, // float divide, per operator
    4_952, // table, per operator
    58, // element moved, per element
    1_748, // wide, per operator
    313, // local set, per operator
    10_639, // bulk, per operator
    3_627, // float convert, per operator
    1, // instance element, per element
    136_555, // instance expression, per expression
    272, // wide const, per operator
    107_105, // instance declaration, per declaration
];
