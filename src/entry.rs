//! From outside into a call stack: extrinsics, dry runs, and the functions for other pallets.
//!
//! No contract can be called or created from outside while one runs: a contract that dispatches such an
//! extrinsic gets [`Error::ReentranceDenied`].

use crate::{
    AccountIdOf, BalanceOf, Code, CodeHash, CodeRejection, CodeUploadResult, CodeUploadReturnValue, CollectEvents,
    Config, ContractAccessError, ContractExecResult, ContractInfo, ContractInfoOf, ContractInstantiateResult,
    ContractResult, DebugBufferVec, DebugInfo, Determinism, Error, Event, EventRecordOf, ExecReturnValue,
    GetStorageResult, InstantiateReturnValue, Origin, Pallet, StorageDeposit,
    address::AddressGenerator,
    call_stack::{self, ExecError, Invocation},
    code::{self, Executable, StoredCode, UploadedCode},
    contract::Key,
    execution,
    meter::{diff::DepositOf, gas::GasMeter, storage::StorageMeter},
    weights::WeightInfo,
};
use alloc::{string::ToString, vec::Vec};
use environmental::environmental;
use frame_support::{
    dispatch::{DispatchResult, DispatchResultWithPostInfo},
    ensure,
    traits::Get,
    weights::Weight,
};
use sp_runtime::{
    DispatchError,
    traits::{Saturating, Zero},
};
use vellum_engine::{CodeReport, Policy};
use vellum_host::Session;

environmental!(executing_contract: bool);

/// What every call and instantiation is started with.
pub(crate) struct Request<T: Config> {
    pub origin: Origin<T>,
    pub value: BalanceOf<T>,
    pub gas_limit: Weight,
    pub storage_deposit_limit: Option<BalanceOf<T>>,
    pub data: Vec<u8>,
}

/// What a call or an instantiation left.
struct Outcome<T: Config, R> {
    gas_meter: GasMeter<T>,
    storage_deposit: DepositOf<T>,
    result: Result<R, ExecError>,
}

/// Code to instantiate.
enum ToInstantiate<T: Config> {
    /// It is at hand, and was paid for.
    Uploaded(StoredCode<T>),
    /// It is stored, and loading it is to be paid for.
    Stored(CodeHash<T>),
}

impl<T: Config> Request<T> {
    /// A request of an account.
    pub fn signed(
        origin: T::AccountId,
        value: BalanceOf<T>,
        gas_limit: Weight,
        storage_deposit_limit: Option<BalanceOf<T>>,
        data: Vec<u8>,
    ) -> Self {
        let origin = Origin::from_account_id(origin);
        Self { origin, value, gas_limit, storage_deposit_limit, data }
    }

    /// Calls a contract as an extrinsic.
    pub fn call_extrinsic(self, dest: T::AccountId) -> DispatchResultWithPostInfo {
        let outcome = self.call(dest, Determinism::Enforced, None);
        let result = outcome.result.and_then(refuse_revert::<T>);
        outcome.gas_meter.into_dispatch_result(result, T::WeightInfo::call())
    }

    /// Instantiates stored code as an extrinsic.
    pub fn instantiate_extrinsic(
        self,
        code_hash: CodeHash<T>,
        salt: Vec<u8>,
        base_weight: Weight,
    ) -> DispatchResultWithPostInfo {
        self.instantiate(ToInstantiate::Stored(code_hash), &salt, None).into_dispatch(base_weight)
    }

    /// Uploads code and instantiates it as an extrinsic.
    pub fn upload_and_instantiate_extrinsic(
        mut self,
        uploader: T::AccountId,
        code: Vec<u8>,
        salt: Vec<u8>,
        base_weight: Weight,
    ) -> DispatchResultWithPostInfo {
        let limit = self.storage_deposit_limit;
        let (code, deposit) = upload::<T>(uploader, code, limit, Determinism::Enforced, None)?;
        self.storage_deposit_limit = limit.map(|limit| limit.saturating_sub(deposit));
        self.instantiate(ToInstantiate::Uploaded(code), &salt, None).into_dispatch(base_weight)
    }

    fn call(
        self,
        dest: T::AccountId,
        determinism: Determinism,
        debug_message: Option<&mut DebugBufferVec<T>>,
    ) -> Outcome<T, ExecReturnValue> {
        let Self { origin, value, gas_limit, storage_deposit_limit, data } = self;
        guarded(gas_limit, |session, gas_meter| {
            let mut storage_meter = StorageMeter::new(&origin, storage_deposit_limit, value)?;
            let invocation = Invocation {
                origin: origin.clone(),
                value,
                session,
                gas_meter,
                storage_meter: &mut storage_meter,
                debug_message,
                determinism,
            };
            let result = call_stack::run_call(invocation, dest, data);
            Ok((result, storage_meter.try_into_deposit(&origin)?))
        })
    }

    fn instantiate(
        self,
        code: ToInstantiate<T>,
        salt: &[u8],
        debug_message: Option<&mut DebugBufferVec<T>>,
    ) -> Outcome<T, (AccountIdOf<T>, ExecReturnValue)> {
        let Self { origin, value, gas_limit, storage_deposit_limit, data } = self;
        guarded(gas_limit, |session, gas_meter| {
            let sender = origin.account_id()?.clone();
            let executable = match code {
                ToInstantiate::Uploaded(code) => Executable::from_upload(session, code),
                ToInstantiate::Stored(code_hash) => Executable::from_storage(session, code_hash, gas_meter)?,
            };
            let mut storage_meter = StorageMeter::new(&origin, storage_deposit_limit, value)?;
            let invocation = Invocation {
                origin: origin.clone(),
                value,
                session,
                gas_meter,
                storage_meter: &mut storage_meter,
                debug_message,
                determinism: Determinism::Enforced,
            };
            let result = call_stack::run_instantiate(invocation, sender, executable, data, salt);
            Ok((result, storage_meter.try_into_deposit(&origin)?))
        })
    }
}

impl<T: Config> Outcome<T, (AccountIdOf<T>, ExecReturnValue)> {
    fn into_dispatch(self, base_weight: Weight) -> DispatchResultWithPostInfo {
        let result = self.result.and_then(|(_, output)| refuse_revert::<T>(output));
        self.gas_meter.into_dispatch_result(result, base_weight)
    }
}

/// Runs a call stack unless one is running. Deposits move when it is done; if they cannot, it has failed.
fn guarded<T: Config, R>(
    gas_limit: Weight,
    run: impl FnOnce(&Session, &mut GasMeter<T>) -> Result<(Result<R, ExecError>, DepositOf<T>), ExecError>,
) -> Outcome<T, R> {
    let mut gas_meter = GasMeter::new(gas_limit);
    let result = executing_contract::using_once(&mut false, || {
        // `using_once` gives an inner call the flag of the outer one.
        let is_inner = executing_contract::with(|is_running| core::mem::replace(is_running, true))
            .expect("this closure runs inside `using_once`; qed");
        if is_inner {
            return Err(Error::<T>::ReentranceDenied.into());
        }
        // It is closed when the call stack is gone, however that has ended.
        let session = Session::open(execution::terms(&T::Schedule::get()));
        run(&session, &mut gas_meter)
    });
    match result {
        Ok((result, storage_deposit)) => Outcome { gas_meter, storage_deposit, result },
        Err(error) => Outcome { gas_meter, storage_deposit: StorageDeposit::default(), result: Err(error) },
    }
}

/// An extrinsic that reverts has failed, so that it is rolled back as a whole.
fn refuse_revert<T: Config>(output: ExecReturnValue) -> Result<(), ExecError> {
    if output.did_revert() { Err(Error::<T>::ContractReverted.into()) } else { Ok(()) }
}

/// Judges and stores code, and returns it with the deposit that was held for it.
fn upload<T: Config>(
    origin: T::AccountId,
    code: Vec<u8>,
    storage_deposit_limit: Option<BalanceOf<T>>,
    determinism: Determinism,
    debug_message: Option<&mut DebugBufferVec<T>>,
) -> Result<(StoredCode<T>, BalanceOf<T>), DispatchError> {
    let uploaded = UploadedCode::new(code, origin, determinism).map_err(|rejection| {
        let reason = rejection.to_string();
        log::debug!(target: crate::LOG_TARGET, "code rejected: {reason}");
        if let Some(buffer) = debug_message {
            // A reason that does not fit is no reason to fail otherwise.
            let _ = buffer.try_extend(&mut reason.bytes());
        }
        rejection.error::<T>()
    })?;
    let (code, deposit) = uploaded.store()?;
    let within_limit = storage_deposit_limit.is_none_or(|limit| limit >= deposit);
    ensure!(within_limit, Error::<T>::StorageDepositLimitExhausted);
    Ok((code, deposit))
}

/// Makes a contract run other code.
pub(crate) fn set_code<T: Config>(contract: T::AccountId, new_code_hash: CodeHash<T>) -> DispatchResult {
    ContractInfoOf::<T>::try_mutate(&contract, |info| {
        let info = info.as_mut().ok_or(Error::<T>::ContractNotFound)?;
        code::increment_refcount::<T>(new_code_hash)?;
        code::decrement_refcount::<T>(info.code_hash);
        let old_code_hash = core::mem::replace(&mut info.code_hash, new_code_hash);
        Pallet::<T>::deposit_event(Event::ContractCodeUpdated {
            contract: contract.clone(),
            new_code_hash,
            old_code_hash,
        });
        Ok(())
    })
}

impl<T: Config> Pallet<T> {
    /// Calls a contract.
    ///
    /// Like [`Self::call`], for callers in Rust. A revert is no error. Nothing is rolled back but what
    /// the call itself rolls back: for a dry run, drop the state afterwards. `debug`, `collect_events`
    /// and a relaxed `determinism` are for off-chain use only.
    #[allow(clippy::too_many_arguments, reason = "runtimes that use pallet-contracts call it so")]
    pub fn bare_call(
        origin: T::AccountId,
        dest: T::AccountId,
        value: BalanceOf<T>,
        gas_limit: Weight,
        storage_deposit_limit: Option<BalanceOf<T>>,
        data: Vec<u8>,
        debug: DebugInfo,
        collect_events: CollectEvents,
        determinism: Determinism,
    ) -> ContractExecResult<BalanceOf<T>, EventRecordOf<T>> {
        let mut debug_message = debug_buffer::<T>(debug);
        let outcome = Request::<T>::signed(origin, value, gas_limit, storage_deposit_limit, data).call(
            dest,
            determinism,
            debug_message.as_mut(),
        );
        ContractResult {
            gas_consumed: outcome.gas_meter.gas_consumed(),
            gas_required: outcome.gas_meter.gas_required(),
            storage_deposit: outcome.storage_deposit,
            debug_message: debug_message.unwrap_or_default().into(),
            result: outcome.result.map_err(|error| error.error),
            events: events::<T>(collect_events),
        }
    }

    /// Instantiates a contract, from code that it uploads or that is stored.
    ///
    /// Like [`Self::instantiate_with_code`] and [`Self::instantiate`], for callers in Rust. It asks for
    /// neither upload nor instantiate origin. See [`Self::bare_call`] for the rest.
    #[allow(clippy::too_many_arguments, reason = "runtimes that use pallet-contracts call it so")]
    pub fn bare_instantiate(
        origin: T::AccountId,
        value: BalanceOf<T>,
        gas_limit: Weight,
        storage_deposit_limit: Option<BalanceOf<T>>,
        code: Code<CodeHash<T>>,
        data: Vec<u8>,
        salt: Vec<u8>,
        debug: DebugInfo,
        collect_events: CollectEvents,
    ) -> ContractInstantiateResult<T::AccountId, BalanceOf<T>, EventRecordOf<T>> {
        let mut debug_message = debug_buffer::<T>(debug);
        let mut request = Request::<T>::signed(origin.clone(), value, gas_limit, storage_deposit_limit, data);
        let mut upload_deposit = Zero::zero();
        let code = match code {
            Code::Existing(code_hash) => Ok(ToInstantiate::Stored(code_hash)),
            Code::Upload(code) => {
                upload::<T>(origin, code, storage_deposit_limit, Determinism::Enforced, debug_message.as_mut()).map(
                    |(code, deposit)| {
                        upload_deposit = deposit;
                        request.storage_deposit_limit =
                            storage_deposit_limit.map(|limit| limit.saturating_sub(deposit));
                        ToInstantiate::Uploaded(code)
                    },
                )
            }
        };
        let outcome = match code {
            Ok(code) => request.instantiate(code, &salt, debug_message.as_mut()),
            Err(error) => Outcome {
                // Refused code costs no gas: only the weight of the extrinsic pays for judging it.
                gas_meter: GasMeter::new(Weight::zero()),
                storage_deposit: StorageDeposit::default(),
                result: Err(error.into()),
            },
        };
        ContractResult {
            gas_consumed: outcome.gas_meter.gas_consumed(),
            gas_required: outcome.gas_meter.gas_required(),
            storage_deposit: outcome.storage_deposit.saturating_add(&StorageDeposit::Charge(upload_deposit)),
            debug_message: debug_message.unwrap_or_default().into(),
            result: outcome
                .result
                .map(|(account_id, result)| InstantiateReturnValue { result, account_id })
                .map_err(|error| error.error),
            events: events::<T>(collect_events),
        }
    }

    /// Uploads code.
    ///
    /// Like [`Self::upload_code`], for callers in Rust. It does not ask for the upload origin.
    pub fn bare_upload_code(
        origin: T::AccountId,
        code: Vec<u8>,
        storage_deposit_limit: Option<BalanceOf<T>>,
        determinism: Determinism,
    ) -> CodeUploadResult<CodeHash<T>, BalanceOf<T>> {
        let (code, deposit) = upload::<T>(origin, code, storage_deposit_limit, determinism, None)?;
        Ok(CodeUploadReturnValue { code_hash: code.code_hash(), deposit })
    }

    /// Judges code as an upload would, and stores nothing.
    ///
    /// A rejection says what is wrong, where, and what to do about it.
    pub fn check_code(code: &[u8], determinism: Determinism) -> Result<CodeReport, CodeRejection> {
        let mut determinism = determinism;
        code::check::<T>(code, &Policy::contracts(), &mut determinism)
    }

    /// The value that a contract stores under a key of variable size, if there is one.
    pub fn get_storage(address: T::AccountId, key: Vec<u8>) -> GetStorageResult {
        let info = ContractInfoOf::<T>::get(&address).ok_or(ContractAccessError::DoesntExist)?;
        let key = Key::try_from_var(key).map_err(|_| ContractAccessError::KeyDecodingFailed)?;
        Ok(info.read(&key))
    }

    /// The account of the contract that is instantiated from these.
    pub fn contract_address(
        deploying_address: &T::AccountId,
        code_hash: &CodeHash<T>,
        input_data: &[u8],
        salt: &[u8],
    ) -> T::AccountId {
        T::AddressGenerator::contract_address(deploying_address, code_hash, input_data, salt)
    }

    /// The hash of the code that the contract on an account runs.
    pub fn code_hash(account: &AccountIdOf<T>) -> Option<CodeHash<T>> {
        ContractInfo::<T>::load_code_hash(account)
    }
}

fn debug_buffer<T: Config>(debug: DebugInfo) -> Option<DebugBufferVec<T>> {
    match debug {
        DebugInfo::UnsafeDebug => Some(DebugBufferVec::<T>::default()),
        DebugInfo::Skip => None,
    }
}

fn events<T: Config>(collect_events: CollectEvents) -> Option<Vec<EventRecordOf<T>>> {
    match collect_events {
        CollectEvents::UnsafeCollect => {
            Some(frame_system::Pallet::<T>::read_events_no_consensus().map(|event| *event).collect())
        }
        CollectEvents::Skip => None,
    }
}
