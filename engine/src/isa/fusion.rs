//! Which instructions become one. Two instructions that follow each other cost two dispatches, and
//! dispatches are most of what an interpreter does; so what real code does together has an instruction
//! of its own.
//!
//! The choice follows what contracts execute (docs/speed.md, Fused instructions, has the counts and the
//! command that makes them). A row reads `first second Role => fused;`. The fused instruction's fields are those of
//! the first, then those of the second but for the cell that the first made for it; so the emitter needs to
//! know nothing of a row but its name.

use super::target::Opcode;

/// What the second instruction does with the cell that the first one writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// It is the left operand, or the only one. Nobody else reads it.
    Lhs,
    /// It is the right operand. Nobody else reads it.
    Rhs,
    /// It is the address of a load or a store. Nobody else reads it.
    Address,
    /// It is the value that a store or `global.set` puts somewhere. Nobody else reads it.
    Value,
    /// It is the value that `global.set` puts somewhere, and stays a local.
    Kept,
    /// It is a counter, and stays.
    Counted,
    /// Nothing: the one, which stays, only stands before the other.
    Before,
    /// Nothing: the other comes after the one, and both are complete.
    After,
}

macro_rules! fusions {
    ($($first:ident $second:ident $role:ident => $fused:ident;)*) => {
        /// The instruction that does what `first` and then `second` do, if there is one.
        #[inline]
        pub const fn fused(first: Opcode, second: Opcode, role: Role) -> Option<Opcode> {
            match (first, second, role) {
                $((Opcode::$first, Opcode::$second, Role::$role) => Some(Opcode::$fused),)*
                _ => None,
            }
        }

        /// Every row: the first instruction, the second, and what becomes of them.
        pub const ROWS: &[(Opcode, Opcode, Role, Opcode)] =
            &[$((Opcode::$first, Opcode::$second, Role::$role, Opcode::$fused)),*];
    };
}

fusions! {
    I32ShlRi I32AddRr Lhs => I32ShlRiAddRr;
    I32ShlRi I32AddRr Rhs => I32ShlRiAddRr;
    I32ShlRi I32OrRr Lhs => I32ShlRiOrRr;
    I32ShlRi I32OrRr Rhs => I32ShlRiOrRr;
    I32ShrURi I32XorRr Lhs => I32ShrURiXorRr;
    I32ShrURi I32XorRr Rhs => I32ShrURiXorRr;
    I32ShrURi I32AddRr Lhs => I32ShrURiAddRr;
    I32ShrURi I32AddRr Rhs => I32ShrURiAddRr;
    I32ShrURi I32OrRr Lhs => I32ShrURiOrRr;
    I32ShrURi I32OrRr Rhs => I32ShrURiOrRr;
    I32RotrRi I32XorRr Lhs => I32RotrRiXorRr;
    I32RotrRi I32XorRr Rhs => I32RotrRiXorRr;
    I32RotrRi I32AddRr Lhs => I32RotrRiAddRr;
    I32RotrRi I32AddRr Rhs => I32RotrRiAddRr;
    I32RotlRi I32AddRr Lhs => I32RotlRiAddRr;
    I32RotlRi I32AddRr Rhs => I32RotlRiAddRr;
    I32RotlRi I32XorRr Lhs => I32RotlRiXorRr;
    I32RotlRi I32XorRr Rhs => I32RotlRiXorRr;
    I32XorRi I32AndRr Lhs => I32XorRiAndRr;
    I32XorRi I32AndRr Rhs => I32XorRiAndRr;
    I32AndRi I32XorRr Lhs => I32AndRiXorRr;
    I32AndRi I32XorRr Rhs => I32AndRiXorRr;
    I32AndRi I32OrRr Lhs => I32AndRiOrRr;
    I32AndRi I32OrRr Rhs => I32AndRiOrRr;
    I32AndRi I32AddRr Lhs => I32AndRiAddRr;
    I32AndRi I32AddRr Rhs => I32AndRiAddRr;
    I32MulRi I32AddRr Lhs => I32MulRiAddRr;
    I32MulRi I32AddRr Rhs => I32MulRiAddRr;
    I32AddRi I32AndRr Lhs => I32AddRiAndRr;
    I32AddRi I32AndRr Rhs => I32AddRiAndRr;
    I32XorRr I32AndRi Lhs => I32XorRrAndRi;
    I32XorRr I32RotrRi Lhs => I32XorRrRotrRi;
    I32XorRr I32RotlRi Lhs => I32XorRrRotlRi;
    I32AddRr I32AndRi Lhs => I32AddRrAndRi;
    I32AddRr I32MulRi Lhs => I32AddRrMulRi;
    I32AddRr I32AddRi Lhs => I32AddRrAddRi;
    I32SubRr I32AddRi Lhs => I32SubRrAddRi;
    I32SubRr I32AndRi Lhs => I32SubRrAndRi;
    I32AddRr I32ShlRi Lhs => I32AddRrShlRi;
    I32AndRi I32ShlRi Lhs => I32AndRiShlRi;
    I32MulRi I32ShrURi Lhs => I32MulRiShrURi;
    I32ShrURi I32AndRi Lhs => I32ShrURiAndRi;
    I32MulRi I32AndRi Lhs => I32MulRiAndRi;
    I32ShlRi I32OrRi Lhs => I32ShlRiOrRi;
    I32ShlRi I32ShrURi Lhs => I32ShlRiShrURi;
    I32ShlRi I32ShrSRi Lhs => I32ShlRiShrSRi;
    I32AddRi I32AndRi Lhs => I32AddRiAndRi;
    I32ShlRi I32AddRi Lhs => I32ShlRiAddRi;
    I32MulRi I32AddRi Lhs => I32MulRiAddRi;
    I32XorRr I32XorRr Lhs => I32XorRrXorRr;
    I32XorRr I32XorRr Rhs => I32XorRrXorRr;
    I32XorRr I32AddRr Lhs => I32XorRrAddRr;
    I32XorRr I32AddRr Rhs => I32XorRrAddRr;
    I32AndRr I32XorRr Lhs => I32AndRrXorRr;
    I32AndRr I32XorRr Rhs => I32AndRrXorRr;
    I32AndRr I32OrRr Lhs => I32AndRrOrRr;
    I32AndRr I32OrRr Rhs => I32AndRrOrRr;
    I32MulRr I32AddRr Lhs => I32MulRrAddRr;
    I32MulRr I32AddRr Rhs => I32MulRrAddRr;
    I32AddRr I32AddRr Lhs => I32AddRrAddRr;
    I32AddRr I32AddRr Rhs => I32AddRrAddRr;
    I32OrRr I32OrRr Lhs => I32OrRrOrRr;
    I32OrRr I32OrRr Rhs => I32OrRrOrRr;
    I32AndRr I32AddRr Lhs => I32AndRrAddRr;
    I32AndRr I32AddRr Rhs => I32AndRrAddRr;
    I32SubRr I32AddRr Lhs => I32SubRrAddRr;
    I32SubRr I32AddRr Rhs => I32SubRrAddRr;
    I32XorRr I32AndRr Lhs => I32XorRrAndRr;
    I32XorRr I32AndRr Rhs => I32XorRrAndRr;
    I64ShlRi I64OrRr Lhs => I64ShlRiOrRr;
    I64ShlRi I64OrRr Rhs => I64ShlRiOrRr;
    I64ShlRi I64XorRr Lhs => I64ShlRiXorRr;
    I64ShlRi I64XorRr Rhs => I64ShlRiXorRr;
    I64ShlRi I64AddRr Lhs => I64ShlRiAddRr;
    I64ShlRi I64AddRr Rhs => I64ShlRiAddRr;
    I64ShrURi I64AddRr Lhs => I64ShrURiAddRr;
    I64ShrURi I64AddRr Rhs => I64ShrURiAddRr;
    I64ShrURi I64OrRr Lhs => I64ShrURiOrRr;
    I64ShrURi I64OrRr Rhs => I64ShrURiOrRr;
    I64ShrURi I64XorRr Lhs => I64ShrURiXorRr;
    I64ShrURi I64XorRr Rhs => I64ShrURiXorRr;
    I64RotlRi I64XorRr Lhs => I64RotlRiXorRr;
    I64RotlRi I64XorRr Rhs => I64RotlRiXorRr;
    I64XorRi I64AndRr Lhs => I64XorRiAndRr;
    I64XorRi I64AndRr Rhs => I64XorRiAndRr;
    I64AndRi I64XorRr Lhs => I64AndRiXorRr;
    I64AndRi I64XorRr Rhs => I64AndRiXorRr;
    I64AndRi I64MulRr Lhs => I64AndRiMulRr;
    I64AndRi I64MulRr Rhs => I64AndRiMulRr;
    I64AndRi I64AddRr Lhs => I64AndRiAddRr;
    I64AndRi I64AddRr Rhs => I64AndRiAddRr;
    I64XorRr I64RotrRi Lhs => I64XorRrRotrRi;
    I64XorRr I64RotlRi Lhs => I64XorRrRotlRi;
    I64AddRr I64AndRi Lhs => I64AddRrAndRi;
    I64MulRr I64ShrURi Lhs => I64MulRrShrURi;
    I64AddRr I64ShrURi Lhs => I64AddRrShrURi;
    I64AddRr I64AddRi Lhs => I64AddRrAddRi;
    I64ShrURi I64AndRi Lhs => I64ShrURiAndRi;
    I64ShrURi I64ShlRi Lhs => I64ShrURiShlRi;
    I64MulRr I64AddRr Lhs => I64MulRrAddRr;
    I64MulRr I64AddRr Rhs => I64MulRrAddRr;
    I64XorRr I64XorRr Lhs => I64XorRrXorRr;
    I64XorRr I64XorRr Rhs => I64XorRrXorRr;
    I64AndRr I64XorRr Lhs => I64AndRrXorRr;
    I64AndRr I64XorRr Rhs => I64AndRrXorRr;
    I64AddRr I64AddRr Lhs => I64AddRrAddRr;
    I64AddRr I64AddRr Rhs => I64AddRrAddRr;
    I64XorRr I64AddRr Lhs => I64XorRrAddRr;
    I64XorRr I64AddRr Rhs => I64XorRrAddRr;
    I64SubRr I64SubRr Lhs => I64SubRrSubRr;
    I64OrRr I64OrRr Lhs => I64OrRrOrRr;
    I64OrRr I64OrRr Rhs => I64OrRrOrRr;
    I64AddRr I64XorRr Lhs => I64AddRrXorRr;
    I64AddRr I64XorRr Rhs => I64AddRrXorRr;
    I64LtURr I64AddRr Lhs => I64LtURrAddRr;
    I64LtURr I64AddRr Rhs => I64LtURrAddRr;
    I64LtURr I64OrRr Lhs => I64LtURrOrRr;
    I64LtURr I64OrRr Rhs => I64LtURrOrRr;
    I64LtURr I64SubRr Rhs => I64SubRrLtU;
    I32LtURr I32OrRr Lhs => I32LtURrOrRr;
    I32LtURr I32OrRr Rhs => I32LtURrOrRr;
    I32LtURr I32AddRr Lhs => I32LtURrAddRr;
    I32LtURr I32AddRr Rhs => I32LtURrAddRr;
    I32GtURr I32OrRr Lhs => I32GtURrOrRr;
    I32GtURr I32OrRr Rhs => I32GtURrOrRr;
    I32GtURr I32AddRr Lhs => I32GtURrAddRr;
    I32GtURr I32AddRr Rhs => I32GtURrAddRr;
    I32EqRr I32OrRr Lhs => I32EqRrOrRr;
    I32EqRr I32OrRr Rhs => I32EqRrOrRr;
    I32NeRr I32OrRr Lhs => I32NeRrOrRr;
    I32NeRr I32OrRr Rhs => I32NeRrOrRr;
    I32LtSRr I32AddRr Lhs => I32LtSRrAddRr;
    I32LtSRr I32AddRr Rhs => I32LtSRrAddRr;
    I32GeSRr I32AddRr Lhs => I32GeSRrAddRr;
    I32GeSRr I32AddRr Rhs => I32GeSRrAddRr;
    Load8U I32AddRr Lhs => Load8UI32AddRr;
    Load8U I32AddRr Rhs => Load8UI32AddRr;
    Load8U I32OrRr Lhs => Load8UI32OrRr;
    Load8U I32OrRr Rhs => Load8UI32OrRr;
    Load8U I32XorRr Lhs => Load8UI32XorRr;
    Load8U I32XorRr Rhs => Load8UI32XorRr;
    Load8U I32MulRr Lhs => Load8UI32MulRr;
    Load8U I32MulRr Rhs => Load8UI32MulRr;
    Load8U I64OrRr Lhs => Load8UI64OrRr;
    Load8U I64OrRr Rhs => Load8UI64OrRr;
    Load8U I64AddRr Lhs => Load8UI64AddRr;
    Load8U I64AddRr Rhs => Load8UI64AddRr;
    Load32U I32AddRr Lhs => Load32UI32AddRr;
    Load32U I32AddRr Rhs => Load32UI32AddRr;
    Load32U I32XorRr Lhs => Load32UI32XorRr;
    Load32U I32XorRr Rhs => Load32UI32XorRr;
    Load32U I32OrRr Lhs => Load32UI32OrRr;
    Load32U I32OrRr Rhs => Load32UI32OrRr;
    Load32U I32AndRr Lhs => Load32UI32AndRr;
    Load32U I32AndRr Rhs => Load32UI32AndRr;
    Load32U I64MulRr Lhs => Load32UI64MulRr;
    Load32U I64MulRr Rhs => Load32UI64MulRr;
    Load32U I64AddRr Lhs => Load32UI64AddRr;
    Load32U I64AddRr Rhs => Load32UI64AddRr;
    Load64 I64AddRr Lhs => Load64I64AddRr;
    Load64 I64AddRr Rhs => Load64I64AddRr;
    Load64 I64XorRr Lhs => Load64I64XorRr;
    Load64 I64XorRr Rhs => Load64I64XorRr;
    Load64 I64OrRr Lhs => Load64I64OrRr;
    Load64 I64OrRr Rhs => Load64I64OrRr;
    Load64 I64MulRr Lhs => Load64I64MulRr;
    Load64 I64MulRr Rhs => Load64I64MulRr;
    Load64 I64AndRr Lhs => Load64I64AndRr;
    Load64 I64AndRr Rhs => Load64I64AndRr;
    I32Load8S I32AddRr Lhs => I32Load8SI32AddRr;
    I32Load8S I32AddRr Rhs => I32Load8SI32AddRr;
    Load8U I32AndRi Lhs => Load8UI32AndRi;
    Load8U I32AddRi Lhs => Load8UI32AddRi;
    Load32U I32AddRi Lhs => Load32UI32AddRi;
    Load32U I32AndRi Lhs => Load32UI32AndRi;
    Load32U I32ShrURi Lhs => Load32UI32ShrURi;
    I32AddRr Load8U Address => Load8USum;
    I32AddRr Load16U Address => Load16USum;
    I32AddRr Load32U Address => Load32USum;
    I32AddRr Load64 Address => Load64Sum;
    I32AddRr I32Load8S Address => I32Load8SSum;
    I32AddRi Load8U Address => Load8UNear;
    I32AddRi Load32U Address => Load32UNear;
    I32ShlRi Load32U Address => Load32UScaled;
    I32AddRi Load64 Address => Load64Near;
    I32ShlRi Load64 Address => Load64Scaled;
    I32AddRr Store8 Address => Store8Sum;
    I32AddRi Store8 Address => Store8Near;
    I32AddRr Store32 Address => Store32Sum;
    I32AddRi Store32 Address => Store32Near;
    I32AddRr Store64 Address => Store64Sum;
    I32AddRi Store64 Address => Store64Near;
    I32AddRr Store32 Value => I32AddRrStore32;
    I32AddRi Store32 Value => I32AddRiStore32;
    I32SubRr Store32 Value => I32SubRrStore32;
    I32OrRr Store32 Value => I32OrRrStore32;
    I32AddRi Store8 Value => I32AddRiStore8;
    I32ShrURi Store8 Value => I32ShrURiStore8;
    I64XorRr Store64 Value => I64XorRrStore64;
    I64AddRr Store64 Value => I64AddRrStore64;
    I64SubRr Store64 Value => I64SubRrStore64;
    I64OrRr Store64 Value => I64OrRrStore64;
    I64AddRi Store64 Value => I64AddRiStore64;
    I64RotlRr Store64 Value => I64RotlRrStore64;
    I64RotrRi Store64 Value => I64RotrRiStore64;
    Load8U Store8 Value => Move8;
    Load16U Store16 Value => Move16;
    Load32U Store32 Value => Move32;
    Load64 Store64 Value => Move64;
    Load8USum Store8 Value => Move8Sum;
    Load8UNear Store8 Value => Move8Near;
    Load32USum Store32 Value => Move32Sum;
    Load32UNear Store32 Value => Move32Near;
    Load64Sum Store64 Value => Move64Sum;
    Load64Near Store64 Value => Move64Near;
    Move8 Move8 After => Move8Two;
    Move64 Move64 After => Move64Two;
    Store8Near Store8Near After => Store8NearTwo;
    Store64 Store64 After => Store64Two;
    Store64Imm Store64Imm After => Store64ImmTwo;
    I32AddRi I32AddRi After => I32AddRiTwo;
    Load8U BrI32EqRi Lhs => BrLoad8UEqRi;
    Load8U BrI32NeRi Lhs => BrLoad8UNeRi;
    Load32U BrI32EqRi Lhs => BrLoad32UEqRi;
    Load32U BrI32NeRi Lhs => BrLoad32UNeRi;
    I32AndRi BrI32EqRi Lhs => BrI32AndRiEqRi;
    I32AndRi BrI32NeRi Lhs => BrI32AndRiNeRi;
    I32AddRi BrI32EqRr Counted => StepI32EqRr;
    I32AddRi BrI32EqRi Counted => StepI32EqRi;
    I32AddRi BrI32NeRr Counted => StepI32NeRr;
    I32AddRi BrI32NeRi Counted => StepI32NeRi;
    I32AddRi BrI32LtURr Counted => StepI32LtURr;
    I32AddRi BrI32LtURi Counted => StepI32LtURi;
    I32AddRi BrI32LtSRr Counted => StepI32LtSRr;
    I32AddRi BrI32LtSRi Counted => StepI32LtSRi;
    I32AddRi BrI32GeURr Counted => StepI32GeURr;
    I32AddRi BrI32GeURi Counted => StepI32GeURi;
    I64AddRi BrI64NeRi Counted => StepI64NeRi;
    I64AddRi BrI64LtURi Counted => StepI64LtURi;
    I32AddRi Br Counted => StepI32;
    I32AddRi TurnI32EqRr Counted => StepTurnI32EqRr;
    I32AddRi TurnI32EqRi Counted => StepTurnI32EqRi;
    I32AddRi TurnI32NeRr Counted => StepTurnI32NeRr;
    I32AddRi TurnI32NeRi Counted => StepTurnI32NeRi;
    I32AddRi TurnI32LtURr Counted => StepTurnI32LtURr;
    I32AddRi TurnI32LtURi Counted => StepTurnI32LtURi;
    I32AddRi TurnI32LtSRr Counted => StepTurnI32LtSRr;
    I32AddRi TurnI32LtSRi Counted => StepTurnI32LtSRi;
    I32AddRi TurnI32GeURr Counted => StepTurnI32GeURr;
    I32AddRi TurnI32GeURi Counted => StepTurnI32GeURi;
    I32AddRi TurnI32GeSRr Counted => StepTurnI32GeSRr;
    I32AddRi TurnI32GeSRi Counted => StepTurnI32GeSRi;
    I32AddRi TurnI32GtURr Counted => StepTurnI32GtURr;
    I32AddRi TurnI32GtURi Counted => StepTurnI32GtURi;
    I32AddRi TurnI32LeURr Counted => StepTurnI32LeURr;
    I32AddRi TurnI32LeURi Counted => StepTurnI32LeURi;
    GlobalGet I32AddRi Lhs => GlobalAddRi;
    I32AddRi GlobalSet Value => AddRiGlobal;
    GlobalAddRi GlobalSet Kept => StepGlobal;
    Copy CallFunc Before => CopyCall;
    Const32 CallFunc Before => ConstCall;
    I32AddRi CallFunc Before => I32AddRiCall;
    Copy Copy Before => CopyTwo;
}

macro_rules! turns {
    ($($branch:ident => $turn:ident;)*) => {
        /// The instruction that goes back to a loop's head and does the branch that stands there, if there
        /// is one.
        pub const fn turn(branch: Opcode) -> Option<Opcode> {
            match branch {
                $(Opcode::$branch => Some(Opcode::$turn),)*
                _ => None,
            }
        }
    };
}

turns! {
    BrI32EqRr => TurnI32EqRr;
    BrI32EqRi => TurnI32EqRi;
    BrI32NeRr => TurnI32NeRr;
    BrI32NeRi => TurnI32NeRi;
    BrI32LtURr => TurnI32LtURr;
    BrI32LtURi => TurnI32LtURi;
    BrI32LtSRr => TurnI32LtSRr;
    BrI32LtSRi => TurnI32LtSRi;
    BrI32GeURr => TurnI32GeURr;
    BrI32GeURi => TurnI32GeURi;
    BrI32GeSRr => TurnI32GeSRr;
    BrI32GeSRi => TurnI32GeSRi;
    BrI32GtURr => TurnI32GtURr;
    BrI32GtURi => TurnI32GtURi;
    BrI32LeURr => TurnI32LeURr;
    BrI32LeURi => TurnI32LeURi;
}
