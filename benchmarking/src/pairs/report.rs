//! What was counted, as text.

use super::{Census, Share};
use std::collections::BTreeMap;

pub(super) fn print(census: &Census, top: usize, steps_max: usize) {
    println!("Dispatches of each workload:");
    for (workload, count) in &census.dispatches {
        println!("  {count:>10}  {workload}");
    }
    let titles = ["Single instructions", "Pairs", "Triples"];
    for ((title, shares), length) in titles.iter().zip(&census.by_length).zip(1_u32..) {
        // A form of n instructions saves all dispatches but one.
        let saved = f64::from(length.saturating_sub(1).max(1));
        println!("\n{title}: % of all dispatches{}", if length == 1 { "" } else { " that fusing saves" });
        list(shares.iter(), saved, top);
    }
    println!("\nPairs with a copy or a constant");
    let moves = |name: &str| name.starts_with("copy") || name.starts_with("const");
    list(census.by_length[1].iter().filter(|(names, _)| names.iter().any(|name| moves(name))), 1.0, top);
    println!("\nWhole runs, from where control comes together to where it divides: % of all dispatches");
    whole_runs(&census.runs, top);
    println!("\nForms chosen one after the other, each where it saves the most after those before it:");
    println!("  form saves %, all so far %");
    choose(&census.runs, top, steps_max);
}

fn list<'a>(shares: impl Iterator<Item = (&'a Vec<&'static str>, &'a Share)>, saved: f64, top: usize) {
    let mut shares: Vec<_> = shares.collect();
    shares.sort_by(|a, b| b.1.mean.total_cmp(&a.1.mean));
    println!("   mean  chained  folds    most  where, what");
    for (names, share) in shares.into_iter().take(top) {
        let percent = |part: f64| 100.0 * part / share.mean.max(f64::MIN_POSITIVE);
        println!(
            "  {:5.2}    {:4.0} %  {:3.0} %  {:6.2}  {:<26} {}",
            100.0 * saved * share.mean,
            percent(share.chained),
            percent(share.folds),
            100.0 * saved * share.most,
            share.of,
            names.join(" ; ")
        );
    }
}

/// The runs in which the most dispatches are.
fn whole_runs(runs: &[(Vec<&'static str>, f64)], top: usize) {
    let mut shares = BTreeMap::<&[&str], f64>::new();
    for (names, weight) in runs {
        *shares.entry(names).or_default() += weight * f64::from(u32::try_from(names.len()).unwrap_or(u32::MAX));
    }
    let mut shares: Vec<_> = shares.into_iter().collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (names, share) in shares.into_iter().take(top) {
        println!("  {:5.2}  {}", 100.0 * share, names.join(" ; "));
    }
}

/// Joins the pair that saves the most, again and again: joined instructions are one to those that follow.
fn choose(runs: &[(Vec<&'static str>, f64)], top: usize, steps_max: usize) {
    let mut runs: Vec<(Vec<Vec<&'static str>>, f64)> =
        runs.iter().map(|(names, weight)| (names.iter().map(|name| vec![*name]).collect(), *weight)).collect();
    let mut all = 0.0;
    for _ in 0..top {
        let mut gains = BTreeMap::<(Vec<&str>, Vec<&str>), f64>::new();
        for (forms, weight) in &runs {
            // A form that overlaps with itself is joined at every other place only.
            let mut skip = false;
            for pair in forms.windows(2) {
                let fits = pair[0].len() + pair[1].len() <= steps_max;
                skip = !skip && pair[0] == pair[1];
                if fits && (pair[0] != pair[1] || skip) {
                    *gains.entry((pair[0].clone(), pair[1].clone())).or_default() += weight;
                }
            }
        }
        let Some(((first, second), gain)) = gains.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { return };
        all += gain;
        println!("  {:5.2} {:6.2}  {}", 100.0 * gain, 100.0 * all, [&first[..], &second[..]].concat().join(" ; "));
        for (forms, _) in &mut runs {
            join(forms, &first, &second);
        }
    }
}

fn join(forms: &mut Vec<Vec<&'static str>>, first: &[&str], second: &[&str]) {
    let mut at = 0;
    while at + 1 < forms.len() {
        if forms[at] == first && forms[at + 1] == second {
            let behind = forms.remove(at + 1);
            forms[at].extend(behind);
        }
        at += 1;
    }
}
