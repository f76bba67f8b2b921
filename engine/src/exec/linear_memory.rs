//! Linear memory: all zero where nobody has written, without anybody having to write the zeros, as far as
//! that can be had.
//!
//! A fresh memory is asked of the allocator zeroed, and so of the operating system, where that is lazy. With
//! `std` the memories of past instances are kept for the next ones of the same thread ([`pool`]): what
//! lies between the first byte that was written and the last is zeroed again, and nothing else, which takes far less
//! than a fresh memory. So every way to write tells what it writes: it *touches* the bytes.

#[cfg(feature = "std")]
mod pool;

use crate::types::PAGE_BYTES;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// Bytes that are touched at a time, so that a program that goes up or down byte by byte seldom asks.
const TOUCHED_AT_ONCE: usize = 1_024;

/// The widest store has two to the power of so many bytes.
const STORE_BYTES_LOG_MAX: usize = 3;

/// The memory of an instance.
#[derive(Default)]
pub(crate) struct LinearMemory {
    /// What the guest has, and behind it what it may grow into.
    bytes: Vec<u8>,
    pages: u32,
    pages_max: u32,
    /// Every byte outside of it is zero. It lies within what the guest has.
    touched: Range<usize>,
    /// The start of `touched`, and for stores of 1, 2, 4 and 8 bytes how many bytes from there on one may begin at:
    /// what stores compare with.
    first_start: u64,
    starts: [u64; STORE_BYTES_LOG_MAX + 1],
}

impl LinearMemory {
    pub(crate) fn new(pages: u32, pages_max: u32) -> Self {
        let starts = [0; STORE_BYTES_LOG_MAX + 1];
        Self { bytes: zeroed(byte_count(pages)), pages, pages_max, touched: 0..0, first_start: 0, starts }
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
            grown[self.touched.clone()].copy_from_slice(&self.bytes[self.touched.clone()]);
            give_back(core::mem::replace(&mut self.bytes, grown), self.touched.clone());
        }
        self.pages = needed;
    }

    /// The first byte and how many there are, without borrowing them. Whoever writes there says so to
    /// [`Self::touch`].
    pub(crate) fn base_and_len(&mut self) -> (*mut u8, usize) {
        (self.bytes.as_mut_ptr(), byte_count(self.pages))
    }

    /// Whether `N` bytes from `start` on, a power of two up to 8, have been touched. Then they lie inside.
    #[inline(always)]
    pub(crate) fn is_touched<const N: usize>(&self, start: u64) -> bool {
        const { assert!(N.is_power_of_two() && N <= 1 << STORE_BYTES_LOG_MAX) };
        start.wrapping_sub(self.first_start) < self.starts[N.trailing_zeros() as usize]
    }

    /// Bytes that lie inside may be written from now on.
    #[inline(always)]
    pub(crate) fn touch(&mut self, span: Range<usize>) {
        if span.start < self.touched.start || span.end > self.touched.end {
            self.touch_more(span);
        }
    }

    #[cold]
    #[inline(never)]
    fn touch_more(&mut self, span: Range<usize>) {
        if span.is_empty() {
            return;
        }
        let (start, end) = if self.touched.is_empty() {
            (span.start, span.end)
        } else {
            (span.start.min(self.touched.start), span.end.max(self.touched.end))
        };
        let start = start / TOUCHED_AT_ONCE * TOUCHED_AT_ONCE;
        let end = end.next_multiple_of(TOUCHED_AT_ONCE).min(byte_count(self.pages));
        self.touched = start..end;
        // A usize fits a u64 on every target.
        self.first_start = start as u64;
        for (log, starts) in self.starts.iter_mut().enumerate() {
            *starts = ((end - start + 1) as u64).saturating_sub(1 << log);
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..byte_count(self.pages)]
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        let len = byte_count(self.pages);
        self.touch(0..len);
        &mut self.bytes[..len]
    }

    /// A span of the memory; `None` if it does not lie inside.
    pub(crate) fn span(&self, offset: u32, len: usize) -> Option<&[u8]> {
        let start = usize::try_from(offset).ok()?;
        self.bytes().get(start..start.checked_add(len)?)
    }

    /// The same, to write to.
    pub(crate) fn span_mut(&mut self, offset: u32, len: usize) -> Option<&mut [u8]> {
        let start = usize::try_from(offset).ok()?;
        let end = start.checked_add(len)?;
        if end > byte_count(self.pages) {
            return None;
        }
        self.touch(start..end);
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
        give_back(core::mem::take(&mut self.bytes), self.touched.clone());
    }
}

/// So many bytes that are zero, and perhaps more.
fn zeroed(bytes: usize) -> Vec<u8> {
    #[cfg(feature = "std")]
    if let Some(kept) = pool::take(bytes) {
        return kept;
    }
    vec![0; bytes]
}

/// A memory is not needed any more, in which nothing outside of `touched` has been written.
fn give_back(bytes: Vec<u8>, touched: Range<usize>) {
    debug_assert!(
        [bytes.get(..touched.start), bytes.get(touched.end..)].into_iter().flatten().flatten().all(|byte| *byte == 0),
        "an untold write"
    );
    #[cfg(feature = "std")]
    pool::give(bytes, touched);
    #[cfg(not(feature = "std"))]
    let _ = touched;
}

fn byte_count(pages: u32) -> usize {
    usize::try_from(u64::from(pages) * u64::from(PAGE_BYTES)).expect("the run's limits fit the target's memory; qed")
}
