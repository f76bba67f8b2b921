//! Times programs: all of them in turn, again and again, and of each the fastest run counts.

use super::programs::{Program, Timed, programs};
use super::{Measured, Sample, count};
use crate::engines::{Session, Translation, Vellum};
use crate::host::Host;
use crate::machine::Machine;
use anyhow::{Result, anyhow};
use indicatif::{ProgressBar, ProgressIterator};
use std::time::{Duration, Instant};

/// Runs of a program in a row.
const RUNS: u32 = 8;

/// Times every program and counts what it uses.
pub(super) fn measure(quick: bool) -> Result<Measured> {
    let passes = if quick { 2 } else { 40 };
    let programs = programs()?;
    let mut best = vec![Duration::MAX; programs.len()];
    let progress = ProgressBar::new(u64::try_from(programs.len() * passes)?);
    for _ in 0..passes {
        for (program, best) in programs.iter().zip(&mut best).progress_with(progress.clone()) {
            *best = fastest(program)?.min(*best);
        }
    }
    progress.finish_and_clear();
    let samples = programs.iter().zip(best).map(|(program, best)| {
        let picoseconds = best.as_secs_f64() * 1e12;
        Ok(Sample { name: program.name.clone(), picoseconds, units: count::units(program)? })
    });
    let command =
        format!("cargo run --release -p vellum-benchmarking -- calibrate{}", if quick { " --quick" } else { "" });
    Ok(Measured { machine: Machine::here(), command, programs: samples.collect::<Result<_>>()? })
}

fn fastest(program: &Program) -> Result<Duration> {
    let translation = if program.timed == Timed::FirstCall { Translation::Lazy } else { Translation::Eager };
    let vellum = Vellum::new(translation);
    let fail = |fault| anyhow!("{} ended with {fault:?}", program.name);
    let mut best = Duration::MAX;
    let mut code = vellum.module(&program.blob)?;
    for run in 0..RUNS {
        if program.timed == Timed::FirstCall && run > 0 {
            // What is translated once stays translated.
            code = vellum.module(&program.blob)?;
        }
        let mut session = code.session(Host::default());
        let start = Instant::now();
        session.instantiate().map_err(fail)?;
        let instantiated = Instant::now();
        if program.timed == Timed::Call {
            session.call("run", &[1]).map_err(fail)?;
        }
        let ready = Instant::now();
        session.call("run", &[program.size]).map_err(fail)?;
        let end = Instant::now();
        best = best.min(match program.timed {
            Timed::Call => end - ready,
            Timed::FirstCall => end - instantiated,
            Timed::Instance => end - start,
        });
    }
    Ok(best)
}
