//! The store: everything that lives, and what is shared between instances.

use super::handle::Func;
use super::host_func::HostFunc;
use crate::call::Call;
use crate::exec::linear_memory::LinearMemory;
use crate::exec::stack::Stack;
use crate::exec::state::ElementTable;
use crate::instance::Instance as Core;
use crate::limits::RunLimits;
use crate::reference::Tag;
use crate::types::{GlobalType, ValType};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::mem;
use core::sync::atomic::{AtomicUsize, Ordering};

/// What an embedder's programs may use, unless it says otherwise.
const LIMITS: RunLimits =
    RunLimits { call_depth: 10_000, stack_height: 1_024 * 1_024, memory_pages: 65_536, table_elements: 10_000_000 };

/// Stores are told apart by number, so that an item of one is not used with another.
static STORES: AtomicUsize = AtomicUsize::new(0);

/// Instances and what they share, fuel, and one value of the host's own. What is made in a store
/// lives as long as the store.
pub struct Store<T> {
    pub(super) id: usize,
    pub(super) data: T,
    pub(super) fuel: u64,
    pub(super) limits: RunLimits,
    pub(super) instances: Vec<Slot<T>>,
    pub(super) memories: Vec<SharedMemory>,
    pub(super) tables: Vec<SharedTable>,
    pub(super) globals: Vec<SharedGlobal>,
    /// Calls under way, the innermost last.
    pub(super) calls: Vec<Activation>,
    /// The instance into which what it shares has been moved: that of the innermost call, which is mounted on it.
    pub(super) loaded: Option<usize>,
    /// Stacks of calls that are over.
    pub(super) stacks: Vec<Stack>,
    /// How many host functions under way have called back.
    pub(super) nested: u32,
}

/// An instance, and where in the store it keeps what others may share.
pub(super) struct Slot<T> {
    pub(super) core: Core,
    pub(super) bindings: Arc<[Binding<T>]>,
    pub(super) memory: Option<usize>,
    /// For each table of the module its place in the store.
    pub(super) tables: Vec<usize>,
    /// For each global its place in the store, if it is imported or exported.
    pub(super) globals: Vec<Option<usize>>,
    /// Global by global, its index in the instance and its place in the store, of those that can
    /// change under somebody else's hands.
    pub(super) synced: Vec<(usize, usize)>,
}

/// What an imported function is.
pub(super) enum Binding<T> {
    Host(Arc<HostFunc<T>>),
    Wasm { instance: usize, func: u32 },
}

impl<T> Clone for Binding<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Host(function) => Self::Host(Arc::clone(function)),
            Self::Wasm { instance, func } => Self::Wasm { instance: *instance, func: *func },
        }
    }
}

pub(super) struct SharedMemory {
    pub(super) memory: LinearMemory,
    pub(super) max: Option<u32>,
}

pub(super) struct SharedTable {
    pub(super) table: ElementTable,
    pub(super) element: ValType,
    pub(super) max: Option<u32>,
}

pub(super) struct SharedGlobal {
    pub(super) ty: GlobalType,
    pub(super) value: u64,
}

/// A call under way.
pub(super) struct Activation {
    pub(super) instance: usize,
    pub(super) call: Call,
    /// What was left of the limits for it.
    pub(super) limits: RunLimits,
}

impl<T> Store<T> {
    /// A store with fuel without end and generous limits.
    pub fn new(data: T) -> Self {
        Self::with_limits(data, LIMITS)
    }

    /// A store with limits of its own. Call depth and stack height count the calls under way in all
    /// instances together.
    pub fn with_limits(data: T, limits: RunLimits) -> Self {
        Self {
            id: STORES.fetch_add(1, Ordering::Relaxed),
            data,
            fuel: u64::MAX,
            limits,
            instances: Vec::new(),
            memories: Vec::new(),
            tables: Vec::new(),
            globals: Vec::new(),
            calls: Vec::new(),
            loaded: None,
            stacks: Vec::new(),
            nested: 0,
        }
    }

    /// The host's own.
    pub fn data(&self) -> &T {
        &self.data
    }

    /// The host's own, to change.
    pub fn data_mut(&mut self) -> &mut T {
        &mut self.data
    }

    /// Gives the host's own back.
    pub fn into_data(self) -> T {
        self.data
    }

    /// The fuel that is left. A unit is a picosecond of the price tables.
    pub fn fuel(&self) -> u64 {
        self.fuel
    }

    /// Sets the fuel that is left.
    pub fn set_fuel(&mut self, fuel: u64) {
        self.fuel = fuel;
    }

    pub(super) fn active(&self) -> Option<&Slot<T>> {
        self.instances.get(self.loaded?)
    }

    /// A function of an instance, if both exist.
    pub(super) fn func(&self, instance: usize, index: u32) -> Option<Func> {
        self.instances.get(instance)?.core.module().func_type(index)?;
        Some(Func { store: self.id, instance, index })
    }

    /// The tag of the instance that is made next.
    pub(super) fn next_tag(&self) -> Option<Tag> {
        Tag::of(self.instances.len())
    }

    /// Moves what an instance shares into it, or out of it: the same exchange.
    fn exchange(&mut self, instance: usize) {
        let slot = &mut self.instances[instance];
        let state = &mut slot.core.state;
        if let Some(memory) = slot.memory {
            mem::swap(&mut state.memory, &mut self.memories[memory].memory);
        }
        for (index, table) in slot.tables.iter().enumerate() {
            // One that was imported twice is kept under its first index.
            if slot.tables[..index].contains(table) {
                continue;
            }
            mem::swap(&mut state.tables[index], &mut self.tables[*table].table);
        }
        for (index, global) in &slot.synced {
            mem::swap(&mut state.globals[*index], &mut self.globals[*global].value);
        }
    }

    /// Moves what an instance shares into it, and mounts the innermost call if it is this instance's. No other is
    /// loaded.
    pub(super) fn load(&mut self, instance: usize) {
        debug_assert!(self.loaded.is_none(), "one instance runs at a time");
        self.exchange(instance);
        if let Some((call, core)) = self.innermost_on(instance) {
            call.mount(core);
        }
        self.loaded = Some(instance);
    }

    /// Moves what the loaded instance shares back to the store, and its call's frames to the call; says which it was.
    /// Calls do not begin or end while one is loaded.
    pub(super) fn unload(&mut self) -> Option<usize> {
        let instance = self.loaded.take()?;
        self.exchange(instance);
        if let Some((call, core)) = self.innermost_on(instance) {
            call.unmount(core);
        }
        Some(instance)
    }

    /// The innermost call and the instance, if it is this instance's.
    fn innermost_on(&mut self, instance: usize) -> Option<(&mut Call, &mut Core)> {
        let innermost = self.calls.last_mut().filter(|innermost| innermost.instance == instance)?;
        Some((&mut innermost.call, &mut self.instances[instance].core))
    }

    pub(super) fn memory(&self, memory: usize) -> &LinearMemory {
        match self.active() {
            Some(slot) if slot.memory == Some(memory) => &slot.core.state.memory,
            _ => &self.memories[memory].memory,
        }
    }

    pub(super) fn memory_mut(&mut self, memory: usize) -> &mut LinearMemory {
        match self.loaded.map(|instance| &mut self.instances[instance]) {
            Some(slot) if slot.memory == Some(memory) => &mut slot.core.state.memory,
            _ => &mut self.memories[memory].memory,
        }
    }

    pub(super) fn table(&self, table: usize) -> &ElementTable {
        let loaded = self.active().and_then(|slot| {
            let index = slot.tables.iter().position(|shared| *shared == table)?;
            slot.core.state.tables.get(index)
        });
        loaded.unwrap_or(&self.tables[table].table)
    }

    pub(super) fn table_mut(&mut self, table: usize) -> &mut ElementTable {
        if let Some(slot) = self.loaded.map(|instance| &mut self.instances[instance])
            && let Some(index) = slot.tables.iter().position(|shared| *shared == table)
        {
            return &mut slot.core.state.tables[index];
        }
        &mut self.tables[table].table
    }

    pub(super) fn global(&self, global: usize) -> u64 {
        let loaded = self.active().and_then(|slot| {
            let (index, _) = slot.synced.iter().find(|(_, shared)| *shared == global)?;
            slot.core.state.globals.get(*index).copied()
        });
        loaded.unwrap_or(self.globals[global].value)
    }

    pub(super) fn set_global(&mut self, global: usize, value: u64) {
        if let Some(slot) = self.loaded.map(|instance| &mut self.instances[instance])
            && let Some((index, _)) = slot.synced.iter().find(|(_, shared)| *shared == global)
        {
            slot.core.state.globals[*index] = value;
            return;
        }
        self.globals[global].value = value;
    }
}

/// A store, or a [`Guest`](super::Guest) in front of one.
pub trait AsStore: sealed::Sealed {}

impl<T> AsStore for Store<T> {}

impl<T> sealed::Sealed for Store<T> {
    type Data = T;

    fn store(&self) -> &Store<T> {
        self
    }

    fn store_mut(&mut self) -> &mut Store<T> {
        self
    }
}

/// Whoever had the store itself could put another in its place while calls are under way.
pub(super) mod sealed {
    use super::Store;

    pub trait Sealed {
        type Data;
        fn store(&self) -> &Store<Self::Data>;
        fn store_mut(&mut self) -> &mut Store<Self::Data>;
    }
}
