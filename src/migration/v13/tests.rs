use super::*;
use crate::migration::tests::chain::{
    Chain, OldChain, Record, account, by_account, cursor, entries, hash, migrated, put,
};

fn contract(number: u8) -> (Vec<u8>, crate::AccountIdOf<OldChain>, Record) {
    (vec![number; 32], account(number + 100), (hash(number), 40, 2, 29, 47, 99))
}

fn chain() -> Chain {
    Chain::at_version(12, || {
        for number in 1..=4 {
            put(&by_account("ContractInfoOf", &account(number)), contract(number));
        }
    })
}

#[test]
fn one_contract_after_the_other_gets_an_empty_list() {
    let mut chain = chain();
    let old = chain.block(|| entries("ContractInfoOf"));
    let with_list = |(key, value): (&Vec<u8>, &Vec<u8>)| (key.clone(), [value.as_slice(), &[0]].concat());
    let new = old.iter().map(with_list).collect();
    let weights = chain.migrate::<Migration<OldChain>>(|steps_done| {
        assert_eq!(entries("ContractInfoOf"), migrated(&old, &new, steps_done));
        if let Some(key) = old.keys().nth(steps_done - 1) {
            // The account, which follows the hash in the key.
            assert_eq!(cursor(), Some([&[1], &key[32 + 8..]].concat()));
        }
    });
    assert_eq!(weights, vec![<() as WeightInfo>::v13_migration_step(); 5]);
}

#[cfg(feature = "try-runtime")]
#[test]
fn a_rehearsal_finds_contracts_that_were_changed() {
    assert_eq!(chain().rehearse::<Migration<OldChain>>(|| ()), Ok(()));
    let changed = || put(&by_account("ContractInfoOf", &account(1)), (contract(2), Vec::<u8>::new()));
    assert!(chain().rehearse::<Migration<OldChain>>(changed).is_err());
    let lost = || sp_io::storage::clear(&by_account("ContractInfoOf", &account(1)));
    assert!(chain().rehearse::<Migration<OldChain>>(lost).is_err());
}
