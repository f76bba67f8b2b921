//! Codes that a contract delegates to and keeps from being removed.

use frame_support::assert_ok;
use pallet_contracts::{Error, HoldReason};
use sp_runtime::Perbill;
use vellum_runtime_tests::{
    chain::{self, ALICE, call, deployed, hash, held, instantiate, refcount, signed, uploaded},
    fixture::wat,
    inputs::{answer, code},
    runtime::{
        CodeHashLockupDepositPercent, Contracts, DefaultDepositLimit, MaxDelegateDependencies, RuntimeOrigin, Test,
    },
    state,
};

const LOCK: u32 = 0;
const UNLOCK: u32 = 1;

#[test]
fn a_locked_code_cannot_be_removed_and_its_deposit_comes_back() {
    chain::run(|| {
        CodeHashLockupDepositPercent::set(Perbill::from_percent(30));
        let library = uploaded(&wat("echo"));
        let expected = CodeHashLockupDepositPercent::get().mul_ceil(state::code(&library).unwrap().deposit);
        let contract = instantiate(&wat("dependency")).input((LOCK, library)).address();
        assert_eq!(refcount(&library), 1);
        let locked = state::contract(&contract).unwrap().delegate_dependencies;
        assert_eq!(locked.get(&library), Some(&expected));
        assert_eq!(Contracts::remove_code(signed(&ALICE), library).unwrap_err().error, Error::<Test>::CodeInUse.into());

        let before = chain::balance(&ALICE);
        call(&contract).input((UNLOCK, library)).output();
        assert_eq!(refcount(&library), 0);
        assert_eq!(chain::balance(&ALICE), before + expected);
        assert_ok!(Contracts::remove_code(signed(&ALICE), library));
    });
}

#[test]
fn what_cannot_be_locked_traps() {
    chain::run(|| {
        let library = uploaded(&wat("echo"));
        let contract = deployed("dependency");
        let own = hash(&wat("dependency"));
        let error = |which: u32, code| call(&contract).input((which, code)).error();
        assert_eq!(error(UNLOCK, library), Error::<Test>::DelegateDependencyNotFound.into());
        assert_eq!(error(LOCK, own), Error::<Test>::CannotAddSelfAsDelegateDependency.into());
        assert_eq!(error(LOCK, hash(b"not stored")), Error::<Test>::CodeNotFound.into());
        call(&contract).input((LOCK, library)).output();
        assert_eq!(error(LOCK, library), Error::<Test>::DelegateDependencyAlreadyExists.into());
    });
}

#[test]
fn the_number_of_dependencies_is_limited() {
    chain::run(|| {
        MaxDelegateDependencies::set(1);
        let contract = deployed("dependency");
        let (first, second) = (uploaded(&wat("echo")), uploaded(&wat("nothing")));
        call(&contract).input((LOCK, first)).output();
        assert_eq!(call(&contract).input((LOCK, second)).error(), Error::<Test>::MaxDelegateDependenciesReached.into());
    });
}

#[test]
fn a_contract_that_terminates_lets_go_of_its_dependencies() {
    chain::run(|| {
        CodeHashLockupDepositPercent::set(Perbill::from_percent(30));
        let library = uploaded(&wat("echo"));
        let before = chain::balance(&ALICE);
        let contract = instantiate(&wat("dependency")).input((LOCK, library)).address();
        let mortal = uploaded(&wat("terminate"));
        assert_ok!(Contracts::set_code(RuntimeOrigin::root(), contract.clone(), mortal));
        assert_eq!(refcount(&library), 1);
        call(&contract).input(ALICE).output();
        assert_eq!(refcount(&library), 0);
        // All that is left of it are the deposits of the two codes that were uploaded.
        let codes = state::code(&mortal).unwrap().deposit + state::code(&hash(&wat("dependency"))).unwrap().deposit;
        assert_eq!(chain::balance(&ALICE), before - codes);
    });
}

#[test]
fn locking_obeys_the_deposit_limit() {
    chain::run(|| {
        CodeHashLockupDepositPercent::set(Perbill::from_percent(30));
        let library = uploaded(&wat("echo"));
        let share = CodeHashLockupDepositPercent::get().mul_ceil(state::code(&library).unwrap().deposit);
        let contract = deployed("dependency");
        let base = state::contract(&contract).unwrap().storage_base_deposit;
        let locks = || call(&contract).input((LOCK, library));
        DefaultDepositLimit::set(share - 1);
        assert_eq!(locks().error(), Error::<Test>::StorageDepositLimitExhausted.into());
        assert_eq!(refcount(&library), 0);
        DefaultDepositLimit::set(share);
        locks().output();
        assert_eq!(held(HoldReason::StorageDepositReserve, &contract), base + share);
    });
}

#[test]
fn a_constructor_cannot_lock_what_is_not_stored() {
    chain::run(|| {
        let code = wat("dependency");
        let locks = || instantiate(&code).input((LOCK, hash(&wat("echo"))));
        assert_eq!(locks().error(), Error::<Test>::CodeNotFound.into());
        uploaded(&wat("echo"));
        locks().address();
    });
}

/// What is unlocked may be removed, and who delegates to it then learns that it is gone.
#[test]
fn a_library_that_nobody_locks_can_go() {
    chain::run(|| {
        let library = uploaded(&wat("echo"));
        let (contract, delegator) = (deployed("dependency"), deployed("delegate"));
        let delegates = || answer(call(&delegator).input((0u32, library, 0u32, *b"data")).output());
        call(&contract).input((LOCK, library)).output();
        assert_eq!(delegates(), (code::SUCCESS, b"data".to_vec()));
        call(&contract).input((UNLOCK, library)).output();
        assert_ok!(Contracts::remove_code(signed(&ALICE), library));
        assert_eq!(delegates(), (code::CODE_NOT_FOUND, vec![]));
    });
}
