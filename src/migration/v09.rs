//! Version 9: instrumented code says whether it may run on chain.
//!
//! All that was stored before may.

use super::{
    IsFinished, MigrationStep,
    layouts::{v8, v9},
    walk::Walk,
};
#[cfg(feature = "try-runtime")]
use super::{layouts::v8::InstrumentedCode, stored_state};
use crate::{CodeHash, Config, Determinism, weights::WeightInfo};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
    DefaultNoBound,
    traits::Get,
    weights::{Weight, WeightMeter},
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;

#[cfg(test)]
mod tests;

/// A step adds the note to one code.
#[derive(Encode, Decode, MaxEncodedLen, DefaultNoBound)]
pub struct Migration<T: Config> {
    last_code_hash: Option<CodeHash<T>>,
}

impl<T: Config> MigrationStep for Migration<T> {
    const VERSION: u16 = 9;

    fn max_step_weight() -> Weight {
        T::WeightInfo::v9_migration_step(T::MaxCodeLen::get())
    }

    fn step(&mut self, meter: &mut WeightMeter) -> IsFinished {
        let code_len = v8::CodeStorage::<T>::visit_next(&mut self.last_code_hash, |code_hash, instrumented| {
            let code_len = super::len(&instrumented.code);
            let code = v9::InstrumentedCode { instrumented, determinism: Determinism::Enforced };
            v9::CodeStorage::<T>::insert(code_hash, code);
            code_len
        });
        meter.consume(T::WeightInfo::v9_migration_step(code_len.unwrap_or(0)));
        IsFinished::unless_visited(&code_len)
    }

    #[cfg(feature = "try-runtime")]
    fn pre_upgrade_step() -> Result<Vec<u8>, TryRuntimeError> {
        Ok(v8::CodeStorage::<T>::sample().encode())
    }

    #[cfg(feature = "try-runtime")]
    fn post_upgrade_step(state: Vec<u8>) -> Result<(), TryRuntimeError> {
        for (code_hash, instrumented) in stored_state::<Vec<(CodeHash<T>, InstrumentedCode)>>(&state)? {
            let code = v9::InstrumentedCode { instrumented, determinism: Determinism::Enforced };
            frame_support::ensure!(v9::CodeStorage::<T>::get(code_hash) == Some(code), "instrumented code was changed");
        }
        Ok(())
    }
}
