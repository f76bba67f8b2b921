//! Calls. Arguments go home, which is where the callee's frame begins: no copies.

use super::{Failure, Translated, Translator};
use crate::gas::GasClass;
use crate::isa::Opcode;
use crate::isa::field::{Charge, Func, Import, Table, Type, Window};
use crate::isa::shape::{CallFunc, CallHost, CallTable};

impl Translator<'_> {
    pub(super) fn call(&mut self, func: u32) -> Translated {
        let header = self.context.header;
        let ty = header.func_type(func).ok_or(Failure::Body)?;
        let window = self.arguments(ty.params.len(), ty.results.len())?;
        let after = Charge(0);
        if func < header.imported_funcs() {
            self.emit.emit(Opcode::CallHost, CallHost { import: Import(func), window, after });
        } else {
            self.emit.emit(Opcode::CallFunc, CallFunc { func: Func(func), window, after });
        }
        self.returned(ty.params.len(), ty.results.len())
    }

    pub(super) fn call_indirect(&mut self, ty: u32, table: u32) -> Translated {
        let header = self.context.header;
        let index = usize::try_from(ty).map_err(|_| Failure::Body)?;
        let canonical = Type(*header.canonical_types.get(index).ok_or(Failure::Body)?);
        let ty = header.types.get(index).ok_or(Failure::Body)?;
        if !usize::try_from(table).is_ok_and(|table| table < header.tables.len()) {
            return Err(Failure::Body);
        }
        let element = self.pop()?;
        let element = self.cell(element);
        let window = self.arguments(ty.params.len(), ty.results.len())?;
        let operands = CallTable { index: element, table: Table(table), ty: canonical, window, after: Charge(0) };
        self.emit.emit(Opcode::CallTable, operands);
        self.returned(ty.params.len(), ty.results.len())
    }

    fn arguments(&mut self, params: usize, results: usize) -> Result<Window, Failure> {
        let carried = params.saturating_add(results);
        self.blocks.charge(GasClass::ValueCarried, u64::try_from(carried).unwrap_or(u64::MAX));
        self.settle_top(params)?;
        let height = self.stack.height().checked_sub(params).ok_or(Failure::Body)?;
        Ok(Window(self.stack.home(height).0))
    }

    /// Behind the call instruction: its last field is what the block that begins here costs.
    fn returned(&mut self, params: usize, results: usize) -> Translated {
        let after = self.blocks.declare();
        self.emit.charge_last_field(after);
        for _ in 0..params {
            self.pop()?;
        }
        for _ in 0..results {
            self.push_home(false)?;
        }
        self.begin_after_call(after);
        Ok(())
    }
}
