//! Loops that copy or fill memory element by element, as compilers write them for Wasm without bulk
//! operators: `memcpy`, `memset` and their like.
//!
//! Such a loop keeps its code. In front of the branch back to its head stands one instruction more, a
//! *run*, which does as many whole iterations at once as can be paid, stay in memory, and would have
//! followed each other anyway; the loop goes on from there. So a run is charged what its iterations
//! cost, and where it ends is nobody's business: it may do fewer, or none.
//!
//! What an iteration does is found by going through its instructions once, with every cell as a sum of
//! what cells held when the iteration began. A body of more than a few instructions is none of these.

use super::blocks::BlockId;
use super::emit::{Emitter, RightHand};
use crate::isa::decode::Instruction;
use crate::isa::field::{Charge, Count, Dst, Field, Imm32, Offset, Slot, Src};
use crate::isa::run::{FROM_HAS_INDEX, LIMIT_IS_CELL, TO_HAS_INDEX, WHILE_LESS};
use crate::isa::shape::{
    Copy1, CopyTwo, Read, ReadPut, Ri, RiRead, RiReadPut, RiTwo, RiWrite, Rr, RrRead, RrReadPut, RrWrite, RunMemory,
    Shape, Write,
};
use crate::isa::{Opcode, Unit};

/// Instructions that a body may have: what the longest known one has, and a little.
const BODY_INSTRUCTIONS_MAX: usize = 8;

/// Cells that an iteration may count on.
const STEPS_MAX: usize = 3;

/// How a loop goes on.
pub(super) struct Continuation {
    /// What is compared at the end of an iteration, or at the head of the next.
    pub(super) lhs: Slot,
    pub(super) rhs: RightHand,
    pub(super) sense: Sense,
    /// The blocks that one more iteration enters: one, or two.
    pub(super) blocks: (BlockId, Option<BlockId>),
}

/// When a loop goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Different,
    /// While the left side is less than the right one, as unsigned numbers.
    Less,
    /// The other way round.
    Greater,
}

/// What a cell holds: the sum of up to two cells as they were when the iteration began, and a constant.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sum {
    cells: [Option<Slot>; 2],
    plus: i32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Sum(Sum),
    /// What the iteration has loaded.
    Loaded,
}

#[derive(Clone, Copy)]
struct Access {
    at: Sum,
    offset: Offset,
    bytes: u8,
}

#[derive(Default)]
struct Iteration {
    written: [Option<(Slot, Known)>; BODY_INSTRUCTIONS_MAX],
    load: Option<Access>,
    store: Option<(Access, Known)>,
}

impl Emitter {
    /// Puts a run in front of the branch that is about to lead back, if the instructions from `body` on
    /// are the loop's whole iteration and copy or fill memory.
    pub(super) fn run(&mut self, body: usize, on: &Continuation) {
        // For those who measure what runs are worth.
        if cfg!(feature = "no-runs") {
            return;
        }
        // Nothing else may lead into the middle of the iteration.
        if self.bound_position().is_some_and(|bound| bound > body) {
            return;
        }
        let Some((opcode, operands)) = self.recognise(body, on) else { return };
        // The counter's last step stays behind the run, where the branch becomes one with it.
        let step = self.last.filter(|last| last.opcode == Opcode::I32AddRi);
        let step = step.map(|last| (last, Ri::read(&self.code[last.at..])));
        if let Some((last, _)) = step {
            self.code.truncate(last.at);
        }
        self.emit(opcode, operands);
        let end = self.position();
        let (one, other) = on.blocks;
        self.charge_at(end - 2 * Charge::UNITS, one);
        if let Some(other) = other {
            self.charge_at(end - Charge::UNITS, other);
        }
        if let Some((_, Some(step))) = step {
            self.emit(Opcode::I32AddRi, step);
        }
    }

    fn recognise(&self, body: usize, on: &Continuation) -> Option<(Opcode, RunMemory)> {
        let mut iteration = Iteration::default();
        let (mut at, mut count) = (body, 0);
        while at < self.code.len() {
            if count == BODY_INSTRUCTIONS_MAX {
                return None;
            }
            let instruction = Instruction::decode(&self.code, at).ok()?;
            iteration.follow(instruction.opcode, &self.code[at..])?;
            at += instruction.len();
            count += 1;
        }
        // The run stands in front of the counter's last step.
        let pending = self.last.filter(|last| last.opcode == Opcode::I32AddRi);
        let pending = pending.and_then(|last| Ri::read(&self.code[last.at..]));
        iteration.run(on, pending, self.locals)
    }
}

impl Iteration {
    /// Takes note of what an instruction does; `None` if it is none that runs are made of.
    fn follow(&mut self, opcode: Opcode, units: &[Unit]) -> Option<()> {
        match opcode {
            Opcode::Copy => {
                let Copy1 { dst, src } = Shape::read(units)?;
                self.write(dst, self.read(src))
            }
            Opcode::CopyTwo => {
                let CopyTwo { dst, src, second, second_src } = Shape::read(units)?;
                self.write(dst, self.read(src))?;
                self.write(second, self.read(second_src))
            }
            Opcode::I32AddRi => {
                let Ri { dst, lhs, imm } = Shape::read(units)?;
                self.write(dst, Known::Sum(self.sum(lhs)?.plus(imm)))
            }
            Opcode::I32AddRr => {
                let Rr { dst, lhs, rhs } = Shape::read(units)?;
                self.write(dst, Known::Sum(self.sum(lhs)?.and(self.sum(rhs)?)?))
            }
            Opcode::Load8U | Opcode::Load32U | Opcode::Load64 => {
                let Read { dst, address, offset } = Shape::read(units)?;
                self.load(dst, self.sum(address)?, offset, opcode)
            }
            Opcode::Load8USum | Opcode::Load32USum | Opcode::Load64Sum => {
                let RrRead { dst, lhs, rhs, offset } = Shape::read(units)?;
                self.load(dst, self.sum(lhs)?.and(self.sum(rhs)?)?, offset, opcode)
            }
            Opcode::Load8UNear | Opcode::Load32UNear | Opcode::Load64Near => {
                let RiRead { dst, lhs, imm, offset } = Shape::read(units)?;
                self.load(dst, self.sum(lhs)?.plus(imm), offset, opcode)
            }
            Opcode::Store8 | Opcode::Store32 | Opcode::Store64 => {
                let Write { address, value, offset } = Shape::read(units)?;
                self.store(self.sum(address)?, offset, self.read(value), opcode)
            }
            Opcode::Store8Sum | Opcode::Store32Sum | Opcode::Store64Sum => {
                let RrWrite { lhs, rhs, value, offset } = Shape::read(units)?;
                self.store(self.sum(lhs)?.and(self.sum(rhs)?)?, offset, self.read(value), opcode)
            }
            Opcode::Store8Near | Opcode::Store32Near | Opcode::Store64Near => {
                let RiWrite { lhs, imm, value, offset } = Shape::read(units)?;
                self.store(self.sum(lhs)?.plus(imm), offset, self.read(value), opcode)
            }
            Opcode::I32AddRiTwo => {
                let RiTwo { dst, lhs, imm, second, second_lhs, second_imm } = Shape::read(units)?;
                self.write(dst, Known::Sum(self.sum(lhs)?.plus(imm)))?;
                self.write(second, Known::Sum(self.sum(second_lhs)?.plus(second_imm)))
            }
            Opcode::Move8Sum | Opcode::Move32Sum | Opcode::Move64Sum => {
                let RrReadPut { lhs, rhs, from_offset, address, offset } = Shape::read(units)?;
                let to = self.sum(address)?;
                self.note_load(self.sum(lhs)?.and(self.sum(rhs)?)?, from_offset, opcode)?;
                self.store(to, offset, Known::Loaded, opcode)
            }
            Opcode::Move8Near | Opcode::Move32Near | Opcode::Move64Near => {
                let RiReadPut { lhs, imm, from_offset, address, offset } = Shape::read(units)?;
                let to = self.sum(address)?;
                self.note_load(self.sum(lhs)?.plus(imm), from_offset, opcode)?;
                self.store(to, offset, Known::Loaded, opcode)
            }
            Opcode::Move8 | Opcode::Move32 | Opcode::Move64 => {
                let ReadPut { from, from_offset, address, offset } = Shape::read(units)?;
                let to = self.sum(address)?;
                self.note_load(self.sum(from)?, from_offset, opcode)?;
                self.store(to, offset, Known::Loaded, opcode)
            }
            _ => None,
        }
    }

    fn read(&self, cell: Src) -> Known {
        let written = self.written.iter().flatten().find(|(slot, _)| slot.0 == cell.0);
        let before = Known::Sum(Sum { cells: [Some(Slot(cell.0)), None], plus: 0 });
        written.map_or(before, |(_, known)| *known)
    }

    fn sum(&self, cell: Src) -> Option<Sum> {
        match self.read(cell) {
            Known::Sum(sum) => Some(sum),
            Known::Loaded => None,
        }
    }

    fn write(&mut self, cell: Dst, known: Known) -> Option<()> {
        let here = |entry: &&mut Option<(Slot, Known)>| entry.is_none_or(|(slot, _)| slot.0 == cell.0);
        *self.written.iter_mut().find(here)? = Some((Slot(cell.0), known));
        Some(())
    }

    fn note_load(&mut self, at: Sum, offset: Offset, opcode: Opcode) -> Option<()> {
        let first = self.load.is_none() && self.store.is_none();
        self.load = Some(Access { at, offset, bytes: bytes_of(opcode)? });
        first.then_some(())
    }

    fn load(&mut self, dst: Dst, at: Sum, offset: Offset, opcode: Opcode) -> Option<()> {
        self.note_load(at, offset, opcode)?;
        self.write(dst, Known::Loaded)
    }

    fn store(&mut self, at: Sum, offset: Offset, value: Known, opcode: Opcode) -> Option<()> {
        let first = self.store.is_none();
        self.store = Some((Access { at, offset, bytes: bytes_of(opcode)? }, value));
        first.then_some(())
    }

    /// What a cell changes by from one iteration to the next; `None` if it is not counted on.
    fn step(&self, cell: Slot) -> Option<i32> {
        match self.read(Src(cell.0)) {
            Known::Sum(Sum { cells: [Some(from), None], plus }) if from == cell => Some(plus),
            _ => None,
        }
    }

    fn stride(&self, sum: Sum) -> Option<i32> {
        sum.cells.iter().flatten().try_fold(0i32, |stride, cell| stride.checked_add(self.step(*cell)?))
    }

    /// The run, if that is what the iterations are. `pending` is the step that comes behind it.
    fn run(&self, on: &Continuation, pending: Option<Ri>, locals: u16) -> Option<(Opcode, RunMemory)> {
        let (to, value) = self.store?;
        let bytes = i32::from(to.bytes);
        if self.stride(to.at)? != bytes {
            return None;
        }
        // Cells above the locals hold operands of this iteration, which nobody reads in the next.
        let mut steps = [(Dst(0), Imm32(0)); STEPS_MAX];
        let mut places = steps.iter_mut();
        for (cell, _) in self.written.iter().flatten().filter(|(cell, _)| cell.0 < locals) {
            *places.next()? = (Dst(cell.0), Imm32(self.step(*cell)?));
        }
        // What the cells hold at the run, as what they hold when the next iteration begins.
        let next = |sum: Sum| {
            let pending = pending.filter(|step| sum.cells.iter().flatten().any(|cell| cell.0 == step.dst.0));
            pending.map_or(Some(sum), |step| {
                let twice = sum.cells[0] == sum.cells[1];
                (step.lhs.0 == step.dst.0 && !twice).then(|| sum.plus(step.imm))
            })
        };
        let (counter, limit) = self.counter(on)?;
        let counter_sum = next(Sum { cells: [Some(counter), None], plus: 0 })?;
        let (limit_cell, limit_plus) = match limit {
            RightHand::Slot(cell) => (Some(cell), 0),
            RightHand::Imm(imm) => (None, imm),
        };
        let (from, from_form, opcode) = match (value, self.load) {
            (Known::Loaded, Some(from)) if from.bytes == to.bytes && self.stride(from.at)? == bytes => {
                let opcode = match bytes {
                    1 => Opcode::CopyRun8,
                    4 => Opcode::CopyRun32,
                    _ => Opcode::CopyRun64,
                };
                (Access { at: next(from.at)?, ..from }, FROM_HAS_INDEX, opcode)
            }
            (Known::Sum(Sum { cells: [Some(cell), None], plus: 0 }), None) if self.step(cell)? == 0 && bytes == 1 => {
                let at = Sum { cells: [Some(cell), None], plus: 0 };
                (Access { at, offset: Offset(0), bytes: 1 }, 0, Opcode::FillRun8)
            }
            _ => return None,
        };
        let to = Access { at: next(to.at)?, ..to };
        let form = index_bit(to.at, TO_HAS_INDEX)
            | index_bit(from.at, from_form)
            | if limit_cell.is_some() { LIMIT_IS_CELL } else { 0 }
            | if on.sense == Sense::Less { WHILE_LESS } else { 0 };
        let (to_cell, to_index) = to.at.sources()?;
        let (from_cell, from_index) = from.at.sources()?;
        let [first, second, third] = steps;
        Some((
            opcode,
            RunMemory {
                form: Count(form),
                to: to_cell,
                to_index,
                to_plus: Imm32(to.at.plus),
                to_offset: to.offset,
                from: from_cell,
                from_index,
                from_plus: Imm32(from.at.plus),
                from_offset: from.offset,
                counter: Src(counter.0),
                counter_plus: Imm32(counter_sum.plus),
                counter_by: Imm32(self.step(counter)?),
                limit: Src(limit_cell.unwrap_or(counter).0),
                limit_plus: Imm32(limit_plus),
                first: first.0,
                first_by: first.1,
                second: second.0,
                second_by: second.1,
                third: third.0,
                third_by: third.1,
                charge: Charge(0),
                charge_too: Charge(0),
            },
        ))
    }

    /// Which side of the comparison counts, and what it is compared with, which stays the same.
    fn counter(&self, on: &Continuation) -> Option<(Slot, RightHand)> {
        let counts = self.step(on.lhs)?;
        match on.rhs {
            RightHand::Slot(rhs) if self.step(rhs)? == 0 && counts != 0 => Some((on.lhs, on.rhs)),
            RightHand::Slot(rhs) if counts == 0 && self.step(rhs)? != 0 && on.sense == Sense::Different => {
                Some((rhs, RightHand::Slot(on.lhs)))
            }
            RightHand::Imm(_) if counts != 0 => Some((on.lhs, on.rhs)),
            _ => None,
        }
    }
}

impl Sum {
    fn plus(self, imm: Imm32) -> Self {
        Self { plus: self.plus.wrapping_add(imm.0), ..self }
    }

    fn and(self, other: Self) -> Option<Self> {
        let mut cells = self.cells.iter().chain(&other.cells).flatten();
        let sum = [cells.next().copied(), cells.next().copied()];
        let plus = self.plus.wrapping_add(other.plus);
        cells.next().is_none().then_some(Self { cells: sum, plus })
    }

    /// The cells as fields: the second one means nothing if there is none.
    fn sources(self) -> Option<(Src, Src)> {
        let first = self.cells[0]?;
        Some((Src(first.0), Src(self.cells[1].unwrap_or(first).0)))
    }
}

fn index_bit(at: Sum, bit: u32) -> u32 {
    if at.cells[1].is_some() { bit } else { 0 }
}

/// Bytes of an element that a load or a store moves.
fn bytes_of(opcode: Opcode) -> Option<u8> {
    Some(match opcode {
        Opcode::Load8U | Opcode::Load8USum | Opcode::Load8UNear => 1,
        Opcode::Move8 | Opcode::Move8Sum | Opcode::Move8Near => 1,
        Opcode::Store8 | Opcode::Store8Sum | Opcode::Store8Near => 1,
        Opcode::Load32U | Opcode::Load32USum | Opcode::Load32UNear => 4,
        Opcode::Move32 | Opcode::Move32Sum | Opcode::Move32Near => 4,
        Opcode::Store32 | Opcode::Store32Sum | Opcode::Store32Near => 4,
        Opcode::Load64 | Opcode::Load64Sum | Opcode::Load64Near => 8,
        Opcode::Move64 | Opcode::Move64Sum | Opcode::Move64Near => 8,
        Opcode::Store64 | Opcode::Store64Sum | Opcode::Store64Near => 8,
        _ => return None,
    })
}
