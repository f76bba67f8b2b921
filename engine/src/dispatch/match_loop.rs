//! The portable backend: a loop around one `match`. The registers are a local of the loop, so that
//! the compiler keeps them in registers of the target, wasm32's locals included.

use super::instruction::{Instruction, Numbered};
use crate::exec::machine::Machine;
use crate::exec::meter::Meter;
use crate::exec::prepare::prepare;
use crate::exec::stop::Stop;
use crate::isa::Opcode;
use crate::isa::target::instructions;

macro_rules! match_loop {
    ($($name:ident $mnemonic:literal $shape:ident => $semantics:ident [$($parameter:tt)*]; $doc:literal)*) => {
        /// Runs until something stops the machine. Inlined into the function that makes the machine,
        /// so that the registers never have an address.
        #[inline(always)]
        pub(super) fn run<M: Meter>(mut machine: Machine<'_, M>) -> (Stop, u64) {
            loop {
                let done = match machine.opcode() {
                    $(Opcode::$name => Numbered::<{ Opcode::$name.number() }>::step(&mut machine),)*
                };
                match done {
                    Ok(()) => {}
                    Err(Stop::Unprepared) => {
                        // By value, so that the registers keep having no address.
                        let (prepared, outcome) = prepare(machine);
                        machine = prepared;
                        if let Err(stop) = outcome {
                            return (stop, machine.park());
                        }
                    }
                    Err(Stop::Untouched { start, bytes }) => {
                        let (touched, outcome) = machine.touch(start, bytes);
                        machine = touched;
                        if let Err(trap) = outcome {
                            return (trap.into(), machine.park());
                        }
                    }
                    Err(stop) => return (stop, machine.park()),
                }
            }
        }
    };
}

instructions!(match_loop);
