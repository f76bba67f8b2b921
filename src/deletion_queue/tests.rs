use super::*;
use crate::{
    ContractInfo,
    contract::Key,
    tests::{ALICE, Test, on_chain, stored},
};

/// A terminated contract with as many items as asked for.
fn terminated(nonce: u64, items: u32) -> ContractInfo<Test> {
    let info = ContractInfo::<Test>::new(&ALICE, nonce, Default::default()).unwrap();
    for item in 0..items {
        info.write(&Key::Fix(key(item)), Some(vec![1, 2, 3]), false);
    }
    info.queue_trie_for_deletion();
    info
}

fn key(item: u32) -> [u8; 32] {
    let mut key = [0; 32];
    key[..4].copy_from_slice(&item.to_le_bytes());
    key
}

fn weight_of(keys: u64) -> Weight {
    let per_key = <Test as Config>::WeightInfo::on_initialize_per_trie_key(1)
        - <Test as Config>::WeightInfo::on_initialize_per_trie_key(0);
    <Test as Config>::WeightInfo::on_process_deletion_queue_batch() + per_key * keys
}

fn process(limit: Weight) -> Weight {
    let mut meter = WeightMeter::with_limit(limit);
    process_batch::<Test>(&mut meter);
    meter.consumed()
}

fn counters() -> (u32, u32) {
    let queue = DeletionQueueManager::<Test>::load();
    (queue.insert_counter, queue.delete_counter)
}

/// Child tries count keys of the database only, so what is to be deleted must be there.
fn on_stored_chain<R>(prepare: impl FnOnce() -> R, test: impl FnOnce(R)) {
    let mut chain = sp_io::TestExternalities::default();
    let prepared = chain.execute_with(prepare);
    chain.commit_all().unwrap();
    chain.execute_with(|| test(prepared));
}

#[test]
fn a_trie_is_deleted_within_one_block_if_there_is_weight() {
    on_stored_chain(
        || terminated(1, 3),
        |info| {
            assert_eq!(stored(&info).0, 3);
            assert_eq!(process(weight_of(10)), weight_of(3));
            assert_eq!(stored(&info).0, 0);
            assert_eq!(counters(), (1, 1));
            assert_eq!(DeletionQueue::<Test>::iter().count(), 0);
        },
    );
}

#[test]
fn a_trie_that_is_too_large_goes_on_in_the_next_block() {
    on_stored_chain(
        || terminated(1, 5),
        |info| {
            assert_eq!(process(weight_of(2)), weight_of(2));
            assert_eq!(counters(), (1, 0));
            assert_eq!(stored(&info).0, 3);
        },
    );
}

#[test]
fn tries_go_in_the_order_in_which_they_came_and_an_empty_one_costs_a_key() {
    on_stored_chain(
        || [terminated(1, 2), terminated(2, 0), terminated(3, 2)],
        |[first, _, last]| {
            assert_eq!(process(weight_of(3)), weight_of(3));
            assert_eq!((stored(&first).0, stored(&last).0), (0, 2));
            assert_eq!(counters(), (3, 2));
        },
    );
}

#[test]
fn without_weight_nothing_is_deleted_and_nothing_charged() {
    on_stored_chain(
        || terminated(1, 2),
        |info| {
            assert_eq!(process(Weight::from_parts(1, 1)), Weight::zero());
            assert_eq!(stored(&info).0, 2);
        },
    );
}

#[test]
fn an_empty_queue_costs_a_look() {
    on_chain(|| assert_eq!(process(weight_of(10)), weight_of(0)));
}

#[test]
fn counters_wrap_around() {
    on_stored_chain(
        || {
            DeletionQueueCounter::<Test>::set(DeletionQueueManager {
                insert_counter: u32::MAX,
                delete_counter: u32::MAX,
                _phantom: PhantomData,
            });
            [terminated(1, 1), terminated(2, 1)]
        },
        |tries| {
            assert_eq!(counters(), (1, u32::MAX));
            process(weight_of(10));
            assert_eq!(counters(), (1, 1));
            assert!(tries.iter().all(|info| stored(info).0 == 0));
        },
    );
}
