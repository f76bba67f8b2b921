//! The embedded chain: the development runtime, run over a state that is kept in a folder.
//!
//! Relies on `sp-state-machine` for the overlay and the trie, on [`store`] for what survives the process, and on
//! [`placement`] for the runtime. What only reads the state, and the first block, is done natively in any case.
//! Promises: each changing command is one block, and a block is either stored whole or not at all.

pub mod block;
mod contracts;
mod genesis;
pub mod placement;
pub mod store;
mod trie;
#[cfg(feature = "rpc")]
pub mod view;

use crate::{
    account::{self, Signer},
    exit::{Code, Failure, Outcome},
};
use block::{Event, Open, Sealed};
use codec::DecodeAll;
use frame_support::weights::Weight;
use placement::Runtime;
use sp_core::{H256, storage::ChildInfo};
use sp_runtime::DispatchError;
use sp_state_machine::{Backend, Ext, IterArgs, OverlayedChanges};
use std::path::Path;
use store::{Notes, Store};
use trie::State;
use vellum_runtime::{Balance, Header, RuntimeCall, RuntimeEvent};

/// Where well-known storage keys of child tries begin.
const CHILD_PREFIX: &[u8] = b":child_storage:default:";

/// An open chain at its last block.
pub struct Chain {
    runtime: Runtime,
    store: Store,
    head: Header,
    genesis: H256,
    state: State,
    /// The clock of the next block, read once so that a dry run and the block after it agree.
    now: u64,
}

/// A transaction that is in a block.
pub struct Included {
    /// The block that holds it.
    pub block: u32,
    /// That block's hash.
    pub block_hash: H256,
    /// How it ended.
    pub outcome: Result<(), DispatchError>,
    /// What it did.
    pub events: Vec<Event>,
    /// What its signer paid.
    pub fee: Balance,
    /// What it used of the block.
    pub weight: Weight,
}

/// What a walk over the whole state found.
pub struct Check {
    /// Entries of the top trie.
    pub top_entries: u64,
    /// Child tries.
    pub child_tries: u64,
    /// Entries of all child tries.
    pub child_entries: u64,
    /// Blocks from the genesis to the head.
    pub blocks: u64,
}

impl Chain {
    /// Opens the chain of this folder; a folder without one gets a new chain.
    pub fn open(folder: &Path, runtime: Runtime) -> Outcome<Self> {
        let store = match Store::open(folder)? {
            Some(store) => store,
            None => Store::create(folder, &genesis::build()?)?,
        };
        Self::over(store, runtime)
    }

    /// A new chain in memory.
    pub fn in_memory(runtime: Runtime) -> Outcome<Self> {
        Self::over(Store::in_memory(&genesis::build()?)?, runtime)
    }

    fn over(store: Store, runtime: Runtime) -> Outcome<Self> {
        let (head, genesis) = (store.head()?, store.genesis()?);
        let state = trie::state(Some(store.nodes()?), head.state_root);
        account::set_contract_names(store.names()?);
        Ok(Self { runtime, store, head, genesis, state, now: now_millis() })
    }

    /// The last block's header.
    pub fn head(&self) -> &Header {
        &self.head
    }

    /// The genesis block's hash.
    pub fn genesis(&self) -> H256 {
        self.genesis
    }

    /// What is kept beside the chain's state.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Reads the state of the last block.
    pub fn read<R>(&self, what: impl FnOnce() -> R) -> R {
        let mut overlay = OverlayedChanges::default();
        let mut ext = Ext::new(&mut overlay, &self.state, None);
        sp_externalities::set_and_run_with_externalities(&mut ext, what)
    }

    /// Asks an API of the runtime as if it were in the next block, which is then forgotten. `observe` wraps the
    /// execution, to measure it.
    pub fn dry_run<R: DecodeAll, M>(
        &self,
        api: &str,
        arguments: &[u8],
        observe: impl FnOnce(&mut dyn FnMut()) -> M,
    ) -> Outcome<(R, M)> {
        let mut block = self.open_block()?;
        let mut answer = None;
        let measured = observe(&mut || answer = Some(block.ask(api, arguments)));
        let answer = answer.expect("observers run what they are given; qed")?;
        let decoded = R::decode_all(&mut &answer[..])
            .map_err(|error| Failure::new(Code::Other, format!("the answer of {api} cannot be read: {error}")))?;
        Ok((decoded, measured))
    }

    fn open_block(&self) -> Outcome<Open<'_>> {
        Open::after(&self.head, &self.state, &self.runtime, self.genesis, self.now)
    }

    /// Makes a block with one transaction. `observe` wraps the transaction's execution, to measure it; `notes`
    /// is kept if the transaction succeeds.
    pub fn submit<M>(
        &mut self,
        signer: &Signer,
        call: RuntimeCall,
        notes: Notes,
        observe: impl FnOnce(&mut dyn FnMut()) -> M,
    ) -> Outcome<(Included, M)> {
        let mut block = self.open_block()?;
        let extrinsic = block.sign(signer, call)?;
        let mut extrinsic = Some(extrinsic);
        let mut applied = None;
        let measured = observe(&mut || applied = extrinsic.take().map(|it| block.apply(it)));
        let outcome = applied.expect("observers run what they are given; qed")?;
        let sealed = block.seal()?;
        let notes = if outcome.is_ok() { notes } else { Notes::default() };
        self.store.commit(&sealed, &notes)?;
        let included = included(&sealed, outcome);
        self.advance(sealed.header)?;
        Ok((included, measured))
    }

    fn advance(&mut self, head: Header) -> Outcome<()> {
        self.state = trie::state(Some(self.store.nodes()?), head.state_root);
        account::set_contract_names(self.store.names()?);
        self.head = head;
        self.now = now_millis();
        Ok(())
    }

    /// Reads everything that is stored, each node against its hash, and counts it.
    pub fn check(mut self) -> Outcome<Check> {
        let damaged = |store: &Store, error: String| store.damaged(&error);
        let mut check = Check { top_entries: 0, child_tries: 0, child_entries: 0, blocks: 0 };
        let mut tries = Vec::new();
        let pairs = self.state.pairs(IterArgs::default()).map_err(|error| damaged(&self.store, error))?;
        for pair in pairs {
            let (key, _) = pair.map_err(|error| damaged(&self.store, error))?;
            check.top_entries += 1;
            if let Some(id) = key.strip_prefix(CHILD_PREFIX) {
                tries.push(ChildInfo::new_default(id));
            }
        }
        for child in tries {
            check.child_tries += 1;
            let mut arguments = IterArgs::default();
            arguments.child_info = Some(child);
            for pair in self.state.pairs(arguments).map_err(|error| damaged(&self.store, error))? {
                pair.map_err(|error| damaged(&self.store, error))?;
                check.child_entries += 1;
            }
        }
        check.blocks = self.check_blocks()?;
        // The page check wants the database for itself.
        drop(self.state);
        if !self.store.check_pages()? {
            return Err(self.store.damaged("its pages needed repair"));
        }
        Ok(check)
    }

    /// Follows the parent hashes from the head to the genesis block.
    fn check_blocks(&self) -> Outcome<u64> {
        let mut expected = self.head.hash();
        for number in (0..=self.head.number).rev() {
            let (header, ..) =
                self.store.block(number)?.ok_or_else(|| self.store.damaged(&format!("block {number} is missing")))?;
            if header.hash() != expected {
                return Err(self.store.damaged(&format!("block {number} is not the parent of the next")));
            }
            if number == 0 && expected != self.genesis {
                return Err(self.store.damaged("the first block is not the genesis block"));
            }
            expected = header.parent_hash;
        }
        Ok(u64::from(self.head.number) + 1)
    }
}

/// The one transaction behind the clock's.
const TRANSACTION: frame_system::Phase = frame_system::Phase::ApplyExtrinsic(1);

fn included(sealed: &Sealed, outcome: Result<(), DispatchError>) -> Included {
    let events: Vec<Event> = sealed.events.iter().filter(|record| record.phase == TRANSACTION).cloned().collect();
    let mut fee = 0;
    let mut weight = Weight::zero();
    for Event { event, .. } in &events {
        match event {
            RuntimeEvent::TransactionPayment(pallet_transaction_payment::Event::TransactionFeePaid {
                actual_fee,
                ..
            }) => fee = *actual_fee,
            RuntimeEvent::System(
                frame_system::Event::ExtrinsicSuccess { dispatch_info }
                | frame_system::Event::ExtrinsicFailed { dispatch_info, .. },
            ) => weight = dispatch_info.weight,
            _ => {}
        }
    }
    Included { block: sealed.header.number, block_hash: sealed.header.hash(), outcome, events, fee, weight }
}

fn now_millis() -> u64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map(|since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
        // A clock before 1970 is a broken clock; the block's own time still moves on.
        .unwrap_or(0)
}

/// A failure while a state is read is noted by the trie; this turns it into the command's failure.
pub fn noted_fault() -> Option<Failure> {
    crate::fault::noted().map(|what| {
        Failure::state(format!("the state cannot be used: {what}"))
            .help("restore the state folder from a copy, or remove it to start a new chain")
    })
}
