//! Version 12: instrumented code goes, with the part of the deposit that was for it, and what is left to know
//! of it joins what was known of its owner.
//!
//! What was known of its owner stays in storage as it was, and nothing reads it any more.

use super::{
    IsFinished, MigrationStep,
    layouts::{OldBalanceOf, v8, v9, v12},
    walk::Walk,
};
use crate::{AccountIdOf, BalanceOf, CodeHash, Config, LOG_TARGET, weights::WeightInfo};
#[cfg(feature = "try-runtime")]
use crate::{Determinism, migration::stored_state};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
    DefaultNoBound,
    traits::{Get, ReservableCurrency},
    weights::{Weight, WeightMeter},
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;
use sp_runtime::{
    FixedPointNumber, FixedU128,
    traits::{One, Saturating, Zero},
};

#[cfg(test)]
mod tests;

/// A step does one code. `OldCurrency` is the currency that deposits are reserved in.
#[derive(Encode, Decode, MaxEncodedLen, DefaultNoBound)]
pub struct Migration<T: Config, OldCurrency> {
    last_code_hash: Option<CodeHash<T>>,
    _phantom: PhantomData<OldCurrency>,
}

impl<T: Config, OldCurrency> MigrationStep for Migration<T, OldCurrency>
where
    OldCurrency: ReservableCurrency<T::AccountId> + 'static,
    OldCurrency::Balance: From<BalanceOf<T>>,
{
    const VERSION: u16 = 12;

    fn max_step_weight() -> Weight {
        T::WeightInfo::v12_migration_step(T::MaxCodeLen::get())
    }

    fn step(&mut self, meter: &mut WeightMeter) -> IsFinished {
        type Owners<T, OldCurrency> = v8::OwnerInfoOf<T, OldBalanceOf<T, OldCurrency>>;
        let code_len = Owners::<T, OldCurrency>::visit_next(&mut self.last_code_hash, |code_hash, owner| {
            let Some(code) = v9::CodeStorage::<T>::take(code_hash) else {
                log::error!(target: LOG_TARGET, "code {code_hash:?} has an owner, but no instrumented form");
                return 0;
            };
            let info = code_info::<T, OldCurrency>(&owner, &code);
            // What of it is not reserved cannot be given back.
            let _ = OldCurrency::unreserve(&info.owner, owner.deposit.saturating_sub(info.deposit));
            let code_len = info.code_len;
            v12::CodeInfoOf::<T, OldBalanceOf<T, OldCurrency>>::insert(code_hash, info);
            code_len
        });
        meter.consume(T::WeightInfo::v12_migration_step(code_len.unwrap_or(0)));
        IsFinished::unless_visited(&code_len)
    }

    #[cfg(feature = "try-runtime")]
    fn pre_upgrade_step() -> Result<Vec<u8>, TryRuntimeError> {
        let with_determinism = |(code_hash, owner)| {
            let code = v9::CodeStorage::<T>::get(code_hash).ok_or("code has an owner, but no instrumented form")?;
            Ok((code_hash, owner, code.determinism))
        };
        let sample = v8::OwnerInfoOf::<T, OldBalanceOf<T, OldCurrency>>::sample();
        let sample = sample.into_iter().map(with_determinism).collect::<Result<Vec<_>, TryRuntimeError>>()?;
        Ok(sample.encode())
    }

    #[cfg(feature = "try-runtime")]
    fn post_upgrade_step(state: Vec<u8>) -> Result<(), TryRuntimeError> {
        use frame_support::ensure;
        type Sample<T, Balance> = Vec<(CodeHash<T>, v8::OwnerInfo<AccountIdOf<T>, Balance>, Determinism)>;
        for (code_hash, owner, determinism) in stored_state::<Sample<T, OldBalanceOf<T, OldCurrency>>>(&state)? {
            let info = v12::CodeInfoOf::<T, OldBalanceOf<T, OldCurrency>>::get(code_hash).ok_or("code is lost")?;
            ensure!(info.determinism == determinism, "the determinism of code was changed");
            ensure!(info.owner == owner.owner, "code has another owner");
            ensure!(info.refcount == owner.refcount, "code has another number of users");
            ensure!(info.deposit <= owner.deposit, "the deposit for code has risen");
            ensure!(!v9::CodeStorage::<T>::contains_key(code_hash), "instrumented code is still stored");
        }
        Ok(())
    }
}

/// What is known about code from now on.
fn code_info<T: Config, OldCurrency>(
    owner: &v8::OwnerInfo<AccountIdOf<T>, OldBalanceOf<T, OldCurrency>>,
    code: &v9::InstrumentedCode,
) -> v12::CodeInfo<AccountIdOf<T>, OldBalanceOf<T, OldCurrency>>
where
    OldCurrency: ReservableCurrency<T::AccountId>,
    OldCurrency::Balance: From<BalanceOf<T>>,
{
    type OwnerInfo<T, OldCurrency> = v8::OwnerInfo<AccountIdOf<T>, OldBalanceOf<T, OldCurrency>>;
    type CodeInfo<T, OldCurrency> = v12::CodeInfo<AccountIdOf<T>, OldBalanceOf<T, OldCurrency>>;

    // The blob itself is counted by the length of the instrumented code, which is a bit more: reading the blob
    // as well would take more proof than a step has.
    let code_len = super::len(&code.instrumented.code);
    let bytes = |sizes: &[usize]| sizes.iter().fold(code_len, |sum, size| sum.saturating_add(super::to_u32(*size)));
    let price_before = price::<T>(3, bytes(&[code.encoded_size(), OwnerInfo::<T, OldCurrency>::max_encoded_len()]));
    let price_after = price::<T>(2, bytes(&[CodeInfo::<T, OldCurrency>::max_encoded_len()]));
    v12::CodeInfo {
        owner: owner.owner.clone(),
        deposit: remainder::<T, _>(owner.deposit, price_before, price_after),
        refcount: owner.refcount,
        determinism: code.determinism,
        code_len,
    }
}

/// What storing so much costs today.
fn price<T: Config>(items: u32, bytes: u32) -> BalanceOf<T> {
    let for_bytes = T::DepositPerByte::get().saturating_mul(bytes.into());
    for_bytes.saturating_add(T::DepositPerItem::get().saturating_mul(items.into()))
}

/// What is to stay of a deposit: of today's price after the migration the part that it was of today's price
/// before. Prices were others when it was paid, and for code that is older than deposits nothing was paid;
/// and nobody is to pay more.
fn remainder<T: Config, Balance>(deposit: Balance, price_before: BalanceOf<T>, price_after: BalanceOf<T>) -> Balance
where
    Balance: sp_runtime::FixedPointOperand + From<BalanceOf<T>>,
{
    let part = FixedU128::checked_from_rational(deposit, price_before).unwrap_or(Zero::zero());
    part.min(One::one()).saturating_mul_int(price_after).into()
}
