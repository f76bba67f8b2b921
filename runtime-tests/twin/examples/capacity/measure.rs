//! What calls weigh with both pallets, and how many of them fit a block.
//!
//! Each call is dispatched as the extrinsic on the mock runtime, with the pallet's own default `WeightInfo`, and what
//! is taken is its weight when it is over. Its parts come from the same call under other settings: on a chain whose
//! database is free, and, with pallet-contracts 51, where an instruction costs one picosecond. What the pallet charges
//! for the engine it says itself, class by class, so that this part can be had at the prices of every placement.

use frame_support::weights::{RuntimeDbWeight, Weight};
use vellum_engine::{GasClass, Mode, Module, Policy, PriceTable};
use vellum_host::profile::{self, Profile};
use vellum_twin as ours;
use vellum_twin::capacity::Workload;
use vellum_twin_51 as theirs;

/// The `ref_time` of blocks that calls are to fit, in picoseconds: two seconds, of which chains leave a share to
/// calls of users.
pub const BLOCK_REF_TIME: u64 = 2_000_000_000_000;
/// The proof that calls are to fit, in bytes, as parachains have had it.
pub const BLOCK_PROOF_SIZE: u64 = 5 * 1024 * 1024;

/// A call under one pallet with one table of prices.
pub struct Row {
    /// What is called.
    pub workload: Workload,
    /// The pallet, and its prices.
    pub pallet: &'static str,
    /// Everything that the extrinsic is charged when it is over.
    pub weight: Weight,
    /// Of that, picoseconds for instructions, first calls and instances.
    pub engine: u64,
    /// Of that, picoseconds for the database.
    pub database: u64,
}

impl Row {
    /// How many fit the block's `ref_time`.
    pub fn calls(&self) -> u64 {
        BLOCK_REF_TIME / self.weight.ref_time()
    }

    /// How many would fit if the database were free.
    pub fn calls_without_database(&self) -> u64 {
        BLOCK_REF_TIME / (self.weight.ref_time() - self.database)
    }

    /// How many fit the block's proof.
    pub fn calls_in_proof(&self) -> u64 {
        BLOCK_PROOF_SIZE / self.weight.proof_size()
    }
}

/// Weighs a call everywhere: with the prices of each placement, and with pallet-contracts 51.
pub fn rows(workload: Workload) -> Vec<Row> {
    let mut rows = our_rows(workload);
    rows.push(their_row(workload));
    rows
}

fn our_rows(workload: Workload) -> Vec<Row> {
    let (weight, profile) = our_weight(workload, ours::Settings::default());
    let (without_database, _) = our_weight(workload, ours::Settings { db_weight: FREE, ..Default::default() });
    let database = weight.ref_time() - without_database.ref_time();
    let booked = booked(&profile);
    let tables = [
        ("Vellum, prices of the host", vellum_weights::host()),
        ("Vellum, prices of the linked engine", vellum_weights::linked()),
        ("Vellum, the dearer of both", vellum_weights::either()),
    ];
    let engines = tables.map(|(pallet, prices)| (pallet, engine(workload, &profile, &prices)));
    assert!(engines.iter().any(|(_, engine)| *engine == booked), "what was booked is what one of the tables says");
    let row = |(pallet, engine)| {
        let weight = weight.set_ref_time(weight.ref_time() - booked + engine);
        Row { workload, pallet, weight, engine, database }
    };
    engines.map(row).into()
}

/// A database that takes no time.
const FREE: RuntimeDbWeight = RuntimeDbWeight { read: 0, write: 0 };

/// The weight of a run's last step, and what was booked meanwhile.
fn our_weight(workload: Workload, settings: ours::Settings) -> (Weight, Profile) {
    let mut run = workload.run(settings);
    let mut last = None;
    while let (Some(record), profile) = profile::record(|| run.next()) {
        last = Some((record, profile));
    }
    let (record, profile) = last.expect("every workload has steps; qed");
    (actual_weight(record.succeeded, &record.gas), profile)
}

/// What the pallet has charged for the engine.
fn booked(profile: &Profile) -> u64 {
    let instances = profile.charges.get("instantiate_module").map_or(0, |share| share.ref_time);
    profile.gas_classes.values().map(|share| share.fuel).sum::<u64>() + instances
}

/// What it would have charged at these prices.
fn engine(workload: Workload, profile: &Profile, prices: &PriceTable) -> u64 {
    let of_class = |class: &GasClass| {
        let count = profile.gas_classes.get(class.name()).map_or(0, |share| share.count);
        prices.cost(*class, count)
    };
    let instance = |code: Vec<u8>| {
        let module = Module::new(&code, &Policy::stored(), prices, Mode::Lazy).expect("it has run; qed");
        module.instantiation_fuel()
    };
    let instances = workload.codes().into_iter().map(instance).sum::<u64>();
    GasClass::ALL.iter().map(of_class).sum::<u64>() + instances
}

fn their_row(workload: Workload) -> Row {
    let their_workload = *theirs::capacity::Workload::ALL
        .iter()
        .find(|theirs| theirs.name() == workload.name())
        .expect("both are built from one source; qed");
    let weigh = |db_weight: Option<RuntimeDbWeight>, instruction_base| {
        let settings = theirs::Settings::default();
        let db_weight = db_weight.unwrap_or(settings.db_weight);
        let run = their_workload.run(theirs::Settings { db_weight, instruction_base, ..settings });
        let record = run.last().expect("every workload has steps; qed");
        actual_weight(record.succeeded, &record.gas)
    };
    let weight = weigh(None, None);
    let database = weight.ref_time() - weigh(Some(FREE), None).ref_time();
    let base = u64::from(theirs::capacity::instruction_base());
    // Both have the same units of fuel in them, at `base` and at 1. What host functions take is rounded down to whole
    // units, so this is short by less than one for each of their calls.
    let fuel = (weight.ref_time() - weigh(None, Some(1)).ref_time()) / (base - 1);
    Row { workload, pallet: "pallet-contracts 51", weight, engine: fuel * base, database }
}

fn actual_weight(succeeded: bool, gas: &[(&str, Weight)]) -> Weight {
    assert!(succeeded, "a call that fails says nothing about those that succeed");
    let [("actual weight", weight)] = gas else { panic!("an extrinsic says what it weighs") };
    *weight
}
