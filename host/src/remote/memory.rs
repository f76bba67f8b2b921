//! Writes to guest memory that wait for the answer that takes them along.

use crate::wire::{Reader, put_prefixed};
use alloc::vec::Vec;

/// Writes in order, as they cross: offset, length, bytes.
#[derive(Default)]
pub(super) struct Writes(Vec<u8>);

impl Writes {
    pub(super) fn push(&mut self, offset: u32, bytes: &[u8]) {
        // What most host functions write, taken at once.
        const ROOM_BYTES: usize = 128;
        if self.0.capacity() == 0 {
            self.0.reserve(ROOM_BYTES);
        }
        self.0.extend_from_slice(&offset.to_le_bytes());
        put_prefixed(&mut self.0, bytes);
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &[u8])> {
        iterate(&self.0)
    }

    /// Puts what is to be written over what was read at an offset.
    pub(super) fn overlay(&self, offset: u32, into: &mut [u8]) {
        let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        for (at, bytes) in self.iter() {
            // Where the write begins in `into`, and where `into` begins in the write: one of them is zero.
            let (to, from) = (index(at.saturating_sub(offset)), index(offset.saturating_sub(at)));
            let (Some(to), Some(from)) = (into.get_mut(to..), bytes.get(from..)) else { continue };
            let len = to.len().min(from.len());
            to[..len].copy_from_slice(&from[..len]);
        }
    }
}

/// The writes in these bytes, up to the first that is cut.
fn iterate(bytes: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let mut reader = Reader(bytes);
    core::iter::from_fn(move || Some((reader.u32()?, reader.prefixed()?)))
}
