//! What the chain adds for its contracts: dispatchables and chain extensions.

use super::{ErrorOf, GuestMemory, HostContext, ReturnData, ReturnErrorCode, RuntimeCosts, TrapReason, memory};
use crate::{
    Config,
    call_stack::Ext,
    chain_extension::{ChainExtension, Environment, RetVal},
};
use frame_support::{
    dispatch::{DispatchInfo, DispatchResultWithPostInfo, GetDispatchInfo, extract_actual_weight},
    weights::Weight,
};
use sp_runtime::DispatchError;

pub(super) fn call_runtime<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    call_ptr: u32,
    call_len: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    ctx.charge_gas(RuntimeCosts::CopyFromContract(call_len))?;
    let call: <E::T as Config>::RuntimeCall = memory::read_as_unbounded::<E::T, _>(mem, call_ptr, call_len)?;
    let info = call.get_dispatch_info();
    let failure = ReturnErrorCode::CallRuntimeFailed;
    dispatch(ctx, &info, RuntimeCosts::CallRuntime, failure, |ctx| ctx.ext().call_runtime(call))
}

/// Runs something of the chain that says what it will cost, and then what it did cost. A failure is not the
/// contract's end, but an answer.
pub(super) fn dispatch<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    info: &DispatchInfo,
    cost: impl Fn(Weight) -> RuntimeCosts,
    failure: ReturnErrorCode,
    run: impl FnOnce(&mut HostContext<'_, E>) -> DispatchResultWithPostInfo,
) -> Result<ReturnErrorCode, TrapReason> {
    let charged = ctx.charge_gas(cost(info.call_weight))?;
    let result = run(ctx);
    ctx.adjust_gas(charged, cost(extract_actual_weight(&result, info)));
    match result {
        Ok(_) => Ok(ReturnErrorCode::Success),
        Err(error) => {
            log_failure(ctx, "call failed with: ", error.error);
            Ok(failure)
        }
    }
}

/// Writes why something failed to the debug buffer, if there is one.
pub(super) fn log_failure<E: Ext>(ctx: &mut HostContext<'_, E>, what: &str, error: DispatchError) {
    if ctx.ext().debug_buffer_enabled() {
        ctx.ext().append_debug_buffer(what);
        ctx.ext().append_debug_buffer(error.into());
    }
}

pub(super) fn call_chain_extension<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    id: u32,
    input_ptr: u32,
    input_len: u32,
    output_ptr: u32,
    output_len_ptr: u32,
) -> Result<u32, TrapReason> {
    if !<E::T as Config>::ChainExtension::enabled() {
        return Err(ErrorOf::<E>::NoChainExtension.into());
    }
    // The extension gets this context, so it cannot stay in it. It cannot call itself through it.
    let mut extension =
        ctx.chain_extension().take().expect("it is taken here only, and put back unless the frame ends; qed");
    let environment = Environment::new(ctx, mem, id, (input_ptr, input_len), (output_ptr, output_len_ptr));
    let result = extension.call(environment)?;
    *ctx.chain_extension() = Some(extension);
    match result {
        RetVal::Converging(value) => Ok(value),
        RetVal::Diverging { flags, data } => Err(TrapReason::Return(ReturnData { flags: flags.bits(), data })),
    }
}
