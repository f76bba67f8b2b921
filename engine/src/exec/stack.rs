//! The cells of all frames, and the addresses to return to.
//!
//! Both grow as calls nest, so that an instance that calls little takes little; how far they may
//! grow is the run's limits, counted on the Wasm program (Law 2).

use crate::isa::Unit;
use crate::limits::RunLimits;
use crate::trap::Trap;
use alloc::vec;
use alloc::vec::Vec;

/// Cells that an instance starts with: 8 KiB, enough for most calls of real contracts.
const CELLS_START: usize = 1_024;

pub(crate) struct Stack {
    cells: Vec<u64>,
    returns: Vec<*const Unit>,
    limits: RunLimits,
}

// SAFETY: the addresses point into code that the instance's module owns and never changes, and
// they are used only by the run that holds the instance; they may move to another thread with it.
#[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
unsafe impl Send for Stack {}

impl Default for Stack {
    /// A stack on which nothing can run, and that takes no memory.
    fn default() -> Self {
        let limits = RunLimits { call_depth: 0, stack_height: 0, memory_pages: 0, table_elements: 0 };
        Self { cells: Vec::new(), returns: Vec::new(), limits }
    }
}

impl Stack {
    pub(crate) fn new(limits: RunLimits) -> Self {
        // Never more than the limit: so a frame that fits what there is, is within the limit.
        let cells = usize::try_from(limits.stack_height).unwrap_or(usize::MAX).min(CELLS_START);
        Self { cells: vec![0; cells], returns: Vec::new(), limits }
    }

    /// The first cell.
    pub(crate) fn base(&mut self) -> *mut u64 {
        self.cells.as_mut_ptr()
    }

    /// One past the last cell.
    pub(crate) fn end(&mut self) -> *mut u64 {
        // Not by way of a slice: that would end the addresses that the interpreter holds.
        self.cells.as_mut_ptr().wrapping_add(self.cells.len())
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
    pub(crate) fn grow(&mut self, from: usize, cells: u32) -> Result<(), Trap> {
        let count = |cells: u32| usize::try_from(cells).unwrap_or(usize::MAX);
        let needed = from.saturating_add(count(cells));
        let max = count(self.limits.stack_height);
        if needed > max {
            return Err(Trap::StackHeightExceeded);
        }
        if needed > self.cells.len() {
            let len = self.cells.len().saturating_mul(2).max(needed).min(max);
            self.cells.resize(len, 0);
        }
        Ok(())
    }

    /// # Errors
    /// If the program's limit of nested calls does not allow it.
    #[inline(always)]
    pub(crate) fn push_return(&mut self, to: *const Unit) -> Result<(), Trap> {
        if self.returns.len() >= usize::try_from(self.limits.call_depth).unwrap_or(usize::MAX) {
            return Err(Trap::CallDepthExceeded);
        }
        self.returns.push(to);
        Ok(())
    }

    /// The address that the current function returns to.
    #[inline(always)]
    pub(crate) fn top_return(&self) -> Option<*const Unit> {
        self.returns.last().copied()
    }

    #[inline(always)]
    pub(crate) fn pop_return(&mut self) {
        self.returns.pop();
    }

    /// Forgets all calls under way.
    pub(crate) fn reset(&mut self) {
        self.returns.clear();
    }

    /// Forgets all calls under way, and binds those to come to other limits.
    pub(crate) fn reset_to(&mut self, limits: RunLimits) {
        self.reset();
        self.limits = limits;
        let cells = usize::try_from(limits.stack_height).unwrap_or(usize::MAX);
        let len = self.cells.len().max(CELLS_START).min(cells);
        self.cells.resize(len, 0);
    }

    /// Calls under way.
    pub(crate) fn depth(&self) -> u32 {
        u32::try_from(self.returns.len()).unwrap_or(u32::MAX)
    }
}
