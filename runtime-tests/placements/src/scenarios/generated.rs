//! Sequences that nobody thought of: contracts, inputs, limits, values and actors by a generator of numbers.

use super::nesting::ladder;
use crate::script::{AMPLE, Call, Script};
use codec::Encode;
use frame_support::weights::Weight;
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve, Ferdie};
use vellum_runtime::{AccountId, units::UNIT};
use vellum_runtime_tests::{
    fixture,
    inputs::{flag, storage},
};

/// Contracts that make something of any input.
const POOL: [&str; 12] = [
    "storage",
    "echo",
    "call",
    "traps",
    "count",
    "grow",
    "event",
    "hash",
    "context",
    "transfer",
    "call_self",
    "terminate",
];
/// Who acts.
const ACTORS: [Sr25519Keyring; 6] = [Alice, Bob, Charlie, Dave, Eve, Ferdie];

/// So many blocks that follow from the seed.
pub fn generated(genesis: H256, seed: u64, blocks: usize) -> Script {
    let mut script = Script::new(format!("generated from {seed}"), genesis);
    let mut numbers = Numbers(seed);
    let mut contracts: Vec<(&str, AccountId)> =
        POOL.iter().map(|name| (*name, script.instantiate(&fixture::wat(name), UNIT, &[]))).collect();
    // Several to go through: one that is met twice refuses unless it is told otherwise.
    contracts.extend((0..4).map(|_| ("call", script.instantiate(&fixture::wat("call"), UNIT, &[]))));
    script.end_block();
    while script.blocks.len() <= blocks {
        for _ in 0..=numbers.below(3) {
            step(&mut script, &mut numbers, &mut contracts);
        }
        script.end_block();
    }
    script
}

fn step(script: &mut Script, numbers: &mut Numbers, contracts: &mut Vec<(&str, AccountId)>) {
    let actor = *numbers.one_of(&ACTORS);
    match numbers.below(16) {
        0 => {
            let name = *numbers.one_of(&POOL);
            let value = UNIT * u128::from(numbers.below(3));
            contracts.push((name, script.instantiate(&fixture::wat(name), value, &numbers.bytes(40))));
        }
        1 => {
            let to = numbers.one_of(contracts).1.clone();
            script.transfer(actor, &to, u128::from(numbers.below(1_000_000_000)));
        }
        2 => {
            let name = *numbers.one_of(&["nothing", "spin", "load", "nonce"]);
            script.upload(&fixture::wat(name));
        }
        _ => {
            let mut call = any_call(numbers, contracts);
            call.from = actor;
            if numbers.below(4) == 0 {
                call.value = UNIT / 1_000 * u128::from(numbers.below(1_000));
            }
            if numbers.below(3) == 0 {
                call.limit = Weight::from_parts(numbers.below(3_000_000_000), AMPLE.proof_size());
            }
            script.call(call);
        }
    }
}

/// A call of a contract, possibly through others.
fn any_call(numbers: &mut Numbers, contracts: &[(&str, AccountId)]) -> Call {
    let (name, to) = numbers.one_of(contracts).clone();
    let input = match name {
        "storage" => {
            let operation = [
                vellum_runtime_tests::inputs::Storage::Set,
                vellum_runtime_tests::inputs::Storage::Get,
                vellum_runtime_tests::inputs::Storage::Contains,
                vellum_runtime_tests::inputs::Storage::Clear,
                vellum_runtime_tests::inputs::Storage::Take,
            ];
            let operation = *numbers.one_of(&operation);
            // Few keys, so that most of them are met again.
            let key = vec![7; usize::try_from(numbers.below(4)).expect("it is small; qed")];
            storage(operation, &key, &numbers.bytes(600))
        }
        "count" => u32::try_from(numbers.below(20_000)).expect("it is small; qed").encode(),
        "traps" => vec![u8::try_from(numbers.below(12)).expect("it is small; qed")],
        "transfer" => (numbers.one_of(contracts).1.clone(), u128::from(numbers.below(1_000_000_000))).encode(),
        _ => numbers.bytes(120),
    };
    let rungs: Vec<AccountId> =
        contracts.iter().filter(|(name, _)| *name == "call").map(|(_, address)| address.clone()).collect();
    let depth = usize::try_from(numbers.below(7)).expect("it is small; qed");
    let through: Vec<AccountId> = (0..depth).map(|_| numbers.one_of(&rungs).clone()).collect();
    let flags = *numbers.one_of(&[0, flag::ALLOW_REENTRY, flag::ALLOW_REENTRY, flag::TAIL_CALL, flag::CLONE_INPUT]);
    let (to, input) = ladder(&through, &to, &input, flags, 0);
    Call::new(&to, input)
}

/// Numbers that look random and follow from a seed: `SplitMix64`.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ value >> 31
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let len = u64::try_from(list.len()).expect("a list fits memory; qed");
        &list[usize::try_from(self.below(len)).expect("it is less than a length; qed")]
    }

    fn bytes(&mut self, max: u64) -> Vec<u8> {
        (0..self.below(max + 1)).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}
