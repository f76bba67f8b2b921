//! Code that is not what the translator made of it: whatever the verifier lets through, a slow reading of the
//! same code finds sound, too.

use super::*;
use crate::gas::{GasClass, PriceTable};
use crate::isa::decode::instructions;
use crate::module::{Mode, Module};
use crate::policy::Policy;
use crate::translate::{Context, Spare, Translator};
use alloc::collections::BTreeSet;

const SOURCES: &[&str] = &[
    include_str!("../../../tests/golden/arguments.wat"),
    include_str!("../../../tests/golden/blocks.wat"),
    include_str!("../../../tests/golden/calls.wat"),
    include_str!("../../../tests/golden/control.wat"),
    include_str!("../../../tests/golden/globals.wat"),
    include_str!("../../../tests/golden/host.wat"),
    include_str!("../../../tests/golden/memory.wat"),
    include_str!("../../../tests/golden/tables.wat"),
    include_str!("../../../tests/golden/tail_calls.wat"),
    include_str!("../../../tests/golden/wide_and_floats.wat"),
];

const TRIES: u64 = if cfg!(miri) { 50 } else { 3_000 };

/// V1 to V4 and the bounds of windows, read without haste. `None` if one does not hold.
fn slow_reading(header: &Header, code: &FuncCode) -> Option<()> {
    let cells = code.cells;
    let all: Vec<_> = instructions(&code.code).collect::<Result<_, _>>().ok()?;
    let starts: BTreeSet<usize> = all.iter().map(|instruction| instruction.at).collect();
    is_terminal(all.last()?.opcode).then_some(())?;
    for instruction in all {
        let leads = |target: Target| {
            let at = i64::try_from(instruction.at).unwrap() + i64::from(target.0);
            usize::try_from(at).is_ok_and(|at| starts.contains(&at))
        };
        let mut holds = !accesses_memory(instruction.opcode.shape()) || header.memory.is_some();
        let (mut window, mut callee, mut signature) = (None, None, None);
        instruction.each_operand(&mut |_, operand| {
            holds &= match operand {
                Operand::Write(slot) | Operand::Read(slot) => u32::from(slot.0) < cells,
                Operand::Window(slot) => {
                    window = window.max(Some(u32::from(slot.0)));
                    true
                }
                Operand::Target(target) => leads(Target(target)),
                Operand::Func(func) | Operand::Import(func) => {
                    callee = header.func_type(func);
                    callee.is_some() && (func < header.imported_funcs()) == matches!(operand, Operand::Import(_))
                }
                Operand::Type(ty) => {
                    callee = header.ty(ty).filter(|_| exists(ty, header.type_count()));
                    callee.is_some()
                }
                Operand::Table(table) => exists(table, header.table_count()),
                Operand::Global(global) => exists(global, header.global_count()),
                Operand::Data(data) => exists(data, header.data_count()),
                Operand::Element(element) => exists(element, header.element_count()),
                Operand::AnyFunc(func) => exists(func, header.func_count()),
                Operand::Signature(said) => {
                    signature = Some(said);
                    true
                }
                _ => true,
            };
        });
        holds &= signature.is_none_or(|signature| callee.is_some_and(|ty| signature == Signature::of(ty)));
        holds &= instruction.entries().all(|entry| leads(entry.target));
        let needed = callee.map_or(0, |ty| ty.params.len());
        holds &= window.is_none_or(|window| window + u32::try_from(needed).unwrap() <= cells);
        holds.then_some(())?;
    }
    Some(())
}

/// A number that looks random, of a try.
fn number(seed: u64) -> usize {
    // The finaliser of splitmix64.
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((seed ^ (seed >> 31)) & 0xffff_ffff).unwrap()
}

#[test]
fn what_the_verifier_accepts_a_slow_reading_finds_sound() {
    let (policy, prices) = (Policy::all(), PriceTable::new([1; GasClass::COUNT]).unwrap());
    let (mut accepted, mut refused, mut verifier) = (0, 0, Verifier::default());
    for source in SOURCES {
        let blob = wat::parse_str(source).unwrap();
        let module = Module::new(&blob, &policy, &prices, Mode::Eager).unwrap();
        let header = module.header();
        let mut translator =
            Translator::new(Context { header, prices: &prices, limits: &policy.limits }, Spare::default());
        for func in header.defined_funcs() {
            let body = &header.body(func).unwrap().bytes;
            let mut code = translator.translate(func, module.bytes(body), body.start).unwrap();
            assert_eq!(verifier.verify(header, &code), Ok(()));
            assert_eq!(slow_reading(header, &code), Some(()));
            let translated = code.code.to_vec();
            for at in 0..TRIES {
                let mut units = translated.clone();
                let (place, value) = (number(at * 2), number(at * 2 + 1));
                let place = place % units.len();
                units[place] = match value % 4 {
                    0 => u16::try_from(value >> 8 & 0xffff).unwrap(),
                    1 => u16::try_from(value >> 8 & 0xff).unwrap(),
                    2 => units[place] ^ 1 << (value >> 8 & 15),
                    _ => units[place].wrapping_add(1),
                };
                if value % 64 == 0 {
                    units.truncate(place);
                }
                code.code = units.into();
                if verifier.verify(header, &code).is_ok() {
                    accepted += 1;
                    assert_eq!(slow_reading(header, &code), Some(()), "{:?}", code.code);
                } else {
                    refused += 1;
                }
            }
        }
    }
    println!("{accepted} accepted, {refused} refused");
    assert!(accepted > refused / 20 && refused > accepted / 20, "{accepted} accepted, {refused} refused");
}
