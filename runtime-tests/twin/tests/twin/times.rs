//! What steps cost in `ref_time`: ours beside pallet-contracts 51's, under the same weights of host functions.
//!
//! Three things cost something here that pallet-contracts does for nothing, whoever pays for the time: making an
//! instance, translating a function at its first call, and growing memory. Without these no step may cost more than
//! there; with them the ratios are reported. A step that runs out of gas costs all that it was given, and there what
//! was charged before the instructions that could not be paid.

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

    /// Says how ours compare.
    pub fn report(&self) {
        let ratios = |time: fn(&Row) -> u64| {
            let mut ratios: Vec<f64> = self.rows.iter().map(|row| ratio(time(row), row.theirs)).collect();
            ratios.sort_by(f64::total_cmp);
            let at =
                |percent: usize| ratios.get(ratios.len().saturating_sub(1) * percent / 100).copied().unwrap_or(0.0);
            let above = ratios.iter().filter(|ratio| **ratio > 1.0).count();
            format!(
                "median {:.3}, 90 % up to {:.3}, all up to {:.3}; {above} of {} above 1",
                at(50),
                at(90),
                at(100),
                ratios.len()
            )
        };
        report(format_args!("  ref_time, ours to theirs: {}", ratios(|row| row.ours)));
        report(format_args!("  without what is free there: {}", ratios(|row| row.ours - row.free_there)));
        report(format_args!("  {} steps ran out of gas", self.out_of_gas));
    }
}

/// The ratio for a report; no test depends on its last digits.
#[allow(clippy::cast_precision_loss, reason = "ratios are for people")]
fn ratio(ours: u64, theirs: u64) -> f64 {
    ours as f64 / theirs.max(1) as f64
}
