//! How long it takes from bytes to code, and from bytes to the end of a first call, in every mode of
//! Vellum and of wasmi 2.0.0; and how much heap the code takes.
//!
//! Ways take turns, several runs in a row each, and the fastest run counts: what else the machine does
//! can only slow a run down. Only ratios are worth keeping.
//!
//! What is timed: reading the blob; and for the first call also an instance, its imports, and the call.
//! What is not: wasmi's engine, its linker with the host functions in it and the store's data, and
//! Vellum's host. Vellum is given the blob as bytes that it shares with its holder, and wasmi as a slice,
//! which is how each of them is used; the heap of both includes whatever they keep of the blob.

mod guest;
mod report;
mod vellum;
mod wasmi_modes;

use anyhow::{Context, Result, ensure};
use guest::Program;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Runs of a way in one turn. The first finds the caches full of what the way before left.
const IN_A_ROW: usize = 3;

/// A way to start.
trait Way {
    /// The engine, and what it does at the start.
    fn name(&self) -> (&'static str, &'static str);

    /// Makes the code and throws it away: how long making took.
    fn compile(&self, program: &Program) -> Result<Duration>;

    /// How long it takes until the first call ends, and how that ended.
    fn first_call(&self, program: &Program) -> Result<(Duration, String)>;

    /// Bytes of heap that the code and all that belongs to it take.
    fn heap(&self, program: &Program) -> Result<usize>;
}

/// What was measured of one way with one program.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    engine: &'static str,
    mode: &'static str,
    /// Nanoseconds of the fastest run.
    compile: f64,
    /// Nanoseconds of the fastest run; none if the program has no first call.
    first_call: Option<f64>,
    heap_bytes: usize,
}

/// A program, and what was measured with it.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    program: String,
    blob_bytes: usize,
    index_bytes: usize,
    body_bytes: usize,
    /// How the first call ends.
    ended: String,
    /// Nanoseconds to translate every function, without validation.
    translate: f64,
    rows: Vec<Row>,
}

/// Measures the start of each file, and writes Markdown and JSON.
///
/// # Errors
/// If a file cannot be read or is refused, or if two ways end differently.
pub fn run(files: &[PathBuf], quick: bool, markdown: &Path, json: &Path) -> Result<()> {
    ensure!(!files.is_empty(), "which files?");
    let time = Duration::from_millis(if quick { 1_000 } else { 15_000 });
    let mut tables = Vec::new();
    for file in files {
        let program = Program::read(file).with_context(|| file.display().to_string())?;
        let table = measure(&program, time).with_context(|| file.display().to_string())?;
        print!("{}", report::table(&table)?);
        tables.push(table);
    }
    report::publish(&tables, markdown, json)
}

fn measure(program: &Program, time: Duration) -> Result<Table> {
    let ways = ways();
    let mut ended = None;
    let mut rows = Vec::new();
    for way in &ways {
        let (engine, mode) = way.name();
        let (_, end) = way.first_call(program).with_context(|| format!("{engine}, {mode}"))?;
        let expected = ended.get_or_insert_with(|| end.clone());
        ensure!(end == *expected, "{engine}, {mode}: the first call ends with {end} instead of {expected}");
        let heap_bytes = way.heap(program)?;
        rows.push(Row { engine, mode, compile: f64::MAX, first_call: Some(f64::MAX), heap_bytes });
    }
    let nanoseconds = |time: Duration| time.as_secs_f64() * 1e9;
    let mut translate = f64::MAX;
    let (start, mut rounds) = (Instant::now(), 0);
    while rounds < 3 || start.elapsed() < time {
        for (way, row) in ways.iter().zip(&mut rows) {
            for _ in 0..IN_A_ROW {
                row.compile = row.compile.min(nanoseconds(way.compile(program)?));
            }
            for _ in 0..IN_A_ROW {
                let call = nanoseconds(way.first_call(program)?.0);
                row.first_call = row.first_call.map(|least| least.min(call));
            }
        }
        translate = translate.min(nanoseconds(vellum::translate(program)?));
        rounds += 1;
    }
    Ok(Table {
        program: program.name.clone(),
        blob_bytes: program.blob.len(),
        index_bytes: program.index.len(),
        body_bytes: program.body_bytes,
        ended: ended.unwrap_or_default(),
        translate,
        rows,
    })
}

fn ways() -> Vec<Box<dyn Way>> {
    vellum::ways().into_iter().chain(wasmi_modes::ways()).collect()
}
