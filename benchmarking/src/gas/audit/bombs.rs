//! The families of modules that ask as much of a compiler as their bytes can: what the engine's tests hold to a number
//! of steps is held to its price here. And modules that ask much of whoever makes an instance of them.

use crate::gas::subject::{Part, Set, Subject};
use vellum_engine::{GasClass, Mode, Module, Policy, PriceTable};

#[path = "../../../../engine/tests/families/mod.rs"]
mod families;

/// As large as a contract's code may be by default, a little less so that one body holds it.
const BLOB_BYTES: usize = 130_048;
/// What they are one of in reports.
pub(super) const GROUP: &str = "bombs";

pub(super) fn modules() -> Vec<Subject> {
    let compile = families::families().chain(families::over_the_limits()).map(|family| {
        let blob = family.blob(family.count_for(BLOB_BYTES));
        let accepted = accepted(&blob);
        // A chain's calls never meet what its uploads refuse.
        let parts = if accepted { vec![Part::FirstCall, Part::Start, Part::Upload] } else { vec![Part::Upload] };
        let refused = if accepted { "" } else { ", refused" };
        subject(format!("{}{refused}", family.name), blob, parts)
    });
    let instantiate = instances().into_iter().map(|(name, text)| {
        let blob = wat::parse_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        subject(name.to_owned(), blob, vec![Part::Start, Part::Upload])
    });
    compile.chain(instantiate).collect()
}

fn subject(name: String, blob: Vec<u8>, parts: Vec<Part>) -> Subject {
    Subject { name, group: GROUP, set: Set::Resident, blob, task: None, parts }
}

fn accepted(blob: &[u8]) -> bool {
    let prices = PriceTable::new([1; GasClass::COUNT]).expect("every class has a price; qed");
    Module::new(blob, &Policy::contracts(), &prices, Mode::Eager).is_ok()
}

/// As much as the limits for contracts allow, of one thing each.
fn instances() -> Vec<(&'static str, String)> {
    let element = "$f ".repeat(16_384);
    let data = "x".repeat(100_000);
    let segments = |text: &str| text.repeat(1_000);
    vec![
        ("instance of nothing", "(module)".to_owned()),
        ("instance with 16 pages", "(module (memory 16 16))".to_owned()),
        ("instance with 10000 functions", format!("(module {})", "(func)".repeat(10_000))),
        ("instance with 1000 globals", format!("(module {})", "(global (mut i64) (i64.const 5))".repeat(1_000))),
        ("instance with a table of 16384", "(module (table 16384 16384 funcref))".to_owned()),
        (
            "instance with 16384 elements",
            format!("(module (table 16384 funcref) (elem (i32.const 0) {element}) (func $f))"),
        ),
        ("instance with 16384 passive elements", format!("(module (elem func {element}) (func $f))")),
        (
            "instance with 1000 element segments",
            format!("(module (table 16384 funcref) (func $f) {})", segments("(elem (i32.const 9) $f)")),
        ),
        ("instance with 100000 bytes of data", format!(r#"(module (memory 2) (data (i32.const 0) "{data}"))"#)),
        (
            "instance with 1000 empty data segments",
            format!("(module (memory 16) {})", segments(r#"(data (i32.const 7) "")"#)),
        ),
        ("instance with 1000 data segments, far apart", {
            let far = |at: u32| format!(r#"(data (i32.const {}) "x")"#, at * 1_021 % 16 * 65_536 + at * 64);
            format!("(module (memory 16) {})", (0..1_000).map(far).collect::<String>())
        }),
        ("instance with 1000 passive data segments", format!("(module (memory 1) {})", segments(r#"(data "x")"#))),
    ]
}
