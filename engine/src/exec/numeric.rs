//! Arithmetic: generic over the operators of [`num`](crate::num), which are all that differ.

use super::machine::Machine;
use super::meter::Meter;
use crate::isa::field::Imm32;
use crate::isa::shape::{Copy1, Ri, Rr};
use crate::num::{Binary, Compare, Partial, Unary};
use crate::trap::Trap;

/// A constant as the cell that it stands for: sign-extended.
#[inline(always)]
pub(super) fn extended(imm: Imm32) -> u64 {
    i64::from(imm.0).cast_unsigned()
}

#[inline(always)]
pub(crate) fn unary<Op: Unary, M: Meter>(m: &mut Machine<'_, M>, o: Copy1) {
    m.write(o.dst, Op::apply(m.read(o.src)));
}

#[inline(always)]
pub(crate) fn binary_rr<Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: Rr) {
    m.write(o.dst, Op::apply(m.read(o.lhs), m.read(o.rhs)));
}

#[inline(always)]
pub(crate) fn binary_ri<Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: Ri) {
    m.write(o.dst, Op::apply(m.read(o.lhs), extended(o.imm)));
}

#[inline(always)]
pub(crate) fn partial_rr<Op: Partial, M: Meter>(m: &mut Machine<'_, M>, o: Rr) -> Result<(), Trap> {
    let result = Op::apply(m.read(o.lhs), m.read(o.rhs))?;
    m.write(o.dst, result);
    Ok(())
}

#[inline(always)]
pub(crate) fn partial_ri<Op: Partial, M: Meter>(m: &mut Machine<'_, M>, o: Ri) -> Result<(), Trap> {
    let result = Op::apply(m.read(o.lhs), extended(o.imm))?;
    m.write(o.dst, result);
    Ok(())
}

#[inline(always)]
pub(crate) fn compare_rr<Op: Compare, M: Meter>(m: &mut Machine<'_, M>, o: Rr) {
    m.write(o.dst, u64::from(Op::holds(m.read(o.lhs), m.read(o.rhs))));
}

#[inline(always)]
pub(crate) fn compare_ri<Op: Compare, M: Meter>(m: &mut Machine<'_, M>, o: Ri) {
    m.write(o.dst, u64::from(Op::holds(m.read(o.lhs), extended(o.imm))));
}
