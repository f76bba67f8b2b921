//! Blocks: how heavy and how long they may be, and the types they are made of.

use crate::{Block, Nonce, PalletInfo, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, RuntimeTask, VERSION};
use frame_support::{
    derive_impl,
    dispatch::DispatchClass,
    parameter_types,
    weights::{
        Weight,
        constants::{RocksDbWeight, WEIGHT_REF_TIME_PER_SECOND},
    },
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_runtime::{Perbill, traits::AccountIdLookup};
use sp_version::RuntimeVersion;

/// Transactions get three quarters of a block; the rest is left for what the chain itself must do.
const NORMAL_DISPATCH_RATIO: Perbill = Perbill::from_percent(75);

/// Two seconds of computation per block. A chain of its own sends no proofs, so their size is not limited.
pub const BLOCK_WEIGHT_MAX: Weight = Weight::from_parts(2 * WEIGHT_REF_TIME_PER_SECOND, u64::MAX);

const BLOCK_BYTES_MAX: u32 = 5 * 1024 * 1024;

parameter_types! {
    pub const BlockHashCount: u32 = 2400;
    pub const Version: RuntimeVersion = VERSION;
    pub RuntimeBlockWeights: BlockWeights =
        BlockWeights::with_sensible_defaults(BLOCK_WEIGHT_MAX, NORMAL_DISPATCH_RATIO);
    pub RuntimeBlockLength: BlockLength =
        BlockLength::builder()
            .max_length(BLOCK_BYTES_MAX)
            .modify_max_length_for_class(DispatchClass::Normal, |max| *max = NORMAL_DISPATCH_RATIO * *max)
            .build();
    /// The prefix of addresses of Substrate chains in general.
    pub const Ss58Prefix: u16 = 42;
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
    type Block = Block;
    type BlockWeights = RuntimeBlockWeights;
    type BlockLength = RuntimeBlockLength;
    type BlockHashCount = BlockHashCount;
    type AccountId = crate::AccountId;
    type Lookup = AccountIdLookup<crate::AccountId, ()>;
    type Nonce = Nonce;
    type Hash = crate::Hash;
    type AccountData = pallet_balances::AccountData<crate::Balance>;
    type DbWeight = RocksDbWeight;
    type Version = Version;
    type SS58Prefix = Ss58Prefix;
    type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
    type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
    type MaxConsumers = frame_support::traits::ConstU32<16>;
}
