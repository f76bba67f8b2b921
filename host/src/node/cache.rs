//! The process's modules: what was loaded before need not be read again.
//!
//! It is shared by all runtime calls of a process, block import and dry runs alike, and by native callers of the
//! linked engine. No result depends on it (Law 6): what is found is compared, byte by byte, with the code that was
//! asked for, and was made under the same policy and prices. A module is never changed by those who run it, but for
//! functions that are translated when they are first called, which is the same for everybody.
//!
//! The lock is held for a look-up or an insertion, never while code is read, compared or translated. Two that load the
//! same code at once both read it, and one result is kept. A panic cannot leave anything behind: nothing that can
//! panic runs under the lock.

mod shelf;
#[cfg(test)]
mod tests;

use core::hash::{Hash, Hasher};
use core::ops::Deref;
use parking_lot::Mutex;
use shelf::{Lock, Shelf};
use sp_crypto_hashing::blake2_256;
use std::sync::{Arc, OnceLock};
use vellum_engine::{CodeError, Mode, Module, Policy, PriceTable};

/// Bytes that the process's cache may take, unless it is told otherwise.
pub const DEFAULT_BYTES: usize = 256 << 20;

/// What modules are kept under. All of them are loaded by this release's engine: another one in the same process has a
/// cache of its own.
#[derive(Clone, PartialEq, Eq)]
struct Key {
    /// Of the blob, computed here.
    hash: [u8; 32],
    policy: Policy,
    prices: PriceTable,
    /// Whether its functions are validated before they run.
    mode: Mode,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Hashing the rest as well would take longer than comparing them where they differ, which is rare.
        self.hash.hash(state);
    }
}

/// A cache of modules, bounded in bytes: what was not used for longest goes first.
pub struct Cache(Mutex<Shelf<Key, Module>>);

impl<T> Lock<T> for Mutex<T> {
    fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
        act(&mut self.lock())
    }
}

/// The process's cache.
pub fn global() -> &'static Arc<Cache> {
    static GLOBAL: OnceLock<Arc<Cache>> = OnceLock::new();
    GLOBAL.get_or_init(|| Arc::new(Cache::new(DEFAULT_BYTES)))
}

/// The hash that code is kept under.
pub(crate) fn hash(blob: &[u8]) -> [u8; 32] {
    blake2_256(blob)
}

impl Cache {
    /// A cache that takes up to so many bytes.
    pub fn new(bytes_max: usize) -> Self {
        Self(Mutex::new(Shelf::new(bytes_max)))
    }

    /// From now on takes up to so many bytes.
    pub fn set_bytes_max(&self, bytes_max: usize) {
        let gone = self.0.with(|shelf| shelf.set_bytes_max(bytes_max));
        drop(gone);
    }

    /// Bytes that it takes now, about.
    pub fn bytes(&self) -> usize {
        self.0.with(|shelf| shelf.bytes())
    }

    /// Modules that it has.
    pub fn modules(&self) -> usize {
        self.0.with(|shelf| shelf.len())
    }

    /// The module of a blob. `claimed` is said to be the blob's hash: if it is, and the module is there, nothing is
    /// hashed; whether it is changes nothing else.
    ///
    /// # Errors
    /// The rule of the policy that the blob breaks, and where.
    pub(crate) fn load(
        self: &Arc<Self>,
        claimed: &[u8],
        blob: &[u8],
        policy: &Policy,
        prices: &PriceTable,
        mode: Mode,
    ) -> Result<Lent, CodeError> {
        let is_it = |module: &Module| module.was_made_of(blob, policy, prices);
        let key = |hash| Key { hash, policy: *policy, prices: *prices, mode };
        if let Ok(claimed) = claimed.try_into() {
            let key = key(claimed);
            if let Some(module) = self.0.with(|shelf| shelf.find(&key)).filter(is_it) {
                return Ok(self.lend(key, module));
            }
        }
        let key = key(hash(blob));
        let make = || Module::new(blob, policy, prices, mode);
        let module = shelf::get_or_make(&self.0, &key, is_it, make, Module::kept_bytes)?;
        Ok(self.lend(key, module))
    }

    fn lend(self: &Arc<Self>, key: Key, module: Module) -> Lent {
        let work = module.translation_work();
        Lent { cache: self.clone(), key: Box::new(key), module, work }
    }
}

/// A module that is in use. When it is no longer, what it has grown to is booked.
pub struct Lent {
    cache: Arc<Cache>,
    key: Box<Key>,
    module: Module,
    /// The work of translation that had been done when it was lent.
    work: usize,
}

impl Deref for Lent {
    type Target = Module;

    fn deref(&self) -> &Module {
        &self.module
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if self.module.translation_work() != self.work {
            let bytes = self.module.kept_bytes();
            let gone = self.cache.0.with(|shelf| shelf.measured(&self.key, bytes));
            drop(gone);
        }
    }
}
