//! What a running contract can do, as seen by host functions and chain extensions.

use super::{Calls, CodeReferences, Context, ContractData, Debugging, Stack};
use crate::{Config, Schedule, meter::gas::GasMeter};
use frame_support::{crypto::ecdsa::ECDSAExt, weights::Weight};
use sp_core::{ecdsa, sr25519};
use sp_io::crypto::{secp256k1_ecdsa_recover_compressed, sr25519_verify};

/// Everything that the code of a frame can do. All of it is done as the frame's contract.
///
/// The methods come from the traits that this one is made of; whoever has an `Ext` has them all. It
/// cannot be implemented elsewhere.
pub trait Ext:
    Calls<<Self as Ext>::T>
    + ContractData<<Self as Ext>::T>
    + Context<<Self as Ext>::T>
    + CodeReferences<<Self as Ext>::T>
    + Metering<<Self as Ext>::T>
    + Debugging
    + Crypto
    + sealing::Sealed
{
    /// The chain.
    type T: Config;
}

/// Gas and limits.
pub trait Metering<T: Config> {
    /// The frame's gas.
    fn gas_meter(&self) -> &GasMeter<T>;

    /// The frame's gas, to charge it.
    fn gas_meter_mut(&mut self) -> &mut GasMeter<T>;

    /// The limits of this call stack.
    fn schedule(&self) -> &Schedule<T>;

    /// Bytes that a stored value may have.
    fn max_value_size(&self) -> u32;

    /// What an amount of weight costs, for information.
    fn get_weight_price(&self, weight: Weight) -> crate::BalanceOf<T>;
}

/// Signatures. They depend on their arguments alone.
pub trait Crypto {
    /// The compressed public key that signed a hash.
    #[allow(clippy::result_unit_err, reason = "there is one way to fail, and chain extensions know it so")]
    fn ecdsa_recover(&self, signature: &[u8; 65], message_hash: &[u8; 32]) -> Result<[u8; 33], ()> {
        secp256k1_ecdsa_recover_compressed(signature, message_hash).map_err(|_| ())
    }

    /// Whether a signature of a message is that of a key.
    fn sr25519_verify(&self, signature: &[u8; 64], message: &[u8], pub_key: &[u8; 32]) -> bool {
        sr25519_verify(&sr25519::Signature::from(*signature), message, &sr25519::Public::from(*pub_key))
    }

    /// The Ethereum address of a compressed public key.
    #[allow(clippy::result_unit_err, reason = "there is one way to fail, and chain extensions know it so")]
    fn ecdsa_to_eth_address(&self, pk: &[u8; 33]) -> Result<[u8; 20], ()> {
        ecdsa::Public::from(*pk).to_eth_address()
    }
}

impl<T: Config> Ext for Stack<'_, T> {
    type T = T;
}

impl<T: Config> Metering<T> for Stack<'_, T> {
    fn gas_meter(&self) -> &GasMeter<T> {
        &self.top_frame().nested_gas
    }

    fn gas_meter_mut(&mut self) -> &mut GasMeter<T> {
        &mut self.top_frame_mut().nested_gas
    }

    fn schedule(&self) -> &Schedule<T> {
        &self.schedule
    }

    fn max_value_size(&self) -> u32 {
        self.schedule.limits.payload_len
    }

    fn get_weight_price(&self, weight: Weight) -> crate::BalanceOf<T> {
        <T::WeightPrice as sp_runtime::traits::Convert<_, _>>::convert(weight)
    }
}

impl<T: Config> Crypto for Stack<'_, T> {}

mod sealing {
    use super::{Config, Stack};

    /// Keeps [`super::Ext`] to this crate.
    pub trait Sealed {}

    impl<T: Config> Sealed for Stack<'_, T> {}
}
