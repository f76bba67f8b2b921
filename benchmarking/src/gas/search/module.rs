//! Genomes to modules.
//!
//! A module exports `prepare`, which writes a walk over memory into it, and `run`, which takes a number of turns. The first call of
//! `run` is not timed where instructions are.

use super::emit::control::{IN_TABLE, signature, values_types};
use super::emit::{CALLEE_TYPE, COUNT_TYPE, FIRST_CALLEE, GLOBALS, LINE_BYTES, PASSIVE, Role, access, body};
use super::genome::{CALLEES, Genome, Shape};
use super::operators::Ty;
use std::borrow::Cow;
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataCountSection, DataSection, DataSegment, DataSegmentMode, ElementMode,
    ElementSection, ElementSegment, Elements, ExportKind, ExportSection, Function, FunctionSection, GlobalSection,
    GlobalType, Instruction as I, MemArg, MemorySection, MemoryType, Module, RefType, StartSection, TableSection,
    TableType, TypeSection, ValType,
};

/// Functions in order: callees, then these, then those that only stand there.
const PREPARE: u32 = 4;
const RUN: u32 = 5;
const START: u32 = 6;
const OTHERS: u32 = 7;

/// The blob of a genome whose shape has been fitted.
pub fn module(genome: &Genome) -> Vec<u8> {
    let shape = &genome.shape;
    let mut module = Module::new();
    module.section(&types(shape));
    module.section(&functions(shape));
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        minimum: shape.table.max(16).into(),
        maximum: None,
        table64: false,
        shared: false,
    });
    module.section(&tables);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: shape.pages.into(),
        maximum: Some(16),
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    module.section(&memories);
    module.section(&globals(shape));
    let mut exports = ExportSection::new();
    exports.export("prepare", ExportKind::Func, PREPARE).export("run", ExportKind::Func, RUN);
    module.section(&exports);
    if shape.start {
        module.section(&StartSection { function_index: START });
    }
    module.section(&elements(shape));
    module.section(&DataCountSection { count: u32::from(shape.segments) + 2 });
    module.section(&code(genome));
    module.section(&data(shape));
    module.finish()
}

fn types(shape: &Shape) -> TypeSection {
    let encoded = |types: Vec<Ty>| types.into_iter().map(Ty::encoded).collect::<Vec<_>>();
    let (params, results) = signature(shape.signature);
    let mut types = TypeSection::new();
    types.ty().function(encoded(params), encoded(results));
    types.ty().function([ValType::I32], []);
    for results in values_types() {
        types.ty().function([], results);
    }
    types.ty().function([], []);
    types
}

/// The type without parameters and results stands behind those of blocks.
fn nothing_type() -> u32 {
    COUNT_TYPE + 1 + u32::try_from(values_types().count()).unwrap_or(0)
}

fn functions(shape: &Shape) -> FunctionSection {
    let mut functions = FunctionSection::new();
    for _ in 0..CALLEES {
        functions.function(CALLEE_TYPE);
    }
    functions.function(nothing_type()).function(COUNT_TYPE).function(nothing_type());
    for _ in 0..shape.functions {
        functions.function(COUNT_TYPE);
    }
    functions
}

fn globals(shape: &Shape) -> GlobalSection {
    let mut globals = GlobalSection::new();
    let mut add = |val_type, init: &ConstExpr| {
        globals.global(GlobalType { val_type, mutable: true, shared: false }, init);
    };
    add(ValType::I32, &ConstExpr::i32_const(7));
    add(ValType::I64, &ConstExpr::i64_const(7));
    debug_assert_eq!(GLOBALS, 2);
    for _ in 0..shape.globals {
        add(ValType::I64, &ConstExpr::i64_const(5));
    }
    globals
}

fn elements(shape: &Shape) -> ElementSection {
    let callees: Vec<u32> = (FIRST_CALLEE..).take(IN_TABLE).collect();
    let passive: Vec<u32> = callees.iter().copied().cycle().take(usize::try_from(PASSIVE).unwrap_or(0)).collect();
    let mut elements = ElementSection::new();
    let mut add = |mode: ElementMode<'_>, functions: &[u32]| {
        elements.segment(ElementSegment { mode, elements: Elements::Functions(Cow::Borrowed(functions)) });
    };
    add(ElementMode::Passive, &passive);
    add(ElementMode::Passive, &callees);
    let start = ConstExpr::i32_const(0);
    add(ElementMode::Active { table: None, offset: &start }, &callees);
    for nth in 0..shape.elements {
        let room = i32::from(shape.table.max(16)) - 8;
        let offset = ConstExpr::i32_const(8 + i32::from(nth) * 613 % room);
        add(ElementMode::Active { table: None, offset: &offset }, &callees[..1]);
    }
    elements
}

fn data(shape: &Shape) -> DataSection {
    let mut data = DataSection::new();
    let passive = vec![0xa5; usize::try_from(PASSIVE).unwrap_or(0)];
    data.segment(DataSegment { mode: DataSegmentMode::Passive, data: passive.iter().copied() });
    data.segment(DataSegment { mode: DataSegmentMode::Passive, data: [1_u8; 8] });
    let bytes = vec![0x5a; usize::from(shape.segment_bytes)];
    let room = (u32::from(shape.pages) << 16) - u32::from(shape.segment_bytes);
    for nth in 0..u32::from(shape.segments) {
        // One behind the other, or a stride apart that visits every page.
        let place = if shape.spread { nth * 69_697 % room } else { nth * u32::from(shape.segment_bytes) % room };
        let offset = ConstExpr::i32_const(place.cast_signed());
        data.segment(DataSegment {
            mode: DataSegmentMode::Active { memory_index: 0, offset: &offset },
            data: bytes.iter().copied(),
        });
    }
    data
}

fn code(genome: &Genome) -> CodeSection {
    let shape = &genome.shape;
    let (params, results) = signature(shape.signature);
    let after = u32::try_from(CALLEES).unwrap_or(0);
    let mut code = CodeSection::new();
    for (genes, nth) in genome.callees.iter().zip(1..) {
        let role =
            Role { shape, params: &params, results: &results, callees: nth..after, indirect: false, looping: false };
        code.function(&body(genes, role));
    }
    code.function(&prepare(shape));
    // Locals that nobody uses are for functions that are called often.
    let without = Shape { locals: 0, ..shape.clone() };
    let main =
        |shape| Role { shape, params: &[Ty::I32], results: &[], callees: 0..after, indirect: true, looping: true };
    code.function(&body(&genome.main, main(&without)));
    let mut start = Function::new([]);
    for instruction in [I::I32Const(1), I::Call(RUN), I::End] {
        start.instruction(&instruction);
    }
    code.function(&start);
    for _ in 0..shape.functions {
        code.function(&body(&genome.main, main(shape)));
    }
    debug_assert_eq!(OTHERS, START + 1);
    code
}

/// Writes into each line where the next one is: with a step that is one more than a multiple of four and an odd
/// distance, numbers below a power of two come in one cycle. Behind it stand numbers that look random.
fn prepare(shape: &Shape) -> Function {
    let lines = 1_i32 << shape.lines_log2;
    let at = |offset, align| MemArg { offset, align, ..access() };
    let shift = I::I32Const(LINE_BYTES.ilog2().cast_signed());
    let mut function = Function::new([(1, ValType::I32)]);
    for instruction in [
        I::Loop(BlockType::Empty),
        I::LocalGet(0),
        shift.clone(),
        I::I32Shl,
        I::LocalGet(0),
        I::I32Const(1_365),
        I::I32Mul,
        I::I32Const(1_237),
        I::I32Add,
        I::I32Const(lines - 1),
        I::I32And,
        shift.clone(),
        I::I32Shl,
        I::I32Store(at(0, 2)),
        I::LocalGet(0),
        shift,
        I::I32Shl,
        I::LocalGet(0),
        I::I64ExtendI32U,
        I::I64Const(0x9e37_79b9_7f4a_7c15_u64.cast_signed()),
        I::I64Mul,
        I::I64Store(at(8, 3)),
        I::LocalGet(0),
        I::I32Const(1),
        I::I32Add,
        I::LocalTee(0),
        I::I32Const(lines),
        I::I32LtU,
        I::BrIf(0),
        I::End,
        I::End,
    ] {
        function.instruction(&instruction);
    }
    function
}
