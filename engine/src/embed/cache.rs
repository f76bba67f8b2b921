//! Modules that this process has read before.

use crate::error::CodeError;
use crate::gas::PriceTable;
use crate::module::{Mode, Module};
use crate::policy::Policy;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

/// Keeps modules, so that what is asked for again is neither parsed nor translated again. Instances
/// share a module's code and nothing else.
///
/// A hash only finds candidates: bytes, policy, prices and mode are compared, so nobody can make
/// one module pass for another.
#[derive(Default)]
pub struct ModuleCache {
    hasher: RandomState,
    modules: Mutex<HashMap<u64, Vec<Entry>>>,
}

struct Entry {
    mode: Mode,
    module: Module,
}

impl ModuleCache {
    /// A cache that knows nothing yet. To share one in a process, put it into a `static` behind a
    /// `LazyLock`.
    pub fn new() -> Self {
        Self::default()
    }

    /// The module of these bytes, as [`Module::new`] makes it.
    ///
    /// # Errors
    /// As [`Module::new`]: what is refused is not kept.
    pub fn get(&self, blob: &[u8], policy: &Policy, prices: &PriceTable, mode: Mode) -> Result<Module, CodeError> {
        let hash = self.hasher.hash_one(blob);
        let same = |entry: &&Entry| entry.mode == mode && entry.module.was_made_of(blob, policy, prices);
        let known = |modules: &HashMap<u64, Vec<Entry>>| {
            modules.get(&hash).and_then(|entries| entries.iter().find(same)).map(|entry| entry.module.clone())
        };
        if let Some(module) = known(&self.lock()) {
            return Ok(module);
        }
        // Not under the lock: others go on meanwhile. Two that make the same keep one.
        let module = Module::new(blob, policy, prices, mode)?;
        let mut modules = self.lock();
        if let Some(module) = known(&modules) {
            return Ok(module);
        }
        modules.entry(hash).or_default().push(Entry { mode, module: module.clone() });
        Ok(module)
    }

    /// How many modules there are.
    pub fn len(&self) -> usize {
        self.lock().values().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all modules. Instances keep theirs.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Vec<Entry>>> {
        // Nothing that holds the lock can leave the map half changed.
        self.modules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
