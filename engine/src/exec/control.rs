//! Branches. Each pays for the block that it enters before it moves, so that one which cannot be
//! paid has no effect.

use super::machine::{Gone, Machine};
use super::meter::Meter;
use super::numeric::extended;
use super::stop::Stop;
use crate::isa::HEAD_UNITS;
use crate::isa::field::{Charge, Field, Target, Window};
use crate::isa::shape::{
    Bare, Br, BrRi, BrRr, Fault, Jump, Shape, TABLE_ENTRY_UNITS, TABLE_SPAN_ENTRY_UNITS, Table2, TableSpan,
};
use crate::num::Compare;
use crate::trap::Trap;

#[inline(always)]
pub(crate) fn jump<M: Meter>(m: &mut Machine<'_, M>, o: Jump) -> Result<Gone, Stop> {
    m.branch(o.target);
    Ok(Gone)
}

#[inline(always)]
pub(crate) fn br<M: Meter>(m: &mut Machine<'_, M>, o: Br) -> Result<Gone, Stop> {
    m.pay(o.charge, Br::UNITS - Charge::UNITS)?;
    m.branch(o.target);
    Ok(Gone)
}

#[inline(always)]
pub(crate) fn br_if_rr<Op: Compare, M: Meter>(m: &mut Machine<'_, M>, o: BrRr) -> Result<Gone, Stop> {
    let holds = Op::holds(m.read_first(o.lhs), m.read(o.rhs));
    either::<BrRr, M>(m, holds, o.target, o.taken, o.fallthrough)
}

#[inline(always)]
pub(crate) fn br_if_ri<Op: Compare, M: Meter>(m: &mut Machine<'_, M>, o: BrRi) -> Result<Gone, Stop> {
    let holds = Op::holds(m.read_first(o.lhs), extended(o.imm));
    either::<BrRi, M>(m, holds, o.target, o.taken, o.fallthrough)
}

/// One of the two ways out of a conditional branch, whose last fields are the two charges.
#[inline(always)]
pub(super) fn either<S: Shape, M: Meter>(
    m: &mut Machine<'_, M>,
    holds: bool,
    target: Target,
    taken: Charge,
    fallthrough: Charge,
) -> Result<Gone, Stop> {
    if holds {
        m.pay(taken, S::UNITS - 2 * Charge::UNITS)?;
        m.branch(target);
    } else {
        m.pay(fallthrough, S::UNITS - Charge::UNITS)?;
        m.advance(S::UNITS);
    }
    Ok(Gone)
}

#[inline(always)]
pub(crate) fn br_table<M: Meter>(m: &mut Machine<'_, M>, o: Table2) -> Result<Gone, Stop> {
    let at = Table2::UNITS + entry(m.read_first(o.index), o.count.0) * TABLE_ENTRY_UNITS;
    let (target, charge) = target_and_charge(m, at);
    m.pay(charge, at + Target::UNITS)?;
    m.branch(target);
    Ok(Gone)
}

#[inline(always)]
pub(crate) fn br_table_span<M: Meter>(m: &mut Machine<'_, M>, o: TableSpan) -> Result<Gone, Stop> {
    let at = TableSpan::UNITS + entry(m.read_first(o.index), o.count.0) * TABLE_SPAN_ENTRY_UNITS;
    let (target, charge) = target_and_charge(m, at);
    let window = Window::from_bits(m.field(at + TABLE_ENTRY_UNITS, Window::UNITS));
    m.pay(charge, at + Target::UNITS)?;
    m.copy_cells(o.from, window, o.len.0 as usize);
    m.branch(target);
    Ok(Gone)
}

/// The entry that an index chooses: past the end, the last.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the index is an i32: the low half of its cell")]
fn entry(index: u64, count: u32) -> usize {
    (index as u32).min(count - 1) as usize
}

#[inline(always)]
fn target_and_charge<M: Meter>(m: &Machine<'_, M>, at: usize) -> (Target, Charge) {
    let target = m.field(at, Target::UNITS);
    let charge = m.field(at + Target::UNITS, Charge::UNITS);
    (Target::from_bits(target), Charge::from_bits(charge))
}

#[inline(always)]
pub(crate) fn trap<M: Meter>(_: &mut Machine<'_, M>, o: Fault) -> Result<Gone, Stop> {
    debug_assert_eq!(o.code.0, Trap::Unreachable as u16);
    Err(Stop::Trap(Trap::Unreachable))
}

#[inline(always)]
pub(crate) fn exit<M: Meter>(_: &mut Machine<'_, M>, _: Bare) -> Result<Gone, Stop> {
    Err(Stop::Finished)
}

/// Units of the shortest instruction: every shape begins with its head.
const _: () = assert!(Bare::UNITS == HEAD_UNITS);
