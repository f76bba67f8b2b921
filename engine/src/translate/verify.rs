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
//!   and the callee's results fit its own frame; the last three units of a call are `window, after`.
//!   A tail call passes as many arguments as its callee takes, which returns as much as this function.
//! * V6: every memory instruction stands in a module that has a memory.

use crate::code::FuncCode;
use crate::isa::Opcode;
use crate::isa::decode::{Instruction, instructions};
use crate::isa::field::{Operand, Slot, Target};
use crate::module::header::Header;
use alloc::vec;
use alloc::vec::Vec;

/// Code that breaks one of the facts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Unverified;

type Verified = Result<(), Unverified>;

/// Checks V1 to V6.
pub(crate) fn verify(header: &Header, code: &FuncCode) -> Verified {
    let results = header.func_type(code.func).ok_or(Unverified)?.results.len();
    let verifier = Verifier { header, code, results: u64::try_from(results).map_err(|_| Unverified)? };
    verifier.frame()?;
    let mut starts = vec![false; code.code.len()];
    let mut targets = Vec::new();
    let mut last = None;
    for instruction in instructions(&code.code) {
        let instruction = instruction.map_err(|_| Unverified)?;
        *starts.get_mut(instruction.at).ok_or(Unverified)? = true;
        verifier.instruction(&instruction, &mut targets)?;
        last = Some(instruction.opcode);
    }
    if !last.is_some_and(is_terminal) {
        return Err(Unverified);
    }
    if targets.into_iter().all(|target| starts.get(target).copied().unwrap_or(false)) {
        Ok(())
    } else {
        Err(Unverified)
    }
}

struct Verifier<'a> {
    header: &'a Header,
    code: &'a FuncCode,
    results: u64,
}

impl Verifier<'_> {
    fn frame(&self) -> Verified {
        let cells = u64::from(self.code.cells);
        let fits = self.code.params <= self.code.locals
            && u64::from(self.code.locals) <= cells
            && self.results <= cells
            && cells <= u64::from(u16::MAX);
        check(fits)
    }

    fn instruction(&self, instruction: &Instruction<'_>, targets: &mut Vec<usize>) -> Verified {
        let mut verified = Ok(());
        let mut window = None;
        let mut callee = None;
        let mut counts = (None, None);
        instruction.each_operand(&mut |name, operand| {
            let checked = self.operand(instruction, operand, targets);
            verified = verified.and(checked);
            match operand {
                // The last window is the one of a call; of a span it is read by name below.
                Operand::Window(slot) => window = Some(slot),
                Operand::Func(func) | Operand::Import(func) => callee = self.header.func_type(func),
                Operand::Type(ty) => callee = usize::try_from(ty).ok().and_then(|ty| self.header.types.get(ty)),
                Operand::Count(count) if name == "len" => counts.0 = Some(count),
                Operand::Count(count) => counts.1 = Some(count),
                _ => {}
            }
        });
        verified?;
        for entry in instruction.entries() {
            targets.push(destination(instruction, entry.target)?);
        }
        if let (Some(callee), Some(window)) = (callee, window) {
            if is_tail_call(instruction.opcode) {
                check(counts.0.is_some_and(|len| usize::try_from(len) == Ok(callee.params.len())))?;
                check(u64::try_from(callee.results.len()) == Ok(self.results))?;
            } else {
                self.span(window, callee.params.len().max(callee.results.len()))?;
            }
        }
        if let Some(cells) = window_cells(instruction.opcode) {
            self.span(window.ok_or(Unverified)?, cells)?;
        }
        if let Some(len) = counts.0 {
            self.spans(instruction, len)?;
        }
        if let Some(count) = counts.1 {
            check(count > 0)?;
        }
        if instruction.opcode == Opcode::Return || instruction.opcode == Opcode::Exit {
            check(self.results == 0)?;
        }
        if instruction.opcode == Opcode::Return1 {
            check(self.results == 1)?;
        }
        check(instruction.opcode != Opcode::Exit)?;
        check(!needs_memory(instruction.opcode) || self.header.memory.is_some())
    }

    fn operand(&self, instruction: &Instruction<'_>, operand: Operand, targets: &mut Vec<usize>) -> Verified {
        let header = self.header;
        match operand {
            Operand::Write(slot) | Operand::Read(slot) => check(u32::from(slot.0) < self.code.cells),
            Operand::Window(slot) => check(u32::from(slot.0) <= self.code.cells),
            Operand::Target(target) => {
                targets.push(destination(instruction, Target(target))?);
                Ok(())
            }
            Operand::Func(func) => check(func >= header.imported_funcs() && exists(func, &header.funcs)),
            Operand::Import(func) => check(func < header.imported_funcs()),
            Operand::Type(ty) => check(exists(ty, &header.types)),
            Operand::Table(table) => check(exists(table, &header.tables)),
            Operand::Global(global) => check(exists(global, &header.globals)),
            Operand::Data(data) => check(exists(data, &header.data)),
            Operand::Element(element) => check(exists(element, &header.elements)),
            Operand::AnyFunc(func) => check(exists(func, &header.funcs)),
            Operand::Trap(code) => check(code == u16::from(crate::trap::Trap::Unreachable as u8)),
            Operand::Immediate(_) | Operand::Offset(_) | Operand::Charge(_) | Operand::Count(_) => Ok(()),
        }
    }

    /// Instructions that name spans of `len` cells: each of the spans is inside the frame.
    fn spans(&self, instruction: &Instruction<'_>, len: u32) -> Verified {
        let len = usize::try_from(len).map_err(|_| Unverified)?;
        let mut verified = Ok(());
        instruction.each_operand(&mut |_, operand| {
            if let Operand::Window(slot) = operand {
                verified = verified.and(self.span(slot, len));
            }
        });
        verified?;
        for entry in instruction.entries() {
            self.span(Slot(entry.window.ok_or(Unverified)?.0), len)?;
        }
        if instruction.opcode == Opcode::ReturnSpan {
            check(u64::try_from(len) == Ok(self.results))?;
        }
        Ok(())
    }

    fn span(&self, from: Slot, len: usize) -> Verified {
        let end = u64::from(from.0).saturating_add(u64::try_from(len).map_err(|_| Unverified)?);
        check(end <= u64::from(self.code.cells))
    }
}

fn check(holds: bool) -> Verified {
    if holds { Ok(()) } else { Err(Unverified) }
}

fn exists<T>(index: u32, items: &[T]) -> bool {
    usize::try_from(index).is_ok_and(|index| index < items.len())
}

fn destination(instruction: &Instruction<'_>, target: Target) -> Result<usize, Unverified> {
    let at = i64::try_from(instruction.at).map_err(|_| Unverified)?;
    usize::try_from(at.saturating_add(i64::from(target.0))).map_err(|_| Unverified)
}

/// Whether control never goes on behind the instruction.
fn is_terminal(opcode: Opcode) -> bool {
    matches!(
        opcode,
        Opcode::Jump
            | Opcode::Br
            | Opcode::BrTable
            | Opcode::BrTableSpan
            | Opcode::Trap
            | Opcode::TailCallFunc
            | Opcode::Return
            | Opcode::Return1
            | Opcode::ReturnSpan
    )
}

fn is_tail_call(opcode: Opcode) -> bool {
    matches!(opcode, Opcode::TailCallFunc | Opcode::TailCallTable)
}

/// Cells of the window of an instruction whose number they alone are.
fn window_cells(opcode: Opcode) -> Option<usize> {
    match opcode {
        Opcode::I64Add128 | Opcode::I64Sub128 => Some(4),
        Opcode::I64MulWideS | Opcode::I64MulWideU => Some(2),
        _ => None,
    }
}

fn needs_memory(opcode: Opcode) -> bool {
    use crate::isa::shape::ShapeKind;
    match opcode.shape() {
        ShapeKind::Read | ShapeKind::Write | ShapeKind::WriteImm | ShapeKind::Bulk | ShapeKind::BulkData => true,
        _ => matches!(opcode, Opcode::MemorySize | Opcode::MemoryGrow),
    }
}
