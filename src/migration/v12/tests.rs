use super::*;
use crate::{
    Determinism,
    migration::tests::chain::{
        Balances, Chain, Entries, OldChain, account, balance, by_hash, cursor, endow, entries, get, hash, put,
    },
};
use codec::Compact;

type Migrated = Migration<OldChain, Balances>;

/// With the instrumented code there were 3 items of 254 bytes: 106 of the instrumented code with what stood
/// beside it, 100 for the blob, 48 for the owner. Now there are 2 items of 153 bytes: 100 and 53.
const CODE: [u8; 100] = [0xab; 100];
const CODE_LEN: u32 = 100;
const PRICE_BEFORE: u64 = 3 * 100 + 254;
const PRICE_AFTER: u64 = 2 * 100 + 153;

/// Numbers of a code and its owner, what was reserved for it, and what is to stay.
const CASES: [(u8, u8, u64, u64); 5] = [
    (1, 1, PRICE_BEFORE, PRICE_AFTER),
    // Two codes of one owner.
    (2, 1, PRICE_BEFORE, PRICE_AFTER),
    // Bytes cost half as much then: half of 353.
    (3, 2, PRICE_BEFORE / 2, 176),
    // Bytes cost more then: the rest comes back.
    (4, 2, 1000, PRICE_AFTER),
    // Code that is older than deposits.
    (5, 3, 0, 0),
];

fn determinism(number: u8) -> Determinism {
    if number == 4 { Determinism::Relaxed } else { Determinism::Enforced }
}

fn put_code(number: u8, owner: u8, deposit: u64) {
    let instrumented = (Compact(1_u32), Compact(2_u32), Compact(16_u32), CODE.to_vec());
    put(&by_hash("CodeStorage", &hash(number)), (instrumented, determinism(number)));
    put(&by_hash("OwnerInfoOf", &hash(number)), (account(owner), Compact(deposit), Compact(u64::from(number))));
}

fn chain() -> Chain {
    Chain::at_version(11, || {
        for (number, owner, deposit, _) in CASES {
            put_code(number, owner, deposit);
        }
        for owner in 1..=3 {
            endow(&account(owner), 1000, deposits(owner, CASES.len(), |old, _| old));
        }
    })
}

/// The deposits of an owner, seen before or after, when so many codes are counted.
fn deposits(owner: u8, codes: usize, of: impl Fn(u64, u64) -> u64) -> u64 {
    CASES.iter().take(codes).filter(|case| case.1 == owner).map(|(_, _, old, new)| of(*old, *new)).sum()
}

fn expected_entries() -> Entries {
    let entry = |(number, owner, _, deposit): (u8, u8, u64, u64)| {
        let (deposit, refcount) = (Compact(deposit), Compact(u64::from(number)));
        let value = (account(owner), deposit, refcount, determinism(number), CODE_LEN);
        (by_hash("CodeInfoOf", &hash(number)), value.encode())
    };
    CASES.into_iter().map(entry).collect()
}

#[test]
fn the_sizes_that_deposits_are_computed_from_are_those_of_the_time() {
    assert_eq!(v8::OwnerInfo::<[u8; 32], u64>::max_encoded_len(), 48);
    assert_eq!(v12::CodeInfo::<[u8; 32], u64>::max_encoded_len(), 53);
    assert_eq!((price::<OldChain>(3, 254), price::<OldChain>(2, 153)), (PRICE_BEFORE, PRICE_AFTER));
}

#[test]
fn instrumented_code_goes_and_its_part_of_the_deposit_comes_back() {
    let mut chain = chain();
    let owners = chain.block(|| entries("OwnerInfoOf"));
    let new = expected_entries();
    let weights = chain.migrate::<Migrated>(|steps_done| {
        let (infos, codes) = (entries("CodeInfoOf"), entries("CodeStorage"));
        assert_eq!(infos, new.clone().into_iter().take(steps_done).collect());
        assert_eq!(codes.len(), CASES.len().saturating_sub(steps_done));
        assert_eq!(entries("OwnerInfoOf"), owners, "they stay");
        for owner in 1..=3 {
            let given_back = deposits(owner, steps_done, |old, new| old - new);
            let reserved = deposits(owner, CASES.len(), |old, _| old) - given_back;
            assert_eq!(balance(&account(owner)), (1000 + given_back, reserved), "owner {owner}");
        }
        if let Some(case) = CASES.get(steps_done - 1) {
            assert_eq!(cursor(), Some(Some(hash(case.0)).encode()));
        }
    });
    let step = <() as WeightInfo>::v12_migration_step;
    assert_eq!(weights, [[step(CODE_LEN); 5].as_slice(), &[step(0)]].concat());
}

#[test]
fn without_prices_the_whole_deposit_comes_back() {
    assert_eq!(remainder::<OldChain, u64>(500, 0, 0), 0);
}

#[test]
fn code_without_an_instrumented_form_is_left_alone() {
    let mut chain = chain();
    chain.block(|| sp_io::storage::clear(&by_hash("CodeStorage", &hash(2))));
    let weights = chain.migrate::<Migrated>(|_| ());
    assert_eq!(weights.len(), CASES.len() + 1);
    chain.block(|| {
        assert_eq!(get(&by_hash("CodeInfoOf", &hash(2))), None);
        let mut others = expected_entries();
        others.remove(&by_hash("CodeInfoOf", &hash(2)));
        assert_eq!(entries("CodeInfoOf"), others);
        let still_reserved = PRICE_AFTER + PRICE_BEFORE;
        assert_eq!(balance(&account(1)).1, still_reserved);
    });
}

#[test]
fn nobody_pays_and_nothing_is_lost() {
    let mut chain = chain();
    let before = chain.block(Balances::total_issuance);
    chain.migrate::<Migrated>(|_| ());
    assert_eq!(chain.block(Balances::total_issuance), before);
}

#[cfg(feature = "try-runtime")]
#[test]
fn a_rehearsal_finds_code_without_an_instrumented_form_and_code_that_was_changed() {
    assert_eq!(chain().rehearse::<Migrated>(|| ()), Ok(()));
    let mut damaged = chain();
    damaged.block(|| sp_io::storage::clear(&by_hash("CodeStorage", &hash(2))));
    assert!(damaged.rehearse::<Migrated>(|| ()).is_err());
    let lost = || sp_io::storage::clear(&by_hash("CodeInfoOf", &hash(2)));
    assert!(chain().rehearse::<Migrated>(lost).is_err());
    let dearer = || {
        let value = (account(1), Compact(PRICE_BEFORE + 1), Compact(1_u64), Determinism::Enforced, CODE_LEN);
        put(&by_hash("CodeInfoOf", &hash(1)), value);
    };
    assert!(chain().rehearse::<Migrated>(dearer).is_err());
}
