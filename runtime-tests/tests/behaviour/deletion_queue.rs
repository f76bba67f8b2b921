//! What terminated contracts leave behind is removed when blocks have weight to spare.

use frame_support::{traits::OnIdle, weights::Weight};
use vellum_runtime_tests::{
    chain::{self, ALICE, call, deployed, hash, instantiate, instantiate_stored, uploaded},
    fixture::wat,
    inputs::{Storage, storage},
    runtime::{AccountId, Contracts, System},
    state,
};

const PLENTY: Weight = Weight::from_parts(1_000_000_000_000, 10_000_000);

/// A contract with values that is gone except for them, and the id of its trie.
fn terminated_with_values(values: u8) -> Vec<u8> {
    let contract = mortal_with_values(values);
    let trie_id = state::contract(&contract).unwrap().trie_id;
    call(&contract).input(ALICE).output();
    assert_eq!(state::contract(&contract), None);
    trie_id
}

/// Values are stored by one code, and the contract then becomes another that can terminate.
fn mortal_with_values(values: u8) -> AccountId {
    let contract = deployed("storage");
    for key in 0..values {
        call(&contract).bytes(&storage(Storage::Set, &[key], &[key; 10])).output();
    }
    let mortal = hash(&wat("terminate"));
    if state::code(&mortal).is_none() {
        uploaded(&wat("terminate"));
    }
    Contracts::set_code(frame_system::RawOrigin::Root.into(), contract.clone(), mortal).unwrap();
    contract
}

fn idle(weight: Weight) -> Weight {
    Contracts::on_idle(System::block_number(), weight)
}

#[test]
fn values_stay_until_a_block_is_idle() {
    chain::run(|| {
        let trie = terminated_with_values(3);
        assert_eq!(state::values_of_trie(&trie).len(), 3);
        assert_eq!(state::deletion_queue_counter(), (1, 0));
        let used = idle(PLENTY);
        assert!(used.all_gt(Weight::zero()) && used.all_lte(PLENTY));
        assert!(state::values_of_trie(&trie).is_empty());
        assert_eq!(state::deletion_queue_counter(), (1, 1));
    });
}

/// Keys that a test has just written are counted by the backend only once they are committed.
fn committed(setup: impl FnOnce() -> Vec<u8>) -> (sp_io::TestExternalities, Vec<u8>) {
    let mut chain = chain::new();
    let trie = chain.execute_with(setup);
    chain.commit_all().expect("the changes of a test can be committed");
    (chain, trie)
}

#[test]
fn no_weight_no_removal() {
    let (mut chain, trie) = committed(|| terminated_with_values(3));
    chain.execute_with(|| {
        assert_eq!(idle(Weight::zero()), Weight::zero());
        assert_eq!(state::values_of_trie(&trie).len(), 3);
    });
}

#[test]
fn removal_goes_on_where_the_weight_ended() {
    let (mut chain, trie) = committed(|| terminated_with_values(30));
    // What one value more costs is the difference between the costs of two amounts of weight.
    let mut rounds = 0;
    loop {
        let (used, left) = chain.execute_with(|| {
            let limit = Weight::from_parts(700_000_000, 10_000);
            let used = idle(limit);
            assert!(used.all_lte(limit), "{used:?} exceeds the limit");
            (used, state::values_of_trie(&trie).len())
        });
        chain.commit_all().expect("the changes of a test can be committed");
        rounds += 1;
        if left == 0 {
            break;
        }
        assert!(used.all_gt(Weight::zero()), "no progress with {left} values left");
        assert!(rounds < 40);
    }
    assert!(rounds > 1, "the weight was meant to be too little for one round");
}

#[test]
fn idle_blocks_do_nothing_when_nothing_is_queued() {
    chain::run(|| {
        deployed("storage");
        assert!(idle(PLENTY).all_lt(PLENTY));
        assert_eq!(state::deletion_queue_counter(), (0, 0));
    });
}

#[test]
fn several_contracts_are_removed_in_one_idle_block() {
    chain::run(|| {
        let code = uploaded(&wat("terminate"));
        for salt in 0..5u8 {
            let contract = instantiate_stored(code).salt(&[salt]).address();
            call(&contract).input(ALICE).output();
        }
        assert_eq!(state::deletion_queue_counter(), (5, 0));
        idle(PLENTY);
        assert_eq!(state::deletion_queue_counter(), (5, 5));
    });
}

#[test]
fn values_of_several_contracts_go_in_one_idle_block() {
    let mut chain = chain::new();
    let tries: Vec<Vec<u8>> = (0..3u8)
        .map(|salt| {
            let trie = chain.execute_with(|| {
                let contract = instantiate(&wat("storage")).salt(&[salt]).address();
                call(&contract).bytes(&storage(Storage::Set, b"key", b"value")).output();
                if state::code(&hash(&wat("terminate"))).is_none() {
                    uploaded(&wat("terminate"));
                }
                let root = frame_system::RawOrigin::Root.into();
                Contracts::set_code(root, contract.clone(), hash(&wat("terminate"))).unwrap();
                let trie = state::contract(&contract).unwrap().trie_id;
                call(&contract).input(ALICE).output();
                trie
            });
            chain.commit_all().expect("the changes of a test can be committed");
            trie
        })
        .collect();
    chain.execute_with(|| {
        assert!(tries.iter().all(|trie| state::values_of_trie(trie).len() == 1));
        idle(Weight::MAX);
        assert!(tries.iter().all(|trie| state::values_of_trie(trie).is_empty()));
        assert_eq!(state::deletion_queue_counter(), (3, 3));
    });
}

/// What it costs to look at the queue is not enough to remove anything, and the beginning of a block removes nothing.
#[test]
fn removal_takes_more_than_a_look() {
    let (mut chain, trie) = committed(|| terminated_with_values(1));
    chain.execute_with(|| {
        use frame_support::traits::Hooks;
        let look = <() as pallet_contracts::WeightInfo>::on_process_deletion_queue_batch();
        idle(look);
        assert_eq!(state::values_of_trie(&trie).len(), 1);
        Contracts::on_initialize(System::block_number());
        assert_eq!(state::values_of_trie(&trie).len(), 1);
        idle(Weight::MAX);
        assert!(state::values_of_trie(&trie).is_empty());
    });
}
