//! What takes how much room in a Wasm runtime: the bodies of its functions, added up by where they come from.
//!
//! Relies on the name section, which release builds keep. What the optimiser inlined counts where it was inlined, and a
//! generic function counts for whom it was made: the first path of a list, anywhere in its name, decides.

use anyhow::{Context, Result, bail};
use comfy_table::{CellAlignment, Table, presets};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// Rows of the table, and the paths that belong to each; earlier ones win.
const PARTS: &[(&str, &[&str])] = &[
    ("validation (wasmparser)", &["wasmparser::"]),
    ("translation", &["vellum_engine::translate", "vellum_engine::isa"]),
    (
        "execution",
        &["vellum_engine::exec", "vellum_engine::dispatch", "vellum_engine::call", "vellum_engine::instance"],
    ),
    ("rest of the engine", &["vellum_engine::"]),
    ("host wall", &["vellum_host::"]),
    ("wasmi", &["wasmi::", "wasmi_core::", "wasmi_collections::", "wasmi_ir::", "wasmparser_nostd::"]),
    ("XCM", &["xcm_builder::", "xcm::", "staging_xcm", "xcm_executor::"]),
    ("contracts pallet", &["pallet_contracts::", "vellum_weights::"]),
];
/// How many of the first rows are the engine.
const ENGINE_PARTS: usize = 4;
/// The row of functions that are of no listed part.
const REST: &str = "rest of the runtime";

/// What one blob consists of.
struct Sizes {
    file: String,
    blob: usize,
    /// Bytes of code by part, the rest last.
    parts: Vec<usize>,
    data: usize,
    /// Everything that is neither code nor data: names, tables, the runtime's own sections.
    other: usize,
}

/// Prints the table of these blobs.
///
/// # Errors
/// If a file is no module with names.
pub fn run(files: &[PathBuf], markdown: bool) -> Result<()> {
    let sizes = files
        .iter()
        .map(|file| Sizes::of(file).with_context(|| file.display().to_string()))
        .collect::<Result<Vec<_>>>()?;
    println!("{}", table(&sizes, markdown));
    Ok(())
}

impl Sizes {
    fn of(file: &Path) -> Result<Self> {
        let blob = std::fs::read(file)?;
        let (mut bodies, mut names, mut imported, mut data) = (Vec::new(), HashMap::new(), 0, 0);
        for payload in Parser::new(0).parse_all(&blob) {
            match payload? {
                Payload::ImportSection(imports) => imported = imports.into_imports().count(),
                Payload::CodeSectionEntry(body) => bodies.push(bytes(body.range())?),
                Payload::DataSection(section) => data = bytes(section.range())?,
                Payload::CustomSection(custom) => {
                    if let KnownCustom::Name(section) = custom.as_known() {
                        names.extend(function_names(section)?);
                    }
                }
                _ => {}
            }
        }
        if names.is_empty() {
            bail!("no names of functions: the blob was stripped");
        }
        let mut parts = vec![0; PARTS.len() + 1];
        for (index, bytes) in bodies.iter().enumerate() {
            let index = u32::try_from(imported + index)?;
            let name = rustc_demangle::demangle(names.get(&index).copied().unwrap_or_default());
            parts[part(&format!("{name:#}"))] += bytes;
        }
        let code: usize = parts.iter().sum();
        let file = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { file, blob: blob.len(), parts, data, other: blob.len() - code - data })
    }

    fn engine(&self) -> usize {
        self.parts[..ENGINE_PARTS].iter().sum()
    }
}

fn function_names<'a>(section: wasmparser::NameSectionReader<'a>) -> Result<HashMap<u32, &'a str>> {
    let mut names = HashMap::new();
    for name in section {
        if let Name::Function(functions) = name? {
            for function in functions {
                let function = function?;
                names.insert(function.index, function.name);
            }
        }
    }
    Ok(names)
}

fn bytes(range: std::ops::Range<u64>) -> Result<usize> {
    Ok(usize::try_from(range.end - range.start)?)
}

/// The part that a function of this name belongs to.
fn part(name: &str) -> usize {
    PARTS.iter().position(|(_, paths)| paths.iter().any(|path| name.contains(path))).unwrap_or(PARTS.len())
}

fn table(sizes: &[Sizes], markdown: bool) -> Table {
    let mut table = Table::new();
    table.load_style(if markdown { presets::ASCII_MARKDOWN } else { presets::UTF8_FULL_CONDENSED });
    let row = |title: &str, bytes: &dyn Fn(&Sizes) -> usize| {
        let cells = sizes.iter().map(|one| match bytes(one) {
            0 => "-".to_owned(),
            bytes => format!("{:.1}", f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e3),
        });
        [title.to_owned()].into_iter().chain(cells).collect::<Vec<_>>()
    };
    table.set_header(["KB".to_owned()].into_iter().chain(sizes.iter().map(|one| one.file.clone())));
    let titles = PARTS.iter().map(|(title, _)| *title).chain([REST]);
    for (index, title) in titles.enumerate() {
        table.add_row(row(title, &|one| one.parts[index]));
        if index + 1 == ENGINE_PARTS {
            table.add_row(row("the engine's code together", &Sizes::engine));
        }
    }
    table.add_row(row("static data", &|one| one.data));
    table.add_row(row("names, types, tables", &|one| one.other));
    table.add_row(row("the blob", &|one| one.blob));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

#[cfg(test)]
mod tests;
