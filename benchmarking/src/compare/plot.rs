//! Execution as a picture: a row per workload, a dot per engine, on a logarithmic scale of ratios.

use super::{REFERENCE, Row};
use plotters::prelude::*;
use std::path::Path;

/// Vellum's colour, and those of the others in turn.
const OWN: RGBColor = RGBColor(204, 0, 0);
const OTHERS: [RGBColor; 6] = [
    RGBColor(52, 101, 164),
    RGBColor(115, 210, 22),
    RGBColor(117, 80, 123),
    RGBColor(193, 125, 17),
    RGBColor(85, 87, 83),
    RGBColor(245, 121, 0),
];
/// The width of the names and the height of a row, in pixels.
const NAMES: i32 = 200;
const ROW: u32 = 17;

pub(super) fn draw(rows: &[Row], engines: &[String], path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let height = 150 + ROW * u32::try_from(rows.len())?;
    let area = SVGBackend::new(path, (1000, height)).into_drawing_area();
    area.fill(&WHITE)?;
    let count = f64::from(u32::try_from(rows.len())?);
    let ratios = || rows.iter().flat_map(|row| (0..engines.len()).filter_map(|engine| row.ratio(engine)));
    let (least, most) = (ratios().fold(0.5, f64::min) * 0.9, ratios().fold(2.0, f64::max) * 1.1);
    let mut chart = ChartBuilder::on(&area)
        .caption("Time, in times of wasmi 2.0.0 with fuel (further left is faster)", ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(30)
        .y_label_area_size(u32::try_from(NAMES)?)
        .build_cartesian_2d((least..most).log_scale(), 0.0..count)?;
    chart.configure_mesh().disable_y_mesh().y_labels(0).x_label_formatter(&|ratio| format!("{ratio:.2}")).draw()?;
    chart.draw_series([PathElement::new(vec![(1.0, 0.0), (1.0, count)], BLACK.stroke_width(1))])?;
    // Vellum is drawn last, so that nothing covers it.
    for engine in (0..engines.len()).rev().filter(|engine| *engine != REFERENCE) {
        let colour = if engine == 0 { OWN } else { OTHERS[engine % OTHERS.len()] };
        let size = if engine == 0 { 5 } else { 3 };
        let dots = rows.iter().zip(0_u32..).filter_map(|(row, at)| {
            Some(Circle::new((row.ratio(engine)?, count - 0.5 - f64::from(at)), size, colour.filled()))
        });
        let legend = move |(x, y)| Circle::new((x + 8, y), size, colour.filled());
        chart.draw_series(dots)?.label(engines[engine].clone()).legend(legend);
    }
    let style = TextStyle::from(("sans-serif", 12)).color(&BLACK);
    let plane = chart.plotting_area();
    for (row, at) in rows.iter().zip(0_u32..) {
        let (x, y) = plane.map_coordinate(&(least, count - 0.5 - f64::from(at)));
        area.draw_text(&row.name, &style, (x - NAMES + 4, y - 6))?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::LowerRight)
        .border_style(BLACK)
        .background_style(WHITE.mix(0.9))
        .draw()?;
    area.present()?;
    Ok(())
}
