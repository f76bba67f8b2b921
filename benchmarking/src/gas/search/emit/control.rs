//! Blocks, branches, calls.

use super::{Body, CALLEE_TYPE, COUNT_TYPE, End, Frame, LOOPS, Local, NESTING};
use crate::gas::search::genome::{CALLEES, Gene, Kind};
use crate::gas::search::operators::Ty;
use std::borrow::Cow;
use wasm_encoder::{BlockType, Instruction as I, ValType};

impl Body<'_> {
    pub(super) fn control(&mut self, gene: Gene) {
        let Gene(kind, choice, other, number) = gene;
        let depth = u32::from(choice) % u32::try_from(self.frames.len().max(1)).unwrap_or(1);
        match kind {
            Kind::Block => self.open(I::Block(BlockType::Empty), End::Block),
            Kind::If if self.frames.len() < NESTING => {
                self.condition(other, number);
                self.open(I::If(BlockType::Empty), End::If);
            }
            Kind::Else if self.frames.last().is_some_and(|frame| frame.end == End::If) => {
                self.drop_to_base();
                self.emit(I::Else);
                if let Some(frame) = self.frames.last_mut() {
                    frame.end = End::Block;
                }
            }
            Kind::Loop if self.loops < LOOPS && self.frames.len() < NESTING => {
                let counter = self.loops;
                let index = self.local(Local::Counter(counter));
                self.emit_const(1 + number % 8);
                self.emit(I::LocalSet(index));
                self.loops += 1;
                self.open(I::Loop(BlockType::Empty), End::Loop(counter));
            }
            Kind::End if !self.frames.is_empty() => self.end(),
            Kind::Nop => self.emit(I::Nop),
            Kind::BrIf if self.leaves(depth) => {
                self.condition(other, number);
                self.emit(I::BrIf(depth));
            }
            // What stands behind it would never run, so its block ends there.
            Kind::Br if self.leaves(depth) => {
                self.emit(I::Br(depth));
                self.close_unreachable();
            }
            Kind::BrTable => self.ways(choice, other, number),
            Kind::Values => self.values(choice, other, number),
            Kind::Call => self.call(gene),
            Kind::CallIndirect => self.call_indirect(gene),
            _ => {}
        }
    }

    fn open(&mut self, instruction: I<'static>, end: End) {
        if self.frames.len() >= NESTING {
            return;
        }
        self.emit(instruction);
        self.frames.push(Frame { height: self.stack.len(), end });
    }

    pub(super) fn end(&mut self) {
        self.drop_to_base();
        let Some(frame) = self.frames.pop() else { return };
        if let End::Loop(counter) = frame.end {
            let index = self.local(Local::Counter(counter));
            self.code.extend([I::LocalGet(index), I::I32Const(1), I::I32Sub, I::LocalTee(index), I::BrIf(0)]);
            self.loops -= 1;
        }
        self.emit(I::End);
    }

    fn close_unreachable(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.stack.truncate(frame.height);
        if let End::Loop(_) = frame.end {
            self.loops -= 1;
        }
        self.emit(I::End);
    }

    fn drop_to_base(&mut self) {
        for _ in self.base()..self.stack.len() {
            self.code.push(I::Drop);
        }
        self.stack.truncate(self.base());
    }

    /// Whether a branch of this depth goes forward: one that goes back would not count.
    fn leaves(&self, depth: u32) -> bool {
        let depth = usize::try_from(depth).unwrap_or(usize::MAX);
        let frame = self.frames.len().checked_sub(depth + 1).and_then(|at| self.frames.get(at));
        frame.is_some_and(|frame| !matches!(frame.end, End::Loop(_)))
    }

    /// What a branch decides by: the top of the stack, if the gene wants it and it can be.
    fn condition(&mut self, choice: u8, number: u32) {
        if choice % 8 != 1 || self.top() != Some(Ty::I32) {
            self.push_condition(choice, number);
        }
        self.pop(1);
    }

    /// An i32 to decide by: a constant, a value, something that changes each time, or something that nothing predicts.
    pub(super) fn push_condition(&mut self, choice: u8, number: u32) {
        match choice % 8 {
            0 => self.push_const(Ty::I32, number & 1),
            2 => self.push_local(Local::Value(0, 0), Ty::I32),
            3 if self.role.looping => {
                self.code.extend([I::LocalGet(0), I::I32Const(1 << (number % 3)), I::I32And]);
                self.stack.push(Ty::I32);
            }
            4 | 5 => {
                self.push_local(Local::Random, Ty::I32);
                self.code.extend([I::I32Const(0), I::I32LtS]);
            }
            6 => {
                self.push_local(Local::Value(0, 0), Ty::I32);
                let other = self.local(Local::Value(0, 1));
                self.code.extend([I::LocalGet(other), I::I32LtU]);
            }
            _ => {
                self.push_local(Local::Random, Ty::I32);
                self.code.extend([I::I32Const(1 << 20), I::I32And]);
            }
        }
    }

    /// A table of so many ways, each of which ends somewhere else.
    fn ways(&mut self, choice: u8, other: u8, number: u32) {
        let ends = 1 + u32::from(choice % 4);
        for _ in 0..=ends {
            self.emit(I::Block(BlockType::Empty));
        }
        let random = self.local(Local::Random);
        match number % 3 {
            0 => self.emit_const(number >> 8 & 3),
            1 if self.role.looping => self.code.extend([I::LocalGet(0), I::I32Const(3), I::I32And]),
            _ => self.code.extend([I::LocalGet(random), I::I32Const(28), I::I32ShrU]),
        }
        let targets: Vec<u32> = (0..1 + u32::from(other)).map(|way| way % (ends + 1)).collect();
        self.emit(I::BrTable(Cow::Owned(targets), 0));
        let value = self.local(Local::Value(0, 0));
        for end in 0..=ends {
            self.emit(I::End);
            if number & 4 != 0 && end < ends {
                self.code.extend([I::I32Const(end.cast_signed()), I::LocalSet(value)]);
            }
        }
    }

    /// A block that a branch leaves with so many values.
    fn values(&mut self, choice: u8, other: u8, number: u32) {
        let ty = if choice & 64 == 0 { Ty::I32 } else { Ty::I64 };
        // One has a block type of its own; more need a type of the module, and there is one of each number.
        let count = usize::from(choice % 9);
        let block = match count {
            0 => BlockType::Empty,
            1 => BlockType::Result(ty.encoded()),
            count => BlockType::FunctionType(values_type(ty, count)),
        };
        self.emit(I::Block(block));
        let height = self.stack.len();
        for nth in 0..u8::try_from(count).unwrap_or(0) {
            self.push_any(ty, other.wrapping_add(nth), number);
        }
        if number & 1 == 0 {
            self.emit(I::Br(0));
        } else {
            self.push_condition(other >> 3, number >> 1);
            self.pop(1);
            self.emit(I::BrIf(0));
        }
        self.emit(I::End);
        for _ in 0..count {
            self.emit(I::Drop);
        }
        self.stack.truncate(height);
    }

    fn call(&mut self, gene: Gene) {
        let callees = self.role.callees.clone();
        if callees.is_empty() {
            return;
        }
        let callee = callees.start + u32::from(gene.1 & 7) % (callees.end - callees.start);
        self.arguments(gene);
        self.emit(I::Call(callee));
        self.returned();
    }

    fn call_indirect(&mut self, gene: Gene) {
        if !self.role.indirect {
            return;
        }
        self.arguments(gene);
        match gene.1 % 3 {
            0 => self.emit_const(gene.3 % 4),
            1 if self.role.looping => self.code.extend([I::LocalGet(0), I::I32Const(3), I::I32And]),
            _ => {
                let random = self.local(Local::Random);
                self.code.extend([I::LocalGet(random), I::I32Const(30), I::I32ShrU]);
            }
        }
        self.emit(I::CallIndirect { type_index: CALLEE_TYPE, table_index: 0 });
        self.returned();
    }

    fn arguments(&mut self, gene: Gene) {
        let params = signature(self.role.shape.signature).0;
        self.operands(&params, gene);
        self.pop(params.len());
    }

    fn returned(&mut self) {
        let results = signature(self.role.shape.signature).1;
        self.stack.extend(results);
    }
}

/// Parameters and results of callees.
pub fn signature((i32s, i64s, results): (u8, u8, u8)) -> (Vec<Ty>, Vec<Ty>) {
    let params = (0..i32s).map(|_| Ty::I32).chain((0..i64s).map(|_| Ty::I64));
    (params.collect(), (0..results).map(|nth| Ty::of(nth + 1)).collect())
}

/// The type of a block with so many results, two to eight, of a type.
fn values_type(ty: Ty, count: usize) -> u32 {
    let nth = u32::try_from(count - 2).unwrap_or(0);
    COUNT_TYPE + 1 + 2 * nth + u32::from(ty == Ty::I64)
}

/// The types that [`values_type`] counts on, in order.
pub fn values_types() -> impl Iterator<Item = Vec<ValType>> {
    (2..=8).flat_map(|count| [ValType::I32, ValType::I64].map(|ty| vec![ty; count]))
}

/// Functions in the table are callees, as many as there are.
pub const IN_TABLE: usize = CALLEES;
