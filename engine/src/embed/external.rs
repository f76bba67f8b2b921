//! What instances share: memories, tables and globals, made by instances or by the host.

use super::error::Error;
use super::handle::{Func, belongs_to};
use super::store::{AsStore, SharedGlobal, SharedMemory, SharedTable, Store};
use super::value::Value;
use crate::instance::{new_memory, new_table};
use crate::types::{GlobalType, MemoryType, TableType};

/// Something that an instance exports or imports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extern {
    /// A function.
    Func(Func),
    /// A memory.
    Memory(Memory),
    /// A table.
    Table(Table),
    /// A global.
    Global(Global),
}

/// A memory of a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Memory {
    pub(super) store: usize,
    pub(super) index: usize,
}

/// A table of a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Table {
    pub(super) store: usize,
    pub(super) index: usize,
}

/// A global of a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Global {
    pub(super) store: usize,
    pub(super) index: usize,
}

impl Extern {
    pub(super) fn store(&self) -> usize {
        match self {
            Self::Func(func) => func.store,
            Self::Memory(memory) => memory.store,
            Self::Table(table) => table.store,
            Self::Global(global) => global.store,
        }
    }
}

fn own<T>(store: &Store<T>, of: usize) -> Result<(), Error> {
    if store.id == of { Ok(()) } else { Err(Error::OtherStore) }
}

impl Memory {
    /// A new memory, zeroed.
    ///
    /// # Errors
    /// If it starts larger than the store's limits allow.
    pub fn new(store: &mut impl AsStore, ty: MemoryType) -> Result<Self, Error> {
        let store = store.store_mut();
        let mut memory = new_memory(ty, store.limits)?;
        memory.complete();
        store.memories.push(SharedMemory { memory, max: ty.max_pages });
        Ok(Self { store: store.id, index: store.memories.len() - 1 })
    }

    /// Its bytes: themselves, not a copy.
    ///
    /// # Errors
    /// If it belongs to another store.
    pub fn data<'a>(&self, store: &'a impl AsStore) -> Result<&'a [u8], Error> {
        let store = store.store();
        own(store, self.store)?;
        Ok(store.memory(self.index).bytes())
    }

    /// Its bytes, to write to.
    ///
    /// # Errors
    /// If it belongs to another store.
    pub fn data_mut<'a>(&self, store: &'a mut impl AsStore) -> Result<&'a mut [u8], Error> {
        let store = store.store_mut();
        own(store, self.store)?;
        Ok(store.memory_mut(self.index).bytes_mut())
    }

    /// Its type: as many pages as it has now.
    ///
    /// # Errors
    /// If it belongs to another store.
    pub fn ty(&self, store: &impl AsStore) -> Result<MemoryType, Error> {
        let store = store.store();
        own(store, self.store)?;
        Ok(MemoryType { min_pages: store.memory(self.index).pages(), max_pages: store.memories[self.index].max })
    }

    /// Grows it by so many pages; how many there were. `None` if it may not grow so far.
    ///
    /// # Errors
    /// If it belongs to another store.
    pub fn grow(&self, store: &mut impl AsStore, pages: u32) -> Result<Option<u32>, Error> {
        let store = store.store_mut();
        own(store, self.store)?;
        let memory = store.memory_mut(self.index);
        if !memory.may_grow(pages) {
            return Ok(None);
        }
        let before = memory.pages();
        memory.grow(pages);
        Ok(Some(before))
    }
}

impl Table {
    /// A new table of null references.
    ///
    /// # Errors
    /// If it starts larger than the store's limits allow.
    pub fn new(store: &mut impl AsStore, ty: TableType) -> Result<Self, Error> {
        let store = store.store_mut();
        let table = new_table(ty, store.limits)?;
        store.tables.push(SharedTable { table, element: ty.element, max: ty.max });
        Ok(Self { store: store.id, index: store.tables.len() - 1 })
    }

    /// Its type: as many elements as it has now.
    ///
    /// # Errors
    /// If it belongs to another store.
    pub fn ty(&self, store: &impl AsStore) -> Result<TableType, Error> {
        let store = store.store();
        own(store, self.store)?;
        let shared = &store.tables[self.index];
        Ok(TableType { element: shared.element, min: store.table(self.index).size(), max: shared.max })
    }

    /// An element.
    ///
    /// # Errors
    /// If there is no such element, or if the table belongs to another store.
    pub fn get(&self, store: &impl AsStore, index: u32) -> Result<Value, Error> {
        let store = store.store();
        own(store, self.store)?;
        let place = usize::try_from(index).map_err(|_| Error::TableBounds)?;
        let cell = *store.table(self.index).elements().get(place).ok_or(Error::TableBounds)?;
        Ok(Value::from_cell(store, store.tables[self.index].element, cell))
    }

    /// Changes an element.
    ///
    /// # Errors
    /// If there is no such element, if the value is of another type, or if something belongs to
    /// another store.
    pub fn set(&self, store: &mut impl AsStore, index: u32, value: Value) -> Result<(), Error> {
        let store = store.store_mut();
        let cell = self.cell(store, value)?;
        let place = usize::try_from(index).map_err(|_| Error::TableBounds)?;
        *store.table_mut(self.index).elements_mut().get_mut(place).ok_or(Error::TableBounds)? = cell;
        Ok(())
    }

    /// Grows it by so many elements; how many there were.
    ///
    /// # Errors
    /// If it may not grow so far, and as [`Table::set`].
    pub fn grow(&self, store: &mut impl AsStore, more: u32, value: Value) -> Result<u32, Error> {
        let store = store.store_mut();
        let cell = self.cell(store, value)?;
        let table = store.table_mut(self.index);
        if !table.may_grow(more) {
            return Err(Error::TableBounds);
        }
        let before = table.size();
        table.grow(more, cell);
        Ok(before)
    }

    fn cell<T>(&self, store: &Store<T>, value: Value) -> Result<u64, Error> {
        own(store, self.store)?;
        if value.ty() != store.tables[self.index].element {
            return Err(Error::ValueType);
        }
        if belongs_to(&value, self.store) { Ok(value.into_cell()) } else { Err(Error::OtherStore) }
    }
}

impl Global {
    /// A new global.
    ///
    /// # Errors
    /// If the value is of another type, or of another store.
    pub fn new(store: &mut impl AsStore, ty: GlobalType, value: Value) -> Result<Self, Error> {
        let store = store.store_mut();
        if value.ty() != ty.value {
            return Err(Error::ValueType);
        }
        if !belongs_to(&value, store.id) {
            return Err(Error::OtherStore);
        }
        store.globals.push(SharedGlobal { ty, value: value.into_cell() });
        Ok(Self { store: store.id, index: store.globals.len() - 1 })
    }

    /// Its type.
    ///
    /// # Errors
    /// If it belongs to another store.
    pub fn ty(&self, store: &impl AsStore) -> Result<GlobalType, Error> {
        let store = store.store();
        own(store, self.store)?;
        Ok(store.globals[self.index].ty)
    }

    /// Its value.
    ///
    /// # Errors
    /// If it belongs to another store.
    pub fn get(&self, store: &impl AsStore) -> Result<Value, Error> {
        let store = store.store();
        own(store, self.store)?;
        Ok(Value::from_cell(store, store.globals[self.index].ty.value, store.global(self.index)))
    }

    /// Changes its value.
    ///
    /// # Errors
    /// If it does not change, if the value is of another type, or if something belongs to another
    /// store.
    pub fn set(&self, store: &mut impl AsStore, value: Value) -> Result<(), Error> {
        let store = store.store_mut();
        own(store, self.store)?;
        let ty = store.globals[self.index].ty;
        if !ty.mutable {
            return Err(Error::Immutable);
        }
        if value.ty() != ty.value {
            return Err(Error::ValueType);
        }
        if !belongs_to(&value, self.store) {
            return Err(Error::OtherStore);
        }
        store.set_global(self.index, value.into_cell());
        Ok(())
    }
}
