//! Programs for other chains, and for this one as if they came from another.

use super::{GuestMemory, HostContext, ReturnErrorCode, RuntimeCosts, TrapReason, chain, memory};
use crate::{Config, call_stack::Ext, xcm::Controller};
use codec::Encode;
use frame_support::dispatch::DispatchInfo;
use frame_system::{RawOrigin, pallet_prelude::OriginFor};

type XcmOf<E> = <<E as Ext>::T as Config>::Xcm;

/// The program may take all weight that is left; what it does not take comes back.
pub(super) fn execute<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    msg_ptr: u32,
    msg_len: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    ctx.charge_gas(RuntimeCosts::CopyFromContract(msg_len))?;
    let program = memory::read_as_unbounded::<E::T, <XcmOf<E> as Controller<E::T>>::Program>(mem, msg_ptr, msg_len)?;
    let own_weight = <XcmOf<E> as Controller<E::T>>::execute_weight();
    let weight = ctx.gas_meter().gas_left().max(own_weight);
    let info = DispatchInfo { call_weight: weight, ..Default::default() };
    let failure = ReturnErrorCode::XcmExecutionFailed;
    chain::dispatch(ctx, &info, RuntimeCosts::CallXcmExecute, failure, |ctx| {
        let used = XcmOf::<E>::execute(contract_origin(ctx), program, weight.saturating_sub(own_weight))?;
        Ok(Some(used.saturating_add(own_weight)).into())
    })
}

pub(super) fn send<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    dest_ptr: u32,
    msg_ptr: u32,
    msg_len: u32,
    output_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    ctx.charge_gas(RuntimeCosts::CopyFromContract(msg_len))?;
    let dest = memory::read_as::<E::T, <XcmOf<E> as Controller<E::T>>::Destination>(mem, dest_ptr)?;
    let message = memory::read_as_unbounded::<E::T, <XcmOf<E> as Controller<E::T>>::Message>(mem, msg_ptr, msg_len)?;
    ctx.charge_gas(RuntimeCosts::CallRuntime(<XcmOf<E> as Controller<E::T>>::send_weight()))?;
    match XcmOf::<E>::send(contract_origin(ctx), dest, message) {
        Ok(message_id) => {
            message_id.using_encoded(|id| memory::write::<E::T>(mem, output_ptr, id))?;
            Ok(ReturnErrorCode::Success)
        }
        Err(error) => {
            chain::log_failure(ctx, "seal0::xcm_send failed with: ", error);
            Ok(ReturnErrorCode::XcmSendFailed)
        }
    }
}

fn contract_origin<E: Ext>(ctx: &mut HostContext<'_, E>) -> OriginFor<E::T> {
    RawOrigin::Signed(ctx.ext().address().clone()).into()
}
