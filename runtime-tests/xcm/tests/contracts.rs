//! What contracts can do with XCM programs, and what they cannot.

use codec::Encode;
use frame_support::{traits::fungible::Mutate, weights::Weight};
use pallet_contracts::{Code, CollectEvents, ContractResult, DebugInfo, Determinism, Error, ExecReturnValue};
use sp_runtime::{AccountId32, DispatchError};
use vellum_xcm_tests::{
    Balances, Contracts, EXECUTE_WEIGHT, INSTRUCTION_WEIGHT, Outbox, RuntimeCall, SEND_WEIGHT, System, Test, location,
    message_id,
};
use xcm::{VersionedLocation, VersionedXcm, latest::prelude::*};

const ALICE: AccountId32 = AccountId32::new([1; 32]);
const BOB: AccountId32 = AccountId32::new([2; 32]);
const ENDOWMENT: u128 = 1_000_000_000;
const GAS_LIMIT: Weight = Weight::from_parts(100_000_000_000, 3 * 1024 * 1024);

const SUCCESS: u32 = 0;
const EXECUTION_FAILED: u32 = 13;
const SEND_FAILED: u32 = 14;

type CallResult = ContractResult<
    Result<ExecReturnValue, DispatchError>,
    u128,
    frame_system::EventRecord<vellum_xcm_tests::RuntimeEvent, sp_core::H256>,
>;

/// Input: 0 and a program to execute; or the length of a destination, that destination, and a program to send.
/// Returns the answer and 32 bytes, which are where the id of a message is written to.
const CONTRACT: &str = r#"(module
    (import "seal0" "input" (func $input (param i32 i32)))
    (import "seal0" "xcm_execute" (func $execute (param i32 i32) (result i32)))
    (import "seal0" "xcm_send" (func $send (param i32 i32 i32 i32) (result i32)))
    (import "seal0" "seal_return" (func $return (param i32 i32 i32)))
    (import "env" "memory" (memory 1 1))
    (data (i32.const 0) "\00\10")
    (func (export "deploy"))
    (func (export "call") (local $dest_len i32) (local $end i32)
        (call $input (i32.const 1000) (i32.const 0))
        (local.set $end (i32.add (i32.const 1000) (i32.load (i32.const 0))))
        (local.set $dest_len (i32.load (i32.const 1000)))
        (i32.store (i32.const 100)
            (if (result i32) (local.get $dest_len)
                (then (call $send
                    (i32.const 1004)
                    (i32.add (i32.const 1004) (local.get $dest_len))
                    (i32.sub (local.get $end) (i32.add (i32.const 1004) (local.get $dest_len)))
                    (i32.const 104)))
                (else (call $execute (i32.const 1004) (i32.sub (local.get $end) (i32.const 1004))))))
        (call $return (i32.const 0) (i32.const 100) (i32.const 36))))"#;

/// A chain with a rich contract.
fn with_contract(test: impl FnOnce(&AccountId32)) {
    sp_io::TestExternalities::default().execute_with(|| {
        System::set_block_number(1);
        Outbox::take();
        for account in [ALICE, BOB] {
            Balances::set_balance(&account, ENDOWMENT);
        }
        let code = Code::Upload(wat::parse_str(CONTRACT).expect("the text is a module"));
        let (debug, events) = (DebugInfo::Skip, CollectEvents::Skip);
        let made = Contracts::bare_instantiate(ALICE, 50_000, GAS_LIMIT, None, code, vec![], vec![], debug, events);
        test(&made.result.expect("the contract is instantiated").account_id);
    });
}

fn call_with(contract: &AccountId32, input: Vec<u8>, gas: Weight) -> CallResult {
    let (debug, events) = (DebugInfo::UnsafeDebug, CollectEvents::Skip);
    Contracts::bare_call(ALICE, contract.clone(), 0, gas, None, input, debug, events, Determinism::Enforced)
}

fn execute(contract: &AccountId32, program: Vec<Instruction<RuntimeCall>>) -> CallResult {
    let program = VersionedXcm::from(Xcm(program));
    call_with(contract, [0_u32.to_le_bytes().to_vec(), program.encode()].concat(), GAS_LIMIT)
}

fn send(contract: &AccountId32, dest: Location, program: Vec<Instruction<()>>) -> CallResult {
    let (dest, program) = (VersionedLocation::from(dest).encode(), VersionedXcm::from(Xcm(program)).encode());
    let len = u32::try_from(dest.len()).expect("locations are short");
    call_with(contract, [len.to_le_bytes().to_vec(), dest, program].concat(), GAS_LIMIT)
}

fn answer(result: &CallResult) -> u32 {
    let data = &result.result.as_ref().expect("the call succeeds").data;
    u32::from_le_bytes(data[..4].try_into().expect("four bytes"))
}

fn pays(amount: u128, to: &AccountId32) -> Vec<Instruction<RuntimeCall>> {
    vec![WithdrawAsset((Here, amount).into()), DepositAsset { assets: All.into(), beneficiary: location(to) }]
}

fn transacts(call: impl Into<RuntimeCall>) -> Vec<Instruction<RuntimeCall>> {
    vec![
        Transact { origin_kind: OriginKind::Native, fallback_max_weight: None, call: call.into().encode().into() },
        ExpectTransactStatus(MaybeErrorCode::Success),
    ]
}

#[test]
fn a_program_is_executed_as_the_contract() {
    with_contract(|contract| {
        let before = Balances::free_balance(contract);
        let result = execute(contract, pays(700, &BOB));
        assert_eq!(answer(&result), SUCCESS);
        assert_eq!(Balances::free_balance(contract), before - 700);
        assert_eq!(Balances::free_balance(&BOB), ENDOWMENT + 700);
    });
}

#[test]
fn a_program_costs_what_it_used_and_needs_no_more() {
    with_contract(|contract| {
        let short = execute(contract, pays(700, &BOB));
        let long = execute(contract, [pays(350, &BOB), pays(350, &BOB)].concat());
        let more = long.gas_consumed.saturating_sub(short.gas_consumed);
        assert_eq!(more.proof_size(), 2 * INSTRUCTION_WEIGHT.proof_size());
        assert!(more.ref_time() > 2 * INSTRUCTION_WEIGHT.ref_time());
        assert!(short.gas_consumed.all_gt(EXECUTE_WEIGHT + INSTRUCTION_WEIGHT * 2));
        // All that is left is charged beforehand, which is not what is required.
        assert!(short.gas_required.all_lt(GAS_LIMIT / 10));
    });
}

#[test]
fn a_program_that_fails_is_an_answer_and_the_contract_goes_on() {
    with_contract(|contract| {
        let before = Balances::free_balance(contract);
        let result = execute(contract, [pays(700, &BOB), pays(1_000_000, &BOB)].concat());
        assert_eq!(answer(&result), EXECUTION_FAILED);
        assert!(String::from_utf8_lossy(&result.debug_message).contains("call failed with: "));
        assert!(result.gas_consumed.all_lt(GAS_LIMIT / 10));
        // What the first instructions did stays or not as the executor has it, but nothing comes out of nowhere.
        assert!(Balances::free_balance(contract) + Balances::free_balance(&BOB) <= before + ENDOWMENT);
        assert!(Balances::free_balance(&BOB) < ENDOWMENT + 1_000_000);
    });
}

#[test]
fn a_program_may_take_no_more_than_is_left() {
    with_contract(|contract| {
        let program = VersionedXcm::from(Xcm(pays(700, &BOB)));
        let input = [0_u32.to_le_bytes().to_vec(), program.encode()].concat();
        let needed = execute(contract, pays(700, &BOB)).gas_required;
        let enough = |gas: Weight| answer(&call_with(contract, input.clone(), gas)) == SUCCESS;
        assert!(enough(needed + INSTRUCTION_WEIGHT));
        assert!(!enough(needed - INSTRUCTION_WEIGHT));
    });
}

#[test]
fn a_program_dispatches_only_what_the_chain_calls_safe() {
    with_contract(|contract| {
        let transfer = pallet_balances::Call::transfer_allow_death { dest: BOB, value: 300 };
        assert_eq!(answer(&execute(contract, transacts(transfer))), SUCCESS);
        assert_eq!(Balances::free_balance(&BOB), ENDOWMENT + 300);
        let remark = frame_system::Call::remark { remark: vec![1] };
        assert_eq!(answer(&execute(contract, transacts(remark))), EXECUTION_FAILED);
    });
}

#[test]
fn a_program_cannot_call_a_contract_while_one_runs() {
    with_contract(|contract| {
        let call = pallet_contracts::Call::call {
            dest: contract.clone(),
            value: 0,
            gas_limit: GAS_LIMIT / 2,
            storage_deposit_limit: None,
            data: vec![],
        };
        assert_eq!(answer(&execute(contract, transacts(call))), EXECUTION_FAILED);
    });
}

#[test]
fn what_is_no_program_traps() {
    with_contract(|contract| {
        let undecodable = Err(Error::<Test>::DecodingFailed.into());
        let program = [0_u32.to_le_bytes().to_vec(), vec![255; 40]].concat();
        assert_eq!(call_with(contract, program, GAS_LIMIT).result, undecodable);
        let no_destination = [4_u32.to_le_bytes().to_vec(), vec![255; 40]].concat();
        assert_eq!(call_with(contract, no_destination, GAS_LIMIT).result, undecodable);
        let dest = VersionedLocation::from(Location::parent()).encode();
        let len = u32::try_from(dest.len()).expect("it is short");
        let no_message = [len.to_le_bytes().to_vec(), dest, vec![255; 40]].concat();
        assert_eq!(call_with(contract, no_message, GAS_LIMIT).result, undecodable);
    });
}

#[test]
fn a_message_is_sent_from_the_contract_and_its_id_is_written() {
    with_contract(|contract| {
        let dest = Location::new(1, [Parachain(9)]);
        let result = send(contract, dest.clone(), vec![ClearOrigin, Trap(7)]);
        assert_eq!(answer(&result), SUCCESS);
        let origin: InteriorLocation = location(contract).try_into().expect("it is on this chain");
        let sent = Xcm(vec![DescendOrigin(origin), ClearOrigin, Trap(7)]);
        assert_eq!(result.result.unwrap().data[4..], message_id(&sent));
        assert_eq!(Outbox::get(), [(dest, sent)]);
        assert!(result.gas_consumed.all_gt(SEND_WEIGHT));
    });
}

#[test]
fn a_message_that_cannot_be_sent_is_an_answer() {
    with_contract(|contract| {
        let result = send(contract, Location::here(), vec![ClearOrigin]);
        assert_eq!(answer(&result), SEND_FAILED);
        assert!(String::from_utf8_lossy(&result.debug_message).contains("seal0::xcm_send failed with: "));
        assert_eq!(result.result.unwrap().data[4..], [0; 32]);
        assert_eq!(Outbox::get(), []);
    });
}

#[test]
fn what_a_reverted_call_has_executed_is_undone() {
    with_contract(|contract| {
        let before = Balances::free_balance(contract);
        let program = VersionedXcm::from(Xcm(pays(700, &BOB)));
        let input = [0_u32.to_le_bytes().to_vec(), program.encode()].concat();
        // Enough to execute, not to return.
        let needed = call_with(contract, input.clone(), GAS_LIMIT).gas_consumed;
        Balances::set_balance(&BOB, ENDOWMENT);
        let result = call_with(contract, input, needed - Weight::from_parts(1_000, 0));
        assert_eq!(result.result, Err(Error::<Test>::OutOfGas.into()));
        assert_eq!(Balances::free_balance(contract), before - 700);
        assert_eq!(Balances::free_balance(&BOB), ENDOWMENT);
    });
}
