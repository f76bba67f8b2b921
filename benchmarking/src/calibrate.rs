//! What a unit of each gas class costs on this machine.
//!
//! Programs that are rich in one class are timed ([`measure`]), the units of every class that each
//! of them uses are counted by the engine's own metering ([`count`]), and prices are found that
//! explain the times and cover every one of them ([`fit`]). The measured data, the generated prices
//! and the report are separate files, so that data can be kept and fitted again.

mod count;
mod fit;
mod generate;
mod measure;
mod programs;
mod report;

use crate::machine::Machine;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;

pub use count::units;
pub use fit::{Fit, MARGIN, fit};
pub use generate::source;
pub use programs::{Program, Timed, programs};

/// Everything that was measured, and where.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Measured {
    /// The machine.
    pub machine: Machine,
    /// The command that measured.
    pub command: String,
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
}

/// Where things come from and go to.
pub struct Paths<'a> {
    /// The generated price file.
    pub prices: &'a Path,
    /// Measured data, report and plot.
    pub report: &'a Path,
    /// Data to fit instead of measuring.
    pub measured: Option<&'a Path>,
}

/// Measures, or reads what was measured, then fits and writes.
///
/// # Errors
/// If a program does not run, the fit has no solution, or a file cannot be read or written.
pub fn run(quick: bool, paths: &Paths<'_>) -> Result<()> {
    std::fs::create_dir_all(paths.report)?;
    let measured = match paths.measured {
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
            serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?
        }
        None => {
            let measured = measure::measure(quick)?;
            std::fs::write(paths.report.join("measured.json"), serde_json::to_string_pretty(&measured)? + "\n")?;
            measured
        }
    };
    let fit = fit(&measured.programs)?;
    std::fs::write(paths.prices, source(&measured, &fit))?;
    report::publish(&measured, &fit, paths.report)?;
    println!("written: {}, and report.md and fit.svg in {}", paths.prices.display(), paths.report.display());
    Ok(())
}
