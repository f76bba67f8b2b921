//! docs/ISA.md is generated from the two tables, and stale as soon as they say something else.
//! `UPDATE_GOLDEN=1 cargo test -p vellum-engine --test isa_doc` writes it anew.

use std::fmt::Write;
use std::path::Path;
use vellum_engine::isa::source::SourceOperator;
use vellum_engine::isa::{HEAD_UNITS, Opcode};

#[test]
fn the_isa_document_says_what_the_tables_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/ISA.md");
    let text = format!("{}{}{}", HEAD, source_table(), target_table());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert!(std::fs::read_to_string(&path).is_ok_and(|found| found == text), "docs/ISA.md is stale");
}

const HEAD: &str = "\
# The two instruction sets

Generated from `engine/src/isa/source.rs` and `engine/src/isa/target.rs` by
`UPDATE_GOLDEN=1 cargo test -p vellum-engine --test isa_doc`; a test fails when it is stale.

";

fn source_table() -> String {
    let mut text = String::from(
        "## Source: the accepted Wasm operators\n\n\
         Consensus: the class is what an operator costs (docs/GAS.md), the feature is what a policy must have to\n\
         accept it.\n\n| operator | gas class | feature |\n|---|---|---|\n",
    );
    for operator in SourceOperator::ALL {
        let feature = operator.feature().names().next().unwrap_or("MVP");
        writeln!(text, "| `{}` | {} | {feature} |", operator.name(), operator.class()).unwrap();
    }
    text
}

fn target_table() -> String {
    let mut text = format!(
        "\n## Target: the register instructions\n\n\
         Free to change in any release. An instruction is its opcode in {HEAD_UNITS} unit of 16 bits, then its fields.\n\
         Cells have 64 bits; an i32 is the low half of its cell. {} instructions.\n\n\
         | instruction | operands | units | what it does |\n|---|---|---|---|\n",
        Opcode::ALL.len()
    );
    for opcode in Opcode::ALL {
        let shape = opcode.shape();
        let (fields, doc) = (shape.field_names().join(", "), opcode.doc().replace('|', "\\|"));
        writeln!(text, "| `{}` | {fields} | {} | {doc} |", opcode.mnemonic(), shape.units()).unwrap();
    }
    text
}
