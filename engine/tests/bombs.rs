//! Translation is linear (docs/ARCHITECTURE.md, Linear compilation): twice the input takes about
//! twice the steps, and no input becomes much more output than it is itself. Steps are counted by
//! the translator, so that no clock is asked.

mod families;

use families::FAMILIES;
use vellum_engine::{GasClass, Mode, Module, Policy, PriceTable};

/// Bytes of the smallest module of a family.
const BLOB_BYTES: usize = 16_384;
/// Bytes of register code that one byte of Wasm may become.
const OUTPUT_MAX: usize = 32;
/// What is left over for small modules.
const OUTPUT_CONSTANT: usize = 1_024;

struct Translated {
    work: usize,
    blob_bytes: usize,
    code_bytes: usize,
}

fn translated(name: &str, blob: &[u8]) -> Translated {
    let prices = PriceTable::new([1; GasClass::COUNT]).unwrap();
    let module =
        Module::new(blob, &Policy::all(), &prices, Mode::Eager).unwrap_or_else(|error| panic!("{name}: {error}"));
    Translated { work: module.translation_work(), blob_bytes: blob.len(), code_bytes: module.code_bytes() }
}

#[test]
fn twice_the_input_takes_twice_the_steps() {
    assert!(FAMILIES.len() >= 25);
    for family in FAMILIES {
        let (name, count) = (family.name, family.count_for(BLOB_BYTES));
        let [one, two, four] = [1, 2, 4].map(|times| translated(name, &family.blob(times * count)));
        println!(
            "{name:50} {:6} bytes, {:6.2} steps and {:5.2} bytes of code a byte; x {:.2}, x {:.2}",
            one.blob_bytes,
            per_byte(one.work, &one),
            per_byte(one.code_bytes, &one),
            ratio(two.work, one.work),
            ratio(four.work, one.work),
        );
        assert!(one.work > 0, "{name}: something is translated");
        assert!(two.work * 10 <= one.work * 22, "{name}: {} steps, then {}", one.work, two.work);
        assert!(four.work * 10 <= one.work * 46, "{name}: {} steps, then {}", one.work, four.work);
        for size in [&one, &two, &four] {
            let most = size.blob_bytes * OUTPUT_MAX + OUTPUT_CONSTANT;
            assert!(size.code_bytes <= most, "{name}: {} bytes become {}", size.blob_bytes, size.code_bytes);
        }
    }
}

#[test]
fn steps_are_the_same_in_every_mode_and_run() {
    let blob = FAMILIES[0].blob(100);
    let prices = PriceTable::new([1; GasClass::COUNT]).unwrap();
    let work = |mode| {
        let module = Module::new(&blob, &Policy::all(), &prices, mode).unwrap();
        module.translate_all().unwrap();
        module.translate_all().unwrap();
        module.translation_work()
    };
    let eager = work(Mode::Eager);
    assert!(eager > 0);
    for mode in [Mode::Eager, Mode::LazyTranslation, Mode::Lazy, Mode::TrustedLazy] {
        assert_eq!(work(mode), eager, "{mode:?}");
    }
}

#[allow(clippy::cast_precision_loss, reason = "for people to read")]
fn ratio(one: usize, other: usize) -> f64 {
    one as f64 / other as f64
}

fn per_byte(count: usize, size: &Translated) -> f64 {
    ratio(count, size.blob_bytes)
}
