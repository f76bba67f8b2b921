//! What each preset accepts: one module for each feature of Wasm, one for each limit's neighbourhood,
//! and real contracts where there are any beside the project.

use std::path::PathBuf;
use vellum_engine::{CodeErrorKind, CodeLimits, Features, GasClass, Mode, Module, Policy, PriceTable, check};

/// A module that needs one feature, and whether the presets `contracts` and `compat` accept it. Rows of the
/// MVP and of features that no preset has name none.
const MODULES: &[(Option<Features>, &str, bool, bool)] = &[
    (None, "(module (func (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))", true, true),
    (None, "(module (memory 1) (func (i64.store (i32.const 0) (i64.const 1))))", true, true),
    (None, "(module (table 1 funcref) (elem (i32.const 0) 0) (func (call_indirect (i32.const 0))))", true, true),
    (None, "(module (global (mut i32) (i32.const 0)) (func (global.set 0 (i32.const 1))))", true, true),
    (None, "(module (import \"env\" \"g\" (global i32)) (func (drop (global.get 0))))", false, false),
    (Some(Features::SIGN_EXTENSION), "(module (func (drop (i32.extend8_s (i32.const 1)))))", true, true),
    (Some(Features::MUTABLE_GLOBALS), "(module (global (export \"g\") (mut i32) (i32.const 0)))", true, false),
    (
        Some(Features::BULK_MEMORY),
        "(module (memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 1))))",
        true,
        false,
    ),
    (Some(Features::BULK_MEMORY), "(module (memory 1) (data \"passive\"))", true, false),
    (Some(Features::MULTI_VALUE), "(module (func (result i32 i32) (i32.const 1) (i32.const 2)))", true, false),
    (Some(Features::MULTI_VALUE), "(module (func (drop (i32.const 1) (block (param i32) (result i32)))))", true, false),
    (Some(Features::REFERENCE_TYPES), "(module (func (drop (ref.null func))))", true, false),
    (Some(Features::REFERENCE_TYPES), "(module (func (param externref)))", true, false),
    (Some(Features::FLOATS), "(module (func (result f32) (f32.const 1)))", false, false),
    (Some(Features::FLOATS), "(module (func (param f64)))", false, false),
    (Some(Features::FLOATS), "(module (memory 1) (func (drop (f64.load (i32.const 0)))))", false, false),
    (Some(Features::TAIL_CALLS), "(module (func $f (return_call $f)))", false, false),
    (Some(Features::EXTENDED_CONST), "(module (global i32 (i32.add (i32.const 1) (i32.const 2))))", false, false),
    (
        Some(Features::WIDE_ARITHMETIC),
        "(module (func (param i64 i64) (result i64 i64) (i64.mul_wide_u (local.get 0) (local.get 1))))",
        false,
        false,
    ),
];

/// Modules of proposals that no preset has.
const NOWHERE: &[&str] = &[
    "(module (func (param v128)))",
    "(module (memory i64 1))",
    "(module (memory 1) (memory 1))",
    "(module (memory 1 1 shared))",
    "(module (tag))",
    "(module (type (struct)))",
    "(module (memory 1 (pagesize 1)))",
];

fn prices() -> PriceTable {
    PriceTable::new([1; GasClass::COUNT]).unwrap()
}

fn blob(source: &str) -> Vec<u8> {
    wat::parse_str(source).unwrap_or_else(|error| panic!("{source}: {error}"))
}

/// Whether a policy accepts a blob, which must not depend on the mode.
fn accepts(policy: Policy, blob: &[u8]) -> bool {
    let modes = [Mode::Eager, Mode::LazyTranslation, Mode::Lazy];
    let [eager, lazy_translation, lazy] =
        modes.map(|mode| Module::new(blob, &policy, &prices(), mode).and_then(|module| module.translate_all()).is_ok());
    assert!(eager == lazy_translation && eager == lazy, "modes differ on {blob:02x?}");
    eager
}

#[test]
fn presets_accept_what_they_say() {
    for (feature, source, contracts, compat) in MODULES {
        let blob = blob(source);
        // Importing a global is for instances that are linked: an upload is refused by `check`.
        let is_upload = |policy: Policy| check(&blob, &policy, &prices()).is_ok();
        assert_eq!(is_upload(Policy::contracts()), *contracts, "contracts: {source}");
        assert_eq!(is_upload(Policy::compat()), *compat, "compat: {source}");
        assert!(accepts(Policy::all(), &blob), "all: {source}");
        assert!(accepts(Policy::stored(), &blob), "stored: {source}");
        if let Some(feature) = feature {
            let floats = *feature == Features::FLOATS;
            assert_eq!(accepts(Policy::contracts().with_floats(), &blob), *contracts || floats, "{source}");
            assert_eq!(accepts(Policy::compat().with_floats(), &blob), *compat || floats, "{source}");
            assert_eq!(Policy::contracts().features.contains(*feature), *contracts, "{source}");
            assert_eq!(Policy::compat().features.contains(*feature), *compat, "{source}");
        }
    }
    for source in NOWHERE {
        let blob = blob(source);
        for policy in [Policy::contracts(), Policy::compat(), Policy::all(), Policy::stored()] {
            assert!(!accepts(policy, &blob), "{source}");
        }
    }
}

#[test]
fn every_feature_is_asked_for_by_some_module() {
    let asked = MODULES.iter().filter_map(|row| row.0).fold(Features::NONE, Features::union);
    // Saturating conversions are of floats: a module that needs them alone cannot be.
    assert_eq!(asked.union(Features::SATURATING_CONVERSIONS), Features::ALL);
    let conversion = blob("(module (func (param f32) (result i32) (i32.trunc_sat_f32_s (local.get 0))))");
    assert!(accepts(Policy::contracts().with_floats(), &conversion));
    assert!(!accepts(Policy::compat().with_floats(), &conversion));
}

/// The module that has so many of something.
type Source = fn(u32) -> String;

fn usize(count: u32) -> usize {
    usize::try_from(count).unwrap()
}

fn repeated(text: &str, count: u32) -> String {
    text.repeat(usize(count))
}

fn types(count: u32) -> String {
    repeated("i32 ", count)
}

#[test]
fn a_limit_is_met_at_its_number_and_broken_behind_it() {
    let policy = Policy::contracts();
    let limits = policy.limits;
    let modules: [(&str, u32, Source); 10] = [
        ("types", limits.types, |count| format!("(module {})", repeated("(type (func))", count))),
        ("parameters", limits.params, |count| format!("(module (type (func (param {}))))", types(count))),
        ("results", limits.results, |count| format!("(module (type (func (result {}))))", types(count))),
        ("imports", limits.imports, |count| format!("(module {})", repeated("(import \"\" \"\" (func))", count))),
        ("functions", limits.functions, |count| format!("(module {})", repeated("(func)", count))),
        ("globals", limits.globals, |count| format!("(module {})", repeated("(global i32 (i32.const 0))", count))),
        ("table elements", limits.table_elements, |count| format!("(module (table {count} funcref))")),
        ("data segments", limits.data_segments, |count| {
            format!("(module (memory 1) {})", repeated("(data \"\")", count))
        }),
        ("custom sections", limits.custom_sections, |count| {
            format!("(module {})", repeated("(@custom \"\" \"\")", count))
        }),
        ("locals", limits.locals, |count| format!("(module (func (local {})))", types(count))),
    ];
    for (name, max, module) in modules {
        assert!(accepts(policy, &blob(&module(max))), "{max} {name}");
        let error = Module::new(&blob(&module(max + 1)), &policy, &prices(), Mode::Eager).err();
        let kind = error.unwrap_or_else(|| panic!("{} {name}", max + 1)).kind;
        assert!(matches!(kind, CodeErrorKind::Limit { max: told, .. } if told == u64::from(max)), "{name}: {kind}");
    }
}

/// A module with nothing but so many custom sections.
fn custom_sections(count: usize) -> Vec<u8> {
    [b"\0asm\x01\0\0\0".to_vec(), b"\0\x01\0".repeat(count)].concat()
}

#[test]
fn stored_code_may_have_any_number_of_custom_sections() {
    let limits = [CodeLimits::contracts(), CodeLimits::embedders()];
    let [for_contracts, for_embedders] = limits.map(|limits| custom_sections(usize(limits.custom_sections) + 1));
    assert!(accepts(Policy::all(), &for_contracts) && !accepts(Policy::contracts(), &for_contracts));
    assert!(!accepts(Policy::all(), &for_embedders));
    for policy in [Policy::stored(), Policy::compat()] {
        assert!(accepts(policy, &for_contracts) && accepts(policy, &for_embedders));
    }
}

/// Real contracts, where they lie beside the project.
fn real_contracts(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/contracts").join(folder);
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "wasm"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn real_contracts_have_room_below_every_limit() {
    let (contracts, policy) = (real_contracts("accept"), Policy::contracts());
    for (path, blob) in &contracts {
        let report = check(blob, &policy, &prices()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for used in report.limits {
            // There is one table, and it is used.
            let room = used.max == 1 || used.count * 2 <= u64::from(used.max);
            assert!(room, "{}: {} {} of {}", path.display(), used.count, used.limit.what(), used.max);
        }
        assert!(accepts(Policy::compat(), blob) && accepts(Policy::all(), blob), "{}", path.display());
    }
    println!("{} real contracts", contracts.len());
}
