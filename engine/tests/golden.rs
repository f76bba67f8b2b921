//! Golden files: for each `.wat` in `golden/` the register code of its functions, and what the
//! calls that it asks for return and cost. A changed listing is a change of translation; a changed
//! `fuel` or result is a change of consensus and belongs into the changelog under that heading.
//!
//! Lines `;; call NAME ARG.. [fuel N]` in the source are the calls, in order, in one instance.
//! `UPDATE_GOLDEN=1 cargo test -p vellum-engine --test golden` writes the files anew.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use vellum_engine::{Exit, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits};

const LIMITS: RunLimits = RunLimits { call_depth: 32, stack_height: 2_048, memory_pages: 4, table_elements: 100_000 };
const FUEL: u64 = 1_000_000_000;

#[test]
fn translation_results_and_gas_are_as_recorded() {
    let mut stale = Vec::new();
    for source in sources() {
        let eager = record(&source, Mode::Eager);
        for mode in [Mode::LazyTranslation, Mode::Lazy, Mode::TrustedLazy] {
            // What contracts may not use is refused only where somebody looks.
            if mode != Mode::TrustedLazy || !source.ends_with("refused.wat") {
                assert_eq!(eager, record(&source, mode), "{}: {mode:?} differs", source.display());
            }
        }
        let golden = source.with_extension("txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&golden, &eager).unwrap();
        } else if std::fs::read_to_string(&golden).ok().as_deref() != Some(eager.as_str()) {
            stale.push(format!("{}:\n{eager}", golden.display()));
        }
    }
    assert!(stale.is_empty(), "these differ from what is recorded:\n{}", stale.join("\n"));
}

fn sources() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut sources: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "wat")).collect();
    sources.sort();
    assert!(sources.len() >= 8, "the golden sources are missing");
    sources
}

/// Prices that differ from class to class, so that a golden number shows which classes it sums up.
fn prices() -> PriceTable {
    let mut prices = [0; GasClass::COUNT];
    for (class, price) in GasClass::ALL.iter().zip(&mut prices) {
        *price = match class {
            GasClass::Structure => 0,
            GasClass::Const | GasClass::WideConst | GasClass::LocalGet | GasClass::LocalSet => 1,
            GasClass::Simple
            | GasClass::Select
            | GasClass::Global
            | GasClass::Float
            | GasClass::FloatConvert
            | GasClass::Wide => 10,
            GasClass::Multiply | GasClass::Divide | GasClass::FloatDivide => 20,
            GasClass::Load | GasClass::Store | GasClass::Memory | GasClass::Table | GasClass::Bulk => 100,
            GasClass::Branch | GasClass::BranchTable => 1_000,
            GasClass::Call | GasClass::CallIndirect | GasClass::Return => 10_000,
            GasClass::LocalZeroed | GasClass::ValueCarried | GasClass::ByteMoved | GasClass::ElementMoved => 3,
            GasClass::PageGrown => 500,
            GasClass::FirstCall => 100_000,
            GasClass::FirstCallByte | GasClass::FirstCallLocal => 7,
            GasClass::Instance | GasClass::InstancePage | GasClass::InstanceByte => 5,
            GasClass::InstanceEntry | GasClass::InstanceElement => 5,
            GasClass::InstanceExpression | GasClass::InstanceDeclaration => 6,
        };
    }
    PriceTable::new(prices).unwrap()
}

fn record(source: &Path, mode: Mode) -> String {
    let text = std::fs::read_to_string(source).unwrap();
    let blob = wat::parse_str(&text).unwrap();
    // `refused.wat` shows what contracts may not use; everything else may use all there is.
    let contracts = source.ends_with("refused.wat");
    let policy = if contracts { Policy::contracts() } else { Policy::all() };
    let module = match Module::new(&blob, &policy, &prices(), mode).and_then(|module| {
        module.translate_all()?;
        Ok(module)
    }) {
        Ok(module) => module,
        Err(error) => return format!("refused: {error}\n"),
    };
    let mut out = String::new();
    writeln!(out, "instantiation fuel {}", module.instantiation_fuel()).unwrap();
    let mut func = module.func_import_count();
    while let Ok(listing) = module.disassemble(func) {
        writeln!(out, "\n{listing}").unwrap();
        func += 1;
    }
    // The listing has translated everything: calls are recorded on a module that has not been.
    let module = Module::new(&blob, &policy, &prices(), mode).unwrap();
    let mut instance = Some(Instance::new(&module, LIMITS).unwrap());
    for line in text.lines().filter_map(|line| line.strip_prefix(";; call ")) {
        let (exits, next) = call(instance.take().unwrap(), line);
        instance = Some(next);
        writeln!(out, "{line}: {exits}").unwrap();
    }
    out
}

/// Makes a call; host calls are answered with the sum of their arguments.
fn call(instance: Instance, line: &str) -> (String, Instance) {
    let (line, mut fuel) = match line.split_once(" fuel ") {
        Some((line, fuel)) => (line, fuel.trim().parse().unwrap()),
        None => (line, FUEL),
    };
    let mut words = line.split_whitespace();
    let name = words.next().unwrap();
    let args: Vec<u64> = words.map(|word| word.parse::<i64>().unwrap().cast_unsigned()).collect();
    let given = fuel;
    let func = instance.module().exported_func(name).unwrap();
    let mut call = instance.call(func, &args);
    let mut out = String::new();
    let mut exit = call.run(&mut fuel);
    while let Exit::HostCall { import } = exit {
        write!(out, "host {import} {:?} after {}, ", call.args(), given - fuel).unwrap();
        let sum = call.args().iter().copied().fold(0, u64::wrapping_add);
        exit = call.resume(&[sum], &mut fuel);
    }
    match exit {
        Exit::Finished => write!(out, "{:?}", call.results()).unwrap(),
        exit => write!(out, "{exit:?}").unwrap(),
    }
    write!(out, ", fuel {}", given - fuel).unwrap();
    (out, call.into_instance())
}
