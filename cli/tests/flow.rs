//! Contracts from upload to removal, as a user would go.

mod common;

use common::{Chain, contract, path};
use serde_json::{Value, json};

#[test]
fn a_flipper_flips() {
    let chain = Chain::new();
    let file = contract("flipper/flipper.contract");
    let upload = chain.json(&["upload", path(&file)], 0);
    assert_eq!(upload["already_stored"], false);
    assert_eq!(upload["block"]["number"], 1);

    let made = chain.json(&["instantiate", path(&file), "new", "true"], 0);
    assert_eq!(made["code_hash"], upload["code_hash"]);
    assert_eq!(made["entry"], "new");
    assert_eq!(made["storage_deposit"]["kind"], "charge");

    assert_eq!(chain.get("flipper", "get"), true);
    let flip = chain.json(&["call", "flipper", "flip"], 0);
    assert_eq!(flip["executed"], true);
    assert_eq!(flip["result"]["reverted"], false);
    let event = contract_event(&flip);
    assert_eq!(event["decoded"]["name"], "Flipped");
    assert_eq!(event["decoded"]["fields"]["value"], false);
    assert_eq!(event["decoded"]["fields"]["by"], "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
    assert_eq!(event["decoded"]["indexed"], json!(["by"]));
    assert_eq!(chain.get("flipper", "get"), false);
    // The contract answers to its address too.
    let address = made["contract"].as_str().expect("addresses are text; qed");
    assert_eq!(chain.get(address, "get"), false);
}

#[test]
fn a_token_moves_and_refuses() {
    let chain = Chain::with_erc20();
    chain.json(&["call", "erc20", "transfer", "bob", "2_500"], 0);
    chain.json(&["call", "erc20", "transfer", "--arg", "value=500", "--arg", "to=charlie"], 0);
    let balance = |who: &str| chain.json(&["call", "erc20", "balance-of", who], 0)["result"]["value"].clone();
    assert_eq!((balance("alice"), balance("bob"), balance("charlie")), (json!("997000"), json!("2500"), json!("500")));

    let refused = chain.json(&["call", "erc20", "transfer", "alice", "3000", "--signer", "bob"], 5);
    assert_eq!(refused["executed"], false);
    assert_eq!(refused["result"]["value"], json!({ "Err": "InsufficientBalance" }));

    chain.json(&["call", "erc20", "approve", "bob", "100"], 0);
    chain.json(&["call", "erc20", "transfer_from", "alice", "dave", "60", "--signer", "bob"], 0);
    assert_eq!(balance("dave"), "60");
    let left = chain.json(&["call", "erc20", "allowance", "alice", "bob"], 0);
    assert_eq!(left["result"]["value"], "40");
}

#[test]
fn one_contract_calls_another() {
    let chain = Chain::with_flipper();
    chain.json(&["instantiate", path(&contract("caller/caller.contract")), "new", "flipper"], 0);
    let flip = chain.json(&["call", "caller", "flip"], 0);
    assert_eq!(contract_event(&flip)["decoded"]["name"], "Flipped");
    assert_eq!(chain.get("flipper", "get"), true);
    // The callee reverts, the caller does not.
    let survived = chain.json(&["call", "caller", "try_flip_to", "true"], 0);
    assert_eq!(survived["result"]["value"], json!({ "Reverted": "NothingToDo" }));
    assert_eq!(chain.get("caller", "failures"), 1);
}

#[test]
fn reading_makes_no_block_and_a_dry_run_changes_nothing() {
    let chain = Chain::with_flipper();
    let head = || chain.json(&["info"], 0)["head"]["number"].clone();
    let before = head();
    assert_eq!(chain.json(&["call", "flipper", "get"], 0)["executed"], false);
    for tried in [
        chain.json(&["dry-run", "call", "flipper", "flip"], 0),
        chain.json(&["call", "flipper", "flip", "--dry-run"], 0),
    ] {
        assert_eq!(tried["executed"], false);
        assert_eq!(contract_event(&tried)["decoded"]["fields"]["value"], true);
    }
    let file = contract("erc20/erc20.contract");
    assert_eq!(chain.json(&["upload", path(&file), "--dry-run"], 0)["executed"], false);
    assert_eq!(chain.json(&["dry-run", "instantiate", path(&file), "new", "1"], 0)["executed"], false);
    assert_eq!(head(), before);
    assert_eq!(chain.get("flipper", "get"), false);
    let executed = chain.json(&["call", "flipper", "get", "--execute"], 0);
    assert_eq!(executed["executed"], true);
    assert_ne!(head(), before);
}

#[test]
fn raw_data_needs_no_metadata() {
    let chain = Chain::new();
    // A module away from its metadata.
    let lonely = chain.folder.path().join("lonely.wasm");
    std::fs::copy(contract("flipper/flipper.wasm"), &lonely).expect("the folder takes files; qed");
    let unknown = chain.json(&["instantiate", path(&lonely)], 2);
    assert!(unknown["error"]["help"].as_str().is_some_and(|help| help.contains("--data")), "{unknown}");
    // The selectors of `new` and `get` are ink!'s for these names.
    chain.json(&["instantiate", path(&lonely), "--data", "0x9bae9d5e01"], 0);
    let got = chain.json(&["call", "lonely", "--data", "0x2f865bd9"], 0);
    assert_eq!(got["result"]["data"], "0x0001");
    let named = contract("flipper/flipper.json");
    let got = chain.json(&["call", "lonely", "get", "--metadata", path(&named)], 0);
    assert_eq!(got["result"]["value"], true);
}

#[test]
fn metadata_beside_a_module_is_used() {
    let chain = Chain::new();
    for (number, file) in ["flipper/flipper.wasm", "flipper/flipper.json"].into_iter().enumerate() {
        let name = format!("f{number}");
        chain.json(&["instantiate", path(&contract(file)), "new", "true", "--name", &name, "--salt", &salt(number)], 0);
        assert_eq!(chain.get(&name, "get"), true);
    }
}

#[test]
fn modules_built_with_default_flags_run() {
    let chain = Chain::new();
    let file = contract("flipper/flipper-default-flags.wasm");
    chain.json(&["instantiate", path(&file), "--data", "0x9bae9d5e01", "--name", "modern"], 0);
    let got = chain.json(&["call", "modern", "--data", "0x2f865bd9"], 0);
    assert_eq!(got["result"]["data"], "0x0001");
}

#[test]
fn stored_code_makes_contracts_and_goes_when_unused() {
    let chain = Chain::new();
    let upload = chain.json(&["upload", path(&contract("flipper/flipper.contract"))], 0);
    let hash = upload["code_hash"].as_str().expect("hashes are text; qed");
    let codes = chain.json(&["info"], 0)["codes"].clone();
    assert_eq!(codes[0]["code_hash"], hash);
    chain.json(&["remove", hash], 0);
    assert_eq!(chain.json(&["info"], 0)["codes"], json!([]));

    chain.json(&["upload", path(&contract("flipper/flipper.contract"))], 0);
    chain.json(&["instantiate", hash, "new", "true"], 0);
    let used = chain.json(&["remove", hash], 7);
    assert_eq!(used["error"]["dispatch_error"], "Contracts::CodeInUse");
}

#[test]
fn weight_is_accounted_for_to_the_last_picosecond() {
    let chain = Chain::with_erc20();
    for call in [&["dry-run", "call", "erc20", "transfer", "bob", "5"][..], &["call", "erc20", "transfer", "bob", "5"]]
    {
        let call = chain.json(call, 0);
        is_accounted_for(&call["weight"]);
    }
}

#[track_caller]
fn is_accounted_for(weight: &Value) {
    let list = |key: &str| weight["profile"][key].as_array().cloned().unwrap_or_default();
    let sum = |rows: &[Value], key: &str| rows.iter().filter_map(|row| row[key].as_u64()).sum::<u64>();
    let (classes, functions) = (list("gas_classes"), list("host_functions"));
    assert!(classes.len() > 5 && functions.len() > 4, "{weight}");
    let spent = sum(&classes, "ref_time") + sum(&functions, "ref_time");
    assert_eq!(spent, weight["consumed"]["ref_time"].as_u64().expect("it is a number; qed"));
    assert_eq!(sum(&functions, "proof_size"), weight["consumed"]["proof_size"].as_u64().expect("so is this; qed"));
    let names: Vec<_> = functions.iter().filter_map(|row| row["name"].as_str()).collect();
    for name in ["set_storage", "get_storage", "deposit_event"] {
        assert!(names.contains(&name), "{names:?}");
    }
}

#[test]
fn a_named_weight_limit_is_enough_when_it_is_what_the_dry_run_needs() {
    let chain = Chain::with_flipper();
    let tried = chain.json(&["dry-run", "call", "flipper", "flip"], 0);
    let number = |key: &str| tried["weight"]["required"][key].to_string();
    let (gas, proof) = (number("ref_time"), number("proof_size"));
    chain.json(&["call", "flipper", "flip", "--gas", &gas, "--proof-size", &proof], 0);
    assert_eq!(chain.get("flipper", "get"), true);
}

#[test]
fn events_of_any_block_can_be_read_later() {
    let chain = Chain::with_flipper();
    chain.json(&["call", "flipper", "flip"], 0);
    chain.json(&["call", "flipper", "flip"], 0);
    let events = chain.json(&["events", "--block", "2", "--contracts-only"], 0);
    let decoded = &events["events"][0]["decoded"];
    assert_eq!((&decoded["name"], &decoded["fields"]["value"]), (&json!("Flipped"), &json!(true)));
    chain.json(&["events", "--block", "99"], 7);
}

#[test]
fn accounts_pay_for_what_they_do() {
    let chain = Chain::new();
    let of = |name: &str| {
        let accounts = chain.json(&["accounts"], 0)["accounts"].clone();
        let row = accounts.as_array().and_then(|rows| rows.iter().find(|row| row["name"] == name).cloned());
        let row = row.expect("it is a development account; qed");
        (row["free"].as_str().map(str::to_owned), row["held"].as_str().map(str::to_owned))
    };
    let before = (of("bob"), of("alice"));
    let upload = chain.json(&["upload", path(&contract("flipper/flipper.contract")), "--signer", "bob"], 0);
    assert_eq!(of("bob").1, upload["deposit"].as_str().map(str::to_owned));
    assert_ne!(of("bob").0, before.0.0);
    assert_eq!(of("alice"), before.1);
}

#[test]
fn the_demo_tells_its_story_from_anywhere() {
    let folder = tempfile::tempdir().expect("the system has a folder for temporary files; qed");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vellum"));
    let answer = common::answer(command.arg("demo").current_dir(folder.path()).output());
    assert_eq!(answer.code, 0, "{answer:?}");
    for expected in
        ["Upload flipper", "Flipped { by: alice, value: true }", "Transfer", "by: caller", "first call", "set_storage"]
    {
        assert!(answer.stdout.contains(expected), "{expected}: {}", answer.stdout);
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("it is a folder; qed").count(), 0, "it leaves nothing behind");
    // On a state that is kept it can run again and again.
    let chain = Chain::new();
    for _ in 0..2 {
        let demo = chain.json(&["demo"], 0);
        assert!(demo["steps"].as_array().is_some_and(|steps| steps.len() > 8), "{demo}");
    }
}

fn salt(number: usize) -> String {
    format!("0x{number:02x}")
}

/// The first event that a contract emitted.
#[track_caller]
fn contract_event(report: &Value) -> Value {
    let events = report["events"].as_array().expect("every report lists events; qed");
    let emitted = events.iter().find(|event| event["name"] == "ContractEmitted");
    emitted.unwrap_or_else(|| panic!("no contract emitted anything: {report}")).clone()
}
