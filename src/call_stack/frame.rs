//! One running contract.

use crate::{
    BalanceOf, CodeHash, Config, ContractInfo, ContractInfoOf, Determinism, Error, Origin, Pallet,
    code::Executable,
    execution::ExportedFunction,
    meter::{gas::GasMeter, storage::StorageMeter},
};
use core::mem;
use sp_runtime::{DispatchError, traits::Zero};
use vellum_host::Session;

/// An entry of the call stack. Public only because [`Config::CallStack`] names it.
pub struct Frame<T: Config> {
    /// The account that the code runs as.
    pub(super) account_id: T::AccountId,
    /// The account's contract.
    pub(super) contract_info: CachedContract<T>,
    /// Balance that came with the call.
    pub(super) value_transferred: BalanceOf<T>,
    /// Whether the contract is being called or created.
    pub(super) entry_point: ExportedFunction,
    /// Gas that the frame may spend.
    pub(super) nested_gas: GasMeter<T>,
    /// Deposits of the frame.
    pub(super) nested_storage: StorageMeter<T>,
    /// False while the frame makes a call that must not come back to its contract.
    pub(super) allows_reentry: bool,
    /// True if the frame, and whatever it calls, must not change state.
    pub(super) read_only: bool,
    /// Set if the frame runs other code than its contract's: who called the contract.
    pub(super) delegate: Option<Delegate<T>>,
}

/// What differs in a frame that runs the code of another contract.
pub(super) struct Delegate<T: Config> {
    /// The caller of the contract whose code delegated.
    pub caller: Origin<T>,
    /// The code that runs.
    pub code_hash: CodeHash<T>,
}

/// What a frame is made for.
pub(super) enum FrameArgs<'a, T: Config> {
    /// A call of a contract, or of other code as a contract.
    Call {
        /// The account that the code runs as.
        dest: T::AccountId,
        /// Its info, unless it is to be read from storage.
        cached_info: Option<ContractInfo<T>>,
        /// The code to run instead of the contract's own, and the caller that it sees.
        delegated: Option<(Executable<T>, Origin<T>)>,
    },
    /// The creation of a contract.
    Instantiate(InstantiateArgs<'a, T>),
}

/// What a new contract is made from.
pub(super) struct InstantiateArgs<'a, T: Config> {
    /// Who creates it.
    pub sender: T::AccountId,
    /// Makes the id of its child trie unique.
    pub nonce: u64,
    /// Its code.
    pub executable: Executable<T>,
    /// Part of its address.
    pub salt: &'a [u8],
    /// Part of its address.
    pub input_data: &'a [u8],
}

impl<T: Config> Frame<T> {
    /// A frame without gas and deposits of its own. Loading the code is charged to `gas_meter`, which
    /// is the caller's.
    pub(super) fn prepare(
        args: FrameArgs<'_, T>,
        session: &Session,
        gas_meter: &mut GasMeter<T>,
        determinism: Determinism,
    ) -> Result<(Self, Executable<T>), DispatchError> {
        let (account_id, info, executable, delegate, entry_point) = match args {
            FrameArgs::Call { dest, cached_info, delegated } => {
                let info = match cached_info {
                    Some(info) => info,
                    None => ContractInfoOf::<T>::get(&dest).ok_or(Error::<T>::ContractNotFound)?,
                };
                let (executable, delegate) = match delegated {
                    Some((executable, caller)) => {
                        let code_hash = executable.code_hash();
                        (executable, Some(Delegate { caller, code_hash }))
                    }
                    None => (Executable::from_storage(session, info.code_hash, gas_meter)?, None),
                };
                (dest, info, executable, delegate, ExportedFunction::Call)
            }
            FrameArgs::Instantiate(args) => {
                let code_hash = args.executable.code_hash();
                let account_id = Pallet::<T>::contract_address(&args.sender, &code_hash, args.input_data, args.salt);
                let info = ContractInfo::new(&account_id, args.nonce, code_hash)?;
                (account_id, info, args.executable, None, ExportedFunction::Constructor)
            }
        };

        // Relaxed code may only be called, and only off chain.
        let may_be_relaxed = determinism == Determinism::Relaxed && entry_point == ExportedFunction::Call;
        if !executable.is_deterministic() && !may_be_relaxed {
            return Err(Error::<T>::Indeterministic.into());
        }
        let frame = Self {
            account_id,
            contract_info: CachedContract::Cached(info),
            value_transferred: Zero::zero(),
            entry_point,
            nested_gas: GasMeter::default(),
            nested_storage: StorageMeter::default(),
            allows_reentry: true,
            read_only: false,
            delegate,
        };
        Ok((frame, executable))
    }

    /// The info of the frame's contract.
    pub(super) fn info(&mut self) -> &mut ContractInfo<T> {
        self.contract_info.get(&self.account_id)
    }

    /// The info of the frame's contract, and the frame's meter to book its changes in.
    pub(super) fn info_and_meter(&mut self) -> (&mut ContractInfo<T>, &mut StorageMeter<T>) {
        (self.contract_info.get(&self.account_id), &mut self.nested_storage)
    }
}

/// A frame's copy of its contract's info.
pub(super) enum CachedContract<T: Config> {
    /// It is as good as the stored one, or newer.
    Cached(ContractInfo<T>),
    /// A call further up changed and stored it: it must be read again.
    Invalidated,
    /// The frame terminated its contract.
    Terminated,
}

impl<T: Config> CachedContract<T> {
    /// Reads the info again if it is stale.
    pub(super) fn load(&mut self, account_id: &T::AccountId) {
        if let Self::Invalidated = self
            && let Some(info) = ContractInfoOf::<T>::get(account_id)
        {
            *self = Self::Cached(info);
        }
    }

    /// The info of a contract that is running.
    pub(super) fn get(&mut self, account_id: &T::AccountId) -> &mut ContractInfo<T> {
        self.load(account_id);
        match self {
            Self::Cached(info) => info,
            Self::Invalidated | Self::Terminated => unreachable!("{NOT_REMOVED}"),
        }
    }

    /// The info, unless the frame terminated its contract.
    pub(super) fn as_contract(&mut self) -> Option<&mut ContractInfo<T>> {
        match self {
            Self::Cached(info) => Some(info),
            Self::Invalidated | Self::Terminated => None,
        }
    }

    /// Takes the info out of the frame because the contract is to be removed.
    pub(super) fn terminate(&mut self, account_id: &T::AccountId) -> ContractInfo<T> {
        self.load(account_id);
        match mem::replace(self, Self::Terminated) {
            Self::Cached(info) => info,
            Self::Invalidated | Self::Terminated => unreachable!("{NOT_REMOVED}"),
        }
    }
}

/// Why a running contract has an info.
const NOT_REMOVED: &str = "a contract that is on the stack twice cannot terminate, and one that \
    terminates ends its frame at once; hence the contract of a running frame is stored or cached; qed";
