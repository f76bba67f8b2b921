//! Broken files: an error that says what and where, never a panic, and nothing on the chain.

mod common;

use common::{Chain, contract, path};

/// Broken bundles that are tried, spread over the whole file.
const TRIES: usize = 60;

/// Every outcome that a broken file may have: it is refused as a file, or as code, or the damage is in a part
/// that nobody reads.
const ALLOWED: [i32; 3] = [0, 2, 3];

#[track_caller]
fn is_harmless(chain: &Chain, bytes: &[u8], what: &str) -> i32 {
    let file = chain.folder.path().join("broken.contract");
    std::fs::write(&file, bytes).expect("the folder takes files; qed");
    let answer = chain.run(&["inspect", path(&file), "--json"]);
    assert!(ALLOWED.contains(&answer.code), "{what}: {answer:?}");
    assert!(!answer.stdout.contains("a mistake in this program"), "{what}: {answer:?}");
    answer.code
}

#[test]
fn truncated_bundles_are_refused() {
    let chain = Chain::new();
    let bytes = std::fs::read(contract("flipper/flipper.contract")).expect("it is part of the project; qed");
    for step in 0..TRIES {
        let length = bytes.len() * step / TRIES;
        let code = is_harmless(&chain, &bytes[..length], &format!("{length} bytes"));
        assert_eq!(code, 2, "{length} bytes");
    }
}

#[test]
fn flipped_bits_in_bundles_are_noticed_or_harmless() {
    let chain = Chain::new();
    let good = std::fs::read(contract("flipper/flipper.contract")).expect("it is part of the project; qed");
    let mut refused = 0;
    for step in 0..TRIES {
        let mut bytes = good.clone();
        let index = good.len() * step / TRIES;
        bytes[index] ^= 1 << (step % 8);
        refused += usize::from(is_harmless(&chain, &bytes, &format!("byte {index}")) != 0);
    }
    assert!(refused > TRIES / 3, "only {refused} of {TRIES} were noticed");
}

#[test]
fn flipped_bits_in_modules_are_judged_with_rule_and_place() {
    let chain = Chain::new();
    let good = std::fs::read(contract("flipper/flipper.wasm")).expect("it is part of the project; qed");
    let mut placed = 0;
    for step in 0..TRIES {
        let mut bytes = good.clone();
        let index = 8 + (good.len() - 8) * step / TRIES;
        bytes[index] ^= 1 << (step % 8);
        let file = chain.folder.path().join("broken.wasm");
        std::fs::write(&file, &bytes).expect("the folder takes files; qed");
        let answer = chain.run(&["inspect", path(&file), "--json"]);
        assert!([0, 3].contains(&answer.code), "byte {index}: {answer:?}");
        let json: serde_json::Value = serde_json::from_str(&answer.stdout).expect("it is one object; qed");
        if answer.code == 3 {
            assert!(json["error"]["rule"].is_string() && json["error"]["reason"].is_string(), "{json}");
            placed += usize::from(json["error"]["offset"].is_u64());
        }
    }
    assert!(placed > 5, "only {placed} of {TRIES} named a place");
}

#[test]
fn a_bundle_whose_code_has_another_hash_is_refused() {
    let chain = Chain::new();
    let text = std::fs::read_to_string(contract("flipper/flipper.contract")).expect("it is text; qed");
    let mut json: serde_json::Value = serde_json::from_str(&text).expect("it is JSON; qed");
    let mut wasm = json["source"]["wasm"].as_str().expect("the code is text; qed").to_owned();
    let last = wasm.pop();
    wasm.push(if last == Some('0') { '1' } else { '0' });
    json["source"]["wasm"] = wasm.into();
    let file = chain.folder.path().join("swapped.contract");
    std::fs::write(&file, json.to_string()).expect("the folder takes files; qed");
    let error = chain.json(&["upload", path(&file)], 2);
    assert!(error["error"]["message"].as_str().is_some_and(|it| it.contains("hash")), "{error}");
    assert_eq!(chain.json(&["info"], 0)["head"]["number"], 0);
}

#[test]
fn files_of_other_kinds_are_refused() {
    let chain = Chain::new();
    for (bytes, words) in [
        (&b""[..], "neither Wasm nor"),
        (b"{}", "no contract metadata"),
        (b"[1, 2]", "no contract metadata"),
        (br#"{"version": 5}"#, "no `spec`"),
        (br#"{"version": 5, "spec": {}}"#, "no `types`"),
        (br#"{"version": 5, "spec": {}, "types": []}"#, "no list `constructors`"),
        (b"\x7fELF\x02\x01\x01", "neither Wasm nor"),
    ] {
        let file = chain.folder.path().join("other.contract");
        std::fs::write(&file, bytes).expect("the folder takes files; qed");
        let error = chain.json(&["upload", path(&file)], 2);
        assert!(error["error"]["message"].as_str().is_some_and(|it| it.contains(words)), "{words}: {error}");
    }
    let folder = chain.json(&["upload", path(chain.folder.path())], 2);
    assert_eq!(folder["error"]["code"], "usage");
    // Metadata without code has nothing to upload.
    let alone = chain.folder.path().join("alone.json");
    std::fs::copy(contract("flipper/flipper.json"), &alone).expect("the folder takes files; qed");
    let error = chain.json(&["upload", path(&alone)], 2);
    assert!(error["error"]["message"].as_str().is_some_and(|it| it.contains("without code")), "{error}");
}

#[test]
fn deeply_nested_arguments_are_refused_without_ado() {
    let chain = Chain::with_erc20();
    for text in ["(".repeat(50_000), "[".repeat(50_000), "Some(".repeat(20_000)] {
        let error = chain.json(&["call", "erc20", "balance_of", &text], 2);
        assert_eq!(error["error"]["code"], "usage");
    }
}

#[cfg(not(feature = "rpc"))]
#[test]
fn a_build_without_a_server_says_how_to_get_one() {
    let error = Chain::new().json(&["serve"], 2);
    assert!(error["error"]["help"].as_str().is_some_and(|help| help.contains("--features rpc")), "{error}");
}
