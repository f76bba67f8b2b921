//! Memory that becomes ready where the program comes is like memory that was zero all along: an instruction that has to
//! wait for it does its work once. Builds without `std` have such memory (`cargo test --no-default-features`); the others
//! show here what it has to be like.

use vellum_engine::{Exit, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits};

const LIMITS: RunLimits = RunLimits { call_depth: 64, stack_height: 4_096, memory_pages: 16, table_elements: 16 };

/// Runs `run` of a text; gives how it ended, its results and memory.
fn run(text: &str) -> (Exit, Vec<u64>, Vec<u8>) {
    let blob = wat::parse_str(text).expect("the text is Wasm");
    let module = Module::new(
        &blob,
        &Policy::all(),
        &PriceTable::new([1; GasClass::COUNT]).expect("every class costs something"),
        Mode::Eager,
    )
    .expect("it is accepted");
    let func = module.exported_func("run").expect("it exports `run`");
    let mut call = Instance::new(&module, LIMITS).expect("there is an instance").call(func, &[]);
    let exit = call.run(&mut 1_000_000_000);
    (exit, call.results().to_vec(), call.instance().memory().to_vec())
}

fn result(text: &str) -> u64 {
    let (exit, results, _) = run(text);
    assert_eq!(exit, Exit::Finished);
    results[0]
}

#[test]
fn what_nobody_has_written_is_zero_wherever_it_is() {
    for address in [0, 1, 2_040, 2_041, 2_047, 2_048, 65_528, 100_000, 131_064] {
        let text = format!(
            r#"(module (memory 2)
                (func (export "run") (result i64)
                    (i64.store (i32.const 70000) (i64.const -1))
                    (i64.or (i64.load (i32.const {address})) (i64.load8_u (i32.const 131071)))))"#
        );
        assert_eq!(result(&text), 0, "at {address}");
    }
}

#[test]
fn what_was_written_stays_when_more_becomes_ready_on_either_side() {
    let text = r#"(module (memory 2)
        (func (export "run") (result i64)
            (i64.store (i32.const 70000) (i64.const 7))
            (i64.store (i32.const 131064) (i64.const 30))
            (i64.store (i32.const 0) (i64.const 200))
            (i64.add (i64.add (i64.load (i32.const 70000)) (i64.load (i32.const 131064))) (i64.load (i32.const 0)))))"#;
    assert_eq!(result(text), 237);
}

#[test]
fn accesses_that_end_behind_memory_trap_and_those_that_end_with_it_do_not() {
    let text = |address: u32| {
        format!(
            r#"(module (memory 1)
                (func (export "run") (result i64) (i64.load (i32.const {address}))))"#
        )
    };
    assert_eq!(result(&text(65_528)), 0);
    for address in [65_529, 65_535, 65_536, u32::MAX] {
        let (exit, ..) = run(&text(address));
        assert_eq!(exit, Exit::Trap(vellum_engine::Trap::MemoryOutOfBounds), "at {address}");
    }
}

#[test]
fn accesses_just_before_what_was_written_find_zero() {
    for distance in 1..16 {
        let text = format!(
            r#"(module (memory 2)
                (func (export "run") (result i64)
                    (i64.store (i32.const 8192) (i64.const -1))
                    (i64.load8_u (i32.const {}))))"#,
            8_192 - distance
        );
        assert_eq!(result(&text), 0, "{distance} bytes before");
    }
}

#[test]
fn two_moves_of_which_the_second_waits_move_the_first_bytes_once() {
    // The first move overlaps: done twice, it would read what it has written.
    let text = r#"(module (memory 2)
        (func (export "run") (local $a i32) (local $b i32) (local $c i32) (local $d i32)
            (local.set $a (i32.const 16)) (local.set $b (i32.const 20))
            (local.set $c (i32.const 90000)) (local.set $d (i32.const 120000))
            (i64.store (i32.const 16) (i64.const 0x0807060504030201))
            (i64.store (local.get $b) (i64.load (local.get $a)))
            (i64.store (local.get $d) (i64.load (local.get $c)))))"#;
    let (exit, _, memory) = run(text);
    assert_eq!(exit, Exit::Finished);
    assert_eq!(memory[16..28], [1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(memory[28..].iter().filter(|byte| **byte != 0).count(), 0);
}

#[test]
fn memory_that_grows_keeps_what_it_had_and_is_zero_behind_it() {
    let text = r#"(module (memory 1 8)
        (func (export "run") (result i64)
            (i64.store (i32.const 60000) (i64.const 5))
            (drop (memory.grow (i32.const 3)))
            (memory.copy (i32.const 200000) (i32.const 60000) (i32.const 8))
            (i64.add (i64.load (i32.const 200000)) (i64.load (i32.const 130000)))))"#;
    let (exit, results, memory) = run(text);
    assert_eq!((exit, results), (Exit::Finished, vec![5]));
    assert_eq!(memory.len(), 4 * 65_536);
    assert_eq!(memory.iter().map(|byte| u32::from(*byte)).sum::<u32>(), 10);
}

#[test]
fn bulk_operators_and_the_host_see_zeros_where_nobody_has_been() {
    let text = r#"(module (memory 2)
        (func (export "run")
            (memory.fill (i32.const 3000) (i32.const 9) (i32.const 10))
            (memory.copy (i32.const 3005) (i32.const 100000) (i32.const 100))))"#;
    let blob = wat::parse_str(text).expect("the text is Wasm");
    let module = Module::new(
        &blob,
        &Policy::all(),
        &PriceTable::new([1; GasClass::COUNT]).expect("every class costs something"),
        Mode::Eager,
    )
    .expect("it is accepted");
    let func = module.exported_func("run").expect("it exports `run`");
    let mut call = Instance::new(&module, LIMITS).expect("there is an instance").call(func, &[]);
    assert_eq!(call.run(&mut 1_000_000_000), Exit::Finished);
    let mut bytes = [1; 4_096];
    call.read_memory(1_000, &mut bytes).expect("it lies inside");
    let expected: Vec<u8> = (1_000..5_096).map(|at| if (3_000..3_005).contains(&at) { 9 } else { 0 }).collect();
    assert_eq!(bytes.to_vec(), expected);
    assert_eq!(call.memory_bytes(), 131_072);
    call.write_memory(131_070, &[1, 2]).expect("it lies inside");
    call.read_memory(131_064, &mut bytes[..8]).expect("it lies inside");
    assert_eq!(bytes[..8], [0, 0, 0, 0, 0, 0, 1, 2]);
}
