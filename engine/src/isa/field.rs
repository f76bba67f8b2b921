//! The fields that instructions are made of: what each means, how many units it takes, how it is
//! written and read.
//!
//! A field's type says all that the verifier, the disassembler and the handlers need to know of
//! it; nobody guesses meaning from position. Wide fields are stored low unit first.

use super::Unit;
use alloc::vec::Vec;

/// A value that takes a fixed number of units in an instruction.
pub trait Field: Copy + Sized {
    /// How many units it takes: 1, 2 or 4.
    const UNITS: usize;
    /// Whether it names a cell that the instruction reads.
    const IS_READ: bool;

    /// Writes the field to the first `UNITS` units, of which there are enough.
    fn put(self, units: &mut [Unit]);

    /// Appends the field to code.
    fn write(self, code: &mut Vec<Unit>);

    /// Reads the field from the first `UNITS` units; `None` if there are fewer.
    fn read(units: &[Unit]) -> Option<Self>;

    /// Rebuilds the field from its bits, low unit first; bits above `UNITS` units are zero.
    fn from_bits(bits: u64) -> Self;

    /// What the field refers to.
    fn operand(self) -> Operand;
}

/// What a field refers to, for those who look at instructions without running them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// A cell of the frame that the instruction writes.
    Write(Slot),
    /// A cell of the frame that the instruction reads.
    Read(Slot),
    /// A constant, in two's complement.
    Immediate(i64),
    /// A constant byte offset that is added to an address.
    Offset(u32),
    /// A branch target, in units from the start of the instruction.
    Target(i32),
    /// Fuel that is charged when control goes on this way.
    Charge(u32),
    /// A function of the module's index space that is defined, not imported.
    Func(u32),
    /// An imported function.
    Import(u32),
    /// A canonical type index.
    Type(u32),
    /// A table.
    Table(u32),
    /// A global.
    Global(u32),
    /// A function of the module's index space, imported or defined.
    AnyFunc(u32),
    /// An element segment.
    Element(u32),
    /// A data segment.
    Data(u32),
    /// A number of cells or entries whose meaning is the instruction's.
    Count(u32),
    /// The first of the cells in which a call passes arguments and gets results.
    Window(Slot),
    /// A trap's number.
    Trap(u16),
    /// What a call of the host takes and returns.
    Signature(Signature),
}

/// A cell of the current frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub struct Slot(pub u16);

impl From<Slot> for usize {
    fn from(slot: Slot) -> Self {
        Self::from(slot.0)
    }
}

macro_rules! fields {
    ($($(#[doc = $doc:literal])* $name:ident($inner:ty, $bits:ty, $units:literal) => $operand:expr;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $name(pub $inner);

        impl Field for $name {
            const UNITS: usize = $units;
            const IS_READ: bool = matches!(stringify!($name).as_bytes(), b"Src");

            #[inline(always)]
            fn put(self, units: &mut [Unit]) {
                let bytes = self.0.to_le_bytes();
                for (unit, bytes) in units[..$units].iter_mut().zip(bytes.chunks_exact(2)) {
                    *unit = Unit::from_le_bytes([bytes[0], bytes[1]]);
                }
            }

            #[inline]
            fn write(self, code: &mut Vec<Unit>) {
                let mut units = [0; $units];
                self.put(&mut units);
                code.extend_from_slice(&units);
            }

            #[inline]
            fn read(units: &[Unit]) -> Option<Self> {
                let bits = units.get(..$units)?.iter().rev().fold(0u64, |bits, unit| bits << 16 | u64::from(*unit));
                Some(Self::from_bits(bits))
            }

            #[inline(always)]
            #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "a field is the low part of the bits that were read for it")]
            fn from_bits(bits: u64) -> Self {
                Self(bits as $bits as $inner)
            }

            #[inline(always)]
            fn operand(self) -> Operand {
                let make: fn($inner) -> Operand = $operand;
                make(self.0)
            }
        }
    )*};
}

fields! {
    /// The cell that an instruction writes. Always the first field of its shape.
    Dst(u16, u16, 1) => |slot| Operand::Write(Slot(slot));
    /// A cell that an instruction reads.
    Src(u16, u16, 1) => |slot| Operand::Read(Slot(slot));
    /// A constant of 32 bits, sign-extended where it is used as 64.
    Imm32(i32, u32, 2) => |value| Operand::Immediate(i64::from(value));
    /// A constant of 64 bits.
    Imm64(i64, u64, 4) => Operand::Immediate;
    /// A byte offset added to an address, without wrapping.
    Offset(u32, u32, 2) => Operand::Offset;
    /// A branch target, in units from the start of the instruction.
    Target(i32, u32, 2) => Operand::Target;
    /// Fuel that is charged when control goes on this way; filled in when the function is complete.
    Charge(u32, u32, 2) => Operand::Charge;
    /// A defined function, by its index in the module's function index space.
    Func(u32, u32, 2) => Operand::Func;
    /// An imported function.
    Import(u32, u32, 2) => Operand::Import;
    /// A canonical type index.
    Type(u32, u32, 2) => Operand::Type;
    /// A table.
    Table(u32, u32, 2) => Operand::Table;
    /// A global.
    Global(u32, u32, 2) => Operand::Global;
    /// A data segment.
    Data(u32, u32, 2) => Operand::Data;
    /// An element segment.
    Elem(u32, u32, 2) => Operand::Element;
    /// A function, imported or defined, that is referred to and not called.
    AnyFunc(u32, u32, 2) => Operand::AnyFunc;
    /// A number of cells or entries.
    Count(u32, u32, 2) => Operand::Count;
    /// The first cell of a call's arguments and results.
    Window(u16, u16, 1) => |slot| Operand::Window(Slot(slot));
    /// The number of a trap.
    TrapCode(u16, u16, 1) => Operand::Trap;
    /// How many cells a call of the host passes and gets, and which are narrow.
    Signature(u64, u64, 4) => |word| Operand::Signature(Signature(word));
}
