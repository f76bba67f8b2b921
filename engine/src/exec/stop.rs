//! Why the interpreter stops: what its registers, its state and its callers all speak of.

use crate::isa::field::Window;
use crate::trap::Trap;

/// Why the interpreter stops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stop {
    /// The first frame has returned.
    Finished,
    /// A host function is to run: its index in the function index space, and its window.
    HostCall { import: u32, window: Window },
    /// A table led to something of another instance: the element, the index of the type that it is
    /// called with, and the window of the call.
    ForeignCall { element: u64, ty: u32, window: Window },
    /// The program is at fault.
    Trap(Trap),
    /// What comes next cannot be paid; nothing of it has happened.
    OutOfFuel,
    /// The call at the instruction pointer needs what [`prepare`](super::prepare) makes; nothing of it has
    /// happened. Backends see to it and run the call again: this never leaves them.
    Unprepared,
    /// The store at the instruction pointer is to write `bytes` bytes from `start` on, where nothing has been written
    /// yet, or which are not in memory; what has happened of it may happen again. Backends have the bytes
    /// [touched](super::machine::Machine::touch) and run the store again: this never leaves them.
    Untouched { start: u64, bytes: u8 },
}

impl From<Trap> for Stop {
    fn from(trap: Trap) -> Self {
        Self::Trap(trap)
    }
}
