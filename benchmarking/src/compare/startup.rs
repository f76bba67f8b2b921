//! From bytes to code, and from bytes to the end of a first call: what a chain pays for when it
//! has nothing in a cache.

use super::{Effort, Options, Row, Section, take_turns};
use crate::engines::{self, Engine, Fault, Session, Translation};
use crate::host::Host;
use crate::workloads::CONTRACTS;
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};

/// Selector and argument of a constructor that both contracts have; what a `bool` does not read of
/// the number, ink! ignores.
const CONSTRUCTOR: [u8; 20] = [0x9b, 0xae, 0x9d, 0x5e, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// A row per contract, way of translation and end; for the engines that a chain could run.
pub(super) fn measure(options: &Options, engine_count: usize, effort: Effort) -> Result<Section> {
    let mut rows = Vec::new();
    for (contract, blob) in CONTRACTS {
        for (translation, word) in [(Translation::Eager, "eager"), (Translation::Lazy, "lazy")] {
            let engines = engines::metered(translation)?;
            let mut push = |name: String, turn: &dyn Fn(&dyn Engine) -> Result<Duration>| -> Result<()> {
                if options.chooses(&name) {
                    let mut values = take_turns(effort, engines.len(), |engine| turn(&*engines[engine]).map(Some))?;
                    values.resize(engine_count, None);
                    rows.push(Row { name, group: "starts", values });
                }
                Ok(())
            };
            push(format!("{contract}: compile, {word}"), &|engine| {
                let start = Instant::now();
                let code = engine.compile(blob)?;
                let time = start.elapsed();
                drop(code);
                Ok(time)
            })?;
            push(format!("{contract}: compile, {word}, and deploy"), &|engine| first_call(engine, blob))?;
        }
    }
    Ok(Section { title: "Starting", unit: "us", what: "start", rows, has_mean: true })
}

fn first_call(engine: &dyn Engine, blob: &[u8]) -> Result<Duration> {
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
