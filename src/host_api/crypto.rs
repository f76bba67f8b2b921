//! Hashes and signatures.

use super::{GuestMemory, HostContext, ReturnErrorCode, RuntimeCosts, TrapReason, memory};
use crate::call_stack::Ext;
use sp_io::hashing;

pub(super) fn hash_sha2_256<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    input_ptr: u32,
    input_len: u32,
    output_ptr: u32,
) -> Result<(), TrapReason> {
    let cost = RuntimeCosts::HashSha256(input_len);
    hash(ctx, mem, cost, hashing::sha2_256, (input_ptr, input_len), output_ptr)
}

pub(super) fn hash_keccak_256<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    input_ptr: u32,
    input_len: u32,
    output_ptr: u32,
) -> Result<(), TrapReason> {
    let cost = RuntimeCosts::HashKeccak256(input_len);
    hash(ctx, mem, cost, hashing::keccak_256, (input_ptr, input_len), output_ptr)
}

pub(super) fn hash_blake2_256<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    input_ptr: u32,
    input_len: u32,
    output_ptr: u32,
) -> Result<(), TrapReason> {
    let cost = RuntimeCosts::HashBlake256(input_len);
    hash(ctx, mem, cost, hashing::blake2_256, (input_ptr, input_len), output_ptr)
}

pub(super) fn hash_blake2_128<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    input_ptr: u32,
    input_len: u32,
    output_ptr: u32,
) -> Result<(), TrapReason> {
    let cost = RuntimeCosts::HashBlake128(input_len);
    hash(ctx, mem, cost, hashing::blake2_128, (input_ptr, input_len), output_ptr)
}

pub(super) fn ecdsa_recover<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    signature_ptr: u32,
    message_hash_ptr: u32,
    output_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    ctx.charge_gas(RuntimeCosts::EcdsaRecovery)?;
    let signature = memory::read_array::<E::T, 65>(mem, signature_ptr)?;
    let message_hash = memory::read_array::<E::T, 32>(mem, message_hash_ptr)?;
    match ctx.ext().ecdsa_recover(&signature, &message_hash) {
        Ok(public_key) => {
            memory::write::<E::T>(mem, output_ptr, &public_key)?;
            Ok(ReturnErrorCode::Success)
        }
        Err(()) => Ok(ReturnErrorCode::EcdsaRecoveryFailed),
    }
}

pub(super) fn ecdsa_to_eth_address<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    key_ptr: u32,
    out_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    ctx.charge_gas(RuntimeCosts::EcdsaToEthAddress)?;
    let public_key = memory::read_array::<E::T, 33>(mem, key_ptr)?;
    match ctx.ext().ecdsa_to_eth_address(&public_key) {
        Ok(address) => {
            memory::write::<E::T>(mem, out_ptr, &address)?;
            Ok(ReturnErrorCode::Success)
        }
        Err(()) => Ok(ReturnErrorCode::EcdsaRecoveryFailed),
    }
}

pub(super) fn sr25519_verify<E: Ext>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    signature_ptr: u32,
    pub_key_ptr: u32,
    message_len: u32,
    message_ptr: u32,
) -> Result<ReturnErrorCode, TrapReason> {
    ctx.charge_gas(RuntimeCosts::Sr25519Verify(message_len))?;
    let signature = memory::read_array::<E::T, 64>(mem, signature_ptr)?;
    let public_key = memory::read_array::<E::T, 32>(mem, pub_key_ptr)?;
    let message = memory::read::<E::T>(mem, message_ptr, message_len)?;
    if ctx.ext().sr25519_verify(&signature, &message, &public_key) {
        Ok(ReturnErrorCode::Success)
    } else {
        Ok(ReturnErrorCode::Sr25519VerifyFailed)
    }
}

/// Hashes bytes of the contract. The output may overlap the input.
fn hash<E: Ext, const N: usize>(
    ctx: &mut HostContext<'_, E>,
    mem: &mut dyn GuestMemory,
    cost: RuntimeCosts,
    hasher: impl FnOnce(&[u8]) -> [u8; N],
    (input_ptr, input_len): (u32, u32),
    output_ptr: u32,
) -> Result<(), TrapReason> {
    ctx.charge_gas(cost)?;
    let input = memory::read::<E::T>(mem, input_ptr, input_len)?;
    Ok(memory::write::<E::T>(mem, output_ptr, &hasher(&input))?)
}
