//! Machine instructions instead of time, for machines that are too noisy to time anything.
//!
//! Another process of this program runs under callgrind, which collects inside of one function,
//! [`collected`](crate::gas::measure::collected), and writes what it has collected whenever that function ends: one file for each run that counts, in the
//! order of runners and phases. Instructions say nothing of caches and predictors.

use super::{Options, Row};
use crate::gas::measure::{Runner, clocked, collected};
use crate::gas::ratio::{float, geometric_mean};
use crate::gas::subject::{Part, Set};
use anyhow::{Context, Result, bail, ensure};
use indicatif::ProgressBar;
use std::path::Path;
use std::process::{Command, Stdio};

/// The function that callgrind watches, by its demangled name: with a `*` at the end it would not write files.
const WATCHED: &str = "vellum_benchmarking::gas::measure::collected";

/// In the process that is counted: each phase once without being watched, so that nothing is done for the first time, and once watched.
pub(super) fn be_counted(runners: &mut [(Set, Runner<'_>)]) -> Result<()> {
    for (_, runner) in runners {
        for phase in 0..runner.phases {
            runner.run(phase, clocked)?;
            runner.run(phase, collected)?;
        }
    }
    Ok(())
}

/// What each runner takes, in instructions.
pub(super) fn count(options: &Options, runners: &[(Set, Runner<'_>)]) -> Result<Vec<u64>> {
    let folder = super::folder(options)?.join("callgrind");
    if folder.is_dir() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let progress = ProgressBar::new_spinner().with_message("counting instructions under valgrind, which takes minutes");
    progress.tick();
    let mut out = std::ffi::OsString::from("--callgrind-out-file=");
    out.push(folder.join("out"));
    let status = Command::new("valgrind")
        .args(["--tool=callgrind", "--collect-atstart=no", "--quiet"])
        .arg(format!("--toggle-collect={WATCHED}"))
        .arg(format!("--dump-after={WATCHED}"))
        .arg(out)
        .arg(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .arg("--counting")
        .stdout(Stdio::null())
        .status()
        .context("valgrind does not start: install it (Debian: `apt install valgrind`)")?;
    progress.finish_and_clear();
    ensure!(status.success(), "valgrind, or this program under it, ended with {status}");
    let mut number = 0;
    let mut next = || {
        number += 1;
        collected_instructions(&folder.join(format!("out.{number}")))
    };
    let mut counts = Vec::new();
    for (_, runner) in runners {
        let first = next()?;
        let others = (1..runner.phases).map(|_| next()).sum::<Result<u64>>()?;
        counts.push(first.saturating_sub(others));
    }
    let more = folder.join(format!("out.{}", number + 1));
    if more.exists() && collected_instructions(&more)? > 0 {
        bail!("the counted process ran more than this one has planned");
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(counts)
}

/// The sum of a file of callgrind's.
fn collected_instructions(path: &Path) -> Result<u64> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    sum(&text).with_context(|| format!("{} has no sum", path.display()))
}

pub(super) fn sum(text: &str) -> Option<u64> {
    let line =
        text.lines().find_map(|line| line.strip_prefix("summary: ").or_else(|| line.strip_prefix("totals: ")))?;
    line.split_whitespace().next()?.parse().ok()
}

/// How fast instructions go where caches are warm, by the programs that execute: what turns counts into picoseconds.
pub(super) fn picoseconds_per_instruction(rows: &[Row]) -> Option<f64> {
    let executing = rows.iter().filter(|row| row.part == Part::Execution && row.set == Set::Resident);
    geometric_mean(executing.filter_map(|row| {
        let instructions = row.instructions.filter(|count| *count > 0)?;
        Some(row.picoseconds / float(instructions))
    }))
}
