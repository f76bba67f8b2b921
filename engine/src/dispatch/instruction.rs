//! Table 2 as types: for each instruction a type that knows its operands and does its work. What a
//! backend adds is only how it gets from one to the next.

use crate::exec;
use crate::exec::machine::{Machine, Outcome};
use crate::exec::meter::Meter;
use crate::exec::stop::Stop;
use crate::isa::Opcode;
use crate::isa::shape::{self, Shape};
use crate::isa::target::instructions;
#[allow(clippy::wildcard_imports, reason = "the parameters of table 2 are named as in `num`")]
use crate::num::*;

/// The instruction of an opcode, by the opcode's number.
pub(super) struct Numbered<const OPCODE: u16>;

/// An instruction.
pub(super) trait Instruction {
    /// Does the work of the instruction at the instruction pointer, and moves to the next.
    fn step<M: Meter>(machine: &mut Machine<'_, M>) -> Result<(), Stop>;
}

macro_rules! types {
    ($($name:ident $mnemonic:literal $shape:ident => $semantics:ident [$($parameter:tt)*]; $doc:literal)*) => {$(
        impl Instruction for Numbered<{ Opcode::$name.number() }> {
            #[inline(always)]
            fn step<M: Meter>(machine: &mut Machine<'_, M>) -> Result<(), Stop> {
                let operands = machine.fetch::<shape::$shape>();
                let outcome = exec::$semantics::<$($parameter,)* M>(machine, operands);
                outcome.settle(machine, <shape::$shape as Shape>::UNITS)
            }
        }
    )*};
}

instructions!(types);
