//! Stores into memory that nobody has written yet run twice (docs/adr/0003-memory-zeroing.md). Nobody can tell: what is
//! written is there, what does not fit traps, and what was moved was moved once.

use vellum_engine::{Exit, Instance, Mode, Module, Policy, PriceTable, RunLimits, Trap};

const LIMITS: RunLimits = RunLimits { call_depth: 4, stack_height: 256, memory_pages: 1, table_elements: 1 };
const PAGE_BYTES: u32 = 65_536;

const SOURCE: &str = r#"(module
  (memory (export "memory") 1)
  (data (i32.const 2000) "0123456789abcdefghijklmnopqrstuv")
  (func (export "store8") (param i32 i64) (i64.store8 (local.get 0) (local.get 1)))
  (func (export "store16") (param i32 i64) (i64.store16 (local.get 0) (local.get 1)))
  (func (export "store32") (param i32 i64) (i64.store32 (local.get 0) (local.get 1)))
  (func (export "store64") (param i32 i64) (i64.store (local.get 0) (local.get 1)))
  (func (export "store64_two") (param i32 i64 i32)
    (i64.store (local.get 0) (local.get 1))
    (i64.store (local.get 2) (local.get 1)))
  (func (export "move64_two") (param i32 i32 i32 i32)
    (i64.store (local.get 1) (i64.load (local.get 0)))
    (i64.store (local.get 3) (i64.load (local.get 2))))
  (func (export "move8_two") (param i32 i32 i32 i32)
    (i32.store8 (local.get 1) (i32.load8_u (local.get 0)))
    (i32.store8 (local.get 3) (i32.load8_u (local.get 2)))))"#;

fn module() -> Module {
    let blob = wat::parse_str(SOURCE).unwrap();
    Module::new(&blob, &Policy::all(), &PriceTable::free(), Mode::Eager).unwrap()
}

/// Calls a function of a fresh instance: how it ends, and what is in memory then.
fn run(module: &Module, name: &str, args: &[u64]) -> (Exit, Vec<u8>) {
    let instance = Instance::new(module, LIMITS).unwrap();
    let mut call = instance.call(module.exported_func(name).unwrap(), args);
    let exit = call.run(&mut 0);
    (exit, call.instance().memory().to_vec())
}

/// What memory holds before anything runs.
fn untouched(module: &Module) -> Vec<u8> {
    Instance::new(module, LIMITS).unwrap().memory().to_vec()
}

#[test]
fn a_store_anywhere_inside_is_seen_and_one_that_is_not_all_inside_traps() {
    let module = module();
    let value = 0x8877_6655_4433_2211_u64;
    let around = [0, 1_023, 1_024, 1_999, 2_032, 2_048, 40_000, PAGE_BYTES - 1_024, PAGE_BYTES];
    for (name, bytes) in [("store8", 1), ("store16", 2), ("store32", 4), ("store64", 8)] {
        for start in around.into_iter().flat_map(|at: u32| at.saturating_sub(9)..at.saturating_add(9)) {
            let (exit, memory) = run(&module, name, &[u64::from(start), value]);
            let mut expected = untouched(&module);
            let place = usize::try_from(start).unwrap();
            if let Some(written) = expected.get_mut(place..place + bytes) {
                written.copy_from_slice(&value.to_le_bytes()[..bytes]);
                assert!(exit == Exit::Finished && memory == expected, "{name} at {start}: {exit:?}");
            } else {
                assert!(
                    exit == Exit::Trap(Trap::MemoryOutOfBounds) && memory == expected,
                    "{name} at {start}: {exit:?}"
                );
            }
        }
    }
}

#[test]
fn of_two_stores_the_first_is_seen_even_if_the_second_traps() {
    let module = module();
    for second in [5_000, 60_000, PAGE_BYTES - 8, PAGE_BYTES - 7] {
        let (exit, memory) = run(&module, "store64_two", &[30_000, 7, u64::from(second)]);
        assert_eq!(memory[30_000], 7);
        assert_eq!(exit == Exit::Finished, second <= PAGE_BYTES - 8, "{second}: {exit:?}");
    }
}

#[test]
fn what_was_moved_is_not_moved_again() {
    let module = module();
    for (name, bytes) in [("move8_two", 1), ("move64_two", 8)] {
        for second in [2_016, 5_000, 60_000, PAGE_BYTES - 8, PAGE_BYTES] {
            // The first move changes what it has read, if it is of eight bytes.
            let (from, to, second_from) = (2_000_usize, 2_004_usize, 2_006_usize);
            let second_to = usize::try_from(second).unwrap();
            let args = [from, to, second_from, second_to].map(|at| u64::try_from(at).unwrap());
            let (exit, memory) = run(&module, name, &args);
            let mut expected = untouched(&module);
            expected.copy_within(from..from + bytes, to);
            let fits = second_to + bytes <= expected.len();
            if fits {
                expected.copy_within(second_from..second_from + bytes, second_to);
            }
            assert!(memory == expected && (exit == Exit::Finished) == fits, "{name} to {second}: {exit:?}");
        }
    }
}
