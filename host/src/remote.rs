//! The engine as a part of the node: the runtime's side.
//!
//! Each exit is one crossing. It brings the arguments and the guest bytes that the read plan names, and the answer
//! takes along what was written meanwhile. Other reads of guest memory cross on their own.
//!
//! What a node refuses is never told to a contract: it ends the runtime call with a panic. A node that does so is not
//! the one that this runtime was made for, or the runtime has set its own limits too low.

mod memory;

use crate::{
    CodeRefused, EntryPoint, FuncImport, ReadPlan, Refusal, Terms, Validation,
    description::{Description, LEN_BYTES},
    exit_record::{BUFFER_BYTES, ExitRecord},
    interface::vellum as node,
};
use alloc::{boxed::Box, vec, vec::Vec};
use memory::Writes;
use vellum_engine::{Exit, MemoryOutOfBounds, Trap};

/// Bytes of the first buffer for a description: those of most contracts are shorter.
const DESCRIPTION_BYTES: usize = 1024;

/// A longer write does not wait for the answer.
const WAITING_BYTES_MAX: usize = 4096;

/// A session at the node. It ends when it is dropped, and with it everything that was made in it.
pub struct Session {
    entry_points: &'static [&'static str],
}

/// Code that the node has loaded, or that is at hand.
pub struct Code {
    entry_points: &'static [&'static str],
    source: Source,
}

enum Source {
    Loaded(Result<Module, CodeRefused>),
    Bytes { blob: Vec<u8>, hash: Vec<u8>, validation: Validation },
}

/// Loaded code.
pub struct Module {
    handle: Handle,
    description: Description,
    entry_points: &'static [&'static str],
}

/// A module with its own memory, globals and tables.
pub struct Instance(Handle);

/// A call under way: run it, act on its exits, resume it.
pub struct Execution {
    handle: Handle,
    func: u32,
    started: bool,
    /// What the last exit has brought.
    exit: Box<[u8; BUFFER_BYTES]>,
    cells: Vec<u64>,
    memory_bytes: u32,
    /// What was written to guest memory since then.
    writes: Writes,
}

/// Something that the node keeps for this session until it is given back.
struct Handle {
    number: u32,
    give_back: fn(u32) -> i64,
}

impl Handle {
    /// The number of something that the node takes back by what it is asked to do with it.
    fn end(self) -> u32 {
        let number = self.number;
        core::mem::forget(self);
        number
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        // The session may be gone, and the thing with it.
        let _ = (self.give_back)(self.number);
    }
}

/// Prepares code that was just stored, for calls to come.
pub fn warm(terms: &Terms, blob: &[u8]) {
    node::warm(&terms.encode(), blob);
}

/// What the node has answered.
fn done(code: i64) -> u32 {
    match u32::try_from(code) {
        Ok(answer) => answer,
        Err(_) => refused(code),
    }
}

#[cold]
fn refused(code: i64) -> ! {
    match Refusal::from_code(code) {
        Some(refusal) => panic!("the node does not run this contract: {refusal}"),
        None => panic!("the node does not run this contract, for a reason that this runtime does not know: {code}"),
    }
}

/// The node has written something that the functions of this version do not write.
#[cold]
fn not_understood() -> ! {
    panic!("the node's answer is not understood");
}

impl Session {
    /// Opens a session.
    ///
    /// # Panics
    /// If the node does not accept the terms.
    pub fn open(terms: Terms) -> Self {
        done(node::open_session(&terms.encode()));
        Self { entry_points: terms.entry_points }
    }

    /// Code that is at hand, what its hash is said to be, and what is known of it.
    pub fn code(&self, blob: Vec<u8>, hash: &[u8], validation: Validation) -> Code {
        let source = Source::Bytes { blob, hash: hash.to_vec(), validation };
        Code { entry_points: self.entry_points, source }
    }

    /// Code from the state, if it is there: the node reads it. Its hash is said to be `hash`.
    pub fn stored_code(
        &self,
        key: impl FnOnce() -> Vec<u8>,
        _read: impl FnOnce() -> Option<Vec<u8>>,
        hash: &[u8],
        validation: Validation,
    ) -> Option<Code> {
        let key = key();
        let mut buffer = vec![0; DESCRIPTION_BYTES];
        let code = node::load(&key, hash, validation.number(), &mut buffer);
        if code == Refusal::NotFound.code() {
            return None;
        }
        Some(Code {
            entry_points: self.entry_points,
            source: Source::Loaded(Module::loaded(code, buffer, self.entry_points)),
        })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It was the topmost one: those inside of it are closed. If the node knows better there is nothing to close.
        let _ = node::close_session();
    }
}

impl Code {
    /// Loads the code. What has to be validated of it is, function by function, when it runs.
    ///
    /// # Errors
    /// If it cannot be run at all.
    pub fn load(self) -> Result<Module, CodeRefused> {
        match self.source {
            Source::Loaded(module) => module,
            Source::Bytes { blob, hash, validation } => {
                let mut buffer = vec![0; DESCRIPTION_BYTES];
                let code = node::load_bytes(&blob, &hash, validation.number(), &mut buffer);
                Module::loaded(code, buffer, self.entry_points)
            }
        }
    }
}

impl Module {
    /// What the node has answered to a load.
    fn loaded(code: i64, buffer: Vec<u8>, entry_points: &'static [&'static str]) -> Result<Self, CodeRefused> {
        if code == Refusal::Code.code() {
            return Err(CodeRefused { reason: None });
        }
        let handle = Handle { number: done(code), give_back: node::unload };
        let len = Description::len(&buffer).unwrap_or_else(|| not_understood());
        let mut bytes = buffer;
        if len > bytes.len() {
            bytes = vec![0; len];
            done(node::describe(handle.number, &mut bytes));
        }
        bytes.truncate(len.max(LEN_BYTES));
        let description = Description::decode(bytes).unwrap_or_else(|| not_understood());
        Ok(Self { handle, description, entry_points })
    }

    /// The imported functions: the one at place `n` is what [`Exit::HostCall`] calls `import: n`.
    pub fn func_imports(&self) -> impl Iterator<Item = FuncImport<'_>> {
        self.description.func_imports()
    }

    /// One of the entry points that the session was opened with, if the module exports it.
    pub fn entry_point(&self, name: &str) -> Option<EntryPoint> {
        let number = self.entry_points.iter().position(|entry_point| *entry_point == name)?;
        self.description.entry_point(number)
    }

    /// The function that is to run before any other.
    pub fn start_func(&self) -> Option<u32> {
        self.description.start_func
    }

    /// What [`Module::instantiate`] is worth in fuel: the caller charges it before.
    pub fn instantiation_fuel(&self) -> u64 {
        self.description.instantiation_fuel
    }

    /// Zeroed memory, initial globals and tables, active segments placed. `plan` says what exits are to carry, where
    /// that saves something.
    ///
    /// # Errors
    /// A trap if a segment does not fit, or if memory starts larger than the limits allow.
    pub fn instantiate(self, plan: impl FnOnce(&mut ReadPlan)) -> Result<Instance, Trap> {
        let mut reads = ReadPlan::default();
        plan(&mut reads);
        let code = node::instantiate(self.handle.end(), reads.as_bytes());
        match Refusal::from_code(code) {
            Some(Refusal::Trap(trap)) => Err(trap),
            _ => Ok(Instance(Handle { number: done(code), give_back: node::destroy })),
        }
    }
}

impl Instance {
    /// Starts a call of a function by its index. Nothing runs before [`Execution::run`].
    pub fn call(self, func: u32) -> Execution {
        Execution {
            handle: self.0,
            func,
            started: false,
            exit: Box::new([0; BUFFER_BYTES]),
            cells: Vec::new(),
            memory_bytes: 0,
            writes: Writes::default(),
        }
    }
}

impl Execution {
    /// Runs until the next exit. `fuel` goes in as what may be spent and comes out as what is left;
    /// 1 fuel is 1 ps of `ref_time`.
    pub fn run(&mut self, fuel: &mut u64) -> Exit {
        if self.started {
            return self.resume(None, fuel);
        }
        self.started = true;
        let code = node::run(self.handle.number, self.func, *fuel, &mut self.exit[..]);
        self.exited(code, fuel)
    }

    /// Answers the pending host call and goes on. `result` is the cell of the import's one result,
    /// if its type has one.
    pub fn resume(&mut self, result: Option<u64>, fuel: &mut u64) -> Exit {
        let (has_result, result) = (result.is_some(), result.unwrap_or(0));
        let writes = self.writes.as_bytes();
        let code = node::resume(self.handle.number, has_result.into(), result, *fuel, writes, &mut self.exit[..]);
        self.writes.clear();
        self.exited(code, fuel)
    }

    fn exited(&mut self, code: i64, fuel: &mut u64) -> Exit {
        done(code);
        let record = ExitRecord::decode(&self.exit[..]).unwrap_or_else(|| not_understood());
        *fuel = record.fuel;
        self.memory_bytes = record.memory_bytes;
        self.cells.clear();
        self.cells.extend(record.cells());
        record.exit
    }

    /// The arguments of the pending host call, one cell each; an i32 is zero-extended.
    pub fn args(&self) -> &[u64] {
        &self.cells
    }

    /// The results of a finished call, one cell each.
    pub fn results(&self) -> &[u64] {
        &self.cells
    }

    /// Bytes of guest memory now.
    pub fn memory_bytes(&self) -> u32 {
        self.memory_bytes
    }

    /// Copies guest memory out.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn read_memory(&self, offset: u32, into: &mut [u8]) -> Result<(), MemoryOutOfBounds> {
        self.check_span(offset, into.len())?;
        let record = ExitRecord::decode(&self.exit[..]).unwrap_or_else(|| not_understood());
        match record.guest_bytes(offset, into.len()) {
            Some(bytes) => into.copy_from_slice(bytes),
            None => {
                done(node::read_memory(self.handle.number, offset, into));
            }
        }
        self.writes.overlay(offset, into);
        Ok(())
    }

    /// Copies into guest memory.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn write_memory(&mut self, offset: u32, from: &[u8]) -> Result<(), MemoryOutOfBounds> {
        self.check_span(offset, from.len())?;
        if from.len() <= WAITING_BYTES_MAX {
            self.writes.push(offset, from);
            return Ok(());
        }
        // Copying much twice costs more than crossing. Earlier writes go first, or they would undo this one.
        for (offset, bytes) in self.writes.iter().chain([(offset, from)]) {
            done(node::write_memory(self.handle.number, offset, bytes));
        }
        self.writes.clear();
        ExitRecord::forget_guest_bytes(&mut self.exit[..]);
        Ok(())
    }

    /// Back to the instance, for another call; what was under way is forgotten.
    pub fn into_instance(self) -> Instance {
        Instance(self.handle)
    }

    fn check_span(&self, offset: u32, len: usize) -> Result<(), MemoryOutOfBounds> {
        let end = u32::try_from(len).ok().and_then(|len| offset.checked_add(len));
        if end.is_some_and(|end| end <= self.memory_bytes) { Ok(()) } else { Err(MemoryOutOfBounds) }
    }
}
