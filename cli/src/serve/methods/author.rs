//! `author_*`: transactions come in. Each becomes a block before its sender hears of it again.

use super::{Defined, constant, method, subscription};
use crate::serve::owner::Owner;
use jsonrpsee::{PendingSubscriptionSink, RpcModule, types::Params};
use serde_json::json;
use sp_core::Bytes;
use std::{sync::Arc, time::Duration};

/// Between the news that a transaction is in a block and the news that the block is final. It has been from the beginning, but
/// polkadot-js drops what it is still reading the block for when the next news comes, and whoever waits for the block, and not
/// for its finality, would wait for ever.
const PAUSE: Duration = Duration::from_millis(250);

pub(super) fn define(module: &mut RpcModule<Owner>) -> Defined {
    constant(module, "author_pendingExtrinsics", json!([]))?;
    method(
        module,
        "author_submitExtrinsic",
        |params| params.next(),
        |blocks, Bytes(transaction)| Ok(blocks.submit(&transaction)?.0),
    )?;
    module.register_subscription(
        "author_submitAndWatchExtrinsic",
        "author_extrinsicUpdate",
        "author_unwatchExtrinsic",
        |params, pending, owner, _| watch(params, pending, owner),
    )?;
    Ok(())
}

/// Sends what becomes of a transaction, as nodes do: it can be included, it is in a block, the block is final.
async fn watch(params: Params<'static>, pending: PendingSubscriptionSink, owner: Arc<Owner>) {
    let transaction = match params.sequence().next::<Bytes>() {
        Ok(Bytes(transaction)) => transaction,
        Err(error) => return pending.reject(error).await,
    };
    let block = match owner.ask(move |blocks| blocks.submit(&transaction)).await {
        Ok((_, block)) => block,
        Err(error) => return pending.reject(error).await,
    };
    let Ok(sink) = pending.accept().await else { return };
    for status in [json!("ready"), json!({ "inBlock": block })] {
        if !subscription::send(&sink, &status).await {
            return;
        }
    }
    tokio::time::sleep(PAUSE).await;
    // Who has gone does not want to know.
    subscription::send(&sink, &json!({ "finalized": block })).await;
}
