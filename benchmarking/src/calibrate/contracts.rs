//! Contracts as people write them, so that prices are close to what these take: messages of the speed comparison, and
//! real contracts where they are found. And modules as nobody writes them, so that they pay for what they take. Measured as
//! audits measure them: host functions repeat what they did before.

use super::{Options, Role, Sample};
use crate::gas::ChainPrices;
use crate::gas::audit::subjects;
use crate::gas::measure::{Effort, Priced, bytes, take_turns};
use crate::gas::ratio::float;
use crate::gas::subject::{Part, Set, Subject};
use anyhow::{Result, anyhow};
use std::collections::HashSet;
use std::time::Duration;
use vellum_engine::GasClass;

/// Shorter calls are mostly what a call costs that does nothing.
const PICOSECONDS_MIN: f64 = 500e3;

/// Times contracts and counts what they use: their messages, what a call takes beside its instructions taken off; and of
/// each blob once, how it starts and what the first calls of its functions take.
pub(super) fn measure(options: &Options) -> Result<Vec<Sample>> {
    let contracts = subjects::contracts(&options.real)?;
    let bombs = subjects::bombs(&options.regressions)?;
    let nothing = subjects::nothing(Set::Resident)?;
    let load_byte = ChainPrices::pallet_contracts_51().load_byte;
    let engine = priced(None)?;
    let (mut runners, mut run, mut blobs) = (Vec::new(), Vec::new(), HashSet::new());
    for subject in contracts.iter().chain(&bombs).chain([&nothing]) {
        let parts = [Part::Execution, Part::Start, Part::FirstCall];
        let once = if blobs.insert(&subject.blob) { parts.len() } else { 1 };
        for part in parts.into_iter().take(once).filter(|part| subject.parts.contains(part)) {
            // A contract whose answers were not recorded cannot be repeated.
            if let Ok(Some(runner)) = engine.runner(subject, part) {
                runners.push((Set::Resident, runner));
                run.push((subject, part));
            }
        }
    }
    let effort = Effort { time: Duration::from_secs(if options.quick { 3 } else { 90 }), rounds: 3 };
    let times = take_turns(&mut runners, effort)?;
    let is_nothing = |(subject, part): &(&Subject, Part)| subject.name == nothing.name && *part == Part::Execution;
    let fixed = run.iter().position(is_nothing).and_then(|at| times.get(at)).copied().unwrap_or(0.0);
    let mut counts = vec![Vec::with_capacity(GasClass::COUNT); times.len()];
    for class in GasClass::ALL {
        let raised = priced(Some(*class))?;
        for (((subject, part), (_, ground)), counts) in run.iter().zip(&runners).zip(&mut counts) {
            let runner = raised.runner(subject, *part)?.ok_or_else(|| anyhow!("{} does not run", subject.name))?;
            counts.push(runner.charged - ground.charged);
        }
    }
    let samples = run.iter().zip(times).zip(counts).map(|(((subject, part), time), units)| {
        let (what, beside) = match (part, &subject.task) {
            (Part::Execution, _) => ("contract", fixed),
            (Part::Start, Some(_)) => ("start of", 0.0),
            // Names and the like are long at the price of bytes: what the chain charges for these is not asked for twice.
            (Part::Start, None) => ("start of", float(bytes(&subject.blob).saturating_mul(load_byte))),
            _ => ("first calls of", 0.0),
        };
        let name = format!("{what}: {}", subject.name);
        let role = if subject.task.is_some() { Role::Typical } else { Role::Bomb };
        Sample { name, picoseconds: time - beside, units, role }
    });
    Ok(samples.filter(|sample| sample.picoseconds > PICOSECONDS_MIN).collect())
}

/// The least prices that there can be, one of them raised.
fn priced(raised: Option<GasClass>) -> Result<Priced> {
    Priced::vellum(
        super::count::prices(raised).map_err(|error| anyhow!("{error}"))?,
        &ChainPrices::pallet_contracts_51(),
    )
}
