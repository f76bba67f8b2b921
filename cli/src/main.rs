//! `vellum`: upload, instantiate, call and inspect WebAssembly contracts on a chain inside this program.
//!
//! This file reads the command line, runs the command and turns what comes back into text or JSON and an exit
//! code. The commands are in [`commands`], the chain in [`chain`], what contracts say of themselves in
//! [`metadata`].

mod account;
mod amount;
mod anatomy;
mod args;
mod bundle;
mod chain;
mod commands;
mod dispatch;
mod exit;
mod fault;
mod hex;
mod judge;
mod listen;
mod metadata;
mod profile;
mod report;
#[cfg(feature = "rpc")]
mod serve;
mod state;

use clap::{Parser, error::ErrorKind};
use exit::{Code, Failure};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Known before the command line is understood, because its errors are reported too.
    let json = std::env::args_os().any(|argument| argument == "--json");
    std::panic::set_hook(Box::new(move |panic| end_in_panic(panic, json)));
    let code = match args::Cli::try_parse() {
        Ok(cli) => match commands::run(cli) {
            Ok(report) => report.print(json),
            Err(failure) => report::print_failed(&failure, json),
        },
        Err(error) => command_line_error(&error, json),
    };
    ExitCode::from(code)
}

fn command_line_error(error: &clap::Error, json: bool) -> u8 {
    let is_answer = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if json && !is_answer {
        let text = error.to_string();
        let message = text.trim_start_matches("error: ").trim_end();
        return report::print_failed(&Failure::usage(message), true);
    }
    // A closed stream is no reason to complain about a command line.
    let _ = error.print();
    if is_answer { 0 } else { Code::Usage.number() }
}

/// Ends the process with an error that can be read.
///
/// The runtime panics when its state cannot be read, and the database when its pages make no sense; both mean
/// that the state is damaged. Everything else is a mistake in this program. The process ends here because a
/// build may abort on panics, which would lose the exit code.
fn end_in_panic(panic: &std::panic::PanicHookInfo, json: bool) {
    let in_database = panic.location().is_some_and(|location| location.file().contains("redb"));
    let failure = match chain::noted_fault() {
        Some(failure) => failure,
        None if in_database => Failure::state(format!("the state database is damaged: {panic}"))
            .help("restore the state folder from a copy, or remove it to start a new chain"),
        None => Failure::new(Code::Other, format!("a mistake in this program: {panic}"))
            .help("please report it with the command that you ran"),
    };
    std::process::exit(i32::from(report::print_failed(&failure, json)));
}
