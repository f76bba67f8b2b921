//! From times and units to prices.
//!
//! First the prices that explain the times best: non-negative least squares of the relative error.
//! Least squares leaves half of the programs below their time, and whoever writes such a program
//! would get work for free. So prices are raised, as little as the same measure allows, until no
//! program costs less than its time and a margin. Both are one quadratic programme with more
//! constraints the second time; Clarabel solves it.

use super::Sample;
use anyhow::{Result, ensure};
use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettingsBuilder, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus};
use vellum_engine::GasClass;

/// Every program costs at least its measured time and this share of it: for what the fastest of
/// many runs does not show, such as caches that hold something else.
pub const MARGIN: f64 = 0.10;

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
        sample.units.iter().zip(&self.prices).map(|(units, price)| number(*units) * f64::from(*price)).sum()
    }

    /// What it would cost at the prices that explain best.
    pub fn best_cost(&self, sample: &Sample) -> f64 {
        sample.units.iter().zip(&self.best).map(|(units, price)| number(*units) * price).sum()
    }
}

/// Finds prices.
///
/// # Errors
/// If a class is used by no program, or the solver finds nothing.
pub fn fit(samples: &[Sample]) -> Result<Fit> {
    for sample in samples {
        ensure!(sample.units.len() == GasClass::COUNT, "{} was counted for other classes: measure again", sample.name);
    }
    for (at, class) in GasClass::ALL.iter().enumerate() {
        let used = samples.iter().any(|sample| sample.units.get(at).is_some_and(|units| *units > 0));
        ensure!(used, "no program uses {class}");
    }
    // A program is a row of units per picosecond, so that each error is a share of its time. A
    // column is in units of the price at which the class alone would make up its dearest share, so
    // that prices of a page and of an addition have the same size.
    let scale: Vec<f64> = (0..GasClass::COUNT)
        .map(|class| samples.iter().map(|sample| number(sample.units[class]) / sample.picoseconds).fold(0.0, f64::max))
        .collect();
    let rows: Vec<Vec<f64>> = samples
        .iter()
        .map(|sample| sample.units.iter().zip(&scale).map(|(u, s)| number(*u) / sample.picoseconds / s).collect())
        .collect();
    let least: Vec<f64> = GasClass::ALL.iter().zip(&scale).map(|(class, scale)| floor(*class) * scale).collect();
    let explained = samples.iter().zip(&rows).filter(|(sample, _)| !sample.only_covered);
    let explained: Vec<Vec<f64>> = explained.map(|(_, row)| row.clone()).collect();
    let best = solve(&explained, &least, &[])?;
    let raised: Vec<f64> = best.iter().zip(&least).map(|(best, least)| best.max(*least)).collect();
    let covering = solve(&explained, &raised, &rows)?;
    let unscale =
        |prices: &[f64]| -> Vec<f64> { prices.iter().zip(&scale).map(|(price, scale)| price / scale).collect() };
    let prices = GasClass::ALL.iter().zip(unscale(&covering)).map(|(class, price)| whole(price.max(floor(*class))));
    Ok(Fit { best: unscale(&best), prices: prices.collect() })
}

/// The least price of a class: only what does no work may be free.
fn floor(class: GasClass) -> f64 {
    if class == GasClass::Structure { 0.0 } else { 1.0 }
}

/// Minimises the sum of `(row * x - 1)^2` where `x` is at least `least`, and each `row * x` of the covered rows at
/// least 1 and the margin.
fn solve(rows: &[Vec<f64>], least: &[f64], covered: &[Vec<f64>]) -> Result<Vec<f64>> {
    let classes = least.len();
    let product = |left: usize, right: usize| rows.iter().map(|row| row[left] * row[right]).sum::<f64>();
    let quadratic: Vec<Vec<f64>> = (0..classes)
        .map(|row| (0..classes).map(|column| if column >= row { product(row, column) } else { 0.0 }).collect())
        .collect();
    let linear: Vec<f64> = (0..classes).map(|class| -rows.iter().map(|row| row[class]).sum::<f64>()).collect();
    // The solver wants `A x + slack = b`: each bound from below is turned around.
    let mut bounds: Vec<Vec<f64>> = Vec::new();
    let mut values = Vec::new();
    for (class, least) in least.iter().enumerate() {
        bounds.push((0..classes).map(|column| if column == class { -1.0 } else { 0.0 }).collect());
        values.push(-least);
    }
    bounds.extend(covered.iter().map(|row| row.iter().map(|units| -units).collect()));
    values.extend(covered.iter().map(|_| -(1.0 + MARGIN)));
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

#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn number(units: u64) -> f64 {
    units as f64
}

/// Rounded up, but for what the solver's own error adds: it stops close to a bound, not on it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "prices fit: `as` saturates")]
fn whole(price: f64) -> u32 {
    (price - SOLVER_ERROR).ceil().max(0.0) as u32
}
