use super::*;
use crate::{
    HoldReason,
    tests::{ALICE, BOB, Balances, CHARLIE, ENDOWMENT, EXISTENTIAL_DEPOSIT, Test, on_chain},
};
use StorageDeposit::{Charge as Due, Refund};
use frame_support::{
    assert_err, assert_ok,
    traits::fungible::{Inspect, InspectHold, Mutate, MutateHold},
};

type Meter = StorageMeter<Test>;

fn alice() -> Origin<Test> {
    Origin::from_account_id(ALICE)
}

fn info() -> ContractInfo<Test> {
    ContractInfo::new(&BOB, 1, Default::default()).unwrap()
}

fn bytes(bytes_added: u32) -> Diff {
    Diff { bytes_added, ..Default::default() }
}

fn held(account: &AccountIdOf<Test>) -> u64 {
    Balances::balance_on_hold(&HoldReason::StorageDepositReserve.into(), account)
}

fn hold_on(account: &AccountIdOf<Test>, amount: u64) {
    assert_ok!(Balances::hold(&HoldReason::StorageDepositReserve.into(), account, amount));
}

/// One frame of Bob's contract, absorbed into the meter of the stack.
fn with_frame(meter: &mut Meter, info: &mut ContractInfo<Test>, frame: impl FnOnce(&mut Meter)) {
    let mut nested = meter.nested(0);
    frame(&mut nested);
    meter.absorb(nested, &BOB, Some(info));
}

#[test]
fn a_limit_that_the_origin_cannot_pay_is_refused_at_once() {
    on_chain(|| {
        // Twice the existential deposit stays: the account's own, and that of what it may create.
        let payable = ENDOWMENT - 2 * EXISTENTIAL_DEPOSIT;
        assert!(Meter::new(&alice(), Some(payable), 0).is_ok());
        assert!(Meter::new(&alice(), Some(payable - 100), 100).is_ok());
        let refused = [(payable + 1, 0), (payable - 99, 100)];
        for (limit, leftover) in refused {
            let meter = Meter::new(&alice(), Some(limit), leftover);
            assert_eq!(meter.err(), Some(Error::<Test>::StorageDepositNotEnoughFunds.into()));
        }
    });
}

#[test]
fn without_a_limit_it_is_what_the_origin_can_pay_up_to_the_default() {
    on_chain(|| {
        let meter = Meter::new(&alice(), None, 7).unwrap();
        assert_eq!(meter.limit, ENDOWMENT - 2 * EXISTENTIAL_DEPOSIT - 7);
    });
}

#[test]
fn charges_are_held_on_the_contract_and_add_up() {
    on_chain(|| {
        let (mut meter, mut info) = (Meter::new(&alice(), None, 0).unwrap(), info());
        with_frame(&mut meter, &mut info, |frame| frame.charge(&bytes(10)));
        with_frame(&mut meter, &mut info, |frame| frame.charge(&bytes(5)));
        assert_eq!(held(&BOB), 0, "nothing moves before the end");
        assert_eq!(meter.try_into_deposit(&alice()), Ok(Due(15)));
        assert_eq!(held(&BOB), 15);
        assert_eq!(Balances::balance(&ALICE), ENDOWMENT - 15);
        assert_eq!(info.storage_byte_deposit, 15);
    });
}

#[test]
fn refunds_move_before_charges_whatever_came_first() {
    on_chain(|| {
        hold_on(&BOB, 1_000);
        let poor = Origin::<Test>::from_account_id(CHARLIE);
        let mut meter = Meter { limit: 10_000, ..Default::default() };
        meter.charge_deposit(ALICE, Due(600));
        meter.charge_deposit(BOB, Refund(1_000));
        assert_eq!(meter.try_into_deposit(&poor), Ok(Refund(400)));
        assert_eq!((held(&ALICE), held(&BOB)), (600, 0));
        assert_eq!(Balances::balance(&CHARLIE), 400);
    });
}

#[test]
fn a_frame_that_is_dropped_leaves_nothing() {
    on_chain(|| {
        let meter = Meter::new(&alice(), None, 0).unwrap();
        let mut nested = meter.nested(0);
        nested.charge(&bytes(10));
        nested.charge_deposit(BOB, Due(10));
        drop(nested);
        assert_eq!(meter.try_into_deposit(&alice()), Ok(Due(0)));
        assert_eq!(held(&BOB), 0);
    });
}

#[test]
fn the_limit_counts_calls_and_refunds() {
    on_chain(|| {
        let meter = Meter::new(&alice(), Some(100), 0).unwrap();
        let mut frame = meter.nested(0);
        let mut inner = frame.nested(0);
        inner.charge(&bytes(90));
        frame.absorb(inner, &CHARLIE, Some(&mut info()));
        frame.charge(&bytes(11));
        assert_err!(frame.enforce_limit(Some(&mut info())), Error::<Test>::StorageDepositLimitExhausted);

        let mut frame = meter.nested(0);
        frame.charge_deposit(CHARLIE, Due(190));
        frame.charge_deposit(CHARLIE, Refund(90));
        assert_ok!(frame.enforce_limit(Some(&mut info())));
    });
}

#[test]
fn a_limit_of_its_own_is_enforced_when_the_call_returns_and_an_inherited_one_is_not() {
    on_chain(|| {
        let meter = Meter::new(&alice(), Some(100), 0).unwrap();
        let mut own = meter.nested(10);
        own.charge(&bytes(11));
        assert_err!(own.enforce_subcall_limit(Some(&mut info())), Error::<Test>::StorageDepositLimitExhausted);

        let mut inherited = meter.nested(0);
        inherited.charge(&bytes(1_000));
        assert_ok!(inherited.enforce_subcall_limit(Some(&mut info())));

        let mut capped = meter.nested(1_000);
        assert_eq!(capped.limit, 100);
        capped.charge(&bytes(101));
        assert_err!(capped.enforce_subcall_limit(Some(&mut info())), Error::<Test>::StorageDepositLimitExhausted);
    });
}

#[test]
fn changes_are_booked_once_even_if_the_limit_was_enforced() {
    on_chain(|| {
        let (mut meter, mut info) = (Meter::new(&alice(), None, 0).unwrap(), info());
        let mut frame = meter.nested(0);
        frame.charge(&bytes(10));
        assert_ok!(frame.enforce_limit(Some(&mut info)));
        meter.absorb(frame, &BOB, Some(&mut info));
        assert_eq!((info.storage_bytes, info.storage_byte_deposit), (10, 10));
        assert_eq!(meter.try_into_deposit(&alice()), Ok(Due(10)));
    });
}

#[test]
fn a_terminated_contract_gives_everything_back() {
    on_chain(|| {
        hold_on(&BOB, 300);
        assert_ok!(frame_system::Pallet::<Test>::inc_consumers(&BOB));
        let mut info = info();
        info.storage_byte_deposit = 100;
        info.storage_base_deposit = 200;
        let mut meter = Meter::new(&alice(), None, 0).unwrap();
        let mut frame = meter.nested(0);
        frame.terminate(&info, CHARLIE);
        assert_ok!(frame.enforce_limit(None));
        meter.absorb(frame, &BOB, None);
        assert_eq!(meter.try_into_deposit(&alice()), Ok(Refund(300)));
        assert_eq!(Balances::balance(&ALICE), ENDOWMENT + 300);
        assert_eq!(Balances::balance(&CHARLIE), ENDOWMENT - 300);
        assert_eq!(Balances::total_balance(&BOB), 0);
    });
}

#[test]
fn a_terminated_contract_without_deposits_is_wound_up_as_well() {
    on_chain(|| {
        assert_ok!(frame_system::Pallet::<Test>::inc_consumers(&BOB));
        let mut meter = Meter::new(&alice(), None, 0).unwrap();
        let mut frame = meter.nested(0);
        frame.terminate(&info(), CHARLIE);
        meter.absorb(frame, &BOB, None);
        assert_eq!(meter.try_into_deposit(&alice()), Ok(Due(0)));
        assert_eq!(Balances::balance(&CHARLIE), ENDOWMENT);
        assert_eq!(frame_system::Pallet::<Test>::consumers(&BOB), 0);
    });
}

#[test]
fn what_is_freed_in_the_stack_that_added_it_comes_back() {
    on_chain(|| {
        hold_on(&BOB, 10);
        let mut meter = Meter::new(&alice(), None, 0).unwrap();
        meter.charge_deposit(BOB, Due(70));
        meter.charge_deposit(BOB, Refund(60));
        meter.charge_deposit(BOB, Due(20));
        assert_eq!(meter.try_into_deposit(&alice()), Ok(Due(30)));
        assert_eq!(held(&BOB), 10 + 30);
        assert_eq!(Balances::balance(&ALICE), ENDOWMENT - 30);
    });
}

#[test]
fn what_was_never_held_does_not_come_back() {
    on_chain(|| {
        hold_on(&BOB, 10);
        Balances::set_balance(&CHARLIE, EXISTENTIAL_DEPOSIT);
        let mut meter = Meter::new(&alice(), None, 0).unwrap();
        meter.charge_deposit(BOB, Refund(60));
        meter.charge_deposit(CHARLIE, Due(20));
        assert_ok!(meter.try_into_deposit(&alice()));
        assert_eq!((held(&BOB), held(&CHARLIE)), (0, 20));
        assert_eq!(Balances::balance(&ALICE), ENDOWMENT + 10 - 20);
    });
}

#[test]
fn what_root_stores_is_recorded_without_a_deposit() {
    on_chain(|| {
        let (mut meter, mut info) = (Meter::new(&Origin::Root, Some(15), 0).unwrap(), info());
        (info.storage_bytes, info.storage_byte_deposit) = (10, 10);
        with_frame(&mut meter, &mut info, |frame| frame.charge(&bytes(10)));
        assert_eq!((info.storage_bytes, info.storage_byte_deposit), (20, 10));
        let removed = Diff { bytes_removed: 10, ..Default::default() };
        with_frame(&mut meter, &mut info, |frame| frame.charge(&removed));
        assert_eq!((info.storage_bytes, info.storage_byte_deposit), (10, 10));
        // It counts towards the limit all the same.
        let mut frame = meter.nested(0);
        frame.charge(&bytes(16));
        assert_err!(frame.enforce_limit(Some(&mut info)), Error::<Test>::StorageDepositLimitExhausted);
    });
}

#[test]
fn root_pays_nothing_and_gets_nothing() {
    on_chain(|| {
        hold_on(&BOB, 50);
        let mut meter = Meter::new(&Origin::Root, Some(u64::MAX), 0).unwrap();
        meter.charge_deposit(BOB, Refund(50));
        meter.charge_deposit(CHARLIE, Due(50));
        assert_eq!(meter.try_into_deposit(&Origin::Root), Ok(Due(0)));
        assert_eq!(held(&BOB), 50);
    });
}

/// A contract with so many bytes and items that so much was paid for.
fn with_storage(bytes: u32, items: u32, byte_deposit: u64, item_deposit: u64) -> ContractInfo<Test> {
    let mut info = info();
    (info.storage_bytes, info.storage_items) = (bytes, items);
    (info.storage_byte_deposit, info.storage_item_deposit) = (byte_deposit, item_deposit);
    info
}

#[test]
fn a_frame_that_changed_nothing_moves_nothing() {
    on_chain(|| {
        let mut meter = Meter::new(&alice(), Some(1_000), 0).unwrap();
        let mut nested = meter.nested(0);
        nested.charge(&Diff::default());
        meter.absorb(nested, &BOB, None);
        assert!(meter.charges.is_empty());
        assert_eq!((meter.available(), meter.try_into_deposit(&alice())), (1_000, Ok(Due(0))));
    });
}

/// Two calls of one contract free storage, and their caller takes some: each is booked where it belongs.
#[test]
fn what_calls_give_back_pays_for_what_their_caller_takes() {
    for origin in [alice(), Origin::Root] {
        on_chain(|| {
            hold_on(&BOB, 30);
            Balances::set_balance(&CHARLIE, ENDOWMENT);
            let mut meter = Meter::new(&origin, Some(100), 0).unwrap();
            let mut outer_info = with_storage(100, 5, 100, 10);
            let mut outer = meter.nested(0);
            outer.charge(&Diff { bytes_added: 108, bytes_removed: 5, items_added: 1, items_removed: 2 });
            outer.charge(&Diff { bytes_removed: 99, ..Default::default() });
            let mut inner_infos = [with_storage(100, 10, 100, 20), with_storage(100, 7, 100, 20)];
            for (info, items_removed) in inner_infos.iter_mut().zip([5, 7]) {
                let mut inner = outer.nested(0);
                inner.charge(&Diff { items_removed, ..Default::default() });
                outer.absorb(inner, &BOB, Some(info));
            }
            assert_ok!(outer.enforce_limit(Some(&mut outer_info)));
            meter.absorb(outer, &CHARLIE, Some(&mut outer_info));

            let deposits = |info: &ContractInfo<Test>| (info.storage_byte_deposit, info.storage_item_deposit);
            let moved = matches!(origin, Origin::Signed(_));
            // What root adds and frees is nobody's deposit.
            assert_eq!(deposits(&outer_info), if moved { (104, 8) } else { (100, 10) });
            let of_inner = if moved { [(100, 10), (100, 0)] } else { [(100, 20); 2] };
            assert_eq!(inner_infos.each_ref().map(deposits), of_inner);
            let expected = if moved { Refund(28) } else { Due(0) };
            assert_eq!(meter.try_into_deposit(&origin), Ok(expected));
            assert_eq!((held(&BOB), held(&CHARLIE)), if moved { (0, 2) } else { (30, 0) });
            assert_eq!(Balances::balance(&ALICE), ENDOWMENT + if moved { 28 } else { 0 });
        });
    }
}

/// What a contract stored and freed before it ended does not count: it gives back what it had paid before.
#[test]
fn a_call_that_ends_its_contract_gives_back_what_was_paid_before_it() {
    for origin in [alice(), Origin::Root] {
        on_chain(|| {
            crate::tests::DepositPerItem::set(2);
            hold_on(&BOB, 120);
            assert_ok!(frame_system::Pallet::<Test>::inc_consumers(&BOB));
            Balances::set_balance(&CHARLIE, ENDOWMENT);
            let mut meter = Meter::new(&origin, Some(1_000), 0).unwrap();
            let mut outer = meter.nested(0);
            outer.charge(&Diff { bytes_added: 5, bytes_removed: 1, items_added: 3, items_removed: 1 });
            outer.charge(&Diff { items_added: 2, ..Default::default() });
            let inner_info = with_storage(100, 10, 100, 20);
            let mut inner = outer.nested(0);
            inner.charge(&Diff { items_removed: 5, ..Default::default() });
            inner.charge(&Diff { bytes_added: 20, ..Default::default() });
            inner.terminate(&inner_info, CHARLIE);
            outer.absorb(inner, &BOB, None);
            meter.absorb(outer, &CHARLIE, None);
            let moved = matches!(origin, Origin::Signed(_));
            // 120 come back, 4 bytes and 4 items are paid for.
            let expected = if moved { Refund(108) } else { Due(0) };
            assert_eq!(meter.try_into_deposit(&origin), Ok(expected));
            assert_eq!((held(&BOB), held(&CHARLIE)), if moved { (0, 12) } else { (120, 0) });
            assert_eq!(Balances::total_balance(&BOB), if moved { 0 } else { ENDOWMENT });
        });
    }
}
