//! `vellum inspect` on the project's contracts, and on the collections beside the project.

mod common;

use common::{Chain, contract, path, shared};
use serde_json::Value;

#[test]
fn a_contract_is_taken_apart() {
    let chain = Chain::new();
    let report = chain.json(&["inspect", path(&contract("erc20/erc20.contract"))], 0);
    assert_eq!(report["accepted"], true);
    assert_eq!(report["contract"]["name"], "erc20");
    let exports: Vec<_> = report["module"]["exports"].as_array().into_iter().flatten().map(|it| &it["name"]).collect();
    assert_eq!(exports, ["call", "deploy"]);
    assert!(report["module"]["imports"].as_array().is_some_and(|imports| imports.len() > 5));
    let limits = report["limits"].as_array().expect("it lists limits; qed");
    assert!(limits.len() > 10 && limits.iter().all(|limit| limit["met"] == true), "{limits:?}");
    let deposit = report["upload"]["deposit"].as_str().map(str::to_owned);
    let upload = chain.json(&["upload", path(&contract("erc20/erc20.contract"))], 0);
    assert_eq!(deposit.as_deref(), upload["deposit"].as_str());
}

#[test]
fn what_the_default_flags_bring_in_is_named() {
    let chain = Chain::new();
    let report = chain.json(&["inspect", path(&contract("flipper/flipper-default-flags.wasm"))], 0);
    assert!(report["features"].to_string().contains("bulk memory"), "{report}");
}

#[test]
fn every_real_contract_gets_the_verdict_that_it_should() {
    let Some(folder) = shared("contracts") else { return };
    let manifest = std::fs::read(folder.join("manifest.json")).expect("the collection has a manifest; qed");
    let rows: Vec<Value> = serde_json::from_slice(&manifest).expect("it is a list; qed");
    let chain = Chain::new();
    let mut wrong = Vec::new();
    for row in &rows {
        let file = row["wasm"].as_str().or(row["bundle"].as_str()).expect("each row names a file; qed");
        let answer = chain.run(&["inspect", path(&folder.join(file)), "--json"]);
        // The development chain has no chain extension.
        let verdict = row["verdict"]["enforced_without_chain_extension"].as_str().unwrap_or_default();
        let expected = if verdict.starts_with("ok") { 0 } else { 3 };
        if answer.code != expected {
            wrong.push(format!("{file}: {} instead of {expected}: {verdict}: {}", answer.code, answer.stdout));
        }
    }
    println!("{} files, {} of them with another verdict", rows.len(), wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}
