//! The two steps between a linked module and a `.contract` file that no packaged tool does.
//!
//! `bundle prepare IN.wasm OUT.wasm` leaves what a chain wants to see: the exports `call` and `deploy`, an imported
//! memory with a maximum of 16 pages, and no custom sections.
//! `bundle pack NAME COMPILER IN.wasm METADATA.json OUT.json OUT.contract` completes the metadata with the code hash
//! and writes it twice: without the code, and with it.
//!
//! Relies on the module having been linked with `--import-memory`. Writes nothing unless it can write everything.

use blake2::{digest::consts::U32, Blake2b, Digest};
use serde_json::{json, Map, Value};
use std::{env, fs, process::ExitCode};
use wasm_encoder::{
    reencode::{self, Reencode},
    EntityType, ExportSection, ImportSection, MemoryType, Module,
};

/// What pallet-contracts' default schedule allows an instance: 16 pages of 64 KiB.
const MEMORY_PAGES_MAX: u64 = 16;
const ENTRY_POINTS: [&str; 2] = ["call", "deploy"];
const INK: &str = "ink! 5.1.1";
const USAGE: &str = "usage: bundle prepare IN.wasm OUT.wasm
       bundle pack NAME COMPILER IN.wasm METADATA.json OUT.json OUT.contract";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args[..] {
        ["prepare", from, to] => prepare(from, to),
        ["pack", name, compiler, wasm, metadata, json, contract] => {
            pack(name, compiler, wasm, metadata, [json, contract])
        }
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("bundle: {reason}");
            ExitCode::from(2)
        }
    }
}

fn prepare(from: &str, to: &str) -> Result<(), String> {
    let linked = read(from)?;
    let mut module = Module::new();
    Chain
        .parse_core_module(&mut module, wasmparser::Parser::new(0), &linked)
        .map_err(|error| format!("{from}: {error}"))?;
    write(to, &module.finish())
}

/// Rewrites a module into the form that chains accept.
struct Chain;

impl Reencode for Chain {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        for import in section.into_imports() {
            let import = import?;
            let ty = match self.entity_type(import.ty)? {
                EntityType::Memory(memory) => EntityType::Memory(MemoryType {
                    maximum: Some(memory.maximum.unwrap_or(MEMORY_PAGES_MAX).min(MEMORY_PAGES_MAX)),
                    ..memory
                }),
                other => other,
            };
            imports.import(import.module, import.name, ty);
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: wasmparser::Export<'_>,
    ) -> Result<(), reencode::Error> {
        if ENTRY_POINTS.contains(&export.name) {
            exports.export(export.name, self.export_kind(export.kind)?, self.external_index(export.kind, export.index)?);
        }
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        _module: &mut Module,
        _section: wasmparser::CustomSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        Ok(())
    }
}

fn pack(name: &str, compiler: &str, wasm: &str, metadata: &str, out: [&str; 2]) -> Result<(), String> {
    let code = read(wasm)?;
    let metadata: Map<String, Value> =
        serde_json::from_slice(&read(metadata)?).map_err(|error| format!("{metadata}: {error}"))?;
    let hash = format!("0x{}", hex::encode(Blake2b::<U32>::digest(&code)));
    let source = json!({ "hash": hash, "language": INK, "compiler": compiler });
    let mut source_with_code = source.clone();
    source_with_code["wasm"] = format!("0x{}", hex::encode(&code)).into();
    for (path, source) in out.into_iter().zip([source, source_with_code]) {
        let mut bundle = Map::new();
        bundle.insert("source".into(), source);
        let contract = json!({ "name": name, "version": "0.1.0", "authors": ["the Vellum authors"] });
        bundle.insert("contract".into(), contract);
        bundle.extend(metadata.clone());
        let mut text = serde_json::to_string_pretty(&bundle).expect("keys are strings; qed");
        text.push('\n');
        write(path, text.as_bytes())?;
    }
    println!("{name}: {} bytes, code hash {hash}", code.len());
    Ok(())
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("cannot read {path}: {error}"))
}

fn write(path: &str, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|error| format!("cannot write {path}: {error}"))
}
