//! Table 1: the Wasm operators that are accepted. **This table is consensus**: the class says what
//! an operator costs, the feature says under which policy it is accepted.
//!
//! From it come the set that validation accepts, the gas of every block, the operators that
//! calibration measures and the first half of docs/ISA.md. Rows are only appended.

use super::comparison::Comparison;
use super::target::Opcode;
use crate::features::Features;
use crate::gas::GasClass;
use wasmparser::Operator;

/// How an operator becomes register code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lowering {
    /// Blocks, branches, calls: `translate::control` and `translate::call`.
    Control,
    /// Operands, locals and globals: `translate::stack`.
    Stack,
    /// The operators that name a whole memory or a segment: `translate::memory`.
    Memory,
    /// References and tables: `translate::table`.
    Table,
    /// One cell in, one out.
    Unary(Opcode),
    /// Two cells in, one out; the right one may be a constant.
    Binary {
        /// Both are cells.
        rr: Opcode,
        /// The right one is a constant.
        ri: Opcode,
        /// Whether the operands may be swapped.
        commutes: bool,
    },
    /// Two cells in, one out; constants have no form of their own.
    Cells(Opcode),
    /// Four cells in, two out.
    WideSum(Opcode),
    /// Two cells in, two out.
    WideProduct(Opcode),
    /// The same bits as another type: nothing to do.
    Reinterpret,
    /// A difference: of a constant, it is a sum.
    Subtract {
        /// Both are cells.
        rr: Opcode,
        /// Adds the negative of the constant.
        add_ri: Opcode,
    },
    /// A comparison.
    Compare(Comparison, Right),
    /// `i32.wrap_i64`: the low half of the cell is there already.
    Wrap,
    /// `i64.extend_i32_u`: nothing to do where the high half is known to be zero.
    ZeroExtend,
    /// From memory.
    Load(Opcode),
    /// To memory.
    Store {
        /// The value is a cell.
        cell: Opcode,
        /// The value is a constant.
        imm: Opcode,
    },
}

/// What a comparison compares with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Right {
    /// The operand on top of the stack.
    Operand,
    /// Zero.
    Zero,
}

macro_rules! operators {
    ($($name:ident: $class:ident, $feature:ident => $lowering:expr;)*) => {
        /// A Wasm operator that some policy accepts.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the names are the WebAssembly specification's")]
        pub enum SourceOperator { $($name),* }

        impl SourceOperator {
            /// Every operator, in table order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The operator's row, if it has one.
            pub fn of(operator: &Operator<'_>) -> Option<Self> {
                match operator {
                    $(Operator::$name { .. } => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// The row of the operator that the parser spells like this, if it has one.
            pub const fn named(name: &str) -> Option<Self> {
                $(if same(name, stringify!($name)) {
                    return Some(Self::$name);
                })*
                None
            }

            /// The name, as the parser spells it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }

            /// What it costs.
            pub const fn class(self) -> GasClass {
                match self { $(Self::$name => GasClass::$class),* }
            }

            /// The feature that a policy must have to accept it.
            pub const fn feature(self) -> Features {
                match self { $(Self::$name => features::$feature),* }
            }

            /// How it becomes register code.
            pub const fn lowering(self) -> Lowering {
                #[allow(clippy::enum_glob_use, reason = "the rows read as a table")]
                use Lowering::*;
                match self { $(Self::$name => $lowering),* }
            }
        }
    };
}

/// Whether two names are the same: `==` is not for constants yet.
pub(crate) const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// The names that the table uses for features.
#[allow(non_upper_case_globals, reason = "they are a column of the table below")]
mod features {
    use crate::features::Features;
    pub(super) const Mvp: Features = Features::NONE;
    pub(super) const SignExtension: Features = Features::SIGN_EXTENSION;
    pub(super) const BulkMemory: Features = Features::BULK_MEMORY;
    pub(super) const Floats: Features = Features::FLOATS;
    pub(super) const SaturatingConversions: Features = Features::SATURATING_CONVERSIONS;
    pub(super) const TailCalls: Features = Features::TAIL_CALLS;
    pub(super) const WideArithmetic: Features = Features::WIDE_ARITHMETIC;
    pub(super) const ReferenceTypes: Features = Features::REFERENCE_TYPES;
}

operators! {
    // Control.
    Unreachable: Branch, Mvp => Control;
    Nop: Structure, Mvp => Control;
    Block: Structure, Mvp => Control;
    Loop: Structure, Mvp => Control;
    If: Branch, Mvp => Control;
    Else: Branch, Mvp => Control;
    End: Structure, Mvp => Control;
    Br: Branch, Mvp => Control;
    BrIf: Branch, Mvp => Control;
    BrTable: BranchTable, Mvp => Control;
    Return: Return, Mvp => Control;
    Call: Call, Mvp => Control;
    CallIndirect: CallIndirect, Mvp => Control;
    // Operands, locals, globals.
    Drop: Structure, Mvp => Stack;
    Select: Select, Mvp => Stack;
    LocalGet: LocalGet, Mvp => Stack;
    LocalSet: LocalSet, Mvp => Stack;
    LocalTee: LocalSet, Mvp => Stack;
    GlobalGet: Global, Mvp => Stack;
    GlobalSet: Global, Mvp => Stack;
    I32Const: Const, Mvp => Stack;
    I64Const: Const, Mvp => Stack;
    // Memory.
    I32Load: Load, Mvp => Load(Opcode::Load32U);
    I64Load: Load, Mvp => Load(Opcode::Load64);
    I32Load8S: Load, Mvp => Load(Opcode::I32Load8S);
    I32Load8U: Load, Mvp => Load(Opcode::Load8U);
    I32Load16S: Load, Mvp => Load(Opcode::I32Load16S);
    I32Load16U: Load, Mvp => Load(Opcode::Load16U);
    I64Load8S: Load, Mvp => Load(Opcode::I64Load8S);
    I64Load8U: Load, Mvp => Load(Opcode::Load8U);
    I64Load16S: Load, Mvp => Load(Opcode::I64Load16S);
    I64Load16U: Load, Mvp => Load(Opcode::Load16U);
    I64Load32S: Load, Mvp => Load(Opcode::I64Load32S);
    I64Load32U: Load, Mvp => Load(Opcode::Load32U);
    I32Store: Store, Mvp => Store { cell: Opcode::Store32, imm: Opcode::Store32Imm };
    I64Store: Store, Mvp => Store { cell: Opcode::Store64, imm: Opcode::Store64Imm };
    I32Store8: Store, Mvp => Store { cell: Opcode::Store8, imm: Opcode::Store8Imm };
    I32Store16: Store, Mvp => Store { cell: Opcode::Store16, imm: Opcode::Store16Imm };
    I64Store8: Store, Mvp => Store { cell: Opcode::Store8, imm: Opcode::Store8Imm };
    I64Store16: Store, Mvp => Store { cell: Opcode::Store16, imm: Opcode::Store16Imm };
    I64Store32: Store, Mvp => Store { cell: Opcode::Store32, imm: Opcode::Store32Imm };
    MemorySize: Memory, Mvp => Memory;
    MemoryGrow: Bulk, Mvp => Memory;
    MemoryCopy: Bulk, BulkMemory => Memory;
    MemoryFill: Bulk, BulkMemory => Memory;
    MemoryInit: Bulk, BulkMemory => Memory;
    DataDrop: Memory, BulkMemory => Memory;
    // Numbers.
    I32Eqz: Simple, Mvp => Compare(Comparison::I32Eq, Right::Zero);
    I32Eq: Simple, Mvp => Compare(Comparison::I32Eq, Right::Operand);
    I32Ne: Simple, Mvp => Compare(Comparison::I32Ne, Right::Operand);
    I32LtS: Simple, Mvp => Compare(Comparison::I32LtS, Right::Operand);
    I32LtU: Simple, Mvp => Compare(Comparison::I32LtU, Right::Operand);
    I32GtS: Simple, Mvp => Compare(Comparison::I32GtS, Right::Operand);
    I32GtU: Simple, Mvp => Compare(Comparison::I32GtU, Right::Operand);
    I32LeS: Simple, Mvp => Compare(Comparison::I32LeS, Right::Operand);
    I32LeU: Simple, Mvp => Compare(Comparison::I32LeU, Right::Operand);
    I32GeS: Simple, Mvp => Compare(Comparison::I32GeS, Right::Operand);
    I32GeU: Simple, Mvp => Compare(Comparison::I32GeU, Right::Operand);
    I64Eqz: Simple, Mvp => Compare(Comparison::I64Eq, Right::Zero);
    I64Eq: Simple, Mvp => Compare(Comparison::I64Eq, Right::Operand);
    I64Ne: Simple, Mvp => Compare(Comparison::I64Ne, Right::Operand);
    I64LtS: Simple, Mvp => Compare(Comparison::I64LtS, Right::Operand);
    I64LtU: Simple, Mvp => Compare(Comparison::I64LtU, Right::Operand);
    I64GtS: Simple, Mvp => Compare(Comparison::I64GtS, Right::Operand);
    I64GtU: Simple, Mvp => Compare(Comparison::I64GtU, Right::Operand);
    I64LeS: Simple, Mvp => Compare(Comparison::I64LeS, Right::Operand);
    I64LeU: Simple, Mvp => Compare(Comparison::I64LeU, Right::Operand);
    I64GeS: Simple, Mvp => Compare(Comparison::I64GeS, Right::Operand);
    I64GeU: Simple, Mvp => Compare(Comparison::I64GeU, Right::Operand);
    I32Clz: Simple, Mvp => Unary(Opcode::I32Clz);
    I32Ctz: Simple, Mvp => Unary(Opcode::I32Ctz);
    I32Popcnt: Multiply, Mvp => Unary(Opcode::I32Popcnt);
    I32Add: Simple, Mvp => Binary { rr: Opcode::I32AddRr, ri: Opcode::I32AddRi, commutes: true };
    I32Mul: Multiply, Mvp => Binary { rr: Opcode::I32MulRr, ri: Opcode::I32MulRi, commutes: true };
    I32And: Simple, Mvp => Binary { rr: Opcode::I32AndRr, ri: Opcode::I32AndRi, commutes: true };
    I32Or: Simple, Mvp => Binary { rr: Opcode::I32OrRr, ri: Opcode::I32OrRi, commutes: true };
    I32Xor: Simple, Mvp => Binary { rr: Opcode::I32XorRr, ri: Opcode::I32XorRi, commutes: true };
    I32Sub: Simple, Mvp => Subtract { rr: Opcode::I32SubRr, add_ri: Opcode::I32AddRi };
    I32DivS: Divide, Mvp => Binary { rr: Opcode::I32DivSRr, ri: Opcode::I32DivSRi, commutes: false };
    I32DivU: Divide, Mvp => Binary { rr: Opcode::I32DivURr, ri: Opcode::I32DivURi, commutes: false };
    I32RemS: Divide, Mvp => Binary { rr: Opcode::I32RemSRr, ri: Opcode::I32RemSRi, commutes: false };
    I32RemU: Divide, Mvp => Binary { rr: Opcode::I32RemURr, ri: Opcode::I32RemURi, commutes: false };
    I32Shl: Simple, Mvp => Binary { rr: Opcode::I32ShlRr, ri: Opcode::I32ShlRi, commutes: false };
    I32ShrS: Simple, Mvp => Binary { rr: Opcode::I32ShrSRr, ri: Opcode::I32ShrSRi, commutes: false };
    I32ShrU: Simple, Mvp => Binary { rr: Opcode::I32ShrURr, ri: Opcode::I32ShrURi, commutes: false };
    I32Rotl: Simple, Mvp => Binary { rr: Opcode::I32RotlRr, ri: Opcode::I32RotlRi, commutes: false };
    I32Rotr: Simple, Mvp => Binary { rr: Opcode::I32RotrRr, ri: Opcode::I32RotrRi, commutes: false };
    I64Clz: Simple, Mvp => Unary(Opcode::I64Clz);
    I64Ctz: Simple, Mvp => Unary(Opcode::I64Ctz);
    I64Popcnt: Multiply, Mvp => Unary(Opcode::I64Popcnt);
    I64Add: Simple, Mvp => Binary { rr: Opcode::I64AddRr, ri: Opcode::I64AddRi, commutes: true };
    I64Mul: Multiply, Mvp => Binary { rr: Opcode::I64MulRr, ri: Opcode::I64MulRi, commutes: true };
    I64And: Simple, Mvp => Binary { rr: Opcode::I64AndRr, ri: Opcode::I64AndRi, commutes: true };
    I64Or: Simple, Mvp => Binary { rr: Opcode::I64OrRr, ri: Opcode::I64OrRi, commutes: true };
    I64Xor: Simple, Mvp => Binary { rr: Opcode::I64XorRr, ri: Opcode::I64XorRi, commutes: true };
    I64Sub: Simple, Mvp => Subtract { rr: Opcode::I64SubRr, add_ri: Opcode::I64AddRi };
    I64DivS: Divide, Mvp => Binary { rr: Opcode::I64DivSRr, ri: Opcode::I64DivSRi, commutes: false };
    I64DivU: Divide, Mvp => Binary { rr: Opcode::I64DivURr, ri: Opcode::I64DivURi, commutes: false };
    I64RemS: Divide, Mvp => Binary { rr: Opcode::I64RemSRr, ri: Opcode::I64RemSRi, commutes: false };
    I64RemU: Divide, Mvp => Binary { rr: Opcode::I64RemURr, ri: Opcode::I64RemURi, commutes: false };
    I64Shl: Simple, Mvp => Binary { rr: Opcode::I64ShlRr, ri: Opcode::I64ShlRi, commutes: false };
    I64ShrS: Simple, Mvp => Binary { rr: Opcode::I64ShrSRr, ri: Opcode::I64ShrSRi, commutes: false };
    I64ShrU: Simple, Mvp => Binary { rr: Opcode::I64ShrURr, ri: Opcode::I64ShrURi, commutes: false };
    I64Rotl: Simple, Mvp => Binary { rr: Opcode::I64RotlRr, ri: Opcode::I64RotlRi, commutes: false };
    I64Rotr: Simple, Mvp => Binary { rr: Opcode::I64RotrRr, ri: Opcode::I64RotrRi, commutes: false };
    I32WrapI64: Simple, Mvp => Wrap;
    I64ExtendI32S: Simple, Mvp => Unary(Opcode::I64ExtendI32S);
    I64ExtendI32U: Simple, Mvp => ZeroExtend;
    I32Extend8S: Simple, SignExtension => Unary(Opcode::I32Extend8S);
    I32Extend16S: Simple, SignExtension => Unary(Opcode::I32Extend16S);
    I64Extend8S: Simple, SignExtension => Unary(Opcode::I64Extend8S);
    I64Extend16S: Simple, SignExtension => Unary(Opcode::I64Extend16S);
    I64Extend32S: Simple, SignExtension => Unary(Opcode::I64ExtendI32S);
    // Floats.
    F32Load: Load, Floats => Load(Opcode::Load32U);
    F64Load: Load, Floats => Load(Opcode::Load64);
    F32Store: Store, Floats => Store { cell: Opcode::Store32, imm: Opcode::Store32Imm };
    F64Store: Store, Floats => Store { cell: Opcode::Store64, imm: Opcode::Store64Imm };
    F32Const: Const, Floats => Stack;
    F64Const: Const, Floats => Stack;
    F32Eq: Float, Floats => Cells(Opcode::F32Eq);
    F32Ne: Float, Floats => Cells(Opcode::F32Ne);
    F32Lt: Float, Floats => Cells(Opcode::F32Lt);
    F32Gt: Float, Floats => Cells(Opcode::F32Gt);
    F32Le: Float, Floats => Cells(Opcode::F32Le);
    F32Ge: Float, Floats => Cells(Opcode::F32Ge);
    F32Add: Float, Floats => Cells(Opcode::F32Add);
    F32Sub: Float, Floats => Cells(Opcode::F32Sub);
    F32Mul: Float, Floats => Cells(Opcode::F32Mul);
    F32Min: Float, Floats => Cells(Opcode::F32Min);
    F32Max: Float, Floats => Cells(Opcode::F32Max);
    F32Copysign: Float, Floats => Cells(Opcode::F32Copysign);
    F32Div: FloatDivide, Floats => Cells(Opcode::F32Div);
    F32Abs: Float, Floats => Unary(Opcode::F32Abs);
    F32Neg: Float, Floats => Unary(Opcode::F32Neg);
    F32Ceil: FloatConvert, Floats => Unary(Opcode::F32Ceil);
    F32Floor: FloatConvert, Floats => Unary(Opcode::F32Floor);
    F32Trunc: FloatConvert, Floats => Unary(Opcode::F32Trunc);
    F32Nearest: FloatConvert, Floats => Unary(Opcode::F32Nearest);
    F32Sqrt: FloatDivide, Floats => Unary(Opcode::F32Sqrt);
    F64Eq: Float, Floats => Cells(Opcode::F64Eq);
    F64Ne: Float, Floats => Cells(Opcode::F64Ne);
    F64Lt: Float, Floats => Cells(Opcode::F64Lt);
    F64Gt: Float, Floats => Cells(Opcode::F64Gt);
    F64Le: Float, Floats => Cells(Opcode::F64Le);
    F64Ge: Float, Floats => Cells(Opcode::F64Ge);
    F64Add: Float, Floats => Cells(Opcode::F64Add);
    F64Sub: Float, Floats => Cells(Opcode::F64Sub);
    F64Mul: Float, Floats => Cells(Opcode::F64Mul);
    F64Min: Float, Floats => Cells(Opcode::F64Min);
    F64Max: Float, Floats => Cells(Opcode::F64Max);
    F64Copysign: Float, Floats => Cells(Opcode::F64Copysign);
    F64Div: FloatDivide, Floats => Cells(Opcode::F64Div);
    F64Abs: Float, Floats => Unary(Opcode::F64Abs);
    F64Neg: Float, Floats => Unary(Opcode::F64Neg);
    F64Ceil: FloatConvert, Floats => Unary(Opcode::F64Ceil);
    F64Floor: FloatConvert, Floats => Unary(Opcode::F64Floor);
    F64Trunc: FloatConvert, Floats => Unary(Opcode::F64Trunc);
    F64Nearest: FloatConvert, Floats => Unary(Opcode::F64Nearest);
    F64Sqrt: FloatDivide, Floats => Unary(Opcode::F64Sqrt);
    I32TruncF32S: FloatConvert, Floats => Unary(Opcode::I32TruncF32S);
    I32TruncF32U: FloatConvert, Floats => Unary(Opcode::I32TruncF32U);
    I32TruncF64S: FloatConvert, Floats => Unary(Opcode::I32TruncF64S);
    I32TruncF64U: FloatConvert, Floats => Unary(Opcode::I32TruncF64U);
    I64TruncF32S: FloatConvert, Floats => Unary(Opcode::I64TruncF32S);
    I64TruncF32U: FloatConvert, Floats => Unary(Opcode::I64TruncF32U);
    I64TruncF64S: FloatConvert, Floats => Unary(Opcode::I64TruncF64S);
    I64TruncF64U: FloatConvert, Floats => Unary(Opcode::I64TruncF64U);
    F32ConvertI32S: FloatConvert, Floats => Unary(Opcode::F32ConvertI32S);
    F32ConvertI32U: FloatConvert, Floats => Unary(Opcode::F32ConvertI32U);
    F32ConvertI64S: FloatConvert, Floats => Unary(Opcode::F32ConvertI64S);
    F32ConvertI64U: FloatConvert, Floats => Unary(Opcode::F32ConvertI64U);
    F64ConvertI32S: FloatConvert, Floats => Unary(Opcode::F64ConvertI32S);
    F64ConvertI32U: FloatConvert, Floats => Unary(Opcode::F64ConvertI32U);
    F64ConvertI64S: FloatConvert, Floats => Unary(Opcode::F64ConvertI64S);
    F64ConvertI64U: FloatConvert, Floats => Unary(Opcode::F64ConvertI64U);
    F32DemoteF64: FloatConvert, Floats => Unary(Opcode::F32DemoteF64);
    F64PromoteF32: FloatConvert, Floats => Unary(Opcode::F64PromoteF32);
    I32ReinterpretF32: Float, Floats => Reinterpret;
    I64ReinterpretF64: Float, Floats => Reinterpret;
    F32ReinterpretI32: Float, Floats => Reinterpret;
    F64ReinterpretI64: Float, Floats => Reinterpret;
    I32TruncSatF32S: FloatConvert, SaturatingConversions => Unary(Opcode::I32TruncSatF32S);
    I32TruncSatF32U: FloatConvert, SaturatingConversions => Unary(Opcode::I32TruncSatF32U);
    I32TruncSatF64S: FloatConvert, SaturatingConversions => Unary(Opcode::I32TruncSatF64S);
    I32TruncSatF64U: FloatConvert, SaturatingConversions => Unary(Opcode::I32TruncSatF64U);
    I64TruncSatF32S: FloatConvert, SaturatingConversions => Unary(Opcode::I64TruncSatF32S);
    I64TruncSatF32U: FloatConvert, SaturatingConversions => Unary(Opcode::I64TruncSatF32U);
    I64TruncSatF64S: FloatConvert, SaturatingConversions => Unary(Opcode::I64TruncSatF64S);
    I64TruncSatF64U: FloatConvert, SaturatingConversions => Unary(Opcode::I64TruncSatF64U);
    // Tail calls.
    ReturnCall: Call, TailCalls => Control;
    ReturnCallIndirect: CallIndirect, TailCalls => Control;
    // Wide arithmetic.
    I64Add128: Wide, WideArithmetic => WideSum(Opcode::I64Add128);
    I64Sub128: Wide, WideArithmetic => WideSum(Opcode::I64Sub128);
    I64MulWideS: Wide, WideArithmetic => WideProduct(Opcode::I64MulWideS);
    I64MulWideU: Wide, WideArithmetic => WideProduct(Opcode::I64MulWideU);
    // References and tables.
    TypedSelect: Select, ReferenceTypes => Stack;
    RefNull: Const, ReferenceTypes => Table;
    RefIsNull: Simple, ReferenceTypes => Compare(Comparison::I64Eq, Right::Zero);
    RefFunc: Const, ReferenceTypes => Table;
    TableGet: Table, ReferenceTypes => Table;
    TableSet: Table, ReferenceTypes => Table;
    TableSize: Table, ReferenceTypes => Table;
    TableGrow: Bulk, ReferenceTypes => Table;
    TableFill: Bulk, ReferenceTypes => Table;
    TableCopy: Bulk, BulkMemory => Table;
    TableInit: Bulk, BulkMemory => Table;
    ElemDrop: Table, BulkMemory => Table;
}
