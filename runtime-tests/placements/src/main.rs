//! The program that measures placements.

use anyhow::Result;
use clap::Parser;
use std::{path::PathBuf, process::Command};
use vellum_placements::speed::{self, Effort};
use vellum_runtime_tests::fixture;

/// The place of the tables in `docs/placements.md`.
const PLACE: &str = "vellum-placements --docs";

/// Measures how fast contracts run in each placement of the engine, beside pallet-contracts 51.
///
/// Wasm runtimes come from scripts/build-runtime.sh; scripts/placements.sh does everything.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Seconds instead of minutes; good enough to look.
    #[arg(long)]
    quick: bool,
    /// Also puts the tables into docs/placements.md and the numbers beside this program's source.
    #[arg(long)]
    docs: bool,
    /// Where the tables go.
    #[arg(long, default_value = "target/placements")]
    out: PathBuf,
    /// Measures nothing, but makes so many dry runs of one workload on one runtime, for a profiler: `host:flip:1000`.
    #[arg(long, value_name = "RUNTIME:WORKLOAD:TIMES")]
    repeat: Option<String>,
}

fn main() -> Result<()> {
    let Arguments { quick, docs, out, repeat } = Arguments::parse();
    if let Some(what) = repeat {
        return speed::repeat(&what);
    }
    let effort = if quick { Effort { rounds: 5, calls: 20 } } else { Effort { rounds: 60, calls: 40 } };
    let report = speed::measure(effort)?;
    let text = format!("Machine: {}.\n\n{}", machine(), report.markdown());
    let numbers = serde_json::to_string_pretty(&report.json())? + "\n";
    println!("{text}");
    std::fs::create_dir_all(&out)?;
    std::fs::write(out.join("placements.md"), &text)?;
    std::fs::write(out.join("placements.json"), &numbers)?;
    if docs {
        speed::put(&fixture::project().join("docs/placements.md"), PLACE, &text)?;
        std::fs::write(fixture::project().join("runtime-tests/placements/placements.json"), &numbers)?;
    }
    Ok(())
}

/// What the figures were made on.
fn machine() -> String {
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpuinfo.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let output = |program: &str, argument: &str| {
        let output = Command::new(program).arg(argument).output().ok();
        output.and_then(|output| String::from_utf8(output.stdout).ok()).unwrap_or_default().trim().to_owned()
    };
    let model = model.map_or("unknown processor", |(_, model)| model);
    format!("{model}, {cores} cores; {}; {}", output("rustc", "--version"), output("date", "-uI"))
}
