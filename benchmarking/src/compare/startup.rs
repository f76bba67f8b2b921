//! From bytes to code, and from bytes to the end of a first call: what a chain pays for when it
//! has nothing in a cache.

use super::{Effort, Row, engines, take_turns};
use crate::engines::{Engine, Fault, Session, Translation};
use crate::host::Host;
use crate::workloads::CONTRACTS;
use anyhow::{Result, ensure};
use std::time::Instant;

/// Selector and argument of a constructor that both contracts have; what a `bool` does not read of
/// the number, ink! ignores.
const CONSTRUCTOR: [u8; 20] = [0x9b, 0xae, 0x9d, 0x5e, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// A row per contract, way of translation and end.
pub(super) fn measure(chosen: &dyn Fn(&str) -> bool, effort: Effort) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (contract, blob) in CONTRACTS {
        for (translation, word) in [(Translation::Eager, "eager"), (Translation::Lazy, "lazy")] {
            let engines = engines(translation)?;
            let compile = format!("{contract}: compile, {word}");
            let call = format!("{contract}: compile, {word}, and deploy");
            if chosen(&compile) {
                let times = take_turns(effort, |engine| {
                    let start = Instant::now();
                    let code = engines[engine].compile(blob)?;
                    let time = start.elapsed();
                    drop(code);
                    Ok(time)
                })?;
                rows.push(Row { name: compile, times });
            }
            if chosen(&call) {
                let times = take_turns(effort, |engine| first_call(&*engines[engine], blob))?;
                rows.push(Row { name: call, times });
            }
        }
    }
    Ok(rows)
}

fn first_call(engine: &dyn Engine, blob: &[u8]) -> Result<std::time::Duration> {
    let host = Host::with_input(&CONSTRUCTOR);
    let start = Instant::now();
    let mut session = engine.compile(blob)?.prepare(host);
    let ended = deploy(&mut *session);
    let time = start.elapsed();
    ensure!(ended == Err(Fault::Returned), "a constructor ended with {ended:?} on {}", engine.name());
    Ok(time)
}

fn deploy(session: &mut dyn Session) -> Result<(), Fault> {
    session.instantiate()?;
    session.call("deploy", &[]).map(|_| ())
}
