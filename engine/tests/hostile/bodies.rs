//! Function bodies that nobody validated: random bytes, random operators, and bodies of real programs with
//! bits flipped and pieces exchanged. Each stands in a module that is valid otherwise, is called by the
//! mode that trusts it and by the one that does not, and what is good beside it goes on.

use crate::grammar;
use crate::mutation::Random;
use crate::mutation::SEEDS;
use crate::shell::{HOSTILE, HOSTILE_FIRST, Shell, bodies};
use std::collections::BTreeMap;
use vellum_engine::{
    CodeError, CodeErrorKind, Exit, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits, Trap,
};

const LIMITS: RunLimits = RunLimits { call_depth: 32, stack_height: 1_024, memory_pages: 4, table_elements: 20 };
const FUEL: u64 = 4_000;
/// How many bodies there are, eight to a module, unless the variable `HOSTILE_BODIES` says otherwise.
const BODIES: usize = if cfg!(miri) { 320 } else { 200_000 };
/// Bodies of real programs that are mutated, at most.
const SEEDS_MAX: usize = 2_000;
/// Bytes of such a body, at most.
const SEED_BYTES: usize = 600;

/// What a call did: the exit, the fuel that was left, the results, and the memory afterwards.
#[derive(PartialEq, Debug)]
struct Outcome {
    exit: Exit,
    left: u64,
    results: Vec<u64>,
    memory: u64,
    invalid: Option<CodeError>,
}

fn prices() -> PriceTable {
    PriceTable::new([1; GasClass::COUNT]).unwrap()
}

/// Bodies of the project's programs, and of real contracts where there are any beside it.
fn seeds() -> Vec<Vec<u8>> {
    let blobs = SEEDS.iter().map(|source| wat::parse_str(source).unwrap());
    let mut seeds: Vec<_> = blobs.flat_map(|blob| bodies(&blob)).collect();
    #[cfg(not(miri))]
    {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/contracts/accept");
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "wasm"));
        paths.sort();
        let of_blob = |path| bodies(&std::fs::read(path).unwrap()).into_iter().step_by(5);
        seeds.extend(paths.into_iter().flat_map(of_blob).filter(|body| body.len() < SEED_BYTES).take(SEEDS_MAX));
    }
    seeds
}

fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut body = seeds[random.below(seeds.len())].clone();
    match random.below(8) {
        0 => body.truncate(random.below(body.len())),
        1 => {
            let other = &seeds[random.below(seeds.len())];
            let (at, from) = (random.below(body.len()), random.below(other.len()));
            body.truncate(at);
            body.extend_from_slice(&other[from..]);
        }
        2 => {
            let (at, len) = (random.below(body.len()), random.below(8));
            let piece = body[at..].iter().copied().take(len).collect::<Vec<_>>();
            body.splice(at..at, piece);
        }
        3 => {
            let at = random.below(body.len());
            body.drain(at..(at + random.below(4)).min(at + 1));
        }
        4 => {
            let at = random.below(body.len());
            body[at] = random.byte();
        }
        5 => {}
        _ => {
            for _ in 0..=random.below(3) {
                let at = random.below(body.len());
                body[at] ^= 1 << random.below(8);
            }
        }
    }
    body
}

fn random_bytes(random: &mut Random) -> Vec<u8> {
    // Without locals, it is the operators that are hostile; otherwise all of it is.
    let mut body = if random.percent(70) { vec![0] } else { Vec::new() };
    let len = random.below(48);
    // Most operators are small numbers.
    body.extend((0..len).map(|_| if random.percent(30) { random.byte() & 0x4f } else { random.byte() }));
    body
}

fn body(seeds: &[Vec<u8>], random: &mut Random, ty: usize) -> Vec<u8> {
    match random.below(10) {
        0..=4 => grammar::body(random, ty),
        5 => {
            let mut body = grammar::body(random, ty);
            let at = random.below(body.len());
            body[at] ^= 1 << random.below(8);
            body
        }
        6..=8 => mutated(seeds, random),
        _ => random_bytes(random),
    }
}

fn call(instance: Instance, name: &str, random: u64) -> (Outcome, Instance) {
    let func = instance.module().exported_func(name).unwrap();
    let args: Vec<u64> = (0..16).map(|at| (random >> (4 * at)) & 0xf).collect();
    let (mut fuel, mut call) = (FUEL, instance.call(func, &args));
    let mut exit = call.run(&mut fuel);
    while let Exit::HostCall { import } = exit {
        assert!(call.args().len() <= 2 && import < 2);
        exit = call.resume(&[random, random.rotate_left(7)], &mut fuel);
    }
    // A sum that depends on places stands for the memory.
    let sum = |sum: u64, byte: &u8| sum.wrapping_mul(31).wrapping_add(u64::from(*byte));
    let memory = if cfg!(miri) { 0 } else { call.instance().memory().iter().take(1_024).fold(0, sum) };
    let (results, invalid) = (call.results().to_vec(), call.invalid_code().cloned());
    let outcome = Outcome { exit, left: fuel, results, memory, invalid };
    (outcome, call.into_instance())
}

/// Calls every function of a module, all in one instance, and after each the good one.
fn run(blob: &[u8], mode: Mode, random: u64) -> Vec<Outcome> {
    let module = Module::new(blob, &Policy::all(), &prices(), mode).expect("only the bodies are hostile");
    let mut instance = Instance::new(&module, LIMITS).unwrap();
    let mut outcomes = Vec::new();
    for at in 0..HOSTILE.len() {
        let (outcome, next) = call(instance, &format!("h{at}"), random);
        // Neither this instance nor another is harmed.
        let (good, next) = call(next, "good", 0x21);
        assert_eq!(good.exit, Exit::Finished, "{:?} after {outcome:?}", good.invalid);
        if at == 0 {
            let (other, _) = call(Instance::new(&module, LIMITS).unwrap(), "good", 0x21);
            assert_eq!(other.results, good.results);
        }
        outcomes.push(outcome);
        instance = next;
    }
    outcomes
}

/// The module with these bodies, short of those whose locals cannot be read: these are looked at when a module is
/// made, so it is refused, and others take their place.
fn assembled(shell: &Shell, hostile: &mut [Vec<u8>]) -> (Vec<u8>, usize) {
    let mut refused = 0;
    loop {
        let blob = shell.with(hostile);
        let errors =
            [Mode::TrustedLazy, Mode::Lazy].map(|mode| Module::new(&blob, &Policy::all(), &prices(), mode).err());
        assert_eq!(errors[0], errors[1]);
        let Some(error) = &errors[0] else { return (blob, refused) };
        let at = error.function.and_then(|func| usize::try_from(func).ok()?.checked_sub(HOSTILE_FIRST));
        hostile[at.unwrap_or_else(|| panic!("{error} of {hostile:02x?}"))] = vec![0, 0x00, 0x0b];
        refused += 1;
    }
}

#[test]
fn hostile_bodies_run_to_an_exit_and_harm_nobody() {
    let (shell, seeds, mut random) = (Shell::new(), seeds(), Random(0xb0d1e5));
    let (mut counts, mut alike, mut unreadable) = (BTreeMap::new(), 0, 0);
    let wanted = std::env::var("HOSTILE_BODIES").map_or(BODIES, |count| count.parse().unwrap());
    for _ in 0..wanted / HOSTILE.len() {
        let mut hostile: Vec<_> = HOSTILE.iter().map(|ty| body(&seeds, &mut random, *ty)).collect();
        let (blob, refused) = assembled(&shell, &mut hostile);
        let seed = u64::try_from(random.below(usize::MAX)).unwrap();
        unreadable += refused;
        let trusted = run(&blob, Mode::TrustedLazy, seed);
        let checked = run(&blob, Mode::Lazy, seed);
        for ((trusted, checked), body) in trusted.iter().zip(&checked).zip(&hostile) {
            let name = match trusted.exit {
                Exit::Trap(trap) => format!("trap {trap:?}"),
                exit => format!("{exit:?}"),
            };
            *counts.entry(name).or_insert(0) += 1;
            for outcome in [trusted, checked] {
                let invalid = outcome.exit == Exit::Trap(Trap::InvalidCode);
                let place = outcome.invalid.as_ref().map(|error| (error.function.is_some(), error.offset.is_some()));
                assert_eq!(place, invalid.then_some((true, true)), "{outcome:?} of {body:02x?}");
            }
            alike += usize::from(trusted == checked);
        }
        // Up to the first function that is not valid, both modes do the same: nothing else was touched.
        let valid = |outcome: &&Outcome| outcome.exit != Exit::Trap(Trap::InvalidCode);
        let valid = checked.iter().take_while(valid).count();
        assert!(trusted[..valid] == checked[..valid], "{trusted:?} and {checked:?} of {hostile:02x?}");
        if random.percent(5) {
            assert_eq!(run(&blob, Mode::TrustedLazy, seed), trusted, "another run does the same");
        }
    }
    println!(
        "{wanted} bodies; {unreadable} whose locals cannot be read; {alike} do the same in both modes; trusted: {counts:#?}"
    );
    let count = |name: &str| counts.get(name).copied().unwrap_or(0);
    for exit in ["Finished", "OutOfFuel", "trap InvalidCode", "trap MemoryOutOfBounds", "trap IndirectCallTypeMismatch"]
    {
        assert!(count(exit) * 500 > wanted, "{exit}: {}", count(exit));
    }
}

#[test]
fn invalid_code_is_found_at_the_same_function_and_byte_every_time() {
    let shell = Shell::new();
    // A body that pops what is not there, at its third byte.
    let mut hostile: Vec<Vec<u8>> = HOSTILE.iter().map(|_| vec![0, 0x00, 0x0b]).collect();
    hostile[2] = vec![0, 0x01, 0x1a, 0x0b];
    let blob = shell.with(&hostile);
    let place = blob.windows(4).position(|bytes| bytes == [0, 0x01, 0x1a, 0x0b]).unwrap();
    let errors = [Mode::TrustedLazy, Mode::TrustedLazy, Mode::Lazy].map(|mode| {
        let outcome = run(&blob, mode, 0).swap_remove(2);
        assert_eq!(outcome.exit, Exit::Trap(Trap::InvalidCode));
        outcome.invalid.unwrap()
    });
    assert_eq!(errors[0], errors[1]);
    assert_eq!(errors[0].kind, CodeErrorKind::Body);
    for error in &errors {
        assert_eq!(error.function, Some(6));
        assert_eq!(error.offset, Some(u64::try_from(place + 2).unwrap()), "{error}");
    }
}
