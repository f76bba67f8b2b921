//! What a contract remembers.

use pallet_contracts::Error;
use vellum_runtime_tests::{
    chain::{self, call, deployed, instantiate},
    fixture::wat,
    inputs::{NONE, Storage, answer, answer_code, code, storage},
    runtime::{AccountId, Test},
    state,
};

fn act(contract: &AccountId, operation: Storage, key: &[u8], value: &[u8]) -> (u32, Vec<u8>) {
    answer(call(contract).bytes(&storage(operation, key, value)).output())
}

#[test]
fn values_are_kept_changed_and_removed() {
    chain::run(|| {
        let contract = deployed("storage");
        assert_eq!(act(&contract, Storage::Get, b"key", b""), (code::KEY_NOT_FOUND, vec![]));
        assert_eq!(act(&contract, Storage::Contains, b"key", b""), (NONE, vec![]));
        assert_eq!(act(&contract, Storage::Set, b"key", b"value"), (NONE, vec![]));
        assert_eq!(act(&contract, Storage::Get, b"key", b""), (code::SUCCESS, b"value".to_vec()));
        assert_eq!(act(&contract, Storage::Contains, b"key", b""), (5, vec![]));
        assert_eq!(act(&contract, Storage::Set, b"key", b"another"), (5, vec![]));
        assert_eq!(act(&contract, Storage::Clear, b"key", b""), (7, vec![]));
        assert_eq!(act(&contract, Storage::Clear, b"key", b""), (NONE, vec![]));
        assert_eq!(act(&contract, Storage::Set, b"key", b"last"), (NONE, vec![]));
        assert_eq!(act(&contract, Storage::Take, b"key", b""), (code::SUCCESS, b"last".to_vec()));
        assert_eq!(act(&contract, Storage::Take, b"key", b""), (code::KEY_NOT_FOUND, vec![]));
    });
}

#[test]
fn an_empty_value_is_a_value() {
    chain::run(|| {
        let contract = deployed("storage");
        assert_eq!(act(&contract, Storage::Set, b"key", b""), (NONE, vec![]));
        assert_eq!(act(&contract, Storage::Contains, b"key", b""), (0, vec![]));
        assert_eq!(act(&contract, Storage::Get, b"key", b""), (code::SUCCESS, vec![]));
        assert_eq!(state::contract(&contract).unwrap().storage_items, 1);
    });
}

#[test]
fn contracts_do_not_see_each_others_values() {
    chain::run(|| {
        let first = deployed("storage");
        let second = instantiate(&wat("storage")).salt(b"2").address();
        act(&first, Storage::Set, b"key", b"value");
        assert_eq!(act(&second, Storage::Get, b"key", b"").0, code::KEY_NOT_FOUND);
    });
}

#[test]
fn a_constructor_may_store() {
    chain::run(|| {
        let input = storage(Storage::Set, b"key", b"value");
        let contract = instantiate(&wat("storage")).bytes(&input).address();
        assert_eq!(act(&contract, Storage::Get, b"key", b""), (code::SUCCESS, b"value".to_vec()));
        let info = state::contract(&contract).unwrap();
        assert_eq!((info.storage_bytes, info.storage_items), (5, 1));
    });
}

#[test]
fn keys_lie_in_the_child_trie_where_clients_look_for_them() {
    chain::run(|| {
        let variable = deployed("storage");
        act(&variable, Storage::Set, b"key", b"value");
        let values = state::contract(&variable).unwrap().values();
        assert_eq!(values.into_iter().collect::<Vec<_>>(), [(state::variable_key(b"key"), b"value".to_vec())]);

        let fixed = deployed("storage_fixed");
        let key = [5; 32];
        let set = [&[0][..], &key, b"value"].concat();
        assert_eq!(answer_code(call(&fixed).bytes(&set).output()), 0);
        let values = state::contract(&fixed).unwrap().values();
        assert_eq!(values.into_iter().collect::<Vec<_>>(), [(state::fixed_key(&key), b"value".to_vec())]);
    });
}

#[test]
fn the_first_versions_of_the_functions_work() {
    chain::run(|| {
        let contract = deployed("storage_fixed");
        let act = |operation: u8, value: &[u8]| {
            answer(call(&contract).bytes(&[&[operation][..], &[5; 32], value].concat()).output())
        };
        assert_eq!(act(1, b"").0, code::KEY_NOT_FOUND);
        assert_eq!(act(2, b"").0, NONE);
        act(0, b"value");
        assert_eq!(act(1, b""), (code::SUCCESS, b"value".to_vec()));
        assert_eq!(act(2, b"").0, 5);
        act(3, b"");
        assert_eq!(act(1, b"").0, code::KEY_NOT_FOUND);
    });
}

#[test]
fn keys_and_values_have_limits() {
    chain::run(|| {
        let contract = deployed("storage");
        let set = |key_len: usize, value_len: usize| {
            call(&contract).bytes(&storage(Storage::Set, &vec![1; key_len], &vec![2; value_len]))
        };
        let payload = pallet_contracts::Schedule::<Test>::default().limits.payload_len as usize;
        set(128, payload).output();
        assert_eq!(set(129, 1).error(), Error::<Test>::DecodingFailed.into());
        assert_eq!(set(1, payload + 1).error(), Error::<Test>::ValueTooLarge.into());
    });
}

#[test]
fn a_key_that_begins_like_another_is_another() {
    chain::run(|| {
        let contract = deployed("storage");
        act(&contract, Storage::Set, b"key", b"value");
        for other in [&b"ke"[..], b"key\0"] {
            assert_eq!(act(&contract, Storage::Get, other, b"").0, code::KEY_NOT_FOUND);
            assert_eq!(act(&contract, Storage::Contains, other, b"").0, NONE);
            assert_eq!(act(&contract, Storage::Clear, other, b"").0, NONE);
            assert_eq!(act(&contract, Storage::Take, other, b"").0, code::KEY_NOT_FOUND);
        }
        assert_eq!(act(&contract, Storage::Get, b"key", b""), (code::SUCCESS, b"value".to_vec()));
    });
}
