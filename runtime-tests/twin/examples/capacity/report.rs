//! The table of capacities, for people and for programs.

use crate::measure::{BLOCK_PROOF_SIZE, BLOCK_REF_TIME, Row};
use serde_json::{Value, json};
use std::fmt::Write;

/// As Markdown.
pub fn markdown(rows: &[Row]) -> String {
    let seconds = BLOCK_REF_TIME / PICOSECONDS_PER_SECOND;
    let mebibytes = BLOCK_PROOF_SIZE >> 20;
    let mut text = format!(
        "| call | pallet and prices | calls in {seconds} s | weight of one, µs | of these engine | of these database | \
         calls in {seconds} s if the database were free | proof of one, bytes | calls in {mebibytes} MiB of proof |\n\
         |---|---|---:|---:|---:|---:|---:|---:|---:|\n"
    );
    for row in rows {
        writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            row.workload.name(),
            row.pallet,
            grouped(row.calls()),
            microseconds(row.weight.ref_time()),
            microseconds(row.engine),
            microseconds(row.database),
            grouped(row.calls_without_database()),
            grouped(row.weight.proof_size()),
            grouped(row.calls_in_proof()),
        )
        .expect("strings take text; qed");
    }
    text
}

/// As JSON, in picoseconds and bytes.
pub fn json(rows: &[Row]) -> Value {
    let row = |row: &Row| {
        json!({
            "call": row.workload.name(),
            "pallet": row.pallet,
            "ref_time": row.weight.ref_time(),
            "engine": row.engine,
            "database": row.database,
            "proof_size": row.weight.proof_size(),
            "calls": row.calls(),
            "calls_without_database": row.calls_without_database(),
            "calls_in_proof": row.calls_in_proof(),
        })
    };
    json!({
        "block_ref_time": BLOCK_REF_TIME,
        "block_proof_size": BLOCK_PROOF_SIZE,
        "rows": rows.iter().map(row).collect::<Vec<_>>(),
    })
}

const PICOSECONDS_PER_SECOND: u64 = 1_000_000_000_000;

/// Whole microseconds and a tenth.
fn microseconds(picoseconds: u64) -> String {
    let tenths = (picoseconds + 50_000) / 100_000;
    format!("{}.{}", grouped(tenths / 10), tenths % 10)
}

/// A number with a comma between thousands.
fn grouped(number: u64) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{},{:03}", grouped(number / 1_000), number % 1_000)
}
