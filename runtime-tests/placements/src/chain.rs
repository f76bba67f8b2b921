//! A chain in memory whose blocks any runtime caller makes: authored extrinsic by extrinsic, or imported whole.
//!
//! Relies on `sp-state-machine` for the trie and the overlay. Promises what a node promises its runtime: each runtime
//! call has extensions of its own, which end with it; a transaction that the runtime refuses leaves no trace; a dry
//! run leaves none at all; time is a function of the block's number.

use anyhow::{Context, Result, anyhow, bail, ensure};
use codec::{Compact, Decode, DecodeAll, Encode};
use serde_json::Value;
use sp_core::{H256, storage::StateVersion};
use sp_externalities::Extensions;
use sp_io::hashing::twox_128;
use sp_runtime::{
    ApplyExtrinsicResult, ExtrinsicInclusionMode,
    traits::{BlakeTwo256, Hash as _, Header as _},
};
use sp_state_machine::{Backend, BackendTransaction, Ext, InMemoryBackend, IterArgs, OverlayedChanges};
use vellum_runtime::{Header, RuntimeCall, TimestampCall, UncheckedExtrinsic};
use vellum_runtime_caller::RuntimeCaller;

/// The state at one block.
pub type State = InMemoryBackend<BlakeTwo256>;
/// What is changed on top of a state.
pub type Overlay = OverlayedChanges<BlakeTwo256>;

/// How far two blocks are apart.
const BLOCK_MILLIS: u64 = 6_000;

/// A block as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its header, with the root of the state behind it.
    pub header: Header,
    /// Its transactions, each encoded.
    pub body: Vec<Vec<u8>>,
}

impl Block {
    /// The argument of `Core_execute_block`.
    fn encoded(&self) -> Vec<u8> {
        let count = Compact(u32::try_from(self.body.len()).expect("blocks of tests are short; qed"));
        [self.header.encode(), count.encode(), self.body.concat()].concat()
    }
}

/// All that can be seen of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The block itself: its header has the state root.
    pub block: Block,
    /// What became of each of the author's transactions, in their order.
    pub outcomes: Vec<ApplyExtrinsicResult>,
    /// The block's events as they are stored.
    pub events: Vec<u8>,
}

/// A state and the header that leads to it.
#[derive(Clone)]
pub struct Chain {
    /// The state.
    pub state: State,
    /// The last block's header.
    pub head: Header,
    /// The first block's hash.
    pub genesis: H256,
}

impl Chain {
    /// A new chain with the runtime's development preset.
    ///
    /// # Errors
    /// If the runtime does not build it.
    pub fn new(caller: &dyn RuntimeCaller) -> Result<Self> {
        let preset = |overlay: &mut Overlay, name: Option<&str>| -> Result<Value> {
            let json = call(caller, &State::default(), overlay, "GenesisBuilder_get_preset", &name.encode())?;
            let json = Option::<Vec<u8>>::decode_all(&mut &json[..])?.context("no such preset")?;
            Ok(serde_json::from_slice(&json)?)
        };
        let mut state = State::default();
        let mut overlay = Overlay::default();
        let mut config = preset(&mut overlay, None)?;
        merge(&mut config, preset(&mut overlay, Some("development"))?);
        let config = config.to_string().into_bytes().encode();
        let built = call(caller, &state, &mut overlay, "GenesisBuilder_build_state", &config)?;
        Result::<(), String>::decode_all(&mut &built[..])?.map_err(|error| anyhow!("no genesis state: {error}"))?;
        let (root, transaction) = drain(&state, &mut overlay)?;
        state.apply_transaction(root, transaction);
        let extrinsics = BlakeTwo256::ordered_trie_root(Vec::new(), StateVersion::V1);
        let head = Header::new(0, extrinsics, root, H256::zero(), Default::default());
        Ok(Self { state, genesis: head.hash(), head })
    }

    /// Makes the next block of these transactions.
    ///
    /// # Errors
    /// If the runtime cannot be run, or finds another root than the trie.
    pub fn author(&mut self, caller: &dyn RuntimeCaller, transactions: &[Vec<u8>]) -> Result<Trace> {
        let mut open = self.open(caller)?;
        for transaction in transactions {
            open.apply(transaction)?;
        }
        open.seal()
    }

    /// Begins the next block: everything before the first transaction.
    ///
    /// # Errors
    /// If the runtime cannot be run, or refuses the clock.
    pub fn open<'a>(&'a mut self, caller: &'a dyn RuntimeCaller) -> Result<Open<'a>> {
        let number = self.head.number + 1;
        let header = Header::new(number, H256::zero(), H256::zero(), self.head.hash(), Default::default());
        let mut overlay = Overlay::default();
        let mode = call(caller, &self.state, &mut overlay, "Core_initialize_block", &header.encode())?;
        let mode = ExtrinsicInclusionMode::decode_all(&mut &mode[..])?;
        ensure!(mode == ExtrinsicInclusionMode::AllExtrinsics, "the runtime takes no transactions");
        let now = BLOCK_MILLIS * u64::from(number);
        let clock = UncheckedExtrinsic::new_bare(RuntimeCall::Timestamp(TimestampCall::set { now })).encode();
        let mut open = Open { chain: self, caller, overlay, body: Vec::new(), outcomes: Vec::new() };
        open.apply(&clock)?;
        let outcome = open.outcomes.pop();
        ensure!(outcome == Some(Ok(Ok(()))), "the clock was refused: {outcome:?}");
        Ok(open)
    }

    /// Runs a block that another made, as importing it does, and moves on to it.
    ///
    /// # Errors
    /// If the block is not a valid one for this runtime: its state root is another, for example.
    pub fn import(&mut self, caller: &dyn RuntimeCaller, block: &Block) -> Result<Vec<u8>> {
        let mut overlay = Overlay::default();
        call(caller, &self.state, &mut overlay, "Core_execute_block", &block.encoded())?;
        let (root, transaction) = drain(&self.state, &mut overlay)?;
        ensure!(root == block.header.state_root, "the state root is {root:?}, not {:?}", block.header.state_root);
        self.state.apply_transaction(root, transaction);
        self.head = block.header.clone();
        self.events()
    }

    /// Asks an API something at the last block; what it changes is forgotten.
    ///
    /// # Errors
    /// If the runtime cannot be run.
    pub fn ask(&self, caller: &dyn RuntimeCaller, api: &str, arguments: &[u8]) -> Result<Vec<u8>> {
        call(caller, &self.state, &mut Overlay::default(), api, arguments)
    }

    /// The same state as if pallet-contracts had stored its code: without the notes that say that code was validated. `None` if it has
    /// none. It is for dry runs: no header leads to it.
    ///
    /// # Errors
    /// If the state cannot be read.
    pub fn without_notes(&self) -> Result<Option<Self>> {
        let prefix = [twox_128(b"Contracts"), twox_128(b"CodeFeatures")].concat();
        let mut args = IterArgs::default();
        args.prefix = Some(&prefix);
        let keys: Vec<_> = self.state.keys(args).and_then(Iterator::collect).map_err(|error| anyhow!(error))?;
        if keys.is_empty() {
            return Ok(None);
        }
        let mut chain = self.clone();
        chain.state.insert([(None, keys.into_iter().map(|key| (key, None)).collect())], StateVersion::V1);
        Ok(Some(chain))
    }

    fn events(&self) -> Result<Vec<u8>> {
        let key = [twox_128(b"System"), twox_128(b"Events")].concat();
        Ok(self.state.storage(&key).map_err(|error| anyhow!(error))?.unwrap_or_default())
    }
}

/// A block under construction.
pub struct Open<'a> {
    chain: &'a mut Chain,
    caller: &'a dyn RuntimeCaller,
    overlay: Overlay,
    body: Vec<Vec<u8>>,
    outcomes: Vec<ApplyExtrinsicResult>,
}

impl Open<'_> {
    /// Applies a transaction; if the runtime refuses it, the block is as before.
    ///
    /// # Errors
    /// If the runtime cannot be run.
    pub fn apply(&mut self, transaction: &[u8]) -> Result<()> {
        self.overlay.start_transaction();
        let outcome =
            call(self.caller, &self.chain.state, &mut self.overlay, "BlockBuilder_apply_extrinsic", transaction)?;
        let outcome = ApplyExtrinsicResult::decode_all(&mut &outcome[..])?;
        if outcome.is_ok() {
            self.overlay.commit_transaction().map_err(|_| anyhow!("no transaction to commit"))?;
            self.body.push(transaction.to_vec());
        } else {
            self.overlay.rollback_transaction().map_err(|_| anyhow!("no transaction to roll back"))?;
        }
        self.outcomes.push(outcome);
        Ok(())
    }

    /// Applies a transaction and undoes it: what [`Open::apply`] costs, again and again.
    ///
    /// # Errors
    /// If the runtime cannot be run.
    pub fn try_out(&mut self, transaction: &[u8]) -> Result<ApplyExtrinsicResult> {
        self.overlay.start_transaction();
        let outcome =
            call(self.caller, &self.chain.state, &mut self.overlay, "BlockBuilder_apply_extrinsic", transaction);
        self.overlay.rollback_transaction().map_err(|_| anyhow!("no transaction to roll back"))?;
        Ok(ApplyExtrinsicResult::decode_all(&mut &outcome?[..])?)
    }

    /// Finishes the block and moves the chain on to it.
    ///
    /// # Errors
    /// If the runtime cannot be run, or finds another root than the trie.
    pub fn seal(mut self) -> Result<Trace> {
        let header = call(self.caller, &self.chain.state, &mut self.overlay, "BlockBuilder_finalize_block", &[])?;
        let header = Header::decode(&mut &header[..])?;
        let (root, transaction) = drain(&self.chain.state, &mut self.overlay)?;
        ensure!(root == header.state_root, "the runtime's state root is {:?}, the trie's {root:?}", header.state_root);
        self.chain.state.apply_transaction(root, transaction);
        self.chain.head = header.clone();
        let events = self.chain.events()?;
        Ok(Trace { block: Block { header, body: self.body }, outcomes: self.outcomes, events })
    }
}

/// One runtime call, in the way of a node: the runtime may not close transactions that it did not open, and what host
/// functions register ends with the call.
fn call(
    caller: &dyn RuntimeCaller,
    state: &State,
    overlay: &mut Overlay,
    api: &str,
    arguments: &[u8],
) -> Result<Vec<u8>> {
    let mut extensions = Extensions::default();
    overlay.enter_runtime().map_err(|_| anyhow!("a runtime call within a runtime call"))?;
    let answer = caller.call(&mut Ext::new(overlay, state, Some(&mut extensions)), api, arguments);
    let left = overlay.exit_runtime();
    let answer = answer.with_context(|| api.to_owned())?;
    if left.is_err() {
        bail!("{api} left transactions open");
    }
    Ok(answer)
}

fn drain(state: &State, overlay: &mut Overlay) -> Result<(H256, BackendTransaction<BlakeTwo256>)> {
    let changes = overlay.drain_storage_changes(state, StateVersion::V1).map_err(|error| anyhow!(error))?;
    Ok((changes.transaction_storage_root, changes.transaction))
}

/// Puts every leaf of `patch` into `base`.
fn merge(base: &mut Value, patch: Value) {
    match (base, patch) {
        (Value::Object(base), Value::Object(patch)) => {
            for (key, value) in patch {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, patch) => *base = patch,
    }
}
