//! Counts, before an operator is validated, the values that it carries.
//!
//! Most operators take and leave a value or two. Blocks, branches, returns and calls take and leave as
//! many as a type says, whatever their own length: a branch table that leads to a loop with a hundred
//! parameters carries a hundred values for each of its one-byte entries, and a validator looks at each.
//! So what a body carries is bounded by its bytes ([`CodeLimits::carried_per_byte`]); as many values as
//! the function itself takes and returns are free, so that the shortest function can pass on what it is given.
//!
//! The count is made of the source alone, and is part of what acceptance means:
//! * `block`, `loop`, `if`: parameters and results of the block; `else`: the same again;
//! * `br`, `br_if`: what the label takes; `br_table`: that, for each entry and the default;
//! * `return`: results of the function;
//! * calls and tail calls: parameters and results of what is called.
//!
//! Where control cannot be is counted like everywhere else: it is validated as well.

use super::header::Header;
use crate::error::{CodeError, CodeErrorKind};
use crate::limits::{CodeLimits, Limit};
use crate::types::FuncType;
use wasmparser::{BlockType, Frame, FrameKind, Operator};

/// The first bytes of operators lie below this one if they can carry values. (They are `unreachable` to
/// `return_call_indirect`, which the binary format has in one group: nothing else has to be looked at.)
const FIRST_BYTES_END: u8 = 0x14;

/// The count of one body.
pub(super) struct Carried<'a> {
    header: &'a Header,
    /// What the function returns.
    results: usize,
    /// What it takes and returns: so much it may pass on whatever its length.
    own: u64,
    values: u64,
    /// Of branch tables: each has at least a byte, so they need no limit of their own.
    entries: u64,
    body_bytes: u64,
    max_per_byte: u64,
}

impl<'a> Carried<'a> {
    /// Nothing yet, of a body of a function.
    pub(super) fn new(header: &'a Header, limits: &CodeLimits, func: u32, body_bytes: usize) -> Self {
        let ty = header.func_type(func);
        Self {
            header,
            results: ty.map_or(0, |ty| ty.results.len()),
            own: ty.map_or(0, |ty| count(both(ty))),
            values: 0,
            entries: 0,
            body_bytes: count(body_bytes),
            max_per_byte: u64::from(limits.carried_per_byte),
        }
    }

    /// Whether an operator that begins with this byte may carry values.
    #[inline(always)]
    pub(super) fn concerns(first: u8) -> bool {
        first < FIRST_BYTES_END
    }

    /// Counts the next operator. `frame` finds the open block that a branch leads to.
    ///
    /// # Errors
    /// If the body carries more than its bytes allow.
    pub(super) fn count<'f>(
        &mut self,
        operator: &Operator<'_>,
        frame: impl Fn(u32) -> Option<&'f Frame>,
    ) -> Result<(), CodeError> {
        let label = |depth: u32| frame(depth).map_or(0, |frame| self.label(frame));
        let (values, times) = match operator {
            Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty } => {
                (self.block(*blockty), 1)
            }
            Operator::Else => (frame(0).map_or(0, |frame| self.block(frame.block_type)), 1),
            Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => (label(*relative_depth), 1),
            // Entries of other arity than the default are invalid.
            Operator::BrTable { targets } => (label(targets.default()), u64::from(targets.len()) + 1),
            Operator::Return => (self.results, 1),
            Operator::Call { function_index } | Operator::ReturnCall { function_index } => {
                (self.header.func_type(*function_index).map_or(0, both), 1)
            }
            Operator::CallIndirect { type_index, .. } | Operator::ReturnCallIndirect { type_index, .. } => {
                (self.ty(*type_index).map_or(0, both), 1)
            }
            _ => return Ok(()),
        };
        self.entries = self.entries.saturating_add(times - 1);
        self.values = self.values.saturating_add(count(values).saturating_mul(times));
        if self.values.saturating_sub(self.own) > self.max_per_byte.saturating_mul(self.body_bytes) {
            let (limit, count) = (Limit::CarriedPerByte, self.per_byte());
            return Err(CodeError::new(CodeErrorKind::Limit { limit, count, max: self.max_per_byte }));
        }
        Ok(())
    }

    /// Values that have been carried, and entries of branch tables.
    pub(super) fn steps(&self) -> u64 {
        self.values.saturating_add(self.entries)
    }

    /// Values for each byte of the body, rounded up; as many as the function takes and returns are free.
    pub(super) fn per_byte(&self) -> u64 {
        self.values.saturating_sub(self.own).div_ceil(self.body_bytes.max(1))
    }

    fn label(&self, frame: &Frame) -> usize {
        match (frame.kind, frame.block_type) {
            (FrameKind::Loop, BlockType::FuncType(ty)) => self.ty(ty).map_or(0, |ty| ty.params.len()),
            (FrameKind::Loop, _) | (_, BlockType::Empty) => 0,
            (_, BlockType::Type(_)) => 1,
            (_, BlockType::FuncType(ty)) => self.ty(ty).map_or(0, |ty| ty.results.len()),
        }
    }

    fn block(&self, ty: BlockType) -> usize {
        match ty {
            BlockType::Empty => 0,
            BlockType::Type(_) => 1,
            BlockType::FuncType(ty) => self.ty(ty).map_or(0, both),
        }
    }

    fn ty(&self, index: u32) -> Option<&FuncType> {
        self.header.ty(index)
    }
}

fn both(ty: &FuncType) -> usize {
    ty.params.len() + ty.results.len()
}

fn count(len: usize) -> u64 {
    u64::try_from(len).expect("usize has at most 64 bits; qed")
}
