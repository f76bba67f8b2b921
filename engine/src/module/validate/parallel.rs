//! Validation by several threads: bodies do not depend on each other.

use super::{Bodies, Bounds};
use crate::error::CodeError;
use core::num::NonZeroUsize;
use core::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use wasmparser::FuncValidatorAllocations;

/// Bodies that a thread takes at once: enough that taking them costs nothing, few enough that no
/// thread is left with much at the end.
const BATCH: u32 = 64;

impl Bodies {
    /// Validates every body of a module, by as many threads.
    ///
    /// # Errors
    /// The first in the order of bodies, however the threads come along.
    pub(crate) fn validate_all_by(
        &self,
        threads: NonZeroUsize,
        bounds: Bounds<'_>,
        blob: &[u8],
    ) -> Result<(), CodeError> {
        let header = bounds.header;
        let funcs = header.defined_funcs();
        // The next body that nobody has taken, and the first that is known to be bad: what comes behind
        // that does not matter any more.
        let (next, bad) = (AtomicU32::new(funcs.start), AtomicU32::new(u32::MAX));
        let work = || {
            let mut allocations = FuncValidatorAllocations::default();
            let mut found = None;
            loop {
                let start = next.fetch_add(BATCH, Ordering::Relaxed);
                if start >= funcs.end {
                    return found;
                }
                for func in start..start.saturating_add(BATCH).min(funcs.end) {
                    if func > bad.load(Ordering::Relaxed) {
                        return found;
                    }
                    let Some(body) = header.body(func) else { return found };
                    let bytes = blob.get(body.bytes.clone()).unwrap_or_default();
                    match self.validate_next(bounds, func, &body, bytes, core::mem::take(&mut allocations)) {
                        Ok(kept) => allocations = kept,
                        Err(error) => {
                            bad.fetch_min(func, Ordering::Relaxed);
                            found = Some((func, error));
                            break;
                        }
                    }
                }
            }
        };
        let found = thread::scope(|scope| {
            let others: Vec<_> = (1..threads.get()).map(|_| scope.spawn(work)).collect();
            let mine = work();
            let theirs = others.into_iter().filter_map(|thread| match thread.join() {
                Ok(found) => found,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            theirs.chain(mine).min_by_key(|(func, _)| *func)
        });
        found.map_or(Ok(()), |(_, error)| Err(error))
    }
}
