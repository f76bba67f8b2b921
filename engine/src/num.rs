//! What the numeric operators compute, as pure functions on cells.
//!
//! A cell has 64 bits. An `i32` lives in its low half; what the high half holds is unspecified, so
//! every function here reads only the half that its type names and writes the high half as zero.
//! Each operator is a zero-sized type; generic handlers take it as a parameter, so that no
//! numeric semantics are written a second time anywhere. Source: WebAssembly core spec, 4.3.

use crate::trap::Trap;

/// An operator of one operand that cannot trap.
pub trait Unary {
    /// The result cell.
    fn apply(operand: u64) -> u64;
}

/// An operator of two operands that cannot trap.
pub trait Binary {
    /// Whether the right operand is a count of bits, whose lowest bits are all that matters.
    const COUNTS: bool;
    /// The result cell.
    fn apply(lhs: u64, rhs: u64) -> u64;
}

/// An operator of two operands that may trap.
pub trait Partial {
    /// The result cell, or why there is none.
    fn apply(lhs: u64, rhs: u64) -> Result<u64, Trap>;
}

/// An operator of one operand that may trap.
pub trait PartialUnary {
    /// The result cell, or why there is none.
    fn apply(operand: u64) -> Result<u64, Trap>;
}

/// An operator whose operands and results are pairs of cells, low one first.
pub trait Wide {
    /// The result's two cells.
    fn apply(lhs: [u64; 2], rhs: [u64; 2]) -> [u64; 2];
}

/// A comparison of two operands.
pub trait Compare {
    /// Whether the relation holds.
    fn holds(lhs: u64, rhs: u64) -> bool;
}

/// A type that a cell can hold.
trait Lane {
    fn of(cell: u64) -> Self;
    fn cell(self) -> u64;
}

macro_rules! lanes {
    ($($ty:ty: $cell:ident => $of:expr, $value:ident => $into:expr;)*) => {$(
        impl Lane for $ty {
            #[inline(always)]
            #[allow(clippy::cast_possible_truncation, reason = "a lane is the low part of its cell")]
            fn of($cell: u64) -> Self { $of }
            #[inline(always)]
            fn cell(self) -> u64 { let $value = self; $into }
        }
    )*};
}

lanes! {
    u32: cell => cell as u32, value => u64::from(value);
    i32: cell => cell as u32 as i32, value => u64::from(value.cast_unsigned());
    u64: cell => cell, value => value;
    i64: cell => cell.cast_signed(), value => value.cast_unsigned();
}

/// A load from linear memory.
pub trait Load {
    /// The bytes in memory.
    type Bytes: Copy;
    /// The cell that they become, from their little-endian form.
    fn extend(bytes: Self::Bytes) -> u64;
}

macro_rules! loads {
    ($($name:ident: $stored:ty => $result:ty;)*) => {$(
        #[doc = concat!("A `", stringify!($stored), "`, extended to `", stringify!($result), "`.")]
        pub struct $name;
        impl Load for $name {
            type Bytes = [u8; size_of::<$stored>()];
            #[inline(always)]
            fn extend(bytes: Self::Bytes) -> u64 {
                <$result>::from(<$stored>::from_le_bytes(bytes)).cell()
            }
        }
    )*};
}

loads! {
    Load8U: u8 => u64;
    Load16U: u16 => u64;
    Load32U: u32 => u64;
    Load64: u64 => u64;
    I32Load8S: i8 => i32;
    I32Load16S: i16 => i32;
    I64Load8S: i8 => i64;
    I64Load16S: i16 => i64;
    I64Load32S: i32 => i64;
}

macro_rules! binary {
    (counts: $counts:literal; $($name:ident($lhs:ident, $rhs:ident: $ty:ty) => $result:expr;)*) => {$(
        #[doc = concat!("`", stringify!($result), "` on `", stringify!($ty), "`.")]
        pub struct $name;
        impl Binary for $name {
            const COUNTS: bool = $counts;
            #[inline(always)]
            fn apply(lhs: u64, rhs: u64) -> u64 {
                let ($lhs, $rhs) = (<$ty>::of(lhs), <$ty>::of(rhs));
                ($result).cell()
            }
        }
    )*};
}

macro_rules! unary {
    ($($name:ident($operand:ident: $ty:ty) => $result:expr;)*) => {$(
        #[doc = concat!("`", stringify!($result), "` on `", stringify!($ty), "`.")]
        pub struct $name;
        impl Unary for $name {
            #[inline(always)]
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_precision_loss,
                clippy::cast_sign_loss,
                reason = "rounding and saturating are what these operators do, and what `as` does"
            )]
            fn apply(operand: u64) -> u64 {
                let $operand = <$ty>::of(operand);
                ($result).cell()
            }
        }
    )*};
}

// Behind the macros, which these modules use too.
mod float;
mod wide;

pub use float::*;
pub use wide::*;

binary! {
    counts: false;
    I32Add(a, b: u32) => a.wrapping_add(b);
    I32Sub(a, b: u32) => a.wrapping_sub(b);
    I32Mul(a, b: u32) => a.wrapping_mul(b);
    I32And(a, b: u32) => a & b;
    I32Or(a, b: u32) => a | b;
    I32Xor(a, b: u32) => a ^ b;
    I64Add(a, b: u64) => a.wrapping_add(b);
    I64Sub(a, b: u64) => a.wrapping_sub(b);
    I64Mul(a, b: u64) => a.wrapping_mul(b);
    I64And(a, b: u64) => a & b;
    I64Or(a, b: u64) => a | b;
    I64Xor(a, b: u64) => a ^ b;
}

binary! {
    counts: true;
    I32Shl(a, b: u32) => a.wrapping_shl(b);
    I32ShrU(a, b: u32) => a.wrapping_shr(b);
    I32ShrS(a, b: i32) => a.wrapping_shr(b.cast_unsigned());
    I32Rotl(a, b: u32) => a.rotate_left(b % 32);
    I32Rotr(a, b: u32) => a.rotate_right(b % 32);
    I64Shl(a, b: u64) => a.wrapping_shl(u32::of(b));
    I64ShrU(a, b: u64) => a.wrapping_shr(u32::of(b));
    I64ShrS(a, b: i64) => a.wrapping_shr(u32::of(b.cell()));
    I64Rotl(a, b: u64) => a.rotate_left(u32::of(b % 64));
    I64Rotr(a, b: u64) => a.rotate_right(u32::of(b % 64));
}

macro_rules! partial {
    ($($name:ident($lhs:ident, $rhs:ident: $ty:ty) => $result:expr;)*) => {$(
        #[doc = concat!("`", stringify!($result), "` on `", stringify!($ty), "`.")]
        pub struct $name;
        impl Partial for $name {
            #[inline(always)]
            fn apply(lhs: u64, rhs: u64) -> Result<u64, Trap> {
                let ($lhs, $rhs) = (<$ty>::of(lhs), <$ty>::of(rhs));
                if $rhs == 0 {
                    return Err(Trap::IntegerDivideByZero);
                }
                ($result).map(Lane::cell).ok_or(Trap::IntegerOverflow)
            }
        }
    )*};
}

partial! {
    I32DivS(a, b: i32) => a.checked_div(b);
    I32DivU(a, b: u32) => a.checked_div(b);
    I32RemS(a, b: i32) => Some(a.wrapping_rem(b));
    I32RemU(a, b: u32) => a.checked_rem(b);
    I64DivS(a, b: i64) => a.checked_div(b);
    I64DivU(a, b: u64) => a.checked_div(b);
    I64RemS(a, b: i64) => Some(a.wrapping_rem(b));
    I64RemU(a, b: u64) => a.checked_rem(b);
}

macro_rules! compare {
    ($($name:ident($lhs:ident, $rhs:ident: $ty:ty) => $result:expr;)*) => {$(
        #[doc = concat!("`", stringify!($result), "` on `", stringify!($ty), "`.")]
        pub struct $name;
        impl Compare for $name {
            #[inline(always)]
            fn holds(lhs: u64, rhs: u64) -> bool {
                let ($lhs, $rhs) = (<$ty>::of(lhs), <$ty>::of(rhs));
                $result
            }
        }
    )*};
}

compare! {
    I32Eq(a, b: u32) => a == b;
    I32Ne(a, b: u32) => a != b;
    I32LtS(a, b: i32) => a < b;
    I32LtU(a, b: u32) => a < b;
    I32GtS(a, b: i32) => a > b;
    I32GtU(a, b: u32) => a > b;
    I32LeS(a, b: i32) => a <= b;
    I32LeU(a, b: u32) => a <= b;
    I32GeS(a, b: i32) => a >= b;
    I32GeU(a, b: u32) => a >= b;
    I64Eq(a, b: u64) => a == b;
    I64Ne(a, b: u64) => a != b;
    I64LtS(a, b: i64) => a < b;
    I64LtU(a, b: u64) => a < b;
    I64GtS(a, b: i64) => a > b;
    I64GtU(a, b: u64) => a > b;
    I64LeS(a, b: i64) => a <= b;
    I64LeU(a, b: u64) => a <= b;
    I64GeS(a, b: i64) => a >= b;
    I64GeU(a, b: u64) => a >= b;
}

unary! {
    I32Clz(a: u32) => a.leading_zeros();
    I32Ctz(a: u32) => a.trailing_zeros();
    I32Popcnt(a: u32) => a.count_ones();
    I32Extend8S(a: i32) => i32::from(a as i8);
    I32Extend16S(a: i32) => i32::from(a as i16);
    I64Clz(a: u64) => a.leading_zeros();
    I64Ctz(a: u64) => a.trailing_zeros();
    I64Popcnt(a: u64) => a.count_ones();
    I64Extend8S(a: i64) => i64::from(a as i8);
    I64Extend16S(a: i64) => i64::from(a as i16);
    I64ExtendI32S(a: i32) => i64::from(a);
    I64ExtendI32U(a: u32) => u64::from(a);
}
