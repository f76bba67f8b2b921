//! Linear memory: all zero where nobody has written, without anybody having to write the zeros, as far as
//! that can be had.
//!
//! A fresh memory is asked of the allocator zeroed, and so of the operating system, where that is lazy. The
//! memories of past instances are kept for the next ones of the same thread ([`pool`]): what
//! was written is zeroed again, and nothing else, which takes far less than a fresh memory. So every way to
//! write tells how far up it goes. This is what builds with `std` have; the others, without operating system or threads, have
//! `exec/lazy_memory.rs` in its place, with the same interface.

mod pool;

use crate::types::PAGE_BYTES;
use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;

/// The memory of an instance.
#[derive(Default)]
pub(crate) struct LinearMemory {
    /// What the guest has, and behind it what it may grow into.
    bytes: Vec<u8>,
    pages: u32,
    pages_max: u32,
    /// From here on every byte is zero.
    touched: usize,
}

/// What the interpreter may access without asking, as its registers hold it: all of the memory.
#[derive(Clone, Copy, Default)]
pub(crate) struct Window {
    bytes: usize,
}

impl Window {
    /// Whether an access of so many bytes lies inside; where it is, from the memory's first byte.
    #[inline(always)]
    pub(crate) fn find(self, start: u64, bytes: usize) -> Option<usize> {
        // Addresses and offsets have 32 bits each: the sum does not wrap, and fits the target if it is in bounds.
        (start + bytes as u64 <= self.bytes as u64).then_some(start as usize)
    }

    /// How many bytes there are from an address to its end.
    #[inline(always)]
    pub(crate) fn room(self, start: u64) -> u64 {
        (self.bytes as u64).saturating_sub(start)
    }
}

impl LinearMemory {
    /// Whether memory becomes ready little by little: see `exec/lazy_memory.rs`.
    pub(crate) const IS_LAZY: bool = false;

    pub(crate) fn new(pages: u32, pages_max: u32) -> Self {
        Self { bytes: zeroed(byte_count(pages)), pages, pages_max, touched: 0 }
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
            // is new comes zeroed, so that nobody writes zeros over megabytes.
            let room = needed.max(self.pages.saturating_mul(2)).min(self.pages_max);
            let mut grown = zeroed(byte_count(room));
            grown[..self.touched].copy_from_slice(&self.bytes[..self.touched]);
            give_back(core::mem::replace(&mut self.bytes, grown), self.touched);
        }
        self.pages = needed;
    }

    /// Bytes that the guest has.
    pub(crate) fn len(&self) -> usize {
        byte_count(self.pages)
    }

    /// All of it is ready.
    pub(crate) fn complete(&mut self) {}

    /// The first byte and how many there are, without borrowing them. Whoever writes there says so to
    /// [`Self::touch`].
    pub(crate) fn base_and_window(&mut self) -> (*mut u8, Window) {
        (self.bytes.as_mut_ptr(), Window { bytes: self.len() })
    }

    /// An access was out of bounds: nothing can be done about that.
    #[inline(always)]
    pub(crate) fn want(&mut self, _: u64) {}

    pub(crate) fn reach(&mut self) -> bool {
        false
    }

    /// Bytes below `end` may be written from now on.
    #[inline(always)]
    pub(crate) fn touch(&mut self, end: usize) {
        if end > self.touched {
            self.touched = end;
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..byte_count(self.pages)]
    }

    pub(crate) fn whole(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(self.bytes())
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        let len = byte_count(self.pages);
        self.touch(len);
        &mut self.bytes[..len]
    }

    /// Whether a span lies inside of the memory.
    pub(crate) fn contains(&self, offset: u32, len: usize) -> bool {
        self.span(offset, len).is_some()
    }

    /// Copies a span; `None` if it does not lie inside.
    pub(crate) fn read(&self, offset: u32, into: &mut [u8]) -> Option<()> {
        into.copy_from_slice(self.span(offset, into.len())?);
        Some(())
    }

    fn span(&self, offset: u32, len: usize) -> Option<&[u8]> {
        let start = usize::try_from(offset).ok()?;
        self.bytes().get(start..start.checked_add(len)?)
    }

    /// A span, to write to; `None` if it does not lie inside.
    pub(crate) fn span_mut(&mut self, offset: u32, len: usize) -> Option<&mut [u8]> {
        let start = usize::try_from(offset).ok()?;
        let end = start.checked_add(len)?;
        if end > byte_count(self.pages) {
            return None;
        }
        self.touch(end);
        self.bytes.get_mut(start..end)
    }

    /// Copies bytes from one place to another, as if by way of a buffer; `None` if not all lie inside.
    pub(crate) fn copy(&mut self, to: u32, from: u32, len: usize) -> Option<()> {
        self.span(from, len)?;
        self.span_mut(to, len)?;
        let (from, to) = (usize::try_from(from).ok()?, usize::try_from(to).ok()?);
        self.bytes.copy_within(from..from + len, to);
        Some(())
    }
}

impl Drop for LinearMemory {
    fn drop(&mut self) {
        give_back(core::mem::take(&mut self.bytes), self.touched);
    }
}

/// So many bytes that are zero, and perhaps more.
fn zeroed(bytes: usize) -> Vec<u8> {
    if let Some(kept) = pool::take(bytes) {
        return kept;
    }
    vec![0; bytes]
}

/// A memory is not needed any more, in which nothing from `touched` on has been written.
fn give_back(bytes: Vec<u8>, touched: usize) {
    debug_assert!(bytes.get(touched..).is_none_or(|rest| rest.iter().all(|byte| *byte == 0)), "an untold write");
    pool::give(bytes, touched);
}

fn byte_count(pages: u32) -> usize {
    usize::try_from(u64::from(pages) * u64::from(PAGE_BYTES)).expect("the run's limits fit the target's memory; qed")
}
