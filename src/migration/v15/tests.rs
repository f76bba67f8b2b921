use super::*;
use crate::migration::tests::chain::{
    Chain, Entries, OldChain, Record, System, account, balance, by_account, cursor, endow, entries, hash, held,
    migrated, put,
};
use sp_core::H256;
use std::collections::BTreeMap;

/// Numbers of contracts, their balances, and what their deposit accounts have.
const CASES: [(u8, u64, u64); 4] = [
    (1, 1000, 175),
    // A contract that has nothing to spare.
    (2, 5, 175),
    // A contract whose deposit account has just come into being.
    (3, 70, 5),
    // A contract from a time without deposits.
    (4, 70, 0),
];

fn deposit_account(contract: u8) -> AccountIdOf<OldChain> {
    account(contract + 100)
}

/// Those that were instantiated since version 10 hold on to their deposit accounts.
fn is_older(contract: u8) -> bool {
    contract == 2
}

type Rest = (Record, BTreeMap<H256, u64>);

fn rest(contract: u8) -> Rest {
    let dependencies = (0..contract).map(|number| (hash(number), 20)).collect();
    ((hash(contract), 40, 2, 29, 47, 99), dependencies)
}

fn chain() -> Chain {
    Chain::at_version(14, || {
        for (number, free, deposit) in CASES {
            endow(&account(number), free, 0);
            endow(&deposit_account(number), deposit, 0);
            if deposit > 0 && !is_older(number) {
                System::inc_consumers(&deposit_account(number)).expect("the account exists");
            }
            let info = (vec![number; 32], deposit_account(number), rest(number));
            put(&by_account("ContractInfoOf", &account(number)), info);
        }
    })
}

fn expected_entries() -> Entries {
    let entry = |(number, ..): (u8, u64, u64)| {
        let info = (vec![number; 32], rest(number));
        (by_account("ContractInfoOf", &account(number)), info.encode())
    };
    CASES.into_iter().map(entry).collect()
}

fn held_for_storage(contract: u8) -> u64 {
    held(&account(contract), HoldReason::StorageDepositReserve)
}

#[test]
fn deposits_are_on_hold_on_one_contract_after_the_other_and_deposit_accounts_die() {
    let mut chain = chain();
    let old = chain.block(|| entries("ContractInfoOf"));
    let new = expected_entries();
    let weights = chain.migrate::<Migration<OldChain>>(|steps_done| {
        assert_eq!(entries("ContractInfoOf"), migrated(&old, &new, steps_done));
        for (number, free, deposit) in CASES {
            let key = by_account("ContractInfoOf", &account(number));
            let is_done = new.keys().take(steps_done).any(|done| *done == key);
            let (held, left) = if is_done { (deposit, 0) } else { (0, deposit) };
            assert_eq!(held_for_storage(number), held, "contract {number}");
            assert_eq!(balance(&account(number)), (free, held), "contract {number}");
            assert_eq!(balance(&deposit_account(number)), (left, 0), "contract {number}");
            assert_eq!(System::account_exists(&deposit_account(number)), left > 0, "contract {number}");
            if new.keys().nth(steps_done - 1) == Some(&key) {
                assert_eq!(cursor(), Some(Some(account(number)).encode()));
            }
        }
    });
    assert_eq!(weights, vec![<() as WeightInfo>::v15_migration_step(); 5]);
}

#[test]
fn what_cannot_be_moved_stays() {
    let mut chain = chain();
    let reserved = 30;
    chain.block(|| endow(&deposit_account(1), 145, reserved));
    chain.migrate::<Migration<OldChain>>(|_| ());
    chain.block(|| {
        let (free_left, reserved_left) = balance(&deposit_account(1));
        assert_eq!(reserved_left, reserved);
        assert_eq!(balance(&account(1)), (1000, 175 - reserved - free_left));
        assert_eq!(held_for_storage(1), 175 - reserved - free_left);
    });
}

#[cfg(feature = "try-runtime")]
#[test]
fn a_rehearsal_finds_deposits_that_are_lost_and_contracts_that_were_changed() {
    use frame_support::traits::tokens::Precision;
    assert_eq!(chain().rehearse::<Migration<OldChain>>(|| ()), Ok(()));
    let released = || {
        let reason = HoldReason::StorageDepositReserve.into();
        let released = <OldChain as Config>::Currency::release(&reason, &account(1), 1, Precision::Exact);
        assert_eq!(released, Ok(1));
    };
    assert!(chain().rehearse::<Migration<OldChain>>(released).is_err());
    assert!(chain().rehearse::<Migration<OldChain>>(|| endow(&account(1), 500, 0)).is_err());
    assert!(chain().rehearse::<Migration<OldChain>>(|| endow(&deposit_account(1), 10, 0)).is_err());
    let changed = || put(&by_account("ContractInfoOf", &account(1)), (vec![1_u8; 32], rest(2)));
    assert!(chain().rehearse::<Migration<OldChain>>(changed).is_err());
}
