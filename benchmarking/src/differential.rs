//! Whether Vellum computes what wasmi 0.32.3 computes, which pallet-contracts runs, on generated
//! modules: the same results, the same traps, the same memory, the same host calls. And whether it charges the same however it runs:
//! translated at once or at the first call, by tail calls or by the loop, with all its fuel or in small portions of a
//! size that differs from module to module.
//!
//! What engines count their own way is not compared: a call that exhausts a stack or fuel in either
//! ends the comparison of its instance.
//!
//! wasmi 2.0.0 is asked only where the two differ. It cannot be the first to ask: on some generated
//! modules its translator panics, and on some its code divides by zero where the other two agree
//! that the divisor is not zero.

use crate::engines::{Engine, Fault, Metering, Session, Translation, Vellum, Wasmi2, Wasmi032};
use crate::host::{Host, HostFunction, mix};
use anyhow::{Result, bail};
use arbitrary::Unstructured;
use vellum_engine::{Dispatch, Export, ExportKind, FuncType, GasClass, Mode, Module, Policy, PriceTable, ValType};
use wasm_smith::{Config, InstructionKind, InstructionKinds};

/// Loops and calls that a generated module may make before it stops itself.
const STEPS_MAX: u32 = 2_000;
/// Fuel of a whole session: more than those steps can use, but for bulk operations that a run may
/// repeat.
const FUEL_MAX: u64 = 1 << 40;
/// How often each exported function is called on its instance.
const CALLS: u64 = 3;
/// Bytes of randomness that a module is made of.
const RANDOM_BYTES: u64 = 4_096;
/// Fuel of a portion, for the runs that often have too little: from one up to this, another size for each module. Most
/// blocks cost several portions.
const PORTION_MAX: u64 = 50;

/// What came of a module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// All agree: calls that returned, and calls that trapped.
    Agreed {
        /// Calls with results.
        returned: u64,
        /// Calls that trapped.
        trapped: u64,
    },
    /// Vellum does not accept it.
    Rejected(String),
    /// Vellum differs from wasmi 0.32.3, and agrees with wasmi 2.0.0: what, and where.
    PeersDiffer(String),
    /// They differ: what, and where.
    Mismatch(String),
}

/// The engines under comparison.
pub struct Comparison {
    peer: Wasmi032,
    /// Is asked where Vellum and the peer differ.
    arbiter: Wasmi2,
    eager: Vellum,
    lazy: Vellum,
    by_loop: Vellum,
}

impl Comparison {
    /// Vellum in its modes beside wasmi.
    ///
    /// # Errors
    /// If an engine cannot be set up.
    pub fn new() -> Result<Self> {
        let prices = telling_prices();
        Ok(Self {
            peer: Wasmi032::new(Translation::Eager, Metering::On)?,
            arbiter: Wasmi2::new(Translation::Eager, Metering::On)?,
            eager: Vellum::priced(prices, Translation::Eager),
            lazy: Vellum::priced(prices, Translation::Lazy),
            by_loop: Vellum::priced(prices, Translation::Lazy).dispatched(Dispatch::Loop),
        })
    }

    /// Runs every exported function of a blob everywhere.
    ///
    /// # Errors
    /// If the peer refuses the blob: then it is not Wasm, or not the Wasm that was asked for.
    pub fn judge(&self, blob: &[u8], seed: u64) -> Result<Verdict> {
        let peer = self.peer.compile(blob)?;
        let eager = match self.eager.module(blob) {
            Ok(code) => code,
            Err(error) => return Ok(Verdict::Rejected(error.to_string())),
        };
        let portion = 1 + seed % PORTION_MAX;
        let in_portions = |dispatch| {
            Vellum::priced(telling_prices(), Translation::Lazy).dispatched(dispatch).in_portions(portion).module(blob)
        };
        let (lazy, by_loop) = (self.lazy.module(blob)?, self.by_loop.module(blob)?);
        let (portions, portions_by_loop) = (in_portions(Dispatch::Fastest)?, in_portions(Dispatch::Loop)?);
        let (mut returned, mut trapped) = (0, 0);
        let mut peers_differ = None;
        for (name, ty) in exported_functions(blob)? {
            let calls: Vec<Vec<u64>> = (0..CALLS).map(|call| arguments(&ty, seed ^ call << 32)).collect();
            let theirs = observe(&mut *peer.prepare(Host::default()), &name, &calls);
            let codes = [&eager, &lazy, &by_loop, &portions, &portions_by_loop];
            let mut sessions = codes.map(|code| code.session(Host::default()));
            let ours = sessions.each_mut().map(|session| {
                session.limit_fuel(FUEL_MAX);
                observe(session, &name, &calls)
            });
            let what = |who: &str, difference: String| Ok(Verdict::Mismatch(format!("{name}: {who}: {difference}")));
            if let Some(difference) = ours[0].differs(&theirs) {
                let arbiter = self.arbiter.compile(blob)?;
                if let Some(difference) =
                    ours[0].differs(&observe(&mut *arbiter.prepare(Host::default()), &name, &calls))
                {
                    return what("vellum | both versions of wasmi", difference);
                }
                peers_differ = Some(format!("{name}: vellum and wasmi 2.0.0 | wasmi 0.32.3: {difference}"));
            }
            let modes =
                ["eager | lazy", "eager | by the loop", "eager | in portions", "eager | in portions by the loop"];
            for (at, who) in (1..).zip(modes) {
                if let Some(difference) = ours[0].differs(&ours[at]) {
                    return what(who, difference);
                }
                let fuel = [0, at].map(|at| sessions[at].fuel_used());
                // What does not fit in the limit is refused in different states of a portion.
                if fuel[0] != fuel[1] && !ours[0].ends_with(&Fault::OutOfFuel) {
                    return what(who, format!("fuel {} | {}", fuel[0], fuel[1]));
                }
            }
            returned += ours[0].count(Result::is_ok);
            trapped += ours[0].count(Result::is_err);
        }
        Ok(peers_differ.map_or(Verdict::Agreed { returned, trapped }, Verdict::PeersDiffer))
    }
}

/// The module of a seed: integers only, what Vellum accepts, and sure to stop.
///
/// # Errors
/// If the generator fails, which it does not.
pub fn generate(seed: u64) -> Result<Vec<u8>> {
    let bytes: Vec<u8> = (0..RANDOM_BYTES / 8).flat_map(|at| mix(mix(seed) ^ at).to_le_bytes()).collect();
    let mut source = Unstructured::new(&bytes);
    let mut module = wasm_smith::Module::new(config(seed), &mut source)?;
    module.ensure_termination(STEPS_MAX)?;
    Ok(module.to_bytes())
}

fn config(seed: u64) -> Config {
    let kinds = [
        InstructionKind::NumericInt,
        InstructionKind::Parametric,
        InstructionKind::Variable,
        InstructionKind::MemoryInt,
        InstructionKind::Control,
    ];
    // Some modules have few long functions, some have many short ones, some talk to the host.
    let (funcs, instructions) = if seed.is_multiple_of(2) { (3, 400) } else { (12, 100) };
    Config {
        available_imports: (seed % 4 == 1).then(imports),
        allowed_instructions: InstructionKinds::new(&kinds),
        allow_floats: false,
        bulk_memory_enabled: true,
        sign_extension_ops_enabled: true,
        exceptions_enabled: false,
        extended_const_enabled: false,
        gc_enabled: false,
        memory64_enabled: false,
        multi_value_enabled: false,
        reference_types_enabled: false,
        relaxed_simd_enabled: false,
        saturating_float_to_int_enabled: false,
        simd_enabled: false,
        tail_call_enabled: false,
        threads_enabled: false,
        wide_arithmetic_enabled: false,
        compact_imports_enabled: false,
        // Where nothing traps, more of the code runs.
        disallow_traps: seed % 5 < 2,
        export_everything: true,
        memory_max_size_required: true,
        table_max_size_required: true,
        max_imports: if seed % 4 == 1 { 4 } else { 0 },
        min_funcs: 1,
        max_funcs: funcs,
        max_instructions: instructions,
        max_memories: 1,
        min_memories: u32::from(!seed.is_multiple_of(8)),
        max_memory32_bytes: 8 << 16,
        max_table_elements: 64,
        max_tables: 1,
        min_tables: u32::from(seed.is_multiple_of(3)),
        ..Config::default()
    }
}

/// A module that imports what generated modules may import.
fn imports() -> Vec<u8> {
    let mut text = String::from("(module");
    for function in HostFunction::ALL.iter().filter(|function| function.import().0 == "test") {
        let ((module, name), (params, results)) = (function.import(), function.signature());
        let types = |letters: &str| {
            let types: Vec<&str> = letters.chars().map(|letter| if letter == 'i' { "i32" } else { "i64" }).collect();
            types.join(" ")
        };
        let (params, results) = (types(params), types(results));
        text += &format!("(import \"{module}\" \"{name}\" (func (param {params}) (result {results})))");
    }
    wat::parse_str(text + ")").expect("the text is made of the table's rows; qed")
}

/// What a session showed.
struct Observed {
    calls: Vec<Result<Vec<u64>, Fault>>,
    memories: Vec<Vec<u8>>,
    host: Host,
}

impl Observed {
    /// Where two observations differ, as far as they compare.
    fn differs(&self, other: &Self) -> Option<String> {
        let incomparable = |call: &Result<Vec<u64>, Fault>| {
            matches!(call, Err(Fault::StackExhausted | Fault::OutOfFuel))
                // A node that has no more memory is not a verdict about a program.
                || matches!(call, Err(Fault::Other(_)))
        };
        for (at, (left, right)) in self.calls.iter().zip(&other.calls).enumerate() {
            if incomparable(left) || incomparable(right) {
                return None;
            }
            if left != right {
                return Some(format!("call {at}: {left:?} | {right:?}"));
            }
            let (left, right) = (&self.memories[at], &other.memories[at]);
            if left != right {
                let place = left.iter().zip(right).position(|(left, right)| left != right);
                return Some(format!("call {at}: memory of {} | {} bytes at {place:?}", left.len(), right.len()));
            }
        }
        (self.host != other.host).then(|| "what the host was told".into())
    }

    fn ends_with(&self, fault: &Fault) -> bool {
        matches!(self.calls.last(), Some(Err(last)) if last == fault)
    }

    fn count(&self, of: impl Fn(&Result<Vec<u64>, Fault>) -> bool) -> u64 {
        self.calls.iter().filter(|call| of(call)).count().try_into().unwrap_or(u64::MAX)
    }
}

/// Instantiates and calls; the instantiation counts as the first call.
fn observe(session: &mut dyn Session, name: &str, calls: &[Vec<u64>]) -> Observed {
    let mut seen = Observed { calls: Vec::new(), memories: Vec::new(), host: Host::default() };
    seen.calls.push(session.instantiate().map(|()| Vec::new()));
    // Where there is no instance there is no memory to look at.
    seen.memories.push(if seen.calls[0].is_ok() { session.memory().unwrap_or_default() } else { Vec::new() });
    if seen.calls[0].is_ok() {
        for args in calls {
            let outcome = session.call(name, args);
            let stop = matches!(outcome, Err(Fault::StackExhausted | Fault::OutOfFuel | Fault::Other(_)));
            seen.calls.push(outcome);
            seen.memories.push(session.memory().unwrap_or_default());
            if stop {
                break;
            }
        }
    }
    seen.host = session.take_host();
    seen
}

fn exported_functions(blob: &[u8]) -> Result<Vec<(String, FuncType)>> {
    let prices = telling_prices();
    let module = match Module::new(blob, &Policy::all(), &prices, Mode::LazyTranslation) {
        Ok(module) => module,
        Err(error) => bail!("accepted and refused: {error}"),
    };
    let functions = module.exports().iter().filter_map(|Export { name, kind }| match kind {
        ExportKind::Func { index, ty } if *index >= module.func_import_count() => Some((name.clone(), ty.clone())),
        _ => None,
    });
    Ok(functions.collect())
}

/// Arguments that find edges: small, large, or anything.
fn arguments(ty: &FuncType, seed: u64) -> Vec<u64> {
    let value = |(at, ty): (u64, &ValType)| {
        let random = mix(seed ^ mix(at));
        let value = match random % 4 {
            0 => random >> 60,
            1 => (random >> 60).wrapping_neg(),
            2 => 1 << (random >> 58),
            _ => random,
        };
        if *ty == ValType::I32 { value & 0xffff_ffff } else { value }
    };
    (0..).zip(&ty.params).map(value).collect()
}

/// A price table in which no two classes cost the same, so that a wrong class shows.
fn telling_prices() -> PriceTable {
    let mut prices = [0; GasClass::COUNT];
    let mut next = 2;
    for price in &mut prices {
        *price = next;
        next += (next..).skip(1).take_while(|n| (2..*n).any(|divisor| n % divisor == 0)).count() as u32 + 1;
    }
    PriceTable::new(prices).expect("every price is above zero; qed")
}
