//! Memories of past instances, zeroed, for the next ones of the same thread.
//!
//! Promises that nothing of what an instance wrote is left in them: a kept memory is zero from its first
//! byte to its last, like a fresh one, so that nobody can tell which one it got (Law 6).

use crate::types::PAGE_BYTES;
use core::ops::Range;
use std::cell::RefCell;
use std::vec::Vec;

/// Memories that a thread keeps: as many as contracts call each other deep on a chain, and a few.
const KEPT_MAX: usize = 8;
/// Bytes of a memory that is kept: what contracts may have, 16 pages, twice. So a thread keeps 16 MiB at
/// most.
const BYTES_MAX: usize = 32 * PAGE_BYTES as usize;

std::thread_local! {
    static KEPT: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// The smallest memory that has so many bytes.
pub(super) fn take(bytes: usize) -> Option<Vec<u8>> {
    if bytes == 0 || bytes > BYTES_MAX {
        return None;
    }
    // A thread that is ending keeps nothing any more.
    let taken = KEPT.try_with(|kept| {
        let mut kept = kept.try_borrow_mut().ok()?;
        let fits = kept.iter().enumerate().filter(|(_, memory)| memory.len() >= bytes);
        let (place, _) = fits.min_by_key(|(_, memory)| memory.len())?;
        Some(kept.swap_remove(place))
    });
    taken.ok().flatten()
}

/// Keeps a memory of which everything outside of `touched` is zero.
pub(super) fn give(mut memory: Vec<u8>, touched: Range<usize>) {
    if memory.is_empty() || memory.len() > BYTES_MAX {
        return;
    }
    // Where it is not kept, it is freed: nothing is lost.
    let _ = KEPT.try_with(|kept| {
        let Ok(mut kept) = kept.try_borrow_mut() else { return };
        if kept.len() < KEPT_MAX {
            memory[touched].fill(0);
            kept.push(memory);
        }
    });
}
