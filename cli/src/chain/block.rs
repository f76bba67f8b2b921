//! Making blocks: the runtime, wherever it stands, runs over the stored state and an overlay of changes.
//!
//! Promises: an open block changes nothing; only [`super::Chain::submit`] commits one. A block is made the way
//! any author makes it: initialise, the clock's inherent, transactions, finalise.

use super::{placement::Runtime as Placed, trie::State};
use crate::{
    account::Signer,
    exit::{Code, Failure, Outcome},
};
use codec::{DecodeAll, Encode};
use sp_core::{
    H256,
    traits::{ReadRuntimeVersion, ReadRuntimeVersionExt},
};
use sp_externalities::{Extensions, Externalities};
use sp_runtime::{
    ApplyExtrinsicResult, DispatchError, ExtrinsicInclusionMode,
    traits::{BlakeTwo256, Header as _},
    transaction_validity::{InvalidTransaction, TransactionValidityError},
};
use sp_state_machine::{BackendTransaction, Ext, OverlayedChanges};
use vellum_runtime::{
    Hash, Header, Runtime, RuntimeCall, RuntimeEvent, SignedPayload, System, TimestampCall, UncheckedExtrinsic,
    tx_extension,
};

/// An event with the transaction that it belongs to and the topics that it was deposited under.
pub type Event = frame_system::EventRecord<RuntimeEvent, Hash>;

/// A finished block and what it changed.
pub struct Sealed {
    /// Its header.
    pub header: Header,
    /// Its transactions as they travel.
    pub extrinsics: Vec<Vec<u8>>,
    /// Its events.
    pub events: Vec<Event>,
    /// Trie nodes that came (`Some`) or went (`None`), by store key.
    pub nodes: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

impl Sealed {
    /// Puts a block and its changed trie nodes together.
    pub fn new(
        header: Header,
        extrinsics: Vec<Vec<u8>>,
        events: Vec<Event>,
        mut transaction: BackendTransaction<BlakeTwo256>,
    ) -> Self {
        let mut nodes: Vec<_> = transaction
            .drain()
            .into_iter()
            .filter_map(|(key, (node, references))| match references {
                0 => None,
                count if count > 0 => Some((key, Some(node))),
                _ => Some((key, None)),
            })
            .collect();
        nodes.sort();
        Self { header, extrinsics, events, nodes }
    }
}

/// A block under construction.
pub struct Open<'a> {
    state: &'a State,
    runtime: &'a Placed,
    overlay: OverlayedChanges<BlakeTwo256>,
    genesis: H256,
    extrinsics: Vec<Vec<u8>>,
}

impl<'a> Open<'a> {
    /// Begins the block after `parent` at the time `now` (milliseconds since 1970).
    pub fn after(parent: &Header, state: &'a State, runtime: &'a Placed, genesis: H256, now: u64) -> Outcome<Self> {
        let header =
            Header::new(parent.number + 1, Default::default(), Default::default(), parent.hash(), Default::default());
        let mut block = Self { state, runtime, overlay: Default::default(), genesis, extrinsics: Vec::new() };
        let _: ExtrinsicInclusionMode = block.call("Core_initialize_block", &header.encode())?;
        // The clock never stands still between blocks, even when the machine's does.
        let now = now.max(block.run(pallet_timestamp::Now::<Runtime>::get) + 1);
        let clock = UncheckedExtrinsic::new_bare(RuntimeCall::Timestamp(TimestampCall::set { now }));
        block
            .apply(clock)?
            .map_err(|error| Failure::new(Code::Other, format!("the chain refused its clock: {error:?}")))?;
        Ok(block)
    }

    /// Calls an API of the runtime. What its host functions register ends with the call, as in a node.
    fn call<R: DecodeAll>(&mut self, api: &str, arguments: &[u8]) -> Outcome<R> {
        let answer = self.call_raw(api, arguments)?;
        R::decode_all(&mut &answer[..])
            .map_err(|error| Failure::new(Code::Other, format!("the answer of {api} cannot be read: {error}")))
    }

    fn call_raw(&mut self, api: &str, arguments: &[u8]) -> Outcome<Vec<u8>> {
        let mut extensions = Extensions::default();
        extensions.register(ReadRuntimeVersionExt::new(NoVersion));
        let mut ext = Ext::new(&mut self.overlay, self.state, Some(&mut extensions));
        self.runtime.call(&mut ext, api, arguments)
    }

    /// Runs something over the block's state, with its changes: what reads it.
    pub fn run<R>(&mut self, what: impl FnOnce() -> R) -> R {
        let mut ext = Ext::new(&mut self.overlay, self.state, None);
        sp_externalities::set_and_run_with_externalities(&mut ext, what)
    }

    /// Asks an API of the runtime over the block's state and undoes its changes.
    pub fn ask(&mut self, api: &str, arguments: &[u8]) -> Outcome<Vec<u8>> {
        self.overlay.start_transaction();
        let answer = self.call_raw(api, arguments);
        self.overlay.rollback_transaction().expect("the runtime closes what it opens, and nothing else; qed");
        answer
    }

    /// A transaction with this call, signed for the next nonce of the signer.
    pub fn sign(&mut self, signer: &Signer, call: RuntimeCall) -> Outcome<UncheckedExtrinsic> {
        let genesis = self.genesis;
        self.run(|| {
            let account = signer.account();
            let nonce = System::account_nonce(&account);
            let payload = SignedPayload::new(call, tx_extension(nonce)).map_err(|error| refused(error, genesis))?;
            let signature = payload.using_encoded(|bytes| signer.sign(bytes));
            let (call, extension, _) = payload.deconstruct();
            Ok(UncheckedExtrinsic::new_signed(call, account.into(), signature, extension))
        })
    }

    /// Applies a transaction. The outer failure means that it is not in the block, the inner one that it is
    /// and failed.
    pub fn apply(&mut self, extrinsic: UncheckedExtrinsic) -> Outcome<Result<(), DispatchError>> {
        let bytes = extrinsic.encode();
        let genesis = self.genesis;
        let outcome: ApplyExtrinsicResult = self.call("BlockBuilder_apply_extrinsic", &bytes)?;
        let outcome = outcome.map_err(|error| refused(error, genesis))?;
        self.extrinsics.push(bytes);
        Ok(outcome)
    }

    /// Finishes the block.
    pub fn seal(mut self) -> Outcome<Sealed> {
        let header: Header = self.call("BlockBuilder_finalize_block", &[])?;
        let events = self.run(|| System::read_events_no_consensus().map(|record| *record).collect());
        let changes = self
            .overlay
            .drain_storage_changes(self.state, vellum_runtime::VERSION.state_version())
            .map_err(|error| Failure::state(format!("the new state has no root: {error}")))?;
        if header.state_root != changes.transaction_storage_root {
            return Err(Failure::state("the runtime's state root differs from the stored one"));
        }
        Ok(Sealed::new(header, self.extrinsics, events, changes.transaction))
    }
}

/// Reads no version. `set_code` asks for that of new code, and refuses code that has none: whatever the state says, the
/// runtime is the one of this program.
struct NoVersion;

impl ReadRuntimeVersion for NoVersion {
    fn read_runtime_version(&self, _: &[u8], _: &mut dyn Externalities) -> Result<Vec<u8>, String> {
        Err("this chain's runtime is the one of the program that makes its blocks".into())
    }
}

fn refused(error: TransactionValidityError, genesis: H256) -> Failure {
    let failure = Failure::new(Code::Chain, format!("the chain refused the transaction: {error:?}"));
    match error {
        TransactionValidityError::Invalid(InvalidTransaction::Payment) => {
            failure.help("the signer cannot pay the fee; `vellum accounts` lists balances, --signer chooses one")
        }
        TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources) => {
            failure.help("the transaction does not fit into a block; name a lower --gas, or a smaller code")
        }
        TransactionValidityError::Invalid(InvalidTransaction::BadProof) => {
            failure.help(format!("the signature does not fit this chain (genesis {genesis:?})"))
        }
        _ => failure,
    }
}
