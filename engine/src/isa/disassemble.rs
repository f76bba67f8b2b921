//! Register code as text: one instruction a line, branch targets as labels, for golden files,
//! for `docs/ISA.md` and for people.

use super::Unit;
use super::decode::{Instruction, Malformed, TableEntry, instructions};
use super::field::{Operand, Target};
use alloc::collections::BTreeMap;
use alloc::string::String;
use core::fmt::Write;

/// Lists code. `first_cell_names` says how many cells are parameters and locals: those print as
/// `l0..`, the operands above them as `s0..`. A `^` marks a cell that the instruction in front has just
/// written.
///
/// # Errors
/// [`Malformed`] if the code is not a whole number of known instructions.
pub fn disassemble(code: &[Unit], locals: u32) -> Result<String, Malformed> {
    let labels = labels(code)?;
    let mut text = String::new();
    for instruction in instructions(code) {
        let instruction = instruction?;
        if let Some(label) = labels.get(&position(instruction.at)) {
            writeln!(text, "L{label}:").expect("writing to a string does not fail; qed");
        }
        line(&mut text, &instruction, &labels, locals).expect("writing to a string does not fail; qed");
    }
    Ok(text)
}

/// Numbers every branch target in the order of its place.
fn labels(code: &[Unit]) -> Result<BTreeMap<i64, usize>, Malformed> {
    let mut labels = BTreeMap::new();
    for instruction in instructions(code) {
        let instruction = instruction?;
        instruction.each_operand(&mut |_, operand| {
            if let Operand::Target(target) = operand {
                labels.insert(destination(&instruction, Target(target)), 0);
            }
        });
        for entry in instruction.entries() {
            labels.insert(destination(&instruction, entry.target), 0);
        }
    }
    for (number, label) in labels.values_mut().enumerate() {
        *label = number;
    }
    Ok(labels)
}

fn position(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

fn destination(instruction: &Instruction<'_>, target: Target) -> i64 {
    position(instruction.at).saturating_add(i64::from(target.0))
}

fn line(
    text: &mut String,
    instruction: &Instruction<'_>,
    labels: &BTreeMap<i64, usize>,
    locals: u32,
) -> core::fmt::Result {
    write!(text, "    {:<20}", instruction.opcode.mnemonic())?;
    let mut separator = " ";
    let mut forwarded = instruction.is_forwarded();
    let mut failed = Ok(());
    instruction.each_operand(&mut |name, operand| {
        if failed.is_ok() {
            let mark = if forwarded && matches!(operand, Operand::Read(_)) { "^" } else { "" };
            forwarded &= mark.is_empty();
            failed = text
                .write_str(separator)
                .and_then(|()| text.write_str(mark))
                .and_then(|()| show(text, name, operand, instruction, labels, locals));
        }
        separator = ", ";
    });
    failed?;
    for TableEntry { target, charge, window } in instruction.entries() {
        let label = labels.get(&destination(instruction, target)).copied().unwrap_or_default();
        write!(text, "\n        L{label} charge {}", charge.0)?;
        if let Some(window) = window {
            write!(text, " to {}", Cell { slot: window.0, locals })?;
        }
    }
    // Trailing spaces would make listings hard to compare.
    text.truncate(text.trim_end().len());
    writeln!(text)
}

fn show(
    text: &mut String,
    name: &str,
    operand: Operand,
    instruction: &Instruction<'_>,
    labels: &BTreeMap<i64, usize>,
    locals: u32,
) -> core::fmt::Result {
    match operand {
        Operand::Write(slot) | Operand::Read(slot) => write!(text, "{}", Cell { slot: slot.0, locals }),
        Operand::Window(slot) => write!(text, "{name} {}", Cell { slot: slot.0, locals }),
        Operand::Immediate(value) => write!(text, "{value}"),
        Operand::Target(target) => {
            let label = labels.get(&destination(instruction, Target(target))).copied().unwrap_or_default();
            write!(text, "L{label}")
        }
        Operand::Charge(fuel) => write!(text, "{name} {fuel}"),
        Operand::Func(index) | Operand::Import(index) | Operand::AnyFunc(index) => write!(text, "func {index}"),
        Operand::Offset(value)
        | Operand::Type(value)
        | Operand::Table(value)
        | Operand::Global(value)
        | Operand::Data(value)
        | Operand::Element(value)
        | Operand::Count(value) => write!(text, "{name} {value}"),
        Operand::Trap(code) => write!(text, "{code}"),
        Operand::Signature(signature) => write!(text, "{signature}"),
    }
}

/// A cell by the name that a reader of the source knows it by.
struct Cell {
    slot: u16,
    locals: u32,
}

impl core::fmt::Display for Cell {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match u32::from(self.slot).checked_sub(self.locals) {
            None => write!(f, "l{}", self.slot),
            Some(operand) => write!(f, "s{operand}"),
        }
    }
}
