//! Making instances: imports are matched as the specification has it, then what the instance brings
//! moves into the store, then segments are placed and the start function runs.

use super::error::Error;
use super::external::Extern;
use super::handle::{Func, Instance};
use super::linker::Definition;
use super::store::{Binding, SharedGlobal, SharedMemory, SharedTable, Slot, Store};
use crate::instance::{Imported, Instance as Core};
use crate::module::Module;
use crate::module::header::Aliases;
use crate::types::{Export, ExportKind, GlobalType, Import, ImportKind, MemoryType, TableType};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::mem;

/// What an import is linked with; places are those in the store.
pub(super) enum Provided<T> {
    Func(Binding<T>),
    Memory(usize),
    Table(usize),
    Global(usize),
}

/// What a definition is to an import, if it is of the type that the import asks for.
pub(super) fn provide<T>(store: &Store<T>, import: &Import, definition: &Definition<T>) -> Result<Provided<T>, Error> {
    let (found, provided) = match definition {
        Definition::Host(function) => {
            (ImportKind::Func(function.ty.clone()), Provided::Func(Binding::Host(Arc::clone(function))))
        }
        Definition::Extern(external) => provide_external(store, *external)?,
    };
    if matches(&import.kind, &found) {
        return Ok(provided);
    }
    let (module, name) = (import.module.clone(), import.name.clone());
    Err(Error::ImportType { module, name, expected: describe(&import.kind), found: describe(&found) })
}

fn provide_external<T>(store: &Store<T>, external: Extern) -> Result<(ImportKind, Provided<T>), Error> {
    if external.store() != store.id {
        return Err(Error::OtherStore);
    }
    Ok(match external {
        Extern::Func(func) => {
            let ty = func.ty(store).ok_or(Error::OtherStore)?.clone();
            (ImportKind::Func(ty), Provided::Func(store.binding(func)))
        }
        Extern::Memory(memory) => (ImportKind::Memory(memory.ty(store)?), Provided::Memory(memory.index)),
        Extern::Table(table) => (ImportKind::Table(table.ty(store)?), Provided::Table(table.index)),
        Extern::Global(global) => (ImportKind::Global(global.ty(store)?), Provided::Global(global.index)),
    })
}

/// Import matching, section 4.5.2 of the specification; sizes are those of now.
fn matches(expected: &ImportKind, found: &ImportKind) -> bool {
    let within = |min: u32, max: Option<u32>, size: u32, size_max: Option<u32>| {
        size >= min && max.is_none_or(|max| size_max.is_some_and(|size_max| size_max <= max))
    };
    match (expected, found) {
        (ImportKind::Func(expected), ImportKind::Func(found)) => expected == found,
        (ImportKind::Memory(expected), ImportKind::Memory(found)) => {
            within(expected.min_pages, expected.max_pages, found.min_pages, found.max_pages)
        }
        (ImportKind::Table(expected), ImportKind::Table(found)) => {
            expected.element == found.element && within(expected.min, expected.max, found.min, found.max)
        }
        (ImportKind::Global(expected), ImportKind::Global(found)) => expected == found,
        _ => false,
    }
}

/// What an import is, in words.
pub(super) fn describe(kind: &ImportKind) -> String {
    let sizes = |min: u32, max: Option<u32>, unit: &str| match max {
        Some(max) => alloc::format!("{min} to {max} {unit}"),
        None => alloc::format!("{min} or more {unit}"),
    };
    match kind {
        ImportKind::Func(ty) => alloc::format!("function {ty}"),
        ImportKind::Memory(MemoryType { min_pages, max_pages }) => {
            alloc::format!("memory of {}", sizes(*min_pages, *max_pages, "pages"))
        }
        ImportKind::Table(TableType { element, min, max }) => {
            alloc::format!("table of {} of {element}", sizes(*min, *max, "elements"))
        }
        ImportKind::Global(GlobalType { value, mutable }) => {
            alloc::format!("{} {value}", if *mutable { "mutable global" } else { "global" })
        }
    }
}

/// The places in the store of what a module imports, kind by kind.
struct Linked<T> {
    bindings: Vec<Binding<T>>,
    memory: Option<usize>,
    tables: Vec<usize>,
    globals: Vec<usize>,
}

impl<T> Store<T> {
    pub(super) fn instantiate(&mut self, module: &Module, provided: Vec<Provided<T>>) -> Result<Instance, Error> {
        self.fuel = self.fuel.checked_sub(module.instantiation_fuel()).ok_or(Error::OutOfFuel)?;
        let waiting = self.unload();
        let made = self.make(module, provided);
        if let Some(instance) = waiting {
            self.load(instance);
        }
        let instance = made?;
        if let Some(start) = module.start_func() {
            self.invoke(instance.index, start, &[], |_| ())?;
        }
        Ok(instance)
    }

    /// What an imported function is in the end: passed on by however many instances.
    fn binding(&self, func: Func) -> Binding<T> {
        let bindings = self.instances.get(func.instance).map(|slot| &slot.bindings);
        let passed_on = usize::try_from(func.index).ok().and_then(|index| bindings?.get(index));
        passed_on.cloned().unwrap_or(Binding::Wasm { instance: func.instance, func: func.index })
    }

    /// An instance with its segments placed. No instance is loaded, before or after.
    fn make(&mut self, module: &Module, provided: Vec<Provided<T>>) -> Result<Instance, Error> {
        let linked = Linked::sort(provided);
        let tag = self.next_tag().ok_or(Error::TooManyInstances)?;
        let module = match self.aliases(module, &linked) {
            Some(aliases) => module.with_aliases(aliases),
            None => module.clone(),
        };
        // What is shared is not there yet: something empty stands in its place.
        let imported = Imported {
            memory: linked.memory.map(|_| Default::default()),
            tables: linked.tables.iter().map(|_| Default::default()).collect(),
            globals: linked.globals.iter().map(|global| self.globals[*global].value).collect(),
        };
        let core = Core::allocate(&module, self.limits, tag, imported)?;
        let slot = self.adopt(core, &module, linked);
        let index = self.instances.len();
        self.instances.push(slot);
        self.load(index);
        let placed = self.instances[index].core.place_segments();
        self.unload();
        placed?;
        Ok(Instance { store: self.id, index })
    }

    /// Which imports are the same thing; `None` if none are.
    fn aliases(&self, module: &Module, linked: &Linked<T>) -> Option<Aliases> {
        let header = module.header();
        let mutable = |place: usize| self.globals[place].ty.mutable;
        let tables = slots(&linked.tables, header.table_count(), |_| true);
        let globals = slots(&linked.globals, header.global_count(), mutable);
        if tables.is_none() && globals.is_none() {
            return None;
        }
        Some(Aliases { tables: tables.unwrap_or_default(), globals: globals.unwrap_or_default() })
    }

    /// Moves what an instance brings into the store.
    fn adopt(&mut self, mut core: Core, module: &Module, linked: Linked<T>) -> Slot<T> {
        let header = module.header();
        let Linked { bindings, mut memory, mut tables, globals } = linked;
        if let (None, Some(ty)) = (memory, header.memory) {
            // What is shared is shown as a whole.
            core.state.memory.complete();
            self.memories.push(SharedMemory { memory: mem::take(&mut core.state.memory), max: ty.max_pages });
            memory = Some(self.memories.len() - 1);
        }
        for (table, ty) in core.state.tables.iter_mut().zip(header.all_tables()).skip(tables.len()) {
            tables.push(self.tables.len());
            self.tables.push(SharedTable { table: mem::take(table), element: ty.element, max: ty.max });
        }
        let mut places: Vec<Option<usize>> = globals.into_iter().map(Some).collect();
        let exported: BTreeSet<usize> = module.exports().iter().filter_map(exported_global).collect();
        for (index, global) in header.globals().enumerate().skip(places.len()) {
            if exported.contains(&index) {
                places.push(Some(self.globals.len()));
                self.globals.push(SharedGlobal { ty: global.ty, value: core.state.globals[index] });
            } else {
                places.push(None);
            }
        }
        let mut known = BTreeSet::new();
        let shared = places.iter().enumerate().filter_map(|(index, place)| Some((index, (*place)?)));
        // One that was imported twice is kept under its first index.
        let synced = shared.filter(|(_, place)| self.globals[*place].ty.mutable && known.insert(*place)).collect();
        Slot { core, bindings: bindings.into(), memory, tables, globals: places, synced }
    }
}

impl<T> Linked<T> {
    fn sort(provided: Vec<Provided<T>>) -> Self {
        let mut linked = Self { bindings: Vec::new(), memory: None, tables: Vec::new(), globals: Vec::new() };
        for import in provided {
            match import {
                Provided::Func(binding) => linked.bindings.push(binding),
                Provided::Memory(memory) => linked.memory = Some(memory),
                Provided::Table(table) => linked.tables.push(table),
                Provided::Global(global) => linked.globals.push(global),
            }
        }
        linked
    }
}

fn exported_global(export: &Export) -> Option<usize> {
    match export.kind {
        ExportKind::Global { index } => usize::try_from(index).ok(),
        _ => None,
    }
}

/// For each of `count` items the index of the first import that is the same as it; `None` if every
/// import is another.
fn slots(imports: &[usize], count: usize, counts: impl Fn(usize) -> bool) -> Option<Vec<u32>> {
    let mut firsts = BTreeMap::new();
    let mut first = |index: usize| {
        let place = imports.get(index).filter(|place| counts(**place))?;
        Some(*firsts.entry(*place).or_insert(index))
    };
    let slots: Vec<usize> = (0..count).map(|index| first(index).unwrap_or(index)).collect();
    if slots.iter().enumerate().all(|(index, slot)| index == *slot) {
        return None;
    }
    slots.into_iter().map(|slot| u32::try_from(slot).ok()).collect()
}
