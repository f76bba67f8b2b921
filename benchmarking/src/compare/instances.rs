//! What an instance costs: sixteen pages of memory with a little data, as contracts have them.

use super::{Effort, Row, Section, assemble, take_turns};
use crate::engines::Engine;
use crate::host::Host;
use anyhow::{Result, anyhow};
use std::time::Instant;

/// What an instance is made of.
const MODULE: &str = r#"(module
    (memory (export "memory") 16)
    (global (mut i32) (i32.const 65536))
    (data (i32.const 1024) "sixteen pages are what a contract may have")
    (func (export "run") (param i32) (result i64) (i64.extend_i32_u (local.get 0))))"#;

pub(super) fn measure(engines: &[Box<dyn Engine>], effort: Effort) -> Result<Section> {
    let blob = assemble(MODULE)?;
    let codes = engines.iter().map(|engine| engine.compile(&blob)).collect::<Result<Vec<_>>>()?;
    let mut rows = Vec::new();
    for (name, to_the_end) in [("16 pages", false), ("16 pages, and dropped", true)] {
        let values = take_turns(effort, codes.len(), |engine| {
            let mut session = codes[engine].prepare(Host::default());
            let start = Instant::now();
            let made = session.instantiate();
            let time = start.elapsed();
            drop(session);
            let time = if to_the_end { start.elapsed() } else { time };
            made.map_err(|fault| anyhow!("{}: {fault:?}", engines[engine].name()))?;
            Ok(Some(time))
        })?;
        rows.push(Row { name: name.into(), group: "instances", values });
    }
    Ok(Section { title: "Instances", unit: "us", what: "instance", rows })
}
