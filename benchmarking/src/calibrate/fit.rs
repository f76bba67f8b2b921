//! From times and units to prices.
//!
//! Prices cannot be right for all programs at once: a processor does in parallel what does not wait for each other, and
//! an instruction that waits takes several times as long as one that does not. So there are two aims, and one
//! quadratic programme, which Clarabel solves, for both. Of every program at least a share of its time is charged
//! ([`covered`]): whoever writes the program whose instructions all wait gets little for free. Within
//! that, the squared relative error over typical code is least ([`weight`]): whoever writes such code is taxed little.

use super::{Role, Sample};
use anyhow::{Result, ensure};
use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettingsBuilder, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus};
use vellum_engine::GasClass;

/// The share of its time that a program is charged at least.
pub const fn covered(role: Role) -> f64 {
    match role {
        Role::Typical => 0.67,
        Role::Probe => 0.72,
        Role::Covered => 0.85,
        Role::Hostile => 0.42,
        Role::Bomb => 1.0,
    }
}

/// How much the error of all probes together counts, where that of all typical programs counts 1: enough to say what
/// nothing typical says.
const PROBES: f64 = 0.03;

/// How much the error of a program counts.
fn weight(role: Role, of_role: f64) -> f64 {
    match role {
        Role::Typical => 1.0 / of_role,
        Role::Probe => PROBES / of_role,
        Role::Covered | Role::Hostile | Role::Bomb => 0.0,
    }
}

/// Picoseconds by which a solution may miss: far below one per mille of any time.
const SOLVER_ERROR: f64 = 0.05;

/// Prices, in picoseconds per unit, in the order of `GasClass::ALL`.
#[derive(Clone, PartialEq, Debug)]
pub struct Fit {
    /// Those that explain the times best.
    pub best: Vec<f64>,
    /// Those that cover them: what is written.
    pub prices: Vec<u32>,
}

impl Fit {
    /// What a program costs at these prices, in picoseconds.
    pub fn cost(&self, sample: &Sample) -> f64 {
        self.charges(sample).sum()
    }

    /// What each class makes up of it, in the order of `GasClass::ALL`.
    pub fn charges<'a>(&'a self, sample: &'a Sample) -> impl Iterator<Item = f64> + 'a {
        sample.units.iter().zip(&self.prices).map(|(units, price)| number(*units) * f64::from(*price))
    }

    /// What it would cost at the prices that explain best.
    pub fn best_cost(&self, sample: &Sample) -> f64 {
        sample.units.iter().zip(&self.best).map(|(units, price)| number(*units) * price).sum()
    }
}

/// Finds prices, none of them below that of `least`, in the order of `GasClass::ALL`, if there is one.
///
/// # Errors
/// If a class is used by no program, `least` has other classes, or the solver finds nothing.
pub fn fit(samples: &[Sample], least: Option<&[u32]>) -> Result<Fit> {
    for sample in samples {
        ensure!(sample.units.len() == GasClass::COUNT, "{} was counted for other classes: measure again", sample.name);
    }
    for (at, class) in GasClass::ALL.iter().enumerate() {
        let used = samples.iter().any(|sample| sample.units.get(at).is_some_and(|units| *units > 0));
        ensure!(used, "no program uses {class}");
    }
    let classes = least.map_or(GasClass::COUNT, <[u32]>::len);
    ensure!(classes == GasClass::COUNT, "the least prices are of {classes} classes, there are {}", GasClass::COUNT);
    solved(samples, least)
}

/// [`fit`], though some class may not be used.
pub(super) fn solved(samples: &[Sample], least: Option<&[u32]>) -> Result<Fit> {
    // A program is a row of units per picosecond, so that each error is a share of its time. A
    // column is in units of the price at which the class alone would make up its dearest share, so
    // that prices of a page and of an addition have the same size.
    let scale: Vec<f64> = (0..GasClass::COUNT)
        .map(|class| samples.iter().map(|sample| number(sample.units[class]) / sample.picoseconds).fold(0.0, f64::max))
        .map(|most: f64| if most > 0.0 { most } else { 1.0 })
        .collect();
    let rows: Vec<Vec<f64>> = samples
        .iter()
        .map(|sample| {
            let shares = sample.units.iter().zip(&scale).map(|(u, s)| number(*u) / sample.picoseconds / s);
            // What does no work has no part in any time.
            shares
                .zip(GasClass::ALL)
                .map(|(share, class)| if *class == GasClass::Structure { 0.0 } else { share })
                .collect()
        })
        .collect();
    let lowest: Vec<f64> = GasClass::ALL.iter().zip(&scale).map(|(class, scale)| floor(*class) * scale).collect();
    let least: Vec<f64> = match least {
        Some(prices) => prices.iter().zip(&scale).map(|(price, scale)| f64::from(*price) * scale).collect(),
        None => lowest.clone(),
    };
    let weights: Vec<f64> = samples
        .iter()
        .map(|sample| weight(sample.role, number(count(samples.iter().filter(|other| other.role == sample.role)))))
        .collect();
    let best = solve(&rows, &weights, &lowest, &[])?;
    let shares: Vec<f64> = samples.iter().map(|sample| covered(sample.role)).collect();
    let covering = solve(&rows, &weights, &least, &shares)?;
    let unscale =
        |prices: &[f64]| -> Vec<f64> { prices.iter().zip(&scale).map(|(price, scale)| price / scale).collect() };
    let prices = GasClass::ALL.iter().zip(unscale(&covering)).map(|(class, price)| whole(*class, price));
    let best = GasClass::ALL.iter().zip(unscale(&best));
    // What no row has may be anything.
    let best = best.map(|(class, price)| if *class == GasClass::Structure { 0.0 } else { price });
    Ok(Fit { best: best.collect(), prices: prices.collect() })
}

/// The least price of a class: only what does no work is free, and that is always free.
fn floor(class: GasClass) -> f64 {
    if class == GasClass::Structure { 0.0 } else { 1.0 }
}

/// Minimises the weighted sum of `(row * x - 1)^2` where `x` is at least `least`, and each `row * x` at least its share, if
/// there are shares.
fn solve(rows: &[Vec<f64>], weights: &[f64], least: &[f64], shares: &[f64]) -> Result<Vec<f64>> {
    let classes = least.len();
    let weighted = |of: &dyn Fn(&Vec<f64>) -> f64| rows.iter().zip(weights).map(|(row, w)| w * of(row)).sum::<f64>();
    let product = |left: usize, right: usize| weighted(&|row| row[left] * row[right]);
    let quadratic: Vec<Vec<f64>> = (0..classes)
        .map(|row| (0..classes).map(|column| if column >= row { product(row, column) } else { 0.0 }).collect())
        .collect();
    let linear: Vec<f64> = (0..classes).map(|class| -weighted(&|row| row[class])).collect();
    // The solver wants `A x + slack = b`: each bound from below is turned around.
    let mut bounds: Vec<Vec<f64>> = Vec::new();
    let mut values = Vec::new();
    for (class, least) in least.iter().enumerate() {
        bounds.push((0..classes).map(|column| if column == class { -1.0 } else { 0.0 }).collect());
        values.push(-least);
    }
    for (row, share) in rows.iter().zip(shares) {
        bounds.push(row.iter().map(|units| -units).collect());
        values.push(-share);
    }
    let cones = [NonnegativeConeT(values.len())];
    let settings = DefaultSettingsBuilder::default().verbose(false).build()?;
    let (quadratic, bounds) = (matrix(&quadratic), matrix(&bounds));
    let mut solver = DefaultSolver::new(&quadratic, &linear, &bounds, &values, &cones, settings)?;
    solver.solve();
    let status = solver.solution.status;
    ensure!(matches!(status, SolverStatus::Solved | SolverStatus::AlmostSolved), "the solver stopped: {status:?}");
    Ok(solver.solution.x.clone())
}

fn matrix(rows: &[Vec<f64>]) -> CscMatrix<f64> {
    let columns = rows.first().map_or(0, Vec::len);
    let (mut row_indices, mut column_indices, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (row, entries) in rows.iter().enumerate() {
        for (column, value) in entries.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            row_indices.push(row);
            column_indices.push(column);
            values.push(*value);
        }
    }
    CscMatrix::new_from_triplets(rows.len(), columns, row_indices, column_indices, values)
}

fn count<T>(items: impl Iterator<Item = T>) -> u64 {
    items.map(|_| 1).sum()
}

#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn number(units: u64) -> f64 {
    units as f64
}

/// Rounded up, but for what the solver's own error adds: it stops close to a bound, not on it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "prices fit: `as` saturates")]
fn whole(class: GasClass, price: f64) -> u32 {
    if class == GasClass::Structure { 0 } else { (price - SOLVER_ERROR).ceil().max(1.0) as u32 }
}
