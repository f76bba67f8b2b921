//! `vellum inspect`: look into a file without a chain.

use super::upload;
use crate::{
    amount,
    anatomy::{self, Anatomy},
    bundle::{Bundle, code_hash},
    chain::{Chain, placement::Runtime},
    exit::Outcome,
    hex, judge,
    metadata::Kind,
    report::{Report, weight},
};
use pallet_contracts::Determinism;
use serde_json::json;
use std::path::Path;
use vellum_runtime::RuntimeCall;

/// Imports and exports listed for people; scripts get all.
const NAMES_SHOWN: usize = 60;

/// Shows a file's contents, verdict and price.
pub fn run(file: &Path, runtime: Runtime) -> Outcome<Report> {
    let bundle = Bundle::load(file)?;
    let code = bundle.required_code()?;
    let mut report = Report::default();
    report.heading(format!("{} ({} bytes)", bundle.path, amount::group(code.len() as u64)));
    report.row("code hash", hex::encode(code_hash(code)));
    report.field("file", bundle.path.clone()).field("code_hash", hex::encode(code_hash(code)));
    report.field("code_bytes", code.len());
    if let Some(note) = &bundle.note {
        report.row("note", note).field("note", note.clone());
    }
    contract_rows(&mut report, &bundle);
    let anatomy = anatomy::read(code);
    anatomy_rows(&mut report, &anatomy);
    judge::limit_rows(&mut report, code, &anatomy);
    verdict_rows(&mut report, code, runtime)?;
    Ok(report)
}

fn contract_rows(report: &mut Report, bundle: &Bundle) {
    let Some(metadata) = bundle.metadata() else { return };
    report.row("contract", format!("{} {} ({})", metadata.name, metadata.contract_version, metadata.language));
    report.row("metadata", metadata.format.clone());
    report.row("", metadata.list(Kind::Constructor));
    report.row("", metadata.list(Kind::Message));
    let signatures = |entries: &[crate::metadata::Entry]| -> Vec<_> {
        entries.iter().map(|entry| metadata.signature(entry)).collect()
    };
    report.field(
        "contract",
        json!({
            "name": metadata.name,
            "version": metadata.contract_version,
            "language": metadata.language,
            "metadata_format": metadata.format,
            "constructors": signatures(&metadata.constructors),
            "messages": signatures(&metadata.messages),
            "events": metadata.events.iter().map(|event| &event.label).collect::<Vec<_>>(),
        }),
    );
}

fn anatomy_rows(report: &mut Report, anatomy: &Anatomy) {
    let memories: Vec<_> = anatomy
        .memories
        .iter()
        .map(|(min, max, imported)| {
            let max = max.map_or("no limit".into(), |max| format!("{max} pages"));
            let from = if *imported { "imported" } else { "own" };
            format!("{min} pages to {max} ({from})")
        })
        .collect();
    report.row(
        "functions",
        format!(
            "{} with {} instructions in {} bytes",
            anatomy.functions,
            amount::group(anatomy.operators),
            amount::group(anatomy.code_bytes)
        ),
    );
    report.row("memory", if memories.is_empty() { "none".into() } else { memories.join("; ") });
    report.row("globals", anatomy.globals.to_string());
    report.row("data", format!("{} bytes in {} segments", amount::group(anatomy.data_bytes), anatomy.data_segments));
    if anatomy.start {
        report.row("start", "a function runs before the entry point");
    }
    if !anatomy.custom_sections.is_empty() {
        let names: Vec<_> =
            anatomy.custom_sections.iter().map(|(name, bytes)| format!("{name} ({bytes} bytes)")).collect();
        report.row("custom", names.join(", "));
    }
    let imports: Vec<_> = anatomy.imports.iter().map(|(module, name, _)| format!("{module}.{name}")).collect();
    let exports: Vec<_> = anatomy.exports.iter().map(|(name, kind)| format!("{name} ({kind})")).collect();
    report.row("imports", shown(&imports));
    report.row("exports", shown(&exports));
    if let Some((offset, message)) = &anatomy.broken {
        report.row("broken", format!("at byte {offset}: {message}"));
    }
    report.field("module", anatomy_json(anatomy));
}

fn shown(names: &[String]) -> String {
    let mut text = String::new();
    let mut line = 0;
    for (index, name) in names.iter().take(NAMES_SHOWN).enumerate() {
        if index > 0 {
            text.push_str(if line > 80 { ",\n" } else { ", " });
            line = if line > 80 { 0 } else { line };
        }
        text.push_str(name);
        line += name.len() + 2;
    }
    if names.len() > NAMES_SHOWN {
        text.push_str(&format!(" and {} more", names.len() - NAMES_SHOWN));
    }
    if text.is_empty() { "none".into() } else { text }
}

fn anatomy_json(anatomy: &Anatomy) -> serde_json::Value {
    json!({
        "types": anatomy.types,
        "functions": anatomy.functions,
        "operators": anatomy.operators,
        "function_bytes": anatomy.code_bytes,
        "function_bytes_max": anatomy.body_bytes_max,
        "locals_max": anatomy.locals_max,
        "tables": anatomy.tables,
        "globals": anatomy.globals,
        "element_segments": anatomy.element_segments,
        "data_segments": anatomy.data_segments,
        "data_bytes": anatomy.data_bytes,
        "start": anatomy.start,
        "memories": anatomy.memories.iter().map(|(min, max, imported)| json!({ "min_pages": min, "max_pages": max, "imported": imported })).collect::<Vec<_>>(),
        "imports": anatomy.imports.iter().map(|(module, name, kind)| json!({ "module": module, "name": name, "kind": kind })).collect::<Vec<_>>(),
        "exports": anatomy.exports.iter().map(|(name, kind)| json!({ "name": name, "kind": kind })).collect::<Vec<_>>(),
        "custom_sections": anatomy.custom_sections,
        "broken": anatomy.broken.as_ref().map(|(offset, message)| json!({ "offset": offset, "message": message })),
    })
}

/// Tries the upload on a chain in memory: the verdict and the price are the chain's own.
fn verdict_rows(report: &mut Report, code: &[u8], runtime: Runtime) -> Outcome<()> {
    let chain = Chain::in_memory(runtime)?;
    let payer = crate::account::Signer::named("alice")?.account();
    let trial = upload::trial(&chain, payer, code, None)?;
    let call = RuntimeCall::Contracts(pallet_contracts::Call::upload_code {
        code: code.to_vec(),
        storage_deposit_limit: None,
        determinism: Determinism::Enforced,
    });
    let cost = judge::call_weight(&call);
    report.row("upload", weight::text(cost));
    match trial {
        Ok(stored) => {
            report.row("deposit", amount::show(stored.deposit));
            if let Some(warning) = judge::warning(code) {
                report.row("warning", warning).field("warning", warning);
            }
            report.heading("accepted");
            report.field("accepted", true);
            report.field("upload", json!({ "weight": weight::json(cost), "deposit": stored.deposit.to_string() }));
        }
        Err(error) => {
            report.heading("not accepted");
            report.field("accepted", false);
            report.field("upload", json!({ "weight": weight::json(cost), "deposit": null }));
            report.fail(match judge::rejection(code) {
                Some(rejection) => rejection.failure().help("change what breaks the rule and build the contract again"),
                None => upload::refusal(code, &error),
            });
        }
    }
    Ok(())
}
