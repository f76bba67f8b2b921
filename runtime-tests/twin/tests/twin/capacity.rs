//! What docs/weights.md says of blocks: that the calls which are weighed do what they are for, and that the figures add
//! up. The figures themselves change with prices, so none is written here.

#[path = "../../examples/capacity/measure.rs"]
mod measure;

use crate::{ours, theirs};
use measure::{BLOCK_PROOF_SIZE, BLOCK_REF_TIME};
use ours::capacity::{PROVIDED, PURSE, SUPPLY, SWAPPED, Workload, holdings};
use vellum_runtime_tests::runtime::Balance;

/// What is answered and stored, without what depends on weights.
fn outcome(record: &ours::Record) -> (bool, Vec<(&str, &str)>, &ours::record::State) {
    let facts = record.facts.iter().filter(|(name, _)| *name != "declared");
    (record.succeeded, facts.map(|(name, value)| (*name, value.as_str())).collect(), &record.state)
}

fn their_outcome(record: &theirs::Record) -> (bool, Vec<(&str, &str)>, &theirs::record::State) {
    let facts = record.facts.iter().filter(|(name, _)| *name != "declared");
    (record.succeeded, facts.map(|(name, value)| (*name, value.as_str())).collect(), &record.state)
}

#[test]
fn weighed_calls_succeed_and_do_the_same_under_both_pallets() {
    for (workload, their_workload) in Workload::ALL.into_iter().zip(theirs::capacity::Workload::ALL) {
        let records: Vec<_> = workload.run(Default::default()).collect();
        let their_records: Vec<_> = their_workload.run(Default::default()).collect();
        assert_eq!(records.len(), their_records.len());
        for (record, their_record) in records.iter().zip(&their_records) {
            assert!(record.succeeded, "{}: {:?}", record.label, record.facts);
            assert_eq!(record.label, their_record.label);
            assert!(outcome(record) == their_outcome(their_record), "{}", record.label);
        }
    }
}

/// What a swap pays: all but three per mille of what comes in counts.
fn paid(reserve_in: Balance, reserve_out: Balance, amount: Balance) -> Balance {
    reserve_out * amount * 997 / (reserve_in * 1_000 + amount * 997)
}

#[test]
fn a_swap_moves_both_tokens_between_trader_and_pair() {
    let mut run = Workload::Swap.run(Default::default());
    let mut their_run = theirs::capacity::Workload::Swap.run(Default::default());
    while let (Some(_), Some(_)) = (run.next(), their_run.next()) {}
    let [mut trader, mut reserves] = [[PURSE, 0], PROVIDED];
    for _ in 0..2 {
        let paid = paid(reserves[0], reserves[1], SWAPPED);
        assert!(paid > 0 && paid < SWAPPED);
        let product = reserves[0] * reserves[1];
        trader = [trader[0] - SWAPPED, trader[1] + paid];
        reserves = [reserves[0] + SWAPPED, reserves[1] - paid];
        assert!(reserves[0] * reserves[1] > product);
    }
    assert!(trader.iter().chain(&reserves).all(|amount| *amount < SUPPLY));
    assert_eq!(holdings(&mut run), [trader, reserves, reserves]);
    assert_eq!(theirs::capacity::holdings(&mut their_run), [trader, reserves, reserves]);
}

#[test]
fn a_block_has_as_many_calls_as_fit_and_no_room_for_another() {
    for workload in Workload::ALL {
        let rows = measure::rows(workload);
        assert_eq!(rows.len(), 4);
        for row in rows {
            let (time, proof) = (row.weight.ref_time(), row.weight.proof_size());
            assert_eq!(row.workload, workload);
            assert!(row.engine > 0 && row.database > 0, "{workload:?}, {}", row.pallet);
            assert!(row.engine + row.database < time, "host functions cost something, too");
            assert!(row.calls() * time <= BLOCK_REF_TIME && (row.calls() + 1) * time > BLOCK_REF_TIME);
            assert!(row.calls_in_proof() * proof <= BLOCK_PROOF_SIZE);
            assert!((row.calls_in_proof() + 1) * proof > BLOCK_PROOF_SIZE);
            assert!(row.calls_without_database() > row.calls());
        }
    }
}

#[test]
fn a_swap_weighs_more_than_the_transfers_in_it() {
    for (swap, transfer) in measure::rows(Workload::Swap).iter().zip(measure::rows(Workload::Transfer)) {
        assert!(swap.weight.ref_time() > 2 * transfer.weight.ref_time(), "{}", swap.pallet);
        assert!(swap.engine > 2 * transfer.engine, "{}", swap.pallet);
    }
}
