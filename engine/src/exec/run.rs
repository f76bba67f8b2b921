//! Runs: many iterations of a loop that copies or fills memory, done at once. See `translate::run` for
//! what loops they stand in; docs/GAS.md knows nothing of them, since they cost what the iterations cost.

use super::machine::Machine;
use super::meter::Meter;
use super::numeric::extended;
use crate::isa::Opcode;
use crate::isa::field::{Charge, Dst, Field, Imm32, Src};
use crate::isa::run::{FROM_HAS_INDEX, LIMIT_IS_CELL, TO_HAS_INDEX, WHILE_LESS};
use crate::isa::shape::{RunMemory, Shape};

/// Iterations below which a run costs more than it saves.
const ITERATIONS_MIN: u64 = 4;

#[inline(always)]
pub(crate) fn copy_run<const BYTES: u64, M: Meter>(m: &mut Machine<'_, M>, o: RunMemory) {
    let Some((run, from)) = copy_due::<BYTES, M>(m, o) else { return };
    if m.move_memory(run.to, from, run.count * BYTES) {
        run.finish(m, o);
    }
}

#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "an 8-bit store takes the low byte of its cell")]
pub(crate) fn fill_run<M: Meter>(m: &mut Machine<'_, M>, o: RunMemory) {
    let Some(run) = fill_due(m, o) else { return };
    let value = m.read(o.from) as u8;
    if m.fill_memory(run.to, value, run.count) {
        run.finish(m, o);
    }
}

/// Whether the run at the instruction pointer does any iteration, for a backend that does them elsewhere.
#[inline(always)]
pub(crate) fn is_run_due<M: Meter>(m: &Machine<'_, M>, opcode: Opcode) -> bool {
    let o = m.fetch();
    match opcode {
        Opcode::CopyRun8 => copy_due::<1, M>(m, o).is_some(),
        Opcode::CopyRun32 => copy_due::<4, M>(m, o).is_some(),
        Opcode::CopyRun64 => copy_due::<8, M>(m, o).is_some(),
        _ => fill_due(m, o).is_some(),
    }
}

/// What a copying run does, if it is worth it, and from where.
#[inline(always)]
fn copy_due<const BYTES: u64, M: Meter>(m: &Machine<'_, M>, o: RunMemory) -> Option<(Run, u64)> {
    let mut run = Run::of::<BYTES, M>(m, o);
    let from = address(m, o.from, o.from_index, o.form.0 & FROM_HAS_INDEX != 0, o.from_plus, o.from_offset.0);
    run.count = run.count.min(room(m, from, BYTES));
    // Element by element is what `memmove` does, unless what was written is read again.
    if from < run.to {
        run.count = run.count.min((run.to - from) / BYTES);
    }
    (run.count >= ITERATIONS_MIN).then_some((run, from))
}

/// What a filling run does, if it is worth it.
#[inline(always)]
fn fill_due<M: Meter>(m: &Machine<'_, M>, o: RunMemory) -> Option<Run> {
    let run = Run::of::<1, M>(m, o);
    (run.count >= ITERATIONS_MIN).then_some(run)
}

struct Run {
    to: u64,
    /// What an iteration costs.
    cost: u64,
    /// Iterations that would follow each other, can be paid, and stay in memory where they write.
    count: u64,
}

impl Run {
    #[inline(always)]
    fn of<const BYTES: u64, M: Meter>(m: &Machine<'_, M>, o: RunMemory) -> Self {
        let to = address(m, o.to, o.to_index, o.form.0 & TO_HAS_INDEX != 0, o.to_plus, o.to_offset.0);
        let cost = u64::from(o.charge.0) + u64::from(o.charge_too.0);
        let count = following(m, o).min(room(m, to, BYTES));
        // Mostly all of them can be paid, and a product takes less time than a quotient. There are fewer than 2^32 of them:
        // with a cost of 32 bits the product fits. A wider one would be a call in WebAssembly.
        let all_affordable = cost <= u64::from(u32::MAX) && count * cost <= m.fuel;
        // Only a table of zeros (`PriceTable::free`), which no chain has, makes iterations free.
        let affordable = if all_affordable { count } else { m.fuel.checked_div(cost).unwrap_or(u64::MAX) };
        Self { to, cost, count: count.min(affordable) }
    }

    /// Pays for the iterations that have been done, and counts their cells on.
    #[inline(always)]
    fn finish<M: Meter>(&self, m: &mut Machine<'_, M>, o: RunMemory) {
        let count = self.count;
        m.fuel -= count * self.cost;
        for _ in 0..M::times(count) {
            m.meter_block(RunMemory::UNITS - 2 * Charge::UNITS);
            m.meter_block(RunMemory::UNITS - Charge::UNITS);
        }
        for (cell, by) in [(o.first, o.first_by), (o.second, o.second_by), (o.third, o.third_by)] {
            if by.0 != 0 {
                step(m, cell, by, count);
            }
        }
    }
}

/// Iterations that follow: how often the loop's condition will hold from now on.
#[inline(always)]
fn following<M: Meter>(m: &Machine<'_, M>, o: RunMemory) -> u64 {
    let counter = m.read_i32(o.counter).wrapping_add(o.counter_plus.0.cast_unsigned());
    let limit = if o.form.0 & LIMIT_IS_CELL == 0 { o.limit_plus.0.cast_unsigned() } else { m.read_i32(o.limit) };
    let by = o.counter_by.0;
    if o.form.0 & WHILE_LESS != 0 {
        // Rounded down: the last iteration may be left to the loop.
        return if by > 0 && counter < limit { u64::from((limit - counter) / by.cast_unsigned()) } else { 0 };
    }
    let away = if by > 0 { limit.wrapping_sub(counter) } else { counter.wrapping_sub(limit) };
    let by = by.unsigned_abs();
    // Mostly it counts by one, and a quotient takes its time.
    if by == 1 {
        return u64::from(away);
    }
    // A counter that steps over its limit goes round: that is left to the loop.
    if by != 0 && away % by == 0 { u64::from(away / by) } else { 0 }
}

/// Where the next iteration accesses memory.
#[inline(always)]
fn address<M: Meter>(m: &Machine<'_, M>, cell: Src, index: Src, has_index: bool, plus: Imm32, offset: u32) -> u64 {
    let index = if has_index { m.read_i32(index) } else { 0 };
    let start = m.read_i32(cell).wrapping_add(index).wrapping_add(plus.0.cast_unsigned());
    u64::from(start) + u64::from(offset)
}

/// How many elements there are from an address to the end of memory, or of what is ready of it.
#[inline(always)]
fn room<M: Meter>(m: &Machine<'_, M>, address: u64, bytes: u64) -> u64 {
    m.memory_room(address) / bytes
}

#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "i32 arithmetic is modulo 2^32")]
fn step<M: Meter>(m: &mut Machine<'_, M>, cell: Dst, by: Imm32, count: u64) {
    let more = extended(by).wrapping_mul(count) as u32;
    let value = m.read_i32(Src(cell.0)).wrapping_add(more);
    m.write(cell, u64::from(value));
}
