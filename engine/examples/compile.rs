//! Compiles blobs, and says how many steps it took: something to hold under a profiler.
//!
//! ```text
//! cargo run --release -p vellum-engine --example compile -- (checked | trusted) contract.wasm...
//! ```
//!
//! `checked` validates before it translates, as an upload does; `trusted` only translates.

use vellum_engine::{GasClass, Mode, Module, Policy, PriceTable};

fn main() {
    let mut args = std::env::args().skip(1);
    let mode = match args.next().as_deref() {
        Some("checked") => Mode::LazyTranslation,
        Some("trusted") => Mode::TrustedLazy,
        _ => panic!("usage: compile (checked | trusted) contract.wasm..."),
    };
    let prices = PriceTable::new([1; GasClass::COUNT]).unwrap();
    for path in args {
        let blob = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let module =
            Module::new(&blob, &Policy::all(), &prices, mode).unwrap_or_else(|error| panic!("{path}: {error}"));
        module.translate_all().unwrap_or_else(|error| panic!("{path}: {error}"));
        println!(
            "{path}: {} bytes, {} steps to validate, {} to translate, {} bytes of code",
            blob.len(),
            module.validation_work(),
            module.translation_work(),
            module.code_bytes()
        );
    }
}
