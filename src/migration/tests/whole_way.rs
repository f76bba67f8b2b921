//! A chain with contracts that run, taken from version 8 to the current one.

use super::chain::*;
use crate::{
    Code, CollectEvents, ContractInfoOf, DebugInfo, Determinism, Error, ExecReturnValue, HoldReason,
    migration::{Migration, v09, v10, v11, v12, v13, v14, v15, v16},
    tests::{GAS_LIMIT, contract},
};
use codec::Compact;
use frame_support::{
    assert_err, assert_ok,
    traits::{Currency, Hooks},
    weights::Weight,
};
use sp_core::{H256, storage::ChildInfo};
use sp_io::hashing::{blake2_128, blake2_256};
use sp_runtime::{AccountId32, DispatchError};

/// Returns what is stored under a key of three zeros.
fn reader() -> Vec<u8> {
    contract(
        r#"
        (import "seal1" "get_storage" (func $get (param i32 i32 i32 i32) (result i32)))
        (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
        (import "env" "memory" (memory 1 1))
        (func (export "call")
            (i32.store (i32.const 100) (i32.const 64))
            (drop (call $get (i32.const 0) (i32.const 3) (i32.const 200) (i32.const 100)))
            (call $return (i32.const 0) (i32.const 200) (i32.load (i32.const 100))))"#,
    )
}

/// Terminates in favour of account 9.
fn terminator() -> Vec<u8> {
    contract(
        r#"
        (import "seal1" "terminate" (func $terminate (param i32)))
        (import "env" "memory" (memory 1 1))
        (data (i32.const 0) "\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09\09")
        (func (export "call") (call $terminate (i32.const 0)))"#,
    )
}

const READER: u8 = 11;
const POOR_READER: u8 = 12;
const TERMINATOR: u8 = 13;
const CONTRACTS: [u8; 3] = [READER, POOR_READER, TERMINATOR];
/// Nobody who calls has anything to do with the code.
const CALLER: u8 = 1;
const OWNER: u8 = 2;
const ENDOWMENT: u64 = 100_000;
const CODE_DEPOSIT: u64 = 2000;
/// Bytes, items, and the contract itself.
const CONTRACT_DEPOSITS: (u64, u64, u64) = (40, 100, 160);
const CONTRACT_DEPOSIT: u64 = 300;
const VALUE: [u8; 4] = *b"kept";

fn trie_id(number: u8) -> Vec<u8> {
    vec![number; 32]
}

/// A terminated contract's data, and that of the others, which only the reader finds.
fn put_data() {
    let put = |trie: u8, key: &[u8]| {
        let key = [&blake2_128(key), key].concat();
        frame_support::storage::child::put_raw(&ChildInfo::new_default(&trie_id(trie)), &key, &VALUE);
    };
    put(READER, &[0; 3]);
    put(POOR_READER, b"elsewhere");
    put(TERMINATOR, b"elsewhere");
    put(99, b"left");
    put(99, b"over");
}

/// Code as it was stored. Its instrumented form does not run here, so any will do that is a bit longer.
fn put_code(code: &[u8], refcount: u64) {
    let code_hash = H256(blake2_256(code));
    let instrumented = [code, &[0; 30]].concat();
    put(&by_hash("PristineCode", &code_hash), code);
    put(&by_hash("CodeStorage", &code_hash), (Compact(4_u32), Compact(1_u32), Compact(1_u32), instrumented));
    put(&by_hash("OwnerInfoOf", &code_hash), (account(OWNER), Compact(CODE_DEPOSIT), Compact(refcount)));
}

fn put_contract(number: u8, code: &[u8], free: u64) {
    let (bytes, items, base) = CONTRACT_DEPOSITS;
    endow(&account(number), free, CONTRACT_DEPOSIT);
    let record: Record = (H256(blake2_256(code)), 4, 1, bytes, items, base);
    put(&by_account("ContractInfoOf", &account(number)), (trie_id(number), record));
}

fn version_8() {
    endow(&account(CALLER), ENDOWMENT, 0);
    endow(&account(OWNER), ENDOWMENT, 2 * CODE_DEPOSIT);
    put_code(&reader(), 2);
    put_code(&terminator(), 1);
    put_contract(READER, &reader(), 1000);
    put_contract(POOR_READER, &reader(), EXISTENTIAL_DEPOSIT);
    put_contract(TERMINATOR, &terminator(), 1000);
    put_data();
    put(&item("DeletionQueue"), vec![trie_id(99)]);
    put(&item("Nonce"), 4_u64);
}

fn call(contract: u8) -> Result<ExecReturnValue, DispatchError> {
    let (caller, dest) = (account(CALLER), account(contract));
    let (debug, events) = (DebugInfo::Skip, CollectEvents::Skip);
    Contracts::bare_call(caller, dest, 0, GAS_LIMIT, None, vec![], debug, events, Determinism::Enforced).result
}

/// Takes a chain all the way, one step in a block. Between any two steps nothing but `migrate` can be called,
/// and no balance is lost.
fn migrate_all(chain: &mut Chain) -> usize {
    let issuance = chain.block(<Balances as Currency<AccountId32>>::total_issuance);
    let mut steps = 0;
    let mut check = |_| {
        steps += 1;
        assert_eq!(<Balances as Currency<AccountId32>>::total_issuance(), issuance);
        if cursor().is_some() {
            let waits = DispatchError::from(Error::<OldChain>::MigrationInProgress);
            assert_eq!(call(READER), Err(waits));
        }
    };
    chain.migrate::<v09::Migration<OldChain>>(&mut check);
    chain.migrate::<v10::Migration<OldChain, Balances>>(&mut check);
    chain.migrate::<v11::Migration<OldChain>>(&mut check);
    chain.migrate::<v12::Migration<OldChain, Balances>>(&mut check);
    chain.migrate::<v13::Migration<OldChain>>(&mut check);
    chain.migrate::<v14::Migration<OldChain, Balances>>(&mut check);
    chain.migrate::<v15::Migration<OldChain>>(&mut check);
    chain.migrate::<v16::Migration<OldChain>>(&mut check);
    steps
}

fn migrated_chain() -> Chain {
    let mut chain = Chain::at_version(8, version_8);
    migrate_all(&mut chain);
    chain
}

#[test]
fn it_takes_a_step_for_each_entry_and_one_to_see_that_there_are_no_more() {
    let (codes, contracts, walks) = (2, CONTRACTS.len(), 7);
    let steps = migrate_all(&mut Chain::at_version(8, version_8));
    assert_eq!(steps, 3 * codes + 4 * contracts + walks + 1);
}

#[test]
fn the_state_is_sound_and_contracts_answer() {
    let mut chain = migrated_chain();
    chain.block(|| {
        assert_eq!(cursor(), None);
        assert_eq!(crate::try_state::check::<OldChain>(), Ok(()));
        assert_eq!(call(READER).expect("it runs").data, VALUE);
        assert_eq!(call(POOR_READER).expect("it runs").data.len(), 64, "it has stored nothing");
        assert_eq!(Contracts::get_storage(account(READER), vec![0; 3]), Ok(Some(VALUE.to_vec())));
    });
}

#[test]
fn turns_of_any_length_lead_to_the_same_state() {
    let mut expected = migrated_chain();
    let state = |chain: &mut Chain| {
        chain.block(|| ["CodeInfoOf", "ContractInfoOf", "DeletionQueue", "PristineCode"].map(entries))
    };
    let expected = state(&mut expected);
    for blocks_weight in [Weight::from_parts(20_000_000_000, 500_000), Weight::MAX] {
        let mut chain = Chain::at_version(8, version_8);
        while chain.block(Migration::<OldChain>::in_progress) {
            // The deletion queue waits for a later block.
            let mut meter = frame_support::weights::WeightMeter::with_limit(blocks_weight);
            chain.block(|| Migration::<OldChain>::migrate(&mut meter));
        }
        assert!(state(&mut chain) == expected);
    }
}

#[test]
fn deposits_are_on_hold() {
    let mut chain = migrated_chain();
    chain.block(|| {
        for number in CONTRACTS {
            let info = ContractInfoOf::<OldChain>::get(account(number)).expect("it was migrated");
            let on_hold = held(&account(number), HoldReason::StorageDepositReserve);
            // The deposit account had an existential deposit of its own, which is no part of the record any
            // more; another one stayed with the contract.
            assert_eq!(on_hold, CONTRACT_DEPOSIT - EXISTENTIAL_DEPOSIT);
            assert_eq!(info.total_deposit(), on_hold - EXISTENTIAL_DEPOSIT);
        }
        let recorded: u64 = crate::CodeInfoOf::<OldChain>::iter_values().map(|info| info.deposit()).sum();
        assert_eq!(held(&account(OWNER), HoldReason::CodeUploadDepositReserve), recorded);
        let (free, reserved) = balance(&account(OWNER));
        assert_eq!((free + reserved, reserved), (ENDOWMENT + 2 * CODE_DEPOSIT, recorded));
    });
}

#[test]
fn a_contract_can_end_and_its_code_can_be_removed() {
    let mut chain = migrated_chain();
    chain.block(|| {
        let remove = |code: &[u8]| {
            let origin = RuntimeOrigin::signed(account(OWNER));
            Contracts::remove_code(origin, H256(blake2_256(code))).map_err(|error| error.error)
        };
        assert_err!(remove(&reader()), DispatchError::from(Error::<OldChain>::CodeInUse));
        let held_before = held(&account(TERMINATOR), HoldReason::StorageDepositReserve);
        let info = ContractInfoOf::<OldChain>::get(account(TERMINATOR)).expect("it was migrated");
        let (free, _) = balance(&account(TERMINATOR));
        assert_ok!(call(TERMINATOR));
        assert!(!System::account_exists(&account(TERMINATOR)), "nothing is left there");
        // Who ends it gets the recorded deposit, and the beneficiary whatever else there is.
        assert_eq!(balance(&account(CALLER)), (ENDOWMENT + info.total_deposit(), 0));
        assert_eq!(balance(&account(9)), (free + held_before - info.total_deposit(), 0));
        assert_ok!(remove(&terminator()));
        let recorded: u64 = crate::CodeInfoOf::<OldChain>::iter_values().map(|info| info.deposit()).sum();
        let (free, reserved) = balance(&account(OWNER));
        assert_eq!((free + reserved, reserved), (ENDOWMENT + 2 * CODE_DEPOSIT, recorded));
        assert_eq!(crate::try_state::check::<OldChain>(), Ok(()));
    });
}

#[test]
fn new_contracts_can_be_made_of_old_code() {
    let mut chain = migrated_chain();
    chain.block(|| {
        let code = Code::Existing(H256(blake2_256(&reader())));
        let (debug, events) = (DebugInfo::Skip, CollectEvents::Skip);
        let made =
            Contracts::bare_instantiate(account(CALLER), 0, GAS_LIMIT, None, code, vec![], vec![], debug, events);
        assert_ok!(made.result);
        assert_eq!(crate::try_state::check::<OldChain>(), Ok(()));
    });
}

#[test]
fn data_that_was_to_be_deleted_is_deleted_when_the_migration_is_done() {
    let mut chain = Chain::at_version(8, version_8);
    let left = |chain: &mut Chain| chain.block(|| sp_io::default_child_storage::next_key(&trie_id(99), &[])).is_some();
    chain.migrate::<v09::Migration<OldChain>>(|_| ());
    assert!(left(&mut chain));
    chain.block(|| Contracts::on_idle(1, Weight::MAX));
    assert!(!left(&mut chain));
    assert_eq!(chain.block(|| entries("DeletionQueue")), Entries::new());
    assert_eq!(chain.block(|| call(READER)).expect("it runs").data, VALUE, "others keep theirs");
}

#[cfg(feature = "try-runtime")]
#[test]
fn an_upgrade_is_rehearsed_with_all_checks_at_once() {
    use frame_support::traits::OnRuntimeUpgrade;
    let mut chain = Chain::at_version(8, || {
        version_8();
        let state = Migration::<OldChain>::pre_upgrade().expect("the list begins at version 9");
        Migration::<OldChain>::on_runtime_upgrade();
        assert_eq!(cursor(), None);
        assert_eq!(Migration::<OldChain>::post_upgrade(state), Ok(()));
    });
    assert_eq!(chain.version(), crate::STORAGE_VERSION);
}
