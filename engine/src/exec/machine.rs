//! The registers of the interpreter, and the only ways in which handlers touch memory with them.
//! See the facts V1 to V11 in [`exec`](super).
#![allow(unsafe_code, reason = "see docs/UNSAFE.md")]

use super::linear_memory::{LinearMemory, Window as MemoryWindow};
use super::meter::Meter;
use super::state::State;
use super::stop::Stop;
use crate::code::FuncCode;
use crate::gas::GasClass;
use crate::isa::field::{Charge, Dst, Global, Slot, Src, Table, Target, Window};
use crate::isa::shape::Shape;
#[cfg(all(vellum_tail_calls, not(debug_assertions)))]
use crate::isa::{FORWARDED, field::Field};
use crate::isa::{HEAD_FLAG_BITS, Opcode, Unit};
use crate::reference::Element;
use crate::trap::Trap;
use crate::types::PAGE_BYTES;

/// Control has gone where it was to go.
pub(crate) struct Gone;

/// The registers. Small and by value in the dispatch loop, so that they live in CPU registers.
pub(crate) struct Machine<'a, M> {
    ip: *const Unit,
    fp: *mut u64,
    memory: *mut u8,
    window: MemoryWindow,
    accumulator: Accumulator,
    pub(super) fuel: u64,
    pub(super) state: &'a mut State,
    pub(super) meter: M,
}

/// What was written last: see [`FORWARDED`](crate::isa::FORWARDED). The loop does not read it, so it is kept only where
/// another backend does: it would be one value more that the loop holds on to.
#[derive(Clone, Copy, Default)]
struct Accumulator {
    #[cfg(all(vellum_tail_calls, not(debug_assertions)))]
    value: u64,
}

impl Accumulator {
    #[inline(always)]
    fn get(self) -> Option<u64> {
        #[cfg(all(vellum_tail_calls, not(debug_assertions)))]
        return Some(self.value);
        #[cfg(not(all(vellum_tail_calls, not(debug_assertions))))]
        None
    }

    #[inline(always)]
    fn set(&mut self, _value: u64) {
        #[cfg(all(vellum_tail_calls, not(debug_assertions)))]
        {
            self.value = _value;
        }
    }
}

/// What entering a function takes.
#[derive(Clone, Copy)]
pub(super) struct Callee {
    func: *const FuncCode,
    ip: *const Unit,
    cells: usize,
    params: usize,
    locals: usize,
    entry_charge: u64,
    /// The canonical index of its type.
    pub(super) ty: u32,
}

/// Where a run stands, to go on from.
#[derive(Clone, Copy)]
pub(crate) struct Registers {
    pub(crate) ip: *const Unit,
    /// The first cell of the frame, by number: cells may move between runs.
    pub(crate) frame: usize,
}

/// What a run leaves behind.
#[derive(Clone, Copy)]
pub(crate) struct Parked {
    pub(crate) registers: Registers,
    pub(crate) fuel: u64,
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
        let (window, accumulator) = (state.window, Accumulator { value: accumulator });
        Self { ip, fp, memory, window, accumulator, fuel, state, meter: M::default() }
    }

    #[inline(always)]
    pub(crate) fn into_parts(self) -> Parts {
        (self.ip, self.fp, self.memory, self.accumulator.value, self.fuel, core::ptr::from_mut(self.state))
    }

    /// Ends the run: where it stood, and the state.
    pub(crate) fn park_beside(self) -> (Parked, &'a mut State) {
        let registers = Registers { ip: self.ip, frame: self.frame() };
        (Parked { registers, fuel: self.fuel }, self.state)
    }
}

impl<'a, M: Meter> Machine<'a, M> {
    /// # Safety
    /// `registers` point to an instruction of a verified function of the state's module, or of an
    /// entry stub for it, and to a frame of it on the state's stack; every return address on that
    /// stack points behind a call instruction of such code.
    #[inline(always)]
    pub(crate) unsafe fn new(registers: Registers, fuel: u64, state: &'a mut State, meter: M) -> Self {
        debug_assert!(registers.frame <= state.stack.cells().len());
        // Every address of a cell comes from the same base, and no slice of them is borrowed in between:
        // a new borrow would end the old addresses.
        let fp = state.stack.base().wrapping_add(registers.frame);
        let memory = core::ptr::null_mut();
        let mut machine = Self {
            ip: registers.ip,
            fp,
            memory,
            window: MemoryWindow::default(),
            accumulator: Accumulator::default(),
            fuel,
            state,
            meter,
        };
        machine.refresh_memory();
        // A run that goes on where one stopped has written nothing yet.
        #[cfg(all(vellum_tail_calls, not(debug_assertions)))]
        if machine.is_forwarded()
            && let Some(read) = machine.opcode().shape().first_read()
        {
            machine.accumulator.set(machine.read(Src::from_bits(machine.field(read, Src::UNITS))));
        }
        machine
    }

    /// The same machine in locals of the function that asks for it. One that came as an argument came by its
    /// address, and would stay there.
    #[inline(always)]
    pub(crate) fn in_locals(self) -> Self {
        let Self { ip, fp, memory, window, accumulator, fuel, state, meter } = self;
        Self { ip, fp, memory, window, accumulator, fuel, state, meter }
    }

    /// The registers and the fuel, to be kept until the next run.
    #[inline(always)]
    pub(crate) fn park(self) -> Parked {
        let registers = Registers { ip: self.ip, frame: self.frame() };
        Parked { registers, fuel: self.fuel }
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

    #[cfg(all(vellum_tail_calls, not(debug_assertions)))]
    fn is_forwarded(&self) -> bool {
        self.head() & FORWARDED != 0
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

    /// The same of the first cell that an instruction reads, before it writes any.
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

    /// Enters a defined function whose frame begins at `window`, to return `behind` units further on.
    #[inline(always)]
    pub(super) fn enter(&mut self, callee: Callee, window: Window, behind: usize) -> Result<Gone, Stop> {
        let fuel = self.fuel.checked_sub(callee.entry_charge).ok_or(Stop::OutOfFuel)?;
        let frame = self.fp.wrapping_add(usize::from(window.0));
        if !self.has_room(frame, callee.cells) || !self.state.stack.push_return(self.ip.wrapping_add(behind)) {
            return Err(Stop::Unprepared);
        }
        (self.fuel, self.fp) = (fuel, frame);
        Ok(self.begin(callee))
    }

    /// Enters a defined function in place of the current one, with `len` arguments from `from`.
    #[inline(always)]
    pub(super) fn replace(&mut self, callee: Callee, from: Window, len: usize) -> Result<Gone, Stop> {
        let fuel = self.fuel.checked_sub(callee.entry_charge).ok_or(Stop::OutOfFuel)?;
        if !self.has_room(self.fp, callee.cells) {
            return Err(Stop::Unprepared);
        }
        self.fuel = fuel;
        self.copy_cells(from, Window(0), len);
        Ok(self.begin(callee))
    }

    /// What entering a function takes that this instance has called before.
    #[inline(always)]
    pub(super) fn callee(&self, func: u32) -> Result<Callee, Stop> {
        let code = self.state.code(func).ok_or(Stop::Unprepared)?;
        Ok(Callee {
            ip: code.code.as_ptr(),
            func: code,
            ty: code.ty,
            cells: code.cells as usize,
            params: code.params as usize,
            locals: code.locals as usize,
            entry_charge: u64::from(code.entry_charge),
        })
    }

    #[inline(always)]
    fn has_room(&mut self, frame: *mut u64, cells: usize) -> bool {
        let end = self.state.stack.end().addr();
        frame.addr() + cells * size_of::<u64>() <= end
    }

    /// Zeroes the locals of a function whose frame is open, and moves to its first instruction.
    #[inline(always)]
    fn begin(&mut self, callee: Callee) -> Gone {
        for cell in callee.params..callee.locals {
            // SAFETY: V8 - the frame has at least as many cells as the function has locals.
            let local = unsafe { self.fp.add(cell) };
            // Volatile, so that the few stores that this mostly is do not become a call of the host's.
            // SAFETY: as above.
            unsafe { local.write_volatile(0) };
        }
        // SAFETY: the code is the module's, which the state holds on to.
        self.meter.function(unsafe { &*callee.func });
        self.ip = callee.ip;
        Gone
    }

    /// Makes a call possible whose frame begins at `window`: see [`prepare`](super::prepare).
    pub(super) fn prepare_call(&mut self, func: u32, window: Window) -> Result<(), Stop> {
        let callee = self.prepare_entry(func)?;
        let room = self.state.stack.prepare_return().and_then(|()| self.prepare_room(callee, window));
        room.map_err(|trap| self.pay_for_nothing(callee, trap))
    }

    /// The same for a function that takes the place of the current one.
    pub(super) fn prepare_replacement(&mut self, func: u32) -> Result<(), Stop> {
        let callee = self.prepare_entry(func)?;
        self.prepare_room(callee, Window(0)).map_err(|trap| self.pay_for_nothing(callee, trap))
    }

    /// Pays for a function's first call, if it is that, and sees to it that its first block can be paid.
    fn prepare_entry(&mut self, func: u32) -> Result<Callee, Stop> {
        if self.state.code(func).is_none() {
            // Paid before the body is read: what turns out not to be Wasm was work all the same.
            let translated = self.state.module.translated(func).map(|code| code.first_call_fuel);
            let cost = translated.unwrap_or_else(|| self.state.module.first_call_fuel(func));
            self.fuel = self.fuel.checked_sub(cost).ok_or(Stop::OutOfFuel)?;
            if M::WATCHES {
                for (class, count) in self.state.first_call_units(func) {
                    self.meter.units(class, count);
                }
            }
            self.state.first_call(func)?;
        }
        let callee = self.callee(func)?;
        if self.fuel < callee.entry_charge { Err(Stop::OutOfFuel) } else { Ok(callee) }
    }

    /// Sees to it that the stack has room for a frame that begins at `window`.
    fn prepare_room(&mut self, callee: Callee, window: Window) -> Result<(), Trap> {
        let frame = self.frame();
        self.state.stack.grow(frame + usize::from(window.0), callee.cells)?;
        // The cells may have moved.
        self.fp = self.state.stack.base().wrapping_add(frame);
        Ok(())
    }

    /// The callee's first block has been paid, and then a limit was in the way (docs/GAS.md).
    fn pay_for_nothing(&mut self, callee: Callee, trap: Trap) -> Stop {
        self.fuel = self.fuel.saturating_sub(callee.entry_charge);
        // SAFETY: the code is the module's, which the state holds on to.
        self.meter.function(unsafe { &*callee.func });
        trap.into()
    }

    /// Returns to the caller with the results that stand in `len` cells from `from`.
    #[inline(always)]
    pub(super) fn leave(&mut self, from: Window, len: usize) -> Result<Gone, Stop> {
        let return_to = self.state.stack.top_return();
        let after = Self::field_before(return_to, 2, 2);
        let window = Self::field_before(return_to, 3, 1);
        self.fuel = self.fuel.checked_sub(after).ok_or(Stop::OutOfFuel)?;
        self.meter.block(return_to.wrapping_sub(2));
        self.copy_cells(from, Window(0), len);
        self.state.stack.pop_return();
        self.ip = return_to;
        // SAFETY: V10 - the frame began at the window of the call that is returned to.
        self.fp = unsafe { self.fp.sub(window as usize) };
        Ok(Gone)
    }

    /// Reads bytes of linear memory at `address + offset`.
    #[inline(always)]
    pub(super) fn load<T: Copy>(&mut self, address: u64, offset: u32) -> Result<T, Trap> {
        let place = self.place(address, offset, size_of::<T>())?;
        // SAFETY: V9 - `place` checked that the bytes are inside; they need no alignment.
        Ok(unsafe { place.cast::<T>().read_unaligned() })
    }

    /// Writes bytes of linear memory at `address + offset`.
    #[inline(always)]
    pub(super) fn store<const N: usize>(&mut self, address: u64, offset: u32, value: u64) -> Result<(), Trap> {
        let place = self.place(address, offset, N)?;
        let bytes = value.to_le_bytes();
        let end = place.addr().wrapping_sub(self.memory.addr()) + N;
        self.state.memory.touch(end);
        // SAFETY: V9 - `place` checked that the bytes are inside; `N` is at most 8.
        unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), place, N) };
        Ok(())
    }

    /// For an instruction that accesses memory once more when it has had an effect already: lets it run again before it
    /// has, if that access is to wait for memory to become ready. One that is out of bounds is none of this.
    #[inline(always)]
    pub(super) fn expect(&mut self, address: u64, offset: u32, bytes: usize) -> Result<(), Trap> {
        if LinearMemory::IS_LAZY {
            let start = (address & 0xffff_ffff) + u64::from(offset);
            let len = u64::from(self.state.memory.pages()) * u64::from(PAGE_BYTES);
            let is_in_bounds = start + bytes as u64 <= len;
            if is_in_bounds && self.window.find(start, bytes).is_none() {
                self.state.memory.want(start);
                return Err(Trap::MemoryOutOfBounds);
            }
        }
        Ok(())
    }

    #[inline(always)]
    fn place(&mut self, address: u64, offset: u32, bytes: usize) -> Result<*mut u8, Trap> {
        let start = (address & 0xffff_ffff) + u64::from(offset);
        let Some(start) = self.window.find(start, bytes) else {
            self.state.memory.want(start);
            return Err(Trap::MemoryOutOfBounds);
        };
        // SAFETY: V9 - the start is inside the memory.
        Ok(unsafe { self.memory.add(start) })
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

    #[inline(always)]
    pub(super) fn memory_room(&self, start: u64) -> u64 {
        self.window.room(start)
    }

    /// Sees to it that the access can be which could not; `false` if it is out of bounds.
    pub(super) fn reach_memory(&mut self) -> bool {
        let is_there = self.state.memory.reach();
        self.refresh_memory();
        is_there
    }

    /// Moves bytes within linear memory, if all of them lie inside.
    #[inline(always)]
    pub(super) fn move_memory(&mut self, to: u64, from: u64, len: u64) -> bool {
        let (Some(to), Some(from)) = (self.span(to, len), self.span(from, len)) else { return false };
        // SAFETY: V9 - `span` checked that both spans are inside.
        unsafe { core::ptr::copy(from, to, len as usize) };
        self.touch_span(to, len);
        true
    }

    /// Fills bytes of linear memory, if all of them lie inside.
    #[inline(always)]
    pub(super) fn fill_memory(&mut self, to: u64, value: u8, len: u64) -> bool {
        let Some(to) = self.span(to, len) else { return false };
        // SAFETY: V9 - `span` checked that the span is inside.
        unsafe { core::ptr::write_bytes(to, value, len as usize) };
        self.touch_span(to, len);
        true
    }

    /// Bytes of linear memory have been written.
    #[inline(always)]
    fn touch_span(&mut self, start: *mut u8, len: u64) {
        let end = start.addr().wrapping_sub(self.memory.addr()) + len as usize;
        self.state.memory.touch(end);
    }

    /// The first byte of a span of linear memory that lies inside.
    #[inline(always)]
    fn span(&self, start: u64, len: u64) -> Option<*mut u8> {
        let inside = len <= self.window.room(start);
        // In bounds, so the offset fits the target.
        inside.then(|| self.memory.wrapping_add(start as usize))
    }

    /// Tells the meter of a block that has been paid with others at once; `site` is where its charge stands.
    #[inline(always)]
    pub(super) fn meter_block(&mut self, site: usize) {
        self.meter.block(self.ip.wrapping_add(site));
    }

    /// Takes over where linear memory is now.
    #[inline(always)]
    pub(super) fn refresh_memory(&mut self) {
        // As above: of the bytes, too, nobody borrows a slice while this address is in use, but the bulk
        // operators, which come here afterwards.
        (self.memory, self.window) = self.state.memory.base_and_window();
        self.state.window = self.window;
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
