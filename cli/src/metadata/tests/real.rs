//! Every contract of the collection beside the project, if it is there.

use super::*;
use crate::metadata::{event, outcome::read};
use serde_json::Value;

/// Seeds per argument list.
const SEEDS: u64 = 8;

fn bundles() -> Vec<(String, Bundle)> {
    let Some(folder) = shared("contracts") else { return Vec::new() };
    let manifest = std::fs::read(folder.join("manifest.json")).expect("the collection has a manifest; qed");
    let rows: Vec<Value> = serde_json::from_slice(&manifest).expect("it is a list; qed");
    rows.iter()
        .filter_map(|row| {
            let file = row["bundle"].as_str().or(row["metadata"].as_str())?;
            let bundle = Bundle::load(&folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            Some((file.to_owned(), bundle))
        })
        .collect()
}

#[test]
fn every_metadata_is_read_and_lists_what_the_manifest_lists() {
    let Some(folder) = shared("contracts") else { return };
    let manifest = std::fs::read(folder.join("manifest.json")).expect("the collection has a manifest; qed");
    let rows: Vec<Value> = serde_json::from_slice(&manifest).expect("it is a list; qed");
    let mut read = 0;
    for row in rows {
        let Some(file) = row["bundle"].as_str().or(row["metadata"].as_str()) else { continue };
        let bundle = Bundle::load(&folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let metadata = bundle.metadata().expect("a bundle has metadata; qed");
        for (kind, key) in [(Kind::Constructor, "constructors"), (Kind::Message, "messages")] {
            let wanted = row[key].as_array().expect("the manifest lists them; qed");
            assert_eq!(metadata.entries(kind).len(), wanted.len(), "{file}: {key}");
            for (entry, wanted) in metadata.entries(kind).iter().zip(wanted) {
                assert_eq!(crate::hex::encode(entry.selector), wanted[1].as_str().unwrap_or_default(), "{file}");
                assert_eq!(entry.args.len() as u64, wanted[2].as_u64().unwrap_or_default(), "{file}");
            }
        }
        assert_eq!(metadata.events.len(), row["events"].as_array().map_or(0, Vec::len), "{file}: events");
        read += 1;
    }
    println!("{read} metadata files were read");
    assert_eq!(read, 95);
}

#[test]
fn every_argument_list_encodes_and_decodes_back() {
    let mut lists = 0;
    for (file, bundle) in bundles() {
        let metadata = bundle.metadata().expect("a bundle has metadata; qed");
        for entry in metadata.constructors.iter().chain(&metadata.messages) {
            for seed in 0..SEEDS {
                let texts: Option<Vec<_>> =
                    entry.args.iter().map(|arg| generate::text(metadata, arg.ty, seed)).collect();
                let Some(texts) = texts else { continue };
                let input = encode::input(metadata, entry, &texts, &[])
                    .unwrap_or_else(|error| panic!("{file}: {}({texts:?}): {error}", entry.label));
                assert_eq!(input[..4], entry.selector);
                let mut rest = &input[4..];
                let mut shown = Vec::new();
                for arg in &entry.args {
                    let value = decode::value(metadata, arg.ty, &mut rest)
                        .unwrap_or_else(|error| panic!("{file}: {}({texts:?}): {error}", entry.label));
                    shown.push((arg.label.clone(), decode::text(metadata, &value)));
                    decode::json(metadata, &value);
                }
                assert!(rest.is_empty(), "{file}: {}({texts:?})", entry.label);
                let again = encode::input(metadata, entry, &[], &shown)
                    .unwrap_or_else(|error| panic!("{file}: {}({shown:?}): {error}", entry.label));
                assert_eq!(again, input, "{file}: {}({shown:?})", entry.label);
                lists += 1;
            }
        }
    }
    println!("{lists} argument lists went there and back");
}

#[test]
fn every_event_is_found_by_its_topic_or_its_index() {
    let mut events = 0;
    for (file, bundle) in bundles() {
        let metadata = bundle.metadata().expect("a bundle has metadata; qed");
        for (index, spec) in metadata.events.iter().enumerate() {
            let mut data = match spec.signature_topic {
                Some(_) => Vec::new(),
                None => vec![u8::try_from(index).expect("contracts have few events; qed")],
            };
            for field in &spec.fields {
                let text = generate::text(metadata, field.ty, 7)
                    .unwrap_or_else(|| panic!("{file}: {}: {} has no value", spec.label, field.label));
                let bytes = encode::argument_bytes(metadata, field, &text)
                    .unwrap_or_else(|error| panic!("{file}: {}: {text}: {error}", spec.label));
                data.extend(bytes);
            }
            let topics: Vec<_> = spec.signature_topic.map(Into::into).into_iter().collect();
            let Some(decoded) = event::decode(metadata, &data, &topics) else {
                // V5 events without a signature have no leading byte either.
                assert!(metadata.format == "V5", "{file}: {}", spec.label);
                continue;
            };
            assert_eq!(decoded.spec.label, spec.label, "{file}");
            assert!(decoded.text(metadata).starts_with(&spec.label));
            events += 1;
        }
    }
    println!("{events} events were recognised");
}

/// Inputs that polkadot-js encoded and outputs that contracts gave: written by nobody here.
#[test]
fn recorded_inputs_outputs_and_events_are_understood() {
    let (Some(contracts), Some(goldens)) = (shared("contracts"), shared("goldens")) else { return };
    let records = |path: PathBuf| -> Vec<Value> {
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_slice(&bytes).expect("it is a list; qed")
    };
    let manifest = records(contracts.join("manifest.json"));
    let mut seen = Seen::default();
    for record in records(goldens.join("contracts.json")) {
        let row =
            manifest.iter().find(|row| row["wasm"] == record["wasm"]).expect("records are of the collection; qed");
        let file = row["bundle"].as_str().or(row["metadata"].as_str()).expect("records need metadata; qed");
        let bundle = Bundle::load(&contracts.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let metadata = bundle.metadata().expect("a bundle has metadata; qed");
        for run in record["runs"].as_array().into_iter().flatten() {
            for step in run["steps"].as_array().into_iter().flatten() {
                seen.step(file, metadata, step);
            }
        }
    }
    println!("{seen:?}");
    assert!(seen.inputs > 1_000 && seen.outputs > 500 && seen.events > 50, "{seen:?}");
    assert!(seen.odd.is_empty(), "{:#?}", seen.odd);
}

#[derive(Default, Debug)]
struct Seen {
    inputs: usize,
    outputs: usize,
    events: usize,
    odd: Vec<String>,
}

impl Seen {
    fn step(&mut self, file: &str, metadata: &Metadata, step: &Value) {
        let bytes =
            |value: &Value| crate::hex::decode(value.as_str().unwrap_or_default()).expect("records are hex; qed");
        let input = bytes(&step["input"]);
        let entries = if step["entry"] == "deploy" { &metadata.constructors } else { &metadata.messages };
        let Some(entry) = entries.iter().find(|entry| input.starts_with(&entry.selector)) else {
            return self.odd.push(format!("{file}: no entry for {}", step["label"]));
        };
        let mut rest = &input[4..];
        let mut texts = Vec::new();
        for arg in &entry.args {
            match decode::value(metadata, arg.ty, &mut rest) {
                Ok(value) => texts.push(decode::text(metadata, &value)),
                Err(error) => return self.odd.push(format!("{file}: {}: {}: {error}", entry.label, arg.label)),
            }
        }
        match encode::input(metadata, entry, &texts, &[]) {
            Ok(again) if again == input => self.inputs += 1,
            other => self.odd.push(format!("{file}: {}({texts:?}): {other:?}", entry.label)),
        }
        if step.get("trap").is_some_and(|trap| !trap.is_null()) || step["flags"].is_null() {
            return;
        }
        if step["entry"] != "deploy"
            && let Some(returns) = entry.returns
        {
            let output = bytes(&step["output"]);
            let reverted = step["flags"] == 1;
            match decode::whole_value(metadata, returns, &output) {
                Ok(_) => self.outputs += 1,
                // Solidity's errors are no value of the message's type.
                Err(_) if reverted && read(Some(metadata), Some(entry), &output, true).text.starts_with("Error(") => {
                    self.outputs += 1;
                }
                Err(error) => self.odd.push(format!("{file}: {} returned {}: {error}", entry.label, step["output"])),
            }
        }
        for emitted in step["events"].as_array().into_iter().flatten() {
            let topics = bytes(&emitted["topics"]);
            let topics = <Vec<[u8; 32]> as codec::Decode>::decode(&mut topics.as_slice()).unwrap_or_default();
            let topics: Vec<_> = topics.into_iter().map(Into::into).collect();
            match event::decode(metadata, &bytes(&emitted["data"]), &topics) {
                Some(_) => self.events += 1,
                // What its library emits, a contract's metadata does not describe.
                None if metadata.events.is_empty() => {}
                None => self.odd.push(format!("{file}: {} emitted {emitted}", entry.label)),
            }
        }
    }
}
