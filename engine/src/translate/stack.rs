//! The operand stack as the translator sees it: what Wasm would push is mostly only remembered.
//!
//! An entry is a cell that holds the value (its *home*, the cell of its height), a local that has
//! not been read yet, or a constant that has not been written yet. Reading a local late is right
//! until the local is written: then every entry that names it is copied home first. Entries that
//! name the same local are linked, so finding them costs what they are, not what the stack is.

use crate::isa::field::Slot;
use alloc::vec;
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

pub(crate) struct OperandStack {
    entries: Vec<Entry>,
    /// For each local the topmost entry that names it.
    newest: Vec<Option<u32>>,
    locals: u32,
    /// No entry below this height names a local.
    settled: usize,
    highest: usize,
    cells_max: u32,
}

/// Why the stack cannot do what the code asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum StackError {
    /// There is no such operand.
    Underflow,
    /// There is no such local.
    Local,
    /// Locals and operands do not fit a frame.
    Height(u64),
}

impl OperandStack {
    /// `cells_max` bounds locals and operands together and fits 16 bits.
    pub(crate) fn new(locals: u32, cells_max: u32) -> Self {
        let count = usize::try_from(locals).expect("a u32 fits usize on every supported target; qed");
        Self {
            entries: Vec::new(),
            newest: vec![None; count],
            locals,
            settled: 0,
            highest: 0,
            cells_max: cells_max.min(u32::from(u16::MAX)),
        }
    }

    pub(crate) fn height(&self) -> usize {
        self.entries.len()
    }

    /// Cells of the frame so far: locals, and operands at their highest.
    pub(crate) fn cells(&self) -> u32 {
        self.locals + u32::try_from(self.highest).expect("`push` keeps locals and operands within 16 bits; qed")
    }

    /// The home of the operand at a height.
    pub(crate) fn home(&self, height: usize) -> Slot {
        let slot = usize::try_from(self.locals).unwrap_or(usize::MAX).saturating_add(height);
        Slot(u16::try_from(slot).expect("`push` keeps locals and operands within 16 bits; qed"))
    }

    /// Makes sure that the frame has room for operands up to a height.
    pub(crate) fn reserve(&mut self, height: usize) -> Result<(), StackError> {
        let cells = u64::from(self.locals).saturating_add(u64::try_from(height).unwrap_or(u64::MAX));
        // A home must have a name even where nothing is pushed: a window of no arguments, say.
        if cells >= u64::from(self.cells_max) {
            return Err(StackError::Height(cells));
        }
        self.highest = self.highest.max(height);
        Ok(())
    }

    /// Pushes a value that an instruction leaves at home; returns its home.
    pub(crate) fn push_home(&mut self, zero_extended: bool) -> Result<Slot, StackError> {
        self.push(Entry::Home { zero_extended })?;
        Ok(self.home(self.entries.len() - 1))
    }

    pub(crate) fn push_const(&mut self, value: i64) -> Result<(), StackError> {
        self.push(Entry::Const(value))
    }

    pub(crate) fn push_local(&mut self, local: u32) -> Result<(), StackError> {
        let height = u32::try_from(self.entries.len()).map_err(|_| StackError::Height(u64::MAX))?;
        let previous = self.newest_mut(local)?.replace(height);
        self.push(Entry::Local { local, previous })
    }

    /// Whether the function has this local.
    pub(crate) fn local(&self, local: u32) -> Result<Slot, StackError> {
        if local >= self.locals {
            return Err(StackError::Local);
        }
        u16::try_from(local).map(Slot).map_err(|_| StackError::Local)
    }

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
        while self.entries.len() > height {
            self.pop()?;
        }
        Ok(())
    }

    /// The local is about to be written: takes home the entries that name it.
    pub(crate) fn preserve(&mut self, local: u32, mut settle: impl FnMut(Settle)) -> Result<(), StackError> {
        let slot = self.local(local)?;
        let mut entry = self.newest_mut(local)?.take();
        while let Some(height) = entry {
            let height = usize::try_from(height).map_err(|_| StackError::Underflow)?;
            let home = self.home(height);
            let place = self.entries.get_mut(height).ok_or(StackError::Underflow)?;
            let Entry::Local { previous, .. } = *place else { return Err(StackError::Underflow) };
            *place = Entry::Home { zero_extended: false };
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

    fn push(&mut self, entry: Entry) -> Result<(), StackError> {
        self.reserve(self.entries.len() + 1)?;
        self.entries.push(entry);
        Ok(())
    }

    fn newest_mut(&mut self, local: u32) -> Result<&mut Option<u32>, StackError> {
        usize::try_from(local).ok().and_then(|local| self.newest.get_mut(local)).ok_or(StackError::Local)
    }
}
