//! The registers of the interpreter, and the only ways in which handlers touch memory with them: here code, cells, globals
//! and tables, in [`calls`] frames that open and close, in [`memory`] linear memory. See the facts V1 to V11 in
//! [`exec`](super).
#![allow(unsafe_code, reason = "see docs/UNSAFE.md")]

mod accumulator;
mod calls;
mod memory;

use self::accumulator::Accumulator;
pub(super) use self::calls::Callee;
use super::linear_memory;
use super::meter::Meter;
use super::stack::Place;
use super::state::State;
use super::stop::Stop;
use crate::gas::GasClass;
use crate::isa::field::{Charge, Dst, Field, Global, Slot, Src, Table, Target, Window};
use crate::isa::shape::Shape;
use crate::isa::{FORWARDED, HEAD_FLAG_BITS, Opcode, Unit};
use crate::reference::Element;
use crate::trap::Trap;

/// Control has gone where it was to go.
pub(crate) struct Gone;

/// The registers. Small and by value in the dispatch loop, so that they live in CPU registers.
pub(crate) struct Machine<'a, M> {
    ip: *const Unit,
    fp: *mut u64,
    memory: *mut u8,
    window: linear_memory::Window,
    accumulator: Accumulator,
    pub(super) fuel: u64,
    pub(super) state: &'a mut State,
    pub(super) meter: M,
}

/// A machine taken apart, for a backend that hands the registers on one by one: the instruction pointer,
/// the frame, linear memory, the accumulator, fuel, state.
#[cfg(all(vellum_tail_calls, not(debug_assertions)))]
pub(crate) type Parts = (*const Unit, *mut u64, *mut u8, u64, u64, *mut State);

#[cfg(all(vellum_tail_calls, not(debug_assertions)))]
impl<'a, M: Meter + Default> Machine<'a, M> {
    /// Puts a machine together again.
    ///
    /// # Safety
    /// The parts are those of one machine, and nobody has used the state since it was taken apart.
    #[inline(always)]
    pub(crate) unsafe fn from_parts((ip, fp, memory, accumulator, fuel, state): Parts) -> Self {
        // SAFETY: the machine that was taken apart had borrowed the state.
        let state = unsafe { &mut *state };
        let (window, accumulator) = (state.memory.window(), Accumulator::of(accumulator));
        Self { ip, fp, memory, window, accumulator, fuel, state, meter: M::default() }
    }

    #[inline(always)]
    pub(crate) fn into_parts(self) -> Parts {
        (
            self.ip,
            self.fp,
            self.memory,
            self.accumulator.get().unwrap_or_default(),
            self.fuel,
            core::ptr::from_mut(self.state),
        )
    }

    /// Ends the run as [`Machine::park`] does, and hands the state back, too.
    #[inline(always)]
    pub(crate) fn park_beside(mut self) -> (u64, &'a mut State) {
        self.note_place();
        (self.fuel, self.state)
    }
}

impl<'a, M: Meter> Machine<'a, M> {
    /// # Safety
    /// The place noted on the state's stack is an instruction of a verified function of the state's module, or of
    /// an entry stub for it, and a frame of it on that stack; every return address there points behind a call
    /// instruction of such code.
    #[inline(always)]
    pub(crate) unsafe fn new(fuel: u64, state: &'a mut State, meter: M) -> Self {
        let Place { ip, frame } = state.stack.place;
        debug_assert!(frame <= state.stack.cells().len());
        // Every address of a cell comes from the same base, and no slice of them is borrowed in between:
        // a new borrow would end the old addresses.
        let fp = state.stack.base().wrapping_add(frame);
        let (memory, window) = (core::ptr::null_mut(), linear_memory::Window::default());
        let mut machine = Self { ip, fp, memory, window, accumulator: Accumulator::default(), fuel, state, meter };
        machine.refresh_memory();
        machine
    }

    /// The same machine in locals of the function that asks for it. One that came as an argument came by its
    /// address, and would stay there.
    #[inline(always)]
    pub(crate) fn in_locals(self) -> Self {
        let Self { ip, fp, memory, window, accumulator, fuel, state, meter } = self;
        Self { ip, fp, memory, window, accumulator, fuel, state, meter }
    }

    /// Makes ready to run on from here. A run that goes on where one stopped has written nothing yet: what the
    /// instruction takes from the accumulator is put there.
    #[inline(always)]
    pub(crate) fn begin_run(&mut self) {
        if Accumulator::IS_KEPT && self.is_forwarded() {
            self.accumulator.set(self.first_operand());
        }
    }

    /// Whether what the instruction at the instruction pointer may take from the accumulator is there.
    pub(crate) fn is_accumulator_right(&self) -> bool {
        !self.is_forwarded() || self.accumulator.get().is_none_or(|value| value == self.first_operand())
    }

    #[inline(always)]
    fn is_forwarded(&self) -> bool {
        self.head() & FORWARDED != 0
    }

    #[cold]
    #[inline(never)]
    fn first_operand(&self) -> u64 {
        let read = self.opcode().shape().first_read();
        read.map_or(0, |read| self.read(Src::from_bits(self.field(read, Src::UNITS))))
    }

    /// Ends the run: notes on the stack where it stands, and returns the fuel.
    #[inline(always)]
    pub(crate) fn park(mut self) -> u64 {
        self.note_place();
        self.fuel
    }

    #[inline(always)]
    fn note_place(&mut self) {
        self.state.stack.place = Place { ip: self.ip, frame: self.frame() };
    }

    /// The opcode at the instruction pointer.
    #[inline(always)]
    pub(crate) fn opcode(&self) -> Opcode {
        let head = self.head();
        debug_assert!(Opcode::of_head(head).is_some());
        // SAFETY: V1 - the number is an opcode's, and the enum is `repr(u16)`.
        unsafe { core::mem::transmute::<u16, Opcode>(head >> HEAD_FLAG_BITS) }
    }

    /// The first unit at the instruction pointer.
    #[inline(always)]
    pub(crate) fn head(&self) -> Unit {
        // SAFETY: V7 - `ip` points to an instruction, which begins with its head.
        unsafe { *self.ip }
    }

    /// The operands at the instruction pointer.
    #[inline(always)]
    pub(crate) fn fetch<S: Shape>(&self) -> S {
        S::gather(|at, units| self.field(at, units))
    }

    /// `units` units at a distance from the instruction pointer, low unit first.
    #[inline(always)]
    pub(super) fn field(&self, at: usize, units: usize) -> u64 {
        // SAFETY: V1, V7 - the instruction at `ip` has as many units as its shape.
        let place = unsafe { self.ip.add(at) };
        // SAFETY: as above; the fields of a shape are read at their own place and size only.
        unsafe { read_units(place, units) }
    }

    /// Units of the instruction in front of an address that is behind it.
    #[inline(always)]
    fn field_before(behind: *const Unit, units_back: usize, units: usize) -> u64 {
        // SAFETY: V10 - `behind` points behind a call instruction, which has at least three fields.
        let place = unsafe { behind.sub(units_back) };
        // SAFETY: as above.
        unsafe { read_units(place, units) }
    }

    #[inline(always)]
    pub(crate) fn advance(&mut self, units: usize) {
        // SAFETY: V1 - an instruction that goes on behind itself is not the last.
        self.ip = unsafe { self.ip.add(units) };
    }

    /// Moves to a branch target.
    #[inline(always)]
    pub(super) fn branch(&mut self, target: Target) {
        // SAFETY: V3 - the target is an instruction of the same function.
        self.ip = unsafe { self.ip.offset(target.0 as isize) };
    }

    #[inline(always)]
    pub(super) fn read(&self, from: Src) -> u64 {
        // SAFETY: V2, V8 - the cell is inside the frame.
        unsafe { *self.cell(from.0) }
    }

    /// The same, all of it, though a compiler knows that a part is enough: processors hand on at once what was stored as it was
    /// stored, and take several times as long for a part of it.
    #[inline(always)]
    pub(super) fn read_whole(&self, from: Src) -> u64 {
        // SAFETY: V2, V8 - the cell is inside the frame.
        unsafe { self.cell(from.0).read_volatile() }
    }

    /// What [`Machine::read`] does, for the first cell that an instruction reads, before it writes any.
    #[inline(always)]
    pub(super) fn read_first(&self, from: Src) -> u64 {
        if M::FORWARDED
            && let Some(value) = self.accumulator.get()
        {
            value
        } else {
            self.read(from)
        }
    }

    /// The i32 in a cell.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "an i32 is the low half of its cell")]
    pub(super) fn read_i32(&self, from: Src) -> u32 {
        self.read(from) as u32
    }

    #[inline(always)]
    pub(super) fn write(&mut self, to: Dst, value: u64) {
        let cell = self.cell(to.0);
        // SAFETY: V2, V8 - the cell is inside the frame.
        unsafe { *cell = value }
        self.accumulator.set(value);
    }

    #[inline(always)]
    fn cell(&self, slot: u16) -> *mut u64 {
        // SAFETY: V2, V8 - the cell is inside the frame, or just behind it for an empty window.
        let cell = unsafe { self.fp.add(usize::from(slot)) };
        debug_assert!(self.state.stack.contains(cell), "slot {slot} of the frame");
        cell
    }

    /// Copies cells within the frame; the spans may overlap.
    #[inline(always)]
    pub(super) fn copy_cells(&mut self, from: Window, to: Window, len: usize) {
        if len == 0 {
            return;
        }
        let (from, to) = (self.cell(from.0), self.cell(to.0));
        if cfg!(target_family = "wasm") {
            // A call of `memmove` is what the loop of the portable backend does without.
            return Self::copy_cells_one_by_one(from, to, len);
        }
        // SAFETY: V5, V8 - both spans are inside the frame.
        unsafe { core::ptr::copy(from, to, len) }
    }

    #[inline(always)]
    fn copy_cells_one_by_one(from: *const u64, to: *mut u64, len: usize) {
        let forwards = to.addr() <= from.addr();
        for step in 0..len {
            let at = if forwards { step } else { len - 1 - step };
            // SAFETY: V5, V8 - the caller's span is inside the frame.
            let from = unsafe { from.add(at) };
            // SAFETY: as above.
            let to = unsafe { to.add(at) };
            // SAFETY: as above.
            let value = unsafe { *from };
            // Volatile, so that the compiler does not make a call of it after all.
            // SAFETY: as above.
            unsafe { to.write_volatile(value) };
        }
    }

    /// Pays for entering a block; `site` is where the charge stands, for a profile.
    #[inline(always)]
    pub(super) fn pay(&mut self, charge: Charge, site: usize) -> Result<(), Stop> {
        self.fuel = self.fuel.checked_sub(u64::from(charge.0)).ok_or(Stop::OutOfFuel)?;
        self.meter.block(self.ip.wrapping_add(site));
        Ok(())
    }

    /// Pays for work that depends on an operand.
    #[inline(always)]
    pub(super) fn pay_units(&mut self, class: GasClass, count: u64) -> Result<(), Stop> {
        let cost = self.state.module.prices().cost(class, count);
        self.fuel = self.fuel.checked_sub(cost).ok_or(Stop::OutOfFuel)?;
        self.meter.units(class, count);
        Ok(())
    }

    #[inline(always)]
    pub(super) fn global(&self, global: Global) -> u64 {
        let globals = self.state.globals.as_ptr();
        // SAFETY: V4 - the global exists.
        let cell = unsafe { globals.add(global.0 as usize) };
        // SAFETY: as above.
        unsafe { *cell }
    }

    #[inline(always)]
    pub(super) fn set_global(&mut self, global: Global, value: u64) {
        let globals = self.state.globals.as_mut_ptr();
        // SAFETY: V4 - the global exists.
        let cell = unsafe { globals.add(global.0 as usize) };
        // SAFETY: as above.
        unsafe { *cell = value }
    }

    /// An element of a table; `None` if its index is past the end.
    #[inline(always)]
    pub(super) fn element(&self, table: Table, index: u32) -> Option<Element> {
        let tables = self.state.tables.as_ptr();
        // SAFETY: V4 - the table exists.
        let table = unsafe { tables.add(table.0 as usize) };
        // SAFETY: as above.
        let table = unsafe { &*table };
        table.elements().get(index as usize).copied()
    }

    /// Tells the meter of a block that has been paid with others at once; `site` is where its charge stands.
    #[inline(always)]
    pub(super) fn meter_block(&mut self, site: usize) {
        self.meter.block(self.ip.wrapping_add(site));
    }

    #[inline(always)]
    fn frame(&self) -> usize {
        let base = self.state.stack.start();
        (self.fp.addr() - base.addr()) / size_of::<u64>()
    }
}

/// # Safety
/// `units` units can be read at `place`.
#[inline(always)]
unsafe fn read_units(place: *const Unit, units: usize) -> u64 {
    if cfg!(target_endian = "little") {
        match units {
            // SAFETY: the caller's promise.
            1 => u64::from(unsafe { *place }),
            // SAFETY: the caller's promise; units are stored low first, as this target does.
            2 => u64::from(unsafe { place.cast::<u32>().read_unaligned() }),
            // SAFETY: as above.
            _ => unsafe { place.cast::<u64>().read_unaligned() },
        }
    } else {
        // SAFETY: the caller's promise.
        let units = unsafe { core::slice::from_raw_parts(place, units) };
        units.iter().rev().fold(0, |bits, unit| bits << 16 | u64::from(*unit))
    }
}

/// What a handler says when it is done.
pub(crate) trait Outcome {
    /// Moves on, or stops. `units` are those of the instruction.
    fn settle<M: Meter>(self, machine: &mut Machine<'_, M>, units: usize) -> Result<(), Stop>;
}

impl Outcome for () {
    #[inline(always)]
    fn settle<M: Meter>(self, machine: &mut Machine<'_, M>, units: usize) -> Result<(), Stop> {
        machine.advance(units);
        Ok(())
    }
}

impl Outcome for Result<(), Trap> {
    #[inline(always)]
    fn settle<M: Meter>(self, machine: &mut Machine<'_, M>, units: usize) -> Result<(), Stop> {
        self?;
        machine.advance(units);
        Ok(())
    }
}

impl Outcome for Result<(), Stop> {
    #[inline(always)]
    fn settle<M: Meter>(self, machine: &mut Machine<'_, M>, units: usize) -> Result<(), Stop> {
        self?;
        machine.advance(units);
        Ok(())
    }
}

impl Outcome for Result<Gone, Stop> {
    #[inline(always)]
    fn settle<M: Meter>(self, _: &mut Machine<'_, M>, _: usize) -> Result<(), Stop> {
        self.map(|Gone| ())
    }
}

/// The cell behind a slot that is known by number, for those who are not handlers.
pub(crate) fn slot_index(window: Window) -> usize {
    usize::from(Slot(window.0))
}
