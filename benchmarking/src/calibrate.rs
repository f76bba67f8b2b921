//! What a unit of each gas class costs on this machine, where the engine stands in one of its placements.
//!
//! Programs that are rich in one class are timed ([`measure`]), the units of every class that each
//! of them uses are counted by the engine's own metering ([`count`]), and prices are found that
//! explain the times and cover every one of them ([`fit`]). The measured data, the generated prices
//! and the report are separate files, so that data can be kept and fitted again.

mod contracts;
mod count;
mod fit;
mod generate;
mod history;
mod measure;
mod placement;
mod programs;
mod report;
mod worth;

use crate::machine::Machine;
use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

pub use count::units;
pub use fit::{Fit, covered, fit};
pub use generate::source;
pub use placement::Placement;
pub use programs::{Program, Timed, programs};

/// Everything that was measured, and where.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Measured {
    /// Where the engine stood.
    #[serde(default)]
    pub placement: Placement,
    /// What ran the engine, if the machine did not itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub executor: Option<String>,
    /// The machine.
    pub machine: Machine,
    /// The command that measured.
    pub command: String,
    /// What no price may fall below, in the order of `GasClass::ALL`, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Vec<u32>>,
    /// Each program.
    pub programs: Vec<Sample>,
}

/// A program, its time and what it uses.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Sample {
    /// The program's name.
    pub name: String,
    /// The fastest of its runs.
    pub picoseconds: f64,
    /// Units of each class, in the order of `GasClass::ALL`.
    pub units: Vec<u64>,
    /// What it says about prices.
    #[serde(default)]
    pub role: Role,
}

/// What a program says about prices.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Code as people write it: prices are to be close to what it takes.
    Typical,
    /// Rich in one class: it says what nothing typical says.
    #[default]
    Probe,
    /// Prices must cover it, and need not explain it.
    Covered,
    /// The same of programs that caches do not help.
    Hostile,
    /// As dear to start or to compile as limits allow: whoever makes it pays all of it.
    Bomb,
}

/// What is calibrated, and where things come from and go to.
pub struct Options {
    /// Seconds instead of minutes.
    pub quick: bool,
    /// Where the engine stands.
    pub placement: Placement,
    /// A folder with a toolchain for WebAssembly, if the usual compiler cannot do that.
    pub toolchain: Option<PathBuf>,
    /// The generated price file, if not that of the placement in `weights/`.
    pub prices: Option<PathBuf>,
    /// Where measured data, report and plot go, if not to the placement's folder in `benchmarking/calibration`.
    pub report: Option<PathBuf>,
    /// Data to fit instead of measuring.
    pub measured: Option<PathBuf>,
    /// Whether no price may fall below what it is in this build.
    pub raise_only: bool,
    /// A folder of real contracts, which are measured where they are found.
    pub real: PathBuf,
    /// A folder of programs that searches have kept.
    pub regressions: PathBuf,
}

/// Measures, or reads what was measured, then fits and writes.
///
/// # Errors
/// If a program does not run, the fit has no solution, or a file cannot be read or written.
pub fn run(options: &Options) -> Result<()> {
    let name = options.placement.name();
    let report = options.report.clone().unwrap_or_else(|| Path::new("benchmarking/calibration").join(name));
    let prices = options.prices.clone().unwrap_or_else(|| Path::new("weights/src").join(name).with_extension("rs"));
    std::fs::create_dir_all(&report)?;
    let measured: Measured = match &options.measured {
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
            serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?
        }
        None => {
            let measured = measure::measure(options)?;
            std::fs::write(report.join("measured.json"), serde_json::to_string_pretty(&measured)? + "\n")?;
            measured
        }
    };
    ensure!(measured.placement == options.placement, "the data is of the placement {}", measured.placement.name());
    let fit = fit(&measured.programs, measured.least.as_deref())?;
    std::fs::write(&prices, source(&measured, &fit))?;
    report::publish(&measured, &fit, &report)?;
    println!("written: {}, and report.md and fit.svg in {}", prices.display(), report.display());
    Ok(())
}
