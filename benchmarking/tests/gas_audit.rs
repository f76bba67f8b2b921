//! Audits without a clock: what is charged is what the engine charges, and real contracts answer from recordings.

use vellum_benchmarking::engines::{Engine, Fault, Session, Translation, Vellum};
use vellum_benchmarking::gas::measure::{Priced, clocked, first_calls};
use vellum_benchmarking::gas::search::regressions;
use vellum_benchmarking::gas::subject::{Part, Set, Subject, Task};
use vellum_benchmarking::gas::{ChainPrices, yardstick};
use vellum_benchmarking::host::{Host, Script};
use vellum_benchmarking::workloads;
use vellum_engine::{Exit, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits};

fn priced() -> Priced {
    Priced::vellum(vellum_weights::host(), &ChainPrices::pallet_contracts_51()).unwrap()
}

fn subject(blob: Vec<u8>, task: Option<Task>, part: Part) -> Subject {
    Subject { name: "subject".into(), group: "tests", set: Set::Resident, blob, task, parts: vec![part] }
}

#[test]
fn first_calls_are_charged_as_the_engine_charges_them() {
    let mut prices = [0; GasClass::COUNT];
    for (price, class) in prices.iter_mut().zip(GasClass::ALL) {
        *price = match class {
            GasClass::FirstCall => 1_000_000,
            GasClass::FirstCallByte => 1_000,
            GasClass::FirstCallLocal => 7,
            GasClass::Branch | GasClass::BranchTable | GasClass::Call | GasClass::CallIndirect | GasClass::Return => 1,
            _ => 0,
        };
    }
    let prices = PriceTable::new(prices).unwrap();
    let source = r#"(module
        (func $f (param i64 i32) (local i32 i32 i64) (drop (i32.const 300)))
        (func (export "run") (local i64) (call $f (i64.const 0) (i32.const 5)) (call $f (i64.const 0) (i32.const 5))))"#;
    let blob = wat::parse_str(source).unwrap();
    let module = Module::new(&blob, &Policy::contracts(), &prices, Mode::Lazy).unwrap();
    let limits = RunLimits { call_depth: 9, stack_height: 99, memory_pages: 0, table_elements: 0 };
    let mut call = Instance::new(&module, limits).unwrap().call(module.exported_func("run").unwrap(), &[]);
    let mut fuel = u64::MAX;
    assert_eq!(call.run(&mut fuel), Exit::Finished);
    // Two calls and three returns at one unit each.
    assert_eq!(u64::MAX - fuel, first_calls(&blob, &prices).unwrap().unwrap() + 5);
}

#[test]
fn execution_and_first_calls_make_up_what_a_call_is_charged() {
    let workloads = workloads::all().unwrap();
    let workload = workloads.iter().find(|workload| workload.name == "erc20 transfer").unwrap();
    let host = workload.host(&Vellum::new(Translation::Lazy)).unwrap();
    let code = Vellum::new(Translation::Eager).module(&workload.blob).unwrap();
    let mut session = code.session(host.clone());
    session.instantiate().unwrap();
    assert_eq!(session.call("call", &[]), Err(Fault::Returned));

    let engine = priced();
    let task = Task { before: vec![], entry: "call", args: vec![], host };
    let charged = |part| {
        let subject = subject(workload.blob.clone(), Some(task.clone()), part);
        engine.runner(&subject, part).unwrap().unwrap().charged
    };
    let (execution, first) = (charged(Part::Execution), charged(Part::FirstCall));
    assert!(execution > 0 && first > 0);
    assert_eq!(execution + first, session.fuel_used());
    let bytes = u64::try_from(workload.blob.len()).unwrap();
    assert_eq!(charged(Part::Start), code.instantiation_fuel() + bytes * 1_175);
    assert_eq!(charged(Part::Upload), bytes * 48_635);
}

#[test]
fn every_part_runs_again_and_again() {
    let engine = priced();
    for workload in workloads::all().unwrap() {
        let workloads::Task::Message { entry, .. } = &workload.task else { continue };
        let host = workload.host(&Vellum::new(Translation::Lazy)).unwrap();
        let task = Task { before: vec![], entry: entry.name(), args: vec![], host };
        for part in [Part::Execution, Part::FirstCall, Part::Start, Part::Upload] {
            let subject = subject(workload.blob.clone(), Some(task.clone()), part);
            let mut runner = engine.runner(&subject, part).unwrap().unwrap();
            for phase in (0..runner.phases).cycle().take(6) {
                runner.run(phase, clocked).unwrap();
            }
        }
    }
}

#[test]
fn a_replaying_host_does_to_memory_what_the_recorded_one_did() {
    for workload in workloads::all().unwrap() {
        let workloads::Task::Message { entry, .. } = &workload.task else { continue };
        let host = workload.host(&Vellum::new(Translation::Lazy)).unwrap();
        let code = Vellum::new(Translation::Eager).compile(&workload.blob).unwrap();
        let run = |host: Host| {
            let mut session = code.prepare(host);
            session.instantiate().unwrap();
            let ended = session.call(entry.name(), &[]);
            (ended, session.memory(), session.fuel_used(), session.take_host())
        };
        let real = run(host.clone());
        let recorded = run(Host { script: Script::Recording(Vec::new()), ..host });
        assert_eq!((&recorded.0, &recorded.1, recorded.2), (&real.0, &real.1, real.2), "{}", workload.name);
        let replayed = run(recorded.3.replay());
        assert_eq!((replayed.0, replayed.1, replayed.2), (real.0, real.1, real.2), "{}", workload.name);
        assert!(replayed.3.storage.is_empty(), "nothing was carried out");
    }
}

#[test]
fn what_the_search_has_kept_still_runs() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions");
    let engine = priced();
    let cases = regressions::read(&folder).unwrap();
    for case in cases {
        let (part, name) = (case.part, case.name.clone());
        let subject = case.into_subject();
        let mut runner = engine.runner(&subject, part).unwrap().unwrap_or_else(|| panic!("{name} has no {part:?}"));
        assert!(runner.charged > 0, "{name}");
        runner.run(0, clocked).unwrap();
    }
}

#[test]
fn the_worse_of_two_cases_is_kept() {
    let folder = std::env::temp_dir().join(format!("vellum-regressions-{}", std::process::id()));
    let blob = wat::parse_str("(module)").unwrap();
    let case = |k| regressions::Case {
        name: "resident-loads".into(),
        part: Part::Upload,
        set: Set::Resident,
        k,
        found: "today".into(),
        turns: 1,
        blob: blob.clone(),
    };
    assert!(regressions::keep(&folder, &case(1.5)).unwrap());
    assert!(!regressions::keep(&folder, &case(1.2)).unwrap());
    assert!(regressions::keep(&folder, &case(2.5)).unwrap());
    assert_eq!(regressions::read(&folder).unwrap(), vec![case(2.5)]);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(regressions::read(&folder).unwrap(), vec![]);
}

#[test]
fn the_reference_is_the_speed_of_machines_and_nothing_else() {
    assert_eq!(yardstick::reference_ratio(500.0, None), 1.0);
    assert_eq!(yardstick::reference_ratio(500.0, Some(250.0)), 2.0, "half as fast as the machine of the prices");
    assert!(yardstick::nanoseconds() > 0.0);
}
