//! Comparisons and their four instructions: into a cell or as a branch, with a cell or a constant.
//! The translator moves between them when it negates, swaps or fuses.

use super::target::Opcode;

macro_rules! comparisons {
    ($($name:ident: $set_rr:ident $set_ri:ident $br_rr:ident $br_ri:ident, not $not:ident, swapped $swapped:ident;)*) => {
        /// An integer comparison.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[allow(missing_docs, reason = "the names are the operators'")]
        pub enum Comparison { $($name),* }

        impl Comparison {
            /// The instruction that compares two cells into a cell.
            pub const fn set_rr(self) -> Opcode { match self { $(Self::$name => Opcode::$set_rr),* } }
            /// The instruction that compares a cell with a constant into a cell.
            pub const fn set_ri(self) -> Opcode { match self { $(Self::$name => Opcode::$set_ri),* } }
            /// The instruction that branches if the comparison of two cells holds.
            pub const fn br_rr(self) -> Opcode { match self { $(Self::$name => Opcode::$br_rr),* } }
            /// The instruction that branches if the comparison of a cell with a constant holds.
            pub const fn br_ri(self) -> Opcode { match self { $(Self::$name => Opcode::$br_ri),* } }
            /// The comparison that holds when this one does not.
            pub const fn negated(self) -> Self { match self { $(Self::$name => Self::$not),* } }
            /// The comparison of the operands in the other order.
            pub const fn swapped(self) -> Self { match self { $(Self::$name => Self::$swapped),* } }

            /// The comparison that an instruction makes into a cell, if it makes one.
            pub const fn of_set(opcode: Opcode) -> Option<Self> {
                match opcode {
                    $(Opcode::$set_rr | Opcode::$set_ri => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

comparisons! {
    I32Eq: I32EqRr I32EqRi BrI32EqRr BrI32EqRi, not I32Ne, swapped I32Eq;
    I32Ne: I32NeRr I32NeRi BrI32NeRr BrI32NeRi, not I32Eq, swapped I32Ne;
    I32LtS: I32LtSRr I32LtSRi BrI32LtSRr BrI32LtSRi, not I32GeS, swapped I32GtS;
    I32LtU: I32LtURr I32LtURi BrI32LtURr BrI32LtURi, not I32GeU, swapped I32GtU;
    I32GtS: I32GtSRr I32GtSRi BrI32GtSRr BrI32GtSRi, not I32LeS, swapped I32LtS;
    I32GtU: I32GtURr I32GtURi BrI32GtURr BrI32GtURi, not I32LeU, swapped I32LtU;
    I32LeS: I32LeSRr I32LeSRi BrI32LeSRr BrI32LeSRi, not I32GtS, swapped I32GeS;
    I32LeU: I32LeURr I32LeURi BrI32LeURr BrI32LeURi, not I32GtU, swapped I32GeU;
    I32GeS: I32GeSRr I32GeSRi BrI32GeSRr BrI32GeSRi, not I32LtS, swapped I32LeS;
    I32GeU: I32GeURr I32GeURi BrI32GeURr BrI32GeURi, not I32LtU, swapped I32LeU;
    I64Eq: I64EqRr I64EqRi BrI64EqRr BrI64EqRi, not I64Ne, swapped I64Eq;
    I64Ne: I64NeRr I64NeRi BrI64NeRr BrI64NeRi, not I64Eq, swapped I64Ne;
    I64LtS: I64LtSRr I64LtSRi BrI64LtSRr BrI64LtSRi, not I64GeS, swapped I64GtS;
    I64LtU: I64LtURr I64LtURi BrI64LtURr BrI64LtURi, not I64GeU, swapped I64GtU;
    I64GtS: I64GtSRr I64GtSRi BrI64GtSRr BrI64GtSRi, not I64LeS, swapped I64LtS;
    I64GtU: I64GtURr I64GtURi BrI64GtURr BrI64GtURi, not I64LeU, swapped I64LtU;
    I64LeS: I64LeSRr I64LeSRi BrI64LeSRr BrI64LeSRi, not I64GtS, swapped I64GeS;
    I64LeU: I64LeURr I64LeURi BrI64LeURr BrI64LeURi, not I64GtU, swapped I64GeU;
    I64GeS: I64GeSRr I64GeSRi BrI64GeSRr BrI64GeSRi, not I64LtS, swapped I64LeS;
    I64GeU: I64GeURr I64GeURi BrI64GeURr BrI64GeURi, not I64LtU, swapped I64LeU;
}
