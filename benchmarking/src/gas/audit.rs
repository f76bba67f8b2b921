//! `gas audit`: what programs take, beside what they are charged.
//!
//! Programs come from [`subjects`], each part of their life is measured by [`measure`](super::measure), and what comes
//! out is a distribution of k for each part and set, its worst rows both ways, JSON and a plot ([`report`], [`plot`]).

mod bombs;
mod counts;
pub(crate) mod hostile;
mod plot;
mod recorded;
mod report;
pub(crate) mod subjects;

use super::measure::{Effort, Priced, Runner, take_turns};
use super::ratio::{float, k, whole};
use super::subject::{Part, Set, Subject};
use super::{ChainPrices, Findings, ensure_optimised, yardstick};
use crate::machine::Machine;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

/// What is audited, and where the results go.
#[derive(Args, Debug)]
pub struct Options {
    /// Whose prices
    #[arg(long, value_enum, default_value = "vellum")]
    pub engine: Who,
    /// How long to measure
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    pub seconds: u64,
    /// Only what has this in its name or group
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// A folder of real contracts, which are run where they are found
    #[arg(long, default_value = "../shared", value_name = "FOLDER")]
    pub real: PathBuf,
    /// A folder of programs that `gas search` has kept, which are run where they are found
    #[arg(long, default_value = super::search::REGRESSIONS, value_name = "FOLDER")]
    pub regressions: PathBuf,
    /// Where tables, numbers and plot go
    #[arg(long, default_value = "target/benchmarking/gas", value_name = "FOLDER")]
    pub out: PathBuf,
    /// Nanoseconds of the yardstick on the machine that prices are made for [default: it is this one]
    #[arg(long, value_name = "NANOSECONDS")]
    pub yardstick: Option<f64>,
    /// Also count machine instructions, by callgrind, and say how far they agree with times; of workloads, hostile
    /// programs and what was kept only
    #[arg(long)]
    pub counts: bool,
    /// Rows of each list of worst programs
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub worst: usize,
    /// Measure although this build is not optimised
    #[arg(long)]
    pub anyway: bool,
    /// What `--counts` asks another process of this program for
    #[arg(long, hide = true)]
    pub counting: bool,
}

/// An engine with prices.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Who {
    /// Vellum with the linked prices.
    Vellum,
    /// wasmi 0.32.3 with the prices of pallet-contracts 51.
    #[value(name = "wasmi-0.32")]
    Wasmi032,
}

/// Everything that was measured.
#[derive(Serialize)]
pub struct Audit {
    /// On what.
    pub machine: Machine,
    /// Whose prices.
    pub engine: &'static str,
    /// What of the build changes what is measured, if anything does.
    pub caution: Option<&'static str>,
    /// What was not run, and why.
    pub notes: Vec<String>,
    /// The yardstick's time here, in nanoseconds.
    pub yardstick_nanoseconds: f64,
    /// What k is relative to.
    pub reference_ratio: f64,
    /// How fast instructions go here, where they were counted: picoseconds for one.
    pub picoseconds_per_instruction: Option<f64>,
    /// What was run.
    pub rows: Vec<Row>,
}

/// A part of a subject.
#[derive(Clone, Serialize)]
pub struct Row {
    /// The subject.
    pub name: String,
    /// What it is one of.
    pub group: &'static str,
    /// How kind it is to caches.
    pub set: Set,
    /// Which part.
    pub part: Part,
    /// What it took.
    pub picoseconds: f64,
    /// What it was charged.
    pub charged: u64,
    /// Their ratio, over the reference ratio.
    pub k: f64,
    /// Machine instructions, if they were counted.
    pub instructions: Option<u64>,
}

/// Audits, and writes what came out.
///
/// # Errors
/// If a program of this repository does not run, or a file cannot be written.
pub fn run(options: &Options, prices: &ChainPrices) -> Result<Findings> {
    ensure_optimised(options.anyway)?;
    let engine = priced(options.engine, prices)?;
    let (subjects, absent) = subjects::all(options)?;
    let nothing = [subjects::nothing(Set::Resident)?, subjects::nothing(Set::Cold)?];
    let mut plan = Plan::new(&engine, &subjects);
    let fixed = plan.runners.len();
    for nothing in &nothing {
        plan.runners.extend(engine.runner(nothing, Part::Execution)?.map(|runner| (nothing.set, runner)));
    }
    if options.counting {
        counts::be_counted(&mut plan.runners)?;
        return Ok(Findings { text: String::new(), json: Value::Null });
    }
    if plan.rows.is_empty() {
        bail!("nothing is called like that");
    }
    let counted = if options.counts { Some(counts::count(options, &plan.runners)?) } else { None };
    let effort = Effort { time: Duration::from_secs(options.seconds), rounds: 3 };
    let times = take_turns(&mut plan.runners, effort)?;
    let here = yardstick::nanoseconds();
    let reference = yardstick::reference_ratio(here, options.yardstick);
    let rows = plan.judged(&times, counted.as_deref(), fixed, reference);
    let mut audit = Audit {
        machine: Machine::here(),
        engine: engine.name(),
        caution: prices.caution,
        notes: absent.into_iter().chain(plan.left_out).collect(),
        yardstick_nanoseconds: here,
        reference_ratio: reference,
        picoseconds_per_instruction: None,
        rows,
    };
    audit.picoseconds_per_instruction = counts::picoseconds_per_instruction(&audit.rows);
    report::publish(&audit, options)
}

fn priced(who: Who, prices: &ChainPrices) -> Result<Priced> {
    match who {
        Who::Vellum => Priced::vellum(vellum_weights::host(), prices),
        #[cfg(feature = "wasmi")]
        Who::Wasmi032 => Priced::wasmi_0_32(),
        #[cfg(not(feature = "wasmi"))]
        Who::Wasmi032 => bail!("this build is without wasmi: build it with `--features wasmi`"),
    }
}

/// What is measured: each runner once, though several rows may need it.
struct Plan<'a> {
    runners: Vec<(Set, Runner<'a>)>,
    rows: Vec<(&'a Subject, Part, Vec<usize>)>,
    left_out: Vec<String>,
}

impl<'a> Plan<'a> {
    fn new(engine: &'a Priced, subjects: &'a [Subject]) -> Self {
        let mut plan = Self { runners: Vec::new(), rows: Vec::new(), left_out: Vec::new() };
        // What depends on the blob alone is measured once for each blob.
        let mut known = HashMap::<(&[u8], Set, Part), Option<usize>>::new();
        let mut failed = HashMap::<String, Vec<&str>>::new();
        for subject in subjects {
            let mut of_subject = Vec::new();
            for part in &subject.parts {
                let of_blob = matches!(part, Part::Start | Part::Upload);
                let key = (&subject.blob[..], subject.set, *part);
                if let Some(place) = known.get(&key).filter(|_| of_blob) {
                    of_subject.extend(*place);
                    continue;
                }
                let place = match engine.runner(subject, *part) {
                    Ok(Some(runner)) => Some(plan.add(subject, *part, runner)),
                    Ok(None) => None,
                    Err(error) => {
                        failed.entry(error.root_cause().to_string()).or_default().push(&subject.name);
                        None
                    }
                };
                known.insert(key, place);
                of_subject.extend(place);
            }
            let whole = [Part::Execution, Part::FirstCall, Part::Start];
            if subject.task.is_some() && whole.iter().all(|part| subject.parts.contains(part)) && of_subject.len() >= 3
            {
                plan.rows.push((subject, Part::Whole, of_subject));
            }
        }
        for (why, mut names) in failed {
            names.dedup();
            plan.left_out.push(format!("left out, as {why}: {}", names.join(", ")));
        }
        plan.left_out.sort();
        plan
    }

    fn add(&mut self, subject: &'a Subject, part: Part, runner: Runner<'a>) -> usize {
        self.runners.push((subject.set, runner));
        self.rows.push((subject, part, vec![self.runners.len() - 1]));
        self.runners.len() - 1
    }

    /// Rows with their k. What a call takes beside its instructions belongs to the instance that it is made in: runners from
    /// `fixed` on say how much that is.
    fn judged(&self, times: &[f64], counts: Option<&[u64]>, fixed: usize, reference: f64) -> Vec<Row> {
        let row = |(subject, part, places): &(&Subject, Part, Vec<usize>)| {
            let moved = |of: &dyn Fn(usize) -> f64| {
                let nothing = of(fixed + usize::from(subject.set == Set::Cold));
                let sum: f64 = places.iter().map(|place| of(*place)).sum();
                match part {
                    Part::Execution => sum - nothing,
                    Part::Start => sum + nothing,
                    _ => sum,
                }
            };
            let picoseconds = moved(&|place| times[place]);
            let charged = places.iter().map(|place| self.runners[*place].1.charged).sum();
            Row {
                name: subject.name.clone(),
                group: subject.group,
                set: subject.set,
                part: *part,
                picoseconds,
                charged,
                k: k(picoseconds, charged, reference),
                instructions: counts
                    .map(|counts| u64::try_from(whole(moved(&|place| float(counts[place])))).unwrap_or(0)),
            }
        };
        self.rows.iter().map(row).collect()
    }
}

/// Makes the folder for results.
fn folder(options: &Options) -> Result<&std::path::Path> {
    std::fs::create_dir_all(&options.out).with_context(|| format!("making {}", options.out.display()))?;
    Ok(&options.out)
}
