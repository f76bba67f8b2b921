//! What clients ask a node for: the functions of the runtime API are these, and the answers have a fixed encoding.

use codec::Encode;
use pallet_contracts::{Code, ContractAccessError, Determinism};
use vellum_runtime_tests::{
    chain::{self, ALICE, call, deployed, hash},
    fixture::wat,
    inputs::{Storage, storage},
    runtime::Contracts,
    state,
};

#[test]
fn storage_can_be_read_by_keys_that_have_a_length() {
    chain::run(|| {
        let contract = deployed("storage");
        call(&contract).bytes(&storage(Storage::Set, b"key", b"value")).output();
        let get = |address, key: &[u8]| Contracts::get_storage(address, key.to_vec());
        assert_eq!(get(contract.clone(), b"key"), Ok(Some(b"value".to_vec())));
        assert_eq!(get(contract.clone(), b"other"), Ok(None));
        assert_eq!(get(ALICE, b"key"), Err(ContractAccessError::DoesntExist));
        assert_eq!(get(contract, &[0; 129]), Err(ContractAccessError::KeyDecodingFailed));
    });
}

#[test]
fn the_code_hash_of_a_contract_can_be_asked_for() {
    chain::run(|| {
        let contract = deployed("storage");
        assert_eq!(Contracts::code_hash(&contract), Some(hash(&wat("storage"))));
        assert_eq!(Contracts::code_hash(&ALICE), None);
    });
}

#[test]
fn an_upload_says_what_was_held_for_it() {
    chain::run(|| {
        let code = wat("nothing");
        let uploaded = Contracts::bare_upload_code(ALICE, code.clone(), None, Determinism::Enforced).unwrap();
        assert_eq!(uploaded.code_hash, hash(&code));
        assert_eq!(uploaded.deposit, state::code(&hash(&code)).unwrap().deposit);
    });
}

/// Clients decode by position: the fields and variants of the answers are where they have always been.
#[test]
fn answers_have_the_encoding_that_clients_know() {
    chain::run(|| {
        let echo = deployed("echo");
        let result = call(&echo).input((1u32, *b"no")).run();
        let expected = [
            result.gas_consumed.encode(),
            result.gas_required.encode(),
            // Charge(0)
            [&[1u8][..], &0u128.encode()].concat(),
            // No debug message; Ok with flags and data; no events.
            vec![0],
            [&[0u8][..], &1u32.encode(), &b"no".to_vec().encode()].concat(),
            vec![0],
        ];
        assert_eq!(result.encode(), expected.concat());

        let created = chain::instantiate(&wat("echo")).salt(b"2").input((0u32, 7u8)).run();
        let address = created.result.clone().unwrap().account_id;
        let tail = [vec![0], [&[0u8][..], &0u32.encode(), &vec![7u8].encode(), &address.encode()].concat(), vec![0]];
        assert!(created.encode().ends_with(&tail.concat()));
    });
    assert_eq!(Code::<sp_core::H256>::Upload(vec![1]).encode(), [0, 4, 1]);
    assert_eq!(Code::Existing(sp_core::H256::zero()).encode()[..2], [1, 0]);
    assert_eq!(Determinism::Relaxed.encode(), [1]);
}
