//! What steps cost in `ref_time`: ours beside pallet-contracts 51's, under the same weights of host functions.
//!
//! Three things cost something here that pallet-contracts does for nothing, whoever pays for the time: making an
//! instance, translating a function at its first call, and growing memory. Without these no step may cost more than
//! there; with them the ratios are reported. A step that runs out of gas costs all that it was given, and there what
//! was charged before the instructions that could not be paid.

use std::{fs, io::Write};
use vellum_host::profile::Profile;
use vellum_runtime_tests::shared::report;

/// Classes of gas that pallet-contracts has no price for.
const FREE_THERE: &[&str] = &["first call", "first call byte", "first call local", "page grown"];

/// The times of one weight.
struct Row {
    step: String,
    ours: u64,
    theirs: u64,
    /// The part of ours that they do for nothing.
    free_there: u64,
}

/// Times of all steps that were weighed.
#[derive(Default)]
pub struct Times {
    rows: Vec<Row>,
    out_of_gas: usize,
}

impl Times {
    /// Notes what a step cost.
    pub fn note(&mut self, step: String, ours: u64, theirs: u64, profile: &Profile, is_out_of_gas: bool) {
        if is_out_of_gas {
            self.out_of_gas += 1;
            return;
        }
        let of_class = |name: &&str| profile.gas_classes.get(*name).map_or(0, |share| share.fuel);
        let instances = profile.charges.get("instantiate_module").map_or(0, |share| share.ref_time);
        let free_there = FREE_THERE.iter().map(of_class).sum::<u64>() + instances;
        self.rows.push(Row { step, ours, theirs, free_there });
    }

    /// Steps that cost more than there even without what is free there.
    pub fn above(&self) -> impl Iterator<Item = String> {
        self.rows.iter().filter(|row| row.ours - row.free_there > row.theirs).map(|row| {
            format!("{}: {} of which {} is free there, theirs {}", row.step, row.ours, row.free_there, row.theirs)
        })
    }

    /// Says how ours compare, and, of steps whose arguments are recorded, how those do. With `VELLUM_TWIN_TIMES=FILE`
    /// all of them are appended to a file: what ours cost, how much of it is free there, what theirs cost, which step.
    pub fn report(&self) {
        self.report_those("all steps", |_| true);
        self.report_those("recorded steps", |step| step.contains(" recorded "));
        report(format_args!("  {} steps ran out of gas", self.out_of_gas));
        if let Some(path) = std::env::var_os("VELLUM_TWIN_TIMES") {
            let rows = self.rows.iter().map(|row| {
                format!("{}\t{}\t{}\t{}\n", row.ours, row.free_there, row.theirs, row.step.replace('\n', " "))
            });
            let file = fs::OpenOptions::new().create(true).append(true).open(path);
            file.and_then(|mut file| file.write_all(rows.collect::<String>().as_bytes()))
                .expect("the file can be written");
        }
    }

    fn report_those(&self, what: &str, wanted: fn(&str) -> bool) {
        let rows: Vec<&Row> = self.rows.iter().filter(|row| wanted(&row.step)).collect();
        if rows.is_empty() {
            return;
        }
        let ratios = |time: fn(&Row) -> u64| {
            let mut ratios: Vec<f64> = rows.iter().map(|row| ratio(time(row), row.theirs)).collect();
            ratios.sort_by(f64::total_cmp);
            let at = |percent: usize| ratios[(ratios.len() - 1) * percent / 100];
            let above = ratios.iter().filter(|ratio| **ratio > 1.0).count();
            format!("median {:.3}, 90 % {:.3}, max {:.3}, {above} of {} above 1", at(50), at(90), at(100), rows.len())
        };
        report(format_args!("  {what}, ref_time ours to theirs: {}", ratios(|row| row.ours)));
        report(format_args!("    without what is free there: {}", ratios(|row| row.ours - row.free_there)));
    }
}

/// The ratio for a report; no test depends on its last digits.
#[allow(clippy::cast_precision_loss, reason = "ratios are for people")]
fn ratio(ours: u64, theirs: u64) -> f64 {
    ours as f64 / theirs.max(1) as f64
}
