//! The embedding API: host functions, what they see, what instances share, and what goes wrong.

use vellum_engine::embed::{
    Error, Extern, ExternRef, Func, Global, Guest, HostError, Instance, Linker, ModuleCache, Store, Table, Value,
};
use vellum_engine::{
    CodeErrorKind, GasClass, GlobalType, Mode, Module, Policy, PriceTable, RunLimits, TableType, Trap, ValType, check,
};

fn prices() -> PriceTable {
    PriceTable::new([1; GasClass::COUNT]).unwrap()
}

fn module(source: &str) -> Module {
    Module::new(&wat::parse_str(source).unwrap(), &Policy::all(), &prices(), Mode::LazyTranslation).unwrap()
}

fn call(store: &mut Store<()>, instance: Instance, name: &str) -> Result<i32, Error> {
    instance.typed_func::<(), i32>(store, name)?.call(store, ())
}

/// A store in which one instance of `first` is known as `first` to the instance of `second`.
fn linked(first: &str, second: &str) -> (Store<()>, Instance, Instance) {
    let (mut store, mut linker) = (Store::new(()), Linker::new());
    let first = linker.instantiate(&mut store, &module(first)).unwrap();
    linker.register(&store, "first", first);
    let second = linker.instantiate(&mut store, &module(second)).unwrap();
    (store, first, second)
}

#[test]
fn stores_and_linkers_move_between_threads() {
    fn is_send<T: Send>() {}
    fn is_sync<T: Sync>() {}
    is_send::<Store<u32>>();
    is_send::<Linker<u32>>();
    is_sync::<Linker<u32>>();
    is_sync::<ModuleCache>();
    is_send::<Error>();
}

#[test]
fn host_functions_take_and_return_every_type() {
    let mut linker = Linker::new();
    linker
        .func("env", "mix", |_: &mut Guest<()>, a: i32, b: u64, c: f32, d: f64| -> (i64, f64) {
            (i64::from(a) + i64::try_from(b).unwrap(), f64::from(c) * d)
        })
        .func("env", "next", |_: &mut Guest<()>, number: Option<ExternRef>| {
            number.map(|ExternRef(number)| ExternRef(number + 1))
        });
    let module = module(
        r#"(module
            (import "env" "mix" (func $mix (param i32 i64 f32 f64) (result i64 f64)))
            (import "env" "next" (func $next (param externref) (result externref)))
            (func (export "mix") (result i64 f64)
                (call $mix (i32.const -3) (i64.const 10) (f32.const 1.5) (f64.const 4)))
            (func (export "next") (param externref) (result externref) (call $next (local.get 0))))"#,
    );
    let mut store = Store::new(());
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let mix = instance.typed_func::<(), (i64, f64)>(&store, "mix").unwrap();
    assert_eq!(mix.call(&mut store, ()).unwrap(), (7, 6.0));
    let next = instance.typed_func::<Option<ExternRef>, Option<ExternRef>>(&store, "next").unwrap();
    assert_eq!(next.call(&mut store, Some(ExternRef(0))).unwrap(), Some(ExternRef(1)));
    assert_eq!(next.call(&mut store, None).unwrap(), None);
}

#[test]
fn a_host_function_calls_back_and_sees_what_that_wrote() {
    let mut linker = Linker::new();
    linker.func("env", "fill", |guest: &mut Guest<Vec<u8>>| -> Result<u32, HostError> {
        let Some(Extern::Func(allocate)) = guest.export("allocate") else {
            return Err(HostError::message("no allocator"));
        };
        let bytes = guest.data().clone();
        let len = u32::try_from(bytes.len())?;
        let start: u32 = allocate.typed::<u32, u32>(guest)?.call(guest, len)?;
        guest.write(start, &bytes)?;
        Ok(start)
    });
    let module = module(
        r#"(module
            (import "env" "fill" (func $fill (result i32)))
            (memory 1)
            (global $free (mut i32) (i32.const 64))
            (func (export "allocate") (param i32) (result i32)
                (global.get $free)
                (global.set $free (i32.add (global.get $free) (local.get 0))))
            (func (export "run") (result i32)
                (local $at i32)
                (drop (call $fill))
                (local.set $at (call $fill))
                (i32.add (i32.load8_u (local.get $at)) (i32.mul (global.get $free) (i32.const 1000)))))"#,
    );
    let mut store = Store::new(vec![42, 1, 2]);
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let run = instance.typed_func::<(), i32>(&store, "run").unwrap();
    assert_eq!(run.call(&mut store, ()).unwrap(), 70_042);
}

#[test]
fn callbacks_without_end_end_in_a_trap() {
    let mut linker = Linker::new();
    linker.func("env", "again", |guest: &mut Guest<()>| -> Result<(), HostError> {
        let run = guest.instance().unwrap().typed_func::<(), ()>(guest, "run")?;
        Ok(run.call(guest, ())?)
    });
    let module = module(
        r#"(module
            (import "env" "again" (func $again))
            (func (export "run") (call $again))
            (func (export "fine") (result i32) (i32.const 1)))"#,
    );
    let mut store = Store::new(());
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let run = instance.typed_func::<(), ()>(&store, "run").unwrap();
    assert!(matches!(run.call(&mut store, ()), Err(Error::Trap(Trap::CallDepthExceeded))));
    assert_eq!(call(&mut store, instance, "fine").unwrap(), 1);
}

#[test]
fn errors_of_the_host_come_out_as_they_went_in() {
    #[derive(Debug, PartialEq)]
    struct Full(u32);
    impl std::fmt::Display for Full {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "{} are enough", self.0)
        }
    }
    impl std::error::Error for Full {}
    let mut linker = Linker::new();
    linker
        .func("env", "push", |_: &mut Guest<()>, count: u32| -> Result<(), HostError> { Err(Full(count).into()) })
        .func("env", "peek", |guest: &mut Guest<()>, at: u32| -> Result<u32, HostError> {
            Ok(u32::from(guest.read(at, 1)?[0]))
        });
    let module = module(
        r#"(module
            (import "env" "push" (func $push (param i32)))
            (import "env" "peek" (func $peek (param i32) (result i32)))
            (memory 1)
            (func (export "push") (call $push (i32.const 7)))
            (func (export "peek") (drop (call $peek (i32.const 65536)))))"#,
    );
    let mut store = Store::new(());
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let mut run = |name| instance.typed_func::<(), ()>(&store, name).unwrap().call(&mut store, ()).unwrap_err();
    match run("push") {
        Error::Host(error) => assert_eq!(error.downcast_ref::<Full>(), Some(&Full(7))),
        other => panic!("{other}"),
    }
    assert!(matches!(run("peek"), Error::Trap(Trap::MemoryOutOfBounds)));
}

#[test]
fn what_is_missing_or_of_another_type_is_named() {
    let mut linker = Linker::new();
    linker.func("env", "log", |_: &mut Guest<()>, _: i32| ());
    let mut store = Store::new(());
    let mut error = |source| linker.instantiate(&mut store, &module(source)).unwrap_err().to_string();
    assert_eq!(
        error(r#"(module (import "env" "print" (func (param i32))))"#),
        "nothing is defined as `env::print`, where the module imports a function (i32) -> ()"
    );
    assert_eq!(
        error(r#"(module (import "env" "log" (func (param i64) (result f32))))"#),
        "the module imports `env::log` as a function (i64) -> (f32), but it is a function (i32) -> ()"
    );
    assert_eq!(
        error(r#"(module (import "env" "log" (memory 1 2)))"#),
        "the module imports `env::log` as a memory of 1 to 2 pages, but it is a function (i32) -> ()"
    );
    let instance =
        Linker::new().instantiate(&mut store, &module(r#"(module (func (export "f") (param i32)))"#)).unwrap();
    let error = instance.typed_func::<i64, ()>(&store, "f").err().unwrap();
    assert_eq!(error.to_string(), "the function has type (i32) -> () and not (i64) -> ()");
    assert!(matches!(instance.func(&store, "g"), Err(Error::MissingExport { .. })));
}

#[test]
fn functions_that_a_module_does_not_call_may_be_missing() {
    let module = module(
        r#"(module
            (import "env" "rare" (func $rare (param i64)))
            (func (export "often") (result i32) (i32.const 3))
            (func (export "rarely") (call $rare (i64.const 1))))"#,
    );
    let (mut store, mut linker) = (Store::new(()), Linker::new());
    linker.missing_funcs_fail(&module);
    let instance = linker.instantiate(&mut store, &module).unwrap();
    assert_eq!(call(&mut store, instance, "often").unwrap(), 3);
    let rarely = instance.typed_func::<(), ()>(&store, "rarely").unwrap();
    assert_eq!(rarely.call(&mut store, ()).unwrap_err().to_string(), "`env::rare` is not offered by this host");
}

#[test]
fn fuel_is_taken_alike_by_instances_and_hosts_and_runs_out() {
    let mut linker = Linker::new();
    linker.func("env", "work", |guest: &mut Guest<()>| guest.consume_fuel(1_000));
    let module = module(
        r#"(module
            (import "env" "work" (func $work))
            (func (export "work") (call $work))
            (func (export "loop") (loop (br 0))))"#,
    );
    let mut store = Store::new(());
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let mut run = |name, fuel| {
        store.set_fuel(fuel);
        let outcome = instance.typed_func::<(), ()>(&store, name).unwrap().call(&mut store, ());
        (outcome, store.fuel())
    };
    // A function's first call in an instance costs more.
    run("work", 10_000).0.unwrap();
    let (outcome, left) = run("work", 10_000);
    outcome.unwrap();
    let needed = 10_000 - left;
    assert!((1_000..1_200).contains(&needed), "{needed}");
    assert!(run("work", needed).0.is_ok());
    assert!(matches!(run("work", needed - 1).0, Err(Error::OutOfFuel)));
    assert!(matches!(run("work", 500).0, Err(Error::OutOfFuel)));
    assert!(matches!(run("loop", 1_000_000).0, Err(Error::OutOfFuel)));
    store.set_fuel(0);
    assert!(matches!(linker.instantiate(&mut store, &module), Err(Error::OutOfFuel)));
}

#[test]
fn instances_share_memory_tables_and_globals_while_calls_nest() {
    let (mut store, first, second) = linked(
        r#"(module
            (memory (export "memory") 1)
            (table (export "table") 4 funcref)
            (global (export "count") (mut i32) (i32.const 0))
            (type $number (func (result i32)))
            (func (export "through") (param i32) (result i32)
                (global.set 0 (i32.add (global.get 0) (i32.const 1)))
                (i32.store (i32.const 0) (i32.const 5))
                (i32.add
                    (call_indirect (type $number) (local.get 0))
                    (i32.mul (i32.const 100) (i32.load (i32.const 0)))))
            (func (export "count-now") (result i32) (global.get 0)))"#,
        r#"(module
            (import "first" "memory" (memory 1))
            (import "first" "table" (table 4 funcref))
            (import "first" "count" (global (mut i32)))
            (import "first" "through" (func $through (param i32) (result i32)))
            (elem (i32.const 1) $answer)
            (elem (i32.const 2) $other)
            (func $answer (result i32)
                (global.set 0 (i32.add (global.get 0) (i32.const 10)))
                (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
                (memory.grow (i32.const 1)))
            (func $other (param i32))
            (func (export "go") (result i32) (call $through (i32.const 1)))
            (func (export "wrong") (result i32) (call $through (i32.const 2)))
            (func (export "size") (result i32) (memory.size)))"#,
    );
    // The first calls a function of the second through the table; that changes memory and global.
    assert_eq!(call(&mut store, second, "go").unwrap(), 601);
    assert_eq!(call(&mut store, first, "count-now").unwrap(), 11);
    assert_eq!(call(&mut store, second, "size").unwrap(), 2);
    let memory = first.memory(&store, "memory").unwrap();
    assert_eq!(memory.data(&store).unwrap()[0], 6);
    assert_eq!(memory.data(&store).unwrap().len(), 131_072);
    let wrong = call(&mut store, second, "wrong").unwrap_err();
    assert!(matches!(wrong, Error::Trap(Trap::IndirectCallTypeMismatch)));
    // What traps leaves everything in its place.
    assert_eq!(call(&mut store, first, "count-now").unwrap(), 12);
    let count = first.global(&store, "count").unwrap();
    count.set(&mut store, Value::I32(-1)).unwrap();
    assert_eq!(call(&mut store, first, "count-now").unwrap(), -1);
}

#[test]
fn a_tail_call_to_another_instance_returns_to_the_callers_caller() {
    let (mut store, _, second) = linked(
        r#"(module
            (table (export "table") 1 funcref)
            (elem (i32.const 0) $double)
            (func $double (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))"#,
        r#"(module
            (import "first" "table" (table 1 funcref))
            (type $t (func (param i32) (result i32)))
            (func $tail (param i32) (result i32)
                (return_call_indirect (type $t) (i32.add (local.get 0) (i32.const 1)) (i32.const 0)))
            (func (export "go") (result i32) (i32.add (call $tail (i32.const 20)) (i32.const 1000))))"#,
    );
    assert_eq!(call(&mut store, second, "go").unwrap(), 1042);
}

#[test]
fn what_is_imported_twice_is_one_thing() {
    let (mut store, _, second) = linked(
        r#"(module
            (table (export "table") 3 externref)
            (global (export "count") (mut i32) (i32.const 1)))"#,
        r#"(module
            (import "first" "table" (table $a 3 externref))
            (import "first" "table" (table $b 3 externref))
            (import "first" "count" (global $c (mut i32)))
            (import "first" "count" (global $d (mut i32)))
            (table $own 1 externref)
            (global $e (mut i32) (i32.const 7))
            (func (export "sizes") (result i32)
                (drop (table.grow $b (ref.null extern) (i32.const 2)))
                (i32.add (i32.mul (table.size $a) (i32.const 10)) (table.size $own)))
            (func (export "globals") (result i32)
                (global.set $d (i32.const 30))
                (i32.add (global.get $c) (global.get $e))))"#,
    );
    assert_eq!(call(&mut store, second, "sizes").unwrap(), 51);
    assert_eq!(call(&mut store, second, "globals").unwrap(), 37);
}

#[test]
fn depth_is_counted_over_all_instances() {
    let limits = RunLimits { call_depth: 100, stack_height: 100_000, memory_pages: 1, table_elements: 10 };
    let (mut store, mut linker) = (Store::with_limits((), limits), Linker::new());
    let ping = module(
        r#"(module
            (table (export "table") 1 funcref)
            (type $t (func (param i32) (result i32)))
            (func (export "ping") (param i32) (result i32)
                (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 5))
                    (else (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))))))"#,
    );
    let pong = module(
        r#"(module
            (import "ping" "ping" (func $ping (param i32) (result i32)))
            (import "ping" "table" (table 1 funcref))
            (elem (i32.const 0) $pong)
            (func $pong (param i32) (result i32) (call $ping (local.get 0))))"#,
    );
    let first = linker.instantiate(&mut store, &ping).unwrap();
    linker.register(&store, "ping", first);
    linker.instantiate(&mut store, &pong).unwrap();
    let ping = first.typed_func::<i32, i32>(&store, "ping").unwrap();
    assert_eq!(ping.call(&mut store, 49).unwrap(), 5);
    assert!(matches!(ping.call(&mut store, 50), Err(Error::Trap(Trap::CallDepthExceeded))));
    assert_eq!(ping.call(&mut store, 1).unwrap(), 5);
}

#[test]
fn a_failed_instance_leaves_what_it_wrote_and_its_functions_work() {
    let (mut store, mut linker) = (Store::new(()), Linker::new());
    let table = Table::new(&mut store, TableType { element: ValType::FuncRef, min: 2, max: None }).unwrap();
    linker.define("host", "table", Extern::Table(table));
    let failing = module(
        r#"(module
            (import "host" "table" (table 2 funcref))
            (memory 1)
            (func $nine (result i32) (i32.const 9))
            (elem (i32.const 1) $nine)
            (data (i32.const 65536) "x"))"#,
    );
    let failed = linker.instantiate(&mut store, &failing);
    assert!(matches!(failed, Err(Error::Trap(Trap::MemoryOutOfBounds))));
    let Value::FuncRef(Some(nine)) = table.get(&store, 1).unwrap() else { panic!("it was placed") };
    assert_eq!(nine.call(&mut store, &[]).unwrap(), [Value::I32(9)]);
    assert!(matches!(table.get(&store, 2), Err(Error::TableBounds)));
    assert!(matches!(table.set(&mut store, 0, Value::I32(1)), Err(Error::ValueType)));
    assert_eq!(table.grow(&mut store, 3, Value::FuncRef(Some(nine))).unwrap(), 2);
    assert_eq!(table.get(&store, 4).unwrap(), Value::FuncRef(Some(nine)));
}

#[test]
fn items_of_another_store_are_refused() {
    let (mut mine, mut other) = (Store::new(()), Store::new(()));
    let double = module(r#"(module (func (export "f") (result i32) (i32.const 1)) (memory (export "m") 1))"#);
    let instance = Linker::new().instantiate(&mut mine, &double).unwrap();
    let func: Func = instance.func(&mine, "f").unwrap();
    assert!(matches!(func.call(&mut other, &[]), Err(Error::OtherStore)));
    let typed = func.typed::<(), i32>(&mine).unwrap();
    assert!(matches!(typed.call(&mut other, ()), Err(Error::OtherStore)));
    assert!(instance.export(&other, "f").is_none());
    assert!(matches!(instance.memory(&mine, "m").unwrap().data(&other), Err(Error::OtherStore)));
    let ty = GlobalType { value: ValType::FuncRef, mutable: true };
    assert!(matches!(Global::new(&mut other, ty, Value::FuncRef(Some(func))), Err(Error::OtherStore)));
    let mut linker = Linker::new();
    linker.register(&mine, "mine", instance);
    let needs = module(r#"(module (import "mine" "f" (func (result i32))))"#);
    assert!(matches!(linker.instantiate(&mut other, &needs), Err(Error::OtherStore)));
}

#[test]
fn invalid_code_ends_its_call_and_nothing_else() {
    let blob = [
        wat::parse_str(r#"(module (func (export "bad") (result i32) (i32.const 1)) (func (export "good") (result i32) (i32.const 2)))"#).unwrap(),
    ]
    .concat();
    // The first body: `i32.const 1` becomes `i64.const 1`.
    let at = blob.windows(2).position(|bytes| bytes == [0x41, 0x01]).unwrap();
    let mut corrupt = blob;
    corrupt[at] = 0x42;
    let module = Module::new(&corrupt, &Policy::all(), &prices(), Mode::Lazy).unwrap();
    let mut store = Store::new(());
    let instance = Linker::new().instantiate(&mut store, &module).unwrap();
    for _ in 0..2 {
        match call(&mut store, instance, "bad") {
            Err(Error::InvalidCode(error)) => assert_eq!(error.function, Some(0)),
            other => panic!("{other:?}"),
        }
        assert_eq!(call(&mut store, instance, "good").unwrap(), 2);
    }
}

#[test]
fn the_cache_keeps_one_module_for_all_that_is_the_same() {
    let cache = ModuleCache::new();
    let blob = wat::parse_str(r#"(module (func (export "f") (result i32) (i32.const 1)))"#).unwrap();
    let get = |blob: &[u8], policy: Policy, mode| cache.get(blob, &policy, &prices(), mode).unwrap();
    get(&blob, Policy::all(), Mode::Lazy).translate_all().unwrap();
    assert!(get(&blob, Policy::all(), Mode::Lazy).code_bytes() > 0, "it was translated before");
    assert_eq!(cache.len(), 1);
    assert_eq!(get(&blob, Policy::all(), Mode::LazyTranslation).code_bytes(), 0);
    get(&blob, Policy::contracts(), Mode::Lazy);
    assert_eq!(cache.len(), 3);
    assert!(cache.get(&blob[..9], &Policy::all(), &prices(), Mode::Lazy).is_err());
    cache.clear();
    assert!(cache.is_empty());
}

#[test]
fn contracts_share_nothing_and_fit() {
    let refused = |source: &str| check(&wat::parse_str(source).unwrap(), &Policy::all(), &prices()).unwrap_err().kind;
    for source in [r#"(module (import "env" "t" (table 1 funcref)))"#, r#"(module (import "env" "g" (global i32)))"#] {
        assert!(matches!(refused(source), CodeErrorKind::Import { .. }));
        let module = module(source);
        let limits = RunLimits { call_depth: 1, stack_height: 10, memory_pages: 1, table_elements: 10 };
        assert_eq!(vellum_engine::Instance::new(&module, limits).err(), Some(Trap::InvalidCode));
    }
    let data = refused(r#"(module (memory 1) (data (i32.const 65536) "x"))"#);
    assert_eq!(data, CodeErrorKind::Segment { index: 0, data: true });
    let elements = refused(r#"(module (table 1 funcref) (func $f) (elem (i32.const 1) $f))"#);
    assert_eq!(elements, CodeErrorKind::Segment { index: 0, data: false });
}

/// A small generator of the xorshift family (Marsaglia 2003), seeded by a constant.
fn random(state: &mut u64, below: usize) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state % u64::try_from(below).unwrap()).unwrap()
}

#[test]
fn linked_bytes_that_nobody_validated_do_no_harm() {
    let whole = module(
        r#"(module
            (memory (export "memory") 1)
            (table (export "table") 4 funcref)
            (global (export "count") (mut i32) (i32.const 0))
            (func (export "through") (param i32) (result i32) (call_indirect (result i32) (local.get 0))))"#,
    );
    let seed = wat::parse_str(
        r#"(module
            (import "first" "memory" (memory 1))
            (import "first" "table" (table 4 funcref))
            (import "first" "table" (table 4 funcref))
            (import "first" "count" (global (mut i32)))
            (import "first" "through" (func $through (param i32) (result i32)))
            (elem (i32.const 1) $a $b)
            (data (i32.const 8) "abc")
            (func $a (export "a") (result i32)
                (table.set 1 (i32.const 3) (table.get 0 (i32.const 2)))
                (global.set 0 (i32.add (global.get 0) (i32.const 1)))
                (call_indirect (result i32) (i32.const 3)))
            (func $b (export "b") (result i32)
                (if (i32.gt_s (global.get 0) (i32.const 3)) (then (return (i32.const 7))))
                (return_call_indirect 1 (result i32) (i32.const 1)))
            (func (export "c") (param i64) (result i32) (call $through (i32.wrap_i64 (local.get 0)))))"#,
    )
    .unwrap();
    let (mut state, mut instantiated, mut finished) = (0x5eed, 0, 0);
    for _ in 0..4_000 {
        let mut blob = seed.clone();
        for _ in 0..random(&mut state, 4) {
            let at = random(&mut state, blob.len());
            blob[at] ^= 1 << random(&mut state, 8);
        }
        let Ok(module) = Module::new(&blob, &Policy::all(), &prices(), Mode::TrustedLazy) else { continue };
        let (mut store, mut linker) = (Store::new(()), Linker::new());
        let first = linker.instantiate(&mut store, &whole).unwrap();
        linker.register(&store, "first", first);
        linker.missing_funcs_fail(&module);
        store.set_fuel(10_000_000);
        let Ok(second) = linker.instantiate(&mut store, &module) else { continue };
        instantiated += 1;
        for export in module.exports() {
            let Ok(func) = second.func(&store, &export.name) else { continue };
            let args: Vec<Value> = func.ty(&store).unwrap().params.iter().map(|_| Value::I64(1)).collect();
            store.set_fuel(1_000_000);
            finished += usize::from(func.call(&mut store, &args).is_ok());
        }
        // Whatever it did, the other instance is whole.
        store.set_fuel(1_000_000);
        let through = first.typed_func::<i32, i32>(&store, "through").unwrap();
        assert!(matches!(through.call(&mut store, 4_000_000), Err(Error::Trap(Trap::TableOutOfBounds))));
    }
    println!("{instantiated} instances, {finished} calls that finished");
    assert!(instantiated > 500 && finished > 100, "{instantiated} instances, {finished} calls that finished");
}
