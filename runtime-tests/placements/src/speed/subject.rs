//! A runtime with a chain on which everything that is timed is set up.

use crate::{
    chain::Chain,
    metered::{Metered, Uses},
    placements::{self, Placed},
    script::{AMPLE, Call, Script, signed},
};
use anyhow::{Context, Result, anyhow, bail, ensure};
use codec::Decode;
use frame_support::weights::Weight;
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use std::time::{Duration, Instant};
use vellum_runtime::{AccountId, Balance, RuntimeCall};
use vellum_runtime_caller::{Placement, RuntimeCaller};
use vellum_runtime_tests::fixture;

/// What is called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Workload {
    /// The least contract there is: what a call costs before a contract does anything.
    Nothing,
    /// Flips a boolean in storage and emits an event.
    Flip,
    /// Moves balance of a token.
    Transfer,
    /// A contract that has the flipper flip.
    Caller,
}

impl Workload {
    /// In the order of the table.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::Flip, Self::Transfer, Self::Caller];

    /// Its row.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "an empty contract",
            Self::Flip => "flipper `flip`",
            Self::Transfer => "ERC-20 `transfer`",
            Self::Caller => "caller `flip`",
        }
    }
}

/// A runtime and its chain.
pub struct Subject {
    placed: Placed,
    chain: Chain,
    /// The chain with code that has to be validated, if there is such a difference.
    unnoted: Option<Chain>,
    calls: [Call; 4],
    nonce: u32,
}

/// Every runtime that is compared: the placements, then pallet-contracts 51 natively and as Wasm.
pub fn all() -> Result<Vec<Subject>> {
    runtimes().map(|placed| Subject::new(placed?)).collect()
}

/// The first runtime that has this in its name.
pub fn one(name: &str) -> Result<Subject> {
    let found = runtimes().filter_map(Result::ok).find(|placed| placed.name.contains(name));
    Subject::new(found.with_context(|| format!("no runtime is called {name}"))?)
}

fn runtimes() -> impl Iterator<Item = Result<Placed>> {
    let ours = Placement::ALL.into_iter().map(placements::vellum);
    #[cfg(feature = "pallet-contracts-51")]
    let ours = ours.chain([Ok(placements::pallet_contracts_51()), placements::pallet_contracts_51_wasm()]);
    ours
}

impl Subject {
    fn new(placed: Placed) -> Result<Self> {
        let mut chain = Chain::new(&*placed.caller)?;
        let mut script = Script::new("set-up", chain.genesis);
        let nothing = script.instantiate(&fixture::wat("nothing"), 0, &[]);
        let flipper = script.instantiate(&fixture::ink("flipper"), 0, &fixture::message("new", true));
        let token = script.instantiate(&fixture::ink("erc20"), 0, &fixture::message("new", 1_000_000_u128));
        let caller = script.instantiate(&fixture::ink("caller"), 0, &fixture::message("new", &flipper));
        script.end_block();
        // Both balances exist, as those of most transfers do.
        let transfer = Call::new(&token, fixture::message("transfer", (Bob.to_account_id(), 10_u128)));
        script.call(transfer.clone());
        for block in script.blocks.iter().filter(|block| !block.is_empty()) {
            let trace = chain.author(&*placed.caller, block)?;
            ensure!(trace.outcomes.iter().all(|it| *it == Ok(Ok(()))), "{}: {:?}", placed.name, trace.outcomes);
        }
        let flip = |to: &AccountId| Call::new(to, fixture::message("flip", ()));
        let calls = [Call::new(&nothing, Vec::new()), flip(&flipper), transfer, flip(&caller)];
        let nonce = u32::try_from(script.len())?;
        let unnoted = chain.without_notes()?;
        Ok(Self { placed, chain, unnoted, calls, nonce })
    }

    /// What tables call it.
    pub fn name(&self) -> &str {
        &self.placed.name
    }

    /// Whether anything outlives a runtime call.
    pub fn has_cache(&self) -> bool {
        self.placed.has_cache
    }

    /// Empties every cache.
    pub fn forget(&self) {
        self.placed.forget();
    }

    fn call(&self, workload: Workload) -> &Call {
        let index = Workload::ALL.iter().position(|it| *it == workload).expect("the list has all; qed");
        &self.calls[index]
    }

    fn ask(&self, caller: &dyn RuntimeCaller, workload: Workload) -> Result<Vec<u8>> {
        self.chain.ask(caller, "ContractsApi_call", &self.call(workload).arguments())
    }

    /// Enters and leaves the runtime.
    pub fn enter(&self) -> Result<Vec<u8>> {
        self.chain.ask(&*self.placed.caller, "Core_version", &[])
    }

    /// A dry run.
    pub fn dry_run(&self, workload: Workload) -> Result<Vec<u8>> {
        self.ask(&*self.placed.caller, workload)
    }

    /// A dry run of code that has no note of its validation; `None` if no code ever has one.
    pub fn dry_run_unnoted(&self, workload: Workload) -> Option<Result<Vec<u8>>> {
        let arguments = self.call(workload).arguments();
        Some(self.unnoted.as_ref()?.ask(&*self.placed.caller, "ContractsApi_call", &arguments))
    }

    /// What a dry run asks of its host.
    pub fn uses(&self, workload: Workload) -> Result<Uses> {
        let metered = Metered::new(&*self.placed.caller);
        self.ask(&metered, workload)?;
        Ok(metered.take())
    }

    /// What the contract returns: flags and data. Gas is not compared, since prices differ from pallet to pallet.
    pub fn output(&self, workload: Workload) -> Result<(u32, Vec<u8>)> {
        let answer = self.dry_run(workload)?;
        let input = &mut &answer[..];
        // `ContractResult` up to its result: consumed, required, deposit, debug message.
        <(Weight, Weight, (u8, Balance), Vec<u8>)>::decode(input)?;
        match u8::decode(input)? {
            0 => Ok(<(u32, Vec<u8>)>::decode(input)?),
            _ => bail!("the call failed: {:?}", sp_runtime::DispatchError::decode(input)?),
        }
    }

    /// The least time that the transaction takes in an open block.
    pub fn in_block(&self, workload: Workload, calls: u32) -> Result<Duration> {
        let Call { to, value, input, from, .. } = self.call(workload).clone();
        ensure!(from == Alice, "the nonce is hers");
        let call = RuntimeCall::Contracts(pallet_contracts::Call::call {
            dest: to.into(),
            value,
            gas_limit: AMPLE,
            storage_deposit_limit: None,
            data: input,
        });
        let transaction = signed(from, self.nonce, self.chain.genesis, call);
        let mut chain = self.chain.clone();
        let mut open = chain.open(&*self.placed.caller)?;
        let mut least = Duration::MAX;
        for _ in 0..calls {
            let start = Instant::now();
            let outcome = open.try_out(&transaction)?;
            least = least.min(start.elapsed());
            outcome.map_err(|error| anyhow!("refused: {error:?}"))?.map_err(|error| anyhow!("failed: {error:?}"))?;
        }
        Ok(least)
    }
}
