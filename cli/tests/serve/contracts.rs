//! Contracts through the methods that front ends call.

use crate::{
    common::{Chain, contract},
    served::{Served, bytes, hash, hex},
    socket::Socket,
};
use codec::{Decode, Encode};
use frame_support::{StorageHasher, Twox64Concat, storage::storage_prefix, weights::Weight};
use frame_system::EventRecord;
use pallet_contracts::{Code, ContractExecResult, ContractInstantiateResult, Determinism};
use serde_json::{Value, json};
use sp_core::sr25519::Public;
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use vellum_runtime::{AccountId, Balance, BalancesCall, Hash, Runtime, RuntimeCall, RuntimeEvent};

type Record = EventRecord<RuntimeEvent, Hash>;
type ContractsCall = pallet_contracts::Call<Runtime>;
type Contracts = pallet_contracts::Event<Runtime>;

/// The selectors of flipper's `new`, `flip` and `get`, as ink! derives them from the names.
const NEW: [u8; 4] = [0x9b, 0xae, 0x9d, 0x5e];
const FLIP: [u8; 4] = [0x63, 0x3a, 0xa5, 0x51];
const GET: [u8; 4] = [0x2f, 0x86, 0x5b, 0xd9];

/// More than any of these needs.
const PLENTY: Weight = Weight::from_parts(500_000_000_000, 1 << 40);

fn code() -> Vec<u8> {
    std::fs::read(contract("flipper/flipper.wasm")).expect("it is part of the project; qed")
}

fn events_key() -> String {
    hex(&storage_prefix(b"System", b"Events"))
}

/// What happened in a block.
fn events(served: &Served, block: &Value) -> Vec<Contracts> {
    let stored = served.ask("state_getStorage", json!([events_key(), block]));
    let records = Vec::<Record>::decode(&mut &bytes(&stored)[..]).expect("events decode; qed");
    records
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Contracts(event) => Some(event),
            _ => None,
        })
        .collect()
}

/// Makes a flipper that holds `true`.
fn flipper(served: &Served) -> AccountId {
    let block = served.send(RuntimeCall::Contracts(ContractsCall::instantiate_with_code {
        value: 0,
        gas_limit: PLENTY,
        storage_deposit_limit: None,
        code: code(),
        data: (NEW, true).encode(),
        salt: vec![],
    }));
    let events = events(served, &block);
    let made = events.iter().find_map(|event| match event {
        Contracts::Instantiated { contract, .. } => Some(contract.clone()),
        _ => None,
    });
    made.unwrap_or_else(|| panic!("no contract was made: {events:?}"))
}

fn call(contract: &AccountId, limit: Option<Weight>, input: &[u8]) -> impl Encode {
    (Alice.to_account_id(), contract.clone(), 0 as Balance, limit, None::<Balance>, input.to_vec())
}

/// What a message returns in a dry run.
fn dry_run(
    served: &Served,
    contract: &AccountId,
    limit: Option<Weight>,
    input: &[u8],
) -> ContractExecResult<Balance, Record> {
    served.call("ContractsApi_call", call(contract, limit, input))
}

/// The value of a flipper behind a block.
fn value_at(served: &Served, contract: &AccountId, block: &Value) -> bool {
    let arguments = hex(&call(contract, None, &GET).encode());
    let answer = bytes(&served.ask("state_call", json!(["ContractsApi_call", arguments, block])));
    let result = ContractExecResult::<Balance, Record>::decode(&mut &answer[..]).expect("it is one; qed");
    // What ink! wraps around every result, and the boolean.
    result.result.expect("there is a contract; qed").data == [0, 1]
}

#[test]
fn a_contract_is_tried_made_called_and_removed() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    let tried: ContractInstantiateResult<AccountId, Balance, Record> = served.call(
        "ContractsApi_instantiate",
        (
            Alice.to_account_id(),
            0 as Balance,
            None::<Weight>,
            None::<Balance>,
            Code::<Hash>::Upload(code()),
            (NEW, true).encode(),
            Vec::<u8>::new(),
        ),
    );
    let expected = tried.result.expect("it can be made; qed").account_id;
    assert_eq!(served.ask("chain_getHeader", json!([]))["number"], "0x0", "a dry run makes no block");

    let contract = flipper(&served);
    assert_eq!(contract, expected);
    let made = served.ask("chain_getBlockHash", json!([]));
    let block = served.send(RuntimeCall::Contracts(ContractsCall::call {
        dest: contract.clone().into(),
        value: 0,
        gas_limit: PLENTY,
        storage_deposit_limit: None,
        data: FLIP.to_vec(),
    }));
    assert!(events(&served, &block).iter().any(|event| matches!(event, Contracts::ContractEmitted { .. })));
    assert!(value_at(&served, &contract, &made), "the state behind a block stays");
    assert!(!value_at(&served, &contract, &block));

    let code_hash = sp_io::hashing::blake2_256(&code()).into();
    let refused = served.send(RuntimeCall::Contracts(ContractsCall::remove_code { code_hash }));
    assert!(events(&served, &refused).is_empty(), "a contract still uses it");
    let upload = ContractsCall::upload_code {
        code: std::fs::read(crate::common::contract("erc20/erc20.wasm")).expect("it is part of the project; qed"),
        storage_deposit_limit: None,
        determinism: Determinism::Enforced,
    };
    let stored = served.send(RuntimeCall::Contracts(upload));
    let [Contracts::CodeStored { code_hash, .. }] = events(&served, &stored)[..] else { panic!("it was not stored") };
    let removed = served.send(RuntimeCall::Contracts(ContractsCall::remove_code { code_hash }));
    assert!(matches!(events(&served, &removed)[..], [Contracts::CodeRemoved { .. }]));
}

#[test]
fn the_storage_of_a_contract_is_read_key_by_key() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    let contract = flipper(&served);
    let key = [&storage_prefix(b"Contracts", b"ContractInfoOf")[..], &Twox64Concat::hash(contract.as_ref())].concat();
    let info = bytes(&served.ask("state_getStorage", json!([hex(&key)])));
    let trie_id = Vec::<u8>::decode(&mut &info[..]).expect("it begins with the id of its trie; qed");
    let trie = hex(&[b":child_storage:default:", &trie_id[..]].concat());
    let keys = served.ask("childstate_getKeysPaged", json!([trie, "0x", 10]));
    assert_eq!(keys.as_array().map(Vec::len), Some(1), "{keys}");
    assert_eq!(served.ask("childstate_getStorage", json!([trie, keys[0]])), "0x01");
    assert_eq!(served.ask("childstate_getStorageSize", json!([trie, keys[0]])), 1);
    assert_eq!(served.ask("childstate_getStorageEntries", json!([trie, [keys[0], "0x00"]])), json!(["0x01", null]));
    assert_eq!(served.ask("childstate_getKeysPaged", json!([trie, "0x", 10, keys[0]])), json!([]));
    let hash = hex(&sp_io::hashing::blake2_256(&[1]));
    assert_eq!(served.ask("childstate_getStorageHash", json!([trie, keys[0]])), hash);
}

#[test]
fn a_trie_that_is_not_there_is_empty() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    let trie = hex(b":child_storage:default:nobody");
    assert_eq!(served.ask("childstate_getStorage", json!([trie, "0x00", null])), Value::Null);
    assert_eq!(served.ask("childstate_getStorageSize", json!([trie, "0x00"])), Value::Null);
    assert_eq!(served.ask("childstate_getKeysPaged", json!([trie, "0x", 10, null, null])), json!([]));
    assert_eq!(served.ask("state_getStorage", json!(["0x00", null])), Value::Null);
}

#[test]
fn keys_come_in_pages_that_join() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    let prefix = hex(&storage_prefix(b"System", b"Account"));
    let all = served.ask("state_getKeysPaged", json!([prefix, 1000]));
    let all = all.as_array().expect("it is a list; qed");
    assert!(all.len() >= 6, "the development accounts have entries: {all:?}");
    let mut joined: Vec<Value> = Vec::new();
    loop {
        let page = served.ask("state_getKeysPaged", json!([prefix, 2, joined.last()]));
        let page = page.as_array().expect("it is a list; qed");
        joined.extend(page.iter().cloned());
        if page.len() < 2 {
            break;
        }
    }
    assert_eq!(joined, *all);
}

#[test]
fn a_transaction_is_watched_to_its_end_and_blocks_are_announced() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    let mut socket = Socket::connect(&served.address);
    let heads = socket.ask("chain_subscribeNewHeads", json!([])).expect("it can be followed; qed");
    assert_eq!(socket.next(&heads)["number"], "0x0");
    let key = account_key(&Bob.public());
    let storage = socket.ask("state_subscribeStorage", json!([[key]])).expect("it can be followed; qed");
    let before = socket.next(&storage);

    let transfer = BalancesCall::transfer_keep_alive { dest: Alice.to_account_id().into(), value: 1 };
    let transaction = served.sign(Bob, 0, RuntimeCall::Balances(transfer));
    let watched = socket.ask("author_submitAndWatchExtrinsic", json!([transaction])).expect("it is valid; qed");
    assert_eq!(socket.next(&watched), "ready");
    let block = socket.next(&watched)["inBlock"].clone();
    assert_eq!(socket.next(&watched)["finalized"], block);
    assert_eq!(socket.next(&heads)["number"], "0x1");
    let after = socket.next(&storage);
    assert_eq!(after["block"], block);
    assert_ne!(before["changes"][0][1], after["changes"][0][1]);

    let body = served.ask("chain_getBlock", json!([block]));
    assert_eq!(body["block"]["extrinsics"][1], transaction);
    assert_eq!(socket.ask("chain_getFinalizedHead", json!([])), Ok(block));
    assert_eq!(socket.ask("chain_unsubscribeNewHeads", json!([heads])), Ok(json!(true)));
    // What cannot be in a block is no subscription.
    let error = socket.ask("author_submitAndWatchExtrinsic", json!([transaction])).expect_err("it was there; qed");
    assert_eq!(error["code"], 1010, "{error}");
}

fn account_key(account: &Public) -> String {
    let key =
        [&storage_prefix(b"System", b"Account")[..], &sp_io::hashing::blake2_128(&account.0), &account.0].concat();
    hex(&key)
}

#[test]
fn what_a_transaction_costs_is_what_was_told() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    let transfer = BalancesCall::transfer_keep_alive { dest: Alice.to_account_id().into(), value: 7 };
    let transaction = served.sign(Bob, 0, RuntimeCall::Balances(transfer));
    let told = served.ask("payment_queryInfo", json!([transaction]));
    assert!(told["weight"].is_u64() && told["class"] == "normal", "{told}");
    let told: Balance = told["partialFee"].as_str().and_then(|fee| fee.parse().ok()).expect("it is a number; qed");
    let details = served.ask("payment_queryFeeDetails", json!([transaction]))["inclusionFee"].clone();
    let part = |name: &str| {
        let text = details[name].as_str().and_then(|text| text.strip_prefix("0x")).expect("it is in hex; qed");
        Balance::from_str_radix(text, 16).expect("these are digits; qed")
    };
    assert_eq!(part("baseFee") + part("lenFee") + part("adjustedWeightFee"), told);
    let free = |served: &Served| {
        let stored = bytes(&served.ask("state_getStorage", json!([account_key(&Bob.public())])));
        frame_system::AccountInfo::<u32, pallet_balances::AccountData<Balance>>::decode(&mut &stored[..])
            .expect("it is an account; qed")
            .data
            .free
    };
    let before = free(&served);
    served.ask("author_submitExtrinsic", json!([transaction]));
    assert_eq!(before - free(&served), told + 7);
}

#[test]
fn a_client_that_knows_weight_as_one_number_gets_a_block() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    let contract = flipper(&served);
    let result = dry_run(&served, &contract, Some(Weight::from_parts(4_999_999_999_999, 0)), &GET);
    assert_eq!(result.result.expect("it can be read; qed").data, [0, 1]);
    // Gas is still what the client allows.
    let little = dry_run(&served, &contract, Some(Weight::from_parts(1_000_000, 0)), &GET);
    assert!(little.result.is_err());
}

#[test]
fn every_method_of_nodes_that_clients_begin_with_answers() {
    let chain = Chain::new();
    let served = Served::start(&chain);
    let methods = served.ask("rpc_methods", json!([]))["methods"].clone();
    let methods: Vec<_> = methods.as_array().expect("it is a list; qed").iter().filter_map(Value::as_str).collect();
    assert!(methods.is_sorted() && methods.contains(&"rpc_methods"), "{methods:?}");
    let metadata = bytes(&served.ask("state_getMetadata", json!([])));
    assert_eq!(&metadata[..5], b"meta\x0e");
    let version = served.ask("state_getRuntimeVersion", json!([]));
    assert_eq!((&version["specName"], &version["specVersion"]), (&json!("vellum"), &json!(1)));
    assert!(version["apis"].as_array().is_some_and(|apis| apis.len() > 5), "{version}");
    assert_eq!(served.ask("system_properties", json!([]))["tokenSymbol"], "UNIT");
    assert_eq!(served.ask("system_health", json!([]))["isSyncing"], false);
    let genesis = served.ask("chain_getBlockHash", json!(["0x0"]));
    assert_eq!(served.ask("chain_getBlockHash", json!([[0, 1]])), json!([genesis, null]));
    assert_eq!(served.ask("chain_getHeader", json!([hex(&[7; 32])])), Value::Null);
    assert_ne!(hash(&genesis), Hash::zero());
    let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
    assert_eq!(served.ask("system_accountNextIndex", json!([alice])), 0);
}
