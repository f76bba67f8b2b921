//! What clients may ask the runtime, and with what.
//!
//! The runtime panics where arguments do not decode, and its APIs for makers of blocks do where they are called out of
//! turn. A native runtime would take this program with it, so both are found out here, for every placement alike.

use super::error::{self, Answer};
use codec::{Decode, DecodeLimit, Encode};
use frame_support::{MAX_EXTRINSIC_DEPTH, weights::Weight};
use pallet_contracts::{Code, Determinism};
use sp_genesis_builder::PresetId;
use sp_runtime::transaction_validity::TransactionSource;
use vellum_runtime::{AccountId, BLOCK_WEIGHT_MAX, Balance, Hash, UncheckedExtrinsic};

/// Reads the arguments of an API and gives those that it is called with.
type Read = fn(&[u8]) -> Result<Vec<u8>, codec::Error>;

/// Every API that answers questions.
pub const QUESTIONS: &[(&str, Read)] = &[
    ("AccountNonceApi_account_nonce", as_sent::<AccountId>),
    ("ContractsApi_call", call),
    ("ContractsApi_get_storage", as_sent::<(AccountId, Vec<u8>)>),
    ("ContractsApi_instantiate", instantiate),
    ("ContractsApi_upload_code", as_sent::<(AccountId, Vec<u8>, Option<Balance>, Determinism)>),
    ("Core_version", as_sent::<()>),
    ("GenesisBuilder_get_preset", as_sent::<Option<PresetId>>),
    ("GenesisBuilder_preset_names", as_sent::<()>),
    ("Metadata_metadata", as_sent::<()>),
    ("Metadata_metadata_at_version", as_sent::<u32>),
    ("Metadata_metadata_versions", as_sent::<()>),
    ("TaggedTransactionQueue_validate_transaction", as_sent::<(TransactionSource, UncheckedExtrinsic, Hash)>),
    ("TransactionPaymentApi_query_fee_details", as_sent::<(UncheckedExtrinsic, u32)>),
    ("TransactionPaymentApi_query_info", as_sent::<(UncheckedExtrinsic, u32)>),
    ("TransactionPaymentApi_query_length_to_fee", as_sent::<u32>),
    ("TransactionPaymentApi_query_weight_to_fee", as_sent::<Weight>),
];

/// The arguments that an API is called with, if clients may call it with these.
pub fn arguments(api: &str, bytes: &[u8]) -> Answer<Vec<u8>> {
    let Some((_, read)) = QUESTIONS.iter().find(|(name, _)| *name == api) else {
        return Err(error::question(format!("the runtime has no API `{api:.100}` that answers questions")));
    };
    read(bytes).map_err(|error| error::question(format!("these are no arguments of {api}: {error}")))
}

/// Decodes as the runtime does.
fn decode<T: Decode>(bytes: &[u8]) -> Result<T, codec::Error> {
    T::decode_all_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut &*bytes)
}

fn as_sent<T: Decode>(bytes: &[u8]) -> Result<Vec<u8>, codec::Error> {
    decode::<T>(bytes).map(|_| bytes.to_vec())
}

/// What a dry run may use: what a transaction could, which is a block. It would otherwise last as long as its caller likes.
///
/// Without any proof size nothing runs, not even the loading of code. So a caller who allows none knows weight as one number,
/// as polkadot-js's contracts do where they are asked to choose a limit (`gasLimit: -1`), and gets a block's.
fn at_most_a_block(limit: Option<Weight>) -> Option<Weight> {
    let limit = limit?.min(BLOCK_WEIGHT_MAX);
    Some(match limit.proof_size() {
        0 => limit.set_proof_size(BLOCK_WEIGHT_MAX.proof_size()),
        _ => limit,
    })
}

fn call(bytes: &[u8]) -> Result<Vec<u8>, codec::Error> {
    type Call = (AccountId, AccountId, Balance, Option<Weight>, Option<Balance>, Vec<u8>);
    let (origin, dest, value, gas_limit, deposit_limit, input): Call = decode(bytes)?;
    Ok((origin, dest, value, at_most_a_block(gas_limit), deposit_limit, input).encode())
}

fn instantiate(bytes: &[u8]) -> Result<Vec<u8>, codec::Error> {
    type Instantiate = (AccountId, Balance, Option<Weight>, Option<Balance>, Code<Hash>, Vec<u8>, Vec<u8>);
    let (origin, value, gas_limit, deposit_limit, code, input, salt): Instantiate = decode(bytes)?;
    Ok((origin, value, at_most_a_block(gas_limit), deposit_limit, code, input, salt).encode())
}

#[cfg(test)]
mod tests;
