//! Moves between cells, constants and globals.

use super::machine::Machine;
use super::meter::Meter;
use super::numeric::extended;
use crate::isa::shape::{Choose, Const32, Const64, Copy1, CopySpan, GetGlobal, SetGlobal};

#[inline(always)]
pub(crate) fn copy<M: Meter>(m: &mut Machine<'_, M>, o: Copy1) {
    m.write(o.dst, m.read_first(o.src));
}

#[inline(always)]
pub(crate) fn copy_span<M: Meter>(m: &mut Machine<'_, M>, o: CopySpan) {
    m.copy_cells(o.from, o.to, o.len.0 as usize);
}

#[inline(always)]
pub(crate) fn const32<M: Meter>(m: &mut Machine<'_, M>, o: Const32) {
    m.write(o.dst, extended(o.imm));
}

#[inline(always)]
pub(crate) fn const64<M: Meter>(m: &mut Machine<'_, M>, o: Const64) {
    m.write(o.dst, o.imm.0.cast_unsigned());
}

#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the condition is an i32: the low half of its cell")]
pub(crate) fn select<M: Meter>(m: &mut Machine<'_, M>, o: Choose) {
    let condition = m.read_first(o.condition);
    let (lhs, rhs) = (m.read(o.lhs), m.read(o.rhs));
    m.write(o.dst, if condition as u32 == 0 { rhs } else { lhs });
}

#[inline(always)]
pub(crate) fn global_get<M: Meter>(m: &mut Machine<'_, M>, o: GetGlobal) {
    m.write(o.dst, m.global(o.global));
}

#[inline(always)]
pub(crate) fn global_set<M: Meter>(m: &mut Machine<'_, M>, o: SetGlobal) {
    m.set_global(o.global, m.read_first(o.src));
}
