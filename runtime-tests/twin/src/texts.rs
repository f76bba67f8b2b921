//! Small contracts written by hand: those of the project, and those of `../shared/wat` where they are at hand.

use crate::{Run, Settings, Step, step};
use codec::Encode;
use frame_support::weights::Weight;
use std::{fs, path::Path};
use vellum_runtime_tests::{
    chain::{ALICE, BOB, hash},
    fixture,
    runtime::AccountId,
    shared, state,
};

/// More than any of them needs, and some of them never end.
const REF_TIME: u64 = 5_000_000_000;

/// A run for each, which is uploaded, instantiated, and called with inputs of many shapes.
pub fn runs() -> Vec<Run> {
    let own = fixture::project().join("runtime-tests/wat");
    let mut folders = vec![own.clone(), own.join("refused")];
    folders.extend(shared::path("text modules in the twin run", "wat"));
    folders.iter().flat_map(|folder| texts(folder)).map(|(name, code)| run(name, code)).collect()
}

fn texts(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "wat"))
        .collect();
    paths.sort();
    let named = |path: &std::path::PathBuf| {
        let parts: Vec<_> = path.iter().rev().take(2).map(|part| part.to_string_lossy()).collect();
        format!("{}/{}", parts[1], parts[0])
    };
    paths.iter().map(|path| (named(path), assembled(path))).collect()
}

fn assembled(path: &Path) -> Vec<u8> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    wat::parse_str(shared::respelled(&text)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn run(name: String, code: Vec<u8>) -> Run {
    let code_hash = hash(&code);
    let mut opening = vec![
        step::upload(&ALICE, code.clone()),
        Step::DryUpload { who: BOB, code, deposit_limit: None, relaxed: true },
        step::instantiate(&ALICE, code_hash, 0, Vec::new()),
        step::instantiate(&BOB, code_hash, 1_000, 7_u32.encode()),
    ]
    .into_iter();
    let mut calls: Option<std::vec::IntoIter<Step>> = None;
    let next = move || {
        let step = opening.next().or_else(|| {
            // Inputs name contracts, and where those lie is known once they are there.
            let calls = calls.get_or_insert_with(|| {
                let addresses: Vec<AccountId> = state::contracts().into_iter().map(|(address, _)| address).collect();
                addresses.iter().flat_map(|address| calls_of(address, &addresses)).collect::<Vec<_>>().into_iter()
            });
            calls.next()
        });
        step.map(|step| step.within(REF_TIME))
    };
    Run::new(name, Settings::default(), Box::new(next))
}

fn calls_of(address: &AccountId, all: &[AccountId]) -> Vec<Step> {
    let code_hash = state::contract(address).map(|info| info.code_hash).unwrap_or_default();
    let mut inputs: Vec<Vec<u8>> = vec![
        Vec::new(),
        vec![0],
        vec![0; 64],
        [code_hash.encode(), vec![0; 40]].concat(),
        [BOB.encode(), 100_u128.encode(), vec![0; 40]].concat(),
        (0_u8..200).collect(),
    ];
    inputs.extend((0_u32..5).map(|number| number.encode()));
    inputs.extend((0_u32..4).map(|number| [number.to_le_bytes().to_vec(), vec![3; 70]].concat()));
    for other in all {
        inputs.push(other.encode());
        inputs.push([other.encode(), 7_u64.encode(), vec![0; 60]].concat());
        inputs.push([vec![0; 4], other.encode(), vec![0; 60]].concat());
        inputs.push([8_u32.encode(), other.encode(), vec![0; 60]].concat());
        inputs.push([5_u32.encode(), other.encode(), code_hash.encode()].concat());
    }
    let calls = inputs
        .into_iter()
        .flat_map(|input| [step::dry_call(&ALICE, address, 0, input.clone()), step::call(&BOB, address, 100, input)]);
    calls.chain([Step::Block, Step::Idle(Weight::from_parts(1 << 40, 1 << 20))]).collect()
}
