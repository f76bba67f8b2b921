//! What telling classes apart is worth: the error that is left if two of them had one price.

use super::{Fit, Role, Sample, fit};
use anyhow::Result;
use vellum_engine::GasClass;

/// Classes that were once one, or could be.
const PAIRS: [(GasClass, GasClass); 13] = [
    (GasClass::Const, GasClass::WideConst),
    (GasClass::LocalGet, GasClass::LocalSet),
    (GasClass::LocalGet, GasClass::Const),
    (GasClass::Simple, GasClass::Select),
    (GasClass::Simple, GasClass::Multiply),
    (GasClass::Multiply, GasClass::Divide),
    (GasClass::Load, GasClass::Store),
    (GasClass::Branch, GasClass::BranchTable),
    (GasClass::Call, GasClass::CallIndirect),
    (GasClass::Memory, GasClass::Bulk),
    (GasClass::Float, GasClass::FloatConvert),
    (GasClass::InstanceEntry, GasClass::InstanceExpression),
    (GasClass::InstanceEntry, GasClass::InstanceDeclaration),
];

/// Two classes, and the errors with one price for both.
pub struct Worth {
    /// The classes.
    pub pair: (GasClass, GasClass),
    /// How far typical programs are charged off their time.
    pub error: f64,
    /// The same of probes.
    pub probes: f64,
}

/// The root of the mean squared relative error over the programs of a role.
pub fn error(fit: &Fit, samples: &[Sample], role: Role) -> f64 {
    let errors: Vec<f64> = samples
        .iter()
        .filter(|sample| sample.role == role)
        .map(|sample| (fit.cost(sample) / sample.picoseconds - 1.0).powi(2))
        .collect();
    let count = f64::from(u32::try_from(errors.len().max(1)).unwrap_or(u32::MAX));
    (errors.iter().sum::<f64>() / count).sqrt()
}

/// Fits again with one price for each pair in turn.
///
/// # Errors
/// If the solver finds nothing.
pub fn worths(samples: &[Sample]) -> Result<Vec<Worth>> {
    let worth = |pair: (GasClass, GasClass)| {
        let merged: Vec<Sample> = samples.iter().map(|sample| together(sample, pair)).collect();
        let fit = fit::solved(&merged, None)?;
        Ok(Worth { pair, error: error(&fit, &merged, Role::Typical), probes: error(&fit, &merged, Role::Probe) })
    };
    PAIRS.into_iter().map(worth).collect()
}

/// The units of both as those of the first.
fn together(sample: &Sample, (into, from): (GasClass, GasClass)) -> Sample {
    let mut merged = sample.clone();
    let place = |class: GasClass| GasClass::ALL.iter().position(|one| *one == class).expect("all are there; qed");
    merged.units[place(into)] += merged.units[place(from)];
    merged.units[place(from)] = 0;
    merged
}
