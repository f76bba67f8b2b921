//! What the tests of the host functions start from.

#![allow(dead_code, reason = "each test program uses a part of it")]

use sp_externalities::set_and_run_with_externalities;
use sp_state_machine::BasicExternalities;
use vellum_engine::{GasClass, Policy, PriceTable, RunLimits};
use vellum_host::{Refusal, SessionLimits, Terms, interface::vellum as node};

/// Fuel that no test uses up, but for loops.
pub const FUEL: u64 = 1 << 20;

/// Says that code has been validated.
pub const VALIDATED: u32 = 1;

/// Says that it has not.
pub const NOT_VALIDATED: u32 = 0;

/// A room for descriptions and exits that is always large enough.
pub const ROOM: usize = 4096;

/// Terms like those of a chain.
pub fn terms() -> Terms {
    Terms {
        policy: Policy::stored(),
        prices: PriceTable::new([1; GasClass::COUNT]).unwrap(),
        run: RunLimits { call_depth: 64, stack_height: 1024, memory_pages: 16, table_elements: 64 },
        session: SessionLimits { instances: 8, guest_bytes: 64 << 20, code_bytes: 1 << 20 },
        entry_points: &["deploy", "call"],
    }
}

/// Runs something as a runtime call: with externalities that nothing is left in.
pub fn runtime_call<R>(run: impl FnOnce() -> R) -> R {
    set_and_run_with_externalities(&mut BasicExternalities::default(), run)
}

pub fn blob(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap()
}

/// A contract that asks its host once and returns.
pub fn asking() -> Vec<u8> {
    blob(
        r#"(module
            (import "seal0" "ask" (func $ask (param i32 i32) (result i32)))
            (memory 1 2)
            (data (i32.const 16) "hello")
            (func (export "deploy"))
            (func (export "call")
                (i32.store (i32.const 0) (call $ask (i32.const 16) (i32.const 5)))))"#,
    )
}

/// The answer of a host function that did what it was asked.
pub fn done(code: i64) -> u32 {
    u32::try_from(code).unwrap_or_else(|_| panic!("refused: {:?}", Refusal::from_code(code)))
}

/// The refusal that a host function has answered.
pub fn refused(code: i64) -> Refusal {
    assert!(code < 0, "it did what it was asked and answered {code}");
    Refusal::from_code(code).expect("every refusal has a number")
}

pub fn open() {
    done(node::open_session(&terms().encode()));
}

pub fn load(blob: &[u8]) -> u32 {
    done(node::load_bytes(blob, &[], VALIDATED, &mut [0; ROOM]))
}

pub fn instantiate(blob: &[u8]) -> u32 {
    done(node::instantiate(load(blob), &[]))
}
