//! The fast backend: each handler ends in a jump to the handler of the next instruction.
//!
//! The machine's registers are the arguments of every handler, so they stay where the calling
//! convention puts them: in registers of the target. Nothing is left of a handler when the next one
//! runs: LLVM makes a jump of a call in tail position if all arguments travel in registers and no
//! address of a local escapes. Rust does not promise it, so `tests/canary.rs` runs 10^8 instructions
//! on a small native stack, and `scripts/check-tail-calls.sh` reads the compiled handlers.
#![allow(unsafe_code, reason = "see docs/UNSAFE.md")]

use super::instruction::{Instruction, Numbered};
use crate::exec::machine::Machine;
use crate::exec::meter::Unwatched;
use crate::exec::prepare::prepare;
use crate::exec::state::State;
use crate::exec::stop::{Halt, HostCall, Stop};
use crate::isa::field::{Signature, Window};
use crate::isa::target::instructions;
use crate::isa::{HEAD_FLAG_BITS, Opcode, Unit};
use crate::trap::Trap;

/// What stopped a run, and the fuel that is left: two registers of the target.
#[repr(C)]
struct Halted {
    what: usize,
    fuel: u64,
}

/// Declares what names a handler's signature, under the calling convention that passes six integers in
/// registers.
macro_rules! handlers {
    ($convention:literal) => {
        /// A handler: the machine's registers are its arguments. It returns when something has stopped the run.
        type Handler = unsafe extern $convention fn(*const Unit, *mut u64, *mut u8, u64, u64, *mut State) -> Halted;

        /// Does one instruction, and goes on with the next.
        ///
        /// # Safety
        /// The arguments are the parts of a machine whose instruction pointer is at a `I`.
        unsafe extern $convention fn handle<I: Instruction, const FORWARDED: bool>(
            ip: *const Unit,
            fp: *mut u64,
            memory: *mut u8,
            accumulator: u64,
            fuel: u64,
            state: *mut State,
        ) -> Halted {
            // SAFETY: the caller's promise.
            let mut machine = unsafe { Machine::<Unwatched<FORWARDED>>::from_parts((ip, fp, memory, accumulator, fuel, state)) };
            match I::step(&mut machine) {
                Ok(()) => go_on(machine),
                Err(Stop::Unprepared) => {
                    let (ip, fp, memory, accumulator, fuel, state) = machine.into_parts();
                    // SAFETY: these are the parts of a machine.
                    unsafe { prepare_and_go_on(ip, fp, memory, accumulator, fuel, state) }
                }
                Err(stop) => stop_at(machine, stop),
            }
        }

        /// Prepares a call or an access and runs it again.
        ///
        /// # Safety
        /// The arguments are the parts of a machine.
        #[cold]
        #[inline(never)]
        unsafe extern $convention fn prepare_and_go_on(
            ip: *const Unit,
            fp: *mut u64,
            memory: *mut u8,
            accumulator: u64,
            fuel: u64,
            state: *mut State,
        ) -> Halted {
            // SAFETY: the caller's promise.
            let machine = unsafe { Machine::<Unwatched<false>>::from_parts((ip, fp, memory, accumulator, fuel, state)) };
            match prepare(machine) {
                (machine, Ok(())) => go_on(machine),
                (machine, Err(stop)) => stop_at(machine, stop),
            }
        }

        /// Ends the run: notes on the stack where it stands, and in the state what is to be known besides what fits two
        /// registers.
        ///
        /// # Safety
        /// The arguments are the parts of a machine, but for two that hold what stopped it.
        #[inline(never)]
        unsafe extern $convention fn halt(
            ip: *const Unit,
            fp: *mut u64,
            what: *mut u8,
            beside: u64,
            fuel: u64,
            state: *mut State,
        ) -> Halted {
            let nowhere = core::ptr::null_mut();
            // SAFETY: the caller's promise; the machine has no memory, and nothing of it is run but `park`.
            let machine = unsafe { Machine::<Unwatched<false>>::from_parts((ip, fp, nowhere, 0, fuel, state)) };
            let (fuel, state) = machine.park_beside();
            state.halted_with = beside;
            Halted { what: what.addr(), fuel }
        }
    };
}

#[cfg(target_arch = "x86_64")]
handlers!("sysv64");
#[cfg(not(target_arch = "x86_64"))]
handlers!("C");

macro_rules! table {
    ($($name:ident $mnemonic:literal $shape:ident => $semantics:ident [$($parameter:tt)*]; $doc:literal)*) => {
        /// The handlers of each head: an opcode without the flag, and with it.
        static HANDLERS: [Handler; Opcode::ALL.len() << HEAD_FLAG_BITS] = [$(
            handle::<Numbered<{ Opcode::$name.number() }>, false>,
            handle::<Numbered<{ Opcode::$name.number() }>, true>,
        )*];
    };
}

instructions!(table);

/// Runs until something stops the machine.
#[inline(always)]
pub(super) fn run(machine: Machine<'_, Unwatched<false>>) -> Ended {
    let handler = handler_of(&machine);
    let (ip, fp, memory, accumulator, fuel, state) = machine.into_parts();
    // SAFETY: these are the parts of a machine, and the handler is that of the opcode at `ip`.
    let Halted { what, fuel } = unsafe { handler(ip, fp, memory, accumulator, fuel, state) };
    // SAFETY: the machine borrowed the state, and is gone.
    let state = unsafe { &*state };
    Ended { packed: Packed { what, beside: state.halted_with }, fuel }
}

/// Jumps to the handler of the instruction at the instruction pointer.
#[inline(always)]
fn go_on<const F: bool>(machine: Machine<'_, Unwatched<F>>) -> Halted {
    let handler = handler_of(&machine);
    let (ip, fp, memory, accumulator, fuel, state) = machine.into_parts();
    // SAFETY: these are the parts of a machine, and the handler is that of the opcode at `ip`.
    unsafe { handler(ip, fp, memory, accumulator, fuel, state) }
}

#[inline(always)]
fn handler_of<const F: bool>(machine: &Machine<'_, Unwatched<F>>) -> Handler {
    let head = usize::from(machine.head());
    // SAFETY: V1 - the head is an opcode's, of which the table has an entry for each and each flag.
    unsafe { *HANDLERS.get_unchecked(head) }
}

/// Ends the run.
#[inline(always)]
fn stop_at<const F: bool>(machine: Machine<'_, Unwatched<F>>, stop: Stop) -> Halted {
    let Packed { what, beside } = Packed::of(stop);
    let (ip, fp, _, _, fuel, state) = machine.into_parts();
    // The memory's registers are read anew when the run goes on: they carry what stopped it.
    let what = core::ptr::without_provenance_mut(what);
    // SAFETY: the parts are the machine's but for the two that `halt` takes for what they are.
    unsafe { halt(ip, fp, what, beside, fuel, state) }
}

/// How a run has ended.
pub(super) struct Ended {
    packed: Packed,
    fuel: u64,
}

impl Halt for Ended {
    #[inline(always)]
    fn fuel(&self) -> u64 {
        self.fuel
    }

    #[inline(always)]
    fn host_call(&self) -> Option<HostCall> {
        self.packed.host_call()
    }

    #[inline(always)]
    fn stop(self) -> Stop {
        self.packed.unpack()
    }
}

/// What stopped a run, as numbers.
struct Packed {
    what: usize,
    /// The element or the signature.
    beside: u64,
}

/// Bits of `Packed::what`: what it is, then its small number or window, then its large number.
const KIND_BITS: u32 = 8;
const SMALL_BITS: u32 = 16;

const FINISHED: usize = 0;
const OUT_OF_FUEL: usize = 1;
const TRAP: usize = 2;
const HOST_CALL: usize = 3;
const FOREIGN_CALL: usize = 4;

impl Packed {
    #[inline(always)]
    fn of(stop: Stop) -> Self {
        let word = |kind: usize, small: u16, large: u32| {
            kind | usize::from(small) << KIND_BITS | (large as usize) << (KIND_BITS + SMALL_BITS)
        };
        match stop {
            Stop::Finished => Self { what: FINISHED, beside: 0 },
            Stop::Unprepared => unreachable!("a handler prepares instead; qed"),
            Stop::OutOfFuel => Self { what: OUT_OF_FUEL, beside: 0 },
            Stop::Trap(trap) => Self { what: word(TRAP, u16::from(trap as u8), 0), beside: 0 },
            Stop::HostCall(HostCall { import, signature, window }) => {
                Self { what: word(HOST_CALL, window.0, import), beside: signature.0 }
            }
            Stop::ForeignCall { element, ty, window } => {
                Self { what: word(FOREIGN_CALL, window.0, ty), beside: element }
            }
        }
    }

    fn kind(&self) -> usize {
        self.what & ((1 << KIND_BITS) - 1)
    }

    fn small(&self) -> u16 {
        (self.what >> KIND_BITS) as u16
    }

    fn large(&self) -> u32 {
        (self.what >> (KIND_BITS + SMALL_BITS)) as u32
    }

    #[inline(always)]
    fn host_call(&self) -> Option<HostCall> {
        let signature = Signature(self.beside);
        let call = HostCall { import: self.large(), signature, window: Window(self.small()) };
        (self.kind() == HOST_CALL).then_some(call)
    }

    #[cold]
    #[inline(never)]
    fn unpack(self) -> Stop {
        let trap = |number| u8::try_from(number).ok().and_then(Trap::from_number).expect("`of` packed a trap; qed");
        match self.kind() {
            FINISHED => Stop::Finished,
            OUT_OF_FUEL => Stop::OutOfFuel,
            TRAP => Stop::Trap(trap(self.small())),
            HOST_CALL => Stop::HostCall(self.host_call().expect("the kind says so; qed")),
            _ => Stop::ForeignCall { element: self.beside, ty: self.large(), window: Window(self.small()) },
        }
    }
}
