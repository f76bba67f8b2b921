//! What the pallet answers to those who call it from Rust or through the runtime API.
//!
//! Clients decode these types by position, so fields and variants keep their order and may only be
//! appended to. Their metadata paths are those of pallet-contracts (`primitives`).

use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::weights::Weight;
use scale_info::TypeInfo;
use sp_runtime::{
    DispatchError,
    traits::{Saturating, Zero},
};

/// The outcome of a call or an instantiation, with what it cost.
///
/// `events` was appended without a new API version: whoever decodes this must tolerate bytes that
/// follow what it knows.
#[derive(Clone, Eq, PartialEq, Encode, Decode, Debug, TypeInfo)]
#[scale_info(replace_segment("api", "primitives"))]
pub struct ContractResult<R, Balance, EventRecord> {
    /// Weight that was used up.
    pub gas_consumed: Weight,
    /// Weight limit that the same call needs. At least `gas_consumed`: some costs are charged for
    /// the worst case first and partly given back, and a sub-call may have been given a limit.
    pub gas_required: Weight,
    /// Balance that moved between the origin and the contracts for storage. Nothing has moved if
    /// `result` is an error.
    pub storage_deposit: StorageDeposit<Balance>,
    /// UTF-8 text for people, empty unless debugging was asked for. It has no format.
    pub debug_message: Vec<u8>,
    /// What the contract returned, or why it failed. A revert is no failure here.
    pub result: R,
    /// Events of the block so far, if they were asked for.
    pub events: Option<Vec<EventRecord>>,
}

/// The outcome of `bare_call` and of the runtime API's `call`.
pub type ContractExecResult<Balance, EventRecord> =
    ContractResult<Result<ExecReturnValue, DispatchError>, Balance, EventRecord>;

/// The outcome of `bare_instantiate` and of the runtime API's `instantiate`.
pub type ContractInstantiateResult<AccountId, Balance, EventRecord> =
    ContractResult<Result<InstantiateReturnValue<AccountId>, DispatchError>, Balance, EventRecord>;

/// The outcome of an upload.
pub type CodeUploadResult<CodeHash, Balance> = Result<CodeUploadReturnValue<CodeHash, Balance>, DispatchError>;

/// The outcome of reading a contract's storage.
pub type GetStorageResult = Result<Option<Vec<u8>>, ContractAccessError>;

/// Why a contract's storage could not be read.
#[derive(Copy, Clone, Eq, PartialEq, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
#[scale_info(replace_segment("api", "primitives"))]
pub enum ContractAccessError {
    /// No contract lives at the address.
    DoesntExist,
    /// The key is longer than the chain allows.
    KeyDecodingFailed,
    /// Storage is being migrated; try again later.
    MigrationInProgress,
}

/// Bits that a contract passes along with its output.
#[derive(Copy, Clone, PartialEq, Eq, Encode, Decode, Debug, Default, TypeInfo)]
#[scale_info(replace_segment("pallet_contracts", "pallet_contracts_uapi"))]
#[scale_info(replace_segment("api", "flags"))]
pub struct ReturnFlags {
    bits: u32,
}

impl ReturnFlags {
    /// All changes that the contract made are rolled back.
    pub const REVERT: Self = Self { bits: 1 };

    /// No flag is set.
    pub const fn empty() -> Self {
        Self { bits: 0 }
    }

    /// The flags of these bits, or `None` if one of them has no meaning.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        if bits & !Self::REVERT.bits == 0 { Some(Self { bits }) } else { None }
    }

    /// The flags of those bits that have a meaning.
    pub const fn from_bits_truncate(bits: u32) -> Self {
        Self { bits: bits & Self::REVERT.bits }
    }

    /// The bits as a contract passes them.
    pub const fn bits(self) -> u32 {
        self.bits
    }

    /// True if every flag of `other` is set.
    pub const fn contains(self, other: Self) -> bool {
        self.bits & other.bits == other.bits
    }

    /// True if no flag is set.
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }
}

/// What a contract that ran to its end returned.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
#[scale_info(replace_segment("api", "primitives"))]
pub struct ExecReturnValue {
    /// Flags that the contract returned; none if it returned nothing.
    pub flags: ReturnFlags,
    /// Bytes that the contract returned; none if it returned nothing.
    pub data: Vec<u8>,
}

impl ExecReturnValue {
    /// What a contract that just ends has returned.
    pub(crate) const fn nothing() -> Self {
        Self { flags: ReturnFlags::empty(), data: Vec::new() }
    }

    /// True if the contract asked for its changes to be rolled back.
    pub fn did_revert(&self) -> bool {
        self.flags.contains(ReturnFlags::REVERT)
    }
}

/// What an instantiation that ran to its end returned.
#[derive(Clone, PartialEq, Eq, Encode, Decode, Debug, TypeInfo)]
#[scale_info(replace_segment("api", "primitives"))]
pub struct InstantiateReturnValue<AccountId> {
    /// What the constructor returned.
    pub result: ExecReturnValue,
    /// The account of the new contract.
    pub account_id: AccountId,
}

/// What an upload returned.
#[derive(Clone, PartialEq, Eq, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
#[scale_info(replace_segment("api", "primitives"))]
pub struct CodeUploadReturnValue<CodeHash, Balance> {
    /// The key of the stored code.
    pub code_hash: CodeHash,
    /// The deposit that was held. Zero if the code was stored already.
    pub deposit: Balance,
}

/// Code to instantiate: bytes to upload first, or the hash of stored code.
#[derive(Clone, Eq, PartialEq, Encode, Decode, Debug, TypeInfo)]
#[scale_info(replace_segment("api", "primitives"))]
pub enum Code<Hash> {
    /// A Wasm module.
    Upload(Vec<u8>),
    /// The hash of code that the chain stores.
    Existing(Hash),
}

/// Whether the events of the block are returned with a result.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Decode, Encode, MaxEncodedLen, TypeInfo)]
pub enum CollectEvents {
    /// Return them. Never on chain: all events of the block would become part of its proof.
    UnsafeCollect,
    /// Do not.
    Skip,
}

/// Whether text for people is collected while a contract runs.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Decode, Encode, MaxEncodedLen, TypeInfo)]
pub enum DebugInfo {
    /// Collect it. Never on chain: the buffer takes memory that no gas pays for.
    UnsafeDebug,
    /// Do not.
    Skip,
}

/// Balance that moves for storage, and which way.
#[derive(Clone, Eq, PartialEq, Ord, PartialOrd, Encode, Decode, MaxEncodedLen, Debug, TypeInfo)]
#[scale_info(replace_segment("api", "primitives"))]
pub enum StorageDeposit<Balance> {
    /// From contracts to the origin, because storage became less.
    Refund(Balance),
    /// From the origin to contracts, because storage became more.
    Charge(Balance),
}

impl<Balance: Zero> Default for StorageDeposit<Balance> {
    fn default() -> Self {
        Self::Charge(Zero::zero())
    }
}

impl<Balance: Zero + Copy> StorageDeposit<Balance> {
    /// The amount of a charge, zero for a refund.
    pub fn charge_or_zero(&self) -> Balance {
        match self {
            Self::Charge(amount) => *amount,
            Self::Refund(_) => Zero::zero(),
        }
    }

    /// True if nothing moves.
    pub fn is_zero(&self) -> bool {
        match self {
            Self::Charge(amount) | Self::Refund(amount) => amount.is_zero(),
        }
    }
}

impl<Balance: Saturating + Ord + Copy> StorageDeposit<Balance> {
    /// The sum, with charges positive and refunds negative. A sum of zero is a charge unless both
    /// sides are refunds.
    pub fn saturating_add(&self, other: &Self) -> Self {
        use StorageDeposit::{Charge, Refund};
        match (self, other) {
            (Charge(a), Charge(b)) => Charge(a.saturating_add(*b)),
            (Refund(a), Refund(b)) => Refund(a.saturating_add(*b)),
            (Charge(charge), Refund(refund)) | (Refund(refund), Charge(charge)) => {
                if charge >= refund {
                    Charge(charge.saturating_sub(*refund))
                } else {
                    Refund(refund.saturating_sub(*charge))
                }
            }
        }
    }

    /// The difference, with charges positive and refunds negative.
    ///
    /// Equal refunds differ by a charge of zero, equal charges too, as clients know it.
    pub fn saturating_sub(&self, other: &Self) -> Self {
        use StorageDeposit::{Charge, Refund};
        match (self, other) {
            (Charge(a), Refund(b)) => Charge(a.saturating_add(*b)),
            (Refund(a), Charge(b)) => Refund(a.saturating_add(*b)),
            (Charge(a), Charge(b)) if a >= b => Charge(a.saturating_sub(*b)),
            (Charge(a), Charge(b)) => Refund(b.saturating_sub(*a)),
            (Refund(a), Refund(b)) if a > b => Refund(a.saturating_sub(*b)),
            (Refund(a), Refund(b)) => Charge(b.saturating_sub(*a)),
        }
    }

    /// What is left of `limit` after this. More than `limit` after a refund.
    pub fn available(&self, limit: &Balance) -> Balance {
        match self {
            Self::Charge(amount) => limit.saturating_sub(*amount),
            Self::Refund(amount) => limit.saturating_add(*amount),
        }
    }
}
