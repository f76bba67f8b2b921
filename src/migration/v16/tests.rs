use super::*;
use crate::migration::tests::chain::{
    Chain, EXISTENTIAL_DEPOSIT, Entries, OldChain, account, by_account, cursor, entries, first_cursor, hash, migrated,
    put,
};
use sp_core::H256;
use std::collections::BTreeMap;

/// Base deposits before and after. No deposit becomes negative.
const DEPOSITS: [(u64, u64); 4] = [(99, 94), (5, 0), (3, 0), (0, 0)];

fn put_all() {
    for (key, value) in all(|(old, _)| old) {
        sp_io::storage::set(&key, &value);
    }
}

fn all(base_deposit: impl Fn((u64, u64)) -> u64) -> Entries {
    let entry = |(number, deposits): (u8, _)| {
        let record = (hash(number), 40_u32, 2_u32, 29_u64, 47_u64, base_deposit(deposits));
        let dependencies = BTreeMap::<H256, u64>::from([(hash(9), 20)]);
        let value = (vec![number; 32], record, dependencies);
        (by_account("ContractInfoOf", &account(number)), value.encode())
    };
    (1..).zip(DEPOSITS).map(entry).collect()
}

#[test]
fn the_base_deposit_of_one_contract_after_the_other_loses_the_existential_deposit() {
    assert_eq!(EXISTENTIAL_DEPOSIT, 5);
    let mut chain = Chain::at_version(15, put_all);
    let (old, new) = (all(|(old, _)| old), all(|(_, new)| new));
    let weights = chain.migrate::<Migration<OldChain>>(|steps_done| {
        assert_eq!(entries("ContractInfoOf"), migrated(&old, &new, steps_done));
        // The account, which follows the hash in the key. After the last step nothing is in progress.
        let expected = new.keys().nth(steps_done - 1).map(|key| [&[1], &key[32 + 8..]].concat());
        assert_eq!(cursor(), expected);
    });
    assert_eq!(weights, vec![<() as WeightInfo>::v16_migration_step(); 5]);
}

#[test]
fn a_contract_that_cannot_be_read_does_not_stop_the_chain() {
    let mut chain = Chain::at_version(15, put_all);
    let key = by_account("ContractInfoOf", &account(2));
    chain.block(|| put(&key, ()));
    assert_eq!(chain.block(cursor), Some(first_cursor(16)));
    assert_eq!(chain.migrate::<Migration<OldChain>>(|_| ()).len(), DEPOSITS.len());
    let mut expected = all(|(_, new)| new);
    expected.insert(key, Vec::new());
    assert_eq!(chain.block(|| entries("ContractInfoOf")), expected);
}

#[cfg(feature = "try-runtime")]
#[test]
fn a_rehearsal_finds_other_changes() {
    let rehearsed = |change: fn()| Chain::at_version(15, put_all).rehearse::<Migration<OldChain>>(change);
    assert_eq!(rehearsed(|| ()), Ok(()));
    assert!(rehearsed(put_all).is_err());
    assert!(rehearsed(|| sp_io::storage::clear(&by_account("ContractInfoOf", &account(1)))).is_err());
}
