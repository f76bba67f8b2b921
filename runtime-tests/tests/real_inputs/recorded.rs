//! The recorded runs of `../shared/goldens`: types and reader.

use serde_json::Value;
use std::{fs, path::Path};

/// Whoever calls in a recorded run.
pub const CALLER: [u8; 32] = [0xAA; 32];
/// The contract of a recorded run.
pub const CONTRACT: [u8; 32] = [0xC0; 32];
/// What the contract has at the start.
pub const CONTRACT_BALANCE: u128 = 1_000_000_000_000;
/// What the caller has at the start.
pub const CALLER_BALANCE: u128 = 1_000_000_000_000_000_000;
/// The block of a recorded run.
pub const BLOCK: u32 = 42;
/// Its time.
pub const NOW: u64 = 1_700_000_000_000;

/// One contract and what was done with it.
pub struct Contract {
    /// File below `../shared/contracts`.
    pub file: String,
    /// Its code.
    pub code: Vec<u8>,
    /// A constructor with arguments, and every message after it.
    pub runs: Vec<Vec<Step>>,
}

/// A constructor or message, and what came of it.
pub struct Step {
    /// `deploy` or `call`.
    pub entry: String,
    /// Name in the metadata.
    pub label: String,
    /// Input.
    pub input: Vec<u8>,
    /// Why it trapped, or flags and output.
    pub outcome: Result<(u32, Vec<u8>), String>,
    /// Emitting contract, topics as the host function got them, data.
    pub events: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)>,
    /// Debug messages.
    pub debug: Vec<Vec<u8>>,
    /// The contract ended its life.
    pub terminated: bool,
    /// Hash of the contract's storage in the form of the recorder, if the contract is still there.
    pub storage_hash: Option<Vec<u8>>,
    /// How many values the contract has.
    pub storage_items: usize,
}

/// Reads all recorded runs, given the folder `shared`.
pub fn contracts(shared: &Path) -> Vec<Contract> {
    json(&shared.join("goldens/contracts.json"))
        .as_array()
        .expect("a list of contracts")
        .iter()
        .map(|contract| {
            let file = text(contract, "wasm").to_owned();
            let path = shared.join("contracts").join(&file);
            let code = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let runs = list(contract, "runs").map(|run| list(run, "steps").map(step).collect()).collect();
            Contract { file, code, runs }
        })
        .collect()
}

/// Reads a JSON file.
pub fn json(path: &Path) -> Value {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads one step.
pub fn step(step: &Value) -> Step {
    let outcome = match step.get("trap") {
        Some(trap) => Err(trap.as_str().expect("a trap is a text").to_owned()),
        None => {
            let flags = step["flags"].as_u64().expect("flags are a number");
            Ok((u32::try_from(flags).expect("flags have 32 bits"), bytes(&step["output"])))
        }
    };
    Step {
        entry: text(step, "entry").to_owned(),
        label: text(step, "label").to_owned(),
        input: bytes(&step["input"]),
        outcome,
        events: list(step, "events")
            .map(|event| (bytes(&event["contract"]), bytes(&event["topics"]), bytes(&event["data"])))
            .collect(),
        debug: list(step, "debug").map(bytes).collect(),
        terminated: step.get("terminated").is_some(),
        storage_hash: step.get("storage_hash").filter(|hash| hash.is_string()).map(bytes),
        storage_items: step.get("storage_items").and_then(Value::as_u64).unwrap_or(0) as usize,
    }
}

/// The elements of a list that may be absent.
pub fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default().iter()
}

/// A text that must be there.
pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no text {name} in {value}"))
}

/// The bytes of a hexadecimal text.
pub fn bytes(value: &Value) -> Vec<u8> {
    let text = value.as_str().expect("bytes are a text");
    sp_core::bytes::from_hex(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}
