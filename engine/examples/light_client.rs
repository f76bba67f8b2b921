//! A light client in small: starts a Substrate runtime and asks it who it is.
//!
//! ```text
//! cargo run --release -p vellum-engine --example light_client -- RUNTIME.wasm
//! ```
//!
//! The runtime is started lazily: its functions are validated and translated when they are first
//! called, which for `Core_version` are few. Then three more things are shown: its metadata, a copy
//! in which one function is corrupt, and a second chain that goes on undisturbed.

use std::process::ExitCode;
use std::time::Instant;
use vellum_engine::embed::{Error, Extern, Guest, HostError, Instance, Linker, Memory, Store, Value};
use vellum_engine::{ExportKind, GasClass, ImportKind, Mode, Module, Policy, PriceTable};

/// Where the next allocation goes: a runtime lives for one call here, so nothing is ever freed.
#[derive(Default)]
struct Heap {
    next: u32,
}

/// A chain: its runtime, in a store of its own.
struct Chain {
    store: Store<Heap>,
    memory: Memory,
    instance: Instance,
}

/// What `Core_version` says, as far as everyone reads it.
#[derive(Debug, PartialEq)]
pub struct Version {
    /// The name of the runtime.
    pub spec_name: String,
    /// Its version.
    pub spec_version: u32,
}

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: light_client RUNTIME.wasm");
        return ExitCode::FAILURE;
    };
    match run(&path) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Shows it all.
///
/// # Errors
/// What did not go as it should.
pub fn run(path: &str) -> Result<Version, Box<dyn std::error::Error>> {
    let blob = std::fs::read(path)?;
    let start = Instant::now();
    let module = read(&blob)?;
    let read_in = start.elapsed();
    let mut chain = Chain::start(&module)?;
    let answer = chain.call("Core_version")?;
    let version = Version::decode(&answer).ok_or("the version cannot be decoded")?;
    println!("{version:?}");
    println!("read in {read_in:?}, answered after {:?}; {} bytes of code", start.elapsed(), module.code_bytes());

    let metadata = Chain::start(&module)?.call("Metadata_metadata")?;
    // The bytes are a vector in a vector; inside it begins with these four letters.
    let begins = metadata.windows(4).position(|bytes| bytes == b"meta").ok_or("this is no metadata")?;
    println!("metadata: {} bytes, version {}", metadata.len(), metadata[begins + 4]);

    let corrupt = read(&corrupted(&blob, &module, "Metadata_metadata").ok_or("no function to corrupt")?)?;
    let mut harmed = Chain::start(&corrupt)?;
    println!("a copy with a corrupt function: {:?}", Version::decode(&harmed.call("Core_version")?));
    match harmed.call("Metadata_metadata") {
        Err(Error::InvalidCode(error)) => println!("  calling that: {error}"),
        other => return Err(format!("the corrupt function was not noticed: {other:?}").into()),
    }
    if Version::decode(&chain.call("Core_version")?).as_ref() != Some(&version) {
        return Err("the first chain answers otherwise now".into());
    }
    println!("the first chain answers as before");
    Ok(version)
}

/// A runtime whose functions are looked at when they are first called. Nobody pays here, but time
/// is still bounded: every transfer of control takes a unit of fuel.
fn read(blob: &[u8]) -> Result<Module, vellum_engine::CodeError> {
    let prices = PriceTable::new([1; GasClass::COUNT]).expect("none is zero; qed");
    Module::new(blob, &Policy::all(), &prices, Mode::Lazy)
}

impl Chain {
    fn start(module: &Module) -> Result<Self, Error> {
        let mut store = Store::new(Heap::default());
        let mut linker = Linker::new();
        // A runtime imports its memory from whoever starts it, or brings one.
        let imported = module.imports().iter().find_map(|import| match import.kind {
            ImportKind::Memory(ty) => Some((import, ty)),
            _ => None,
        });
        let provided =
            imported.map(|(import, ty)| Ok::<_, Error>((import, Memory::new(&mut store, ty)?))).transpose()?;
        if let Some((import, memory)) = provided {
            linker.define(&import.module, &import.name, Extern::Memory(memory));
        }
        host_functions(&mut linker);
        linker.missing_funcs_fail(module);
        let instance = linker.instantiate(&mut store, module)?;
        let own = || instance.memory(&store, "memory").ok_or(Error::MissingExport { name: "memory".into() });
        let memory = provided.map_or_else(own, |(_, memory)| Ok(memory))?;
        // Everything below is the runtime's own stack and data.
        if let Some(Value::I32(base)) = instance.global(&store, "__heap_base").and_then(|base| base.get(&store).ok()) {
            store.data_mut().next = base.cast_unsigned();
        }
        Ok(Self { store, memory, instance })
    }

    /// Calls a function of the runtime API that takes nothing: its answer, encoded.
    fn call(&mut self, name: &str) -> Result<Vec<u8>, Error> {
        let function = self.instance.typed_func::<(u32, u32), u64>(&self.store, name)?;
        let (start, len) = span(function.call(&mut self.store, (0, 0))?);
        let memory = self.memory.data(&self.store)?;
        let answer = memory.get(start..start + len).ok_or(Error::Trap(vellum_engine::Trap::MemoryOutOfBounds))?;
        Ok(answer.to_vec())
    }
}

/// The few functions of Substrate's host API that these calls need.
fn host_functions(linker: &mut Linker<Heap>) {
    linker
        .func("env", "ext_allocator_malloc_version_1", |guest: &mut Guest<Heap>, len: u32| allocate(guest, len))
        .func("env", "ext_allocator_free_version_1", |_: &mut Guest<Heap>, _: u32| ())
        .func("env", "ext_logging_max_level_version_1", |_: &mut Guest<Heap>| 0u32)
        .func("env", "ext_logging_log_version_1", |_: &mut Guest<Heap>, _: u32, _: u64, _: u64| ())
        // The state is empty: what is read from it is none, encoded.
        .func("env", "ext_storage_get_version_1", |guest: &mut Guest<Heap>, _: u64| none(guest))
        .func("env", "ext_storage_read_version_1", |guest: &mut Guest<Heap>, _: u64, _: u64, _: u32| none(guest));
}

/// Memory for the guest, aligned for whatever it puts there.
fn allocate(guest: &mut Guest<'_, Heap>, len: u32) -> Result<u32, HostError> {
    const ALIGNMENT: u32 = 8;
    const PAGE_BYTES: usize = 65_536;
    let start = guest.data().next.next_multiple_of(ALIGNMENT);
    let end = start.checked_add(len).ok_or_else(|| HostError::message("the heap is full"))?;
    let missing = usize::try_from(end)?.saturating_sub(guest.memory().len());
    if missing > 0 && guest.grow_memory(u32::try_from(missing.div_ceil(PAGE_BYTES))?).is_none() {
        return Err(HostError::message("the heap is full"));
    }
    guest.data_mut().next = end;
    Ok(start)
}

fn none(guest: &mut Guest<'_, Heap>) -> Result<u64, HostError> {
    let start = allocate(guest, 1)?;
    guest.write(start, &[0])?;
    Ok(u64::from(start) | 1 << 32)
}

/// Substrate returns a span of memory in one number: where it begins, and above that its length.
fn span(packed: u64) -> (usize, usize) {
    let half = |bits: u64| usize::try_from(bits & u64::from(u32::MAX)).unwrap_or(usize::MAX);
    (half(packed), half(packed >> 32))
}

impl Version {
    fn decode(bytes: &[u8]) -> Option<Self> {
        let (spec_name, rest) = text(bytes)?;
        let (_implementation_name, rest) = text(rest)?;
        // Behind the names come the versions of authoring and of the specification.
        let spec_version = u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?);
        Some(Self { spec_name, spec_version })
    }
}

/// A text whose length, under 64, is encoded in one byte.
fn text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (len, rest) = bytes.split_first()?;
    let (text, rest) = rest.split_at_checked(usize::from(*len >> 2))?;
    Some((String::from_utf8(text.to_vec()).ok()?, rest))
}

/// A copy of the blob in which the last operator of an exported function is one that nobody knows.
fn corrupted(blob: &[u8], module: &Module, name: &str) -> Option<Vec<u8>> {
    const UNKNOWN: u8 = 0xff;
    let export = module.exports().iter().find(|export| export.name == name)?;
    let ExportKind::Func { index, .. } = export.kind else { return None };
    let body = module.body_span(index)?;
    let mut blob = blob.to_vec();
    // In front of the `end` that is the body's last byte.
    *blob.get_mut(body.end.checked_sub(2)?)? = UNKNOWN;
    Some(blob)
}
