//! Weight in words and tables: how much, and what for.

use super::{Report, table};
use crate::{
    amount,
    profile::{Profile, Spent},
};
use frame_support::weights::Weight;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Rows of a table that are shown to people; scripts get all. One setting for the whole process, because a
/// command line has one.
static ROWS_SHOWN: AtomicUsize = AtomicUsize::new(8);

/// Sets how many rows tables have; 0 for all.
pub fn set_rows(rows: usize) {
    ROWS_SHOWN.store(if rows == 0 { usize::MAX } else { rows }, Ordering::Relaxed);
}

/// Whether tables are shown to people at all.
static TABLES_SHOWN: AtomicBool = AtomicBool::new(true);

/// Shows or hides the tables. Scripts get them in any case.
pub fn show_tables(shown: bool) {
    TABLES_SHOWN.store(shown, Ordering::Relaxed);
}

fn rows_shown() -> usize {
    ROWS_SHOWN.load(Ordering::Relaxed)
}

/// A weight for people.
pub fn text(weight: Weight) -> String {
    format!("{} ps ref_time, {} bytes proof_size", amount::group(weight.ref_time()), amount::group(weight.proof_size()))
}

/// A weight for scripts.
pub fn json(weight: Weight) -> Value {
    json!({ "ref_time": weight.ref_time(), "proof_size": weight.proof_size() })
}

/// Adds both tables to the report. Shares are shares of `consumed`.
pub fn profile(report: &mut Report, profile: &Profile, consumed: Weight) {
    let heads = ["count", "ref_time (ps)", "proof (bytes)", "share"];
    for (title, all, proof) in
        [("instructions", &profile.gas_classes, false), ("host functions", &profile.charges, true)]
    {
        if all.is_empty() || !TABLES_SHOWN.load(Ordering::Relaxed) {
            continue;
        }
        let heads = heads.iter().filter(|head| proof || !head.starts_with("proof"));
        let header: Vec<_> = std::iter::once(title).chain(heads.copied()).collect();
        let mut rows = table(&header, 1);
        for spent in all.iter().take(rows_shown()) {
            rows.add_row(row(spent, consumed, proof));
        }
        let hidden = all.get(rows_shown()..).unwrap_or_default();
        if !hidden.is_empty() {
            rows.add_row(row(&sum(format!("{} more", hidden.len()), hidden), consumed, proof));
        }
        rows.add_row(row(&sum("all".into(), all), consumed, proof));
        report.table(&rows);
    }
}

fn row(spent: &Spent, consumed: Weight, proof: bool) -> Vec<String> {
    let mut cells = vec![spent.name.clone(), amount::group(spent.count), amount::group(spent.ref_time)];
    if proof {
        cells.push(amount::group(spent.proof_size));
    }
    cells.push(percent(permille(spent.ref_time, consumed.ref_time())));
    cells
}

fn sum(name: String, all: &[Spent]) -> Spent {
    let sum = |field: fn(&Spent) -> u64| all.iter().map(field).fold(0, u64::saturating_add);
    Spent {
        name,
        count: sum(|spent| spent.count),
        ref_time: sum(|spent| spent.ref_time),
        proof_size: sum(|spent| spent.proof_size),
    }
}

/// The profile for scripts.
pub fn profile_json(profile: &Profile, consumed: Weight) -> Value {
    let list = |all: &[Spent]| -> Vec<Value> {
        all.iter()
            .map(|spent| {
                json!({
                    "name": spent.name,
                    "count": spent.count,
                    "ref_time": spent.ref_time,
                    "proof_size": spent.proof_size,
                    "share_permille": permille(spent.ref_time, consumed.ref_time()),
                })
            })
            .collect()
    };
    json!({ "gas_classes": list(&profile.gas_classes), "host_functions": list(&profile.charges) })
}

fn permille(part: u64, whole: u64) -> u64 {
    let whole = u128::from(whole.max(1));
    u64::try_from((u128::from(part) * 1000 + whole / 2) / whole).unwrap_or(u64::MAX)
}

fn percent(permille: u64) -> String {
    format!("{}.{} %", permille / 10, permille % 10)
}
