//! Checks of a chain's configuration, run by a test of every runtime.
//!
//! They prove that contracts cannot exhaust the memory of a runtime: neither by open calls, nor by what
//! a block of them writes.

use crate::{Config, Limits, contract::Key, execution, host_api::RuntimeCosts, meter::gas::Token};
use frame_support::{dispatch::DispatchClass, traits::Get};
use vellum_host::SessionLimits;

#[cfg(test)]
mod tests;

/// A debug buffer must hold a line.
const DEBUG_BUFFER_BYTES_MIN: u32 = 256;

/// Panics if the configuration is not sound.
pub(crate) fn test<T: Config>() {
    memory_of_open_calls::<T>();
    limits_of_nodes::<T>();
    debug_buffer::<T>();
    writes_of_a_block::<T>();
}

/// Bytes of memory that a code may take for each of its own, once all of its functions were called.
///
/// Two worst cases are alike. A branch table takes one byte for an entry, which becomes ten of register
/// code; together with two copies of the code that makes twelve, and the allocator rounds sizes up to
/// powers of two. The least function takes four bytes; its register code, its entries in the tables of a
/// module, and the headers of their allocations take 120.
const BYTES_PER_CODE_BYTE: u64 = 32;

/// Half of a runtime's memory is left for everything else: the block, its proof, other pallets.
const SHARE_OF_MEMORY: u64 = 2;

/// A map takes more than its keys and values.
const TRANSIENT_STORAGE_OVERHEAD: u64 = 2;

fn memory_of_open_calls<T: Config>() {
    let calls = u64::try_from(<T::CallStack as smallvec::Array>::size()).unwrap_or(u64::MAX).saturating_add(1);
    let code_bytes_limit = code_bytes_limit(calls, &T::Schedule::get().limits, T::MaxTransientStorageSize::get());
    assert!(
        u64::from(T::MaxCodeLen::get()) < code_bytes_limit,
        "with {calls} open calls `MaxCodeLen` must be less than {code_bytes_limit}, and it is {}; \
         allow fewer calls, or raise `Schedule::limits::runtime_memory` if nodes have more",
        T::MaxCodeLen::get(),
    );
}

/// What the longest code must be shorter than:
///
/// `calls * code * 32 + (calls + 1) * (stack + table + memory) + 2 * transient < runtime_memory / 2`
///
/// Stack, table and memory of a call grow by copying, and what they grew out of serves the next call that
/// grows: hence once more than there are calls.
fn code_bytes_limit(calls: u64, limits: &Limits, transient_bytes_max: u32) -> u64 {
    let stack_bytes = u64::from(execution::STACK_HEIGHT_MAX).saturating_mul(execution::CELL_BYTES);
    let table_bytes = u64::from(execution::TABLE_ELEMENTS_MAX).saturating_mul(execution::CELL_BYTES);
    let growing = stack_bytes.saturating_add(table_bytes).saturating_add(limits.max_memory_size().into());
    let transient_bytes = u64::from(transient_bytes_max).saturating_mul(TRANSIENT_STORAGE_OVERHEAD);
    (u64::from(limits.runtime_memory) / SHARE_OF_MEMORY)
        .saturating_sub(transient_bytes)
        .saturating_sub(growing.saturating_mul(calls.saturating_add(1)))
        / calls.saturating_mul(BYTES_PER_CODE_BYTE)
}

/// A node that runs the contracts would refuse more, and with it every call.
fn limits_of_nodes<T: Config>() {
    let asked = execution::session_limits::<T>(&T::Schedule::get());
    assert!(
        asked.instances <= SessionLimits::INSTANCES_MAX && asked.guest_bytes <= SessionLimits::GUEST_BYTES_MAX,
        "open calls could take {} instances of {} bytes, more than host functions offer; allow fewer calls",
        asked.instances,
        asked.guest_bytes,
    );
}

fn debug_buffer<T: Config>() {
    assert!(
        T::MaxDebugBufferLen::get() >= DEBUG_BUFFER_BYTES_MIN,
        "`MaxDebugBufferLen` must be at least {DEBUG_BUFFER_BYTES_MIN}, and it is {}",
        T::MaxDebugBufferLen::get(),
    );
}

/// What a block can write to storage, or emit as events, stays in memory until the block is done. A
/// validator has more memory than a block's author, and either may take half of what it has more: the
/// rest is for the proof.
fn writes_of_a_block<T: Config>() {
    let limits = T::Schedule::get().limits;
    let spare_bytes = u64::from(limits.validator_runtime_memory.saturating_sub(limits.runtime_memory)) / 2;
    let payload = limits.payload_len;

    let key = alloc::vec![0; usize::try_from(T::MaxStorageKeyLen::get()).unwrap_or(usize::MAX)];
    let key_bytes = Key::<T>::try_from_var(key)
        .unwrap_or_else(|_| panic!("a key of `MaxStorageKeyLen` bytes is a key"))
        .hash()
        .len();
    let set_storage = RuntimeCosts::SetStorage { new_bytes: payload, old_bytes: 0 };
    let item_bytes = u64::from(payload).saturating_add(u64::try_from(key_bytes).unwrap_or(u64::MAX));
    let storage_bytes = bytes_of_a_block::<T>(set_storage, item_bytes);
    assert!(
        storage_bytes <= spare_bytes,
        "a block could write {storage_bytes} bytes of storage, more than {spare_bytes}",
    );

    let deposit_event = RuntimeCosts::DepositEvent { num_topic: 0, len: payload };
    let event_bytes = bytes_of_a_block::<T>(deposit_event, payload.into());
    assert!(event_bytes <= spare_bytes, "a block could emit {event_bytes} bytes of events, more than {spare_bytes}",);
}

/// How many bytes a block of nothing but this host function would make.
fn bytes_of_a_block<T: Config>(cost: RuntimeCosts, bytes: u64) -> u64 {
    let weights = T::BlockWeights::get();
    let block_ref_time = weights.get(DispatchClass::Normal).max_total.unwrap_or(weights.max_block).ref_time();
    let ref_time = Token::<T>::weight(&cost).ref_time();
    block_ref_time.checked_div(ref_time).unwrap_or(u64::MAX).saturating_mul(bytes)
}
