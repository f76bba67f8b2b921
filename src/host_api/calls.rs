//! Calls of other contracts, the end of a call, and the end of a contract.

use super::{
    AccountIdOf, BalanceOf, CodeHashOf, ErrorOf, GuestMemory, HostContext, ReturnData, ReturnErrorCode, RuntimeCosts,
    TrapReason, memory,
};
use crate::{SENTINEL, call_stack::Ext};
use alloc::vec::Vec;
use frame_support::weights::Weight;
use sp_runtime::{DispatchError, traits::Zero};

/// Bits that a contract passes with a call.
#[derive(Clone, Copy)]
struct CallFlags(u32);

impl CallFlags {
    /// The callee gets the caller's input, which is then gone.
    const FORWARD_INPUT: u32 = 1;
    /// The callee gets a copy of the caller's input. Wins over forwarding.
    const CLONE_INPUT: u32 = 2;
    /// What the callee returns, the caller returns.
    const TAIL_CALL: u32 = 4;
    /// Calls further up may come back to the caller.
    const ALLOW_REENTRY: u32 = 8;
    /// The callee must not change state.
    const READ_ONLY: u32 = 16;

    const ALL: u32 = Self::FORWARD_INPUT | Self::CLONE_INPUT | Self::TAIL_CALL | Self::ALLOW_REENTRY | Self::READ_ONLY;

    fn from_bits<E: Ext>(bits: u32) -> Result<Self, DispatchError> {
        if bits & !Self::ALL == 0 { Ok(Self(bits)) } else { Err(ErrorOf::<E>::InvalidCallFlags.into()) }
    }

    const fn has(self, flag: u32) -> bool {
        self.0 & flag != 0
    }
}

/// What is called.
#[derive(Clone, Copy)]
enum Callee {
    /// A contract.
    Contract { callee_ptr: u32, value_ptr: u32, deposit_ptr: u32, weight: Weight },
    /// Other code, as this contract.
    Code { code_hash_ptr: u32 },
}

/// Where the input of a call is, and where its output goes.
#[derive(Clone, Copy)]
struct Buffers {
    input: (u32, u32),
    output: (u32, u32),
}

/// What a contract is created from.
#[derive(Clone, Copy)]
struct NewContract {
    code_hash_ptr: u32,
    weight: Weight,
    deposit_ptr: u32,
    value_ptr: u32,
    address: (u32, u32),
    salt: (u32, u32),
}

#[allow(clippy::too_many_arguments, reason = "the signature of a host function is what contracts call")]
pub(super) fn call_v0<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    callee_ptr: u32,
    _callee_len: u32,
    gas: u64,
    value_ptr: u32,
    _value_len: u32,
    input_data_ptr: u32,
    input_data_len: u32,
    output_ptr: u32,
    output_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    let weight = Weight::from_parts(gas, 0);
    let callee = Callee::Contract { callee_ptr, value_ptr, deposit_ptr: SENTINEL, weight };
    let buffers = Buffers { input: (input_data_ptr, input_data_len), output: (output_ptr, output_len_ptr) };
    call(ctx, mem, CallFlags(CallFlags::ALLOW_REENTRY), callee, buffers)
}

#[allow(clippy::too_many_arguments, reason = "the signature of a host function is what contracts call")]
pub(super) fn call_v1<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    flags: u32,
    callee_ptr: u32,
    gas: u64,
    value_ptr: u32,
    input_data_ptr: u32,
    input_data_len: u32,
    output_ptr: u32,
    output_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    let flags = CallFlags::from_bits::<E>(flags)?;
    let weight = Weight::from_parts(gas, 0);
    let callee = Callee::Contract { callee_ptr, value_ptr, deposit_ptr: SENTINEL, weight };
    let buffers = Buffers { input: (input_data_ptr, input_data_len), output: (output_ptr, output_len_ptr) };
    call(ctx, mem, flags, callee, buffers)
}

#[allow(clippy::too_many_arguments, reason = "the signature of a host function is what contracts call")]
pub(super) fn call_v2<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    flags: u32,
    callee_ptr: u32,
    ref_time_limit: u64,
    proof_size_limit: u64,
    deposit_ptr: u32,
    value_ptr: u32,
    input_data_ptr: u32,
    input_data_len: u32,
    output_ptr: u32,
    output_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    let flags = CallFlags::from_bits::<E>(flags)?;
    let weight = Weight::from_parts(ref_time_limit, proof_size_limit);
    let callee = Callee::Contract { callee_ptr, value_ptr, deposit_ptr, weight };
    let buffers = Buffers { input: (input_data_ptr, input_data_len), output: (output_ptr, output_len_ptr) };
    call(ctx, mem, flags, callee, buffers)
}

#[allow(clippy::too_many_arguments, reason = "the signature of a host function is what contracts call")]
pub(super) fn delegate_call<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    flags: u32,
    code_hash_ptr: u32,
    input_data_ptr: u32,
    input_data_len: u32,
    output_ptr: u32,
    output_len_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    let flags = CallFlags::from_bits::<E>(flags)?;
    let buffers = Buffers { input: (input_data_ptr, input_data_len), output: (output_ptr, output_len_ptr) };
    call(ctx, mem, flags, Callee::Code { code_hash_ptr }, buffers)
}

#[allow(clippy::too_many_arguments, reason = "the signature of a host function is what contracts call")]
pub(super) fn instantiate_v0<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    code_hash_ptr: u32,
    _code_hash_len: u32,
    gas: u64,
    value_ptr: u32,
    _value_len: u32,
    input_data_ptr: u32,
    input_data_len: u32,
    address_ptr: u32,
    address_len_ptr: u32,
    output_ptr: u32,
    output_len_ptr: u32,
    salt_ptr: u32,
    salt_len: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    instantiate_v1(
        ctx,
        mem,
        code_hash_ptr,
        gas,
        value_ptr,
        input_data_ptr,
        input_data_len,
        address_ptr,
        address_len_ptr,
        output_ptr,
        output_len_ptr,
        salt_ptr,
        salt_len,
    )
}

#[allow(clippy::too_many_arguments, reason = "the signature of a host function is what contracts call")]
pub(super) fn instantiate_v1<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    code_hash_ptr: u32,
    gas: u64,
    value_ptr: u32,
    input_data_ptr: u32,
    input_data_len: u32,
    address_ptr: u32,
    address_len_ptr: u32,
    output_ptr: u32,
    output_len_ptr: u32,
    salt_ptr: u32,
    salt_len: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    let new = NewContract {
        code_hash_ptr,
        weight: Weight::from_parts(gas, 0),
        deposit_ptr: SENTINEL,
        value_ptr,
        address: (address_ptr, address_len_ptr),
        salt: (salt_ptr, salt_len),
    };
    let buffers = Buffers { input: (input_data_ptr, input_data_len), output: (output_ptr, output_len_ptr) };
    instantiate(ctx, mem, new, buffers)
}

#[allow(clippy::too_many_arguments, reason = "the signature of a host function is what contracts call")]
pub(super) fn instantiate_v2<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    code_hash_ptr: u32,
    ref_time_limit: u64,
    proof_size_limit: u64,
    deposit_ptr: u32,
    value_ptr: u32,
    input_data_ptr: u32,
    input_data_len: u32,
    address_ptr: u32,
    address_len_ptr: u32,
    output_ptr: u32,
    output_len_ptr: u32,
    salt_ptr: u32,
    salt_len: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    let new = NewContract {
        code_hash_ptr,
        weight: Weight::from_parts(ref_time_limit, proof_size_limit),
        deposit_ptr,
        value_ptr,
        address: (address_ptr, address_len_ptr),
        salt: (salt_ptr, salt_len),
    };
    let buffers = Buffers { input: (input_data_ptr, input_data_len), output: (output_ptr, output_len_ptr) };
    instantiate(ctx, mem, new, buffers)
}

pub(super) fn transfer<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    account_ptr: u32,
    _account_len: u32,
    value_ptr: u32,
    _value_len: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    ctx.charge_gas(RuntimeCosts::Transfer)?;
    let to: AccountIdOf<E> = memory::read_as::<E::T, _>(mem, account_ptr)?;
    let value: BalanceOf<E> = memory::read_as::<E::T, _>(mem, value_ptr)?;
    match ctx.ext().transfer(&to, value) {
        Ok(()) => Ok(ReturnErrorCode::Success),
        Err(error) => Ok(ReturnErrorCode::of_error::<E>(error)?),
    }
}

pub(super) fn input<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    out_ptr: u32,
    out_len_ptr: u32,
) -> Result<(), TrapReason> {
    let input = ctx.take_input()?;
    let cost = |len| Some(RuntimeCosts::CopyToContract(len));
    ctx.write_output(mem, (out_ptr, out_len_ptr), &input, false, cost)?;
    ctx.restore_input(input);
    Ok(())
}

pub(super) fn seal_return<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    flags: u32,
    data_ptr: u32,
    data_len: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(RuntimeCosts::CopyFromContract(data_len))?;
    let data = memory::read::<E::T>(mem, data_ptr, data_len)?;
    Err(TrapReason::Return(ReturnData { flags, data }))
}

pub(super) fn terminate_v0<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    beneficiary_ptr: u32,
    _beneficiary_len: u32,
) -> Result<(), TrapReason> {
    terminate_v1(ctx, mem, beneficiary_ptr)
}

pub(super) fn terminate_v1<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    beneficiary_ptr: u32,
) -> Result<(), TrapReason> {
    let dependencies = ctx.ext().locked_delegate_dependencies_count();
    let dependencies = u32::try_from(dependencies).unwrap_or(u32::MAX);
    ctx.charge_gas(RuntimeCosts::Terminate(dependencies))?;
    let beneficiary: AccountIdOf<E> = memory::read_as::<E::T, _>(mem, beneficiary_ptr)?;
    ctx.ext().terminate(&beneficiary)?;
    Err(TrapReason::Termination)
}

fn call<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    flags: CallFlags,
    callee: Callee,
    buffers: Buffers,
) -> Result<ReturnErrorCode, TrapReason> {
    ctx.charge_gas(match callee {
        Callee::Contract { .. } => RuntimeCosts::CallBase,
        Callee::Code { .. } => RuntimeCosts::DelegateCallBase,
    })?;
    let input = call_input(ctx, mem, flags, buffers.input)?;
    let result = match callee {
        Callee::Contract { callee_ptr, value_ptr, deposit_ptr, weight } => {
            let callee: AccountIdOf<E> = memory::read_as::<E::T, _>(mem, callee_ptr)?;
            let deposit_limit = read_deposit_limit::<E>(mem, deposit_ptr)?;
            let value: BalanceOf<E> = memory::read_as::<E::T, _>(mem, value_ptr)?;
            let read_only = flags.has(CallFlags::READ_ONLY);
            if !value.is_zero() {
                if read_only || ctx.ext().is_read_only() {
                    return Err(ErrorOf::<E>::StateChangeDenied.into());
                }
                ctx.charge_gas(RuntimeCosts::CallTransferSurcharge)?;
            }
            let allows_reentry = flags.has(CallFlags::ALLOW_REENTRY);
            ctx.ext().call(weight, deposit_limit, callee, value, input, allows_reentry, read_only)
        }
        Callee::Code { code_hash_ptr } => {
            if flags.has(CallFlags::ALLOW_REENTRY) || flags.has(CallFlags::READ_ONLY) {
                return Err(ErrorOf::<E>::InvalidCallFlags.into());
            }
            let code_hash: CodeHashOf<E> = memory::read_as::<E::T, _>(mem, code_hash_ptr)?;
            ctx.ext().delegate_call(code_hash, input)
        }
    };

    if let Ok(output) = &result {
        if flags.has(CallFlags::TAIL_CALL) {
            let (flags, data) = (output.flags.bits(), output.data.clone());
            return Err(TrapReason::Return(ReturnData { flags, data }));
        }
        write_call_output(ctx, mem, buffers.output, &output.data)?;
    }
    Ok(ReturnErrorCode::of_call::<E>(&result)?)
}

/// The input of a call: the caller's own, or bytes from its memory.
fn call_input<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &dyn GuestMemory,
    flags: CallFlags,
    (ptr, len): (u32, u32),
) -> Result<Vec<u8>, DispatchError> {
    if flags.has(CallFlags::CLONE_INPUT) {
        let len = u32::try_from(ctx.input()?.len()).unwrap_or(u32::MAX);
        ctx.charge_gas(RuntimeCosts::CallInputCloned(len))?;
        ctx.input().cloned()
    } else if flags.has(CallFlags::FORWARD_INPUT) {
        ctx.take_input()
    } else {
        ctx.charge_gas(RuntimeCosts::CopyFromContract(len))?;
        memory::read::<E::T>(mem, ptr, len)
    }
}

fn instantiate<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    new: NewContract,
    buffers: Buffers,
) -> Result<ReturnErrorCode, TrapReason> {
    let ((input_ptr, input_data_len), (salt_ptr, salt_len)) = (buffers.input, new.salt);
    ctx.charge_gas(RuntimeCosts::Instantiate { input_data_len, salt_len })?;
    let deposit_limit = read_deposit_limit::<E>(mem, new.deposit_ptr)?;
    let value: BalanceOf<E> = memory::read_as::<E::T, _>(mem, new.value_ptr)?;
    let code_hash: CodeHashOf<E> = memory::read_as::<E::T, _>(mem, new.code_hash_ptr)?;
    let input = memory::read::<E::T>(mem, input_ptr, input_data_len)?;
    let salt = memory::read::<E::T>(mem, salt_ptr, salt_len)?;
    let result = ctx.ext().instantiate(new.weight, deposit_limit, code_hash, value, input, &salt);
    if let Ok((address, output)) = &result {
        if !output.did_revert() {
            let address = codec::Encode::encode(address);
            ctx.write_output(mem, new.address, &address, true, |_| None)?;
        }
        write_call_output(ctx, mem, buffers.output, &output.data)?;
    }
    Ok(ReturnErrorCode::of_call::<E>(&result.map(|(_, output)| output))?)
}

fn write_call_output<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    buffer: (u32, u32),
    output: &[u8],
) -> Result<(), DispatchError> {
    ctx.write_output(mem, buffer, output, true, |len| Some(RuntimeCosts::CopyToContract(len)))
}

/// The deposit limit of a sub-call. The sentinel stands for none of its own.
fn read_deposit_limit<E: Ext>(mem: &dyn GuestMemory, ptr: u32) -> Result<BalanceOf<E>, DispatchError> {
    if ptr == SENTINEL { Ok(Zero::zero()) } else { memory::read_as::<E::T, _>(mem, ptr) }
}
