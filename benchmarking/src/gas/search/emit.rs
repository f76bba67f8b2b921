//! Genes to instructions: a body that is valid whatever the genes are, and does not trap.
//!
//! The stack is kept with its types. A gene takes its operands from it as far as they lie there in order, and has the
//! others pushed from locals or as constants. What a block leaves is dropped at its end. Addresses come from a pointer
//! that only the walking genes move, and they keep it on a line of memory; other addresses are masked. Divisors are
//! never zero and never minus one. Loops count down from a small constant.

pub mod control;
mod memory;

use super::genome::{Category, Gene, Kind, Shape};
use super::operators::{BINARY, COMPARE, CONVERT, DIVIDE, MULTIPLY, Operator, POPCNT, Ty, UNARY, chosen};
use std::collections::BTreeMap;
use wasm_encoder::{Function, Instruction as I, MemArg, MemArgTarget, ValType};

/// Bytes of a line, and of a page.
pub const LINE_BYTES: u32 = 64;
const PAGE_BYTES: u32 = 65_536;
/// Functions that genes call stand first.
pub const FIRST_CALLEE: u32 = 0;
/// The type of callees, and that of functions that take a count.
pub const CALLEE_TYPE: u32 = 0;
/// See above.
pub const COUNT_TYPE: u32 = 1;
/// Globals: an i32 and an i64.
pub const GLOBALS: u32 = 2;
/// Bytes of the passive data segment, and elements of the passive element segment.
pub const PASSIVE: u32 = 64;

/// A local, made when it is first used.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Local {
    Value(Ty8, u8),
    Divisor(Ty8),
    Pointer,
    Random,
    Counter(u8),
    Spare(Ty8),
}

/// [`Ty`] as an order: 0 for i32.
type Ty8 = u8;

const fn ty8(ty: Ty) -> Ty8 {
    match ty {
        Ty::I32 => 0,
        Ty::I64 => 1,
    }
}

/// What is open.
struct Frame {
    height: usize,
    end: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Block,
    If,
    Loop(u8),
}

/// What a body is for.
pub struct Role<'a> {
    /// Around it.
    pub shape: &'a Shape,
    /// Its parameters.
    pub params: &'a [Ty],
    /// Its results.
    pub results: &'a [Ty],
    /// The functions that it may call directly: those from this one on, if any.
    pub callees: std::ops::Range<u32>,
    /// Whether it may call through the table.
    pub indirect: bool,
    /// Whether it is a loop that its first parameter counts.
    pub looping: bool,
}

/// A body under construction.
pub struct Body<'a> {
    role: Role<'a>,
    code: Vec<I<'static>>,
    stack: Vec<Ty>,
    frames: Vec<Frame>,
    locals: BTreeMap<Local, u32>,
    declared: Vec<ValType>,
    loops: u8,
}

/// The most that may be open at once, and loops among it.
const NESTING: usize = 8;
const LOOPS: u8 = 2;

/// An access to the memory, at no offset.
pub fn access() -> MemArg {
    MemArg { offset: 0, align: 0, target: MemArgTarget::Memory(0), ordering: None }
}

/// The body that genes become.
pub fn body(genes: &[Gene], role: Role<'_>) -> Function {
    let mut body = Body {
        role,
        code: Vec::new(),
        stack: Vec::new(),
        frames: Vec::new(),
        locals: BTreeMap::new(),
        declared: Vec::new(),
        loops: 0,
    };
    for gene in genes {
        body.gene(*gene);
    }
    while !body.frames.is_empty() {
        body.end();
    }
    body.finish()
}

impl Body<'_> {
    fn gene(&mut self, gene: Gene) {
        match gene.0.category() {
            Category::Arithmetic | Category::Multiply | Category::Divide => self.arithmetic(gene),
            Category::Operands | Category::Globals | Category::Select => self.operand(gene),
            Category::Loads | Category::Stores | Category::Walks | Category::Bulk | Category::Growth => {
                self.memory(gene);
            }
            Category::Tables => self.table(gene),
            Category::Branches
            | Category::Ways
            | Category::Calls
            | Category::Indirect
            | Category::Values
            | Category::Structure => self.control(gene),
        }
    }

    fn arithmetic(&mut self, gene: Gene) {
        let Gene(kind, which, _, number) = gene;
        let table = match kind {
            Kind::Unary => UNARY,
            Kind::Compare => COMPARE,
            Kind::Convert => CONVERT,
            Kind::Multiply => MULTIPLY,
            Kind::Popcnt => POPCNT,
            Kind::Divide => DIVIDE,
            _ => BINARY,
        };
        let (params, result, operator): &Operator = chosen(table, which);
        if kind == Kind::Divide {
            self.operands(&params[..1], gene);
            self.push_divisor(*result, number);
        } else {
            self.operands(params, gene);
        }
        self.emit(operator.clone());
        self.pop(params.len());
        self.stack.push(*result);
    }

    fn operand(&mut self, gene: Gene) {
        let Gene(kind, choice, slot, number) = gene;
        let ty = Ty::of(choice);
        match kind {
            Kind::Const => self.push_const(ty, number),
            Kind::Get => self.push_local(Local::Value(ty8(ty), slot % 4), ty),
            Kind::Set | Kind::Tee => {
                let ty = self.top().unwrap_or(ty);
                self.operands(&[ty], gene);
                let local = self.local(Local::Value(ty8(ty), slot % 4));
                if kind == Kind::Tee {
                    self.emit(I::LocalTee(local));
                } else {
                    self.emit(I::LocalSet(local));
                    self.pop(1);
                }
            }
            Kind::Drop if self.top().is_some() => {
                self.emit(I::Drop);
                self.pop(1);
            }
            Kind::GlobalGet => {
                self.emit(I::GlobalGet(u32::from(ty8(ty))));
                self.stack.push(ty);
            }
            Kind::GlobalSet => {
                self.operands(&[ty], gene);
                self.emit(I::GlobalSet(u32::from(ty8(ty))));
                self.pop(1);
            }
            Kind::Select => {
                self.operands(&[ty, ty], gene);
                self.push_condition(slot, number);
                self.emit(I::Select);
                self.pop(3);
                self.stack.push(ty);
            }
            _ => {}
        }
    }

    fn table(&mut self, gene: Gene) {
        let Gene(kind, choice, other, number) = gene;
        // The first elements are callees and stay it.
        let room = u32::from(self.role.shape.table).saturating_sub(8).max(1);
        let index = 8 + number % room;
        let len = u32::from(other) % (room - number % room).max(1);
        let constants = |body: &mut Self, constants: &[u32]| constants.iter().for_each(|c| body.emit_const(*c));
        match kind {
            Kind::TableSet => {
                constants(self, &[index]);
                self.emit(if choice & 1 == 0 {
                    I::RefNull(wasm_encoder::HeapType::FUNC)
                } else {
                    I::RefFunc(FIRST_CALLEE)
                });
                self.emit(I::TableSet(0));
            }
            Kind::TableGet | Kind::RefIsNull => {
                constants(self, &[number % u32::from(self.role.shape.table).max(1)]);
                self.emit(I::TableGet(0));
                self.emit(I::RefIsNull);
                self.stack.push(Ty::I32);
            }
            Kind::TableSize => {
                self.emit(I::TableSize(0));
                self.stack.push(Ty::I32);
            }
            Kind::TableGrow => {
                self.emit(I::RefNull(wasm_encoder::HeapType::FUNC));
                constants(self, &[0]);
                self.emit(I::TableGrow(0));
                self.stack.push(Ty::I32);
            }
            Kind::TableFill => {
                constants(self, &[index]);
                self.emit(I::RefFunc(FIRST_CALLEE));
                constants(self, &[len]);
                self.emit(I::TableFill(0));
            }
            Kind::TableCopy => {
                constants(self, &[index, 8, len]);
                self.emit(I::TableCopy { src_table: 0, dst_table: 0 });
            }
            Kind::TableInit => {
                constants(self, &[8, 0, len % PASSIVE.min(room)]);
                self.emit(I::TableInit { elem_index: 0, table: 0 });
            }
            Kind::ElemDrop => self.emit(I::ElemDrop(1)),
            _ => {}
        }
    }

    // The stack.

    /// Makes the top of the stack these operands: those that lie there in order stay, the others are pushed.
    fn operands(&mut self, types: &[Ty], gene: Gene) {
        let above = &self.stack[self.base()..];
        let there =
            (0..=types.len().min(above.len())).rev().find(|count| above.ends_with(&types[..*count])).unwrap_or(0);
        for (ty, nth) in types[there..].iter().zip(0_u8..) {
            self.push_any(*ty, gene.1.wrapping_shr(3).wrapping_add(gene.2).wrapping_add(nth), gene.3);
        }
    }

    /// An operand that a gene chooses.
    fn push_any(&mut self, ty: Ty, choice: u8, number: u32) {
        match choice % 8 {
            slot @ 0..=3 => self.push_local(Local::Value(ty8(ty), slot), ty),
            4 | 5 => self.push_const(ty, number),
            6 if ty == Ty::I32 => self.push_local(Local::Random, ty),
            _ if ty == Ty::I32 => self.push_local(Local::Pointer, ty),
            _ => self.push_local(Local::Value(ty8(ty), 0), ty),
        }
    }

    fn push_local(&mut self, local: Local, ty: Ty) {
        let index = self.local(local);
        self.emit(I::LocalGet(index));
        self.stack.push(ty);
    }

    fn push_const(&mut self, ty: Ty, number: u32) {
        match ty {
            Ty::I32 => self.emit(I::I32Const(number.cast_signed())),
            Ty::I64 => self.emit(I::I64Const(i64::from(number) << (number % 32))),
        }
        self.stack.push(ty);
    }

    /// A constant that the stack does not keep: whoever emits it emits what uses it.
    fn emit_const(&mut self, number: u32) {
        self.emit(I::I32Const(number.cast_signed()));
    }

    fn push_divisor(&mut self, ty: Ty, number: u32) {
        if number & 1 == 0 {
            self.push_local(Local::Divisor(ty8(ty)), ty);
        } else {
            self.push_const(ty, (number >> 1).clamp(1, 1 << 20));
        }
    }

    fn base(&self) -> usize {
        self.frames.last().map_or(0, |frame| frame.height)
    }

    fn top(&self) -> Option<Ty> {
        self.stack[self.base()..].last().copied()
    }

    fn pop(&mut self, count: usize) {
        self.stack.truncate(self.stack.len().saturating_sub(count));
    }

    fn emit(&mut self, instruction: I<'static>) {
        self.code.push(instruction);
    }

    fn local(&mut self, local: Local) -> u32 {
        let next = u32::try_from(self.role.params.len() + self.declared.len()).unwrap_or(u32::MAX);
        let declared = &mut self.declared;
        *self.locals.entry(local).or_insert_with(|| {
            declared.push(match local {
                Local::Value(1, _) | Local::Divisor(1) | Local::Spare(1) => ValType::I64,
                _ => ValType::I32,
            });
            next
        })
    }

    // The end.

    fn finish(mut self) -> Function {
        self.end_function();
        let mut prologue = Vec::new();
        for (local, index) in &self.locals {
            let number = 0x2545_f491_u32.wrapping_mul(2 * index + 1);
            let value = match local {
                Local::Value(0, _) | Local::Random if self.role.looping => I::I32Const(number.cast_signed()),
                Local::Value(1, _) if self.role.looping => I::I64Const(i64::from(number) << 17 | 0x1_2345),
                Local::Divisor(0) => I::I32Const(3),
                Local::Divisor(_) => I::I64Const(7),
                _ => continue,
            };
            prologue.extend([value, I::LocalSet(*index)]);
        }
        prologue.extend(self.pointer_from_parameter());
        if self.role.looping {
            prologue.push(I::Loop(wasm_encoder::BlockType::Empty));
        }
        let unused = (u32::from(self.role.shape.locals), ValType::I64);
        let declared = self.declared.iter().map(|ty| (1, *ty)).chain((unused.0 > 0).then_some(unused));
        let mut function = Function::new(declared.collect::<Vec<_>>());
        for instruction in prologue.iter().chain(&self.code) {
            function.instruction(instruction);
        }
        function
    }

    /// A callee gets its pointer from who calls it, which may have passed anything.
    fn pointer_from_parameter(&self) -> Vec<I<'static>> {
        let Some(pointer) = self.locals.get(&Local::Pointer) else { return Vec::new() };
        if self.role.looping || self.role.params.first() != Some(&Ty::I32) {
            return Vec::new();
        }
        let mask = I::I32Const(self.line_mask().cast_signed());
        vec![I::LocalGet(0), mask, I::I32And, I::LocalSet(*pointer)]
    }

    fn end_function(&mut self) {
        if self.role.looping {
            for _ in 0..self.stack.len() {
                self.code.push(I::Drop);
            }
            self.code.extend([I::LocalGet(0), I::I32Const(1), I::I32Sub, I::LocalTee(0), I::BrIf(0), I::End]);
        } else {
            let results = self.role.results;
            self.operands(results, Gene(Kind::Nop, 0, 0, 1));
            let left = self.stack.len() - results.len();
            if left > 0 {
                // What lies below the results goes with them.
                self.code.push(I::Return);
            }
        }
        self.code.push(I::End);
    }
}
