use super::*;
use crate::migration::tests::chain::{Chain, OldChain, by_hash, cursor, entries, first_cursor, hash, migrated, put};
use codec::Compact;

const CODE_LENS: [usize; 3] = [7, 0, 1000];

/// Versions of the instruction weights, pages of memory at first and at most, and the code.
fn instrumented(len: usize) -> (Compact<u32>, Compact<u32>, Compact<u32>, Vec<u8>) {
    (Compact(300), Compact(2), Compact(16), vec![0xab; len])
}

fn chain() -> Chain {
    Chain::at_version(8, || {
        for (number, len) in (1..).zip(CODE_LENS) {
            put(&by_hash("CodeStorage", &hash(number)), instrumented(len));
        }
    })
}

#[test]
fn the_note_is_added_to_one_code_after_the_other() {
    let mut chain = chain();
    let old = chain.block(|| entries("CodeStorage"));
    let new = (1..).zip(CODE_LENS).map(|(number, len)| {
        let key = by_hash("CodeStorage", &hash(number));
        (key, (instrumented(len), Determinism::Enforced).encode())
    });
    let new = new.collect();
    let weights = chain.migrate::<Migration<OldChain>>(|steps_done| {
        assert_eq!(entries("CodeStorage"), migrated(&old, &new, steps_done));
        let last = u8::try_from(steps_done).ok().filter(|number| *number <= 3).map(hash);
        assert_eq!(cursor(), Some(last.map_or(first_cursor(10), |last| Some(last).encode())));
    });
    assert_eq!(weights, [7, 0, 1000, 0].map(<() as WeightInfo>::v9_migration_step));
}

#[test]
fn a_chain_without_code_needs_one_step() {
    assert_eq!(Chain::at_version(8, || ()).migrate::<Migration<OldChain>>(|_| ()).len(), 1);
}

#[test]
fn what_has_no_known_layout_is_left_alone() {
    let mut chain = chain();
    let damaged = by_hash("CodeStorage", &hash(2));
    let old = chain.block(|| {
        put(&damaged, ());
        entries("CodeStorage")
    });
    assert_eq!(chain.migrate::<Migration<OldChain>>(|_| ()).len(), 3);
    let new = chain.block(|| entries("CodeStorage"));
    for (key, value) in &new {
        assert_eq!(old.get(key) == Some(value), *key == damaged);
    }
}

#[cfg(feature = "try-runtime")]
#[test]
fn a_rehearsal_finds_code_that_was_changed() {
    assert_eq!(chain().rehearse::<Migration<OldChain>>(|| ()), Ok(()));
    let changed = || put(&by_hash("CodeStorage", &hash(1)), (instrumented(7), Determinism::Relaxed));
    assert!(chain().rehearse::<Migration<OldChain>>(changed).is_err());
}
