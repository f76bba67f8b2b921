//! How long validating and translating 128 KiB takes at worst, beside a real module:
//!
//! ```text
//! cargo run --release -p vellum-engine --example bombs -- contract.wasm
//! ```
//!
//! Each family of `tests/families` is one way to ask as much of a compiler as bytes can. Times are
//! the least of several runs; the real module's is scaled to the same number of bytes.

#[path = "../tests/families/mod.rs"]
mod families;

use families::FAMILIES;
use std::time::{Duration, Instant};
use vellum_engine::{GasClass, Mode, Module, Policy, PriceTable};

const BLOB_BYTES: usize = 131_072;
const RUNS: usize = 7;

fn main() {
    let real = std::env::args().nth(1).map(|path| {
        let blob = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        per_blob(least_time(&blob), blob.len())
    });
    let mut times: Vec<_> = FAMILIES
        .iter()
        .map(|family| {
            let blob = family.blob(family.count_for(BLOB_BYTES));
            (per_blob(least_time(&blob), blob.len()), family.name)
        })
        .collect();
    times.sort();
    for (time, name) in times.iter().rev() {
        print!("{name:50} {:8.3} ms", time.as_secs_f64() * 1e3);
        match real {
            Some(real) => println!(", {:5.2} of the real module's", time.as_secs_f64() / real.as_secs_f64()),
            None => println!(),
        }
    }
}

/// Scales a time to the size that is compared.
fn per_blob(time: Duration, bytes: usize) -> Duration {
    let nanoseconds = time.as_nanos() * u128::try_from(BLOB_BYTES).unwrap() / u128::try_from(bytes).unwrap();
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap())
}

fn least_time(blob: &[u8]) -> Duration {
    let prices = PriceTable::new([1; GasClass::COUNT]).unwrap();
    let run = || {
        let start = Instant::now();
        let module = Module::new(blob, &Policy::all(), &prices, Mode::Eager);
        let time = start.elapsed();
        module.unwrap_or_else(|error| panic!("a module of {} bytes is refused: {error}", blob.len()));
        time
    };
    (0..RUNS).map(|_| run()).min().unwrap()
}
