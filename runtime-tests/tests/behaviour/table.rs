//! `BEHAVIOURS.md` says which test pins what pallet-contracts pins: here the table is held against the tests.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
};
use vellum_runtime_tests::{fixture::project, shared::report};

/// A row of the table.
struct Row {
    /// The name of a test of pallet-contracts.
    there: String,
    /// The names of tests of this project.
    here: Vec<String>,
}

fn text() -> String {
    fs::read_to_string(project().join("runtime-tests/BEHAVIOURS.md")).expect("the table is there")
}

fn rows() -> Vec<Row> {
    text().lines().filter(|line| line.starts_with("| `")).map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let ["", there, what, here, ""] = cells[..] else { panic!("three cells are a row: {line}") };
    assert!(what.ends_with('.'), "a behaviour is a sentence: {line}");
    let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    Row { there: there.trim_matches('`').to_owned(), here: quoted(here) }
}

/// Whether a test of this name is in the sources. The name begins with what is tested, and ends as `cargo test` prints it.
fn exists(name: &str) -> bool {
    let mut modules: Vec<&str> = name.split("::").collect();
    let function = modules.pop().expect("a string that is split has a part; qed");
    let root = match modules.remove(0) {
        "behaviour" => project().join("runtime-tests/tests/behaviour"),
        "pallet" => project().join("src"),
        _ => return false,
    };
    // The first modules are files, and those behind them lie in the last file.
    (1..=modules.len()).rev().any(|files| {
        let path = modules[..files].iter().fold(root.clone(), |path, module| path.join(module));
        let text = fs::read_to_string(path.with_extension("rs")).or_else(|_| fs::read_to_string(path.join("mod.rs")));
        text.is_ok_and(|text| has_test(&text, &modules[files..], function))
    })
}

fn has_test(text: &str, modules: &[&str], function: &str) -> bool {
    let mut rest = text;
    for module in modules {
        let Some(start) = rest.find(&format!("mod {module} {{")) else { return false };
        rest = &rest[start..];
    }
    tests_of(rest).iter().any(|test| test == function)
}

/// The functions behind `#[test]`, whatever other attributes they have.
fn tests_of(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let behind = |start: usize| {
        let function = lines[start..].iter().find(|line| !line.starts_with("#["))?;
        function.strip_prefix("fn ")?.split('(').next().map(str::to_owned)
    };
    let marked = lines.iter().enumerate().filter(|(_, line)| **line == "#[test]");
    marked.filter_map(|(number, _)| behind(number)).collect()
}

#[test]
fn every_row_names_tests_that_exist() {
    let rows = rows();
    let missing: Vec<&String> = rows.iter().flat_map(|row| &row.here).filter(|name| !exists(name)).collect();
    assert!(missing.is_empty(), "no such tests: {missing:#?}");
    for row in &rows {
        assert!(!row.here.is_empty(), "{} has no test", row.there);
    }
    let there: BTreeSet<&String> = rows.iter().map(|row| &row.there).collect();
    assert_eq!(there.len(), rows.len(), "a behaviour has one row");
    let here: BTreeSet<&String> = rows.iter().flat_map(|row| &row.here).collect();
    let text = text();
    let (_, differences) = text.split_once("## The same tests on pallet-contracts").expect("the section is there");
    let others = differences.split('`').filter(|name| name.starts_with("behaviour::"));
    others.for_each(|name| assert!(exists(name), "no such test: {name}"));
    report(format_args!("{} behaviours of pallet-contracts are pinned by {} tests", rows.len(), here.len()));
}

#[test]
fn a_name_without_a_test_is_noticed() {
    assert!(exists("behaviour::table::a_name_without_a_test_is_noticed"));
    assert!(exists("pallet::host_api::tests::guest_memory::spans_are_checked_before_anything_is_allocated"));
    for name in ["behaviour::table::exists", "behaviour::calls::nonsense", "pallet::nonsense", "elsewhere::a::b"] {
        assert!(!exists(name), "{name}");
    }
}

/// The sources of pallet-contracts, where something has been built that depends on it.
fn sources() -> Option<PathBuf> {
    let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")))?;
    let registries = fs::read_dir(cargo.join("registry/src")).ok()?.flatten();
    registries.map(|registry| registry.path().join("pallet-contracts-51.0.0/src")).find(|path| path.exists())
}

/// Tests by the module that their file is.
fn tests_by_file(folder: &Path, module: &[String], found: &mut BTreeMap<String, Vec<String>>) {
    for entry in fs::read_dir(folder).expect("a folder of a crate can be listed").flatten() {
        let path = entry.path();
        let stem = path.file_stem().expect("files of a crate have names").to_string_lossy().into_owned();
        let inner = [module, std::slice::from_ref(&stem)].concat();
        if path.is_dir() {
            tests_by_file(&path, &inner, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("sources are text");
            // One file makes its tests by a macro, which takes the name on a line of its own.
            let made = text.lines().zip(text.lines().skip(1)).filter(|(line, _)| line.trim() == "prepare_test!(");
            let made = made.map(|(_, name)| name.trim().trim_end_matches(',').to_owned());
            let tests = tests_of(&text).into_iter().filter(|name| !name.starts_with('$')).chain(made);
            let module = if stem == "mod" || stem == "lib" { module } else { &inner[..] };
            found.entry(module.join("::")).or_default().extend(tests);
        }
    }
}

#[test]
fn every_test_of_pallet_contracts_has_a_row() {
    let Some(sources) = sources() else {
        return report(format_args!("SKIPPED every_test_of_pallet_contracts_has_a_row: its sources are not at hand"));
    };
    let mut there = BTreeMap::new();
    tests_by_file(&sources, &[], &mut there);
    there.retain(|_, tests| !tests.is_empty());
    let mut here: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows() {
        let (path, test) = row.there.rsplit_once("::").unwrap_or(("", &row.there));
        // Modules inside of a file do not matter.
        let is_around = |module: &&String| module.is_empty() || format!("{path}::").starts_with(&format!("{module}::"));
        let module = there.keys().filter(is_around).max_by_key(|module| module.len()).cloned().unwrap_or_default();
        here.entry(module).or_default().push(test.to_owned());
    }
    for tests in there.values_mut().chain(here.values_mut()) {
        tests.sort();
    }
    assert_eq!(here, there);
}
