//! The programs that are started, and the little host that their first calls need.

use crate::host::{Answer, GuestMemory, Host, HostFunction, OutOfBounds};
use anyhow::{Result, anyhow};
use std::path::Path;
use vellum_engine::embed::{Linker, Memory, Store, Value};
use vellum_engine::{Bytes, ImportKind, Mode, Module, Policy};

/// Selector and argument of an ERC-20's constructor.
const CONSTRUCTOR: [u8; 20] = [0x9b, 0xae, 0x9d, 0x5e, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/// What WASI answers to a file descriptor that is not open.
const BAD_DESCRIPTOR: u64 = 8;
/// Entry points, of which a program's first call is the first that it has.
const ENTRIES: [&str; 3] = ["deploy", "Core_version", "_start"];

/// A blob with what its first call needs.
pub(super) struct Program {
    pub(super) name: String,
    pub(super) blob: Bytes,
    /// Its index.
    pub(super) index: Bytes,
    pub(super) body_bytes: usize,
    /// The function of the first call.
    pub(super) entry: &'static str,
    /// Its arguments, which are zeros.
    pub(super) args: usize,
    /// Where the guest's heap begins, if it says so.
    heap_base: u32,
}

impl Program {
    pub(super) fn read(file: &Path) -> Result<Self> {
        let blob = Bytes::from(std::fs::read(file)?);
        let module = Module::from_bytes(blob.clone(), &Policy::all(), &vellum_weights::host(), Mode::LazyTranslation);
        let module = module.map_err(|error| anyhow!("{error}"))?;
        let entry = ENTRIES.into_iter().find(|entry| module.exported_func(entry).is_some());
        let entry = entry.ok_or_else(|| anyhow!("it exports none of {ENTRIES:?}"))?;
        let func = module.exported_func(entry).and_then(|func| module.func_type(func));
        let spans = (module.func_import_count()..).map_while(|func| module.body_span(func));
        Ok(Self {
            name: file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            index: module.index().into(),
            body_bytes: spans.map(|span| span.len()).sum(),
            entry,
            args: func.map_or(0, |func| func.params.len()),
            heap_base: heap_base(&module).unwrap_or(0),
            blob,
        })
    }

    /// The host for one first call.
    pub(super) fn host(&self) -> Machinery {
        Machinery { contract: Host::with_input(&CONSTRUCTOR), heap: self.heap_base }
    }
}

/// What the module says in its global `__heap_base`.
fn heap_base(module: &Module) -> Option<u32> {
    let (mut store, mut linker) = (Store::new(()), Linker::new());
    for import in module.imports() {
        if let ImportKind::Memory(ty) = import.kind {
            let memory = Memory::new(&mut store, ty).ok()?;
            linker.define(&import.module, &import.name, vellum_engine::embed::Extern::Memory(memory));
        }
    }
    let instance = linker.missing_funcs_fail(module).instantiate(&mut store, module).ok()?;
    match instance.global(&store, "__heap_base")?.get(&store).ok()? {
        Value::I32(base) => Some(base.cast_unsigned()),
        _ => None,
    }
}

/// A host function.
#[derive(Clone, Copy, Debug)]
pub(super) enum Function {
    /// Of contracts.
    Seal(HostFunction),
    /// Substrate's allocator; nothing is ever freed.
    Allocate,
    /// Writes two zeros, and says that this went well: there are no arguments, and no environment.
    NoneOfThem,
    /// The program has come to where its work begins, or has ended: that ends the first call.
    Stop,
    /// Does nothing, and returns this if it returns something.
    Return(u64),
}

impl Function {
    /// The function of these names. What nobody calls is there, too.
    pub(super) fn named(module: &str, name: &str) -> Self {
        let contract = || {
            // Names that older contracts have.
            let name = name.strip_prefix("seal_").unwrap_or(name);
            HostFunction::ALL.iter().copied().find(|function| function.import().1 == name)
        };
        match (module, name) {
            ("seal0" | "seal1" | "seal2" | "__unstable__", _) => contract().map_or(Self::Return(0), Self::Seal),
            ("bench", "start") | (_, "proc_exit") => Self::Stop,
            (_, "args_sizes_get" | "environ_sizes_get") => Self::NoneOfThem,
            ("wasi_snapshot_preview1", "random_get" | "clock_time_get") => Self::Return(0),
            ("wasi_snapshot_preview1", _) => Self::Return(BAD_DESCRIPTOR),
            (_, "ext_allocator_malloc_version_1") => Self::Allocate,
            _ => Self::Return(0),
        }
    }
}

/// A host at work.
pub(super) struct Machinery {
    contract: Host,
    heap: u32,
}

impl Machinery {
    pub(super) fn call<M: GuestMemory + ?Sized>(
        &mut self,
        function: Function,
        args: &[u64],
        memory: &mut M,
    ) -> Result<Answer, OutOfBounds> {
        let arg = |at: usize| args.get(at).and_then(|arg| u32::try_from(arg & 0xffff_ffff).ok()).unwrap_or(0);
        match function {
            Function::Seal(function) => self.contract.call(function, args, memory),
            Function::Allocate => {
                const ALIGNMENT: u32 = 8;
                let start = self.heap.next_multiple_of(ALIGNMENT);
                self.heap = start.checked_add(arg(0)).ok_or(OutOfBounds)?;
                Ok(Answer::Value(start.into()))
            }
            Function::NoneOfThem => {
                memory.write(arg(0), &[0; 4])?;
                memory.write(arg(1), &[0; 4])?;
                Ok(Answer::Value(0))
            }
            Function::Stop => Ok(Answer::Return),
            Function::Return(value) => Ok(Answer::Value(value)),
        }
    }
}
