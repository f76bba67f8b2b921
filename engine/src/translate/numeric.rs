//! Arithmetic, logic, comparisons and conversions.

use super::emit::{Condition, RightHand};
use super::stack::{Popped, Value};
use super::variable::is_zero_extended;
use super::{Translated, Translator};
use crate::isa::Opcode;
use crate::isa::comparison::Comparison;
use crate::isa::field::{Imm32, Slot, Window};
use crate::isa::shape::{Copy1, Span, WidePair};
use crate::isa::source::Right;

impl Translator<'_> {
    pub(super) fn unary(&mut self, opcode: Opcode) -> Translated {
        let operand = self.pop()?;
        let src = self.cell(operand);
        let dst = self.push_home(leaves_high_half_zero(opcode))?;
        self.emit.emit(opcode, Copy1 { dst, src });
        Ok(())
    }

    pub(super) fn binary(&mut self, rr: Opcode, ri: Opcode, commutes: bool) -> Translated {
        let (rhs, lhs) = (self.pop()?, self.pop()?);
        match (imm(lhs), imm(rhs)) {
            (_, Some(imm)) => self.binary_imm(ri, lhs, imm),
            (Some(imm), None) if commutes => self.binary_imm(ri, rhs, imm),
            _ => self.binary_cells(rr, lhs, rhs),
        }
    }

    /// Two cells in, one out: no form takes a constant.
    pub(super) fn cells(&mut self, opcode: Opcode) -> Translated {
        let (rhs, lhs) = (self.pop()?, self.pop()?);
        self.binary_cells(opcode, lhs, rhs)
    }

    /// Four cells at home become two.
    pub(super) fn wide_sum(&mut self, opcode: Opcode) -> Translated {
        self.settle_top(4)?;
        for _ in 0..4 {
            self.pop()?;
        }
        let low = self.push_home(false)?;
        self.push_home(false)?;
        self.emit.emit(opcode, Span { window: Window(low.0) });
        Ok(())
    }

    /// Two cells become two.
    pub(super) fn wide_product(&mut self, opcode: Opcode) -> Translated {
        let (rhs, lhs) = (self.pop()?, self.pop()?);
        let (lhs, rhs) = (self.cell(lhs), self.cell(rhs));
        let low = self.push_home(false)?;
        self.push_home(false)?;
        self.emit.emit(opcode, WidePair { window: Window(low.0), lhs, rhs });
        Ok(())
    }

    /// The same bits: the operand stays what it is.
    pub(super) fn reinterpret(&mut self) -> Translated {
        let operand = self.pop()?;
        match operand.value {
            Value::Const(value) => self.push_const(value),
            Value::Cell { slot, zero_extended } if slot == operand.home => self.push_home(zero_extended).map(|_| ()),
            // Only locals are read from elsewhere than home.
            Value::Cell { slot, .. } => Ok(self.stack.push_local(u32::from(slot.0))?),
        }
    }

    pub(super) fn subtract(&mut self, rr: Opcode, add_ri: Opcode) -> Translated {
        let (rhs, lhs) = (self.pop()?, self.pop()?);
        match imm(rhs).and_then(i32::checked_neg) {
            Some(negative) => self.binary_imm(add_ri, lhs, negative),
            None => self.binary_cells(rr, lhs, rhs),
        }
    }

    fn binary_imm(&mut self, opcode: Opcode, operand: Popped, imm: i32) -> Translated {
        let lhs = self.cell(operand);
        let dst = self.push_home(leaves_high_half_zero(opcode))?;
        self.emit.binary_imm(opcode, dst, lhs, Imm32(imm));
        Ok(())
    }

    fn binary_cells(&mut self, opcode: Opcode, lhs: Popped, rhs: Popped) -> Translated {
        let (lhs, rhs) = (self.cell(lhs), self.cell(rhs));
        let dst = self.push_home(leaves_high_half_zero(opcode))?;
        self.emit.binary(opcode, dst, lhs, rhs);
        Ok(())
    }

    pub(super) fn compare(&mut self, comparison: Comparison, right: Right) -> Translated {
        let condition = match right {
            Right::Zero => {
                let operand = self.pop()?;
                match self.comparison_of(operand) {
                    Some(condition) => condition.negated(),
                    None => Condition { comparison, lhs: Slot(self.cell(operand).0), rhs: RightHand::Imm(0) },
                }
            }
            Right::Operand => {
                let (rhs, lhs) = (self.pop()?, self.pop()?);
                self.comparison(comparison, lhs, rhs)
            }
        };
        let dst = self.push_home(true)?;
        self.emit.set(Slot(dst.0), condition);
        Ok(())
    }

    fn comparison(&mut self, comparison: Comparison, lhs: Popped, rhs: Popped) -> Condition {
        match (imm(lhs), imm(rhs)) {
            (_, Some(imm)) => Condition { comparison, lhs: Slot(self.cell(lhs).0), rhs: RightHand::Imm(imm) },
            (Some(imm), None) => {
                Condition { comparison: comparison.swapped(), lhs: Slot(self.cell(rhs).0), rhs: RightHand::Imm(imm) }
            }
            (None, None) => {
                let (lhs, rhs) = (self.cell(lhs), self.cell(rhs));
                Condition { comparison, lhs: Slot(lhs.0), rhs: RightHand::Slot(Slot(rhs.0)) }
            }
        }
    }

    /// Pops the operand that a branch decides on, and takes over the comparison that made it.
    pub(super) fn pop_condition(&mut self) -> Result<Condition, super::Failure> {
        let operand = self.pop()?;
        Ok(match self.comparison_of(operand) {
            Some(condition) => condition,
            None => {
                Condition { comparison: Comparison::I32Ne, lhs: Slot(self.cell(operand).0), rhs: RightHand::Imm(0) }
            }
        })
    }

    /// The comparison that the last instruction made for this operand alone, taken back.
    fn comparison_of(&mut self, operand: Popped) -> Option<Condition> {
        match operand.value {
            Value::Cell { slot, .. } if slot == operand.home => self.emit.take_comparison(slot),
            _ => None,
        }
    }

    /// The low half is where an i32 is read from: nothing to do, but what is above it is no longer known.
    pub(super) fn wrap(&mut self) -> Translated {
        let operand = self.pop()?;
        match operand.value {
            #[allow(clippy::cast_possible_truncation, reason = "truncating is what the operator does")]
            Value::Const(value) => self.push_const(i64::from(value as i32)),
            Value::Cell { slot, .. } if slot == operand.home => self.push_home(false).map(|_| ()),
            // Only locals are read from elsewhere than home.
            Value::Cell { slot, .. } => Ok(self.stack.push_local(u32::from(slot.0))?),
        }
    }

    pub(super) fn zero_extend(&mut self) -> Translated {
        let operand = self.pop()?;
        match operand.value {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the operator reads the low half"
            )]
            Value::Const(value) => self.push_const(i64::from(value as u32)),
            Value::Cell { slot, .. } if slot == operand.home && is_zero_extended(operand.value) => {
                self.push_home(true).map(|_| ())
            }
            Value::Cell { slot, .. } => {
                let dst = self.push_home(true)?;
                self.emit.emit(Opcode::I64ExtendI32U, Copy1 { dst, src: crate::isa::field::Src(slot.0) });
                Ok(())
            }
        }
    }
}

/// The constant, if it fits the field of an instruction.
pub(super) fn imm(operand: Popped) -> Option<i32> {
    match operand.value {
        Value::Const(value) => i32::try_from(value).ok(),
        Value::Cell { .. } => None,
    }
}

/// Whether the instruction leaves a cell whose high half is zero.
pub(super) fn leaves_high_half_zero(opcode: Opcode) -> bool {
    static TABLE: [bool; Opcode::ALL.len()] = {
        let mut table = [false; Opcode::ALL.len()];
        let mut at = 0;
        while at < table.len() {
            let opcode = Opcode::ALL[at];
            let name = opcode.mnemonic().as_bytes();
            let of_i32 = name[0] == b'i' && name[1] == b'3';
            let narrow = matches!(opcode, Opcode::Load8U | Opcode::Load16U | Opcode::Load32U);
            let counts = matches!(opcode, Opcode::I64Clz | Opcode::I64Ctz | Opcode::I64Popcnt);
            table[at] = of_i32 || narrow || counts || opcode as u16 == Opcode::I64ExtendI32U as u16;
            at += 1;
        }
        table
    };
    TABLE[usize::from(opcode.number())]
}
