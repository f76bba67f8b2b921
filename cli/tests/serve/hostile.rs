//! Requests that nobody well-meaning sends. Each is refused, and the server goes on.

use crate::{
    common::Chain,
    served::{Served, hex},
};
use codec::{Decode, Encode};
use frame_support::weights::Weight;
use pallet_contracts::{Code, ContractInstantiateResult};
use serde_json::{Value, json};
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use vellum_runtime::{
    AccountId, Balance, BalancesCall, Hash, Runtime, RuntimeCall, RuntimeEvent, SystemCall, TimestampCall,
    UncheckedExtrinsic,
};

/// JSON-RPC's own numbers.
const INVALID_PARAMS: i64 = -32602;
const NO_SUCH_METHOD: i64 = -32601;

#[track_caller]
fn goes_on(served: &mut Served) {
    assert!(served.is_running());
    assert_eq!(served.ask("system_name", json!([])), "vellum");
    assert!(served.ask("chain_getHeader", json!([]))["number"].is_string());
}

#[test]
fn parameters_that_are_none_are_refused() {
    let chain = Chain::new();
    let mut served = Served::start(&chain);
    let long: Vec<Value> = (0..1001).map(|number| json!(number)).collect();
    let many: Vec<Value> = vec![json!("0x00"); 1001];
    for (method, params) in [
        ("state_getStorage", json!([])),
        ("state_getStorage", json!(["0xzz"])),
        ("state_getStorage", json!(["ü"])),
        ("state_getStorage", json!([7])),
        ("state_getStorage", json!(["0x00", "0x01"])),
        ("state_getKeysPaged", json!(["0x", 1001])),
        ("state_getKeysPaged", json!(["0x", -1])),
        ("state_queryStorageAt", json!([many])),
        ("childstate_getStorage", json!(["0x00", "0x00"])),
        ("childstate_getKeysPaged", json!(["0x", "0x", 1])),
        ("chain_getBlockHash", json!([1.5])),
        ("chain_getBlockHash", json!(["0x"])),
        ("chain_getBlockHash", json!([[[[]]]])),
        ("chain_getBlockHash", json!([long])),
        ("system_accountNextIndex", json!(["alice"])),
        ("author_submitExtrinsic", json!(["0x1g"])),
        ("author_submitExtrinsic", json!([{ "a": 1 }])),
    ] {
        let (code, text) = served.refused(method, params.clone());
        assert_eq!(code, INVALID_PARAMS, "{method} {params}: {text}");
    }
    assert_eq!(served.refused("nothing", json!([])).0, NO_SUCH_METHOD);
    // Numbers beyond every block are no error.
    assert_eq!(served.ask("chain_getBlockHash", json!([u64::MAX])), Value::Null);
    goes_on(&mut served);
}

#[test]
fn requests_that_are_none_are_refused() {
    let chain = Chain::new();
    let mut served = Served::start(&chain);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let batch: Vec<Value> =
        (0..65).map(|id| json!({ "jsonrpc": "2.0", "id": id, "method": "system_name", "params": [] })).collect();
    for request in ["", "{", "[]", "null", "\"\u{0}\"", &deep, &json!(batch).to_string()] {
        let (_, answer) = served.post(request.to_owned());
        assert!(answer["result"].is_null(), "{request:.40}: {answer}");
    }
    // Longer than any transaction.
    let answered = served.try_post(" ".repeat((8 << 20) + 1));
    assert!(answered.is_none_or(|(status, _)| status == 413));
    goes_on(&mut served);
}

#[test]
fn what_is_no_transaction_makes_no_block() {
    let chain = Chain::new();
    let mut served = Served::start(&chain);
    let clock = UncheckedExtrinsic::new_bare(RuntimeCall::Timestamp(TimestampCall::set { now: 1 }));
    let transfer =
        || RuntimeCall::Balances(BalancesCall::transfer_keep_alive { dest: Alice.to_account_id().into(), value: 1 });
    let signed = served.sign(Bob, 0, transfer());
    let mut forged = signed.clone();
    let last = forged.pop().expect("it has digits; qed");
    forged.push(if last == '0' { '1' } else { '0' });
    // An unsigned `sudo` of a `sudo` of a `sudo` ..., deeper than any decoder goes.
    let deep = [vec![0x05], [0x04, 0x00].repeat(2_000)].concat().encode();
    for (transaction, expected) in [
        ("0x".to_owned(), 1001),
        ("0x00".to_owned(), 1001),
        (hex(&[0xff; 1000]), 1001),
        (hex(&deep), 1001),
        (format!("{signed}00"), 1001),
        (hex(&clock.encode()), 1010),
        (forged, 1010),
        (served.sign(Bob, 1, transfer()), 1010),
    ] {
        let (code, text) = served.refused("author_submitExtrinsic", json!([transaction]));
        assert_eq!(code, expected, "{transaction:.80}: {text}");
    }
    assert_eq!(served.ask("chain_getHeader", json!([]))["number"], "0x0");
    served.ask("author_submitExtrinsic", json!([signed]));
    assert_eq!(served.refused("author_submitExtrinsic", json!([signed])).0, 1010);
    assert_eq!(served.ask("chain_getHeader", json!([]))["number"], "0x1");
    goes_on(&mut served);
}

#[test]
fn the_runtime_is_asked_only_what_it_can_answer() {
    let chain = Chain::new();
    let mut served = Served::start(&chain);
    for (api, arguments) in [
        ("Core_execute_block", "0x"),
        ("Core_initialize_block", "0x00"),
        ("BlockBuilder_finalize_block", "0x"),
        ("GenesisBuilder_build_state", "0x00"),
        ("Core_version", "0x00"),
        ("ContractsApi_call", "0x"),
        ("ContractsApi_call", "0xffffffffffffffff"),
        ("TransactionPaymentApi_query_info", "0x00"),
        ("TaggedTransactionQueue_validate_transaction", "0x02"),
        ("", "0x"),
        ("\u{0}", "0x"),
    ] {
        assert_eq!(served.refused("state_call", json!([api, arguments])).0, 4003, "{api} {arguments}");
    }
    goes_on(&mut served);
}

#[test]
fn a_dry_run_that_would_never_end_does() {
    let chain = Chain::new();
    let mut served = Served::start(&chain);
    let endless = r#"(module (import "env" "memory" (memory 1 1)) (func (export "call"))
        (func (export "deploy") (loop $again (br $again))))"#;
    let code = wat::parse_str(endless).expect("it is a module; qed");
    type Tried = ContractInstantiateResult<AccountId, Balance, frame_system::EventRecord<RuntimeEvent, Hash>>;
    let tried: Tried = served.call(
        "ContractsApi_instantiate",
        (
            Alice.to_account_id(),
            0 as Balance,
            Some(Weight::MAX),
            None::<Balance>,
            Code::<Hash>::Upload(code),
            Vec::<u8>::new(),
            Vec::<u8>::new(),
        ),
    );
    let error = tried.result.expect_err("it has no end; qed");
    assert_eq!(error, pallet_contracts::Error::<Runtime>::OutOfGas.into());
    goes_on(&mut served);
}

#[test]
fn not_even_root_ends_the_program_by_new_code() {
    let chain = Chain::new();
    let mut served = Served::start(&chain);
    let set_code = RuntimeCall::System(SystemCall::set_code { code: vec![0, 1, 2] });
    // The first call of the pallet at index 4, sudo, which Alice may use.
    let sudo = [&[4, 0], &set_code.encode()[..]].concat();
    served.send(RuntimeCall::decode(&mut &sudo[..]).expect("it is a call; qed"));
    assert_eq!(served.ask("chain_getHeader", json!([]))["number"], "0x1");
    goes_on(&mut served);
}
