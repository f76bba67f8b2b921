//! Emitting an instruction that becomes one with the instruction before it: see
//! [`isa::fusion`](crate::isa::fusion).
//!
//! A cell above the locals holds an operand, and an operand that has been popped nobody reads again. So
//! where the last instruction wrote a cell for the one that is being emitted, and the two have a form
//! together, the cell need not be written at all.

use super::blocks::BlockId;
use super::emit::{Condition, Emitter, Label, Last, RightHand, TooLong};
use super::run::{Continuation, Sense};
use crate::isa::comparison::Comparison;
use crate::isa::field::{Charge, Dst, Field, Global, Imm32, Slot, Src, Target};
use crate::isa::fusion::{Role, fused, turn};
use crate::isa::shape::{
    Bare, Br, BrRi, BrRr, CallFunc, Copy1, CopyTwo, Read, Ri, Rr, SetGlobal, Shape, TurnI, TurnR, Write, WriteImm,
};
use crate::isa::{FORWARDED, HEAD_UNITS, Opcode};

/// A conditional branch that stands at the head of a loop: going back to the loop can do it at once.
#[derive(Clone, Copy)]
pub(super) struct HeadBranch {
    opcode: Opcode,
    lhs: Src,
    rhs: RightHand,
    exit: Label,
    taken: BlockId,
    fallthrough: BlockId,
    /// Where its loop goes on when it is not taken.
    body: usize,
}

impl Emitter {
    pub(super) fn copy(&mut self, to: Slot, from: Slot) {
        let (dst, src) = (Dst(to.0), Src(from.0));
        match self.last_write() {
            Some(before) if self.fuse(before, Opcode::Copy, Role::Before, Some(dst)) => {
                self.field(dst);
                self.field(src);
                self.order_copies();
            }
            _ => self.emit(Opcode::Copy, Copy1 { dst, src }),
        }
    }

    /// The last instruction is two copies, one after the other: makes them two at once, first the one that can be
    /// forwarded.
    fn order_copies(&mut self) {
        let written = self.written_before_last();
        let at = self.last_at();
        let Some(CopyTwo { dst, src, second, second_src }) = CopyTwo::read(&self.code[at..]) else { return };
        // What the first writes the second one reads: that is what the first reads.
        let second_src = if second_src.0 == dst.0 { src } else { second_src };
        let swaps = self.code[at] & FORWARDED == 0 && written == Some(Slot(second_src.0)) && dst != second;
        let copies = if swaps {
            CopyTwo { dst: second, src: second_src, second: dst, second_src: src }
        } else {
            CopyTwo { dst, src, second, second_src }
        };
        let head = self.code[at] | if swaps { FORWARDED } else { 0 };
        self.code.truncate(at);
        copies.write(head, &mut self.code);
        self.last = self.last.map(|last| Last { writes_last: Some(Slot(copies.second.0)), ..last });
    }

    pub(super) fn binary(&mut self, opcode: Opcode, dst: Dst, lhs: Src, rhs: Src) {
        if self.fuse(Slot(lhs.0), opcode, Role::Lhs, Some(dst)) {
            self.field(rhs);
        } else if self.fuse(Slot(rhs.0), opcode, Role::Rhs, Some(dst)) {
            self.field(lhs);
        } else if opcode.commutes() && self.forwarded() == Some(Slot(rhs.0)) {
            self.emit(opcode, Rr { dst, lhs: rhs, rhs: lhs });
        } else {
            self.emit(opcode, Rr { dst, lhs, rhs });
        }
    }

    pub(super) fn binary_imm(&mut self, opcode: Opcode, dst: Dst, lhs: Src, imm: Imm32) {
        if self.fuse(Slot(lhs.0), opcode, Role::Lhs, Some(dst)) {
            self.field(imm);
        } else {
            self.emit(opcode, Ri { dst, lhs, imm });
        }
    }

    pub(super) fn load(&mut self, opcode: Opcode, operands: Read) {
        if self.fuse(Slot(operands.address.0), opcode, Role::Address, Some(operands.dst)) {
            self.field(operands.offset);
        } else {
            self.emit(opcode, operands);
        }
    }

    pub(super) fn store(&mut self, opcode: Opcode, operands: Write) {
        let Write { address, value, offset } = operands;
        if self.fuse(Slot(value.0), opcode, Role::Value, None) {
            self.field(address);
            self.field(offset);
            self.pair();
        } else if self.fuse(Slot(address.0), opcode, Role::Address, None) {
            self.field(value);
            self.field(offset);
            self.pair();
        } else {
            self.emit(opcode, operands);
            self.pair();
        }
    }

    pub(super) fn store_imm(&mut self, opcode: Opcode, operands: WriteImm) {
        self.emit(opcode, operands);
        self.pair();
    }

    pub(super) fn global_set(&mut self, src: Src, global: Global) {
        let (cell, opcode) = (Slot(src.0), Opcode::GlobalSet);
        if self.fuse(cell, opcode, Role::Kept, None) || self.fuse(cell, opcode, Role::Value, None) {
            self.field(global);
        } else {
            self.emit(opcode, SetGlobal { src, global });
        }
    }

    /// Calls a defined function; what comes behind the call is charged by the last field.
    pub(super) fn call(&mut self, operands: CallFunc) {
        let CallFunc { func, window, after } = operands;
        let written = self.last_write();
        if self.fuse_whole(Opcode::CopyTwo, Opcode::CopyTwoCall)
            || written.is_some_and(|cell| self.fuse(cell, Opcode::CallFunc, Role::Before, None))
        {
            self.field(func);
            self.field(window);
            self.field(after);
        } else {
            self.emit(Opcode::CallFunc, operands);
        }
    }

    /// Returns nothing.
    pub(super) fn return_none(&mut self) {
        if !self.fuse_whole(Opcode::AddRiGlobal, Opcode::AddRiGlobalReturn) {
            self.emit(Opcode::Return, Bare {});
        }
    }

    /// Branches to the label if the condition holds; otherwise enters `fallthrough`.
    pub(super) fn br_if(
        &mut self,
        on: Condition,
        label: Label,
        taken: BlockId,
        fallthrough: BlockId,
    ) -> Result<(), TooLong> {
        let on = self.counted_on_the_left(on);
        if self.is_plain_loop(label) {
            self.run_before_branch(on, label, taken);
        }
        let (opcode, lhs) = (on.branch(), Src(on.lhs.0));
        let start = self.position();
        let (target, pay) = (Target(0), Charge(0));
        let counts = on.rhs != RightHand::Slot(on.lhs) && self.fuse(on.lhs, opcode, Role::Counted, None);
        if counts || self.fuse(on.lhs, opcode, Role::Lhs, None) {
            match on.rhs {
                RightHand::Slot(rhs) => self.field(Src(rhs.0)),
                RightHand::Imm(imm) => self.field(Imm32(imm)),
            }
            self.field(target);
            self.field(pay);
            self.field(pay);
        } else {
            match on.rhs {
                RightHand::Slot(rhs) => {
                    self.emit(opcode, BrRr { lhs, rhs: Src(rhs.0), target, taken: pay, fallthrough: pay });
                }
                RightHand::Imm(imm) => {
                    self.emit(opcode, BrRi { lhs, imm: Imm32(imm), target, taken: pay, fallthrough: pay });
                }
            }
            let head = HeadBranch { opcode, lhs, rhs: on.rhs, exit: label, taken, fallthrough, body: self.position() };
            self.note_head(start, head);
        }
        let (end, at) = (self.position(), self.last_at());
        self.charge_at(end - Charge::UNITS, fallthrough);
        self.charge_at(end - 2 * Charge::UNITS, taken);
        self.aim(end - 2 * Charge::UNITS - Target::UNITS, at, label)
    }

    pub(super) fn br(&mut self, label: Label) -> Result<(), TooLong> {
        if let Some(head) = self.head_of(label)
            && let Some(turn) = turn(head.opcode)
        {
            if self.is_plain_loop(label) {
                self.run_before_turn(head, label);
            }
            return self.turn(turn, head, label);
        }
        let (target, charge) = (Target(0), Charge(0));
        match self.last_write() {
            Some(counter) if self.fuse(counter, Opcode::Br, Role::Counted, None) => {
                self.field(target);
                self.field(charge);
            }
            _ => self.emit(Opcode::Br, Br { target, charge }),
        }
        let (end, at) = (self.position(), self.last_at());
        self.charge_at(end - Charge::UNITS, self.block_of(label));
        self.aim(end - Charge::UNITS - Target::UNITS, at, label)
    }

    /// Goes back to the head of a loop, and does the branch that stands there.
    fn turn(&mut self, opcode: Opcode, head: HeadBranch, label: Label) -> Result<(), TooLong> {
        let HeadBranch { lhs, rhs, exit, taken, fallthrough, body, .. } = head;
        let (somewhere, pay) = (Target(0), Charge(0));
        let counts = match self.last_write() {
            Some(counter) => self.fuse(counter, opcode, Role::Counted, None),
            None => false,
        };
        if counts {
            self.field(lhs);
            match rhs {
                RightHand::Slot(rhs) => self.field(Src(rhs.0)),
                RightHand::Imm(imm) => self.field(Imm32(imm)),
            }
            for _ in 0..3 {
                self.field(somewhere);
                self.field(pay);
            }
        } else {
            let (target, body, head) = (somewhere, somewhere, somewhere);
            let (taken, fallthrough, charge) = (pay, pay, pay);
            match rhs {
                RightHand::Slot(rhs) => {
                    let rhs = Src(rhs.0);
                    self.emit(opcode, TurnR { lhs, rhs, target, taken, body, fallthrough, head, charge });
                }
                RightHand::Imm(imm) => {
                    let imm = Imm32(imm);
                    self.emit(opcode, TurnI { lhs, imm, target, taken, body, fallthrough, head, charge });
                }
            }
        }
        // Three times a target and a charge: where the branch leads, where it does not, the head itself.
        const WAY: usize = Target::UNITS + Charge::UNITS;
        let (end, at) = (self.position(), self.last_at());
        self.aim(end - 3 * WAY, at, exit)?;
        self.charge_at(end - 3 * WAY + Target::UNITS, taken);
        self.aim_at(end - 2 * WAY, at, body)?;
        self.charge_at(end - 2 * WAY + Target::UNITS, fallthrough);
        self.aim(end - WAY, at, label)?;
        self.charge_at(end - WAY + Target::UNITS, self.block_of(label));
        Ok(())
    }

    /// Puts a run in front of a turn, if the loop is one that has them.
    fn run_before_turn(&mut self, head: HeadBranch, label: Label) {
        // The loop goes on where the branch at its head leads, if that is inside of it, and otherwise behind
        // the branch.
        let (inside, body) = match self.position_of(head.exit) {
            Some(body) if body >= head.body => (true, body),
            _ => (false, head.body),
        };
        let sense = match (head.opcode, inside) {
            (Opcode::BrI32NeRr | Opcode::BrI32NeRi, true) | (Opcode::BrI32EqRr | Opcode::BrI32EqRi, false) => {
                Sense::Different
            }
            (Opcode::BrI32LtURr | Opcode::BrI32LtURi, true) | (Opcode::BrI32GeURr | Opcode::BrI32GeURi, false) => {
                Sense::Less
            }
            (Opcode::BrI32GtURr, true) | (Opcode::BrI32LeURr, false) => Sense::Greater,
            _ => return,
        };
        let way = if inside { head.taken } else { head.fallthrough };
        let blocks = (self.block_of(label), Some(way));
        let (lhs, rhs, sense) = match (sense, head.rhs) {
            (Sense::Greater, RightHand::Slot(rhs)) => (rhs, RightHand::Slot(Slot(head.lhs.0)), Sense::Less),
            (sense, rhs) => (Slot(head.lhs.0), rhs, sense),
        };
        self.run(body, &Continuation { lhs, rhs, sense, blocks });
    }

    /// Puts a run in front of a branch that ends a loop's body and leads back to its start, if the loop is
    /// one that has them.
    fn run_before_branch(&mut self, on: Condition, label: Label, taken: BlockId) {
        let sense = match on.comparison {
            Comparison::I32Ne => Sense::Different,
            Comparison::I32LtU => Sense::Less,
            _ => return,
        };
        if let Some(body) = self.position_of(label) {
            self.run(body, &Continuation { lhs: on.lhs, rhs: on.rhs, sense, blocks: (taken, None) });
        }
    }

    /// The same condition with the cell that the last instruction wrote on the left, if it is on the right.
    fn counted_on_the_left(&self, on: Condition) -> Condition {
        match (on.rhs, self.last_write()) {
            (RightHand::Slot(rhs), Some(cell)) if rhs == cell && rhs != on.lhs => {
                Condition { comparison: on.comparison.swapped(), lhs: rhs, rhs: RightHand::Slot(on.lhs) }
            }
            _ => on,
        }
    }

    /// Makes the last instruction another one whose fields begin with the same, if it is `last`.
    fn fuse_whole(&mut self, last: Opcode, fused: Opcode) -> bool {
        let Some(found) = self.last.filter(|found| found.opcode == last) else { return false };
        self.code[found.at] = fused.head() | self.code[found.at] & FORWARDED;
        self.last = Some(Last { opcode: fused, writes: false, writes_last: None, ..found });
        true
    }

    /// Makes the last instruction the first half of what it and `second` are together, if it wrote the
    /// cell and there is such an instruction. The fields that `second` adds are still to be written.
    /// `dst` is the cell that `second` writes.
    fn fuse(&mut self, cell: Slot, second: Opcode, role: Role, dst: Option<Dst>) -> bool {
        let Some(last) = self.last.filter(|last| last.writes) else { return false };
        let place = last.at + HEAD_UNITS;
        let keeps = matches!(role, Role::Kept | Role::Counted | Role::Before);
        if self.code[place] != cell.0 || !(keeps || cell.0 >= self.locals) {
            return false;
        }
        let Some(opcode) = fused(last.opcode, second, role) else { return false };
        // What the first half is forwarded, the whole is: its fields come first.
        self.code[last.at] = opcode.head() | self.code[last.at] & FORWARDED;
        match dst {
            _ if keeps => {}
            Some(dst) => self.code[place] = dst.0,
            None => {
                self.code.remove(place);
            }
        }
        // Of a pair of copies the second one writes last.
        let writes_last = if role == Role::Before { dst.map(|dst| Slot(dst.0)) } else { None };
        self.last = Some(Last { opcode, writes: opcode.shape().writes_first(), writes_last, ..last });
        true
    }

    /// Makes one of the last two instructions, if both are complete and there is such an instruction.
    fn pair(&mut self) -> bool {
        let (Some(before), Some(last)) = (self.previous, self.last) else { return false };
        let Some(opcode) = fused(before.opcode, last.opcode, Role::After) else { return false };
        // The head of the second goes; its fields come behind those of the first.
        self.code[before.at] = opcode.head() | self.code[before.at] & FORWARDED;
        let writes_last = self.last_write();
        self.code.remove(last.at);
        self.last = Some(Last { at: before.at, opcode, writes: false, writes_last });
        self.previous = None;
        true
    }

    /// Two counters that are counted on one behind the other are counted on at once.
    pub(super) fn pair_steps(&mut self) {
        if self.last.is_some_and(|last| last.opcode == Opcode::I32AddRi) {
            self.pair();
        }
    }
}
