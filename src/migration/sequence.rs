//! Migrations one after the other: a tuple.

use super::{Cursor, IsFinished, MigrationStep, StepResult};
#[cfg(feature = "try-runtime")]
use alloc::vec::Vec;
use frame_support::{
    traits::StorageVersion,
    weights::{Weight, WeightMeter},
};
#[cfg(feature = "try-runtime")]
use sp_runtime::TryRuntimeError;

/// A tuple of up to ten migrations, each to the version behind that of the one before it:
///
/// ```
/// use pallet_contracts::{MigrateSequence, NoopMigration};
/// assert_eq!(<(NoopMigration<1>, NoopMigration<2>)>::VERSION_RANGE, (1, 2));
/// ```
///
/// A gap does not compile:
///
/// ```compile_fail
/// use pallet_contracts::{MigrateSequence, NoopMigration};
/// let _ = <(NoopMigration<1>, NoopMigration<3>)>::VERSION_RANGE;
/// ```
pub trait MigrateSequence: sealing::Sealed {
    /// The versions of the first migration and of the last.
    const VERSION_RANGE: (u16, u16);

    /// The cursor that the migration to a version starts with.
    ///
    /// # Panics
    /// If there is no such migration, like all that take a version.
    #[allow(clippy::new_ret_no_self, reason = "pallet-contracts calls it so")]
    fn new(version: StorageVersion) -> Cursor;

    /// See [`MigrationStep::pre_upgrade_step`].
    #[cfg(feature = "try-runtime")]
    fn pre_upgrade_step(version: StorageVersion) -> Result<Vec<u8>, TryRuntimeError>;

    /// See [`MigrationStep::post_upgrade_step`].
    #[cfg(feature = "try-runtime")]
    fn post_upgrade_step(version: StorageVersion, state: Vec<u8>) -> Result<(), TryRuntimeError>;

    /// Does steps of the migration to a version, as many as the meter has weight for.
    fn steps(version: StorageVersion, cursor: &[u8], meter: &mut WeightMeter) -> StepResult;

    /// See [`MigrationStep::integrity_test`].
    fn integrity_test(max_block_weight: Weight);

    /// Whether these are the migrations from one version to the other.
    fn is_upgrade_supported(in_storage: StorageVersion, target: StorageVersion) -> bool {
        let (first, last) = Self::VERSION_RANGE;
        in_storage + 1 == first && target == last
    }
}

/// `versions` with one more behind it.
const fn extended((first, last): (u16, u16), version: u16) -> (u16, u16) {
    match (first, last) {
        (0, 0) => (version, version),
        (first, last) if version == last + 1 => (first, version),
        _ => panic!("migrations must be ordered by their versions, and none may be missing"),
    }
}

#[impl_trait_for_tuples::impl_for_tuples(10)]
#[tuple_types_custom_trait_bound(MigrationStep)]
#[allow(unused_variables, reason = "`()` uses none")]
impl MigrateSequence for Tuple {
    const VERSION_RANGE: (u16, u16) = {
        #[allow(unused_mut, reason = "`()` changes it not")]
        let mut versions = (0, 0);
        for_tuples!( #( versions = extended(versions, Tuple::VERSION); )* );
        versions
    };

    fn new(version: StorageVersion) -> Cursor {
        for_tuples!( #( if version == Tuple::VERSION { return cursor(&Tuple::default()); } )* );
        no_migration_to(version)
    }

    #[cfg(feature = "try-runtime")]
    fn pre_upgrade_step(version: StorageVersion) -> Result<Vec<u8>, TryRuntimeError> {
        for_tuples!( #( if version == Tuple::VERSION { return Tuple::pre_upgrade_step(); } )* );
        no_migration_to(version)
    }

    #[cfg(feature = "try-runtime")]
    fn post_upgrade_step(version: StorageVersion, state: Vec<u8>) -> Result<(), TryRuntimeError> {
        for_tuples!( #( if version == Tuple::VERSION { return Tuple::post_upgrade_step(state); } )* );
        no_migration_to(version)
    }

    fn steps(version: StorageVersion, cursor: &[u8], meter: &mut WeightMeter) -> StepResult {
        for_tuples!( #( if version == Tuple::VERSION { return steps_of::<Tuple>(cursor, meter); } )* );
        no_migration_to(version)
    }

    fn integrity_test(max_block_weight: Weight) {
        for_tuples!( #( Tuple::integrity_test(max_block_weight); )* );
    }
}

fn steps_of<M: MigrationStep>(mut cursor: &[u8], meter: &mut WeightMeter) -> StepResult {
    let mut migration =
        M::decode(&mut cursor).expect("only this module writes the cursor, and for this migration; qed");
    let mut steps_done = 0_u32;
    while meter.can_consume(M::max_step_weight()) {
        steps_done = steps_done.saturating_add(1);
        if migration.step(meter) == IsFinished::Yes {
            return StepResult::Completed { steps_done };
        }
    }
    StepResult::InProgress { cursor: self::cursor(&migration), steps_done }
}

fn cursor<M: MigrationStep>(migration: &M) -> Cursor {
    migration.encode().try_into().expect("`integrity_test` compares the lengths; qed")
}

fn no_migration_to(version: StorageVersion) -> ! {
    panic!("`Config::Migrations` has no migration to version {version:?}, and the chain needs it")
}

mod sealing {
    use crate::migration::MigrationStep;

    /// Keeps [`super::MigrateSequence`] to tuples.
    pub trait Sealed {}

    #[impl_trait_for_tuples::impl_for_tuples(10)]
    #[tuple_types_custom_trait_bound(MigrationStep)]
    impl Sealed for Tuple {}
}
