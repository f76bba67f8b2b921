//! Bytes that are no contract, or not quite: they are refused with a reason or they run, nothing panics, and what fails
//! leaves no trace.

use frame_support::{storage::with_transaction_unchecked, weights::Weight};
use pallet_contracts::{Determinism, Error};
use sp_runtime::TransactionOutcome;
use vellum_runtime_tests::{
    chain::{self, ALICE, call, instantiate_stored},
    fixture::{ink, ink_file, wat, wat_names},
    runtime::{Contracts, Test, state_root},
    shared,
};

/// A generator of numbers that are the same in every run (xorshift, Marsaglia 2003).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = vec![ink("flipper"), ink("erc20"), ink("caller"), ink_file("flipper", "flipper-default-flags")];
    seeds.extend(wat_names(".").iter().map(|name| wat(name)));
    seeds
}

fn truncated(numbers: &mut Numbers, seed: &[u8]) -> Vec<u8> {
    seed[..numbers.below(seed.len())].to_vec()
}

fn flipped(numbers: &mut Numbers, seed: &[u8]) -> Vec<u8> {
    let mut code = seed.to_vec();
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(code.len());
        code[at] ^= 1 << numbers.below(8);
    }
    code
}

fn replaced(numbers: &mut Numbers, seed: &[u8]) -> Vec<u8> {
    let mut code = seed.to_vec();
    let at = numbers.below(code.len());
    let len = numbers.below(8).min(code.len() - at);
    code[at..at + len].fill_with(|| numbers.next() as u8);
    code
}

fn spliced(numbers: &mut Numbers, seed: &[u8]) -> Vec<u8> {
    let from = numbers.below(seed.len());
    let to = numbers.below(seed.len());
    [&seed[..from], &seed[to..]].concat()
}

fn random(numbers: &mut Numbers, _seed: &[u8]) -> Vec<u8> {
    let len = numbers.below(300);
    let header: &[u8] = if numbers.below(2) == 0 { b"\0asm\x01\0\0\0" } else { b"" };
    let body: Vec<u8> = (0..len).map(|_| numbers.next() as u8).collect();
    [header, &body].concat()
}

#[derive(Default, Debug)]
struct Tally {
    refused: usize,
    accepted: usize,
    ran: usize,
}

/// Uploads; what is accepted is instantiated and called with little gas. Everything is undone afterwards.
fn try_out(code: &[u8], tally: &mut Tally) {
    let reason = Contracts::check_code(code, Determinism::Enforced).err();
    with_transaction_unchecked(|| {
        // A transaction notes its depth in the state: roots compare within one only.
        let before = state_root();
        match Contracts::bare_upload_code(ALICE, code.to_vec(), None, Determinism::Enforced) {
            Err(error) => {
                tally.refused += 1;
                assert_eq!(error, Error::<Test>::CodeRejected.into());
                let reason = reason.expect("what is refused is refused for a reason").to_string();
                assert!(reason.len() > 10, "a poor reason: {reason:?}");
                assert_eq!(before, state_root(), "a refused upload left a trace");
            }
            Ok(uploaded) => {
                assert_eq!(reason, None);
                tally.accepted += 1;
                let gas = Weight::from_parts(20_000_000_000, 1_000_000);
                let created = instantiate_stored(uploaded.code_hash).gas(gas).bytes(&[1, 2, 3, 4, 5]).run();
                if let Ok(created) = created.result {
                    let stored = state_root();
                    let result = call(&created.account_id).gas(gas).bytes(&[0; 40]).run();
                    assert!(result.gas_consumed.all_lte(gas));
                    match result.result {
                        Ok(returned) if !returned.did_revert() => tally.ran += 1,
                        _ => assert_eq!(stored, state_root(), "a failed call left a trace"),
                    }
                }
            }
        }
        TransactionOutcome::Rollback(())
    });
}

fn mutate(name: &str, seed: u64, rounds: usize, mutation: fn(&mut Numbers, &[u8]) -> Vec<u8>) -> Tally {
    let mut numbers = Numbers(seed);
    let mut tally = Tally::default();
    let seeds = seeds();
    chain::run(|| {
        for _ in 0..rounds {
            let seed = &seeds[numbers.below(seeds.len())];
            try_out(&mutation(&mut numbers, seed), &mut tally);
        }
    });
    shared::report(format_args!("{name}: {tally:?}"));
    tally
}

/// Whether a module ends where one of its sections does. Sections at the end may be missing without harm.
fn ends_with_a_section(code: &[u8]) -> bool {
    let mut rest = code.get(8..);
    while let Some(&[_, ref section @ ..]) = rest {
        let bytes = section.iter().position(|byte| byte & 0x80 == 0).map_or(section.len(), |last| last + 1);
        let len = section[..bytes].iter().rev().fold(0, |len, byte| len << 7 | usize::from(byte & 0x7f));
        rest = section.get(bytes + len..);
    }
    rest.is_some()
}

#[test]
fn truncated_blobs_are_refused() {
    let mut numbers = Numbers(1);
    let seeds = seeds();
    let mut tally = Tally::default();
    chain::run(|| {
        for _ in 0..1_000 {
            let seed = &seeds[numbers.below(seeds.len())];
            let code = truncated(&mut numbers, seed);
            let accepted = tally.accepted;
            try_out(&code, &mut tally);
            assert!(accepted == tally.accepted || ends_with_a_section(&code));
        }
    });
    shared::report(format_args!("truncated: {tally:?}"));
    assert!(tally.refused > 900);
}

#[test]
fn blobs_with_flipped_bits_are_refused_or_run() {
    let tally = mutate("flipped bits", 2, 2_000, flipped);
    assert!(tally.refused > 0 && tally.ran > 0);
}

#[test]
fn blobs_with_foreign_bytes_are_refused_or_run() {
    let tally = mutate("foreign bytes", 3, 1_000, replaced);
    assert!(tally.refused > 0);
}

#[test]
fn blobs_with_parts_repeated_or_missing_are_refused_or_run() {
    let tally = mutate("parts repeated or missing", 4, 1_000, spliced);
    assert!(tally.refused > 0);
}

#[test]
fn random_bytes_are_refused() {
    let tally = mutate("random", 5, 1_000, random);
    assert_eq!(tally.accepted, 0);
}

#[test]
fn inputs_that_make_no_sense_trap_or_revert() {
    chain::run(|| {
        let mut numbers = Numbers(6);
        for code in seeds() {
            let Ok(uploaded) = chain::upload(&code) else { continue };
            let Ok(created) = instantiate_stored(uploaded).bytes(&[0; 64]).run().result else { continue };
            for _ in 0..20 {
                let len = numbers.below(100);
                let input: Vec<u8> = (0..len).map(|_| numbers.next() as u8).collect();
                let gas = Weight::from_parts(20_000_000_000, 1_000_000);
                let before = state_root();
                let result = call(&created.account_id).gas(gas).bytes(&input).run();
                if result.result.is_err() {
                    assert_eq!(before, state_root());
                }
            }
        }
    });
}
