//! Accesses to linear memory.
//!
//! Each makes one comparison: a load with what may be read without asking, the window, and a store with what may be written
//! without asking, which has been touched ([`LinearMemory`](crate::exec::linear_memory::LinearMemory)). Both lie inside of memory.
//! An access elsewhere stops its instruction, which asks for [`prepare`](crate::exec::prepare): either the access can be then, and
//! the instruction runs again, or it traps.

use super::Machine;
use crate::exec::meter::Meter;
use crate::exec::stop::Stop;

impl<M: Meter> Machine<'_, M> {
    /// Reads bytes of linear memory at `address + offset`.
    #[inline(always)]
    pub(in crate::exec) fn load<T: Copy>(&mut self, address: u64, offset: u32) -> Result<T, Stop> {
        let start = start(address, offset);
        let Some(at) = self.window.find(start, size_of::<T>()) else { return Err(self.ask(start)) };
        // SAFETY: V9 - the window is inside the memory.
        let place = unsafe { self.memory.add(at) };
        // SAFETY: as above, for all bytes of it; they need no alignment.
        Ok(unsafe { place.cast::<T>().read_unaligned() })
    }

    /// Writes bytes of linear memory at `address + offset`.
    #[inline(always)]
    pub(in crate::exec) fn store<const N: usize>(&mut self, address: u64, offset: u32, value: u64) -> Result<(), Stop> {
        let start = start(address, offset);
        let Some(at) = self.state.memory.find_touched::<N>(self.window, start) else { return Err(self.ask(start)) };
        let bytes = value.to_le_bytes();
        // SAFETY: V9 - what has been touched is inside the memory.
        let place = unsafe { self.memory.add(at) };
        if crosses_pages::<N>(place.addr()) {
            for (place, byte) in (0..N).map(|at| place.wrapping_add(at)).zip(bytes) {
                // SAFETY: as above, each of the `N` bytes.
                unsafe { place.write_volatile(byte) };
            }
        } else {
            // SAFETY: as above, for all bytes of it; `N` is at most 8.
            unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), place, N) };
        }
        Ok(())
    }

    /// Asks at once for what [`Self::load`] would ask for, if it would not trap instead: for instructions that must not
    /// ask once they have had an effect.
    #[inline(always)]
    pub(in crate::exec) fn expect_to_load<const N: usize>(&mut self, address: u64, offset: u32) -> Result<(), Stop> {
        let start = start(address, offset);
        let is_there = self.window.find(start, N).is_some();
        self.expect(is_there, start, N)
    }

    /// The same of [`Self::store`].
    #[inline(always)]
    pub(in crate::exec) fn expect_to_store<const N: usize>(&mut self, address: u64, offset: u32) -> Result<(), Stop> {
        let start = start(address, offset);
        let is_there = self.state.memory.find_touched::<N>(self.window, start).is_some();
        self.expect(is_there, start, N)
    }

    #[inline(always)]
    fn expect(&mut self, is_there: bool, start: u64, bytes: usize) -> Result<(), Stop> {
        let asks = !is_there && self.state.memory.is_inside(self.window, start, bytes);
        if asks { Err(self.ask(start)) } else { Ok(()) }
    }

    #[inline(always)]
    fn ask(&mut self, start: u64) -> Stop {
        self.state.memory.want(start);
        Stop::Unprepared
    }

    /// Sees to it that the access can be that could not, and makes ready to run its instruction again; `false` if it is out of
    /// bounds.
    pub(in crate::exec) fn reach_memory(&mut self) -> bool {
        let is_there = self.state.memory.reach();
        self.refresh_memory();
        self.begin_run();
        is_there
    }

    /// How many bytes there are from an address on that may be read without asking.
    #[inline(always)]
    pub(in crate::exec) fn memory_room(&self, start: u64) -> u64 {
        self.window.room(start)
    }

    /// Moves bytes within linear memory, if all of them may be read without asking.
    #[inline(always)]
    pub(in crate::exec) fn move_memory(&mut self, to: u64, from: u64, len: u64) -> bool {
        let (Some(to), Some(from)) = (self.span(to, len), self.span(from, len)) else { return false };
        // SAFETY: V9 - `span` checked that both spans are inside.
        unsafe { core::ptr::copy(from, to, len as usize) };
        self.touch_span(to, len);
        true
    }

    /// Fills bytes of linear memory, if all of them may be read without asking.
    #[inline(always)]
    pub(in crate::exec) fn fill_memory(&mut self, to: u64, value: u8, len: u64) -> bool {
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

    /// The first byte of a span in the window.
    #[inline(always)]
    fn span(&self, start: u64, len: u64) -> Option<*mut u8> {
        let inside = len <= self.window.room(start);
        // In bounds, so the offset fits the target.
        inside.then(|| self.memory.wrapping_add(start as usize))
    }

    /// Takes over where linear memory is now.
    #[inline(always)]
    pub(in crate::exec) fn refresh_memory(&mut self) {
        // Of the bytes nobody borrows a slice while this address is in use, but the bulk operators, which come here
        // afterwards.
        (self.memory, self.window) = (self.state.memory.base(), self.state.memory.window());
    }
}

/// Whether a write of so many bytes lies in two of the processor's pages. Such writes take ten times as long as others,
/// which no price of a store could cover without taxing every other one; byte by byte they take twice as long.
/// Writes are volatile there, as a compiler would make one of them again.
#[inline(always)]
fn crosses_pages<const N: usize>(place: usize) -> bool {
    const PAGE_BYTES: usize = 4_096;
    N > 1 && place % PAGE_BYTES > PAGE_BYTES - N
}

/// Where an access begins. Both parts have 32 bits: the sum does not wrap.
#[inline(always)]
fn start(address: u64, offset: u32) -> u64 {
    (address & 0xffff_ffff) + u64::from(offset)
}
