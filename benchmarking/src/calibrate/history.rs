//! What earlier calibrations of a placement found: one row each, by the names of classes, which may change.

use super::{Fit, Measured};
use crate::machine::Machine;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use vellum_engine::GasClass;

/// A calibration.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Where and when.
    pub machine: Machine,
    /// How many programs there were.
    pub programs: usize,
    /// What each class cost, in picoseconds per unit.
    pub prices: BTreeMap<String, u32>,
}

impl Entry {
    /// This one.
    pub fn new(measured: &Measured, fit: &Fit) -> Self {
        let prices = GasClass::ALL.iter().zip(&fit.prices).map(|(class, price)| (class.name().to_owned(), *price));
        Self { machine: measured.machine.clone(), programs: measured.programs.len(), prices: prices.collect() }
    }
}

/// Adds a calibration to those in a file; of one machine and day the last counts. Returns all of them, the oldest first.
///
/// # Errors
/// If the file is no history, or cannot be read or written.
pub fn add(entry: Entry, path: &Path) -> Result<Vec<Entry>> {
    let mut entries: Vec<Entry> = if path.is_file() {
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?
    } else {
        Vec::new()
    };
    let same = |one: &Machine| (one.processor == entry.machine.processor) && one.date == entry.machine.date;
    entries.retain(|earlier| !same(&earlier.machine));
    entries.push(entry);
    entries.sort_by(|one, other| one.machine.date.cmp(&other.machine.date));
    std::fs::write(path, serde_json::to_string_pretty(&entries)? + "\n")
        .with_context(|| format!("writing {}", path.display()))?;
    Ok(entries)
}
