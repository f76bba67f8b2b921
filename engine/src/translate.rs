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
mod fuse;
mod memory;
mod numeric;
mod run;
mod stack;
mod table;
mod variable;
mod verify;
mod visit;

use crate::code::FuncCode;
use crate::error::{CodeError, CodeErrorKind};
use crate::gas::{GasClass, PriceTable};
use crate::isa::Opcode;
use crate::isa::field::{Dst, Imm32, Imm64, Slot, Src};
use crate::isa::shape::{Const32, Const64};
use crate::isa::source::{Lowering, SourceOperator};
use crate::limits::{CodeLimits, Limit};
use crate::module::header::Header;
use crate::operators::{self, Refused};
use alloc::string::String;
use alloc::vec::Vec;
use blocks::Blocks;
use control::Frame;
use emit::{Emitter, TooLong};
use memory::memarg;
use stack::{OperandStack, Popped, Settle, StackError, Value};
use verify::Verifier;
use wasmparser::{BinaryReader, FunctionBody, Operator};

/// What translation reads besides the body.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) header: &'a Header,
    pub(crate) prices: &'a PriceTable,
    pub(crate) limits: &'a CodeLimits,
}

/// Why a body cannot be translated. Small, so that what every operator returns stays in registers.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The parser cannot read it.
    Parse(wasmparser::Error),
    /// An operator that no policy accepts.
    Operator(&'static &'static str),
    /// Locals and operands are too many.
    Height,
    /// It is inconsistent.
    Body,
}

impl From<wasmparser::Error> for Failure {
    fn from(error: wasmparser::Error) -> Self {
        Self::Parse(error)
    }
}

impl From<&'static Refused> for Failure {
    fn from(refused: &'static Refused) -> Self {
        Self::Operator(&refused.name)
    }
}

impl From<TooLong> for Failure {
    fn from(_: TooLong) -> Self {
        Self::Body
    }
}

impl From<StackError> for Failure {
    #[inline]
    fn from(error: StackError) -> Self {
        match error {
            StackError::Underflow | StackError::Local => Self::Body,
            StackError::Height => Self::Height,
        }
    }
}

pub(crate) type Translated = Result<(), Failure>;

/// Translates functions of one module, one after the other: what one took memory for, the next uses.
pub(crate) struct Translator<'a> {
    context: Context<'a>,
    stack: OperandStack,
    control: Vec<Frame>,
    emit: Emitter,
    blocks: Blocks<'a>,
    verifier: Verifier,
    entry: blocks::BlockId,
    /// Whether control can be here.
    reachable: bool,
    /// Blocks that were opened where control cannot be.
    dead_blocks: u32,
    params: u32,
    locals: u32,
    work: usize,
}

/// Memory that a translator took, for the next one: taking it is a good part of translating a small
/// function.
#[derive(Default)]
pub(crate) struct Spare {
    stack: OperandStack,
    control: Vec<Frame>,
    emit: Emitter,
    blocks: blocks::Memory,
    verifier: Verifier,
}

impl Spare {
    /// Gives back whatever is large.
    pub(crate) fn trim(&mut self) {
        let Self { stack, control, emit, blocks, verifier } = self;
        stack.trim();
        trim(control);
        emit.trim();
        blocks.trim();
        verifier.trim();
    }
}

/// Gives memory back if there is more of it than small functions need.
fn trim<T>(memory: &mut Vec<T>) {
    const KEPT_BYTES: usize = 4_096;
    memory.clear();
    if memory.capacity().saturating_mul(size_of::<T>()) > KEPT_BYTES {
        *memory = Vec::new();
    }
}

impl<'a> Translator<'a> {
    pub(crate) fn new(context: Context<'a>, spare: Spare) -> Self {
        let Spare { stack, control, emit, blocks, verifier } = spare;
        Self {
            context,
            stack,
            control,
            emit,
            blocks: Blocks::new(context.prices, blocks),
            verifier,
            entry: blocks::BlockId::default(),
            reachable: false,
            dead_blocks: 0,
            params: 0,
            locals: 0,
            work: 0,
        }
    }

    /// Translates the body of a defined function. `body` are its bytes, `offset` their place in the
    /// blob.
    ///
    /// # Errors
    /// What is wrong with the body, and where.
    pub(crate) fn translate(&mut self, func: u32, body: &[u8], offset: usize) -> Result<FuncCode, CodeError> {
        let place = u64::try_from(offset).unwrap_or(u64::MAX);
        let body = FunctionBody::new(BinaryReader::new(body, place));
        let mut at = place;
        let code = self.function(func, &body, &mut at);
        let code = code.map_err(|failure| self.error(failure, at).in_function(func))?;
        self.verifier
            .verify(self.context.header, &code)
            .map_err(|_| CodeError::new(CodeErrorKind::Body).at(place).in_function(func))?;
        self.step(self.stack.work() + self.emit.work() + self.verifier.work());
        Ok(code)
    }

    /// What it took memory for.
    pub(crate) fn into_spare(self) -> Spare {
        let Self { stack, control, emit, blocks, verifier, .. } = self;
        Spare { stack, control, emit, blocks: blocks.into_memory(), verifier }
    }

    /// What has been done so far, in steps: groups of locals and operators read, values carried, operands
    /// settled, units written, branches aimed, charges filled in, units verified. A measure that no clock
    /// disturbs.
    pub(crate) fn work(&self) -> usize {
        self.work
    }

    fn error(&self, failure: Failure, at: u64) -> CodeError {
        let kind = match failure {
            Failure::Parse(error) => return error.into(),
            Failure::Operator(name) => CodeErrorKind::Operator { name: String::from(*name) },
            Failure::Height => {
                let max = u64::from(self.context.limits.height);
                CodeErrorKind::Limit { limit: Limit::Height, count: self.stack.cells_refused(), max }
            }
            Failure::Body => CodeErrorKind::Body,
        };
        CodeError::new(kind).at(at)
    }

    fn function(&mut self, func: u32, body: &FunctionBody<'_>, at: &mut u64) -> Result<FuncCode, Failure> {
        let ty = self.context.header.func_type_index(func).ok_or(Failure::Body)?;
        let (params, results) = self.context.header.arities(ty).ok_or(Failure::Body)?;
        self.params = u32::try_from(params).map_err(|_| Failure::Body)?;
        self.locals = self.params;
        let mut groups = body.get_locals_reader()?;
        for _ in 0..groups.get_count() {
            self.step(1);
            self.locals = self.locals.checked_add(groups.read()?.0).ok_or(Failure::Body)?;
            if self.locals > self.context.limits.locals {
                return Err(Failure::Body);
            }
        }
        self.begin(results, body.as_bytes().len())?;
        self.body(groups.get_binary_reader(), at)?;
        let results = u32::try_from(results).map_err(|_| Failure::Body)?;
        self.blocks.sum_up();
        Ok(FuncCode {
            func,
            ty: self.context.header.canonical_func_type(func).ok_or(Failure::Body)?,
            code: self.emit.finish(&self.blocks).into(),
            params: self.params,
            locals: self.locals,
            cells: self.stack.cells().max(results),
            entry_charge: self.blocks.cost_of(self.entry),
            first_call_fuel: self.context.prices.first_call(body.as_bytes().len(), self.locals),
            #[cfg(feature = "profile")]
            profile: crate::profile::FuncProfile {
                entry: self.entry.into(),
                sites: self.emit.charges().iter().map(|(field, block)| (*field, (*block).into())).collect(),
                blocks: self.blocks.profile(),
            },
        })
    }

    fn begin(&mut self, results: usize, body_bytes: usize) -> Translated {
        self.stack.clear(self.locals, self.context.limits.height);
        self.control.clear();
        // Locals are cells, which have 16-bit names: `push` refuses what does not fit.
        self.emit.clear(body_bytes, u16::try_from(self.locals).map_err(|_| Failure::Height)?);
        self.blocks.clear();
        self.entry = self.blocks.declare();
        self.blocks.begin(self.entry);
        self.blocks.charge(GasClass::LocalZeroed, u64::from(self.locals - self.params));
        self.reachable = true;
        self.dead_blocks = 0;
        self.open_function(results)
    }

    fn body(&mut self, mut reader: BinaryReader<'_>, at: &mut u64) -> Translated {
        while !reader.eof() {
            *at = reader.original_position();
            self.step(1);
            // Operators behind the end of the function the reader refuses: no block is open then.
            operators::visit(&mut reader, self, Failure::from)??;
        }
        if self.control.is_empty() { Ok(()) } else { Err(Failure::Body) }
    }

    /// Translates an operator whose row of table 1 is known when the engine is compiled, so that of
    /// all this only what the row asks for remains.
    #[inline(always)]
    fn operator(&mut self, row: SourceOperator, operator: &Operator<'_>) -> Translated {
        if !self.reachable {
            return self.dead(operator);
        }
        self.blocks.charge(row.class(), 1);
        match row.lowering() {
            Lowering::Control => self.lower_control(operator),
            Lowering::Stack => self.lower_variable(operator),
            Lowering::Memory => self.lower_memory(operator),
            Lowering::Load(opcode) => self.load(opcode, memarg(operator)),
            Lowering::Store { cell, imm } => self.store(cell, imm, memarg(operator)),
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

    // What the lowerings share.

    fn step(&mut self, count: usize) {
        self.work = self.work.wrapping_add(count);
    }

    #[inline(always)]
    fn pop(&mut self) -> Result<Popped, Failure> {
        Ok(self.stack.pop()?)
    }

    #[inline(always)]
    fn push_home(&mut self, zero_extended: bool) -> Result<Dst, Failure> {
        Ok(Dst(self.stack.push_home(zero_extended)?.0))
    }

    /// The cell that holds a popped value; a constant is written to its home first.
    #[inline]
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

    /// Returns how many operands waited: whoever does not carry them anyway charges for them.
    fn settle_locals(&mut self) -> Result<usize, Failure> {
        let (emit, mut waited) = (&mut self.emit, 0);
        self.stack.settle_locals(|settle| waited += write_settled(emit, settle))?;
        Ok(waited)
    }

    /// The same of the topmost operands.
    fn settle_top(&mut self, count: usize) -> Result<usize, Failure> {
        let (emit, mut waited) = (&mut self.emit, 0);
        self.stack.settle_top(count, |settle| waited += write_settled(emit, settle))?;
        Ok(waited)
    }

    /// The same of those that name a local.
    fn preserve(&mut self, local: u32) -> Result<usize, Failure> {
        let (emit, mut waited) = (&mut self.emit, 0);
        self.stack.preserve(local, |settle| waited += write_settled(emit, settle))?;
        Ok(waited)
    }
}

/// Returns one if the operand was a local that it waited for, and not a constant.
fn write_settled(emit: &mut Emitter, settle: Settle) -> usize {
    match settle.value {
        Value::Cell { slot, .. } => {
            write_copy(emit, settle.home, slot);
            1
        }
        Value::Const(value) => {
            write_const(emit, settle.home, value);
            0
        }
    }
}

fn write_copy(emit: &mut Emitter, to: Slot, from: Slot) {
    emit.copy(to, from);
}

fn write_const(emit: &mut Emitter, to: Slot, value: i64) {
    let dst = Dst(to.0);
    match i32::try_from(value) {
        Ok(imm) => emit.emit(Opcode::Const32, Const32 { dst, imm: Imm32(imm) }),
        Err(_) => emit.emit(Opcode::Const64, Const64 { dst, imm: Imm64(value) }),
    }
}
