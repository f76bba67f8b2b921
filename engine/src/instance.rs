//! Instances, and the calls of hosts that have one at a time.
//!
//! Host functions are exits, not callbacks (Law 4): [`Execution::run`] returns, the caller acts,
//! and [`Execution::resume`] goes on. The engine never calls anybody.

use crate::call::{Call, Pause};
use crate::dispatch::Dispatch;
use crate::error::CodeError;
use crate::exec::linear_memory::LinearMemory;
use crate::exec::stack::Stack;
use crate::exec::state::{ElementTable, State};
use crate::limits::RunLimits;
use crate::module::Module;
use crate::module::header::{ConstExpr, Items};
use crate::reference::Tag;
use crate::trap::Trap;
use crate::types::{MemoryType, TableType};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::mem;

/// The most pages that 32-bit addresses reach.
const PAGES_MAX: u32 = 65_536;

/// A module with its own memory, globals and tables.
pub struct Instance {
    pub(crate) state: State,
    #[cfg_attr(
        not(all(vellum_tail_calls, not(debug_assertions))),
        allow(dead_code, reason = "where there are no tail calls there is nothing to choose")
    )]
    pub(crate) dispatch: Dispatch,
    #[cfg(feature = "profile")]
    pub(crate) recorder: Option<crate::exec::meter::Recorder>,
}

/// What an instance gets from others instead of making it.
#[derive(Default)]
pub(crate) struct Imported {
    /// Its memory, if it imports one; otherwise it makes one of the type that it declares.
    pub(crate) memory: Option<LinearMemory>,
    /// Its imported tables.
    pub(crate) tables: Vec<ElementTable>,
    /// The values of its imported globals.
    pub(crate) globals: Vec<u64>,
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

/// Linear memory of a call under way, for a host function.
pub struct MemoryMut<'a>(&'a mut LinearMemory);

impl MemoryMut<'_> {
    /// Copies guest memory out.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), MemoryOutOfBounds> {
        read(self.0, offset, into)
    }

    /// Copies into guest memory.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), MemoryOutOfBounds> {
        write(self.0, offset, from)
    }
}

impl Instance {
    /// An instance with zeroed memory, initial globals, and active segments placed. The fuel that
    /// this is worth is the module's [`instantiation_fuel`](Module::instantiation_fuel). A memory
    /// that the module imports is made for it.
    ///
    /// # Errors
    /// A trap if memory or a table is too small for what a segment places, or if memory starts
    /// larger than the limits allow; [`Trap::InvalidCode`] if the module imports tables or globals:
    /// those take others to link with, which [`embed`](crate::embed) does.
    pub fn new(module: &Module, limits: RunLimits) -> Result<Self, Trap> {
        if module.header().imports_tables_or_globals() {
            return Err(Trap::InvalidCode);
        }
        let mut instance = Self::allocate(module, limits, Tag::ALONE, Imported::default())?;
        instance.state.stack = Stack::new(limits);
        instance.place_segments()?;
        Ok(instance)
    }

    /// An instance that has what it imports and its own, but no stack, and in which no segment has
    /// been placed. Its caller has seen to it that what is imported is of the types that the module
    /// asks for.
    ///
    /// # Errors
    /// A trap if something starts larger than the limits allow, or cannot be computed.
    pub(crate) fn allocate(module: &Module, limits: RunLimits, tag: Tag, imported: Imported) -> Result<Self, Trap> {
        let header = module.header();
        let memory = match (imported.memory, header.memory) {
            (Some(memory), _) => memory,
            (None, Some(ty)) => new_memory(ty, limits)?,
            (None, None) => LinearMemory::default(),
        };
        let mut state = State::new(module.clone(), tag, memory, Stack::default());
        let (mut items_left, mut steps_left) = header.item_and_constant_counts();
        state.globals = imported.globals;
        for global in header.globals().skip(state.globals.len()) {
            let init = global.init.ok_or(Trap::InvalidCode)?;
            spend(&mut steps_left, init.steps())?;
            let value = header.evaluate(&init, &state.globals, tag).ok_or(Trap::InvalidCode)?;
            state.globals.push(value);
        }
        state.tables = imported.tables;
        for table in header.all_tables().skip(state.tables.len()) {
            state.tables.push(new_table(table, limits)?);
        }
        for segment in header.elements() {
            spend(&mut items_left, segment.items.len())?;
            // An active one is computed where it goes, and is used up then.
            let kept = if segment.active.is_none() { segment.items } else { Items::default() };
            let items = header.items(&kept, &state.globals, tag);
            state.segments.push(items.collect::<Option<Vec<_>>>().ok_or(Trap::InvalidCode)?);
        }
        // Indices that the verifier has found to exist do, whatever an index makes the header say.
        let counts = (state.globals.len(), state.tables.len(), state.segments.len());
        if counts != (header.global_count(), header.table_count(), header.element_count()) {
            return Err(Trap::InvalidCode);
        }
        Ok(Self {
            state,
            dispatch: Dispatch::default(),
            #[cfg(feature = "profile")]
            recorder: None,
        })
    }

    /// Places the active segments in order, up to the first that does not fit.
    ///
    /// # Errors
    /// A trap if memory or a table is too small. What was placed before stays.
    pub(crate) fn place_segments(&mut self) -> Result<(), Trap> {
        place_elements(&mut self.state)?;
        place_data(&mut self.state)
    }

    /// Starts a call of a function by its index. Nothing runs before [`Execution::run`]. Missing
    /// arguments are zero, surplus ones are ignored; an unknown function traps when run.
    pub fn call(mut self, func: u32, args: &[u64]) -> Execution {
        self.state.fault = None;
        let mut stack = mem::take(&mut self.state.stack);
        stack.reset();
        let mut call = Call::new(self.state.module.clone(), func, args, stack);
        call.mount(&mut self);
        Execution { instance: self, call }
    }

    /// The module.
    pub fn module(&self) -> &Module {
        &self.state.module
    }

    /// Chooses the backend that runs what is called from now on: for those who compare them.
    pub fn set_dispatch(&mut self, dispatch: Dispatch) {
        self.dispatch = dispatch;
    }

    /// Linear memory; empty if the module has none. In builds without `std` a copy, as long as the program has not
    /// been everywhere: [`Execution::read_memory`] copies what is asked for only.
    pub fn memory(&self) -> Cow<'_, [u8]> {
        self.state.memory.whole()
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

    /// Which register code ran since [`Instance::start_profile`], and how often.
    #[cfg(feature = "profile")]
    pub fn code_counts(&self) -> Option<alloc::vec::Vec<crate::profile::CodeCounts>> {
        self.recorder.as_ref().map(|recorder| recorder.code_counts(&self.state.module))
    }
}

/// A call under way: run it, act on its exits, resume it.
pub struct Execution {
    instance: Instance,
    call: Call,
}

impl Execution {
    /// Runs until the next exit. `fuel` is what may be spent (1 fuel is 1 ps of `ref_time`), and
    /// becomes what is left. While a host call is pending, or when the call is over, returns that
    /// exit again.
    #[inline]
    pub fn run(&mut self, fuel: &mut u64) -> Exit {
        match self.call.run(&mut self.instance, fuel) {
            Some(import) => Exit::HostCall { import },
            None => self.other_exit(),
        }
    }

    #[cold]
    #[inline(never)]
    fn other_exit(&self) -> Exit {
        match self.call.pause() {
            Pause::Finished => Exit::Finished,
            // An instance that is alone never pauses for the element of another.
            Pause::Element => Exit::Trap(Trap::IndirectCallToNull),
            Pause::Trap(trap) => Exit::Trap(trap),
            Pause::OutOfFuel => Exit::OutOfFuel,
        }
    }

    /// Answers the pending host call with its results, one cell each, and goes on.
    #[inline]
    pub fn resume(&mut self, results: &[u64], fuel: &mut u64) -> Exit {
        self.call.answer_mounted(&mut self.instance, results);
        self.run(fuel)
    }

    /// The arguments of the pending host call, one cell each; an i32 is zero-extended. Empty if
    /// none is pending.
    #[inline]
    pub fn args(&self) -> &[u64] {
        self.call.args_mounted(&self.instance)
    }

    /// The arguments of the pending host call as [`Execution::args`] has them, and linear memory beside them: for host
    /// functions that need both.
    #[inline]
    pub fn args_and_memory(&mut self) -> (&[u64], MemoryMut<'_>) {
        let State { stack, memory, .. } = &mut self.instance.state;
        (self.call.args_on(stack), MemoryMut(memory))
    }

    /// The results of a finished call, one cell each; an i32 is zero-extended.
    pub fn results(&self) -> &[u64] {
        self.call.results_mounted(&self.instance)
    }

    /// What was wrong with the function that ended the call with
    /// [`Trap::InvalidCode`](crate::Trap::InvalidCode): the rule, the function and the byte.
    pub fn invalid_code(&self) -> Option<&CodeError> {
        self.instance.state.fault.as_ref()
    }

    /// Bytes of linear memory now.
    pub fn memory_bytes(&self) -> usize {
        self.instance.state.memory.len()
    }

    /// Copies guest memory out.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn read_memory(&self, offset: u32, into: &mut [u8]) -> Result<(), MemoryOutOfBounds> {
        read(&self.instance.state.memory, offset, into)
    }

    /// Copies into guest memory.
    ///
    /// # Errors
    /// If the span does not lie inside; nothing is copied then.
    pub fn write_memory(&mut self, offset: u32, from: &[u8]) -> Result<(), MemoryOutOfBounds> {
        write(&mut self.instance.state.memory, offset, from)
    }

    /// The instance.
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// Gives the instance back, for another call; what was under way is forgotten.
    pub fn into_instance(self) -> Instance {
        let Self { mut instance, mut call } = self;
        call.unmount(&mut instance);
        instance.state.stack = call.into_stack();
        instance
    }
}

fn read(memory: &LinearMemory, offset: u32, into: &mut [u8]) -> Result<(), MemoryOutOfBounds> {
    memory.read(offset, into).ok_or(MemoryOutOfBounds)
}

fn write(memory: &mut LinearMemory, offset: u32, from: &[u8]) -> Result<(), MemoryOutOfBounds> {
    memory.span_mut(offset, from.len()).ok_or(MemoryOutOfBounds)?.copy_from_slice(from);
    Ok(())
}

/// A memory of a type, as far as the limits allow.
///
/// # Errors
/// A trap if it starts larger than they do.
pub(crate) fn new_memory(ty: MemoryType, limits: RunLimits) -> Result<LinearMemory, Trap> {
    let max = ty.max_pages.unwrap_or(PAGES_MAX).min(limits.memory_pages).min(PAGES_MAX);
    if ty.min_pages > max { Err(Trap::MemoryOutOfBounds) } else { Ok(LinearMemory::new(ty.min_pages, max)) }
}

/// A table of a type, as far as the limits allow.
///
/// # Errors
/// A trap if it starts larger than they do.
pub(crate) fn new_table(ty: TableType, limits: RunLimits) -> Result<ElementTable, Trap> {
    let max = ty.max.unwrap_or(u32::MAX).min(limits.table_elements);
    if ty.min > max { Err(Trap::TableOutOfBounds) } else { Ok(ElementTable::new(ty.min, max)) }
}

fn place_elements(state: &mut State) -> Result<(), Trap> {
    let module = state.module.clone();
    let header = module.header();
    let (_, mut steps_left) = header.item_and_constant_counts();
    for segment in header.elements() {
        let Some(place) = &segment.active else { continue };
        spend(&mut steps_left, place.offset.steps())?;
        let offset = offset(&place.offset, state)?;
        let slot = usize::try_from(header.table_slot(place.index)).ok();
        let table = slot.and_then(|slot| state.tables.get_mut(slot)).ok_or(Trap::TableOutOfBounds)?;
        let end = offset.checked_add(segment.items.len()).ok_or(Trap::TableOutOfBounds)?;
        let elements = table.elements_mut().get_mut(offset..end).ok_or(Trap::TableOutOfBounds)?;
        for (element, item) in elements.iter_mut().zip(header.items(&segment.items, &state.globals, state.tag)) {
            *element = item.ok_or(Trap::InvalidCode)?;
        }
    }
    Ok(())
}

fn place_data(state: &mut State) -> Result<(), Trap> {
    let module = state.module.clone();
    let (_, mut steps_left) = module.header().item_and_constant_counts();
    for (number, segment) in module.header().data_segments().enumerate() {
        let Some(place) = &segment.active else { continue };
        spend(&mut steps_left, place.offset.steps())?;
        let offset = offset(&place.offset, state)?;
        let bytes = module.bytes(&segment.bytes);
        let span = u32::try_from(offset).ok().and_then(|offset| state.memory.span_mut(offset, bytes.len()));
        span.ok_or(Trap::MemoryOutOfBounds)?.copy_from_slice(bytes);
        // As above.
        if let Some(dropped) = state.dropped.get_mut(number) {
            *dropped = true;
        }
    }
    Ok(())
}

/// Takes from what there is. Only an index that somebody made up lets several share it, so that work and
/// memory would be more than what they are read from.
///
/// # Errors
/// A trap if there is not so much left.
fn spend(left: &mut usize, count: usize) -> Result<(), Trap> {
    *left = left.checked_sub(count).ok_or(Trap::InvalidCode)?;
    Ok(())
}

fn offset(expr: &ConstExpr, state: &State) -> Result<usize, Trap> {
    let value = state.module.header().evaluate(expr, &state.globals, state.tag).ok_or(Trap::InvalidCode)?;
    usize::try_from(value & u64::from(u32::MAX)).map_err(|_| Trap::MemoryOutOfBounds)
}
