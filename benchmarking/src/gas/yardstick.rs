//! A native program whose time says how fast a machine is, whatever its prices and its engine are.
//!
//! It hashes, which is what an interpreter's work is most like among things that no release of the engine changes:
//! dependent integer operations on data in the nearest cache.

use sha3::{Digest, Keccak256};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Bytes that are hashed: some 100 microseconds.
const BYTES: usize = 32 << 10;
/// The fastest of so many.
const RUNS: u32 = 200;

/// How long it takes here, in nanoseconds.
pub fn nanoseconds() -> f64 {
    let bytes = black_box(vec![7_u8; BYTES]);
    let run = |_| {
        let start = Instant::now();
        black_box(Keccak256::digest(&bytes));
        start.elapsed()
    };
    (0..RUNS).map(run).min().unwrap_or(Duration::ZERO).as_secs_f64() * 1e9
}

/// Picoseconds of this machine for one of the machine on which the yardstick takes `there`; 1 if that is this one.
pub fn reference_ratio(here: f64, there: Option<f64>) -> f64 {
    there.map_or(1.0, |there| here / there)
}
