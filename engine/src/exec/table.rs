//! References and tables. Bulk operators keep the order of docs/GAS.md: checked, paid, done.

use super::machine::Machine;
use super::meter::Meter;
use super::stop::Stop;
use crate::gas::GasClass;
use crate::isa::field::Table;
use crate::isa::shape::{
    FuncRef, OneElement, TableBulk, TableFromSegment, TableMore, TableOut, TableRead, TableToTable, TableWrite,
};
use crate::reference::{Element, reference};
use crate::trap::Trap;
use core::ops::Range;

#[inline(always)]
pub(crate) fn ref_func<M: Meter>(m: &mut Machine<'_, M>, o: FuncRef) {
    let element = reference(m.state.tag, o.func.0);
    m.write(o.dst, element);
}

#[inline(always)]
pub(crate) fn table_get<M: Meter>(m: &mut Machine<'_, M>, o: TableRead) -> Result<(), Trap> {
    let index = m.read_i32(o.index) as usize;
    let element = *elements(m, o.table).get(index).ok_or(Trap::TableOutOfBounds)?;
    m.write(o.dst, element);
    Ok(())
}

#[inline(always)]
pub(crate) fn table_set<M: Meter>(m: &mut Machine<'_, M>, o: TableWrite) -> Result<(), Trap> {
    let (index, value) = (m.read_i32(o.index) as usize, m.read(o.value));
    *elements(m, o.table).get_mut(index).ok_or(Trap::TableOutOfBounds)? = value;
    Ok(())
}

#[inline(always)]
pub(crate) fn table_size<M: Meter>(m: &mut Machine<'_, M>, o: TableOut) {
    let size = m.state.tables[o.table.0 as usize].size();
    m.write(o.dst, u64::from(size));
}

#[inline(always)]
pub(crate) fn table_grow<M: Meter>(m: &mut Machine<'_, M>, o: TableMore) -> Result<(), Stop> {
    let (value, more) = (m.read(o.value), m.read_i32(o.count));
    let table = &m.state.tables[o.table.0 as usize];
    let before = table.size();
    if !table.may_grow(more) {
        m.write(o.dst, u64::from(u32::MAX));
        return Ok(());
    }
    m.pay_units(GasClass::ElementMoved, u64::from(more))?;
    m.state.tables[o.table.0 as usize].grow(more, value);
    m.write(o.dst, u64::from(before));
    Ok(())
}

#[inline(always)]
pub(crate) fn table_fill<M: Meter>(m: &mut Machine<'_, M>, o: TableBulk) -> Result<(), Stop> {
    let (to, value, len) = (m.read_i32(o.first), m.read(o.second), m.read_i32(o.third));
    let to = span(to, len, elements(m, o.table).len())?;
    m.pay_units(GasClass::ElementMoved, u64::from(len))?;
    elements(m, o.table)[to].fill(value);
    Ok(())
}

#[inline(always)]
pub(crate) fn table_copy<M: Meter>(m: &mut Machine<'_, M>, o: TableToTable) -> Result<(), Stop> {
    let (to, from, len) = (m.read_i32(o.first), m.read_i32(o.second), m.read_i32(o.third));
    let to = span(to, len, elements(m, o.to).len())?;
    let from = span(from, len, elements(m, o.from).len())?;
    m.pay_units(GasClass::ElementMoved, u64::from(len))?;
    if o.to == o.from {
        elements(m, o.to).copy_within(from, to.start);
    } else {
        let [to_table, from_table] = m
            .state
            .tables
            .get_disjoint_mut([o.to.0 as usize, o.from.0 as usize])
            .expect("both tables exist and they differ; qed");
        to_table.elements_mut()[to].copy_from_slice(&from_table.elements_mut()[from]);
    }
    Ok(())
}

#[inline(always)]
pub(crate) fn table_init<M: Meter>(m: &mut Machine<'_, M>, o: TableFromSegment) -> Result<(), Stop> {
    let (to, from, len) = (m.read_i32(o.first), m.read_i32(o.second), m.read_i32(o.third));
    let to = span(to, len, elements(m, o.table).len())?;
    let segment = o.element.0 as usize;
    let from = span(from, len, m.state.segments[segment].len())?;
    m.pay_units(GasClass::ElementMoved, u64::from(len))?;
    let state = &mut *m.state;
    state.tables[o.table.0 as usize].elements_mut()[to].copy_from_slice(&state.segments[segment][from]);
    Ok(())
}

#[inline(always)]
pub(crate) fn elem_drop<M: Meter>(m: &mut Machine<'_, M>, o: OneElement) {
    m.state.segments[o.element.0 as usize] = alloc::vec::Vec::new();
}

#[inline(always)]
fn elements<'m, M: Meter>(m: &'m mut Machine<'_, M>, table: Table) -> &'m mut [Element] {
    m.state.tables[table.0 as usize].elements_mut()
}

/// A span of elements, if it lies inside.
#[inline(always)]
fn span(start: u32, len: u32, available: usize) -> Result<Range<usize>, Trap> {
    let end = (start as usize).checked_add(len as usize).filter(|end| *end <= available);
    Ok(start as usize..end.ok_or(Trap::TableOutOfBounds)?)
}
