//! How many calls of everyday contracts fit two seconds of weight, under the pallet and under pallet-contracts 51.
//!
//! `cargo run -p vellum-twin --example capacity` prints the table of docs/weights.md; with `--json` it prints numbers.
//! What is printed follows from weights and prices alone, so it is the same on every machine.

mod measure;
mod report;

use std::process::ExitCode;
use vellum_twin::capacity::Workload;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let as_json = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--json"] => true,
        _ => {
            eprintln!("usage: capacity [--json]");
            return ExitCode::from(2);
        }
    };
    let rows: Vec<_> = Workload::ALL.into_iter().flat_map(measure::rows).collect();
    if as_json {
        println!("{:#}", report::json(&rows));
    } else {
        print!("{}", report::markdown(&rows));
    }
    ExitCode::SUCCESS
}
