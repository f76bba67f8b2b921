//! Calls and returns, as far as registers and frames have to do with them.

use super::{Gone, Machine};
use crate::code::FuncCode;
use crate::exec::meter::Meter;
use crate::exec::stack::ZEROED_AT_ONCE;
use crate::exec::stop::Stop;
use crate::isa::Unit;
use crate::isa::field::Window;
use crate::trap::Trap;

/// What entering a function takes.
#[derive(Clone, Copy)]
pub(in crate::exec) struct Callee {
    func: *const FuncCode,
    ip: *const Unit,
    cells: usize,
    params: usize,
    entry_charge: u64,
    /// The canonical index of its type.
    pub(in crate::exec) ty: u32,
}

impl<M: Meter> Machine<'_, M> {
    /// Enters a defined function whose frame begins at `window`, to return `behind` units further on. `arguments`
    /// writes those that are not there yet, once the call comes about.
    #[inline(always)]
    pub(in crate::exec) fn enter(
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
    pub(in crate::exec) fn replace(&mut self, callee: Callee, from: Window, len: usize) -> Result<Gone, Stop> {
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
    pub(in crate::exec) fn callee(&self, func: u32) -> Result<Callee, Stop> {
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
        let mut zeroed = callee.params;
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
        self.accumulator.set(0);
    }

    /// Makes a call possible whose frame begins at `window`: see [`prepare`](super::prepare).
    pub(in crate::exec) fn prepare_call(&mut self, func: u32, window: Window) -> Result<(), Stop> {
        let callee = self.prepare_entry(func)?;
        let room = self.state.stack.prepare_return().and_then(|()| self.prepare_room(callee, window));
        room.map_err(|trap| self.pay_for_nothing(callee, trap))
    }

    /// The same for a function that takes the place of the current one.
    pub(in crate::exec) fn prepare_replacement(&mut self, func: u32) -> Result<(), Stop> {
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
    pub(in crate::exec) fn leave(&mut self, from: Window, len: usize) -> Result<Gone, Stop> {
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
}
