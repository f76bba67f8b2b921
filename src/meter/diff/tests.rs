use super::*;
use crate::tests::{ALICE, DepositPerByte, DepositPerItem, Test, on_chain};
use StorageDeposit::{Charge, Refund};

fn info(bytes: u32, items: u32, byte_deposit: u64, item_deposit: u64) -> ContractInfo<Test> {
    let mut info = ContractInfo::new(&ALICE, 1, Default::default()).unwrap();
    info.storage_bytes = bytes;
    info.storage_items = items;
    info.storage_byte_deposit = byte_deposit;
    info.storage_item_deposit = item_deposit;
    info
}

#[test]
fn a_write_changes_bytes_by_the_difference_and_items_only_if_there_was_none() {
    let diff = |old, new| {
        let diff = Diff::of_write(old, new);
        (diff.bytes_added, diff.bytes_removed, diff.items_added, diff.items_removed)
    };
    assert_eq!(diff(None, Some(7)), (7, 0, 1, 0));
    assert_eq!(diff(None, Some(0)), (0, 0, 1, 0));
    assert_eq!(diff(Some(3), Some(7)), (4, 0, 0, 0));
    assert_eq!(diff(Some(7), Some(3)), (0, 4, 0, 0));
    assert_eq!(diff(Some(7), None), (0, 7, 0, 1));
    assert_eq!(diff(Some(0), None), (0, 0, 0, 1));
    assert_eq!(diff(None, None), (0, 0, 0, 0));
}

#[test]
fn added_storage_costs_what_it_costs_today() {
    on_chain(|| {
        DepositPerByte::set(3);
        DepositPerItem::set(50);
        let mut info = info(10, 1, 1, 1);
        let diff = Diff { bytes_added: 20, bytes_removed: 5, items_added: 2, items_removed: 1 };
        assert_eq!(diff.apply(&mut info), Charge(3 * 15 + 50));
        assert_eq!((info.storage_bytes, info.storage_items), (25, 2));
        assert_eq!((info.storage_byte_deposit, info.storage_item_deposit), (1 + 45, 1 + 50));
    });
}

#[test]
fn removed_storage_gives_back_its_share_of_what_was_paid() {
    on_chain(|| {
        // Prices of today do not matter.
        DepositPerByte::set(1_000);
        let mut info = info(100, 10, 50, 20);
        let diff = Diff { bytes_removed: 40, items_removed: 5, ..Default::default() };
        assert_eq!(diff.apply(&mut info), Refund(20 + 10));
        assert_eq!((info.storage_bytes, info.storage_items), (60, 5));
        assert_eq!((info.storage_byte_deposit, info.storage_item_deposit), (30, 10));
    });
}

#[test]
fn a_share_is_rounded_down_and_the_last_byte_takes_the_rest() {
    on_chain(|| {
        let mut info = info(3, 0, 100, 0);
        let one = Diff { bytes_removed: 1, ..Default::default() };
        assert_eq!(one.apply(&mut info), Refund(33));
        assert_eq!(one.apply(&mut info), Refund(33));
        assert_eq!(one.apply(&mut info), Refund(34));
        assert_eq!((info.storage_bytes, info.storage_byte_deposit), (0, 0));
    });
}

#[test]
fn no_more_is_given_back_than_was_paid() {
    on_chain(|| {
        let mut info = info(10, 1, 70, 7);
        let diff = Diff { bytes_removed: 1_000, items_removed: 9, ..Default::default() };
        assert_eq!(diff.apply(&mut info), Refund(77));
        assert_eq!((info.storage_bytes, info.storage_items), (0, 0));
    });
}

#[test]
fn bytes_and_items_are_settled_apart() {
    on_chain(|| {
        let mut info = info(10, 10, 10, 1_000);
        let diff = Diff { bytes_added: 40, items_removed: 1, ..Default::default() };
        assert_eq!(diff.apply(&mut info), Refund(60));
        assert_eq!((info.storage_byte_deposit, info.storage_item_deposit), (50, 900));
    });
}
