//! Loops that copy or fill memory are done many iterations at once (`translate::run`). Nobody can tell:
//! with any amount of fuel, and with fuel that comes in portions too small for several iterations, the
//! same is in memory, in the locals and in the counter of fuel.

mod loops;

use loops::{ARGUMENTS, LOOPS, module};
use vellum_engine::{Exit, GasClass, Instance, Module, PriceTable, RunLimits};

const LIMITS: RunLimits = RunLimits { call_depth: 4, stack_height: 256, memory_pages: 1, table_elements: 1 };

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
fn loops_that_cost_nothing_end_like_those_that_are_paid() {
    for (name, body) in LOOPS {
        let (paid, free) = (module(body, &prices()), module(body, &PriceTable::free()));
        for args in ARGUMENTS {
            let expected = outcome(&paid, args, 10_000_000, 10_000_000);
            let seen = outcome(&free, args, 0, 1);
            assert_eq!(seen.used, 0, "{name}");
            // A counter that goes all the way round is stopped by memory or by nothing but fuel.
            assert_ne!(expected.exit, Exit::OutOfFuel, "{name}, {args:?}");
            assert!(seen == Outcome { used: 0, ..expected }, "{name}, {args:?}: {:?}", seen.exit);
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
