//! The cache without what it keeps: a bounded map, and the protocol by which several threads share it.
//!
//! Both are generic in what is kept and in the lock, so that every interleaving can be tried on small numbers.

use schnellru::{LruMap, UnlimitedCompact};
use std::hash::Hash;

/// A lock around something.
pub(super) trait Lock<T> {
    /// Does something that takes no longer than a look-up, and cannot panic.
    fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R;
}

/// A map that knows how much its items take, and gives the least recently used ones away when that is too much.
///
/// What is given away is returned, so that it can be dropped outside of the lock.
pub(super) struct Shelf<K, M> {
    kept: LruMap<K, Kept<M>, UnlimitedCompact>,
    bytes: usize,
    bytes_max: usize,
}

struct Kept<M> {
    item: M,
    bytes: usize,
}

impl<K: Hash + Eq + Clone, M: Clone> Shelf<K, M> {
    pub(super) fn new(bytes_max: usize) -> Self {
        Self { kept: LruMap::new(UnlimitedCompact), bytes: 0, bytes_max }
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }

    /// The item under a key, which is now the most recently used one.
    pub(super) fn find(&mut self, key: &K) -> Option<M> {
        self.kept.get(key).map(|kept| kept.item.clone())
    }

    /// Keeps an item unless there is one under its key, which is returned then, or else what had to go.
    pub(super) fn keep_first(&mut self, key: &K, item: &M, bytes: usize) -> Result<Vec<M>, M> {
        match self.find(key) {
            Some(first) => Err(first),
            None => Ok(self.keep(key.clone(), item.clone(), bytes)),
        }
    }

    /// Keeps an item in place of what is there. One that is larger than all that may be kept is not kept.
    pub(super) fn keep(&mut self, key: K, item: M, bytes: usize) -> Vec<M> {
        let mut gone: Vec<M> = self.remove(&key).into_iter().collect();
        if bytes <= self.bytes_max && self.kept.insert(key, Kept { item, bytes }) {
            self.bytes = self.bytes.saturating_add(bytes);
        }
        self.evict(&mut gone);
        gone
    }

    /// Books what an item takes now, if it is still kept.
    pub(super) fn measured(&mut self, key: &K, bytes: usize) -> Vec<M> {
        let mut gone = Vec::new();
        if let Some(kept) = self.kept.peek_mut(key) {
            self.bytes = self.bytes.saturating_sub(kept.bytes).saturating_add(bytes);
            kept.bytes = bytes;
            self.evict(&mut gone);
        }
        gone
    }

    pub(super) fn set_bytes_max(&mut self, bytes_max: usize) -> Vec<M> {
        self.bytes_max = bytes_max;
        let mut gone = Vec::new();
        self.evict(&mut gone);
        gone
    }

    fn remove(&mut self, key: &K) -> Option<M> {
        let kept = self.kept.remove(key)?;
        self.bytes = self.bytes.saturating_sub(kept.bytes);
        Some(kept.item)
    }

    fn evict(&mut self, gone: &mut Vec<M>) {
        while self.bytes > self.bytes_max {
            let Some((_, kept)) = self.kept.pop_oldest() else { break };
            self.bytes = self.bytes.saturating_sub(kept.bytes);
            gone.push(kept.item);
        }
    }
}

/// The item under a key, made now if it is not there. `is_it` looks at it outside of the lock: what is there may be
/// another one's, and is replaced then. Of two that are made at once the first to be kept is everybody's.
pub(super) fn get_or_make<K: Hash + Eq + Clone, M: Clone, E>(
    shelf: &impl Lock<Shelf<K, M>>,
    key: &K,
    is_it: impl Fn(&M) -> bool,
    make: impl FnOnce() -> Result<M, E>,
    bytes: impl FnOnce(&M) -> usize,
) -> Result<M, E> {
    if let Some(found) = shelf.with(|shelf| shelf.find(key)).filter(&is_it) {
        return Ok(found);
    }
    let made = make()?;
    let bytes = bytes(&made);
    let gone = match shelf.with(|shelf| shelf.keep_first(key, &made, bytes)) {
        Ok(gone) => gone,
        Err(first) if is_it(&first) => return Ok(first),
        Err(_) => shelf.with(|shelf| shelf.keep(key.clone(), made.clone(), bytes)),
    };
    drop(gone);
    Ok(made)
}
