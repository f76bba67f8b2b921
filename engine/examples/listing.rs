//! Shows the register code of a module:
//!
//! ```text
//! cargo run --release -p vellum-engine --example listing -- contract.wasm [FUNCTION]
//! ```
//!
//! `FUNCTION` is an index in the function index space; without it all defined functions are listed.
//! Charges are those of a price table in which everything costs 1.

use vellum_engine::{GasClass, Mode, Module, Policy, PriceTable};

fn main() {
    let mut args = std::env::args().skip(1);
    let Some(path) = args.next() else {
        eprintln!("usage: listing MODULE.wasm [FUNCTION]");
        std::process::exit(2);
    };
    let blob = wat::parse_file(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let prices = PriceTable::new([1; GasClass::COUNT]).expect("nothing is free");
    let module = Module::new(&blob, &Policy::all(), &prices, Mode::LazyTranslation)
        .unwrap_or_else(|error| panic!("{path}: {error}"));
    let only = args.next().map(|index| index.parse::<u32>().expect("FUNCTION is a number"));
    let mut func = only.unwrap_or_else(|| module.func_import_count());
    while let Ok(listing) = module.disassemble(func) {
        println!("{listing}");
        if only.is_some() {
            break;
        }
        func += 1;
    }
}
