//! A contract's own storage.
//!
//! What an access costs depends on the size of a value that is not known before the access. The largest
//! size is charged first and the difference given back.

use super::{ErrorOf, GuestMemory, HostContext, ReturnErrorCode, RuntimeCosts, TrapReason, memory};
use crate::{
    Config, SENTINEL,
    call_stack::Ext,
    contract::{Key, WriteOutcome},
};
use frame_support::traits::Get;
use sp_runtime::DispatchError;

/// Where a key is, and how long.
#[derive(Clone, Copy)]
enum KeyAt {
    /// 32 bytes.
    Fix(u32),
    /// As many bytes as the contract says, up to the chain's limit.
    Var(u32, u32),
}

pub(super) fn set_fixed_without_result<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    value_ptr: u32,
    value_len: u32,
) -> Result<(), TrapReason> {
    set(ctx, mem, KeyAt::Fix(key_ptr), value_ptr, value_len).map(|_| ())
}

pub(super) fn set_fixed<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    value_ptr: u32,
    value_len: u32,
) -> Result<u32, TrapReason> {
    set(ctx, mem, KeyAt::Fix(key_ptr), value_ptr, value_len)
}

pub(super) fn set_variable<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
    value_ptr: u32,
    value_len: u32,
) -> Result<u32, TrapReason> {
    set(ctx, mem, KeyAt::Var(key_ptr, key_len), value_ptr, value_len)
}

pub(super) fn clear_fixed<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
) -> Result<(), TrapReason> {
    clear(ctx, mem, KeyAt::Fix(key_ptr)).map(|_| ())
}

pub(super) fn clear_variable<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
) -> Result<u32, TrapReason> {
    clear(ctx, mem, KeyAt::Var(key_ptr, key_len))
}

pub(super) fn get_fixed<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    get(ctx, mem, KeyAt::Fix(key_ptr), (out_ptr, out_len_ptr))
}

pub(super) fn get_variable<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    get(ctx, mem, KeyAt::Var(key_ptr, key_len), (out_ptr, out_len_ptr))
}

pub(super) fn contains_fixed<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
) -> Result<u32, TrapReason> {
    contains(ctx, mem, KeyAt::Fix(key_ptr))
}

pub(super) fn contains_variable<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
) -> Result<u32, TrapReason> {
    contains(ctx, mem, KeyAt::Var(key_ptr, key_len))
}

pub(super) fn take<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    let max = max_value_size(ctx);
    let charged = ctx.charge_gas(RuntimeCosts::TakeStorage(max))?;
    let key = read_key::<E>(mem, KeyAt::Var(key_ptr, key_len))?;
    let outcome = ctx.ext().set_storage(&key, None, true)?;
    ctx.adjust_gas(charged, RuntimeCosts::TakeStorage(outcome.old_len()));
    match outcome {
        WriteOutcome::Taken(value) => {
            ctx.write_output(mem, (out_ptr, out_len_ptr), &value, false, |_| None)?;
            Ok(ReturnErrorCode::Success)
        }
        WriteOutcome::New | WriteOutcome::Overwritten(_) => Ok(ReturnErrorCode::KeyNotFound),
    }
}

fn set<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key: KeyAt,
    value_ptr: u32,
    value_len: u32,
) -> Result<u32, TrapReason> {
    let max = max_value_size(ctx);
    let cost = |old_bytes| RuntimeCosts::SetStorage { new_bytes: value_len, old_bytes };
    let charged = ctx.charge_gas(cost(max))?;
    if value_len > max {
        return Err(ErrorOf::<E>::ValueTooLarge.into());
    }
    let key = read_key::<E>(mem, key)?;
    let value = memory::read::<E::T>(mem, value_ptr, value_len)?;
    let outcome = ctx.ext().set_storage(&key, Some(value), false)?;
    ctx.adjust_gas(charged, cost(outcome.old_len()));
    Ok(outcome.old_len_with_sentinel())
}

fn clear<E: Ext>(ctx: &mut HostContext<'_, E>, mem: &mut dyn GuestMemory, key: KeyAt) -> Result<u32, TrapReason> {
    let max = max_value_size(ctx);
    let charged = ctx.charge_gas(RuntimeCosts::ClearStorage(max))?;
    let key = read_key::<E>(mem, key)?;
    let outcome = ctx.ext().set_storage(&key, None, false)?;
    ctx.adjust_gas(charged, RuntimeCosts::ClearStorage(outcome.old_len()));
    Ok(outcome.old_len_with_sentinel())
}

fn get<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key: KeyAt,
    out: (u32, u32),
) -> Result<ReturnErrorCode, TrapReason> {
    let max = max_value_size(ctx);
    let charged = ctx.charge_gas(RuntimeCosts::GetStorage(max))?;
    let key = read_key::<E>(mem, key)?;
    let value = ctx.ext().get_storage(&key);
    let len = value.as_ref().map_or(0, |value| u32::try_from(value.len()).unwrap_or(u32::MAX));
    ctx.adjust_gas(charged, RuntimeCosts::GetStorage(len));
    match value {
        Some(value) => {
            ctx.write_output(mem, out, &value, false, |_| None)?;
            Ok(ReturnErrorCode::Success)
        }
        None => Ok(ReturnErrorCode::KeyNotFound),
    }
}

fn contains<E: Ext>(ctx: &mut HostContext<'_, E>, mem: &mut dyn GuestMemory, key: KeyAt) -> Result<u32, TrapReason> {
    let max = max_value_size(ctx);
    let charged = ctx.charge_gas(RuntimeCosts::ContainsStorage(max))?;
    let key = read_key::<E>(mem, key)?;
    let len = ctx.ext().get_storage_size(&key);
    ctx.adjust_gas(charged, RuntimeCosts::ContainsStorage(len.unwrap_or(0)));
    Ok(len.unwrap_or(SENTINEL))
}

/// The largest value that can be there.
fn max_value_size<E: Ext>(ctx: &mut HostContext<'_, E>) -> u32 {
    ctx.ext().max_value_size()
}

fn read_key<E: Ext>(mem: &dyn GuestMemory, key: KeyAt) -> Result<Key<E::T>, DispatchError> {
    match key {
        KeyAt::Fix(ptr) => Ok(Key::Fix(memory::read_array::<E::T, 32>(mem, ptr)?)),
        KeyAt::Var(ptr, len) => {
            if len > <E::T as Config>::MaxStorageKeyLen::get() {
                return Err(ErrorOf::<E>::DecodingFailed.into());
            }
            let key = memory::read::<E::T>(mem, ptr, len)?;
            Key::try_from_var(key).map_err(|_| ErrorOf::<E>::DecodingFailed.into())
        }
    }
}
