//! How fast Vellum is beside other engines.
//!
//! Engines take turns, and of each the fastest run counts: what else the machine does can only slow
//! a run down. Only ratios are worth keeping, those to wasmi 2.0.0; times depend on the machine.

mod calls;
mod heap;
mod instances;
mod plot;
mod report;
mod startup;

pub use instances::cold as cold_instances;
#[cfg(feature = "wasmtime")]
pub(crate) use report::{geometric_mean, write_docs};

use crate::engines::{self, Code, Engine, Translation};
use crate::machine::Machine;
use crate::repeat;
use crate::workloads::{self, Outcome, Task, Workload};
use anyhow::{Result, bail, ensure};
use indicatif::ProgressBar;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long something is measured, all engines together.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    time: Duration,
    rounds_min: u32,
}

impl Effort {
    /// Long enough for figures to keep, or long enough to look.
    pub fn new(quick: bool) -> Self {
        let (milliseconds, rounds_min) = if quick { (300, 3) } else { (4_000, 20) };
        Self { time: Duration::from_millis(milliseconds), rounds_min }
    }
}

/// What is compared, and where the results go.
#[derive(Debug)]
pub struct Options {
    /// Seconds instead of minutes.
    pub quick: bool,
    /// Only what has this in its name.
    pub filter: Option<String>,
    /// A folder of real contracts.
    pub real: PathBuf,
    /// Where tables, raw numbers and plot go.
    pub out: PathBuf,
    /// Whether the tables and the plot in `docs` and the raw numbers beside this package become these.
    pub docs: bool,
}

impl Options {
    fn chooses(&self, name: &str) -> bool {
        self.filter.as_ref().is_none_or(|filter| name.contains(filter))
    }
}

/// A line of a table: what was run, in which group of the table, and what each engine took. `None` is for an
/// engine that cannot run it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Row {
    /// What was run.
    pub name: String,
    /// Rows of a group have a mean of their own.
    pub group: &'static str,
    /// In the order of [`Results::engines`].
    pub values: Vec<Option<f64>>,
}

/// A table.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Section {
    /// What it is about.
    pub title: &'static str,
    /// What values are in.
    pub unit: &'static str,
    /// What a row is.
    pub what: &'static str,
    /// Its lines.
    pub rows: Vec<Row>,
    /// Whether a mean over all of them says anything.
    pub has_mean: bool,
}

/// Everything that was measured.
#[derive(Debug, Serialize)]
pub struct Results {
    /// On what.
    pub machine: Machine,
    /// Whom: Vellum is the first, wasmi 2.0.0 the second.
    pub engines: Vec<String>,
    /// What.
    pub sections: Vec<Section>,
}

/// The engine that the others are compared with, by its place in [`Results::engines`].
pub const REFERENCE: usize = 1;
/// What `repeat` calls the engine that panics.
const PANICS: &str = "stitch";
/// How many engines must run everything: Vellum and both versions of wasmi.
const MUST_RUN: usize = 3;

/// Runs what matches the filter, prints the tables, and writes Markdown, JSON and a plot.
///
/// # Errors
/// If engines disagree about a result, or a file cannot be written.
pub fn run(options: &Options) -> Result<()> {
    let effort = Effort::new(options.quick);
    let (found, absent) = workloads::real(&options.real)?;
    if !absent.is_empty() {
        println!("not in {}, so left out: {}", options.real.display(), absent.join(", "));
    }
    let engines = engines::all(Translation::Eager)?;
    warm_the_heap();
    let mut sections = vec![execution(found, &engines, effort, options)?];
    if options.chooses("calls") {
        sections.push(calls::measure(&engines, effort)?);
    }
    if options.chooses("instances") {
        sections.push(instances::measure(&engines, effort, options.quick)?);
    }
    sections.push(startup::measure(options, engines.len(), effort)?);
    if options.chooses("memory") {
        sections.push(heap::measure(&engines, &options.real)?);
    }
    sections.retain(|section| !section.rows.is_empty());
    ensure!(!sections.is_empty(), "nothing is called like that");
    let engines = engines.iter().map(|engine| engine.name()).collect();
    report::publish(&Results { machine: Machine::here(), engines, sections }, options)
}

/// Makes the allocator keep what is freed, as a node's does: after this block was freed, glibc's takes linear
/// memories from its heap and no longer from the system. Else an engine pays for page faults or not, depending
/// on where the allocator happens to put a memory: several times of what a message costs.
fn warm_the_heap() {
    drop(std::hint::black_box(vec![1_u8; WARM_BYTES]));
}

/// Just under the largest size that glibc takes from its heap.
const WARM_BYTES: usize = 31 << 20;

/// Kernels and messages.
fn execution(found: Vec<Workload>, engines: &[Box<dyn Engine>], effort: Effort, options: &Options) -> Result<Section> {
    let own = workloads::all()?.into_iter().map(|workload| {
        let group =
            if matches!(workload.task, Task::Kernel { .. }) { "kernels" } else { "contracts of this repository" };
        (group, workload)
    });
    let all = own.chain(found.into_iter().map(|workload| ("other contracts and programs", workload)));
    let chosen: Vec<_> = all.filter(|(_, workload)| options.chooses(&workload.name)).collect();
    let progress = ProgressBar::new(u64::try_from(chosen.len())?);
    let mut rows = Vec::new();
    // Which engine runs what not, and why the first time.
    let mut absent = BTreeMap::<String, (Vec<String>, String)>::new();
    for (group, workload) in &chosen {
        let values = measure(workload, engines, effort, &options.real, &mut |engine, why| {
            absent.entry(engine).or_insert_with(|| (Vec::new(), why)).0.push(workload.name.clone());
        })?;
        rows.push(Row { name: workload.name.clone(), group, values });
        progress.inc(1);
    }
    progress.finish_and_clear();
    for (engine, (names, why)) in absent {
        println!("{engine} does not run {} of them: {} ({why})", names.len(), names.join(", "));
    }
    Ok(Section { title: "Running", unit: "us", what: "workload", rows, has_mean: true })
}

fn measure(
    workload: &Workload,
    engines: &[Box<dyn Engine>],
    effort: Effort,
    real: &Path,
    absent: &mut dyn FnMut(String, String),
) -> Result<Vec<Option<f64>>> {
    let host = workload.host(&*engines[0])?;
    let mut codes: Vec<Option<Box<dyn Code>>> = Vec::new();
    let mut first: Option<Outcome> = None;
    for (place, engine) in engines.iter().enumerate() {
        if engine.panics() && !repeat::survives(PANICS, &workload.name, real)? {
            absent(engine.name(), "it panics".into());
            codes.push(None);
            continue;
        }
        let run = engine.compile(&workload.blob).and_then(|code| Ok((workload.run(&*code, &host)?.1, code)));
        match run {
            Ok((outcome, code)) => {
                let agree = first.as_ref().is_none_or(|first| first.agrees(&outcome));
                ensure!(agree, "{}: {} and {} disagree", workload.name, engines[0].name(), engine.name());
                first.get_or_insert(outcome);
                codes.push(Some(code));
            }
            Err(error) if place < MUST_RUN => return Err(error),
            Err(error) => {
                absent(engine.name(), format!("{error:#}"));
                codes.push(None);
            }
        }
    }
    take_turns(effort, codes.len(), |engine| {
        let Some(code) = &codes[engine] else { return Ok(None) };
        Ok(Some(workload.run(&**code, &host)?.0))
    })
}

/// The fastest of many turns of each, in nanoseconds; `None` for who has no turn.
pub(crate) fn take_turns(
    effort: Effort,
    count: usize,
    mut turn: impl FnMut(usize) -> Result<Option<Duration>>,
) -> Result<Vec<Option<f64>>> {
    let mut best = vec![None::<Duration>; count];
    let start = Instant::now();
    let mut rounds = 0;
    while rounds < effort.rounds_min || start.elapsed() < effort.time {
        for (who, best) in best.iter_mut().enumerate() {
            if let Some(time) = turn(who)? {
                *best = Some(best.map_or(time, |best| best.min(time)));
            }
        }
        rounds += 1;
    }
    Ok(best.into_iter().map(|time| time.map(|time| time.as_secs_f64() * 1e9)).collect())
}

/// Reads a text of this repository.
fn assemble(text: &str) -> Result<Vec<u8>> {
    match wat::parse_str(text) {
        Ok(blob) => Ok(blob),
        Err(error) => bail!("a text of this package is not Wasm: {error}"),
    }
}

/// Where this package is, and the repository around it.
fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
