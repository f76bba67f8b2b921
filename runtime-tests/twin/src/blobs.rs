//! Real contracts: the project's ink! contracts, and those of `../shared/contracts` where they are at hand.

use crate::{Run, Settings, Step, random::Random, record::hex, step};
use codec::Encode;
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};
use vellum_runtime_tests::{
    chain::{ALICE, BOB, hash},
    fixture,
    runtime::AccountId,
    shared, state,
};

/// A contract and what can be asked of it.
struct Contract {
    name: String,
    code: Vec<u8>,
    /// Selectors of constructors.
    constructors: Vec<Vec<u8>>,
    /// Selectors of messages.
    messages: Vec<Vec<u8>>,
    /// Inputs with real arguments, where they are recorded: a constructor's, then its messages'.
    recorded: Vec<Vec<Vec<u8>>>,
}

/// Who acts in what is recorded.
const CALLER: AccountId = AccountId::new([0xAA; 32]);

/// A run for each constructor: every message is simulated and then done. With recorded arguments and with made ones.
pub fn runs() -> Vec<Run> {
    contracts().iter().flat_map(runs_of).collect()
}

fn contracts() -> Vec<Contract> {
    let mut contracts = own();
    if let Some(folder) = shared::path("real contracts in the twin run", "contracts") {
        let recorded = folder.join("../goldens/contracts.json");
        let recorded = if recorded.exists() { json(&recorded) } else { Value::Null };
        let runs: BTreeMap<&str, &Value> = array(&recorded).map(|row| (text(row, "wasm"), row)).collect();
        let rows = json(&folder.join("manifest.json"));
        contracts.extend(array(&rows).filter(|row| text(row, "kind") == "accept").map(|row| {
            let name = text(row, "wasm");
            contract(&folder, row, runs.get(name).copied())
        }));
    }
    contracts
}

fn contract(folder: &Path, row: &Value, recorded: Option<&Value>) -> Contract {
    let name = text(row, "wasm").to_owned();
    let selectors = |list: &str| array(&row[list]).map(|entry| bytes(&entry[1])).collect();
    let recorded = recorded.map(|recorded| {
        let inputs = |run: &Value| array(&run["steps"]).map(|step| bytes(&step["input"])).collect();
        array(&recorded["runs"]).map(inputs).collect()
    });
    Contract {
        code: fs::read(folder.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}")),
        constructors: selectors("constructors"),
        messages: selectors("messages"),
        recorded: recorded.unwrap_or_default(),
        name,
    }
}

/// The contracts of the project.
fn own() -> Vec<Contract> {
    let files =
        [("flipper", "flipper"), ("flipper", "flipper-default-flags"), ("erc20", "erc20"), ("caller", "caller")];
    let own = files.iter().map(|(contract, file)| {
        let metadata = json(&fixture::project().join("contracts").join(contract).join(format!("{contract}.json")));
        let selectors = |list: &str| array(&metadata["spec"][list]).map(|entry| bytes(&entry["selector"])).collect();
        Contract {
            name: format!("contracts/{file}"),
            code: fixture::ink_file(contract, file),
            constructors: selectors("constructors"),
            messages: selectors("messages"),
            recorded: Vec::new(),
        }
    });
    own.collect()
}

fn runs_of(contract: &Contract) -> Vec<Run> {
    let settings = || Settings { rich: vec![CALLER], ..Settings::default() };
    let mut runs = Vec::new();
    for (number, inputs) in contract.recorded.iter().enumerate() {
        let name = format!("{} recorded {number}", contract.name);
        runs.push(run(name, settings(), contract, CALLER, inputs.clone()));
    }
    let named = ["new", "default"].map(|name| fixture::selector(name).to_vec());
    let constructors = if contract.constructors.is_empty() { &named[..] } else { &contract.constructors };
    for constructor in constructors {
        let name = format!("{} made {}", contract.name, hex(constructor));
        runs.push(run(name, settings(), contract, ALICE, made(contract, constructor)));
    }
    runs
}

/// Inputs with arguments of which some will be taken for what a message expects.
fn made(contract: &Contract, constructor: &[u8]) -> Vec<Vec<u8>> {
    let (alice, bob, amount) = (ALICE.encode(), BOB.encode(), 5_u128.encode());
    let mut random = Random::new(contract.code.len() as u64);
    let layouts = [
        [&alice[..], &bob, &amount, &amount].concat(),
        [&bob[..], &amount, &amount, &alice].concat(),
        [&amount[..], &bob, &amount, &amount].concat(),
        Vec::new(),
        random.bytes(120),
    ];
    let named = ["get", "flip", "inc"].map(|name| fixture::selector(name).to_vec());
    let messages = if contract.messages.is_empty() { &named[..] } else { &contract.messages };
    let calls =
        layouts.iter().flat_map(|arguments| messages.iter().map(move |message| [&message[..], arguments].concat()));
    [[constructor, &layouts[2]].concat()].into_iter().chain(calls).collect()
}

/// Uploads, instantiates with the first input, calls with the others.
fn run(name: String, settings: Settings, contract: &Contract, who: AccountId, inputs: Vec<Vec<u8>>) -> Run {
    let code_hash = hash(&contract.code);
    let mut inputs = inputs.into_iter();
    let constructor = inputs.next().unwrap_or_default();
    let mut opening = vec![
        step::upload(&who, contract.code.clone()),
        Step::DryInstantiate {
            who: who.clone(),
            code: pallet_contracts::Code::Existing(code_hash),
            value: 0,
            gas: step::GAS_LIMIT,
            deposit_limit: None,
            input: constructor.clone(),
            salt: Vec::new(),
            keep: false,
        },
        step::instantiate(&who, code_hash, 0, constructor),
    ]
    .into_iter();
    let mut pending = None;
    let next = move || {
        opening.next().or_else(|| pending.take()).or_else(|| {
            let (address, _) = state::contracts().into_iter().next()?;
            let input = inputs.next()?;
            pending = Some(step::call(&who, &address, 0, input.clone()));
            Some(step::dry_call(&who, &address, 0, input))
        })
    };
    Run::new(name, settings, Box::new(next))
}

fn json(path: &Path) -> Value {
    let text = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no text {name}"))
}

fn bytes(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap_or_else(|| panic!("no hexadecimal text: {value}"));
    sp_core::bytes::from_hex(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}
