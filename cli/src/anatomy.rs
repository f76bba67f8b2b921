//! What is in a Wasm module, whether a chain accepts it or not.
//!
//! Relies on wasmparser to walk the sections without validating them. Promises: any file that is cut into
//! sections gets its counts; what cannot be read any more is said, with the place.

use std::collections::BTreeMap;
use wasmparser::{ExternalKind, FunctionBody, Parser, Payload, TypeRef};

/// The parts of a module.
#[derive(Default, Debug)]
pub struct Anatomy {
    /// Types of functions.
    pub types: u32,
    /// Functions with a body.
    pub functions: u32,
    /// Imports as (module, name, kind).
    pub imports: Vec<(String, String, &'static str)>,
    /// Exports as (name, kind).
    pub exports: Vec<(String, &'static str)>,
    /// Tables, own and imported.
    pub tables: u32,
    /// Globals, own and imported.
    pub globals: u32,
    /// Memories as (least pages, most pages, imported).
    pub memories: Vec<(u64, Option<u64>, bool)>,
    /// Whether a function runs before the entry point.
    pub start: bool,
    /// Bytes of function bodies.
    pub code_bytes: u64,
    /// The longest body.
    pub body_bytes_max: u64,
    /// The most locals of a function, without its parameters.
    pub locals_max: u32,
    /// Instructions.
    pub operators: u64,
    /// Elements of tables.
    pub element_segments: u32,
    /// Data segments and their bytes.
    pub data_segments: u32,
    /// Bytes of data segments.
    pub data_bytes: u64,
    /// Custom sections and their bytes.
    pub custom_sections: BTreeMap<String, u64>,
    /// Where and why the reading stopped early.
    pub broken: Option<(u64, String)>,
}

/// Reads as much of a module as can be read.
pub fn read(code: &[u8]) -> Anatomy {
    let mut anatomy = Anatomy::default();
    for payload in Parser::new(0).parse_all(code) {
        let read = payload.and_then(|payload| anatomy.section(payload));
        if let Err(error) = read {
            anatomy.broken = Some((error.offset(), error.message().to_owned()));
            break;
        }
    }
    anatomy
}

impl Anatomy {
    fn section(&mut self, payload: Payload) -> wasmparser::Result<()> {
        match payload {
            Payload::TypeSection(types) => self.types = types.count(),
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import?;
                    self.import(import.module, import.name, import.ty);
                }
            }
            Payload::FunctionSection(functions) => self.functions = functions.count(),
            Payload::TableSection(tables) => self.tables = self.tables.saturating_add(tables.count()),
            Payload::GlobalSection(globals) => self.globals = self.globals.saturating_add(globals.count()),
            Payload::MemorySection(memories) => {
                for memory in memories {
                    let memory = memory?;
                    self.memories.push((memory.initial, memory.maximum, false));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    self.exports.push((export.name.to_owned(), export_kind(export.kind)));
                }
            }
            Payload::StartSection { .. } => self.start = true,
            Payload::ElementSection(elements) => self.element_segments = elements.count(),
            Payload::DataSection(data) => {
                self.data_segments = data.count();
                for segment in data {
                    self.data_bytes += segment?.data.len() as u64;
                }
            }
            Payload::CodeSectionEntry(body) => self.body(&body)?,
            Payload::CustomSection(custom) => {
                *self.custom_sections.entry(custom.name().to_owned()).or_default() += custom.data().len() as u64;
            }
            _ => {}
        }
        Ok(())
    }

    fn import(&mut self, module: &str, name: &str, ty: TypeRef) {
        let kind = match ty {
            TypeRef::Func(_) | TypeRef::FuncExact(_) => "function",
            TypeRef::Table(_) => {
                self.tables += 1;
                "table"
            }
            TypeRef::Memory(memory) => {
                self.memories.push((memory.initial, memory.maximum, true));
                "memory"
            }
            TypeRef::Global(_) => {
                self.globals += 1;
                "global"
            }
            TypeRef::Tag(_) => "tag",
        };
        self.imports.push((module.to_owned(), name.to_owned(), kind));
    }

    fn body(&mut self, body: &FunctionBody) -> wasmparser::Result<()> {
        let bytes = body.range().end - body.range().start;
        self.code_bytes += bytes;
        self.body_bytes_max = self.body_bytes_max.max(bytes);
        let mut locals = 0u32;
        for group in body.get_locals_reader()? {
            locals = locals.saturating_add(group?.0);
        }
        self.locals_max = self.locals_max.max(locals);
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            operators.read()?;
            self.operators += 1;
        }
        Ok(())
    }
}

fn export_kind(kind: ExternalKind) -> &'static str {
    match kind {
        ExternalKind::Func | ExternalKind::FuncExact => "function",
        ExternalKind::Table => "table",
        ExternalKind::Memory => "memory",
        ExternalKind::Global => "global",
        ExternalKind::Tag => "tag",
    }
}
