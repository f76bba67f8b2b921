//! Linear memory: all zero where nobody has written, without anybody having to write the zeros, as far as
//! that can be had.
//!
//! A fresh memory is asked of the allocator zeroed, and so of the operating system, where that is lazy. The
//! memories of past instances are kept for the next ones of the same thread ([`pool`]): what
//! lies between the first byte that was written and the last is zeroed again, and nothing else, which takes far less
//! than a fresh memory. So every way to write tells what it writes: it *touches* the bytes.
//!
//! A program may read all of it without asking ([`Window`]), and write what has been touched. A store elsewhere stops the
//! instruction, the bytes are touched, and it runs again ([`prepare`](super::prepare)).
//!
//! This is what builds with `std` have; the others, without operating system or threads, have `exec/lazy_memory.rs` in its
//! place, with the same interface.

mod pool;

use crate::types::PAGE_BYTES;
use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// Bytes that are touched at a time, so that a program that goes up or down byte by byte seldom asks.
const STEP_BYTES: usize = 1_024;
/// The longest access of an instruction has two to the power of so many bytes.
const ACCESS_BYTES_LOG_MAX: usize = 3;

/// The memory of an instance.
#[derive(Default)]
pub(crate) struct LinearMemory {
    /// What the guest has, and behind it what it may grow into.
    bytes: Vec<u8>,
    pages: u32,
    pages_max: u32,
    window: Window,
    /// Every byte outside of it is zero. It lies within what the guest has.
    touched: Range<usize>,
    /// The same as stores compare with it.
    touched_start: u64,
    touched_places: Places,
    /// Where the access is that could not be last.
    wanted: u64,
}

/// How many places a span has where accesses of 1, 2, 4 and 8 bytes may begin: so an access makes one comparison and adds
/// nothing for it.
#[derive(Clone, Copy, Default)]
struct Places([u64; ACCESS_BYTES_LOG_MAX + 1]);

impl Places {
    fn of(bytes: usize) -> Self {
        // A usize fits a u64 on every target.
        Self(core::array::from_fn(|log| (bytes as u64 + 1).saturating_sub(1 << log)))
    }

    /// Those of accesses of so many bytes, a power of two up to 8.
    #[inline(always)]
    fn get(&self, bytes: usize) -> u64 {
        self.0[bytes.trailing_zeros() as usize]
    }
}

/// What the interpreter may read without asking, as its registers hold it: all of the memory.
#[derive(Clone, Copy, Default)]
pub(crate) struct Window(Places);

impl Window {
    /// Whether an access of so many bytes lies inside; where it is, from the memory's first byte.
    #[inline(always)]
    pub(crate) fn find(self, start: u64, bytes: usize) -> Option<usize> {
        // In bounds, so it fits the target.
        (start < self.0.get(bytes)).then_some(start as usize)
    }

    /// How many bytes there are from an address to its end.
    #[inline(always)]
    pub(crate) fn room(self, start: u64) -> u64 {
        self.0.get(1).saturating_sub(start)
    }
}

impl LinearMemory {
    pub(crate) fn new(pages: u32, pages_max: u32) -> Self {
        let mut memory = Self::default();
        (memory.bytes, memory.pages_max) = (zeroed(byte_count(pages)), pages_max);
        memory.set_pages(pages);
        memory
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
        self.set_pages(needed);
    }

    fn set_pages(&mut self, pages: u32) {
        self.pages = pages;
        self.window = Window(Places::of(self.len()));
    }

    /// Bytes that the guest has.
    pub(crate) fn len(&self) -> usize {
        byte_count(self.pages)
    }

    /// All of it is ready.
    pub(crate) fn complete(&mut self) {}

    /// The first byte, without borrowing any. Whoever writes there says so to [`Self::touch`].
    pub(crate) fn base(&mut self) -> *mut u8 {
        self.bytes.as_mut_ptr()
    }

    #[inline(always)]
    pub(crate) fn window(&self) -> Window {
        self.window
    }

    /// Whether `N` bytes from `start` on, a power of two up to 8, have been touched, and so lie inside; where they are, from
    /// the first byte.
    #[inline(always)]
    pub(crate) fn find_touched<const N: usize>(&self, _: Window, start: u64) -> Option<usize> {
        let is_touched = start.wrapping_sub(self.touched_start) < self.touched_places.get(N);
        // In bounds, so it fits the target.
        is_touched.then_some(start as usize)
    }

    /// Whether so many bytes lie inside.
    #[inline(always)]
    pub(crate) fn is_inside(&self, window: Window, start: u64, bytes: usize) -> bool {
        window.find(start, bytes).is_some()
    }

    /// Takes note of an access that could not be.
    #[inline(always)]
    pub(crate) fn want(&mut self, start: u64) {
        self.wanted = start;
    }

    /// Touches what could not be accessed last; `false` if that is not why it could not be.
    pub(crate) fn reach(&mut self) -> bool {
        let wanted = core::mem::take(&mut self.wanted);
        let Some(start) = usize::try_from(wanted).ok().filter(|start| *start < self.len()) else { return false };
        let span = start..start.saturating_add(1 << ACCESS_BYTES_LOG_MAX).min(self.len());
        let is_outside = span.start < self.touched.start || span.end > self.touched.end;
        if is_outside {
            self.touch_more(span);
        }
        is_outside
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
        let start = start / STEP_BYTES * STEP_BYTES;
        let end = end.next_multiple_of(STEP_BYTES).min(self.len());
        (self.touched_start, self.touched_places) = (start as u64, Places::of(end - start));
        self.touched = start..end;
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..byte_count(self.pages)]
    }

    pub(crate) fn whole(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(self.bytes())
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        let len = byte_count(self.pages);
        self.touch(0..len);
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
    pool::give(bytes, touched);
}

fn byte_count(pages: u32) -> usize {
    usize::try_from(u64::from(pages) * u64::from(PAGE_BYTES)).expect("the run's limits fit the target's memory; qed")
}
