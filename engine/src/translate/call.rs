//! Calls. Arguments go home, which is where the callee's frame begins: no copies.

use super::{Failure, Translated, Translator};
use crate::isa::Opcode;
use crate::isa::field::{Charge, Count, Func, Import, Type, Window};
use crate::isa::shape::{CallFunc, CallHost, CallTable, TailFunc, TailTable};

impl Translator<'_> {
    pub(super) fn call(&mut self, func: u32) -> Translated {
        let header = self.context.header;
        let ty = header.func_type_index(func).ok_or(Failure::Body)?;
        let (params, results) = header.arities(ty).ok_or(Failure::Body)?;
        let window = self.arguments(params, results)?;
        let after = Charge(0);
        if func < header.imported_funcs() {
            let signature = header.signature(ty).ok_or(Failure::Body)?;
            self.emit.emit(Opcode::CallHost, CallHost { import: Import(func), signature, window, after });
        } else {
            self.emit.call(CallFunc { func: Func(func), window, after });
        }
        self.returned(params, results)
    }

    pub(super) fn call_indirect(&mut self, ty: u32, table: u32) -> Translated {
        let ((params, results), canonical) = self.callee_type(ty)?;
        let table = self.table(table)?;
        let element = self.pop()?;
        let index = self.cell(element);
        let window = self.arguments(params, results)?;
        self.emit.emit(Opcode::CallTable, CallTable { index, table, ty: canonical, window, after: Charge(0) });
        self.returned(params, results)
    }

    /// The callee takes the place of this frame.
    pub(super) fn return_call(&mut self, func: u32) -> Translated {
        let header = self.context.header;
        let ty = header.func_type_index(func).ok_or(Failure::Body)?;
        let (params, results) = header.arities(ty).ok_or(Failure::Body)?;
        self.check_results(results)?;
        if func < header.imported_funcs() {
            // A host function has no frame that could take this one's place.
            self.call(func)?;
            self.write_return(results)?;
        } else {
            let from = self.arguments(params, results)?;
            let len = Count(u32::try_from(params).map_err(|_| Failure::Body)?);
            self.emit.emit(Opcode::TailCallFunc, TailFunc { func: Func(func), from, len });
        }
        self.leave();
        Ok(())
    }

    pub(super) fn return_call_indirect(&mut self, ty: u32, table: u32) -> Translated {
        let ((params, results), canonical) = self.callee_type(ty)?;
        self.check_results(results)?;
        let table = self.table(table)?;
        let element = self.pop()?;
        let index = self.cell(element);
        let from = self.arguments(params, results)?;
        let len = Count(u32::try_from(params).map_err(|_| Failure::Body)?);
        self.emit.emit(Opcode::TailCallTable, TailTable { index, table, ty: canonical, from, len });
        // What a host function leaves, if the element is one, is returned from here.
        for _ in 0..params {
            self.pop()?;
        }
        for _ in 0..results {
            self.push_home(false)?;
        }
        self.write_return(results)?;
        self.leave();
        Ok(())
    }

    fn check_results(&self, results: usize) -> Translated {
        if self.control.first().is_some_and(|function| function.returns(results)) { Ok(()) } else { Err(Failure::Body) }
    }

    /// What a callee takes and returns, and its type as calls through tables compare it.
    fn callee_type(&self, ty: u32) -> Result<((usize, usize), Type), Failure> {
        let header = self.context.header;
        let canonical = Type(header.canonical_type(ty).ok_or(Failure::Body)?);
        Ok((header.arities(ty).ok_or(Failure::Body)?, canonical))
    }

    fn arguments(&mut self, params: usize, results: usize) -> Result<Window, Failure> {
        let carried = params.saturating_add(results);
        self.step(carried);
        self.charge_carried(carried);
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
