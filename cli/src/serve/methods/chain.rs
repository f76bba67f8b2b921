//! `chain_*`: blocks.

use super::{Defined, aliases, method, subscription};
use crate::serve::{
    blocks::Blocks,
    bounds::NUMBERS_MAX,
    error::{self, Answer},
    owner::Owner,
};
use jsonrpsee::{PendingSubscriptionSink, RpcModule};
use serde::Serialize;
use serde_json::{Value, json};
use sp_core::Bytes;
use std::sync::Arc;
use vellum_runtime::Header;

/// A block as nodes give it.
#[derive(Serialize, Clone)]
struct Block {
    header: Header,
    extrinsics: Vec<Bytes>,
}

/// A block and what proves that it is final: here all are, and nothing has to.
#[derive(Serialize, Clone)]
struct SignedBlock {
    block: Block,
    justifications: Option<()>,
}

pub(super) fn define(module: &mut RpcModule<Owner>) -> Defined {
    method(module, "chain_getBlockHash", |params| params.optional_next(), hashes)?;
    aliases(module, "chain_getBlockHash", &["chain_getHead"])?;
    method(module, "chain_getFinalizedHead", |_| Ok(()), |blocks, ()| Ok(blocks.head().hash))?;
    aliases(module, "chain_getFinalizedHead", &["chain_getFinalisedHead"])?;
    method(module, "chain_getHeader", |params| params.optional_next(), |blocks, at| blocks.header(at))?;
    method(
        module,
        "chain_getBlock",
        |params| params.optional_next(),
        |blocks, at| {
            Ok(blocks.block(at)?.map(|(header, extrinsics)| SignedBlock {
                block: Block { header, extrinsics: extrinsics.into_iter().map(Bytes).collect() },
                justifications: None,
            }))
        },
    )?;
    subscriptions(module)
}

/// Every block is the best one and final as soon as there is one, so three subscriptions say the same.
fn subscriptions(module: &mut RpcModule<Owner>) -> Defined {
    for (subscribe, notification, unsubscribe) in [
        ("chain_subscribeAllHeads", "chain_allHead", "chain_unsubscribeAllHeads"),
        ("chain_subscribeNewHeads", "chain_newHead", "chain_unsubscribeNewHeads"),
        ("chain_subscribeFinalizedHeads", "chain_finalizedHead", "chain_unsubscribeFinalizedHeads"),
    ] {
        module.register_subscription(subscribe, notification, unsubscribe, |_, pending, owner, _| {
            follow(pending, owner)
        })?;
    }
    aliases(module, "chain_subscribeNewHeads", &["chain_subscribeNewHead", "subscribe_newHead"])?;
    aliases(module, "chain_unsubscribeNewHeads", &["chain_unsubscribeNewHead", "unsubscribe_newHead"])
}

async fn follow(pending: PendingSubscriptionSink, owner: Arc<Owner>) {
    let mut heads = owner.heads().subscribe();
    let first = match owner.ask(|blocks| Ok(blocks.head())).await {
        Ok(first) => first,
        Err(error) => return pending.reject(error).await,
    };
    let Ok(sink) = pending.accept().await else { return };
    let mut last = first.header.number;
    let mut wanted = subscription::send(&sink, &*first.header).await;
    while wanted && let Some(head) = subscription::next(&mut heads, &sink).await {
        // A block that came between subscribing and asking is announced, too.
        if head.header.number > last {
            last = head.header.number;
            wanted = subscription::send(&sink, &*head.header).await;
        }
    }
}

/// The hash of the block with a number, which may be hexadecimal, or of the last block; or a list for a list.
fn hashes(blocks: &mut Blocks, numbers: Option<Value>) -> Answer<Value> {
    match numbers {
        None | Some(Value::Null) => Ok(json!(blocks.head().hash)),
        Some(Value::Array(numbers)) if numbers.len() > NUMBERS_MAX => {
            Err(error::parameter(format!("{} numbers, {NUMBERS_MAX} at most", numbers.len())))
        }
        Some(Value::Array(numbers)) => numbers.iter().map(|number| hash(blocks, number)).collect(),
        Some(number) => hash(blocks, &number),
    }
}

fn hash(blocks: &Blocks, number: &Value) -> Answer<Value> {
    let number = match number {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.strip_prefix("0x").and_then(|digits| u64::from_str_radix(digits, 16).ok()),
        _ => None,
    };
    let number = number.ok_or_else(|| error::parameter("expected the number of a block"))?;
    Ok(json!(blocks.hash(number)))
}
