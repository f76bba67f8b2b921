//! References and tables.

use super::{Failure, Translated, Translator};
use crate::isa::Opcode;
use crate::isa::field::{AnyFunc, Elem, Src, Table};
use crate::isa::shape::{
    FuncRef, OneElement, TableBulk, TableFromSegment, TableMore, TableOut, TableRead, TableToTable, TableWrite,
};
use wasmparser::Operator;

impl Translator<'_> {
    #[inline(always)]
    pub(super) fn lower_table(&mut self, operator: &Operator<'_>) -> Translated {
        match *operator {
            Operator::RefNull { .. } => self.push_const(0),
            Operator::RefFunc { function_index } => {
                self.exists(function_index, self.context.header.func_count())?;
                let dst = self.push_home(false)?;
                self.emit.emit(Opcode::RefFunc, FuncRef { dst, func: AnyFunc(function_index) });
                Ok(())
            }
            Operator::TableGet { table } => {
                let table = self.table(table)?;
                let index = self.pop_cell()?;
                let dst = self.push_home(false)?;
                self.emit.emit(Opcode::TableGet, TableRead { dst, index, table });
                Ok(())
            }
            Operator::TableSet { table } => {
                let table = self.table(table)?;
                let (value, index) = (self.pop_cell()?, self.pop_cell()?);
                self.emit.emit(Opcode::TableSet, TableWrite { index, value, table });
                Ok(())
            }
            Operator::TableSize { table } => {
                let table = self.table(table)?;
                let dst = self.push_home(true)?;
                self.emit.emit(Opcode::TableSize, TableOut { dst, table });
                Ok(())
            }
            Operator::TableGrow { table } => {
                let table = self.table(table)?;
                let (count, value) = (self.pop_cell()?, self.pop_cell()?);
                let dst = self.push_home(true)?;
                self.emit.emit(Opcode::TableGrow, TableMore { dst, value, count, table });
                Ok(())
            }
            _ => self.lower_bulk_table(operator),
        }
    }

    #[inline(always)]
    fn lower_bulk_table(&mut self, operator: &Operator<'_>) -> Translated {
        match *operator {
            Operator::TableFill { table } => {
                let table = self.table(table)?;
                let [first, second, third] = self.pop_cells()?;
                self.emit.emit(Opcode::TableFill, TableBulk { first, second, third, table });
            }
            Operator::TableCopy { dst_table, src_table } => {
                let (to, from) = (self.table(dst_table)?, self.table(src_table)?);
                let [first, second, third] = self.pop_cells()?;
                self.emit.emit(Opcode::TableCopy, TableToTable { first, second, third, to, from });
            }
            Operator::TableInit { elem_index, table } => {
                let (element, table) = (self.element(elem_index)?, self.table(table)?);
                let [first, second, third] = self.pop_cells()?;
                self.emit.emit(Opcode::TableInit, TableFromSegment { first, second, third, table, element });
            }
            Operator::ElemDrop { elem_index } => {
                let element = self.element(elem_index)?;
                self.emit.emit(Opcode::ElemDrop, OneElement { element });
            }
            _ => return Err(Failure::Body),
        }
        Ok(())
    }

    fn pop_cell(&mut self) -> Result<Src, Failure> {
        let popped = self.pop()?;
        Ok(self.cell(popped))
    }

    /// The topmost three operands, the deepest first.
    pub(super) fn pop_cells(&mut self) -> Result<[Src; 3], Failure> {
        let (third, second, first) = (self.pop()?, self.pop()?, self.pop()?);
        Ok([self.cell(first), self.cell(second), self.cell(third)])
    }

    pub(super) fn table(&self, table: u32) -> Result<Table, Failure> {
        self.exists(table, self.context.header.table_count())?;
        Ok(Table(self.context.header.table_slot(table)))
    }

    fn element(&self, element: u32) -> Result<Elem, Failure> {
        self.exists(element, self.context.header.element_count())?;
        Ok(Elem(element))
    }

    /// Whether there is an item of this index.
    pub(super) fn exists(&self, index: u32, count: usize) -> Translated {
        if usize::try_from(index).is_ok_and(|index| index < count) { Ok(()) } else { Err(Failure::Body) }
    }
}
