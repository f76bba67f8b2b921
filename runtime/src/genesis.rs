//! The state that a new chain starts from.
//!
//! Relies on the well-known development keys. Promises that every preset named here builds, and that the key
//! of each funded account can be derived by anyone from its name: never use such a chain for real money.

use crate::{AccountId, Balance, BalancesConfig, RuntimeGenesisConfig, SudoConfig, units::UNIT};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET, PresetId};
use sp_keyring::Sr25519Keyring;

/// What each development account owns at the start: enough for any number of uploads.
pub const ENDOWMENT: Balance = 1_000_000 * UNIT;

/// The preset of this name as JSON, or `None` if there is none.
pub fn preset(id: &PresetId) -> Option<Vec<u8>> {
    let patch = match id.as_ref() {
        DEV_RUNTIME_PRESET | LOCAL_TESTNET_RUNTIME_PRESET => development(),
        _ => return None,
    };
    let json = serde_json::to_string(&patch).expect("a JSON value made of numbers and strings serialises; qed");
    Some(json.into_bytes())
}

/// The names of all presets.
pub fn preset_names() -> Vec<PresetId> {
    vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}

/// The accounts that exist on a new chain.
pub fn endowed_accounts() -> Vec<AccountId> {
    Sr25519Keyring::well_known().map(Sr25519Keyring::to_account_id).collect()
}

fn development() -> serde_json::Value {
    build_struct_json_patch!(RuntimeGenesisConfig {
        balances: BalancesConfig {
            balances: endowed_accounts().into_iter().map(|account| (account, ENDOWMENT)).collect::<Vec<_>>(),
        },
        sudo: SudoConfig { key: Some(Sr25519Keyring::Alice.to_account_id()) },
    })
}
