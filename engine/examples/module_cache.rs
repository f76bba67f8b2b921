//! How long a module of 39 MB takes to start and to run one function: when nobody has read it before,
//! from a memory map of the file that an earlier process left, and from memory.
//!
//! ```text
//! cargo run --release -p vellum-engine --example module_cache
//! ```
//!
//! The fastest of many runs counts; the file is in the page cache, as it is where a program starts
//! twice. What is measured begins before the cache is asked and ends behind the result of the function.

#[path = "../tests/big/mod.rs"]
mod big;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use vellum_engine::embed::{Error, Linker, ModuleCache, Store};
use vellum_engine::{Bytes, CodeError, GasClass, Mode, Module, Policy, PriceTable};

const RUNS: usize = 200;
const HASH: [u8; 32] = [39; 32];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let blob = Bytes::from(big::blob(big::BLOB_BYTES));
    println!("a module of {} bytes", blob.len());
    let fresh = || ModuleCache::in_folder(folder.path()).reading_by(map);

    let start = Instant::now();
    start_and_run(&fresh(), || blob.clone())?;
    println!("read, validated and written to the folder: {:.1?}", start.elapsed());

    let least = least_of(|| start_and_run(&fresh(), || unreachable!("the file has it")))?;
    println!("mapped from the folder: {least:.1?} (aim: 1 ms at most)");

    let cache = fresh();
    start_and_run(&cache, || unreachable!("the file has it"))?;
    let least = least_of(|| start_and_run(&cache, || unreachable!("the cache has it")))?;
    println!("from memory: {least:.1?} (aim: 50 us at most)");
    Ok(())
}

fn least_of(mut run: impl FnMut() -> Result<(), Error>) -> Result<Duration, Error> {
    let mut least = Duration::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        run()?;
        least = least.min(start.elapsed());
    }
    Ok(least)
}

fn start_and_run(cache: &ModuleCache, blob: impl FnOnce() -> Bytes) -> Result<(), Error> {
    let prices = PriceTable::new([1; GasClass::COUNT]).expect("none is zero; qed");
    let module: Module = cache
        .get_hashed(&HASH, &Policy::all(), &prices, Mode::LazyTranslation, || Ok::<_, CodeError>(blob()))
        .map_err(Error::InvalidCode)?;
    let mut store = Store::new(());
    let instance = Linker::new().instantiate(&mut store, &module)?;
    let result = instance.typed_func::<i64, i64>(&store, "run")?.call(&mut store, 5)?;
    assert_eq!(result, big::expected(big::BLOB_BYTES, 5));
    Ok(())
}

fn map(path: &Path) -> std::io::Result<Bytes> {
    let file = std::fs::File::open(path)?;
    // SAFETY: files of a cache are written once, under another name, and these are in a folder that is
    // this program's own.
    #[allow(unsafe_code, reason = "what the engine leaves to its embedder; see docs/UNSAFE.md")]
    let map = unsafe { memmap2::Mmap::map(&file)? };
    Ok(Bytes::from(Arc::new(map)))
}
