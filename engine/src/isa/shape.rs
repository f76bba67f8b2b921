//! The shapes of instructions: which fields follow the opcode, in which order.
//!
//! Conventions that others rely on: an instruction that writes one cell has `dst` as its first
//! field (so that the translator can redirect a result), and every instruction that calls ends in
//! `window, after` (so that a return finds both just in front of the address that it returns to).

use super::field::{
    AnyFunc, Charge, Count, Data, Dst, Elem, Field, Func, Global, Imm32, Imm64, Import, Offset, Operand, Signature,
    Src, Table, Target, TrapCode, Type, Window,
};
use super::{HEAD_UNITS, Unit};
use alloc::vec::Vec;

/// The operands of an instruction.
pub trait Shape: Copy + Sized {
    /// Units of the whole instruction, opcode included; what a table of entries adds is not counted.
    const UNITS: usize;
    /// Whether the first field is the one cell that the instruction writes.
    const WRITES_FIRST: bool;
    /// Where the first cell that the instruction reads is named, in units from its start.
    const FIRST_READ: Option<usize>;
    /// The kind that names this shape in tables.
    const KIND: ShapeKind;

    /// Appends the instruction to code: its opcode's number, then the fields.
    fn write(self, opcode: Unit, code: &mut Vec<Unit>);
    /// Reads the fields of the instruction that starts at `units[0]`; `None` if units are missing.
    fn read(units: &[Unit]) -> Option<Self>;
    /// Rebuilds the shape from a reader of fields: `field(unit offset, unit count) -> bits`.
    fn gather(field: impl Fn(usize, usize) -> u64) -> Self;
    /// Shows every field in order.
    fn each_operand(self, see: &mut impl SeeOperands);
}

/// Somebody who looks at operands: a closure, or a type whose method is sure to be inlined, so that
/// what it asks of an operand is answered when the engine is compiled.
pub trait SeeOperands {
    /// Looks at one operand.
    fn see(&mut self, name: &'static str, operand: Operand);
}

impl<F: FnMut(&'static str, Operand)> SeeOperands for F {
    #[inline]
    fn see(&mut self, name: &'static str, operand: Operand) {
        self(name, operand);
    }
}

/// Something to be done with an instruction's operands, for each shape on its own.
pub trait SeeShape {
    /// What comes of it.
    type Output;

    /// Looks at the operands of one instruction.
    fn see<S: Shape>(&mut self, operands: S) -> Self::Output;
}

/// Units in front of the first field that is a cell to read.
const fn first_read(fields: &[(usize, bool)]) -> Option<usize> {
    let (mut at, mut field) = (HEAD_UNITS, 0);
    while field < fields.len() {
        let (units, is_read) = fields[field];
        if is_read {
            return Some(at);
        }
        at += units;
        field += 1;
    }
    None
}

macro_rules! shapes {
    ($($(#[doc = $doc:literal])* $name:ident { $($field:ident: $ty:ident),* } writes_first: $writes:literal;)*) => {
        /// The name of a shape.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum ShapeKind { $($(#[doc = $doc])* $name),* }

        impl ShapeKind {
            /// Units of an instruction of this shape, opcode included.
            pub const fn units(self) -> usize {
                match self { $(Self::$name => <$name as Shape>::UNITS),* }
            }

            /// Whether the first field is the one cell that the instruction writes.
            pub const fn writes_first(self) -> bool {
                match self { $(Self::$name => <$name as Shape>::WRITES_FIRST),* }
            }

            /// Where the first cell that the instruction reads is named, in units from its start.
            pub const fn first_read(self) -> Option<usize> {
                match self { $(Self::$name => <$name as Shape>::FIRST_READ),* }
            }

            /// The names of the fields, for documents.
            pub const fn field_names(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$(stringify!($field)),*]),* }
            }

            /// Shows the operands of the instruction that starts at `units[0]`; `None` if units are missing.
            pub fn each_operand(self, units: &[Unit], see: &mut impl SeeOperands) -> Option<()> {
                match self { $(Self::$name => <$name as Shape>::read(units)?.each_operand(see)),* }
                Some(())
            }

            /// Reads the instruction that starts at `units[0]` and shows it as what it is; `None` if
            /// units are missing.
            #[inline(always)]
            pub fn read<V: SeeShape>(self, units: &[Unit], see: &mut V) -> Option<V::Output> {
                Some(match self { $(Self::$name => see.see(<$name as Shape>::read(units)?)),* })
            }
        }

        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, PartialEq, Eq, Debug)]
            #[allow(missing_docs, reason = "the fields' types say what they are")]
            pub struct $name { $(pub $field: $ty),* }

            impl Shape for $name {
                const UNITS: usize = HEAD_UNITS $(+ <$ty as Field>::UNITS)*;
                const WRITES_FIRST: bool = $writes;
                const FIRST_READ: Option<usize> = first_read(&[$((<$ty as Field>::UNITS, <$ty as Field>::IS_READ)),*]);
                const KIND: ShapeKind = ShapeKind::$name;

                #[inline(always)]
                fn write(self, opcode: Unit, code: &mut Vec<Unit>) {
                    let mut _units = [opcode; <$name as Shape>::UNITS];
                    let mut _at = HEAD_UNITS;
                    $(
                        self.$field.put(&mut _units[_at..]);
                        _at += <$ty as Field>::UNITS;
                    )*
                    code.extend_from_slice(&_units);
                }

                #[inline(always)]
                fn read(units: &[Unit]) -> Option<Self> {
                    let _units = units.get(..<$name as Shape>::UNITS)?;
                    let mut _at = HEAD_UNITS;
                    $(
                        let $field = <$ty as Field>::read(_units.get(_at..)?)?;
                        _at += <$ty as Field>::UNITS;
                    )*
                    Some(Self { $($field),* })
                }

                #[inline(always)]
                fn gather(_field: impl Fn(usize, usize) -> u64) -> Self {
                    let mut _at = HEAD_UNITS;
                    $(
                        let $field = <$ty as Field>::from_bits(_field(_at, <$ty as Field>::UNITS));
                        _at += <$ty as Field>::UNITS;
                    )*
                    Self { $($field),* }
                }

                #[inline(always)]
                fn each_operand(self, _see: &mut impl SeeOperands) {
                    $(_see.see(stringify!($field), self.$field.operand());)*
                }
            }
        )*
    };
}

shapes! {
    /// No operands.
    Bare {} writes_first: false;
    /// One cell from another.
    Copy1 { dst: Dst, src: Src } writes_first: true;
    /// A span of cells; the spans may overlap.
    CopySpan { to: Window, from: Window, len: Count } writes_first: false;
    /// A constant of 32 bits, sign-extended.
    Const32 { dst: Dst, imm: Imm32 } writes_first: true;
    /// A constant of 64 bits.
    Const64 { dst: Dst, imm: Imm64 } writes_first: true;
    /// Two cells in, one out.
    Rr { dst: Dst, lhs: Src, rhs: Src } writes_first: true;
    /// A cell and a constant in, one out.
    Ri { dst: Dst, lhs: Src, imm: Imm32 } writes_first: true;
    /// `dst <- condition ? lhs : rhs`.
    Choose { dst: Dst, condition: Src, lhs: Src, rhs: Src } writes_first: true;
    /// `dst <- condition ? lhs : imm`.
    ChooseRi { dst: Dst, condition: Src, lhs: Src, imm: Imm32 } writes_first: true;
    /// `dst <- condition ? imm : rhs`.
    ChooseIr { dst: Dst, condition: Src, imm: Imm32, rhs: Src } writes_first: true;
    /// `dst <- condition ? imm : other`.
    ChooseIi { dst: Dst, condition: Src, imm: Imm32, other: Imm32 } writes_first: true;
    /// From memory at `address + offset`.
    Read { dst: Dst, address: Src, offset: Offset } writes_first: true;
    /// A cell to memory at `address + offset`.
    Write { value: Src, address: Src, offset: Offset } writes_first: false;
    /// A constant to memory at `address + offset`.
    WriteImm { address: Src, imm: Imm32, offset: Offset } writes_first: false;
    /// A global into a cell.
    GetGlobal { dst: Dst, global: Global } writes_first: true;
    /// A cell into a global.
    SetGlobal { src: Src, global: Global } writes_first: false;
    /// A cell and a constant in, then another cell.
    RiThenR { dst: Dst, lhs: Src, imm: Imm32, then: Src } writes_first: true;
    /// Two cells in, then a constant.
    RrThenI { dst: Dst, lhs: Src, rhs: Src, then: Imm32 } writes_first: true;
    /// A cell and a constant in, then another constant.
    RiThenI { dst: Dst, lhs: Src, imm: Imm32, then: Imm32 } writes_first: true;
    /// Two cells in, then another.
    RrThenR { dst: Dst, lhs: Src, rhs: Src, then: Src } writes_first: true;
    /// From memory, then a cell.
    ReadThenR { dst: Dst, address: Src, offset: Offset, then: Src } writes_first: true;
    /// From memory, then a constant.
    ReadThenI { dst: Dst, address: Src, offset: Offset, then: Imm32 } writes_first: true;
    /// From memory at an address of two cells.
    RrRead { dst: Dst, lhs: Src, rhs: Src, offset: Offset } writes_first: true;
    /// From memory at an address of a cell and a constant.
    RiRead { dst: Dst, lhs: Src, imm: Imm32, offset: Offset } writes_first: true;
    /// A cell to memory at an address of two cells.
    RrWrite { lhs: Src, rhs: Src, value: Src, offset: Offset } writes_first: false;
    /// A cell to memory at an address of a cell and a constant.
    RiWrite { lhs: Src, imm: Imm32, value: Src, offset: Offset } writes_first: false;
    /// What two cells become, to memory.
    RrPut { lhs: Src, rhs: Src, address: Src, offset: Offset } writes_first: false;
    /// What a cell and a constant become, to memory.
    RiPut { lhs: Src, imm: Imm32, address: Src, offset: Offset } writes_first: false;
    /// From memory to memory.
    ReadPut { from: Src, from_offset: Offset, address: Src, offset: Offset } writes_first: false;
    /// Compares what is in memory with a constant; each way enters a gas block.
    ReadBr { address: Src, offset: Offset, imm: Imm32, target: Target, taken: Charge, fallthrough: Charge } writes_first: false;
    /// Compares what a cell and a constant become with a constant; each way enters a gas block.
    RiBr { lhs: Src, with: Imm32, imm: Imm32, target: Target, taken: Charge, fallthrough: Charge } writes_first: false;
    /// Counts, and compares the count with a cell; each way enters a gas block.
    StepR { dst: Dst, from: Src, by: Imm32, rhs: Src, target: Target, taken: Charge, fallthrough: Charge } writes_first: false;
    /// Counts, and compares the count with a constant; each way enters a gas block.
    StepI { dst: Dst, from: Src, by: Imm32, imm: Imm32, target: Target, taken: Charge, fallthrough: Charge } writes_first: false;
    /// Counts, and enters another gas block.
    StepBr { dst: Dst, from: Src, by: Imm32, target: Target, charge: Charge } writes_first: false;
    /// Enters a loop's head, and from there compares two cells; each way enters a gas block.
    TurnR { lhs: Src, rhs: Src, target: Target, taken: Charge, body: Target, fallthrough: Charge, head: Target, charge: Charge } writes_first: false;
    /// Enters a loop's head, and from there compares a cell with a constant; each way enters a gas block.
    TurnI { lhs: Src, imm: Imm32, target: Target, taken: Charge, body: Target, fallthrough: Charge, head: Target, charge: Charge } writes_first: false;
    /// Counts, then turns.
    StepTurnR { dst: Dst, from: Src, by: Imm32, lhs: Src, rhs: Src, target: Target, taken: Charge, body: Target, fallthrough: Charge, head: Target, charge: Charge } writes_first: false;
    /// Counts, then turns.
    StepTurnI { dst: Dst, from: Src, by: Imm32, lhs: Src, imm: Imm32, target: Target, taken: Charge, body: Target, fallthrough: Charge, head: Target, charge: Charge } writes_first: false;
    /// A global and a constant into a cell.
    GetGlobalRi { dst: Dst, global: Global, imm: Imm32 } writes_first: true;
    /// A cell and a constant into a global.
    SetGlobalRi { lhs: Src, imm: Imm32, global: Global } writes_first: false;
    /// A global and a constant into a cell and a global.
    StepGlobal { dst: Dst, from: Global, imm: Imm32, global: Global } writes_first: false;
    /// Many iterations of a loop that writes memory. `form` says which fields mean something; a step `by` zero is none.
    RunMemory { form: Count, to: Src, to_index: Src, to_plus: Imm32, to_offset: Offset, from: Src, from_index: Src, from_plus: Imm32, from_offset: Offset, counter: Src, counter_plus: Imm32, counter_by: Imm32, limit: Src, limit_plus: Imm32, first: Dst, first_by: Imm32, second: Dst, second_by: Imm32, third: Dst, third_by: Imm32, charge: Charge, charge_too: Charge } writes_first: false;
    /// From memory at an address of two cells, to memory.
    RrReadPut { lhs: Src, rhs: Src, from_offset: Offset, address: Src, offset: Offset } writes_first: false;
    /// From memory at an address of a cell and a constant, to memory.
    RiReadPut { lhs: Src, imm: Imm32, from_offset: Offset, address: Src, offset: Offset } writes_first: false;
    /// From memory to memory, twice.
    ReadPutTwo { from: Src, from_offset: Offset, address: Src, offset: Offset, second_from: Src, second_from_offset: Offset, second_address: Src, second_offset: Offset } writes_first: false;
    /// A cell to memory at an address of a cell and a constant, twice.
    RiWriteTwo { lhs: Src, imm: Imm32, value: Src, offset: Offset, second_lhs: Src, second_imm: Imm32, second_value: Src, second_offset: Offset } writes_first: false;
    /// A cell to memory, twice.
    WriteTwo { value: Src, address: Src, offset: Offset, second_value: Src, second_address: Src, second_offset: Offset } writes_first: false;
    /// A constant to memory, twice.
    WriteImmTwo { address: Src, imm: Imm32, offset: Offset, second_address: Src, second_imm: Imm32, second_offset: Offset } writes_first: false;
    /// A cell and a constant in, one out, twice.
    RiTwo { dst: Dst, lhs: Src, imm: Imm32, second: Dst, second_lhs: Src, second_imm: Imm32 } writes_first: false;
    /// From memory at a constant address.
    ReadAbsolute { dst: Dst, offset: Offset } writes_first: true;
    /// A cell to memory at a constant address.
    WriteAbsolute { value: Src, offset: Offset } writes_first: false;
    /// A constant to memory at a constant address.
    WriteImmAbsolute { imm: Imm32, offset: Offset } writes_first: false;
    /// A cell and a constant into a global, and back to the caller.
    SetGlobalReturn { lhs: Src, imm: Imm32, global: Global } writes_first: false;
    /// One cell from another, and a call of a defined function.
    CopyCall { dst: Dst, src: Src, func: Func, window: Window, after: Charge } writes_first: false;
    /// Two cells from two others, and a call of a defined function.
    CopyTwoCall { dst: Dst, src: Src, second: Dst, second_src: Src, func: Func, window: Window, after: Charge } writes_first: false;
    /// A constant, and a call of a defined function.
    ConstCall { dst: Dst, imm: Imm32, func: Func, window: Window, after: Charge } writes_first: false;
    /// A cell and a constant in, one out, and a call of a defined function.
    RiCall { dst: Dst, lhs: Src, imm: Imm32, func: Func, window: Window, after: Charge } writes_first: false;
    /// Two cells from two others.
    CopyTwo { dst: Dst, src: Src, second: Dst, second_src: Src } writes_first: false;
    /// Goes on elsewhere, in the same gas block.
    Jump { target: Target } writes_first: false;
    /// Enters another gas block.
    Br { target: Target, charge: Charge } writes_first: false;
    /// Compares two cells; each way enters a gas block.
    BrRr { lhs: Src, rhs: Src, target: Target, taken: Charge, fallthrough: Charge } writes_first: false;
    /// Compares a cell with a constant; each way enters a gas block.
    BrRi { lhs: Src, imm: Imm32, target: Target, taken: Charge, fallthrough: Charge } writes_first: false;
    /// `count` entries `target, charge` follow; an index past them takes the last.
    Table2 { index: Src, count: Count } writes_first: false;
    /// `count` entries `target, charge, window` follow; `len` cells from `from` are carried there.
    TableSpan { index: Src, from: Window, len: Count, count: Count } writes_first: false;
    /// Ends the function with `len` results that start at `from`.
    Results { from: Window, len: Count } writes_first: false;
    /// Ends the function with one result.
    Result1 { src: Src } writes_first: false;
    /// Calls a defined function.
    CallFunc { func: Func, window: Window, after: Charge } writes_first: false;
    /// Leaves to the host.
    CallHost { import: Import, signature: Signature, window: Window, after: Charge } writes_first: false;
    /// Calls what a table holds, if its type is the expected one.
    CallTable { index: Src, table: Table, ty: Type, window: Window, after: Charge } writes_first: false;
    /// Three cells in: what they are is the instruction's.
    Bulk { first: Src, second: Src, third: Src } writes_first: false;
    /// Three cells in, and a data segment.
    BulkData { first: Src, second: Src, third: Src, data: Data } writes_first: false;
    /// A data segment.
    OneData { data: Data } writes_first: false;
    /// A span of cells whose length is the instruction's.
    Span { window: Window } writes_first: false;
    /// Two cells in, two out at the window.
    WidePair { window: Window, lhs: Src, rhs: Src } writes_first: false;
    /// A function, as a value.
    FuncRef { dst: Dst, func: AnyFunc } writes_first: true;
    /// From a table.
    TableRead { dst: Dst, index: Src, table: Table } writes_first: true;
    /// To a table.
    TableWrite { index: Src, value: Src, table: Table } writes_first: false;
    /// A table's size.
    TableOut { dst: Dst, table: Table } writes_first: true;
    /// More elements for a table.
    TableMore { dst: Dst, value: Src, count: Src, table: Table } writes_first: true;
    /// Three cells in, and a table.
    TableBulk { first: Src, second: Src, third: Src, table: Table } writes_first: false;
    /// Three cells in, and two tables.
    TableToTable { first: Src, second: Src, third: Src, to: Table, from: Table } writes_first: false;
    /// Three cells in, a table, and an element segment.
    TableFromSegment { first: Src, second: Src, third: Src, table: Table, element: Elem } writes_first: false;
    /// An element segment.
    OneElement { element: Elem } writes_first: false;
    /// Calls a defined function in place of this one.
    TailFunc { func: Func, from: Window, len: Count } writes_first: false;
    /// Calls what a table holds in place of this function.
    TailTable { index: Src, table: Table, ty: Type, from: Window, len: Count } writes_first: false;
    /// One cell out.
    OneDst { dst: Dst } writes_first: true;
    /// Traps.
    Fault { code: TrapCode } writes_first: false;
}

/// Units of one entry of a `Table2`: its target and charge.
pub const TABLE_ENTRY_UNITS: usize = <Target as Field>::UNITS + <Charge as Field>::UNITS;
/// Units of one entry of a `TableSpan`: its target, charge and window.
pub const TABLE_SPAN_ENTRY_UNITS: usize = TABLE_ENTRY_UNITS + <Window as Field>::UNITS;
