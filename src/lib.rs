//! Smart contracts in WebAssembly for FRAME runtimes: a drop-in for pallet-contracts.
//!
//! Code is uploaded once, contracts are instantiated from it, and anybody can call a contract. Every
//! instruction and every host function costs weight; every byte of storage costs a deposit that is given
//! back when the byte is freed. A call that fails leaves nothing behind but its cost.
//!
//! This crate keeps the calls, events, errors, storage, constants, runtime API and Rust API of
//! pallet-contracts 51. Contracts run on the Vellum engine, which meters by the WebAssembly program
//! alone. `docs/ARCHITECTURE.md` says how the parts fit together; the "Laws" that comments cite are there.
//!
//! | module | what it does |
//! |---|---|
//! | `entry` | from an extrinsic or a dry run to a call stack |
//! | `call_stack` | frames, nested calls, roll-back, what a contract can do |
//! | `execution` | runs a frame's code in the engine |
//! | `host_api` | the functions that contracts import |
//! | `code` | judges, stores and loads code |
//! | `contract`, `deletion_queue` | a contract's info and data, and their end |
//! | `transient_storage` | data that lives as long as a call stack |
//! | `meter` | gas and deposits |
//! | `benchmarking` | measures what `weights` prices, if a chain is built for that |
//! | `migration` | from what older releases stored to what this one stores |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod address;
mod api;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod call_stack;
mod code;
mod contract;
mod deletion_queue;
mod entry;
mod environment;
mod execution;
mod integrity;
mod meter;
mod origin;
mod prices;
#[allow(clippy::too_many_arguments, reason = "clients call the methods so")]
mod runtime_api;
mod schedule;
mod transient_storage;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;

pub mod chain_extension;
pub mod config_preludes;
pub mod debug;
pub mod host_api;
pub mod migration;
pub mod weights;
pub mod xcm;

#[cfg(test)]
mod tests;

use alloc::vec::Vec;
use codec::HasCompact;
use core::fmt::Debug;
use frame_support::{
    BoundedVec,
    dispatch::{
        DispatchResult, DispatchResultWithPostInfo, GetDispatchInfo, Pays, PostDispatchInfo, WithPostDispatchInfo,
    },
    traits::{
        ConstU32, Contains, Get, Randomness, Time,
        fungible::{Inspect, Mutate, MutateHold},
    },
    weights::{Weight, WeightMeter},
};
use frame_system::{
    EventRecord, ensure_root, ensure_signed,
    pallet_prelude::{BlockNumberFor, OriginFor},
};
use scale_info::TypeInfo;
use sp_runtime::{
    DispatchError, Perbill,
    traits::{Convert, Dispatchable, StaticLookup},
};

pub use crate::{
    address::{AddressGenerator, DefaultAddressGenerator},
    api::{
        Code, CodeUploadResult, CodeUploadReturnValue, CollectEvents, ContractAccessError, ContractExecResult,
        ContractInstantiateResult, ContractResult, DebugInfo, ExecReturnValue, GetStorageResult,
        InstantiateReturnValue, ReturnFlags, StorageDeposit,
    },
    call_stack::Frame,
    code::{CodeInfo, CodeRejection, Determinism, LinkError, ValidatedCode},
    contract::ContractInfo,
    debug::Tracing,
    deletion_queue::DeletionQueueManager,
    environment::{ApiVersion, Environment, EnvironmentType},
    migration::{MigrateSequence, Migration, NoopMigration},
    origin::Origin,
    pallet::*,
    runtime_api::*,
    schedule::{InstructionWeights, Limits, Schedule},
    weights::WeightInfo,
};

type AccountIdOf<T> = <T as frame_system::Config>::AccountId;
type AccountIdLookupOf<T> = <<T as frame_system::Config>::Lookup as StaticLookup>::Source;
type BalanceOf<T> = <<T as Config>::Currency as Inspect<AccountIdOf<T>>>::Balance;
type CodeHash<T> = <T as frame_system::Config>::Hash;
type CodeVec<T> = BoundedVec<u8, <T as Config>::MaxCodeLen>;
type DebugBufferVec<T> = BoundedVec<u8, <T as Config>::MaxDebugBufferLen>;
type EventRecordOf<T> = EventRecord<<T as frame_system::Config>::RuntimeEvent, <T as frame_system::Config>::Hash>;
type MomentOf<T> = <<T as Config>::Time as Time>::Moment;
/// Weight before it had a second dimension.
type OldWeight = u64;
type TrieId = BoundedVec<u8, ConstU32<128>>;

/// Stands for "none" where a contract passes a pointer or gets a length. No memory is that large.
const SENTINEL: u32 = u32::MAX;

/// The target of this crate's log.
const LOG_TARGET: &str = "runtime::contracts";

#[frame_support::pallet]
#[allow(clippy::allow_attributes_without_reason, reason = "the macro knows `allow(deprecated)` without one only")]
pub mod pallet {
    use super::*;
    use crate::migration::MigrateResult;
    use frame_support::pallet_prelude::*;

    /// The version of the storage layout, which is that of pallet-contracts 51.
    pub(crate) const STORAGE_VERSION: StorageVersion = StorageVersion::new(16);

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    #[pallet::config(with_default)]
    pub trait Config: frame_system::Config {
        /// Where contracts get the time from.
        type Time: Time;

        /// Where `random` gets its numbers from. New code cannot import it and no constructor can call it, so
        /// a chain without old contracts may put anything here.
        #[pallet::no_default_bounds]
        type Randomness: Randomness<Self::Hash, BlockNumberFor<Self>>;

        /// The currency that contracts hold, move and pay deposits in.
        #[pallet::no_default]
        type Currency: Inspect<Self::AccountId>
            + Mutate<Self::AccountId>
            + MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;

        /// The runtime's event type.
        #[pallet::no_default_bounds]
        #[allow(deprecated)]
        type RuntimeEvent: From<Event<Self>> + IsType<<Self as frame_system::Config>::RuntimeEvent>;

        /// The runtime's call type.
        #[pallet::no_default_bounds]
        type RuntimeCall: Dispatchable<RuntimeOrigin = Self::RuntimeOrigin, PostInfo = PostDispatchInfo>
            + GetDispatchInfo
            + codec::Decode
            + IsType<<Self as frame_system::Config>::RuntimeCall>;

        /// The runtime's hold reason type.
        #[pallet::no_default_bounds]
        type RuntimeHoldReason: From<HoldReason>;

        /// Which dispatchables a contract may call, of those that
        /// [`frame_system::Config::BaseCallFilter`] lets anybody call.
        ///
        /// Better list the few that are allowed than those that are not: contracts cannot be changed, so
        /// what they call must stay what it is, position and arguments included; and a dispatchable that
        /// takes much memory takes it on top of what all open calls have.
        #[pallet::no_default_bounds]
        type CallFilter: Contains<<Self as frame_system::Config>::RuntimeCall>;

        /// Tells contracts what weight costs. For information only: nothing is charged by it.
        #[pallet::no_default_bounds]
        type WeightPrice: Convert<Weight, BalanceOf<Self>>;

        /// The weights of extrinsics and host functions.
        type WeightInfo: WeightInfo;

        /// Host functions that the chain adds.
        #[pallet::no_default_bounds]
        type ChainExtension: chain_extension::ChainExtension<Self> + Default;

        /// Limits on what a contract may do.
        #[pallet::constant]
        #[pallet::no_default]
        type Schedule: Get<Schedule<Self>>;

        /// An array whose size is the number of calls that may be open above the first one.
        ///
        /// Each open call takes memory, see the integrity test.
        #[pallet::no_default]
        type CallStack: smallvec::Array<Item = Frame<Self>>;

        /// The deposit for each byte of storage. Changing it does not change deposits that are held.
        #[pallet::constant]
        #[pallet::no_default_bounds]
        type DepositPerByte: Get<BalanceOf<Self>>;

        /// The limit on deposits of a call that sets none.
        #[pallet::constant]
        #[pallet::no_default_bounds]
        type DefaultDepositLimit: Get<BalanceOf<Self>>;

        /// The deposit for each storage item. Changing it does not change deposits that are held.
        #[pallet::constant]
        #[pallet::no_default_bounds]
        type DepositPerItem: Get<BalanceOf<Self>>;

        /// The part of a code's deposit that every user of the code pays as well, because code that is
        /// used cannot be removed.
        #[pallet::constant]
        type CodeHashLockupDepositPercent: Get<Perbill>;

        /// Computes the addresses of new contracts.
        #[pallet::no_default_bounds]
        type AddressGenerator: AddressGenerator<Self>;

        /// The most bytes that a code may have. See the integrity test.
        #[pallet::constant]
        type MaxCodeLen: Get<u32>;

        /// The most bytes that a storage key of variable size may have.
        #[pallet::constant]
        type MaxStorageKeyLen: Get<u32>;

        /// The most bytes that the transient storage of a call stack may take, with its keys and all that
        /// is kept to undo writes.
        #[pallet::constant]
        type MaxTransientStorageSize: Get<u32>;

        /// The most code hashes that a contract may lock.
        #[pallet::constant]
        type MaxDelegateDependencies: Get<u32>;

        /// Whether contracts may use functions that may still change. Not for production.
        #[pallet::constant]
        type UnsafeUnstableInterface: Get<bool>;

        /// The most bytes of debug messages that a dry run collects.
        #[pallet::constant]
        type MaxDebugBufferLen: Get<u32>;

        /// Who may upload code.
        #[pallet::no_default_bounds]
        type UploadOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

        /// Who may instantiate contracts. Contracts themselves may, whatever this says.
        #[pallet::no_default_bounds]
        type InstantiateOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

        /// How storage that an older release wrote becomes what this one reads: the migrations from the
        /// version on chain to [the current one](migration), in order and without a gap. `()` if there is
        /// nothing to migrate.
        type Migrations: MigrateSequence;

        /// Hooks around calls, for tools. `()` on chains.
        #[pallet::no_default_bounds]
        type Debug: debug::Debugger<Self>;

        /// Types that the chain shares with contracts, as metadata. Always `()`.
        #[pallet::constant]
        #[pallet::no_default_bounds]
        type Environment: Get<Environment<Self>>;

        /// The version of the host functions, as metadata. Always `()`.
        #[pallet::constant]
        #[pallet::no_default_bounds]
        type ApiVersion: Get<ApiVersion>;

        /// What executes and sends XCM programs for contracts. `()` on a chain without XCM; see [`xcm`].
        #[pallet::no_default_bounds]
        type Xcm: crate::xcm::Controller<Self>;
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn on_idle(_block: BlockNumberFor<T>, limit: Weight) -> Weight {
            let mut meter = WeightMeter::with_limit(limit);
            loop {
                match Migration::<T>::migrate(&mut meter) {
                    MigrateResult::NoMigrationPerformed | MigrateResult::InProgress { steps_done: 0 } => {
                        return meter.consumed();
                    }
                    MigrateResult::InProgress { .. } => continue,
                    MigrateResult::Completed | MigrateResult::NoMigrationInProgress => break,
                }
            }
            deletion_queue::process_batch::<T>(&mut meter);
            meter.consumed()
        }

        fn integrity_test() {
            Migration::<T>::integrity_test();
            integrity::test::<T>();
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_block: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            try_state::check::<T>()
        }
    }

    // Metadata has the types of arguments as they are spelt here, and clients may compare it.
    #[pallet::call]
    impl<T: Config> Pallet<T>
    where
        <BalanceOf<T> as HasCompact>::Type: Clone + Eq + PartialEq + Debug + TypeInfo + Encode,
    {
        /// [`Self::call`] with a limit of `ref_time` alone, for calls that were stored long ago.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::call().saturating_add(Pallet::<T>::compat_weight_limit(*gas_limit)))]
        #[allow(deprecated)]
        #[deprecated(note = "weight has two dimensions; use `call`")]
        pub fn call_old_weight(
            origin: OriginFor<T>,
            dest: AccountIdLookupOf<T>,
            #[pallet::compact] value: BalanceOf<T>,
            #[pallet::compact] gas_limit: OldWeight,
            storage_deposit_limit: Option<<BalanceOf<T> as codec::HasCompact>::Type>,
            data: Vec<u8>,
        ) -> DispatchResultWithPostInfo {
            let gas_limit = Self::compat_weight_limit(gas_limit);
            Self::call(origin, dest, value, gas_limit, storage_deposit_limit, data)
        }

        /// [`Self::instantiate_with_code`] with a limit of `ref_time` alone, for calls that were stored long
        /// ago.
        #[pallet::call_index(1)]
        #[pallet::weight(
            T::WeightInfo::instantiate_with_code(len(code), len(data), len(salt))
                .saturating_add(Pallet::<T>::compat_weight_limit(*gas_limit))
        )]
        #[allow(deprecated)]
        #[deprecated(note = "weight has two dimensions; use `instantiate_with_code`")]
        pub fn instantiate_with_code_old_weight(
            origin: OriginFor<T>,
            #[pallet::compact] value: BalanceOf<T>,
            #[pallet::compact] gas_limit: OldWeight,
            storage_deposit_limit: Option<<BalanceOf<T> as codec::HasCompact>::Type>,
            code: Vec<u8>,
            data: Vec<u8>,
            salt: Vec<u8>,
        ) -> DispatchResultWithPostInfo {
            let gas_limit = Self::compat_weight_limit(gas_limit);
            Self::instantiate_with_code(origin, value, gas_limit, storage_deposit_limit, code, data, salt)
        }

        /// [`Self::instantiate`] with a limit of `ref_time` alone, for calls that were stored long ago.
        #[pallet::call_index(2)]
        #[pallet::weight(
            T::WeightInfo::instantiate(len(data), len(salt))
                .saturating_add(Pallet::<T>::compat_weight_limit(*gas_limit))
        )]
        #[allow(deprecated)]
        #[deprecated(note = "weight has two dimensions; use `instantiate`")]
        pub fn instantiate_old_weight(
            origin: OriginFor<T>,
            #[pallet::compact] value: BalanceOf<T>,
            #[pallet::compact] gas_limit: OldWeight,
            storage_deposit_limit: Option<<BalanceOf<T> as codec::HasCompact>::Type>,
            code_hash: CodeHash<T>,
            data: Vec<u8>,
            salt: Vec<u8>,
        ) -> DispatchResultWithPostInfo {
            let gas_limit = Self::compat_weight_limit(gas_limit);
            Self::instantiate(origin, value, gas_limit, storage_deposit_limit, code_hash, data, salt)
        }

        /// Stores code from which contracts can be instantiated.
        ///
        /// A deposit for it is held on the uploader's account until [`Self::remove_code`]. Code that is
        /// stored already is left as it is, for free. Relaxed code can be run off chain only.
        #[pallet::call_index(3)]
        #[pallet::weight(match determinism {
            Determinism::Enforced => {
                T::WeightInfo::upload_code_determinism_enforced(len(code))
            },
            Determinism::Relaxed => T::WeightInfo::upload_code_determinism_relaxed(len(code)),
        })]
        pub fn upload_code(
            origin: OriginFor<T>,
            code: Vec<u8>,
            storage_deposit_limit: Option<<BalanceOf<T> as codec::HasCompact>::Type>,
            determinism: Determinism,
        ) -> DispatchResult {
            Migration::<T>::ensure_migrated()?;
            let origin = T::UploadOrigin::ensure_origin(origin)?;
            let limit = storage_deposit_limit.map(Into::into);
            Self::bare_upload_code(origin, code, limit, determinism)?;
            Ok(())
        }

        /// Removes code that no contract uses and gives the deposit back to its owner, who alone may do
        /// this. It is free, because it makes the state smaller.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::remove_code())]
        pub fn remove_code(origin: OriginFor<T>, code_hash: CodeHash<T>) -> DispatchResultWithPostInfo {
            Migration::<T>::ensure_migrated()?;
            let origin = ensure_signed(origin)?;
            code::remove::<T>(&origin, code_hash)?;
            Ok(Pays::No.into())
        }

        /// Makes a contract run other code. Only root may do this. The address of the contract stays,
        /// and its deposits as well.
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::set_code())]
        pub fn set_code(origin: OriginFor<T>, dest: AccountIdLookupOf<T>, code_hash: CodeHash<T>) -> DispatchResult {
            Migration::<T>::ensure_migrated()?;
            ensure_root(origin)?;
            let dest = T::Lookup::lookup(dest)?;
            entry::set_code::<T>(dest, code_hash)
        }

        /// Calls a contract and moves `value` to it.
        ///
        /// Fails with [`Error::ContractNotFound`], and moves nothing, if no contract lives on `dest`. The
        /// weight that the call does not use is given back.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::call().saturating_add(*gas_limit))]
        pub fn call(
            origin: OriginFor<T>,
            dest: AccountIdLookupOf<T>,
            #[pallet::compact] value: BalanceOf<T>,
            gas_limit: Weight,
            storage_deposit_limit: Option<<BalanceOf<T> as codec::HasCompact>::Type>,
            data: Vec<u8>,
        ) -> DispatchResultWithPostInfo {
            Migration::<T>::ensure_migrated()?;
            let origin = Origin::<T>::from_runtime_origin(origin)?;
            let limit = storage_deposit_limit.map(Into::into);
            let dest = T::Lookup::lookup(dest)?;
            entry::Request { origin, value, gas_limit, storage_deposit_limit: limit, data }.call_extrinsic(dest)
        }

        /// Uploads code, if it is not stored already, and instantiates a contract from it.
        ///
        /// The deposit for the code counts against `storage_deposit_limit`.
        #[pallet::call_index(7)]
        #[pallet::weight(
            T::WeightInfo::instantiate_with_code(len(code), len(data), len(salt))
                .saturating_add(*gas_limit)
        )]
        pub fn instantiate_with_code(
            origin: OriginFor<T>,
            #[pallet::compact] value: BalanceOf<T>,
            gas_limit: Weight,
            storage_deposit_limit: Option<<BalanceOf<T> as codec::HasCompact>::Type>,
            code: Vec<u8>,
            data: Vec<u8>,
            salt: Vec<u8>,
        ) -> DispatchResultWithPostInfo {
            Migration::<T>::ensure_migrated()?;
            // A chain may map one origin to two accounts.
            let uploader = T::UploadOrigin::ensure_origin(origin.clone())?;
            let origin = T::InstantiateOrigin::ensure_origin(origin)?;
            let base_weight = T::WeightInfo::instantiate_with_code(len(&code), len(&data), len(&salt));
            let limit = storage_deposit_limit.map(Into::into);
            entry::Request::<T>::signed(origin, value, gas_limit, limit, data).upload_and_instantiate_extrinsic(
                uploader,
                code,
                salt,
                base_weight,
            )
        }

        /// Instantiates a contract from stored code and moves `value` to it.
        ///
        /// Its address is [`Pallet::contract_address`], and its constructor runs there.
        #[pallet::call_index(8)]
        #[pallet::weight(
            T::WeightInfo::instantiate(len(data), len(salt)).saturating_add(*gas_limit)
        )]
        pub fn instantiate(
            origin: OriginFor<T>,
            #[pallet::compact] value: BalanceOf<T>,
            gas_limit: Weight,
            storage_deposit_limit: Option<<BalanceOf<T> as codec::HasCompact>::Type>,
            code_hash: CodeHash<T>,
            data: Vec<u8>,
            salt: Vec<u8>,
        ) -> DispatchResultWithPostInfo {
            Migration::<T>::ensure_migrated()?;
            let origin = T::InstantiateOrigin::ensure_origin(origin)?;
            let base_weight = T::WeightInfo::instantiate(len(&data), len(&salt));
            let limit = storage_deposit_limit.map(Into::into);
            entry::Request::<T>::signed(origin, value, gas_limit, limit, data).instantiate_extrinsic(
                code_hash,
                salt,
                base_weight,
            )
        }

        /// Does a part of a [migration](crate::migration) that is in progress, for whoever does not want to
        /// wait for what `on_idle` does of it.
        ///
        /// Free if it has come any further. Fails with [`Error::NoMigrationPerformed`] if there is none.
        #[pallet::call_index(9)]
        #[pallet::weight(T::WeightInfo::migrate().saturating_add(*weight_limit))]
        pub fn migrate(origin: OriginFor<T>, weight_limit: Weight) -> DispatchResultWithPostInfo {
            ensure_signed(origin)?;
            let mut meter = WeightMeter::with_limit(weight_limit.saturating_add(T::WeightInfo::migrate()));
            let pays_fee = match Migration::<T>::migrate(&mut meter) {
                MigrateResult::InProgress { steps_done: 0 } => Pays::Yes,
                MigrateResult::InProgress { .. } | MigrateResult::Completed => Pays::No,
                MigrateResult::NoMigrationInProgress | MigrateResult::NoMigrationPerformed => {
                    return Err(DispatchError::from(Error::<T>::NoMigrationPerformed).with_weight(meter.consumed()));
                }
            };
            Ok(PostDispatchInfo { actual_weight: Some(meter.consumed()), pays_fee })
        }
    }

    #[pallet::event]
    pub enum Event<T: Config> {
        /// A contract was instantiated.
        Instantiated {
            /// Who instantiated it.
            deployer: T::AccountId,
            /// Its account.
            contract: T::AccountId,
        },
        /// A contract has terminated itself.
        Terminated {
            /// Its account.
            contract: T::AccountId,
            /// Who gets the rest of its balance.
            beneficiary: T::AccountId,
        },
        /// Code was stored.
        CodeStored {
            /// Its hash.
            code_hash: T::Hash,
            /// The deposit for it.
            deposit_held: BalanceOf<T>,
            /// Its owner.
            uploader: T::AccountId,
        },
        /// A contract has emitted an event.
        ContractEmitted {
            /// Its account.
            contract: T::AccountId,
            /// The event, encoded as the contract's metadata says.
            data: Vec<u8>,
        },
        /// Code was removed.
        CodeRemoved {
            /// Its hash.
            code_hash: T::Hash,
            /// The deposit for it.
            deposit_released: BalanceOf<T>,
            /// Its owner.
            remover: T::AccountId,
        },
        /// A contract runs other code from now on.
        ContractCodeUpdated {
            /// Its account.
            contract: T::AccountId,
            /// The hash of the code that it runs now.
            new_code_hash: T::Hash,
            /// The hash of the code that it ran before.
            old_code_hash: T::Hash,
        },
        /// A contract was called, and has neither failed nor reverted.
        Called {
            /// Who called it.
            caller: Origin<T>,
            /// Its account.
            contract: T::AccountId,
        },
        /// A contract has run other code as itself, which has neither failed nor reverted.
        DelegateCalled {
            /// Its account.
            contract: T::AccountId,
            /// The hash of the code.
            code_hash: CodeHash<T>,
        },
        /// A deposit was taken.
        StorageDepositTransferredAndHeld {
            /// Who paid.
            from: T::AccountId,
            /// The contract that holds it.
            to: T::AccountId,
            /// How much.
            amount: BalanceOf<T>,
        },
        /// A deposit was given back.
        StorageDepositTransferredAndReleased {
            /// The contract that held it.
            from: T::AccountId,
            /// Who got it.
            to: T::AccountId,
            /// How much.
            amount: BalanceOf<T>,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The schedule is invalid.
        InvalidSchedule,
        /// A contract passed flags that do not exist or do not go together.
        InvalidCallFlags,
        /// The contract needs more weight than it was given.
        OutOfGas,
        /// A contract's buffer is too small for an output.
        OutputBufferTooSmall,
        /// Balance could not be moved, probably because there is not enough of it.
        TransferFailed,
        /// Too many calls are open.
        MaxCallDepthReached,
        /// No contract lives on the account.
        ContractNotFound,
        /// The code is longer than the chain stores.
        CodeTooLarge,
        /// No code is stored under the hash.
        CodeNotFound,
        /// No info on the code is stored under the hash.
        CodeInfoNotFound,
        /// A contract passed a pointer to bytes that are not in its memory.
        OutOfBounds,
        /// A contract passed bytes that are not what they should be.
        DecodingFailed,
        /// The contract trapped.
        ContractTrapped,
        /// A contract's value or event is larger than the chain stores.
        ValueTooLarge,
        /// A contract that is on the call stack twice cannot terminate.
        TerminatedWhileReentrant,
        /// A contract has given its input away and cannot read it.
        InputForwarded,
        /// The subject of a random number is too long.
        RandomSubjectTooLong,
        /// An event has too many topics.
        TooManyTopics,
        /// The chain has no such extension.
        NoChainExtension,
        /// An XCM program cannot be decoded.
        XCMDecodeFailed,
        /// A contract lives on the account already.
        DuplicateContract,
        /// A contract cannot terminate in its constructor.
        TerminatedInConstructor,
        /// A contract that is running must not be called again, or the runtime must not be entered again
        /// from a contract.
        ReentranceDenied,
        /// A read-only call must not change state.
        StateChangeDenied,
        /// The origin cannot pay the deposit.
        StorageDepositNotEnoughFunds,
        /// The deposit is more than its limit.
        StorageDepositLimitExhausted,
        /// Code that is used cannot be removed.
        CodeInUse,
        /// The contract has reverted its changes. Only extrinsics fail with this: dry runs return what
        /// the contract returned.
        ContractReverted,
        /// The code is not that of a contract, or uses what the chain does not offer. A dry run says
        /// what and where.
        CodeRejected,
        /// Code that is not deterministic cannot run here.
        Indeterministic,
        /// A migration must be completed first.
        MigrationInProgress,
        /// There was no migration to perform.
        NoMigrationPerformed,
        /// The contract has locked as much code as it may.
        MaxDelegateDependenciesReached,
        /// The contract has not locked this code.
        DelegateDependencyNotFound,
        /// The contract has locked this code already.
        DelegateDependencyAlreadyExists,
        /// A contract cannot lock its own code.
        CannotAddSelfAsDelegateDependency,
        /// A call has stored more transient data than it may.
        OutOfTransientStorage,
    }

    /// What this pallet holds balance for.
    #[pallet::composite_enum]
    pub enum HoldReason {
        /// For stored code.
        CodeUploadDepositReserve,
        /// For a contract and its storage.
        StorageDepositReserve,
    }

    /// Code by its hash.
    #[pallet::storage]
    pub(crate) type PristineCode<T: Config> = StorageMap<_, Identity, CodeHash<T>, CodeVec<T>>;

    /// What is known about code, by its hash.
    #[pallet::storage]
    pub(crate) type CodeInfoOf<T: Config> = StorageMap<_, Identity, CodeHash<T>, CodeInfo<T>>;

    /// Under which rules code was validated, by its hash. Code that pallet-contracts stored has none.
    #[pallet::storage]
    pub(crate) type CodeFeatures<T: Config> = StorageMap<_, Identity, CodeHash<T>, ValidatedCode>;

    /// How many contracts were ever instantiated.
    ///
    /// It makes the id of each contract's child trie unique. Without it a contract that is created on
    /// the account of a terminated one could see data that is not deleted yet.
    #[pallet::storage]
    pub(crate) type Nonce<T: Config> = StorageValue<_, u64, ValueQuery>;

    /// Contracts by their accounts.
    ///
    /// The hasher is safe: nobody can choose an account, which is a hash, so as to unbalance the trie.
    #[pallet::storage]
    pub(crate) type ContractInfoOf<T: Config> = StorageMap<_, Twox64Concat, T::AccountId, ContractInfo<T>>;

    /// Child tries of terminated contracts that are to be deleted.
    #[pallet::storage]
    pub(crate) type DeletionQueue<T: Config> = StorageMap<_, Twox64Concat, u32, TrieId>;

    /// Where the deletion queue begins and ends.
    #[pallet::storage]
    pub(crate) type DeletionQueueCounter<T: Config> = StorageValue<_, DeletionQueueManager<T>, ValueQuery>;

    /// How far a migration has come; nothing if there is none.
    #[pallet::storage]
    pub(crate) type MigrationInProgress<T: Config> = StorageValue<_, migration::Cursor, OptionQuery>;

    /// The length of an argument, for its weight. Extrinsics are shorter than 4 GiB.
    fn len(bytes: &[u8]) -> u32 {
        u32::try_from(bytes.len()).unwrap_or(u32::MAX)
    }
}

impl<T: Config> Pallet<T> {
    fn deposit_event(event: Event<T>) {
        let event = <T as Config>::RuntimeEvent::from(event);
        frame_system::Pallet::<T>::deposit_event(event);
    }

    fn deposit_indexed_event(topics: Vec<T::Hash>, event: Event<T>) {
        let event = <T as Config>::RuntimeEvent::from(event);
        frame_system::Pallet::<T>::deposit_event_indexed(&topics, event.into());
    }

    /// Both dimensions of a limit that was given when weight had one: with a proof of nothing no code could
    /// be loaded.
    fn compat_weight_limit(gas_limit: OldWeight) -> Weight {
        Weight::from_parts(gas_limit, u64::from(T::MaxCodeLen::get()).saturating_mul(2))
    }

    fn min_balance() -> BalanceOf<T> {
        <T::Currency as Inspect<AccountIdOf<T>>>::minimum_balance()
    }
}
