//! How long validating and translating 128 KiB takes at worst, beside a real contract:
//!
//! ```text
//! cargo run --release -p vellum-engine --example bombs -- contract.wasm [part of a family's name]
//! ```
//!
//! Each family of `tests/families` is one way to ask as much of a compiler as bytes can. It is taken under
//! the policy for contracts, or, if that refuses it, under the one for embedders, or else its refusal is
//! what takes the time. The contract is taken before each of a family's runs, and the least of its times,
//! scaled to the same number of bytes, stands against the least of the family's.

#[path = "../tests/families/mod.rs"]
mod families;

use families::{Family, families, over_the_limits};
use std::time::{Duration, Instant};
use vellum_engine::{GasClass, Mode, Module, Policy, PriceTable};

/// A little less than 128 KiB, so that one body, which is at most as long, holds it.
const BLOB_BYTES: usize = 130_048;
/// Many, because a run of some milliseconds is seldom left alone on a machine that has other work.
const RUNS: usize = 31;

struct Row {
    name: &'static str,
    policy: &'static str,
    time: Duration,
    /// Of the real contract.
    ratio: Option<f64>,
}

fn main() {
    let real = std::env::args().nth(1);
    let real = real.map(|path| std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}")));
    let wanted = std::env::args().nth(2).unwrap_or_default();
    let families = families().chain(over_the_limits()).filter(|family| family.name.contains(&wanted));
    let mut rows: Vec<Row> = families.map(|family| row(family, real.as_deref())).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.time));
    rows.iter().for_each(print);
    if let Some(real) = &real {
        println!("the real contract: {} bytes, validated and translated under the policy for contracts", real.len());
        for policy in ["contracts", "embedders", "refused"] {
            let of_policy = rows.iter().filter(|row| row.policy == policy);
            let Some(worst) = of_policy.max_by(|one, other| one.ratio.partial_cmp(&other.ratio).unwrap()) else {
                continue;
            };
            println!("worst, {policy}: {:.2} ({})", worst.ratio.unwrap_or_default(), worst.name);
        }
    }
}

fn row(family: &'static Family, real: Option<&[u8]>) -> Row {
    let blob = family.blob(family.count_for(BLOB_BYTES));
    let (policy, name) = match [Policy::contracts(), Policy::all()].map(|policy| compile(&blob, &policy).1) {
        [true, _] => (Policy::contracts(), "contracts"),
        [_, true] => (Policy::all(), "embedders"),
        _ => (Policy::all(), "refused"),
    };
    let (mut time, mut real_time) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        if let Some(real) = real {
            let (time, accepted) = compile(real, &Policy::contracts());
            assert!(accepted, "a real contract is accepted");
            real_time = real_time.min(time);
        }
        time = time.min(compile(&blob, &policy).0);
    }
    let per_byte = |time: Duration, blob: &[u8]| time.as_secs_f64() / f64::from(u32::try_from(blob.len()).unwrap());
    let time_per_byte = per_byte(time, &blob);
    let ratio = real.map(|real| time_per_byte / per_byte(real_time, real));
    Row { name: family.name, policy: name, time: Duration::from_secs_f64(time_per_byte * 131_072.0), ratio }
}

fn print(row: &Row) {
    let Row { name, policy, time, ratio } = row;
    print!("{name:54} {policy:9} {:8.3} ms", time.as_secs_f64() * 1e3);
    match ratio {
        Some(ratio) => println!(", {ratio:5.2} of the real contract's"),
        None => println!(),
    }
}

/// How long it takes, and whether the blob is accepted.
fn compile(blob: &[u8], policy: &Policy) -> (Duration, bool) {
    let prices = PriceTable::new([1; GasClass::COUNT]).unwrap();
    let start = Instant::now();
    let module = Module::new(blob, policy, &prices, Mode::Eager);
    (start.elapsed(), module.is_ok())
}
