//! Code on its way from storage to a frame.

use super::{CodeInfo, Determinism, ValidatedCode, store::StoredCode};
use crate::{
    CodeFeatures, CodeHash, CodeInfoOf, Config, Error, PristineCode,
    meter::gas::{GasMeter, ProfileAccount, Token},
    weights::WeightInfo,
};
use alloc::vec::Vec;
use codec::{Compact, Decode};
use frame_support::{storage::unhashed, traits::Get, weights::Weight};
use sp_runtime::DispatchError;
use vellum_host::{Code, CodeRefused, Module, Session, Validation};

/// Code that is about to run.
pub(crate) struct Executable<T: Config> {
    /// As it was read, if it can be run.
    code: Code,
    code_info: CodeInfo<T>,
    code_hash: CodeHash<T>,
}

impl<T: Config> Executable<T> {
    /// Reads the code, and charges for that before it does. Only its info is read for nothing: the
    /// functions that load code have paid for it.
    ///
    /// Whoever runs the code reads it: this pallet, or the node on its behalf. It is the same read. What was validated
    /// is read by this pallet in every placement, so that all of them load the code alike.
    pub fn from_storage(
        session: &Session,
        code_hash: CodeHash<T>,
        gas_meter: &mut GasMeter<T>,
    ) -> Result<Self, DispatchError> {
        let code_info = CodeInfoOf::<T>::get(code_hash).ok_or(Error::<T>::CodeNotFound)?;
        gas_meter.charge(CodeLoad { code_bytes: code_info.code_len })?;
        let validation = CodeFeatures::<T>::get(code_hash).as_ref().map_or(Validation::Due, ValidatedCode::validation);
        let key = || PristineCode::<T>::hashed_key_for(code_hash);
        let read = || read_code::<T>(code_hash);
        let code = session.stored_code(key, read, code_hash.as_ref(), validation).ok_or(Error::<T>::CodeNotFound)?;
        Ok(Self { code, code_info, code_hash })
    }

    /// Code that was just uploaded, or was found to be stored already. Either way it has just been validated.
    pub fn from_upload(session: &Session, uploaded: StoredCode<T>) -> Self {
        let StoredCode { code, code_info, code_hash } = uploaded;
        let code = session.code(code.into_inner(), code_hash.as_ref(), Validation::Done);
        Self { code, code_info, code_hash }
    }

    /// The module, to run it. What was uploaded here can be run; what another chain has left may not be.
    pub fn into_module(self) -> Result<Module, CodeRefused> {
        self.code.load()
    }

    /// What is known about the code.
    pub fn code_info(&self) -> &CodeInfo<T> {
        &self.code_info
    }

    /// The hash of the code as it was uploaded.
    pub fn code_hash(&self) -> CodeHash<T> {
        self.code_hash
    }

    /// Whether the code may run on chain.
    pub fn is_deterministic(&self) -> bool {
        matches!(self.code_info.determinism, Determinism::Enforced)
    }
}

/// The code in the state. It is decoded where it lies, since a copy of it takes memory that nobody has touched before.
pub(super) fn read_code<T: Config>(code_hash: CodeHash<T>) -> Option<Vec<u8>> {
    let mut value = unhashed::get_raw(&PristineCode::<T>::hashed_key_for(code_hash))?;
    let mut rest = &value[..];
    let len = usize::try_from(Compact::<u32>::decode(&mut rest).ok()?.0).ok()?;
    let start = value.len() - rest.len();
    // What stands behind the code is passed over, as it is by everybody who decodes a value from the state.
    if len > rest.len() || u32::try_from(len).ok()? > T::MaxCodeLen::get() {
        return None;
    }
    value.truncate(start + len);
    value.drain(..start);
    Some(value)
}

/// Reading code from storage: time and proof for each byte.
#[derive(Clone, Copy)]
struct CodeLoad {
    code_bytes: u32,
}

impl<T: Config> Token<T> for CodeLoad {
    fn weight(&self) -> Weight {
        T::WeightInfo::call_with_code_per_byte(self.code_bytes)
            .saturating_sub(T::WeightInfo::call_with_code_per_byte(0))
    }

    fn account(&self) -> ProfileAccount {
        ProfileAccount::Own("load_code")
    }
}
