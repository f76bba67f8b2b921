//! The two instruction sets and how they are written down: table 1 (`source`: the Wasm operators
//! that are accepted) and table 2 (`target`: the register instructions), with the shapes of the
//! latter's operands and a disassembler that reads them. Floor 0: pure tables and functions.

pub mod comparison;
pub mod decode;
pub mod disassemble;
pub mod field;
pub mod fusion;
pub mod run;
pub mod shape;
pub mod signature;
pub mod source;
pub mod target;

pub use target::Opcode;

/// One unit of register code. An instruction is its opcode in one unit, then its fields.
pub type Unit = u16;

/// Units in front of an instruction's fields: the head, which is the opcode and a flag.
pub const HEAD_UNITS: usize = 1;

/// Bits of the flag, below the opcode's number in the head.
pub const HEAD_FLAG_BITS: u32 = 1;

/// The flag of an instruction whose first cell to read is the one that the instruction before it has just
/// written, and that nothing else leads to: a backend may keep what was written last in a register, and take
/// it from there.
pub const FORWARDED: Unit = 1;
