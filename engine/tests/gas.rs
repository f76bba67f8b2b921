//! What docs/GAS.md says, counted by hand: one class has a price at a time, so that what is charged is how many units
//! of it there are.

use vellum_engine::{Exit, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits};

const MODES: [Mode; 4] = [Mode::Eager, Mode::LazyTranslation, Mode::Lazy, Mode::TrustedLazy];
const LIMITS: RunLimits = RunLimits { call_depth: 8, stack_height: 1_024, memory_pages: 16, table_elements: 1_000 };

/// Far more than a small module has units of all classes together.
const UNIT: u32 = 1_000_000;

/// A unit of the class costs [`UNIT`]; one of the classes that may not be free costs 1, and others nothing.
fn only(class: GasClass) -> PriceTable {
    use GasClass::{Branch, BranchTable, Call, CallIndirect, Return};
    let price = |other: GasClass| match other {
        other if other == class => UNIT,
        Branch | BranchTable | Call | CallIndirect | Return => 1,
        _ => 0,
    };
    let mut prices = [0; GasClass::COUNT];
    prices.iter_mut().zip(GasClass::ALL).for_each(|(to, class)| *to = price(*class));
    PriceTable::new(prices).unwrap()
}

/// Of everything that an instance is charged for, a number that nothing else has.
const COUNTED: &str = r#"(module
    ;; 3 types with 2 + 5 parameters and results.
    (type $none (func))
    (type $two (func (param i32) (result i64)))
    (type $five (func (param i32 i64 i32 i64 i32)))
    ;; 4 imports, among them 2 functions and a global.
    (import "env" "f" (func $f (type $two)))
    (import "env" "g" (func (type $none)))
    (import "env" "memory" (memory 9 12))
    (import "env" "base" (global $base i32))
    ;; 3 functions.
    (func $start (type $none))
    (func (export "h") (type $five))
    (func (type $none))
    (start $start)
    ;; 2 tables with 11 + 20 elements.
    (table $table (export "table") 11 50 funcref)
    (table 20 externref)
    ;; 3 globals: two expressions of one operator, and one that computes with five.
    (global (mut i32) (i32.const 7))
    (global i32 (global.get $base))
    (global (export "sum") i32 (i32.add (i32.add (i32.const 1) (i32.const 2)) (i32.const 3)))
    ;; 4 element segments of 3 + 2 + 2 + 1 elements. Two offsets, and two elements that are expressions.
    (elem (table $table) (i32.const 0) func $f $f $start)
    (elem (table $table) (i32.const 4) funcref (ref.func $f) (ref.null func))
    (elem func $f $start)
    (elem declare func $start)
    ;; 3 data segments, two of which are active: an offset of one operator, and one that computes with three.
    (data (i32.const 0) "0123456789")
    (data (i32.add (global.get $base) (i32.const 20)) "0123456")
    (data "passive: it is placed by an operator, if at all")
    (@custom "ignored" "")
)"#;

/// How many units of each class an instance of [`COUNTED`] is charged for.
fn counted(class: GasClass) -> u64 {
    match class {
        GasClass::Instance => 1,
        GasClass::InstancePage => 9,
        // Functions, globals, segments, their elements, parameters and results.
        GasClass::InstanceEntry => (2 + 3) + (1 + 3) + (4 + 3) + (3 + 2 + 2 + 1) + (2 + 5),
        GasClass::InstanceElement => 11 + 20,
        // Of globals, element segments, elements, data segments; what computes is one more than its operators.
        GasClass::InstanceExpression => (1 + 1 + (1 + 5)) + 2 + 2 + (1 + (1 + 3)),
        // Types, imports, exports.
        GasClass::InstanceDeclaration => 3 + 4 + 3,
        GasClass::InstanceByte => 10 + 7,
        _ => 0,
    }
}

#[test]
fn an_instance_is_charged_for_what_its_module_has() {
    let blob = wat::parse_str(COUNTED).unwrap();
    for class in GasClass::ALL {
        for mode in MODES {
            let module = Module::new(&blob, &Policy::all(), &only(*class), mode).unwrap();
            assert_eq!(module.instantiation_fuel(), counted(*class) * u64::from(UNIT), "{class}, {mode:?}");
        }
    }
}

#[test]
fn an_instance_is_charged_the_same_when_its_module_starts_from_an_index() {
    let blob = wat::parse_str(COUNTED).unwrap();
    for class in GasClass::ALL {
        let prices = only(*class);
        for made in MODES {
            let index = Module::new(&blob, &Policy::all(), &prices, made).unwrap().index();
            for mode in [Mode::Lazy, Mode::TrustedLazy] {
                let module = Module::from_index(&blob[..], index.clone(), &Policy::all(), &prices, mode).unwrap();
                let fuel = module.instantiation_fuel();
                assert_eq!(fuel, counted(*class) * u64::from(UNIT), "{class}, {mode:?} from {made:?}");
            }
        }
    }
}

#[test]
fn the_largest_tables_and_memory_are_charged_in_full_at_the_highest_prices() {
    let blob = wat::parse_str("(module (table 10000000 funcref) (memory 65536))").unwrap();
    let prices = PriceTable::new([u32::MAX; GasClass::COUNT]).unwrap();
    let module = Module::new(&blob, &Policy::all(), &prices, Mode::Eager).unwrap();
    assert_eq!(module.instantiation_fuel(), (1 + 10_000_000 + 65_536) * u64::from(u32::MAX));
}

/// How many units of a class a call of the export "f" is charged for.
fn charged(source: &str, class: GasClass, arg: u64) -> u64 {
    let blob = wat::parse_str(source).unwrap();
    let fuels = MODES.map(|mode| {
        let module = Module::new(&blob, &Policy::all(), &only(class), mode).unwrap();
        let func = module.exported_func("f").unwrap();
        let (mut call, mut fuel) = (Instance::new(&module, LIMITS).unwrap().call(func, &[arg]), u64::MAX);
        assert_eq!(call.run(&mut fuel), Exit::Finished, "{source}");
        u64::MAX - fuel
    });
    assert!(fuels.iter().all(|fuel| *fuel == fuels[0]), "{source}: {fuels:?}");
    fuels[0] / u64::from(UNIT)
}

#[test]
fn an_else_is_a_branch_for_those_who_reach_it_from_above_and_for_nobody_else() {
    let of = |then: &str, other: &str| {
        let source = format!(
            "(module (func (export \"f\") (param i32) (block $out (if (local.get 0) (then {then}) (else {other})))))"
        );
        [1, 0].map(|arg| charged(&source, GasClass::Branch, arg))
    };
    // The `if` is one; who leaves the first arm at its end meets the `else`, who jumps to the other arm does not.
    assert_eq!(of("nop", "nop"), [2, 1]);
    assert_eq!(of("", "nop"), [2, 1]);
    // Who branches away before it does not, either, and pays for that branch alone.
    assert_eq!(of("br $out", "nop"), [2, 1]);
    assert_eq!(of("br $out", "br $out"), [2, 2]);
    assert_eq!(of("return", "nop"), [1, 1]);
    // A branch to the `if` arrives behind its `end`, whichever arm it stands in.
    assert_eq!(of("br 0", "br 0"), [2, 2]);
    assert_eq!(of("(br_if 0 (i32.const 0))", ""), [3, 1]);
    // One `else` in another: each is met by its own.
    let inner = "(if (local.get 0) (then) (else))";
    assert_eq!(of(inner, inner), [4, 2]);
    // An `if` without one has none to pay for.
    let source = "(module (func (export \"f\") (param i32) (if (local.get 0) (then nop))))";
    assert_eq!([1, 0].map(|arg| charged(source, GasClass::Branch, arg)), [1, 1]);
    // Where control cannot be, nothing is charged.
    let source = "(module (func (export \"f\") (param i32) return (if (i32.const 1) (then) (else))))";
    assert_eq!(charged(source, GasClass::Branch, 1), 0);
}

#[test]
fn an_end_behind_an_else_is_paid_for_by_the_other_arm() {
    let source = "(module (func (export \"f\") (param i32) (if (local.get 0) (then nop) (else nop nop nop))))";
    // A `nop` and the function's `end`, or three and two `end`s; both return.
    assert_eq!([1, 0].map(|arg| charged(source, GasClass::Structure, arg)), [2, 5]);
    assert_eq!([1, 0].map(|arg| charged(source, GasClass::Return, arg)), [1, 1]);
}

#[test]
fn a_constant_of_64_bits_is_wide_unless_32_of_them_say_it_all() {
    let constants = [
        ("i64.const 0x7fffffff", 0),
        ("i64.const 0x80000000", 1),
        ("i64.const -0x80000000", 0),
        ("i64.const -0x80000001", 1),
        ("i32.const -1", 0),
        ("f32.const -nan", 0),
        ("f64.const 0", 0),
        ("f64.const 1", 1),
    ];
    for (constant, wide) in constants {
        let blob = wat::parse_str(format!("(module (func ({constant}) drop))")).unwrap();
        let module = Module::new(&blob, &Policy::all(), &only(GasClass::WideConst), Mode::Eager).unwrap();
        let (mut call, mut fuel) = (Instance::new(&module, LIMITS).unwrap().call(0, &[]), u64::MAX);
        assert_eq!(call.run(&mut fuel), Exit::Finished);
        assert_eq!((u64::MAX - fuel) / u64::from(UNIT), wide, "{constant}");
    }
}

/// Bodies of `(func (export "f") (param $x i32) (result i32) (local $y i32) (local $z i64) ..)`, what they are called with, and how many values
/// they carry: the result of the function is one.
const WAITING: [(&str, u64, u64); 16] = [
    // Nothing is kept.
    ("(i32.add (local.get $x) (local.get $y))", 1, 1),
    ("(drop (local.get $x)) (local.get $y) (block) (drop) (i32.const 1)", 1, 2),
    // A block begins: everything below it is kept once, constants cost what constants cost.
    ("(local.get $x) (local.get $y) (i32.const 5) (block) (loop) (i32.add) (i32.add)", 1, 3),
    ("(local.get $x) (local.get $y) (loop (result i32) (i32.const 1)) (drop) (i32.add)", 1, 3),
    // What is computed does not wait.
    ("(i32.add (local.get $x) (local.get $y)) (block)", 1, 1),
    ("(i32.wrap_i64 (i64.extend_i32_u (local.get $x))) (block)", 1, 1),
    // What is only seen otherwise does.
    ("(i32.wrap_i64 (local.get $z)) (block)", 1, 2),
    // Parameters of a block, but not the condition of an `if`.
    ("(local.get $x) (block (param i32) (result i32))", 1, 2),
    ("(local.get $y) (if (param i32) (result i32) (local.get $x) (then) (else))", 1, 2),
    // A local is written: those that wait for it are kept.
    ("(local.get $x) (local.get $x) (local.get $y) (local.set $x (i32.const 1)) (drop) (i32.add)", 1, 3),
    (
        "(local.get $x) (local.get $y) (local.set $y (i32.const 1)) (local.tee $y (i32.const 2)) (i32.add) (i32.add)",
        1,
        2,
    ),
    ("(local.get $x) (local.get $x) (local.set $x)", 1, 1),
    // A block ends: its results are kept, unless a branch carries them, which costs the same.
    ("(block (result i32) (local.get $x))", 1, 2),
    ("(block (result i32) (br 0 (local.get $x)))", 1, 2),
    ("(if (result i32) (local.get $x) (then (local.get $y)) (else (local.tee $y (i32.const 2))))", 0, 2),
    // Nobody comes here.
    ("(local.get $x) (return) (local.get $y) (block) (drop)", 1, 1),
];

#[test]
fn an_operand_that_waits_costs_a_value_where_it_is_kept() {
    for (body, arg, values) in WAITING {
        let source =
            format!(r#"(module (func (export "f") (param $x i32) (result i32) (local $y i32) (local $z i64) {body}))"#);
        assert_eq!(charged(&source, GasClass::ValueCarried, arg), values, "{body}");
    }
}
