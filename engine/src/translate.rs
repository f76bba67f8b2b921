//! A function body becomes register code, in one pass over its operators.
//!
//! The translator is total (Law 3): it relies on no validation. Every operand that it pops, every
//! index and every label is checked here, and what it produces is checked again by `verify`, whose
//! findings are all that the executor relies on. On validated code it does not fail: limits that
//! could make it fail are limits of the policy, counted on the source.

mod blocks;
mod call;
mod control;
mod emit;
mod memory;
mod numeric;
mod stack;
mod table;
mod variable;
mod verify;

use crate::code::FuncCode;
use crate::error::{CodeError, CodeErrorKind};
use crate::gas::{GasClass, PriceTable};
use crate::isa::Opcode;
use crate::isa::field::{Dst, Imm32, Imm64, Slot, Src};
use crate::isa::shape::{Const32, Const64, Copy1};
use crate::isa::source::{Lowering, SourceOperator};
use crate::limits::{CodeLimits, Limit};
use crate::module::header::Header;
use alloc::vec::Vec;
use blocks::Blocks;
use control::Frame;
use emit::{Emitter, TooLong};
use stack::{OperandStack, Popped, Settle, StackError, Value};
use wasmparser::{BinaryReader, FunctionBody, Operator};

/// What translation reads besides the body.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) header: &'a Header,
    pub(crate) prices: &'a PriceTable,
    pub(crate) limits: &'a CodeLimits,
}

/// Translates the body of a defined function. `body` are its bytes, `offset` their place in the blob.
///
/// # Errors
/// What is wrong with the body, and where.
pub(crate) fn translate(context: Context<'_>, func: u32, body: &[u8], offset: usize) -> Result<FuncCode, CodeError> {
    let place = u64::try_from(offset).unwrap_or(u64::MAX);
    let body = FunctionBody::new(BinaryReader::new(body, place));
    let mut at = place;
    let code = Translator::new(context, func, &body)
        .and_then(|mut translator| {
            translator.body(&body, &mut at)?;
            translator.finish(func)
        })
        .map_err(|failure| failure.into_error(at).in_function(func))?;
    verify::verify(context.header, &code)
        .map_err(|_| CodeError::new(CodeErrorKind::Body).at(place).in_function(func))?;
    Ok(code)
}

/// Why a body cannot be translated.
#[derive(Debug)]
enum Failure {
    /// The parser cannot read it.
    Parse(wasmparser::Error),
    /// An operator that no policy accepts.
    Operator(alloc::string::String),
    /// Locals and operands are too many.
    Height(u64, u32),
    /// It is inconsistent.
    Body,
}

impl Failure {
    fn into_error(self, at: u64) -> CodeError {
        match self {
            Self::Parse(error) => error.into(),
            Self::Operator(name) => CodeError::new(CodeErrorKind::Operator { name }).at(at),
            Self::Height(count, max) => {
                let max = u64::from(max);
                CodeError::new(CodeErrorKind::Limit { limit: Limit::Height, count, max }).at(at)
            }
            Self::Body => CodeError::new(CodeErrorKind::Body).at(at),
        }
    }
}

impl From<wasmparser::Error> for Failure {
    fn from(error: wasmparser::Error) -> Self {
        Self::Parse(error)
    }
}

impl From<TooLong> for Failure {
    fn from(_: TooLong) -> Self {
        Self::Body
    }
}

type Translated = Result<(), Failure>;

struct Translator<'a> {
    context: Context<'a>,
    stack: OperandStack,
    control: Vec<Frame>,
    emit: Emitter,
    blocks: Blocks<'a>,
    entry: blocks::BlockId,
    /// Whether control can be here.
    reachable: bool,
    /// Blocks that were opened where control cannot be.
    dead_blocks: u32,
    params: u32,
    locals: u32,
}

impl<'a> Translator<'a> {
    fn new(context: Context<'a>, func: u32, body: &FunctionBody<'_>) -> Result<Self, Failure> {
        let ty = context.header.func_type(func).ok_or(Failure::Body)?;
        let params = u32::try_from(ty.params.len()).map_err(|_| Failure::Body)?;
        let mut locals = params;
        for group in body.get_locals_reader()? {
            locals = locals.checked_add(group?.0).ok_or(Failure::Body)?;
            if locals > context.limits.locals {
                return Err(Failure::Body);
            }
        }
        let mut blocks = Blocks::new(context.prices);
        let entry = blocks.declare();
        blocks.begin(entry);
        blocks.charge(GasClass::LocalZeroed, u64::from(locals - params));
        let mut translator = Self {
            context,
            stack: OperandStack::new(locals, context.limits.height),
            control: Vec::new(),
            emit: Emitter::new(body.as_bytes().len()),
            blocks,
            entry,
            reachable: true,
            dead_blocks: 0,
            params,
            locals,
        };
        translator.open_function(ty.results.len())?;
        Ok(translator)
    }

    fn body(&mut self, body: &FunctionBody<'_>, at: &mut u64) -> Translated {
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            *at = operators.original_position();
            let operator = operators.read()?;
            if self.control.is_empty() {
                // Operators behind the end of the function.
                return Err(Failure::Body);
            }
            self.operator(&operator)?;
        }
        if self.control.is_empty() { Ok(()) } else { Err(Failure::Body) }
    }

    fn operator(&mut self, operator: &Operator<'_>) -> Translated {
        let Some(source) = SourceOperator::of(operator) else {
            return Err(Failure::Operator(alloc::format!("{operator:?}")));
        };
        if !self.reachable {
            return self.dead(operator);
        }
        self.blocks.charge(source.class(), 1);
        match source.lowering() {
            Lowering::Control => self.lower_control(operator),
            Lowering::Stack => self.lower_variable(operator),
            Lowering::Memory => self.lower_memory(operator),
            Lowering::Load(opcode) => self.load(opcode, operator),
            Lowering::Store { cell, imm } => self.store(cell, imm, operator),
            Lowering::Unary(opcode) => self.unary(opcode),
            Lowering::Binary { rr, ri, commutes } => self.binary(rr, ri, commutes),
            Lowering::Table => self.lower_table(operator),
            Lowering::Cells(opcode) => self.cells(opcode),
            Lowering::WideSum(opcode) => self.wide_sum(opcode),
            Lowering::WideProduct(opcode) => self.wide_product(opcode),
            Lowering::Reinterpret => self.reinterpret(),
            Lowering::Subtract { rr, add_ri } => self.subtract(rr, add_ri),
            Lowering::Compare(comparison, right) => self.compare(comparison, right),
            Lowering::Wrap => self.wrap(),
            Lowering::ZeroExtend => self.zero_extend(),
        }
    }

    fn finish(self, func: u32) -> Result<FuncCode, Failure> {
        let costs = self.blocks.costs();
        let entry_charge = costs.of(self.entry);
        let results = self.context.header.func_type(func).map_or(0, |ty| ty.results.len());
        let results = u32::try_from(results).map_err(|_| Failure::Body)?;
        let (code, _sites) = self.emit.finish(&costs);
        Ok(FuncCode {
            func,
            code: code.into_boxed_slice(),
            params: self.params,
            locals: self.locals,
            cells: self.stack.cells().max(results),
            entry_charge,
            #[cfg(feature = "profile")]
            profile: crate::profile::FuncProfile {
                entry: self.entry.into(),
                sites: _sites.into_iter().map(|(field, block)| (field, block.into())).collect(),
                blocks: self.blocks.into_profile(),
            },
        })
    }

    // What the lowerings share.

    fn pop(&mut self) -> Result<Popped, Failure> {
        self.stack.pop().map_err(|error| self.stack_failure(error))
    }

    fn push_home(&mut self, zero_extended: bool) -> Result<Dst, Failure> {
        let home = self.stack.push_home(zero_extended);
        home.map(|slot| Dst(slot.0)).map_err(|error| self.stack_failure(error))
    }

    fn stack_failure(&self, error: StackError) -> Failure {
        match error {
            StackError::Underflow | StackError::Local => Failure::Body,
            StackError::Height(cells) => Failure::Height(cells, self.context.limits.height),
        }
    }

    /// The cell that holds a popped value; a constant is written to its home first.
    fn cell(&mut self, popped: Popped) -> Src {
        match popped.value {
            Value::Cell { slot, .. } => Src(slot.0),
            Value::Const(value) => {
                write_const(&mut self.emit, popped.home, value);
                Src(popped.home.0)
            }
        }
    }

    /// Puts a popped value into a cell, without a copy where its instruction can write there itself.
    fn place(&mut self, popped: Popped, to: Slot) {
        match popped.value {
            Value::Const(value) => write_const(&mut self.emit, to, value),
            Value::Cell { slot, .. } if slot == to => {}
            Value::Cell { slot, .. } => {
                // Only a home may be redirected: nobody reads it again once it is popped.
                if slot != popped.home || !self.emit.redirect(slot, to) {
                    write_copy(&mut self.emit, to, slot);
                }
            }
        }
    }

    fn settle_locals(&mut self) -> Translated {
        let emit = &mut self.emit;
        let settled = self.stack.settle_locals(|settle| write_settled(emit, settle));
        settled.map_err(|error| self.stack_failure(error))
    }

    fn settle_top(&mut self, count: usize) -> Translated {
        let emit = &mut self.emit;
        let settled = self.stack.settle_top(count, |settle| write_settled(emit, settle));
        settled.map_err(|error| self.stack_failure(error))
    }

    fn preserve(&mut self, local: u32) -> Translated {
        let emit = &mut self.emit;
        let preserved = self.stack.preserve(local, |settle| write_settled(emit, settle));
        preserved.map_err(|error| self.stack_failure(error))
    }
}

fn write_settled(emit: &mut Emitter, settle: Settle) {
    match settle.value {
        Value::Cell { slot, .. } => write_copy(emit, settle.home, slot),
        Value::Const(value) => write_const(emit, settle.home, value),
    }
}

fn write_copy(emit: &mut Emitter, to: Slot, from: Slot) {
    emit.emit(Opcode::Copy, Copy1 { dst: Dst(to.0), src: Src(from.0) });
}

fn write_const(emit: &mut Emitter, to: Slot, value: i64) {
    let dst = Dst(to.0);
    match i32::try_from(value) {
        Ok(imm) => emit.emit(Opcode::Const32, Const32 { dst, imm: Imm32(imm) }),
        Err(_) => emit.emit(Opcode::Const64, Const64 { dst, imm: Imm64(value) }),
    }
}
