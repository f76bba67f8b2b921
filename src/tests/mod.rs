//! A small chain for unit tests, and tests of calls as a whole.

use crate::{
    AccountIdOf, Code, CollectEvents, Config, ContractInfo, ContractInfoOf, ContractResult, DebugInfo, Determinism,
    Error, ExecReturnValue, Frame, Schedule,
};
use frame_support::{
    construct_runtime, derive_impl, parameter_types,
    traits::{ConstU64, Contains, Hooks, Randomness, fungible::Mutate},
    weights::Weight,
};
use sp_core::H256;
use sp_runtime::{AccountId32, BuildStorage, DispatchError, Perbill, traits::IdentityLookup};

mod calls;
mod chain_extensions;
mod deposits;
mod gas;
mod host_functions;
mod metadata;
#[cfg(feature = "profile")]
mod profile;
mod upload;

type Block = frame_system::mocking::MockBlock<Test>;

construct_runtime!(
    pub enum Test {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Balances: pallet_balances,
        Contracts: crate,
    }
);

parameter_types! {
    /// Prices of storage, which a test may change while contracts exist.
    pub static DepositPerByte: u64 = 1;
    pub static DepositPerItem: u64 = 100;
    pub static CodeHashLockupDepositPercent: Perbill = Perbill::from_percent(30);
    /// Whether the chain has extensions.
    pub static ChainExtensionsEnabled: bool = false;
    pub ContractsSchedule: Schedule<Test> = Schedule::default();
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type AccountId = AccountId32;
    type Lookup = IdentityLookup<AccountId32>;
    type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type ExistentialDeposit = ConstU64<EXISTENTIAL_DEPOSIT>;
    type AccountStore = System;
}

/// Contracts may dispatch calls of this pallet, which then has to refuse them, and of `System`.
pub struct ContractCalls;

impl Contains<RuntimeCall> for ContractCalls {
    fn contains(call: &RuntimeCall) -> bool {
        matches!(call, RuntimeCall::Contracts(_) | RuntimeCall::System(_))
    }
}

#[derive_impl(crate::config_preludes::TestDefaultConfig)]
impl Config for Test {
    type Time = Timestamp;
    type Currency = Balances;
    type CallFilter = ContractCalls;
    type ChainExtension = (chain_extensions::Tools, chain_extensions::SwitchedOff, chain_extensions::Refusal);
    type CallStack = [Frame<Self>; 5];
    type Schedule = ContractsSchedule;
    type DepositPerByte = DepositPerByte;
    type DepositPerItem = DepositPerItem;
    type CodeHashLockupDepositPercent = CodeHashLockupDepositPercent;
    type Migrations = crate::migration::codegen::BenchMigrations;
    type Randomness = Dice;
}

/// Numbers that a test can foretell.
pub struct Dice;

impl Randomness<H256, u64> for Dice {
    fn random(subject: &[u8]) -> (H256, u64) {
        (sp_io::hashing::blake2_256(subject).into(), 7)
    }
}

pub const EXISTENTIAL_DEPOSIT: u64 = 5;
pub const ALICE: AccountId32 = AccountId32::new([1; 32]);
pub const BOB: AccountId32 = AccountId32::new([2; 32]);
pub const CHARLIE: AccountId32 = AccountId32::new([3; 32]);
pub const ENDOWMENT: u64 = 10_000_000;
pub const GAS_LIMIT: Weight = Weight::from_parts(500_000_000_000, 10_000_000);

/// Runs a test on a chain where Alice and Bob are rich, and checks at the end that what is held re-adds.
pub fn on_chain<R>(test: impl FnOnce() -> R) -> R {
    let storage = frame_system::GenesisConfig::<Test>::default().build_storage().expect("the default builds; qed");
    let mut chain = sp_io::TestExternalities::new(storage);
    chain.execute_with(|| {
        System::set_block_number(1);
        crate::pallet::STORAGE_VERSION.put::<Contracts>();
        for account in [ALICE, BOB] {
            Balances::set_balance(&account, ENDOWMENT);
        }
        let result = test();
        deposits_re_add();
        assert_eq!(crate::try_state::check::<Test>(), Ok(()));
        result
    })
}

/// What is held on a contract is what its info says. On a chain more may be held, see `try_state`.
fn deposits_re_add() {
    use frame_support::traits::fungible::InspectHold;
    for (account, info) in ContractInfoOf::<Test>::iter() {
        let dependencies: u64 = info.delegate_dependencies().values().sum();
        let held = Balances::balance_on_hold(&crate::HoldReason::StorageDepositReserve.into(), &account);
        assert_eq!(held, info.total_deposit() + dependencies, "deposits of {account:?}");
    }
}

/// Items of a contract, and bytes of their values.
pub fn stored(info: &ContractInfo<Test>) -> (u32, u32) {
    crate::try_state::stored(info)
}

/// Assembles a contract. `deploy` does nothing unless the text defines it.
pub fn contract(text: &str) -> Vec<u8> {
    let deploy = if text.contains("\"deploy\"") { "" } else { "(func (export \"deploy\"))" };
    let call = if text.contains("\"call\"") { "" } else { "(func (export \"call\"))" };
    wat::parse_str(format!("(module {text} {deploy} {call})")).expect("the test's text is a module")
}

/// Uploads and instantiates a contract as Alice, and returns its address.
pub fn deploy(code: Vec<u8>) -> AccountId32 {
    deploy_with(code, 0, vec![], vec![])
}

pub fn deploy_with(code: Vec<u8>, value: u64, data: Vec<u8>, salt: Vec<u8>) -> AccountId32 {
    let outcome = instantiate(Code::Upload(code), value, data, salt);
    let returned = outcome.result.unwrap_or_else(|error| {
        panic!("{error:?}: {}", String::from_utf8_lossy(&outcome.debug_message));
    });
    assert!(!returned.result.did_revert(), "the constructor reverted");
    returned.account_id
}

pub fn instantiate(
    code: Code<H256>,
    value: u64,
    data: Vec<u8>,
    salt: Vec<u8>,
) -> crate::ContractInstantiateResult<AccountId32, u64, crate::EventRecordOf<Test>> {
    let (debug, events) = (DebugInfo::UnsafeDebug, CollectEvents::Skip);
    Contracts::bare_instantiate(ALICE, value, GAS_LIMIT, None, code, data, salt, debug, events)
}

pub type CallResult = ContractResult<Result<ExecReturnValue, DispatchError>, u64, crate::EventRecordOf<Test>>;

/// Calls a contract as Alice.
pub fn call(contract: &AccountId32, data: Vec<u8>) -> CallResult {
    call_with(contract, 0, GAS_LIMIT, None, data)
}

pub fn call_with(
    contract: &AccountId32,
    value: u64,
    gas_limit: Weight,
    deposit_limit: Option<u64>,
    data: Vec<u8>,
) -> CallResult {
    Contracts::bare_call(
        ALICE,
        contract.clone(),
        value,
        gas_limit,
        deposit_limit,
        data,
        DebugInfo::UnsafeDebug,
        CollectEvents::Skip,
        Determinism::Enforced,
    )
}

/// The data of a call that must have succeeded.
pub fn output(result: CallResult) -> Vec<u8> {
    result.result.expect("the call succeeds").data
}

pub fn info(contract: &AccountId32) -> ContractInfo<Test> {
    ContractInfoOf::<Test>::get(contract).expect("the contract exists")
}

/// Events of this pallet since the last look.
pub fn events() -> Vec<crate::Event<Test>> {
    let events = System::events();
    System::reset_events();
    events
        .into_iter()
        .filter_map(|record| match record.event {
            RuntimeEvent::Contracts(event) => Some(event),
            _ => None,
        })
        .collect()
}

#[test]
fn the_mock_configuration_is_sound() {
    Contracts::integrity_test();
}
