//! Heap that is in use, for as long as somebody wants to know.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering};

static COUNTS: AtomicBool = AtomicBool::new(false);
static BYTES: AtomicIsize = AtomicIsize::new(0);

/// The system's allocator, which counts when it is asked to: otherwise it does as little as one test of
/// a flag, for every engine alike.
pub struct Counting;

/// Bytes that are in use when `work` is done and were not before. Its result counts while it lives.
pub(super) fn bytes_of<T>(work: impl FnOnce() -> T) -> (T, usize) {
    BYTES.store(0, Ordering::Relaxed);
    COUNTS.store(true, Ordering::Relaxed);
    let result = work();
    COUNTS.store(false, Ordering::Relaxed);
    (result, usize::try_from(BYTES.load(Ordering::Relaxed)).unwrap_or(0))
}

fn count(more: usize, less: usize) {
    if COUNTS.load(Ordering::Relaxed) {
        let bytes = |bytes: usize| isize::try_from(bytes).unwrap_or(isize::MAX);
        BYTES.fetch_add(bytes(more) - bytes(less), Ordering::Relaxed);
    }
}

// SAFETY: every method does what the system's allocator does with the same arguments, whose conditions
// are the caller's to keep; counting touches no memory that is allocated.
#[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        count(0, layout.size());
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, layout.size());
        // SAFETY: as above.
        unsafe { System.realloc(place, layout, size) }
    }
}
