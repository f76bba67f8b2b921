//! Values for [`Config`](crate::Config) that suit tests.

use crate::{DefaultAddressGenerator, DefaultConfig};
use frame_support::{
    derive_impl,
    pallet_prelude::inject_runtime_type,
    parameter_types,
    traits::{ConstBool, ConstU32, Randomness, Time},
    weights::Weight,
};
use frame_system::EnsureSigned;
use sp_runtime::{AccountId32, Perbill, traits::Convert};

type Balance = u64;

const UNIT: Balance = 10_000_000_000;
const CENT: Balance = UNIT / 100;

/// The price of a number of items and bytes: a cent for each.
const fn deposit(items: Balance, bytes: Balance) -> Balance {
    (items + bytes) * CENT
}

parameter_types! {
    /// See [`DefaultConfig::DepositPerItem`].
    pub const DepositPerItem: Balance = deposit(1, 0);
    /// See [`DefaultConfig::DepositPerByte`].
    pub const DepositPerByte: Balance = deposit(0, 1);
    /// See [`DefaultConfig::DefaultDepositLimit`].
    pub const DefaultDepositLimit: Balance = deposit(1024, 1024 * 1024);
    /// See [`DefaultConfig::CodeHashLockupDepositPercent`].
    pub const CodeHashLockupDepositPercent: Perbill = Perbill::from_percent(0);
    /// See [`DefaultConfig::MaxDelegateDependencies`].
    pub const MaxDelegateDependencies: u32 = 32;
}

/// For `#[derive_impl(pallet_contracts::config_preludes::TestDefaultConfig)]`.
///
/// `Currency`, `Schedule` and `CallStack` have no default. `Time` and `Randomness` have one that fails when it
/// is used.
pub struct TestDefaultConfig;

impl Time for TestDefaultConfig {
    type Moment = u64;

    fn now() -> Self::Moment {
        unimplemented!("set `Time` in the `Config` of a runtime whose contracts run")
    }
}

impl<Output, BlockNumber> Randomness<Output, BlockNumber> for TestDefaultConfig {
    fn random(_subject: &[u8]) -> (Output, BlockNumber) {
        unimplemented!("set `Randomness` in the `Config` of a runtime whose contracts ask for random numbers")
    }
}

impl<Fee: From<u64>> Convert<Weight, Fee> for TestDefaultConfig {
    fn convert(weight: Weight) -> Fee {
        weight.ref_time().into()
    }
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig, no_aggregated_types)]
impl frame_system::DefaultConfig for TestDefaultConfig {}

#[frame_support::register_default_impl(TestDefaultConfig)]
impl DefaultConfig for TestDefaultConfig {
    #[inject_runtime_type]
    type RuntimeEvent = ();

    #[inject_runtime_type]
    type RuntimeHoldReason = ();

    #[inject_runtime_type]
    type RuntimeCall = ();

    type AddressGenerator = DefaultAddressGenerator;
    type CallFilter = ();
    type ChainExtension = ();
    type CodeHashLockupDepositPercent = CodeHashLockupDepositPercent;
    type DefaultDepositLimit = DefaultDepositLimit;
    type DepositPerByte = DepositPerByte;
    type DepositPerItem = DepositPerItem;
    type MaxCodeLen = ConstU32<{ 123 * 1024 }>;
    type MaxDebugBufferLen = ConstU32<{ 2 * 1024 * 1024 }>;
    type MaxDelegateDependencies = MaxDelegateDependencies;
    type MaxStorageKeyLen = ConstU32<128>;
    type MaxTransientStorageSize = ConstU32<{ 1024 * 1024 }>;
    type Migrations = ();
    type Randomness = Self;
    type Time = Self;
    type UnsafeUnstableInterface = ConstBool<true>;
    type UploadOrigin = EnsureSigned<AccountId32>;
    type InstantiateOrigin = EnsureSigned<AccountId32>;
    type WeightInfo = ();
    type WeightPrice = Self;
    type Debug = ();
    type Environment = ();
    type ApiVersion = ();
    type Xcm = ();
}
