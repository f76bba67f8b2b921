//! Loads, stores, and the operators on a whole memory.

use super::numeric::{imm, leaves_high_half_zero};
use super::stack::{Popped, Value};
use super::{Failure, Translated, Translator};
use crate::isa::Opcode;
use crate::isa::field::{Data, Imm32, Offset};
use crate::isa::shape::{
    Bulk, BulkData, Copy1, OneData, OneDst, Read, ReadAbsolute, Write, WriteAbsolute, WriteImm, WriteImmAbsolute,
};
use wasmparser::{MemArg, MemArgTarget, Operator};

impl Translator<'_> {
    pub(super) fn load(&mut self, opcode: Opcode, memarg: Option<MemArg>) -> Translated {
        let offset = self.offset(memarg)?;
        let address = self.pop()?;
        if let (Some(absolute), Some(offset)) = (absolute(opcode), constant_address(address, offset)) {
            let dst = self.push_home(leaves_high_half_zero(opcode))?;
            self.emit.emit(absolute, ReadAbsolute { dst, offset });
            return Ok(());
        }
        let address = self.cell(address);
        let dst = self.push_home(leaves_high_half_zero(opcode))?;
        self.emit.load(opcode, Read { dst, address, offset });
        Ok(())
    }

    pub(super) fn store(&mut self, cell: Opcode, with_imm: Opcode, memarg: Option<MemArg>) -> Translated {
        let offset = self.offset(memarg)?;
        let (value, address) = (self.pop()?, self.pop()?);
        let constant = constant_address(address, offset);
        match (imm(value), constant) {
            (Some(value), Some(offset)) if let Some(opcode) = absolute(with_imm) => {
                self.emit.emit(opcode, WriteImmAbsolute { imm: Imm32(value), offset });
                return Ok(());
            }
            (None, Some(offset)) if let Some(opcode) = absolute(cell) => {
                let value = self.cell(value);
                self.emit.emit(opcode, WriteAbsolute { value, offset });
                return Ok(());
            }
            _ => {}
        }
        let address = self.cell(address);
        match imm(value) {
            Some(imm) => self.emit.store_imm(with_imm, WriteImm { address, imm: Imm32(imm), offset }),
            None => {
                let value = self.cell(value);
                self.emit.store(cell, Write { address, value, offset });
            }
        }
        Ok(())
    }

    #[inline(always)]
    pub(super) fn lower_memory(&mut self, operator: &Operator<'_>) -> Translated {
        if !matches!(operator, Operator::DataDrop { .. }) {
            self.check_memory()?;
        }
        match *operator {
            Operator::MemorySize { mem: 0 } => {
                let dst = self.push_home(true)?;
                self.emit.emit(Opcode::MemorySize, OneDst { dst });
            }
            Operator::MemoryGrow { mem: 0 } => {
                let pages = self.pop()?;
                let src = self.cell(pages);
                let dst = self.push_home(true)?;
                self.emit.emit(Opcode::MemoryGrow, Copy1 { dst, src });
            }
            Operator::MemoryCopy { dst_mem: 0, src_mem: 0 } => {
                let operands = self.bulk()?;
                self.emit.emit(Opcode::MemoryCopy, operands);
            }
            Operator::MemoryFill { mem: 0 } => {
                let operands = self.bulk()?;
                self.emit.emit(Opcode::MemoryFill, operands);
            }
            Operator::MemoryInit { data_index, mem: 0 } => {
                let data = self.data(data_index)?;
                let Bulk { first, second, third } = self.bulk()?;
                self.emit.emit(Opcode::MemoryInit, BulkData { first, second, third, data });
            }
            Operator::DataDrop { data_index } => {
                let data = self.data(data_index)?;
                self.emit.emit(Opcode::DataDrop, OneData { data });
            }
            _ => return Err(Failure::Body),
        }
        Ok(())
    }

    fn bulk(&mut self) -> Result<Bulk, Failure> {
        let [first, second, third] = self.pop_cells()?;
        Ok(Bulk { first, second, third })
    }

    fn data(&self, index: u32) -> Result<Data, Failure> {
        self.exists(index, self.context.header.data_count())?;
        Ok(Data(index))
    }

    fn check_memory(&self) -> Translated {
        if self.context.header.memory.is_some() { Ok(()) } else { Err(Failure::Body) }
    }

    #[inline]
    fn offset(&self, memarg: Option<MemArg>) -> Result<Offset, Failure> {
        self.check_memory()?;
        let memarg = memarg.ok_or(Failure::Body)?;
        if !matches!(memarg.target, MemArgTarget::Memory(0)) {
            return Err(Failure::Body);
        }
        u32::try_from(memarg.offset).map(Offset).map_err(|_| Failure::Body)
    }
}

/// Where a load or a store of a constant address accesses memory, if that is a number of 32 bits.
fn constant_address(address: Popped, offset: Offset) -> Option<Offset> {
    match address.value {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "addresses are i32")]
        Value::Const(address) => (address as u32).checked_add(offset.0).map(Offset),
        Value::Cell { .. } => None,
    }
}

/// The form of a load or a store that takes its address from its offset alone.
const fn absolute(opcode: Opcode) -> Option<Opcode> {
    Some(match opcode {
        Opcode::Load8U => Opcode::Load8UAbsolute,
        Opcode::Load32U => Opcode::Load32UAbsolute,
        Opcode::Load64 => Opcode::Load64Absolute,
        Opcode::Store8 => Opcode::Store8Absolute,
        Opcode::Store32 => Opcode::Store32Absolute,
        Opcode::Store64 => Opcode::Store64Absolute,
        Opcode::Store8Imm => Opcode::Store8ImmAbsolute,
        Opcode::Store32Imm => Opcode::Store32ImmAbsolute,
        Opcode::Store64Imm => Opcode::Store64ImmAbsolute,
        _ => return None,
    })
}

/// What a load or a store says of its place.
#[inline(always)]
pub(super) fn memarg(operator: &Operator<'_>) -> Option<MemArg> {
    match *operator {
        Operator::F32Load { memarg }
        | Operator::F64Load { memarg }
        | Operator::F32Store { memarg }
        | Operator::F64Store { memarg }
        | Operator::I32Load { memarg }
        | Operator::I64Load { memarg }
        | Operator::I32Load8S { memarg }
        | Operator::I32Load8U { memarg }
        | Operator::I32Load16S { memarg }
        | Operator::I32Load16U { memarg }
        | Operator::I64Load8S { memarg }
        | Operator::I64Load8U { memarg }
        | Operator::I64Load16S { memarg }
        | Operator::I64Load16U { memarg }
        | Operator::I64Load32S { memarg }
        | Operator::I64Load32U { memarg }
        | Operator::I32Store { memarg }
        | Operator::I64Store { memarg }
        | Operator::I32Store8 { memarg }
        | Operator::I32Store16 { memarg }
        | Operator::I64Store8 { memarg }
        | Operator::I64Store16 { memarg }
        | Operator::I64Store32 { memarg } => Some(memarg),
        _ => None,
    }
}
