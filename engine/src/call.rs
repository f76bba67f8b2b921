//! A call under way: its frames and where it stopped. It runs on an instance of the module that it
//! was made for, which it takes nothing from between runs: so one instance can have several calls
//! under way, one inside the other, and the innermost runs.

use crate::dispatch;
use crate::exec::after_call;
use crate::exec::machine::{Machine, slot_index};
use crate::exec::meter::{Meter, Unwatched};
use crate::exec::stack::Stack;
use crate::exec::state::State;
use crate::exec::stop::{Halt, HostCall, Stop};
use crate::instance::Instance;
use crate::isa::field::{Charge, Func, Import, Signature, Window};
use crate::isa::shape::{Bare, CallFunc, CallHost, Shape};
use crate::isa::signature::{Passed, is_narrow};
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
    stub: Vec<Unit>,
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

/// Why a run stops, for now or for good, when it is not that an imported function is to act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pause {
    Finished,
    /// What an element of a table refers to is to act: see [`Call::element`].
    Element,
    Trap(Trap),
    OutOfFuel,
}

/// The imported function that is to act, by its index in the function index space; `None` if a run has stopped for
/// another reason, which [`Call::pause`] says. Two things and not one, so that what is frequent never meets what is rare in
/// one value, which would have to be taken apart again.
pub(crate) type Awaited = Option<u32>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Ready,
    /// The callee has answered; what comes behind the call is still to be paid.
    Answered,
    /// Waits for an imported function.
    AtImport(u32),
    /// Waits for what an element of a table refers to, which is called with a type.
    AtElement {
        element: Element,
        ty: u32,
    },
    Over(Pause),
}

impl Progress {
    #[inline(always)]
    fn is_at_call(self) -> bool {
        matches!(self, Self::AtImport(_) | Self::AtElement { .. })
    }
}

impl Call {
    /// A call of a function by its index. Nothing runs yet. Missing arguments are zero, surplus ones
    /// are ignored; an unknown function traps when run.
    pub(crate) fn new(module: Module, func: u32, args: &[u64], mut stack: Stack) -> Self {
        let ty = module.header().func_type_index(func).map(|ty| module.header().make_type(ty));
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
        let signature = ty.as_ref().filter(|_| func < module.func_import_count()).map(Signature::of);
        let stub = entry_stub(func, signature);
        stack.begin(stub.as_ptr());
        Self { module, ty, stub, stack, progress, pending: Pending::default() }
    }

    /// Lends the frames to the instance that is to run them. Whoever has several calls under way on one
    /// instance mounts the innermost.
    ///
    /// # Panics
    /// If the instance is not one of the module that the call was made for.
    pub(crate) fn mount(&mut self, instance: &mut Instance) {
        // Code, and so every address in here, is the module's.
        assert!(self.module.is(&instance.state.module), "a call runs on instances of its own module");
        mem::swap(&mut self.stack, &mut instance.state.stack);
    }

    /// Takes the frames back.
    pub(crate) fn unmount(&mut self, instance: &mut Instance) {
        mem::swap(&mut self.stack, &mut instance.state.stack);
    }

    /// Runs until the next pause. While a call is pending, or when this one is over, says so again.
    ///
    /// # Panics
    /// If the call is not mounted on the instance.
    #[inline(always)]
    pub(crate) fn run(&mut self, instance: &mut Instance, fuel: &mut u64) -> Awaited {
        if !matches!(self.progress, Progress::Answered | Progress::Ready) {
            return self.awaited();
        }
        assert!(instance.state.stack.is_of(self.stub.as_ptr()), "a call runs where it is mounted");
        #[cfg(feature = "profile")]
        if instance.recorder.is_some() {
            return self.run_recorded(instance, fuel);
        }
        #[cfg(all(vellum_tail_calls, not(debug_assertions)))]
        if instance.dispatch == dispatch::Dispatch::Fastest {
            return self.run_by(&mut instance.state, fuel, Unwatched::<false>, dispatch::run_by_tail_calls);
        }
        self.run_by_loop(instance, fuel)
    }

    /// Runs by the loop. That is large: so it stands here once, whoever has `run` inlined.
    #[cfg_attr(all(vellum_tail_calls, not(debug_assertions)), cold)]
    #[inline(never)]
    fn run_by_loop(&mut self, instance: &mut Instance, fuel: &mut u64) -> Awaited {
        self.run_by(&mut instance.state, fuel, Unwatched::<false>, dispatch::run_by_loop)
    }

    #[cfg(feature = "profile")]
    #[inline(never)]
    fn run_recorded(&mut self, instance: &mut Instance, fuel: &mut u64) -> Awaited {
        let mut recorder = instance.recorder.take().expect("the caller has seen it; qed");
        let awaited = self.run_by(&mut instance.state, fuel, &mut recorder, dispatch::run_by_loop);
        instance.recorder = Some(recorder);
        awaited
    }

    /// Makes a machine of the state, has a backend run it, and makes sense of why it has stopped. If it stands at a call
    /// that has been answered, it goes on behind that.
    #[inline(always)]
    fn run_by<M: Meter, H: Halt>(
        &mut self,
        state: &mut State,
        fuel: &mut u64,
        meter: M,
        run: impl FnOnce(Machine<'_, M>) -> H,
    ) -> Awaited {
        // SAFETY: V7, V8, V10 - the place is the one that the last run noted, or that of a fresh
        // call: the entry stub calls an existing function with a window inside the stack, and the
        // module's code is verified before `State` hands it out. `run` has checked that the state has
        // this call's stack, and `mount`, which put it there, that it is of this call's module. Nothing else
        // changes them.
        #[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
        let mut machine = unsafe { Machine::new(*fuel, state, meter) };
        if matches!(self.progress, Progress::Answered) {
            if after_call(&mut machine).is_err() {
                // It is still to be paid.
                return None;
            }
            self.progress = Progress::Ready;
        }
        machine.begin_run();
        let halt = run(machine);
        *fuel = halt.fuel();
        // By far the most frequent, so nothing else stands in its way.
        if let Some(HostCall { import, signature, window }) = halt.host_call() {
            self.at_call(Progress::AtImport(import), signature, window, state);
            return Some(import);
        }
        self.stopped(halt.stop(), state);
        None
    }

    /// The imported function that is to act.
    fn awaited(&self) -> Awaited {
        if let Progress::AtImport(import) = self.progress { Some(import) } else { None }
    }

    /// Why the last run has stopped for which no imported function is to act.
    pub(crate) fn pause(&self) -> Pause {
        match self.progress {
            Progress::Over(pause) => pause,
            Progress::AtElement { .. } => Pause::Element,
            // It could go on: all that keeps it is fuel.
            Progress::Answered | Progress::Ready | Progress::AtImport(_) => Pause::OutOfFuel,
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
        if !progress.is_at_call() {
            return;
        }
        let Pending { start, results: count, .. } = pending;
        match (count, results) {
            (0, _) => {}
            // One result, as nearly all have: nothing is copied by loops.
            (1, [result, ..]) => {
                if let Some(cell) = stack.cells_mut().get_mut(start) {
                    *cell = *result;
                }
            }
            _ => put_cells(stack, start, count, results),
        }
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

    #[inline]
    pub(crate) fn args_on<'s>(&self, stack: &'s Stack) -> &'s [u64] {
        if !self.progress.is_at_call() {
            return &[];
        }
        let Pending { start, params, .. } = self.pending;
        stack.cells().get(start..).and_then(|cells| cells.get(..params)).unwrap_or_default()
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

    /// The element of a table whose call is pending, and the type that it is called with.
    pub(crate) fn element(&self) -> Option<(Element, &FuncType)> {
        let Progress::AtElement { element, ty } = self.progress else { return None };
        Some((element, self.module.header().ty(ty)?))
    }

    /// Nested calls and cells that are in use while a call of somebody else is pending.
    pub(crate) fn in_use(&self) -> (u32, u32) {
        (self.stack.depth(), u32::try_from(self.pending.start + self.args().len()).unwrap_or(u32::MAX))
    }

    /// Gives the stack back, for another call.
    pub(crate) fn into_stack(self) -> Stack {
        self.stack
    }

    /// Notes what has stopped the machine, if it is no host call.
    #[cold]
    #[inline(never)]
    fn stopped(&mut self, stop: Stop, state: &mut State) {
        let over = match stop {
            // Where there is one instance no element belongs to another: only code that was not
            // validated makes one up.
            Stop::ForeignCall { .. } if state.tag == Tag::ALONE => Pause::Trap(Trap::IndirectCallToNull),
            Stop::ForeignCall { element, ty, window } => {
                let signature = self.module.header().ty(ty).map_or(Signature::LONG, Signature::of);
                return self.at_call(Progress::AtElement { element, ty }, signature, window, state);
            }
            Stop::OutOfFuel => return,
            Stop::Finished => {
                if let Some(ty) = &self.ty {
                    zero_extend(state.stack.cells_mut(), &ty.results);
                }
                Pause::Finished
            }
            Stop::Trap(trap) => Pause::Trap(trap),
            Stop::HostCall(_) => unreachable!("a halt says host calls by themselves; qed"),
            Stop::Unprepared => unreachable!("backends prepare instructions and go on; qed"),
        };
        self.progress = Progress::Over(over);
    }

    #[inline(always)]
    fn at_call(&mut self, progress: Progress, signature: Signature, window: Window, state: &mut State) {
        self.progress = progress;
        let start = state.stack.place.frame + slot_index(window);
        let Some(Passed { params, results, narrow }) = signature.passed() else {
            return self.at_long_call(start, state);
        };
        if narrow != 0 {
            let cells = state.stack.cells_mut().get_mut(start..start + params).unwrap_or_default();
            clear_upper_halves(cells, narrow);
        }
        self.pending = Pending { start, params, results };
    }

    /// The rest of this for a call whose type does not fit a word.
    #[cold]
    #[inline(never)]
    fn at_long_call(&mut self, start: usize, state: &mut State) {
        self.pending = Pending { start, ..Pending::default() };
        let ty = match self.progress {
            Progress::AtImport(func) => self.module.func_type(func),
            Progress::AtElement { ty, .. } => self.module.header().ty(ty),
            _ => None,
        };
        let Some(ty) = ty else { return };
        if let Some(cells) = state.stack.cells_mut().get_mut(start..) {
            zero_extend(cells, &ty.params);
        }
        self.pending = Pending { start, params: ty.params.len(), results: ty.results.len() };
    }
}

/// Puts results where a call wants them. What a host leaves out is zero, and not what happens to stand there.
#[cold]
#[inline(never)]
fn put_cells(stack: &mut Stack, start: usize, count: usize, results: &[u64]) {
    let cells = stack.cells_mut().get_mut(start..start + count).unwrap_or_default();
    let results = results.iter().copied().chain(core::iter::repeat(0));
    for (cell, result) in cells.iter_mut().zip(results) {
        *cell = result;
    }
}

/// What holds an i32 may hold anything above it; others get to see a number.
fn zero_extend(cells: &mut [u64], types: &[ValType]) {
    for (cell, ty) in cells.iter_mut().zip(types) {
        if is_narrow(*ty) {
            *cell &= u64::from(u32::MAX);
        }
    }
}

/// The same where a word says which are narrow, the first one lowest.
#[inline(always)]
fn clear_upper_halves(cells: &mut [u64], mut narrow: u64) {
    for cell in cells {
        *cell &= u64::MAX >> (u32::BITS * u32::from(narrow & 1 == 1));
        narrow >>= 1;
    }
}

/// Code that calls a function with the window at the frame's first cell, then exits. An imported one has a signature.
fn entry_stub(func: u32, signature: Option<Signature>) -> Vec<Unit> {
    let (window, after) = (Window(0), Charge(0));
    // Room for the longer one of the two.
    let mut code = Vec::with_capacity(CallHost::UNITS + Bare::UNITS);
    if let Some(signature) = signature {
        let call = CallHost { import: Import(func), signature, window, after };
        call.write(Opcode::CallHost.head(), &mut code);
    } else {
        CallFunc { func: Func(func), window, after }.write(Opcode::CallFunc.head(), &mut code);
    }
    Bare {}.write(Opcode::Exit.head(), &mut code);
    code
}
