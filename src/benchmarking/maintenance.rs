//! What the pallet does by itself: deleting the data of terminated contracts, and carrying migrations on.
//!
//! The migrations that are carried on are two that do nothing ([`BenchMigrations`]): what remains is what every turn
//! takes. A runtime that measures has them in `Config::Migrations`.
//!
//! [`BenchMigrations`]: crate::migration::codegen::BenchMigrations

use super::setup::Instantiated;
use crate::{
    Call, Config, DeletionQueue, DeletionQueueManager, MigrateSequence, Migration, MigrationInProgress,
    Pallet as Contracts,
    contract::Key,
    deletion_queue,
    migration::{MigrateResult, codegen::LATEST_MIGRATION_VERSION},
};
use alloc::vec;
use codec::HasCompact;
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::{
    traits::{Get, GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
    weights::{Weight, WeightMeter},
};
use frame_system::RawOrigin;

/// What FRAME takes for the pallet.
pub struct Pallet<T: Config>(PhantomData<T>);

/// The most keys that are deleted in one go.
const KEYS_MAX: u32 = 1_024;

/// Where the migrations that do nothing begin.
const OLD_VERSION: u16 = LATEST_MIGRATION_VERSION - 2;

/// Makes the chain one of an older version.
fn set_old_version<T: Config>() -> Result<(), BenchmarkError> {
    let (old, latest) = (StorageVersion::new(OLD_VERSION), StorageVersion::new(LATEST_MIGRATION_VERSION));
    if !T::Migrations::is_upgrade_supported(old, latest) {
        return Err(
            "`Config::Migrations` must be `migration::codegen::BenchMigrations` in a runtime that measures".into()
        );
    }
    old.put::<Contracts<T>>();
    Ok(())
}

fn upgrade_runtime<T: Config>() -> Weight {
    <Migration<T, false> as OnRuntimeUpgrade>::on_runtime_upgrade()
}

fn version<T: Config>() -> StorageVersion {
    Contracts::<T>::on_chain_storage_version()
}

#[benchmarks(
    where <crate::BalanceOf<T> as HasCompact>::Type: Clone + Eq + PartialEq + core::fmt::Debug + scale_info::TypeInfo + codec::Encode,
)]
mod benchmarks {
    use super::*;

    /// A turn with an empty queue.
    #[benchmark(pov_mode = Measured)]
    fn on_process_deletion_queue_batch() {
        let mut meter = WeightMeter::new();
        #[block]
        {
            deletion_queue::process_batch::<T>(&mut meter);
        }
        assert_ne!(meter.consumed(), Weight::zero());
    }

    /// `k`: values of the largest size.
    #[benchmark(skip_meta, pov_mode = Measured)]
    fn on_initialize_per_trie_key(k: Linear<0, KEYS_MAX>) -> Result<(), BenchmarkError> {
        let info = Instantiated::<T>::empty(0)?.info()?;
        let value = vec![42; usize::try_from(T::Schedule::get().limits.payload_len).unwrap_or(usize::MAX)];
        let keys = (0..k).map(|number| Key::<T>::Fix(sp_io::hashing::blake2_256(&number.to_le_bytes())));
        keys.clone().for_each(|key| {
            info.write(&key, Some(value.clone()), false);
        });
        DeletionQueueManager::<T>::load().insert(info.trie_id.clone());
        let mut meter = WeightMeter::new();
        #[block]
        {
            deletion_queue::process_batch::<T>(&mut meter);
        }
        assert!(keys.into_iter().all(|key| info.size(&key).is_none()));
        assert_eq!(DeletionQueue::<T>::iter().count(), 0);
        Ok(())
    }

    /// A turn that finds nothing to migrate.
    #[benchmark(pov_mode = Measured)]
    fn migration_noop() {
        StorageVersion::new(LATEST_MIGRATION_VERSION).put::<Contracts<T>>();
        let result;
        #[block]
        {
            result = Migration::<T>::migrate(&mut WeightMeter::new());
        }
        assert_eq!(result, MigrateResult::NoMigrationInProgress);
        assert_eq!(version::<T>(), LATEST_MIGRATION_VERSION);
    }

    /// A turn that completes one version.
    #[benchmark(pov_mode = Measured)]
    fn migrate() -> Result<(), BenchmarkError> {
        set_old_version::<T>()?;
        upgrade_runtime::<T>();
        #[extrinsic_call]
        _(RawOrigin::Signed(whitelisted_caller()), Weight::MAX);
        assert_eq!(version::<T>(), OLD_VERSION + 1);
        Ok(())
    }

    /// An upgrade of the runtime with nothing to migrate.
    #[benchmark(pov_mode = Measured)]
    fn on_runtime_upgrade_noop() {
        StorageVersion::new(LATEST_MIGRATION_VERSION).put::<Contracts<T>>();
        #[block]
        {
            upgrade_runtime::<T>();
        }
        assert_eq!(MigrationInProgress::<T>::get(), None);
    }

    /// An upgrade of the runtime while a migration is in progress.
    #[benchmark(pov_mode = Measured)]
    fn on_runtime_upgrade_in_progress() -> Result<(), BenchmarkError> {
        set_old_version::<T>()?;
        let cursor = vec![42].try_into().ok();
        MigrationInProgress::<T>::set(cursor.clone());
        #[block]
        {
            upgrade_runtime::<T>();
        }
        assert!(cursor.is_some());
        assert_eq!(MigrationInProgress::<T>::get(), cursor);
        Ok(())
    }

    /// An upgrade of the runtime that starts a migration.
    #[benchmark(pov_mode = Measured)]
    fn on_runtime_upgrade() -> Result<(), BenchmarkError> {
        set_old_version::<T>()?;
        #[block]
        {
            upgrade_runtime::<T>();
        }
        assert!(MigrationInProgress::<T>::get().is_some());
        assert_eq!(version::<T>(), OLD_VERSION);
        Ok(())
    }

    impl_benchmark_test_suite!(Pallet, crate::benchmarking::tests::externalities(), crate::tests::Test);
}
