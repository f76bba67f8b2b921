//! Compilation is linear and bounded (docs/ARCHITECTURE.md): twice the input takes about twice the
//! steps, no byte of input takes more steps or becomes more output than so much, and what would is
//! refused. Steps are counted by the validator and the translator, so that no clock is asked.

mod families;

use families::{families, over_the_limits};
use vellum_engine::{
    CodeErrorKind, Exit, GasClass, Instance, Limit, Mode, Module, Policy, PriceTable, RunLimits, Trap, check,
};

/// Bytes of the smallest module of a family.
const BLOB_BYTES: usize = 16_384;
/// Bytes of a module that is refused.
const REFUSED_BYTES: usize = 131_072;
/// Bytes of register code that one byte of Wasm may become.
const OUTPUT_MAX: usize = 32;
/// What is left over for small modules.
const OUTPUT_CONSTANT: usize = 1_024;
/// Steps that one byte of Wasm may take, to validate and to translate. Real contracts take 2.5, at most 3.4.
const STEPS_MAX: usize = 30;

/// Modes that validate.
const VALIDATING: [Mode; 3] = [Mode::Eager, Mode::LazyTranslation, Mode::Lazy];

struct Compiled {
    validated: usize,
    translated: usize,
    blob_bytes: usize,
    code_bytes: usize,
}

fn prices() -> PriceTable {
    PriceTable::new([1; GasClass::COUNT]).unwrap()
}

fn compiled(name: &str, blob: &[u8]) -> Compiled {
    let module =
        Module::new(blob, &Policy::all(), &prices(), Mode::Eager).unwrap_or_else(|error| panic!("{name}: {error}"));
    Compiled {
        validated: module.validation_work(),
        translated: module.translation_work(),
        blob_bytes: blob.len(),
        code_bytes: module.code_bytes(),
    }
}

#[test]
fn twice_the_input_takes_twice_the_steps() {
    assert!(families().count() >= 25);
    for family in families() {
        let (name, count) = (family.name, family.count_for(BLOB_BYTES));
        let sizes = [1, 2, 4].map(|times| compiled(name, &family.blob(times * count)));
        let [one, two, four] = &sizes;
        println!(
            "{name:52} {:6} bytes, a byte {:5.2} steps to validate, {:5.2} to translate, {:5.2} bytes of code",
            one.blob_bytes,
            per_byte(one.validated, one),
            per_byte(one.translated, one),
            per_byte(one.code_bytes, one),
        );
        for steps in [|size: &Compiled| size.validated, |size: &Compiled| size.translated] {
            assert!(steps(two) * 10 <= steps(one) * 22, "{name}: {} steps, then {}", steps(one), steps(two));
            assert!(steps(four) * 10 <= steps(one) * 46, "{name}: {} steps, then {}", steps(one), steps(four));
        }
        assert!(one.validated > 0, "{name}: something is done");
        for size in &sizes {
            let (steps, most) = (size.validated + size.translated, size.blob_bytes * STEPS_MAX);
            assert!(steps <= most, "{name}: {} bytes take {steps} steps", size.blob_bytes);
            let most = size.blob_bytes * OUTPUT_MAX + OUTPUT_CONSTANT;
            assert!(size.code_bytes <= most, "{name}: {} bytes become {}", size.blob_bytes, size.code_bytes);
        }
    }
}

#[test]
fn families_carry_as_much_as_each_policy_allows() {
    for policy in [Policy::contracts(), Policy::all()] {
        let at_the_limit = families().filter(|family| {
            let blob = family.blob(family.count_for(BLOB_BYTES));
            let Ok(report) = check(&blob, &policy, &prices()) else { return false };
            let used = report.limits.iter().find(|used| used.limit == Limit::CarriedPerByte).unwrap();
            used.count == u64::from(used.max)
        });
        let names: Vec<_> = at_the_limit.map(|family| family.name).collect();
        assert!(names.len() >= 10, "{} a byte: {names:?}", policy.limits.carried_per_byte);
    }
}

#[test]
fn what_carries_too_much_is_refused_alike_by_every_mode_that_validates() {
    for family in over_the_limits() {
        let (name, blob) = (family.name, family.blob(family.count_for(REFUSED_BYTES)));
        for policy in [Policy::contracts(), Policy::all()] {
            let errors = VALIDATING.map(|mode| {
                let module = Module::new(&blob, &policy, &prices(), mode);
                module.and_then(|module| module.translate_all()).expect_err(name)
            });
            println!("{name:52} {}", errors[0]);
            assert!(errors.iter().all(|error| *error == errors[0]), "{name}: {errors:?}");
        }
    }
}

/// What a policy says to functions with these bodies; the values and bytes of the last count.
fn judged(policy: Policy, source: &str) -> Result<(), CodeErrorKind> {
    let blob = wat::parse_str(source).unwrap();
    let judge = |mode| Module::new(&blob, &policy, &prices(), mode).and_then(|module| module.translate_all());
    let answers = VALIDATING.map(|mode| judge(mode).map_err(|error| error.kind));
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    answers[0].clone()
}

#[test]
fn values_are_counted_as_the_limit_says() {
    let over = |count, max| Err(CodeErrorKind::Limit { limit: Limit::CarriedPerByte, count, max });
    let mut policy = Policy::all();
    // Count of locals, operator, index, end: four bytes of body. The callee takes two and leaves one.
    let calls = |signature: &str, operators: &str| {
        format!("(module (func $g (param i32 i32) (result i32) unreachable) (func {signature} {operators}))")
    };
    policy.limits.carried_per_byte = 1;
    // count, unreachable, call x, end: five bytes carry three, then seven bytes carry six, then nine, nine.
    assert_eq!(judged(policy, &calls("", "unreachable call $g drop")), Ok(()));
    assert_eq!(judged(policy, &calls("", &format!("unreachable {} drop", "call $g ".repeat(3)))), Ok(()));
    assert_eq!(judged(policy, &calls("", &format!("unreachable {} drop", "call $g ".repeat(5)))), over(2, 1));
    // What the function itself takes and leaves is free.
    let five = format!("unreachable {} drop unreachable", "call $g ".repeat(5));
    assert_eq!(judged(policy, &calls("(param i64)", &five)), Ok(()));
    policy.limits.carried_per_byte = 0;
    assert_eq!(judged(policy, "(module (func $f (param i32) (result i32) (call $f (local.get 0))))"), Ok(()));
    // One value for each operator of each kind, none of which is free here.
    for body in [
        "(block (result i32) unreachable) drop",
        "(loop (result i32) unreachable) drop",
        "(if (result i32) (i32.const 1) (then unreachable) (else unreachable)) drop",
        "i32.const 1 (block (param i32) drop)",
        "unreachable call $one",
        "unreachable call_indirect (param i32)",
        "unreachable return_call $one",
        "unreachable return_call_indirect (param i32)",
    ] {
        let source = format!("(module (table 1 funcref) (func $one (param i32)) (func {body}))");
        assert_eq!(judged(policy, &source), over(1, 0), "{body}");
    }
    for body in ["return", "br 0", "i32.const 1 br_if 0", "i32.const 1 br_table 0 0"] {
        // Two results are free, so three branches are needed; a table with two entries is two.
        let source = format!("(module (func (result i32 i32) unreachable {}))", format!("{body} ").repeat(2));
        assert_eq!(judged(policy, &source), over(1, 0), "{body}");
    }
    // A branch to a loop carries its parameters.
    let source = "(module (func (param i32 i32) (loop (br 0)) local.get 0 (loop (param i32) br 0)))";
    assert_eq!(judged(policy, source), Ok(()));
    let source = "(module (func (param i32) local.get 0 (loop (param i32) br 0)))";
    assert_eq!(judged(policy, source), over(1, 0));
}

#[test]
fn signatures_are_counted_over_the_whole_blob() {
    let functions = "(func (type 0))".repeat(100);
    let blob = format!("(module (type (func (param {}))) {functions})", "i32 ".repeat(12));
    let bytes = u64::try_from(wat::parse_str(&blob).unwrap().len()).unwrap();
    assert_eq!(judged(Policy::all(), &blob), Ok(()));
    let count = (100 * 12u64).div_ceil(bytes);
    let refused = CodeErrorKind::Limit { limit: Limit::SignaturesPerByte, count, max: 2 };
    assert_eq!(judged(Policy::contracts(), &blob), Err(refused));
}

#[test]
fn a_function_that_carries_too_much_is_invalid_code_at_its_first_call_and_others_go_on() {
    let calls = "call $many ".repeat(100);
    let source = format!(
        "(module (func $many (param {}) unreachable)
           (func (export \"bad\") unreachable {calls})
           (func (export \"good\") (result i32) i32.const 7))",
        "i64 ".repeat(50)
    );
    let blob = wat::parse_str(source).unwrap();
    let module = Module::new(&blob, &Policy::contracts(), &prices(), Mode::Lazy).unwrap();
    let limits = RunLimits { call_depth: 8, stack_height: 1_024, memory_pages: 0, table_elements: 0 };
    let run = |name: &str| {
        let func = module.exported_func(name).unwrap();
        let (mut call, mut fuel) = (Instance::new(&module, limits).unwrap().call(func, &[]), u64::MAX);
        (call.run(&mut fuel), call.results().to_vec(), call.invalid_code().cloned())
    };
    let (exit, _, why) = run("bad");
    assert_eq!(exit, Exit::Trap(Trap::InvalidCode));
    let why = why.unwrap();
    assert!(matches!(why.kind, CodeErrorKind::Limit { limit: Limit::CarriedPerByte, count: 2, max: 1 }), "{why}");
    assert_eq!(why.function, Some(1));
    let eager = Module::new(&blob, &Policy::contracts(), &prices(), Mode::Eager).err();
    assert_eq!(eager, Some(why), "the same rule at the same byte");
    assert_eq!(run("good"), (Exit::Finished, vec![7], None));
}

#[test]
fn code_that_is_stored_is_bound_by_no_later_limit() {
    let blob = over_the_limits().find(|family| family.name == "dead calls of 128 parameters").unwrap().blob(1_000);
    let judge = |policy: Policy| Module::new(&blob, &policy, &prices(), Mode::Eager).is_ok();
    assert!(!judge(Policy::contracts()) && !judge(Policy::all()));
    assert!(judge(Policy::stored()));
}

#[test]
fn steps_are_the_same_in_every_mode_and_run() {
    let blob = families().next().unwrap().blob(100);
    let work = |mode| {
        let module = Module::new(&blob, &Policy::all(), &prices(), mode).unwrap();
        module.translate_all().unwrap();
        module.translate_all().unwrap();
        (module.validation_work(), module.translation_work())
    };
    let eager = work(Mode::Eager);
    assert!(eager.0 > 0 && eager.1 > 0);
    for mode in VALIDATING {
        assert_eq!(work(mode), eager, "{mode:?}");
    }
    assert_eq!(work(Mode::TrustedLazy), (0, eager.1), "what is trusted is not validated");
}

#[allow(clippy::cast_precision_loss, reason = "for people to read")]
fn per_byte(count: usize, size: &Compiled) -> f64 {
    count as f64 / size.blob_bytes as f64
}
