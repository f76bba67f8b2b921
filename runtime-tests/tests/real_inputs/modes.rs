//! Gas does not depend on when functions are translated (Law 1): at every exit of the engine the fuel is the same.

use crate::{
    recorded,
    small_host::{self, End, Trace, Values},
};
use vellum_engine::Mode;
use vellum_runtime_tests::{
    fixture::{ink, ink_file, message},
    shared,
};

const FUEL: u64 = 100_000_000_000_000;

/// A constructor and the messages after it, as entry points and inputs.
type Run = Vec<(String, Vec<u8>)>;

fn traces(code: &[u8], mode: Mode, run: &Run) -> Vec<Trace> {
    let module = small_host::load(code, mode);
    let mut values = Values::new();
    run.iter().map(|(entry, input)| small_host::run(&module, entry, input, &mut values, FUEL)).collect()
}

/// Compares the modes and counts the exits that were seen.
fn compare(name: &str, code: &[u8], run: &Run) -> usize {
    let eager = traces(code, Mode::Eager, run);
    let lazy = traces(code, Mode::LazyTranslation, run);
    assert_eq!(eager, lazy, "{name}");
    // A second life of the same code finds everything translated, and pays the same.
    assert_eq!(lazy, traces(code, Mode::LazyTranslation, run), "{name}");
    lazy.iter().map(|trace| trace.host_calls.len() + 1).sum()
}

#[test]
fn eager_and_lazy_translation_cost_the_same_for_the_contracts_of_the_project() {
    let deploy = |input: Vec<u8>| ("deploy".to_owned(), input);
    let call = |input: Vec<u8>| ("call".to_owned(), input);
    let flips = vec![
        deploy(message("new", true)),
        call(message("flip", ())),
        call(message("get", ())),
        call(message("flip_to", false)),
        call(message("flip_and_trap", ())),
        call(b"nonsense".to_vec()),
    ];
    let moves = vec![
        deploy(message("new", 1_000u128)),
        call(message("transfer", ([7u8; 32], 10u128))),
        call(message("transfer", ([7u8; 32], 10_000u128))),
        call(message("balance_of", recorded::CALLER)),
    ];
    for (name, code, run) in [
        ("flipper", ink("flipper"), &flips),
        ("flipper-default-flags", ink_file("flipper", "flipper-default-flags"), &flips),
        ("erc20", ink("erc20"), &moves),
        ("caller", ink("caller"), &vec![deploy(message("new", [7u8; 32])), call(message("get", ()))]),
    ] {
        let exits = compare(name, &code, run);
        assert!(exits > 2 * run.len(), "{name} did not get far: {exits} exits");
    }
    let ends: Vec<End> = traces(&ink("flipper"), Mode::Eager, &flips).into_iter().map(|trace| trace.end).collect();
    assert_eq!(ends[2], End::Returned { flags: 0, data: vec![0, 0] });
    assert_eq!(ends[4], End::Trapped(vellum_engine::Trap::Unreachable));
}

#[test]
fn eager_and_lazy_translation_cost_the_same_in_all_recorded_runs() {
    let Some(shared) = shared::path("modes", "goldens").and_then(|path| Some(path.parent()?.to_owned())) else {
        return;
    };
    let (mut runs, mut steps, mut exits, mut as_recorded) = (0, 0, 0, 0);
    for contract in recorded::contracts(&shared) {
        for run in &contract.runs {
            let inputs: Run = run.iter().map(|step| (step.entry.clone(), step.input.clone())).collect();
            exits += compare(&contract.file, &contract.code, &inputs);
            runs += 1;
            steps += run.len();
            for (step, trace) in run.iter().zip(traces(&contract.code, Mode::Eager, &inputs)) {
                as_recorded += usize::from(match (&step.outcome, trace.end) {
                    (Ok(recorded), End::Returned { flags, data }) => *recorded == (flags, data),
                    (recorded, _) => recorded.is_err(),
                });
            }
        }
    }
    shared::report(format_args!(
        "{runs} runs, {steps} steps ({as_recorded} with the recorded outcome), {exits} exits with equal fuel"
    ));
    // The small host lacks other contracts, transfers and the like, but it is meant to get everywhere else.
    assert!(as_recorded * 100 > steps * 95);
}
