//! A mock chain whose contracts may execute and send XCM programs.
//!
//! Programs are executed by XCM's own executor, set up as a chain sets it up that knows its own currency and its own
//! accounts only. What stands between it and the pallet is [`Courier`], in the place of pallet-xcm on a chain. Messages go
//! to the [`Outbox`].

#![allow(missing_docs, reason = "the types that `construct_runtime!` makes are those of every FRAME runtime")]

use codec::Encode;
use frame_support::{
    construct_runtime, derive_impl,
    dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
    parameter_types,
    traits::{ConstU32, Contains, Nothing},
    weights::Weight,
};
use frame_system::{EnsureSigned, RawOrigin};
use pallet_contracts::{Frame, Schedule};
use sp_runtime::{AccountId32, DispatchError, traits::IdentityLookup};
use xcm::{VersionedLocation, VersionedXcm, latest::prelude::*};
use xcm_builder::{
    AccountId32Aliases, ExecuteController, ExecuteControllerWeightInfo, FixedWeightBounds, FrameTransactionalProcessor,
    FungibleAdapter, IsConcrete, QueryController, SendController, SendControllerWeightInfo, SignedAccountId32AsNative,
    TakeWeightCredit,
};
use xcm_executor::{
    XcmExecutor,
    traits::{QueryHandler, QueryResponseStatus},
};

type Block = frame_system::mocking::MockBlock<Test>;
type AccountId = AccountId32;
type Balance = u128;

construct_runtime!(
    pub enum Test {
        System: frame_system,
        Timestamp: pallet_timestamp,
        Balances: pallet_balances,
        Contracts: pallet_contracts,
    }
);

/// What executing costs besides the program.
pub const EXECUTE_WEIGHT: Weight = Weight::from_parts(1_000_000, 100);
/// What sending costs.
pub const SEND_WEIGHT: Weight = Weight::from_parts(2_000_000, 200);
/// What each instruction of a program costs.
pub const INSTRUCTION_WEIGHT: Weight = Weight::from_parts(10_000_000, 1_000);

parameter_types! {
    pub const HereLocation: Location = Location::here();
    pub const AnyNetwork: Option<NetworkId> = None;
    pub UniversalLocation: InteriorLocation = [GlobalConsensus(Polkadot), Parachain(1)].into();
    pub const InstructionWeight: Weight = INSTRUCTION_WEIGHT;
    pub ContractsSchedule: Schedule<Test> = Schedule::default();
    /// What was sent, to whom.
    pub static Outbox: Vec<(Location, Xcm<()>)> = Vec::new();
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
    type Block = Block;
    type AccountId = AccountId;
    type Lookup = IdentityLookup<AccountId>;
    type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_timestamp::config_preludes::TestDefaultConfig)]
impl pallet_timestamp::Config for Test {}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
    type Balance = Balance;
    type AccountStore = System;
}

/// The price of whatever is stored.
pub struct Deposit;

impl sp_core::Get<Balance> for Deposit {
    fn get() -> Balance {
        1
    }
}

/// Plenty.
pub struct DepositLimit;

impl sp_core::Get<Balance> for DepositLimit {
    fn get() -> Balance {
        1_000_000
    }
}

#[derive_impl(pallet_contracts::config_preludes::TestDefaultConfig)]
impl pallet_contracts::Config for Test {
    type Time = Timestamp;
    type Currency = Balances;
    type CallStack = [Frame<Self>; 5];
    type Schedule = ContractsSchedule;
    type DepositPerByte = Deposit;
    type DepositPerItem = Deposit;
    type DefaultDepositLimit = DepositLimit;
    type UploadOrigin = EnsureSigned<AccountId>;
    type InstantiateOrigin = EnsureSigned<AccountId>;
    type Xcm = Courier;
}

/// Programs may dispatch transfers and calls of contracts, and nothing else.
pub struct SafeCalls;

impl Contains<RuntimeCall> for SafeCalls {
    fn contains(call: &RuntimeCall) -> bool {
        matches!(call, RuntimeCall::Balances(_) | RuntimeCall::Contracts(_))
    }
}

/// How programs are executed.
pub struct ExecutorConfig;

impl xcm_executor::Config for ExecutorConfig {
    type RuntimeCall = RuntimeCall;
    type XcmSender = Sender;
    type XcmEventEmitter = ();
    type AssetTransactor =
        FungibleAdapter<Balances, IsConcrete<HereLocation>, AccountId32Aliases<AnyNetwork, AccountId>, AccountId, ()>;
    type OriginConverter = SignedAccountId32AsNative<AnyNetwork, RuntimeOrigin>;
    type IsReserve = ();
    type IsTeleporter = ();
    type Aliasers = Nothing;
    type UniversalLocation = UniversalLocation;
    type Barrier = TakeWeightCredit;
    type Weigher = FixedWeightBounds<InstructionWeight, RuntimeCall, ConstU32<100>>;
    type Trader = ();
    type ResponseHandler = ();
    type AssetTrap = ();
    type AssetLocker = ();
    type AssetExchanger = ();
    type SubscriptionService = ();
    type PalletInstancesInfo = AllPalletsWithSystem;
    type MaxAssetsIntoHolding = ConstU32<8>;
    type FeeManager = ();
    type MessageExporter = ();
    type UniversalAliases = Nothing;
    type CallDispatcher = RuntimeCall;
    type SafeCallFilter = SafeCalls;
    type TransactionalProcessor = FrameTransactionalProcessor;
    type HrmpNewChannelOpenRequestHandler = ();
    type HrmpChannelAcceptedHandler = ();
    type HrmpChannelClosingHandler = ();
    type XcmRecorder = ();
}

/// Delivers to the [`Outbox`], but knows the way to other chains only.
pub struct Sender;

impl SendXcm for Sender {
    type Ticket = (Location, Xcm<()>);

    fn validate(dest: &mut Option<Location>, message: &mut Option<Xcm<()>>) -> SendResult<Self::Ticket> {
        let (Some(dest), Some(message)) = (dest.take(), message.take()) else { return Err(SendError::MissingArgument) };
        if dest.parents == 0 { Err(SendError::Unroutable) } else { Ok(((dest, message), Assets::new())) }
    }

    fn deliver(ticket: Self::Ticket) -> Result<XcmHash, SendError> {
        let id = message_id(&ticket.1);
        Outbox::mutate(|sent| sent.push(ticket));
        Ok(id)
    }
}

/// What names a message that was sent.
pub fn message_id(message: &Xcm<()>) -> XcmHash {
    sp_io::hashing::blake2_256(&message.encode())
}

/// Where an account lies.
pub fn location(account: &AccountId) -> Location {
    Junction::AccountId32 { network: None, id: account.clone().into() }.into()
}

fn signer(origin: RuntimeOrigin) -> Result<Location, DispatchError> {
    match origin.into() {
        Ok(RawOrigin::Signed(account)) => Ok(location(&account)),
        _ => Err(DispatchError::BadOrigin),
    }
}

/// Does for contracts what pallet-xcm does.
pub struct Courier;

impl ExecuteControllerWeightInfo for Courier {
    fn execute() -> Weight {
        EXECUTE_WEIGHT
    }
}

impl ExecuteController<RuntimeOrigin, RuntimeCall> for Courier {
    type WeightInfo = Self;

    fn execute(
        origin: RuntimeOrigin,
        message: Box<VersionedXcm<RuntimeCall>>,
        max_weight: Weight,
    ) -> Result<Weight, DispatchErrorWithPostInfo> {
        let origin = signer(origin).map_err(|error| error.with_weight(EXECUTE_WEIGHT))?;
        let message: Xcm<RuntimeCall> =
            (*message).try_into().map_err(|()| DispatchError::Other("version").with_weight(EXECUTE_WEIGHT))?;
        let mut id = message.using_encoded(sp_io::hashing::blake2_256);
        let outcome =
            XcmExecutor::<ExecutorConfig>::prepare_and_execute(origin, message, &mut id, max_weight, max_weight);
        let used = outcome.weight_used();
        outcome
            .ensure_complete()
            .map_err(|_| DispatchError::Other("incomplete").with_weight(used.saturating_add(EXECUTE_WEIGHT)))?;
        Ok(used)
    }
}

impl SendControllerWeightInfo for Courier {
    fn send() -> Weight {
        SEND_WEIGHT
    }
}

impl SendController<RuntimeOrigin> for Courier {
    type WeightInfo = Self;

    fn send(
        origin: RuntimeOrigin,
        dest: Box<VersionedLocation>,
        message: Box<VersionedXcm<()>>,
    ) -> Result<XcmHash, DispatchError> {
        let origin: InteriorLocation =
            signer(origin)?.try_into().map_err(|_| DispatchError::Other("not an origin of this chain"))?;
        let dest: Location = (*dest).try_into().map_err(|()| DispatchError::Other("version"))?;
        let mut message: Xcm<()> = (*message).try_into().map_err(|()| DispatchError::Other("version"))?;
        message.0.insert(0, DescendOrigin(origin));
        let (ticket, _) = validate_send::<Sender>(dest, message).map_err(|_| DispatchError::Other("unroutable"))?;
        Sender::deliver(ticket).map_err(|_| DispatchError::Other("undelivered"))
    }
}

/// Contracts ask nothing.
impl QueryHandler for Courier {
    type BlockNumber = u64;
    type Error = ();
    type UniversalLocation = UniversalLocation;

    fn new_query(_: impl Into<Location>, _: u64, _: impl Into<Location>) -> QueryId {
        0
    }

    fn report_outcome(_: &mut Xcm<()>, _: impl Into<Location>, _: u64) -> Result<QueryId, ()> {
        Err(())
    }

    fn take_response(_: QueryId) -> QueryResponseStatus<u64> {
        QueryResponseStatus::NotFound
    }
}

impl QueryController<RuntimeOrigin, u64> for Courier {
    type WeightInfo = ();

    fn query(_: RuntimeOrigin, _: u64, _: VersionedLocation) -> Result<QueryId, DispatchError> {
        Err(DispatchError::Unavailable)
    }
}
