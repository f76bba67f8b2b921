//! Programs that were charged least for what they took, as text: what later prices have to cover, too.
//!
//! The head of a file says which charge it is about, and what k was when it was found. Audits include all of them.

use crate::gas::subject::{Part, Set, Subject, Task};
use crate::host::Host;
use anyhow::{Context, Result};
use std::path::Path;

/// A program in a file.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// The file's name without its end.
    pub name: String,
    /// Which charge.
    pub part: Part,
    /// Which limit.
    pub set: Set,
    /// What it was when it was found.
    pub k: f64,
    /// The day, and the processor.
    pub found: String,
    /// What `run` is called with.
    pub turns: u64,
    /// The blob.
    pub blob: Vec<u8>,
}

impl Case {
    /// As a file has it.
    ///
    /// # Errors
    /// If the blob is not Wasm.
    pub fn text(&self) -> Result<String> {
        let Self { part, set, k, found, turns, blob, .. } = self;
        Ok(format!(
            ";; Kept by `vellum gas search`: of its kind, the program that was charged least for what it took.\n\
             ;; part: {}\n;; set: {}\n;; k: {k:.3}\n;; found: {found}\n;; turns: {turns}\n{}",
            part.name(),
            set.name(),
            wasmprinter::print_bytes(blob)?
        ))
    }

    /// From a file.
    ///
    /// # Errors
    /// If the head is not there, or the rest is not Wasm.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let field = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(";; ")?.strip_prefix(key)?.strip_prefix(": "));
            line.with_context(|| format!("{name} does not say its {key}"))
        };
        Ok(Self {
            name: name.to_owned(),
            part: Part::named(field("part")?).with_context(|| format!("{name} has no such part"))?,
            set: Set::named(field("set")?).with_context(|| format!("{name} has no such set"))?,
            k: field("k")?.parse()?,
            found: field("found")?.to_owned(),
            turns: field("turns")?.parse()?,
            blob: wat::parse_str(text).with_context(|| format!("{name} is not Wasm"))?,
        })
    }

    /// To be audited.
    pub fn into_subject(self) -> Subject {
        let task = (self.part == Part::Execution).then(|| Task {
            before: vec![("prepare", Vec::new()), ("run", vec![1])],
            entry: "run",
            args: vec![self.turns],
            host: Host::default(),
        });
        Subject { name: self.name, group: "search", set: self.set, blob: self.blob, task, parts: vec![self.part] }
    }
}

/// All cases of a folder, by name; none if there is no such folder.
///
/// # Errors
/// If a file is not a case.
pub fn read(folder: &Path) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    if !folder.is_dir() {
        return Ok(cases);
    }
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wat") {
            let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
            cases.push(Case::parse(&name, &text)?);
        }
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(cases)
}

/// Writes a case, unless the folder has one of this name that was worse. Says whether it did.
///
/// # Errors
/// If the file cannot be read or written.
pub fn keep(folder: &Path, case: &Case) -> Result<bool> {
    let path = folder.join(format!("{}.wat", case.name));
    if path.is_file() {
        let known = Case::parse(&case.name, &std::fs::read_to_string(&path)?)?;
        if known.k >= case.k {
            return Ok(false);
        }
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(&path, case.text()?).with_context(|| format!("writing {}", path.display()))?;
    Ok(true)
}
