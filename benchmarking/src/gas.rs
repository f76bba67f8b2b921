//! Whether prices tell the truth: what is charged, against what it takes.
//!
//! `audit` measures programs as they are found, `search` looks for programs whose price is too low. Both put one number
//! on each program ([`ratio`]):
//!
//! ```text
//! k = (measured time / gas charged) / reference ratio
//! ```
//!
//! Above 1 the program was under-charged, which is an attack; below it over-charged, which is a tax. Gas is
//! picoseconds of `ref_time`, so the **reference ratio** is how many picoseconds this machine takes for a picosecond
//! of the machine that prices are made for. It is 1 where both are the same machine; elsewhere it is found by the
//! [`yardstick`], a native program that is timed on both. So neither prices, nor the engine, nor the choice of audited
//! programs can move it: prices that are all too low show as k above 1 everywhere, and prices that are
//! all too high as k below 1. (The median program would be such a reference only until somebody audits other programs.)
//!
//! Relies on [`engines`](crate::engines) and the replaying [`host`](crate::host), which keeps the work of host functions out of what is
//! timed: the chain prices that by itself.

pub mod audit;
pub mod chain;
pub mod measure;
pub mod ratio;
pub mod search;
pub mod subject;
mod tables;
pub mod yardstick;

use anyhow::Result;
pub use chain::ChainPrices;
use clap::Subcommand;
use serde_json::Value;

/// What can be asked about prices.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Run contracts and workloads, and compare what each takes with what it is charged
    Audit(audit::Options),
    /// Look for programs that are charged too little, by evolution
    Search(search::Options),
}

/// What a command has found: for people and for programs.
#[derive(Debug)]
pub struct Findings {
    /// Tables.
    pub text: String,
    /// The same numbers.
    pub json: Value,
}

/// Does what is asked for. Progress is shown on the standard error stream.
///
/// # Errors
/// If something cannot be run, read or written, or this build is not one to measure with.
pub fn run(command: &Command, prices: &ChainPrices) -> Result<Findings> {
    match command {
        Command::Audit(options) => audit::run(options, prices),
        Command::Search(options) => search::run(options, prices),
    }
}

/// Refuses builds whose times say nothing about the engine of a node.
pub(crate) fn ensure_optimised(anyway: bool) -> Result<()> {
    let optimised = !cfg!(debug_assertions);
    anyhow::ensure!(
        optimised || anyway,
        "this build is not optimised, so its times mean nothing: take a release build, or --anyway to look at the command"
    );
    Ok(())
}
