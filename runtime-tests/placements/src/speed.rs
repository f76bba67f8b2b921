//! How fast each placement runs the same calls, beside pallet-contracts 51 in the same harness.
//!
//! Every figure is the least of many times of one runtime call over a state in memory; runtimes take turns, so that
//! whatever else the machine does falls on all of them. Relies on the state being the same in all: addresses and
//! inputs are. Promises that before anything is timed, each runtime has given the same answer.

mod report;
mod subject;

use crate::metered::Uses;
use anyhow::{Context, Result, bail, ensure};
use std::time::{Duration, Instant};
use subject::{Subject, Workload};

pub use report::{Report, put};

/// How often each call is timed.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Rounds, in each of which every runtime has a turn.
    pub rounds: u32,
    /// Calls in a turn.
    pub calls: u32,
}

/// What one runtime takes for one workload.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// A dry run by the runtime API, with whatever caches have.
    pub dry_run: Duration,
    /// The same after every cache was emptied; absent where there is no cache.
    pub dry_run_cold: Option<Duration>,
    /// A dry run of code that was not validated when it was stored; absent where no code ever was.
    pub dry_run_unnoted: Option<Duration>,
    /// A signed transaction, applied to an open block and undone.
    pub in_block: Duration,
    /// What a dry run asks of its host.
    pub uses: Uses,
}

impl Default for Times {
    fn default() -> Self {
        let never = Duration::MAX;
        Self { dry_run: never, dry_run_cold: None, dry_run_unnoted: None, in_block: never, uses: Uses::default() }
    }
}

/// Measures everything.
///
/// # Errors
/// If a Wasm runtime is missing, or runtimes disagree.
pub fn measure(effort: Effort) -> Result<Report> {
    let subjects = subject::all()?;
    let names = subjects.iter().map(|subject| subject.name().to_owned()).collect();
    let mut entering = vec![Duration::MAX; subjects.len()];
    let mut rows = Vec::new();
    for workload in Workload::ALL {
        agree(workload, &subjects)?;
        let mut times = vec![Times::default(); subjects.len()];
        for _ in 0..effort.rounds {
            for (subject, times) in subjects.iter().zip(&mut times) {
                turn(workload, subject, effort.calls, times).with_context(|| subject.name().to_owned())?;
            }
            for (subject, least) in subjects.iter().zip(&mut entering) {
                for _ in 0..effort.calls {
                    *least = timed(|| subject.enter())?.min(*least);
                }
            }
        }
        for (subject, times) in subjects.iter().zip(&mut times) {
            times.uses = subject.uses(workload)?;
        }
        rows.push((workload, times));
    }
    Ok(Report { names, entering, rows })
}

/// Makes dry runs and nothing else. What to do is `RUNTIME:WORKLOAD:TIMES`, parts of the names that tables show.
///
/// # Errors
/// If that names nothing, or the runtime cannot be run.
pub fn repeat(what: &str) -> Result<()> {
    let [runtime, workload, times] = what.split(':').collect::<Vec<_>>()[..] else {
        bail!("expected RUNTIME:WORKLOAD:TIMES");
    };
    let subject = subject::one(runtime)?;
    let workload = Workload::ALL.into_iter().find(|it| it.name().contains(workload)).context("no such workload")?;
    for _ in 0..times.parse()? {
        subject.dry_run(workload)?;
    }
    Ok(())
}

/// All runtimes must do the same before it means anything how fast they are.
fn agree(workload: Workload, subjects: &[Subject]) -> Result<()> {
    let mut outputs = Vec::new();
    for subject in subjects {
        outputs.push(subject.output(workload).with_context(|| format!("{workload:?} on {}", subject.name()))?);
    }
    ensure!(outputs.iter().all(|output| *output == outputs[0]), "{workload:?} gives {outputs:?}");
    Ok(())
}

fn turn(workload: Workload, subject: &Subject, calls: u32, times: &mut Times) -> Result<()> {
    // The first one of a turn finds the processor's caches full of another runtime.
    subject.dry_run(workload)?;
    for _ in 0..calls {
        times.dry_run = times.dry_run.min(timed(|| subject.dry_run(workload))?);
    }
    for _ in 0..calls.div_ceil(4) {
        let start = Instant::now();
        let Some(answer) = subject.dry_run_unnoted(workload) else { break };
        let time = start.elapsed();
        answer?;
        times.dry_run_unnoted = Some(times.dry_run_unnoted.map_or(time, |least| least.min(time)));
    }
    if subject.has_cache() {
        for _ in 0..calls.div_ceil(4) {
            subject.forget();
            let time = timed(|| subject.dry_run(workload))?;
            times.dry_run_cold = Some(times.dry_run_cold.map_or(time, |least| least.min(time)));
        }
        subject.dry_run(workload)?;
    }
    let least = subject.in_block(workload, calls)?;
    times.in_block = times.in_block.min(least);
    Ok(())
}

fn timed<R>(what: impl FnOnce() -> Result<R>) -> Result<Duration> {
    let start = Instant::now();
    what()?;
    Ok(start.elapsed())
}
