//! Why a call ends without a result. What leaves the engine is consensus: numbers are permanent,
//! rows are only appended.

use core::fmt;

/// A deterministic end of a call: a function of the program, its input and its limits (Law 2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum Trap {
    /// The operator `unreachable` was reached.
    Unreachable = 0,
    /// An access reached past the end of linear memory.
    MemoryOutOfBounds = 1,
    /// An access reached past the end of a table.
    TableOutOfBounds = 2,
    /// `call_indirect` found a null element.
    IndirectCallToNull = 3,
    /// A division overflowed: the least integer divided by -1.
    IntegerOverflow = 4,
    /// An integer was divided by zero.
    IntegerDivideByZero = 5,
    /// `call_indirect` found a function of another type.
    IndirectCallTypeMismatch = 6,
    /// More calls were under way at once than [`RunLimits::call_depth`](crate::RunLimits) allows.
    CallDepthExceeded = 7,
    /// Locals and operands of all frames exceeded [`RunLimits::stack_height`](crate::RunLimits).
    StackHeightExceeded = 8,
    /// A function that had not been validated turned out not to be Wasm.
    InvalidCode = 9,
    /// A float that is no number was converted to an integer.
    InvalidConversion = 10,
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreachable => "`unreachable` was executed",
            Self::MemoryOutOfBounds => "out of bounds access to linear memory",
            Self::TableOutOfBounds => "out of bounds access to a table",
            Self::IndirectCallToNull => "indirect call of a null element",
            Self::IntegerOverflow => "integer overflow",
            Self::IntegerDivideByZero => "integer division by zero",
            Self::IndirectCallTypeMismatch => "indirect call of a function of another type",
            Self::CallDepthExceeded => "too many nested calls",
            Self::StackHeightExceeded => "locals and operands exceed the stack height",
            Self::InvalidCode => "the function is not valid Wasm",
            Self::InvalidConversion => "a NaN was converted to an integer",
        })
    }
}
