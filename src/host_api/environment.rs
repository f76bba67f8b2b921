//! Questions about the call, the contract and the chain.

use super::{AccountIdOf, GuestMemory, HostContext, ReturnErrorCode, RuntimeCosts, TrapReason, memory};
use crate::call_stack::Ext;
use frame_support::weights::Weight;

pub(super) fn caller<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::Caller)?;
    let caller = ctx.ext().caller();
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), caller.account_id()?)?)
}

pub(super) fn is_contract<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    account_ptr: u32,
) -> Result<u32, TrapReason> {
    ctx.charge_gas(RuntimeCosts::IsContract)?;
    let account: AccountIdOf<E> = memory::read_as::<E::T, _>(mem, account_ptr)?;
    Ok(ctx.ext().is_contract(&account).into())
}

pub(super) fn code_hash<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    account_ptr: u32,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    ctx.charge_gas(RuntimeCosts::CodeHash)?;
    let account: AccountIdOf<E> = memory::read_as::<E::T, _>(mem, account_ptr)?;
    match ctx.ext().code_hash(&account) {
        Some(code_hash) => {
            ctx.write_fixed(mem, (out_ptr, out_len_ptr), &code_hash)?;
            Ok(ReturnErrorCode::Success)
        }
        None => Ok(ReturnErrorCode::KeyNotFound),
    }
}

pub(super) fn own_code_hash<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::OwnCodeHash)?;
    let code_hash = *ctx.ext().own_code_hash();
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &code_hash)?)
}

pub(super) fn caller_is_origin<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    _mem: &mut dyn GuestMemory,
) -> Result<u32, TrapReason> {
    ctx.charge_gas(RuntimeCosts::CallerIsOrigin)?;
    Ok(ctx.ext().caller_is_origin().into())
}

pub(super) fn caller_is_root<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    _mem: &mut dyn GuestMemory,
) -> Result<u32, TrapReason> {
    ctx.charge_gas(RuntimeCosts::CallerIsRoot)?;
    Ok(ctx.ext().caller_is_root().into())
}

pub(super) fn address<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::Address)?;
    let address = ctx.ext().address().clone();
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &address)?)
}

pub(super) fn weight_to_fee_v0<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    gas: u64,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    weight_to_fee_v1(ctx, mem, gas, 0, out_ptr, out_len_ptr)
}

pub(super) fn gas_left<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::GasLeft)?;
    let ref_time_left = ctx.gas_meter().gas_left().ref_time();
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &ref_time_left)?)
}

pub(super) fn balance<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::Balance)?;
    let balance = ctx.ext().balance();
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &balance)?)
}

pub(super) fn value_transferred<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::ValueTransferred)?;
    let value = ctx.ext().value_transferred();
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &value)?)
}

pub(super) fn now<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::Now)?;
    let now = *ctx.ext().now();
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &now)?)
}

pub(super) fn minimum_balance<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::MinimumBalance)?;
    let minimum_balance = ctx.ext().minimum_balance();
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &minimum_balance)?)
}

pub(super) fn block_number<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::BlockNumber)?;
    let block_number = ctx.ext().block_number();
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &block_number)?)
}

pub(super) fn weight_left<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::GasLeft)?;
    let weight_left = ctx.gas_meter().gas_left();
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &weight_left)?)
}

pub(super) fn weight_to_fee_v1<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    ref_time_limit: u64,
    proof_size_limit: u64,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::WeightToFee)?;
    let fee = ctx.ext().get_weight_price(Weight::from_parts(ref_time_limit, proof_size_limit));
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &fee)?)
}

pub(super) fn reentrance_count<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    _mem: &mut dyn GuestMemory,
) -> Result<u32, TrapReason> {
    ctx.charge_gas(RuntimeCosts::ReentranceCount)?;
    Ok(ctx.ext().reentrance_count())
}

pub(super) fn account_reentrance_count<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    account_ptr: u32,
) -> Result<u32, TrapReason> {
    ctx.charge_gas(RuntimeCosts::AccountReentranceCount)?;
    let account: AccountIdOf<E> = memory::read_as::<E::T, _>(mem, account_ptr)?;
    Ok(ctx.ext().account_reentrance_count(&account))
}

#[cfg(feature = "runtime-benchmarks")]
pub(super) fn noop<E: Ext>(_ctx: &mut HostContext<'_, E>, _mem: &mut dyn GuestMemory) -> Result<(), TrapReason> {
    Ok(())
}

pub(super) fn instantiation_nonce<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    _mem: &mut dyn GuestMemory,
) -> Result<u64, TrapReason> {
    ctx.charge_gas(RuntimeCosts::InstantiationNonce)?;
    Ok(ctx.ext().nonce())
}
