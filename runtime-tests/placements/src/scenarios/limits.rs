//! Gas limits from nothing to enough.

use super::nesting::ladder;
use crate::{
    chain::Chain,
    script::{Call, Script},
};
use anyhow::Result;
use codec::{DecodeAll, Encode};
use frame_support::weights::Weight;
use pallet_contracts::ContractExecResult;
use sp_core::H256;
use vellum_runtime::{Balance, Hash, RuntimeEvent};
use vellum_runtime_caller::RuntimeCaller;
use vellum_runtime_tests::{
    fixture,
    inputs::{Storage, storage},
};

/// Limits that are tried for each call.
const POINTS: u64 = 40;

/// What the runtime answers to a dry run.
pub type DryRun = ContractExecResult<Balance, frame_system::EventRecord<RuntimeEvent, Hash>>;

/// Calls of several kinds, each under many limits, and under the exact one and those beside it.
///
/// # Errors
/// If the caller, which finds out what is enough, cannot be run.
pub fn limits(genesis: H256, caller: &dyn RuntimeCaller) -> Result<Script> {
    let mut script = Script::new("limits", genesis);
    let flipper = script.instantiate(&fixture::ink("flipper"), 0, &fixture::message("new", true));
    let token = script.instantiate(&fixture::ink("erc20"), 0, &fixture::message("new", 1_000_000_u128));
    let count = script.instantiate(&fixture::wat("count"), 0, &[]);
    let store = script.instantiate(&fixture::wat("storage"), 0, &[]);
    let rungs: Vec<_> = (0..3).map(|_| script.instantiate(&fixture::wat("call"), 0, &[])).collect();
    script.end_block();
    let bob = sp_keyring::Sr25519Keyring::Bob.to_account_id();
    let (first, through) = ladder(&rungs, &store, &storage(Storage::Set, b"key", &[1; 300]), 0, 0);
    let calls = [
        Call::new(&flipper, fixture::message("flip", ())),
        Call::new(&token, fixture::message("transfer", (&bob, 1_u128))),
        Call::new(&count, 5_000_u32.encode()),
        Call::new(&first, through),
    ];
    let mut chain = Chain::new(caller)?;
    for block in &script.blocks {
        chain.author(caller, block)?;
    }
    for call in calls {
        let answer = chain.ask(caller, "ContractsApi_call", &call.arguments())?;
        let required = DryRun::decode_all(&mut &answer[..])?.gas_required;
        let (time, proof) = (required.ref_time(), required.proof_size());
        let mut limits: Vec<_> = (0..=POINTS).map(|point| (time / POINTS * point, proof)).collect();
        limits.extend([(time - 1, proof), (time, proof), (time + 1, proof), (time, proof - 1), (time, 0)]);
        limits.extend((0..8).map(|point| (time, proof / 8 * point)));
        for (time, proof) in limits {
            script.call(Call { limit: Weight::from_parts(time, proof), ..call.clone() });
            script.end_block_of(10);
        }
        script.end_block();
    }
    Ok(script)
}
