//! Calls and returns.

use super::machine::{Gone, Machine, Stop};
use super::meter::Meter;
use crate::isa::field::Dst;
use crate::isa::field::{Charge, Window};
use crate::isa::shape::{Bare, CallFunc, CallHost, CallTable, Result1, Results, Shape};
use crate::trap::Trap;

#[inline(always)]
pub(crate) fn call_func<M: Meter>(m: &mut Machine<'_, M>, o: CallFunc) -> Result<Gone, Stop> {
    m.enter(o.func.0, o.window, CallFunc::UNITS)
}

/// The instruction pointer stays here: resuming pays for what comes behind, then goes on there.
#[inline(always)]
pub(crate) fn call_host<M: Meter>(_: &mut Machine<'_, M>, o: CallHost) -> Result<Gone, Stop> {
    Err(Stop::HostCall { import: o.import.0, window: o.window })
}

#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the index is an i32: the low half of its cell")]
pub(crate) fn call_table<M: Meter>(m: &mut Machine<'_, M>, o: CallTable) -> Result<Gone, Stop> {
    let index = m.read(o.index) as u32;
    let table = &m.state.tables[o.table.0 as usize];
    let element = *table.get(index as usize).ok_or(Trap::TableOutOfBounds)?;
    let func = element.checked_sub(1).ok_or(Trap::IndirectCallToNull)?;
    let header = m.state.module.header();
    if header.canonical_func_type(func) != Some(o.ty.0) {
        return Err(Stop::Trap(Trap::IndirectCallTypeMismatch));
    }
    if func < header.imported_funcs() {
        return Err(Stop::HostCall { import: func, window: o.window });
    }
    m.enter(func, o.window, CallTable::UNITS)
}

#[inline(always)]
pub(crate) fn return_none<M: Meter>(m: &mut Machine<'_, M>, _: Bare) -> Result<Gone, Stop> {
    m.leave(Window(0), 0)
}

#[inline(always)]
pub(crate) fn return_one<M: Meter>(m: &mut Machine<'_, M>, o: Result1) -> Result<Gone, Stop> {
    m.leave(Window(o.src.0), 1)
}

#[inline(always)]
pub(crate) fn return_span<M: Meter>(m: &mut Machine<'_, M>, o: Results) -> Result<Gone, Stop> {
    m.leave(o.from, o.len.0 as usize)
}

/// Every call ends in `window, after`, which is what a return reads in front of its address.
const _: () = {
    const fn after_is_last<S: Shape>() -> bool {
        S::UNITS > 3
    }
    assert!(after_is_last::<CallFunc>() && after_is_last::<CallHost>() && after_is_last::<CallTable>());
    assert!(size_of::<Charge>() == 4 && size_of::<Dst>() == 2);
};
