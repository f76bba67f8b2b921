//! Calling back into what is under way.

use pallet_contracts::Error;
use vellum_runtime_tests::{
    chain::{self, call, deployed, instantiate},
    fixture::wat,
    inputs::{answer, answer_code, code, flag, forward},
    runtime::Test,
};

#[test]
fn a_contract_may_call_itself_only_when_it_allows_it() {
    chain::run(|| {
        let contract = deployed("call_self");
        assert_eq!(call(&contract).input(0u32).error(), Error::<Test>::ReentranceDenied.into());
        let allowed = call(&contract).input(flag::ALLOW_REENTRY).output();
        assert_eq!(answer_code(allowed), code::SUCCESS);
    });
}

#[test]
fn reentry_through_a_third_is_denied_too() {
    chain::run(|| {
        let first = deployed("call");
        let second = instantiate(&wat("call")).salt(b"second").address();
        let back = forward(&first).bytes();
        let through = |flags| [forward(&second).flags(flags).bytes(), back.clone()].concat();
        // The second contract is what fails, as it calls back.
        let (result, _) = answer(call(&first).bytes(&through(0)).output());
        assert_eq!(result, code::CALLEE_TRAPPED);
        // Allowed, the first runs again, where it lacks an input that makes sense and traps on its own.
        let (result, rest) = answer(call(&first).bytes(&through(flag::ALLOW_REENTRY)).output());
        assert_eq!(result, code::SUCCESS);
        assert!(!rest.is_empty());
    });
}

#[test]
fn the_guard_is_lifted_when_the_call_has_ended() {
    chain::run(|| {
        let contract = deployed("call_self");
        for _ in 0..2 {
            let allowed = call(&contract).input(flag::ALLOW_REENTRY).output();
            assert_eq!(answer_code(allowed), code::SUCCESS);
        }
    });
}
