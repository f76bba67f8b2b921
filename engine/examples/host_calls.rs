//! Calls the host again and again: something to hold under a profiler that counts instructions.
//!
//! ```text
//! cargo build --release -p vellum-engine --example host_calls
//! valgrind --tool=callgrind target/release/examples/host_calls (exits | closures) ROUNDS
//! ```
//!
//! `exits` acts on the exits of an instance that is alone; `closures` has the calls go to typed closures of a store.
//! A round is two calls, one of which takes a value and returns one.

use vellum_engine::embed::{Guest, Linker, Store};
use vellum_engine::{Exit, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits};

const SOURCE: &str = r#"(module
    (import "host" "nothing" (func $nothing))
    (import "host" "next" (func $next (param i32 i64) (result i64)))
    (func (export "run") (param $n i32) (result i64)
        (local $value i64)
        (loop $rounds
            (call $nothing)
            (local.set $value (call $next (local.get $n) (local.get $value)))
            (br_if $rounds (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $value)))"#;

const LIMITS: RunLimits = RunLimits { call_depth: 16, stack_height: 1_024, memory_pages: 1, table_elements: 1 };

fn main() {
    let usage = "usage: host_calls (exits | closures) ROUNDS";
    let mut args = std::env::args().skip(1);
    let (way, rounds) = (args.next().expect(usage), args.next().expect(usage));
    let rounds: u32 = rounds.parse().expect(usage);
    let blob = wat::parse_str(SOURCE).expect("the text is a module; qed");
    let prices = PriceTable::new([1; GasClass::COUNT]).expect("no price is zero; qed");
    let module = Module::new(&blob, &Policy::all(), &prices, Mode::Eager).expect("the module is valid; qed");
    let value = match way.as_str() {
        "exits" => by_exits(&module, rounds),
        "closures" => by_closures(&module, rounds),
        _ => panic!("{usage}"),
    };
    println!("{value}");
}

fn by_exits(module: &Module, rounds: u32) -> u64 {
    let instance = Instance::new(module, LIMITS).expect("there are no segments; qed");
    let run = module.exported_func("run").expect("it is exported; qed");
    let mut call = instance.call(run, &[u64::from(rounds)]);
    let mut fuel = u64::MAX;
    let mut exit = call.run(&mut fuel);
    loop {
        exit = match exit {
            Exit::HostCall { import: 0 } => call.resume(&[], &mut fuel),
            Exit::HostCall { .. } => {
                let result = call.args().iter().sum();
                call.resume(&[result], &mut fuel)
            }
            Exit::Finished => return call.results().first().copied().unwrap_or_default(),
            Exit::Trap(_) | Exit::OutOfFuel => panic!("{exit:?}"),
        };
    }
}

fn by_closures(module: &Module, rounds: u32) -> u64 {
    let mut linker = Linker::new();
    linker.func("host", "nothing", |_: &mut Guest<()>| {});
    linker.func("host", "next", |_: &mut Guest<()>, n: u32, value: u64| u64::from(n) + value);
    let mut store = Store::with_limits((), LIMITS);
    let instance = linker.instantiate(&mut store, module).expect("what is imported is there; qed");
    let run = instance.func(&store, "run").expect("it is exported; qed");
    let run = run.typed::<u32, u64>(&store).expect("this is its type; qed");
    run.call(&mut store, rounds).expect("nothing fails; qed")
}
