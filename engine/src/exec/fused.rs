//! Instructions that do what two do: see [`isa::fusion`](crate::isa::fusion). Each has the effect of the
//! two in their order; one that can stop does so before it has any effect, or where the second would
//! have stopped, so that a run can go on from there. An access to memory may have to wait; then the instruction runs again,
//! and what it has done before must not matter ([`Machine::expect_to_load`], [`Machine::expect_to_store`]).

use super::control::either;
use super::machine::{Gone, Machine};
use super::meter::Meter;
use super::numeric::{extended, right};
use super::stop::Stop;
use crate::isa::field::{Charge, Dst, Field, Imm32, Src, Target, Window};
use crate::isa::shape::{
    ConstCall, CopyCall, CopyTwo, CopyTwoCall, GetGlobalRi, ReadAbsolute, ReadBr, ReadPut, ReadPutTwo, ReadThenI,
    ReadThenR, RiBr, RiCall, RiPut, RiRead, RiReadPut, RiThenI, RiThenR, RiTwo, RiWrite, RiWriteTwo, RrPut, RrRead,
    RrReadPut, RrThenI, RrThenR, RrWrite, SetGlobalReturn, SetGlobalRi, Shape, StepBr, StepGlobal, StepI, StepR,
    StepTurnI, StepTurnR, TurnI, TurnR, WriteAbsolute, WriteImmAbsolute, WriteImmTwo, WriteTwo,
};
use crate::num::{Binary, Compare, Load};

#[inline(always)]
fn of_rr<Op: Binary, M: Meter>(m: &Machine<'_, M>, lhs: Src, rhs: Src) -> u64 {
    Op::apply(m.read_first(lhs), right::<Op, M>(m, rhs))
}

#[inline(always)]
fn of_ri<Op: Binary, M: Meter>(m: &Machine<'_, M>, lhs: Src, imm: Imm32) -> u64 {
    Op::apply(m.read_first(lhs), extended(imm))
}

#[inline(always)]
pub(crate) fn ri_then_r<First: Binary, Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: RiThenR) {
    let first = of_ri::<First, M>(m, o.lhs, o.imm);
    m.write(o.dst, Op::apply(first, right::<Op, M>(m, o.then)));
}

#[inline(always)]
pub(crate) fn rr_then_i<First: Binary, Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: RrThenI) {
    let first = of_rr::<First, M>(m, o.lhs, o.rhs);
    m.write(o.dst, Op::apply(first, extended(o.then)));
}

#[inline(always)]
pub(crate) fn ri_then_i<First: Binary, Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: RiThenI) {
    let first = of_ri::<First, M>(m, o.lhs, o.imm);
    m.write(o.dst, Op::apply(first, extended(o.then)));
}

#[inline(always)]
pub(crate) fn rr_then_r<First: Binary, Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: RrThenR) {
    let first = of_rr::<First, M>(m, o.lhs, o.rhs);
    m.write(o.dst, Op::apply(first, right::<Op, M>(m, o.then)));
}

#[inline(always)]
pub(crate) fn compare_then_r<First: Compare, Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: RrThenR) {
    let holds = First::holds(m.read_first(o.lhs), m.read(o.rhs));
    m.write(o.dst, Op::apply(u64::from(holds), right::<Op, M>(m, o.then)));
}

/// The comparison is the second operator's right operand.
#[inline(always)]
pub(crate) fn compare_from_r<First: Compare, Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: RrThenR) {
    let holds = First::holds(m.read_first(o.lhs), m.read(o.rhs));
    m.write(o.dst, Op::apply(m.read(o.then), u64::from(holds)));
}

#[inline(always)]
pub(crate) fn load_then_r<L: Load, Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: ReadThenR) -> Result<(), Stop> {
    let loaded = L::extend(m.load(m.read_first(o.address), o.offset.0)?);
    m.write(o.dst, Op::apply(loaded, right::<Op, M>(m, o.then)));
    Ok(())
}

#[inline(always)]
pub(crate) fn load_then_i<L: Load, Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: ReadThenI) -> Result<(), Stop> {
    let loaded = L::extend(m.load(m.read_first(o.address), o.offset.0)?);
    m.write(o.dst, Op::apply(loaded, extended(o.then)));
    Ok(())
}

#[inline(always)]
pub(crate) fn load_at_rr<At: Binary, L: Load, M: Meter>(m: &mut Machine<'_, M>, o: RrRead) -> Result<(), Stop> {
    let bytes = m.load(of_rr::<At, M>(m, o.lhs, o.rhs), o.offset.0)?;
    m.write(o.dst, L::extend(bytes));
    Ok(())
}

#[inline(always)]
pub(crate) fn load_at_ri<At: Binary, L: Load, M: Meter>(m: &mut Machine<'_, M>, o: RiRead) -> Result<(), Stop> {
    let bytes = m.load(of_ri::<At, M>(m, o.lhs, o.imm), o.offset.0)?;
    m.write(o.dst, L::extend(bytes));
    Ok(())
}

#[inline(always)]
pub(crate) fn store_at_rr<At: Binary, const BYTES: usize, M: Meter>(
    m: &mut Machine<'_, M>,
    o: RrWrite,
) -> Result<(), Stop> {
    m.store::<BYTES>(of_rr::<At, M>(m, o.lhs, o.rhs), o.offset.0, m.read(o.value))
}

#[inline(always)]
pub(crate) fn store_at_ri<At: Binary, const BYTES: usize, M: Meter>(
    m: &mut Machine<'_, M>,
    o: RiWrite,
) -> Result<(), Stop> {
    m.store::<BYTES>(of_ri::<At, M>(m, o.lhs, o.imm), o.offset.0, m.read(o.value))
}

#[inline(always)]
pub(crate) fn store_of_rr<Op: Binary, const BYTES: usize, M: Meter>(
    m: &mut Machine<'_, M>,
    o: RrPut,
) -> Result<(), Stop> {
    m.store::<BYTES>(m.read(o.address), o.offset.0, of_rr::<Op, M>(m, o.lhs, o.rhs))
}

#[inline(always)]
pub(crate) fn store_of_ri<Op: Binary, const BYTES: usize, M: Meter>(
    m: &mut Machine<'_, M>,
    o: RiPut,
) -> Result<(), Stop> {
    m.store::<BYTES>(m.read(o.address), o.offset.0, of_ri::<Op, M>(m, o.lhs, o.imm))
}

#[inline(always)]
pub(crate) fn move_bytes<L: Load, const BYTES: usize, M: Meter>(
    m: &mut Machine<'_, M>,
    o: ReadPut,
) -> Result<(), Stop> {
    let bytes = m.load(m.read_first(o.from), o.from_offset.0)?;
    m.store::<BYTES>(m.read(o.address), o.offset.0, L::extend(bytes))
}

#[inline(always)]
pub(crate) fn move_bytes_rr<At: Binary, L: Load, const BYTES: usize, M: Meter>(
    m: &mut Machine<'_, M>,
    o: RrReadPut,
) -> Result<(), Stop> {
    let bytes = m.load(of_rr::<At, M>(m, o.lhs, o.rhs), o.from_offset.0)?;
    m.store::<BYTES>(m.read(o.address), o.offset.0, L::extend(bytes))
}

#[inline(always)]
pub(crate) fn move_bytes_ri<At: Binary, L: Load, const BYTES: usize, M: Meter>(
    m: &mut Machine<'_, M>,
    o: RiReadPut,
) -> Result<(), Stop> {
    let bytes = m.load(of_ri::<At, M>(m, o.lhs, o.imm), o.from_offset.0)?;
    m.store::<BYTES>(m.read(o.address), o.offset.0, L::extend(bytes))
}

#[inline(always)]
pub(crate) fn move_bytes_two<L: Load, const BYTES: usize, M: Meter>(
    m: &mut Machine<'_, M>,
    o: ReadPutTwo,
) -> Result<(), Stop> {
    // To move the first bytes twice is not the same as once, if they overlap.
    m.expect_to_load::<BYTES>(m.read(o.second_from), o.second_from_offset.0)?;
    m.expect_to_store::<BYTES>(m.read(o.second_address), o.second_offset.0)?;
    let bytes = m.load(m.read_first(o.from), o.from_offset.0)?;
    m.store::<BYTES>(m.read(o.address), o.offset.0, L::extend(bytes))?;
    let bytes = m.load(m.read(o.second_from), o.second_from_offset.0)?;
    m.store::<BYTES>(m.read(o.second_address), o.second_offset.0, L::extend(bytes))
}

#[inline(always)]
pub(crate) fn store_at_ri_two<At: Binary, const BYTES: usize, M: Meter>(
    m: &mut Machine<'_, M>,
    o: RiWriteTwo,
) -> Result<(), Stop> {
    m.store::<BYTES>(of_ri::<At, M>(m, o.lhs, o.imm), o.offset.0, m.read(o.value))?;
    let address = At::apply(m.read(o.second_lhs), extended(o.second_imm));
    m.store::<BYTES>(address, o.second_offset.0, m.read(o.second_value))
}

#[inline(always)]
pub(crate) fn store_two<const BYTES: usize, M: Meter>(m: &mut Machine<'_, M>, o: WriteTwo) -> Result<(), Stop> {
    m.store::<BYTES>(m.read(o.address), o.offset.0, m.read_first(o.value))?;
    m.store::<BYTES>(m.read(o.second_address), o.second_offset.0, m.read(o.second_value))
}

#[inline(always)]
pub(crate) fn store_imm_two<const BYTES: usize, M: Meter>(m: &mut Machine<'_, M>, o: WriteImmTwo) -> Result<(), Stop> {
    m.store::<BYTES>(m.read_first(o.address), o.offset.0, extended(o.imm))?;
    m.store::<BYTES>(m.read(o.second_address), o.second_offset.0, extended(o.second_imm))
}

#[inline(always)]
pub(crate) fn ri_two<Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: RiTwo) {
    m.write(o.dst, of_ri::<Op, M>(m, o.lhs, o.imm));
    m.write(Dst(o.second.0), Op::apply(m.read(o.second_lhs), extended(o.second_imm)));
}

#[inline(always)]
pub(crate) fn br_if_load<L: Load, Op: Compare, M: Meter>(m: &mut Machine<'_, M>, o: ReadBr) -> Result<Gone, Stop> {
    let loaded = L::extend(m.load(m.read_first(o.address), o.offset.0)?);
    either::<ReadBr, M>(m, Op::holds(loaded, extended(o.imm)), o.target, o.taken, o.fallthrough)
}

#[inline(always)]
pub(crate) fn br_if_computed<First: Binary, Op: Compare, M: Meter>(
    m: &mut Machine<'_, M>,
    o: RiBr,
) -> Result<Gone, Stop> {
    let first = of_ri::<First, M>(m, o.lhs, o.with);
    either::<RiBr, M>(m, Op::holds(first, extended(o.imm)), o.target, o.taken, o.fallthrough)
}

/// Counts on once the branch is paid for: one that cannot be paid has no effect.
#[inline(always)]
pub(crate) fn step_br_rr<Count: Binary, Op: Compare, M: Meter>(m: &mut Machine<'_, M>, o: StepR) -> Result<Gone, Stop> {
    let count = of_ri::<Count, M>(m, o.from, o.by);
    let gone = either::<StepR, M>(m, Op::holds(count, m.read(o.rhs)), o.target, o.taken, o.fallthrough)?;
    m.write(o.dst, count);
    Ok(gone)
}

#[inline(always)]
pub(crate) fn step_br_ri<Count: Binary, Op: Compare, M: Meter>(m: &mut Machine<'_, M>, o: StepI) -> Result<Gone, Stop> {
    let count = of_ri::<Count, M>(m, o.from, o.by);
    let gone = either::<StepI, M>(m, Op::holds(count, extended(o.imm)), o.target, o.taken, o.fallthrough)?;
    m.write(o.dst, count);
    Ok(gone)
}

#[inline(always)]
pub(crate) fn step_br<Count: Binary, M: Meter>(m: &mut Machine<'_, M>, o: StepBr) -> Result<Gone, Stop> {
    m.pay(o.charge, StepBr::UNITS - Charge::UNITS)?;
    m.write(o.dst, of_ri::<Count, M>(m, o.from, o.by));
    m.branch(o.target);
    Ok(Gone)
}

/// The ways out of a branch at a loop's head, as a turn carries them in its last fields.
struct Ways {
    target: Target,
    taken: Charge,
    body: Target,
    fallthrough: Charge,
    head: Target,
}

/// Units of the last fields of a turn, from its end: the head and its charge, the body and its charge, the
/// branch's target and its charge.
const TAKEN_FROM_END: usize = 3 * Charge::UNITS + 2 * Target::UNITS;
const FALLTHROUGH_FROM_END: usize = 2 * Charge::UNITS + Target::UNITS;

/// Goes the way that the branch at the loop's head goes, which the caller has paid to enter. Where that
/// way cannot be paid, the run stops at the branch itself.
#[inline(always)]
fn turn<S: Shape, M: Meter>(m: &mut Machine<'_, M>, holds: bool, ways: Ways) -> Result<Gone, Stop> {
    if holds {
        turn_to::<S, M>(m, ways.taken, TAKEN_FROM_END, ways.target, ways.head)
    } else {
        turn_to::<S, M>(m, ways.fallthrough, FALLTHROUGH_FROM_END, ways.body, ways.head)
    }
}

#[inline(always)]
fn turn_to<S: Shape, M: Meter>(
    m: &mut Machine<'_, M>,
    charge: Charge,
    site_from_end: usize,
    target: Target,
    head: Target,
) -> Result<Gone, Stop> {
    if let Err(stop) = m.pay(charge, S::UNITS - site_from_end) {
        m.branch(head);
        return Err(stop);
    }
    m.branch(target);
    Ok(Gone)
}

macro_rules! ways {
    ($o:ident) => {
        Ways { target: $o.target, taken: $o.taken, body: $o.body, fallthrough: $o.fallthrough, head: $o.head }
    };
}

#[inline(always)]
pub(crate) fn turn_rr<Op: Compare, M: Meter>(m: &mut Machine<'_, M>, o: TurnR) -> Result<Gone, Stop> {
    m.pay(o.charge, TurnR::UNITS - Charge::UNITS)?;
    let holds = Op::holds(m.read_first(o.lhs), m.read(o.rhs));
    turn::<TurnR, M>(m, holds, ways!(o))
}

#[inline(always)]
pub(crate) fn turn_ri<Op: Compare, M: Meter>(m: &mut Machine<'_, M>, o: TurnI) -> Result<Gone, Stop> {
    m.pay(o.charge, TurnI::UNITS - Charge::UNITS)?;
    let holds = Op::holds(m.read_first(o.lhs), extended(o.imm));
    turn::<TurnI, M>(m, holds, ways!(o))
}

#[inline(always)]
pub(crate) fn step_turn_rr<Count: Binary, Op: Compare, M: Meter>(
    m: &mut Machine<'_, M>,
    o: StepTurnR,
) -> Result<Gone, Stop> {
    m.pay(o.charge, StepTurnR::UNITS - Charge::UNITS)?;
    m.write(o.dst, of_ri::<Count, M>(m, o.from, o.by));
    // Read again, so that the fields need not be kept in registers across the write.
    let o: StepTurnR = m.fetch();
    let holds = Op::holds(m.read(o.lhs), m.read(o.rhs));
    turn::<StepTurnR, M>(m, holds, ways!(o))
}

#[inline(always)]
pub(crate) fn step_turn_ri<Count: Binary, Op: Compare, M: Meter>(
    m: &mut Machine<'_, M>,
    o: StepTurnI,
) -> Result<Gone, Stop> {
    m.pay(o.charge, StepTurnI::UNITS - Charge::UNITS)?;
    m.write(o.dst, of_ri::<Count, M>(m, o.from, o.by));
    // Read again, so that the fields need not be kept in registers across the write.
    let o: StepTurnI = m.fetch();
    let holds = Op::holds(m.read(o.lhs), extended(o.imm));
    turn::<StepTurnI, M>(m, holds, ways!(o))
}

#[inline(always)]
pub(crate) fn global_add<Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: GetGlobalRi) {
    m.write(o.dst, Op::apply(m.global(o.global), extended(o.imm)));
}

#[inline(always)]
pub(crate) fn global_set_sum<Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: SetGlobalRi) {
    m.set_global(o.global, of_ri::<Op, M>(m, o.lhs, o.imm));
}

#[inline(always)]
pub(crate) fn step_global<Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: StepGlobal) {
    let value = Op::apply(m.global(o.from), extended(o.imm));
    m.write(o.dst, value);
    m.set_global(o.global, value);
}

#[inline(always)]
pub(crate) fn load_absolute<L: Load, M: Meter>(m: &mut Machine<'_, M>, o: ReadAbsolute) -> Result<(), Stop> {
    let bytes = m.load(0, o.offset.0)?;
    m.write(o.dst, L::extend(bytes));
    Ok(())
}

#[inline(always)]
pub(crate) fn store_absolute<const BYTES: usize, M: Meter>(
    m: &mut Machine<'_, M>,
    o: WriteAbsolute,
) -> Result<(), Stop> {
    m.store::<BYTES>(0, o.offset.0, m.read_first(o.value))
}

#[inline(always)]
pub(crate) fn store_imm_absolute<const BYTES: usize, M: Meter>(
    m: &mut Machine<'_, M>,
    o: WriteImmAbsolute,
) -> Result<(), Stop> {
    m.store::<BYTES>(0, o.offset.0, extended(o.imm))
}

/// A return that cannot be paid has no effect: that is found out before the global is set.
#[inline(always)]
pub(crate) fn global_set_return<Op: Binary, M: Meter>(
    m: &mut Machine<'_, M>,
    o: SetGlobalReturn,
) -> Result<Gone, Stop> {
    let value = of_ri::<Op, M>(m, o.lhs, o.imm);
    let gone = m.leave(Window(0), 0)?;
    m.set_global(o.global, value);
    Ok(gone)
}

/// Cells are written once the call comes about: one that has to wait, or cannot be paid, has no effect.
#[inline(always)]
pub(crate) fn copy_call<M: Meter>(m: &mut Machine<'_, M>, o: CopyCall) -> Result<Gone, Stop> {
    let callee = m.callee(o.func.0)?;
    m.enter(callee, o.window, CopyCall::UNITS, |m| m.write(o.dst, m.read_first(o.src)))
}

#[inline(always)]
pub(crate) fn copy_two_call<M: Meter>(m: &mut Machine<'_, M>, o: CopyTwoCall) -> Result<Gone, Stop> {
    let callee = m.callee(o.func.0)?;
    let copies = CopyTwo { dst: o.dst, src: o.src, second: o.second, second_src: o.second_src };
    m.enter(callee, o.window, CopyTwoCall::UNITS, |m| copy_two(m, copies))
}

#[inline(always)]
pub(crate) fn const_call<M: Meter>(m: &mut Machine<'_, M>, o: ConstCall) -> Result<Gone, Stop> {
    let callee = m.callee(o.func.0)?;
    m.enter(callee, o.window, ConstCall::UNITS, |m| m.write(o.dst, extended(o.imm)))
}

#[inline(always)]
pub(crate) fn ri_call<Op: Binary, M: Meter>(m: &mut Machine<'_, M>, o: RiCall) -> Result<Gone, Stop> {
    let callee = m.callee(o.func.0)?;
    m.enter(callee, o.window, RiCall::UNITS, |m| m.write(o.dst, of_ri::<Op, M>(m, o.lhs, o.imm)))
}

/// Both at once: the emitter puts them in the order in which the first may be forwarded.
#[inline(always)]
pub(crate) fn copy_two<M: Meter>(m: &mut Machine<'_, M>, o: CopyTwo) {
    let (first, second) = (m.read_first(o.src), m.read(o.second_src));
    m.write(o.dst, first);
    m.write(Dst(o.second.0), second);
}
