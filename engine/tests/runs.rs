//! Loops that copy or fill memory are done many iterations at once (`translate::run`). Nobody can tell:
//! with any amount of fuel, and with fuel that comes in portions too small for several iterations, the
//! same is in memory, in the locals and in the counter of fuel.

use vellum_engine::{Exit, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits};

const LIMITS: RunLimits = RunLimits { call_depth: 4, stack_height: 256, memory_pages: 1, table_elements: 1 };

/// Bodies of functions that take `to`, `from` and `len`, as compilers write them and as they do not.
const LOOPS: &[(&str, &str)] = &[
    (
        "an index, tested at the head",
        "(block $out (loop $next
            (br_if $out (i32.eq (local.get $i) (local.get 2)))
            (i32.store8 (i32.add (local.get 0) (local.get $i)) (i32.load8_u (i32.add (local.get 1) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $next)))",
    ),
    (
        "an index, tested at the head, the other way round",
        "(loop $next (block $body
            (br_if $body (i32.ne (local.get 2) (local.get $i)))
            (return (local.get $i)))
            (i32.store8 offset=3 (i32.add (local.get 0) (local.get $i)) (i32.load8_u offset=1 (i32.add (local.get 1) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $next))",
    ),
    (
        "three counters, tested at the end",
        "(block $out
            (br_if $out (i32.eqz (local.get 2)))
            (loop $next
                (i32.store8 (local.get 0) (i32.load8_u (local.get 1)))
                (local.set 1 (i32.add (local.get 1) (i32.const 1)))
                (local.set 0 (i32.add (local.get 0) (i32.const 1)))
                (local.set 2 (i32.add (local.get 2) (i32.const -1)))
                (br_if $next (local.get 2))))",
    ),
    (
        "words, while the index is less",
        "(loop $next
            (i64.store (i32.add (local.get 0) (local.get $i)) (i64.load (i32.add (local.get 1) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 8)))
            (br_if $next (i32.lt_u (local.get $i) (local.get 2))))",
    ),
    (
        "half words, up to a constant",
        "(loop $next
            (i32.store (i32.add (local.get 0) (local.get $i)) (i32.load (i32.add (local.get 1) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 4)))
            (br_if $next (i32.ne (local.get $i) (i32.const 64))))",
    ),
    (
        "filling",
        "(loop $next
            (i32.store8 (local.get 0) (local.get 1))
            (local.set 0 (i32.add (local.get 0) (i32.const 1)))
            (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
            (br_if $next (local.get 2)))",
    ),
    (
        "filling up to an address",
        "(local.set $i (i32.add (local.get 0) (local.get 2)))
        (block $out (loop $next
            (br_if $out (i32.ge_u (local.get 0) (local.get $i)))
            (i32.store8 (local.get 0) (local.get 1))
            (local.set 0 (i32.add (local.get 0) (i32.const 1)))
            (br $next)))",
    ),
    (
        "downwards, which no run does",
        "(loop $next
            (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
            (i32.store8 (i32.add (local.get 0) (local.get 2)) (i32.load8_u (i32.add (local.get 1) (local.get 2))))
            (br_if $next (local.get 2)))",
    ),
    (
        "a loop that leaves a value",
        "(local.set $i (loop $next (result i32)
            (i32.store8 (local.get 0) (i32.load8_u (local.get 1)))
            (local.set 1 (i32.add (local.get 1) (i32.const 1)))
            (local.set 0 (i32.add (local.get 0) (i32.const 1)))
            (local.set 2 (i32.add (local.get 2) (i32.const -1)))
            (br_if $next (local.get 2))
            (local.get 0)))",
    ),
    (
        "a loop that hands on a value, which no run does",
        "(local.get 0)
        (loop $next (param i32) (result i32)
            (i32.store8 (local.get 0) (i32.load8_u (local.get 1)))
            (local.set 1 (i32.add (local.get 1) (i32.const 1)))
            (local.set 0 (i32.add (local.get 0) (i32.const 1)))
            (local.set 2 (i32.add (local.get 2) (i32.const -1)))
            (i32.add (i32.const 1))
            (br_if $next (local.get 2)))
        (local.set $i)",
    ),
    (
        "an iteration that does more, which no run does",
        "(loop $next
            (i32.store8 (local.get 0) (local.get 1))
            (local.set 1 (i32.mul (local.get 1) (i32.const 3)))
            (local.set 0 (i32.add (local.get 0) (i32.const 1)))
            (local.set 2 (i32.sub (local.get 2) (i32.const 1)))
            (br_if $next (local.get 2)))",
    ),
];

/// `to`, `from`, `len`: apart, overlapping either way, at the end of memory, past it, empty, and too much.
const ARGUMENTS: &[[u64; 3]] = &[
    [1024, 0, 100],
    [100, 0, 64],
    [5, 0, 64],
    [1, 0, 64],
    [0, 1, 64],
    [0, 5, 200],
    [7, 7, 40],
    [65_500, 0, 36],
    [65_500, 0, 64],
    [0, 65_500, 64],
    [65_536, 0, 8],
    [0xffff_fff0, 0, 64],
    [512, 0, 1],
    [512, 0, 3],
    [512, 0, 5],
];

fn module(body: &str, prices: &PriceTable) -> Module {
    let text = format!(
        "(module (memory (export \"memory\") 1) (func (export \"run\") (param i32 i32 i32) (result i32) (local $i i32)
            {body}
            (i32.add (i32.add (local.get 0) (local.get 1)) (i32.add (local.get 2) (local.get $i)))))"
    );
    let blob = wat::parse_str(text).unwrap();
    Module::new(&blob, &Policy::all(), prices, Mode::Eager).unwrap()
}

fn prices() -> PriceTable {
    PriceTable::new([3; GasClass::COUNT]).unwrap()
}

#[derive(PartialEq, Eq, Debug)]
struct Outcome {
    exit: Exit,
    results: Vec<u64>,
    used: u64,
    memory: Vec<u8>,
}

/// Runs with `limit` fuel, handed out in portions.
fn outcome(module: &Module, args: &[u64], limit: u64, portion: u64) -> Outcome {
    let mut instance = Instance::new(module, LIMITS).unwrap();
    for (index, byte) in instance.memory_mut().iter_mut().enumerate() {
        *byte = u8::try_from(index % 251).unwrap();
    }
    let mut call = instance.call(module.exported_func("run").unwrap(), args);
    let (mut fuel, mut given) = (0, 0);
    let exit = loop {
        let more = portion.min(limit - given);
        (fuel, given) = (fuel + more, given + more);
        match call.run(&mut fuel) {
            Exit::OutOfFuel if given < limit => {}
            exit => break exit,
        }
    };
    Outcome { exit, results: call.results().to_vec(), used: given - fuel, memory: call.instance().memory().to_vec() }
}

#[test]
fn loops_that_run_at_once_end_like_those_that_run_one_by_one() {
    let prices = prices();
    for (name, body) in LOOPS {
        let module = module(body, &prices);
        for args in ARGUMENTS {
            // Nothing of these loops is done at once with so little fuel at a time.
            let slowly = outcome(&module, args, 50_000, 1);
            let at_once = outcome(&module, args, 50_000, 50_000);
            assert!(slowly.exit == at_once.exit && slowly == at_once, "{name}, {args:?}: {:?}", at_once.exit);
        }
    }
}

#[test]
fn fuel_runs_out_at_the_same_place() {
    let prices = prices();
    for (name, body) in LOOPS {
        let module = module(body, &prices);
        for args in [[1024, 0, 24], [3, 0, 24], [65_520, 0, 24]] {
            let whole = outcome(&module, &args, 50_000, 50_000).used;
            for limit in 0..=whole {
                let (slowly, at_once) =
                    (outcome(&module, &args, limit, 1), outcome(&module, &args, limit, limit.max(1)));
                assert!(slowly == at_once, "{name}, {args:?}, fuel {limit}: {:?}", at_once.exit);
            }
        }
    }
}

#[test]
#[cfg_attr(feature = "no-runs", ignore = "nothing has runs in this build")]
fn real_loops_have_runs() {
    let prices = prices();
    for (name, body) in LOOPS {
        let module = module(body, &prices);
        let listing = module.disassemble(0).unwrap();
        assert_eq!(listing.contains("_run"), !name.contains("which no run does"), "{name}:\n{listing}");
    }
}
