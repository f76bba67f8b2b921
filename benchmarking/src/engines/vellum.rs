//! Vellum: host calls are exits, so the loop around [`Execution::run`] is the host.

use super::{CALL_DEPTH, Code, Engine, Fault, MEMORY_PAGES, Session, TABLE_ELEMENTS, Translation};
use crate::host::{Answer, GuestMemory, Host, HostFunction, OutOfBounds};
use anyhow::{Result, anyhow};
use vellum_engine::{
    Dispatch, Execution, Exit, Instance, MemoryMut, Mode, Module, Policy, PriceTable, RunLimits, Trap,
};

/// Locals and operands of all frames, in cells: more than any workload takes.
const STACK_HEIGHT: u32 = 1 << 20;

/// The engine with a price table.
pub struct Vellum {
    name: &'static str,
    prices: PriceTable,
    translation: Translation,
    portion: Option<u64>,
    dispatch: Dispatch,
}

impl Vellum {
    /// With the prices of the engine in the node.
    pub fn new(translation: Translation) -> Self {
        Self::priced(vellum_weights::host(), translation)
    }

    /// With other prices.
    pub fn priced(prices: PriceTable, translation: Translation) -> Self {
        Self { name: "vellum", prices, translation, portion: None, dispatch: Dispatch::Fastest }
    }

    /// With prices of zero, and a name that says so. Charges are still taken: see [`PriceTable::free`].
    pub fn free(translation: Translation) -> Self {
        Self::priced(PriceTable::free(), translation).named("vellum, free")
    }

    /// With a name of its own in reports.
    #[must_use]
    pub fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// Runs out of fuel whenever this much is used, and goes on with as much again.
    #[must_use]
    pub fn in_portions(mut self, fuel: u64) -> Self {
        self.portion = Some(fuel);
        self
    }

    /// Goes from instruction to instruction by this backend.
    #[must_use]
    pub fn dispatched(mut self, dispatch: Dispatch) -> Self {
        self.dispatch = dispatch;
        self
    }

    /// Reads a blob.
    ///
    /// # Errors
    /// The rule that the blob breaks, and where.
    pub fn module(&self, blob: &[u8]) -> Result<VellumCode> {
        let mode = match self.translation {
            Translation::Eager => Mode::Eager,
            Translation::Lazy => Mode::LazyTranslation,
            Translation::Stored => Mode::Lazy,
        };
        let module = Module::new(blob, &Policy::all(), &self.prices, mode).map_err(|error| anyhow!("{error}"))?;
        let functions = (0..module.func_import_count()).map(|import| {
            let import = module.func_import(import);
            import.and_then(|import| HostFunction::named(&import.module, &import.name))
        });
        let functions = functions.collect();
        Ok(VellumCode { module, functions, portion: self.portion, dispatch: self.dispatch })
    }
}

impl Engine for Vellum {
    fn name(&self) -> String {
        self.name.into()
    }

    fn compile(&self, blob: &[u8]) -> Result<Box<dyn Code>> {
        Ok(Box::new(self.module(blob)?))
    }
}

/// A blob that Vellum has read.
pub struct VellumCode {
    module: Module,
    functions: Vec<Option<HostFunction>>,
    portion: Option<u64>,
    dispatch: Dispatch,
}

impl VellumCode {
    /// The same as [`Code::prepare`], as its own type: it knows the fuel that was used.
    pub fn session(&self, host: Host) -> VellumSession {
        VellumSession {
            module: self.module.clone(),
            functions: self.functions.clone(),
            instance: None,
            host,
            portion: self.portion,
            dispatch: self.dispatch,
            fuel_used: 0,
            fuel_max: u64::MAX,
        }
    }

    /// What an instance is worth, in fuel.
    pub fn instantiation_fuel(&self) -> u64 {
        self.module.instantiation_fuel()
    }
}

impl Code for VellumCode {
    fn prepare(&self, host: Host) -> Box<dyn Session> {
        Box::new(self.session(host))
    }

    fn instantiation_fuel(&self) -> u64 {
        Self::instantiation_fuel(self)
    }
}

/// An instance of Vellum.
pub struct VellumSession {
    module: Module,
    functions: Vec<Option<HostFunction>>,
    instance: Option<Instance>,
    host: Host,
    portion: Option<u64>,
    dispatch: Dispatch,
    fuel_used: u64,
    fuel_max: u64,
}

impl VellumSession {
    /// Fuel that all calls so far have used; not what instantiation is worth.
    pub fn fuel_used(&self) -> u64 {
        self.fuel_used
    }

    /// Calls end when all of them have used so much.
    pub fn limit_fuel(&mut self, fuel: u64) {
        self.fuel_max = fuel;
    }

    /// Makes the instance, and counts from now on what it runs.
    ///
    /// # Errors
    /// Why there is no instance.
    #[cfg(feature = "profile")]
    pub fn profile(&mut self) -> Result<(), Fault> {
        self.instantiate()?;
        if let Some(instance) = &mut self.instance {
            instance.start_profile();
        }
        Ok(())
    }

    /// What ran since [`VellumSession::profile`].
    #[cfg(feature = "profile")]
    pub fn code_counts(&self) -> Vec<vellum_engine::CodeCounts> {
        self.instance.as_ref().and_then(Instance::code_counts).unwrap_or_default()
    }

    fn run(&mut self, func: u32, args: &[u64]) -> Result<Vec<u64>, Fault> {
        let instance = self.instance.take().ok_or_else(|| Fault::Other("no instance".into()))?;
        let mut call = instance.call(func, args);
        let outcome = self.drive(&mut call);
        self.instance = Some(call.into_instance());
        outcome
    }

    fn drive(&mut self, call: &mut Execution) -> Result<Vec<u64>, Fault> {
        let mut pot = self.fuel_max - self.fuel_used;
        let mut fuel = self.portion.unwrap_or(pot).min(pot);
        pot -= fuel;
        let mut exit = call.run(&mut fuel);
        let outcome = loop {
            match exit {
                Exit::Finished => break Ok(call.results().to_vec()),
                Exit::Trap(trap) => break Err(fault(trap)),
                Exit::OutOfFuel => {
                    // What does not fit in one portion may fit in several.
                    let more = self.portion.unwrap_or(0).min(pot);
                    if more == 0 {
                        break Err(Fault::OutOfFuel);
                    }
                    pot -= more;
                    fuel += more;
                    exit = call.run(&mut fuel);
                }
                Exit::HostCall { import } => {
                    let function = usize::try_from(import).ok().and_then(|at| *self.functions.get(at)?);
                    let Some(function) = function else { break Err(Fault::Other(format!("no import {import}"))) };
                    let (args, mut memory) = call.args_and_memory();
                    let result = match self.host.call(function, args, &mut memory) {
                        Ok(Answer::Nothing) => None,
                        Ok(Answer::Value(value)) => Some(value),
                        Ok(Answer::Return) => break Err(Fault::Returned),
                        Err(OutOfBounds) => break Err(Fault::Other("the host was given a bad pointer".into())),
                    };
                    exit = call.resume(result.as_slice(), &mut fuel);
                }
            }
        };
        self.fuel_used = self.fuel_max - pot - fuel;
        outcome
    }
}

impl Session for VellumSession {
    fn instantiate(&mut self) -> Result<(), Fault> {
        let limits = RunLimits {
            call_depth: CALL_DEPTH,
            stack_height: STACK_HEIGHT,
            memory_pages: MEMORY_PAGES,
            table_elements: TABLE_ELEMENTS,
        };
        let mut instance = Instance::new(&self.module, limits).map_err(fault)?;
        instance.set_dispatch(self.dispatch);
        self.instance = Some(instance);
        match self.module.start_func() {
            Some(start) => self.run(start, &[]).map(|_| ()),
            None => Ok(()),
        }
    }

    fn call(&mut self, name: &str, args: &[u64]) -> Result<Vec<u64>, Fault> {
        let func = self.module.exported_func(name).ok_or_else(|| Fault::Other(format!("no export {name}")))?;
        self.run(func, args)
    }

    fn fuel_used(&self) -> Option<u64> {
        Some(self.fuel_used)
    }

    fn memory(&self) -> Option<Vec<u8>> {
        Some(self.instance.as_ref().map_or_else(Vec::new, |instance| instance.memory().to_vec()))
    }

    fn take_host(&mut self) -> Host {
        std::mem::take(&mut self.host)
    }
}

impl GuestMemory for MemoryMut<'_> {
    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), OutOfBounds> {
        MemoryMut::read(self, offset, into).map_err(|_| OutOfBounds)
    }

    fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), OutOfBounds> {
        MemoryMut::write(self, offset, from).map_err(|_| OutOfBounds)
    }
}

/// A trap in common words.
pub fn fault(trap: Trap) -> Fault {
    match trap {
        Trap::Unreachable => Fault::Unreachable,
        Trap::MemoryOutOfBounds => Fault::MemoryOutOfBounds,
        Trap::TableOutOfBounds => Fault::TableOutOfBounds,
        Trap::IndirectCallToNull => Fault::IndirectCallToNull,
        Trap::IntegerOverflow => Fault::IntegerOverflow,
        Trap::IntegerDivideByZero => Fault::IntegerDivideByZero,
        Trap::IndirectCallTypeMismatch => Fault::IndirectCallTypeMismatch,
        Trap::CallDepthExceeded | Trap::StackHeightExceeded => Fault::StackExhausted,
        Trap::InvalidConversion => Fault::InvalidConversion,
        Trap::InvalidCode => Fault::Other("invalid code".into()),
    }
}
