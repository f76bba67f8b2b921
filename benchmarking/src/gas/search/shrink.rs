//! Makes a program small that is charged too little, so that people see why.

use super::genome::{Genome, Shape};
use super::judge::{Goal, Judge};

/// What may be lost of k by leaving something out.
const KEPT: f64 = 0.97;

/// Leaves out every gene and sets back every number that k does not need. Returns what is left, and its k.
pub fn shrink(goal: Goal, genome: &Genome, judge: &mut dyn Judge) -> Option<(Genome, f64)> {
    // What is left is about the same thing: else the cheapest class of all would be all that is ever left.
    let about = judge.niche(goal, genome)?.0;
    let mut least = |genome: &Genome| {
        let ks: Option<Vec<f64>> = (0..3).map(|_| judge.k(goal, genome)).collect();
        ks?.into_iter().reduce(f64::min).filter(|_| judge.niche(goal, genome).is_some_and(|niche| niche.0 == about))
    };
    let (mut best, mut k) = (genome.clone(), least(genome)?);
    let mut try_one = |best: &mut Genome, change: &dyn Fn(&mut Genome)| -> bool {
        let mut smaller = best.clone();
        change(&mut smaller);
        goal.fit(&mut smaller);
        let kept = smaller != *best && least(&smaller).is_some_and(|smaller| smaller >= k * KEPT);
        if kept {
            *best = smaller;
        } else {
            // What it is compared with may have been measured while the machine was busy.
            k = least(best).map_or(k, |again| again.min(k));
        }
        kept
    };
    for gene in (0..best.main.len()).rev() {
        try_one(&mut best, &|genome| {
            genome.main.remove(gene);
        });
    }
    for callee in 0..best.callees.len() {
        if try_one(&mut best, &|genome| genome.callees[callee].clear()) {
            continue;
        }
        for gene in (0..best.callees[callee].len()).rev() {
            try_one(&mut best, &|genome| {
                genome.callees[callee].remove(gene);
            });
        }
    }
    for change in PLAIN {
        try_one(&mut best, &|genome| change(&mut genome.shape));
    }
    for change in HALVED {
        while try_one(&mut best, &|genome| change(&mut genome.shape)) {}
    }
    let k = least(&best)?;
    Some((best, k))
}

type Change = fn(&mut Shape);

/// Numbers at their least.
const PLAIN: [Change; 10] = [
    |shape| shape.functions = 0,
    |shape| shape.globals = 0,
    |shape| shape.segments = 0,
    |shape| shape.segment_bytes = 0,
    |shape| shape.elements = 0,
    |shape| shape.table = 16,
    |shape| shape.locals = 0,
    |shape| shape.start = false,
    |shape| shape.signature = (0, 0, 0),
    |shape| shape.pages = 1,
];

/// Those that stay because something of them is needed, by half.
const HALVED: [Change; 7] = [
    |shape| shape.functions /= 2,
    |shape| shape.globals /= 2,
    |shape| shape.segments /= 2,
    |shape| shape.segment_bytes /= 2,
    |shape| shape.elements /= 2,
    |shape| shape.table = (shape.table / 2).max(16),
    |shape| shape.locals /= 2,
];
