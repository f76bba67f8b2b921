//! Storing code and removing it.
//!
//! Code is stored once, whoever uploads it. Its deposit is held on the uploader's account for as long
//! as it is stored, and it is stored for as long as a contract uses it.

use super::{
    CodeInfo, Determinism, ValidatedCode,
    check::{CodeRejection, check},
};
use crate::{
    AccountIdOf, BalanceOf, CodeFeatures, CodeHash, CodeInfoOf, CodeVec, Config, Error, Event, HoldReason, Pallet,
    PristineCode, execution, meter::diff::Diff,
};
use alloc::vec::Vec;
use codec::MaxEncodedLen;
use frame_support::{
    dispatch::DispatchResult,
    ensure,
    traits::{Get, fungible::MutateHold, tokens::Precision},
};
use sp_runtime::{
    DispatchError,
    traits::{BadOrigin, Hash, Zero},
};
use vellum_engine::Policy;
use vellum_host::Validation;

/// The storage items that a stored code takes: the code and its info. The note of its features is
/// free, or deposits would differ from those that pallet-contracts takes for the same code.
const ITEMS: u32 = 2;

/// Code that was judged good and may be stored.
pub(crate) struct UploadedCode<T: Config> {
    code: CodeVec<T>,
    code_info: CodeInfo<T>,
    code_hash: CodeHash<T>,
    validated: ValidatedCode,
}

/// Code that is stored now, and still at hand.
pub(crate) struct StoredCode<T: Config> {
    pub(super) code: CodeVec<T>,
    pub(super) code_info: CodeInfo<T>,
    pub(super) code_hash: CodeHash<T>,
}

impl<T: Config> StoredCode<T> {
    /// The hash of the code as it was uploaded.
    pub fn code_hash(&self) -> CodeHash<T> {
        self.code_hash
    }
}

impl<T: Config> UploadedCode<T> {
    /// Judges a blob. Nothing is stored.
    pub fn new(code: Vec<u8>, owner: AccountIdOf<T>, mut determinism: Determinism) -> Result<Self, CodeRejection> {
        let policy = Policy::contracts();
        check::<T>(&code, &policy, &mut determinism)?;
        let code: CodeVec<T> = code.try_into().expect("`check` has refused code that is longer than `MaxCodeLen`; qed");
        let code_len = u32::try_from(code.len()).expect("the length is at most `MaxCodeLen`, which is a `u32`; qed");
        let info_len = u32::try_from(CodeInfo::<T>::max_encoded_len()).unwrap_or(u32::MAX);
        let deposit = Diff { bytes_added: code_len.saturating_add(info_len), items_added: ITEMS, ..Default::default() }
            .charge::<T>();
        Ok(Self {
            code_hash: T::Hashing::hash(&code),
            code_info: CodeInfo { owner, deposit, refcount: 0, determinism, code_len },
            validated: ValidatedCode::new(&policy, determinism),
            code,
        })
    }

    /// Stores the code unless it is stored already, and returns the deposit that was held for it.
    pub fn store(self) -> Result<(StoredCode<T>, BalanceOf<T>), DispatchError> {
        let Self { code, code_info, code_hash, validated } = self;
        let mut held = Zero::zero();
        if let Some(stored) = CodeInfoOf::<T>::get(code_hash) {
            renew_note(code_hash, &stored, code_info.code_len, validated);
        } else {
            held = code_info.deposit;
            T::Currency::hold(&HoldReason::CodeUploadDepositReserve.into(), &code_info.owner, held)
                .map_err(|_| Error::<T>::StorageDepositNotEnoughFunds)?;
            PristineCode::<T>::insert(code_hash, &code);
            CodeInfoOf::<T>::insert(code_hash, &code_info);
            CodeFeatures::<T>::insert(code_hash, validated);
            // Whether whoever runs it was warned changes nothing, and if the upload is rolled back it was for nothing.
            vellum_host::warm(&execution::terms(&T::Schedule::get()), &code);
            Pallet::<T>::deposit_event(Event::CodeStored {
                code_hash,
                deposit_held: held,
                uploader: code_info.owner.clone(),
            });
        }
        Ok((StoredCode { code, code_info, code_hash }, held))
    }
}

/// Notes that stored code has been validated, unless there is a note that says so: code that pallet-contracts stored, or
/// an older release. It may be stored as relaxed, or have been uploaded as that, which is no difference: all of it is valid.
fn renew_note<T: Config>(code_hash: CodeHash<T>, stored: &CodeInfo<T>, code_len: u32, validated: ValidatedCode) {
    // Loading such code is charged by another length than the code has, which no code that was stored here does.
    if stored.code_len != code_len {
        return;
    }
    let noted = CodeFeatures::<T>::get(code_hash);
    if noted.is_none_or(|noted| noted.validation() == Validation::Due) {
        CodeFeatures::<T>::insert(code_hash, validated);
    }
}

/// Removes code that nobody uses and gives its deposit back. Only its owner may.
pub(crate) fn remove<T: Config>(origin: &T::AccountId, code_hash: CodeHash<T>) -> DispatchResult {
    let code_info = CodeInfoOf::<T>::get(code_hash).ok_or(Error::<T>::CodeNotFound)?;
    ensure!(code_info.refcount == 0, Error::<T>::CodeInUse);
    ensure!(&code_info.owner == origin, BadOrigin);
    // Whatever is held is given back, even if that is less than it should be: keeping code that its
    // owner cannot remove would help nobody.
    let _ = T::Currency::release(
        &HoldReason::CodeUploadDepositReserve.into(),
        &code_info.owner,
        code_info.deposit,
        Precision::BestEffort,
    );
    CodeInfoOf::<T>::remove(code_hash);
    PristineCode::<T>::remove(code_hash);
    CodeFeatures::<T>::remove(code_hash);
    Pallet::<T>::deposit_event(Event::CodeRemoved {
        code_hash,
        deposit_released: code_info.deposit,
        remover: code_info.owner,
    });
    Ok(())
}

/// Notes one more user of stored code. Fails with [`Error::CodeNotFound`].
pub(crate) fn increment_refcount<T: Config>(code_hash: CodeHash<T>) -> DispatchResult {
    CodeInfoOf::<T>::mutate(code_hash, |code_info| match code_info {
        Some(code_info) => {
            code_info.refcount = code_info.refcount.saturating_add(1);
            Ok(())
        }
        None => Err(Error::<T>::CodeNotFound.into()),
    })
}

/// Notes one user less. Code that nobody uses stays until its owner removes it.
pub(crate) fn decrement_refcount<T: Config>(code_hash: CodeHash<T>) {
    CodeInfoOf::<T>::mutate(code_hash, |code_info| {
        if let Some(code_info) = code_info {
            code_info.refcount = code_info.refcount.saturating_sub(1);
        }
    });
}
