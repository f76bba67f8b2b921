//! Linear memory: zeroed by the allocator, and so by the operating system, where that is lazy.

use crate::types::PAGE_BYTES;
use alloc::vec;
use alloc::vec::Vec;

/// The memory of an instance.
#[derive(Default)]
pub(crate) struct LinearMemory {
    /// What the guest has, and behind it what it may grow into: all of that is still zero.
    bytes: Vec<u8>,
    pages: u32,
    pages_max: u32,
}

impl LinearMemory {
    pub(crate) fn new(pages: u32, pages_max: u32) -> Self {
        Self { bytes: vec![0; byte_count(pages)], pages, pages_max }
    }

    pub(crate) fn pages(&self) -> u32 {
        self.pages
    }

    /// Whether the memory may grow by so many pages.
    pub(crate) fn may_grow(&self, pages: u32) -> bool {
        self.pages.checked_add(pages).is_some_and(|pages| pages <= self.pages_max)
    }

    /// Grows; the caller has asked [`Self::may_grow`].
    pub(crate) fn grow(&mut self, pages: u32) {
        let needed = self.pages + pages;
        if byte_count(needed) > self.bytes.len() {
            // At least twice as much: growing page by page copies each byte a few times at most. What
            // is new comes from the allocator zeroed, so that nobody writes zeros over megabytes.
            let room = needed.max(self.pages.saturating_mul(2)).min(self.pages_max);
            let mut grown = vec![0; byte_count(room)];
            grown[..self.bytes.len()].copy_from_slice(&self.bytes);
            self.bytes = grown;
        }
        self.pages = needed;
    }

    /// The first byte and how many there are, without borrowing them.
    pub(crate) fn base_and_len(&mut self) -> (*mut u8, usize) {
        (self.bytes.as_mut_ptr(), byte_count(self.pages))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..byte_count(self.pages)]
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes[..byte_count(self.pages)]
    }

    /// A span of the memory; `None` if it does not lie inside.
    pub(crate) fn span(&self, offset: u32, len: usize) -> Option<&[u8]> {
        let start = usize::try_from(offset).ok()?;
        self.bytes().get(start..start.checked_add(len)?)
    }

    /// The same, to write to.
    pub(crate) fn span_mut(&mut self, offset: u32, len: usize) -> Option<&mut [u8]> {
        let start = usize::try_from(offset).ok()?;
        self.bytes_mut().get_mut(start..start.checked_add(len)?)
    }
}

fn byte_count(pages: u32) -> usize {
    usize::try_from(u64::from(pages) * u64::from(PAGE_BYTES)).expect("the run's limits fit the target's memory; qed")
}
