//! Bringing contracts to life.

use codec::Encode;
use frame_support::{assert_err, assert_ok};
use pallet_contracts::{Error, Event};
use sp_runtime::DispatchError;
use vellum_runtime_tests::{
    chain::{
        self, ALICE, BOB, balance, call, contract_events, deployed, hash, instantiate, instantiate_stored, refcount,
        signed, uploaded,
    },
    fixture::wat,
    inputs::{answer, answer_code, code, creation},
    runtime::{AccountId, Contracts, ExistentialDeposit, InstantiateAccount, RuntimeOrigin, System, Test},
    state,
};

fn address(deployer: &AccountId, code: &[u8], input: &[u8], salt: &[u8]) -> AccountId {
    let parts = (b"contract_addr_v1", deployer, hash(code), input, salt).encode();
    sp_io::hashing::blake2_256(&parts).into()
}

#[test]
fn code_and_contract_arrive_together() {
    chain::run(|| {
        let code = wat("echo");
        System::reset_events();
        assert_ok!(Contracts::instantiate_with_code(
            signed(&ALICE),
            50,
            chain::GAS_LIMIT,
            None,
            code.clone(),
            (0u32, 1u8).encode(),
            b"salt".to_vec()
        ));
        let contract = address(&ALICE, &code, &(0u32, 1u8).encode(), b"salt");
        let info = state::contract(&contract).unwrap();
        assert_eq!(info.code_hash, hash(&code));
        assert_eq!(refcount(&hash(&code)), 1);
        assert_eq!(balance(&contract), 50 + ExistentialDeposit::get());
        // One for being a contract and one for what is held on it.
        assert_eq!(System::consumers(&contract), 2);

        let events = contract_events();
        assert!(matches!(events[0], Event::CodeStored { uploader: ALICE, .. }));
        assert_eq!(events[1], Event::Instantiated { deployer: ALICE, contract: contract.clone() });
        assert!(matches!(&events[2], Event::StorageDepositTransferredAndHeld { to, .. } if *to == contract));
        assert_eq!(events.len(), 3);
    });
}

#[test]
fn the_address_follows_from_deployer_code_input_and_salt() {
    chain::run(|| {
        let code = wat("nothing");
        let code_hash = uploaded(&code);
        let made = |from: &AccountId, input: &[u8], salt: &[u8]| {
            instantiate_stored(code_hash).from(from).bytes(input).salt(salt).address()
        };
        for (from, input, salt) in
            [(&ALICE, &b""[..], &b""[..]), (&ALICE, b"", b"salt"), (&ALICE, b"input", b""), (&BOB, b"", b"")]
        {
            let expected = address(from, &code, input, salt);
            assert_eq!(Contracts::contract_address(from, &code_hash, input, salt), expected);
            assert_eq!(made(from, input, salt), expected);
        }
        assert_eq!(refcount(&code_hash), 4);
    });
}

#[test]
fn there_is_one_contract_for_an_address() {
    chain::run(|| {
        let code_hash = uploaded(&wat("nothing"));
        instantiate_stored(code_hash).address();
        assert_eq!(instantiate_stored(code_hash).error(), Error::<Test>::DuplicateContract.into());
    });
}

#[test]
fn code_that_is_not_stored_cannot_be_instantiated() {
    chain::run(|| {
        assert_eq!(instantiate_stored(hash(b"none")).error(), Error::<Test>::CodeNotFound.into());
    });
}

#[test]
fn a_constructor_that_reverts_leaves_no_contract_but_its_output() {
    chain::run(|| {
        let code = wat("echo");
        let code_hash = uploaded(&code);
        let before = vellum_runtime_tests::runtime::state_root();
        let result = instantiate_stored(code_hash).value(50).input((1u32, 7u8)).run().result.unwrap();
        assert!(result.result.did_revert());
        assert_eq!(result.result.data, [7]);
        assert_eq!(state::contract(&result.account_id), None);
        assert_eq!(before, vellum_runtime_tests::runtime::state_root());

        let failed =
            Contracts::instantiate(signed(&ALICE), 0, chain::GAS_LIMIT, None, code_hash, 1u32.encode(), vec![]);
        assert_eq!(failed.unwrap_err().error, Error::<Test>::ContractReverted.into());
    });
}

#[test]
fn a_constructor_that_traps_leaves_nothing() {
    chain::run(|| {
        let code_hash = uploaded(&wat("deploy_traps"));
        let before = vellum_runtime_tests::runtime::state_root();
        assert_eq!(instantiate_stored(code_hash).error(), Error::<Test>::ContractTrapped.into());
        assert_eq!(before, vellum_runtime_tests::runtime::state_root());
    });
}

#[test]
fn the_instantiate_origin_decides_who_instantiates() {
    chain::run(|| {
        InstantiateAccount::set(Some(ALICE));
        let code_hash = uploaded(&wat("nothing"));
        let by = |origin: RuntimeOrigin| {
            Contracts::instantiate(origin, 0, chain::GAS_LIMIT, None, code_hash, vec![], vec![])
                .map_err(|failed| failed.error)
        };
        assert_err!(by(signed(&BOB)), DispatchError::BadOrigin);
        assert_err!(by(RuntimeOrigin::root()), DispatchError::BadOrigin);
        assert_ok!(by(signed(&ALICE)));
    });
}

#[test]
fn an_existing_account_can_become_a_contract() {
    chain::run(|| {
        let code = wat("nothing");
        let contract = address(&ALICE, &code, &[], &[]);
        chain::set_balance(&contract, 5_000);
        assert_eq!(instantiate(&code).value(10).address(), contract);
        assert_eq!(balance(&contract), 5_010 + ExistentialDeposit::get());
    });
}

#[test]
fn contracts_create_contracts() {
    chain::run(|| {
        let creator = deployed("instantiate");
        let child = wat("echo");
        let child_hash = uploaded(&child);
        let input = creation(&child_hash, 0, 30, 0, &0u32.encode());
        System::reset_events();
        let (created, bytes) = answer(call(&creator).value(30).bytes(&input).output());
        let expected = address(&creator, &child, &0u32.encode(), &0u32.encode());
        assert_eq!(created, code::SUCCESS);
        assert_eq!(bytes, <[u8; 32]>::from(expected.clone()));
        assert_eq!(balance(&expected), 30 + ExistentialDeposit::get());
        assert!(contract_events().contains(&Event::Instantiated { deployer: creator, contract: expected }));
    });
}

#[test]
fn a_contract_learns_why_it_could_not_create_another() {
    chain::run(|| {
        let creator = deployed("instantiate");
        let (echo, traps) = (uploaded(&wat("echo")), uploaded(&wat("deploy_traps")));
        let attempt = |code_hash, value, data: &[u8]| call(&creator).bytes(&creation(&code_hash, 0, value, 0, data));
        assert_eq!(answer_code(attempt(hash(b"none"), 0, b"").output()), code::CODE_NOT_FOUND);
        assert_eq!(answer_code(attempt(traps, 0, b"").output()), code::CALLEE_TRAPPED);
        assert_eq!(answer_code(attempt(echo, 0, &1u32.encode()).output()), code::CALLEE_REVERTED);
        assert_eq!(answer_code(attempt(echo, 1_000_000, b"").output()), code::TRANSFER_FAILED);
        assert_eq!(refcount(&echo), 0);
        assert_eq!(answer(attempt(echo, 0, b"").output()).0, code::SUCCESS);
        assert_eq!(attempt(echo, 0, b"").error(), Error::<Test>::DuplicateContract.into());
        assert_eq!(refcount(&echo), 1);
    });
}

#[test]
fn a_failing_constructor_undoes_what_it_created() {
    chain::run(|| {
        let child = uploaded(&wat("echo"));
        let code = wat("instantiate");
        let parent = uploaded(&code);
        // The inner one is fine, and then the outer one lacks the gas to end.
        let input = creation(&child, 0, 0, 0, &0u32.encode());
        let good = instantiate_stored(parent).bytes(&input);
        let before = vellum_runtime_tests::runtime::state_root();
        let needed = frame_support::storage::with_transaction_unchecked(|| {
            sp_runtime::TransactionOutcome::Rollback(good.clone().run().gas_required)
        });
        let short = frame_support::weights::Weight::from_parts(needed.ref_time() - 1, needed.proof_size());
        assert_eq!(good.clone().gas(short).error(), Error::<Test>::OutOfGas.into());
        assert_eq!(before, vellum_runtime_tests::runtime::state_root());
        good.address();
        assert_eq!(state::contracts().len(), 2);
    });
}

#[test]
fn root_creates_no_contracts() {
    chain::run(|| {
        let code = wat("nothing");
        let (root, gas) = (RuntimeOrigin::root, chain::GAS_LIMIT);
        let with_code = Contracts::instantiate_with_code(root(), 0, gas, None, code.clone(), vec![], vec![]);
        assert_err!(with_code.map_err(|failed| failed.error), DispatchError::BadOrigin);
        let stored = Contracts::instantiate(root(), 0, gas, None, uploaded(&code), vec![], vec![]);
        assert_err!(stored.map_err(|failed| failed.error), DispatchError::BadOrigin);
    });
}

#[test]
fn the_instantiate_origin_decides_about_new_code_as_well() {
    chain::run(|| {
        InstantiateAccount::set(Some(ALICE));
        let by = |origin: RuntimeOrigin| {
            let gas = chain::GAS_LIMIT;
            Contracts::instantiate_with_code(origin, 0, gas, None, wat("nothing"), vec![], vec![])
                .map_err(|failed| failed.error)
        };
        assert_err!(by(signed(&BOB)), DispatchError::BadOrigin);
        assert_err!(by(RuntimeOrigin::root()), DispatchError::BadOrigin);
        assert_ok!(by(signed(&ALICE)));
    });
}

#[test]
fn a_constructor_returns_something() {
    chain::run(|| {
        let created = instantiate(&wat("echo")).input((0u32, *b"done")).run().result.unwrap();
        assert!(!created.result.did_revert());
        assert_eq!(created.result.data, b"done");
        assert!(state::contract(&created.account_id).is_some());
    });
}

#[test]
fn a_contract_cannot_be_called_before_it_is_complete() {
    chain::run(|| {
        let created = instantiate(&wat("call_in_constructor")).run().result.unwrap();
        assert_eq!(answer_code(created.result.data), code::NOT_CALLABLE);
    });
}

#[test]
fn a_constructor_that_fails_in_a_contract_is_not_announced() {
    chain::run(|| {
        let creator = deployed("instantiate");
        let traps = uploaded(&wat("deploy_traps"));
        System::reset_events();
        assert_eq!(answer_code(call(&creator).bytes(&creation(&traps, 0, 0, 0, b"")).output()), code::CALLEE_TRAPPED);
        let caller = pallet_contracts::Origin::Signed(ALICE);
        assert_eq!(contract_events(), [Event::Called { caller, contract: creator }]);
    });
}

#[test]
fn who_cannot_pay_for_an_account_creates_no_contract() {
    ExistentialDeposit::set(15);
    chain::run(|| {
        let code_hash = uploaded(&wat("nothing"));
        let created = instantiate_stored(code_hash).deposit_limit(0);
        assert_eq!(created.error(), Error::<Test>::StorageDepositLimitExhausted.into());
        chain::set_balance(&BOB, 20);
        assert!(instantiate_stored(code_hash).from(&BOB).run().result.is_err());
        assert_eq!(balance(&BOB), 20);
    });
}
