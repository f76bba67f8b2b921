//! Why a call ends without a result. What leaves the engine is consensus: numbers are permanent,
//! rows are only appended.

use core::fmt;

macro_rules! traps {
    ($($(#[doc = $doc:literal])* $name:ident = $number:literal, $text:literal;)*) => {
        /// A deterministic end of a call: a function of the program, its input and its limits (Law 2).
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        pub enum Trap { $($(#[doc = $doc])* $name = $number),* }

        impl Trap {
            /// The trap of this number.
            pub fn from_number(number: u8) -> Option<Self> {
                match number { $($number => Some(Self::$name),)* _ => None }
            }
        }

        impl fmt::Display for Trap {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$name => $text),* })
            }
        }
    };
}

traps! {
    /// The operator `unreachable` was reached.
    Unreachable = 0, "`unreachable` was executed";
    /// An access reached past the end of linear memory.
    MemoryOutOfBounds = 1, "out of bounds access to linear memory";
    /// An access reached past the end of a table.
    TableOutOfBounds = 2, "out of bounds access to a table";
    /// `call_indirect` found a null element.
    IndirectCallToNull = 3, "indirect call of a null element";
    /// A division overflowed: the least integer divided by -1.
    IntegerOverflow = 4, "integer overflow";
    /// An integer was divided by zero.
    IntegerDivideByZero = 5, "integer division by zero";
    /// `call_indirect` found a function of another type.
    IndirectCallTypeMismatch = 6, "indirect call of a function of another type";
    /// More calls were under way at once than [`RunLimits::call_depth`](crate::RunLimits) allows.
    CallDepthExceeded = 7, "too many nested calls";
    /// Locals and operands of all frames exceeded [`RunLimits::stack_height`](crate::RunLimits).
    StackHeightExceeded = 8, "locals and operands exceed the stack height";
    /// A function that had not been validated turned out not to be Wasm.
    InvalidCode = 9, "the function is not valid Wasm";
    /// A float that is no number was converted to an integer.
    InvalidConversion = 10, "a NaN was converted to an integer";
}
