//! Every contract of `../shared` is taken or refused as pallet-contracts 51 takes or refuses it, and a refusal says
//! which rule was broken and where.

use crate::recorded::{json, text};
use pallet_contracts::{Determinism, Error};
use serde_json::Value;
use std::fs;
use vellum_runtime_tests::{
    chain::{self, upload},
    runtime::{ChainExtensionEnabled, Contracts, Test},
    shared,
};

/// Uploads and compares with the verdict, which starts with "ok" or says why not.
fn judge(name: &str, code: &[u8], verdict: &str, row: &Value) {
    let reason = Contracts::check_code(code, Determinism::Enforced).err().map(|reason| reason.to_string());
    let uploaded = chain::run(|| upload(code));
    if verdict.starts_with("ok") {
        assert_eq!(reason, None, "{name} was refused");
        assert!(uploaded.is_ok(), "{name}: {uploaded:?}");
        return;
    }
    assert_eq!(uploaded, Err(Error::<Test>::CodeRejected.into()), "{name}: the verdict is {verdict}");
    let reason = reason.unwrap_or_else(|| panic!("{name} was accepted and the verdict is {verdict}"));
    assert!(names_rule_and_place(&reason, verdict, row), "{name}: {reason:?} for {verdict:?}");
}

/// Which rule it is can be told by what the verdict talks about; the place is the name of an import or export of the
/// module, or a function and a byte of the module. Where several are wrong the verdict may have found another one first.
fn names_rule_and_place(reason: &str, verdict: &str, row: &Value) -> bool {
    let names = |list: &str| {
        let names: Vec<String> = row[list]
            .as_array()
            .expect("a list of names")
            .iter()
            .map(|name| name.as_str().expect("a name is a text").replacen('.', "::", 1))
            .collect();
        names.iter().any(|name| reason.contains(&format!("`{name}`")))
    };
    match verdict {
        _ if verdict.contains("function type mismatch") => names("imports") && reason.contains("type"),
        _ if verdict.contains("cannot find definition") => names("imports"),
        _ if verdict.contains("chain extension") => reason.contains("chain extension"),
        _ if verdict.contains("export") => reason.contains("exported"),
        "ERR no memory import" => reason.contains("memory") || reason.contains(", byte 0x"),
        "ERR no call" => reason.contains("`call`"),
        _ if verdict.starts_with("ERR module") => reason.contains(", byte 0x"),
        _ => false,
    }
}

#[test]
fn real_contracts_are_taken_or_refused_as_they_always_were() {
    let Some(folder) = shared::path("real contracts", "contracts") else { return };
    let rows = json(&folder.join("manifest.json"));
    let rows = rows.as_array().expect("a list of contracts");
    let (mut accepted, mut refused, mut with_extension) = (0, 0, 0);
    for row in rows {
        let name = text(row, "wasm");
        let code = fs::read(folder.join(name)).expect("the manifest names files that are there");
        let verdict = &row["verdict"];
        let (enabled, disabled) = (text(verdict, "enforced"), text(verdict, "enforced_without_chain_extension"));
        ChainExtensionEnabled::set(true);
        judge(name, &code, enabled, row);
        ChainExtensionEnabled::set(false);
        judge(name, &code, disabled, row);
        match text(row, "kind") {
            "accept" => accepted += 1,
            _ => refused += 1,
        }
        with_extension += usize::from(enabled.starts_with("ok") && !disabled.starts_with("ok"));
    }
    shared::report(format_args!(
        "{accepted} contracts accepted ({with_extension} with a chain extension only), {refused} refused"
    ));
    assert_eq!(accepted + refused, rows.len());
}

#[test]
fn text_modules_are_taken_or_refused_as_they_always_were() {
    let Some(folder) = shared::path("text modules", "wat") else { return };
    let rows = json(&folder.join("manifest.json"));
    let rows = rows.as_array().expect("a list of modules");
    for row in rows {
        let name = text(row, "wat");
        let module = fs::read_to_string(folder.join(name)).expect("the manifest names files that are there");
        let code = wat::parse_str(shared::respelled(&module)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let verdict = &row["verdict"];
        ChainExtensionEnabled::set(true);
        judge(name, &code, text(verdict, "enforced"), row);
        ChainExtensionEnabled::set(false);
        judge(name, &code, text(verdict, "enforced_no_chainext"), row);
    }
    shared::report(format_args!("{} text modules judged", rows.len()));
}
