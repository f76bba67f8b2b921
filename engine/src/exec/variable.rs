//! Moves between cells, constants and globals.

use super::machine::Machine;
use super::meter::Meter;
use super::numeric::extended;
use crate::isa::field::Src;
use crate::isa::shape::{
    Choose, ChooseIi, ChooseIr, ChooseRi, Const32, Const64, Copy1, CopySpan, GetGlobal, SetGlobal,
};

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
pub(crate) fn select<M: Meter>(m: &mut Machine<'_, M>, o: Choose) {
    let holds = holds(m, o.condition);
    let (lhs, rhs) = (m.read(o.lhs), m.read(o.rhs));
    m.write(o.dst, if holds { lhs } else { rhs });
}

#[inline(always)]
pub(crate) fn select_ri<M: Meter>(m: &mut Machine<'_, M>, o: ChooseRi) {
    let holds = holds(m, o.condition);
    let lhs = m.read(o.lhs);
    m.write(o.dst, if holds { lhs } else { extended(o.imm) });
}

#[inline(always)]
pub(crate) fn select_ir<M: Meter>(m: &mut Machine<'_, M>, o: ChooseIr) {
    let holds = holds(m, o.condition);
    let rhs = m.read(o.rhs);
    m.write(o.dst, if holds { extended(o.imm) } else { rhs });
}

#[inline(always)]
pub(crate) fn select_ii<M: Meter>(m: &mut Machine<'_, M>, o: ChooseIi) {
    let holds = holds(m, o.condition);
    m.write(o.dst, if holds { extended(o.imm) } else { extended(o.other) });
}

/// Whether the condition, the first cell that an instruction reads, is not zero.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the condition is an i32: the low half of its cell")]
fn holds<M: Meter>(m: &Machine<'_, M>, condition: Src) -> bool {
    m.read_first(condition) as u32 != 0
}

#[inline(always)]
pub(crate) fn global_get<M: Meter>(m: &mut Machine<'_, M>, o: GetGlobal) {
    m.write(o.dst, m.global(o.global));
}

#[inline(always)]
pub(crate) fn global_set<M: Meter>(m: &mut Machine<'_, M>, o: SetGlobal) {
    m.set_global(o.global, m.read_first(o.src));
}
