//! How long it takes until a module is ready, in every mode and from its index.
//!
//! ```text
//! cargo run --release -p vellum-engine --example startup -- FILES...
//! ```
//!
//! Ways take turns, and the fastest run of each counts: what else the machine does can only slow a run
//! down. *By all threads* is lazy translation, validated by as many threads as there are processors.
//! `instantiated` adds an instance with its memory, tables and segments.

use std::process::ExitCode;
use std::time::{Duration, Instant};
use vellum_engine::{Bytes, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits};

const LIMITS: RunLimits =
    RunLimits { call_depth: 1_024, stack_height: 1 << 20, memory_pages: 65_536, table_elements: 1 << 20 };

/// How long a file is measured, all ways together.
const TIME: Duration = Duration::from_secs(5);
const ROUNDS_MIN: u32 = 5;
const IN_A_ROW: u32 = 3;

/// A way to start, and its fastest runs.
struct Way {
    name: &'static str,
    start: Box<dyn Fn() -> Module>,
    ready: Duration,
    instantiated: Option<Duration>,
}

fn main() -> ExitCode {
    let paths: Vec<_> = std::env::args().skip(1).collect();
    if paths.is_empty() {
        eprintln!("usage: startup FILES...");
        return ExitCode::FAILURE;
    }
    for path in paths {
        if let Err(error) = measure(&path) {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn measure(path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let blob = Bytes::from(std::fs::read(path)?);
    let prices = PriceTable::new([1; GasClass::COUNT]).expect("none is zero; qed");
    let policy = Policy::all();
    let index = Bytes::from(Module::from_bytes(blob.clone(), &policy, &prices, Mode::LazyTranslation)?.index());
    println!("{path}: {} bytes, index {} bytes", blob.len(), index.len());
    let mut ways = Vec::new();
    let mut way = |name, start: Box<dyn Fn() -> Module>| {
        ways.push(Way { name, start, ready: Duration::MAX, instantiated: None });
    };
    let modes = [
        ("eager", Mode::Eager),
        ("lazy translation", Mode::LazyTranslation),
        ("lazy", Mode::Lazy),
        ("trusted lazy", Mode::TrustedLazy),
    ];
    for (name, mode) in modes {
        let blob = blob.clone();
        let make = move || Module::from_bytes(blob.clone(), &policy, &prices, mode).expect("it was accepted before");
        way(name, Box::new(make));
    }
    let threads = std::thread::available_parallelism()?;
    let shared = blob.clone();
    let make = move || Module::from_bytes_by(threads, shared.clone(), &policy, &prices, Mode::LazyTranslation);
    way("by all threads", Box::new(move || make().expect("it was accepted before")));
    let make = move || Module::from_index(blob.clone(), index.clone(), &policy, &prices, Mode::TrustedLazy);
    way("from the index", Box::new(move || make().expect("the index was made just now")));
    let (begin, mut rounds) = (Instant::now(), 0);
    while begin.elapsed() < TIME || rounds < ROUNDS_MIN {
        // Several in a row: the first finds the processor's caches full of what the way before left.
        ways.iter_mut().for_each(|way| (0..IN_A_ROW).for_each(|_| way.run()));
        rounds += 1;
    }
    for Way { name, ready, instantiated, .. } in ways {
        let instantiated = instantiated.map_or_else(|| "-".into(), |time| format!("{time:.1?}"));
        println!("  {name:<16} ready {ready:>10.1?}   instantiated {instantiated:>10}");
    }
    Ok(())
}

impl Way {
    fn run(&mut self) {
        let start = Instant::now();
        let module = (self.start)();
        let ready = start.elapsed();
        let instance = Instance::new(&module, LIMITS);
        let instantiated = start.elapsed();
        self.ready = self.ready.min(ready);
        if instance.is_ok() {
            self.instantiated = Some(self.instantiated.map_or(instantiated, |least| least.min(instantiated)));
        }
    }
}
