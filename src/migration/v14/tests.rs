use super::*;
use crate::{
    Determinism,
    migration::tests::chain::{
        Balances, Chain, OldChain, account, balance, by_hash, cursor, endow, entries, hash, held, put,
    },
};
use codec::Compact;

type Migrated = Migration<OldChain, Balances>;

/// Numbers of a code and its owner, and the deposit for it.
const CODES: [(u8, u8, u64); 4] = [(1, 1, 353), (2, 2, 500), (3, 1, 47), (4, 3, 0)];

fn chain() -> Chain {
    Chain::at_version(13, || {
        for (number, owner, deposit) in CODES {
            let info = (account(owner), Compact(deposit), Compact(1_u64), Determinism::Enforced, 100_u32);
            put(&by_hash("CodeInfoOf", &hash(number)), info);
        }
        // Something else has reserved balance of the first owner as well.
        endow(&account(1), 1000, 353 + 47 + 60);
        endow(&account(2), 1000, 500);
        endow(&account(3), 1000, 0);
    })
}

fn held_for_code(owner: u8) -> u64 {
    held(&account(owner), HoldReason::CodeUploadDepositReserve)
}

#[test]
fn the_deposit_for_one_code_after_the_other_is_on_hold() {
    let mut chain = chain();
    let infos = chain.block(|| entries("CodeInfoOf"));
    let balances = chain.block(|| [1, 2, 3].map(|owner| balance(&account(owner))));
    let weights = chain.migrate::<Migrated>(|steps_done| {
        assert_eq!(entries("CodeInfoOf"), infos);
        for owner in 1..=3_u8 {
            let deposits = CODES.iter().take(steps_done).filter(|code| code.1 == owner).map(|code| code.2);
            assert_eq!(held_for_code(owner), deposits.sum::<u64>(), "owner {owner}");
            assert_eq!(balance(&account(owner)), balances[usize::from(owner) - 1], "what is held is reserved");
        }
        if let Some(code) = CODES.get(steps_done - 1) {
            assert_eq!(cursor(), Some(Some(hash(code.0)).encode()));
        }
    });
    assert_eq!(weights, vec![<() as WeightInfo>::v14_migration_step(); 5]);
}

#[test]
fn what_was_not_reserved_is_not_held() {
    let mut chain = chain();
    chain.block(|| assert_eq!(Balances::unreserve(&account(2), 200), 0));
    chain.migrate::<Migrated>(|_| ());
    chain.block(|| {
        assert_eq!(held_for_code(2), 300);
        assert_eq!(balance(&account(2)), (1200, 300));
    });
}

#[test]
fn an_owner_who_has_nothing_else_keeps_the_deposit() {
    let mut chain = chain();
    // An account as they were when reserved balance kept them alive.
    chain.block(|| frame_system::Account::<OldChain>::mutate(account(2), |info| info.data.free = 0));
    chain.migrate::<Migrated>(|_| ());
    chain.block(|| {
        assert_eq!(held_for_code(2), 500);
        assert_eq!(balance(&account(2)), (0, 500));
    });
}

#[cfg(feature = "try-runtime")]
#[test]
fn a_rehearsal_finds_deposits_that_are_not_held() {
    assert_eq!(chain().rehearse::<Migrated>(|| ()), Ok(()));
    let mut poor = chain();
    poor.block(|| assert_eq!(Balances::unreserve(&account(2), 200), 0));
    assert!(poor.rehearse::<Migrated>(|| ()).is_err());
    let richer = || endow(&account(1), 2000, 0);
    assert!(chain().rehearse::<Migrated>(richer).is_err());
}
