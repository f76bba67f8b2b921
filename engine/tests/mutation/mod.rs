//! Bytes damaged at random, and running whatever comes of them.

pub mod random;

pub use random::Random;
use vellum_engine::{Exit, Instance, Module, RunLimits};

/// Limits under which every run soon ends.
pub const LIMITS: RunLimits =
    RunLimits { call_depth: 64, stack_height: 4_096, memory_pages: 4, table_elements: 100_000 };
/// Fuel with which it does.
pub const FUEL: u64 = 3_000_000;

/// The modules of the golden files. Embedded, since not everything that runs these tests may read files.
pub const SEEDS: &[&str] = &[
    include_str!("../golden/arithmetic.wat"),
    include_str!("../golden/blocks.wat"),
    include_str!("../golden/calls.wat"),
    include_str!("../golden/control.wat"),
    include_str!("../golden/fused.wat"),
    include_str!("../golden/globals.wat"),
    include_str!("../golden/host.wat"),
    include_str!("../golden/memory.wat"),
    include_str!("../golden/refused.wat"),
    include_str!("../golden/tables.wat"),
    include_str!("../golden/tail_calls.wat"),
    include_str!("../golden/wide_and_floats.wat"),
];

/// The same, assembled.
pub fn seeds() -> Vec<Vec<u8>> {
    SEEDS.iter().map(|source| wat::parse_str(source).unwrap()).collect()
}

/// One of the blobs, damaged in one way or another.
pub fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut blob = seeds[random.below(seeds.len())].clone();
    match random.below(10) {
        0 => blob.truncate(random.below(blob.len())),
        1 => {
            let other = &seeds[random.below(seeds.len())];
            let (at, from) = (random.below(blob.len()), random.below(other.len()));
            blob.truncate(at);
            blob.extend_from_slice(&other[from..]);
        }
        2 => blob = (0..random.below(200)).map(|_| u8::try_from(random.below(256)).unwrap()).collect(),
        _ => {
            for _ in 0..=random.below(3) {
                let at = random.below(blob.len());
                blob[at] ^= 1 << random.below(8);
            }
        }
    }
    blob
}

/// Runs every export, each in an instance of its own; the exits, what was left, and the memory.
pub fn run_all(module: &Module) -> Vec<(Exit, u64, Vec<u8>)> {
    let mut runs = Vec::new();
    for export in module.exports() {
        let Some(func) = module.exported_func(&export.name) else { continue };
        let Ok(instance) = Instance::new(module, LIMITS) else { continue };
        let (mut fuel, mut call) = (FUEL, instance.call(func, &[3, 7, 1]));
        let mut exit = call.run(&mut fuel);
        while let Exit::HostCall { .. } = exit {
            exit = call.resume(&[1], &mut fuel);
        }
        runs.push((exit, fuel, call.instance().memory().to_vec()));
    }
    runs
}
