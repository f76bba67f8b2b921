//! What an audit found, for the terminal, as Markdown, as JSON and as a plot.

use super::{Audit, Options, Row, bombs, plot};
use crate::gas::Findings;
use crate::gas::ratio::{BINS, Distribution, bin_start, distribution, float, histogram, percentile, rank_correlation};
use crate::gas::subject::{Part, Set};
use anyhow::{Context, Result};
use comfy_table::{CellAlignment, Table, presets};
use serde_json::json;
use std::fmt::Write;

/// The longest bar of a histogram.
const BAR: usize = 40;
/// How many bombs are named.
const BOMBS_NAMED: usize = 5;

/// Writes `audit-<engine>.md`, `.json` and `.svg`.
pub(super) fn publish(audit: &Audit, options: &Options) -> Result<Findings> {
    let mut text = markdown(audit, options.worst)?;
    let name = format!("audit-{}", audit.engine.replace(' ', "-"));
    let folder = super::folder(options)?;
    let rows = serde_json::to_string_pretty(audit)? + "\n";
    for (extension, content) in [("md", &text), ("json", &rows), ("svg", &plot::draw(audit))] {
        let path = folder.join(format!("{name}.{extension}"));
        std::fs::write(&path, content).with_context(|| format!("writing {}", path.display()))?;
    }
    let files = folder.join(&name);
    writeln!(text, "written: {}.md, .json and .svg", files.display())?;
    let summary = kinds(audit).filter_map(|(part, set, rows)| {
        let distribution = distribution(rows.iter().map(|row| row.k))?;
        Some(json!({ "part": part, "set": set, "k": distribution }))
    });
    let json = json!({
        "engine": audit.engine,
        "reference_ratio": audit.reference_ratio,
        "caution": audit.caution,
        "notes": audit.notes,
        "summary": summary.collect::<Vec<_>>(),
        "file": files.with_extension("json"),
    });
    Ok(Findings { text, json })
}

fn markdown(audit: &Audit, worst: usize) -> Result<String> {
    let mut text = format!("# Gas audit: {}\n\nMachine: {}.\n\n", audit.engine, audit.machine.sentence());
    if let Some(caution) = audit.caution {
        writeln!(text, "**Caution**: {caution}\n")?;
    }
    writeln!(
        text,
        "k is time over gas, over the reference ratio, which is {:.3} (yardstick here: {:.0} ns). Above 1 the program pays too \
         little, 1/k above 1 is how much too much it pays.\n",
        audit.reference_ratio, audit.yardstick_nanoseconds
    )?;
    writeln!(text, "{}\n", summary(audit).load_style(presets::ASCII_MARKDOWN))?;
    for note in &audit.notes {
        writeln!(text, "* {note}")?;
    }
    text.push('\n');
    for (part, set, rows) in kinds(audit) {
        writeln!(text, "## {}, {}\n\n```text\n{}```\n", part.name(), set.name(), bars(&rows))?;
        writeln!(text, "{}\n", extremes(&rows, worst).load_style(presets::ASCII_MARKDOWN))?;
    }
    if audit.rows.iter().any(|row| row.group == bombs::GROUP) {
        let intro = "Modules made to cost as much as their bytes can. Where none is under-charged, each pays for what it takes.";
        writeln!(text, "## Bombs\n\n{intro}\n\n{}\n", of_bombs(&audit.rows).load_style(presets::ASCII_MARKDOWN))?;
    }
    if audit.rows.iter().any(|row| row.instructions.is_some()) {
        writeln!(text, "## Instructions\n\n{}", agreement(audit))?;
    }
    Ok(text)
}

/// Rows of each part and set that there are any of.
fn kinds(audit: &Audit) -> impl Iterator<Item = (Part, Set, Vec<&Row>)> {
    let kinds = Part::ALL.into_iter().flat_map(|part| Set::ALL.map(|set| (part, set)));
    kinds.filter_map(|(part, set)| {
        let rows: Vec<_> = audit.rows.iter().filter(|row| row.part == part && row.set == set).collect();
        (!rows.is_empty()).then_some((part, set, rows))
    })
}

fn summary(audit: &Audit) -> Table {
    let mut table = Table::new();
    table.set_header([
        "part",
        "set",
        "programs",
        "k median",
        "k 95 %",
        "k most",
        "under-charged",
        "over-charge 1/k: median",
        "95 %",
        "most",
    ]);
    for (part, set, rows) in kinds(audit) {
        let Some(d) = distribution(rows.iter().map(|row| row.k)) else { continue };
        let Distribution { count, least, p5, median, p95, greatest } = d;
        let under = rows.iter().filter(|row| row.k > 1.0).count();
        let mut cells = vec![part.name().to_owned(), set.name().to_owned(), count.to_string()];
        cells.extend([median, p95, greatest].map(times));
        cells.push(under.to_string());
        cells.extend([median, p5, least].map(|k| times(1.0 / k)));
        table.add_row(cells);
    }
    right(&mut table, 2);
    table
}

/// Of each part of the bombs' lives: how many pay too little, and which come closest to it or are beyond.
fn of_bombs(rows: &[Row]) -> Table {
    let mut table = Table::new();
    table.set_header(["part", "modules", "under-charged", "the worst, and their k"]);
    for part in Part::ALL {
        let mut bombs: Vec<_> = rows.iter().filter(|row| row.group == bombs::GROUP && row.part == part).collect();
        if bombs.is_empty() {
            continue;
        }
        bombs.sort_by(|a, b| b.k.total_cmp(&a.k));
        let under = bombs.iter().filter(|row| row.k > 1.0).count();
        let named: Vec<_> =
            bombs.iter().take(BOMBS_NAMED).map(|row| format!("{} {}", row.name, times(row.k))).collect();
        table.add_row([part.name().to_owned(), bombs.len().to_string(), under.to_string(), named.join("; ")]);
    }
    table
}

fn bars(rows: &[&Row]) -> String {
    let bins = histogram(rows.iter().map(|row| row.k));
    let most = bins.iter().copied().max().unwrap_or(1).max(1);
    let used = |bin: &usize| bins[*bin] > 0;
    let range = (0..bins.len()).find(used).zip((0..bins.len()).rfind(used));
    let mut text = String::new();
    let Some((first, last)) = range else { return text };
    for (bin, count) in bins.iter().enumerate().take(last + 1).skip(first) {
        let below = if bin == 0 { "below".to_owned() } else { format!("{:5.2}", bin_start(bin)) };
        let is_last = i32::try_from(bin) == Ok(BINS - 1);
        let above = if is_last { "above".to_owned() } else { format!("{:5.2}", bin_start(bin + 1)) };
        let bar = "#".repeat((count * BAR).div_ceil(most));
        text.push_str(&format!("k {below} to {above} {count:5} {bar}\n"));
    }
    text
}

fn extremes(rows: &[&Row], worst: usize) -> Table {
    let mut sorted = rows.to_vec();
    sorted.sort_by(|a, b| b.k.total_cmp(&a.k));
    let mut table = Table::new();
    table.set_header(["", "program", "group", "ns", "charged, ns", "k"]);
    let mut add = |what: &str, row: &Row| {
        let (ns, charged) = (row.picoseconds / 1e3, float(row.charged) / 1e3);
        table.add_row([
            what.into(),
            row.name.clone(),
            row.group.into(),
            format!("{ns:.0}"),
            format!("{charged:.0}"),
            times(row.k),
        ]);
    };
    sorted.iter().take(worst).for_each(|row| add("dearest to the chain", row));
    sorted.iter().skip(worst).rev().take(worst).for_each(|row| add("dearest to its caller", row));
    right(&mut table, 3);
    table
}

/// How far instructions and times agree: with one speed for all instructions, how far k by instructions is from k by
/// time, and whether both put programs in the same order.
fn agreement(audit: &Audit) -> String {
    let Some(speed) = audit.picoseconds_per_instruction else { return "No program was executed and counted.\n".into() };
    let mut text =
        format!("An instruction takes {speed:.0} ps, as the geometric mean of resident programs that execute.\n\n");
    let mut table = Table::new();
    table.set_header([
        "part",
        "set",
        "programs",
        "k by instructions / k by time: 5 %",
        "median",
        "95 %",
        "rank correlation",
    ]);
    for (part, set, rows) in kinds(audit) {
        let by_count =
            |row: &&&Row| Some((row.k, float(row.instructions?) * speed / float(row.charged) / audit.reference_ratio));
        let pairs: Vec<(f64, f64)> = rows.iter().filter_map(|row| by_count(&row)).collect();
        let mut ratios: Vec<f64> = pairs.iter().map(|(time, count)| count / time).collect();
        ratios.sort_by(f64::total_cmp);
        let shares = [0.05, 0.5, 0.95].map(|share| percentile(&ratios, share).map_or_else(String::new, times));
        let mut cells = vec![part.name().to_owned(), set.name().to_owned(), pairs.len().to_string()];
        cells.extend(shares);
        cells.push(rank_correlation(&pairs).map_or_else(String::new, |r| format!("{r:.2}")));
        table.add_row(cells);
    }
    right(&mut table, 2);
    text.push_str(&format!("{}\n", table.load_style(presets::ASCII_MARKDOWN)));
    text
}

fn times(k: f64) -> String {
    if k >= 100.0 { format!("{k:.0}") } else { format!("{k:.2}") }
}

fn right(table: &mut Table, from: usize) {
    for column in table.column_iter_mut().skip(from) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}

#[cfg(test)]
mod tests;
