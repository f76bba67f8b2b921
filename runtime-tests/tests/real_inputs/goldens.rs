//! Recorded answers of real contracts, replayed through the pallet.
//!
//! The recorder is a small host of its own; the pallet is set up to agree with it where it can: accounts, balances,
//! block, time, and addresses by the recorder's formula. What still differs is listed below, with the reason.

use crate::recorded::{
    BLOCK, CALLER, CALLER_BALANCE, CONTRACT, CONTRACT_BALANCE, Contract, NOW, Step, contracts, json, list, step, text,
};
use codec::Encode;
use pallet_contracts::{Error, Event, ExecReturnValue};
use sp_runtime::DispatchError;
use std::{collections::BTreeMap, fs};
use vellum_runtime_tests::{
    chain::{self, set_balance},
    invariants,
    runtime::{AccountId, AddressFormula, CodeHash, DefaultDepositLimit, RuntimeEvent, System, Test, Timestamp},
    shared, state,
};

/// Contracts whose constructors are refused where the recorder runs them, because their entry points return a number,
/// as ink! 3.0.0-rc1 and rc2 let them: pallet-contracts takes such code and has not been able to run it since it moved
/// to its last engine, and a chain that moves on must find the same. No step of theirs can be compared.
const NUMBER_RETURNED: &[&str] = &[
    "ink3.0.0-rc1__erc20__ee4218cf",
    "ink3.0.0-rc1__erc721__ddae71a2",
    "ink3.0.0-rc1__flipper__4148d36e",
    "ink3.0.0-rc1__incrementer__beffef3f",
    "ink3.0.0-rc1__multisig_plain__f4c7eed3",
    "ink3.0.0-rc2__contract_transfer__277c59b8",
    "ink3.0.0-rc2__erc20__0f87f8da",
    "ink3.0.0-rc2__flipper__79c2c59a",
    "ink3.0.0-rc2__flipper__f3039f22",
    "ink3.0.0-rc2__incrementer__9dd42209",
    "ink3.0.0-rc2__incrementer__d23d05c5",
];

/// The recorder's formula, except that the first contract always lies at the same address.
fn recorded_address(deployer: &AccountId, code_hash: &CodeHash, input: &[u8], salt: &[u8]) -> AccountId {
    let deployer_bytes: &[u8; 32] = deployer.as_ref();
    if *deployer_bytes == CALLER {
        return CONTRACT.into();
    }
    let parts = [deployer_bytes.as_slice(), code_hash.as_ref(), input, salt].concat();
    sp_io::hashing::blake2_256(&parts).into()
}

fn recorded_chain(codes: &[&[u8]]) -> sp_io::TestExternalities {
    let mut chain = chain::new();
    chain.execute_with(|| {
        AddressFormula::set(Some(recorded_address));
        DefaultDepositLimit::set(CALLER_BALANCE / 2);
        System::set_block_number(BLOCK);
        Timestamp::set_timestamp(NOW);
        set_balance(&CALLER.into(), CALLER_BALANCE);
        set_balance(&CONTRACT.into(), CONTRACT_BALANCE);
        for code in codes {
            chain::uploaded(code);
        }
    });
    chain
}

/// What the pallet answers to a step, in the recorder's terms.
struct Answer {
    outcome: Result<(u32, Vec<u8>), DispatchError>,
    events: Vec<(Vec<u8>, Vec<u8>, Vec<u8>)>,
    debug: Vec<u8>,
    info: Option<state::ContractInfo>,
}

fn replay(step: &Step, code: &[u8]) -> Answer {
    System::reset_events();
    let flags_and_output = |returned: ExecReturnValue| (returned.flags.bits(), returned.data);
    let (outcome, debug) = if step.entry == "deploy" {
        let result = chain::instantiate_stored(chain::hash(code)).from(&CALLER.into()).bytes(&step.input).run();
        (result.result.map(|instantiated| flags_and_output(instantiated.result)), None)
    } else {
        let result = chain::call(&CONTRACT.into()).from(&CALLER.into()).bytes(&step.input).debug().run();
        (result.result.map(flags_and_output), Some(result.debug_message))
    };
    Answer {
        outcome,
        events: emitted(),
        debug: debug.unwrap_or_else(|| step.debug.concat()),
        info: state::contract(&CONTRACT.into()),
    }
}

fn emitted() -> Vec<(Vec<u8>, Vec<u8>, Vec<u8>)> {
    System::events()
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Contracts(Event::ContractEmitted { contract, data }) => {
                Some((contract.encode(), record.topics.encode(), data))
            }
            _ => None,
        })
        .collect()
}

/// The first difference between a recorded step and the pallet's answer.
fn difference(step: &Step, answer: &Answer) -> Option<String> {
    match (&step.outcome, &answer.outcome) {
        (Ok(recorded), Ok(answered)) if recorded == answered => (),
        (Err(recorded), Err(error)) if same_trap(recorded, error) => (),
        (recorded, answered) => return Some(format!("recorded {recorded:?}, answered {answered:?}")),
    }
    // No topics are recorded as they were given: as an empty list, or as no bytes at all.
    let without_empty_topics = |events: &[(Vec<u8>, Vec<u8>, Vec<u8>)]| -> Vec<_> {
        let topics = |topics: &[u8]| if topics == [0] { Vec::new() } else { topics.to_vec() };
        events.iter().map(|event| (event.0.clone(), topics(&event.1), event.2.clone())).collect()
    };
    let (recorded, answered) = (without_empty_topics(&step.events), without_empty_topics(&answer.events));
    if recorded != answered {
        return Some(format!("events: recorded {recorded:?}, answered {answered:?}"));
    }
    let debug: Vec<u8> = step.debug.concat();
    if debug != answer.debug && step.outcome.is_ok() {
        return Some(format!("debug messages: recorded {debug:?}, answered {:?}", answer.debug));
    }
    if step.terminated != answer.info.is_none() && step.entry == "call" {
        return Some(format!("terminated: recorded {}", step.terminated));
    }
    let items = answer.info.as_ref().map_or(0, |info| info.storage_items as usize);
    if items != step.storage_items {
        return Some(format!("values: recorded {}, stored {items}", step.storage_items));
    }
    let values = answer.info.as_ref().map(state::ContractInfo::values).unwrap_or_default();
    match (storage_hash(&values), &step.storage_hash) {
        (Some(stored), Some(recorded)) if stored != *recorded => Some("the values differ".into()),
        _ => None,
    }
}

/// A trap of the host has a name on both sides, one of WebAssembly has the same name for all of them.
fn same_trap(recorded: &str, error: &DispatchError) -> bool {
    let DispatchError::Module(module) = error else { return false };
    let name = module.message.unwrap_or_default();
    match recorded.split_once(':') {
        Some(("wasm", _)) => name == "ContractTrapped",
        Some(("host", reason)) => name == reason,
        _ => false,
    }
}

/// The recorder's hash of a contract's values, or `None` if a key cannot be told from its place in the trie.
fn storage_hash(values: &BTreeMap<Vec<u8>, Vec<u8>>) -> Option<Vec<u8>> {
    let hex = |bytes: &[u8]| sp_core::bytes::to_hex(bytes, false);
    let mut entries = Vec::new();
    for (place, value) in values {
        let (hash, key) = place.split_at_checked(16)?;
        if hash != sp_io::hashing::blake2_128(key) {
            return None;
        }
        entries.push((format!("v{}", hex(key)), hex(value)));
    }
    entries.sort();
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("[\"{key}\",\"{value}\"]")).collect();
    Some(sp_io::hashing::blake2_256(format!("[{}]", entries.join(",")).as_bytes()).to_vec())
}

#[derive(Default)]
struct Tally {
    equal: usize,
    explained: usize,
    out_of_scope: usize,
    values_compared: usize,
    unexplained: Vec<String>,
}

fn replay_contract(contract: &Contract, tally: &mut Tally) {
    for run in &contract.runs {
        recorded_chain(&[&contract.code]).execute_with(|| {
            if NUMBER_RETURNED.iter().any(|name| contract.file.contains(name)) {
                // The list must not outlive its reason, nor cover anything else.
                assert_eq!(replay(&run[0], &contract.code).outcome, Err(Error::<Test>::CodeRejected.into()));
                tally.explained += run.len();
                return;
            }
            replay_run(contract, run, tally);
            invariants::check();
        });
    }
}

fn replay_run(contract: &Contract, run: &[Step], tally: &mut Tally) {
    for step in run {
        if step.outcome.as_ref().is_err_and(|trap| trap.starts_with("host:unmocked")) {
            // The recorder does not know the function: chain extensions are beyond it.
            tally.out_of_scope += 1;
            continue;
        }
        let answer = replay(step, &contract.code);
        match difference(step, &answer) {
            None => {
                tally.equal += 1;
                let values = answer.info.map(|info| info.values()).unwrap_or_default();
                tally.values_compared += usize::from(storage_hash(&values).is_some());
            }
            Some(difference) => tally.unexplained.push(format!("{} {}: {difference}", contract.file, step.label)),
        }
    }
}

#[test]
fn recorded_runs_of_real_contracts_give_the_same_answers() {
    let Some(shared) = shared::path("recorded runs", "goldens").and_then(|path| Some(path.parent()?.to_owned())) else {
        return;
    };
    vellum_runtime_tests::runtime::ChainExtensionEnabled::set(true);
    let mut tally = Tally::default();
    let contracts = contracts(&shared);
    for contract in &contracts {
        replay_contract(contract, &mut tally);
    }
    shared::report(format_args!(
        "{} contracts: {} steps equal (in {} of them the values too, elsewhere their number), {} explained \
         (entry points that return a number), {} beyond the recorder (chain extensions), {} unexplained",
        contracts.len(),
        tally.equal,
        tally.values_compared,
        tally.explained,
        tally.out_of_scope,
        tally.unexplained.len()
    ));
    for difference in &tally.unexplained {
        shared::report(format_args!("UNEXPLAINED {difference}"));
    }
    assert!(tally.unexplained.is_empty());
    assert!(tally.equal > 850);
}

#[test]
fn recorded_contracts_that_create_each_other_give_the_same_answers() {
    let Some(shared) = shared::path("recorded delegator", "goldens").and_then(|path| Some(path.parent()?.to_owned()))
    else {
        return;
    };
    let recorded = json(&shared.join("goldens/delegator.json"));
    let codes: Vec<Vec<u8>> = list(&recorded, "codes")
        .map(|code| fs::read(shared.join("contracts").join(text(code, "wasm"))).expect("the file is there"))
        .collect();
    let slices: Vec<&[u8]> = codes.iter().map(Vec::as_slice).collect();
    recorded_chain(&slices).execute_with(|| {
        let mut compared = 0;
        for row in list(&recorded, "steps") {
            let step = step(row);
            let answer = replay(&step, &codes[0]);
            let outcome = answer.outcome.unwrap_or_else(|error| panic!("{}: {error:?}", step.label));
            assert_eq!(Ok(outcome), step.outcome, "{}", step.label);
            assert_eq!(state::contracts().len() as u64, row["contracts"].as_u64().unwrap(), "{}", step.label);
            compared += 1;
        }
        shared::report(format_args!("{compared} steps equal"));
        assert!(compared > 0);
    });
}
