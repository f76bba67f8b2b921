//! The last word before code may run: every fact that the executor relies on is checked here, on
//! the code itself, whoever made it.
//!
//! The facts, which the executor's proofs cite:
//! * V1: the code is a whole number of known instructions, and the last one does not go on behind
//!   itself; so the instruction pointer, which only moves by an instruction's length or to a
//!   target, is always at an instruction.
//! * V2: every cell that an instruction names is inside the frame.
//! * V3: every branch target is the start of an instruction of the same function.
//! * V4: every function, import, global, table, type and segment that is named exists.
//! * V5: the window of a call, with its arguments and its results, is inside the caller's frame,
//!   and the callee's results fit its own frame; the last three units of a call are `window, after`; the
//!   signature of a call of the host is that of the import's type.
//!   A tail call passes as many arguments as its callee takes, which returns as much as this function.
//! * V6: every memory instruction stands in a module that has a memory.

#[cfg(test)]
mod tests;

use super::trim;
use crate::code::FuncCode;
use crate::isa::decode::Instruction;
use crate::isa::field::{Operand, Signature, Slot, Target};
use crate::isa::shape::{SeeOperands, SeeShape, Shape, ShapeKind};
use crate::isa::{HEAD_FLAG_BITS, Opcode, Unit};
use crate::module::header::Header;
use alloc::vec::Vec;

/// Code that breaks one of the facts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Unverified;

type Verified = Result<(), Unverified>;

/// Checks code, function by function, with the memory that the last one took.
#[derive(Default)]
pub(crate) struct Verifier {
    /// For each unit: whether an instruction starts there. A byte is written without being read.
    starts: Vec<bool>,
    /// The units that branches lead to.
    targets: Vec<usize>,
    /// Units and targets looked at, of the last function.
    work: usize,
}

impl Verifier {
    /// Checks V1 to V6. A function of its own in every build, so that a profiler shows what it costs.
    #[inline(never)]
    pub(crate) fn verify(&mut self, header: &Header, code: &FuncCode) -> Verified {
        let ty = header.func_type_index(code.func).ok_or(Unverified)?;
        let (_, results) = header.arities(ty).ok_or(Unverified)?;
        let results = u64::try_from(results).map_err(|_| Unverified)?;
        frame(code, results)?;
        let units: &[Unit] = &code.code;
        self.starts.clear();
        self.starts.resize(units.len(), false);
        self.targets.clear();
        let (starts, targets) = (&mut self.starts[..], &mut self.targets);
        let mut facts = Facts { header, units, cells: code.cells, results, targets, number: 0, at: 0 };
        while let Some(head) = units.get(facts.at) {
            facts.number = *head >> HEAD_FLAG_BITS;
            let shape = *SHAPES.get(usize::from(facts.number)).ok_or(Unverified)?;
            if let Some(start) = starts.get_mut(facts.at) {
                *start = true;
            }
            facts.at += shape.read(&units[facts.at..], &mut facts).ok_or(Unverified)??;
        }
        // Of no units at all none is terminal.
        check(!units.is_empty() && is_terminal(facts.opcode()?))?;
        self.work = units.len() + self.targets.len();
        check(self.targets.iter().all(|target| self.starts.get(*target).is_some_and(|start| *start)))
    }

    /// Gives back whatever is large.
    pub(super) fn trim(&mut self) {
        trim(&mut self.starts);
        trim(&mut self.targets);
    }

    /// What the last function took, in units and branches.
    pub(crate) fn work(&self) -> usize {
        self.work
    }
}

fn frame(code: &FuncCode, results: u64) -> Verified {
    let cells = u64::from(code.cells);
    let ordered = code.params <= code.locals && u64::from(code.locals) <= cells;
    check(ordered && results <= cells && cells <= u64::from(u16::MAX))
}

/// One instruction, and what it is held against.
struct Facts<'a> {
    header: &'a Header,
    /// The whole code.
    units: &'a [Unit],
    /// Cells of the frame.
    cells: u32,
    /// What the function returns.
    results: u64,
    targets: &'a mut Vec<usize>,
    /// The number of its opcode.
    number: Unit,
    at: usize,
}

impl SeeShape for Facts<'_> {
    /// Units of the instruction.
    type Output = Result<usize, Unverified>;

    #[inline(always)]
    fn see<S: Shape>(&mut self, operands: S) -> Self::Output {
        let mut seen = Seen { facts: self, holds: true, window: None, callee: None, len: None, signature: None };
        operands.each_operand(&mut seen);
        let Seen { holds, window, callee, len, signature, .. } = seen;
        check(holds)?;
        if is_opcode_asked(S::KIND) {
            self.by_opcode()?;
        }
        check(!accesses_memory(S::KIND) || self.header.memory.is_some())?;
        if let Some(len) = len {
            self.span(window.ok_or(Unverified)?, u64::from(len))?;
        }
        match S::KIND {
            ShapeKind::CallFunc
            | ShapeKind::CallHost
            | ShapeKind::CallTable
            | ShapeKind::CopyCall
            | ShapeKind::CopyTwoCall
            | ShapeKind::ConstCall
            | ShapeKind::RiCall => {
                let ty = self.callee_type(callee.ok_or(Unverified)?)?;
                let (params, results) = self.counts(ty)?;
                self.span(window.ok_or(Unverified)?, params.max(results))?;
                check(signature.is_none() || signature == self.header.signature(ty))?;
            }
            ShapeKind::TailFunc | ShapeKind::TailTable => {
                let (params, results) = self.counts(self.callee_type(callee.ok_or(Unverified)?)?)?;
                check(len.is_some_and(|len| u64::from(len) == params) && results == self.results)?;
            }
            ShapeKind::Span | ShapeKind::WidePair => {
                self.span(window.ok_or(Unverified)?, window_cells(self.opcode()?).ok_or(Unverified)?)?;
            }
            ShapeKind::Results => check(len.is_some_and(|len| u64::from(len) == self.results))?,
            ShapeKind::Table2 | ShapeKind::TableSpan => return self.entries(len),
            _ => {}
        }
        Ok(S::UNITS)
    }
}

/// What has been seen of an instruction's operands.
struct Seen<'s, 'a> {
    facts: &'s mut Facts<'a>,
    /// Whether each of them by itself is as it should be.
    holds: bool,
    /// The highest of the instruction's windows.
    window: Option<Slot>,
    callee: Option<Callee>,
    signature: Option<Signature>,
    /// How many cells each window of the instruction has, where an operand says it.
    len: Option<u32>,
}

impl Facts<'_> {
    #[inline(always)]
    fn opcode(&self) -> Result<Opcode, Unverified> {
        Opcode::from_number(self.number).ok_or(Unverified)
    }

    /// What the opcode alone asks for. Its shape is one of [`is_opcode_asked`].
    #[inline(always)]
    fn by_opcode(&self) -> Verified {
        match self.opcode()? {
            Opcode::Return | Opcode::AddRiGlobalReturn => check(self.results == 0),
            Opcode::Return1 => check(self.results == 1),
            // It stands in entry stubs only.
            Opcode::Exit => Err(Unverified),
            Opcode::MemorySize | Opcode::MemoryGrow => check(self.header.memory.is_some()),
            _ => Ok(()),
        }
    }

    /// Notes where a branch leads, to be looked up when all starts are known.
    #[inline(always)]
    fn target(&mut self, target: Target) -> Verified {
        let at = i64::try_from(self.at).map_err(|_| Unverified)?;
        let target = usize::try_from(at.saturating_add(i64::from(target.0))).map_err(|_| Unverified)?;
        self.targets.push(target);
        Ok(())
    }

    /// The entries of a branch table that carries `len` cells. Returns the units of the whole.
    fn entries(&mut self, len: Option<u32>) -> Result<usize, Unverified> {
        let instruction = Instruction::decode(self.units, self.at).map_err(|_| Unverified)?;
        for entry in instruction.entries() {
            self.target(entry.target)?;
            if let Some(len) = len {
                self.span(Slot(entry.window.ok_or(Unverified)?.0), u64::from(len))?;
            }
        }
        Ok(instruction.len())
    }

    /// The index of the type that is called.
    fn callee_type(&self, callee: Callee) -> Result<u32, Unverified> {
        match callee {
            Callee::Func(func) => self.header.func_type_index(func).ok_or(Unverified),
            Callee::Type(ty) => Ok(ty),
        }
    }

    /// How many parameters and results a type has.
    fn counts(&self, ty: u32) -> Result<(u64, u64), Unverified> {
        let (params, results) = self.header.arities(ty).ok_or(Unverified)?;
        let count = |types: usize| u64::try_from(types).map_err(|_| Unverified);
        Ok((count(params)?, count(results)?))
    }

    #[inline(always)]
    fn span(&self, from: Slot, len: u64) -> Verified {
        check(u64::from(from.0).saturating_add(len) <= u64::from(self.cells))
    }
}

/// Whether an instruction of the shape may be one of those that [`Facts::by_opcode`] knows: the others need not
/// ask when code is verified.
const fn is_opcode_asked(shape: ShapeKind) -> bool {
    matches!(
        shape,
        ShapeKind::Bare | ShapeKind::Result1 | ShapeKind::OneDst | ShapeKind::Copy1 | ShapeKind::SetGlobalReturn
    )
}

/// The shape of each opcode, by number: [`Opcode::shape`] as one look into a table.
const SHAPES: [ShapeKind; Opcode::ALL.len()] = {
    let mut shapes = [ShapeKind::Bare; Opcode::ALL.len()];
    let mut number = 0;
    while number < shapes.len() {
        shapes[number] = Opcode::ALL[number].shape();
        number += 1;
    }
    shapes
};

const _: () = {
    assert!(is_opcode_asked(Opcode::Return.shape()) && is_opcode_asked(Opcode::Return1.shape()));
    assert!(is_opcode_asked(Opcode::Exit.shape()) && is_opcode_asked(Opcode::AddRiGlobalReturn.shape()));
    assert!(is_opcode_asked(Opcode::MemorySize.shape()) && is_opcode_asked(Opcode::MemoryGrow.shape()));
};

#[derive(Clone, Copy)]
enum Callee {
    Func(u32),
    Type(u32),
}

impl SeeOperands for Seen<'_, '_> {
    #[inline(always)]
    fn see(&mut self, name: &'static str, operand: Operand) {
        let (header, cells) = (self.facts.header, self.facts.cells);
        self.holds &= match operand {
            Operand::Write(slot) | Operand::Read(slot) => u32::from(slot.0) < cells,
            Operand::Window(slot) => {
                self.window = self.window.max(Some(slot));
                u32::from(slot.0) <= cells
            }
            Operand::Target(target) => self.facts.target(Target(target)).is_ok(),
            Operand::Func(func) => {
                self.callee = Some(Callee::Func(func));
                func >= header.imported_funcs() && exists(func, header.func_count())
            }
            Operand::Import(func) => {
                self.callee = Some(Callee::Func(func));
                func < header.imported_funcs()
            }
            Operand::Type(ty) => {
                self.callee = Some(Callee::Type(ty));
                exists(ty, header.type_count())
            }
            Operand::Count(count) if name == "len" => {
                self.len = Some(count);
                true
            }
            // What a run makes of its form it makes of any.
            Operand::Count(_) if name == "form" => true,
            Operand::Count(entries) => entries > 0,
            Operand::Table(table) => exists(table, header.table_count()),
            Operand::Global(global) => exists(global, header.global_count()),
            Operand::Data(data) => exists(data, header.data_count()),
            Operand::Element(element) => exists(element, header.element_count()),
            Operand::AnyFunc(func) => exists(func, header.func_count()),
            Operand::Trap(code) => code == u16::from(crate::trap::Trap::Unreachable as u8),
            Operand::Signature(signature) => {
                self.signature = Some(signature);
                true
            }
            Operand::Immediate(_) | Operand::Offset(_) | Operand::Charge(_) => true,
        };
    }
}

fn check(holds: bool) -> Verified {
    if holds { Ok(()) } else { Err(Unverified) }
}

fn exists(index: u32, count: usize) -> bool {
    usize::try_from(index).is_ok_and(|index| index < count)
}

/// Whether control never goes on behind the instruction.
fn is_terminal(opcode: Opcode) -> bool {
    let goes_elsewhere = matches!(
        opcode.shape(),
        ShapeKind::Jump
            | ShapeKind::Br
            | ShapeKind::StepBr
            | ShapeKind::TurnR
            | ShapeKind::TurnI
            | ShapeKind::StepTurnR
            | ShapeKind::StepTurnI
            | ShapeKind::Table2
            | ShapeKind::TableSpan
            | ShapeKind::TailFunc
            | ShapeKind::Fault
            | ShapeKind::Results
            | ShapeKind::Result1
            | ShapeKind::SetGlobalReturn
    );
    goes_elsewhere || matches!(opcode, Opcode::Return)
}

/// Cells of the window of an instruction whose number they alone are.
fn window_cells(opcode: Opcode) -> Option<u64> {
    match opcode {
        Opcode::I64Add128 | Opcode::I64Sub128 => Some(4),
        Opcode::I64MulWideS | Opcode::I64MulWideU => Some(2),
        _ => None,
    }
}

/// Whether all instructions of the shape are about a memory.
const fn accesses_memory(shape: ShapeKind) -> bool {
    matches!(
        shape,
        ShapeKind::Read
            | ShapeKind::Write
            | ShapeKind::WriteImm
            | ShapeKind::Bulk
            | ShapeKind::BulkData
            | ShapeKind::ReadThenR
            | ShapeKind::ReadThenI
            | ShapeKind::RrRead
            | ShapeKind::RiRead
            | ShapeKind::RrWrite
            | ShapeKind::RiWrite
            | ShapeKind::RrPut
            | ShapeKind::RiPut
            | ShapeKind::ReadPut
            | ShapeKind::ReadBr
            | ShapeKind::RunMemory
            | ShapeKind::RrReadPut
            | ShapeKind::RiReadPut
            | ShapeKind::ReadPutTwo
            | ShapeKind::RiWriteTwo
            | ShapeKind::WriteTwo
            | ShapeKind::WriteImmTwo
            | ShapeKind::ReadAbsolute
            | ShapeKind::WriteAbsolute
            | ShapeKind::WriteImmAbsolute
    )
}
