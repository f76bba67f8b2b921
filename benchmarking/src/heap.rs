//! Counts bytes of the heap, for one measurement at a time: the system's allocator with a counter that is
//! off otherwise, so that nothing that is timed pays for it.
//!
//! A program that wants to measure makes [`Counting`] its global allocator.
#![allow(unsafe_code, reason = "see docs/UNSAFE.md")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering};

static COUNTED: AtomicBool = AtomicBool::new(false);
static BYTES: AtomicIsize = AtomicIsize::new(0);

/// The system's allocator, counted.
pub struct Counting;

/// Whether this program counts.
pub fn is_counted() -> bool {
    let (block, bytes) = kept(|| std::hint::black_box(vec![1_u8; 1 << 10]));
    drop(std::hint::black_box(block));
    bytes > 0
}

/// What an action gives, and how many bytes of the heap it has taken and not given back.
pub fn kept<T>(action: impl FnOnce() -> T) -> (T, isize) {
    BYTES.store(0, Ordering::Relaxed);
    COUNTED.store(true, Ordering::Relaxed);
    let result = action();
    COUNTED.store(false, Ordering::Relaxed);
    (result, BYTES.load(Ordering::Relaxed))
}

/// The same of an action that gives back nothing that was taken before it.
pub fn kept_bytes<T>(action: impl FnOnce() -> T) -> (T, usize) {
    let (result, bytes) = kept(action);
    (result, usize::try_from(bytes).unwrap_or(0))
}

fn count(bytes: usize, sign: isize) {
    if COUNTED.load(Ordering::Relaxed) {
        BYTES.fetch_add(sign * isize::try_from(bytes).unwrap_or(0), Ordering::Relaxed);
    }
}

// SAFETY: every method does what the system's allocator does, which keeps the contract, and counts.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 1);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 1);
        // SAFETY: the caller's promise.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(layout.size(), -1);
        count(size, 1);
        // SAFETY: the caller's promise.
        unsafe { System.realloc(old, layout, size) }
    }

    unsafe fn dealloc(&self, old: *mut u8, layout: Layout) {
        count(layout.size(), -1);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(old, layout) }
    }
}
