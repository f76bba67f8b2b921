//! The development runtime: one chain's worth of FRAME around metered WebAssembly contracts.
//!
//! It exists so that `vellum` (the command) and the development node have a real chain to run contracts on:
//! accounts with balances, fees, a clock, sudo, and the contracts pallet under its usual name `Contracts`.
//!
//! Relies on: the pallet at the workspace's root and the frame crates of one polkadot-sdk release.
//! Promises: the call indices, storage prefixes and runtime APIs that clients of a `substrate-contracts-node`
//! expect, so that the same tools work against it. It builds natively and, without `std`, for wasm32.

#![cfg_attr(substrate_runtime, no_std)]
#![allow(missing_docs, reason = "`frame_support::runtime` writes items without documentation")]

extern crate alloc;

mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
mod config;
mod contracts_weights;
pub mod genesis;
pub mod units;

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{
    MultiAddress, MultiSignature, generic,
    traits::{BlakeTwo256, IdentifyAccount, Verify},
};
use sp_version::RuntimeVersion;

pub use apis::{RUNTIME_API_VERSIONS, api};
pub use config::{BLOCK_WEIGHT_MAX, CODE_BYTES_MAX};
pub use frame_system::Call as SystemCall;
pub use pallet_balances::Call as BalancesCall;
pub use pallet_timestamp::Call as TimestampCall;

/// Anything that can authorise a transaction: ed25519, sr25519 or ecdsa.
pub type Signature = MultiSignature;
/// 32 bytes, as on every Substrate chain by default.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// Balances in the smallest unit; see [`units`].
pub type Balance = u128;
/// Blocks are counted from the genesis block, which is 0.
pub type BlockNumber = u32;
/// Transactions that an account has signed.
pub type Nonce = u32;
/// Hashes of blocks, code and events.
pub type Hash = sp_core::H256;
/// How an account is named in a transaction.
pub type Address = MultiAddress<AccountId, ()>;
/// A block header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block of this chain.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// What is put under signature besides the call, and checked before it is dispatched.
pub type TxExtension = (
    frame_system::AuthorizeCall<Runtime>,
    frame_system::CheckNonZeroSender<Runtime>,
    frame_system::CheckSpecVersion<Runtime>,
    frame_system::CheckTxVersion<Runtime>,
    frame_system::CheckGenesis<Runtime>,
    frame_system::CheckEra<Runtime>,
    frame_system::CheckNonce<Runtime>,
    frame_system::CheckWeight<Runtime>,
    pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
    frame_system::WeightReclaim<Runtime>,
);
/// A transaction as it travels.
pub type UncheckedExtrinsic = generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// The part of a transaction that is signed.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;
/// Runs blocks: initialisation, transactions, finalisation.
pub type Executive =
    frame_executive::Executive<Runtime, Block, frame_system::ChainContext<Runtime>, Runtime, AllPalletsWithSystem>;

/// The extension of a transaction that is valid for ever and pays no tip.
pub fn tx_extension(nonce: Nonce) -> TxExtension {
    (
        frame_system::AuthorizeCall::new(),
        frame_system::CheckNonZeroSender::new(),
        frame_system::CheckSpecVersion::new(),
        frame_system::CheckTxVersion::new(),
        frame_system::CheckGenesis::new(),
        frame_system::CheckEra::from(generic::Era::Immortal),
        frame_system::CheckNonce::from(nonce),
        frame_system::CheckWeight::new(),
        pallet_transaction_payment::ChargeTransactionPayment::from(0),
        frame_system::WeightReclaim::new(),
    )
}

/// What this runtime is; raise `spec_version` whenever a node must not mix two builds.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
    spec_name: Cow::Borrowed("vellum"),
    impl_name: Cow::Borrowed("vellum"),
    authoring_version: 1,
    spec_version: 1,
    impl_version: 1,
    apis: apis::RUNTIME_API_VERSIONS,
    transaction_version: 1,
    system_version: 1,
};

#[frame_support::runtime]
mod runtime {
    #[runtime::runtime]
    #[runtime::derive(
        RuntimeCall,
        RuntimeEvent,
        RuntimeError,
        RuntimeOrigin,
        RuntimeFreezeReason,
        RuntimeHoldReason,
        RuntimeSlashReason,
        RuntimeLockId,
        RuntimeTask
    )]
    /// The runtime: every pallet with its index.
    pub struct Runtime;

    #[runtime::pallet_index(0)]
    pub type System = frame_system;

    #[runtime::pallet_index(1)]
    pub type Timestamp = pallet_timestamp;

    #[runtime::pallet_index(2)]
    pub type Balances = pallet_balances;

    #[runtime::pallet_index(3)]
    pub type TransactionPayment = pallet_transaction_payment;

    #[runtime::pallet_index(4)]
    pub type Sudo = pallet_sudo;

    #[runtime::pallet_index(5)]
    pub type Contracts = pallet_contracts;
}

#[cfg(test)]
mod tests;
