//! An audit as a picture: a strip for each part and set, a dot for each program, on a logarithmic scale of k.
//!
//! Written as text: a few circles and lines are no reason to build a library of charts into the command.

use super::{Audit, Row};
use crate::gas::ratio::float;
use crate::gas::subject::{Part, Set};
use std::fmt::Write;

const WIDTH: f64 = 960.0;
const NAMES: f64 = 230.0;
const STRIP: f64 = 46.0;
const TOP: f64 = 60.0;
/// The scale, in powers of two: k beyond it is drawn at its ends.
const ENDS: (f64, f64) = (-6.0, 4.0);

pub(super) fn draw(audit: &Audit) -> String {
    let kinds = Part::ALL.into_iter().flat_map(|part| Set::ALL.map(|set| (part, set)));
    let strips: Vec<(String, Vec<&Row>)> = kinds
        .map(|(part, set)| {
            let rows = audit.rows.iter().filter(|row| row.part == part && row.set == set);
            (format!("{}, {}", part.name(), set.name()), rows.collect())
        })
        .filter(|(_, rows): &(String, Vec<&Row>)| !rows.is_empty())
        .collect();
    let bottom = TOP + STRIP * float(u64::try_from(strips.len()).unwrap_or(0));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"{NAMES}\" y=\"24\" font-size=\"16\">{}: time over gas, k (right of 1: charged too little)</text>\n",
        bottom + 40.0,
        audit.engine
    );
    let mut power = ENDS.0;
    while power <= ENDS.1 {
        let (place, k) = (x(power), 2_f64.powf(power));
        let (colour, label) = (
            if power == 0.0 { "black" } else { "#ddd" },
            if k < 1.0 { format!("1/{:.0}", 1.0 / k) } else { format!("{k:.0}") },
        );
        line(
            &mut svg,
            &format!("<line x1=\"{place:.1}\" x2=\"{place:.1}\" y1=\"{TOP}\" y2=\"{bottom}\" stroke=\"{colour}\"/>"),
        );
        line(
            &mut svg,
            &format!("<text x=\"{place:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>", bottom + 18.0),
        );
        power += 1.0;
    }
    let mut middle = TOP + STRIP / 2.0;
    for (name, rows) in &strips {
        line(&mut svg, &format!("<text x=\"8\" y=\"{:.1}\">{name} ({})</text>", middle + 4.0, rows.len()));
        for (row, nth) in rows.iter().zip(0_u32..) {
            // Neighbours at different heights: a strip of hundreds of dots is no line.
            let (place, y) = (x(row.k.log2()), middle + f64::from(nth % 9) * 3.6 - 14.4);
            let colour = if row.k > 1.0 { "#cc0000" } else { "#3465a4" };
            line(
                &mut svg,
                &format!(
                    "<circle cx=\"{place:.1}\" cy=\"{y:.1}\" r=\"2.6\" fill=\"{colour}\" fill-opacity=\"0.55\"><title>{}: {:.2}</title></circle>",
                    escaped(&row.name),
                    row.k
                ),
            );
        }
        middle += STRIP;
    }
    svg + "</svg>\n"
}

fn line(svg: &mut String, text: &str) {
    writeln!(svg, "{text}").expect("strings take text; qed");
}

fn x(power: f64) -> f64 {
    let (left, right) = ENDS;
    NAMES + (power.clamp(left, right) - left) / (right - left) * (WIDTH - NAMES - 30.0)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
