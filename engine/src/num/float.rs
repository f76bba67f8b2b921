//! Floats. What arithmetic makes of a NaN is left open by the specification and differs between
//! machines; here every NaN that an operator computes is the canonical one, so bits never differ.
//! Operators that only move bits (`abs`, `neg`, `copysign`, loads, reinterpretations) keep them.
//!
//! Rounding functions come from `libm`, on every target the same code.

use super::{Binary, Lane, PartialUnary, Unary};
use crate::trap::Trap;

trait Float: Lane + Copy + PartialOrd {
    const CANONICAL_NAN: Self;

    #[inline(always)]
    #[allow(clippy::eq_op, reason = "a NaN is what differs from itself")]
    fn is_a_nan(self) -> bool {
        self != self
    }

    /// What an operator computed, with the one NaN that is allowed.
    #[inline(always)]
    fn canonical(self) -> Self {
        if self.is_a_nan() { Self::CANONICAL_NAN } else { self }
    }

    #[inline(always)]
    fn lesser(self, other: Self) -> Self {
        if self.is_a_nan() || other.is_a_nan() {
            Self::CANONICAL_NAN
        } else if self == other {
            // Equal but for the sign of zeros: the negative one is the lesser.
            Self::of(self.cell() | other.cell())
        } else if self < other {
            self
        } else {
            other
        }
    }

    #[inline(always)]
    fn greater(self, other: Self) -> Self {
        if self.is_a_nan() || other.is_a_nan() {
            Self::CANONICAL_NAN
        } else if self == other {
            Self::of(self.cell() & other.cell())
        } else if self > other {
            self
        } else {
            other
        }
    }
}

macro_rules! floats {
    ($($ty:ty, $bits:ty, $nan:literal;)*) => {$(
        impl Lane for $ty {
            #[inline(always)]
            fn of(cell: u64) -> Self {
                Self::from_bits(<$bits>::of(cell))
            }
            #[inline(always)]
            fn cell(self) -> u64 {
                u64::from(self.to_bits())
            }
        }

        impl Float for $ty {
            const CANONICAL_NAN: Self = Self::from_bits($nan);
        }
    )*};
}

floats! {
    f32, u32, 0x7fc0_0000;
    f64, u64, 0x7ff8_0000_0000_0000;
}

binary! {
    counts: false;
    F32Add(a, b: f32) => (a + b).canonical();
    F32Sub(a, b: f32) => (a - b).canonical();
    F32Mul(a, b: f32) => (a * b).canonical();
    F32Div(a, b: f32) => (a / b).canonical();
    F32Min(a, b: f32) => a.lesser(b);
    F32Max(a, b: f32) => a.greater(b);
    F32Copysign(a, b: f32) => a.copysign(b);
    F32Eq(a, b: f32) => u32::from(a == b);
    F32Ne(a, b: f32) => u32::from(a != b);
    F32Lt(a, b: f32) => u32::from(a < b);
    F32Gt(a, b: f32) => u32::from(a > b);
    F32Le(a, b: f32) => u32::from(a <= b);
    F32Ge(a, b: f32) => u32::from(a >= b);
    F64Add(a, b: f64) => (a + b).canonical();
    F64Sub(a, b: f64) => (a - b).canonical();
    F64Mul(a, b: f64) => (a * b).canonical();
    F64Div(a, b: f64) => (a / b).canonical();
    F64Min(a, b: f64) => a.lesser(b);
    F64Max(a, b: f64) => a.greater(b);
    F64Copysign(a, b: f64) => a.copysign(b);
    F64Eq(a, b: f64) => u32::from(a == b);
    F64Ne(a, b: f64) => u32::from(a != b);
    F64Lt(a, b: f64) => u32::from(a < b);
    F64Gt(a, b: f64) => u32::from(a > b);
    F64Le(a, b: f64) => u32::from(a <= b);
    F64Ge(a, b: f64) => u32::from(a >= b);
}

unary! {
    F32Abs(a: f32) => a.abs();
    F32Neg(a: f32) => -a;
    F32Ceil(a: f32) => libm::ceilf(a).canonical();
    F32Floor(a: f32) => libm::floorf(a).canonical();
    F32Trunc(a: f32) => libm::truncf(a).canonical();
    F32Nearest(a: f32) => libm::rintf(a).canonical();
    F32Sqrt(a: f32) => libm::sqrtf(a).canonical();
    F64Abs(a: f64) => a.abs();
    F64Neg(a: f64) => -a;
    F64Ceil(a: f64) => libm::ceil(a).canonical();
    F64Floor(a: f64) => libm::floor(a).canonical();
    F64Trunc(a: f64) => libm::trunc(a).canonical();
    F64Nearest(a: f64) => libm::rint(a).canonical();
    F64Sqrt(a: f64) => libm::sqrt(a).canonical();
    F32ConvertI32S(a: i32) => a as f32;
    F32ConvertI32U(a: u32) => a as f32;
    F32ConvertI64S(a: i64) => a as f32;
    F32ConvertI64U(a: u64) => a as f32;
    F64ConvertI32S(a: i32) => f64::from(a);
    F64ConvertI32U(a: u32) => f64::from(a);
    F64ConvertI64S(a: i64) => a as f64;
    F64ConvertI64U(a: u64) => a as f64;
    F32DemoteF64(a: f64) => (a as f32).canonical();
    F64PromoteF32(a: f32) => f64::from(a).canonical();
    I32TruncSatF32S(a: f32) => a as i32;
    I32TruncSatF32U(a: f32) => a as u32;
    I32TruncSatF64S(a: f64) => a as i32;
    I32TruncSatF64U(a: f64) => a as u32;
    I64TruncSatF32S(a: f32) => a as i64;
    I64TruncSatF32U(a: f32) => a as u64;
    I64TruncSatF64S(a: f64) => a as i64;
    I64TruncSatF64U(a: f64) => a as u64;
}

macro_rules! truncate {
    ($($name:ident: $float:ty => $int:ty, from $low:literal below $high:literal;)*) => {$(
        #[doc = concat!("`", stringify!($float), "` to `", stringify!($int), "`, towards zero.")]
        pub struct $name;
        impl PartialUnary for $name {
            #[inline(always)]
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the value has been found to fit"
            )]
            fn apply(operand: u64) -> Result<u64, Trap> {
                let operand = <$float>::of(operand);
                if operand.is_a_nan() {
                    return Err(Trap::InvalidConversion);
                }
                let whole = f64::from(operand);
                // The bounds are exact in 64-bit floats; what lies between them truncates into range.
                if whole > $low && whole < $high { Ok((operand as $int).cell()) } else { Err(Trap::IntegerOverflow) }
            }
        }
    )*};
}

truncate! {
    I32TruncF32S: f32 => i32, from -2147483649.0 below 2147483648.0;
    I32TruncF32U: f32 => u32, from -1.0 below 4294967296.0;
    I32TruncF64S: f64 => i32, from -2147483649.0 below 2147483648.0;
    I32TruncF64U: f64 => u32, from -1.0 below 4294967296.0;
    I64TruncF32S: f32 => i64, from -9223373136366403585.0 below 9223372036854775808.0;
    I64TruncF32U: f32 => u64, from -1.0 below 18446744073709551616.0;
    I64TruncF64S: f64 => i64, from -9223372036854777856.0 below 9223372036854775808.0;
    I64TruncF64U: f64 => u64, from -1.0 below 18446744073709551616.0;
}
