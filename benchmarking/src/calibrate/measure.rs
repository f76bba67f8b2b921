//! Times programs: all of them in turn, again and again, and of each the fastest run counts.

use super::programs::{Program, Timed, programs};
use super::{Measured, Options, Placement, Role, Sample, contracts, count};
use crate::engines::{Session, Translation, Vellum, VellumCode, VellumSession};
use crate::host::Host;
use crate::machine::Machine;
use anyhow::{Result, anyhow};
use indicatif::{ProgressBar, ProgressIterator};
use std::path::Path;
use std::time::{Duration, Instant};

/// Runs of a program in a row.
const RUNS: u32 = 8;

/// What is taken of the heap before a pass, and how much more before the next one: no multiple of anything.
const BALLAST_BYTES: usize = 1_040;
const BALLAST_STEP_BYTES: usize = 208;

/// Times every program and counts what it uses.
pub(super) fn measure(options: &Options) -> Result<Measured> {
    let mut engine = engine(options.placement, options.toolchain.as_deref())?;
    let passes = if options.quick { 2 } else { 40 };
    let programs = programs(&options.regressions)?;
    let mut best = vec![Duration::MAX; programs.len()];
    let progress = ProgressBar::new(u64::try_from(programs.len() * passes)?);
    // A processor takes a read for one of what was just written if both lie at the same place of their pages, and waits. So
    // where code, stacks and memories lie must not be the same in all passes.
    let mut ballast = Vec::new();
    for pass in 0..passes {
        ballast.push(vec![0_u8; BALLAST_BYTES + pass * BALLAST_STEP_BYTES]);
        for (program, best) in programs.iter().zip(&mut best).progress_with(progress.clone()) {
            *best = fastest(engine.as_mut(), program)?.min(*best);
        }
    }
    progress.finish_and_clear();
    drop(ballast);
    let samples = programs.iter().zip(best).map(|(program, best)| {
        let picoseconds = best.as_secs_f64() * 1e12;
        // Without `std` a page is zeroed when it is touched, and an instance pays for all of its pages as if it touched
        // each: one that touches none is cheap, and says nothing about what a page has to cost.
        let idle = program.idle && options.placement == Placement::Linked;
        let role = if idle { Role::Covered } else { program.role };
        Ok(Sample { name: program.name.clone(), picoseconds, units: count::units(program)?, role })
    });
    let mut samples: Vec<Sample> = samples.collect::<Result<_>>()?;
    if options.placement == Placement::Host {
        samples.extend(contracts::measure(options)?);
    }
    let command = match options.placement {
        Placement::Host => "cargo run --release -p vellum-benchmarking -- calibrate".to_owned(),
        Placement::Linked => {
            "cargo run --release -p vellum-benchmarking --features wasmtime -- calibrate --placement linked".to_owned()
        }
    };
    let command = command + if options.quick { " --quick" } else { "" };
    let command = command + if options.raise_only { " --raise-only" } else { "" };
    Ok(Measured {
        placement: options.placement,
        executor: engine.executor(),
        machine: Machine::here(),
        command,
        least: options.raise_only.then(|| options.placement.prices()),
        programs: samples,
    })
}

/// An engine in its placement, and the program that it has at hand.
trait Timer {
    /// What runs the engine, if the machine does not itself.
    fn executor(&self) -> Option<String>;
    /// Reads a program: everything is translated, or what is called for the first time.
    fn load(&mut self, program: &Program) -> Result<()>;
    /// Clears up what was before and gets ready for an instance.
    fn prepare(&mut self) -> Result<()>;
    /// Makes the instance.
    fn instantiate(&mut self) -> Result<()>;
    /// Calls `prepare` of the instance, which fills its memory.
    fn fill(&mut self) -> Result<()>;
    /// Calls `run` of the instance.
    fn run(&mut self, size: u64) -> Result<()>;
    /// Drops the instance.
    fn end(&mut self);
}

fn fastest(engine: &mut dyn Timer, program: &Program) -> Result<Duration> {
    let mut best = Duration::MAX;
    for run in 0..RUNS {
        // What is translated once stays translated.
        if run == 0 || program.timed != Timed::Call {
            engine.load(program)?;
        }
        best = best.min(time(engine, program).map_err(|error| error.context(program.name.clone()))?);
    }
    Ok(best)
}

fn time(engine: &mut dyn Timer, program: &Program) -> Result<Duration> {
    let start = Instant::now();
    if program.timed == Timed::Instance {
        engine.load(program)?;
    }
    engine.prepare()?;
    engine.instantiate()?;
    let instantiated = Instant::now();
    if program.timed == Timed::Call {
        if program.prepared {
            engine.fill()?;
        }
        engine.run(program.warm_up())?;
    }
    let ready = Instant::now();
    engine.run(program.size)?;
    let called = Instant::now();
    engine.end();
    Ok(match program.timed {
        Timed::Call => called - ready,
        Timed::FirstCall => called - instantiated,
        Timed::Instance => start.elapsed(),
    })
}

fn engine(placement: Placement, toolchain: Option<&Path>) -> Result<Box<dyn Timer>> {
    match placement {
        Placement::Host => Ok(Box::new(Native { code: None, session: None })),
        #[cfg(feature = "wasmtime")]
        Placement::Linked => Ok(Box::new(crate::guest::start("vellum", toolchain)?)),
        #[cfg(not(feature = "wasmtime"))]
        Placement::Linked => {
            let _ = toolchain;
            anyhow::bail!("the engine in a runtime is run by wasmtime: build with --features wasmtime")
        }
    }
}

/// The engine as nodes have it.
struct Native {
    code: Option<VellumCode>,
    session: Option<VellumSession>,
}

impl Native {
    fn session(&mut self) -> Result<&mut VellumSession> {
        self.session.as_mut().ok_or_else(|| anyhow!("no instance has been made"))
    }
}

impl Timer for Native {
    fn executor(&self) -> Option<String> {
        None
    }

    fn load(&mut self, program: &Program) -> Result<()> {
        let translation = if program.timed == Timed::Call { Translation::Eager } else { Translation::Stored };
        self.session = None;
        self.code = Some(Vellum::new(translation).module(&program.blob)?);
        Ok(())
    }

    fn prepare(&mut self) -> Result<()> {
        let code = self.code.as_ref().ok_or_else(|| anyhow!("nothing has been loaded"))?;
        self.session = Some(code.session(Host::default()));
        Ok(())
    }

    fn instantiate(&mut self) -> Result<()> {
        self.session()?.instantiate().map_err(|fault| anyhow!("no instance: {fault:?}"))
    }

    fn fill(&mut self) -> Result<()> {
        self.session()?.call("prepare", &[]).map(|_| ()).map_err(|fault| anyhow!("`prepare` ended with {fault:?}"))
    }

    fn run(&mut self, size: u64) -> Result<()> {
        self.session()?.call("run", &[size]).map(|_| ()).map_err(|fault| anyhow!("it ended with {fault:?}"))
    }

    fn end(&mut self) {
        self.session = None;
    }
}

#[cfg(feature = "wasmtime")]
impl Timer for crate::guest::Guest {
    fn executor(&self) -> Option<String> {
        Some(format!("wasmtime {}, Cranelift", crate::guest::wasmtime_version()))
    }

    fn load(&mut self, program: &Program) -> Result<()> {
        if program.timed == Timed::Call { self.load(&program.blob) } else { self.load_lazily(&program.blob) }
    }

    fn prepare(&mut self) -> Result<()> {
        self.prepare(&[])
    }

    fn instantiate(&mut self) -> Result<()> {
        self.instantiate()
    }

    fn fill(&mut self) -> Result<()> {
        self.fill()
    }

    fn run(&mut self, size: u64) -> Result<()> {
        self.kernel(u32::try_from(size)?).map(|_| ())
    }

    fn end(&mut self) {}
}
