//! What clients rely on: presets that build, the pallet's place and calls, the runtime APIs.

use crate::{
    Block, Runtime, RuntimeCall, VERSION,
    genesis::{ENDOWMENT, endowed_accounts, preset, preset_names},
};
use codec::Encode;
use frame_support::traits::{GetCallIndex, GetCallName, PalletInfoAccess};
use pallet_contracts::runtime_decl_for_contracts_api as contracts_api;
use sp_api::runtime_decl_for_metadata::MetadataV2;
use sp_core::storage::Storage;
use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilderV1;
use sp_runtime::BuildStorage;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
#[cfg(feature = "runtime-benchmarks")]
mod measured_state;

/// The state of a preset: what its JSON sets, the defaults everywhere else.
fn storage_of(json: &[u8]) -> Storage {
    let mut config = serde_json::to_value(crate::RuntimeGenesisConfig::default()).expect("it is plain data; qed");
    let patch: serde_json::Value = serde_json::from_slice(json).expect("presets are JSON; qed");
    for (pallet, fields) in patch.as_object().expect("a preset names pallets; qed") {
        for (field, value) in fields.as_object().expect("a pallet has fields; qed") {
            config[pallet][field] = value.clone();
        }
    }
    let config: crate::RuntimeGenesisConfig = serde_json::from_value(config).expect("the preset fits; qed");
    config.build_storage().expect("the preset builds; qed")
}

#[test]
fn every_preset_funds_the_development_accounts() {
    for name in preset_names() {
        let json = preset(&name).expect("a listed preset exists; qed");
        sp_io::TestExternalities::from(storage_of(&json)).execute_with(|| {
            for account in endowed_accounts() {
                assert_eq!(crate::Balances::free_balance(&account), ENDOWMENT, "{name:?}");
            }
            assert_eq!(pallet_sudo::Key::<Runtime>::get(), endowed_accounts().first().cloned());
        });
    }
    assert!(preset(&"unheard-of".into()).is_none());
    assert_eq!(<Runtime as GenesisBuilderV1<Block>>::preset_names(), preset_names());
}

#[test]
fn contracts_are_called_the_way_clients_call_them() {
    assert_eq!(crate::Contracts::name(), "Contracts");
    let names = <pallet_contracts::Call<Runtime> as GetCallName>::get_call_names();
    let indices = <pallet_contracts::Call<Runtime> as GetCallIndex>::get_call_indices();
    for (index, name) in [
        (3, "upload_code"),
        (4, "remove_code"),
        (5, "set_code"),
        (6, "call"),
        (7, "instantiate_with_code"),
        (8, "instantiate"),
    ] {
        let position = indices.iter().position(|it| *it == index).expect("the index is taken; qed");
        assert_eq!(names[position], name);
    }
    let call: RuntimeCall = pallet_contracts::Call::remove_code { code_hash: crate::Hash::zero() }.into();
    assert_eq!(call.encode()[..2], [5, 4]);
}

#[test]
fn the_runtime_describes_itself() {
    let versions = <Runtime as MetadataV2<Block>>::metadata_versions();
    assert!(versions.contains(&14) && versions.contains(&15), "{versions:?}");
    assert!(VERSION.apis.contains(&(contracts_api::ID, 2)), "clients ask for version 2 of the API");
}
