//! Blocks, branches and the end of a function.
//!
//! A block's results stand, when it ends, in the cells that are their homes behind it; a branch
//! puts them there. So a block that ends by falling through copies nothing, and every way into a
//! label leaves the same cells behind.

use super::blocks::BlockId;
use super::emit::Label;
use super::{Failure, Translated, Translator};
use crate::gas::GasClass;
use crate::isa::Opcode;
use crate::isa::field::{Count, Slot, TrapCode, Window};
use crate::isa::shape::{CopySpan, Fault, Result1, Results, Table2, TableSpan};
use crate::trap::Trap;
use wasmparser::{BlockType, BrTable, FrameKind, Operator};

/// A block that is open.
pub(super) struct Frame {
    kind: Kind,
    /// Where a branch to the block leads.
    label: Label,
    /// The height of the operand stack below the block's parameters.
    height: usize,
    params: usize,
    results: usize,
}

enum Kind {
    Function,
    Block,
    Loop,
    /// Holds the label of the other arm.
    If(Label),
    Else,
}

impl Frame {
    /// Whether this is the frame of a function with so many results.
    pub(super) fn returns(&self, results: usize) -> bool {
        matches!(self.kind, Kind::Function) && self.results == results
    }

    /// How many values a branch to the block carries.
    fn arity(&self) -> usize {
        if matches!(self.kind, Kind::Loop) { self.params } else { self.results }
    }
}

/// Where a branch leads and what it carries there.
#[derive(Clone, Copy)]
struct Destination {
    label: Label,
    height: usize,
    arity: usize,
}

impl Translator<'_> {
    pub(super) fn open_function(&mut self, results: usize) -> Translated {
        let end = self.blocks.declare();
        let label = self.emit.label(end);
        self.control.push(Frame { kind: Kind::Function, label, height: 0, params: 0, results });
        self.reserve(results)
    }

    #[inline(always)]
    pub(super) fn lower_control(&mut self, operator: &Operator<'_>) -> Translated {
        match operator {
            Operator::Nop => Ok(()),
            Operator::Unreachable => {
                let code = TrapCode(u16::from(Trap::Unreachable as u8));
                self.emit.emit(Opcode::Trap, Fault { code });
                self.leave();
                Ok(())
            }
            Operator::Block { blockty } => self.block(*blockty),
            Operator::Loop { blockty } => self.enter_loop(*blockty),
            Operator::If { blockty } => self.enter_if(*blockty),
            Operator::Else => self.enter_else(),
            Operator::End => self.end(),
            Operator::Br { relative_depth } => self.br(*relative_depth),
            Operator::BrIf { relative_depth } => self.br_if(*relative_depth),
            Operator::BrTable { targets } => self.br_table(targets),
            Operator::Return => self.return_values(),
            Operator::Call { function_index } => self.call(*function_index),
            Operator::CallIndirect { type_index, table_index } => self.call_indirect(*type_index, *table_index),
            Operator::ReturnCall { function_index } => self.return_call(*function_index),
            Operator::ReturnCallIndirect { type_index, table_index } => {
                self.return_call_indirect(*type_index, *table_index)
            }
            _ => Err(Failure::Body),
        }
    }

    /// An operator where control cannot be: only the nesting of blocks counts.
    #[inline(always)]
    pub(super) fn dead(&mut self, operator: &Operator<'_>) -> Translated {
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                self.dead_blocks = self.dead_blocks.checked_add(1).ok_or(Failure::Body)?;
                Ok(())
            }
            Operator::Else if self.dead_blocks == 0 => self.enter_else(),
            Operator::End if self.dead_blocks == 0 => self.end(),
            Operator::End => {
                self.dead_blocks -= 1;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The frame of the innermost open block, as the parser knows it; `None` behind the function.
    pub(super) fn innermost(&self) -> Option<FrameKind> {
        if self.dead_blocks > 0 {
            // Nobody remembers what it was. The parser asks before an `else`, which means nothing here.
            return Some(FrameKind::If);
        }
        Some(match self.control.last()?.kind {
            Kind::Function | Kind::Block => FrameKind::Block,
            Kind::Loop => FrameKind::Loop,
            Kind::If(_) => FrameKind::If,
            Kind::Else => FrameKind::Else,
        })
    }

    fn block(&mut self, ty: BlockType) -> Translated {
        let (params, results) = self.arities(ty)?;
        let height = self.settle_for_block(params)?;
        let end = self.blocks.declare();
        let label = self.emit.label(end);
        self.control.push(Frame { kind: Kind::Block, label, height, params, results });
        self.reserve(height + results)
    }

    fn enter_loop(&mut self, ty: BlockType) -> Translated {
        let (params, results) = self.arities(ty)?;
        let height = self.settle_for_block(params)?;
        let body = self.blocks.declare();
        let label = if params == 0 { self.emit.plain_loop_label(body) } else { self.emit.label(body) };
        self.blocks.begin(body);
        self.emit.bind(label)?;
        self.control.push(Frame { kind: Kind::Loop, label, height, params, results });
        self.reserve(height + results)
    }

    fn enter_if(&mut self, ty: BlockType) -> Translated {
        let (params, results) = self.arities(ty)?;
        let condition = self.pop_condition()?;
        let height = self.settle_for_block(params)?;
        let (then, other, end) = (self.blocks.declare(), self.blocks.declare(), self.blocks.declare());
        let (otherwise, label) = (self.emit.label(other), self.emit.label(end));
        self.emit.br_if(condition.negated(), otherwise, other, then)?;
        self.blocks.end();
        self.blocks.begin(then);
        self.control.push(Frame { kind: Kind::If(otherwise), label, height, params, results });
        self.reserve(height + results)
    }

    fn enter_else(&mut self) -> Translated {
        let frame = self.control.pop().ok_or(Failure::Body)?;
        let Kind::If(otherwise) = frame.kind else { return Err(Failure::Body) };
        if self.reachable {
            self.settle_results(&frame)?;
            // Going around the other arm is the same block of gas: no transfer of the program's, though the `else` has
            // been charged as the branch that this jump is.
            self.emit.jump(frame.label)?;
            let end = self.emit.block_of(frame.label);
            self.blocks.flow_to(end);
        }
        self.emit.bind(otherwise)?;
        let other = self.emit.block_of(otherwise);
        self.blocks.end();
        self.blocks.begin(other);
        self.reset(frame.height, frame.params)?;
        self.control.push(Frame { kind: Kind::Else, ..frame });
        Ok(())
    }

    fn end(&mut self) -> Translated {
        let frame = self.control.pop().ok_or(Failure::Body)?;
        if matches!(frame.kind, Kind::Function) {
            return self.end_function(&frame);
        }
        if self.reachable {
            self.settle_results(&frame)?;
        }
        if let Kind::If(otherwise) = frame.kind {
            // An `if` without `else` passes its parameters on as its results.
            if frame.params != frame.results {
                return Err(Failure::Body);
            }
            let other = self.emit.block_of(otherwise);
            self.blocks.begin(other);
            self.emit.bind(otherwise)?;
        }
        if matches!(frame.kind, Kind::Loop) {
            // Nothing branches to the end of a loop: what comes after is the same block.
            if !self.reachable {
                let after = self.blocks.declare();
                self.blocks.begin(after);
            }
        } else {
            let end = self.emit.block_of(frame.label);
            self.blocks.begin(end);
            self.emit.bind(frame.label)?;
        }
        self.reset(frame.height, frame.results)
    }

    fn end_function(&mut self, frame: &Frame) -> Translated {
        let end = self.emit.block_of(frame.label);
        let shared = self.emit.is_used(frame.label);
        if !self.reachable && !shared {
            return Ok(());
        }
        if shared {
            if self.reachable {
                self.settle_results(frame)?;
            }
            self.reset(frame.height, frame.results)?;
            self.emit.bind(frame.label)?;
        } else if self.stack.height() != frame.results {
            return Err(Failure::Body);
        }
        self.blocks.begin(end);
        self.blocks.charge(GasClass::Return, 1);
        self.emit_return(frame.results)?;
        self.leave();
        Ok(())
    }

    fn br(&mut self, depth: u32) -> Translated {
        let to = self.destination(depth)?;
        self.charge_carried(to.arity);
        self.carry(to)?;
        self.emit.br(to.label)?;
        self.leave();
        Ok(())
    }

    fn br_if(&mut self, depth: u32) -> Translated {
        let condition = self.pop_condition()?;
        let to = self.destination(depth)?;
        self.charge_carried(to.arity);
        self.settle_top(to.arity)?;
        let (taken, fallthrough) = (self.emit.block_of(to.label), self.blocks.declare());
        if self.stands_at(to) {
            self.emit.br_if(condition, to.label, taken, fallthrough)?;
        } else {
            let stay = self.emit.label(fallthrough);
            self.emit.br_if(condition.negated(), stay, fallthrough, taken)?;
            self.copy_top(to);
            self.emit.jump(to.label)?;
            self.emit.bind(stay)?;
        }
        self.blocks.end();
        self.blocks.begin(fallthrough);
        Ok(())
    }

    fn br_table(&mut self, table: &BrTable<'_>) -> Translated {
        let index = self.pop()?;
        let index = self.cell(index);
        let default = self.destination(table.default())?;
        self.charge_carried(default.arity);
        self.settle_top(default.arity)?;
        let at = self.emit.position();
        let count = Count(table.len().checked_add(1).ok_or(Failure::Body)?);
        if default.arity == 0 {
            self.emit.emit(Opcode::BrTable, Table2 { index, count });
        } else {
            let from = Window(self.top_home(default.arity)?.0);
            let len = Count(u32::try_from(default.arity).map_err(|_| Failure::Body)?);
            self.emit.emit(Opcode::BrTableSpan, TableSpan { index, from, len, count });
        }
        self.step(usize::try_from(table.len()).unwrap_or(usize::MAX));
        for depth in table.targets() {
            let to = self.destination(depth?)?;
            self.table_entry(at, to, default.arity)?;
        }
        self.table_entry(at, default, default.arity)?;
        self.leave();
        Ok(())
    }

    fn table_entry(&mut self, table: usize, to: Destination, arity: usize) -> Translated {
        if to.arity != arity {
            return Err(Failure::Body);
        }
        self.emit.table_entry(table, to.label)?;
        if arity > 0 {
            self.emit.field(Window(self.stack.home(to.height).0));
        }
        Ok(())
    }

    fn return_values(&mut self) -> Translated {
        let results = self.control.first().ok_or(Failure::Body)?.results;
        self.emit_return(results)?;
        self.leave();
        Ok(())
    }

    fn emit_return(&mut self, results: usize) -> Translated {
        self.charge_carried(results);
        self.write_return(results)
    }

    pub(super) fn write_return(&mut self, results: usize) -> Translated {
        match results {
            0 => self.emit.return_none(),
            1 => {
                let value = self.pop()?;
                let src = self.cell(value);
                self.emit.emit(Opcode::Return1, Result1 { src });
            }
            _ => {
                self.settle_top(results)?;
                let from = Window(self.top_home(results)?.0);
                let len = Count(u32::try_from(results).map_err(|_| Failure::Body)?);
                self.emit.emit(Opcode::ReturnSpan, Results { from, len });
            }
        }
        Ok(())
    }

    /// Control does not come out of the operator just translated.
    pub(super) fn leave(&mut self) {
        self.blocks.end();
        self.reachable = false;
    }

    fn destination(&self, depth: u32) -> Result<Destination, Failure> {
        let depth = usize::try_from(depth).map_err(|_| Failure::Body)?;
        let index = self.control.len().checked_sub(depth).and_then(|index| index.checked_sub(1));
        let frame = index.and_then(|index| self.control.get(index)).ok_or(Failure::Body)?;
        Ok(Destination { label: frame.label, height: frame.height, arity: frame.arity() })
    }

    /// Puts the values that a branch carries where its destination expects them.
    fn carry(&mut self, to: Destination) -> Translated {
        if to.arity == 1 {
            let value = self.pop()?;
            self.place(value, self.stack.home(to.height));
            return Ok(());
        }
        self.settle_top(to.arity)?;
        if !self.stands_at(to) {
            self.copy_top(to);
        }
        Ok(())
    }

    /// Whether the topmost values are where the destination expects them.
    fn stands_at(&self, to: Destination) -> bool {
        to.arity == 0 || self.stack.height() == to.height + to.arity
    }

    fn copy_top(&mut self, to: Destination) {
        let from = self.stack.home(self.stack.height() - to.arity);
        let dst = self.stack.home(to.height);
        if to.arity == 1 {
            super::write_copy(&mut self.emit, dst, from);
        } else {
            let len = Count(u32::try_from(to.arity).expect("the results of a type are limited; qed"));
            self.emit.emit(Opcode::CopySpan, CopySpan { to: Window(dst.0), from: Window(from.0), len });
        }
    }

    fn top_home(&self, count: usize) -> Result<Slot, Failure> {
        let height = self.stack.height().checked_sub(count).ok_or(Failure::Body)?;
        Ok(self.stack.home(height))
    }

    pub(super) fn charge_carried(&mut self, values: usize) {
        self.blocks.charge(GasClass::ValueCarried, u64::try_from(values).unwrap_or(u64::MAX));
    }

    /// Before a block: operands that name locals go home, and so do the block's parameters, which
    /// both arms of an `if` and every turn of a loop begin with. Returns the height below them.
    fn settle_for_block(&mut self, params: usize) -> Result<usize, Failure> {
        let height = self.stack.height().checked_sub(params).ok_or(Failure::Body)?;
        let waited = self.settle_top(params)? + self.settle_locals()?;
        self.charge_carried(waited);
        Ok(height)
    }

    /// At the end of a block that is reached from above.
    fn settle_results(&mut self, frame: &Frame) -> Translated {
        if self.stack.height() != frame.height + frame.results {
            return Err(Failure::Body);
        }
        let waited = self.settle_top(frame.results)?;
        self.charge_carried(waited);
        Ok(())
    }

    /// Behind a label: what is above the height are `count` values at home.
    fn reset(&mut self, height: usize, count: usize) -> Translated {
        self.stack.truncate(height)?;
        if self.stack.height() != height {
            return Err(Failure::Body);
        }
        self.step(count);
        for _ in 0..count {
            self.push_home(false)?;
        }
        self.reachable = true;
        Ok(())
    }

    pub(super) fn reserve(&mut self, height: usize) -> Translated {
        Ok(self.stack.reserve(height)?)
    }

    fn arities(&self, ty: BlockType) -> Result<(usize, usize), Failure> {
        match ty {
            BlockType::Empty => Ok((0, 0)),
            BlockType::Type(_) => Ok((0, 1)),
            BlockType::FuncType(index) => self.context.header.arities(index).ok_or(Failure::Body),
        }
    }

    /// A block that begins behind a call that returns.
    pub(super) fn begin_after_call(&mut self, after: BlockId) {
        self.blocks.end();
        self.blocks.begin(after);
    }
}
