//! `payment_*`: what a transaction would cost.

use super::{Defined, method};
use crate::serve::{
    blocks::{Blocks, transaction},
    error::{self, Answer},
    owner::Owner,
};
use codec::{DecodeAll, Encode};
use jsonrpsee::{RpcModule, types::params::ParamsSequence};
use pallet_transaction_payment::{FeeDetails, RuntimeDispatchInfo};
use serde_json::{Value, json};
use sp_core::Bytes;
use vellum_runtime::{Balance, Hash};

pub(super) fn define(module: &mut RpcModule<Owner>) -> Defined {
    method(module, "payment_queryInfo", parameters, |blocks, asked| {
        let info: RuntimeDispatchInfo<Balance> = ask(blocks, "TransactionPaymentApi_query_info", asked)?;
        // This method is older than proof sizes, and clients read one number.
        Ok(RuntimeDispatchInfo { weight: info.weight.ref_time(), class: info.class, partial_fee: info.partial_fee })
    })?;
    method(module, "payment_queryFeeDetails", parameters, |blocks, asked| {
        let details: FeeDetails<Balance> = ask(blocks, "TransactionPaymentApi_query_fee_details", asked)?;
        Ok(json!({ "inclusionFee": details.inclusion_fee.map(|fee| json!({
            "baseFee": amount(fee.base_fee),
            "lenFee": amount(fee.len_fee),
            "adjustedWeightFee": amount(fee.adjusted_weight_fee),
        })) }))
    })
}

fn parameters(params: &mut ParamsSequence<'_>) -> Answer<(Bytes, Option<Hash>)> {
    Ok((params.next()?, params.optional_next()?))
}

fn ask<R: DecodeAll>(blocks: &Blocks, api: &str, (Bytes(bytes), at): (Bytes, Option<Hash>)) -> Answer<R> {
    let len = u32::try_from(bytes.len()).map_err(|_| error::parameter("this is longer than any transaction"))?;
    blocks.ask_for(api, &(transaction(&bytes)?, len).encode(), at)
}

/// Amounts do not fit the numbers of JSON.
fn amount(amount: Balance) -> Value {
    json!(format!("0x{amount:x}"))
}
