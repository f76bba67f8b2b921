//! What becomes of a chain's codes: each is judged, and nothing is stored.

mod common;

use common::{Chain, contract, path};
use frame_support::storage::storage_prefix;
use serde_json::{Value, json};
use sp_core::hexdisplay::HexDisplay;
use sp_io::hashing::blake2_256;

fn hex(bytes: &[u8]) -> String {
    format!("0x{:?}", HexDisplay::from(&bytes))
}

/// The entry of a code in a chain's state.
fn stored(code: &[u8]) -> (String, Value) {
    use codec::Encode;
    let key = [storage_prefix(b"Contracts", b"PristineCode"), blake2_256(code)].concat();
    (hex(&key), hex(&code.to_vec().encode()).into())
}

/// Judges a chain that stores these codes; gives the JSON of each by its hash.
fn check(codes: &[&[u8]], exit_code: i32) -> (Value, Vec<Value>) {
    let chain = Chain::new();
    let top: serde_json::Map<_, _> = codes.iter().map(|code| stored(code)).collect();
    let file = chain.folder.path().join("state.json");
    let specification = json!({ "id": "test", "genesis": { "raw": { "top": top } } });
    std::fs::write(&file, specification.to_string()).expect("the folder takes files; qed");
    let json = chain.json(&["check-chain", path(&file)], exit_code);
    assert!(!chain.state().exists(), "no chain of one's own is needed");
    let of = |code: &&[u8]| {
        let codes = json["codes"].as_array().expect("codes are listed");
        codes.iter().find(|row| row["code_hash"] == hex(&blake2_256(code))).expect("each is listed").clone()
    };
    let rows = codes.iter().map(of).collect();
    (json, rows)
}

fn assemble(text: &str) -> Vec<u8> {
    let memory = "(import \"env\" \"memory\" (memory 1 1))";
    wat::parse_str(format!("(module {memory} {text} (func (export \"deploy\")))")).expect("the test's text is a module")
}

#[test]
fn contracts_of_today_run() {
    let flipper = std::fs::read(contract("flipper/flipper.wasm")).expect("it is part of the project; qed");
    let (json, rows) = check(&[&flipper], 0);
    assert_eq!((&json["runs"], &json["lost"], &json["refused"]), (&json!(1), &json!(0), &json!(0)));
    assert_eq!(rows[0]["runs"], true);
    assert_eq!(rows[0]["bytes"], flipper.len());
    assert!(rows[0]["nearest_limit"]["name"].is_string());
}

#[test]
fn codes_that_do_not_run_say_why_and_fail_the_command() {
    let unknown = assemble(r#"(import "seal9" "teleport" (func)) (func (export "call"))"#);
    let mistyped = assemble(r#"(import "seal0" "caller" (func (param i64))) (func (export "call"))"#);
    let old = assemble(r#"(func (export "call") (result i32) (i32.const 0))"#);
    let none = assemble("");
    let (json, rows) = check(&[&unknown, &mistyped, &old, &none, b"no module"], 3);
    assert_eq!(json["lost"], 5);
    let reasons: Vec<_> = rows.iter().map(|row| row["reason"].as_str().expect("there is one").to_owned()).collect();
    assert!(reasons[0].contains("seal9::teleport"), "{}", reasons[0]);
    assert!(reasons[1].contains("(i64) -> ()"), "{}", reasons[1]);
    assert!(reasons[2].contains("() -> (i32)"), "{}", reasons[2]);
    assert!(reasons[3].contains("no function `call`"), "{}", reasons[3]);
}

#[test]
fn what_codes_need_of_the_chain_and_what_would_not_be_accepted_anew_is_said() {
    let call = r#"(func (export "call"))"#;
    let random = assemble(&format!("(import \"seal0\" \"random\" (func (param i32 i32 i32 i32))) {call}"));
    let extension = assemble(&format!(
        "(import \"seal0\" \"call_chain_extension\" (func (param i32 i32 i32 i32 i32) (result i32))) {call}"
    ));
    let large_table = assemble(&format!("(table 16385 funcref) {call}"));
    let (json, rows) = check(&[&random, &extension, &large_table], 0);
    assert_eq!((&json["needs"], &json["near"], &json["refused"]), (&json!(2), &json!(1), &json!(1)));
    assert!(rows[0]["needs"][0].as_str().expect("text").starts_with("deprecated"));
    assert_eq!(rows[1]["needs"], json!(["a chain extension"]));
    assert_eq!(rows[2]["nearest_limit"], json!({ "name": "elements of a table", "value": 16_385, "limit": 16_384 }));
    assert!(rows[2]["refused_anew"].as_str().expect("text").contains("16"), "{}", rows[2]);
}

#[test]
fn people_get_a_table_of_what_is_remarkable() {
    let chain = Chain::new();
    let random = assemble(r#"(import "seal0" "random" (func (param i32 i32 i32 i32))) (func (export "call"))"#);
    let flipper = std::fs::read(contract("flipper/flipper.wasm")).expect("it is part of the project; qed");
    let top: serde_json::Map<_, _> = [stored(&random), stored(&flipper)].into_iter().collect();
    let file = chain.folder.path().join("state.json");
    std::fs::write(&file, Value::Object(top).to_string()).expect("the folder takes files; qed");
    let answer = chain.run(&["check-chain", path(&file)]);
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.stdout.contains("2 codes of the pallet Contracts"), "{answer:?}");
    assert!(answer.stdout.contains(&hex(&blake2_256(&random))), "{answer:?}");
    assert!(!answer.stdout.contains(&hex(&blake2_256(&flipper))), "{answer:?}");
    let answer = chain.run(&["check-chain", path(&file), "--all"]);
    assert!(answer.stdout.contains(&hex(&blake2_256(&flipper))), "{answer:?}");
    let answer = chain.run(&["check-chain", path(&file), "--pallet", "Kontracts"]);
    assert_eq!(answer.code, 2);
    assert!(answer.stderr.contains("--pallet"), "{answer:?}");
}
