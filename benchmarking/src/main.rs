//! The command: compares speed, calibrates prices, and looks for differences.

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use indicatif::ProgressBar;
use std::path::PathBuf;
use vellum_benchmarking::differential::{Comparison, Verdict, generate};
use vellum_benchmarking::{calibrate, compare, startup_modes};

/// Counts the heap that code takes, when it is asked to.
#[global_allocator]
static HEAP: startup_modes::Counting = startup_modes::Counting;

/// Measures Vellum: its speed beside wasmi, and what its instructions cost on this machine.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compares the speed with that of wasmi 0.32.3 and 2.0.0.
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
    },
    /// Measures what a unit of each gas class costs here, and writes the prices.
    Calibrate {
        /// Seconds instead of minutes; good enough to look.
        #[arg(long)]
        quick: bool,
        /// The generated price file.
        #[arg(long, default_value = "weights/src/linked.rs")]
        out: PathBuf,
        /// Where the measured data, the report and the plot go.
        #[arg(long, default_value = "benchmarking/calibration")]
        report: PathBuf,
        /// Fits this data again instead of measuring.
        #[arg(long)]
        measured: Option<PathBuf>,
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
    },
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
        Command::Compare { quick, filter, real, out } => compare::run(quick, filter.as_deref(), &real, &out),
        Command::Calibrate { quick, out, report, measured } => {
            calibrate::run(quick, &calibrate::Paths { prices: &out, report: &report, measured: measured.as_deref() })
        }
        #[cfg(feature = "profile")]
        Command::Pairs { filter, real, top } => vellum_benchmarking::pairs::run(filter.as_deref(), &real, top),
        Command::Differential { modules, seed, out } => differential(seed..seed.saturating_add(modules), &out),
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
    println!(
        "{calls} calls returned and {traps} trapped alike; {rejected} modules were not accepted; \
         {peers} times wasmi's versions differed, {differences} times Vellum differs from both"
    );
    if differences > 0 {
        bail!("{differences} differences; the blobs are in {}", out.display());
    }
    Ok(())
}
