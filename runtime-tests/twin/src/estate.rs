//! What a chain has that has used contracts for a while: contracts of five kinds, deposits, dependencies, code that is
//! not deterministic, data that is to be deleted. And what is done with all of it afterwards.

use crate::{
    Run, Settings, Step,
    machine::{self, Interface, Program},
    step::{self, GAS_LIMIT, signed},
};
use codec::Encode;
use frame_support::weights::Weight;
use pallet_contracts::{Call, Determinism};
use vellum_runtime_tests::{
    chain::{ALICE, BOB, CHARLIE, hash},
    fixture::{ink, message, wat},
    inputs::{Storage, storage},
    runtime::{AccountId, CodeHash, Contracts},
};

/// The codes, the contracts made of them, and those that have ended.
pub struct Estate {
    codes: Vec<Vec<u8>>,
    relaxed: Vec<u8>,
    /// A flipper, a token, a machine, one that calls the flipper, and a store.
    pub contracts: Vec<AccountId>,
    /// Two machines that have left data behind.
    pub ended: Vec<AccountId>,
}

const FLIPPER: usize = 0;
const TOKEN: usize = 1;
const MACHINE: usize = 2;
const CALLER: usize = 3;
const STORE: usize = 4;

/// How many values each of the contracts had that have ended.
pub const VALUES_LEFT: u8 = 6;

fn constructor(kind: usize, flipper: &AccountId) -> Vec<u8> {
    match kind {
        FLIPPER => message("new", true),
        TOKEN => message("new", 1_000_000_u128),
        CALLER => message("new", flipper),
        STORE => Vec::new(),
        _ => Program::default().finish(0),
    }
}

impl Estate {
    /// Knows where everything will lie.
    pub fn new() -> Self {
        let machine = machine::code(Interface::Unstable, false, 0);
        let codes = vec![ink("flipper"), ink("erc20"), machine, ink("caller"), wat("storage")];
        let with_input = |kind: usize, input: &[u8], salt: u8| {
            Contracts::contract_address(&ALICE, &hash(&codes[kind]), input, &[salt])
        };
        let flipper = with_input(FLIPPER, &constructor(FLIPPER, &ALICE), 0);
        let address = |(kind, salt)| with_input(kind, &constructor(kind, &flipper), salt);
        let contracts = (0..codes.len()).map(|kind| address((kind, 0))).collect();
        let ended = [1, 2].map(|salt| address((MACHINE, salt))).to_vec();
        Self { relaxed: machine::code(Interface::Unstable, true, 50), codes, contracts, ended }
    }

    /// A chain that comes to have it.
    pub fn before(&self) -> Run {
        let mut steps: Vec<Step> = self.codes.iter().map(|code| step::upload(&BOB, code.clone())).collect();
        let (code, determinism) = (self.relaxed.clone(), Determinism::Relaxed);
        steps.push(signed(&CHARLIE, Call::upload_code { code, storage_deposit_limit: None, determinism }));
        steps.extend((0..self.codes.len()).map(|kind| self.instantiate(kind, 0)));
        steps.extend([1, 2].map(|salt| self.instantiate(MACHINE, salt)));
        let call = |kind: usize, input| step::call(&CHARLIE, &self.contracts[kind], 0, input);
        steps.push(call(FLIPPER, message("flip", ())));
        steps.push(step::call(&ALICE, &self.contracts[TOKEN], 0, message("transfer", (BOB, 400_u128))));
        steps.push(call(STORE, storage(Storage::Set, b"key", &[7; 500])));
        steps.push(call(MACHINE, dependency("lock_delegate_dependency", &self.hash(TOKEN))));
        for address in &self.ended {
            steps.push(step::call(&BOB, address, 0, values()));
            steps.push(step::call(&BOB, address, 0, end(&BOB)));
        }
        Run::of("estate", settings(), steps)
    }

    /// Everything that can be done with it. Every step succeeds.
    pub fn after(&self) -> Vec<Step> {
        let dry = |kind: usize, input| step::dry_call(&CHARLIE, &self.contracts[kind], 0, input);
        let call = |kind: usize, input| step::call(&CHARLIE, &self.contracts[kind], 0, input);
        let (dest, code_hash) = (self.contracts[CALLER].clone(), hash(&self.relaxed));
        let set_code = Step::Extrinsic { who: None, call: Box::new(Call::set_code { dest, code_hash }.into()) };
        let mut steps = vec![
            dry(FLIPPER, message("get", ())),
            call(FLIPPER, message("flip", ())),
            dry(TOKEN, message("balance_of", BOB)),
            step::call(&BOB, &self.contracts[TOKEN], 0, message("transfer", (CHARLIE, 150_u128))),
            dry(STORE, storage(Storage::Get, b"key", &[])),
            call(STORE, storage(Storage::Set, b"key", &[7; 200])),
            call(STORE, storage(Storage::Clear, b"key", &[])),
            call(MACHINE, Program::default().finish(0)),
            set_code,
            Step::DryCall {
                who: ALICE,
                dest: self.contracts[CALLER].clone(),
                value: 0,
                gas: GAS_LIMIT,
                deposit_limit: None,
                input: Program::default().finish(0),
                relaxed: true,
                keep: false,
            },
            self.instantiate(FLIPPER, 9),
            call(MACHINE, dependency("unlock_delegate_dependency", &self.hash(TOKEN))),
            call(MACHINE, end(&CHARLIE)),
            Step::Idle(Weight::from_parts(1 << 40, 1 << 20)),
            signed(&BOB, Call::remove_code { code_hash: self.hash(MACHINE) }),
            signed(&BOB, Call::remove_code { code_hash: self.hash(CALLER) }),
        ];
        steps.push(Step::Block);
        steps
    }

    fn hash(&self, kind: usize) -> CodeHash {
        hash(&self.codes[kind])
    }

    fn instantiate(&self, kind: usize, salt: u8) -> Step {
        let data = constructor(kind, &self.contracts[FLIPPER]);
        let (code_hash, gas_limit, salt) = (self.hash(kind), GAS_LIMIT, vec![salt]);
        signed(&ALICE, Call::instantiate { value: 0, gas_limit, storage_deposit_limit: None, code_hash, data, salt })
    }
}

impl Default for Estate {
    fn default() -> Self {
        Self::new()
    }
}

/// How its chain is set up.
pub fn settings() -> Settings {
    Settings { lockup_percent: 30, existential_deposit: 10, ..Settings::default() }
}

/// Stores some values.
fn values() -> Vec<u8> {
    let mut program = Program::default();
    for number in 0..VALUES_LEFT {
        let (key, value) = (program.place(&[number; 32]), program.place(&[number; 10]));
        program.call(machine::index("seal1", "set_storage"), &[key.into(), value.into(), 10]);
    }
    program.finish(0)
}

fn end(beneficiary: &AccountId) -> Vec<u8> {
    let mut program = Program::default();
    let beneficiary = program.place(&beneficiary.encode());
    program.call(machine::index("seal1", "terminate"), &[beneficiary.into()]);
    program.finish(0)
}

fn dependency(function: &str, code_hash: &CodeHash) -> Vec<u8> {
    let mut program = Program::default();
    let code_hash = program.place(code_hash.as_ref());
    program.call(machine::index("seal0", function), &[code_hash.into()]);
    program.finish(0)
}
