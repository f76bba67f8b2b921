//! Version 16: the base deposit of a contract no longer counts the existential deposit of its account.

use super::{IsFinished, MigrationStep, layouts::v15, walk::Walk};
#[cfg(feature = "try-runtime")]
use crate::{AccountIdOf, ContractInfoOf, migration::stored_state};
use crate::{Config, Pallet, weights::WeightInfo};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{
    DefaultNoBound,
    weights::{Weight, WeightMeter},
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;
use sp_runtime::traits::Saturating;

#[cfg(test)]
mod tests;

/// A step does one contract.
#[derive(Encode, Decode, MaxEncodedLen, DefaultNoBound)]
pub struct Migration<T: Config> {
    last_account: Option<T::AccountId>,
}

impl<T: Config> MigrationStep for Migration<T> {
    const VERSION: u16 = 16;

    fn max_step_weight() -> Weight {
        T::WeightInfo::v16_migration_step()
    }

    fn step(&mut self, meter: &mut WeightMeter) -> IsFinished {
        let visited = v15::ContractInfoOf::<T>::visit_next(&mut self.last_account, |account, mut contract| {
            contract.record.storage_base_deposit.saturating_reduce(Pallet::<T>::min_balance());
            v15::ContractInfoOf::<T>::insert(account, contract);
        });
        meter.consume(T::WeightInfo::v16_migration_step());
        IsFinished::unless_visited(&visited)
    }

    #[cfg(feature = "try-runtime")]
    fn pre_upgrade_step() -> Result<Vec<u8>, TryRuntimeError> {
        Ok(v15::ContractInfoOf::<T>::sample().encode())
    }

    #[cfg(feature = "try-runtime")]
    fn post_upgrade_step(state: Vec<u8>) -> Result<(), TryRuntimeError> {
        for (account, mut expected) in stored_state::<Vec<(AccountIdOf<T>, v15::ContractInfo<T>)>>(&state)? {
            expected.record.storage_base_deposit.saturating_reduce(Pallet::<T>::min_balance());
            let new = ContractInfoOf::<T>::get(&account).ok_or("a contract is lost")?;
            frame_support::ensure!(new.encode() == expected.encode(), "more than the base deposit was changed");
        }
        Ok(())
    }
}
