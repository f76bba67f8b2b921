//! What the policy `compat` accepts is what wasmi 0.32.3 accepts as pallet-contracts 51 sets it up, but for two
//! encodings: of modules that use what they like, and of the same with bits flipped.

use arbitrary::Unstructured;
use vellum_engine::{GasClass, Mode, Module, Policy, PriceTable};
use wasm_smith::Config;

/// What wasmi 0.32.3 lets pass although the proposal that brought it is switched off: a data count section, and
/// element segments whose items are expressions. Neither means anything without operators that are refused, no
/// compiler emits it, and code that is stored runs under a policy that has both proposals.
const STRICTER: [&str; 2] =
    ["data count section requires the bulk-memory proposal", "reference types support is not enabled"];

/// Modules that are made, and how often each is damaged.
const MODULES: u64 = 600;
const DAMAGED: u64 = 20;

/// As `pallet_contracts::wasm::prepare` of version 51 has it.
fn engine(floats: bool) -> wasmi032::Engine {
    let mut config = wasmi032::Config::default();
    config
        .wasm_multi_value(false)
        .wasm_mutable_global(false)
        .wasm_sign_extension(true)
        .wasm_bulk_memory(false)
        .wasm_reference_types(false)
        .wasm_tail_call(false)
        .wasm_extended_const(false)
        .wasm_saturating_float_to_int(false)
        .floats(floats)
        .consume_fuel(true);
    wasmi032::Engine::new(&config)
}

/// The finaliser of splitmix64.
fn mix(seed: u64) -> u64 {
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

/// A module that uses some features, most often few.
fn module(seed: u64) -> Vec<u8> {
    let has = |feature: u32| mix(seed ^ 0x5eed) >> (4 * feature) & 15 < 2;
    let config = Config {
        allow_floats: mix(seed) & 3 == 0,
        sign_extension_ops_enabled: seed & 1 == 0,
        multi_value_enabled: has(0),
        bulk_memory_enabled: has(1),
        reference_types_enabled: has(2),
        tail_call_enabled: has(3),
        extended_const_enabled: has(4),
        saturating_float_to_int_enabled: has(5),
        simd_enabled: has(6),
        memory64_enabled: has(7),
        wide_arithmetic_enabled: has(8),
        threads_enabled: has(9),
        exceptions_enabled: false,
        gc_enabled: false,
        relaxed_simd_enabled: false,
        compact_imports_enabled: false,
        max_memories: if has(10) { 2 } else { 1 },
        max_instructions: 60,
        ..Config::default()
    };
    let bytes: Vec<u8> = (0..512).flat_map(|at| mix(mix(seed) ^ at).to_le_bytes()).collect();
    wasm_smith::Module::new(config, &mut Unstructured::new(&bytes)).unwrap().to_bytes()
}

#[test]
fn compat_accepts_what_pallet_contracts_accepts() {
    let prices = PriceTable::new([1; GasClass::COUNT]).unwrap();
    let engines = [(engine(false), Policy::compat()), (engine(true), Policy::compat().with_floats())];
    let (mut accepted, mut refused, mut stricter) = (0, 0, 0);
    for seed in 0..MODULES {
        let whole = module(seed);
        for damage in 0..=DAMAGED {
            let mut blob = whole.clone();
            if damage > 0 {
                let number = mix(seed * 1_000 + damage);
                let at = usize::try_from(number >> 8).unwrap() % blob.len();
                blob[at] ^= 1 << (number & 7);
            }
            for (engine, policy) in &engines {
                let theirs = wasmi032::Module::new(engine, &blob[..]);
                let ours = Module::new(&blob, policy, &prices, Mode::Eager);
                let [yes, no] = [&mut accepted, &mut refused];
                *(if ours.is_ok() { yes } else { no }) += 1;
                let (ours, theirs) = (ours.err().map(|error| error.to_string()), theirs.err());
                let is_stricter = |why: &String| theirs.is_none() && STRICTER.iter().any(|known| why.contains(known));
                if ours.as_ref().is_some_and(is_stricter) {
                    stricter += 1;
                    continue;
                }
                assert_eq!(
                    ours.is_none(),
                    theirs.is_none(),
                    "{ours:?} and {theirs:?} of {seed}, {damage}: {blob:02x?}"
                );
            }
        }
    }
    println!("{accepted} accepted, {refused} refused, {stricter} of the encodings that are refused here only");
    assert!(accepted > 1_000 && refused > 1_000, "{accepted} accepted, {refused} refused");
}
