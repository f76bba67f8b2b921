//! The engine as a part of the caller.
//!
//! In a Wasm runtime each load reads the code's sections, and each function is translated at its first call, and
//! validated before that unless the state says that it was. Nothing outlives a session, and in a session only the
//! module that was loaded last: a contract that calls itself, or another one again and again, is read and translated
//! once. Native callers share the process's cache of modules. No result depends on either.

use crate::{CodeRefused, EntryPoint, FuncImport, ReadPlan, Terms, Validation};
use alloc::{rc::Rc, vec::Vec};
use vellum_engine::{CodeError, Exit, MemoryOutOfBounds, Trap};

#[cfg(feature = "std")]
use crate::node::cache::Lent as Kept;
#[cfg(feature = "profile")]
use crate::{profile, running::Running};
#[cfg(not(feature = "std"))]
use core::cell::RefCell;
#[cfg(not(feature = "profile"))]
use vellum_engine::Execution as Running;
#[cfg(not(feature = "std"))]
use vellum_engine::Module as Kept;

/// What a root call and everything inside it runs under.
pub struct Session(Rc<Opened>);

/// What everything that is made in a session has of it.
struct Opened {
    terms: Terms,
    #[cfg(not(feature = "std"))]
    last: LastModule,
}

/// The module that was loaded last, and how. It takes no memory that open calls could not take, too: code is loaded for the call that
/// is opened last, so that when all calls are open that one has it, and another one is forgotten before it is made.
#[cfg(not(feature = "std"))]
type LastModule = RefCell<Option<(Validation, Kept)>>;

/// Code that is at hand and has not been looked at.
pub struct Code {
    session: Rc<Opened>,
    blob: Vec<u8>,
    validation: Validation,
    #[cfg(feature = "std")]
    hash: Vec<u8>,
}

/// Loaded code.
pub struct Module {
    session: Rc<Opened>,
    kept: Kept,
}

/// A module with its own memory, globals and tables.
pub struct Instance {
    instance: vellum_engine::Instance,
    kept: Kept,
}

/// A call under way: run it, act on its exits, resume it.
pub struct Execution {
    running: Running,
    kept: Kept,
}

/// Prepares code that was just stored, for calls to come. Here that would be done twice: they do it.
pub fn warm(_terms: &Terms, _blob: &[u8]) {}

impl Session {
    /// Opens a session. It ends when it is dropped.
    pub fn open(terms: Terms) -> Self {
        Self(Rc::new(Opened {
            terms,
            #[cfg(not(feature = "std"))]
            last: LastModule::default(),
        }))
    }

    /// Code that is at hand, what its hash is said to be, and what is known of it.
    pub fn code(&self, blob: Vec<u8>, hash: &[u8], validation: Validation) -> Code {
        #[cfg(not(feature = "std"))]
        let _ = hash;
        Code {
            session: self.0.clone(),
            blob,
            validation,
            #[cfg(feature = "std")]
            hash: hash.to_vec(),
        }
    }

    /// Code from the state, if it is there: `key` makes its key, `read` reads and decodes it, and a placement does
    /// one of them. Its hash is said to be `hash`.
    pub fn stored_code(
        &self,
        _key: impl FnOnce() -> Vec<u8>,
        read: impl FnOnce() -> Option<Vec<u8>>,
        hash: &[u8],
        validation: Validation,
    ) -> Option<Code> {
        read().map(|blob| self.code(blob, hash, validation))
    }
}

impl Code {
    /// Loads the code. What has to be validated of it is, function by function, when it runs.
    ///
    /// # Errors
    /// If it cannot be run at all.
    pub fn load(self) -> Result<Module, CodeRefused> {
        let session = self.session.clone();
        match self.read() {
            Ok(kept) => Ok(Module { session, kept }),
            Err(reason) => Err(CodeRefused { reason: Some(reason) }),
        }
    }

    #[cfg(feature = "std")]
    fn read(self) -> Result<Kept, CodeError> {
        let Terms { policy, prices, .. } = &self.session.terms;
        crate::node::cache::global().load(&self.hash, &self.blob, policy, prices, self.validation.mode())
    }

    #[cfg(not(feature = "std"))]
    fn read(self) -> Result<Kept, CodeError> {
        let Opened { terms: Terms { policy, prices, .. }, last } = &*self.session;
        let mut last = last.borrow_mut();
        if let Some((validation, module)) = &*last
            && *validation == self.validation
            && module.was_made_of(&self.blob, policy, prices)
        {
            return Ok(module.clone());
        }
        *last = None;
        let module = Kept::from_vec(self.blob, policy, prices, self.validation.mode())?;
        *last = Some((self.validation, module.clone()));
        Ok(module)
    }
}

impl Module {
    /// The imported functions: the one at place `n` is what [`Exit::HostCall`] calls `import: n`.
    pub fn func_imports(&self) -> impl Iterator<Item = FuncImport<'_>> {
        func_imports(&self.kept)
    }

    /// One of the entry points that the session was opened with, if the module exports it.
    pub fn entry_point(&self, name: &str) -> Option<EntryPoint> {
        let func = self.kept.exported_func(name)?;
        let results = self.kept.func_types(func).map_or(0, |(_, results)| results.len());
        Some(EntryPoint { func, result_count: u32::try_from(results).unwrap_or(u32::MAX) })
    }

    /// The function that is to run before any other.
    pub fn start_func(&self) -> Option<u32> {
        self.kept.start_func()
    }

    /// What [`Module::instantiate`] is worth in fuel: the caller charges it before.
    pub fn instantiation_fuel(&self) -> u64 {
        self.kept.instantiation_fuel()
    }

    /// Zeroed memory, initial globals and tables, active segments placed. `plan` says what exits are to carry, where
    /// that saves something.
    ///
    /// # Errors
    /// A trap if a segment does not fit, or if memory starts larger than the limits allow.
    pub fn instantiate(self, _plan: impl FnOnce(&mut ReadPlan)) -> Result<Instance, Trap> {
        let instance = vellum_engine::Instance::new(&self.kept, self.session.terms.run)?;
        Ok(Instance { instance, kept: self.kept })
    }
}

/// The imported functions of a module.
pub(crate) fn func_imports(module: &vellum_engine::Module) -> impl Iterator<Item = FuncImport<'_>> {
    (0..module.func_import_count()).filter_map(|func| {
        let (module_name, name) = module.func_import_name(func)?;
        let (params, results) = module.func_types(func)?;
        Some(FuncImport { module: module_name, name, params, results })
    })
}

impl Instance {
    /// Starts a call of a function by its index. Nothing runs before [`Execution::run`].
    pub fn call(self, func: u32) -> Execution {
        let Self { instance, kept } = self;
        #[cfg(feature = "profile")]
        let instance = watched(instance);
        let execution = instance.call(func, &[]);
        #[cfg(feature = "profile")]
        let execution = crate::running::running(execution);
        Execution { running: execution, kept }
    }
}

#[cfg(feature = "profile")]
fn watched(mut instance: vellum_engine::Instance) -> vellum_engine::Instance {
    if profile::is_recording() {
        instance.start_profile();
    }
    instance
}

impl Execution {
    /// Runs until the next exit. `fuel` goes in as what may be spent and comes out as what is left;
    /// 1 fuel is 1 ps of `ref_time`.
    #[inline]
    pub fn run(&mut self, fuel: &mut u64) -> Exit {
        self.running.run(fuel)
    }

    /// Answers the pending host call and goes on. `result` is the cell of the import's one result,
    /// if its type has one.
    #[inline]
    pub fn resume(&mut self, result: Option<u64>, fuel: &mut u64) -> Exit {
        self.running.resume(result.as_slice(), fuel)
    }

    /// The arguments of the pending host call, one cell each; an i32 is zero-extended.
    #[inline]
    pub fn args(&self) -> &[u64] {
        self.running.args()
    }

    /// The results of a finished call, one cell each.
    pub fn results(&self) -> &[u64] {
        self.running.results()
    }

    /// Bytes of guest memory now.
    pub fn memory_bytes(&self) -> u32 {
        u32::try_from(self.running.memory_bytes()).unwrap_or(u32::MAX)
    }

    /// Copies guest memory out.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn read_memory(&self, offset: u32, into: &mut [u8]) -> Result<(), MemoryOutOfBounds> {
        self.running.read_memory(offset, into)
    }

    /// Copies into guest memory.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn write_memory(&mut self, offset: u32, from: &[u8]) -> Result<(), MemoryOutOfBounds> {
        self.running.write_memory(offset, from)
    }

    /// Back to the instance, for another call; what was under way is forgotten.
    pub fn into_instance(self) -> Instance {
        Instance { instance: Running::into_instance(self.running), kept: self.kept }
    }
}
