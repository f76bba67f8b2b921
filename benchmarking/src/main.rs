//! The command: compares speed, calibrates prices, and looks for differences.

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use indicatif::ProgressBar;
use std::path::PathBuf;
use vellum_benchmarking::differential::{Comparison, Verdict, generate};
use vellum_benchmarking::{calibrate, compare, gas, heap, repeat, runtime_size, startup_modes};

/// Counts where a measurement asks for it.
#[global_allocator]
static ALLOCATOR: heap::Counting = heap::Counting;

/// Measures Vellum: its speed beside wasmi, and what its instructions cost on this machine.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compares the speed with that of wasmi 2.0.0 and 0.32.3, and of the peers that features add.
    Compare {
        /// Seconds instead of minutes; good enough to look.
        #[arg(long)]
        quick: bool,
        /// Only what has this in its name.
        #[arg(long)]
        filter: Option<String>,
        /// A folder of real contracts, which are run where they are found.
        #[arg(long, default_value = "../shared")]
        real: PathBuf,
        /// Where tables and plot go.
        #[arg(long, default_value = "target/benchmarking")]
        out: PathBuf,
        /// Also puts the tables into `docs/speed.md`, the plot beside it and the numbers into this package.
        #[arg(long)]
        docs: bool,
    },
    /// Measures what a unit of each gas class costs here, and writes the prices.
    Calibrate {
        /// Seconds instead of minutes; good enough to look.
        #[arg(long)]
        quick: bool,
        /// Where the engine stands; `linked` needs the feature `wasmtime`.
        #[arg(long, value_enum, default_value = "host")]
        placement: calibrate::Placement,
        /// A folder with a toolchain for wasm32v1-none, made by `scripts/wasm-toolchain.sh`, if rustup has none.
        #[arg(long)]
        toolchain: Option<PathBuf>,
        /// The generated price file [default: weights/src/PLACEMENT.rs].
        #[arg(long)]
        out: Option<PathBuf>,
        /// Where the measured data, the report and the plot go [default: benchmarking/calibration/PLACEMENT].
        #[arg(long)]
        report: Option<PathBuf>,
        /// Fits this data again instead of measuring.
        #[arg(long)]
        measured: Option<PathBuf>,
        /// Lets no price fall below what it is in this build: of any program that a search has tried under today's prices, k
        /// cannot grow then.
        #[arg(long, conflicts_with = "measured")]
        raise_only: bool,
        /// A folder of real contracts, which are measured where they are found.
        #[arg(long, default_value = "../shared")]
        real: PathBuf,
        /// A folder of programs that `gas search` has kept.
        #[arg(long, default_value = gas::search::REGRESSIONS)]
        regressions: PathBuf,
    },
    /// Compares Vellum with wasmi 0.32.3, both compiled to WebAssembly and run by wasmtime, as in a runtime.
    #[cfg(feature = "wasmtime")]
    Portable {
        /// Seconds instead of minutes; good enough to look.
        #[arg(long)]
        quick: bool,
        /// Only what has this in its name.
        #[arg(long)]
        filter: Option<String>,
        /// A folder of real contracts, which are run where they are found.
        #[arg(long, default_value = "../shared")]
        real: PathBuf,
        /// A folder with a toolchain for wasm32v1-none, made by `scripts/wasm-toolchain.sh`, if rustup has none.
        #[arg(long)]
        toolchain: Option<PathBuf>,
        /// Where the table goes.
        #[arg(long, default_value = "target/benchmarking")]
        out: PathBuf,
        /// Also puts the table into `docs/speed.md`.
        #[arg(long)]
        docs: bool,
    },
    /// What `compare` asks another process of this program for.
    #[command(hide = true)]
    ColdInstances {
        /// As for `compare`.
        #[arg(long)]
        quick: bool,
    },
    /// Runs one workload again and again on one engine, for `callgrind.sh`; without a name, lists workloads.
    Repeat {
        /// The workload.
        #[arg(long)]
        workload: Option<String>,
        /// The engine.
        #[arg(long, value_enum, default_value = "vellum")]
        engine: vellum_benchmarking::repeat::Who,
        /// How often.
        #[arg(long, default_value_t = 10)]
        times: u32,
        /// Does everything but what would be timed.
        #[arg(long)]
        only_prepare: bool,
        /// A folder of real contracts.
        #[arg(long, default_value = "../shared")]
        real: PathBuf,
    },
    /// Counts which register instructions follow each other, and what fusing them would save.
    #[cfg(feature = "profile")]
    Pairs {
        /// Only workloads that have this in their name.
        #[arg(long)]
        filter: Option<String>,
        /// A folder of real contracts, which are run where they are found.
        #[arg(long, default_value = "../shared")]
        real: PathBuf,
        /// How many lines each list has.
        #[arg(long, default_value_t = 40)]
        top: usize,
        /// How many instructions a fused form has at most.
        #[arg(long, default_value_t = 3)]
        steps: usize,
    },
    /// Audits prices, and searches for programs that they do not cover.
    #[command(subcommand)]
    Gas(gas::Command),
    /// Runs generated modules on Vellum and on wasmi, and reports every difference.
    Differential {
        /// How many.
        #[arg(long, default_value_t = 100_000)]
        modules: u64,
        /// The first one.
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// Where blobs that differ go.
        #[arg(long, default_value = "target/benchmarking/differences")]
        out: PathBuf,
    },
    /// Shows what takes how much room in Wasm runtimes that `scripts/build-runtime.sh` has built.
    RuntimeSize {
        /// The blobs; they need their name sections.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Markdown instead of a table for the terminal.
        #[arg(long)]
        markdown: bool,
    },
    /// Measures how long modules take to start, in every mode of Vellum and of wasmi 2.0.0.
    Startup {
        /// The modules.
        files: Vec<PathBuf>,
        /// Seconds instead of minutes; good enough to look.
        #[arg(long)]
        quick: bool,
        /// Where the tables go.
        #[arg(long, default_value = "docs/startup.md")]
        markdown: PathBuf,
        /// Where the data goes.
        #[arg(long, default_value = "target/benchmarking/startup.json")]
        json: PathBuf,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Compare { quick, filter, real, out, docs } => {
            compare::run(&compare::Options { quick, filter, real, out, docs })
        }
        Command::Calibrate { quick, placement, toolchain, out, report, measured, raise_only, real, regressions } => {
            calibrate::run(&calibrate::Options {
                quick,
                placement,
                toolchain,
                prices: out,
                report,
                measured,
                raise_only,
                real,
                regressions,
            })
        }
        Command::Gas(command) => {
            println!("{}", gas::run(&command, &gas::ChainPrices::pallet_contracts_51())?.text);
            Ok(())
        }
        Command::ColdInstances { quick } => compare::cold_instances(quick),
        Command::Repeat { workload: None, real, .. } => repeat::list(&real),
        Command::Repeat { workload: Some(workload), engine, times, only_prepare, real } => {
            repeat::run(engine, &workload, times, only_prepare, &real)
        }
        #[cfg(feature = "wasmtime")]
        Command::Portable { quick, filter, real, toolchain, out, docs } => {
            let options = vellum_benchmarking::portable::Options { quick, filter, real, toolchain, out, docs };
            vellum_benchmarking::portable::run(&options)
        }
        #[cfg(feature = "profile")]
        Command::Pairs { filter, real, top, steps } => {
            vellum_benchmarking::pairs::run(filter.as_deref(), &real, top, steps)
        }
        Command::Differential { modules, seed, out } => differential(seed..seed.saturating_add(modules), &out),
        Command::RuntimeSize { files, markdown } => runtime_size::run(&files, markdown),
        Command::Startup { files, quick, markdown, json } => startup_modes::run(&files, quick, &markdown, &json),
    }
}

fn differential(seeds: std::ops::Range<u64>, out: &std::path::Path) -> Result<()> {
    let comparison = Comparison::new()?;
    let progress = ProgressBar::new(seeds.end - seeds.start);
    let (mut calls, mut traps, mut rejected, mut peers, mut differences) = (0, 0, 0, 0, 0);
    for seed in seeds {
        let blob = generate(seed)?;
        match comparison.judge(&blob, seed)? {
            Verdict::Agreed { returned, trapped } => {
                calls += returned;
                traps += trapped;
            }
            Verdict::Rejected(_) => rejected += 1,
            Verdict::PeersDiffer(what) => {
                peers += 1;
                progress.suspend(|| println!("seed {seed}: {what}"));
            }
            Verdict::Mismatch(what) => {
                differences += 1;
                progress.suspend(|| println!("seed {seed}: {what}"));
                std::fs::create_dir_all(out)?;
                std::fs::write(out.join(format!("{seed}.wasm")), &blob)?;
            }
        }
        progress.inc(1);
    }
    progress.finish_and_clear();
    let dispatches = if vellum_engine::Dispatch::HAS_TAIL_CALLS { "tail calls and the loop" } else { "the loop alone" };
    println!(
        "Vellum by {dispatches}: {calls} calls returned and {traps} trapped alike; {rejected} modules were not accepted; \
         {peers} times wasmi's versions differed, {differences} times Vellum differs from both"
    );
    if differences > 0 {
        bail!("{differences} differences; the blobs are in {}", out.display());
    }
    Ok(())
}
