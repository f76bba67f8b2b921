//! Instances and the calls under way in them.
//!
//! Host functions are exits, not callbacks (Law 4): [`Execution::run`] returns, the caller acts,
//! and [`Execution::resume`] goes on. The engine never calls anybody.

use crate::dispatch;
use crate::error::CodeError;
use crate::exec::linear_memory::LinearMemory;
use crate::exec::machine::{Machine, Registers, Stop, slot_index};
use crate::exec::meter::Meter;
use crate::exec::stack::Stack;
use crate::exec::state::{ElementTable, State};
use crate::isa::field::{Charge, Func, Import, Window};
use crate::isa::shape::{Bare, CallFunc, CallHost, Shape};
use crate::isa::{Opcode, Unit};
use crate::limits::RunLimits;
use crate::module::Module;
use crate::module::header::{ConstExpr, Header};
use crate::trap::Trap;
use crate::types::{FuncType, ValType};
use alloc::vec::Vec;

/// The most pages that 32-bit addresses reach.
const PAGES_MAX: u32 = 65_536;

/// A module with its own memory, globals and tables.
pub struct Instance {
    state: State,
    #[cfg(feature = "profile")]
    recorder: Option<crate::exec::meter::Recorder>,
}

/// How a run ends, for now or for good.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// The function has returned: see [`Execution::results`].
    Finished,
    /// The host is to act: see [`Execution::args`], then [`Execution::resume`].
    HostCall {
        /// The imported function, by its index in the function index space.
        import: u32,
    },
    /// The call has failed for good.
    Trap(Trap),
    /// What comes next cannot be paid. Nothing of it has happened: with more fuel,
    /// [`Execution::run`] goes on with it.
    OutOfFuel,
}

/// An access past the end of linear memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MemoryOutOfBounds;

impl Instance {
    /// An instance with zeroed memory, initial globals, and active segments placed. The fuel that
    /// this is worth is the module's [`instantiation_fuel`](Module::instantiation_fuel).
    ///
    /// # Errors
    /// A trap if memory or a table is too small for what a segment places, or if memory starts
    /// larger than the limits allow.
    pub fn new(module: &Module, limits: RunLimits) -> Result<Self, Trap> {
        let header = module.header();
        let memory = header.memory.map_or(Ok(LinearMemory::new(0, 0)), |ty| {
            let max = ty.max_pages.unwrap_or(PAGES_MAX).min(limits.memory_pages).min(PAGES_MAX);
            if ty.min_pages > max { Err(Trap::MemoryOutOfBounds) } else { Ok(LinearMemory::new(ty.min_pages, max)) }
        })?;
        let mut state = State::new(module.clone(), memory, Stack::new(limits));
        for global in &header.globals {
            let value = Header::evaluate(&global.init, &state.globals).ok_or(Trap::InvalidCode)?;
            state.globals.push(value);
        }
        for table in &header.tables {
            let max = table.max.unwrap_or(u32::MAX).min(limits.table_elements);
            if table.min > max {
                return Err(Trap::TableOutOfBounds);
            }
            state.tables.push(ElementTable::new(table.min, max));
        }
        place_elements(&mut state)?;
        place_data(&mut state)?;
        Ok(Self {
            state,
            #[cfg(feature = "profile")]
            recorder: None,
        })
    }

    /// Starts a call of a function by its index. Nothing runs before [`Execution::run`]. Missing
    /// arguments are zero, surplus ones are ignored; an unknown function traps when run.
    pub fn call(mut self, func: u32, args: &[u64]) -> Execution {
        let ty = self.state.module.func_type(func).cloned();
        let slots = ty.as_ref().map_or(0, |ty| ty.params.len().max(ty.results.len()));
        self.state.stack.reset();
        let room = u32::try_from(slots).unwrap_or(u32::MAX);
        let fits = self.state.stack.grow(0, room);
        for (cell, arg) in
            self.state.stack.cells_mut().iter_mut().zip(args.iter().copied().chain(core::iter::repeat(0))).take(slots)
        {
            *cell = arg;
        }
        let progress = match (&ty, fits) {
            (None, _) => Progress::Over(Exit::Trap(Trap::InvalidCode)),
            (_, Err(trap)) => Progress::Over(Exit::Trap(trap)),
            _ => Progress::Ready,
        };
        let stub = entry_stub(func, func < self.state.module.func_import_count());
        let registers = Registers { ip: stub.as_ptr(), frame: 0 };
        Execution { instance: self, ty, _stub: stub, registers, progress, window: Window(0) }
    }

    /// The module.
    pub fn module(&self) -> &Module {
        &self.state.module
    }

    /// Linear memory; empty if the module has none.
    pub fn memory(&self) -> &[u8] {
        self.state.memory.bytes()
    }

    /// Linear memory, to write to.
    pub fn memory_mut(&mut self) -> &mut [u8] {
        self.state.memory.bytes_mut()
    }

    /// From now on counts what is charged; see [`Instance::profile`].
    #[cfg(feature = "profile")]
    pub fn start_profile(&mut self) {
        self.recorder = Some(crate::exec::meter::Recorder::default());
    }

    /// Units of each gas class that were charged since [`Instance::start_profile`].
    #[cfg(feature = "profile")]
    pub fn profile(&self) -> Option<crate::profile::ClassCounts> {
        self.recorder.as_ref().map(|recorder| recorder.counts(&self.state.module))
    }
}

/// A call under way: run it, act on its exits, resume it.
pub struct Execution {
    instance: Instance,
    ty: Option<FuncType>,
    /// Calls the function, then exits. Nobody reads it but the interpreter: return addresses of the
    /// first frame point into it.
    _stub: alloc::boxed::Box<[Unit]>,
    registers: Registers,
    progress: Progress,
    /// Where the arguments of a pending host call are, relative to the frame.
    window: Window,
}

// SAFETY: the instruction pointer points into the stub, which moves with the execution without
// changing its address, or into code that the module keeps in place; the run that uses it holds the
// execution exclusively.
#[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
unsafe impl Send for Execution {}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Ready,
    AtHost {
        import: u32,
    },
    /// The host has answered; what comes behind the call is still to be paid.
    Answered,
    Over(Exit),
}

impl Execution {
    /// Runs until the next exit. `fuel` is what may be spent (1 fuel is 1 ps of `ref_time`), and
    /// becomes what is left. While a host call is pending, or when the call is over, returns that
    /// exit again.
    pub fn run(&mut self, fuel: &mut u64) -> Exit {
        match self.progress {
            Progress::Over(exit) => return exit,
            Progress::AtHost { import } => return Exit::HostCall { import },
            Progress::Answered => {
                if let Err(exit) = self.pay_after_host(fuel) {
                    return exit;
                }
            }
            Progress::Ready => {}
        }
        #[cfg(feature = "profile")]
        if let Some(mut recorder) = self.instance.recorder.take() {
            let exit = self.dispatch(fuel, &mut recorder);
            self.instance.recorder = Some(recorder);
            return exit;
        }
        self.dispatch(fuel, crate::exec::meter::Unwatched)
    }

    /// Answers the pending host call with its results, one cell each, and goes on.
    pub fn resume(&mut self, results: &[u64], fuel: &mut u64) -> Exit {
        if matches!(self.progress, Progress::AtHost { .. }) {
            let start = self.window_start();
            for (cell, result) in self.instance.state.stack.cells_mut()[start..].iter_mut().zip(results) {
                *cell = *result;
            }
            self.progress = Progress::Answered;
        }
        self.run(fuel)
    }

    /// The arguments of the pending host call, one cell each; an i32 is zero-extended. Empty if
    /// none is pending.
    pub fn args(&self) -> &[u64] {
        let Progress::AtHost { import } = self.progress else { return &[] };
        let count = self.instance.state.module.func_type(import).map_or(0, |ty| ty.params.len());
        let start = self.window_start();
        self.instance.state.stack.cells().get(start..start + count).unwrap_or_default()
    }

    /// The results of a finished call, one cell each; an i32 is zero-extended.
    pub fn results(&self) -> &[u64] {
        let Progress::Over(Exit::Finished) = self.progress else { return &[] };
        let count = self.ty.as_ref().map_or(0, |ty| ty.results.len());
        self.instance.state.stack.cells().get(..count).unwrap_or_default()
    }

    /// What was wrong with the function that ended the call with
    /// [`Trap::InvalidCode`](crate::Trap::InvalidCode): the rule, the function and the byte.
    pub fn invalid_code(&self) -> Option<&CodeError> {
        self.instance.state.fault.as_ref()
    }

    /// Bytes of linear memory now.
    pub fn memory_bytes(&self) -> usize {
        self.instance.memory().len()
    }

    /// Copies guest memory out.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn read_memory(&self, offset: u32, into: &mut [u8]) -> Result<(), MemoryOutOfBounds> {
        let span = self.instance.state.memory.span(offset, into.len()).ok_or(MemoryOutOfBounds)?;
        into.copy_from_slice(span);
        Ok(())
    }

    /// Copies into guest memory.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn write_memory(&mut self, offset: u32, from: &[u8]) -> Result<(), MemoryOutOfBounds> {
        let span = self.instance.state.memory.span_mut(offset, from.len()).ok_or(MemoryOutOfBounds)?;
        span.copy_from_slice(from);
        Ok(())
    }

    /// The instance.
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// Gives the instance back, for another call; what was under way is forgotten.
    pub fn into_instance(self) -> Instance {
        self.instance
    }

    fn dispatch<M: Meter>(&mut self, fuel: &mut u64, meter: M) -> Exit {
        // SAFETY: V7, V8, V10 - the registers are those that the last run left, or those of a fresh
        // call: the entry stub calls an existing function with a window inside the stack, and the
        // module's code is verified before `State` hands it out. Nothing else changes them.
        #[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
        let machine = unsafe { Machine::new(self.registers, *fuel, &mut self.instance.state, meter) };
        let stop;
        (stop, self.registers, *fuel) = dispatch::run(machine);
        self.stopped(stop)
    }

    fn stopped(&mut self, stop: Stop) -> Exit {
        match stop {
            Stop::HostCall { import, window } => {
                self.window = window;
                self.progress = Progress::AtHost { import };
                let ty = self.instance.state.module.func_type(import).cloned();
                let start = self.window_start();
                self.zero_extend(start, ty.as_ref().map_or(&[], |ty| &ty.params));
                Exit::HostCall { import }
            }
            Stop::OutOfFuel => {
                self.progress = Progress::Ready;
                Exit::OutOfFuel
            }
            Stop::Finished => {
                let ty = self.ty.clone();
                self.zero_extend(0, ty.as_ref().map_or(&[], |ty| &ty.results));
                self.over(Exit::Finished)
            }
            Stop::Trap(trap) => self.over(Exit::Trap(trap)),
        }
    }

    fn over(&mut self, exit: Exit) -> Exit {
        self.progress = Progress::Over(exit);
        exit
    }

    /// What holds an i32 may hold anything above it; hosts get to see a number.
    fn zero_extend(&mut self, start: usize, types: &[ValType]) {
        for (cell, ty) in self.instance.state.stack.cells_mut()[start..].iter_mut().zip(types) {
            if matches!(ty, ValType::I32 | ValType::F32) {
                *cell &= u64::from(u32::MAX);
            }
        }
    }

    fn window_start(&self) -> usize {
        self.registers.frame + slot_index(self.window)
    }

    /// Pays for the block behind the host call, and moves there.
    fn pay_after_host(&mut self, fuel: &mut u64) -> Result<(), Exit> {
        let (charge, units) = self.host_call_end();
        *fuel = fuel.checked_sub(u64::from(charge.0)).ok_or(Exit::OutOfFuel)?;
        #[cfg(feature = "profile")]
        if let Some(recorder) = &mut self.instance.recorder {
            let mut recorder = recorder;
            Meter::block(
                &mut recorder,
                self.registers.ip.wrapping_add(units - <Charge as crate::isa::field::Field>::UNITS),
            );
        }
        self.registers.ip = self.registers.ip.wrapping_add(units);
        self.progress = Progress::Ready;
        Ok(())
    }

    /// The charge at the end of the call instruction at the instruction pointer, and its units.
    fn host_call_end(&mut self) -> (Charge, usize) {
        // SAFETY: V7 - the registers are at a call instruction: only those make a host call.
        #[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
        let machine =
            unsafe { Machine::new(self.registers, 0, &mut self.instance.state, crate::exec::meter::Unwatched) };
        match machine.opcode() {
            // What follows returns what the host has answered: that is this function's own block.
            Opcode::TailCallTable => (Charge(0), crate::isa::shape::TailTable::UNITS),
            Opcode::CallTable => {
                let call = machine.fetch::<crate::isa::shape::CallTable>();
                (call.after, crate::isa::shape::CallTable::UNITS)
            }
            _ => (machine.fetch::<CallHost>().after, CallHost::UNITS),
        }
    }
}

/// Code that calls a function with the window at the frame's first cell, then exits.
fn entry_stub(func: u32, imported: bool) -> alloc::boxed::Box<[Unit]> {
    let (window, after) = (Window(0), Charge(0));
    let mut code = Vec::new();
    if imported {
        CallHost { import: Import(func), window, after }.write(Opcode::CallHost.number(), &mut code);
    } else {
        CallFunc { func: Func(func), window, after }.write(Opcode::CallFunc.number(), &mut code);
    }
    Bare {}.write(Opcode::Exit.number(), &mut code);
    code.into_boxed_slice()
}

fn place_elements(state: &mut State) -> Result<(), Trap> {
    let module = state.module.clone();
    for segment in &module.header().elements {
        let items = segment.items.iter().map(|item| Header::evaluate(item, &state.globals));
        let items = items.collect::<Option<Vec<_>>>().ok_or(Trap::InvalidCode)?;
        let Some(place) = &segment.active else {
            state.segments.push(items);
            continue;
        };
        let offset = offset(&place.offset, &state.globals)?;
        let table = usize::try_from(place.index).ok().and_then(|index| state.tables.get_mut(index));
        let table = table.ok_or(Trap::TableOutOfBounds)?;
        let end = offset.checked_add(items.len()).ok_or(Trap::TableOutOfBounds)?;
        table.elements_mut().get_mut(offset..end).ok_or(Trap::TableOutOfBounds)?.copy_from_slice(&items);
        // An active segment has been used up.
        state.segments.push(Vec::new());
    }
    Ok(())
}

fn place_data(state: &mut State) -> Result<(), Trap> {
    let module = state.module.clone();
    for (segment, dropped) in module.header().data.iter().zip(&mut state.dropped) {
        let Some(place) = &segment.active else { continue };
        let offset = offset(&place.offset, &state.globals)?;
        let bytes = module.bytes(&segment.bytes);
        let span = u32::try_from(offset).ok().and_then(|offset| state.memory.span_mut(offset, bytes.len()));
        span.ok_or(Trap::MemoryOutOfBounds)?.copy_from_slice(bytes);
        // As above.
        *dropped = true;
    }
    Ok(())
}

fn offset(expr: &ConstExpr, globals: &[u64]) -> Result<usize, Trap> {
    let value = Header::evaluate(expr, globals).ok_or(Trap::InvalidCode)?;
    usize::try_from(value & u64::from(u32::MAX)).map_err(|_| Trap::MemoryOutOfBounds)
}
