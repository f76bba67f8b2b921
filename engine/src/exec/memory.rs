//! Linear memory. The order of a bulk operation is that of docs/GAS.md: the operands are checked
//! (a trap, or -1), then what will be done is paid for, then it is done.

use super::machine::Machine;
use super::meter::Meter;
use super::numeric::extended;
use super::stop::Stop;
use crate::gas::GasClass;
use crate::isa::shape::{Bulk, BulkData, Copy1, OneData, OneDst, Read, Write, WriteImm};
use crate::num::Load;
use crate::trap::Trap;

#[inline(always)]
pub(crate) fn load<L: Load, M: Meter>(m: &mut Machine<'_, M>, o: Read) -> Result<(), Stop> {
    let bytes = m.load::<L::Bytes>(m.read_first(o.address), o.offset.0)?;
    m.write(o.dst, L::extend(bytes));
    Ok(())
}

#[inline(always)]
pub(crate) fn store<const BYTES: usize, M: Meter>(m: &mut Machine<'_, M>, o: Write) -> Result<(), Stop> {
    m.store::<BYTES>(m.read(o.address), o.offset.0, m.read_first(o.value))
}

#[inline(always)]
pub(crate) fn store_imm<const BYTES: usize, M: Meter>(m: &mut Machine<'_, M>, o: WriteImm) -> Result<(), Stop> {
    m.store::<BYTES>(m.read_first(o.address), o.offset.0, extended(o.imm))
}

#[inline(always)]
pub(crate) fn memory_size<M: Meter>(m: &mut Machine<'_, M>, o: OneDst) {
    let pages = m.state.memory.pages();
    m.write(o.dst, u64::from(pages));
}

#[inline(always)]
pub(crate) fn memory_grow<M: Meter>(m: &mut Machine<'_, M>, o: Copy1) -> Result<(), Stop> {
    let (before, more) = (m.state.memory.pages(), low(m.read(o.src)));
    if !m.state.memory.may_grow(more) {
        m.write(o.dst, u64::from(u32::MAX));
        return Ok(());
    }
    m.pay_units(GasClass::PageGrown, u64::from(more))?;
    m.state.memory.grow(more);
    m.refresh_memory();
    m.write(o.dst, u64::from(before));
    Ok(())
}

#[inline(always)]
pub(crate) fn memory_copy<M: Meter>(m: &mut Machine<'_, M>, o: Bulk) -> Result<(), Stop> {
    let (to, from, len) = (low(m.read(o.first)), low(m.read(o.second)), low(m.read(o.third)));
    check(m, to, len)?;
    check(m, from, len)?;
    m.pay_units(GasClass::ByteMoved, u64::from(len))?;
    m.state.memory.copy(to, from, len as usize).ok_or(Trap::MemoryOutOfBounds)?;
    m.refresh_memory();
    Ok(())
}

#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the value is the low byte of its cell")]
pub(crate) fn memory_fill<M: Meter>(m: &mut Machine<'_, M>, o: Bulk) -> Result<(), Stop> {
    let (to, value, len) = (low(m.read(o.first)), m.read(o.second) as u8, low(m.read(o.third)));
    check(m, to, len)?;
    m.pay_units(GasClass::ByteMoved, u64::from(len))?;
    if let Some(span) = m.state.memory.span_mut(to, len as usize) {
        span.fill(value);
    }
    m.refresh_memory();
    Ok(())
}

#[inline(always)]
pub(crate) fn memory_init<M: Meter>(m: &mut Machine<'_, M>, o: BulkData) -> Result<(), Stop> {
    let (to, from, len) = (low(m.read(o.first)), low(m.read(o.second)), low(m.read(o.third)));
    check(m, to, len)?;
    let end = (from as usize).checked_add(len as usize).ok_or(Trap::MemoryOutOfBounds)?;
    m.state.data(o.data.0).get(from as usize..end).ok_or(Trap::MemoryOutOfBounds)?;
    m.pay_units(GasClass::ByteMoved, u64::from(len))?;
    let state = &mut *m.state;
    let bytes = super::state::data(&state.module, &state.dropped, o.data.0);
    if let (Some(to), Some(bytes)) = (state.memory.span_mut(to, len as usize), bytes.get(from as usize..end)) {
        to.copy_from_slice(bytes);
    }
    m.refresh_memory();
    Ok(())
}

#[inline(always)]
pub(crate) fn data_drop<M: Meter>(m: &mut Machine<'_, M>, o: OneData) {
    m.state.dropped[o.data.0 as usize] = true;
}

#[inline(always)]
fn check<M: Meter>(m: &Machine<'_, M>, offset: u32, len: u32) -> Result<(), Trap> {
    m.state.memory.contains(offset, len as usize).then_some(()).ok_or(Trap::MemoryOutOfBounds)
}

#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "an i32 is the low half of its cell")]
fn low(cell: u64) -> u32 {
    cell as u32
}
