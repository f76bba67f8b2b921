//! How fast Vellum is beside wasmi 0.32.3 and 2.0.0, all of them metered.
//!
//! Engines take turns, and of each the fastest run counts: what else the machine does can only slow
//! a run down. Only ratios are worth keeping; times depend on the machine.

mod report;
mod startup;

use crate::engines::{Engine, Translation, Vellum, Wasmi2, Wasmi032};
use crate::workloads::{self, Workload};
use anyhow::{Result, ensure};
use indicatif::ProgressBar;
use serde::Serialize;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a workload is measured, all engines together.
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

/// The fastest run of each engine, in nanoseconds.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Times {
    /// Vellum.
    pub vellum: f64,
    /// wasmi 2.0.0.
    pub wasmi_2: f64,
    /// wasmi 0.32.3.
    pub wasmi_0_32: f64,
}

impl Times {
    /// Vellum's time in times of wasmi 2.0.0.
    pub fn to_wasmi_2(&self) -> f64 {
        self.vellum / self.wasmi_2
    }

    /// Vellum's time in times of wasmi 0.32.3.
    pub fn to_wasmi_0_32(&self) -> f64 {
        self.vellum / self.wasmi_0_32
    }
}

/// A line of the report.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Row {
    /// What was run.
    pub name: String,
    /// How long it took.
    pub times: Times,
}

/// Runs what matches the filter, prints the table, and writes Markdown, JSON and a plot.
///
/// # Errors
/// If engines disagree about a result, or a file cannot be written.
pub fn run(quick: bool, filter: Option<&str>, real: &Path, out: &Path) -> Result<()> {
    let effort = Effort::new(quick);
    let chosen = |name: &str| filter.is_none_or(|filter| name.contains(filter));
    let (found, absent) = workloads::real(real)?;
    if !absent.is_empty() {
        println!("not in {}, so left out: {}", real.display(), absent.join(", "));
    }
    let workloads = workloads::all()?.into_iter().chain(found);
    let workloads: Vec<Workload> = workloads.filter(|workload| chosen(&workload.name)).collect();
    let progress = ProgressBar::new(u64::try_from(workloads.len())?);
    let engines = engines(Translation::Eager)?;
    let mut speed = Vec::new();
    for workload in &workloads {
        speed.push(Row { name: workload.name.clone(), times: measure(workload, &engines, effort)? });
        progress.inc(1);
    }
    progress.finish_and_clear();
    let startup = startup::measure(&chosen, effort)?;
    ensure!(!speed.is_empty() || !startup.is_empty(), "nothing is called like that");
    report::publish(&speed, &startup, out)
}

/// Vellum, wasmi 2.0.0, wasmi 0.32.3: the order of [`Times`].
fn engines(translation: Translation) -> Result<[Box<dyn Engine>; 3]> {
    Ok([Box::new(Vellum::new(translation)), Box::new(Wasmi2::new(translation)?), Box::new(Wasmi032::new(translation)?)])
}

fn measure(workload: &Workload, engines: &[Box<dyn Engine>; 3], effort: Effort) -> Result<Times> {
    let host = workload.host(&*engines[0])?;
    let mut codes = Vec::new();
    let mut outcomes = Vec::new();
    for engine in engines {
        let code = engine.compile(&workload.blob)?;
        outcomes.push(workload.run(&*code, &host)?.1);
        codes.push(code);
    }
    for (engine, outcome) in engines.iter().zip(&outcomes) {
        ensure!(*outcome == outcomes[0], "{}: vellum and {} disagree", workload.name, engine.name());
    }
    take_turns(effort, |engine| Ok(workload.run(&*codes[engine], &host)?.0))
}

/// The fastest of many turns of each engine.
fn take_turns(effort: Effort, mut turn: impl FnMut(usize) -> Result<Duration>) -> Result<Times> {
    let mut best = [Duration::MAX; 3];
    let start = Instant::now();
    let mut rounds = 0;
    while rounds < effort.rounds_min || start.elapsed() < effort.time {
        for (engine, best) in best.iter_mut().enumerate() {
            *best = turn(engine)?.min(*best);
        }
        rounds += 1;
    }
    let [vellum, wasmi_2, wasmi_0_32] = best.map(|time| time.as_secs_f64() * 1e9);
    Ok(Times { vellum, wasmi_2, wasmi_0_32 })
}
