//! `vellum gas` without times: what it refuses, and that an audit reports every part that it measured.

mod common;

use common::{Chain, path};

#[test]
fn a_build_that_is_not_optimised_audits_only_when_it_is_told_to() {
    if !cfg!(debug_assertions) {
        return;
    }
    let chain = Chain::new();
    let answer = chain.run(&["gas", "audit"]);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("not optimised"), "{}", answer.stderr);
}

#[test]
fn an_audit_reports_parts_and_writes_files() {
    let chain = Chain::new();
    let out = tempfile::tempdir().expect("there is a place for temporary files; qed");
    let command = ["gas", "audit", "--anyway", "--seconds", "0", "--filter", "flipper", "--real", "nowhere", "--out"];
    let report = chain.json(&[&command[..], &[path(out.path())]].concat(), 0);
    let parts: Vec<_> = report["summary"].as_array().into_iter().flatten().map(|row| row["part"].to_string()).collect();
    for part in ["execution", "first-call", "start", "whole", "upload"] {
        assert!(parts.iter().any(|found| found.contains(part)), "{part} in {parts:?}");
    }
    for file in ["audit-vellum.md", "audit-vellum.json", "audit-vellum.svg"] {
        assert!(out.path().join(file).is_file(), "{file}");
    }
}

#[test]
fn a_search_keeps_its_state_and_what_it_found() {
    let chain = Chain::new();
    let out = tempfile::tempdir().expect("there is a place for temporary files; qed");
    let (state, kept) = (out.path().join("state.json"), out.path().join("kept"));
    let command =
        ["gas", "search", "--anyway", "--minutes", "0", "--resume", path(&state), "--regressions", path(&kept)];
    assert_eq!(chain.json(&command, 0)["evaluations"], 0);
    assert!(state.is_file());
    let other = [&command[..], &["--seed", "1"]].concat();
    assert!(chain.run(&other).stderr.contains("another version or seed"), "a state belongs to its seed");
}
