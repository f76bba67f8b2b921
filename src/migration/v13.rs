//! Version 13: contracts can lock code. None has yet.

use super::{
    IsFinished, MigrationStep,
    layouts::{v10, v13},
    walk::Walk,
};
#[cfg(feature = "try-runtime")]
use crate::{AccountIdOf, CodeHash, migration::stored_state};
use crate::{BalanceOf, Config, weights::WeightInfo};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
    DefaultNoBound,
    weights::{Weight, WeightMeter},
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;

#[cfg(test)]
mod tests;

/// A step does one contract.
#[derive(Encode, Decode, MaxEncodedLen, DefaultNoBound)]
pub struct Migration<T: Config> {
    last_account: Option<T::AccountId>,
}

impl<T: Config> MigrationStep for Migration<T> {
    const VERSION: u16 = 13;

    fn max_step_weight() -> Weight {
        T::WeightInfo::v13_migration_step()
    }

    fn step(&mut self, meter: &mut WeightMeter) -> IsFinished {
        let visited =
            v10::ContractInfoOf::<T, BalanceOf<T>>::visit_next(&mut self.last_account, |account, contract| {
                let contract = v13::ContractInfo { contract, delegate_dependencies: Default::default() };
                v13::ContractInfoOf::<T>::insert(account, contract);
            });
        meter.consume(T::WeightInfo::v13_migration_step());
        IsFinished::unless_visited(&visited)
    }

    #[cfg(feature = "try-runtime")]
    fn pre_upgrade_step() -> Result<Vec<u8>, TryRuntimeError> {
        Ok(v10::ContractInfoOf::<T, BalanceOf<T>>::sample().encode())
    }

    #[cfg(feature = "try-runtime")]
    fn post_upgrade_step(state: Vec<u8>) -> Result<(), TryRuntimeError> {
        use frame_support::ensure;
        type Sample<T> = Vec<(AccountIdOf<T>, v10::ContractInfo<AccountIdOf<T>, CodeHash<T>, BalanceOf<T>>)>;
        for (account, old) in stored_state::<Sample<T>>(&state)? {
            let new = v13::ContractInfoOf::<T>::get(account).ok_or("a contract is lost")?;
            ensure!(new.contract == old, "a contract was changed");
            ensure!(new.delegate_dependencies.is_empty(), "a contract has locked code before it could");
        }
        Ok(())
    }
}
