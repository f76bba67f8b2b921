//! What was measured and what it became, as a table and a plot.

use super::{Fit, Measured, Sample, fit};
use anyhow::{Result, anyhow};
use comfy_table::{CellAlignment, Table, presets};
use plotters::prelude::*;
use std::fmt::Write;
use std::path::Path;
use vellum_engine::GasClass;

pub(super) fn publish(measured: &Measured, fit: &Fit, out: &Path) -> Result<()> {
    let mut prices = prices(fit);
    println!("{prices}");
    let mut text = format!("# Calibration of {}\n\n", measured.placement.engine());
    let executor = measured.executor.as_ref().map_or_else(String::new, |executor| format!("; run by {executor}"));
    let machine = measured.machine.sentence() + &executor;
    writeln!(text, "Machine: {machine}.\n\nCommand: `{}`.\n", measured.command)?;
    writeln!(text, "## Prices\n\n{}\n", prices.load_style(presets::ASCII_MARKDOWN))?;
    writeln!(
        text,
        "## Programs\n\nTime, and what the program costs at these prices in times of it: never below {:.2}.\n\n{}",
        1.0 + fit::MARGIN,
        programs(measured, fit).load_style(presets::ASCII_MARKDOWN)
    )?;
    std::fs::write(out.join("report.md"), text)?;
    plot(&measured.programs, fit, &out.join("fit.svg")).map_err(|error| anyhow!("cannot draw the plot: {error}"))
}

fn prices(fit: &Fit) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(["class", "per", "best fit, ps", "price, ps"]);
    for ((class, best), price) in GasClass::ALL.iter().zip(&fit.best).zip(&fit.prices) {
        table.add_row([class.name().into(), class.unit().into(), format!("{best:.0}"), price.to_string()]);
    }
    align(&mut table, 2);
    table
}

fn programs(measured: &Measured, fit: &Fit) -> Table {
    let mut table = Table::new();
    table.set_header(["program", "time, ns", "best fit", "price"]);
    for sample in &measured.programs {
        table.add_row([
            sample.name.clone(),
            format!("{:.0}", sample.picoseconds / 1e3),
            format!("{:.2}", fit.best_cost(sample) / sample.picoseconds),
            format!("{:.2}", fit.cost(sample) / sample.picoseconds),
        ]);
    }
    align(&mut table, 1);
    table
}

fn align(table: &mut Table, names: usize) {
    for column in table.column_iter_mut().skip(names) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}

/// Each program as two points over its time: what the best fit says, and what it costs.
fn plot(samples: &[Sample], fit: &Fit, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::new(path, (860, 620)).into_drawing_area();
    area.fill(&WHITE)?;
    let nanoseconds = |sample: &Sample| sample.picoseconds / 1e3;
    let least = samples.iter().map(nanoseconds).fold(f64::MAX, f64::min);
    let most = samples.iter().map(nanoseconds).fold(0.0, f64::max);
    let ratio = |sample: &Sample| fit.cost(sample) / sample.picoseconds;
    let highest = samples.iter().map(ratio).fold(2.0, f64::max);
    let mut chart = ChartBuilder::on(&area)
        .caption("Programs: fuel per picosecond of measured time", ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(50)
        .build_cartesian_2d((least * 0.8..most * 1.2).log_scale(), (0.2..highest * 1.1).log_scale())?;
    chart.configure_mesh().x_desc("measured time, ns").y_desc("fuel per ps").draw()?;
    let blue = RGBColor(52, 101, 164);
    let red = RGBColor(204, 70, 60);
    let points = samples.iter().map(|s| Circle::new((nanoseconds(s), fit.best_cost(s) / s.picoseconds), 3, blue));
    chart.draw_series(points)?.label("best fit").legend(move |place| Circle::new(place, 3, blue));
    let points = samples.iter().map(|s| Circle::new((nanoseconds(s), ratio(s)), 3, red.filled()));
    chart.draw_series(points)?.label("price").legend(move |place| Circle::new(place, 3, red.filled()));
    chart.draw_series([PathElement::new(vec![(least * 0.8, 1.0), (most * 1.2, 1.0)], BLACK.stroke_width(1))])?;
    chart.configure_series_labels().border_style(BLACK).background_style(WHITE).draw()?;
    area.present()?;
    Ok(())
}
