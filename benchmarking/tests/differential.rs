//! Generated modules run alike on Vellum and on wasmi; `vellum-benchmarking differential` runs more.

use vellum_benchmarking::differential::{Comparison, Verdict, generate};

/// As many as take seconds in a build without optimisation.
const MODULES: u64 = 2_000;

#[test]
fn generated_modules_run_alike() {
    let comparison = Comparison::new().unwrap();
    let (mut calls_returned, mut calls_trapped) = (0, 0);
    for seed in 0..MODULES {
        let blob = generate(seed).unwrap();
        match comparison.judge(&blob, seed).unwrap() {
            Verdict::Agreed { returned, trapped } => {
                calls_returned += returned;
                calls_trapped += trapped;
            }
            // Segments that do not fit are refused before they could trap.
            Verdict::Rejected(why) => assert!(why.contains("does not fit"), "seed {seed}: {why}"),
            Verdict::PeersDiffer(what) => eprintln!("seed {seed}: {what}"),
            Verdict::Mismatch(what) => panic!("seed {seed}: {what}"),
        }
    }
    assert!(calls_returned > MODULES && calls_trapped > MODULES, "{calls_returned} returned, {calls_trapped} trapped");
}
