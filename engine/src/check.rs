//! Judges a blob: what the chain's own code does at an upload (Law 9).

use crate::error::{CodeError, CodeErrorKind};
use crate::features::Features;
use crate::gas::PriceTable;
use crate::isa::source::SourceOperator;
use crate::limits::Limit;
use crate::module::header::Header;
use crate::module::{Mode, Module};
use crate::operators;
use crate::policy::Policy;
use crate::reference::Tag;
use crate::types::{Export, Import, ImportKind, MemoryType, PAGE_BYTES};
use alloc::vec::Vec;
use wasmparser::{BinaryReader, FunctionBody};

/// What a blob consists of, once it has been found good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeReport {
    /// Imports in order.
    pub imports: Vec<Import>,
    /// Exports in order.
    pub exports: Vec<Export>,
    /// The function that runs before any other.
    pub start: Option<u32>,
    /// The memory, imported or the module's own.
    pub memory: Option<MemoryType>,
    /// The features that the code uses.
    pub features: Features,
    /// Functions that the module defines.
    pub functions: u32,
    /// Operators of all functions.
    pub operators: u64,
    /// Bytes of all function bodies.
    pub body_bytes: u64,
    /// Bytes of all data segments.
    pub data_bytes: u64,
    /// Bytes of register code that the functions become. Of this release: not consensus.
    pub code_bytes: u64,
    /// How much of each limit of the policy is used.
    pub limits: Vec<LimitUse>,
}

/// How near a blob comes to a limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LimitUse {
    /// Which limit.
    pub limit: Limit,
    /// The most that the blob has of it.
    pub count: u64,
    /// How much there may be.
    pub max: u32,
}

/// Reads, validates and translates a whole blob, and says what is in it.
///
/// # Errors
/// The rule of the policy that the blob breaks, and where.
pub fn check(blob: &[u8], policy: &Policy, prices: &PriceTable) -> Result<CodeReport, CodeError> {
    let module = Module::new(blob, policy, prices, Mode::Eager)?;
    let header = module.header();
    check_imports(module.imports())?;
    check_segments(header)?;
    let mut operators = 0u64;
    let mut features = Features::NONE;
    for body in header.bodies() {
        let bytes = module.bytes(&body.bytes);
        let mut reader = FunctionBody::new(BinaryReader::new(bytes, 0)).get_binary_reader_for_operators()?;
        while !reader.eof() {
            if let Some(operator) = operators::read_valid(&mut reader)?.ok().as_ref().and_then(SourceOperator::of) {
                features = features.union(operator.feature());
            }
            operators += 1;
        }
    }
    if header.data_segments().any(|data| data.active.is_none()) {
        features = features.union(Features::BULK_MEMORY);
    }
    Ok(CodeReport {
        imports: module.imports().to_vec(),
        exports: module.exports().to_vec(),
        start: header.start,
        memory: header.memory,
        features,
        functions: u32::try_from(header.body_count()).unwrap_or(u32::MAX),
        operators,
        body_bytes: header.bodies().map(|body| count(body.bytes.len())).sum(),
        data_bytes: header.data_segments().map(|data| count(data.bytes.len())).sum(),
        code_bytes: count(module.code_bytes()),
        limits: limit_uses(&module, policy)?,
    })
}

/// Tables and globals of others are for embedders that link instances: a contract has none.
fn check_imports(imports: &[Import]) -> Result<(), CodeError> {
    let foreign = imports.iter().find(|import| match import.kind {
        ImportKind::Func(_) | ImportKind::Memory(_) => false,
        ImportKind::Table(_) | ImportKind::Global(_) => true,
    });
    foreign.map_or(Ok(()), |import| {
        let (module, name) = (import.module.clone(), import.name.clone());
        Err(CodeError::new(CodeErrorKind::Import { module, name }))
    })
}

/// Active segments must fit what they initialise: an upload that can never run is refused.
fn check_segments(header: &Header) -> Result<(), CodeError> {
    let refused = || CodeError::new(CodeErrorKind::ConstExpr);
    let globals = header.globals().try_fold(Vec::new(), |mut values, global| {
        values.push(header.evaluate(global.init.as_ref()?, &values, Tag::ALONE)?);
        Some(values)
    });
    let globals = globals.ok_or_else(refused)?;
    let memory_bytes = header.memory.map_or(0, |memory| u64::from(memory.min_pages) * u64::from(PAGE_BYTES));
    let data = header.data_segments().map(|data| (data.active, data.bytes.len(), memory_bytes, true));
    let elements = header.elements().map(|element| {
        let table = element.active.as_ref().and_then(|place| header.table(place.index));
        (element.active, element.items.len(), table.map_or(0, |table| u64::from(table.min)), false)
    });
    for (index, (place, len, room, data)) in data.enumerate().chain(elements.enumerate()) {
        let Some(place) = place else { continue };
        let offset = header.evaluate(&place.offset, &globals, Tag::ALONE).ok_or_else(refused)?;
        // Offsets are i32: what a constant's cell holds above that is not part of it.
        let end = (offset & u64::from(u32::MAX)).saturating_add(count(len));
        if end > room {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            return Err(CodeError::new(CodeErrorKind::Segment { index, data }));
        }
    }
    Ok(())
}

fn limit_uses(module: &Module, policy: &Policy) -> Result<Vec<LimitUse>, CodeError> {
    let header = module.header();
    let mut height = 0;
    for func in header.defined_funcs() {
        height = height.max(module.func_code(func)?.cells);
    }
    let most = |counts: &mut dyn Iterator<Item = usize>| counts.max().unwrap_or(0);
    let used = |limit: Limit| match limit {
        Limit::Types => count(header.type_count()),
        Limit::Params => u64::from(header.arities_max().0),
        Limit::Results => u64::from(header.arities_max().1),
        Limit::Imports => count(header.import_count()),
        Limit::Functions => count(header.body_count()),
        Limit::Globals => count(header.global_count()),
        Limit::Tables => count(header.table_count()),
        Limit::TableElements => header.all_tables().map(|table| u64::from(table.min)).max().unwrap_or(0),
        Limit::Exports => count(header.export_count()),
        Limit::DataSegments => count(header.data_count()),
        Limit::ElementSegments => count(header.element_count()),
        Limit::Locals => header.bodies().map(|body| u64::from(body.locals)).max().unwrap_or(0),
        Limit::Height => u64::from(height),
        Limit::SignaturesPerByte => header.signatures().div_ceil(count(module.blob_bytes()).max(1)),
        Limit::CarriedPerByte => count(module.carried_per_byte()),
        Limit::CustomSections => u64::from(header.custom_sections()),
        Limit::BodyBytes => count(most(&mut header.bodies().map(|body| body.bytes.len()))),
    };
    let row = |limit: &Limit| LimitUse { limit: *limit, count: used(*limit), max: limit.of(&policy.limits) };
    Ok(Limit::ALL.iter().map(row).collect())
}

fn count(len: usize) -> u64 {
    u64::try_from(len).unwrap_or(u64::MAX)
}
