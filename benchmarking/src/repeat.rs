//! One workload again and again on one engine, for tools that watch the whole program: `callgrind.sh` counts
//! machine instructions of two such programs, one that runs and one that only prepares, and takes the
//! difference.

use crate::engines::{Engine, Metering, Translation, Vellum, Wasmi2, Wasmi032};
use crate::workloads::{self, Task};
use anyhow::{Context, Result, anyhow};
use clap::ValueEnum;
use std::path::Path;
use std::process::{Command, Stdio};

/// An engine in one configuration.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Who {
    /// Vellum with its real prices.
    Vellum,
    /// Vellum with prices of zero.
    VellumFree,
    /// wasmi 2.0.0 with fuel.
    Wasmi2,
    /// wasmi 2.0.0 without fuel.
    Wasmi2NoFuel,
    /// wasmi 0.32.3 with fuel.
    Wasmi032,
    /// stitch, which panics at some programs: the comparison asks another process first.
    #[cfg(feature = "peers")]
    Stitch,
}

impl Who {
    fn engine(self) -> Result<Box<dyn Engine>> {
        let translation = Translation::Eager;
        Ok(match self {
            Self::Vellum => Box::new(Vellum::new(translation)),
            Self::VellumFree => Box::new(Vellum::free(translation)),
            Self::Wasmi2 => Box::new(Wasmi2::new(translation, Metering::On)?),
            Self::Wasmi2NoFuel => Box::new(Wasmi2::new(translation, Metering::Off)?),
            Self::Wasmi032 => Box::new(Wasmi032::new(translation, Metering::On)?),
            #[cfg(feature = "peers")]
            Self::Stitch => Box::new(crate::engines::Stitch),
        })
    }
}

/// Whether an engine survives a workload, tried in another process of this program.
///
/// # Errors
/// If there is no such process.
pub fn survives(engine: &str, workload: &str, real: &Path) -> Result<bool> {
    let mut child = Command::new(std::env::current_exe()?);
    child.args(["repeat", "--times", "1", "--engine", engine, "--workload", workload, "--real"]).arg(real);
    let status = child.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(status.success())
}

/// Prints the names of all workloads.
///
/// # Errors
/// If they cannot be read.
pub fn list(real: &Path) -> Result<()> {
    for workload in workloads::all()?.into_iter().chain(workloads::real(real)?.0) {
        println!("{}", workload.name);
    }
    Ok(())
}

/// Runs a workload so many times, or only prepares to.
///
/// # Errors
/// If there is no such workload, or it fails.
pub fn run(who: Who, name: &str, times: u32, only_prepare: bool, real: &Path) -> Result<()> {
    let mut workloads = workloads::all()?.into_iter().chain(workloads::real(real)?.0);
    let workload = workloads.find(|workload| workload.name == name).context("there is no such workload")?;
    let engine = who.engine()?;
    let host = workload.host(&Vellum::new(Translation::Lazy))?;
    let code = engine.compile(&workload.blob)?;
    for _ in 0..times {
        let mut session = code.prepare(host.clone());
        let fail = |fault| anyhow!("{fault:?}");
        match &workload.task {
            Task::Kernel { args } => {
                session.instantiate().map_err(fail)?;
                if !only_prepare {
                    session.call("run", args).map_err(fail)?;
                }
            }
            // A contract ends its call by a call of the host: the comparison has looked at how.
            Task::Message { entry, .. } if !only_prepare => {
                session.instantiate().map_err(fail)?;
                let _ = session.call(entry.name(), &[]);
            }
            Task::Message { .. } => {}
        }
    }
    Ok(())
}
