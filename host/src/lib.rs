//! The glass wall between a runtime and the engine: `Module -> Instance -> Execution`.
//!
//! A runtime sees contracts through this crate only: plain data goes in, exits come out, guest
//! memory is read and written by offset. Here the engine is linked in; where it stands is this
//! crate's own business, so that a runtime which works with one placement works with all.
//!
//! No policy and no price is decided here: both are handed in.
#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]

#[cfg(feature = "profile")]
pub mod profile;
#[cfg(feature = "profile")]
mod running;

use vellum_engine::{CodeError, Import, Policy, PriceTable, RunLimits, Trap};

pub use vellum_engine::{Exit, MemoryOutOfBounds, Mode};

/// A loaded blob. Cheap to clone; clones share their code.
#[derive(Clone)]
pub struct Module(vellum_engine::Module);

impl Module {
    /// Reads and validates a blob; translates it as the mode says, which changes no result and no
    /// gas.
    ///
    /// # Errors
    /// The rule of the policy that the blob breaks, and where.
    pub fn load(blob: &[u8], policy: &Policy, prices: &PriceTable, mode: Mode) -> Result<Self, CodeError> {
        vellum_engine::Module::new(blob, policy, prices, mode).map(Self)
    }

    /// The imported functions: the one at place `n` is what [`Exit::HostCall`] calls `import: n`.
    pub fn func_imports(&self) -> impl Iterator<Item = &Import> {
        (0..self.0.func_import_count()).filter_map(|func| self.0.func_import(func))
    }

    /// The index of the exported function of this name.
    pub fn exported_func(&self, name: &str) -> Option<u32> {
        self.0.exported_func(name)
    }

    /// The function that is to run before any other.
    pub fn start_func(&self) -> Option<u32> {
        self.0.start_func()
    }

    /// How many results a function has; none if there is no such function.
    pub fn result_count(&self, func: u32) -> u32 {
        let results = self.0.func_type(func).map_or(0, |ty| ty.results.len());
        u32::try_from(results).unwrap_or(u32::MAX)
    }

    /// What [`Module::instantiate`] is worth in fuel: the caller charges it before.
    pub fn instantiation_fuel(&self) -> u64 {
        self.0.instantiation_fuel()
    }

    /// Zeroed memory, initial globals and tables, active segments placed.
    ///
    /// # Errors
    /// A trap if a segment does not fit, or if memory starts larger than the limits allow.
    pub fn instantiate(&self, limits: RunLimits) -> Result<Instance, Trap> {
        vellum_engine::Instance::new(&self.0, limits).map(Instance)
    }
}

/// A module with its own memory, globals and tables.
pub struct Instance(vellum_engine::Instance);

impl Instance {
    /// Starts a call of a function by its index. Nothing runs before [`Execution::run`].
    pub fn call(self, func: u32, args: &[u64]) -> Execution {
        #[cfg(feature = "profile")]
        let this = self.watched();
        #[cfg(not(feature = "profile"))]
        let this = self;
        Execution(running(this.0.call(func, args)))
    }

    #[cfg(feature = "profile")]
    fn watched(mut self) -> Self {
        if profile::is_recording() {
            self.0.start_profile();
        }
        self
    }
}

#[cfg(not(feature = "profile"))]
type Running = vellum_engine::Execution;
#[cfg(feature = "profile")]
use running::Running;

#[cfg(not(feature = "profile"))]
fn running(execution: vellum_engine::Execution) -> Running {
    execution
}
#[cfg(feature = "profile")]
use running::running;

/// A call under way: run it, act on its exits, resume it.
pub struct Execution(Running);

impl Execution {
    /// Runs until the next exit. `fuel` goes in as what may be spent and comes out as what is left;
    /// 1 fuel is 1 ps of `ref_time`.
    #[inline]
    pub fn run(&mut self, fuel: &mut u64) -> Exit {
        self.0.run(fuel)
    }

    /// Answers the pending host call and goes on. `result` is the cell of the import's one result,
    /// if its type has one.
    #[inline]
    pub fn resume(&mut self, result: Option<u64>, fuel: &mut u64) -> Exit {
        self.0.resume(result.as_slice(), fuel)
    }

    /// The arguments of the pending host call, one cell each; an i32 is zero-extended.
    #[inline]
    pub fn args(&self) -> &[u64] {
        self.0.args()
    }

    /// Bytes of guest memory now.
    pub fn memory_bytes(&self) -> u32 {
        u32::try_from(self.0.memory_bytes()).unwrap_or(u32::MAX)
    }

    /// Copies guest memory out.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn read_memory(&self, offset: u32, into: &mut [u8]) -> Result<(), MemoryOutOfBounds> {
        self.0.read_memory(offset, into)
    }

    /// Copies into guest memory.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn write_memory(&mut self, offset: u32, from: &[u8]) -> Result<(), MemoryOutOfBounds> {
        self.0.write_memory(offset, from)
    }

    /// The results of a finished call, one cell each.
    pub fn results(&self) -> &[u64] {
        self.0.results()
    }

    /// Back to the instance, for another call; what was under way is forgotten.
    pub fn into_instance(self) -> Instance {
        Instance(Running::into_instance(self.0))
    }
}
