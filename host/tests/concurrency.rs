//! Many runtime calls at once, over one cache that is too small for what they load.

mod common;

use common::*;
use std::{
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};
use vellum_host::{interface::vellum as node, node::cache};

/// A contract of its own for each number: it asks, and adds its number to the answer, in one of many functions.
fn contract(number: u32) -> Vec<u8> {
    let others: String = (0..60)
        .map(|other| format!("(func (param i32) (result i32) (i32.mul (local.get 0) (i32.const {})))", other + number))
        .collect();
    blob(&format!(
        r#"(module (import "seal0" "ask" (func $ask (result i32))) (memory 1)
            (func $add (param i32) (result i32) (i32.add (local.get 0) (i32.const {number})))
            (func (export "call") (result i32) (call $add (call $ask)))
            {others})"#
    ))
}

/// Loads and runs a contract in a session, with another one in an inner session while it waits for its answer.
fn call(number: u32, blobs: &[Vec<u8>]) {
    let mut room = [0; ROOM];
    let at = number as usize % blobs.len();
    let hash = sp_crypto_hashing::blake2_256(&blobs[at]);
    open();
    let module = done(node::load_bytes(&blobs[at], &hash, NOT_VALIDATED, &mut room));
    let instance = done(node::instantiate(module, &[]));
    done(node::run(instance, 2, FUEL, &mut room));
    assert_eq!(room[0], 1);
    if number.is_multiple_of(3) {
        call(number + 1, blobs);
    }
    done(node::resume(instance, 1, 1_000, FUEL, &[], &mut room));
    assert_eq!(room[0], 0);
    assert_eq!(u64::from_le_bytes(room[24..32].try_into().unwrap()), 1_000 + at as u64);
    assert_eq!(node::close_session(), 0);
}

#[test]
fn dry_runs_beside_an_import_while_modules_come_and_go() {
    const DRY_RUNS: u32 = 64;
    const ROUNDS: u32 = 40;
    let blobs: Vec<Vec<u8>> = (0..24).map(contract).collect();
    // Room for a few of them.
    cache::global().set_bytes_max(100_000);
    let (barrier, over) = (Barrier::new(DRY_RUNS as usize + 1), AtomicBool::new(false));
    thread::scope(|scope| {
        for dry_run in 0..DRY_RUNS {
            let (blobs, barrier) = (&blobs, &barrier);
            scope.spawn(move || {
                barrier.wait();
                (0..ROUNDS).for_each(|round| runtime_call(|| call(dry_run * 7 + round, blobs)));
            });
        }
        let (blobs, barrier, over) = (&blobs, &barrier, &over);
        let import = scope.spawn(move || {
            barrier.wait();
            // One runtime call, with many root calls.
            runtime_call(|| (0..ROUNDS * 10).for_each(|round| call(round, blobs)));
            over.store(true, Ordering::Release);
        });
        import.join().unwrap();
    });
    assert!(over.load(Ordering::Acquire));
    assert!(cache::global().bytes() <= 100_000, "{}", cache::global().bytes());
}

#[test]
fn a_call_that_panics_leaves_the_cache_to_others() {
    let blobs = vec![contract(100)];
    let panicked = thread::spawn({
        let blobs = blobs.clone();
        move || {
            runtime_call(|| {
                open();
                instantiate(&blobs[0]);
                panic!("somewhere in a runtime, while it has an instance");
            })
        }
    });
    assert!(panicked.join().is_err());
    runtime_call(|| {
        open();
        let mut room = [0; ROOM];
        done(node::run(instantiate(&blobs[0]), 2, FUEL, &mut room));
    });
}
