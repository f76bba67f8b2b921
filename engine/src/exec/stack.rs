//! The cells of all frames, and the addresses to return to.
//!
//! Both grow as calls nest, so that an instance that calls little takes little; how far they may
//! grow is the run's limits, counted on the Wasm program (Law 2).

use crate::isa::Unit;
use crate::limits::RunLimits;
use crate::trap::Trap;
use alloc::vec::Vec;

#[cfg(test)]
mod tests;

/// Cells that an instance starts with: 8 KiB, enough for most calls of real contracts.
#[cfg(feature = "std")]
const CELLS_START: usize = 1_024;
/// The same inside a runtime, where memory is touched for the first time in every call: a page with the allocator's
/// header, which the messages of small contracts do with.
#[cfg(not(feature = "std"))]
const CELLS_START: usize = 500;

/// Cells behind the last one that a frame may have: [locals are zeroed](super::machine::Machine) so many at a time.
pub(crate) const ZEROED_AT_ONCE: usize = 4;

/// Return addresses that there is room for once there is room for any: as deep as most calls go.
const RETURNS_START: usize = 64;

/// Where a run stands, to go on from.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// The instruction.
    pub(crate) ip: *const Unit,
    /// The first cell of the frame, by number: cells may move between runs.
    pub(crate) frame: usize,
}

/// Nowhere: nobody runs on a stack before a call has said where it begins.
const NOWHERE: Place = Place { ip: core::ptr::null(), frame: 0 };

pub(crate) struct Stack {
    /// Those that frames may have, and [`ZEROED_AT_ONCE`] more, once there are any.
    cells: Vec<u64>,
    /// How many frames may have.
    room: usize,
    /// Addresses to return to: the first `depth` are in use. Never longer than the limit of nested calls.
    returns: Vec<*const Unit>,
    depth: usize,
    limits: RunLimits,
    /// Where the run that these frames are of stands, while it does not run.
    pub(crate) place: Place,
    /// Whose frames these are: the address of the code that the call began with, which it alone has.
    owner: *const Unit,
}

// SAFETY: the addresses point into code that the instance's module owns and never changes, or into the stub of the call
// that these frames are of, which moves with it without changing its address; they are used only by the run that
// holds both exclusively, and may move to another thread with them.
#[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
unsafe impl Send for Stack {}

impl Default for Stack {
    /// A stack on which nothing can run, and that takes no memory.
    fn default() -> Self {
        let limits = RunLimits { call_depth: 0, stack_height: 0, memory_pages: 0, table_elements: 0 };
        Self { cells: Vec::new(), room: 0, returns: Vec::new(), depth: 0, limits, place: NOWHERE, owner: NOWHERE.ip }
    }
}

impl Stack {
    pub(crate) fn new(limits: RunLimits) -> Self {
        let mut stack = Self { limits, ..Self::default() };
        stack.set_room(CELLS_START);
        stack
    }

    /// Has room for so many cells of frames from now on, or for as many as the limit allows.
    fn set_room(&mut self, cells: usize) {
        // Never more than the limit: so a frame that fits what there is, is within the limit.
        self.room = usize::try_from(self.limits.stack_height).unwrap_or(usize::MAX).min(cells);
        self.cells.resize(self.room + ZEROED_AT_ONCE, 0);
    }

    /// From now on these are the frames of the call that begins with this code.
    pub(crate) fn begin(&mut self, stub: *const Unit) {
        self.place = Place { ip: stub, frame: 0 };
        self.owner = stub;
    }

    /// Whether these are the frames of the call that began with this code.
    #[inline(always)]
    pub(crate) fn is_of(&self, stub: *const Unit) -> bool {
        core::ptr::eq(self.owner, stub)
    }

    /// The first cell.
    pub(crate) fn base(&mut self) -> *mut u64 {
        self.cells.as_mut_ptr()
    }

    /// One past the last cell that a frame may have.
    #[inline(always)]
    pub(crate) fn end(&mut self) -> *mut u64 {
        // Not by way of a slice: that would end the addresses that the interpreter holds.
        self.cells.as_mut_ptr().wrapping_add(self.room)
    }

    /// The first cell, to measure distances from.
    pub(crate) fn start(&self) -> *const u64 {
        self.cells.as_ptr()
    }

    /// Whether this is the address of a cell.
    pub(crate) fn contains(&self, cell: *const u64) -> bool {
        let start = self.cells.as_ptr();
        (start..start.wrapping_add(self.cells.len())).contains(&cell)
    }

    pub(crate) fn cells(&self) -> &[u64] {
        &self.cells
    }

    pub(crate) fn cells_mut(&mut self) -> &mut [u64] {
        &mut self.cells
    }

    /// Makes room for a frame of `cells` cells that begins at cell `from`.
    ///
    /// # Errors
    /// If the program's limit of locals and operands does not allow it.
    #[cold]
    #[inline(never)]
    pub(crate) fn grow(&mut self, from: usize, cells: usize) -> Result<(), Trap> {
        let needed = from.saturating_add(cells);
        let max = usize::try_from(self.limits.stack_height).unwrap_or(usize::MAX);
        if needed > max {
            return Err(Trap::StackHeightExceeded);
        }
        if needed > self.room {
            self.set_room(self.room.saturating_mul(2).max(needed));
        }
        Ok(())
    }

    /// Makes room for one more return address.
    ///
    /// # Errors
    /// If the program's limit of nested calls does not allow it.
    #[cold]
    #[inline(never)]
    pub(crate) fn prepare_return(&mut self) -> Result<(), Trap> {
        let max = usize::try_from(self.limits.call_depth).unwrap_or(usize::MAX);
        if self.depth >= max {
            return Err(Trap::CallDepthExceeded);
        }
        if self.depth == self.returns.len() {
            let len = self.returns.len().saturating_mul(2).max(RETURNS_START).min(max);
            self.returns.resize(len, core::ptr::null());
        }
        Ok(())
    }

    /// Notes where the current function goes on; `false` if there is no room for that yet.
    #[inline(always)]
    pub(crate) fn push_return(&mut self, to: *const Unit) -> bool {
        // What is room is within the limit: `prepare_return` makes no more.
        match self.returns.get_mut(self.depth) {
            Some(place) => *place = to,
            None => return false,
        }
        self.depth += 1;
        true
    }

    /// The address that the current function returns to.
    #[inline(always)]
    #[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
    pub(crate) fn top_return(&self) -> *const Unit {
        debug_assert!(self.depth > 0, "the first function was called from the entry stub");
        let returns = self.returns.as_ptr();
        // SAFETY: V11 - a function that runs was called, and `push_return` noted from where.
        let top = unsafe { returns.add(self.depth.wrapping_sub(1)) };
        // SAFETY: as above.
        unsafe { *top }
    }

    #[inline(always)]
    pub(crate) fn pop_return(&mut self) {
        self.depth = self.depth.wrapping_sub(1);
    }

    /// Forgets all calls under way.
    pub(crate) fn reset(&mut self) {
        self.depth = 0;
    }

    /// Forgets all calls under way, and binds those to come to other limits.
    pub(crate) fn reset_to(&mut self, limits: RunLimits) {
        self.reset();
        self.limits = limits;
        let depth = usize::try_from(limits.call_depth).unwrap_or(usize::MAX);
        self.returns.truncate(depth);
        self.set_room(self.room.max(CELLS_START));
    }

    /// Calls under way.
    pub(crate) fn depth(&self) -> u32 {
        u32::try_from(self.depth).unwrap_or(u32::MAX)
    }
}
