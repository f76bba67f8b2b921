//! The mock runtime: system, timestamp, balances, and the pallet as `Contracts`.
//!
//! Balances are `u128` and block numbers `u32`, as ink!'s default environment has them, so that real contracts run.
//! What a test may want different is a `static` parameter: it is thread-local, and every test has a thread of its own.

#![allow(missing_docs, reason = "the types that `construct_runtime!` makes are those of every FRAME runtime")]

use codec::Encode;
use frame_support::{
    construct_runtime, derive_impl, parameter_types,
    traits::{ConstU32, Contains, EnsureOrigin, Randomness},
    weights::{RuntimeDbWeight, Weight, constants::RocksDbWeight},
};
use frame_system::{EnsureSigned, pallet_prelude::BlockNumberFor};
use pallet_contracts::{
    AddressGenerator, DefaultAddressGenerator, Frame, InstructionWeights, Limits, Schedule,
    chain_extension::{ChainExtension, Environment, Ext, InitState, RetVal},
};
use sp_core::Get;
use sp_runtime::{
    AccountId32, Perbill,
    traits::{Convert, IdentityLookup},
};

/// The identity of whoever acts on the chain.
pub type AccountId = AccountId32;
/// The unit of the currency.
pub type Balance = u128;
/// What identifies a code.
pub type CodeHash = sp_core::H256;

/// Makes an address of deployer, code hash, input and salt.
pub type Formula = fn(&AccountId, &CodeHash, &[u8], &[u8]) -> AccountId;

type Block = frame_system::mocking::MockBlockU32<Test>;

construct_runtime!(
    pub enum Test {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Balances: pallet_balances,
        Contracts: pallet_contracts,
        Errands: crate::errands,
    }
);

parameter_types! {
    /// Least balance of an account that exists.
    pub static ExistentialDeposit: Balance = 1;
    /// Price of a stored byte.
    pub static DepositPerByte: Balance = 1;
    /// Price of a stored item.
    pub static DepositPerItem: Balance = 2;
    /// Share of a code's deposit that a user of the code pays.
    pub static CodeHashLockupDepositPercent: Perbill = Perbill::from_percent(0);
    /// Deposit limit of calls that name none.
    pub static DefaultDepositLimit: Balance = 10_000_000;
    /// How many codes a contract may depend on.
    pub static MaxDelegateDependencies: u32 = 32;
    /// Limits of contracts: the usual ones, on nodes with memory for six open calls of the longest code.
    pub ContractsSchedule: Schedule<Test> = Schedule {
        limits: Limits { runtime_memory: 256 * 1024 * 1024, ..Limits::default() },
        instruction_weights: instruction_weights(),
    };
    /// What access to the database costs.
    pub static DbWeight: RuntimeDbWeight = RocksDbWeight::get();
    /// What an instruction costs under pallet-contracts, if not what its weights say. The pallet does not look at it.
    pub static InstructionBase: Option<u32> = None;
    /// Who may upload; everyone if `None`.
    pub static UploadAccount: Option<AccountId> = None;
    /// Who may instantiate; everyone if `None`.
    pub static InstantiateAccount: Option<AccountId> = None;
    /// Whether contracts may import chain extensions.
    pub static ChainExtensionEnabled: bool = false;
    /// Whether contracts may dispatch calls of the runtime that move balance.
    pub static RuntimeCallsAllowed: bool = true;
    /// Whether contracts may import functions that may still change.
    pub static UnstableInterface: bool = false;
    /// Bytes of transient storage.
    pub static MaxTransientStorageSize: u32 = 1024 * 1024;
    /// Bytes of debug messages.
    pub static MaxDebugBufferLen: u32 = 2 * 1024 * 1024;
    /// How addresses are made, for tests that need them to be known in advance.
    pub static AddressFormula: Option<Formula> = None;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type AccountId = AccountId;
    type Lookup = IdentityLookup<AccountId>;
    type DbWeight = DbWeight;
    type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type Balance = Balance;
    type ExistentialDeposit = ExistentialDeposit;
    type AccountStore = System;
}

impl crate::errands::Config for Test {
    type Currency = Balances;
}

/// What both pallets come with, so that they can be compared; or what the development runtime has measured.
#[cfg(not(feature = "measured-weights"))]
type Weights = pallet_contracts::weights::SubstrateWeight<Test>;
#[cfg(feature = "measured-weights")]
type Weights = crate::contracts_weights::ContractsWeight<Test>;

impl pallet_contracts::Config for Test {
    type Time = Timestamp;
    type Randomness = Dice;
    type Currency = Balances;
    type RuntimeEvent = RuntimeEvent;
    type RuntimeCall = RuntimeCall;
    type RuntimeHoldReason = RuntimeHoldReason;
    type CallFilter = RuntimeCallFilter;
    type WeightPrice = Price;
    type WeightInfo = Weights;
    type ChainExtension = Extension;
    type Schedule = ContractsSchedule;
    type CallStack = [Frame<Self>; 5];
    type DepositPerByte = DepositPerByte;
    type DefaultDepositLimit = DefaultDepositLimit;
    type DepositPerItem = DepositPerItem;
    type CodeHashLockupDepositPercent = CodeHashLockupDepositPercent;
    type AddressGenerator = Addresses;
    type MaxCodeLen = ConstU32<{ 256 * 1024 }>;
    type MaxStorageKeyLen = ConstU32<128>;
    type MaxTransientStorageSize = MaxTransientStorageSize;
    type MaxDelegateDependencies = MaxDelegateDependencies;
    type UnsafeUnstableInterface = UnstableInterface;
    type MaxDebugBufferLen = MaxDebugBufferLen;
    type UploadOrigin = Only<UploadAccount>;
    type InstantiateOrigin = Only<InstantiateAccount>;
    type Debug = crate::watch::Watch;
    type Environment = ();
    type ApiVersion = ();
    type Migrations = ();
    type Xcm = ();
}

fn instruction_weights() -> InstructionWeights<Test> {
    let weights = InstructionWeights::default();
    InstructionWeights { base: InstructionBase::get().unwrap_or(weights.base), ..weights }
}

/// Numbers that a test can foretell.
pub struct Dice;

impl Randomness<sp_core::H256, BlockNumberFor<Test>> for Dice {
    fn random(subject: &[u8]) -> (sp_core::H256, BlockNumberFor<Test>) {
        (sp_io::hashing::blake2_256(subject).into(), 7)
    }
}

/// One unit of balance per picosecond, so that tests can tell weights and fees apart by sight.
pub struct Price;

impl Convert<Weight, Balance> for Price {
    fn convert(weight: Weight) -> Balance {
        weight.ref_time().into()
    }
}

/// Lets contracts dispatch what [`RuntimeCallsAllowed`] says.
pub struct RuntimeCallFilter;

impl Contains<RuntimeCall> for RuntimeCallFilter {
    fn contains(call: &RuntimeCall) -> bool {
        RuntimeCallsAllowed::get() || !matches!(call, RuntimeCall::Balances(_))
    }
}

/// A signed origin, and of this account if one is named.
pub struct Only<Account>(core::marker::PhantomData<Account>);

impl<Account: Get<Option<AccountId>>> EnsureOrigin<RuntimeOrigin> for Only<Account> {
    type Success = AccountId;

    fn try_origin(origin: RuntimeOrigin) -> Result<AccountId, RuntimeOrigin> {
        let signer = EnsureSigned::try_origin(origin.clone())?;
        match Account::get() {
            Some(account) if account != signer => Err(origin),
            _ => Ok(signer),
        }
    }
}

/// Addresses as every chain makes them, unless a test brings its own formula.
pub struct Addresses;

impl AddressGenerator<Test> for Addresses {
    fn contract_address(deployer: &AccountId, code_hash: &CodeHash, input: &[u8], salt: &[u8]) -> AccountId {
        match AddressFormula::get() {
            Some(formula) => formula(deployer, code_hash, input, salt),
            None => {
                <DefaultAddressGenerator as AddressGenerator<Test>>::contract_address(deployer, code_hash, input, salt)
            }
        }
    }
}

/// A chain extension that is there or not, and answers every call with its number.
#[derive(Default)]
pub struct Extension;

impl ChainExtension<Test> for Extension {
    fn call<E: Ext<T = Test>>(
        &mut self,
        env: Environment<E, InitState>,
    ) -> pallet_contracts::chain_extension::Result<RetVal> {
        Ok(RetVal::Converging(env.func_id().into()))
    }

    fn enabled() -> bool {
        ChainExtensionEnabled::get()
    }
}

/// The root of the whole state, child tries included: equal roots, equal states.
pub fn state_root() -> Vec<u8> {
    frame_support::__private::storage_root(sp_runtime::StateVersion::V1).encode()
}
