//! What host functions cost.
//!
//! A cost names the weight function that prices it; the numbers are the chain's own benchmarks.

use crate::{
    Config,
    meter::gas::{ProfileAccount, Token},
    weights::WeightInfo,
};
use frame_support::{traits::Get, weights::Weight};

/// Something that a host function does, with the sizes that its price depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RuntimeCosts {
    /// Being called at all.
    HostFn,
    /// Copying this many bytes from the contract.
    CopyFromContract(u32),
    /// Copying this many bytes to the contract.
    CopyToContract(u32),
    /// Finding the caller.
    Caller,
    /// Looking whether a contract exists.
    IsContract,
    /// Finding a contract's code hash.
    CodeHash,
    /// Finding one's own code hash.
    OwnCodeHash,
    /// Comparing caller and origin.
    CallerIsOrigin,
    /// Comparing caller and root.
    CallerIsRoot,
    /// Finding one's own address.
    Address,
    /// Finding the gas that is left.
    GasLeft,
    /// Finding one's own balance.
    Balance,
    /// Finding the value that came with the call.
    ValueTransferred,
    /// Finding the existential deposit.
    MinimumBalance,
    /// Finding the block number.
    BlockNumber,
    /// Finding the time.
    Now,
    /// Converting weight to a price.
    WeightToFee,
    /// Terminating with this many locked dependencies.
    Terminate(u32),
    /// Emitting an event.
    DepositEvent {
        /// Its topics.
        num_topic: u32,
        /// Bytes of its data.
        len: u32,
    },
    /// Logging this many bytes.
    DebugMessage(u32),
    /// Storing a value.
    SetStorage {
        /// Bytes of the value that was there.
        old_bytes: u32,
        /// Bytes of the value.
        new_bytes: u32,
    },
    /// Removing a value of this many bytes.
    ClearStorage(u32),
    /// Looking for a value of this many bytes.
    ContainsStorage(u32),
    /// Reading a value of this many bytes.
    GetStorage(u32),
    /// Reading and removing a value of this many bytes.
    TakeStorage(u32),
    /// Storing a value until the call stack ends.
    SetTransientStorage {
        /// Bytes of the value that was there.
        old_bytes: u32,
        /// Bytes of the value.
        new_bytes: u32,
    },
    /// Removing a value of this many bytes that lives until the call stack ends.
    ClearTransientStorage(u32),
    /// Looking for a value of this many bytes that lives until the call stack ends.
    ContainsTransientStorage(u32),
    /// Reading a value of this many bytes that lives until the call stack ends.
    GetTransientStorage(u32),
    /// Reading and removing a value of this many bytes that lives until the call stack ends.
    TakeTransientStorage(u32),
    /// Moving balance.
    Transfer,
    /// Calling a contract.
    CallBase,
    /// Running other code.
    DelegateCallBase,
    /// Moving value with a call.
    CallTransferSurcharge,
    /// Copying this many bytes of one's own input.
    CallInputCloned(u32),
    /// Creating a contract.
    Instantiate {
        /// Bytes of the constructor's input.
        input_data_len: u32,
        /// Bytes of the salt.
        salt_len: u32,
    },
    /// Hashing this many bytes.
    HashSha256(u32),
    /// Hashing this many bytes.
    HashKeccak256(u32),
    /// Hashing this many bytes.
    HashBlake256(u32),
    /// Hashing this many bytes.
    HashBlake128(u32),
    /// Recovering a key.
    EcdsaRecovery,
    /// Verifying a signature of this many bytes.
    Sr25519Verify(u32),
    /// Converting a key.
    EcdsaToEthAddress,
    /// What a chain extension says that it costs.
    ChainExtension(Weight),
    /// What a dispatchable says that it costs.
    CallRuntime(Weight),
    /// Executing an XCM program, which takes this much at most.
    CallXcmExecute(Weight),
    /// Changing one's own code.
    SetCodeHash,
    /// Finding the nonce.
    InstantiationNonce,
    /// Finding a random number.
    Random,
    /// Counting one's own frames.
    ReentranceCount,
    /// Counting frames of an account.
    AccountReentranceCount,
    /// Locking a dependency.
    LockDelegateDependency,
    /// Unlocking a dependency.
    UnlockDelegateDependency,
}

impl RuntimeCosts {
    /// The weight function that prices it.
    pub const fn weight_function(&self) -> &'static str {
        match self {
            Self::HostFn => "noop_host_fn",
            Self::CopyFromContract(_) => "seal_return",
            Self::CopyToContract(_) => "seal_input",
            Self::Caller => "seal_caller",
            Self::IsContract => "seal_is_contract",
            Self::CodeHash => "seal_code_hash",
            Self::OwnCodeHash => "seal_own_code_hash",
            Self::CallerIsOrigin => "seal_caller_is_origin",
            Self::CallerIsRoot => "seal_caller_is_root",
            Self::Address => "seal_address",
            Self::GasLeft => "seal_gas_left",
            Self::Balance => "seal_balance",
            Self::ValueTransferred => "seal_value_transferred",
            Self::MinimumBalance => "seal_minimum_balance",
            Self::BlockNumber => "seal_block_number",
            Self::Now => "seal_now",
            Self::WeightToFee => "seal_weight_to_fee",
            Self::Terminate(_) => "seal_terminate",
            Self::DepositEvent { .. } => "seal_deposit_event",
            Self::DebugMessage(_) => "seal_debug_message",
            Self::SetStorage { .. } => "seal_set_storage",
            Self::ClearStorage(_) => "seal_clear_storage",
            Self::ContainsStorage(_) => "seal_contains_storage",
            Self::GetStorage(_) => "seal_get_storage",
            Self::TakeStorage(_) => "seal_take_storage",
            Self::SetTransientStorage { .. } => "seal_set_transient_storage",
            Self::ClearTransientStorage(_) => "seal_clear_transient_storage",
            Self::ContainsTransientStorage(_) => "seal_contains_transient_storage",
            Self::GetTransientStorage(_) => "seal_get_transient_storage",
            Self::TakeTransientStorage(_) => "seal_take_transient_storage",
            Self::Transfer => "seal_transfer",
            Self::CallBase | Self::CallTransferSurcharge | Self::CallInputCloned(_) => "seal_call",
            Self::DelegateCallBase => "seal_delegate_call",
            Self::Instantiate { .. } => "seal_instantiate",
            Self::HashSha256(_) => "seal_hash_sha2_256",
            Self::HashKeccak256(_) => "seal_hash_keccak_256",
            Self::HashBlake256(_) => "seal_hash_blake2_256",
            Self::HashBlake128(_) => "seal_hash_blake2_128",
            Self::EcdsaRecovery => "seal_ecdsa_recover",
            Self::Sr25519Verify(_) => "seal_sr25519_verify",
            Self::EcdsaToEthAddress => "seal_ecdsa_to_eth_address",
            Self::ChainExtension(_) => "chain_extension",
            Self::CallRuntime(_) => "dispatchable",
            Self::CallXcmExecute(_) => "xcm_execute",
            Self::SetCodeHash => "seal_set_code_hash",
            Self::InstantiationNonce => "seal_instantiation_nonce",
            Self::Random => "seal_random",
            Self::ReentranceCount => "seal_reentrance_count",
            Self::AccountReentranceCount => "seal_account_reentrance_count",
            Self::LockDelegateDependency => "lock_delegate_dependency",
            Self::UnlockDelegateDependency => "unlock_delegate_dependency",
        }
    }
}

impl<T: Config> Token<T> for RuntimeCosts {
    fn weight(&self) -> Weight {
        match *self {
            Self::HostFn => T::WeightInfo::noop_host_fn(1).saturating_sub(T::WeightInfo::noop_host_fn(0)),
            Self::CopyToContract(len) => T::WeightInfo::seal_input(len),
            Self::CopyFromContract(len) => T::WeightInfo::seal_return(len),
            Self::Caller => T::WeightInfo::seal_caller(),
            Self::IsContract => T::WeightInfo::seal_is_contract(),
            Self::CodeHash => T::WeightInfo::seal_code_hash(),
            Self::OwnCodeHash => T::WeightInfo::seal_own_code_hash(),
            Self::CallerIsOrigin => T::WeightInfo::seal_caller_is_origin(),
            Self::CallerIsRoot => T::WeightInfo::seal_caller_is_root(),
            Self::Address => T::WeightInfo::seal_address(),
            Self::GasLeft => T::WeightInfo::seal_gas_left(),
            Self::Balance => T::WeightInfo::seal_balance(),
            Self::ValueTransferred => T::WeightInfo::seal_value_transferred(),
            Self::MinimumBalance => T::WeightInfo::seal_minimum_balance(),
            Self::BlockNumber => T::WeightInfo::seal_block_number(),
            Self::Now => T::WeightInfo::seal_now(),
            Self::WeightToFee => T::WeightInfo::seal_weight_to_fee(),
            Self::Terminate(dependencies) => T::WeightInfo::seal_terminate(dependencies),
            Self::DepositEvent { num_topic, len } => {
                // Events stay in memory until the block is done, hence the price per byte.
                let per_byte = T::Schedule::get().limits.event_ref_time;
                T::WeightInfo::seal_deposit_event(num_topic, len)
                    .saturating_add(Weight::from_parts(per_byte.saturating_mul(len.into()), 0))
            }
            Self::DebugMessage(len) => T::WeightInfo::seal_debug_message(len),
            Self::SetStorage { new_bytes, old_bytes } => {
                in_full_trie_write::<T>(T::WeightInfo::seal_set_storage(new_bytes, old_bytes))
            }
            Self::ClearStorage(len) => in_full_trie_write::<T>(T::WeightInfo::seal_clear_storage(len)),
            Self::ContainsStorage(len) => in_full_trie_read::<T>(T::WeightInfo::seal_contains_storage(len)),
            Self::GetStorage(len) => in_full_trie_read::<T>(T::WeightInfo::seal_get_storage(len)),
            Self::TakeStorage(len) => in_full_trie_write::<T>(T::WeightInfo::seal_take_storage(len)),
            Self::SetTransientStorage { new_bytes, old_bytes } => {
                in_full_map_write::<T>(T::WeightInfo::seal_set_transient_storage(new_bytes, old_bytes))
            }
            Self::ClearTransientStorage(len) => {
                in_full_map_write::<T>(T::WeightInfo::seal_clear_transient_storage(len))
            }
            Self::ContainsTransientStorage(len) => {
                in_full_map_read::<T>(T::WeightInfo::seal_contains_transient_storage(len))
            }
            Self::GetTransientStorage(len) => in_full_map_read::<T>(T::WeightInfo::seal_get_transient_storage(len)),
            Self::TakeTransientStorage(len) => in_full_map_write::<T>(T::WeightInfo::seal_take_transient_storage(len)),
            Self::Transfer => T::WeightInfo::seal_transfer(),
            Self::CallBase => T::WeightInfo::seal_call(0, 0),
            Self::DelegateCallBase => T::WeightInfo::seal_delegate_call(),
            Self::CallTransferSurcharge => {
                T::WeightInfo::seal_call(1, 0).saturating_sub(T::WeightInfo::seal_call(0, 0))
            }
            Self::CallInputCloned(len) => {
                T::WeightInfo::seal_call(0, len).saturating_sub(T::WeightInfo::seal_call(0, 0))
            }
            Self::Instantiate { input_data_len, salt_len } => T::WeightInfo::seal_instantiate(input_data_len, salt_len),
            Self::HashSha256(len) => T::WeightInfo::seal_hash_sha2_256(len),
            Self::HashKeccak256(len) => T::WeightInfo::seal_hash_keccak_256(len),
            Self::HashBlake256(len) => T::WeightInfo::seal_hash_blake2_256(len),
            Self::HashBlake128(len) => T::WeightInfo::seal_hash_blake2_128(len),
            Self::EcdsaRecovery => T::WeightInfo::seal_ecdsa_recover(),
            Self::Sr25519Verify(len) => T::WeightInfo::seal_sr25519_verify(len),
            Self::EcdsaToEthAddress => T::WeightInfo::seal_ecdsa_to_eth_address(),
            Self::ChainExtension(weight) | Self::CallRuntime(weight) | Self::CallXcmExecute(weight) => weight,
            Self::SetCodeHash => T::WeightInfo::seal_set_code_hash(),
            Self::InstantiationNonce => T::WeightInfo::seal_instantiation_nonce(),
            Self::Random => T::WeightInfo::seal_random(),
            Self::ReentranceCount => T::WeightInfo::seal_reentrance_count(),
            Self::AccountReentranceCount => T::WeightInfo::seal_account_reentrance_count(),
            Self::LockDelegateDependency => T::WeightInfo::lock_delegate_dependency(),
            Self::UnlockDelegateDependency => T::WeightInfo::unlock_delegate_dependency(),
        }
    }

    fn influence_lowest_gas_limit(&self) -> bool {
        // All that is left is charged first, which says nothing about what is needed.
        !matches!(self, Self::CallXcmExecute(_))
    }

    fn account(&self) -> ProfileAccount {
        match self {
            Self::HostFn => ProfileAccount::HostFunctionStart,
            _ => ProfileAccount::HostFunction,
        }
    }
}

/// The benchmarks of single accesses run on a trie with one item. A full one is deeper.
fn in_full_trie_read<T: Config>(weight: Weight) -> Weight {
    weight.saturating_add(T::WeightInfo::get_storage_full().saturating_sub(T::WeightInfo::get_storage_empty()))
}

/// See [`in_full_trie_read`].
fn in_full_trie_write<T: Config>(weight: Weight) -> Weight {
    weight.saturating_add(T::WeightInfo::set_storage_full().saturating_sub(T::WeightInfo::set_storage_empty()))
}

/// The same of transient storage.
fn in_full_map_read<T: Config>(weight: Weight) -> Weight {
    weight.saturating_add(
        T::WeightInfo::get_transient_storage_full().saturating_sub(T::WeightInfo::get_transient_storage_empty()),
    )
}

/// The same of transient storage, where a write may have to be undone.
fn in_full_map_write<T: Config>(weight: Weight) -> Weight {
    weight.saturating_add(T::WeightInfo::rollback_transient_storage()).saturating_add(
        T::WeightInfo::set_transient_storage_full().saturating_sub(T::WeightInfo::set_transient_storage_empty()),
    )
}
