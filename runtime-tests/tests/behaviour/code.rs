//! Uploading, removing and exchanging code.

use codec::Encode;
use frame_support::{assert_err, assert_noop, assert_ok, dispatch::Pays};
use pallet_contracts::{Determinism, Error, Event, HoldReason, StorageDeposit};
use sp_runtime::{DispatchError, Perbill, traits::Dispatchable};
use vellum_runtime_tests::{
    chain::{
        self, ALICE, BOB, ENDOWMENT, balance, call, deployed, hash, held, instantiate, instantiate_stored, refcount,
        signed, upload, uploaded,
    },
    fixture::{self, wat},
    inputs::creation,
    runtime::{
        ChainExtensionEnabled, CodeHashLockupDepositPercent, Contracts, DepositPerByte, DepositPerItem,
        ExistentialDeposit, RuntimeCall, RuntimeOrigin, Test, UploadAccount,
    },
    state,
};

fn deposit_of(code: &[u8]) -> u128 {
    state::code_deposit(code.len(), DepositPerByte::get(), DepositPerItem::get())
}

#[test]
fn an_upload_stores_the_code_and_holds_a_deposit() {
    chain::run(|| {
        let code = wat("nothing");
        let code_hash = hash(&code);
        assert_ok!(Contracts::upload_code(
            signed(&ALICE),
            code.clone(),
            Some(deposit_of(&code).into()),
            Determinism::Enforced
        ));
        assert_eq!(state::pristine_code(&code_hash), Some(code.clone()));
        let info = state::code(&code_hash).unwrap();
        assert_eq!(info.owner, ALICE);
        assert_eq!(info.deposit, deposit_of(&code));
        assert_eq!(info.refcount, 0);
        assert_eq!(info.determinism, 0);
        assert_eq!(info.code_len as usize, code.len());
        assert_eq!(held(HoldReason::CodeUploadDepositReserve, &ALICE), deposit_of(&code));
        assert_eq!(balance(&ALICE), ENDOWMENT - deposit_of(&code));
        assert_eq!(
            chain::contract_events(),
            [Event::CodeStored { code_hash, deposit_held: deposit_of(&code), uploader: ALICE }]
        );
    });
}

#[test]
fn uploading_what_is_there_changes_nothing() {
    chain::run(|| {
        let code = wat("nothing");
        uploaded(&code);
        let before = balance(&BOB);
        let events = chain::contract_events().len();
        assert_ok!(Contracts::upload_code(signed(&BOB), code.clone(), None, Determinism::Enforced));
        assert_eq!(balance(&BOB), before);
        assert_eq!(chain::contract_events().len(), events);
        assert_eq!(state::code(&hash(&code)).unwrap().owner, ALICE);
    });
}

#[test]
fn an_upload_needs_its_deposit_within_limit_and_balance() {
    chain::run(|| {
        let code = wat("nothing");
        let limit = deposit_of(&code) - 1;
        assert_noop!(
            Contracts::upload_code(signed(&ALICE), code.clone(), Some(limit.into()), Determinism::Enforced),
            Error::<Test>::StorageDepositLimitExhausted
        );
        chain::set_balance(&BOB, 100);
        assert_noop!(
            Contracts::upload_code(signed(&BOB), code, None, Determinism::Enforced),
            Error::<Test>::StorageDepositNotEnoughFunds
        );
    });
}

#[test]
fn the_upload_origin_decides_who_uploads() {
    chain::run(|| {
        UploadAccount::set(Some(ALICE));
        let code = wat("nothing");
        assert_noop!(
            Contracts::upload_code(signed(&BOB), code.clone(), None, Determinism::Enforced),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Contracts::upload_code(RuntimeOrigin::root(), code.clone(), None, Determinism::Enforced),
            DispatchError::BadOrigin
        );
        assert_ok!(Contracts::upload_code(signed(&ALICE), code, None, Determinism::Enforced));
    });
}

#[test]
fn a_code_that_is_too_long_is_refused() {
    chain::run(|| {
        let limit = <<Test as pallet_contracts::Config>::MaxCodeLen as sp_core::Get<u32>>::get();
        assert_eq!(upload(&vec![0; limit as usize + 1]), Err(Error::<Test>::CodeTooLarge.into()));
    });
}

#[test]
fn what_is_no_contract_is_refused_and_leaves_no_trace() {
    let names = fixture::wat_names("refused");
    assert!(names.len() > 20);
    for name in names {
        chain::run(|| {
            let code = wat(&name);
            for determinism in [Determinism::Enforced, Determinism::Relaxed] {
                if name.starts_with("refused/float") && determinism == Determinism::Relaxed {
                    continue;
                }
                let before = vellum_runtime_tests::runtime::state_root();
                let answer = Contracts::bare_upload_code(ALICE, code.clone(), None, determinism);
                assert_eq!(answer.err(), Some(Error::<Test>::CodeRejected.into()), "{name}");
                assert_eq!(before, vellum_runtime_tests::runtime::state_root(), "{name}");
            }
            assert_eq!(instantiate(&code).error(), Error::<Test>::CodeRejected.into(), "{name}");
        });
    }
}

#[test]
fn a_chain_extension_may_be_imported_where_there_is_one() {
    chain::run(|| {
        ChainExtensionEnabled::set(true);
        assert_ok!(upload(&wat("refused/chain_extension")));
        let contract = deployed("extension");
        assert_eq!(call(&contract).output(), 7u32.to_le_bytes());
    });
}

#[test]
fn every_contract_of_the_project_is_accepted() {
    chain::run(|| {
        for contract in ["flipper", "erc20", "caller"] {
            assert_ok!(upload(&fixture::ink(contract)));
        }
        for name in fixture::wat_names(".") {
            if name != "./extension" {
                assert_ok!(upload(&wat(&name)));
            }
        }
    });
}

#[test]
fn the_owner_removes_unused_code_and_gets_the_deposit_back() {
    chain::run(|| {
        let code = wat("nothing");
        let code_hash = uploaded(&code);
        let removed = Contracts::remove_code(signed(&ALICE), code_hash).unwrap();
        assert_eq!(removed.pays_fee, Pays::No);
        assert_eq!(state::code(&code_hash), None);
        assert_eq!(state::pristine_code(&code_hash), None);
        assert_eq!(balance(&ALICE), ENDOWMENT);
        assert_eq!(held(HoldReason::CodeUploadDepositReserve, &ALICE), 0);
        assert_eq!(
            chain::contract_events().pop(),
            Some(Event::CodeRemoved { code_hash, deposit_released: deposit_of(&code), remover: ALICE })
        );
    });
}

#[test]
fn code_cannot_be_removed_by_others_nor_while_in_use_nor_twice() {
    chain::run(|| {
        let code_hash = uploaded(&wat("nothing"));
        let remove = |who| Contracts::remove_code(signed(&who), code_hash).unwrap_err().error;
        assert_eq!(remove(BOB), DispatchError::BadOrigin);
        assert_eq!(
            Contracts::remove_code(RuntimeOrigin::root(), code_hash).unwrap_err().error,
            DispatchError::BadOrigin
        );
        instantiate_stored(code_hash).address();
        assert_eq!(remove(ALICE), Error::<Test>::CodeInUse.into());
        assert_eq!(remove(BOB), Error::<Test>::CodeInUse.into());

        let other = uploaded(&wat("echo"));
        assert_ok!(Contracts::remove_code(signed(&ALICE), other));
        assert_eq!(
            Contracts::remove_code(signed(&ALICE), other).unwrap_err().error,
            Error::<Test>::CodeNotFound.into()
        );
    });
}

#[test]
fn root_exchanges_the_code_of_a_contract() {
    chain::run(|| {
        let contract = deployed("nothing");
        let old = hash(&wat("nothing"));
        let new = uploaded(&wat("echo"));
        let deposit = state::contract(&contract).unwrap().total_deposit();
        frame_system::Pallet::<Test>::reset_events();
        assert_noop!(Contracts::set_code(signed(&ALICE), contract.clone(), new), DispatchError::BadOrigin);
        assert_ok!(Contracts::set_code(RuntimeOrigin::root(), contract.clone(), new));
        assert_eq!(state::contract(&contract).unwrap().code_hash, new);
        assert_eq!(state::contract(&contract).unwrap().total_deposit(), deposit);
        assert_eq!((refcount(&old), refcount(&new)), (0, 1));
        assert_eq!(
            chain::contract_events(),
            [Event::ContractCodeUpdated { contract: contract.clone(), new_code_hash: new, old_code_hash: old }]
        );
        assert_eq!(call(&contract).input((0u32, 5u8)).output(), [5]);
    });
}

#[test]
fn root_cannot_exchange_what_is_not_there() {
    chain::run(|| {
        let contract = deployed("nothing");
        let code = hash(b"not stored");
        assert_noop!(Contracts::set_code(RuntimeOrigin::root(), contract, code), Error::<Test>::CodeNotFound);
        assert_noop!(Contracts::set_code(RuntimeOrigin::root(), BOB, code), Error::<Test>::ContractNotFound);
    });
}

#[test]
fn a_contract_becomes_another_code_from_the_next_call_on() {
    chain::run(|| {
        let contract = deployed("set_code");
        let old = hash(&wat("set_code"));
        let new = uploaded(&wat("echo"));
        // It goes on as what it was until it ends.
        assert_eq!(call(&contract).input(new).output(), (0u32, 1u32).encode());
        assert_eq!(call(&contract).input((0u32, 9u8)).output(), [9]);
        assert_eq!((refcount(&old), refcount(&new)), (0, 1));
        assert!(chain::contract_events().contains(&Event::ContractCodeUpdated {
            contract,
            new_code_hash: new,
            old_code_hash: old
        }));
    });
}

#[test]
fn a_contract_cannot_become_a_code_that_is_not_stored() {
    chain::run(|| {
        let contract = deployed("set_code");
        let output = call(&contract).input(hash(b"not stored")).output();
        assert_eq!(output, (7u32, 1u32).encode());
    });
}

#[test]
fn relaxed_uploads_are_enforced_where_the_code_allows_it() {
    chain::run(|| {
        let code = wat("nothing");
        let code_hash = hash(&code);
        assert_ok!(Contracts::bare_upload_code(ALICE, code, None, Determinism::Relaxed));
        assert_eq!(state::code(&code_hash).unwrap().determinism, 0);
    });
}

#[test]
fn code_with_floats_may_be_stored_and_runs_in_no_block() {
    chain::run(|| {
        let code = wat("refused/float");
        let code_hash = hash(&code);
        assert_ok!(Contracts::bare_upload_code(ALICE, code, None, Determinism::Relaxed));
        assert_eq!(state::code(&code_hash).unwrap().determinism, 1);
        assert_eq!(instantiate_stored(code_hash).error(), Error::<Test>::Indeterministic.into());

        // The root of the chain may give it to a contract; those who only look may then run it.
        let contract = deployed("nothing");
        assert_ok!(Contracts::set_code(RuntimeOrigin::root(), contract.clone(), code_hash));
        assert_eq!(call(&contract).error(), Error::<Test>::Indeterministic.into());
        assert_ok!(call(&contract).determinism(Determinism::Relaxed).run().result);
    });
}

#[test]
fn a_failed_instantiation_does_not_leave_its_code_behind() {
    chain::run(|| {
        let code = wat("deploy_traps");
        let before = vellum_runtime_tests::runtime::state_root();
        let create = RuntimeCall::Contracts(pallet_contracts::Call::instantiate_with_code {
            value: 0,
            gas_limit: chain::GAS_LIMIT,
            storage_deposit_limit: None,
            code: code.clone(),
            data: vec![],
            salt: vec![],
        });
        let failed = create.dispatch(signed(&ALICE));
        assert_err!(failed.map_err(|failed| failed.error), Error::<Test>::ContractTrapped);
        assert_eq!(state::code(&hash(&code)), None);
        assert_eq!(before, vellum_runtime_tests::runtime::state_root());
    });
}

#[test]
fn users_of_a_code_are_counted_and_the_last_one_leaves_it_stored() {
    chain::run(|| {
        let code = wat("terminate");
        let code_hash = hash(&code);
        let contracts = [
            instantiate(&code).salt(b"1").address(),
            instantiate(&code).salt(b"2").address(),
            instantiate_stored(code_hash).salt(b"3").address(),
        ];
        assert_eq!(refcount(&code_hash), 3);
        for (left, contract) in [2, 1, 0].into_iter().zip(contracts) {
            call(&contract).input(ALICE).output();
            assert_eq!(refcount(&code_hash), left);
        }
        // Its owner has to remove it.
        assert_eq!(state::pristine_code(&code_hash), Some(code));
        assert_ok!(Contracts::remove_code(signed(&ALICE), code_hash));
    });
}

#[test]
fn no_contract_becomes_or_creates_code_that_is_not_deterministic() {
    chain::run(|| {
        let relaxed = wat("refused/float");
        assert_ok!(Contracts::bare_upload_code(ALICE, relaxed.clone(), None, Determinism::Relaxed));
        let relaxed = hash(&relaxed);
        let (becomes, creates) = (deployed("set_code"), deployed("instantiate"));
        // Not even for those who only look.
        for determinism in [Determinism::Enforced, Determinism::Relaxed] {
            let error = |contract, input: Vec<u8>| call(contract).bytes(&input).determinism(determinism).error();
            assert_eq!(error(&becomes, relaxed.encode()), Error::<Test>::Indeterministic.into());
            assert_eq!(error(&creates, creation(&relaxed, 0, 0, 0, b"")), Error::<Test>::Indeterministic.into());
        }
        assert_eq!(refcount(&relaxed), 0);
    });
}

#[test]
fn code_that_is_not_deterministic_is_delegated_to_by_those_who_only_look() {
    chain::run(|| {
        let relaxed = wat("refused/float");
        assert_ok!(Contracts::bare_upload_code(ALICE, relaxed.clone(), None, Determinism::Relaxed));
        let delegator = deployed("delegate");
        let delegates = call(&delegator).input((0u32, hash(&relaxed)));
        assert_eq!(delegates.clone().error(), Error::<Test>::Indeterministic.into());
        assert_eq!(delegates.determinism(Determinism::Relaxed).output(), 0u32.encode());
    });
}

/// A share of the code's deposit is part of what a contract pays for itself, so it pays for the code that it has.
#[test]
fn a_contract_pays_the_share_of_the_code_that_it_becomes() {
    CodeHashLockupDepositPercent::set(Perbill::from_percent(30));
    for upload_first in [false, true] {
        chain::run(|| {
            let (code, new) = (wat("set_code"), uploaded(&wat("nothing")));
            let old = hash(&code);
            let deposit = |code_hash| state::code(code_hash).unwrap().deposit;
            let share = |code_hash| Perbill::from_percent(30).mul_ceil(deposit(code_hash));
            let created = if upload_first { instantiate_stored(uploaded(&code)) } else { instantiate(&code) }.run();
            let contract = created.result.unwrap().account_id;
            let base = || state::contract(&contract).unwrap().storage_base_deposit;
            let for_itself = base() - share(&old);
            let for_upload = if upload_first { 0 } else { deposit(&old) };
            let charged = base() + for_upload + ExistentialDeposit::get();
            assert_eq!(created.storage_deposit, StorageDeposit::Charge(charged));

            let (before, difference) = (balance(&ALICE), share(&old) - share(&new));
            let changed = call(&contract).input(new).run();
            assert_eq!(changed.storage_deposit, StorageDeposit::Refund(difference));
            assert_eq!(base(), for_itself + share(&new));
            assert_eq!(held(HoldReason::StorageDepositReserve, &contract), base());
            assert_eq!(balance(&ALICE), before + difference);
        });
    }
}

#[test]
fn sign_extension_is_part_of_what_contracts_may_use() {
    chain::run(|| {
        let contract = deployed("sign_extension");
        for (input, expected) in [(0x7fu32, 127), (0x80, -128), (0x1_ff, -1)] {
            assert_eq!(call(&contract).input(input).output(), i32::to_le_bytes(expected));
        }
    });
}

/// An imported function may be an entry point as far as uploads are concerned; this one returns a number, so that it
/// cannot be run.
#[test]
fn an_imported_function_may_be_exported() {
    chain::run(|| {
        let code = wat("call_is_imported");
        let contract = instantiate(&code).address();
        assert_eq!(call(&contract).error(), Error::<Test>::CodeRejected.into());
    });
}

#[test]
fn old_functions_are_not_for_new_code_by_whichever_name() {
    chain::run(|| {
        let functions = [
            ("seal0", "random", "(param i32 i32 i32 i32)"),
            ("seal1", "random", "(param i32 i32 i32 i32)"),
            ("seal0", "tombstone_deposit", "(param i32 i32)"),
            ("seal0", "rent_allowance", "(param i32 i32)"),
            ("seal0", "set_rent_allowance", "(param i32 i32)"),
            ("seal1", "set_rent_allowance", "(param i32)"),
        ];
        for (module, name, ty) in functions {
            for name in [name.to_owned(), format!("seal_{name}")] {
                let code = wat::parse_str(format!(
                    r#"(module (import "{module}" "{name}" (func {ty})) (import "env" "memory" (memory 1 1))
                        (func (export "deploy")) (func (export "call")))"#
                ));
                assert_eq!(upload(&code.unwrap()), Err(Error::<Test>::CodeRejected.into()), "{module} {name}");
            }
        }
    });
}

#[test]
fn floats_anywhere_in_code_make_it_one_that_is_not_deterministic() {
    chain::run(|| {
        let floats = fixture::wat_names("refused").into_iter().filter(|name| name.starts_with("refused/float"));
        let mut count = 0;
        for name in floats {
            let code = wat(&name);
            assert_eq!(upload(&code), Err(Error::<Test>::CodeRejected.into()), "{name}");
            assert_ok!(Contracts::bare_upload_code(ALICE, code.clone(), None, Determinism::Relaxed));
            assert_eq!(state::code(&hash(&code)).unwrap().determinism, 1, "{name}");
            count += 1;
        }
        assert_eq!(count, 5);
    });
}

#[test]
fn setting_the_code_that_a_contract_has_changes_nothing_and_is_told() {
    chain::run(|| {
        let contract = deployed("set_code");
        let own = hash(&wat("set_code"));
        let before = state::contract(&contract);
        frame_system::Pallet::<Test>::reset_events();
        let output = call(&contract).input(own).output();
        assert_eq!(output, (0u32, 1u32).encode());
        assert_eq!((state::contract(&contract), refcount(&own)), (before, 1));
        let updated = Event::ContractCodeUpdated { contract, new_code_hash: own, old_code_hash: own };
        assert_eq!(chain::contract_events()[0], updated);
    });
}
