//! Tables for people, and the same as JSON.

use super::{Row, Table};
use crate::machine::Machine;
use anyhow::Result;
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

const INTRODUCTION: &str = "\
# Start-up

From bytes to code, and from bytes to the end of a first call, in every mode of Vellum and of wasmi 2.0.0, both metered,
in one run: ways take turns, and the fastest run of each counts. Only ratios carry over to other machines. The heap is what
the code and all that belongs to it take, the blob or what is kept of it included.

*Lazy* validates each function when it is first called; *trusted lazy* validates nothing, as wasmi's *unchecked* does,
which is `unsafe` there. The [index](index.md) was made before. A first call makes an instance, with its imports and
segments, and calls `deploy`, `Core_version` or `_start`; of `_start` it is what happens up to the program's own work.

Made by `cargo run --release -p vellum-benchmarking -- startup FILES...`; this page is its output.
";

#[derive(Serialize)]
struct Results<'a> {
    machine: &'a Machine,
    tables: &'a [Table],
}

pub(super) fn publish(tables: &[Table], markdown: &Path, json: &Path) -> Result<()> {
    let machine = Machine::here();
    let mut text = format!("{INTRODUCTION}\nMachine: {}.\n", machine.sentence());
    for of in tables {
        text += &table(of)?;
    }
    for path in [markdown, json] {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
    }
    std::fs::write(markdown, text)?;
    std::fs::write(json, serde_json::to_string_pretty(&Results { machine: &machine, tables })? + "\n")?;
    println!("written: {} and {}", markdown.display(), json.display());
    Ok(())
}

pub(super) fn table(table: &Table) -> Result<String> {
    let Table { program, blob_bytes, index_bytes, body_bytes, ended, translate, rows } = table;
    let mut text = format!("\n## {program}\n\n");
    let per_byte = |value: f64, bytes: usize| value / u32::try_from(bytes).map_or(f64::MAX, f64::from);
    writeln!(
        text,
        "{blob_bytes} bytes, {body_bytes} of them bodies of functions; the index has {index_bytes}. Translating all of it takes \
         {:.1} ns per byte of the blob, {:.1} ns per byte of bodies. The first call ends with {ended}.\n",
        per_byte(*translate, *blob_bytes),
        per_byte(*translate, *body_bytes),
    )?;
    text += "| engine | mode | code, us | first call done, us | heap, bytes per byte of the blob |\n";
    text += "|---|---|---:|---:|---:|\n";
    for Row { engine, mode, compile, first_call, heap_bytes } in rows {
        let time = |nanoseconds: f64| format!("{:.1}", nanoseconds / 1e3);
        let heap = u32::try_from(*heap_bytes).map_or(f64::MAX, f64::from);
        writeln!(
            text,
            "| {engine} | {mode} | {} | {} | {:.2} |",
            time(*compile),
            first_call.map_or_else(|| "-".into(), time),
            per_byte(heap, *blob_bytes)
        )?;
    }
    Ok(text)
}
