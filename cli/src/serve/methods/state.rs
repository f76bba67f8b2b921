//! `state_*` and `childstate_*`: what is stored, what the runtime is, and what it answers.

use super::{Defined, aliases, method, subscription};
use crate::serve::{
    blocks::Blocks,
    bounds::KEYS_MAX,
    error::{self, Answer},
    owner::Owner,
};
use jsonrpsee::{PendingSubscriptionSink, RpcModule, types::Params};
use serde::Serialize;
use sp_core::{
    Bytes, H256,
    storage::{ChildInfo, ChildType, PrefixedStorageKey},
};
use std::sync::Arc;
use vellum_runtime::Hash;

/// What is read of the state: a child trie (or none, for the main one), a key, and the block.
type Place = (Option<Bytes>, Bytes, Option<Hash>);
/// A page of keys: a child trie, a prefix, how many, the key in front of the first, and the block.
type Page = (Option<Bytes>, Bytes, u32, Option<Bytes>, Option<Hash>);

/// Values as they are behind a block.
#[derive(Serialize, Clone)]
struct Changes {
    block: H256,
    changes: Vec<(Bytes, Option<Bytes>)>,
}

pub(super) fn define(module: &mut RpcModule<Owner>) -> Defined {
    runtime(module)?;
    main_trie(module)?;
    child_tries(module)?;
    module.register_subscription(
        "state_subscribeStorage",
        "state_storage",
        "state_unsubscribeStorage",
        |params, pending, owner, _| watch(params, pending, owner),
    )?;
    module.register_subscription(
        "state_subscribeRuntimeVersion",
        "state_runtimeVersion",
        "state_unsubscribeRuntimeVersion",
        |_, pending, owner, _| stay(pending, owner),
    )?;
    aliases(module, "state_subscribeRuntimeVersion", &["chain_subscribeRuntimeVersion"])?;
    aliases(module, "state_unsubscribeRuntimeVersion", &["chain_unsubscribeRuntimeVersion"])
}

fn runtime(module: &mut RpcModule<Owner>) -> Defined {
    method(
        module,
        "state_getMetadata",
        |params| params.optional_next(),
        |blocks, at| {
            blocks.known(at)?;
            blocks.ask_for("Metadata_metadata", &[], None).map(Bytes)
        },
    )?;
    method(module, "state_getRuntimeVersion", |params| params.optional_next(), version)?;
    aliases(module, "state_getRuntimeVersion", &["chain_getRuntimeVersion"])?;
    method(
        module,
        "state_call",
        |params| Ok((params.next()?, params.next()?, params.optional_next()?)),
        |blocks, (api, Bytes(arguments), at): (String, _, _)| blocks.ask(&api, &arguments, at).map(Bytes),
    )?;
    aliases(module, "state_call", &["state_callAt"])
}

fn main_trie(module: &mut RpcModule<Owner>) -> Defined {
    method(module, "state_getStorage", |params| Ok((None, params.next()?, params.optional_next()?)), value)?;
    aliases(module, "state_getStorage", &["state_getStorageAt"])?;
    method(module, "state_getStorageHash", |params| Ok((None, params.next()?, params.optional_next()?)), hash)?;
    aliases(module, "state_getStorageHash", &["state_getStorageHashAt"])?;
    method(module, "state_getStorageSize", |params| Ok((None, params.next()?, params.optional_next()?)), size)?;
    aliases(module, "state_getStorageSize", &["state_getStorageSizeAt"])?;
    method(
        module,
        "state_getKeysPaged",
        |params| Ok((None, params.next()?, params.next()?, params.optional_next()?, params.optional_next()?)),
        keys,
    )?;
    aliases(module, "state_getKeysPaged", &["state_getKeysPagedAt"])?;
    method(
        module,
        "state_queryStorageAt",
        |params| Ok((params.next()?, params.optional_next()?)),
        |blocks, (keys, at): (Vec<Bytes>, Option<Hash>)| {
            let keys = bytes(keys);
            let values = blocks.values(None, &keys, at)?;
            let block = at.unwrap_or_else(|| blocks.head().hash);
            Ok([Changes { block, changes: keys.into_iter().map(Bytes).zip(answers(values)).collect() }])
        },
    )
}

fn child_tries(module: &mut RpcModule<Owner>) -> Defined {
    method(
        module,
        "childstate_getStorage",
        |params| Ok((Some(params.next()?), params.next()?, params.optional_next()?)),
        value,
    )?;
    method(
        module,
        "childstate_getStorageHash",
        |params| Ok((Some(params.next()?), params.next()?, params.optional_next()?)),
        hash,
    )?;
    method(
        module,
        "childstate_getStorageSize",
        |params| Ok((Some(params.next()?), params.next()?, params.optional_next()?)),
        size,
    )?;
    method(
        module,
        "childstate_getKeysPaged",
        |params| {
            Ok((Some(params.next()?), params.next()?, params.next()?, params.optional_next()?, params.optional_next()?))
        },
        keys,
    )?;
    aliases(module, "childstate_getKeysPaged", &["childstate_getKeysPagedAt"])?;
    method(
        module,
        "childstate_getStorageEntries",
        |params| Ok((params.next()?, params.next()?, params.optional_next()?)),
        |blocks, (trie, keys, at): (Bytes, Vec<Bytes>, Option<Hash>)| {
            Ok(answers(blocks.values(Some(&child(&trie)?), &bytes(keys), at)?))
        },
    )
}

/// One runtime makes all blocks of a process, whatever their states: it is asked over the last one.
fn version(blocks: &mut Blocks, at: Option<Hash>) -> Answer<sp_version::RuntimeVersion> {
    blocks.known(at)?;
    blocks.ask_for("Core_version", &[], None)
}

fn read(blocks: &Blocks, (trie, Bytes(key), at): Place) -> Answer<Option<Vec<u8>>> {
    let child = trie.map(|trie| child(&trie)).transpose()?;
    let values = blocks.values(child.as_ref(), &[key], at)?;
    Ok(values.into_iter().next().flatten())
}

fn value(blocks: &mut Blocks, place: Place) -> Answer<Option<Bytes>> {
    Ok(read(blocks, place)?.map(Bytes))
}

fn hash(blocks: &mut Blocks, place: Place) -> Answer<Option<H256>> {
    Ok(read(blocks, place)?.map(|value| sp_io::hashing::blake2_256(&value).into()))
}

fn size(blocks: &mut Blocks, place: Place) -> Answer<Option<usize>> {
    Ok(read(blocks, place)?.map(|value| value.len()))
}

fn keys(blocks: &mut Blocks, (trie, Bytes(prefix), count, behind, at): Page) -> Answer<Vec<Bytes>> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if count > KEYS_MAX {
        return Err(error::parameter(format!("count exceeds maximum value: {count} keys, {KEYS_MAX} at most")));
    }
    let child = trie.map(|trie| child(&trie)).transpose()?;
    let behind = behind.as_ref().map(|Bytes(key)| key.as_slice());
    let keys = blocks.view(at)?.keys(child, &prefix, behind, count).map_err(error::failure)?;
    Ok(keys.into_iter().map(Bytes).collect())
}

/// The child trie that a key of the main trie stands for.
fn child(Bytes(key): &Bytes) -> Answer<ChildInfo> {
    match ChildType::from_prefixed_key(PrefixedStorageKey::new_ref(key)) {
        Some((ChildType::ParentKeyId, id)) => Ok(ChildInfo::new_default(id)),
        None => Err(error::parameter("expected the key of a child trie, :child_storage:default: and its id")),
    }
}

fn bytes(keys: Vec<Bytes>) -> Vec<Vec<u8>> {
    keys.into_iter().map(|Bytes(key)| key).collect()
}

fn answers(values: Vec<Option<Vec<u8>>>) -> Vec<Option<Bytes>> {
    values.into_iter().map(|value| value.map(Bytes)).collect()
}

/// Sends the values under keys, and then those that a block has changed.
async fn watch(params: Params<'static>, pending: PendingSubscriptionSink, owner: Arc<Owner>) {
    let keys = match params.sequence().next::<Vec<Bytes>>() {
        Ok(keys) => Arc::new(bytes(keys)),
        Err(error) => return pending.reject(error).await,
    };
    let mut heads = owner.heads().subscribe();
    let wanted = keys.clone();
    let asked = owner.ask(move |blocks| Ok((blocks.head(), blocks.values(None, &wanted, None)?)));
    let (mut head, mut values) = match asked.await {
        Ok(first) => first,
        Err(error) => return pending.reject(error).await,
    };
    let Ok(sink) = pending.accept().await else { return };
    // Of what was sent the hashes are kept, and not the values: there may be many subscriptions.
    let mut sent: Vec<Option<Option<H256>>> = vec![None; keys.len()];
    loop {
        let mut changes = Vec::new();
        for ((key, value), sent) in keys.iter().zip(values).zip(&mut sent) {
            let hash = value.as_ref().map(|value| H256(sp_io::hashing::blake2_256(value)));
            if *sent != Some(hash) {
                *sent = Some(hash);
                changes.push((Bytes(key.clone()), value.map(Bytes)));
            }
        }
        if !changes.is_empty() && !subscription::send(&sink, &Changes { block: head.hash, changes }).await {
            return;
        }
        (head, values) = loop {
            let Some(next) = subscription::next(&mut heads, &sink).await else { return };
            let (wanted, at) = (keys.clone(), Some(next.hash));
            // A subscriber so late that the state is gone goes on with a later one.
            match owner.ask(move |blocks| blocks.values(None, &wanted, at)).await {
                Ok(values) if next.header.number > head.header.number => break (next, values),
                _ => {}
            }
        };
    }
}

/// Sends the runtime's version, which does not change while the program runs.
async fn stay(pending: PendingSubscriptionSink, owner: Arc<Owner>) {
    let version = match owner.ask(|blocks| version(blocks, None)).await {
        Ok(version) => version,
        Err(error) => return pending.reject(error).await,
    };
    let Ok(sink) = pending.accept().await else { return };
    if subscription::send(&sink, &version).await {
        sink.closed().await;
    }
}
