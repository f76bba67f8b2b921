//! Recorded runs of contracts of other projects, which lie beside the project on some machines.
//!
//! What is taken is the inputs: every constructor and every message in the recorded order. Whether answers are those
//! of the record is a question for `vellum-runtime-tests`; here it is whether all placements give the same.

use crate::script::{Call, Script};
use serde_json::Value;
use sp_core::H256;
use std::fs;
use vellum_runtime_tests::shared;

/// Contracts that one script has.
const CONTRACTS: usize = 15;

/// Scripts of all recorded contracts; none, with a line that says so, if they are not there.
pub fn recorded(genesis: H256) -> Vec<Script> {
    let Some(folder) = shared::path("recorded contracts in three placements", "goldens/contracts.json")
        .and_then(|path| Some(path.parent()?.parent()?.to_owned()))
    else {
        return Vec::new();
    };
    let text = fs::read(folder.join("goldens/contracts.json")).expect("it is there; qed");
    let recorded: Vec<Value> = serde_json::from_slice(&text).expect("the record is JSON");
    let chunks = recorded.chunks(CONTRACTS).enumerate();
    chunks
        .map(|(number, contracts)| {
            let mut script = Script::new(format!("recorded contracts, part {}", number + 1), genesis);
            for contract in contracts {
                let file = folder.join("contracts").join(text_of(contract, "wasm"));
                let code = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
                replay(&mut script, &code, contract);
                script.end_block();
            }
            script
        })
        .collect()
}

fn replay(script: &mut Script, code: &[u8], contract: &Value) {
    for run in list(contract, "runs") {
        let mut address = None;
        for step in list(run, "steps") {
            let input = sp_core::bytes::from_hex(text_of(step, "input")).expect("inputs are hexadecimal");
            if text_of(step, "entry") == "deploy" {
                address = Some(script.instantiate(code, 0, &input));
            } else if let Some(address) = &address {
                script.call(Call::new(address, input));
            }
            script.end_block_of(10);
        }
    }
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text_of<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no text {name} in {value}"))
}
