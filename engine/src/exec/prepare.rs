//! What a call needs before it can be quick: the callee's code, a place for the return address, room for
//! the frame; and what an access to memory needs that may not be without asking.
//!
//! Handlers only do what every call and every access does, so that they need no frame of the host's own. Where
//! that is not enough they have no effect, or none that matters, and ask for this ([`Stop::Unprepared`]); then they run
//! again, and find what they need.

use super::call::callee_of_table;
use super::machine::Machine;
use super::meter::Meter;
use super::stop::Stop;
use crate::isa::Opcode;
use crate::isa::shape::{CallFunc, CallTable, ConstCall, CopyCall, CopyTwoCall, RiCall, TailFunc, TailTable};
use crate::trap::Trap;

/// Prepares the call or the access at the instruction pointer, and pays for it if it is the callee's first.
///
/// # Errors
/// What the call or the access ends in, if it does not come about.
#[cold]
#[inline(never)]
pub(crate) fn prepare<M: Meter>(mut machine: Machine<'_, M>) -> (Machine<'_, M>, Result<(), Stop>) {
    let prepared = prepare_at(&mut machine);
    (machine, prepared)
}

fn prepare_at<M: Meter>(m: &mut Machine<'_, M>) -> Result<(), Stop> {
    match m.opcode() {
        Opcode::CallFunc => {
            let CallFunc { func, window, .. } = m.fetch();
            m.prepare_call(func.0, window)
        }
        Opcode::CopyCall => {
            let CopyCall { func, window, .. } = m.fetch();
            m.prepare_call(func.0, window)
        }
        Opcode::CopyTwoCall => {
            let CopyTwoCall { func, window, .. } = m.fetch();
            m.prepare_call(func.0, window)
        }
        Opcode::ConstCall => {
            let ConstCall { func, window, .. } = m.fetch();
            m.prepare_call(func.0, window)
        }
        Opcode::I32AddRiCall => {
            let RiCall { func, window, .. } = m.fetch();
            m.prepare_call(func.0, window)
        }
        Opcode::CallTable => {
            let CallTable { index, table, ty, window, .. } = m.fetch();
            let func = callee_of_table(m, index, table, ty, window)?;
            m.prepare_call(func, window)
        }
        Opcode::TailCallFunc => {
            let TailFunc { func, .. } = m.fetch();
            m.prepare_replacement(func.0)
        }
        Opcode::TailCallTable => {
            let TailTable { index, table, ty, from, .. } = m.fetch();
            let func = callee_of_table(m, index, table, ty, from)?;
            m.prepare_replacement(func)
        }
        // All others that ask for preparation access memory.
        _ if m.reach_memory() => Ok(()),
        _ => Err(Trap::MemoryOutOfBounds.into()),
    }
}
