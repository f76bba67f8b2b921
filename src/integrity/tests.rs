use super::*;
use crate::{
    Determinism,
    tests::{Contracts, contract},
};

/// Register code that a body of many small operators becomes.
fn register_bytes_per_code_byte(body: &str) -> u64 {
    let code = contract(&format!(r#"(import "env" "memory" (memory 1 1)) {body}"#));
    let report = Contracts::check_code(&code, Determinism::Enforced).unwrap();
    report.code_bytes.div_ceil(u64::try_from(code.len()).unwrap())
}

#[test]
fn no_operator_becomes_more_register_code_than_is_accounted_for() {
    // What is left of the account after two copies of the code and rounding up.
    let allowed = BYTES_PER_CODE_BYTE / 2 - 2;
    let many = |text: &str, count| format!("(func $f) (func (param i32) {})", text.repeat(count));
    let table_with_value = format!(
        "(func (param i32) (result i32) (block (result i32) local.get 0 local.get 0 br_table {}))",
        "0 ".repeat(100_000)
    );
    let bodies = [
        table_with_value,
        format!("(func (param i32) local.get 0 br_table {})", "0 ".repeat(100_000)),
        many("call $f ", 40_000),
        many("local.get 0 br_if 0 ", 20_000),
        many("local.get 0 if end ", 20_000),
        many("i32.const 0 memory.grow drop ", 20_000),
        many("local.get 0 i32.const 0 i32.store8 ", 10_000),
    ];
    for body in bodies {
        let found = register_bytes_per_code_byte(&body);
        assert!(found > 0 && found <= allowed, "{found} bytes: {}", &body[..60]);
    }
}

#[test]
fn code_of_256_kib_fits_five_frames_where_runtimes_have_176_mib() {
    let longest = |frames: u64, mib: u32| {
        let limits = Limits { runtime_memory: mib * 1024 * 1024, ..Limits::default() };
        code_bytes_limit(frames + 1, &limits, 1024 * 1024) / 1024
    };
    assert!(longest(5, 176) > 256 && longest(5, 168) < 256);
    // The usual memory, with which the formula of pallet-contracts is content up to the 123 KiB that it proposes.
    assert_eq!(longest(5, 128), 139);
    assert!(longest(3, 128) > 256);
}
