//! The canary: what would die first if a handler of the tail-call backend left something on the native stack.
//!
//! Rust promises no jump for a call in tail position. Where LLVM makes a call of it after all, every instruction takes
//! some bytes of native stack until the run ends; on a stack of a quarter of a megabyte ten thousands of instructions
//! overflow it, and this runs hundreds of millions between two exits. `scripts/check-tail-calls.sh` runs it optimised,
//! and reads the handlers of which no program here makes use.
//!
//! A debug build has no such backend: there it runs less, by the loop, so that the program itself stays correct.

use std::thread;
use vellum_engine::{Dispatch, Exit, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits};

const LIMITS: RunLimits = RunLimits { call_depth: 64, stack_height: 1_024, memory_pages: 1, table_elements: 8 };

/// A native stack on which nothing may pile up.
const NATIVE_STACK_BYTES: usize = 256 << 10;

/// Transfers of control to make. A branch and the one that it leads to may become one instruction, so this is at
/// least half as many instructions: 10^8, where there are tail calls.
const TRANSFERS: u64 = if Dispatch::HAS_TAIL_CALLS { 200_000_000 } else { 100_000 };

/// An endless loop over everything that goes on to another instruction in its own way. The host is called so seldom
/// (each exit unwinds the native stack) that every part runs more often in between than the stack has bytes.
const PROGRAM: &str = r#"(module
    (import "host" "look" (func $look (param i64 i32) (result i64)))
    (type $mix (func (param i64 i64) (result i64)))
    (memory 1)
    (global $turns (mut i64) (i64.const 0))
    (table funcref (elem $sum $twist $product $spread))
    (func $sum (type $mix) (i64.add (local.get 0) (i64.mul (local.get 1) (i64.const 0x9e3779b97f4a7c15))))
    (func $twist (type $mix) (i64.xor (i64.rotl (local.get 0) (i64.const 13)) (local.get 1)))
    (func $product (type $mix) (i64.mul (i64.or (local.get 0) (i64.const 1)) (i64.or (local.get 1) (i64.const 1))))
    (func $spread (type $mix)
        (i64.sub
            (i64.div_u (local.get 0) (i64.or (i64.shr_u (local.get 1) (i64.const 40)) (i64.const 1)))
            (i64.extend_i32_s (i32.wrap_i64 (local.get 1)))))
    ;; Calls itself in tail position, and ends in an indirect tail call.
    (func $fall (param $x i64) (param $left i32) (result i64)
        (if (i32.eqz (local.get $left))
            (then (return_call_indirect (type $mix)
                (local.get $x) (i64.const 7) (i32.and (i32.wrap_i64 (local.get $x)) (i32.const 3)))))
        (return_call $fall
            (i64.add (i64.rotl (local.get $x) (i64.const 5)) (i64.const 3))
            (i32.sub (local.get $left) (i32.const 1))))
    ;; Loads, stores and a branch table.
    (func $remember (param $x i64) (param $i i32) (result i64) (local $at i32)
        (local.set $at (i32.and (i32.mul (local.get $i) (i32.const 40)) (i32.const 0xfff8)))
        (i64.store (local.get $at) (i64.xor (i64.load (local.get $at)) (local.get $x)))
        (i32.store8 offset=3 (i32.and (local.get $i) (i32.const 0xff)) (local.get $i))
        (block $out (block $two (block $one (block $zero
            (br_table $zero $one $two $out (i32.and (i32.wrap_i64 (local.get $x)) (i32.const 7))))
            (return (i64.add (local.get $x) (i64.load32_u (local.get $at)))))
            (local.set $x (i64.popcnt (local.get $x)))
            (br $out))
            (local.set $x (i64.add (local.get $x) (i64.load16_s offset=2 (local.get $at)))))
        (i64.xor (local.get $x) (i64.extend_i32_u (i32.load8_u (local.get $at)))))
    ;; A loop of its own, with a float and a `select`.
    (func $count (param $x i64) (result i64) (local $left i32) (local $float f64)
        (local.set $left (i32.const 6))
        (loop $next
            (local.set $float (f64.add (local.get $float) (f64.convert_i32_s (local.get $left))))
            (local.set $x (select
                (i64.add (local.get $x) (i64.const 11))
                (i64.shr_u (local.get $x) (i64.const 1))
                (i32.lt_u (i32.wrap_i64 (local.get $x)) (i32.const 0x80000000))))
            (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
        (i64.add (local.get $x) (i64.trunc_f64_s (local.get $float))))
    (func (export "run") (param $x i64) (local $i i32)
        (loop $next
            (local.set $x (call $remember (local.get $x) (local.get $i)))
            (local.set $x (call_indirect (type $mix)
                (local.get $x) (i64.extend_i32_u (local.get $i)) (i32.and (local.get $i) (i32.const 3))))
            (local.set $x (call $count (local.get $x)))
            (local.set $x (call $fall (local.get $x) (i32.and (local.get $i) (i32.const 3))))
            (global.set $turns (i64.add (global.get $turns) (i64.const 1)))
            (memory.fill (i32.const 0x100) (local.get $i) (i32.const 9))
            (if (i32.eqz (i32.and (local.get $i) (i32.const 0xfffff)))
                (then (local.set $x (call $look (local.get $x) (local.get $i)))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $next))))"#;

/// What a run showed.
#[derive(PartialEq, Eq, Debug)]
struct Seen {
    /// What the host was told, and the fuel that was left then.
    host: Vec<(Vec<u64>, u64)>,
    fuel: u64,
    memory: Vec<u8>,
}

/// One for each transfer of control and nothing for the rest: fuel counts transfers.
fn prices() -> PriceTable {
    let mut prices = [0; GasClass::COUNT];
    for (price, class) in prices.iter_mut().zip(GasClass::ALL) {
        let transfers = matches!(
            class,
            GasClass::Branch | GasClass::BranchTable | GasClass::Call | GasClass::CallIndirect | GasClass::Return
        );
        *price = u32::from(transfers);
    }
    PriceTable::new(prices).unwrap()
}

/// Runs until so many transfers of control have been made.
fn run(dispatch: Dispatch) -> Seen {
    let blob = wat::parse_str(PROGRAM).unwrap();
    let module = Module::new(&blob, &Policy::all(), &prices(), Mode::LazyTranslation).unwrap();
    let mut instance = Instance::new(&module, LIMITS).unwrap();
    instance.set_dispatch(dispatch);
    let mut call = instance.call(module.exported_func("run").unwrap(), &[0x1234_5678_9abc_def0]);
    let (mut fuel, mut host) = (TRANSFERS, Vec::new());
    let mut exit = call.run(&mut fuel);
    while exit == (Exit::HostCall { import: 0 }) {
        host.push((call.args().to_vec(), fuel));
        let answer = call.args()[0].rotate_left(1);
        exit = call.resume(&[answer], &mut fuel);
    }
    assert_eq!(exit, Exit::OutOfFuel, "the program does not end");
    Seen { host, fuel, memory: call.instance().memory().to_vec() }
}

#[test]
fn instructions_leave_nothing_on_the_native_stack() {
    let small = thread::Builder::new().stack_size(NATIVE_STACK_BYTES);
    let seen = small.spawn(|| run(Dispatch::Fastest)).unwrap().join().unwrap();
    assert!(seen.fuel <= 1, "a block has one transfer, or a branch that ends in another: {} left", seen.fuel);
    assert!(!seen.host.is_empty(), "the host is called at the first turn");
    let expected = run(Dispatch::Loop);
    assert!(seen == expected, "the loop sees something else: {:?} | {:?}", seen.host, expected.host);
    println!("{TRANSFERS} transfers of control, tail calls: {}, {} exits", Dispatch::HAS_TAIL_CALLS, seen.host.len());
}
