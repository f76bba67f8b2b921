//! The tables of a measurement, as Markdown and as JSON.

use super::{Times, subject::Workload};
use anyhow::{Context, Result};
use comfy_table::{CellAlignment, Table, presets};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};
use vellum_runtime_caller::Placement;

/// The placements, in front of the columns of pallet-contracts 51: native, then as Wasm.
const OURS: usize = Placement::ALL.len();

/// What was measured.
pub struct Report {
    /// The runtimes.
    pub names: Vec<String>,
    /// What a call costs that does nothing.
    pub entering: Vec<Duration>,
    /// A row per workload, a column per runtime.
    pub rows: Vec<(Workload, Vec<Times>)>,
}

impl Report {
    /// The tables, with their captions.
    pub fn markdown(&self) -> String {
        let dry_run = |times: &Times| Some(times.dry_run);
        let in_block = |times: &Times| Some(times.in_block);
        [
            "Calls per second, a dry run each (`ContractsApi_call`):".to_owned(),
            self.table(&|_, time| per_second(time), &dry_run),
            "The same with empty caches:".to_owned(),
            self.table(&|_, time| per_second(time), &|times| times.dry_run_cold),
            "Microseconds of a dry run:".to_owned(),
            self.table(&|_, time| micros(time), &dry_run),
            "The same of code without a note that it was validated, as pallet-contracts has stored it:".to_owned(),
            self.table(&|_, time| micros(time), &|times| times.dry_run_unnoted),
            "Transactions per second, each applied to an open block (`BlockBuilder_apply_extrinsic`), its signature \
             checked:"
                .to_owned(),
            self.table(&|_, time| per_second(time), &in_block),
            "How often as fast as pallet-contracts 51 in the same place, a dry run each:".to_owned(),
            self.ratios(&dry_run),
            "The same, a transaction each:".to_owned(),
            self.ratios(&in_block),
            "What a dry run asks of its host: accesses to the state (overlay and trie), and calls of the engine. Entering and \
             leaving the runtime is what `Core_version` takes, in microseconds:"
                .to_owned(),
            self.uses(),
        ]
        .join("\n\n")
    }

    fn table(&self, show: &dyn Fn(usize, Duration) -> String, time: &dyn Fn(&Times) -> Option<Duration>) -> String {
        let mut table = self.empty();
        for (workload, times) in &self.rows {
            let cells = times
                .iter()
                .enumerate()
                .map(|(column, times)| time(times).map_or_else(|| "-".to_owned(), |time| show(column, time)));
            table.add_row([workload.name().to_owned()].into_iter().chain(cells));
        }
        finished(table)
    }

    fn ratios(&self, time: &dyn Fn(&Times) -> Option<Duration>) -> String {
        let mut table = self.empty();
        for (workload, times) in &self.rows {
            let cells = times.iter().enumerate().map(|(column, own)| {
                // The first column is the native placement, all others of ours are Wasm.
                let reference = if column == 0 || column == OURS { OURS } else { OURS + 1 };
                match (times.get(reference).and_then(time), time(own)) {
                    (Some(reference), Some(own)) => format!("{:.2}", reference.as_secs_f64() / own.as_secs_f64()),
                    _ => "-".to_owned(),
                }
            });
            table.add_row([workload.name().to_owned()].into_iter().chain(cells));
        }
        finished(table)
    }

    fn uses(&self) -> String {
        let mut table = self.empty();
        let entering = self.entering.iter().map(|time| micros(*time));
        table.add_row(["entering and leaving".to_owned()].into_iter().chain(entering));
        for (workload, times) in &self.rows {
            let cells = times.iter().map(|times| match times.uses.extensions {
                0 => times.uses.state.to_string(),
                calls => format!("{} + {calls} of the engine", times.uses.state),
            });
            table.add_row([workload.name().to_owned()].into_iter().chain(cells));
        }
        finished(table)
    }

    fn empty(&self) -> Table {
        let mut table = Table::new();
        table.load_style(presets::ASCII_MARKDOWN);
        table.set_header([""].into_iter().chain(self.names.iter().map(String::as_str)));
        table
    }

    /// Everything in nanoseconds.
    pub fn json(&self) -> Value {
        let nanos = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        let rows = self.rows.iter().map(|(workload, times)| {
            let runtimes = self.names.iter().zip(times).map(|(name, times)| {
                json!({
                    "runtime": name,
                    "dry_run_ns": nanos(times.dry_run),
                    "dry_run_cold_ns": times.dry_run_cold.map(nanos),
                    "dry_run_unnoted_ns": times.dry_run_unnoted.map(nanos),
                    "in_block_ns": nanos(times.in_block),
                    "state_accesses": times.uses.state,
                    "engine_calls": times.uses.extensions,
                })
            });
            json!({ "workload": workload.name(), "runtimes": runtimes.collect::<Vec<_>>() })
        });
        let entering = self.names.iter().zip(&self.entering);
        let entering = entering.map(|(name, time)| json!({ "runtime": name, "entering_ns": nanos(*time) }));
        json!({ "entering": entering.collect::<Vec<_>>(), "workloads": rows.collect::<Vec<_>>() })
    }
}

/// Puts a text into its place of a page, between the lines that mark it.
///
/// # Errors
/// If the page has no such place.
pub fn put(page: &Path, place: &str, text: &str) -> Result<()> {
    let (begin, end) = (format!("<!-- written by `{place}` -->"), format!("<!-- end of `{place}` -->"));
    let old = std::fs::read_to_string(page).with_context(|| page.display().to_string())?;
    let parts = old.split_once(&begin).and_then(|(head, rest)| Some((head, rest.split_once(&end)?.1)));
    let (head, tail) = parts.with_context(|| format!("{} has no place for `{place}`", page.display()))?;
    std::fs::write(page, format!("{head}{begin}\n\n{}\n\n{end}{tail}", text.trim()))?;
    Ok(())
}

fn finished(mut table: Table) -> String {
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.to_string()
}

fn per_second(time: Duration) -> String {
    format!("{:.0}", 1.0 / time.as_secs_f64())
}

fn micros(time: Duration) -> String {
    format!("{:.0}", time.as_secs_f64() * 1e6)
}
