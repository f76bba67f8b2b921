//! Linear memory: zeroed by the allocator, and so by the operating system, where that is lazy.

use crate::types::PAGE_BYTES;
use alloc::vec;
use alloc::vec::Vec;

/// The memory of an instance.
#[derive(Default)]
pub(crate) struct LinearMemory {
    bytes: Vec<u8>,
    pages_max: u32,
}

impl LinearMemory {
    pub(crate) fn new(pages: u32, pages_max: u32) -> Self {
        Self { bytes: vec![0; byte_count(pages)], pages_max }
    }

    pub(crate) fn pages(&self) -> u32 {
        let page = usize::try_from(PAGE_BYTES).expect("a page fits usize; qed");
        u32::try_from(self.bytes.len() / page).expect("pages are counted in u32; qed")
    }

    /// Whether the memory may grow by so many pages.
    pub(crate) fn may_grow(&self, pages: u32) -> bool {
        self.pages().checked_add(pages).is_some_and(|pages| pages <= self.pages_max)
    }

    /// Grows; the caller has asked [`Self::may_grow`].
    pub(crate) fn grow(&mut self, pages: u32) {
        if pages == 0 {
            return;
        }
        // New pages come from the allocator zeroed, so that nobody writes zeros over megabytes.
        let mut grown = vec![0; byte_count(self.pages() + pages)];
        grown[..self.bytes.len()].copy_from_slice(&self.bytes);
        self.bytes = grown;
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    /// A span of the memory; `None` if it does not lie inside.
    pub(crate) fn span(&self, offset: u32, len: usize) -> Option<&[u8]> {
        let start = usize::try_from(offset).ok()?;
        self.bytes.get(start..start.checked_add(len)?)
    }

    /// The same, to write to.
    pub(crate) fn span_mut(&mut self, offset: u32, len: usize) -> Option<&mut [u8]> {
        let start = usize::try_from(offset).ok()?;
        self.bytes.get_mut(start..start.checked_add(len)?)
    }
}

fn byte_count(pages: u32) -> usize {
    usize::try_from(u64::from(pages) * u64::from(PAGE_BYTES)).expect("the run's limits fit the target's memory; qed")
}
