//! docs/HOST_API.md is generated from the table of host functions, and stale as soon as that says
//! something else. `UPDATE_GOLDEN=1 cargo test -p pallet-vellum --test host_api_doc` writes it anew.

// With that feature there is one function more, which no chain has.
#![cfg(not(feature = "runtime-benchmarks"))]

use pallet_contracts::host_api::{HOST_FUNCTIONS, HostFunction};
use std::{fmt::Write, path::Path};

#[test]
fn the_document_of_host_functions_says_what_the_table_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/HOST_API.md");
    let text = document();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert!(std::fs::read_to_string(&path).is_ok_and(|found| found == text), "docs/HOST_API.md is stale");
}

fn document() -> String {
    let names = HOST_FUNCTIONS.len() + HOST_FUNCTIONS.iter().filter(|function| function.alias.is_some()).count();
    let mut text = format!(
        "# Host functions\n\n\
         What a contract can import, generated from `src/host_api/table.rs` by\n\
         `UPDATE_GOLDEN=1 cargo test -p pallet-vellum --test host_api_doc`; a test fails when it is stale.\n\n\
         {} functions under {names} names. *Stable*: everybody may import it, for ever. *Mutating*: refused in a\n\
         read-only frame. *Priced by*: the functions of `WeightInfo` that its cost is made of.\n\n\
         | id | import | older name | type | | priced by | what it does |\n|---|---|---|---|---|---|---|\n",
        HOST_FUNCTIONS.len()
    );
    for function in HOST_FUNCTIONS {
        row(&mut text, function);
    }
    text
}

fn row(text: &mut String, function: &HostFunction) {
    let params: Vec<String> = function.params.iter().map(|param| format!("{}: {}", param.name, param.ty)).collect();
    let result = function.result.map(|ty| format!(" -> {ty}")).unwrap_or_default();
    writeln!(
        text,
        "| {} | `{}.{}` | {} | `({}){result}` | {}{} | {} | {} |",
        function.id,
        function.module,
        function.name,
        function.alias.map(|alias| format!("`{alias}`")).unwrap_or_default(),
        params.join(", "),
        function.stability.as_str(),
        if function.mutating { ", mutating" } else { "" },
        function.costs.join(", "),
        function.doc.trim(),
    )
    .unwrap();
}
