//! Modules that have been read before: by this process, or by an earlier one.

mod folder;

use crate::bytes::Bytes;
use crate::error::CodeError;
use crate::gas::PriceTable;
use crate::module::{Mode, Module};
use crate::policy::Policy;
use folder::Folder;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What stands for a blob: a hash of it that whoever holds the blob has computed, such as SHA-256 or
/// BLAKE2b-256.
pub type BlobHash = [u8; 32];

/// Keeps modules, so that what is asked for again is neither parsed nor translated again. Instances
/// share a module's code and nothing else.
///
/// [`ModuleCache::get`] compares bytes: nobody can make one module pass for another, but it takes
/// reading the blob. [`ModuleCache::get_hashed`] takes the word of its caller that a hash stands for a
/// blob: then what is known starts in less than microseconds, however large it is.
///
/// # In a folder
/// A cache [in a folder](ModuleCache::in_folder) also finds what earlier processes have put there: blobs
/// with their [`index`](Module::index), each in a file of its own. Files appear as a whole or not at
/// all. One that is of another release, made under other limits, or damaged where that shows, is made
/// anew; the rest of it is checked where it is used, and can do no harm. The hash is not computed
/// again, so a folder is to be as well guarded as the program.
///
/// Files are read, unless [another way](ModuleCache::reading_by) is given, such as mapping them to
/// memory:
///
/// ```
/// use std::sync::Arc;
/// use vellum_engine::embed::ModuleCache;
/// use vellum_engine::{Bytes, CodeError, GasClass, Mode, Policy, PriceTable};
///
/// # let folder = tempfile::tempdir().unwrap();
/// # let folder = folder.path();
/// let cache = ModuleCache::in_folder(folder).reading_by(|path| {
///     // Here `memmap2::Mmap::map` would do, which is unsafe: only its caller knows who writes the file.
///     std::fs::read(path).map(Bytes::from)
/// });
/// let prices = PriceTable::new([1; GasClass::COUNT]).unwrap();
/// let blob = wat::parse_str(r#"(module (func (export "f")))"#).unwrap();
/// let hash = [7; 32]; // of the blob
/// let module = cache.get_hashed(&hash, &Policy::all(), &prices, Mode::LazyTranslation, || {
///     // Only if nobody has read it before.
///     Ok::<_, CodeError>(blob.into())
/// });
/// assert!(module.unwrap().exported_func("f").is_some());
/// ```
#[derive(Default)]
pub struct ModuleCache {
    hasher: RandomState,
    /// By a hash that only finds candidates.
    compared: Mutex<HashMap<u64, Vec<Entry>>>,
    hashed: Mutex<HashMap<BlobHash, Vec<Entry>>>,
    folder: Option<Folder>,
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

    /// A cache that knows what is in a folder, and adds to it. The folder need not be there yet.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self { folder: Some(Folder::new(folder.into())), ..Self::default() }
    }

    /// The same cache, reading its files another way. A file that has been written never changes; it may
    /// be replaced by another of the same name.
    #[must_use]
    pub fn reading_by(mut self, read: impl Fn(&Path) -> io::Result<Bytes> + Send + Sync + 'static) -> Self {
        if let Some(folder) = &mut self.folder {
            folder.read_by(read);
        }
        self
    }

    /// The module of these bytes, as [`Module::new`] makes it. Folders know nothing of it.
    ///
    /// # Errors
    /// As [`Module::new`]: what is refused is not kept.
    pub fn get(&self, blob: &[u8], policy: &Policy, prices: &PriceTable, mode: Mode) -> Result<Module, CodeError> {
        let hash = self.hasher.hash_one(blob);
        let same = |entry: &Entry| entry.mode == mode && entry.module.was_made_of(blob, policy, prices);
        if let Some(module) = known(&lock(&self.compared), &hash, same) {
            return Ok(module);
        }
        // Not under the lock: others go on meanwhile. Two that make the same keep one.
        let module = Module::new(blob, policy, prices, mode)?;
        Ok(keep(&self.compared, hash, Entry { mode, module }, same))
    }

    /// The module of the blob that a hash stands for. `blob` is asked for the blob if it is not known.
    ///
    /// A module that comes from a folder has been validated if the mode says so, by the process that
    /// put it there.
    ///
    /// # Errors
    /// As [`Module::new`], or what `blob` fails with: what is refused is not kept. That a file cannot be
    /// written is none: the next process reads the blob.
    pub fn get_hashed<E: From<CodeError>>(
        &self,
        hash: &BlobHash,
        policy: &Policy,
        prices: &PriceTable,
        mode: Mode,
        blob: impl FnOnce() -> Result<Bytes, E>,
    ) -> Result<Module, E> {
        let same = |entry: &Entry| entry.mode == mode && entry.module.was_made_under(policy, prices);
        if let Some(module) = known(&lock(&self.hashed), hash, same) {
            return Ok(module);
        }
        let stored = self.folder.as_ref().and_then(|folder| folder.load(hash, policy, prices, mode));
        let module = match stored {
            Some(module) => module,
            None => {
                let module = Module::from_bytes(blob()?, policy, prices, mode)?;
                if let Some(folder) = &self.folder {
                    folder.store(hash, policy, &module);
                }
                module
            }
        };
        Ok(keep(&self.hashed, *hash, Entry { mode, module }, same))
    }

    /// How many modules there are in memory.
    pub fn len(&self) -> usize {
        lock(&self.compared).values().map(Vec::len).sum::<usize>()
            + lock(&self.hashed).values().map(Vec::len).sum::<usize>()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Forgets all modules in memory. Instances keep theirs, and folders what is in them.
    pub fn clear(&self) {
        lock(&self.compared).clear();
        lock(&self.hashed).clear();
    }

    /// Forgets the module of a blob, in memory and in the folder: for a file that turned out to be damaged
    /// when a function was called.
    pub fn forget(&self, hash: &BlobHash, policy: &Policy) {
        lock(&self.hashed).remove(hash);
        if let Some(folder) = &self.folder {
            folder.remove(hash, policy);
        }
    }
}

fn known<K: Eq + std::hash::Hash>(
    modules: &HashMap<K, Vec<Entry>>,
    key: &K,
    same: impl Fn(&Entry) -> bool,
) -> Option<Module> {
    modules.get(key)?.iter().find(|entry| same(entry)).map(|entry| entry.module.clone())
}

fn keep<K: Eq + std::hash::Hash>(
    modules: &Mutex<HashMap<K, Vec<Entry>>>,
    key: K,
    entry: Entry,
    same: impl Fn(&Entry) -> bool,
) -> Module {
    let mut modules = lock(modules);
    if let Some(module) = known(&modules, &key, same) {
        return module;
    }
    let module = entry.module.clone();
    modules.entry(key).or_default().push(entry);
    module
}

fn lock<T>(modules: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing that holds the lock can leave a map half changed.
    modules.lock().unwrap_or_else(PoisonError::into_inner)
}
