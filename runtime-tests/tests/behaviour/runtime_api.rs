//! What clients ask a node for: the functions of the runtime API are these, and the answers have a fixed encoding.

use codec::Encode;
use frame_support::weights::Weight;
use pallet_contracts::{Code, ContractAccessError, Determinism, Error, StorageDeposit};
use vellum_runtime_tests::{
    chain::{self, ALICE, call, deployed, hash},
    fixture::wat,
    inputs::{Storage, storage},
    runtime::{Contracts, Test},
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

#[test]
fn a_simulation_that_fails_says_what_was_held_for_its_code() {
    chain::run(|| {
        let code = wat("deploy_traps");
        let failed = chain::instantiate(&code).run();
        assert_eq!(failed.result, Err(Error::<Test>::ContractTrapped.into()));
        let deposit = state::code(&hash(&code)).unwrap().deposit;
        assert_eq!(failed.storage_deposit, StorageDeposit::Charge(deposit));
        assert!(failed.gas_consumed.ref_time() > 0);

        // The code is there by now.
        let again = chain::instantiate(&code).run();
        assert_eq!(again.result, Err(Error::<Test>::ContractTrapped.into()));
        assert_eq!(again.storage_deposit, StorageDeposit::Charge(0));

        let reverted = chain::instantiate(&wat("echo")).input(1u32).run();
        assert!(reverted.result.unwrap().result.did_revert());
        let deposit = state::code(&hash(&wat("echo"))).unwrap().deposit;
        assert_eq!(reverted.storage_deposit, StorageDeposit::Charge(deposit));
    });
}

#[test]
fn code_that_is_refused_costs_a_simulation_nothing() {
    chain::run(|| {
        let refused = chain::instantiate(&wat("refused/float")).run();
        assert_eq!(refused.result, Err(Error::<Test>::CodeRejected.into()));
        assert_eq!((refused.gas_consumed, refused.gas_required), (Weight::zero(), Weight::zero()));
        assert_eq!(refused.storage_deposit, StorageDeposit::Charge(0));
        let unknown = chain::instantiate_stored(hash(b"unknown")).run();
        assert_eq!(unknown.result, Err(Error::<Test>::CodeNotFound.into()));
        assert_eq!(unknown.storage_deposit, StorageDeposit::Charge(0));
    });
}

#[test]
fn a_call_that_fails_charges_no_deposit() {
    chain::run(|| {
        let store = deployed("storage");
        let set = storage(Storage::Set, b"key", &[1; 100]);
        let failed = call(&store).deposit_limit(10).bytes(&set).run();
        assert_eq!(failed.result, Err(Error::<Test>::StorageDepositLimitExhausted.into()));
        assert_eq!(failed.storage_deposit, StorageDeposit::Charge(0));
        let reverted = call(&deployed("echo")).value(10).input(1u32).run();
        assert!(reverted.result.unwrap().did_revert());
        assert_eq!(reverted.storage_deposit, StorageDeposit::Charge(0));
    });
}
