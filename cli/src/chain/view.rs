//! The chain as those outside of this program see it: the state of one block, which stays readable while later blocks are
//! made, and transactions that somebody else has signed.
//!
//! Relies on the store's read transactions, each of which sees the trie nodes of one moment.
//! Promises: a view never changes, and what it is asked leaves no trace.

use super::{Chain, noted_fault, now_millis, trie};
use crate::exit::{Failure, Outcome};
use sp_core::{H256, storage::ChildInfo};
use sp_externalities::Extensions;
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::{Backend, Ext, IterArgs, OverlayedChanges};
use vellum_runtime::{Header, UncheckedExtrinsic};

/// The state behind one block.
pub struct View {
    header: Header,
    state: trie::State,
}

impl View {
    /// The block's header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The value under a key, of a child trie if one is named.
    pub fn value(&self, child: Option<&ChildInfo>, key: &[u8]) -> Outcome<Option<Vec<u8>>> {
        let value = match child {
            Some(child) => self.state.child_storage(child, key),
            None => self.state.storage(key),
        };
        value.map_err(unreadable)
    }

    /// The next keys that begin with a prefix, in their order, behind the one that is named; `count_max` at most.
    pub fn keys(
        &self,
        child: Option<ChildInfo>,
        prefix: &[u8],
        behind: Option<&[u8]>,
        count_max: usize,
    ) -> Outcome<Vec<Vec<u8>>> {
        let mut arguments = IterArgs::default();
        arguments.prefix = Some(prefix);
        arguments.start_at = behind;
        arguments.start_at_exclusive = true;
        arguments.child_info = child;
        let keys = self.state.keys(arguments).map_err(unreadable)?;
        keys.take(count_max).map(|key| key.map_err(unreadable)).collect()
    }
}

impl Chain {
    /// The state as it is now.
    pub fn view(&self) -> Outcome<View> {
        let state = trie::state(Some(self.store.nodes()?), self.head.state_root);
        Ok(View { header: self.head.clone(), state })
    }

    /// Asks an API of the runtime over the state of a block, as it is: no block is begun.
    pub fn ask(&self, view: &View, api: &str, arguments: &[u8]) -> Outcome<Vec<u8>> {
        let mut overlay = OverlayedChanges::<BlakeTwo256>::default();
        let mut extensions = Extensions::default();
        let mut ext = Ext::new(&mut overlay, &view.state, Some(&mut extensions));
        self.runtime.call(&mut ext, api, arguments)
    }

    /// Makes a block with a transaction that is signed already.
    pub fn include(&mut self, transaction: UncheckedExtrinsic) -> Outcome<()> {
        // Nobody has looked at this block before it is made, so it may as well have the time that it is.
        self.now = now_millis();
        let mut block = self.open_block()?;
        // Whether it did what its signer wanted is in the events.
        let _failed = block.apply(transaction)?;
        let sealed = block.seal()?;
        self.store.commit(&sealed, &super::Notes::default())?;
        self.advance(sealed.header)
    }

    /// The hashes of all blocks, in the order of their numbers.
    pub fn hashes(&self) -> Outcome<Vec<H256>> {
        (0..=self.head.number)
            .map(|number| match self.store.block(number)? {
                Some((header, ..)) => Ok(header.hash()),
                None => Err(self.store.damaged(&format!("block {number} is missing"))),
            })
            .collect()
    }
}

fn unreadable(error: String) -> Failure {
    noted_fault().unwrap_or_else(|| Failure::state(format!("the state cannot be read: {error}")))
}
