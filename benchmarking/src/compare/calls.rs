//! What a call costs, net of the loop around it.

use super::{Effort, Row, Section, assemble, take_turns};
use crate::engines::Engine;
use crate::host::Host;
use anyhow::{Result, anyhow, ensure};
use std::time::Instant;

/// Rounds of the loop: a run takes about a millisecond.
const ROUNDS: u64 = 20_000;
/// The loop without a call, and what is measured by difference to it.
const ALONE: &str = "alone";
const CALLS: [(&str, &str); 3] =
    [("call", "call and return"), ("indirect", "indirect call and return"), ("host", "call of the host and back")];

pub(super) fn measure(engines: &[Box<dyn Engine>], effort: Effort) -> Result<Section> {
    let blob = assemble(include_str!("../../workloads/calls.wat"))?;
    let mut sessions = Vec::new();
    for engine in engines {
        let mut session = engine.compile(&blob)?.prepare(Host::default());
        session.instantiate().map_err(|fault| anyhow!("{}: {fault:?}", engine.name()))?;
        sessions.push(session);
    }
    let exports = [ALONE].into_iter().chain(CALLS.iter().map(|(export, _)| *export));
    let exports: Vec<_> = exports.collect();
    // All loops of all engines take turns with each other.
    let mut expected = None;
    let times = take_turns(effort, sessions.len() * exports.len(), |turn| {
        let (engine, export) = (turn / exports.len(), exports[turn % exports.len()]);
        let session = &mut sessions[engine];
        let start = Instant::now();
        let results = session.call(export, &[ROUNDS]);
        let time = start.elapsed();
        let results = results.map_err(|fault| anyhow!("{}: {fault:?}", engines[engine].name()))?;
        ensure!(*expected.get_or_insert_with(|| results.clone()) == results, "{} disagrees", engines[engine].name());
        Ok(Some(time))
    })?;
    #[allow(clippy::cast_precision_loss, reason = "a small number")]
    let rounds = ROUNDS as f64;
    let net = |engine: &[Option<f64>], call: usize| Some((engine[call]? - engine[0]?) / rounds);
    let row = |(call, (_, name)): (usize, &(&str, &str))| Row {
        name: (*name).into(),
        group: "calls",
        values: times.chunks(exports.len()).map(|engine| net(engine, call + 1)).collect(),
    };
    Ok(Section {
        title: "Calls",
        unit: "ns",
        what: "call",
        rows: CALLS.iter().enumerate().map(row).collect(),
        has_mean: false,
    })
}
