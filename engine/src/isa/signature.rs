//! The type of a host function in one word, as a call of it carries it: so that an exit knows what is passed
//! without looking the type up.

use super::field::Signature;
use crate::types::{FuncType, ValType};
use core::fmt;

/// Bits of the number of parameters, and of that of results above them. What is left above says of each parameter
/// whether it is narrow.
const COUNT_BITS: u32 = 8;
const NARROW_SHIFT: u32 = 2 * COUNT_BITS;
const PARAMS_MAX: usize = 48;
const COUNT_MASK: u64 = (1 << COUNT_BITS) - 1;

/// How many cells are passed to a host function, and which.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Passed {
    /// Cells of arguments.
    pub params: usize,
    /// Cells of results.
    pub results: usize,
    /// A bit for each parameter, the first one lowest: whether only the lower half of its cell is its value.
    pub narrow: u64,
}

impl Signature {
    /// Of a type that has more than fits the word: whoever needs to know asks the type.
    pub const LONG: Self = Self(u64::MAX);

    /// The signature of a type.
    pub fn of(ty: &FuncType) -> Self {
        Self::of_types(ty.params.iter().copied(), ty.results.len())
    }

    /// The same, of what is passed and how many results there are.
    pub(crate) fn of_types(
        params: impl DoubleEndedIterator<Item = ValType> + ExactSizeIterator,
        results: usize,
    ) -> Self {
        let (count, results) = (params.len(), u64::try_from(results).unwrap_or(u64::MAX));
        if count > PARAMS_MAX || results >= COUNT_MASK {
            return Self::LONG;
        }
        let narrow = params.rev().fold(0, |narrow, ty| narrow << 1 | u64::from(is_narrow(ty)));
        let params = u64::try_from(count).unwrap_or(COUNT_MASK);
        Self(params | results << COUNT_BITS | narrow << NARROW_SHIFT)
    }

    /// What it says; `None` if it is [`Signature::LONG`].
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "counts of eight bits")]
    pub fn passed(self) -> Option<Passed> {
        if self == Self::LONG {
            return None;
        }
        Some(Passed {
            params: (self.0 & COUNT_MASK) as usize,
            results: (self.0 >> COUNT_BITS & COUNT_MASK) as usize,
            narrow: self.0 >> NARROW_SHIFT,
        })
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Passed { params, results, narrow }) = self.passed() else { return f.write_str("long") };
        f.write_str("(")?;
        for param in 0..params {
            let bits = if narrow >> param & 1 == 1 { "32" } else { "64" };
            write!(f, "{}{bits}", if param == 0 { "" } else { " " })?;
        }
        write!(f, ") -> {results}")
    }
}

/// Whether only the lower half of a cell is the value, whatever stands above it.
pub(crate) fn is_narrow(ty: ValType) -> bool {
    matches!(ty, ValType::I32 | ValType::F32)
}
