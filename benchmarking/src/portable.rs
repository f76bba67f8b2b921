//! The engine as a runtime contains it: compiled to wasm32, and run by wasmtime with Cranelift as nodes do.
//! Beside it wasmi 0.32.3, which pallet-contracts links, compiled the same way, with the same small host
//! inside. What is measured is a call into the guest that runs a workload, metered.

use crate::compare::{Effort, Row, Section, geometric_mean, take_turns, write_docs};
use crate::guest::{self, Guest};
use crate::machine::Machine;
use crate::workloads::{self, Workload};
use anyhow::{Context, Result, ensure};
use comfy_table::{CellAlignment, Table, presets};
use indicatif::ProgressBar;
use std::path::PathBuf;

/// The features of the guest, one engine each, and their names. Vellum is the first.
const GUESTS: [(&str, &str); 2] = [("vellum", "vellum"), ("wasmi", "wasmi 0.32.3")];
/// The place of wasmi among them.
const WASMI: usize = 1;

/// What is compared, and how the guests are built.
#[derive(Debug)]
pub struct Options {
    /// Seconds instead of minutes.
    pub quick: bool,
    /// Only what has this in its name.
    pub filter: Option<String>,
    /// A folder of real contracts.
    pub real: PathBuf,
    /// A folder with a toolchain that knows the target.
    pub toolchain: Option<PathBuf>,
    /// Where the table goes.
    pub out: PathBuf,
    /// Whether `docs/speed.md` gets it, too.
    pub docs: bool,
}

/// The place of the table in `docs/speed.md`.
const PLACE: &str = "portable --docs";

/// Builds the guests, runs what matches the filter, prints the table and writes it.
///
/// # Errors
/// If a guest cannot be built, or guests disagree.
pub fn run(options: &Options) -> Result<()> {
    let effort = Effort::new(options.quick);
    let (found, absent) = workloads::real(&options.real)?;
    if !absent.is_empty() {
        println!("not in {}, so left out: {}", options.real.display(), absent.join(", "));
    }
    let chosen = |name: &str| options.filter.as_ref().is_none_or(|filter| name.contains(filter));
    // A result that is a float is not among what guests give.
    let workloads = workloads::all()?.into_iter().chain(found).filter(|workload| workload.name != "coremark");
    let workloads: Vec<_> = workloads.filter(|workload| chosen(&workload.name)).collect();
    ensure!(!workloads.is_empty(), "nothing is called like that");
    let mut guests = Vec::new();
    for (feature, _) in GUESTS {
        guests.push(guest::start(feature, options.toolchain.as_deref())?);
    }
    let progress = ProgressBar::new(u64::try_from(workloads.len())?);
    let mut rows = Vec::new();
    for workload in &workloads {
        let values = measure(workload, &mut guests, effort).with_context(|| workload.name.clone())?;
        rows.push(Row { name: workload.name.clone(), group: "portable", values });
        progress.inc(1);
    }
    progress.finish_and_clear();
    publish(&Section { title: "As WebAssembly", unit: "us", what: "workload", rows, has_mean: true }, options)
}

fn measure(workload: &Workload, guests: &mut [Guest], effort: Effort) -> Result<Vec<Option<f64>>> {
    let mut shown = Vec::new();
    for guest in &mut *guests {
        guest.load(&workload.blob)?;
        guest.set_up(&workload.task)?;
        let (_, result) = guest.turn(&workload.task)?;
        shown.push((result, guest.effects()?));
    }
    ensure!(shown.iter().all(|one| *one == shown[0]), "the guests disagree");
    take_turns(effort, guests.len(), |guest| Ok(Some(guests[guest].turn(&workload.task)?.0)))
}

fn publish(section: &Section, options: &Options) -> Result<()> {
    let out = &options.out;
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(["workload".into(), format!("{}, us", GUESTS[WASMI].1), GUESTS[0].1.to_owned()]);
    let ratio = |row: &Row| Some(row.values[0]? / row.values[WASMI]?);
    for row in &section.rows {
        let time = row.values[WASMI].unwrap_or(f64::NAN) / 1e3;
        table.add_row([row.name.clone(), format!("{time:.1}"), format!("{:.2}", ratio(row).unwrap_or(f64::NAN))]);
    }
    let mean = geometric_mean(section.rows.iter().filter_map(ratio)).unwrap_or(f64::NAN);
    table.add_row(["geometric mean".to_owned(), String::new(), format!("{mean:.2}")]);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let machine = Machine::here();
    println!("{}\n{table}\n{}", section.title, machine.sentence());
    std::fs::create_dir_all(out)?;
    let text = format!("Machine: {}.\n\n{}\n", machine.sentence(), table.load_style(presets::ASCII_MARKDOWN));
    if options.docs {
        write_docs(PLACE, &text)?;
    }
    std::fs::write(out.join("portable.md"), text)?;
    std::fs::write(out.join("portable.json"), serde_json::to_string_pretty(&(machine, section))? + "\n")?;
    println!("written: portable.md and portable.json in {}", out.display());
    Ok(())
}
