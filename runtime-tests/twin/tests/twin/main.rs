//! The same steps with Vellum and with pallet-contracts 51: equal answers, events, deposits, balances and state, equal
//! `proof_size`, and hardly more `ref_time` for instructions and host functions.
//!
//! What may differ is in [`tolerated`], by name and with the reason. What works on `../shared` is skipped, with a line
//! that says so, where that folder is absent.

mod capacity;
mod compare;
mod starting;
mod swap;
mod times;
mod tolerated;

use compare::Tally;
use vellum_twin as ours;
use vellum_twin_51 as theirs;

#[test]
fn small_contracts_do_the_same() {
    let mut tally = Tally::default();
    for (our_run, their_run) in ours::texts::runs().into_iter().zip(theirs::texts::runs()) {
        tally.compare(our_run, their_run);
    }
    tally.judge("small contracts", 1_000);
}

#[test]
fn real_contracts_do_the_same() {
    let mut tally = Tally::default();
    for (our_run, their_run) in ours::blobs::runs().into_iter().zip(theirs::blobs::runs()) {
        tally.compare(our_run, their_run);
    }
    tally.judge("real contracts", 100);
    tally.judge_instructions();
}

/// How many seeds, and how many steps with each. `VELLUM_TWIN_SEEDS` makes it more, for a night.
const SEEDS: u64 = 60;
const STEPS: usize = 60;

#[test]
fn generated_steps_do_the_same() {
    let seeds = std::env::var("VELLUM_TWIN_SEEDS").map_or(SEEDS, |text| text.parse().expect("it is a number"));
    let (our_codes, their_codes) = (ours::generator::Codes::new(), theirs::generator::Codes::new());
    let mut tally = Tally::default();
    for seed in 0..seeds {
        tally.compare(ours::generator::run(seed, STEPS, &our_codes), theirs::generator::run(seed, STEPS, &their_codes));
    }
    tally.judge("generated steps", 1_000);
}
