//! Writes register code: instructions, branch targets that become known later, charges that become
//! known last, and the one instruction that may still be changed.

use super::blocks::{BlockId, Blocks};
use super::fuse::HeadBranch;
use super::trim;
use crate::isa::comparison::Comparison;
use crate::isa::field::{Charge, Dst, Field, Slot, Src, Target};
use crate::isa::shape::{Jump, Ri, Rr, Shape};
use crate::isa::{FORWARDED, HEAD_UNITS, Opcode, Unit};
use alloc::vec::Vec;

/// A place in the code that branches lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Label(usize);

struct LabelState {
    position: Option<usize>,
    /// What a branch to it enters.
    block: BlockId,
    /// The last of the branches that wait for the position: an index into `waiting`.
    waiting: Option<usize>,
    /// The conditional branch that stands at the label.
    head: Option<HeadBranch>,
    /// Whether it is that of a loop without parameters.
    plain_loop: bool,
}

/// A target field to fill in.
struct Waiting {
    field: usize,
    instruction: usize,
    previous: Option<usize>,
}

/// A condition on which to branch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Condition {
    pub(crate) comparison: Comparison,
    pub(crate) lhs: Slot,
    pub(crate) rhs: RightHand,
}

/// What a condition compares with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RightHand {
    Slot(Slot),
    Imm(i32),
}

impl Condition {
    pub(crate) fn negated(self) -> Self {
        Self { comparison: self.comparison.negated(), ..self }
    }

    /// The instruction that branches on it.
    pub(super) fn branch(self) -> Opcode {
        match self.rhs {
            RightHand::Slot(_) => self.comparison.br_rr(),
            RightHand::Imm(_) => self.comparison.br_ri(),
        }
    }
}

#[derive(Default)]
pub(crate) struct Emitter {
    pub(super) code: Vec<Unit>,
    labels: Vec<LabelState>,
    waiting: Vec<Waiting>,
    charges: Vec<(usize, BlockId)>,
    /// The last instruction, unless a label has been bound behind it.
    pub(super) last: Option<Last>,
    /// The instruction in front of the last, unless a label has been bound between them.
    pub(super) previous: Option<Last>,
    /// The last label that has been bound.
    bound: Option<Label>,
    /// Cells from here on hold operands.
    pub(super) locals: u16,
    /// Units that have been taken back.
    taken_back: usize,
}

/// An instruction that may still be changed.
#[derive(Clone, Copy)]
pub(super) struct Last {
    pub(super) at: usize,
    pub(super) opcode: Opcode,
    /// Whether its first field is the one cell that it writes.
    pub(super) writes: bool,
    /// The cell that it writes last, if it is not that one.
    pub(super) writes_last: Option<Slot>,
}

/// Code whose units or branches are too many for their fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TooLong;

impl Emitter {
    /// Forgets everything but the memory taken: a function of so many bytes and locals begins.
    pub(crate) fn clear(&mut self, body_bytes: usize, locals: u16) {
        self.locals = locals;
        self.bound = None;
        self.code.clear();
        // What most functions need is taken at once, about a unit a byte: inside a runtime, memory that is given back for
        // more is touched, and serves nobody else.
        const UNITS_START: usize = 1_024;
        const BRANCHES_START: usize = 32;
        self.code.reserve(body_bytes.saturating_add(body_bytes / 4).max(UNITS_START));
        self.labels.reserve(BRANCHES_START);
        self.waiting.reserve(BRANCHES_START);
        self.charges.reserve(BRANCHES_START);
        self.labels.clear();
        self.waiting.clear();
        self.charges.clear();
        (self.last, self.previous) = (None, None);
        self.taken_back = 0;
    }

    /// Gives back whatever is large.
    pub(super) fn trim(&mut self) {
        trim(&mut self.code);
        trim(&mut self.labels);
        trim(&mut self.waiting);
        trim(&mut self.charges);
    }

    #[inline(always)]
    pub(crate) fn emit<S: Shape>(&mut self, opcode: Opcode, operands: S) {
        debug_assert_eq!(opcode.shape(), S::KIND, "{opcode:?} has other operands");
        let (at, written) = (self.code.len(), self.forwarded());
        self.previous = self.last;
        self.last = Some(Last { at, opcode, writes: S::WRITES_FIRST, writes_last: None });
        operands.write(opcode.head(), &mut self.code);
        if let (Some(Slot(cell)), Some(read)) = (written, S::FIRST_READ)
            && self.code[at + read] == cell
        {
            self.code[at] |= FORWARDED;
        }
    }

    pub(crate) fn label(&mut self, block: BlockId) -> Label {
        self.labels.push(LabelState { position: None, block, waiting: None, head: None, plain_loop: false });
        Label(self.labels.len() - 1)
    }

    /// The label of a loop that takes no parameters: from one iteration to the next only locals live.
    pub(crate) fn plain_loop_label(&mut self, block: BlockId) -> Label {
        let label = self.label(block);
        self.labels[label.0].plain_loop = true;
        label
    }

    pub(super) fn is_plain_loop(&self, label: Label) -> bool {
        self.labels[label.0].plain_loop
    }

    /// What a branch to the label enters.
    pub(crate) fn block_of(&self, label: Label) -> BlockId {
        self.labels[label.0].block
    }

    /// Whether a forward branch leads to the label.
    pub(crate) fn is_used(&self, label: Label) -> bool {
        self.labels[label.0].waiting.is_some()
    }

    /// The label is here.
    pub(crate) fn bind(&mut self, label: Label) -> Result<(), TooLong> {
        let position = self.code.len();
        self.last = None;
        self.bound = Some(label);
        let state = &mut self.labels[label.0];
        state.position = Some(position);
        let mut waiting = state.waiting.take();
        while let Some(index) = waiting {
            let Waiting { field, instruction, previous } = self.waiting[index];
            fill(&mut self.code, field, distance(instruction, position)?);
            waiting = previous;
        }
        Ok(())
    }

    pub(crate) fn jump(&mut self, label: Label) -> Result<(), TooLong> {
        self.emit(Opcode::Jump, Jump { target: Target(0) });
        let (end, at) = (self.code.len(), self.last_at());
        self.aim(end - Target::UNITS, at, label)
    }

    /// Appends `target, charge` to the branch table that starts at `table`.
    pub(crate) fn table_entry(&mut self, table: usize, label: Label) -> Result<(), TooLong> {
        let field = self.code.len();
        Target(0).write(&mut self.code);
        self.charge_at(self.code.len(), self.block_of(label));
        Charge(0).write(&mut self.code);
        self.last = None;
        self.aim(field, table, label)
    }

    /// Appends a bare field, the last part of a table's entry.
    pub(crate) fn field(&mut self, field: impl Field) {
        field.write(&mut self.code);
    }

    /// The last field of the last instruction is what entering the block costs.
    pub(crate) fn charge_last_field(&mut self, block: BlockId) {
        self.charge_at(self.code.len() - Charge::UNITS, block);
    }

    /// Where the next instruction will start.
    pub(crate) fn position(&self) -> usize {
        self.code.len()
    }

    /// Lets the last instruction write to another cell, if `from` is the one cell that it writes.
    pub(crate) fn redirect(&mut self, from: Slot, to: Slot) -> bool {
        match self.last_write() {
            Some(dst) if dst == from => {
                let at = self.last_at() + HEAD_UNITS;
                self.code[at] = to.0;
                self.pair_steps();
                true
            }
            _ => false,
        }
    }

    /// If the last instruction compares into `dst`, takes it back and returns what it compares.
    pub(crate) fn take_comparison(&mut self, dst: Slot) -> Option<Condition> {
        if self.last_write()? != dst {
            return None;
        }
        let Last { at, opcode, .. } = self.last?;
        let comparison = Comparison::of_set(opcode)?;
        let (lhs, rhs) = if opcode == comparison.set_ri() {
            let Ri { lhs, imm, .. } = Ri::read(&self.code[at..])?;
            (lhs, RightHand::Imm(imm.0))
        } else {
            let Rr { lhs, rhs, .. } = Rr::read(&self.code[at..])?;
            (lhs, RightHand::Slot(Slot(rhs.0)))
        };
        self.taken_back += self.code.len() - at;
        self.code.truncate(at);
        self.last = self.previous.take();
        Some(Condition { comparison, lhs: Slot(lhs.0), rhs })
    }

    /// The conditional branch that starts at a position stands at the label that has been bound there, if
    /// one has.
    pub(super) fn note_head(&mut self, position: usize, head: HeadBranch) {
        if let Some(label) = self.bound
            && self.labels[label.0].position == Some(position)
        {
            self.labels[label.0].head = Some(head);
        }
    }

    /// The cell that the instruction in front of the last has just written.
    pub(super) fn written_before_last(&self) -> Option<Slot> {
        let previous = self.previous?;
        let one = if previous.writes { self.code.get(previous.at + HEAD_UNITS).map(|slot| Slot(*slot)) } else { None };
        previous.writes_last.or(one)
    }

    /// Where the last label that has been bound stands.
    pub(super) fn bound_position(&self) -> Option<usize> {
        self.labels[self.bound?.0].position
    }

    /// Where a label stands, if it has been bound.
    pub(super) fn position_of(&self, label: Label) -> Option<usize> {
        self.labels[label.0].position
    }

    /// The conditional branch that stands at a label.
    pub(super) fn head_of(&self, label: Label) -> Option<HeadBranch> {
        self.labels[label.0].head
    }

    /// Writes a comparison into a cell.
    pub(crate) fn set(&mut self, dst: Slot, on: Condition) {
        let (dst, lhs) = (Dst(dst.0), Src(on.lhs.0));
        match on.rhs {
            RightHand::Slot(rhs) => self.emit(on.comparison.set_rr(), Rr { dst, lhs, rhs: Src(rhs.0) }),
            RightHand::Imm(imm) => {
                self.emit(on.comparison.set_ri(), Ri { dst, lhs, imm: crate::isa::field::Imm32(imm) });
            }
        }
    }

    /// Writes what blocks cost to where they are paid for. Returns the finished code.
    pub(crate) fn finish(&mut self, blocks: &Blocks<'_>) -> &[Unit] {
        for (field, block) in &self.charges {
            fill(&mut self.code, *field, i64::from(blocks.cost_of(*block)));
        }
        &self.code
    }

    /// Where each block is paid for, for a profile.
    #[cfg(feature = "profile")]
    pub(crate) fn charges(&self) -> &[(usize, BlockId)] {
        &self.charges
    }

    /// What has been done so far: units written, branches that waited for their label, charges.
    pub(crate) fn work(&self) -> usize {
        self.code.len() + self.taken_back + self.waiting.len() + self.charges.len()
    }

    pub(super) fn last_at(&self) -> usize {
        self.last.expect("an instruction has just been emitted or found; qed").at
    }

    /// The cell that has just been written, if nothing but the next instruction comes behind.
    #[inline]
    pub(super) fn forwarded(&self) -> Option<Slot> {
        self.last.and_then(|last| last.writes_last).or_else(|| self.last_write())
    }

    /// The one cell that the last instruction writes: the first field of its shape, if it has one.
    #[inline]
    pub(super) fn last_write(&self) -> Option<Slot> {
        let last = self.last.filter(|last| last.writes)?;
        self.code.get(last.at + HEAD_UNITS).map(|slot| Slot(*slot))
    }

    pub(super) fn charge_at(&mut self, field: usize, block: BlockId) {
        self.charges.push((field, block));
    }

    pub(super) fn aim(&mut self, field: usize, instruction: usize, label: Label) -> Result<(), TooLong> {
        if let Some(position) = self.labels[label.0].position {
            fill(&mut self.code, field, distance(instruction, position)?);
        } else {
            let previous = self.labels[label.0].waiting.replace(self.waiting.len());
            self.waiting.push(Waiting { field, instruction, previous });
        }
        Ok(())
    }

    /// Fills in a target whose position is known.
    pub(super) fn aim_at(&mut self, field: usize, instruction: usize, position: usize) -> Result<(), TooLong> {
        fill(&mut self.code, field, distance(instruction, position)?);
        Ok(())
    }
}

/// Overwrites a field of two units.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the callers give values of 32 bits")]
fn fill(code: &mut [Unit], field: usize, value: i64) {
    code[field] = value as Unit;
    code[field + 1] = (value >> 16) as Unit;
}

/// From an instruction to a position, as a target field holds it.
fn distance(from: usize, to: usize) -> Result<i64, TooLong> {
    let signed = |at: usize| i32::try_from(at).map(i64::from).map_err(|_| TooLong);
    Ok(signed(to)? - signed(from)?)
}
