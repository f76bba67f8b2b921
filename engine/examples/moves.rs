//! How fast a megabyte and a gigabyte move between host and guest, beside `memcpy` in the same run.
//!
//! ```text
//! cargo run --release -p vellum-engine --example moves
//! ```
//!
//! The guest calls the host with a span of its memory; the host takes the bytes out, or puts bytes in.
//! The time is that of the whole call. Beside it stands a copy from one buffer of the host's to another,
//! both of which have been touched before, as the guest's memory has. They take turns, and the fastest
//! run of each counts.

use std::hint::black_box;
use std::time::{Duration, Instant};
use vellum_engine::embed::{Error, Guest, HostError, Linker, Store, TypedFunc};
use vellum_engine::{GasClass, Mode, Module, Policy, PriceTable};

const GUEST: &str = r#"(module
    (import "host" "take" (func $take (param i32 i32)))
    (import "host" "put" (func $put (param i32 i32)))
    (memory (export "memory") 1)
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "take") (param i32 i32) (call $take (local.get 0) (local.get 1)))
    (func (export "put") (param i32 i32) (call $put (local.get 0) (local.get 1))))"#;

const PAGE_BYTES: usize = 65_536;
/// Where in the guest's memory the bytes are.
const START: u32 = 65_536;

type Move = TypedFunc<(u32, u32), ()>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let blob = wat::parse_str(GUEST)?;
    let prices = PriceTable::new([1; GasClass::COUNT]).expect("none is zero; qed");
    let module = Module::new(&blob, &Policy::all(), &prices, Mode::Eager)?;
    println!("{:>14} {:>12} {:>22} {:>22}", "bytes", "memcpy", "guest to host", "host to guest");
    for (bytes, runs) in [(1 << 20, 2_000), (1 << 30, 7)] {
        measure(&module, bytes, runs)?;
    }
    Ok(())
}

fn measure(module: &Module, bytes: usize, runs: usize) -> Result<(), Error> {
    let mut linker = Linker::<Vec<u8>>::new();
    linker.func("host", "take", |guest: &mut Guest<Vec<u8>>, start: u32, len: u32| {
        let (memory, mine) = guest.memory_and_data();
        let span = span(start, len);
        mine[..span.len()].copy_from_slice(memory.get(span).ok_or_else(|| HostError::message("outside"))?);
        Ok::<_, HostError>(())
    });
    linker.func("host", "put", |guest: &mut Guest<Vec<u8>>, start: u32, len: u32| {
        let (memory, mine) = guest.memory_and_data();
        let span = span(start, len);
        let theirs = memory.get_mut(span.clone()).ok_or_else(|| HostError::message("outside"))?;
        theirs.copy_from_slice(&mine[..span.len()]);
        Ok::<_, HostError>(())
    });
    let mut store = Store::new(vec![1; bytes]);
    let instance = linker.instantiate(&mut store, module)?;
    let grow = instance.typed_func::<u32, i32>(&store, "grow")?;
    let pages = u32::try_from(bytes.div_ceil(PAGE_BYTES)).expect("memory has 32 bits; qed");
    let begin = Instant::now();
    assert_eq!(grow.call(&mut store, pages)?, 1, "memory grows so far");
    let grown = begin.elapsed();
    let (take, put) = (instance.typed_func(&store, "take")?, instance.typed_func(&store, "put")?);
    let other = vec![2; bytes];
    let mut least = [Duration::MAX; 3];
    for _ in 0..runs {
        let start = Instant::now();
        black_box(store.data_mut()).copy_from_slice(black_box(&other));
        least[0] = least[0].min(start.elapsed());
        least[1] = least[1].min(time(&mut store, put, bytes)?);
        least[2] = least[2].min(time(&mut store, take, bytes)?);
    }
    let [copied, put, taken] = least;
    let ratio = |time: Duration| format!("{time:.1?} ({:.2})", time.as_secs_f64() / copied.as_secs_f64());
    println!("{bytes:>14} {:>12} {:>22} {:>22}", format!("{copied:.1?}"), ratio(taken), ratio(put));
    println!("{:>14} grown by as much in {grown:.1?}: what is new is zeroed where it is touched", "");
    Ok(())
}

fn time(store: &mut Store<Vec<u8>>, call: Move, bytes: usize) -> Result<Duration, Error> {
    let len = u32::try_from(bytes).expect("memory has 32 bits; qed");
    let start = Instant::now();
    call.call(store, (START, len))?;
    Ok(start.elapsed())
}

fn span(start: u32, len: u32) -> std::ops::Range<usize> {
    let index = |word: u32| usize::try_from(word).expect("at least 32 bits; qed");
    index(start)..index(start) + index(len)
}
