//! The portable backend: a loop around one `match`.
//!
//! What runs it is mostly a compiler from WebAssembly to machine code, since this is how the engine runs inside
//! a runtime. Such a compiler is quick before it is clever: what a large function holds on to across its loop, it
//! may keep in memory, and it does so wherever anything in the function is a call. So [`common`] is
//! a function of its own with a local for each register and nothing else; it calls nobody, and it says in one byte why it
//! stops. What needs calls, or more than a byte, is an instruction that [`is_rare`]: the loop is left for it, and
//! entered again behind it. The record of the decision is docs/adr/0004-portable-loop.md.

use super::instruction::{Instruction, Numbered};
use crate::exec::machine::Machine;
use crate::exec::meter::Meter;
use crate::exec::prepare::prepare;
use crate::exec::run::is_run_due;
use crate::exec::stop::{HostCall, Stop};
use crate::isa::Opcode;
use crate::isa::shape::{self, CallHost, Shape};
use crate::isa::target::instructions;
use crate::trap::Trap;

/// Why the loop is left: a [`Stop`] without what does not fit a byte.
#[derive(Clone, Copy)]
enum Left {
    /// For an instruction that is done elsewhere.
    Rare,
    /// For a host call.
    HostCall,
    Finished,
    OutOfFuel,
    Unprepared,
    Trap(Trap),
}

impl Left {
    #[inline(always)]
    fn of(stop: Stop) -> Self {
        match stop {
            Stop::Finished => Self::Finished,
            Stop::OutOfFuel => Self::OutOfFuel,
            Stop::Unprepared => Self::Unprepared,
            Stop::Trap(trap) => Self::Trap(trap),
            // Who took the call looks at the instruction again.
            Stop::HostCall(_) => Self::HostCall,
            // Only `prepare` stops like that.
            Stop::ForeignCall { .. } => Self::Rare,
        }
    }
}

/// Runs until something stops the machine.
#[inline(always)]
pub(super) fn run<M: Meter>(mut machine: Machine<'_, M>) -> (Stop, u64) {
    loop {
        let left;
        (machine, left) = common(machine);
        let mut done = match left {
            Left::Rare => {
                let outcome;
                (machine, outcome) = rare(machine);
                outcome
            }
            // The most frequent of them, and there is nothing to do but to say so.
            Left::HostCall => {
                let CallHost { import, signature, window, .. } = machine.fetch();
                Err(Stop::HostCall(HostCall { import: import.0, signature, window }))
            }
            Left::Finished => Err(Stop::Finished),
            Left::OutOfFuel => Err(Stop::OutOfFuel),
            Left::Unprepared => Err(Stop::Unprepared),
            Left::Trap(trap) => Err(Stop::Trap(trap)),
        };
        if done == Err(Stop::Unprepared) {
            (machine, done) = prepare(machine);
        }
        if let Err(stop) = done {
            return (stop, machine.park());
        }
    }
}

macro_rules! match_loop {
    ($($name:ident $mnemonic:literal $shape:ident => $semantics:ident [$($parameter:tt)*]; $doc:literal)*) => {
        /// Runs until something stops the machine, or until an instruction that is rare.
        #[inline(never)]
        fn common<M: Meter>(machine: Machine<'_, M>) -> (Machine<'_, M>, Left) {
            let mut machine = machine.in_locals();
            loop {
                debug_assert!(machine.is_accumulator_right(), "what was written last is what is read first");
                match machine.opcode() {
                    $(Opcode::$name => {
                        if const { is_run(Opcode::$name) } && !is_run_due(&machine, Opcode::$name) {
                            machine.advance(<shape::$shape as Shape>::UNITS);
                            continue;
                        }
                        if const { is_rare(Opcode::$name) } {
                            return (machine, Left::Rare);
                        }
                        if let Err(stop) = Numbered::<{ Opcode::$name.number() }>::step(&mut machine) {
                            return (machine, Left::of(stop));
                        }
                    })*
                }
            }
        }

        /// Runs one instruction that is rare.
        #[inline(never)]
        fn rare<M: Meter>(mut machine: Machine<'_, M>) -> (Machine<'_, M>, Result<(), Stop>) {
            let done = match machine.opcode() {
                $(Opcode::$name if const { is_rare(Opcode::$name) } => {
                    Numbered::<{ Opcode::$name.number() }>::step(&mut machine)
                })*
                // The loop runs all others.
                _ => Err(Trap::InvalidCode.into()),
            };
            (machine, done)
        }
    };
}

instructions!(match_loop);

/// Runs, which are rare where they do anything.
const fn is_run(opcode: Opcode) -> bool {
    matches!(opcode, Opcode::CopyRun8 | Opcode::CopyRun32 | Opcode::CopyRun64 | Opcode::FillRun8)
}

/// Instructions that the loop leaves to [`rare`]: what they do takes calls, or they stop the machine with
/// more to say than a byte.
const fn is_rare(opcode: Opcode) -> bool {
    matches!(
        opcode,
        Opcode::TailCallFunc
            | Opcode::TailCallTable
            | Opcode::BrTableSpan
            | Opcode::CopyRun8
            | Opcode::CopyRun32
            | Opcode::CopyRun64
            | Opcode::FillRun8
            | Opcode::MemoryGrow
            | Opcode::MemoryCopy
            | Opcode::MemoryFill
            | Opcode::MemoryInit
            | Opcode::DataDrop
            | Opcode::F32Ceil
            | Opcode::F32Floor
            | Opcode::F32Trunc
            | Opcode::F32Nearest
            | Opcode::F32Sqrt
            | Opcode::F64Ceil
            | Opcode::F64Floor
            | Opcode::F64Trunc
            | Opcode::F64Nearest
            | Opcode::F64Sqrt
            | Opcode::RefFunc
            | Opcode::TableGet
            | Opcode::TableSet
            | Opcode::TableSize
            | Opcode::TableGrow
            | Opcode::TableFill
            | Opcode::TableCopy
            | Opcode::TableInit
            | Opcode::ElemDrop
            | Opcode::I64Add128
            | Opcode::I64Sub128
            | Opcode::I64MulWideS
            | Opcode::I64MulWideU
    )
}
