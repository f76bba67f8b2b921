//! What an instance costs: sixteen pages of memory with a little data, as contracts have them.

use super::{Effort, Row, Section, assemble, take_turns};
use crate::engines::{self, Engine, Translation};
use crate::host::Host;
use anyhow::{Result, anyhow, ensure};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What an instance is made of.
const MODULE: &str = r#"(module
    (memory (export "memory") 16)
    (global (mut i32) (i32.const 65536))
    (data (i32.const 1024) "sixteen pages are what a contract may have")
    (func (export "run") (param i32) (result i64) (i64.extend_i32_u (local.get 0))))"#;

/// The settings with which glibc's allocator takes every memory from the system and gives it back.
const COLD: (&str, &str) = ("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=131072");

/// From a warm heap, in this process, and from the system, in another one: how an allocator treats what is
/// freed decides what zeroed memory costs.
pub(super) fn measure(engines: &[Box<dyn Engine>], effort: Effort, quick: bool) -> Result<Section> {
    let row = |name: &str, values| Row { name: name.into(), group: "instances", values };
    let [made, dropped] = values(engines, effort)?;
    let mut child = Command::new(std::env::current_exe()?);
    child.arg("cold-instances").env(COLD.0, COLD.1).stderr(Stdio::inherit());
    if quick {
        child.arg("--quick");
    }
    let output = child.output()?;
    ensure!(output.status.success(), "the process that measures cold instances failed");
    let [cold_made, cold_dropped]: Values = serde_json::from_slice(&output.stdout)?;
    let rows = vec![
        row("16 pages, warm heap", made),
        row("16 pages, warm heap, and dropped", dropped),
        row("16 pages, from the system", cold_made),
        row("16 pages, from the system, and dropped", cold_dropped),
    ];
    Ok(Section { title: "Instances", unit: "us", what: "instance", rows, has_mean: false })
}

/// What the other process prints: the values, as JSON.
///
/// # Errors
/// If an engine fails.
pub fn cold(quick: bool) -> Result<()> {
    let values = values(&engines::all(Translation::Eager)?, Effort::new(quick))?;
    println!("{}", serde_json::to_string(&values)?);
    Ok(())
}

/// Until made, and until dropped.
type Values = [Vec<Option<f64>>; 2];

fn values(engines: &[Box<dyn Engine>], effort: Effort) -> Result<Values> {
    let blob = assemble(MODULE)?;
    let codes = engines.iter().map(|engine| engine.compile(&blob)).collect::<Result<Vec<_>>>()?;
    let turns = |to_the_end| {
        take_turns(effort, codes.len(), |engine| {
            // wasm3 has one step for both, which is not timed.
            if engines[engine].name().starts_with("wasm3") {
                return Ok(None);
            }
            let mut session = codes[engine].prepare(Host::default());
            let start = Instant::now();
            let made = session.instantiate();
            let time = start.elapsed();
            drop(session);
            let time = if to_the_end { start.elapsed() } else { time };
            made.map_err(|fault| anyhow!("{}: {fault:?}", engines[engine].name()))?;
            Ok(Some(time))
        })
    };
    Ok([turns(false)?, turns(true)?])
}
