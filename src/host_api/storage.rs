//! A contract's own storage, and its transient storage.
//!
//! What an access costs depends on the size of a value that is not known before the access. The largest
//! size is charged first and the difference given back.

use super::{ErrorOf, GuestMemory, HostContext, ReturnErrorCode, RuntimeCosts, TrapReason, memory};
use crate::{
    Config, SENTINEL,
    call_stack::Ext,
    contract::{Key, WriteOutcome},
};
use alloc::vec::Vec;
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

/// What a function does with a value, and how many bytes the value has.
#[derive(Clone, Copy)]
enum Access {
    Set { new_bytes: u32, old_bytes: u32 },
    Clear(u32),
    Contains(u32),
    Get(u32),
    Take(u32),
}

/// A place for values.
#[derive(Clone, Copy)]
enum Space {
    /// The contract's child trie.
    Persistent,
    /// What lives as long as the call stack.
    Transient,
}

impl Space {
    fn cost(self, access: Access) -> RuntimeCosts {
        match (self, access) {
            (Self::Persistent, Access::Set { new_bytes, old_bytes }) => {
                RuntimeCosts::SetStorage { old_bytes, new_bytes }
            }
            (Self::Persistent, Access::Clear(len)) => RuntimeCosts::ClearStorage(len),
            (Self::Persistent, Access::Contains(len)) => RuntimeCosts::ContainsStorage(len),
            (Self::Persistent, Access::Get(len)) => RuntimeCosts::GetStorage(len),
            (Self::Persistent, Access::Take(len)) => RuntimeCosts::TakeStorage(len),
            (Self::Transient, Access::Set { new_bytes, old_bytes }) => {
                RuntimeCosts::SetTransientStorage { old_bytes, new_bytes }
            }
            (Self::Transient, Access::Clear(len)) => RuntimeCosts::ClearTransientStorage(len),
            (Self::Transient, Access::Contains(len)) => RuntimeCosts::ContainsTransientStorage(len),
            (Self::Transient, Access::Get(len)) => RuntimeCosts::GetTransientStorage(len),
            (Self::Transient, Access::Take(len)) => RuntimeCosts::TakeTransientStorage(len),
        }
    }

    fn read<E: Ext>(self, ext: &mut E, key: &Key<E::T>) -> Option<Vec<u8>> {
        match self {
            Self::Persistent => ext.get_storage(key),
            Self::Transient => ext.get_transient_storage(key),
        }
    }

    fn size<E: Ext>(self, ext: &mut E, key: &Key<E::T>) -> Option<u32> {
        match self {
            Self::Persistent => ext.get_storage_size(key),
            Self::Transient => ext.get_transient_storage_size(key),
        }
    }

    fn write<E: Ext>(
        self,
        ext: &mut E,
        key: &Key<E::T>,
        value: Option<Vec<u8>>,
        take_old: bool,
    ) -> Result<WriteOutcome, DispatchError> {
        match self {
            Self::Persistent => ext.set_storage(key, value, take_old),
            Self::Transient => ext.set_transient_storage(key, value, take_old),
        }
    }
}

pub(super) fn set_fixed_without_result<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    value_ptr: u32,
    value_len: u32,
) -> Result<(), TrapReason> {
    set(ctx, mem, Space::Persistent, KeyAt::Fix(key_ptr), value_ptr, value_len).map(|_| ())
}

pub(super) fn set_fixed<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    value_ptr: u32,
    value_len: u32,
) -> Result<u32, TrapReason> {
    set(ctx, mem, Space::Persistent, KeyAt::Fix(key_ptr), value_ptr, value_len)
}

pub(super) fn set_variable<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
    value_ptr: u32,
    value_len: u32,
) -> Result<u32, TrapReason> {
    set(ctx, mem, Space::Persistent, KeyAt::Var(key_ptr, key_len), value_ptr, value_len)
}

pub(super) fn clear_fixed<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
) -> Result<(), TrapReason> {
    clear(ctx, mem, Space::Persistent, KeyAt::Fix(key_ptr)).map(|_| ())
}

pub(super) fn clear_variable<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
) -> Result<u32, TrapReason> {
    clear(ctx, mem, Space::Persistent, KeyAt::Var(key_ptr, key_len))
}

pub(super) fn get_fixed<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    get(ctx, mem, Space::Persistent, KeyAt::Fix(key_ptr), (out_ptr, out_len_ptr))
}

pub(super) fn get_variable<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    get(ctx, mem, Space::Persistent, KeyAt::Var(key_ptr, key_len), (out_ptr, out_len_ptr))
}

pub(super) fn contains_fixed<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
) -> Result<u32, TrapReason> {
    contains(ctx, mem, Space::Persistent, KeyAt::Fix(key_ptr))
}

pub(super) fn contains_variable<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
) -> Result<u32, TrapReason> {
    contains(ctx, mem, Space::Persistent, KeyAt::Var(key_ptr, key_len))
}

pub(super) fn take_variable<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    take(ctx, mem, Space::Persistent, KeyAt::Var(key_ptr, key_len), (out_ptr, out_len_ptr))
}

pub(super) fn set_transient<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
    value_ptr: u32,
    value_len: u32,
) -> Result<u32, TrapReason> {
    set(ctx, mem, Space::Transient, KeyAt::Var(key_ptr, key_len), value_ptr, value_len)
}

pub(super) fn clear_transient<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
) -> Result<u32, TrapReason> {
    clear(ctx, mem, Space::Transient, KeyAt::Var(key_ptr, key_len))
}

pub(super) fn get_transient<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    get(ctx, mem, Space::Transient, KeyAt::Var(key_ptr, key_len), (out_ptr, out_len_ptr))
}

pub(super) fn contains_transient<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
) -> Result<u32, TrapReason> {
    contains(ctx, mem, Space::Transient, KeyAt::Var(key_ptr, key_len))
}

pub(super) fn take_transient<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    key_len: u32,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    take(ctx, mem, Space::Transient, KeyAt::Var(key_ptr, key_len), (out_ptr, out_len_ptr))
}

fn set<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    space: Space,
    key: KeyAt,
    value_ptr: u32,
    value_len: u32,
) -> Result<u32, TrapReason> {
    let max = max_value_size(ctx);
    let cost = |old_bytes| space.cost(Access::Set { new_bytes: value_len, old_bytes });
    let charged = ctx.charge_gas(cost(max))?;
    if value_len > max {
        return Err(ErrorOf::<E>::ValueTooLarge.into());
    }
    let key = read_key::<E>(mem, key)?;
    let value = memory::read::<E::T>(mem, value_ptr, value_len)?;
    let outcome = space.write(ctx.ext(), &key, Some(value), false)?;
    ctx.adjust_gas(charged, cost(outcome.old_len()));
    Ok(outcome.old_len_with_sentinel())
}

fn clear<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    space: Space,
    key: KeyAt,
) -> Result<u32, TrapReason> {
    let max = max_value_size(ctx);
    let charged = ctx.charge_gas(space.cost(Access::Clear(max)))?;
    let key = read_key::<E>(mem, key)?;
    let outcome = space.write(ctx.ext(), &key, None, false)?;
    ctx.adjust_gas(charged, space.cost(Access::Clear(outcome.old_len())));
    Ok(outcome.old_len_with_sentinel())
}

fn get<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    space: Space,
    key: KeyAt,
    out: (u32, u32),
) -> Result<ReturnErrorCode, TrapReason> {
    let max = max_value_size(ctx);
    let charged = ctx.charge_gas(space.cost(Access::Get(max)))?;
    let key = read_key::<E>(mem, key)?;
    let value = space.read(ctx.ext(), &key);
    let len = value.as_ref().map_or(0, |value| u32::try_from(value.len()).unwrap_or(u32::MAX));
    ctx.adjust_gas(charged, space.cost(Access::Get(len)));
    answer(ctx, mem, value, out)
}

fn contains<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    space: Space,
    key: KeyAt,
) -> Result<u32, TrapReason> {
    let max = max_value_size(ctx);
    let charged = ctx.charge_gas(space.cost(Access::Contains(max)))?;
    let key = read_key::<E>(mem, key)?;
    let len = space.size(ctx.ext(), &key);
    ctx.adjust_gas(charged, space.cost(Access::Contains(len.unwrap_or(0))));
    Ok(len.unwrap_or(SENTINEL))
}

fn take<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    space: Space,
    key: KeyAt,
    out: (u32, u32),
) -> Result<ReturnErrorCode, TrapReason> {
    let max = max_value_size(ctx);
    let charged = ctx.charge_gas(space.cost(Access::Take(max)))?;
    let key = read_key::<E>(mem, key)?;
    let outcome = space.write(ctx.ext(), &key, None, true)?;
    ctx.adjust_gas(charged, space.cost(Access::Take(outcome.old_len())));
    let value = match outcome {
        WriteOutcome::Taken(value) => Some(value),
        WriteOutcome::New | WriteOutcome::Overwritten(_) => None,
    };
    answer(ctx, mem, value, out)
}

/// Gives a value to the contract, if there is one.
fn answer<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    value: Option<Vec<u8>>,
    out: (u32, u32),
) -> Result<ReturnErrorCode, TrapReason> {
    let Some(value) = value else { return Ok(ReturnErrorCode::KeyNotFound) };
    ctx.write_output(mem, out, &value, false, |_| None)?;
    Ok(ReturnErrorCode::Success)
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
