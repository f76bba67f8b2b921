use super::{link::LinkError, *};
use crate::{
    Config, PristineCode,
    tests::{Contracts, Test, contract, on_chain},
};
use codec::Encode;
use frame_support::traits::Get;
use sp_core::H256;
use vellum_engine::CodeReport;

fn check(text: &str) -> Result<CodeReport, CodeRejection> {
    Contracts::check_code(&wat::parse_str(text).unwrap(), Determinism::Enforced)
}

/// A module with entry points and memory, to which something is added.
fn check_with(text: &str) -> Result<CodeReport, CodeRejection> {
    Contracts::check_code(&contract(&format!(r#"(import "env" "memory" (memory 1 1)) {text}"#)), Determinism::Enforced)
}

fn link_error(result: Result<CodeReport, CodeRejection>) -> LinkError {
    match result {
        Err(CodeRejection::Link(error)) => error,
        other => panic!("expected a link error: {other:?}"),
    }
}

#[test]
fn the_least_contract_is_accepted() {
    let report = check_with("").unwrap();
    assert_eq!(report.imports.len(), 1);
    assert_eq!(report.exports.len(), 2);
}

#[test]
fn both_entry_points_must_be_exported() {
    let memory = r#"(import "env" "memory" (memory 1))"#;
    let without_deploy = check(&format!(r#"(module {memory} (func (export "call")))"#));
    assert_eq!(link_error(without_deploy), LinkError::MissingExport("deploy"));
    let without_call = check(&format!(r#"(module {memory} (func (export "deploy")))"#));
    assert_eq!(link_error(without_call), LinkError::MissingExport("call"));
}

#[test]
fn nothing_else_may_be_exported() {
    let cases = [
        (r#"(func (export "other"))"#, "function", "other"),
        (r#"(export "memory" (memory 0))"#, "memory", "memory"),
        (r#"(table (export "t") 1 funcref)"#, "table", "t"),
        (r#"(global (export "g") i32 (i32.const 0))"#, "global", "g"),
    ];
    for (text, kind, name) in cases {
        let name = name.into();
        assert_eq!(link_error(check_with(text)), LinkError::ForbiddenExport { kind, name });
    }
}

#[test]
fn an_entry_point_takes_nothing_and_returns_nothing_or_a_number() {
    assert!(check_with(r#"(func (export "call") (result i32) (i32.const 0))"#).is_ok());
    for text in [r#"(func (export "call") (param i32))"#, r#"(func (export "call") (result i64) (i64.const 0))"#] {
        assert!(matches!(link_error(check_with(text)), LinkError::EntryPointType { .. }), "{text}");
    }
}

#[test]
fn the_memory_is_imported_once_under_its_name() {
    let entry_points = r#"(func (export "call")) (func (export "deploy"))"#;
    assert_eq!(link_error(check(&format!("(module {entry_points})"))), LinkError::MissingMemory);
    let own = format!("(module (memory 1 1) {entry_points})");
    assert_eq!(link_error(check(&own)), LinkError::MissingMemory);
    for (module, name) in [("env", "mem"), ("seal0", "memory")] {
        let text = format!(r#"(module (import "{module}" "{name}" (memory 1 1)) {entry_points})"#);
        let (module, name) = (module.into(), name.into());
        assert_eq!(link_error(check(&text)), LinkError::MemoryName { module, name });
    }
}

#[test]
fn the_memory_is_no_larger_than_the_schedule_allows() {
    let check_memory = |bounds: &str| {
        check(&format!(
            r#"(module (import "env" "memory" (memory {bounds})) (func (export "call")) (func (export "deploy")))"#
        ))
    };
    for bounds in ["0 0", "0", "1 16", "16 16", "16"] {
        assert!(check_memory(bounds).is_ok(), "{bounds}");
    }
    let (pages_max, pages_allowed) = (17, 16);
    assert_eq!(link_error(check_memory("1 17")), LinkError::MemoryTooLarge { pages_max, pages_allowed });
    let (pages, pages_max) = (17, 16);
    assert_eq!(link_error(check_memory("17")), LinkError::MemoryBounds { pages, pages_max });
}

#[test]
fn functions_are_imported_by_exact_name_and_type() {
    let import = |module: &str, name: &str, ty: &str| {
        check(&format!(
            r#"(module (import "env" "memory" (memory 1 1)) (import "{module}" "{name}" (func {ty}))
                (func (export "call")) (func (export "deploy")))"#
        ))
    };
    assert!(import("seal0", "seal_caller", "(param i32 i32)").is_ok());
    assert!(import("seal0", "caller", "(param i32 i32)").is_ok());
    for (module, name) in [("seal1", "caller"), ("env", "ext_caller"), ("seal0", "nonsense"), ("env", "memory")] {
        let error = link_error(import(module, name, "(param i32 i32)"));
        assert_eq!(error, LinkError::UnknownFunction { module: module.into(), name: name.into() });
    }
    for ty in ["(param i32)", "(param i32 i64)", "(param i32 i32) (result i32)", ""] {
        assert!(matches!(link_error(import("seal0", "caller", ty)), LinkError::FunctionType { .. }), "{ty}");
    }
}

#[test]
fn chain_extensions_cannot_be_imported_where_there_is_none() {
    for name in ["call_chain_extension", "seal_call_chain_extension"] {
        let text = format!(
            r#"(module (import "env" "memory" (memory 1 1))
                (import "seal0" "{name}" (func (param i32 i32 i32 i32 i32) (result i32)))
                (func (export "call")) (func (export "deploy")))"#
        );
        assert_eq!(link_error(check(&text)), LinkError::ChainExtensionsDisabled { name: name.into() });
    }
}

#[test]
fn segments_must_fit() {
    assert!(check_with(r#"(data (i32.const 65532) "abcd")"#).is_ok());
    for text in [r#"(data (i32.const 65533) "abcd")"#, "(table 1 funcref) (func $f) (elem (i32.const 1) $f)"] {
        let rejection = check_with(text).unwrap_err();
        assert!(matches!(rejection, CodeRejection::Engine(_)), "{text}: {rejection:?}");
    }
}

#[test]
fn tables_and_globals_cannot_be_imported_and_floats_not_be_used() {
    let texts = [
        r#"(module (import "env" "memory" (memory 1 1)) (import "env" "t" (table 1 funcref))
            (func (export "call")) (func (export "deploy")))"#,
        r#"(module (import "env" "memory" (memory 1 1)) (import "env" "g" (global i32))
            (func (export "call")) (func (export "deploy")))"#,
        r#"(module (import "env" "memory" (memory 1 1)) (func (export "call") (drop (f32.const 0)))
            (func (export "deploy")))"#,
    ];
    for text in texts {
        let rejection = check(text).unwrap_err();
        assert!(matches!(rejection, CodeRejection::Engine(_)), "{text}: {rejection:?}");
    }
}

#[test]
fn a_rejection_says_what_and_where() {
    let says = |result: Result<CodeReport, CodeRejection>, what: &str| {
        let text = result.unwrap_err().to_string();
        assert!(text.contains(what), "`{text}` does not say `{what}`");
    };
    says(check_with(r#"(func (export "other"))"#), "`other`");
    says(check(r#"(module (func (export "call")) (func (export "deploy")))"#), "env::memory");
    says(Contracts::check_code(b"no wasm", Determinism::Enforced), "");
    says(Contracts::check_code(&vec![0; 200_000], Determinism::Enforced), "200000 bytes");
}

#[test]
fn code_is_read_as_whoever_decodes_it_reads_it() {
    let (hash, code) = (H256::repeat_byte(3), vec![7u8; 100]);
    let encoded = code.encode();
    let max: u32 = <Test as Config>::MaxCodeLen::get();
    let values = [
        encoded.clone(),
        [&encoded[..], b"more"].concat(),
        encoded[..encoded.len() - 1].to_vec(),
        Vec::new(),
        vec![0],
        // A length must be encoded in as few bytes as it can be.
        [&[2 | 100 << 2, 0, 0, 0][..], &code].concat(),
        vec![1; max as usize].encode(),
        vec![1; max as usize + 1].encode(),
        vec![0xff; 9],
    ];
    on_chain(|| {
        for value in values {
            frame_support::storage::unhashed::put_raw(&PristineCode::<Test>::hashed_key_for(hash), &value);
            let decoded = PristineCode::<Test>::get(hash).map(crate::CodeVec::<Test>::into_inner);
            assert_eq!(super::load::read_code::<Test>(hash), decoded, "{} bytes", value.len());
        }
        PristineCode::<Test>::remove(hash);
        assert_eq!(super::load::read_code::<Test>(hash), None);
    });
}
