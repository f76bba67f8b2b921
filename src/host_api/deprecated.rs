//! Functions that only old contracts import: random numbers that are not safe, and rent, which is gone.

use super::{BalanceOf, ErrorOf, GuestMemory, HashOf, HostContext, RuntimeCosts, TrapReason, memory};
use crate::{Config, call_stack::Ext};
use frame_support::traits::Randomness;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::{Bounded, Zero};

pub(super) fn random_v0<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    subject_ptr: u32,
    subject_len: u32,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    let (seed, _) = random(ctx, mem, subject_ptr, subject_len)?;
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &seed)?)
}

pub(super) fn random_v1<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    subject_ptr: u32,
    subject_len: u32,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    let seed_and_block = random(ctx, mem, subject_ptr, subject_len)?;
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &seed_and_block)?)
}

/// A random number, and the block since which everybody could know it.
#[allow(clippy::type_complexity, reason = "what `Randomness` returns")]
fn random<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &dyn GuestMemory,
    subject_ptr: u32,
    subject_len: u32,
) -> Result<(HashOf<E>, BlockNumberFor<E::T>), TrapReason> {
    ctx.charge_gas(RuntimeCosts::Random)?;
    if subject_len > ctx.ext().schedule().limits.subject_len {
        return Err(ErrorOf::<E>::RandomSubjectTooLong.into());
    }
    let subject = memory::read::<E::T>(mem, subject_ptr, subject_len)?;
    Ok(<E::T as Config>::Randomness::random(&subject))
}

pub(super) fn tombstone_deposit<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::Balance)?;
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &BalanceOf::<E>::zero())?)
}

pub(super) fn rent_allowance<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::Balance)?;
    Ok(ctx.write_fixed(mem, (out_ptr, out_len_ptr), &BalanceOf::<E>::max_value())?)
}

#[allow(clippy::too_many_arguments, reason = "contracts call it so")]
pub(super) fn restore_to_v0<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    _mem: &mut dyn GuestMemory,
    _dest_ptr: u32,
    _dest_len: u32,
    _code_hash_ptr: u32,
    _code_hash_len: u32,
    _rent_allowance_ptr: u32,
    _rent_allowance_len: u32,
    _delta_ptr: u32,
    _delta_count: u32,
) -> Result<(), TrapReason> {
    nothing(ctx)
}

pub(super) fn restore_to_v1<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    _mem: &mut dyn GuestMemory,
    _dest_ptr: u32,
    _code_hash_ptr: u32,
    _rent_allowance_ptr: u32,
    _delta_ptr: u32,
    _delta_count: u32,
) -> Result<(), TrapReason> {
    nothing(ctx)
}

pub(super) fn set_rent_allowance_v0<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    _mem: &mut dyn GuestMemory,
    _value_ptr: u32,
    _value_len: u32,
) -> Result<(), TrapReason> {
    nothing(ctx)
}

pub(super) fn set_rent_allowance_v1<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    _mem: &mut dyn GuestMemory,
    _value_ptr: u32,
) -> Result<(), TrapReason> {
    nothing(ctx)
}

/// What is left of a function that had to do with rent: its price.
fn nothing<E: Ext>(ctx: &mut HostContext<'_, E>) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::DebugMessage(0))?;
    Ok(())
}
