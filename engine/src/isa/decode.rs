//! Walks register code instruction by instruction, checking every bound: for the verifier and the
//! disassembler. The executor does not come here; it relies on what the verifier found.

use super::field::{Charge, Field, Operand, Target, Window};
use super::shape::{SeeOperands, ShapeKind, TABLE_ENTRY_UNITS, TABLE_SPAN_ENTRY_UNITS};
use super::{FORWARDED, Opcode, Unit};

/// One instruction as it stands in code.
#[derive(Clone, Copy, Debug)]
pub struct Instruction<'a> {
    /// Where it starts, in units.
    pub at: usize,
    /// What it does.
    pub opcode: Opcode,
    units: &'a [Unit],
}

/// An entry of a branch table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TableEntry {
    /// Where it leads.
    pub target: Target,
    /// What entering costs.
    pub charge: Charge,
    /// Where carried values go, if the table carries any.
    pub window: Option<Window>,
}

/// Code that is not a whole number of known instructions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Malformed {
    /// The unit at which decoding stopped.
    pub at: usize,
}

impl<'a> Instruction<'a> {
    /// Decodes the instruction at `at`.
    ///
    /// # Errors
    /// [`Malformed`] if the opcode is unknown or units are missing.
    pub fn decode(code: &'a [Unit], at: usize) -> Result<Self, Malformed> {
        let malformed = Malformed { at };
        let rest = code.get(at..).ok_or(malformed)?;
        let opcode = rest.first().and_then(|head| Opcode::of_head(*head)).ok_or(malformed)?;
        let fixed = opcode.shape().units();
        let entry = entry_units(opcode.shape());
        let mut units = rest.get(..fixed).ok_or(malformed)?;
        if entry > 0 {
            let len = usize::try_from(count(opcode.shape(), units).ok_or(malformed)?)
                .ok()
                .and_then(|count| count.checked_mul(entry))
                .and_then(|entries| entries.checked_add(fixed))
                .ok_or(malformed)?;
            units = rest.get(..len).ok_or(malformed)?;
        }
        Ok(Self { at, opcode, units })
    }

    /// Whether the first cell that it reads is the one that the instruction before it has just written.
    pub fn is_forwarded(&self) -> bool {
        self.units.first().is_some_and(|head| head & FORWARDED != 0)
    }

    /// Units from this instruction to the next.
    #[allow(clippy::len_without_is_empty, reason = "an instruction has at least its opcode")]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Shows the fixed operands in order, by name.
    pub fn each_operand(&self, see: &mut impl SeeOperands) {
        self.opcode.shape().each_operand(self.units, see).expect("`decode` took as many units as the shape has; qed");
    }

    /// The entries of a branch table; empty for everything else.
    pub fn entries(&self) -> impl Iterator<Item = TableEntry> + 'a {
        let shape = self.opcode.shape();
        let (entries, size) = (&self.units[shape.units()..], entry_units(shape).max(1));
        entries.chunks_exact(size).filter_map(move |entry| {
            Some(TableEntry {
                target: Target::read(entry)?,
                charge: Charge::read(entry.get(Target::UNITS..)?)?,
                window: entry.get(TABLE_ENTRY_UNITS..).and_then(Window::read),
            })
        })
    }
}

/// Every instruction of code, in order; ends after the first error.
pub fn instructions(code: &[Unit]) -> impl Iterator<Item = Result<Instruction<'_>, Malformed>> {
    let mut at = 0;
    core::iter::from_fn(move || {
        if at >= code.len() {
            return None;
        }
        let instruction = Instruction::decode(code, at);
        at = instruction.map_or(code.len(), |instruction| at + instruction.len());
        Some(instruction)
    })
}

fn entry_units(shape: ShapeKind) -> usize {
    match shape {
        ShapeKind::Table2 => TABLE_ENTRY_UNITS,
        ShapeKind::TableSpan => TABLE_SPAN_ENTRY_UNITS,
        _ => 0,
    }
}

/// The number of entries that follow: the shape's last count.
fn count(shape: ShapeKind, units: &[Unit]) -> Option<u32> {
    let mut count = None;
    shape.each_operand(units, &mut |_, operand| {
        if let Operand::Count(value) = operand {
            count = Some(value);
        }
    })?;
    count
}
