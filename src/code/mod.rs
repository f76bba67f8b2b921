//! Contract code: what the chain accepts, how it is stored, how it is found again.
//!
//! Code is judged once, when it is uploaded, by the engine that is linked into the runtime (Law 9).
//! Nothing that the judgement computed is stored but a note of the rules it was made under; a call
//! loads the pristine blob.

use crate::{AccountIdOf, BalanceOf, Config};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

mod check;
mod features;
mod link;
mod load;
mod store;
#[cfg(test)]
mod tests;

pub use check::CodeRejection;
pub(crate) use check::check;
pub use features::ValidatedCode;
pub use link::LinkError;
pub(crate) use link::{Interface, link_functions};
pub(crate) use load::Executable;
pub(crate) use store::{StoredCode, UploadedCode, decrement_refcount, increment_refcount, remove};

/// What is known about stored code, kept apart from the code so that the code need not be read.
#[derive(Clone, Encode, Decode, TypeInfo, MaxEncodedLen)]
#[codec(mel_bound())]
#[scale_info(skip_type_params(T))]
#[scale_info(replace_segment("code", "wasm"))]
pub struct CodeInfo<T: Config> {
    /// Who uploaded it, and may remove it.
    owner: AccountIdOf<T>,
    /// What is held on the owner's account for it.
    #[codec(compact)]
    deposit: BalanceOf<T>,
    /// How many contracts run it or depend on it.
    #[codec(compact)]
    refcount: u64,
    /// Whether it may run on chain.
    determinism: Determinism,
    /// Bytes of the code.
    code_len: u32,
}

impl<T: Config> CodeInfo<T> {
    /// Who uploaded the code.
    #[cfg(any(test, feature = "try-runtime"))]
    pub(crate) fn owner(&self) -> &AccountIdOf<T> {
        &self.owner
    }

    /// What is held on the owner's account for the code.
    pub fn deposit(&self) -> BalanceOf<T> {
        self.deposit
    }

    /// How many contracts run the code or depend on it.
    pub fn refcount(&self) -> u64 {
        self.refcount
    }

    /// Bytes of the code.
    pub fn code_len(&self) -> u32 {
        self.code_len
    }

    /// Whether the code may run on chain.
    pub fn determinism(&self) -> Determinism {
        self.determinism
    }
}

/// How deterministic code must be.
#[derive(Clone, Copy, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen, Debug, PartialEq, Eq)]
#[scale_info(replace_segment("code", "wasm"))]
pub enum Determinism {
    /// Every machine computes the same. All that runs on chain is of this kind.
    Enforced,
    /// Machines may differ. Such code runs off chain only, when `bare_call` is told to allow it, and
    /// never as a constructor.
    Relaxed,
}
