//! Externalities that note how often they are used.
//!
//! Promises: they answer exactly what those behind them answer.

use sp_core::storage::{ChildInfo, StateVersion, TrackedStorageKey};
use sp_externalities::{Error, Extension, ExtensionStore, Externalities, MultiRemovalResults};
use std::{
    any::{Any, TypeId},
    sync::Mutex,
};
use vellum_runtime_caller::{CallError, RuntimeCaller};

/// What a runtime did with its externalities.
#[derive(Clone, Copy, Default, Debug)]
pub struct Uses {
    /// Accesses to the state, transactions over it included.
    pub state: u32,
    /// How often a host function asked for an extension.
    pub extensions: u32,
}

/// A runtime whose externalities are watched.
pub struct Metered<'a> {
    runtime: &'a dyn RuntimeCaller,
    uses: Mutex<Uses>,
}

impl<'a> Metered<'a> {
    /// Watches this runtime.
    pub fn new(runtime: &'a dyn RuntimeCaller) -> Self {
        Self { runtime, uses: Mutex::default() }
    }

    /// What was noted since this was asked before.
    pub fn take(&self) -> Uses {
        self.uses.lock().map(|mut uses| std::mem::take(&mut *uses)).unwrap_or_default()
    }
}

impl RuntimeCaller for Metered<'_> {
    fn call(&self, ext: &mut dyn Externalities, api: &str, arguments: &[u8]) -> Result<Vec<u8>, CallError> {
        let mut watched = Watched { ext, uses: Uses::default() };
        let answer = self.runtime.call(&mut watched, api, arguments);
        let Uses { state, extensions } = watched.uses;
        if let Ok(mut uses) = self.uses.lock() {
            uses.state += state;
            uses.extensions += extensions;
        }
        answer
    }
}

struct Watched<'a> {
    ext: &'a mut dyn Externalities,
    uses: Uses,
}

impl Watched<'_> {
    fn state<R>(&mut self, what: impl FnOnce(&mut dyn Externalities) -> R) -> R {
        self.uses.state += 1;
        what(self.ext)
    }
}

impl ExtensionStore for Watched<'_> {
    fn extension_by_type_id(&mut self, type_id: TypeId) -> Option<&mut dyn Any> {
        self.uses.extensions += 1;
        self.ext.extension_by_type_id(type_id)
    }

    fn register_extension_with_type_id(&mut self, type_id: TypeId, extension: Box<dyn Extension>) -> Result<(), Error> {
        self.ext.register_extension_with_type_id(type_id, extension)
    }

    fn deregister_extension_by_type_id(&mut self, type_id: TypeId) -> Result<(), Error> {
        self.ext.deregister_extension_by_type_id(type_id)
    }
}

/// Methods that are counted.
macro_rules! state {
    ($(fn $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {
        $(fn $name(&mut self, $($argument: $type),*) $(-> $result)? {
            self.state(|ext| ext.$name($($argument),*))
        })*
    };
}

impl Externalities for Watched<'_> {
    state! {
        fn set_offchain_storage(key: &[u8], value: Option<&[u8]>);
        fn storage(key: &[u8]) -> Option<Vec<u8>>;
        fn storage_hash(key: &[u8]) -> Option<Vec<u8>>;
        fn child_storage_hash(child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>>;
        fn child_storage(child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>>;
        fn exists_storage(key: &[u8]) -> bool;
        fn exists_child_storage(child: &ChildInfo, key: &[u8]) -> bool;
        fn next_storage_key(key: &[u8]) -> Option<Vec<u8>>;
        fn next_child_storage_key(child: &ChildInfo, key: &[u8]) -> Option<Vec<u8>>;
        fn kill_child_storage(child: &ChildInfo, limit: Option<u32>, cursor: Option<&[u8]>) -> MultiRemovalResults;
        fn clear_prefix(prefix: &[u8], limit: Option<u32>, cursor: Option<&[u8]>) -> MultiRemovalResults;
        fn clear_child_prefix(
            child: &ChildInfo, prefix: &[u8], limit: Option<u32>, cursor: Option<&[u8]>
        ) -> MultiRemovalResults;
        fn place_storage(key: Vec<u8>, value: Option<Vec<u8>>);
        fn place_child_storage(child: &ChildInfo, key: Vec<u8>, value: Option<Vec<u8>>);
        fn storage_root(version: StateVersion) -> Vec<u8>;
        fn child_storage_root(child: &ChildInfo, version: StateVersion) -> Vec<u8>;
        fn storage_append(key: Vec<u8>, value: Vec<u8>);
        fn storage_start_transaction();
        fn storage_rollback_transaction() -> Result<(), ()>;
        fn storage_commit_transaction() -> Result<(), ()>;
        fn storage_index_transaction(index: u32, hash: &[u8], size: u32);
        fn storage_renew_transaction_index(index: u32, hash: &[u8]);
        fn wipe();
        fn commit();
        fn reset_read_write_count();
        fn set_whitelist(new: Vec<TrackedStorageKey>);
    }

    fn read_write_count(&self) -> (u32, u32, u32, u32) {
        self.ext.read_write_count()
    }

    fn get_whitelist(&self) -> Vec<TrackedStorageKey> {
        self.ext.get_whitelist()
    }

    fn proof_size(&self) -> Option<u32> {
        self.ext.proof_size()
    }

    fn get_read_and_written_keys(&self) -> Vec<(Vec<u8>, u32, u32, bool)> {
        self.ext.get_read_and_written_keys()
    }
}
