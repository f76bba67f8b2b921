//! Constants, locals, globals, `drop`, `select`.

use super::numeric::imm;
use super::stack::Value;
use super::{Failure, Translated, Translator};
use crate::gas::GasClass;
use crate::isa::Opcode;
use crate::isa::field::{Global, Imm32, Slot};
use crate::isa::shape::{Choose, ChooseIi, ChooseIr, ChooseRi, GetGlobal};
use wasmparser::Operator;

impl Translator<'_> {
    #[inline(always)]
    pub(super) fn lower_variable(&mut self, operator: &Operator<'_>) -> Translated {
        match *operator {
            Operator::I32Const { value } => self.constant(i64::from(value)),
            Operator::I64Const { value } => self.constant(value),
            Operator::F32Const { value } => self.constant(i64::from(value.bits().cast_signed())),
            Operator::F64Const { value } => self.constant(value.bits().cast_signed()),
            Operator::LocalGet { local_index } => self.local_get(local_index),
            Operator::LocalSet { local_index } => self.local_set(local_index),
            Operator::LocalTee { local_index } => {
                self.local_set(local_index)?;
                self.local_get(local_index)
            }
            Operator::GlobalGet { global_index } => {
                let global = self.global(global_index)?;
                let dst = self.push_home(false)?;
                self.emit.emit(Opcode::GlobalGet, GetGlobal { dst, global });
                Ok(())
            }
            Operator::GlobalSet { global_index } => {
                let global = self.global(global_index)?;
                let value = self.pop()?;
                let src = self.cell(value);
                self.emit.global_set(src, global);
                Ok(())
            }
            Operator::Drop => self.pop().map(|_| ()),
            Operator::Select | Operator::TypedSelect { .. } => self.select(),
            _ => Err(Failure::Body),
        }
    }

    /// A constant of the program. Those of 32 bits are kept extended with their sign.
    #[inline(always)]
    fn constant(&mut self, value: i64) -> Translated {
        if i32::try_from(value).is_err() {
            self.blocks.charge(GasClass::WideConst, 1);
        }
        self.push_const(value)
    }

    pub(super) fn push_const(&mut self, value: i64) -> Translated {
        Ok(self.stack.push_const(value)?)
    }

    fn local_get(&mut self, local: u32) -> Translated {
        Ok(self.stack.push_local(local)?)
    }

    fn local_set(&mut self, local: u32) -> Translated {
        let slot: Slot = self.stack.local(local)?;
        let value = self.pop()?;
        if matches!(value.value, Value::Cell { slot: from, .. } if from == slot) {
            // The local already holds it, and so do the entries that name the local.
            return Ok(());
        }
        let waited = self.preserve(local)?;
        self.charge_carried(waited);
        self.place(value, slot);
        Ok(())
    }

    fn global(&self, global: u32) -> Result<Global, Failure> {
        self.exists(global, self.context.header.global_count())?;
        Ok(Global(self.context.header.global_slot(global)))
    }

    fn select(&mut self) -> Translated {
        let (condition, rhs, lhs) = (self.pop()?, self.pop()?, self.pop()?);
        let extended = is_zero_extended(lhs.value) && is_zero_extended(rhs.value);
        let constants = (imm(lhs).map(Imm32), imm(rhs).map(Imm32));
        // Cells in the order in which they are read: the condition was computed last.
        match constants {
            (Some(imm), Some(other)) => {
                let condition = self.cell(condition);
                let dst = self.push_home(extended)?;
                self.emit.emit(Opcode::SelectIi, ChooseIi { dst, condition, imm, other });
            }
            (None, Some(imm)) => {
                let (condition, lhs) = (self.cell(condition), self.cell(lhs));
                let dst = self.push_home(extended)?;
                self.emit.emit(Opcode::SelectRi, ChooseRi { dst, condition, lhs, imm });
            }
            (Some(imm), None) => {
                let (condition, rhs) = (self.cell(condition), self.cell(rhs));
                let dst = self.push_home(extended)?;
                self.emit.emit(Opcode::SelectIr, ChooseIr { dst, condition, imm, rhs });
            }
            (None, None) => {
                let (condition, rhs, lhs) = (self.cell(condition), self.cell(rhs), self.cell(lhs));
                let dst = self.push_home(extended)?;
                self.emit.emit(Opcode::Select, Choose { dst, condition, lhs, rhs });
            }
        }
        Ok(())
    }
}

/// Whether the high half of the value's cell is known to be zero.
pub(super) fn is_zero_extended(value: Value) -> bool {
    match value {
        Value::Cell { zero_extended, .. } => zero_extended,
        Value::Const(value) => u32::try_from(value).is_ok(),
    }
}
