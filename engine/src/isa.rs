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
pub mod source;
pub mod target;

pub use target::Opcode;

/// One unit of register code. An instruction is its opcode in one unit, then its fields.
pub type Unit = u16;

/// Units in front of an instruction's fields: the opcode.
pub const HEAD_UNITS: usize = 1;
