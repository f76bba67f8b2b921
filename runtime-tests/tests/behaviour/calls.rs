//! Calling a contract from outside.

use codec::Encode;
use frame_support::{
    assert_err, assert_ok,
    traits::{
        fungible::{BalancedHold, Inspect, Mutate},
        tokens::Preservation,
    },
    weights::Weight,
};
use pallet_contracts::{Error, Event, HoldReason, Origin};
use sp_runtime::{DispatchError, TokenError};
use vellum_runtime_tests::{
    chain::{self, ALICE, BOB, ENDOWMENT, NOBODY, balance, call, deployed, held, instantiate, signed},
    fixture::wat,
    runtime::{AccountId, Balances, Contracts, ExistentialDeposit, RuntimeOrigin, Test},
    state,
};

#[test]
fn output_and_flags_come_back() {
    chain::run(|| {
        let echo = deployed("echo");
        assert_eq!(call(&echo).input((0u32, *b"data")).output(), b"data");

        let reverted = call(&echo).input((1u32, *b"sorry")).run().result.unwrap();
        assert!(reverted.did_revert());
        assert_eq!(reverted.data, b"sorry");
    });
}

#[test]
fn functions_and_blocks_may_have_several_values() {
    chain::run(|| {
        let contract = deployed("multi_value");
        assert_eq!(call(&contract).input((47u32, 10u32)).output(), [4, 0, 0, 0, 7, 0, 0, 0]);
    });
}

#[test]
fn a_contract_that_returns_nothing_returns_nothing() {
    chain::run(|| {
        let returned = call(&deployed("nothing")).run().result.unwrap();
        assert!(!returned.did_revert());
        assert!(returned.data.is_empty());
    });
}

#[test]
fn flags_without_a_meaning_trap() {
    chain::run(|| {
        let echo = deployed("echo");
        assert_eq!(call(&echo).input(2u32).error(), Error::<Test>::InvalidCallFlags.into());
    });
}

#[test]
fn an_account_without_a_contract_cannot_be_called_and_receives_nothing() {
    chain::run(|| {
        let before = balance(&BOB);
        assert_eq!(call(&BOB).value(5).error(), Error::<Test>::ContractNotFound.into());
        let failed = call(&BOB).value(5).dispatch().unwrap_err();
        assert_eq!(failed.error, Error::<Test>::ContractNotFound.into());
        assert_eq!(balance(&BOB), before);
        assert_eq!(balance(&ALICE), ENDOWMENT);
    });
}

#[test]
fn the_extrinsic_fails_when_the_contract_reverts_and_rolls_back() {
    chain::run(|| {
        let echo = deployed("echo");
        let before = balance(&echo);
        let failed = call(&echo).value(7).input(1u32).dispatch().unwrap_err();
        assert_eq!(failed.error, Error::<Test>::ContractReverted.into());
        assert!(failed.post_info.actual_weight.is_some());
        assert_eq!(balance(&echo), before);
    });
}

#[test]
fn the_extrinsic_reports_the_weight_that_was_used_plus_its_base() {
    chain::run(|| {
        let echo = deployed("echo");
        let simulated = call(&echo).input(0u32).run();
        let dispatched = call(&echo).input(0u32).dispatch().unwrap();
        let base = <() as pallet_contracts::WeightInfo>::call();
        assert_eq!(dispatched.actual_weight, Some(simulated.gas_consumed + base));
    });
}

#[test]
fn value_moves_to_the_contract_and_leaves_the_caller_alive() {
    chain::run(|| {
        let nothing = deployed("nothing");
        let before = balance(&nothing);
        assert_ok!(call(&nothing).value(1_000).run().result);
        assert_eq!(balance(&nothing), before + 1_000);

        let everything = call(&nothing).value(balance(&ALICE));
        assert_eq!(everything.error(), Error::<Test>::TransferFailed.into());
    });
}

#[test]
fn more_value_than_the_caller_has_is_refused() {
    chain::run(|| {
        let nothing = deployed("nothing");
        let poor = call(&nothing).from(&NOBODY).value(1);
        assert_eq!(poor.clone().error(), Error::<Test>::TransferFailed.into());
        // Whoever names a deposit limit must have it, beside the value.
        let poor = poor.deposit_limit(1);
        assert_eq!(poor.error(), Error::<Test>::StorageDepositNotEnoughFunds.into());
    });
}

#[test]
fn root_may_call_without_value() {
    chain::run(|| {
        let contract = deployed("caller_is_root");
        let all = chain::GAS_LIMIT;
        assert_ok!(Contracts::call(RuntimeOrigin::root(), contract.clone(), 0, all, None, vec![]));
        let last = chain::contract_events().pop();
        assert_eq!(last, Some(Event::Called { caller: Origin::Root, contract: contract.clone() }));

        let failed = Contracts::call(RuntimeOrigin::root(), contract, 1, all, None, vec![]);
        assert_eq!(failed.unwrap_err().error, DispatchError::RootNotAllowed);
    });
}

#[test]
fn a_contract_called_by_root_has_no_caller_to_ask_for() {
    chain::run(|| {
        let context = deployed("context");
        let failed = Contracts::call(RuntimeOrigin::root(), context, 0, chain::GAS_LIMIT, None, vec![]);
        assert_eq!(failed.unwrap_err().error, DispatchError::RootNotAllowed);
    });
}

#[test]
fn an_unsigned_origin_may_do_nothing() {
    chain::run(|| {
        let nothing = deployed("nothing");
        let none = RuntimeOrigin::none;
        let all = chain::GAS_LIMIT;
        let called = Contracts::call(none(), nothing, 0, all, None, vec![]);
        assert_eq!(called.unwrap_err().error, DispatchError::BadOrigin);
        let code = wat("nothing");
        let created = Contracts::instantiate_with_code(none(), 0, all, None, code.clone(), vec![], vec![]);
        assert_eq!(created.unwrap_err().error, DispatchError::BadOrigin);
        let stored = Contracts::upload_code(none(), code, None, pallet_contracts::Determinism::Enforced);
        assert_err!(stored, DispatchError::BadOrigin);
    });
}

#[test]
fn a_contract_account_cannot_be_emptied_from_outside() {
    chain::run(|| {
        let nothing = deployed("nothing");
        // It carries a consumer reference, which keeps it alive.
        let everything = balance(&nothing);
        let emptied = <Balances as Mutate<_>>::transfer(&nothing, &BOB, everything, Preservation::Expendable);
        assert!(emptied.is_err());
        assert!(frame_system::Pallet::<Test>::consumers(&nothing) > 0);
    });
}

#[test]
fn a_call_without_gas_fails_and_uses_none() {
    chain::run(|| {
        let nothing = deployed("nothing");
        let result = call(&nothing).gas(Weight::zero()).run();
        assert_err!(result.result, Error::<Test>::OutOfGas);
        assert_eq!(result.gas_consumed, Weight::zero());
    });
}

#[test]
fn the_event_of_a_call_names_caller_and_contract() {
    chain::run(|| {
        let nothing = deployed("nothing");
        frame_system::Pallet::<Test>::reset_events();
        assert_ok!(Contracts::call(signed(&BOB), nothing.clone(), 0, chain::GAS_LIMIT, None, vec![]));
        assert_eq!(chain::contract_events(), [Event::Called { caller: Origin::Signed(BOB), contract: nothing }]);
    });
}

#[test]
fn a_call_of_nobody_costs_the_base_of_a_call() {
    chain::run(|| {
        let failed = call(&BOB).dispatch().unwrap_err();
        assert_eq!(failed.error, Error::<Test>::ContractNotFound.into());
        let base = <() as pallet_contracts::WeightInfo>::call();
        assert_eq!((failed.post_info.actual_weight, failed.post_info.pays_fee), (Some(base), Default::default()));
    });
}

#[test]
fn root_is_root_to_the_contract_that_it_calls_and_to_no_other() {
    chain::run(|| {
        let first = deployed("announce");
        let second = instantiate(&wat("announce")).salt(b"second").address();
        let is_root = |contract: &AccountId, origin: RuntimeOrigin, input: Vec<u8>| {
            frame_system::Pallet::<Test>::reset_events();
            assert_ok!(Contracts::call(origin, contract.clone(), 0, chain::GAS_LIMIT, None, input));
            let emitted = chain::contract_events().into_iter().filter_map(|event| match event {
                Event::ContractEmitted { contract, data } => Some((contract, data[0])),
                _ => None,
            });
            emitted.collect::<Vec<_>>()
        };
        assert_eq!(is_root(&first, signed(&ALICE), vec![]), [(first.clone(), 0)]);
        assert_eq!(is_root(&first, RuntimeOrigin::root(), vec![]), [(first.clone(), 1)]);
        let through = is_root(&first, RuntimeOrigin::root(), second.encode());
        assert_eq!(through, [(first, 1), (second, 0)]);
    });
}

#[test]
fn what_is_held_on_a_contract_cannot_be_taken_away() {
    ExistentialDeposit::set(200);
    chain::run(|| {
        let contract = instantiate(&wat("nothing")).value(1_000).address();
        let deposit = state::contract(&contract).unwrap().total_deposit();
        assert_eq!(held(HoldReason::StorageDepositReserve, &contract), deposit);
        let total = Balances::total_balance(&contract);
        assert_eq!(total, 200 + 1_000 + deposit);
        let taken = Balances::transfer(&contract, &BOB, total, Preservation::Expendable);
        assert_eq!(taken, Err(TokenError::FundsUnavailable.into()));
        assert_eq!(Balances::total_balance(&contract), total);
    });
}

/// Whatever slashes takes what is held and leaves the rest, so that the account of a contract stays.
#[test]
fn a_contract_outlives_a_slash() {
    ExistentialDeposit::set(200);
    // The record of the deposit is wrong afterwards, which is what slashing does.
    chain::new().execute_with(|| {
        let contract = instantiate(&wat("nothing")).value(700).address();
        let total = Balances::total_balance(&contract);
        let reason = HoldReason::StorageDepositReserve.into();
        let (slashed, missing) = Balances::slash(&reason, &contract, total);
        drop(slashed);
        assert_eq!(missing, 900);
        assert_eq!(Balances::total_balance(&contract), 900);
        call(&contract).output();
    });
}
