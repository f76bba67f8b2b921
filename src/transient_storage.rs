//! Data of contracts that lives as long as one call stack.
//!
//! It is read and written like a contract's own storage and is gone when the first frame ends. What a
//! frame wrote is undone if the frame fails or reverts. Nothing of it is ever stored, so it costs no
//! deposit; instead it takes memory, which is counted and bounded.

use crate::{
    AccountIdOf, Config, Error,
    contract::{Key, WriteOutcome},
};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::Encode;
use core::marker::PhantomData;
use sp_runtime::DispatchError;

#[cfg(test)]
mod tests;

/// Bytes of a vector's header, and of an entry of the journal, in a runtime: pallet-contracts counts what
/// its values take in wasm32. They are constants here, so that a chain's limit means the same wherever the
/// pallet runs (Law 2).
const VEC_BYTES: u32 = 12;
const JOURNAL_ENTRY_BYTES: u32 = 24;

/// A frame above the first one may take all of what is free but one part in this many, so that whoever is
/// called deeply cannot leave nothing to its caller.
const FRACTION_KEPT: u32 = 16;

/// The data of all contracts of a call stack.
pub(crate) struct TransientStorage<T: Config> {
    /// By account and hashed key, one behind the other. Hashes of accounts are equally long.
    items: BTreeMap<Vec<u8>, Vec<u8>>,
    /// What each write replaced, the last write last.
    journal: Vec<Replaced>,
    /// Bytes that the outermost level has taken and may take: those of transactions that are done.
    root: Allowance,
    /// Open transactions, the innermost last: one for each frame.
    transactions: Vec<Transaction>,
    _phantom: PhantomData<T>,
}

/// A value that a write replaced.
struct Replaced {
    key: Vec<u8>,
    value: Option<Vec<u8>>,
}

/// Bytes of memory.
struct Allowance {
    taken: u32,
    limit: u32,
}

struct Transaction {
    allowance: Allowance,
    /// The journal's length when the transaction was opened.
    journal_start: usize,
}

impl Allowance {
    fn new(limit: u32) -> Self {
        Self { taken: 0, limit }
    }

    fn free(&self) -> u32 {
        self.limit.saturating_sub(self.taken)
    }
}

impl<T: Config> TransientStorage<T> {
    /// Storage that takes no more than this many bytes.
    pub fn new(limit_bytes: u32) -> Self {
        Self {
            items: BTreeMap::new(),
            journal: Vec::new(),
            root: Allowance::new(limit_bytes),
            transactions: Vec::new(),
            _phantom: PhantomData,
        }
    }

    /// The value that a contract has under a key.
    pub fn read(&self, account: &AccountIdOf<T>, key: &Key<T>) -> Option<&Vec<u8>> {
        self.items.get(&item_key::<T>(account, key))
    }

    /// Stores a value, or removes the one that is there. With `take_old` the old value is returned.
    ///
    /// Only what makes the storage larger is counted, and what a write replaces stays counted: it stays in
    /// the journal. Writing what is there already takes nothing.
    ///
    /// # Errors
    /// [`Error::OutOfTransientStorage`] if the frame may not take so much; nothing is written then.
    pub fn write(
        &mut self,
        account: &AccountIdOf<T>,
        key: &Key<T>,
        value: Option<Vec<u8>>,
        take_old: bool,
    ) -> Result<WriteOutcome, DispatchError> {
        let key = item_key::<T>(account, key);
        let old = self.items.get(&key).cloned();
        if old != value {
            if let Some(value) = &value {
                self.take(bytes_of_write(&key, value, old.is_none()))?;
            }
            match value {
                Some(value) => self.items.insert(key.clone(), value),
                None => self.items.remove(&key),
            };
            self.journal.push(Replaced { key, value: old.clone() });
        }
        Ok(match old {
            None => WriteOutcome::New,
            Some(old) if take_old => WriteOutcome::Taken(old),
            Some(old) => WriteOutcome::Overwritten(len(&old)),
        })
    }

    /// Opens a transaction, for a frame that is about to run.
    pub fn start_transaction(&mut self) {
        let free = self.allowance().free();
        let kept = if self.transactions.is_empty() { 0 } else { free / FRACTION_KEPT };
        let allowance = Allowance::new(free.saturating_sub(kept));
        self.transactions.push(Transaction { allowance, journal_start: self.journal.len() });
    }

    /// Closes the innermost transaction, and undoes what it wrote unless `keep` says otherwise. Every
    /// transaction that is opened is closed once.
    pub fn end_transaction(&mut self, keep: bool) {
        let Some(Transaction { allowance, journal_start }) = self.transactions.pop() else {
            debug_assert!(false, "each frame opens one and closes it");
            return;
        };
        if keep {
            let taken = &mut self.allowance_mut().taken;
            *taken = taken.saturating_add(allowance.taken);
            return;
        }
        for Replaced { key, value } in self.journal.drain(journal_start..).rev() {
            match value {
                Some(value) => self.items.insert(key, value),
                None => self.items.remove(&key),
            };
        }
    }

    /// Counts bytes of the innermost transaction.
    fn take(&mut self, bytes: u32) -> Result<(), DispatchError> {
        let allowance = self.allowance_mut();
        if bytes > allowance.free() {
            return Err(Error::<T>::OutOfTransientStorage.into());
        }
        allowance.taken = allowance.taken.saturating_add(bytes);
        Ok(())
    }

    fn allowance(&self) -> &Allowance {
        self.transactions.last().map_or(&self.root, |transaction| &transaction.allowance)
    }

    fn allowance_mut(&mut self) -> &mut Allowance {
        self.transactions.last_mut().map_or(&mut self.root, |transaction| &mut transaction.allowance)
    }
}

/// What a write takes: the value, the journal's entry with a copy of the key, and for a new item another
/// copy of the key and the value's header.
fn bytes_of_write(key: &[u8], value: &[u8], is_new: bool) -> u32 {
    let item = if is_new { len(key).saturating_add(VEC_BYTES) } else { 0 };
    len(value).saturating_add(len(key)).saturating_add(JOURNAL_ENTRY_BYTES).saturating_add(item)
}

fn item_key<T: Config>(account: &AccountIdOf<T>, key: &Key<T>) -> Vec<u8> {
    let mut item = account.encode();
    item.extend(key.hash());
    item
}

fn len(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}
