use super::*;
use crate::migration::tests::chain::{Chain, Entries, OldChain, cursor, entries, first_cursor, get, item, put};
use sp_io::hashing::twox_64;

/// Ids of tries as chains have had them: hashes, and once something longer.
fn tries() -> [Vec<u8>; 3] {
    [vec![1; 32], vec![2; 128], vec![3; 32]]
}

fn chain(tries: &[Vec<u8>]) -> Chain {
    Chain::at_version(10, || put(&item("DeletionQueue"), tries))
}

fn migrate(chain: &mut Chain) -> Vec<Weight> {
    chain.migrate::<Migration<OldChain>>(|_| assert_eq!(cursor(), Some(first_cursor(12))))
}

#[test]
fn the_queue_is_a_map_in_the_same_order() {
    let mut chain = chain(&tries());
    assert_eq!(migrate(&mut chain), [<() as WeightInfo>::v11_migration_step(3)]);
    let expected: Entries = (0_u32..)
        .zip(tries())
        .map(|(position, trie_id)| {
            let key = position.encode();
            ([item("DeletionQueue"), twox_64(&key).to_vec(), key].concat(), trie_id.encode())
        })
        .collect();
    chain.block(|| {
        assert_eq!(entries("DeletionQueue"), expected);
        assert_eq!(get(&item("DeletionQueue")), None);
        assert_eq!(get(&item("DeletionQueueCounter")), Some((3_u32, 0_u32).encode()));
    });
}

#[test]
fn of_an_empty_queue_nothing_is_left() {
    for mut chain in [chain(&[]), Chain::at_version(10, || ())] {
        assert_eq!(migrate(&mut chain), [<() as WeightInfo>::v11_migration_step(0)]);
        chain.block(|| {
            assert_eq!(get(&item("DeletionQueue")), None);
            assert_eq!(get(&item("DeletionQueueCounter")), None);
        });
    }
}

#[cfg(feature = "try-runtime")]
#[test]
fn a_rehearsal_finds_entries_that_are_lost() {
    assert_eq!(chain(&[]).rehearse::<Migration<OldChain>>(|| ()), Ok(()));
    assert_eq!(chain(&tries()).rehearse::<Migration<OldChain>>(|| ()), Ok(()));
    assert!(chain(&tries()).rehearse::<Migration<OldChain>>(|| DeletionQueue::<OldChain>::remove(1)).is_err());
    assert!(chain(&tries()).rehearse::<Migration<OldChain>>(DeletionQueueCounter::<OldChain>::kill).is_err());
}
