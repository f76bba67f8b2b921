//! The registers of the interpreter, and the only ways in which handlers touch memory with them.
//! See the facts V1 to V11 in [`exec`](super).
#![allow(unsafe_code, reason = "see docs/UNSAFE.md")]

use super::meter::Meter;
use super::stack::{Place, ZEROED_AT_ONCE};
use super::state::State;
use super::stop::Stop;
use crate::code::FuncCode;
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
    memory_bytes: usize,
    /// What was written last: see [`FORWARDED`](crate::isa::FORWARDED).
    accumulator: u64,
    pub(super) fuel: u64,
    pub(super) state: &'a mut State,
    pub(super) meter: M,
}

/// What entering a function takes.
#[derive(Clone, Copy)]
pub(super) struct Callee {
    func: *const FuncCode,
    ip: *const Unit,
    cells: usize,
    params: usize,
    entry_charge: u64,
    /// The canonical index of its type.
    pub(super) ty: u32,
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
        let memory_bytes = state.memory_bytes;
        Self { ip, fp, memory, memory_bytes, accumulator, fuel, state, meter: M::default() }
    }

    #[inline(always)]
    pub(crate) fn into_parts(self) -> Parts {
        (self.ip, self.fp, self.memory, self.accumulator, self.fuel, core::ptr::from_mut(self.state))
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
        let memory = core::ptr::null_mut();
        let mut machine = Self { ip, fp, memory, memory_bytes: 0, accumulator: 0, fuel, state, meter };
        machine.refresh_memory();
        machine
    }

    /// Makes ready to run on from here. A run that goes on where one stopped has written nothing yet: what the
    /// instruction takes from the accumulator is put there.
    #[inline(always)]
    pub(crate) fn begin_run(&mut self) {
        if self.head() & FORWARDED != 0 {
            self.accumulator = self.first_operand();
        }
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

    /// The same of the first cell that an instruction reads, before it writes any.
    #[inline(always)]
    pub(super) fn read_first(&self, from: Src) -> u64 {
        if M::FORWARDED {
            debug_assert_eq!(self.accumulator, self.read(from), "what was written last is what is read first");
            self.accumulator
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
        self.accumulator = value;
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
        // SAFETY: V5, V8 - both spans are inside the frame.
        unsafe { core::ptr::copy(from, to, len) }
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

    /// Enters a defined function whose frame begins at `window`, to return `behind` units further on. `arguments`
    /// writes those that are not there yet, once the call comes about.
    #[inline(always)]
    pub(super) fn enter(
        &mut self,
        callee: Callee,
        window: Window,
        behind: usize,
        arguments: impl FnOnce(&mut Self),
    ) -> Result<Gone, Stop> {
        let frame = self.fp.wrapping_add(usize::from(window.0));
        if !self.has_room(frame, callee.cells) {
            return Err(Stop::Unprepared);
        }
        let fuel = self.fuel.checked_sub(callee.entry_charge).ok_or(Stop::OutOfFuel)?;
        if !self.state.stack.push_return(self.ip.wrapping_add(behind)) {
            return Err(Stop::Unprepared);
        }
        arguments(self);
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
        // SAFETY: the code is the module's, which the state holds on to.
        let code = unsafe { &*callee.func };
        self.zero_from(callee.params);
        let mut zeroed = callee.params + ZEROED_AT_ONCE;
        // Asked each time, so that the compiler does not unroll what is mostly done once at most, for which handlers would
        // have to save registers.
        // SAFETY: it is a field of the code.
        while zeroed < unsafe { (&raw const code.locals).read_volatile() } as usize {
            self.zero_from(zeroed);
            zeroed += ZEROED_AT_ONCE;
        }
        self.meter.function(code);
        self.ip = callee.ip;
        self.forget();
        Gone
    }

    /// Zeroes so many cells at once of a frame that has just been opened, from one that is at most behind its last local.
    /// What is not a local is an operand's that nobody has written yet, or lies behind the frame.
    #[inline(always)]
    fn zero_from(&mut self, first: usize) {
        for cell in first..first + ZEROED_AT_ONCE {
            // SAFETY: V8 - the frame has at least as many cells as the function has locals, and the stack has
            // `ZEROED_AT_ONCE` more behind every frame.
            let cell = unsafe { self.fp.add(cell) };
            // Volatile, so that the few stores that this mostly is do not become a call of the host's.
            // SAFETY: as above.
            unsafe { cell.write_volatile(0) };
        }
    }

    /// Nothing is forwarded across calls: that frees a register in the handlers of calls and returns.
    #[inline(always)]
    fn forget(&mut self) {
        self.accumulator = 0;
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
        self.forget();
        // SAFETY: V10 - the frame began at the window of the call that is returned to.
        self.fp = unsafe { self.fp.sub(window as usize) };
        Ok(Gone)
    }

    /// Reads bytes of linear memory at `address + offset`.
    #[inline(always)]
    pub(super) fn load<T: Copy>(&self, address: u64, offset: u32) -> Result<T, Trap> {
        let place = self.place(address, offset, size_of::<T>())?;
        // SAFETY: V9 - `place` checked that the bytes are inside; they need no alignment.
        Ok(unsafe { place.cast::<T>().read_unaligned() })
    }

    /// Writes bytes of linear memory at `address + offset`. One comparison says that they lie inside and that whoever
    /// zeroes memory knows of them.
    #[inline(always)]
    pub(super) fn store<const N: usize>(&mut self, address: u64, offset: u32, value: u64) -> Result<(), Stop> {
        let start = Self::start(address, offset);
        if !self.state.memory.is_touched::<N>(start) {
            return Err(Self::untouched::<N>(start));
        }
        let bytes = value.to_le_bytes();
        // SAFETY: V9 - what has been touched is inside the memory.
        let place = unsafe { self.memory.add(start as usize) };
        // SAFETY: as above, for all bytes of it; `N` is at most 8.
        unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), place, N) };
        Ok(())
    }

    /// What [`Self::store`] would ask for before it writes, if it does not trap instead: for instructions that must not
    /// begin twice.
    #[inline(always)]
    pub(super) fn ask_to_store<const N: usize>(&self, address: u64, offset: u32) -> Result<(), Stop> {
        let start = Self::start(address, offset);
        let asks = !self.state.memory.is_touched::<N>(start) && start + N as u64 <= self.memory_bytes as u64;
        if asks { Err(Self::untouched::<N>(start)) } else { Ok(()) }
    }

    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "a store writes at most 8 bytes")]
    fn untouched<const N: usize>(start: u64) -> Stop {
        Stop::Untouched { start, bytes: N as u8 }
    }

    /// Lets the instruction at the instruction pointer write so many bytes from `start` on, and makes ready to run it
    /// again: what it takes from the accumulator is there.
    ///
    /// # Errors
    /// A trap, if the bytes are not all in memory.
    #[cold]
    #[inline(never)]
    pub(crate) fn touch(mut self, start: u64, bytes: u8) -> (Self, Result<(), Trap>) {
        self.refresh_memory();
        self.begin_run();
        let end = start + u64::from(bytes);
        if end > self.memory_len() {
            return (self, Err(Trap::MemoryOutOfBounds));
        }
        // In bounds, so both fit the target.
        self.state.memory.touch(start as usize..end as usize);
        (self, Ok(()))
    }

    /// Where an access begins. Both parts have 32 bits: the sum does not wrap.
    #[inline(always)]
    fn start(address: u64, offset: u32) -> u64 {
        (address & 0xffff_ffff) + u64::from(offset)
    }

    #[inline(always)]
    fn place(&self, address: u64, offset: u32, bytes: usize) -> Result<*mut u8, Trap> {
        // It fits the target if it is in bounds.
        let start = Self::start(address, offset);
        if start + bytes as u64 > self.memory_bytes as u64 {
            return Err(Trap::MemoryOutOfBounds);
        }
        // SAFETY: V9 - the start is inside the memory.
        Ok(unsafe { self.memory.add(start as usize) })
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
    pub(super) fn memory_len(&self) -> u64 {
        self.memory_bytes as u64
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
        let start = start.addr().wrapping_sub(self.memory.addr());
        self.state.memory.touch(start..start + len as usize);
    }

    /// The first byte of a span of linear memory that lies inside.
    #[inline(always)]
    fn span(&self, start: u64, len: u64) -> Option<*mut u8> {
        let inside = start.checked_add(len)? <= self.memory_len();
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
        (self.memory, self.memory_bytes) = self.state.memory.base_and_len();
        self.state.memory_bytes = self.memory_bytes;
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
