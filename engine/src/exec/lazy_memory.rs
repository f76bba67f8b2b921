//! Linear memory where nobody hands out memory that is zero already: inside a runtime, above all. A contract may have
//! a megabyte of it and touch a few kilobytes, and to write zeros over all of it would take longer than most messages.
//!
//! So zeros are written where the program comes. What has been written, zeros or more, is one *window* of the bytes,
//! and the interpreter compares addresses with the window instead of with the memory's end: that costs it
//! nothing more. An access outside of it ends the instruction before it has had any effect, the window is widened, if the access lies
//! inside of memory, and the instruction runs again ([`prepare`](super::prepare)). With `std` there is
//! [`linear_memory`](super::linear_memory) instead, of which this has the interface.
#![allow(unsafe_code, reason = "see docs/UNSAFE.md")]

use crate::types::PAGE_BYTES;
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec;
use core::mem::MaybeUninit;
use core::ops::Range;

/// The window's ends are multiples of this: little enough to be zeroed in a moment, enough for the next
/// accesses to be inside.
const STEP_BYTES: usize = 2_048;
/// The longest access of an instruction.
const ACCESS_BYTES_MAX: usize = 8;
/// An address that no access has.
const NOWHERE: u64 = u64::MAX;

/// The memory of an instance.
pub(crate) struct LinearMemory {
    /// What the guest has, and behind it what it may grow into. In the window every byte has been
    /// written.
    bytes: Box<[MaybeUninit<u8>]>,
    written: Range<usize>,
    /// The same as accesses compare with it.
    window: Window,
    pages: u32,
    pages_max: u32,
    /// Where the access is that was outside of the window last.
    wanted: u64,
}

/// The window as the interpreter's registers hold it.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    low: u64,
    /// So many places are in it where the longest access may begin.
    places: u64,
}

impl Window {
    /// Far from every address. `find` may be wrong about the first few bytes before it.
    const EMPTY: Self = Self { low: 1 << 63, places: 0 };

    /// Of a span of the memory.
    fn of(span: &Range<usize>) -> Self {
        match span.len().checked_sub(ACCESS_BYTES_MAX - 1) {
            None => Self::EMPTY,
            Some(places) => Self { low: span.start as u64, places: places as u64 },
        }
    }

    /// Whether an access of so many bytes lies inside; where it is, from the memory's first byte.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "the window is in memory")]
    pub(crate) fn find(self, start: u64, bytes: usize) -> Option<usize> {
        let places = self.places + (ACCESS_BYTES_MAX - bytes) as u64;
        (start.wrapping_sub(self.low) < places).then_some(start as usize)
    }

    /// How many bytes of it lie behind an address that is in it; of others there are none.
    #[inline(always)]
    pub(crate) fn room(self, start: u64) -> u64 {
        let bytes = if self.places == 0 { 0 } else { self.places + ACCESS_BYTES_MAX as u64 - 1 };
        let inside = start.wrapping_sub(self.low);
        bytes.saturating_sub(inside)
    }
}

impl Default for Window {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Default for LinearMemory {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

impl LinearMemory {
    pub(crate) fn new(pages: u32, pages_max: u32) -> Self {
        let bytes = Box::new_uninit_slice(byte_count(pages));
        Self { bytes, written: 0..0, window: Window::EMPTY, pages, pages_max, wanted: NOWHERE }
    }

    pub(crate) fn pages(&self) -> u32 {
        self.pages
    }

    /// Bytes that the guest has.
    pub(crate) fn len(&self) -> usize {
        byte_count(self.pages)
    }

    /// Whether the memory may grow by so many pages.
    pub(crate) fn may_grow(&self, pages: u32) -> bool {
        self.pages.checked_add(pages).is_some_and(|pages| pages <= self.pages_max)
    }

    /// Grows; the caller has asked [`Self::may_grow`].
    pub(crate) fn grow(&mut self, pages: u32) {
        let is_complete = self.written == (0..self.len());
        let needed = self.pages + pages;
        if byte_count(needed) > self.bytes.len() {
            // At least twice as much: growing page by page copies each byte a few times at most.
            let room = needed.max(self.pages.saturating_mul(2)).min(self.pages_max);
            let mut grown = Box::new_uninit_slice(byte_count(room));
            grown[self.written.clone()].copy_from_slice(&self.bytes[self.written.clone()]);
            self.bytes = grown;
        }
        self.pages = needed;
        if is_complete {
            self.complete();
        }
    }

    /// Makes all of it ready, for those who want to see it as a whole. It stays so when it grows.
    pub(crate) fn complete(&mut self) {
        let len = self.len();
        self.include(0..len);
    }

    /// The first byte, without borrowing any.
    pub(crate) fn base(&mut self) -> *mut u8 {
        self.bytes.as_mut_ptr().cast()
    }

    #[inline(always)]
    pub(crate) fn window(&self) -> Window {
        self.window
    }

    /// Whether `N` bytes from `start` on may be written; where they are, from the first byte.
    #[inline(always)]
    pub(crate) fn find_touched<const N: usize>(&self, window: Window, start: u64) -> Option<usize> {
        window.find(start, N)
    }

    /// Whether so many bytes lie inside, in the window or not.
    #[inline(always)]
    pub(crate) fn is_inside(&self, _: Window, start: u64, bytes: usize) -> bool {
        // Not by way of `len`, whose conversion may fail: the loop would have a call for that.
        start + bytes as u64 <= u64::from(self.pages) * u64::from(PAGE_BYTES)
    }

    /// Nothing to do: nobody else will get this memory.
    #[inline(always)]
    pub(crate) fn touch(&mut self, _: Range<usize>) {}

    /// Takes note of an access outside of the window.
    #[inline(always)]
    pub(crate) fn want(&mut self, start: u64) {
        self.wanted = start;
    }

    /// Widens the window to the access that was outside of it last; `false` if that is not why it could
    /// not be.
    pub(crate) fn reach(&mut self) -> bool {
        let wanted = core::mem::replace(&mut self.wanted, NOWHERE);
        let Some(start) = usize::try_from(wanted).ok().filter(|start| *start < self.len()) else { return false };
        let span = start..start.saturating_add(ACCESS_BYTES_MAX).min(self.len());
        let is_outside = span.start < self.written.start || span.end > self.written.end;
        if is_outside {
            self.include(span);
        }
        is_outside
    }

    /// All of it, if it is complete.
    pub(crate) fn bytes(&self) -> &[u8] {
        debug_assert_eq!(self.written, 0..self.len(), "memory that is shown as a whole is completed first");
        self.ready(self.written.clone())
    }

    /// All of it, as it is or copied.
    pub(crate) fn whole(&self) -> Cow<'_, [u8]> {
        if self.written == (0..self.len()) {
            return Cow::Borrowed(self.bytes());
        }
        let mut bytes = vec![0; self.len()];
        bytes[self.written.clone()].copy_from_slice(self.ready(self.written.clone()));
        Cow::Owned(bytes)
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        self.complete();
        let len = self.len();
        self.ready_mut(0..len)
    }

    /// Whether a span lies inside of the memory.
    pub(crate) fn contains(&self, offset: u32, len: usize) -> bool {
        self.range(offset, len).is_some()
    }

    /// Copies a span; `None` if it does not lie inside.
    pub(crate) fn read(&self, offset: u32, into: &mut [u8]) -> Option<()> {
        let range = self.range(offset, into.len())?;
        // Where nobody has been it is zero.
        let from = range.start.max(self.written.start);
        let to = range.end.min(self.written.end);
        if from >= to {
            into.fill(0);
            return Some(());
        }
        let (before, rest) = into.split_at_mut(from - range.start);
        let (inside, behind) = rest.split_at_mut(to - from);
        before.fill(0);
        inside.copy_from_slice(self.ready(from..to));
        behind.fill(0);
        Some(())
    }

    /// A span, to write to; `None` if it does not lie inside.
    pub(crate) fn span_mut(&mut self, offset: u32, len: usize) -> Option<&mut [u8]> {
        let range = self.range(offset, len)?;
        if range.is_empty() {
            return Some(&mut []);
        }
        self.include(range.clone());
        Some(self.ready_mut(range))
    }

    /// Copies bytes from one place to another, as if by way of a buffer; `None` if not all lie inside.
    pub(crate) fn copy(&mut self, to: u32, from: u32, len: usize) -> Option<()> {
        let (to, from) = (self.range(to, len)?, self.range(from, len)?);
        if len != 0 {
            self.include(from.clone());
            self.include(to.clone());
            self.bytes.copy_within(from, to.start);
        }
        Some(())
    }

    fn range(&self, offset: u32, len: usize) -> Option<Range<usize>> {
        let start = usize::try_from(offset).ok()?;
        let end = start.checked_add(len)?;
        (end <= self.len()).then_some(start..end)
    }

    /// Widens the window so that it has a span of the memory in it.
    #[inline(never)]
    fn include(&mut self, span: Range<usize>) {
        let start = span.start / STEP_BYTES * STEP_BYTES;
        let end = span.end.next_multiple_of(STEP_BYTES).min(self.len());
        if self.written.is_empty() {
            self.written = start..start;
        }
        let zero = MaybeUninit::new(0);
        if start < self.written.start {
            self.bytes[start..self.written.start].fill(zero);
            self.written.start = start;
        }
        if end > self.written.end {
            self.bytes[self.written.end..end].fill(zero);
            self.written.end = end;
        }
        self.window = Window::of(&self.written);
    }

    /// Bytes that are in the window.
    fn ready(&self, range: Range<usize>) -> &[u8] {
        assert!(self.written.start <= range.start && range.end <= self.written.end, "the window has them");
        let bytes: *const [MaybeUninit<u8>] = &raw const self.bytes[range];
        // SAFETY: every byte in the window has been written: `include` widens it by what it has filled, and
        // what else writes in there, writes bytes.
        unsafe { &*(bytes as *const [u8]) }
    }

    fn ready_mut(&mut self, range: Range<usize>) -> &mut [u8] {
        assert!(self.written.start <= range.start && range.end <= self.written.end, "the window has them");
        let bytes: *mut [MaybeUninit<u8>] = &raw mut self.bytes[range];
        // SAFETY: as above; only bytes can be written by way of this.
        unsafe { &mut *(bytes as *mut [u8]) }
    }
}

fn byte_count(pages: u32) -> usize {
    usize::try_from(u64::from(pages) * u64::from(PAGE_BYTES)).expect("the run's limits fit the target's memory; qed")
}
