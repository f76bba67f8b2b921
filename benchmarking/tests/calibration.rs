//! Counting, fitting and generating, each against something known.

use std::path::Path;
use vellum_benchmarking::calibrate::{Measured, Placement, Role, Sample, covered, fit, programs, source, units};
use vellum_engine::GasClass;

/// A machine on which everything costs what this says, and nothing else takes time. What does no work costs nothing.
fn truth(class: usize) -> f64 {
    if GasClass::ALL[class] == GasClass::Structure {
        return 0.0;
    }
    100.0 + 37.0 * f64::from(u32::try_from(class).unwrap())
}

/// A program that uses one class mostly, and others a little.
fn sample(rich: usize) -> Sample {
    let units: Vec<u64> =
        (0..GasClass::COUNT).map(|class| if class == rich { 1_000 } else { u64::from(class < 3) * 20 }).collect();
    let cost = |(class, units): (usize, &u64)| truth(class) * f64::from(u32::try_from(*units).unwrap());
    Sample { name: format!("{rich}"), picoseconds: units.iter().enumerate().map(cost).sum(), units, role: Role::Probe }
}

/// A program for each class that does work.
fn samples() -> Vec<Sample> {
    (0..GasClass::COUNT).map(sample).filter(|sample| sample.picoseconds > 100_000.0).collect()
}

#[test]
fn known_prices_are_found() {
    let fit = fit(&samples(), None).unwrap();
    for (class, best) in fit.best.iter().enumerate().filter(|(class, _)| truth(*class) > 0.0) {
        assert!((best / truth(class) - 1.0).abs() < 0.01, "{class}: {best} instead of {}", truth(class));
    }
    for (class, price) in fit.prices.iter().enumerate() {
        assert!((f64::from(*price) - truth(class)).abs() < 2.0, "{class}: {price} instead of {}", truth(class));
    }
}

#[test]
fn every_program_is_charged_its_share() {
    let mut samples = samples();
    // Some programs are slower than their classes explain.
    samples[7].picoseconds *= 3.0;
    for (times, role) in [(2.0, Role::Probe), (2.0, Role::Typical), (3.0, Role::Covered), (9.0, Role::Hostile)] {
        let slow = Sample {
            picoseconds: samples[9].picoseconds * times,
            name: format!("{role:?}"),
            role,
            ..samples[9].clone()
        };
        samples.push(slow);
    }
    let fit = fit(&samples, None).unwrap();
    let over = |sample: &Sample| fit.cost(sample) / sample.picoseconds / covered(sample.role);
    for sample in &samples {
        assert!(over(sample) >= 1.0 - 1e-3, "{}: {}", sample.name, over(sample));
    }
    let least = samples.iter().map(over).fold(f64::MAX, f64::min);
    assert!(least < 1.01, "nothing is charged more than it has to: {least}");
}

#[test]
fn no_price_falls_below_a_table() {
    let found = fit(&samples(), None).unwrap().prices;
    let mut dearer = [0; GasClass::COUNT];
    for (at, (price, found)) in dearer.iter_mut().zip(&found).enumerate() {
        *price = if at % 2 == 0 { found * 2 } else { found / 2 };
    }
    let kept = fit(&samples(), Some(&dearer)).unwrap().prices;
    for (at, class) in GasClass::ALL.iter().enumerate().filter(|(_, class)| **class != GasClass::Structure) {
        assert!(kept[at] >= dearer[at], "{class}: {} though {} is the least", kept[at], dearer[at]);
        assert!(at % 2 == 0 || kept[at] < found[at] * 2, "{class}: {} instead of {}", kept[at], found[at]);
    }
}

#[test]
fn a_program_that_is_only_covered_moves_no_price() {
    let mut samples = samples();
    let expected = fit(&samples, None).unwrap().prices;
    // It takes a hundredth of what its classes say: prices that explained it would be lower.
    let idle = Sample { picoseconds: samples[9].picoseconds / 100.0, role: Role::Covered, ..samples[9].clone() };
    samples.push(idle);
    for (price, expected) in fit(&samples, None).unwrap().prices.iter().zip(&expected) {
        assert!(price.abs_diff(*expected) <= 1, "{price} instead of {expected}");
    }
    // One that takes longer is covered nevertheless.
    let slow = Sample { picoseconds: samples[9].picoseconds * 2.0, role: Role::Covered, ..samples[9].clone() };
    samples.push(slow.clone());
    assert!(fit(&samples, None).unwrap().cost(&slow) >= slow.picoseconds * (covered(Role::Covered) - 1e-3));
}

#[test]
fn typical_programs_decide_where_probes_disagree() {
    let mut samples = samples();
    let place = samples.iter().position(|sample| sample.name == "9").unwrap();
    // The class costs typical programs half of what it costs the probe.
    let typical =
        Sample { picoseconds: samples[place].picoseconds * 0.8, role: Role::Typical, ..samples[place].clone() };
    samples.push(typical.clone());
    let fit = fit(&samples, None).unwrap();
    let best = fit.best_cost(&typical) / typical.picoseconds;
    assert!((best - 1.0).abs() < 0.05, "{best}");
}

#[test]
fn a_class_that_no_program_uses_is_an_error() {
    let samples: Vec<Sample> = (3..GasClass::COUNT - 1).map(sample).collect();
    assert!(fit(&samples, None).is_err());
}

#[test]
fn units_are_counted_as_the_loop_says() {
    let programs = programs(Path::new("regressions")).unwrap();
    let program = programs.iter().find(|program| program.name == "loop: empty").unwrap();
    let units = units(program).unwrap();
    // The six locals are set once; an iteration gets and tees the counter, takes one off it, and branches.
    let of = |class: GasClass| units[GasClass::ALL.iter().position(|one| *one == class).unwrap()];
    assert_eq!(of(GasClass::Branch), program.size);
    assert_eq!(of(GasClass::Simple), program.size);
    assert_eq!(of(GasClass::Const), program.size + 6);
    assert_eq!(of(GasClass::LocalGet), program.size);
    assert_eq!(of(GasClass::LocalSet), program.size + 6);
    assert_eq!(of(GasClass::Return), 1);
    assert_eq!(of(GasClass::FirstCall), 0, "what is timed is not the first call");
}

#[test]
fn the_programs_use_every_class() {
    let mut used = [false; GasClass::COUNT];
    for program in programs(Path::new("regressions")).unwrap() {
        for (used, units) in used.iter_mut().zip(units(&program).unwrap()) {
            *used |= units > 0;
        }
    }
    let unused: Vec<_> = GasClass::ALL.iter().zip(used).filter(|(_, used)| !used).map(|(class, _)| class).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn the_committed_prices_follow_from_the_committed_data() {
    for placement in [Placement::Host, Placement::Linked] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let name = placement.name();
        let measured = std::fs::read_to_string(root.join("calibration").join(name).join("measured.json")).unwrap();
        let measured: Measured = serde_json::from_str(&measured).unwrap();
        assert_eq!(measured.placement, placement);
        let expected = source(&measured, &fit(&measured.programs, measured.least.as_deref()).unwrap());
        let committed = std::fs::read_to_string(root.join("../weights/src").join(name).with_extension("rs")).unwrap();
        assert_eq!(committed.lines().count(), expected.lines().count());
        for (committed, expected) in committed.lines().zip(expected.lines()) {
            match (price(committed), price(expected)) {
                // The last digits of a solution are the processor's.
                (Some(committed), Some(expected)) => assert!((committed - expected).abs() <= 1.0 + expected / 1e4),
                _ => assert_eq!(committed, expected),
            }
        }
    }
}

fn price(line: &str) -> Option<f64> {
    line.split_once(", //")?.0.trim().replace('_', "").parse().ok()
}
