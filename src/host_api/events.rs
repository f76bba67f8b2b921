//! Events and debug messages.

use super::{ErrorOf, GuestMemory, HashOf, HostContext, ReturnErrorCode, RuntimeCosts, TrapReason, memory};
use crate::{DebugBufferVec, call_stack::Ext};
use alloc::vec::Vec;

pub(super) fn deposit_event<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    topics_ptr: u32,
    topics_len: u32,
    data_ptr: u32,
    data_len: u32,
) -> Result<(), TrapReason> {
    // The topics are charged before they are decoded: by how many could be encoded in so many bytes.
    let topic_bytes = u32::try_from(size_of::<HashOf<E>>()).unwrap_or(u32::MAX);
    let num_topic = topics_len.checked_div(topic_bytes).unwrap_or(u32::MAX);
    ctx.charge_gas(RuntimeCosts::DepositEvent { num_topic, len: data_len })?;
    if data_len > ctx.ext().max_value_size() {
        return Err(ErrorOf::<E>::ValueTooLarge.into());
    }
    let topics: Vec<HashOf<E>> = match topics_len {
        0 => Vec::new(),
        _ => memory::read_as_unbounded::<E::T, _>(mem, topics_ptr, topics_len)?,
    };
    let topics_max = ctx.ext().schedule().limits.event_topics;
    if u32::try_from(topics.len()).unwrap_or(u32::MAX) > topics_max {
        return Err(ErrorOf::<E>::TooManyTopics.into());
    }
    let data = memory::read::<E::T>(mem, data_ptr, data_len)?;
    ctx.ext().deposit_event(topics, data);
    Ok(())
}

pub(super) fn debug_message<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    str_ptr: u32,
    str_len: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    let str_len = str_len.min(u32::try_from(DebugBufferVec::<E::T>::bound()).unwrap_or(u32::MAX));
    ctx.charge_gas(RuntimeCosts::DebugMessage(str_len))?;
    // Not even read on chain: its answer, and whether it traps, must not depend on its text there.
    if ctx.ext().debug_buffer_enabled() {
        let message = memory::read::<E::T>(mem, str_ptr, str_len)?;
        if let Ok(message) = core::str::from_utf8(&message) {
            ctx.ext().append_debug_buffer(message);
        }
    }
    Ok(ReturnErrorCode::Success)
}
