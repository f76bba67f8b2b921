//! Which register instructions follow each other when contracts run, and so what a fused form would save.
//!
//! The engine's profile says how often each charge of the code was paid; between charges control goes from
//! instruction to instruction, so the listing of a function and those counts give how often each instruction
//! ran. Only what can be fused is counted as a pair: nothing branches to the second instruction, and the
//! first one does not branch. Every workload weighs the same, whatever its size.

mod flow;
mod report;
#[cfg(test)]
mod tests;

use crate::engines::{Engine, Translation, Vellum};
use crate::workloads::{self, Task};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// An instruction, as far as fusing is concerned.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Step {
    mnemonic: &'static str,
    /// The cell that it writes.
    writes: Option<u16>,
    reads: Vec<u16>,
}

/// Instructions that run one after the other and always together.
#[derive(Debug)]
pub(crate) struct Run {
    steps: Vec<Step>,
    /// Cells of the frame that are locals; those above hold operands, which are read once.
    locals: u32,
    times: u64,
}

/// How much of all dispatches, over all workloads, something is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Share {
    /// The mean of the workloads' shares.
    mean: f64,
    /// Of that, where each instruction reads what the one before it wrote.
    chained: f64,
    /// Of that, where what is handed on is an operand, which nobody reads again.
    folds: f64,
    /// The largest share in a workload.
    most: f64,
    /// That workload.
    of: String,
}

/// Sequences of one, two and three instructions.
#[derive(Default)]
pub(crate) struct Census {
    by_length: [BTreeMap<Vec<&'static str>, Share>; 3],
    /// All runs with their weight, for choosing forms one after the other.
    runs: Vec<(Vec<&'static str>, f64)>,
    dispatches: Vec<(String, u64)>,
}

/// Counts over all workloads that match the filter, and prints what was found: lists of `top` lines, and forms of
/// at most `steps_max` instructions.
///
/// # Errors
/// If a workload fails.
pub fn run(filter: Option<&str>, real: &Path, top: usize, steps_max: usize) -> Result<()> {
    let (found, absent) = workloads::real(real)?;
    if !absent.is_empty() {
        println!("not in {}, so left out: {}", real.display(), absent.join(", "));
    }
    let chosen = |name: &str| filter.is_none_or(|filter| name.contains(filter));
    let workloads = workloads::all()?.into_iter().chain(found).filter(|workload| chosen(&workload.name));
    let workloads: Vec<_> = workloads.collect();
    let count = f64::from(u32::try_from(workloads.len())?);
    let vellum = Vellum::new(Translation::Lazy);
    let mut census = Census::default();
    for workload in &workloads {
        let host = workload.host(&vellum as &dyn Engine)?;
        let mut session = vellum.module(&workload.blob)?.session(host);
        session.profile().map_err(|fault| anyhow::anyhow!("{}: {fault:?}", workload.name))?;
        let (entry, args) = match &workload.task {
            Task::Kernel { args } => ("run", &args[..]),
            Task::Message { entry, .. } => (entry.name(), &[][..]),
        };
        // Contracts end in a call of the host: how a run ends was compared elsewhere.
        let _ = crate::engines::Session::call(&mut session, entry, args);
        let runs = flow::runs(&session.code_counts()).with_context(|| workload.name.clone())?;
        census.add(&workload.name, &runs, count);
    }
    report::print(&census, top, steps_max);
    Ok(())
}

impl Census {
    fn add(&mut self, workload: &str, runs: &[Run], workloads: f64) {
        let dispatches: u64 = runs.iter().map(|run| run.times * u64::try_from(run.steps.len()).unwrap_or(0)).sum();
        self.dispatches.push((workload.into(), dispatches));
        #[allow(clippy::cast_precision_loss, reason = "shares need no more than 53 bits")]
        let share = |times: u64| times as f64 / dispatches.max(1) as f64;
        let mut here: [BTreeMap<Vec<&'static str>, f64>; 3] = Default::default();
        for run in runs.iter().filter(|run| run.times > 0) {
            let weight = share(run.times);
            for (length, all) in (1..=3).zip(&mut self.by_length) {
                for steps in run.steps.windows(length) {
                    let names: Vec<_> = steps.iter().map(|step| step.mnemonic).collect();
                    *here[length - 1].entry(names.clone()).or_default() += weight;
                    let entry = all.entry(names).or_default();
                    let hands_on = |pair: &[Step]| pair[0].writes.is_some_and(|cell| pair[1].reads.contains(&cell));
                    if length > 1 && steps.windows(2).all(hands_on) {
                        entry.chained += weight / workloads;
                        let operand = |step: &Step| step.writes.is_some_and(|cell| u32::from(cell) >= run.locals);
                        if steps[..length - 1].iter().all(operand) {
                            entry.folds += weight / workloads;
                        }
                    }
                }
            }
            self.runs.push((run.steps.iter().map(|step| step.mnemonic).collect(), weight / workloads));
        }
        for (here, all) in here.into_iter().zip(&mut self.by_length) {
            for (names, share) in here {
                let entry = all.entry(names).or_default();
                entry.mean += share / workloads;
                if share > entry.most {
                    entry.most = share;
                    entry.of = workload.into();
                }
            }
        }
    }
}
