//! Calls and returns.

use super::machine::{Callee, Gone, Machine};
use super::meter::Meter;
use super::stop::{HostCall, Stop};
use crate::isa::Opcode;
use crate::isa::field::{Charge, Field, Signature, Src, Table, Type, Window};
use crate::isa::shape::{Bare, CallFunc, CallHost, CallTable, Result1, Results, Shape, TailFunc, TailTable};
use crate::reference::Referent;
use crate::trap::Trap;

#[inline(always)]
pub(crate) fn call_func<M: Meter>(m: &mut Machine<'_, M>, o: CallFunc) -> Result<Gone, Stop> {
    let callee = m.callee(o.func.0)?;
    m.enter(callee, o.window, CallFunc::UNITS, |_| ())
}

/// The instruction pointer stays here: resuming pays for what comes behind, then goes on there.
#[inline(always)]
pub(crate) fn call_host<M: Meter>(_: &mut Machine<'_, M>, o: CallHost) -> Result<Gone, Stop> {
    Err(Stop::HostCall(HostCall { import: o.import.0, signature: o.signature, window: o.window }))
}

#[inline(always)]
pub(crate) fn call_table<M: Meter>(m: &mut Machine<'_, M>, o: CallTable) -> Result<Gone, Stop> {
    let callee = callee_seen_before(m, o.index, o.table, o.ty)?;
    m.enter(callee, o.window, CallTable::UNITS, |_| ())
}

#[inline(always)]
pub(crate) fn tail_func<M: Meter>(m: &mut Machine<'_, M>, o: TailFunc) -> Result<Gone, Stop> {
    let callee = m.callee(o.func.0)?;
    m.replace(callee, o.from, o.len.0 as usize)
}

#[inline(always)]
pub(crate) fn tail_table<M: Meter>(m: &mut Machine<'_, M>, o: TailTable) -> Result<Gone, Stop> {
    let callee = callee_seen_before(m, o.index, o.table, o.ty)?;
    m.replace(callee, o.from, o.len.0 as usize)
}

/// The function that an element of a table refers to, if it is one of this instance that has been called
/// before. Of the rest [`callee_of_table`] makes sense.
#[inline(always)]
fn callee_seen_before<M: Meter>(m: &Machine<'_, M>, index: Src, table: Table, ty: Type) -> Result<Callee, Stop> {
    let element = m.element(table, m.read_i32(index)).ok_or(Trap::TableOutOfBounds)?;
    let Referent::Own(func) = m.state.tag.referent(element) else { return Err(Stop::Unprepared) };
    // Elements are what the guest stored: the index may be any number.
    let callee = m.callee(func)?;
    if callee.ty == ty.0 { Ok(callee) } else { Err(Trap::IndirectCallTypeMismatch.into()) }
}

/// The defined function that an element of a table refers to, if it has the expected type. A host function
/// has no code, and what belongs to another instance is for those who run several: both are exits.
pub(super) fn callee_of_table<M: Meter>(
    m: &Machine<'_, M>,
    index: Src,
    table: Table,
    ty: Type,
    window: Window,
) -> Result<u32, Stop> {
    let element = m.element(table, m.read_i32(index)).ok_or(Trap::TableOutOfBounds)?;
    let func = match m.state.tag.referent(element) {
        Referent::Own(func) => func,
        Referent::Null => return Err(Trap::IndirectCallToNull.into()),
        Referent::Foreign => return Err(Stop::ForeignCall { element, ty: ty.0, window }),
    };
    let header = m.state.module.header();
    if header.canonical_func_type(func) != Some(ty.0) {
        return Err(Trap::IndirectCallTypeMismatch.into());
    }
    if func < header.imported_funcs() {
        let signature = header.signature(ty.0).unwrap_or(Signature::LONG);
        return Err(Stop::HostCall(HostCall { import: func, signature, window }));
    }
    Ok(func)
}

/// Pays for what comes behind the call at the instruction pointer, whose callee was somebody else and has answered,
/// and moves there.
#[inline(always)]
pub(crate) fn after_call<M: Meter>(m: &mut Machine<'_, M>) -> Result<(), Stop> {
    let (charge, units) = match m.opcode() {
        Opcode::CallHost => (m.fetch::<CallHost>().after, CallHost::UNITS),
        Opcode::CallTable => (m.fetch::<CallTable>().after, CallTable::UNITS),
        // What follows returns what the callee has answered: that is this function's own block.
        _ => (Charge(0), TailTable::UNITS),
    };
    m.pay(charge, units - Charge::UNITS)?;
    m.advance(units);
    Ok(())
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
    assert!(size_of::<Charge>() == 4 && size_of::<Window>() == 2);
};
