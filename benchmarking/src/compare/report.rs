//! The table on the terminal, and the same as Markdown, JSON and a plot.

use super::Row;
use crate::machine::Machine;
use anyhow::{Result, anyhow};
use comfy_table::{CellAlignment, Table, presets};
use plotters::prelude::*;
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;

#[derive(Serialize)]
struct Results<'a> {
    machine: &'a Machine,
    speed: &'a [Row],
    startup: &'a [Row],
}

pub(super) fn publish(speed: &[Row], startup: &[Row], out: &Path) -> Result<()> {
    std::fs::create_dir_all(out)?;
    let machine = Machine::here();
    let mut text = format!("Machine: {}.\n", machine.sentence());
    for (title, unit, scale, rows) in [("Speed", "us", 1e3, speed), ("Start-up", "us", 1e3, startup)] {
        if rows.is_empty() {
            continue;
        }
        let mut table = table(rows, unit, scale);
        println!("{title}\n{table}");
        write!(text, "\n## {title}\n\n{}\n", table.load_style(presets::ASCII_MARKDOWN))?;
    }
    println!("{}", machine.sentence());
    std::fs::write(out.join("speed.md"), text)?;
    let results = Results { machine: &machine, speed, startup };
    std::fs::write(out.join("speed.json"), serde_json::to_string_pretty(&results)? + "\n")?;
    if !speed.is_empty() {
        plot(speed, &out.join("speed.svg")).map_err(|error| anyhow!("cannot draw the plot: {error}"))?;
    }
    println!("written: speed.md, speed.json and speed.svg in {}", out.display());
    Ok(())
}

fn table(rows: &[Row], unit: &str, scale: f64) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    let time = |engine: &str| format!("{engine}, {unit}");
    table.set_header([
        "workload".into(),
        time("vellum"),
        time("wasmi 2.0.0"),
        time("wasmi 0.32.3"),
        "vellum / wasmi 2.0.0".into(),
        "vellum / wasmi 0.32.3".into(),
    ]);
    for Row { name, times } in rows {
        let time = |nanoseconds: f64| format!("{:.1}", nanoseconds / scale);
        let ratio = |ratio: f64| format!("{ratio:.2}");
        table.add_row([
            name.clone(),
            time(times.vellum),
            time(times.wasmi_2),
            time(times.wasmi_0_32),
            ratio(times.to_wasmi_2()),
            ratio(times.to_wasmi_0_32()),
        ]);
    }
    let mean = |ratio: fn(&Row) -> f64| format!("{:.2}", geometric_mean(rows.iter().map(ratio)));
    let means = [mean(|row| row.times.to_wasmi_2()), mean(|row| row.times.to_wasmi_0_32())];
    let [newest, pallet] = means;
    table.add_row(["geometric mean".into(), String::new(), String::new(), String::new(), newest, pallet]);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn geometric_mean(ratios: impl Iterator<Item = f64>) -> f64 {
    let (mut logarithms, mut count) = (0.0, 0.0);
    for ratio in ratios {
        logarithms += ratio.ln();
        count += 1.0;
    }
    (logarithms / f64::max(count, 1.0)).exp()
}

/// A label, a colour, where in its row a bar begins, and how long it is.
type Bars = (&'static str, RGBColor, f64, fn(&Row) -> f64);

/// A pair of bars per workload: how many times of either wasmi Vellum takes.
fn plot(rows: &[Row], path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let height = 110 + 34 * u32::try_from(rows.len())?;
    let area = SVGBackend::new(path, (900, height)).into_drawing_area();
    area.fill(&WHITE)?;
    let count = f64::from(u32::try_from(rows.len())?);
    let longest = rows.iter().flat_map(|row| [row.times.to_wasmi_2(), row.times.to_wasmi_0_32()]).fold(1.0, f64::max);
    let mut chart = ChartBuilder::on(&area)
        .caption("Vellum's time, in times of wasmi (shorter is faster)", ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(30)
        .y_label_area_size(150)
        .build_cartesian_2d(0.0..longest * 1.05, 0.0..count)?;
    let name = |place: &f64| {
        let index = (count - place).floor();
        let row = rows.iter().zip(0_u32..).find(|(_, at)| (f64::from(*at) - index).abs() < 0.5);
        row.map_or_else(String::new, |(row, _)| row.name.clone())
    };
    chart
        .configure_mesh()
        .disable_y_mesh()
        .y_labels(0)
        .y_label_formatter(&name)
        .x_label_formatter(&|ratio| format!("{ratio:.1}"))
        .draw()?;
    let series: [Bars; 2] = [
        ("wasmi 2.0.0", RGBColor(52, 101, 164), 0.5, |row| row.times.to_wasmi_2()),
        ("wasmi 0.32.3", RGBColor(143, 179, 217), 0.12, |row| row.times.to_wasmi_0_32()),
    ];
    for (label, colour, from, ratio) in series {
        let bars = rows.iter().zip(0_u32..).map(|(row, at)| {
            let base = count - 1.0 - f64::from(at) + from;
            Rectangle::new([(0.0, base), (ratio(row), base + 0.36)], colour.filled())
        });
        let legend = move |(x, y)| Rectangle::new([(x, y - 5), (x + 14, y + 5)], colour.filled());
        chart.draw_series(bars)?.label(label).legend(legend);
    }
    chart.draw_series([PathElement::new(vec![(1.0, 0.0), (1.0, count)], BLACK.stroke_width(1))])?;
    let style = TextStyle::from(("sans-serif", 13)).color(&BLACK);
    let plane = chart.plotting_area();
    for (row, at) in rows.iter().zip(0_u32..) {
        let (x, y) = plane.map_coordinate(&(0.0, count - f64::from(at) - 0.35));
        area.draw_text(&row.name, &style, (x - 150, y))?;
    }
    chart.configure_series_labels().border_style(BLACK).background_style(WHITE).draw()?;
    area.present()?;
    Ok(())
}
