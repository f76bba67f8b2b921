//! A state to measure on: what a node's tool has, as far as a benchmark can tell the difference.
//!
//! Other than in `TestExternalities`, what a benchmark has prepared is committed to the trie before it is measured, and
//! the state is the one of the genesis again after it. Accesses are counted without regard to repetitions.

use sp_core::storage::{ChildInfo, StateVersion, Storage};
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::{
    Backend, BackendTransaction, ChildStorageCollection, Ext, InMemoryBackend, IterArgs, OverlayedChanges,
    StorageCollection, StorageIterator,
};
use std::cell::{Cell, RefCell};

type Trie = InMemoryBackend<BlakeTwo256>;
type Hash = sp_core::H256;
type Iter = <Trie as Backend<BlakeTwo256>>::RawIter;
type Fallible<T> = Result<T, <Trie as Backend<BlakeTwo256>>::Error>;

/// Runs on a state that begins as `genesis`.
pub fn on_state<R>(genesis: Storage, run: impl FnOnce() -> R) -> R {
    let state = State::new(genesis);
    let mut changes = OverlayedChanges::default();
    let mut extensions = sp_externalities::Extensions::new();
    extensions.register(sp_keystore::KeystoreExt::new(sp_keystore::testing::MemoryKeystore::new()));
    changes.enter_runtime().expect("nothing has entered it before; qed");
    let mut externalities = Ext::new(&mut changes, &state, Some(&mut extensions));
    sp_externalities::set_and_run_with_externalities(&mut externalities, run)
}

#[derive(Debug)]
struct State {
    genesis: Storage,
    trie: RefCell<Trie>,
    reads: Cell<u32>,
    writes: Cell<u32>,
}

/// The keys of a state, one after the other.
struct Keys(Iter);

impl State {
    fn new(genesis: Storage) -> Self {
        let trie = RefCell::new(trie_of(&genesis));
        Self { genesis, trie, reads: Cell::new(0), writes: Cell::new(0) }
    }

    fn count_read(&self) {
        self.reads.set(self.reads.get().saturating_add(1));
    }
}

fn trie_of(storage: &Storage) -> Trie {
    Trie::from((storage.clone(), StateVersion::V1))
}

fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

impl Backend<BlakeTwo256> for State {
    type Error = <Trie as Backend<BlakeTwo256>>::Error;
    type TrieBackendStorage = <Trie as Backend<BlakeTwo256>>::TrieBackendStorage;
    type RawIter = Keys;

    fn storage(&self, key: &[u8]) -> Fallible<Option<Vec<u8>>> {
        self.count_read();
        self.trie.borrow().storage(key)
    }

    fn storage_hash(&self, key: &[u8]) -> Fallible<Option<Hash>> {
        self.count_read();
        self.trie.borrow().storage_hash(key)
    }

    fn closest_merkle_value(&self, key: &[u8]) -> Fallible<Option<sp_trie::MerkleValue<Hash>>> {
        self.trie.borrow().closest_merkle_value(key)
    }

    fn child_closest_merkle_value(
        &self,
        child: &ChildInfo,
        key: &[u8],
    ) -> Fallible<Option<sp_trie::MerkleValue<Hash>>> {
        self.trie.borrow().child_closest_merkle_value(child, key)
    }

    fn child_storage(&self, child: &ChildInfo, key: &[u8]) -> Fallible<Option<Vec<u8>>> {
        self.count_read();
        self.trie.borrow().child_storage(child, key)
    }

    fn child_storage_hash(&self, child: &ChildInfo, key: &[u8]) -> Fallible<Option<Hash>> {
        self.count_read();
        self.trie.borrow().child_storage_hash(child, key)
    }

    fn next_storage_key(&self, key: &[u8]) -> Fallible<Option<Vec<u8>>> {
        self.trie.borrow().next_storage_key(key)
    }

    fn next_child_storage_key(&self, child: &ChildInfo, key: &[u8]) -> Fallible<Option<Vec<u8>>> {
        self.trie.borrow().next_child_storage_key(child, key)
    }

    fn storage_root<'a>(
        &self,
        delta: impl Iterator<Item = (&'a [u8], Option<&'a [u8]>)>,
        version: StateVersion,
    ) -> (Hash, BackendTransaction<BlakeTwo256>) {
        self.trie.borrow().storage_root(delta, version)
    }

    fn child_storage_root<'a>(
        &self,
        child: &ChildInfo,
        delta: impl Iterator<Item = (&'a [u8], Option<&'a [u8]>)>,
        version: StateVersion,
    ) -> (Hash, bool, BackendTransaction<BlakeTwo256>) {
        self.trie.borrow().child_storage_root(child, delta, version)
    }

    fn raw_iter(&self, args: IterArgs) -> Fallible<Keys> {
        self.trie.borrow().raw_iter(args).map(Keys)
    }

    fn register_overlay_stats(&self, _stats: &sp_state_machine::StateMachineStats) {}

    fn usage_info(&self) -> sp_state_machine::UsageInfo {
        sp_state_machine::UsageInfo::empty()
    }

    fn wipe(&self) -> Fallible<()> {
        self.trie.replace(trie_of(&self.genesis));
        self.reset_read_write_count();
        Ok(())
    }

    fn commit(
        &self,
        root: Hash,
        transaction: BackendTransaction<BlakeTwo256>,
        main: StorageCollection,
        children: ChildStorageCollection,
    ) -> Fallible<()> {
        self.trie.borrow_mut().apply_transaction(root, transaction);
        let written = children.iter().fold(count(&main), |sum, (_, changes)| sum.saturating_add(count(changes)));
        self.writes.set(self.writes.get().saturating_add(written));
        Ok(())
    }

    fn read_write_count(&self) -> (u32, u32, u32, u32) {
        (self.reads.get(), 0, self.writes.get(), 0)
    }

    fn reset_read_write_count(&self) {
        self.reads.set(0);
        self.writes.set(0);
    }

    fn proof_size(&self) -> Option<u32> {
        None
    }

    fn get_read_and_written_keys(&self) -> Vec<(Vec<u8>, u32, u32, bool)> {
        Vec::new()
    }
}

impl StorageIterator<BlakeTwo256> for Keys {
    type Backend = State;
    type Error = <Trie as Backend<BlakeTwo256>>::Error;

    fn next_key(&mut self, state: &State) -> Option<Fallible<Vec<u8>>> {
        self.0.next_key(&state.trie.borrow())
    }

    fn next_pair(&mut self, state: &State) -> Option<Fallible<(Vec<u8>, Vec<u8>)>> {
        self.0.next_pair(&state.trie.borrow())
    }

    fn was_complete(&self) -> bool {
        self.0.was_complete()
    }
}
