//! Where a new contract lives.
//!
//! An address depends on who deploys what with which input and salt, and on nothing else, so anybody
//! can compute it before the contract exists.

use crate::{CodeHash, Config};
use codec::{Decode, Encode};
use sp_runtime::traits::{Hash, TrailingZeroInput};

#[cfg(test)]
mod tests;

/// Separates contract addresses from every other hash that a chain may use as an account.
const DOMAIN: &[u8; 16] = b"contract_addr_v1";

/// Computes the account of a contract that is about to be instantiated.
pub trait AddressGenerator<T: Config> {
    /// The account of the contract that `deploying_address` creates from `code_hash` with this
    /// constructor input and salt.
    ///
    /// A chain may change its formula as long as the new one cannot meet an address of the old one:
    /// existing contracts stay where they are.
    fn contract_address(
        deploying_address: &T::AccountId,
        code_hash: &CodeHash<T>,
        input_data: &[u8],
        salt: &[u8],
    ) -> T::AccountId;
}

/// `Hashing(("contract_addr_v1", deploying_address, code_hash, input_data, salt).encode())`.
///
/// The domain is a fixed-size array and carries no length; input and salt are slices and do, so that
/// no byte can move from one to the other without changing the address.
pub struct DefaultAddressGenerator;

impl<T: Config> AddressGenerator<T> for DefaultAddressGenerator {
    fn contract_address(
        deploying_address: &T::AccountId,
        code_hash: &CodeHash<T>,
        input_data: &[u8],
        salt: &[u8],
    ) -> T::AccountId {
        let entropy = (DOMAIN, deploying_address, code_hash, input_data, salt).using_encoded(T::Hashing::hash);
        Decode::decode(&mut TrailingZeroInput::new(entropy.as_ref()))
            .expect("the input never ends and every bit pattern is an account id; qed")
    }
}
