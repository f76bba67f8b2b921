//! Contracts: the limits and deposits of the usual contracts development chain.

use crate::{
    AccountId, Balance, Balances, BlockNumber, Hash, Runtime, RuntimeCall, RuntimeEvent, RuntimeHoldReason, Timestamp,
    TransactionPayment, contracts_weights::ContractsWeight, units::deposit,
};
use frame_support::{
    parameter_types,
    traits::{ConstBool, ConstU32, Nothing, Randomness},
};
use frame_system::EnsureSigned;
use sp_runtime::Perbill;

/// The longest blob that can be uploaded.
pub const CODE_BYTES_MAX: u32 = 123 * 1024;

/// Frames below the first one: a call stack is at most one deeper.
const CALL_STACK_FRAMES: usize = 5;

parameter_types! {
    pub const DepositPerItem: Balance = deposit(1, 0);
    pub const DepositPerByte: Balance = deposit(0, 1);
    /// What a transaction may tie up when it names no limit: a thousand entries and a mebibyte.
    pub const DefaultDepositLimit: Balance = deposit(1024, 1024 * 1024);
    pub const CodeHashLockupDepositPercent: Perbill = Perbill::from_percent(30);
    pub Schedule: pallet_contracts::Schedule<Runtime> = Default::default();
}

impl pallet_contracts::Config for Runtime {
    type Time = Timestamp;
    type Randomness = NoRandomness;
    type Currency = Balances;
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type RuntimeHoldReason = RuntimeHoldReason;
    // Contracts may dispatch nothing: whoever runs this chain for tests of `call_runtime` opens it.
    type CallFilter = Nothing;
    type WeightPrice = TransactionPayment;
    type WeightInfo = ContractsWeight<Runtime>;
    type ChainExtension = ();
    type Schedule = Schedule;
    type CallStack = [pallet_contracts::Frame<Self>; CALL_STACK_FRAMES];
    type DepositPerByte = DepositPerByte;
    type DefaultDepositLimit = DefaultDepositLimit;
    type DepositPerItem = DepositPerItem;
    type CodeHashLockupDepositPercent = CodeHashLockupDepositPercent;
    type AddressGenerator = pallet_contracts::DefaultAddressGenerator;
    type MaxCodeLen = ConstU32<CODE_BYTES_MAX>;
    type MaxStorageKeyLen = ConstU32<128>;
    type MaxTransientStorageSize = ConstU32<{ 1024 * 1024 }>;
    type MaxDelegateDependencies = ConstU32<32>;
    // What runs here must run on production chains too, and those offer no unstable functions.
    type UnsafeUnstableInterface = ConstBool<false>;
    type MaxDebugBufferLen = ConstU32<{ 2 * 1024 * 1024 }>;
    type UploadOrigin = EnsureSigned<AccountId>;
    type InstantiateOrigin = EnsureSigned<AccountId>;
    type Debug = ();
    type Environment = ();
    type ApiVersion = ();
    // A new chain has nothing to migrate.
    #[cfg(not(feature = "runtime-benchmarks"))]
    type Migrations = ();
    #[cfg(feature = "runtime-benchmarks")]
    type Migrations = pallet_contracts::migration::codegen::BenchMigrations;
    type Xcm = ();
}

/// For contracts that nobody can upload any more.
pub struct NoRandomness;

impl Randomness<Hash, BlockNumber> for NoRandomness {
    fn random(_subject: &[u8]) -> (Hash, BlockNumber) {
        Default::default()
    }
}
