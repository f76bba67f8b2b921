//! The fastest of many: other work on the machine can only slow a run down.

use super::{Runner, clocked};
use crate::gas::subject::Set;
use anyhow::Result;
use indicatif::ProgressBar;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long is measured, all runners together.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// At least so long.
    pub time: Duration,
    /// And at least so often.
    pub rounds: u32,
}

/// A runner's turn takes so many runs, or the time, whichever ends first.
const RUNS: u32 = 8;
const TURN: Duration = Duration::from_millis(1);
/// Programs that start cold have a turn only every so many rounds: emptying caches takes longer than they do.
const COLD_EVERY: u32 = 4;
/// Written and read between two runs, so that caches hold nothing else: more than a core's share of any.
const EVICTION_BYTES: usize = 64 << 20;
const LINE_BYTES: usize = 64;

/// Times all runners in turn, again and again; of each phase the fastest counts. In picoseconds, the second phase
/// subtracted from the first.
///
/// # Errors
/// If a run fails.
pub fn take_turns(runners: &mut [(Set, Runner<'_>)], effort: Effort) -> Result<Vec<f64>> {
    let mut best: Vec<Vec<Duration>> = runners.iter().map(|(_, runner)| vec![Duration::MAX; runner.phases]).collect();
    let mut waste = vec![0_u8; if runners.iter().any(|(set, _)| *set == Set::Cold) { EVICTION_BYTES } else { 0 }];
    let progress = ProgressBar::new(effort.time.as_secs());
    let (start, mut round) = (Instant::now(), 0);
    while round < effort.rounds || start.elapsed() < effort.time {
        for ((set, runner), best) in runners.iter_mut().zip(&mut best) {
            if *set == Set::Cold && !round.is_multiple_of(COLD_EVERY) {
                continue;
            }
            turn(*set, runner, best, &mut waste)?;
        }
        round += 1;
        progress.set_position(start.elapsed().as_secs());
    }
    progress.finish_and_clear();
    let picoseconds = |phases: &Vec<Duration>| {
        let mut times = phases.iter().map(|time| time.as_secs_f64() * 1e12);
        times.next().unwrap_or(0.0) - times.sum::<f64>()
    };
    Ok(best.iter().map(picoseconds).collect())
}

fn turn(set: Set, runner: &mut Runner<'_>, best: &mut [Duration], waste: &mut [u8]) -> Result<()> {
    let start = Instant::now();
    let runs = if set == Set::Cold { 1 } else { RUNS };
    for _ in 0..runs {
        for (phase, best) in best.iter_mut().enumerate() {
            if set == Set::Cold {
                evict(waste);
            }
            *best = runner.run(phase, clocked)?.min(*best);
        }
        if start.elapsed() > TURN {
            break;
        }
    }
    Ok(())
}

fn evict(waste: &mut [u8]) {
    for byte in waste.iter_mut().step_by(LINE_BYTES) {
        *byte = byte.wrapping_add(1);
    }
    black_box(waste);
}
