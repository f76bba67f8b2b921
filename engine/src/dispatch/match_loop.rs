//! The portable backend: a loop around one `match`. The registers are a local of the loop, so that
//! the compiler keeps them in registers of the target, wasm32's locals included.

use crate::exec;
use crate::exec::machine::{Machine, Outcome, Registers};
use crate::exec::meter::Meter;
use crate::exec::stop::Stop;
use crate::isa::Opcode;
use crate::isa::shape::{self, Shape};
use crate::isa::target::instructions;
#[allow(clippy::wildcard_imports, reason = "the parameters of table 2 are named as in `num`")]
use crate::num::*;

macro_rules! match_loop {
    ($($name:ident $mnemonic:literal $shape:ident => $semantics:ident [$($parameter:tt)*]; $doc:literal)*) => {
        /// Runs until something stops the machine. Inlined into the function that makes the machine,
        /// so that the registers never have an address.
        #[inline(always)]
        pub(crate) fn run<M: Meter>(mut machine: Machine<'_, M>) -> (Stop, Registers, u64) {
            loop {
                let done = match machine.opcode() {
                    $(Opcode::$name => {
                        let operands = machine.fetch::<shape::$shape>();
                        let outcome = exec::$semantics::<$($parameter,)* M>(&mut machine, operands);
                        outcome.settle(&mut machine, <shape::$shape as Shape>::UNITS)
                    })*
                };
                if let Err(stop) = done {
                    let (registers, fuel) = machine.park();
                    return (stop, registers, fuel);
                }
            }
        }
    };
}

instructions!(match_loop);
