//! `system_*`: what this is, and the next nonce of an account.

use super::{Defined, aliases, constant, method};
use crate::serve::{
    error::{self, Answer},
    owner::Owner,
};
use codec::Encode;
use jsonrpsee::{RpcModule, types::params::ParamsSequence};
use serde_json::json;
use sp_core::crypto::Ss58Codec;
use vellum_runtime::{AccountId, Nonce, units};

/// The prefix of addresses that stands for Substrate chains in general.
const SS58_FORMAT: u16 = 42;

pub(super) fn define(module: &mut RpcModule<Owner>) -> Defined {
    constant(module, "system_name", json!("vellum"))?;
    constant(module, "system_version", json!(env!("CARGO_PKG_VERSION")))?;
    constant(module, "system_chain", json!("Vellum Development"))?;
    constant(module, "system_chainType", json!("Development"))?;
    constant(module, "system_nodeRoles", json!(["Authority"]))?;
    constant(module, "system_health", json!({ "peers": 0, "isSyncing": false, "shouldHavePeers": false }))?;
    constant(
        module,
        "system_properties",
        json!({ "ss58Format": SS58_FORMAT, "tokenDecimals": units::DECIMALS, "tokenSymbol": units::SYMBOL }),
    )?;
    method(module, "system_accountNextIndex", account, |blocks, account| {
        blocks.ask_for::<Nonce>("AccountNonceApi_account_nonce", &account.encode(), None)
    })?;
    aliases(module, "system_accountNextIndex", &["account_nextIndex"])
}

fn account(params: &mut ParamsSequence<'_>) -> Answer<AccountId> {
    let text: String = params.next()?;
    AccountId::from_ss58check(&text).map_err(|error| error::parameter(format!("this is no SS58 address: {error}")))
}
