//! The same blocks in every placement: equal headers with their state roots, outcomes, events and gas; authored
//! extrinsic by extrinsic and imported whole, with nothing in any cache and with everything in it.
//!
//! Needs the Wasm runtimes: `scripts/placements.sh` builds them and runs this.

use codec::DecodeAll;
use pallet_contracts::Error;
use sp_runtime::DispatchError;
use std::{collections::BTreeMap, sync::LazyLock};
use vellum_placements::{
    chain::{Chain, Trace},
    placements::{self, Placed},
    scenarios,
    script::Script,
};
use vellum_runtime::Runtime;
use vellum_runtime_caller::Placement;
use vellum_runtime_tests::shared::report;

/// Every placement, the native one first. Runtimes are compiled once for all tests.
static PLACED: LazyLock<Vec<Placed>> = LazyLock::new(|| {
    Placement::ALL
        .into_iter()
        .map(|placement| placements::vellum(placement).unwrap_or_else(|error| panic!("{error:#}")))
        .collect()
});

fn native() -> &'static Placed {
    &PLACED[0]
}

fn genesis(placed: &Placed) -> Chain {
    Chain::new(&*placed.caller).unwrap_or_else(|error| panic!("{}: {error:#}", placed.name))
}

/// Authors all blocks of a script.
fn author(placed: &Placed, script: &Script, before_block: impl Fn()) -> (Chain, Vec<Trace>) {
    let mut chain = genesis(placed);
    let author = |block: &[Vec<u8>]| {
        before_block();
        chain
            .author(&*placed.caller, block)
            .unwrap_or_else(|error| panic!("{}, {}: {error:#}", script.name, placed.name))
    };
    let blocks: Vec<_> = script.blocks.iter().filter(|block| !block.is_empty()).collect();
    let traces = blocks.into_iter().map(|block| block.as_slice()).map(author).collect();
    (chain, traces)
}

/// Imports blocks and compares what they do with what they did where they were made.
fn import(placed: &Placed, name: &str, traces: &[Trace], before_block: impl Fn()) {
    let mut chain = genesis(placed);
    for trace in traces {
        before_block();
        let number = trace.block.header.number;
        let events = chain
            .import(&*placed.caller, &trace.block)
            .unwrap_or_else(|error| panic!("{name}, block {number}, {}: {error:#}", placed.name));
        assert_eq!(events, trace.events, "{name}, block {number}, {}", placed.name);
    }
}

/// Runs the script every way there is; gives what it did, so that a test can say what it must have met.
fn compare(script: &Script) -> BTreeMap<String, usize> {
    let (expected_chain, expected) = author(native(), script, || ());
    import(native(), &script.name, &expected, || ());
    let mut dry_runs = 0;
    for placed in &PLACED[1..] {
        let (chain, traces) = author(placed, script, || placed.forget());
        for (trace, expected) in traces.iter().zip(&expected) {
            assert_eq!(trace, expected, "{}, block {}, {}", script.name, expected.block.header.number, placed.name);
        }
        assert_eq!(traces.len(), expected.len());
        import(placed, &script.name, &expected, || ());
        import(placed, &script.name, &expected, || placed.forget());
        let unnoted = chain.without_notes().expect("a state in memory can be read");
        for call in &script.calls {
            let ask = |chain: &Chain, placed: &Placed| {
                chain
                    .ask(&*placed.caller, "ContractsApi_call", &call.arguments())
                    .unwrap_or_else(|error| panic!("{error:#}"))
            };
            let expected = ask(&expected_chain, native());
            assert_eq!(ask(&chain, placed), expected, "{}, {}", script.name, placed.name);
            // Validated or not: the answer has the gas, too.
            if let Some(unnoted) = &unnoted {
                assert_eq!(ask(unnoted, placed), expected, "{}, {}, without notes", script.name, placed.name);
            }
            dry_runs += 1;
        }
    }
    let met = tally(&expected);
    report(format_args!(
        "{}: {} blocks, {} transactions, {dry_runs} dry runs in {} placements: {met:?}",
        script.name,
        expected.len(),
        script.len(),
        PLACED.len()
    ));
    met
}

/// How often the transactions ended in which way. None may be missing from its block: all are valid.
fn tally(traces: &[Trace]) -> BTreeMap<String, usize> {
    let mut met = BTreeMap::new();
    for outcome in traces.iter().flat_map(|trace| &trace.outcomes) {
        let outcome = outcome.as_ref().unwrap_or_else(|error| panic!("a transaction was refused: {error:?}"));
        *met.entry(outcome.as_ref().map_or_else(error_name, |()| "Success".to_owned())).or_default() += 1;
    }
    met
}

/// The pallet's name of an error. Its text does not travel, so it is found by its number.
fn error_name(error: &DispatchError) -> String {
    const CONTRACTS: u8 = 5;
    match error {
        DispatchError::Module(module) if module.index == CONTRACTS => {
            let error = Error::<Runtime>::decode_all(&mut &module.error[..1]);
            error.map_or_else(|_| format!("{module:?}"), |error| format!("{error:?}"))
        }
        other => format!("{other:?}"),
    }
}

fn met(tally: &BTreeMap<String, usize>, names: &[&str]) {
    for name in names {
        assert!(tally.contains_key(*name), "no transaction ended in {name}: {tally:?}");
    }
}

#[test]
fn all_placements_begin_with_the_same_block() {
    let first = genesis(native()).head;
    for placed in PLACED.iter() {
        assert_eq!(genesis(placed).head, first, "{}", placed.name);
    }
}

#[test]
fn every_wat_contract_does_the_same_everywhere() {
    let tally = compare(&scenarios::wat(genesis(native()).genesis));
    met(&tally, &["Success", "ContractTrapped", "OutOfGas", "CodeRejected"]);
}

#[test]
fn ink_contracts_do_the_same_everywhere() {
    let tally = compare(&scenarios::ink(genesis(native()).genesis));
    met(&tally, &["Success", "ContractReverted"]);
}

#[test]
fn traps_end_the_same_everywhere() {
    let tally = compare(&scenarios::traps(genesis(native()).genesis));
    met(&tally, &["Success", "ContractTrapped"]);
}

#[test]
fn contracts_call_each_other_the_same_everywhere() {
    let tally = compare(&scenarios::nesting(genesis(native()).genesis));
    met(&tally, &["Success", "ContractTrapped", "ContractReverted", "OutOfGas"]);
}

#[test]
fn every_limit_ends_the_same_everywhere() {
    let script = scenarios::limits(genesis(native()).genesis, &*native().caller).expect("the native runtime runs");
    met(&compare(&script), &["Success", "OutOfGas"]);
}

#[test]
fn over_a_hundred_generated_blocks_have_the_same_roots_everywhere() {
    for seed in 1..=3 {
        let script = scenarios::generated(genesis(native()).genesis, seed, 110);
        let tally = compare(&script);
        assert!(script.blocks.len() > 100);
        met(&tally, &["Success", "ContractTrapped", "OutOfGas"]);
    }
}

#[test]
fn recorded_contracts_do_the_same_everywhere() {
    for script in scenarios::recorded(genesis(native()).genesis) {
        met(&compare(&script), &["Success"]);
    }
}

#[test]
fn a_block_with_another_root_is_refused_everywhere() {
    let script = scenarios::ink(genesis(native()).genesis);
    let (_, traces) = author(native(), &script, || ());
    let mut block = traces[0].block.clone();
    block.header.state_root = block.header.extrinsics_root;
    for placed in PLACED.iter().filter(|placed| placed.name != Placement::Native.name()) {
        assert!(genesis(placed).import(&*placed.caller, &block).is_err(), "{}", placed.name);
    }
}
