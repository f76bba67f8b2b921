//! Real contracts with recorded inputs: constructors, then messages, as `goldens/contracts.json` of a folder of real
//! contracts has them. Nothing of it is part of this repository.
//!
//! The recording was made on another host, so answers are not compared here: what counts is that a message runs to its end.

use super::subjects::OF_MESSAGES;
use crate::engines::{Engine, Fault, Translation, Vellum};
use crate::gas::subject::{Part, Set, Subject, Task};
use crate::host::Host;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

#[derive(Deserialize)]
struct Contract {
    wasm: String,
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    entry: String,
    label: String,
    input: String,
}

/// Every constructor and message that runs on this host, once for each contract; every blob that a chain accepts; and
/// how many there are, or that there are none.
pub(super) fn contracts(folder: &Path) -> Result<(Vec<Subject>, Option<String>)> {
    let path = folder.join("goldens/contracts.json");
    if !path.is_file() {
        return Ok((Vec::new(), Some(format!("no recorded contracts in {}", folder.display()))));
    }
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let contracts: Vec<Contract> =
        serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    let (mut subjects, mut ended_early, mut count) = (blobs(&folder.join("contracts/accept"))?, 0, 0);
    for contract in &contracts {
        let path = folder.join("contracts").join(&contract.wasm);
        let blob = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let mut seen = BTreeSet::new();
        for run in &contract.runs {
            ended_early += steps(contract, run, &blob, &mut seen, &mut subjects);
        }
        count += seen.len();
    }
    let note = format!(
        "{count} constructors and messages of {} recorded contracts; {ended_early} steps end early on this host",
        contracts.len()
    );
    Ok((subjects, Some(note)))
}

/// Adds the steps of a run that were not seen before; says how many do not come to their end.
fn steps(
    contract: &Contract,
    run: &Run,
    blob: &[u8],
    seen: &mut BTreeSet<(String, String)>,
    subjects: &mut Vec<Subject>,
) -> usize {
    let Ok(code) = Vellum::new(Translation::Lazy).compile(blob) else { return run.steps.len() };
    let (mut storage, mut early) = (std::collections::BTreeMap::new(), 0);
    for step in &run.steps {
        let Some(entry) = ["deploy", "call"].into_iter().find(|entry| *entry == step.entry) else { continue };
        let Some(input) = bytes(&step.input) else { continue };
        let host = Host { storage: storage.clone(), ..Host::with_input(&input) };
        let mut session = code.prepare(host.clone());
        let ended = session.instantiate().and_then(|()| session.call(entry, &[]));
        let after = session.take_host();
        if !matches!(ended, Ok(_) | Err(Fault::Returned)) {
            early += 1;
            continue;
        }
        if after.output.as_ref().is_none_or(|(flags, _)| *flags == 0) {
            storage = after.storage;
        }
        if seen.insert((step.entry.clone(), step.label.clone())) {
            let short = contract.wasm.trim_start_matches("accept/").trim_end_matches(".wasm");
            subjects.push(Subject {
                name: format!("{short} {}", step.label),
                group: "real contracts",
                set: Set::Resident,
                blob: blob.to_vec(),
                task: Some(Task { before: Vec::new(), entry, args: Vec::new(), host }),
                parts: OF_MESSAGES.to_vec(),
            });
        }
    }
    early
}

/// Blobs of a folder, for what is paid by a blob whatever is called.
fn blobs(folder: &Path) -> Result<Vec<Subject>> {
    let mut paths = Vec::new();
    if folder.is_dir() {
        for entry in std::fs::read_dir(folder)? {
            paths.push(entry?.path());
        }
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "wasm"));
    paths.sort();
    let subject = |path: &std::path::PathBuf| {
        Ok(Subject {
            name: path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned()),
            group: "real contracts",
            set: Set::Resident,
            blob: std::fs::read(path)?,
            task: None,
            parts: vec![Part::FirstCall, Part::Start, Part::Upload],
        })
    };
    paths.iter().map(subject).collect()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.strip_prefix("0x")?.as_bytes();
    let pairs = digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    pairs.collect()
}
