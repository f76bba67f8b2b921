//! The parser hands over operators one by one; each goes to what its row of table 1 says.
//!
//! The parser calls a method for each operator of Wasm. In the method the operator and its row are
//! known when the engine is compiled, so that looking at them costs nothing when it runs: a byte is
//! decided on once, by the parser.

use super::{Failure, Translated, Translator};
use crate::isa::source::SourceOperator;
// The parser's macro names it.
use alloc::vec::Vec;
use core::mem::ManuallyDrop;
use wasmparser::{FrameKind, FrameStack, Operator, VisitOperator};

impl FrameStack for Translator<'_> {
    #[inline]
    fn current_frame(&self) -> Option<FrameKind> {
        self.innermost()
    }
}

/// Defines the methods of `VisitOperator` from the parser's list of operators.
macro_rules! visit {
    ($(@$proposal:ident $operator:ident $({ $($field:ident: $ty:ty),* })? => $visit:ident ($($_:tt)*))*) => {$(
        #[inline]
        fn $visit(&mut self $($(, $field: $ty)*)?) -> Translated {
            const ROW: Option<SourceOperator> = SourceOperator::named(stringify!($operator));
            let operator = Operator::$operator $({ $($field),* })?;
            match ROW {
                // No operator of the table owns memory: there is nothing to drop.
                Some(row) => self.operator(row, &ManuallyDrop::new(operator)),
                None => Err(Failure::Operator(&stringify!($operator))),
            }
        }
    )*};
}

impl<'a> VisitOperator<'a> for Translator<'_> {
    type Output = Translated;

    wasmparser::for_each_visit_operator!(visit);
}
