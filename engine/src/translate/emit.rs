//! Writes register code: instructions, branch targets that become known later, charges that become
//! known last, and the one instruction that may still be changed.

use super::blocks::{BlockCosts, BlockId};
use crate::isa::comparison::Comparison;
use crate::isa::field::{Charge, Dst, Field, Slot, Src, Target};
use crate::isa::shape::{Br, BrRi, BrRr, Jump, Ri, Rr, Shape};
use crate::isa::{HEAD_UNITS, Opcode, Unit};
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
#[derive(Clone, Copy, Debug)]
pub(crate) enum RightHand {
    Slot(Slot),
    Imm(i32),
}

impl Condition {
    pub(crate) fn negated(self) -> Self {
        Self { comparison: self.comparison.negated(), ..self }
    }
}

pub(crate) struct Emitter {
    code: Vec<Unit>,
    labels: Vec<LabelState>,
    waiting: Vec<Waiting>,
    charges: Vec<(usize, BlockId)>,
    /// Where the last instruction starts, unless a label has been bound behind it.
    last: Option<usize>,
}

/// Code whose units or branches are too many for their fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TooLong;

impl Emitter {
    pub(crate) fn new(body_bytes: usize) -> Self {
        // Two units a byte is what real contracts need at most; more only means growing once.
        let code = Vec::with_capacity(body_bytes.saturating_mul(2));
        Self { code, labels: Vec::new(), waiting: Vec::new(), charges: Vec::new(), last: None }
    }

    pub(crate) fn emit<S: Shape>(&mut self, opcode: Opcode, operands: S) {
        debug_assert_eq!(opcode.shape(), S::KIND, "{opcode:?} has other operands");
        self.last = Some(self.code.len());
        self.code.push(opcode.number());
        operands.write(&mut self.code);
    }

    pub(crate) fn label(&mut self, block: BlockId) -> Label {
        self.labels.push(LabelState { position: None, block, waiting: None });
        Label(self.labels.len() - 1)
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
        let state = &mut self.labels[label.0];
        state.position = Some(position);
        let mut waiting = state.waiting.take();
        while let Some(index) = waiting {
            let Waiting { field, instruction, previous } = self.waiting[index];
            self.fill(field, distance(instruction, position)?);
            waiting = previous;
        }
        Ok(())
    }

    pub(crate) fn jump(&mut self, label: Label) -> Result<(), TooLong> {
        self.emit(Opcode::Jump, Jump { target: Target(0) });
        let (end, at) = (self.code.len(), self.last_at());
        self.aim(end - Target::UNITS, at, label)
    }

    pub(crate) fn br(&mut self, label: Label) -> Result<(), TooLong> {
        self.emit(Opcode::Br, Br { target: Target(0), charge: Charge(0) });
        let (end, at) = (self.code.len(), self.last_at());
        self.charge_at(end - Charge::UNITS, self.block_of(label));
        self.aim(end - Charge::UNITS - Target::UNITS, at, label)
    }

    /// Branches to the label if the condition holds; otherwise enters `fallthrough`.
    pub(crate) fn br_if(
        &mut self,
        on: Condition,
        label: Label,
        taken: BlockId,
        fallthrough: BlockId,
    ) -> Result<(), TooLong> {
        let (lhs, target, pay) = (Src(on.lhs.0), Target(0), Charge(0));
        match on.rhs {
            RightHand::Slot(rhs) => {
                self.emit(on.comparison.br_rr(), BrRr { lhs, rhs: Src(rhs.0), target, taken: pay, fallthrough: pay })
            }
            RightHand::Imm(imm) => self.emit(
                on.comparison.br_ri(),
                BrRi { lhs, imm: crate::isa::field::Imm32(imm), target, taken: pay, fallthrough: pay },
            ),
        }
        let (end, at) = (self.code.len(), self.last_at());
        self.charge_at(end - Charge::UNITS, fallthrough);
        self.charge_at(end - 2 * Charge::UNITS, taken);
        self.aim(end - 2 * Charge::UNITS - Target::UNITS, at, label)
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
        let at = self.last?;
        let opcode = Opcode::from_number(*self.code.get(at)?)?;
        let comparison = Comparison::of_set(opcode)?;
        let (lhs, rhs) = if opcode == comparison.set_ri() {
            let Ri { lhs, imm, .. } = Ri::read(&self.code[at..])?;
            (lhs, RightHand::Imm(imm.0))
        } else {
            let Rr { lhs, rhs, .. } = Rr::read(&self.code[at..])?;
            (lhs, RightHand::Slot(Slot(rhs.0)))
        };
        self.code.truncate(at);
        self.last = None;
        Some(Condition { comparison, lhs: Slot(lhs.0), rhs })
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

    /// The finished code, and for a profile where each block is paid for.
    pub(crate) fn finish(mut self, costs: &BlockCosts) -> (Vec<Unit>, Vec<(usize, BlockId)>) {
        for (field, block) in core::mem::take(&mut self.charges) {
            self.fill(field, i64::from(costs.of(block)));
            self.charges.push((field, block));
        }
        (self.code, self.charges)
    }

    fn last_at(&self) -> usize {
        self.last.expect("an instruction has just been emitted or found; qed")
    }

    /// The one cell that the last instruction writes: the first field of its shape, if it has one.
    fn last_write(&self) -> Option<Slot> {
        let at = self.last?;
        let opcode = Opcode::from_number(*self.code.get(at)?)?;
        let written = opcode.shape().writes_first().then(|| self.code.get(at + HEAD_UNITS));
        written.flatten().map(|slot| Slot(*slot))
    }

    fn charge_at(&mut self, field: usize, block: BlockId) {
        self.charges.push((field, block));
    }

    fn aim(&mut self, field: usize, instruction: usize, label: Label) -> Result<(), TooLong> {
        if let Some(position) = self.labels[label.0].position {
            self.fill(field, distance(instruction, position)?);
        } else {
            let previous = self.labels[label.0].waiting.replace(self.waiting.len());
            self.waiting.push(Waiting { field, instruction, previous });
        }
        Ok(())
    }

    /// Overwrites a field of two units.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the callers give values of 32 bits")]
    fn fill(&mut self, field: usize, value: i64) {
        self.code[field] = value as Unit;
        self.code[field + 1] = (value >> 16) as Unit;
    }
}

/// From an instruction to a position, as a target field holds it.
fn distance(from: usize, to: usize) -> Result<i64, TooLong> {
    let signed = |at: usize| i32::try_from(at).map(i64::from).map_err(|_| TooLong);
    Ok(signed(to)? - signed(from)?)
}
