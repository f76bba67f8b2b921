//! Why the interpreter stops: what its registers, its state and its callers all speak of.

use crate::isa::field::{Signature, Window};
use crate::trap::Trap;

/// Why the interpreter stops.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stop {
    /// The first frame has returned.
    Finished,
    /// A host function is to run.
    HostCall(HostCall),
    /// A table led to something of another instance: the element, the index of the type that it is
    /// called with, and the window of the call.
    ForeignCall { element: u64, ty: u32, window: Window },
    /// The program is at fault.
    Trap(Trap),
    /// What comes next cannot be paid; nothing of it has happened.
    OutOfFuel,
    /// The call or the access at the instruction pointer needs what [`prepare`](super::prepare) makes; nothing of it has
    /// happened, or what may happen again. Backends see to it and run the instruction again: this never leaves them.
    Unprepared,
}

/// A host function that is to run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct HostCall {
    /// Its index in the function index space.
    pub(crate) import: u32,
    /// What it takes and returns.
    pub(crate) signature: Signature,
    /// The first cell of its arguments and results.
    pub(crate) window: Window,
}

/// How a run by a backend has ended, as that backend has it. A host call can be asked for by itself: exits for these
/// are the ones that have to be fast, and what a backend holds in registers stays there.
pub(crate) trait Halt {
    /// The fuel that is left.
    fn fuel(&self) -> u64;
    /// The host call, if it is one.
    fn host_call(&self) -> Option<HostCall>;
    /// What it is.
    fn stop(self) -> Stop;
}

impl Halt for (Stop, u64) {
    #[inline(always)]
    fn fuel(&self) -> u64 {
        self.1
    }

    #[inline(always)]
    fn host_call(&self) -> Option<HostCall> {
        if let Stop::HostCall(call) = self.0 { Some(call) } else { None }
    }

    #[inline(always)]
    fn stop(self) -> Stop {
        self.0
    }
}

impl From<Trap> for Stop {
    fn from(trap: Trap) -> Self {
        Self::Trap(trap)
    }
}
