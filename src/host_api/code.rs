//! The code that a contract uses.

use super::{CodeHashOf, GuestMemory, HostContext, ReturnErrorCode, RuntimeCosts, TrapReason, memory};
use crate::call_stack::Ext;

pub(super) fn set_code_hash<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    code_hash_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    ctx.charge_gas(RuntimeCosts::SetCodeHash)?;
    let code_hash: CodeHashOf<E> = memory::read_as::<E::T, _>(mem, code_hash_ptr)?;
    match ctx.ext().set_code_hash(code_hash) {
        Ok(()) => Ok(ReturnErrorCode::Success),
        Err(error) => Ok(ReturnErrorCode::of_error::<E>(error)?),
    }
}

pub(super) fn lock_delegate_dependency<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    code_hash_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::LockDelegateDependency)?;
    let code_hash: CodeHashOf<E> = memory::read_as::<E::T, _>(mem, code_hash_ptr)?;
    Ok(ctx.ext().lock_delegate_dependency(code_hash)?)
}

pub(super) fn unlock_delegate_dependency<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    code_hash_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::UnlockDelegateDependency)?;
    let code_hash: CodeHashOf<E> = memory::read_as::<E::T, _>(mem, code_hash_ptr)?;
    Ok(ctx.ext().unlock_delegate_dependency(&code_hash)?)
}
