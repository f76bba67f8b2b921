//! The tables on the terminal, and the same as Markdown, with raw numbers as JSON and a plot.

use super::{Options, REFERENCE, Results, Row, Section, package, plot};
use anyhow::{Context, Result, anyhow};
use comfy_table::{CellAlignment, Table, presets};
use std::fmt::Write;

#[cfg(test)]
mod tests;

/// The place of this command's tables in `docs/speed.md`.
const PLACE: &str = "compare --docs";

pub(super) fn publish(results: &Results, options: &Options) -> Result<()> {
    std::fs::create_dir_all(&options.out)?;
    let mut text = format!("Machine: {}.\n", results.machine.sentence());
    for section in &results.sections {
        let mut table = table(section, &results.engines);
        println!("{}\n{table}", section.title);
        write!(text, "\n## {}\n\n{}\n", section.title, table.load_style(presets::ASCII_MARKDOWN))?;
        if section.title == "Running" {
            text.push_str("\n![Time in times of wasmi 2.0.0](speed.svg)\n");
        }
    }
    println!("{}", results.machine.sentence());
    let json = serde_json::to_string_pretty(results)? + "\n";
    std::fs::write(options.out.join("speed.md"), &text)?;
    std::fs::write(options.out.join("speed.json"), &json)?;
    let running = results.sections.iter().find(|section| section.title == "Running");
    if let Some(running) = running {
        let path = options.out.join("speed.svg");
        plot::draw(&running.rows, &results.engines, &path).map_err(|error| anyhow!("cannot draw the plot: {error}"))?;
    }
    println!("written: speed.md, speed.json and speed.svg in {}", options.out.display());
    if options.docs {
        let docs = package().join("../docs");
        write_docs(PLACE, &text)?;
        std::fs::copy(options.out.join("speed.svg"), docs.join("speed.svg"))?;
        std::fs::write(package().join("speed.json"), &json)?;
        println!("written: docs/speed.md, docs/speed.svg and benchmarking/speed.json");
    }
    Ok(())
}

/// Puts a text into the place of `docs/speed.md` that the command has there.
pub(crate) fn write_docs(place: &str, text: &str) -> Result<()> {
    let page = package().join("../docs/speed.md");
    let old = std::fs::read_to_string(&page)?;
    let new = put(&old, place, text).with_context(|| format!("docs/speed.md has no place for `{place}`"))?;
    std::fs::write(&page, new)?;
    Ok(())
}

/// The page with this text in its place; `None` if it has no such place.
fn put(page: &str, place: &str, text: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- written by `{place}` -->"), format!("<!-- end of `{place}` -->"));
    let (head, rest) = page.split_once(&begin)?;
    let (_, tail) = rest.split_once(&end)?;
    Some(format!("{head}{begin}\n\n{}\n\n{end}{tail}", text.trim()))
}

/// The reference's value, then everybody's in times of it, and means below.
fn table(section: &Section, engines: &[String]) -> Table {
    let present: Vec<usize> =
        (0..engines.len()).filter(|engine| section.rows.iter().any(|row| row.values[*engine].is_some())).collect();
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    let mut header = vec![section.what.to_owned(), format!("{}, {}", engines[REFERENCE], section.unit)];
    let others: Vec<usize> = present.into_iter().filter(|engine| *engine != REFERENCE).collect();
    header.extend(others.iter().map(|engine| engines[*engine].clone()));
    table.set_header(header);
    let scale = if section.unit == "us" { 1e3 } else { 1.0 };
    for row in &section.rows {
        let value = row.values[REFERENCE].map_or_else(|| "-".into(), |value| significant(value / scale));
        let ratios = others.iter().map(|engine| row.ratio(*engine).map_or_else(|| "-".into(), significant));
        table.add_row([row.name.clone(), value].into_iter().chain(ratios));
    }
    let mut groups: Vec<&str> = section.rows.iter().map(|row| row.group).collect();
    groups.dedup();
    if groups.len() > 1 {
        for group in &groups {
            let rows: Vec<_> = section.rows.iter().filter(|row| row.group == *group).collect();
            means(&mut table, &format!("geometric mean: {group}"), &rows, &others);
        }
    }
    if section.has_mean && section.rows.len() > 1 {
        let rows: Vec<_> = section.rows.iter().collect();
        means(&mut table, "geometric mean", &rows, &others);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn means(table: &mut Table, name: &str, rows: &[&Row], engines: &[usize]) {
    let means = engines.iter().map(|engine| geometric_mean(rows.iter().filter_map(|row| row.ratio(*engine))));
    let cells = means.map(|mean| mean.map_or_else(|| "-".into(), |mean| format!("{mean:.2}")));
    table.add_row([name.to_owned(), String::new()].into_iter().chain(cells));
}

/// Two digits behind the point, or less where there are enough in front of it.
fn significant(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.1}") } else { format!("{value:.2}") }
}

impl Row {
    /// An engine's value in times of the reference's.
    pub fn ratio(&self, engine: usize) -> Option<f64> {
        Some(self.values[engine]? / self.values[REFERENCE]?)
    }
}

/// `None` of nothing.
pub(crate) fn geometric_mean(ratios: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut logarithms, mut count) = (0.0, 0.0);
    for ratio in ratios {
        logarithms += ratio.ln();
        count += 1.0;
    }
    (count > 0.0).then(|| (logarithms / count).exp())
}
