//! The module cache, in memory and in a folder; a large module; validation by several threads.

#[allow(dead_code, reason = "the example uses all of it")]
mod big;
#[path = "mutation/random.rs"]
mod random;

use random::Random;
use std::cell::Cell;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vellum_engine::embed::{Linker, ModuleCache, Store};
use vellum_engine::{Bytes, CodeError, GasClass, Mode, Module, Policy, PriceTable};

const HASH: [u8; 32] = [1; 32];
const MODES: [Mode; 4] = [Mode::Eager, Mode::LazyTranslation, Mode::Lazy, Mode::TrustedLazy];

fn prices() -> PriceTable {
    PriceTable::new([1; GasClass::COUNT]).unwrap()
}

/// Maps a file to memory.
fn map(path: &Path) -> std::io::Result<Bytes> {
    let file = std::fs::File::open(path)?;
    // SAFETY: files of a cache are written once, under another name, and these are in a folder that is
    // this test's own.
    #[allow(unsafe_code, reason = "what the engine leaves to its embedder; see docs/UNSAFE.md")]
    let map = unsafe { memmap2::Mmap::map(&file)? };
    Ok(Bytes::from(Arc::new(map)))
}

fn run(module: &Module, argument: i64) -> Result<i64, vellum_engine::embed::Error> {
    let mut store = Store::new(());
    let instance = Linker::new().instantiate(&mut store, module)?;
    instance.typed_func::<i64, i64>(&store, "run")?.call(&mut store, argument)
}

/// The module of a blob, and whether the blob was asked for.
fn get(cache: &ModuleCache, blob: &[u8], mode: Mode) -> (Module, bool) {
    let asked = Cell::new(false);
    let module = cache.get_hashed(&HASH, &Policy::all(), &prices(), mode, || {
        asked.set(true);
        Ok::<_, CodeError>(blob.into())
    });
    (module.unwrap(), asked.get())
}

fn only_file(folder: &Path) -> PathBuf {
    let mut files = std::fs::read_dir(folder).unwrap();
    let file = files.next().unwrap().unwrap().path();
    assert!(files.next().is_none(), "one file, and no drafts");
    file
}

#[test]
fn a_large_module_starts_from_a_mapped_file_and_from_memory() {
    let folder = tempfile::tempdir().unwrap();
    let blob = big::blob(big::BLOB_BYTES);
    assert!(blob.len().abs_diff(big::BLOB_BYTES) < 100_000, "{} bytes", blob.len());
    let expected = big::expected(big::BLOB_BYTES, 5);
    let first = ModuleCache::in_folder(folder.path());
    let (module, asked) = get(&first, &blob, Mode::TrustedLazy);
    assert!(asked);
    assert_eq!(run(&module, 5).unwrap(), expected);

    // As another process would.
    let second = ModuleCache::in_folder(folder.path()).reading_by(map);
    let (module, asked) = get(&second, &[], Mode::TrustedLazy);
    assert!(!asked, "the file has it");
    assert_eq!(module.code_bytes(), 0);
    assert_eq!(run(&module, 5).unwrap(), expected);
    let translated = module.code_bytes();
    assert!(translated > 0 && translated < 100_000, "three functions of many: {translated} bytes");
    let (again, asked) = get(&second, &[], Mode::TrustedLazy);
    assert!(!asked);
    assert_eq!(again.code_bytes(), translated, "it is the same one");
    assert_eq!(run(&again, 5).unwrap(), expected);
}

#[test]
fn what_one_process_validates_the_next_need_not() {
    let blob = big::blob(100_000);
    for mode in MODES {
        let folder = tempfile::tempdir().unwrap();
        let (made, asked) = get(&ModuleCache::in_folder(folder.path()), &blob, mode);
        assert!(asked);
        for next in MODES {
            let (found, asked) = get(&ModuleCache::in_folder(folder.path()).reading_by(map), &blob, next);
            let validates = |mode| matches!(mode, Mode::Eager | Mode::LazyTranslation);
            // What was not validated is no good where everything is to be: then it is made anew.
            assert_eq!(asked, validates(next) && !made.is_validated() && !validates(mode), "{mode:?}, then {next:?}");
            if asked {
                break;
            }
            assert_eq!(found.code_bytes() > 0, next == Mode::Eager, "{mode:?}, then {next:?}");
            assert_eq!(run(&found, 9).unwrap(), big::expected(100_000, 9));
        }
    }
}

#[test]
fn files_of_other_policies_do_not_stand_in_each_others_way() {
    let folder = tempfile::tempdir().unwrap();
    let blob = wat::parse_str("(module (func (export \"f\")))").unwrap();
    for round in 0..2 {
        for policy in [Policy::all(), Policy::contracts(), Policy::compat()] {
            let cache = ModuleCache::in_folder(folder.path());
            let module = cache.get_hashed(&HASH, &policy, &prices(), Mode::Lazy, || {
                assert_eq!(round, 0, "the second time, there is a file");
                Ok::<_, CodeError>(blob.clone().into())
            });
            assert_eq!(module.unwrap().exported_func("f"), Some(0));
        }
    }
}

#[test]
fn a_damaged_file_is_made_anew_or_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let blob = big::blob(20_000);
    get(&ModuleCache::in_folder(folder.path()), &blob, Mode::LazyTranslation);
    let file = only_file(folder.path());
    let (good, mut random) = (std::fs::read(&file).unwrap(), Random(77));
    let (mut anew, mut used) = (0, 0);
    for _ in 0..600 {
        let mut damaged = good.clone();
        match random.below(4) {
            0 => damaged.truncate(random.below(good.len())),
            1 => damaged.resize(good.len() + random.below(100), 0),
            _ => {
                for _ in 0..=random.below(3) {
                    // Most of a file is the blob: the front and the index get their share.
                    let within = if random.below(2) == 0 { good.len() } else { good.len() - blob.len() };
                    let at = random.below(within);
                    damaged[at] ^= 1 << random.below(8);
                }
            }
        }
        std::fs::write(&file, &damaged).unwrap();
        let mode = MODES[random.below(4)];
        let (module, asked) = get(&ModuleCache::in_folder(folder.path()), &blob, mode);
        // A result, whatever it is, or an error.
        let ran = run(&module, 3);
        if asked {
            assert_eq!(ran.unwrap(), big::expected(20_000, 3));
            anew += 1;
        } else {
            used += 1;
        }
    }
    println!("{anew} made anew, {used} used");
    assert!(anew > 100 && used > 100, "{anew} made anew, {used} used");
}

#[test]
fn what_is_forgotten_is_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let blob = big::blob(5_000);
    let cache = ModuleCache::in_folder(folder.path());
    assert!(get(&cache, &blob, Mode::Lazy).1);
    cache.clear();
    assert!(!get(&cache, &blob, Mode::Lazy).1, "the file is still there");
    cache.forget(&HASH, &Policy::all());
    assert!(cache.is_empty());
    assert!(get(&cache, &blob, Mode::Lazy).1);
}

#[test]
fn a_folder_that_cannot_be_written_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let occupied = folder.path().join("a file");
    std::fs::write(&occupied, "and no folder").unwrap();
    let cache = ModuleCache::in_folder(occupied);
    assert_eq!(run(&get(&cache, &big::blob(5_000), Mode::Lazy).0, 1).unwrap(), big::expected(5_000, 1));
}

#[test]
fn however_many_threads_validate_they_find_the_same() {
    let good = big::blob(400_000);
    let by = |threads: usize, blob: &[u8]| {
        let threads = NonZeroUsize::new(threads).unwrap();
        Module::from_bytes_by(threads, blob, &Policy::all(), &prices(), Mode::LazyTranslation)
    };
    let spans: Vec<_> = {
        let module = by(1, &good).unwrap();
        (0..).map_while(|func| module.body_span(func)).collect()
    };
    for threads in [1, 2, 3, 8] {
        let module = by(threads, &good).unwrap();
        assert!(module.is_validated());
        assert_eq!(run(&module, 2).unwrap(), big::expected(400_000, 2));
    }
    let mut random = Random(5);
    for _ in 0..40 {
        let mut bad = good.clone();
        let broken: Vec<_> = (0..=random.below(4)).map(|_| random.below(spans.len() - 1)).collect();
        for func in &broken {
            // The operator in front of the last becomes one of 32 bits.
            bad[spans[*func].end - 2] = 0x73;
        }
        let first = by(1, &bad).err().unwrap();
        assert_eq!(first.function.map(usize::try_from), broken.iter().min().map(|func| Ok(*func)));
        assert_eq!(Some(&first), Module::new(&bad, &Policy::all(), &prices(), Mode::Eager).err().as_ref());
        for threads in [2, 3, 8] {
            assert_eq!(by(threads, &bad).err().as_ref(), Some(&first), "{threads} threads");
        }
    }
}
