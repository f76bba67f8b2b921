//! What a host function sees of its caller.

use super::error::HostError;
use super::external::Extern;
use super::handle::Instance;
use super::store::{AsStore, Store, sealed};
use crate::trap::Trap;

/// The caller of a host function, and the store around it.
///
/// Wherever a store is asked for, a guest will do: a host function may call functions of its caller,
/// or make instances.
pub struct Guest<'a, T> {
    store: &'a mut Store<T>,
}

impl<'a, T> Guest<'a, T> {
    pub(super) fn new(store: &'a mut Store<T>) -> Self {
        Self { store }
    }

    /// The host's own.
    pub fn data(&self) -> &T {
        &self.store.data
    }

    /// The host's own, to change.
    pub fn data_mut(&mut self) -> &mut T {
        &mut self.store.data
    }

    /// The memory of the caller: itself, not a copy. Empty if it has none.
    pub fn memory(&self) -> &[u8] {
        self.store.active().map_or(&[], |slot| slot.core.state.memory.bytes())
    }

    /// The memory of the caller, to write to.
    pub fn memory_mut(&mut self) -> &mut [u8] {
        self.memory_and_data().0
    }

    /// The memory of the caller and the host's own, both at once.
    pub fn memory_and_data(&mut self) -> (&mut [u8], &mut T) {
        let store = &mut *self.store;
        let slot = store.loaded.and_then(|instance| store.instances.get_mut(instance));
        (slot.map_or(&mut [], |slot| slot.core.memory_mut()), &mut store.data)
    }

    /// A span of the caller's memory.
    ///
    /// # Errors
    /// A trap, if it does not lie inside.
    pub fn read(&self, start: u32, len: u32) -> Result<&[u8], HostError> {
        let memory = self.memory();
        span(start, len).and_then(|span| memory.get(span)).ok_or_else(|| HostError::trap(Trap::MemoryOutOfBounds))
    }

    /// Writes to the caller's memory.
    ///
    /// # Errors
    /// A trap, if it would not lie inside; nothing is written then.
    pub fn write(&mut self, start: u32, bytes: &[u8]) -> Result<(), HostError> {
        let span = u32::try_from(bytes.len()).ok().and_then(|len| span(start, len));
        let memory = span.and_then(|span| self.memory_mut().get_mut(span));
        memory.ok_or_else(|| HostError::trap(Trap::MemoryOutOfBounds))?.copy_from_slice(bytes);
        Ok(())
    }

    /// Grows the caller's memory by so many pages; how many there were. `None` if it may not grow so
    /// far, or if there is none.
    pub fn grow_memory(&mut self, pages: u32) -> Option<u32> {
        let memory = self.store.active()?.memory?;
        let memory = self.store.memory_mut(memory);
        if !memory.may_grow(pages) {
            return None;
        }
        let before = memory.pages();
        memory.grow(pages);
        Some(before)
    }

    /// The fuel that is left.
    pub fn fuel(&self) -> u64 {
        self.store.fuel
    }

    /// Takes fuel for what the host does.
    ///
    /// # Errors
    /// If it does not suffice: then nothing is taken, and the call is to end.
    pub fn consume_fuel(&mut self, fuel: u64) -> Result<(), HostError> {
        self.store.fuel = self.store.fuel.checked_sub(fuel).ok_or(super::Error::OutOfFuel)?;
        Ok(())
    }

    /// The caller.
    pub fn instance(&self) -> Option<Instance> {
        self.store.loaded.map(|index| Instance { store: self.store.id, index })
    }

    /// What the caller exports under a name.
    pub fn export(&self, name: &str) -> Option<Extern> {
        self.instance()?.export(&*self.store, name)
    }

    /// The arguments of the pending call.
    #[inline]
    pub(super) fn args(&self) -> &[u64] {
        let (innermost, slot) = (self.store.calls.last(), self.store.active());
        innermost.zip(slot).map_or(&[], |(innermost, slot)| innermost.call.args_mounted(&slot.core))
    }

    /// Answers the pending call.
    #[inline]
    pub(super) fn answer(&mut self, results: &[u64]) {
        let store = &mut *self.store;
        let slot = store.loaded.and_then(|instance| store.instances.get_mut(instance));
        if let Some((innermost, slot)) = store.calls.last_mut().zip(slot) {
            innermost.call.answer_mounted(&mut slot.core, results);
        }
    }
}

impl<T> sealed::Sealed for Guest<'_, T> {
    type Data = T;

    fn store(&self) -> &Store<T> {
        self.store
    }

    fn store_mut(&mut self) -> &mut Store<T> {
        self.store
    }
}

impl<T> AsStore for Guest<'_, T> {}

fn span(start: u32, len: u32) -> Option<core::ops::Range<usize>> {
    let start = usize::try_from(start).ok()?;
    Some(start..start.checked_add(usize::try_from(len).ok()?)?)
}
