//! Plots: what programs are charged over the time they take, and how far off that is for each thing they are rich in.

use super::super::{Fit, Role, Sample};
use super::{name, ratio};
use plotters::prelude::*;
use std::error::Error;
use std::path::Path;

/// Pixels of a row of the second plot.
const ROW: u32 = 15;
const FONT: (&str, u32) = ("sans-serif", 18);

fn colour(role: Role) -> RGBColor {
    match role {
        Role::Typical => RGBColor(52, 101, 164),
        Role::Probe => RGBColor(136, 138, 133),
        Role::Covered => RGBColor(204, 70, 60),
        Role::Hostile => RGBColor(117, 80, 123),
        Role::Bomb => RGBColor(193, 125, 17),
    }
}

/// Writes `fit.svg` and `residuals.svg`.
pub(super) fn draw(samples: &[Sample], fit: &Fit, out: &Path) -> Result<(), Box<dyn Error>> {
    charged(samples, fit, &out.join("fit.svg"))?;
    residuals(samples, fit, &out.join("residuals.svg"))
}

/// Each program as a point: measured time across, charged time up. On the line both are the same.
fn charged(samples: &[Sample], fit: &Fit, path: &Path) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(path, (860, 620)).into_drawing_area();
    area.fill(&WHITE)?;
    let point = |sample: &Sample| (sample.picoseconds / 1e3, (fit.cost(sample) / 1e3).max(1.0));
    let all = samples.iter().map(point).flat_map(|(time, charge)| [time, charge]);
    let (least, most) = all.fold((f64::MAX, 0.0_f64), |(least, most), value| (least.min(value), most.max(value)));
    let (least, most) = (least * 0.7, most * 1.4);
    let mut chart = ChartBuilder::on(&area)
        .caption("Programs: what they take, and what they are charged", FONT)
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(70)
        .build_cartesian_2d((least..most).log_scale(), (least..most).log_scale())?;
    chart
        .configure_mesh()
        .x_desc("measured time, ns")
        .y_desc("charged, ns")
        .x_label_formatter(&|value| format!("{value:.0}"))
        .y_label_formatter(&|value| format!("{value:.0}"))
        .draw()?;
    for role in [Role::Probe, Role::Typical, Role::Covered, Role::Hostile, Role::Bomb] {
        let points = samples.iter().filter(|sample| sample.role == role).map(point);
        let colour = colour(role);
        chart
            .draw_series(points.map(|point| Circle::new(point, 3, colour.mix(0.6).filled())))?
            .label(name(role))
            .legend(move |place| Circle::new(place, 3, colour.filled()));
    }
    chart.draw_series([PathElement::new(vec![(least, least), (most, most)], BLACK.stroke_width(1))])?;
    chart.configure_series_labels().border_style(BLACK).background_style(WHITE).draw()?;
    area.present()?;
    Ok(())
}

/// A row for each thing that programs are rich in, and in it charge over time of each.
fn residuals(samples: &[Sample], fit: &Fit, path: &Path) -> Result<(), Box<dyn Error>> {
    let group = |sample: &Sample| sample.name.split(':').next().unwrap_or_default().to_owned();
    let mut groups: Vec<String> = Vec::new();
    for sample in samples {
        let group = group(sample);
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let rows = u32::try_from(groups.len())?;
    let area = SVGBackend::new(path, (860, rows * ROW + 110)).into_drawing_area();
    area.fill(&WHITE)?;
    let all = samples.iter().map(|sample| ratio(sample, fit));
    let (least, most) = all.fold((0.5_f64, 2.0_f64), |(least, most), ratio| (least.min(ratio), most.max(ratio)));
    let mut chart = ChartBuilder::on(&area)
        .caption("Programs: charge over time", FONT)
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(150)
        .build_cartesian_2d((least * 0.9..most * 1.1).log_scale(), 0.0..f64::from(rows))?;
    chart.configure_mesh().x_desc("charged / measured").disable_y_mesh().y_labels(0).draw()?;
    for (group_name, at) in groups.iter().zip(0_u32..) {
        // The first group is on top.
        let y = f64::from(rows - at) - 0.5;
        let points = samples.iter().filter(|sample| group(sample) == *group_name);
        chart.draw_series(
            points.map(|sample| Circle::new((ratio(sample, fit), y), 3, colour(sample.role).mix(0.6).filled())),
        )?;
        let place = chart.backend_coord(&(least * 0.9, y));
        let style = ("sans-serif", 12).into_font().color(&BLACK);
        area.draw_text(group_name, &style, (12, place.1 - 6))?;
    }
    chart.draw_series([PathElement::new(vec![(1.0, 0.0), (1.0, f64::from(rows))], BLACK.stroke_width(1))])?;
    area.present()?;
    Ok(())
}
