//! Items that are made when they are first asked for, each once, by whoever asks.
//!
//! A map of `len` items begins as one pointer for every [`CHUNK`] of them; a chunk is made when the
//! first of its items is. So a module of a million functions starts as fast as one of ten.

use alloc::boxed::Box;
use core::iter;
use once_cell::race::OnceBox;

/// Items that are kept together: what the first of them costs is 64 pointers.
const CHUNK: usize = 64;

type Chunk<T> = [OnceBox<T>; CHUNK];

pub(crate) struct LazyMap<T> {
    chunks: Box<[OnceBox<Chunk<T>>]>,
    len: usize,
}

impl<T> LazyMap<T> {
    pub(crate) fn new(len: usize) -> Self {
        Self { chunks: iter::repeat_with(OnceBox::new).take(len.div_ceil(CHUNK)).collect(), len }
    }

    /// The item of this number; `None` if there is none, or if it cannot be made. Two that ask at once
    /// may both make it, and one result is kept.
    #[inline]
    pub(crate) fn get_or_try_make<E>(&self, at: usize, make: impl FnOnce() -> Result<T, E>) -> Option<Result<&T, E>> {
        if at >= self.len {
            return None;
        }
        let chunk = self.chunks.get(at / CHUNK)?;
        let chunk = chunk.get_or_init(|| Box::new([const { OnceBox::new() }; CHUNK]));
        Some(chunk[at % CHUNK].get_or_try_init(|| make().map(Box::new)))
    }

    /// The item of this number, if it has been made.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> Option<&T> {
        self.chunks.get(at / CHUNK)?.get()?[at % CHUNK].get()
    }

    /// The items that have been made.
    pub(crate) fn made(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().filter_map(OnceBox::get).flatten().filter_map(OnceBox::get)
    }
}
