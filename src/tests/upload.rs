//! Uploading and removing code.

use super::*;
use crate::{CodeFeatures, CodeInfoOf, Event, HoldReason, PristineCode};
use codec::MaxEncodedLen;
use frame_support::{assert_noop, assert_ok, dispatch::Pays, traits::fungible::InspectHold};
use sp_runtime::traits::BadOrigin;

fn least() -> Vec<u8> {
    contract(r#"(import "env" "memory" (memory 1 1))"#)
}

fn upload(code: Vec<u8>) -> H256 {
    Contracts::bare_upload_code(ALICE, code, None, Determinism::Enforced).expect("the code is accepted").code_hash
}

fn held(account: &AccountIdOf<Test>) -> u64 {
    Balances::balance_on_hold(&HoldReason::CodeUploadDepositReserve.into(), account)
}

#[test]
fn code_is_stored_with_its_info_and_a_note_of_its_features() {
    on_chain(|| {
        let code = least();
        let deposit = (code.len() + crate::CodeInfo::<Test>::max_encoded_len()) as u64 + 2 * 100;
        let origin = RuntimeOrigin::signed(ALICE);
        assert_ok!(Contracts::upload_code(origin, code.clone(), None, Determinism::Enforced));
        let code_hash = H256(sp_io::hashing::blake2_256(&code));
        assert_eq!(PristineCode::<Test>::get(code_hash).unwrap().to_vec(), code);
        let info = CodeInfoOf::<Test>::get(code_hash).unwrap();
        assert_eq!((info.refcount(), info.deposit(), info.determinism()), (0, deposit, Determinism::Enforced));
        assert!(CodeFeatures::<Test>::get(code_hash).is_some());
        assert_eq!(held(&ALICE), deposit);
        assert_eq!(events(), [Event::CodeStored { code_hash, deposit_held: deposit, uploader: ALICE }]);
    });
}

#[test]
fn code_that_is_stored_is_not_paid_for_again() {
    on_chain(|| {
        let code_hash = upload(least());
        events();
        let held_before = held(&ALICE);
        let again = Contracts::bare_upload_code(BOB, least(), Some(0), Determinism::Enforced).unwrap();
        assert_eq!((again.code_hash, again.deposit), (code_hash, 0));
        assert_eq!((held(&ALICE), held(&BOB)), (held_before, 0));
        assert_eq!(events(), []);
    });
}

#[test]
fn stored_code_is_noted_as_valid_when_somebody_uploads_it_again_and_never_by_a_call() {
    on_chain(|| {
        let code = contract(r#"(import "env" "memory" (memory 1 1)) (func (export "call"))"#);
        let address = deploy(code.clone());
        let code_hash = info(&address).code_hash;
        let noted = CodeFeatures::<Test>::get(code_hash).unwrap();
        let older = crate::ValidatedCode { policy_version: noted.policy_version - 1, ..noted };
        for note in [None, Some(older)] {
            CodeFeatures::<Test>::set(code_hash, note);
            assert_eq!(output(call(&address, Vec::new())), b"");
            assert_eq!(CodeFeatures::<Test>::get(code_hash), note);
            let again = Contracts::bare_upload_code(BOB, code.clone(), Some(0), Determinism::Enforced).unwrap();
            assert_eq!((again.code_hash, again.deposit), (code_hash, 0));
            assert_eq!(CodeFeatures::<Test>::get(code_hash), Some(noted));
        }
    });
}

#[test]
fn relaxed_code_that_is_deterministic_is_stored_as_such() {
    on_chain(|| {
        assert_ok!(Contracts::upload_code(RuntimeOrigin::signed(ALICE), least(), None, Determinism::Relaxed));
        let info = CodeInfoOf::<Test>::get(H256(sp_io::hashing::blake2_256(&least()))).unwrap();
        assert_eq!(info.determinism(), Determinism::Enforced);
    });
}

#[test]
fn code_with_floats_is_stored_as_relaxed_and_never_becomes_a_contract() {
    on_chain(|| {
        let code = contract(r#"(import "env" "memory" (memory 1 1)) (func (export "call") (drop (f32.const 1)))"#);
        let upload = |determinism| Contracts::bare_upload_code(ALICE, code.clone(), None, determinism);
        assert_eq!(upload(Determinism::Enforced).err(), Some(Error::<Test>::CodeRejected.into()));
        let code_hash = upload(Determinism::Relaxed).unwrap().code_hash;
        assert_eq!(CodeInfoOf::<Test>::get(code_hash).unwrap().determinism(), Determinism::Relaxed);
        let outcome = instantiate(Code::Existing(code_hash), 0, vec![], vec![]);
        assert_eq!(outcome.result, Err(Error::<Test>::Indeterministic.into()));
    });
}

/// Relaxed code runs when somebody off chain delegates to it and says so.
#[test]
fn code_with_floats_runs_off_chain_only() {
    on_chain(|| {
        let halves = contract(
            r#"
            (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
            (import "env" "memory" (memory 1 1))
            (func (export "call")
                (f32.store (i32.const 0) (f32.div (f32.const 1) (f32.const 2)))
                (call $return (i32.const 0) (i32.const 0) (i32.const 4)))"#,
        );
        let halves = Contracts::bare_upload_code(ALICE, halves, None, Determinism::Relaxed).unwrap().code_hash;
        let delegator = deploy(contract(
            r#"
            (import "seal0" "seal_input" (func $input (param i32 i32)))
            (import "seal0" "delegate_call" (func $delegate (param i32 i32 i32 i32 i32 i32) (result i32)))
            (import "env" "memory" (memory 1 1))
            (data (i32.const 0) "\20")
            (func (export "call")
                (call $input (i32.const 4) (i32.const 0))
                ;; As a tail call.
                (drop (call $delegate (i32.const 4) (i32.const 4) (i32.const 0) (i32.const 0) (i32.const -1)
                    (i32.const 0)))
                unreachable)"#,
        ));
        let call = |determinism| {
            let data = halves.0.to_vec();
            let (debug, events) = (DebugInfo::Skip, CollectEvents::Skip);
            Contracts::bare_call(ALICE, delegator.clone(), 0, GAS_LIMIT, None, data, debug, events, determinism).result
        };
        assert_eq!(call(Determinism::Enforced), Err(Error::<Test>::Indeterministic.into()));
        assert_eq!(call(Determinism::Relaxed).unwrap().data, 0.5f32.to_le_bytes());
    });
}

#[test]
fn an_upload_over_the_deposit_limit_leaves_nothing() {
    on_chain(|| {
        let origin = RuntimeOrigin::signed(ALICE);
        assert_noop!(
            Contracts::upload_code(origin.clone(), least(), Some(codec::Compact(10)), Determinism::Enforced),
            Error::<Test>::StorageDepositLimitExhausted,
        );
        assert_noop!(
            Contracts::upload_code(RuntimeOrigin::signed(CHARLIE), least(), None, Determinism::Enforced),
            Error::<Test>::StorageDepositNotEnoughFunds,
        );
        let large = vec![0; 124 * 1024];
        assert_noop!(
            Contracts::upload_code(origin.clone(), large, None, Determinism::Enforced),
            Error::<Test>::CodeTooLarge,
        );
        assert_noop!(
            Contracts::upload_code(origin, b"nonsense".to_vec(), None, Determinism::Enforced),
            Error::<Test>::CodeRejected,
        );
    });
}

#[test]
fn a_dry_run_says_why_code_is_refused() {
    on_chain(|| {
        let code = contract(r#"(import "env" "memory" (memory 1 1)) (func (export "surplus"))"#);
        let outcome = instantiate(Code::Upload(code), 0, vec![], vec![]);
        assert_eq!(outcome.result, Err(Error::<Test>::CodeRejected.into()));
        let message = String::from_utf8(outcome.debug_message).unwrap();
        assert!(message.contains("`surplus`"), "{message}");
        assert_eq!(outcome.gas_consumed, Weight::zero());
    });
}

#[test]
fn unused_code_is_removed_by_its_owner_alone() {
    on_chain(|| {
        let code_hash = upload(least());
        let address = deploy(least());
        let owner = RuntimeOrigin::signed(ALICE);
        assert_noop!(Contracts::remove_code(owner.clone(), H256::zero()), Error::<Test>::CodeNotFound);
        assert_noop!(Contracts::remove_code(owner.clone(), code_hash), Error::<Test>::CodeInUse);
        // The contract moves to other code.
        let other = upload(contract(r#"(import "env" "memory" (memory 1 2))"#));
        assert_ok!(Contracts::set_code(RuntimeOrigin::root(), address, other));
        assert_noop!(Contracts::remove_code(RuntimeOrigin::signed(BOB), code_hash), BadOrigin);
        let deposit = CodeInfoOf::<Test>::get(code_hash).unwrap().deposit();
        let held_before = held(&ALICE);
        events();
        let post = Contracts::remove_code(owner, code_hash).unwrap();
        assert_eq!(post.pays_fee, Pays::No);
        assert_eq!(held(&ALICE), held_before - deposit);
        assert!(!PristineCode::<Test>::contains_key(code_hash));
        assert!(!CodeInfoOf::<Test>::contains_key(code_hash));
        assert!(!CodeFeatures::<Test>::contains_key(code_hash));
        assert_eq!(events(), [Event::CodeRemoved { code_hash, deposit_released: deposit, remover: ALICE }]);
    });
}

#[test]
fn only_root_sets_code_and_refcounts_follow() {
    on_chain(|| {
        let address = deploy(least());
        let old = info(&address).code_hash;
        let new = upload(contract(r#"(import "env" "memory" (memory 1 2))"#));
        let refcount = |code_hash| CodeInfoOf::<Test>::get(code_hash).unwrap().refcount();
        assert_eq!((refcount(old), refcount(new)), (1, 0));
        events();
        assert_noop!(Contracts::set_code(RuntimeOrigin::signed(ALICE), address.clone(), new), BadOrigin);
        assert_noop!(
            Contracts::set_code(RuntimeOrigin::root(), address.clone(), H256::zero()),
            Error::<Test>::CodeNotFound,
        );
        assert_noop!(Contracts::set_code(RuntimeOrigin::root(), BOB, new), Error::<Test>::ContractNotFound);
        assert_ok!(Contracts::set_code(RuntimeOrigin::root(), address.clone(), new));
        assert_eq!((refcount(old), refcount(new)), (0, 1));
        assert_eq!(
            events(),
            [Event::ContractCodeUpdated { contract: address, new_code_hash: new, old_code_hash: old }],
        );
    });
}

/// Puts code where only a chain with other rules could have put it.
fn store_unchecked(stored: H256, code: &[u8]) {
    PristineCode::<Test>::insert(stored, crate::CodeVec::<Test>::try_from(code.to_vec()).unwrap());
    CodeFeatures::<Test>::remove(stored);
}

#[test]
fn stored_code_that_is_not_valid_is_rejected_where_it_is_run() {
    on_chain(|| {
        // `call` runs one of two functions; the second is made to add to nothing.
        let text = r#"(import "seal0" "input" (func $input (param i32 i32))) (import "env" "memory" (memory 1 1))
            (func $sound (drop (i32.add (i32.const 1) (i32.const 2))))
            (func $unsound (drop (i32.mul (i32.const 1) (i32.const 2))))
            (func (export "call")
                (i32.store (i32.const 4) (i32.const 1))
                (call $input (i32.const 0) (i32.const 4))
                (if (i32.load8_u (i32.const 0)) (then (call $unsound)) (else (call $sound))))"#;
        let code = contract(text);
        let address = deploy(code.clone());
        let mut damaged = code.clone();
        let product = code.iter().rposition(|byte| *byte == 0x6c).unwrap();
        // The first of two constants becomes two `nop`s.
        damaged[product - 4..product - 2].fill(0x01);
        assert!(Contracts::check_code(&damaged, Determinism::Enforced).is_err());
        store_unchecked(info(&address).code_hash, &damaged);

        // Neither without a note nor with one of another policy is it trusted.
        let older = crate::ValidatedCode { policy_version: 0, features: 0 };
        CodeFeatures::<Test>::insert(info(&address).code_hash, older);
        assert_eq!(call(&address, vec![1]).result, Err(Error::<Test>::CodeRejected.into()));
        CodeFeatures::<Test>::remove(info(&address).code_hash);

        assert_eq!(output(call(&address, vec![0])), b"");
        let rejected = call(&address, vec![1]);
        assert_eq!(rejected.result, Err(Error::<Test>::CodeRejected.into()));
        // What has run is paid for, and no more.
        let sound = call(&address, vec![0]).gas_consumed;
        assert!(rejected.gas_consumed.ref_time() > sound.ref_time() / 2);
        assert!(rejected.gas_consumed.ref_time() < GAS_LIMIT.ref_time() / 2);

        // What is no module at all, or has an import that the chain does not have, is rejected before anything runs.
        for other in [&b"no code"[..], &contract(r#"(import "seal0" "unknown" (func))"#)] {
            store_unchecked(info(&address).code_hash, other);
            assert_eq!(call(&address, vec![0]).result, Err(Error::<Test>::CodeRejected.into()));
        }
        store_unchecked(info(&address).code_hash, &code);
    });
}
