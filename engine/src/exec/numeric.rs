//! Arithmetic: generic over the operators of [`num`](crate::num), which are all that differ.

use super::machine::Machine;
use super::meter::Meter;
use crate::isa::field::{Dst, Imm32, Src};
use crate::isa::shape::{Copy1, Ri, Rr, Span, WidePair};
use crate::num::{Binary, Compare, Partial, PartialUnary, Unary, Wide};
use crate::trap::Trap;

/// A constant as the cell that it stands for: sign-extended.
#[inline(always)]
pub(super) fn extended(imm: Imm32) -> u64 {
    i64::from(imm.0).cast_unsigned()
}

/// The right operand of an operator.
#[inline(always)]
pub(super) fn right<Op: Binary, M: Meter>(m: &Machine<'_, M>, from: Src) -> u64 {
    if Op::COUNTS { m.read_whole(from) } else { m.read(from) }
}

#[inline(always)]
pub(crate) fn unary<Op: Unary, M: Meter>(m: &mut Machine<'_, M>, o: Copy1) {
    m.write(o.dst, Op::apply(m.read_first(o.src)));
}

#[inline(always)]
pub(crate) fn partial_unary<Op: PartialUnary, M: Meter>(m: &mut Machine<'_, M>, o: Copy1) -> Result<(), Trap> {
    let result = Op::apply(m.read_first(o.src))?;
    m.write(o.dst, result);
    Ok(())
}

#[inline(always)]
pub(crate) fn wide_span<Op: Wide, M: Meter>(m: &mut Machine<'_, M>, o: Span) {
    let at = |offset: u16| o.window.0 + offset;
    let lhs = [m.read(Src(at(0))), m.read(Src(at(1)))];
    let rhs = [m.read(Src(at(2))), m.read(Src(at(3)))];
    let [low, high] = Op::apply(lhs, rhs);
    m.write(Dst(at(0)), low);
    m.write(Dst(at(1)), high);
}

#[inline(always)]
pub(crate) fn wide_pair<Op: Wide, M: Meter>(m: &mut Machine<'_, M>, o: WidePair) {
    let [low, high] = Op::apply([m.read_first(o.lhs), 0], [m.read(o.rhs), 0]);
    m.write(Dst(o.window.0), low);
    m.write(Dst(o.window.0 + 1), high);
}

#[inline(always)]
pub(crate) fn binary_rr<Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: Rr) {
    m.write(o.dst, Op::apply(m.read_first(o.lhs), right::<Op, M>(m, o.rhs)));
}

#[inline(always)]
pub(crate) fn binary_ri<Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: Ri) {
    m.write(o.dst, Op::apply(m.read_first(o.lhs), extended(o.imm)));
}

#[inline(always)]
pub(crate) fn partial_rr<Op: Partial, M: Meter>(m: &mut Machine<'_, M>, o: Rr) -> Result<(), Trap> {
    let result = Op::apply(m.read_first(o.lhs), m.read(o.rhs))?;
    m.write(o.dst, result);
    Ok(())
}

#[inline(always)]
pub(crate) fn partial_ri<Op: Partial, M: Meter>(m: &mut Machine<'_, M>, o: Ri) -> Result<(), Trap> {
    let result = Op::apply(m.read_first(o.lhs), extended(o.imm))?;
    m.write(o.dst, result);
    Ok(())
}

#[inline(always)]
pub(crate) fn compare_rr<Op: Compare, M: Meter>(m: &mut Machine<'_, M>, o: Rr) {
    m.write(o.dst, u64::from(Op::holds(m.read_first(o.lhs), m.read(o.rhs))));
}

#[inline(always)]
pub(crate) fn compare_ri<Op: Compare, M: Meter>(m: &mut Machine<'_, M>, o: Ri) {
    m.write(o.dst, u64::from(Op::holds(m.read_first(o.lhs), extended(o.imm))));
}
