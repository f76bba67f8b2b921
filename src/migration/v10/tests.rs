use super::*;
use crate::migration::tests::chain::{
    Balances, Chain, Entries, OldChain, Record, account, balance, by_account, cursor, endow, entries, hash, migrated,
    put,
};
use sp_runtime::AccountId32;

type Migrated = Migration<OldChain, Balances>;

/// A contract before and after.
struct Case {
    account: u8,
    /// Free and reserved.
    balance: (u64, u64),
    record: Record,
    new_balance: (u64, u64),
    /// What the deposit account gets.
    deposit: u64,
    new_record: Record,
}

const CASES: fn() -> [Case; 6] = || {
    let record = |bytes, items, base| (hash(1), 40, 2, bytes, items, base);
    let recorded = record(30, 50, 100);
    [
        // The existential deposit stays with the contract, and bytes and items bear 75 of 80.
        Case {
            account: 1,
            balance: (1000, 180),
            record: recorded,
            new_balance: (1005, 0),
            deposit: 175,
            new_record: record(29, 47, 99),
        },
        // A contract that has nothing to spare.
        Case {
            account: 2,
            balance: (5, 180),
            record: recorded,
            new_balance: (10, 0),
            deposit: 175,
            new_record: record(29, 47, 99),
        },
        // Less is reserved than was recorded: the base comes first.
        Case {
            account: 3,
            balance: (5, 100),
            record: recorded,
            new_balance: (5, 0),
            deposit: 100,
            new_record: record(0, 0, 100),
        },
        // A contract from a time without deposits.
        Case {
            account: 4,
            balance: (70, 0),
            record: record(0, 0, 0),
            new_balance: (70, 0),
            deposit: 0,
            new_record: record(0, 0, 0),
        },
        // What is left is less than an account can have, so it is made up for.
        Case {
            account: 5,
            balance: (70, 8),
            record: record(0, 5, 3),
            new_balance: (78, 0),
            deposit: 5,
            new_record: record(0, 0, 5),
        },
        // The base rises to what two accounts need.
        Case {
            account: 6,
            balance: (70, 45),
            record: record(20, 20, 5),
            new_balance: (75, 0),
            deposit: 40,
            new_record: record(15, 15, 10),
        },
    ]
};

/// 128 bytes at most, and each contract's are its own.
fn trie_id(number: u8) -> Vec<u8> {
    vec![number; 32]
}

fn chain() -> Chain {
    Chain::at_version(9, || {
        for Case { account: number, balance: (free, reserved), record, .. } in CASES() {
            endow(&account(number), free, reserved);
            put(&by_account("ContractInfoOf", &account(number)), (trie_id(number), record));
        }
    })
}

fn expected_deposit_account(contract: &AccountId32) -> AccountId32 {
    sp_io::hashing::blake2_256(&[b"contract_depo_v1".as_slice(), contract.as_ref()].concat()).into()
}

fn expected_entries() -> Entries {
    let entry = |case: Case| {
        let contract = account(case.account);
        let value = (trie_id(case.account), expected_deposit_account(&contract), case.new_record);
        (by_account("ContractInfoOf", &contract), value.encode())
    };
    CASES().into_iter().map(entry).collect()
}

#[test]
fn deposits_move_from_one_contract_after_the_other() {
    let mut chain = chain();
    let old = chain.block(|| entries("ContractInfoOf"));
    let new = expected_entries();
    let weights = chain.migrate::<Migrated>(|steps_done| {
        assert_eq!(entries("ContractInfoOf"), migrated(&old, &new, steps_done));
        for case in CASES() {
            let contract = account(case.account);
            let key = by_account("ContractInfoOf", &contract);
            let is_done = new.keys().take(steps_done).any(|done| *done == key);
            let (expected, deposit) = if is_done { (case.new_balance, case.deposit) } else { (case.balance, 0) };
            assert_eq!(balance(&contract), expected, "contract {}", case.account);
            assert_eq!(balance(&expected_deposit_account(&contract)), (deposit, 0), "contract {}", case.account);
            if new.keys().nth(steps_done - 1) == Some(&key) {
                assert_eq!(cursor(), Some(Some(contract).encode()));
            }
        }
    });
    assert_eq!(weights, vec![<() as WeightInfo>::v10_migration_step(); 7]);
}

#[test]
fn a_recorded_deposit_is_what_the_deposit_account_has() {
    let mut chain = chain();
    chain.migrate::<Migrated>(|_| ());
    for case in CASES() {
        let (_, _, _, bytes, items, base) = case.new_record;
        assert_eq!(bytes + items + base, case.deposit, "contract {}", case.account);
    }
    let total = |case: &Case| case.new_balance.0 + case.deposit;
    let issuance = chain.block(<Balances as Currency<_>>::total_issuance);
    assert_eq!(issuance, CASES().iter().map(total).sum::<u64>());
}

#[cfg(feature = "try-runtime")]
#[test]
fn a_rehearsal_finds_a_deposit_that_went_elsewhere() {
    use frame_support::traits::fungible::Mutate;
    assert_eq!(chain().rehearse::<Migrated>(|| ()), Ok(()));
    let elsewhere = || {
        Balances::set_balance(&expected_deposit_account(&account(1)), 20);
    };
    assert!(chain().rehearse::<Migrated>(elsewhere).is_err());
}
