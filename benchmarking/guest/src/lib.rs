//! An engine as a runtime contains it: compiled to WebAssembly, with the small host of the benchmarks inside,
//! and run under wasmtime by the subcommand `portable`.
//!
//! Bytes come in through an inbox and go out through an outbox; everything else is numbers. What is timed is
//! [`kernel`] and [`message`]; the other functions prepare. A failure traps: the one who measures must not
//! go on.
#![no_std]

extern crate alloc;

#[cfg_attr(feature = "vellum", path = "vellum.rs")]
#[cfg_attr(not(feature = "vellum"), path = "wasmi.rs")]
mod engine;
#[path = "../../src/host.rs"]
#[allow(dead_code, reason = "the native engines need more of it")]
mod host;

use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;
use engine::{Code, Session};
use host::Host;
use spin::Mutex;

#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

static STATE: Mutex<State> =
    Mutex::new(State { inbox: Vec::new(), outbox: Vec::new(), storage: BTreeMap::new(), code: None, session: None });

struct State {
    inbox: Vec<u8>,
    outbox: Vec<u8>,
    /// What a contract finds in its storage.
    storage: BTreeMap<Vec<u8>, Vec<u8>>,
    code: Option<Code>,
    session: Option<Session>,
}

/// How a run of a contract ended.
pub(crate) enum Ended {
    /// With results, if it is a kernel.
    Results(Option<u64>),
    /// By `seal_return`.
    Returned,
}

/// Makes room for bytes to come in; gives where.
#[unsafe(no_mangle)]
pub extern "C" fn inbox(len: usize) -> usize {
    let mut state = STATE.lock();
    state.inbox = vec![0; len];
    state.inbox.as_ptr().addr()
}

/// Reads the blob in the inbox, and translates all of it.
#[unsafe(no_mangle)]
pub extern "C" fn load() {
    let mut state = STATE.lock();
    state.session = None;
    state.storage = BTreeMap::new();
    state.code = Some(Code::new(&state.inbox));
}

/// Reads the blob in the inbox, and validates and translates its functions when they are first called, as in a runtime.
#[cfg(feature = "vellum")]
#[unsafe(no_mangle)]
pub extern "C" fn load_lazily() {
    let mut state = STATE.lock();
    state.session = None;
    state.code = Some(Code::lazy(&state.inbox));
}

/// Prepares a run with the inbox as input: storage is what was kept.
#[unsafe(no_mangle)]
pub extern "C" fn prepare() {
    let mut state = STATE.lock();
    let host = Host { storage: state.storage.clone(), ..Host::with_input(&state.inbox) };
    let session = state.code.as_ref().map(|code| code.prepare(host));
    state.session = session;
}

/// Makes the instance of a kernel.
#[unsafe(no_mangle)]
pub extern "C" fn instantiate() {
    STATE.lock().session.as_mut().expect("`prepare` came first").instantiate();
}

/// Has the instance of a kernel fill its memory.
#[unsafe(no_mangle)]
pub extern "C" fn fill() {
    STATE.lock().session.as_mut().expect("`prepare` came first").call("prepare", &[]);
}

/// Runs a kernel of the size that an instance was made for; zero if it has no result.
#[unsafe(no_mangle)]
pub extern "C" fn kernel(size: u32) -> u64 {
    let mut state = STATE.lock();
    match state.session.as_mut().expect("`prepare` came first").call("run", &[size.into()]) {
        Ended::Results(result) => result.unwrap_or(0),
        Ended::Returned => panic!("a kernel does not return by a host function"),
    }
}

/// Makes an instance and runs the constructor (0) or the message (1) that was prepared.
#[unsafe(no_mangle)]
pub extern "C" fn message(entry: u32) {
    let mut state = STATE.lock();
    let session = state.session.as_mut().expect("`prepare` came first");
    session.instantiate();
    session.call(if entry == 0 { "deploy" } else { "call" }, &[]);
}

/// Keeps what the last run has stored.
#[unsafe(no_mangle)]
pub extern "C" fn keep() {
    let mut state = STATE.lock();
    let host = state.session.as_mut().expect("`prepare` came first").take_host();
    state.storage = host.storage;
}

/// What the last run showed, as bytes: gives their number; [`outbox`] says where they are.
#[unsafe(no_mangle)]
pub extern "C" fn effects() -> usize {
    let mut state = STATE.lock();
    let host = state.session.as_mut().expect("`prepare` came first").take_host();
    let mut bytes = Vec::new();
    let mut put = |part: &[u8]| {
        bytes.extend_from_slice(&part.len().to_le_bytes());
        bytes.extend_from_slice(part);
    };
    if let Some((flags, output)) = &host.output {
        put(&flags.to_le_bytes());
        put(output);
    }
    for (topics, data) in &host.events {
        put(topics);
        put(data);
    }
    for (key, value) in &host.storage {
        put(key);
        put(value);
    }
    state.outbox = bytes;
    state.outbox.len()
}

/// Where bytes go out.
#[unsafe(no_mangle)]
pub extern "C" fn outbox() -> usize {
    STATE.lock().outbox.as_ptr().addr()
}
