//! Which instruction is next, and who runs it. A backend is chosen by the target and the way the
//! engine is built, never by anything that a program could tell.
//!
//! * [`tail_calls`]: each instruction's handler ends in a jump to the next one's. Where `build.rs`
//!   found a target and an optimisation level at which LLVM makes such jumps.
//! * [`match_loop`]: a loop around one `match`. Everywhere else: debug builds, wasm32, Miri, targets
//!   that nobody has tried; and always when a profile is recorded.
//!
//! Both are expansions of table 2 and run the same semantics, so neither can differ from the other
//! but in speed.

mod instruction;
mod match_loop;
#[cfg(all(vellum_tail_calls, not(debug_assertions)))]
mod tail_calls;

use crate::exec::machine::Machine;
use crate::exec::meter::Meter;
#[cfg(all(vellum_tail_calls, not(debug_assertions)))]
use crate::exec::meter::Unwatched;
use crate::exec::stop::Halt;

/// Which backend runs. It changes no result and no gas (Law 1): those who compare backends choose.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Dispatch {
    /// The fastest that this build has.
    #[default]
    Fastest,
    /// The portable loop, which every build has.
    Loop,
}

impl Dispatch {
    /// Whether the fastest backend of this build goes from handler to handler by tail calls.
    pub const HAS_TAIL_CALLS: bool = cfg!(all(vellum_tail_calls, not(debug_assertions)));
}

/// Runs until something stops the machine, unwatched, by the fastest backend.
#[cfg(all(vellum_tail_calls, not(debug_assertions)))]
#[inline(always)]
pub(crate) fn run_by_tail_calls(machine: Machine<'_, Unwatched<false>>) -> impl Halt + use<> {
    tail_calls::run(machine)
}

/// The same by the portable backend, which can be watched.
#[inline(always)]
pub(crate) fn run_by_loop<M: Meter>(machine: Machine<'_, M>) -> impl Halt + use<M> {
    match_loop::run(machine)
}
