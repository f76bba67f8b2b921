//! The operators that genes choose from, with their types.

use wasm_encoder::{Instruction, MemArg, ValType};

/// A type that genes compute with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ty {
    /// 32 bits.
    I32,
    /// 64 bits.
    I64,
}

impl Ty {
    /// By a gene's choice.
    pub const fn of(choice: u8) -> Self {
        if choice & 1 == 0 { Self::I32 } else { Self::I64 }
    }

    /// As the encoder spells it.
    pub const fn encoded(self) -> ValType {
        match self {
            Self::I32 => ValType::I32,
            Self::I64 => ValType::I64,
        }
    }
}

/// An operator without immediates.
pub type Operator = (&'static [Ty], Ty, Instruction<'static>);

const I: &[Ty] = &[Ty::I32];
const L: &[Ty] = &[Ty::I64];
const II: &[Ty] = &[Ty::I32, Ty::I32];
const LL: &[Ty] = &[Ty::I64, Ty::I64];

/// One operand of the same type.
#[rustfmt::skip]
pub static UNARY: &[Operator] = &[
    (I, Ty::I32, Instruction::I32Clz), (I, Ty::I32, Instruction::I32Ctz),
    (I, Ty::I32, Instruction::I32Extend8S), (I, Ty::I32, Instruction::I32Extend16S),
    (L, Ty::I64, Instruction::I64Clz), (L, Ty::I64, Instruction::I64Ctz),
    (L, Ty::I64, Instruction::I64Extend8S), (L, Ty::I64, Instruction::I64Extend16S),
    (L, Ty::I64, Instruction::I64Extend32S),
];

/// Two operands of the same type.
#[rustfmt::skip]
pub static BINARY: &[Operator] = &[
    (II, Ty::I32, Instruction::I32Add), (II, Ty::I32, Instruction::I32Sub), (II, Ty::I32, Instruction::I32And),
    (II, Ty::I32, Instruction::I32Or), (II, Ty::I32, Instruction::I32Xor), (II, Ty::I32, Instruction::I32Shl),
    (II, Ty::I32, Instruction::I32ShrS), (II, Ty::I32, Instruction::I32ShrU), (II, Ty::I32, Instruction::I32Rotl),
    (II, Ty::I32, Instruction::I32Rotr),
    (LL, Ty::I64, Instruction::I64Add), (LL, Ty::I64, Instruction::I64Sub), (LL, Ty::I64, Instruction::I64And),
    (LL, Ty::I64, Instruction::I64Or), (LL, Ty::I64, Instruction::I64Xor), (LL, Ty::I64, Instruction::I64Shl),
    (LL, Ty::I64, Instruction::I64ShrS), (LL, Ty::I64, Instruction::I64ShrU), (LL, Ty::I64, Instruction::I64Rotl),
    (LL, Ty::I64, Instruction::I64Rotr),
];

/// Comparisons.
#[rustfmt::skip]
pub static COMPARE: &[Operator] = &[
    (I, Ty::I32, Instruction::I32Eqz), (II, Ty::I32, Instruction::I32Eq), (II, Ty::I32, Instruction::I32Ne),
    (II, Ty::I32, Instruction::I32LtS), (II, Ty::I32, Instruction::I32LtU), (II, Ty::I32, Instruction::I32GtS),
    (II, Ty::I32, Instruction::I32GtU), (II, Ty::I32, Instruction::I32LeS), (II, Ty::I32, Instruction::I32GeU),
    (L, Ty::I32, Instruction::I64Eqz), (LL, Ty::I32, Instruction::I64Eq), (LL, Ty::I32, Instruction::I64Ne),
    (LL, Ty::I32, Instruction::I64LtS), (LL, Ty::I32, Instruction::I64LtU), (LL, Ty::I32, Instruction::I64GtS),
    (LL, Ty::I32, Instruction::I64GtU), (LL, Ty::I32, Instruction::I64LeU), (LL, Ty::I32, Instruction::I64GeS),
];

/// From one type to the other.
#[rustfmt::skip]
pub static CONVERT: &[Operator] = &[
    (L, Ty::I32, Instruction::I32WrapI64), (I, Ty::I64, Instruction::I64ExtendI32S),
    (I, Ty::I64, Instruction::I64ExtendI32U),
];

/// Products.
pub static MULTIPLY: &[Operator] = &[(II, Ty::I32, Instruction::I32Mul), (LL, Ty::I64, Instruction::I64Mul)];

/// Population counts.
pub static POPCNT: &[Operator] = &[(I, Ty::I32, Instruction::I32Popcnt), (L, Ty::I64, Instruction::I64Popcnt)];

/// Quotients and remainders.
#[rustfmt::skip]
pub static DIVIDE: &[Operator] = &[
    (II, Ty::I32, Instruction::I32DivS), (II, Ty::I32, Instruction::I32DivU), (II, Ty::I32, Instruction::I32RemS),
    (II, Ty::I32, Instruction::I32RemU),
    (LL, Ty::I64, Instruction::I64DivS), (LL, Ty::I64, Instruction::I64DivU), (LL, Ty::I64, Instruction::I64RemS),
    (LL, Ty::I64, Instruction::I64RemU),
];

/// An access to memory: its type, its bytes as a power of two, and how it is made of an offset.
pub type Access = (Ty, u32, fn(MemArg) -> Instruction<'static>);

/// Loads.
#[rustfmt::skip]
pub static LOADS: &[Access] = &[
    (Ty::I32, 2, Instruction::I32Load), (Ty::I32, 0, Instruction::I32Load8S), (Ty::I32, 0, Instruction::I32Load8U),
    (Ty::I32, 1, Instruction::I32Load16S), (Ty::I32, 1, Instruction::I32Load16U),
    (Ty::I64, 3, Instruction::I64Load), (Ty::I64, 0, Instruction::I64Load8S), (Ty::I64, 0, Instruction::I64Load8U),
    (Ty::I64, 1, Instruction::I64Load16S), (Ty::I64, 1, Instruction::I64Load16U),
    (Ty::I64, 2, Instruction::I64Load32S), (Ty::I64, 2, Instruction::I64Load32U),
];

/// Stores.
#[rustfmt::skip]
pub static STORES: &[Access] = &[
    (Ty::I32, 2, Instruction::I32Store), (Ty::I32, 0, Instruction::I32Store8), (Ty::I32, 1, Instruction::I32Store16),
    (Ty::I64, 3, Instruction::I64Store), (Ty::I64, 0, Instruction::I64Store8), (Ty::I64, 1, Instruction::I64Store16),
    (Ty::I64, 2, Instruction::I64Store32),
];

/// The one that a gene chooses.
pub fn chosen<T>(table: &'static [T], choice: u8) -> &'static T {
    &table[usize::from(choice) % table.len()]
}
