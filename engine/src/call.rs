//! A call under way: its frames and where it stopped. It runs on an instance of the module that it
//! was made for, which it takes nothing from between runs: so one instance can have several calls
//! under way, one inside the other, and the innermost runs.

use crate::dispatch::{self, Dispatch};
use crate::exec::machine::{Machine, Parked, Registers, slot_index};
use crate::exec::meter::{Meter, Unwatched};
use crate::exec::stack::Stack;
use crate::exec::state::State;
use crate::exec::stop::Stop;
use crate::instance::Instance;
use crate::isa::field::{Charge, Func, Import, Window};
use crate::isa::shape::{Bare, CallFunc, CallHost, CallTable, Shape, TailTable};
use crate::isa::{Opcode, Unit};
use crate::module::Module;
use crate::reference::{Element, Tag};
use crate::trap::Trap;
use crate::types::{FuncType, ValType};
use alloc::vec::Vec;
use core::mem;

/// A call of a function.
pub(crate) struct Call {
    module: Module,
    ty: Option<FuncType>,
    /// Calls the function, then exits. Nobody reads it but the interpreter: return addresses of the
    /// first frame point into it.
    _stub: Vec<Unit>,
    registers: Registers,
    /// The frames, but while they are mounted: then the instance has them.
    stack: Stack,
    progress: Progress,
    /// What is known of a pending call of somebody else, so that it is looked up once.
    pending: Pending,
}

/// A call of somebody else that waits for its answer.
#[derive(Clone, Copy, Default)]
struct Pending {
    /// The first cell of its arguments, and of its results.
    start: usize,
    params: usize,
    results: usize,
}

// SAFETY: the instruction pointer points into the stub, which moves with the call without changing
// its address, or into code that the module, which the call holds on to, keeps in place; the run
// that uses it holds the call exclusively.
#[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
unsafe impl Send for Call {}

/// Why a run stops, for now or for good.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pause {
    Finished,
    /// Somebody else is to act.
    Call(Callee),
    Trap(Trap),
    OutOfFuel,
}

/// Who is to act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Callee {
    /// An imported function, by its index in the function index space.
    Import(u32),
    /// What an element of a table refers to, and the index of the type that it is called with.
    Element { element: Element, ty: u32 },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Ready,
    AtCall(Callee),
    /// The callee has answered; what comes behind the call is still to be paid.
    Answered,
    Over(Pause),
}

impl Call {
    /// A call of a function by its index. Nothing runs yet. Missing arguments are zero, surplus ones
    /// are ignored; an unknown function traps when run.
    pub(crate) fn new(module: Module, func: u32, args: &[u64], mut stack: Stack) -> Self {
        let ty = module.func_type(func).cloned();
        let slots = ty.as_ref().map_or(0, |ty| ty.params.len().max(ty.results.len()));
        let fits = stack.grow(0, slots);
        let args = args.iter().copied().chain(core::iter::repeat(0));
        for (cell, arg) in stack.cells_mut().iter_mut().zip(args).take(slots) {
            *cell = arg;
        }
        let progress = match (&ty, fits) {
            (None, _) => Progress::Over(Pause::Trap(Trap::InvalidCode)),
            (_, Err(trap)) => Progress::Over(Pause::Trap(trap)),
            _ => Progress::Ready,
        };
        let stub = entry_stub(func, func < module.func_import_count());
        let registers = Registers { ip: stub.as_ptr(), frame: 0 };
        Self { module, ty, _stub: stub, registers, stack, progress, pending: Pending::default() }
    }

    /// Lends the frames to the instance that is to run them. Whoever has several calls under way on one
    /// instance mounts the innermost.
    pub(crate) fn mount(&mut self, instance: &mut Instance) {
        mem::swap(&mut self.stack, &mut instance.state.stack);
    }

    /// Takes the frames back.
    pub(crate) fn unmount(&mut self, instance: &mut Instance) {
        mem::swap(&mut self.stack, &mut instance.state.stack);
    }

    /// Runs until the next pause. The call is mounted on the instance. While a call is pending, or when this
    /// one is over, says so again.
    ///
    /// # Panics
    /// If the instance is not one of the module that the call was made for.
    pub(crate) fn run(&mut self, instance: &mut Instance, fuel: &mut u64) -> Pause {
        match self.progress {
            Progress::Over(pause) => return pause,
            Progress::AtCall(callee) => return Pause::Call(callee),
            Progress::Answered | Progress::Ready => {}
        }
        // Code, and so every address in here, is the module's.
        assert!(self.module.is(&instance.state.module), "a call runs on instances of its own module");
        match self.run_mounted(instance, fuel) {
            Some(stop) => self.stopped(stop, &mut instance.state),
            None => Pause::OutOfFuel,
        }
    }

    /// Answers the pending call of a call that is not mounted with its results, one cell each.
    pub(crate) fn answer(&mut self, results: &[u64]) {
        Self::put_answer(&mut self.progress, self.pending, &mut self.stack, results);
    }

    /// The same of a call that is mounted.
    pub(crate) fn answer_mounted(&mut self, instance: &mut Instance, results: &[u64]) {
        Self::put_answer(&mut self.progress, self.pending, &mut instance.state.stack, results);
    }

    #[inline(always)]
    fn put_answer(progress: &mut Progress, pending: Pending, stack: &mut Stack, results: &[u64]) {
        let Progress::AtCall(_) = progress else { return };
        let Pending { start, results: count, .. } = pending;
        let cells = stack.cells_mut().get_mut(start..start + count).unwrap_or_default();
        let given = results.len().min(count);
        cells[..given].copy_from_slice(&results[..given]);
        // What a host leaves out is zero, and not what happens to stand there.
        cells[given..].fill(0);
        *progress = Progress::Answered;
    }

    /// The arguments of the pending call, one cell each; an i32 is zero-extended. Empty if none is
    /// pending. The call is not mounted.
    pub(crate) fn args(&self) -> &[u64] {
        self.args_on(&self.stack)
    }

    /// The same of a call that is mounted.
    pub(crate) fn args_mounted<'i>(&self, instance: &'i Instance) -> &'i [u64] {
        self.args_on(&instance.state.stack)
    }

    fn args_on<'s>(&self, stack: &'s Stack) -> &'s [u64] {
        let Progress::AtCall(_) = self.progress else { return &[] };
        let Pending { start, params, .. } = self.pending;
        stack.cells().get(start..start + params).unwrap_or_default()
    }

    /// The results of a finished call that is not mounted, one cell each; an i32 is zero-extended.
    pub(crate) fn results(&self) -> &[u64] {
        self.results_on(&self.stack)
    }

    /// The same of a call that is mounted.
    pub(crate) fn results_mounted<'i>(&self, instance: &'i Instance) -> &'i [u64] {
        self.results_on(&instance.state.stack)
    }

    fn results_on<'s>(&self, stack: &'s Stack) -> &'s [u64] {
        let Progress::Over(Pause::Finished) = self.progress else { return &[] };
        let count = self.ty.as_ref().map_or(0, |ty| ty.results.len());
        stack.cells().get(..count).unwrap_or_default()
    }

    /// The type that somebody else is called with.
    pub(crate) fn callee_type(&self, callee: Callee) -> Option<&FuncType> {
        callee_type(&self.module, callee)
    }

    /// Nested calls and cells that are in use while a call of somebody else is pending.
    pub(crate) fn in_use(&self) -> (u32, u32) {
        (self.stack.depth(), u32::try_from(self.pending.start + self.args().len()).unwrap_or(u32::MAX))
    }

    /// Gives the stack back, for another call.
    pub(crate) fn into_stack(self) -> Stack {
        self.stack
    }

    /// What stopped the machine; `None` if what comes behind the last call cannot be paid.
    fn run_mounted(&mut self, instance: &mut Instance, fuel: &mut u64) -> Option<Stop> {
        if self.progress == Progress::Answered {
            self.pay_after_call(instance, fuel)?;
        }
        #[cfg(feature = "profile")]
        if let Some(mut recorder) = instance.recorder.take() {
            let machine = self.machine(&mut instance.state, *fuel, &mut recorder);
            let (stop, parked) = dispatch::run_by_loop(machine);
            instance.recorder = Some(recorder);
            return Some(self.parked(stop, parked, fuel));
        }
        if instance.dispatch == Dispatch::Loop && Dispatch::HAS_TAIL_CALLS {
            return Some(self.run_by_loop(instance, fuel));
        }
        let machine = self.machine(&mut instance.state, *fuel, Unwatched::<false>);
        let (stop, parked) = dispatch::run(machine);
        Some(self.parked(stop, parked, fuel))
    }

    /// Runs by the loop where that is not the fastest backend: the loop is large, so it has a frame of its own.
    #[cold]
    #[inline(never)]
    fn run_by_loop(&mut self, instance: &mut Instance, fuel: &mut u64) -> Stop {
        let machine = self.machine(&mut instance.state, *fuel, Unwatched::<false>);
        let (stop, parked) = dispatch::run_by_loop(machine);
        self.parked(stop, parked, fuel)
    }

    #[inline(always)]
    fn machine<'s, M: Meter>(&self, state: &'s mut State, fuel: u64, meter: M) -> Machine<'s, M> {
        // SAFETY: V7, V8, V10 - the registers are those that the last run left, or those of a fresh
        // call: the entry stub calls an existing function with a window inside the stack, and the
        // module's code is verified before `State` hands it out. `run` has checked that the state is
        // of this call's module and has put this call's stack into it. Nothing else changes them.
        #[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
        unsafe {
            Machine::new(self.registers, fuel, state, meter)
        }
    }

    #[inline(always)]
    fn parked(&mut self, stop: Stop, parked: Parked, fuel: &mut u64) -> Stop {
        self.registers = parked.registers;
        *fuel = parked.fuel;
        stop
    }

    fn stopped(&mut self, stop: Stop, state: &mut State) -> Pause {
        match stop {
            Stop::HostCall { import, window } => self.at_call(Callee::Import(import), window, state),
            // Where there is one instance no element belongs to another: only code that was not
            // validated makes one up.
            Stop::ForeignCall { .. } if state.tag == Tag::ALONE => self.over(Pause::Trap(Trap::IndirectCallToNull)),
            Stop::ForeignCall { element, ty, window } => self.at_call(Callee::Element { element, ty }, window, state),
            Stop::OutOfFuel => {
                self.progress = Progress::Ready;
                Pause::OutOfFuel
            }
            Stop::Finished => {
                if let Some(ty) = &self.ty {
                    zero_extend(state.stack.cells_mut(), &ty.results);
                }
                self.over(Pause::Finished)
            }
            Stop::Trap(trap) => self.over(Pause::Trap(trap)),
            Stop::Unprepared | Stop::Untouched { .. } => unreachable!("backends see to these and go on; qed"),
        }
    }

    fn at_call(&mut self, callee: Callee, window: Window, state: &mut State) -> Pause {
        self.progress = Progress::AtCall(callee);
        let start = self.registers.frame + slot_index(window);
        self.pending = Pending { start, ..Pending::default() };
        if let Some(ty) = callee_type(&self.module, callee) {
            self.pending = Pending { start, params: ty.params.len(), results: ty.results.len() };
            if let Some(cells) = state.stack.cells_mut().get_mut(start..) {
                zero_extend(cells, &ty.params);
            }
        }
        Pause::Call(callee)
    }

    fn over(&mut self, pause: Pause) -> Pause {
        self.progress = Progress::Over(pause);
        pause
    }

    /// Pays for the block behind the call, and moves there; `None` if it cannot be paid.
    fn pay_after_call(&mut self, instance: &mut Instance, fuel: &mut u64) -> Option<()> {
        let (charge, units) = self.call_end(instance);
        *fuel = fuel.checked_sub(u64::from(charge.0))?;
        #[cfg(feature = "profile")]
        if let Some(recorder) = &mut instance.recorder {
            let mut recorder = recorder;
            let site = units - <Charge as crate::isa::field::Field>::UNITS;
            Meter::block(&mut recorder, self.registers.ip.wrapping_add(site));
        }
        self.registers.ip = self.registers.ip.wrapping_add(units);
        self.progress = Progress::Ready;
        Some(())
    }

    /// The charge at the end of the call instruction at the instruction pointer, and its units.
    fn call_end(&mut self, instance: &mut Instance) -> (Charge, usize) {
        // SAFETY: V7 - the registers are at a call instruction: only those call somebody else.
        #[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
        let machine = unsafe { Machine::new(self.registers, 0, &mut instance.state, Unwatched::<false>) };
        match machine.opcode() {
            // What follows returns what the callee has answered: that is this function's own block.
            Opcode::TailCallTable => (Charge(0), TailTable::UNITS),
            Opcode::CallTable => (machine.fetch::<CallTable>().after, CallTable::UNITS),
            _ => (machine.fetch::<CallHost>().after, CallHost::UNITS),
        }
    }
}

fn callee_type(module: &Module, callee: Callee) -> Option<&FuncType> {
    match callee {
        Callee::Import(func) => module.func_type(func),
        Callee::Element { ty, .. } => module.header().ty(ty),
    }
}

/// What holds an i32 may hold anything above it; others get to see a number.
fn zero_extend(cells: &mut [u64], types: &[ValType]) {
    for (cell, ty) in cells.iter_mut().zip(types) {
        if matches!(ty, ValType::I32 | ValType::F32) {
            *cell &= u64::from(u32::MAX);
        }
    }
}

/// Code that calls a function with the window at the frame's first cell, then exits.
fn entry_stub(func: u32, imported: bool) -> Vec<Unit> {
    let (window, after) = (Window(0), Charge(0));
    let mut code = Vec::new();
    if imported {
        CallHost { import: Import(func), window, after }.write(Opcode::CallHost.head(), &mut code);
    } else {
        CallFunc { func: Func(func), window, after }.write(Opcode::CallFunc.head(), &mut code);
    }
    Bare {}.write(Opcode::Exit.head(), &mut code);
    code
}
