//! The first block of a new chain, made from the runtime's development preset.

use super::{block::Sealed, trie};
use crate::exit::{Code, Failure, Outcome};
use serde_json::Value;
use sp_runtime::traits::{BlakeTwo256, Hash, Header as _};
use sp_state_machine::{Ext, OverlayedChanges};
use vellum_runtime::{Block, Header, Runtime, RuntimeGenesisConfig};

/// Builds the state of the development preset and the block that holds it.
pub fn build() -> Outcome<Sealed> {
    let state = trie::state(None, trie::empty_root());
    let mut overlay = OverlayedChanges::<BlakeTwo256>::default();
    let mut ext = Ext::new(&mut overlay, &state, None);
    sp_externalities::set_and_run_with_externalities(&mut ext, build_preset)
        .map_err(|error| Failure::new(Code::Other, format!("the genesis state does not build: {error}")))?;
    let changes = overlay
        .drain_storage_changes(&state, vellum_runtime::VERSION.state_version())
        .map_err(|error| Failure::new(Code::Other, format!("the genesis state has no root: {error}")))?;
    let header = Header::new(
        0,
        BlakeTwo256::ordered_trie_root(Vec::new(), vellum_runtime::VERSION.extrinsics_root_state_version()),
        changes.transaction_storage_root,
        Default::default(),
        Default::default(),
    );
    Ok(Sealed::new(header, Vec::new(), Vec::new(), changes.transaction))
}

fn build_preset() -> Result<(), String> {
    use sp_genesis_builder::runtime_decl_for_genesis_builder::GenesisBuilderV1 as GenesisBuilder;
    let read = |preset| -> Result<Value, String> {
        let json = <Runtime as GenesisBuilder<Block>>::get_preset(&preset).ok_or("the runtime has no such preset")?;
        serde_json::from_slice(&json).map_err(|error| error.to_string())
    };
    let mut config = read(None)?;
    merge(&mut config, read(Some(sp_genesis_builder::DEV_RUNTIME_PRESET.into()))?);
    <Runtime as GenesisBuilder<Block>>::build_state(config.to_string().into_bytes())
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

/// The genesis configuration type is named so that a runtime without one fails to compile here.
const _: fn() -> RuntimeGenesisConfig = RuntimeGenesisConfig::default;
