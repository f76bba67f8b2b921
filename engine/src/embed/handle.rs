//! Instances and functions as the host holds them: small numbers, good for one store.

use super::error::Error;
use super::external::{Extern, Global, Memory, Table};
use super::store::{AsStore, Slot, Store};
use super::value::{VALUES_MAX, Value, WasmValues, func_type};
use crate::module::Module;
use crate::types::{ExportKind, FuncType};
use alloc::vec::Vec;
use core::marker::PhantomData;

/// An instance in a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Instance {
    pub(super) store: usize,
    pub(super) index: usize,
}

/// A function of an instance.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Func {
    pub(super) store: usize,
    pub(super) instance: usize,
    pub(super) index: u32,
}

/// A function whose type has been checked once, so that calls need not.
pub struct TypedFunc<P, R> {
    func: Func,
    ty: PhantomData<fn(P) -> R>,
}

impl<P, R> Clone for TypedFunc<P, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P, R> Copy for TypedFunc<P, R> {}

impl Instance {
    /// What the instance exports under a name.
    pub fn export(&self, store: &impl AsStore, name: &str) -> Option<Extern> {
        let store = store.store();
        let slot = self.slot(store)?;
        let export = slot.core.module().exports().iter().find(|export| export.name == name)?;
        self.external(slot, &export.kind)
    }

    /// Everything that the instance exports, in order.
    pub fn exports<'a, S: AsStore>(&self, store: &'a S) -> impl Iterator<Item = (&'a str, Extern)> + use<'a, S> {
        let instance = *self;
        let slot = instance.slot(store.store());
        slot.into_iter().flat_map(move |slot| {
            let exports = slot.core.module().exports().iter();
            exports.filter_map(move |export| Some((export.name.as_str(), instance.external(slot, &export.kind)?)))
        })
    }

    /// The exported function of this name.
    ///
    /// # Errors
    /// If there is none.
    pub fn func(&self, store: &impl AsStore, name: &str) -> Result<Func, Error> {
        match self.export(store, name) {
            Some(Extern::Func(func)) => Ok(func),
            _ => Err(Error::MissingExport { name: name.into() }),
        }
    }

    /// The exported function of this name, to be called with `P` and to return `R`: each nothing, a
    /// value, or a tuple of values.
    ///
    /// # Errors
    /// If there is none, or if it is of another type.
    pub fn typed_func<P: WasmValues, R: WasmValues>(
        &self,
        store: &impl AsStore,
        name: &str,
    ) -> Result<TypedFunc<P, R>, Error> {
        self.func(store, name)?.typed(store)
    }

    /// The exported memory of this name.
    pub fn memory(&self, store: &impl AsStore, name: &str) -> Option<Memory> {
        match self.export(store, name) {
            Some(Extern::Memory(memory)) => Some(memory),
            _ => None,
        }
    }

    /// The exported global of this name.
    pub fn global(&self, store: &impl AsStore, name: &str) -> Option<Global> {
        match self.export(store, name) {
            Some(Extern::Global(global)) => Some(global),
            _ => None,
        }
    }

    /// The exported table of this name.
    pub fn table(&self, store: &impl AsStore, name: &str) -> Option<Table> {
        match self.export(store, name) {
            Some(Extern::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// The module that it is an instance of.
    pub fn module<'a, S: AsStore>(&self, store: &'a S) -> Option<&'a Module> {
        Some(self.slot(store.store())?.core.module())
    }

    fn slot<'a, T>(&self, store: &'a Store<T>) -> Option<&'a Slot<T>> {
        if self.store == store.id { store.instances.get(self.index) } else { None }
    }

    fn external<T>(&self, slot: &Slot<T>, kind: &ExportKind) -> Option<Extern> {
        let place = |index: u32| usize::try_from(index).ok();
        let store = self.store;
        Some(match kind {
            ExportKind::Func { index, .. } => Extern::Func(Func { store, instance: self.index, index: *index }),
            ExportKind::Memory => Extern::Memory(Memory { store, index: slot.memory? }),
            ExportKind::Table { index } => Extern::Table(Table { store, index: *slot.tables.get(place(*index)?)? }),
            ExportKind::Global { index } => {
                Extern::Global(Global { store, index: (*slot.globals.get(place(*index)?)?)? })
            }
            ExportKind::Other => return None,
        })
    }
}

impl Func {
    /// Its type.
    pub fn ty<'a>(&self, store: &'a impl AsStore) -> Option<&'a FuncType> {
        let store = store.store();
        if self.store != store.id {
            return None;
        }
        store.instances.get(self.instance)?.core.module().func_type(self.index)
    }

    /// Calls it with values that are checked against its type.
    ///
    /// # Errors
    /// If the values are of other types, or if the program or a host function fails.
    pub fn call(&self, store: &mut impl AsStore, args: &[Value]) -> Result<Vec<Value>, Error> {
        let ty = self.ty(store).ok_or(Error::OtherStore)?.clone();
        let of_type = args.len() == ty.params.len() && args.iter().zip(&ty.params).all(|(arg, ty)| arg.ty() == *ty);
        if !of_type || !args.iter().all(|arg| belongs_to(arg, self.store)) {
            return Err(Error::ValueType);
        }
        let store = store.store_mut();
        let cells: Vec<u64> = args.iter().map(|arg| arg.into_cell()).collect();
        let results = store.invoke(self.instance, self.index, &cells, <[u64]>::to_vec)?;
        Ok(results.iter().zip(&ty.results).map(|(cell, ty)| Value::from_cell(store, *ty, *cell)).collect())
    }

    /// The same function, to be called with `P` and to return `R`.
    ///
    /// # Errors
    /// If it is of another type, or of another store.
    pub fn typed<P: WasmValues, R: WasmValues>(&self, store: &impl AsStore) -> Result<TypedFunc<P, R>, Error> {
        let found = self.ty(store).ok_or(Error::OtherStore)?;
        let expected = func_type::<P, R>();
        if *found != expected {
            return Err(Error::FuncType { expected, found: found.clone() });
        }
        Ok(TypedFunc { func: *self, ty: PhantomData })
    }
}

impl<P: WasmValues, R: WasmValues> TypedFunc<P, R> {
    /// Calls it.
    ///
    /// # Errors
    /// If the program or a host function fails, or if it belongs to another store.
    pub fn call(&self, store: &mut impl AsStore, args: P) -> Result<R, Error> {
        let store = store.store_mut();
        if self.func.store != store.id {
            return Err(Error::OtherStore);
        }
        let mut cells = [0; VALUES_MAX];
        args.into_cells(&mut cells);
        store.invoke(self.func.instance, self.func.index, &cells[..P::COUNT], R::from_cells)
    }

    /// The function without its type.
    pub fn func(&self) -> Func {
        self.func
    }
}

/// Whether a value means something in a store: a reference to a function must be one of its own.
pub(super) fn belongs_to(value: &Value, store: usize) -> bool {
    match value {
        Value::FuncRef(Some(func)) => func.store == store,
        _ => true,
    }
}
