//! The operand stack as the translator sees it: what Wasm would push is mostly only remembered.
//!
//! An entry is a cell that holds the value (its *home*, the cell of its height), a local that has
//! not been read yet, or a constant that has not been written yet. Reading a local late is right
//! until the local is written: then every entry that names it is copied home first. Entries that
//! name the same local are linked, so finding them costs what they are, not what the stack is.
//!
//! Locals that are copied home where nothing carries them are charged (docs/GAS.md, Operands that wait): when an entry stops
//! naming its local is part of what gas is.

use super::trim;
use crate::isa::field::Slot;
use alloc::vec::Vec;

/// What an entry is, once it is popped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Value {
    /// In a cell. `zero_extended`: the high half is known to be zero.
    Cell { slot: Slot, zero_extended: bool },
    /// A constant; an i32 is sign-extended.
    Const(i64),
}

/// A popped entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Popped {
    pub(crate) value: Value,
    /// The cell of its height.
    pub(crate) home: Slot,
}

#[derive(Clone, Copy)]
enum Entry {
    Home { zero_extended: bool },
    Local { local: u32, previous: Option<u32> },
    Const(i64),
}

/// An entry that has to be written to its home.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Settle {
    pub(crate) home: Slot,
    pub(crate) value: Value,
}

#[derive(Default)]
pub(crate) struct OperandStack {
    entries: Vec<Entry>,
    /// For each local the topmost entry that names it. Longer than the function has locals, if one
    /// before it had more.
    newest: Vec<Option<u32>>,
    locals: u32,
    /// No entry below this height names a local.
    settled: usize,
    highest: usize,
    /// Operands stay below this height.
    height_max: usize,
    /// The last height that was not below it.
    refused: usize,
    /// Entries that have been looked at to be written home or forgotten.
    visited: usize,
}

/// As many operands as most functions have at once.
const OPERANDS_START: usize = 32;

/// Why the stack cannot do what the code asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum StackError {
    /// There is no such operand.
    Underflow,
    /// There is no such local.
    Local,
    /// Locals and operands do not fit a frame.
    Height,
}

impl OperandStack {
    /// Empties the stack: a function begins. `cells_max` bounds locals and operands together.
    pub(crate) fn clear(&mut self, locals: u32, cells_max: u32) {
        let count = usize::try_from(locals).expect("a u32 fits usize on every supported target; qed");
        if self.truncate(0).is_err() {
            self.entries.clear();
            self.newest.clear();
        }
        // What has been popped is named by no local: only new locals have to be written, so that a
        // thousand functions with a thousand locals each do not cost a million.
        if self.newest.len() < count {
            self.newest.resize(count, None);
        }
        self.entries.reserve(OPERANDS_START);
        debug_assert!(self.newest.iter().all(Option::is_none), "no entry is left that names a local");
        self.locals = locals;
        self.settled = 0;
        self.highest = 0;
        let room = cells_max.min(u32::from(u16::MAX)).saturating_sub(locals);
        self.height_max = usize::try_from(room).unwrap_or(usize::MAX);
        self.visited = 0;
    }

    /// Gives back whatever is large. What is left names no local.
    pub(super) fn trim(&mut self) {
        trim(&mut self.entries);
        trim(&mut self.newest);
    }

    /// How many entries have been looked at to be written home or forgotten.
    pub(crate) fn work(&self) -> usize {
        self.visited
    }

    pub(crate) fn height(&self) -> usize {
        self.entries.len()
    }

    /// Cells of the frame so far: locals, and operands at their highest.
    pub(crate) fn cells(&self) -> u32 {
        self.locals + u32::try_from(self.highest).expect("`push` keeps locals and operands within 16 bits; qed")
    }

    /// The cells for which there was no room.
    pub(crate) fn cells_refused(&self) -> u64 {
        u64::from(self.locals).saturating_add(u64::try_from(self.refused).unwrap_or(u64::MAX))
    }

    /// The home of the operand at a height.
    #[inline(always)]
    pub(crate) fn home(&self, height: usize) -> Slot {
        let slot = usize::try_from(self.locals).unwrap_or(usize::MAX).saturating_add(height);
        Slot(u16::try_from(slot).expect("`push` keeps locals and operands within 16 bits; qed"))
    }

    /// Makes sure that the frame has room for operands up to a height.
    #[inline(always)]
    pub(crate) fn reserve(&mut self, height: usize) -> Result<(), StackError> {
        if height > self.height_max {
            self.refused = height;
            return Err(StackError::Height);
        }
        self.highest = self.highest.max(height);
        Ok(())
    }

    /// Pushes a value that an instruction leaves at home; returns its home.
    #[inline(always)]
    pub(crate) fn push_home(&mut self, zero_extended: bool) -> Result<Slot, StackError> {
        self.push(Entry::Home { zero_extended })?;
        Ok(self.home(self.entries.len() - 1))
    }

    #[inline(always)]
    pub(crate) fn push_const(&mut self, value: i64) -> Result<(), StackError> {
        self.push(Entry::Const(value))
    }

    #[inline(always)]
    pub(crate) fn push_local(&mut self, local: u32) -> Result<(), StackError> {
        let height = u32::try_from(self.entries.len()).map_err(|_| StackError::Height)?;
        let previous = self.newest_mut(local)?.replace(height);
        self.push(Entry::Local { local, previous })
    }

    /// Whether the function has this local.
    #[inline(always)]
    pub(crate) fn local(&self, local: u32) -> Result<Slot, StackError> {
        if local >= self.locals {
            return Err(StackError::Local);
        }
        u16::try_from(local).map(Slot).map_err(|_| StackError::Local)
    }

    #[inline(always)]
    pub(crate) fn pop(&mut self) -> Result<Popped, StackError> {
        let entry = self.entries.pop().ok_or(StackError::Underflow)?;
        self.settled = self.settled.min(self.entries.len());
        let home = self.home(self.entries.len());
        let value = match entry {
            Entry::Home { zero_extended } => Value::Cell { slot: home, zero_extended },
            Entry::Const(value) => Value::Const(value),
            Entry::Local { local, previous } => {
                *self.newest_mut(local)? = previous;
                Value::Cell { slot: self.local(local)?, zero_extended: false }
            }
        };
        Ok(Popped { value, home })
    }

    /// Forgets everything above a height.
    pub(crate) fn truncate(&mut self, height: usize) -> Result<(), StackError> {
        self.visited += self.entries.len().saturating_sub(height);
        while self.entries.len() > height {
            self.pop()?;
        }
        Ok(())
    }

    /// The local is about to be written: takes home the entries that name it.
    #[inline]
    pub(crate) fn preserve(&mut self, local: u32, mut settle: impl FnMut(Settle)) -> Result<(), StackError> {
        let slot = self.local(local)?;
        let mut entry = self.newest_mut(local)?.take();
        while let Some(height) = entry {
            let height = usize::try_from(height).map_err(|_| StackError::Underflow)?;
            let home = self.home(height);
            let place = self.entries.get_mut(height).ok_or(StackError::Underflow)?;
            let Entry::Local { previous, .. } = *place else { return Err(StackError::Underflow) };
            *place = Entry::Home { zero_extended: false };
            self.visited += 1;
            settle(Settle { home, value: Value::Cell { slot, zero_extended: false } });
            entry = previous;
        }
        Ok(())
    }

    /// Takes home every entry that names a local: control is about to divide or to join.
    pub(crate) fn settle_locals(&mut self, settle: impl FnMut(Settle)) -> Result<(), StackError> {
        self.settle_from(self.settled, false, settle)?;
        self.settled = self.entries.len();
        Ok(())
    }

    /// Takes home the topmost `count` entries, constants too.
    pub(crate) fn settle_top(&mut self, count: usize, settle: impl FnMut(Settle)) -> Result<(), StackError> {
        let from = self.entries.len().checked_sub(count).ok_or(StackError::Underflow)?;
        self.settle_from(from, true, settle)
    }

    fn settle_from(&mut self, from: usize, constants: bool, mut settle: impl FnMut(Settle)) -> Result<(), StackError> {
        self.visited += self.entries.len().saturating_sub(from);
        // From the top down, so that an entry that names a local is always the newest of its kind.
        for height in (from..self.entries.len()).rev() {
            let home = self.home(height);
            let (value, zero_extended) = match self.entries[height] {
                Entry::Local { local, previous } => {
                    *self.newest_mut(local)? = previous;
                    (Value::Cell { slot: self.local(local)?, zero_extended: false }, false)
                }
                Entry::Const(value) if constants => (Value::Const(value), u32::try_from(value).is_ok()),
                Entry::Const(_) | Entry::Home { .. } => continue,
            };
            self.entries[height] = Entry::Home { zero_extended };
            settle(Settle { home, value });
        }
        Ok(())
    }

    #[inline(always)]
    fn push(&mut self, entry: Entry) -> Result<(), StackError> {
        self.reserve(self.entries.len() + 1)?;
        self.entries.push(entry);
        Ok(())
    }

    #[inline(always)]
    fn newest_mut(&mut self, local: u32) -> Result<&mut Option<u32>, StackError> {
        if local >= self.locals {
            return Err(StackError::Local);
        }
        usize::try_from(local).ok().and_then(|local| self.newest.get_mut(local)).ok_or(StackError::Local)
    }
}
