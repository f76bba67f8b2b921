use super::*;
use crate::tests::{ALICE, BOB, Test};
use frame_support::assert_err;

type Storage = TransientStorage<Test>;

fn key(byte: u8) -> Key<Test> {
    Key::Fix([byte; 32])
}

/// Accounts and hashes of fixed keys have 32 bytes each.
const KEY_BYTES: u32 = 64;
const NEW_ITEM_BYTES: u32 = 2 * KEY_BYTES + VEC_BYTES + JOURNAL_ENTRY_BYTES;

#[test]
fn accounts_do_not_see_each_others_items() {
    let mut storage = Storage::new(4096);
    assert_eq!(storage.write(&ALICE, &key(1), Some(vec![7]), false), Ok(WriteOutcome::New));
    assert_eq!(storage.read(&ALICE, &key(1)), Some(&vec![7]));
    assert_eq!(storage.read(&BOB, &key(1)), None);
    assert_eq!(storage.read(&ALICE, &key(2)), None);
}

#[test]
fn a_key_that_begins_like_another_is_another() {
    let mut storage = Storage::new(4096);
    let key = |len| Key::try_from_var(vec![1; len]).expect("so many bytes are allowed");
    assert_eq!(storage.write(&ALICE, &key(64), Some(vec![7]), false), Ok(WriteOutcome::New));
    for other in [63, 65] {
        assert_eq!(storage.read(&ALICE, &key(other)), None);
        assert_eq!(storage.write(&ALICE, &key(other), None, true), Ok(WriteOutcome::New));
    }
    assert_eq!(storage.read(&ALICE, &key(64)), Some(&vec![7]));
}

#[test]
fn a_write_tells_what_it_replaced() {
    let mut storage = Storage::new(4096);
    let key = Key::try_from_var(vec![1; 70]).expect("70 bytes are allowed");
    assert_eq!(storage.write(&ALICE, &key, None, true), Ok(WriteOutcome::New));
    assert_eq!(storage.write(&ALICE, &key, Some(vec![]), true), Ok(WriteOutcome::New));
    assert_eq!(storage.write(&ALICE, &key, Some(vec![1, 2]), false), Ok(WriteOutcome::Overwritten(0)));
    assert_eq!(storage.write(&ALICE, &key, Some(vec![3]), true), Ok(WriteOutcome::Taken(vec![1, 2])));
    assert_eq!(storage.write(&ALICE, &key, None, false), Ok(WriteOutcome::Overwritten(1)));
    assert_eq!(storage.read(&ALICE, &key), None);
}

#[test]
fn a_write_that_does_not_fit_writes_nothing() {
    let mut storage = Storage::new(NEW_ITEM_BYTES + 3);
    assert_err!(storage.write(&ALICE, &key(1), Some(vec![0; 4]), false), Error::<Test>::OutOfTransientStorage);
    assert_eq!(storage.read(&ALICE, &key(1)), None);
    assert_eq!(storage.write(&ALICE, &key(1), Some(vec![0; 3]), false), Ok(WriteOutcome::New));
    // Nothing is left for another, but the same again and a removal take nothing.
    assert_err!(storage.write(&ALICE, &key(1), Some(vec![]), false), Error::<Test>::OutOfTransientStorage);
    assert_eq!(storage.write(&ALICE, &key(1), Some(vec![0; 3]), false), Ok(WriteOutcome::Overwritten(3)));
    assert_eq!(storage.write(&ALICE, &key(1), None, false), Ok(WriteOutcome::Overwritten(3)));
    // What was removed stays in the journal, so it stays counted.
    assert_err!(storage.write(&ALICE, &key(2), Some(vec![]), false), Error::<Test>::OutOfTransientStorage);
}

#[test]
fn an_overwrite_counts_the_value_and_the_journal_only() {
    let mut storage = Storage::new(NEW_ITEM_BYTES + KEY_BYTES + JOURNAL_ENTRY_BYTES + 5);
    assert_eq!(storage.write(&ALICE, &key(1), Some(vec![]), false), Ok(WriteOutcome::New));
    assert_err!(storage.write(&ALICE, &key(1), Some(vec![1; 6]), false), Error::<Test>::OutOfTransientStorage);
    assert_eq!(storage.write(&ALICE, &key(1), Some(vec![1; 5]), false), Ok(WriteOutcome::Overwritten(0)));
}

#[test]
fn a_transaction_that_is_not_kept_leaves_nothing_and_gives_its_memory_back() {
    let mut storage = Storage::new(NEW_ITEM_BYTES + 8);
    storage.start_transaction();
    assert_eq!(storage.write(&ALICE, &key(1), Some(vec![1; 8]), false), Ok(WriteOutcome::New));
    storage.end_transaction(false);
    assert_eq!(storage.read(&ALICE, &key(1)), None);

    storage.start_transaction();
    assert_eq!(storage.write(&ALICE, &key(2), Some(vec![2; 8]), false), Ok(WriteOutcome::New));
    storage.end_transaction(true);
    assert_eq!(storage.read(&ALICE, &key(2)), Some(&vec![2; 8]));
    storage.start_transaction();
    assert_err!(storage.write(&ALICE, &key(3), Some(vec![]), false), Error::<Test>::OutOfTransientStorage);
    storage.end_transaction(true);
}

#[test]
fn writes_are_undone_in_reverse_and_with_what_inner_transactions_kept() {
    let mut storage = Storage::new(65_536);
    storage.start_transaction();
    storage.write(&ALICE, &key(1), Some(vec![1]), false).expect("there is room");
    storage.start_transaction();
    storage.write(&ALICE, &key(1), Some(vec![2]), false).expect("there is room");
    storage.write(&ALICE, &key(1), Some(vec![3]), false).expect("there is room");
    storage.start_transaction();
    storage.write(&ALICE, &key(1), None, false).expect("removing takes nothing");
    storage.write(&BOB, &key(1), Some(vec![9]), false).expect("there is room");
    storage.end_transaction(true);
    assert_eq!(storage.read(&ALICE, &key(1)), None);
    storage.end_transaction(false);
    assert_eq!(storage.read(&ALICE, &key(1)), Some(&vec![1]));
    assert_eq!(storage.read(&BOB, &key(1)), None);
    storage.end_transaction(false);
    assert_eq!(storage.read(&ALICE, &key(1)), None);
}

#[test]
fn each_frame_above_the_first_may_take_fifteen_sixteenths_of_what_is_free() {
    let room = 64;
    let value = vec![0; usize::try_from(room).expect("small")];
    // All of it in the first frame; a sixteenth less in the second.
    let limit = NEW_ITEM_BYTES + room;
    let fits = |frames: usize, limit: u32| {
        let mut storage = Storage::new(limit);
        for _ in 0..frames {
            storage.start_transaction();
        }
        storage.write(&ALICE, &key(1), Some(value.clone()), false).is_ok()
    };
    assert!(fits(1, limit));
    assert!(!fits(2, limit));
    assert_eq!(limit, 228);
    assert!(fits(2, 243));
    assert!(!fits(2, 242));
    assert!(fits(3, 259));
    assert!(!fits(3, 258));
}

const VALUE_BYTES: u32 = 4096;
/// What a new item with such a value takes.
const ITEM_BYTES: u32 = NEW_ITEM_BYTES + VALUE_BYTES;

fn fits(storage: &mut Storage, account: &crate::AccountIdOf<Test>, number: u8) -> bool {
    let value = vec![number; VALUE_BYTES as usize];
    match storage.write(account, &key(number), Some(value), false) {
        Ok(outcome) => outcome == WriteOutcome::New,
        Err(error) => {
            assert_eq!(error, Error::<Test>::OutOfTransientStorage.into());
            false
        }
    }
}

#[test]
fn what_nested_transactions_keep_is_kept_or_undone_by_the_outermost() {
    for keep in [true, false] {
        let mut storage = Storage::new(4 * ITEM_BYTES);
        let accounts = [ALICE, BOB, crate::tests::CHARLIE];
        for account in &accounts {
            storage.start_transaction();
            storage.write(account, &key(1), Some(vec![7]), false).expect("there is room");
            storage.write(account, &key(1), Some(vec![7, 8]), false).expect("there is room");
        }
        storage.end_transaction(true);
        storage.end_transaction(true);
        storage.end_transaction(keep);
        for account in &accounts {
            assert_eq!(storage.read(account, &key(1)), keep.then_some(&vec![7, 8]));
        }
    }
}

#[test]
fn transactions_share_the_limit_one_after_the_other_and_one_inside_of_the_other() {
    let mut storage = Storage::new(3 * ITEM_BYTES);
    storage.start_transaction();
    assert!(fits(&mut storage, &ALICE, 1));
    storage.end_transaction(true);
    storage.start_transaction();
    storage.start_transaction();
    assert!(fits(&mut storage, &ALICE, 2));
    storage.end_transaction(true);
    // What the inner one has taken is gone for the outer one, and nothing else is.
    assert!(fits(&mut storage, &BOB, 3));
    assert!(!fits(&mut storage, &BOB, 4));
    storage.end_transaction(true);
    assert_eq!(storage.root.taken, 3 * ITEM_BYTES);
}

#[test]
fn what_is_undone_takes_nothing_however_deep_it_was() {
    let mut storage = Storage::new(5 * ITEM_BYTES);
    storage.start_transaction();
    assert!(fits(&mut storage, &ALICE, 1));
    storage.start_transaction();
    assert!(fits(&mut storage, &ALICE, 2));
    storage.start_transaction();
    assert!(fits(&mut storage, &BOB, 3));
    storage.end_transaction(true);
    storage.end_transaction(false);
    for number in 2..=5 {
        assert!(fits(&mut storage, &ALICE, number));
    }
    assert!(!fits(&mut storage, &ALICE, 6));
}
