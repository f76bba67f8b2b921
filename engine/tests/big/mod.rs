//! A module that is large because it has many functions.

use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportKind, ExportSection, Function,
    FunctionSection, MemorySection, MemoryType, Module, RefType, TableSection, TableType, TypeSection, ValType,
};

/// Bytes of a large module: a browser's JavaScript engine, or a light client with everything in it.
pub const BLOB_BYTES: usize = 39_000_000;

/// Rounds of arithmetic in each function: some 390 bytes of body, as compilers emit on average.
const ROUNDS: i64 = 36;
/// Functions that are in the table.
const IN_TABLE: u32 = 4_096;

/// A module of about so many bytes. `run` takes a number, asks a function from the middle and one from
/// the table, and returns a number.
pub fn blob(bytes: usize) -> Vec<u8> {
    let one = body(0).byte_len() + 3;
    let functions = u32::try_from(bytes / one).expect("the module is small enough for 32 bits");
    let mut types = TypeSection::new();
    types.ty().function([ValType::I64], [ValType::I64]);
    let (mut funcs, mut code) = (FunctionSection::new(), CodeSection::new());
    for number in 0..functions {
        funcs.function(0);
        code.function(&body(i64::from(number)));
    }
    funcs.function(0);
    let mut run = Function::new([]);
    let mut operators = run.instructions();
    operators.local_get(0).call(functions / 2).i32_const(7).call_indirect(0, 0).end();
    code.function(&run);
    let mut tables = TableSection::new();
    let in_table = IN_TABLE.min(functions);
    let size = u64::from(in_table);
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: size,
        maximum: Some(size),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 16, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("run", ExportKind::Func, functions);
    let mut elements = ElementSection::new();
    let items: Vec<u32> = (0..in_table).collect();
    elements.active(None, &ConstExpr::i32_const(0), Elements::Functions(items.into()));
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(1_024), b"a large module".iter().copied());
    let mut module = Module::new();
    module.section(&types).section(&funcs).section(&tables).section(&memories).section(&exports);
    module.section(&elements).section(&code).section(&data);
    module.finish()
}

/// What `run` returns: the same arithmetic.
pub fn expected(bytes: usize, argument: i64) -> i64 {
    let functions = bytes / (body(0).byte_len() + 3);
    let apply = |number: i64, argument: i64| {
        (0..ROUNDS).fold(argument, |value, round| value.wrapping_mul(salt(number, round)) ^ round)
    };
    apply(7, apply(i64::try_from(functions / 2).expect("it fits"), argument))
}

/// Numbers of eight digits, so that all bodies have the same length.
fn salt(number: i64, round: i64) -> i64 {
    (number * ROUNDS + round) % 60_000_000 + 70_000_000
}

fn body(number: i64) -> Function {
    let mut function = Function::new([(1, ValType::I32)]);
    let mut operators = function.instructions();
    operators.local_get(0);
    for round in 0..ROUNDS {
        operators.i64_const(salt(number, round)).i64_mul().i64_const(round).i64_xor();
    }
    operators.end();
    function
}
