use super::*;
use crate::{
    Code, CollectEvents, ContractAccessError, DebugInfo, Determinism,
    tests::{self, ALICE, Contracts, GAS_LIMIT, RuntimeOrigin, Test, on_chain},
};
use frame_support::{
    assert_err, assert_ok,
    dispatch::{DispatchResultWithPostInfo, Pays},
    traits::{Hooks, StorageVersion},
};
use sp_core::H256;

pub(super) mod chain;
mod whole_way;

/// Needs `N` steps.
#[derive(Default, Encode, Decode, MaxEncodedLen)]
struct Counting<const N: u16> {
    done: u16,
}

impl<const N: u16> MigrationStep for Counting<N> {
    const VERSION: u16 = N;

    fn max_step_weight() -> Weight {
        Weight::from_all(1)
    }

    fn step(&mut self, meter: &mut WeightMeter) -> IsFinished {
        assert!(self.done < N, "it was finished");
        self.done += 1;
        meter.consume(Weight::from_all(1));
        if self.done == N { IsFinished::Yes } else { IsFinished::No }
    }
}

/// The mock chain migrates to the last two versions, and nothing changes with them.
fn from_two_versions_ago(test: impl FnOnce()) {
    on_chain(|| {
        StorageVersion::new(14).put::<Pallet<Test>>();
        Migration::<Test, false>::on_runtime_upgrade();
        test();
        MigrationInProgress::<Test>::kill();
    });
}

fn version() -> StorageVersion {
    Pallet::<Test>::on_chain_storage_version()
}

#[test]
fn the_last_migration_leads_to_the_current_version() {
    assert_eq!(STORAGE_VERSION, StorageVersion::new(codegen::LATEST_MIGRATION_VERSION));
    assert_eq!(codegen::BenchMigrations::VERSION_RANGE.1, codegen::LATEST_MIGRATION_VERSION);
}

#[test]
fn a_sequence_supports_exactly_the_upgrade_from_before_its_first_to_its_last() {
    type Sequence = (Counting<9>, Counting<10>, Counting<11>);
    let supports = |from, to| Sequence::is_upgrade_supported(StorageVersion::new(from), StorageVersion::new(to));
    assert_eq!(Sequence::VERSION_RANGE, (9, 11));
    assert!(supports(8, 11));
    assert!(!supports(9, 11));
    assert!(!supports(8, 10));
    assert!(!supports(8, 12));
}

#[test]
fn steps_are_done_as_far_as_the_weight_goes_and_go_on_where_they_stopped() {
    type Sequence = (Counting<2>, Counting<3>);
    let version = StorageVersion::new(3);
    let mut meter = WeightMeter::with_limit(Weight::from_all(2));
    let cursor = Sequence::new(version);
    let StepResult::InProgress { cursor, steps_done: 2 } = Sequence::steps(version, &cursor, &mut meter) else {
        panic!("two of three steps are done");
    };
    assert_eq!(meter.consumed(), Weight::from_all(2));
    let mut meter = WeightMeter::with_limit(Weight::from_all(2));
    assert_eq!(Sequence::steps(version, &cursor, &mut meter), StepResult::Completed { steps_done: 1 });
    assert_eq!(meter.consumed(), Weight::from_all(1));
}

#[test]
#[should_panic(expected = "no migration to version")]
fn a_version_without_a_migration_is_an_error_of_the_runtime() {
    <(Counting<2>, Counting<3>)>::new(StorageVersion::new(4));
}

#[test]
#[should_panic(expected = "a step of migration 2 takes")]
fn a_step_must_fit_into_a_block() {
    <(Counting<2>,)>::integrity_test(Weight::zero());
}

#[test]
fn without_an_upgrade_there_is_no_migration() {
    on_chain(|| {
        assert_eq!(version(), STORAGE_VERSION);
        Migration::<Test>::on_runtime_upgrade();
        assert!(!Migration::<Test>::in_progress());
        assert_eq!(Migration::<Test>::migrate(&mut WeightMeter::new()), MigrateResult::NoMigrationInProgress);
        let no_weight = &mut WeightMeter::with_limit(Weight::zero());
        assert_eq!(Migration::<Test>::migrate(no_weight), MigrateResult::NoMigrationPerformed);
    });
}

#[test]
fn each_turn_leads_to_the_next_version() {
    from_two_versions_ago(|| {
        let turn = || Migration::<Test>::migrate(&mut WeightMeter::new());
        assert_eq!(turn(), MigrateResult::InProgress { steps_done: 1 });
        assert_eq!(version(), StorageVersion::new(15));
        assert_eq!(turn(), MigrateResult::Completed);
        assert_eq!(version(), STORAGE_VERSION);
        assert_eq!(turn(), MigrateResult::NoMigrationInProgress);
    });
}

#[test]
fn a_second_upgrade_does_not_start_a_migration_anew() {
    from_two_versions_ago(|| {
        let cursor = Cursor::try_from(vec![1, 2, 3]).expect("it is short");
        MigrationInProgress::<Test>::put(&cursor);
        Migration::<Test, false>::on_runtime_upgrade();
        assert_eq!(MigrationInProgress::<Test>::get(), Some(cursor));
    });
}

#[test]
fn on_idle_does_all_that_the_block_has_room_for() {
    from_two_versions_ago(|| {
        Contracts::on_idle(1, Weight::zero());
        assert_eq!(version(), StorageVersion::new(14));
        Contracts::on_idle(1, Weight::MAX);
        assert_eq!(version(), STORAGE_VERSION);
        assert!(!Migration::<Test>::in_progress());
    });
}

#[test]
fn on_idle_does_one_migration_if_there_is_room_for_one() {
    from_two_versions_ago(|| {
        Contracts::on_idle(1, <Test as crate::Config>::WeightInfo::migrate() + Weight::from_all(1));
        assert_eq!(version(), StorageVersion::new(15));
    });
}

#[test]
fn anybody_can_help_and_pays_nothing_for_progress() {
    from_two_versions_ago(|| {
        let migrate = || Contracts::migrate(RuntimeOrigin::signed(ALICE), Weight::MAX);
        for _ in 0..2 {
            assert_eq!(migrate().expect("there is a migration").pays_fee, Pays::No);
        }
        let done = migrate().expect_err("there is none any more");
        assert_eq!(done.error, Error::<Test>::NoMigrationPerformed.into());
        assert!(done.post_info.actual_weight.is_some());
        assert_err!(
            Contracts::migrate(RuntimeOrigin::root(), Weight::MAX).map_err(|error| error.error),
            sp_runtime::DispatchError::BadOrigin,
        );
    });
}

#[test]
#[allow(deprecated, reason = "old calls are calls")]
fn everything_else_waits_for_the_migration() {
    from_two_versions_ago(|| {
        let alice = || RuntimeOrigin::signed(ALICE);
        let hash = H256::zero();
        let calls: [DispatchResultWithPostInfo; 9] = [
            Contracts::call_old_weight(alice(), ALICE, 0, 1, None, vec![]),
            Contracts::instantiate_with_code_old_weight(alice(), 0, 1, None, vec![], vec![], vec![]),
            Contracts::instantiate_old_weight(alice(), 0, 1, None, hash, vec![], vec![]),
            Contracts::upload_code(alice(), vec![], None, Determinism::Enforced).map(Into::into).map_err(Into::into),
            Contracts::remove_code(alice(), hash),
            Contracts::set_code(RuntimeOrigin::root(), ALICE, hash).map(Into::into).map_err(Into::into),
            Contracts::call(alice(), ALICE, 0, GAS_LIMIT, None, vec![]),
            Contracts::instantiate_with_code(alice(), 0, GAS_LIMIT, None, vec![], vec![], vec![]),
            Contracts::instantiate(alice(), 0, GAS_LIMIT, None, hash, vec![], vec![]),
        ];
        let waits = sp_runtime::DispatchError::from(Error::<Test>::MigrationInProgress);
        for call in calls {
            assert_err!(call.map_err(|error| error.error), waits);
        }
        let (skip, code) = (DebugInfo::Skip, Code::Existing(hash));
        let dry_run = Contracts::bare_instantiate(
            ALICE,
            0,
            GAS_LIMIT,
            None,
            code,
            vec![],
            vec![],
            skip,
            CollectEvents::UnsafeCollect,
        );
        assert_err!(dry_run.result, waits);
        assert_eq!((dry_run.gas_consumed, dry_run.events), (Weight::zero(), None));
        assert_err!(tests::call(&ALICE, vec![]).result, waits);
        assert_err!(Contracts::bare_upload_code(ALICE, vec![], None, Determinism::Enforced), waits);
        assert_eq!(Contracts::get_storage(ALICE, vec![]), Err(ContractAccessError::MigrationInProgress));
        assert_ok!(Contracts::migrate(alice(), Weight::MAX));
    });
}
