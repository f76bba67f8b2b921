//! Wide arithmetic: 128-bit sums, differences and products on pairs of cells. Source: the
//! wide-arithmetic proposal.

use super::Wide;

fn join([low, high]: [u64; 2]) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

#[allow(clippy::cast_possible_truncation, reason = "each half is taken on its own")]
fn split(value: u128) -> [u64; 2] {
    [value as u64, (value >> 64) as u64]
}

macro_rules! wide {
    ($($name:ident($lhs:ident, $rhs:ident) => $result:expr;)*) => {$(
        #[doc = concat!("`", stringify!($result), "`.")]
        pub struct $name;
        impl Wide for $name {
            #[inline(always)]
            fn apply($lhs: [u64; 2], $rhs: [u64; 2]) -> [u64; 2] {
                split($result)
            }
        }
    )*};
}

wide! {
    I64Add128(a, b) => join(a).wrapping_add(join(b));
    I64Sub128(a, b) => join(a).wrapping_sub(join(b));
    I64MulWideS(a, b) => (i128::from(a[0].cast_signed()) * i128::from(b[0].cast_signed())).cast_unsigned();
    I64MulWideU(a, b) => u128::from(a[0]) * u128::from(b[0]);
}
