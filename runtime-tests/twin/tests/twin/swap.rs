//! A chain that replaces pallet-contracts 51 by the pallet, without a migration: what the one has stored the other goes on
//! with.

use crate::{compare::Tally, ours, theirs};
use ours::estate::{Estate, VALUES_LEFT};
use vellum_runtime_tests::{invariants, state};

#[test]
fn what_pallet_contracts_stored_is_gone_on_with() {
    let (our_estate, their_estate) = (Estate::new(), theirs::estate::Estate::new());
    // Both come to have the same, step by step. Then ours is replaced by a copy of theirs.
    let (mut our_run, mut their_run) = (our_estate.before(), their_estate.before());
    let mut tally = Tally::default();
    tally.compare_on(&mut our_run, &mut their_run);
    their_run.commit();
    their_run.look(|| delete_some(&our_estate));
    their_run.commit();
    our_run.adopt(their_run.export());

    our_run.look(|| {
        assert_eq!(state::contracts().len(), our_estate.contracts.len());
        assert!(our_estate.contracts.iter().all(|contract| state::contract(contract).is_some()));
        assert_eq!(state::codes().len(), our_estate.contracts.len() + 1);
        assert_eq!(values_left(), [usize::from(VALUES_LEFT) - 2, usize::from(VALUES_LEFT)]);
        let dependencies = state::contracts().iter().map(|(_, info)| info.delegate_dependencies.len()).sum::<usize>();
        assert_eq!(dependencies, 1);
        // Of the pallet's own items there is none.
        assert!(!sp_io::storage::next_key(&pallet_prefix("CodeFeatures")).is_some_and(is_of("CodeFeatures")));
        invariants::check();
    });

    our_run.then(our_estate.after());
    their_run.then(their_estate.after());
    tally.compare_on(&mut our_run, &mut their_run);
    tally.judge("a chain that swaps", 35);
    assert!(tally.all_succeeded());

    our_run.look(|| {
        assert!(values_left().is_empty());
        assert_eq!(state::contract(&our_estate.contracts[2]), None);
        invariants::check();
    });
}

/// Part of what is to be deleted, as a block with little weight to spare leaves it.
fn delete_some(estate: &Estate) {
    assert_eq!(estate.ended.len(), 2);
    let oldest = queued().remove(0);
    let killed = sp_io::default_child_storage::storage_kill(&oldest, Some(2));
    assert!(matches!(killed, sp_io::KillStorageResult::SomeRemaining(2)));
}

/// The tries that are to be deleted, the oldest first.
fn queued() -> Vec<Vec<u8>> {
    let (end, start) = state::deletion_queue_counter();
    (start..end).map(|number| state::queued_for_deletion(number).expect("the queue has no gap")).collect()
}

/// How many values are to be deleted of each contract that has ended.
fn values_left() -> Vec<usize> {
    queued().iter().map(|trie_id| state::values_of_trie(trie_id).len()).collect()
}

fn pallet_prefix(item: &str) -> Vec<u8> {
    frame_support::storage::storage_prefix(b"Contracts", item.as_bytes()).to_vec()
}

fn is_of(item: &'static str) -> impl Fn(Vec<u8>) -> bool {
    move |key| key.starts_with(&pallet_prefix(item))
}

/// How many seeds, and how many steps before the swap and behind it.
const SEEDS: u64 = 20;
const STEPS: usize = 40;

#[test]
fn whatever_pallet_contracts_stored_is_gone_on_with() {
    let (our_codes, their_codes) = (ours::generator::Codes::new(), theirs::generator::Codes::new());
    let mut tally = Tally::default();
    let mut swaps = 0;
    for seed in 10_000..10_000 + SEEDS {
        let mut our_run = ours::generator::run(seed, 2 * STEPS, &our_codes);
        let mut their_run = theirs::generator::run(seed, 2 * STEPS, &their_codes);
        if tally.compare_steps(STEPS, &mut our_run, &mut their_run) {
            continue;
        }
        their_run.commit();
        our_run.adopt(their_run.export());
        tally.compare_on(&mut our_run, &mut their_run);
        swaps += 1;
    }
    tally.judge("chains that swap", 500);
    assert!(swaps > SEEDS / 2);
}
