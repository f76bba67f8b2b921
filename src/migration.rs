//! Migrations of what older releases stored, over as many blocks as it takes.
//!
//! A chain whose storage has an older version lists the migrations from there to [`STORAGE_VERSION`] in
//! [`Config::Migrations`] and puts [`Migration`] among the migrations of its runtime. The upgrade itself only
//! notes that there is work to do; [`on_idle`](frame_support::traits::Hooks::on_idle) does it with what is left
//! of each block, and anybody can make it faster by [`Pallet::migrate`]. Until it is done the pallet refuses
//! everything else.
//!
//! Each version has a [`MigrationStep`]. A step does a bounded part of the work, mostly one item; what it has
//! to remember for the next one is the step's own value, which is stored as the [`Cursor`].
//!
//! The versions are those of pallet-contracts, from 9 on. A file each says what changes with it; what was stored
//! before is in `layouts`. `docs/migrations.md` is for those whose chain is to be migrated.

use crate::{Config, Error, LOG_TARGET, MigrationInProgress, Pallet, STORAGE_VERSION, weights::WeightInfo};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use codec::{Codec, Decode, Encode, MaxEncodedLen};
use core::marker::PhantomData;
use frame_support::{
    BoundedVec, DefaultNoBound,
    dispatch::DispatchResult,
    traits::{ConstU32, Get, GetStorageVersion, OnRuntimeUpgrade},
    weights::{Weight, WeightMeter},
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;

mod layouts;
mod sequence;
#[cfg(test)]
mod tests;
mod walk;

pub mod v09;
pub mod v10;
pub mod v11;
pub mod v12;
pub mod v13;
pub mod v14;
pub mod v15;
pub mod v16;

pub use sequence::MigrateSequence;

/// What a runtime needs to know to be benchmarked.
pub mod codegen {
    use super::NoopMigration;

    /// The version that the last migration leads to.
    pub const LATEST_MIGRATION_VERSION: u16 = 16;

    /// Migrations that do nothing, to measure what remains.
    pub type BenchMigrations = (NoopMigration<15>, NoopMigration<16>);
}

/// How far the migration of a version has come: its step, encoded.
pub type Cursor = BoundedVec<u8, ConstU32<1024>>;

/// Whether a migration has nothing left to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IsFinished {
    /// The storage has the new version.
    Yes,
    /// There is more to do.
    No,
}

/// The migration from the version before to [`VERSION`](Self::VERSION).
pub trait MigrationStep: Codec + MaxEncodedLen + Default {
    /// The version that the storage has afterwards.
    const VERSION: u16;

    /// The most that one step takes.
    fn max_step_weight() -> Weight;

    /// Does a part of the work and books what it took.
    fn step(&mut self, meter: &mut WeightMeter) -> IsFinished;

    /// Panics if a step does not fit into a block, or its value into a [`Cursor`].
    fn integrity_test(max_block_weight: Weight) {
        let weight = Self::max_step_weight();
        assert!(
            weight.all_lte(max_block_weight),
            "a step of migration {} takes {weight}, and a block has {max_block_weight}",
            Self::VERSION,
        );
        let (len, len_max) = (Self::max_encoded_len(), Cursor::bound());
        assert!(len <= len_max, "a step of migration {} has {len} bytes, and a cursor has {len_max}", Self::VERSION);
    }

    /// Looks at the state before the first step. What it returns goes to [`Self::post_upgrade_step`].
    #[cfg(feature = "try-runtime")]
    fn pre_upgrade_step() -> Result<Vec<u8>, TryRuntimeError> {
        Ok(Vec::new())
    }

    /// Checks the state after the last step.
    #[cfg(feature = "try-runtime")]
    fn post_upgrade_step(_state: Vec<u8>) -> Result<(), TryRuntimeError> {
        Ok(())
    }
}

/// The migration to a version that changes nothing.
#[derive(DefaultNoBound, Encode, Decode, MaxEncodedLen)]
pub struct NoopMigration<const N: u16>;

impl<const N: u16> MigrationStep for NoopMigration<N> {
    const VERSION: u16 = N;

    fn max_step_weight() -> Weight {
        Weight::zero()
    }

    fn step(&mut self, _meter: &mut WeightMeter) -> IsFinished {
        IsFinished::Yes
    }
}

/// Starts the migrations of [`Config::Migrations`] when a runtime is upgraded.
///
/// With `try-runtime`, all of them run at once, and their checks with them, unless `TEST_ALL_STEPS` is
/// false.
pub struct Migration<T: Config, const TEST_ALL_STEPS: bool = true>(PhantomData<T>);

/// What a turn of the migrations did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MigrateResult {
    /// The weight did not suffice for looking.
    NoMigrationPerformed,
    /// There is none to do.
    NoMigrationInProgress,
    /// There is more to do.
    InProgress {
        /// How many steps were done.
        steps_done: u32,
    },
    /// The storage has the current version.
    Completed,
}

/// What a turn of one migration did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StepResult {
    /// There is more to do.
    InProgress {
        /// Where to go on.
        cursor: Cursor,
        /// How many steps were done.
        steps_done: u32,
    },
    /// The storage has the migration's version.
    Completed {
        /// How many steps were done.
        steps_done: u32,
    },
}

impl<T: Config, const TEST_ALL_STEPS: bool> Migration<T, TEST_ALL_STEPS> {
    /// See [`MigrationStep::integrity_test`].
    pub(crate) fn integrity_test() {
        T::Migrations::integrity_test(T::BlockWeights::get().max_block);
    }

    /// Fails with [`Error::MigrationInProgress`] if there is one to do.
    pub(crate) fn ensure_migrated() -> DispatchResult {
        if Self::in_progress() { Err(Error::<T>::MigrationInProgress.into()) } else { Ok(()) }
    }

    /// Whether there is one to do.
    pub(crate) fn in_progress() -> bool {
        MigrationInProgress::<T>::exists()
    }

    /// Does as many steps of the current migration as the meter has weight for. A migration that is done
    /// makes place for the next one, which a later turn starts.
    pub(crate) fn migrate(meter: &mut WeightMeter) -> MigrateResult {
        if meter.try_consume(T::WeightInfo::migrate()).is_err() {
            return MigrateResult::NoMigrationPerformed;
        }
        MigrationInProgress::<T>::mutate_exists(|progress| {
            let Some(cursor) = progress else {
                meter.consume(T::WeightInfo::migration_noop());
                return MigrateResult::NoMigrationInProgress;
            };
            let version = Pallet::<T>::on_chain_storage_version() + 1;
            let (next, result) = match T::Migrations::steps(version, cursor, meter) {
                StepResult::InProgress { cursor, steps_done } => {
                    (Some(cursor), MigrateResult::InProgress { steps_done })
                }
                StepResult::Completed { steps_done } => {
                    version.put::<Pallet<T>>();
                    log::info!(target: LOG_TARGET, "migrated to storage version {version:?}");
                    if version == STORAGE_VERSION {
                        (None, MigrateResult::Completed)
                    } else {
                        (Some(T::Migrations::new(version + 1)), MigrateResult::InProgress { steps_done })
                    }
                }
            };
            *progress = next;
            result
        })
    }
}

impl<T: Config, const TEST_ALL_STEPS: bool> OnRuntimeUpgrade for Migration<T, TEST_ALL_STEPS> {
    fn on_runtime_upgrade() -> Weight {
        let on_chain = Pallet::<T>::on_chain_storage_version();
        if on_chain == STORAGE_VERSION {
            log::info!(target: LOG_TARGET, "storage has version {on_chain:?} already");
            return T::WeightInfo::on_runtime_upgrade_noop();
        }
        // The last upgrade's migration is still under way, and goes on to the version of this one.
        if Self::in_progress() {
            log::warn!(target: LOG_TARGET, "a migration from storage version {on_chain:?} is in progress");
            return T::WeightInfo::on_runtime_upgrade_in_progress();
        }
        log::info!(target: LOG_TARGET, "storage is to be migrated from version {on_chain:?} to {STORAGE_VERSION:?}");
        MigrationInProgress::<T>::put(T::Migrations::new(on_chain + 1));

        #[cfg(feature = "try-runtime")]
        if TEST_ALL_STEPS {
            Self::run_all_steps().expect("this is a rehearsal, which is to stop at what would go wrong");
        }
        T::WeightInfo::on_runtime_upgrade()
    }

    /// The checks of each step are made around that step.
    #[cfg(feature = "try-runtime")]
    fn pre_upgrade() -> Result<Vec<u8>, TryRuntimeError> {
        let on_chain = Pallet::<T>::on_chain_storage_version();
        if on_chain != STORAGE_VERSION && !T::Migrations::is_upgrade_supported(on_chain, STORAGE_VERSION) {
            return Err(TryRuntimeError::Other(
                "`Config::Migrations` must start behind the version on chain and end with the current one",
            ));
        }
        Ok(Vec::new())
    }

    #[cfg(feature = "try-runtime")]
    fn post_upgrade(_state: Vec<u8>) -> Result<(), TryRuntimeError> {
        if TEST_ALL_STEPS { crate::try_state::check::<T>() } else { Ok(()) }
    }
}

#[cfg(feature = "try-runtime")]
impl<T: Config, const TEST_ALL_STEPS: bool> Migration<T, TEST_ALL_STEPS> {
    fn run_all_steps() -> Result<(), TryRuntimeError> {
        let mut meter = WeightMeter::new();
        loop {
            let version = Pallet::<T>::on_chain_storage_version() + 1;
            let state = T::Migrations::pre_upgrade_step(version)?;
            let before = meter.consumed();
            let result = Self::migrate(&mut meter);
            log::info!(target: LOG_TARGET, "migration to {version:?} took {}", meter.consumed() - before);
            T::Migrations::post_upgrade_step(version, state)?;
            if result == MigrateResult::Completed {
                return Ok(());
            }
        }
    }
}

/// What [`MigrationStep::pre_upgrade_step`] has returned.
#[cfg(feature = "try-runtime")]
fn stored_state<S: Decode>(mut state: &[u8]) -> Result<S, TryRuntimeError> {
    S::decode(&mut state).map_err(|_| TryRuntimeError::Other("the state before the migration cannot be read"))
}

/// A length as weights take it. Nothing in storage has 4 GiB.
fn len<I>(items: &[I]) -> u32 {
    to_u32(items.len())
}

fn to_u32(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
