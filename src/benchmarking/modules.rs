//! The contracts that benchmarks run, made on the spot.

use crate::{Config, host_api::HostFunction, schedule::PAGE_BYTES};
use alloc::{vec, vec::Vec};
use frame_support::traits::Get;
use vellum_engine::ValType;
use wasm_encoder::{
    BlockType, CodeSection, CustomSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, InstructionSink, MemArg, MemoryType, Module, TypeSection,
};

/// The type of the entry points, and of functions that do nothing.
const NOTHING_TO_NOTHING: u32 = 0;
/// The type of blocks that carry values.
const CARRYING: u32 = 1;
/// The type of the imported function, if there is one.
const IMPORTED: u32 = 2;

/// The values that such a block takes, and those that it leaves: with its three bytes it may carry three, one for each.
const TAKEN: usize = 1;
const LEFT: usize = 2;

/// The function `call` of a contract that imports none.
pub const CALL: u32 = 1;

/// The counter of a contract that repeats something.
const COUNTER: u32 = 0;

/// A contract with the least memory and nothing in it. Contracts with another `number` have other hashes.
pub fn empty(number: u32) -> Vec<u8> {
    Contract { custom: number.to_le_bytes().to_vec(), ..Contract::default() }.encode()
}

/// A contract that calls `function` with these arguments as often as said, one after the other, with as much memory as
/// the chain allows.
pub fn calling<T: Config>(function: &'static HostFunction, args: &[u32], times: u32) -> Vec<u8> {
    let body = repeating(times, |code| {
        let args = args.iter().copied().chain(core::iter::repeat(0));
        for (param, arg) in function.params.iter().zip(args) {
            match param.ty {
                ValType::I64 => code.i64_const(arg.into()),
                // Wasm's constants are signed, and so are not in doubt about the sentinel.
                _ => code.i32_const(arg.cast_signed()),
            };
        }
        code.call(0);
        if function.result.is_some() {
            code.drop();
        }
    });
    Contract { import: Some(function), pages: memory_pages::<T>(), call: body, ..Contract::default() }.encode()
}

/// A contract that loads a number from one address and stores it at another as often as said. All of memory is
/// accessed, in an order that looks like none.
pub fn loading_and_storing<T: Config>(times: u32) -> Vec<u8> {
    let mut addresses = Addresses { state: 1, memory_bytes: memory_bytes::<T>() };
    let mut body = Function::new([(1, wasm_encoder::ValType::I64)]);
    let mut code = body.instructions();
    let byte = MemArg { offset: 0, align: 0, target: Default::default(), ordering: None };
    for _ in 0..times {
        let (from, to) = (addresses.next_address(), addresses.next_address());
        code.i32_const(from).i64_load8_s(byte).local_set(0);
        code.i32_const(to).local_get(0).i64_store8(byte);
    }
    code.end();
    Contract { pages: memory_pages::<T>(), call: body, ..Contract::default() }.encode()
}

/// What fills a contract of a given size.
#[derive(Clone, Copy)]
pub enum Filling {
    /// Lists of locals of functions that nobody calls: whoever reads the code has to read them to find the next function, and nothing but
    /// their bytes pays for that.
    Locals,
    /// Blocks that are dearer to validate and to translate, for their size, than what compilers make.
    Blocks,
    /// The same, and a float in a function behind them, so that code which may have none is found out at its end.
    BlocksAndFloat,
}

/// A contract of about so many bytes and of not more, unless they are too few for any. What fills it does not run.
pub fn sized(bytes: u32, filling: Filling) -> Vec<u8> {
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    let room = |frame: Vec<u8>| bytes.saturating_sub(frame.len() + SIZES_BYTES);
    let others = match filling {
        Filling::Locals => vec![idle(); room(Contract::default().encode()) / IDLE_BYTES],
        Filling::Blocks => blocks(room(with_others(blocks(0)))),
        Filling::BlocksAndFloat => {
            let frame = with_others(blocks(0).into_iter().chain([float()]).collect());
            blocks(room(frame)).into_iter().chain([float()]).collect()
        }
    };
    with_others(others)
}

/// Sizes of sections and bodies take so many bytes more at most when there is much in them.
const SIZES_BYTES: usize = 32;

/// Groups of locals of a function that has nothing else.
const GROUPS: usize = 30;

/// What such a function takes: two bytes for each group; one in the list of functions, one for the body's size, one for the number of groups and one
/// for the end.
const IDLE_BYTES: usize = 2 * GROUPS + 4;

/// A block and its end.
const BLOCK_BYTES: usize = 3;

/// So many blocks that a body with them is not too long.
const BLOCKS_PER_BODY: usize = 40_000;

fn with_others(others: Vec<Function>) -> Vec<u8> {
    Contract { others, ..Contract::default() }.encode()
}

/// Two groups in a row are of two types.
fn idle() -> Function {
    let types = [wasm_encoder::ValType::I32, wasm_encoder::ValType::I64];
    let mut body = Function::new((0..GROUPS).map(|group| (1, types[group % types.len()])));
    body.instructions().end();
    body
}

fn float() -> Function {
    let mut body = Function::new([]);
    body.instructions().f32_const(0.0.into()).drop().end();
    body
}

/// Bodies of about so many bytes in which blocks stand in blocks. Each takes and leaves as many values as code for
/// contracts may carry for each of its bytes, and both validation and translation look at each of them.
fn blocks(bytes: usize) -> Vec<Function> {
    let mut left = bytes / BLOCK_BYTES;
    let mut bodies = Vec::new();
    loop {
        let count = left.min(BLOCKS_PER_BODY);
        left -= count;
        let mut body = Function::new([]);
        let mut code = body.instructions();
        for _ in 0..TAKEN {
            code.i32_const(0);
        }
        for _ in 0..count {
            code.block(BlockType::FunctionType(CARRYING));
        }
        // The innermost one makes up for what it leaves more than it takes, for all around it.
        for _ in TAKEN..LEFT {
            code.i32_const(0);
        }
        for _ in 0..count {
            code.end();
        }
        for _ in 0..LEFT {
            code.drop();
        }
        code.end();
        bodies.push(body);
        if left == 0 {
            return bodies;
        }
    }
}

/// Pages that a contract may have.
pub fn memory_pages<T: Config>() -> u32 {
    T::Schedule::get().limits.memory_pages
}

/// Bytes of memory that a contract may have.
pub fn memory_bytes<T: Config>() -> u32 {
    memory_pages::<T>().saturating_mul(PAGE_BYTES)
}

/// A loop around what `piece` writes. Its own instructions are few, and what they take counts as the piece's.
fn repeating(times: u32, piece: impl FnOnce(&mut InstructionSink<'_>)) -> Function {
    let mut body = Function::new([(1, wasm_encoder::ValType::I32)]);
    let mut code = body.instructions();
    if times > 0 {
        code.i32_const(times.cast_signed()).local_set(COUNTER).loop_(BlockType::Empty);
        piece(&mut code);
        code.local_get(COUNTER).i32_const(1).i32_sub().local_tee(COUNTER).br_if(0).end();
    }
    code.end();
    body
}

/// What a contract is made of.
struct Contract {
    import: Option<&'static HostFunction>,
    /// Pages of memory, from the start.
    pages: u32,
    call: Function,
    /// Functions that are not called.
    others: Vec<Function>,
    custom: Vec<u8>,
}

impl Default for Contract {
    fn default() -> Self {
        let mut call = Function::new([]);
        call.instructions().end();
        Self { import: None, pages: 1, call, others: Vec::new(), custom: Vec::new() }
    }
}

impl Contract {
    fn encode(self) -> Vec<u8> {
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        let memory = MemoryType {
            minimum: self.pages.into(),
            maximum: Some(self.pages.into()),
            memory64: false,
            shared: false,
            page_size_log2: None,
        };
        imports.import("env", "memory", memory);
        types.ty().function([], []);
        types.ty().function([wasm_encoder::ValType::I32; TAKEN], [wasm_encoder::ValType::I32; LEFT]);
        if let Some(function) = self.import {
            let ty = function.func_type();
            types.ty().function(ty.params.iter().map(value_type), ty.results.iter().map(value_type));
            imports.import(function.module, function.name, EntityType::Function(IMPORTED));
        }

        let (mut functions, mut bodies) = (FunctionSection::new(), CodeSection::new());
        let mut deploy = Function::new([]);
        deploy.instructions().end();
        for body in [deploy, self.call].iter().chain(&self.others) {
            functions.function(NOTHING_TO_NOTHING);
            bodies.function(body);
        }

        let mut exports = ExportSection::new();
        let first = u32::from(self.import.is_some());
        exports.export("deploy", ExportKind::Func, first).export("call", ExportKind::Func, first + 1);

        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&bodies);
        if !self.custom.is_empty() {
            module.section(&CustomSection { name: "number".into(), data: self.custom.into() });
        }
        module.finish()
    }
}

fn value_type(ty: &ValType) -> wasm_encoder::ValType {
    match ty {
        ValType::I64 => wasm_encoder::ValType::I64,
        _ => wasm_encoder::ValType::I32,
    }
}

/// Addresses that look random and are the same every time.
struct Addresses {
    state: u32,
    memory_bytes: u32,
}

impl Addresses {
    fn next_address(&mut self) -> i32 {
        // Marsaglia's xorshift, whose numbers are never zero.
        self.state ^= self.state << 13;
        self.state ^= self.state >> 17;
        self.state ^= self.state << 5;
        (self.state % self.memory_bytes.max(1)).cast_signed()
    }
}
