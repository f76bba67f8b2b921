//! What was measured and what it became: tables in Markdown, and plots beside them.

mod plots;

use super::history::{self, Entry};
use super::worth::{error, worths};
use super::{Fit, Measured, Role, Sample, covered};
use crate::gas::ratio::distribution;
use anyhow::{Result, anyhow};
use comfy_table::{CellAlignment, Table, presets};
use std::fmt::Write;
use std::path::Path;
use vellum_engine::GasClass;

/// Rows of each list of extremes.
const EXTREMES: usize = 15;
/// Calibrations that the report shows.
const SHOWN: usize = 5;
/// A program that is charged so little above its share decides about prices.
const BINDING: f64 = 1.01;

/// Writes `report.md`, its plots and `history.json`.
pub(super) fn publish(measured: &Measured, fit: &Fit, out: &Path) -> Result<()> {
    let mut prices = prices(fit);
    println!("{prices}\n{}", roles(measured, fit));
    let mut text = format!("# Calibration of {}\n\n", measured.placement.engine());
    let executor = measured.executor.as_ref().map_or_else(String::new, |executor| format!("; run by {executor}"));
    let machine = measured.machine.sentence() + &executor;
    writeln!(text, "Machine: {machine}.\n\nCommand: `{}`.\n", measured.command)?;
    let mut section = |title: &str, before: &str, table: &mut Table| {
        writeln!(text, "## {title}\n\n{before}{}\n", table.load_style(presets::ASCII_MARKDOWN))
    };
    section("Prices", "", &mut prices)?;
    section("What programs are charged", ROLES, &mut roles(measured, fit))?;
    section("What bounds prices", BOUNDS, &mut bounds(measured, fit))?;
    section("Charged most above its time", DEAREST, &mut dearest(measured, fit))?;
    section("What telling classes apart is worth", WORTH, &mut worth(measured, fit)?)?;
    let entries = history::add(Entry::new(measured, fit), &out.join("history.json"))?;
    section("History", "Prices of earlier calibrations, in picoseconds.\n\n", &mut past(&entries))?;
    section("Programs", PROGRAMS, &mut programs(measured, fit))?;
    std::fs::write(out.join("report.md"), text)?;
    plots::draw(&measured.programs, fit, out).map_err(|error| anyhow!("cannot draw the plots: {error}"))
}

const ROLES: &str = "Picoseconds charged for one of measured time. Below 1 a program is charged too little.\n\n\
    ![Charged and measured time](fit.svg)\n\n\
    ![Charge over time by what programs are rich in](residuals.svg)\n\n";
const BOUNDS: &str = "Programs that are charged just the share of their time that they have to be: without them some price \
    would be lower.\n\n";
const DEAREST: &str = "What the dearest programs of their classes cost the others.\n\n";
const WORTH: &str = "The root of the mean squared relative error if two classes had one price.\n\n";
const PROGRAMS: &str =
    "Time, and what the program costs in times of it: at the prices that explain best, and at those that cover.\n\n";

fn ratio(sample: &Sample, fit: &Fit) -> f64 {
    fit.cost(sample) / sample.picoseconds
}

fn prices(fit: &Fit) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(["class", "per", "best fit, ps", "price, ps"]);
    for ((class, best), price) in GasClass::ALL.iter().zip(&fit.best).zip(&fit.prices) {
        table.add_row([class.name().into(), class.unit().into(), format!("{best:.0}"), price.to_string()]);
    }
    right(table, 2)
}

/// The name of a role in reports.
pub(super) fn name(role: Role) -> &'static str {
    match role {
        Role::Typical => "typical",
        Role::Probe => "rich in one class",
        Role::Covered => "kept, or with much to guess",
        Role::Hostile => "hostile to caches",
        Role::Bomb => "dear to start or to compile",
    }
}

fn roles(measured: &Measured, fit: &Fit) -> Table {
    let mut table = Table::new();
    table.set_header(["programs", "count", "at least", "least", "5 %", "median", "95 %", "most"]);
    for role in [Role::Typical, Role::Probe, Role::Covered, Role::Hostile, Role::Bomb] {
        let of_role = measured.programs.iter().filter(|sample| sample.role == role);
        let Some(d) = distribution(of_role.map(|sample| ratio(sample, fit))) else { continue };
        let numbers = [covered(role), d.least, d.p5, d.median, d.p95, d.greatest].map(|number| format!("{number:.2}"));
        table.add_row([name(role).to_owned(), d.count.to_string()].into_iter().chain(numbers));
    }
    right(table, 1)
}

fn bounds(measured: &Measured, fit: &Fit) -> Table {
    let over = |sample: &&Sample| ratio(sample, fit) / covered(sample.role);
    let mut binding: Vec<&Sample> = measured.programs.iter().filter(|sample| over(sample) < BINDING).collect();
    binding.sort_by(|one, other| over(one).total_cmp(&over(other)));
    listed(&binding, fit)
}

fn dearest(measured: &Measured, fit: &Fit) -> Table {
    let mut sorted: Vec<&Sample> = measured.programs.iter().filter(|sample| sample.role != Role::Covered).collect();
    sorted.sort_by(|one, other| ratio(other, fit).total_cmp(&ratio(one, fit)));
    sorted.truncate(EXTREMES);
    listed(&sorted, fit)
}

/// Programs with the three classes that most of their charge is for.
fn listed(samples: &[&Sample], fit: &Fit) -> Table {
    let mut table = Table::new();
    table.set_header(["program", "time, ns", "charged / time", "charged for"]);
    for sample in samples {
        let mut shares: Vec<(f64, GasClass)> =
            fit.charges(sample).zip(GasClass::ALL).map(|(charge, class)| (charge, *class)).collect();
        shares.sort_by(|one, other| other.0.total_cmp(&one.0));
        let cost = fit.cost(sample).max(1.0);
        let shares = shares.iter().take(3).filter(|(charge, _)| *charge > 0.0);
        let shares: Vec<String> =
            shares.map(|(charge, class)| format!("{class} {:.0} %", charge / cost * 100.0)).collect();
        table.add_row([
            sample.name.clone(),
            format!("{:.0}", sample.picoseconds / 1e3),
            format!("{:.2}", ratio(sample, fit)),
            shares.join(", "),
        ]);
    }
    let mut table = right(table, 1);
    if let Some(column) = table.column_mut(3) {
        column.set_cell_alignment(CellAlignment::Left);
    }
    table
}

fn worth(measured: &Measured, fit: &Fit) -> Result<Table> {
    let mut table = Table::new();
    table.set_header(["one price for", "typical programs", "programs rich in one class"]);
    let errors = [Role::Typical, Role::Probe].map(|role| format!("{:.3}", error(fit, &measured.programs, role)));
    table.add_row(["(as it is)".to_owned()].into_iter().chain(errors));
    for worth in worths(&measured.programs)? {
        let (one, other) = worth.pair;
        table.add_row([format!("{one}, {other}"), format!("{:.3}", worth.error), format!("{:.3}", worth.probes)]);
    }
    Ok(right(table, 1))
}

fn past(entries: &[Entry]) -> Table {
    let shown = &entries[entries.len().saturating_sub(SHOWN)..];
    let mut table = Table::new();
    let heads = shown.iter().map(|entry| format!("{}, {} programs", entry.machine.date, entry.programs));
    table.set_header(["class".to_owned()].into_iter().chain(heads));
    let gone = shown.iter().flat_map(|entry| entry.prices.keys()).map(String::as_str);
    let gone = gone.filter(|name| GasClass::ALL.iter().all(|class| class.name() != *name));
    let gone: std::collections::BTreeSet<&str> = gone.collect();
    for name in GasClass::ALL.iter().map(|class| class.name()).chain(gone) {
        let prices = shown.iter().map(|entry| entry.prices.get(name).map_or_else(String::new, u32::to_string));
        table.add_row([name.to_owned()].into_iter().chain(prices));
    }
    right(table, 1)
}

fn programs(measured: &Measured, fit: &Fit) -> Table {
    let mut table = Table::new();
    table.set_header(["program", "time, ns", "best fit", "price"]);
    for sample in &measured.programs {
        table.add_row([
            sample.name.clone(),
            format!("{:.0}", sample.picoseconds / 1e3),
            format!("{:.2}", fit.best_cost(sample) / sample.picoseconds),
            format!("{:.2}", ratio(sample, fit)),
        ]);
    }
    right(table, 1)
}

fn right(mut table: Table, names: usize) -> Table {
    for column in table.column_iter_mut().skip(names) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}
