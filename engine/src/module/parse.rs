//! Bytes to [`Header`]: the pre-scan. Counts are compared with the limits as they are read, before
//! anything is validated and before memory is taken for them.

use super::header::{BINARY, Header, val_type_byte};
use super::tables::{
    BodyRow, ConstRow, DataRow, ElementRow, ExportRow, FuncImportRow, FuncRow, GlobalRow, ImportRow, ItemRow, NONE,
    TableTypeRow, TypeRow, ValTypeRow, Writer, const_kind, export_kind, flags, import_kind,
};
use crate::error::{CodeError, CodeErrorKind};
use crate::limits::Limit;
use crate::operators;
use crate::policy::Policy;
use crate::types::ValType;
use alloc::vec::Vec;
use wasmparser::{
    BinaryReader, Chunk, ElementItems, ElementKind, ExternalKind, FunctionBody, Operator, Parser, Payload, TableInit,
    TypeRef,
};

/// What the scan of a section has found out, for whoever validates it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing about its validity.
    Unknown,
    /// It is valid: data segments with a memory and a number each, of which there can be thousands.
    Valid,
}

/// Reads the sections of a blob, each with somebody else who reads it, too, once it is within the
/// limits: two readers, one walk.
///
/// # Errors
/// What is malformed or over a limit, and at which byte; or what the other reader finds.
pub(super) fn parse(
    blob: &[u8],
    policy: &Policy,
    mut beside: impl FnMut(&Payload<'_>, Found) -> Result<(), CodeError>,
) -> Result<Header, CodeError> {
    // Places in the blob are 32-bit numbers.
    let blob_bytes = u32::try_from(blob.len()).map_err(|_| invalid("the module is over 4 GiB", 0))?;
    let mut scan = Scan { blob, policy, tables: Writer::default() };
    let (mut parser, mut rest) = (Parser::new(0), blob);
    loop {
        let (consumed, payload) = match parser.parse(rest, true)? {
            Chunk::Parsed { consumed, payload } => (consumed, payload),
            Chunk::NeedMoreData(_) => return Err(invalid("unexpected end of the module", bytes_in(blob))),
        };
        rest = rest.get(consumed..).unwrap_or_default();
        let found = match &payload {
            Payload::DataSection(section) => scan.data(section.clone())?,
            _ => scan.payload(&payload).map(|()| Found::Unknown)?,
        };
        beside(&payload, found)?;
        match payload {
            Payload::End(_) => break,
            // Not item by item through the parser's states: most of a module's items are bodies.
            Payload::CodeSectionStart { count, size, .. } => {
                let section = usize::try_from(size).ok().and_then(|size| rest.split_at_checked(size));
                let (section, behind) = section.ok_or_else(|| invalid("unexpected end-of-file", bytes_in(blob)))?;
                let start = bytes_in(blob) - bytes_in(rest);
                scan.bodies(BinaryReader::new(section, start), count, &mut beside)?;
                parser.skip_section();
                rest = behind;
            }
            _ => {}
        }
    }
    let head = &mut scan.tables.head;
    (head.policy_low, head.policy_high) = super::index::policy_mark(policy);
    (head.blob_bytes, head.blob_mark) = (blob_bytes, super::index::blob_mark(blob));
    let tables = scan.tables.finish().ok_or_else(|| invalid("the module's tables are over 4 GiB", 0))?;
    Ok(Header::new(tables, &policy.limits))
}

/// Bodies that the other reader gets to see, because a validator refuses some by their size alone.
const LARGE_BODY_BYTES: u64 = 1 << 20;

/// Data segments that any validator accepts at once.
const PLAIN_SEGMENTS_MAX: u32 = 10_000;

/// The bytes of the types i32, i64, f32 and f64: most locals have one of them.
const NUMBER_TYPES: core::ops::RangeInclusive<u8> = 0x7c..=0x7f;

struct Scan<'a> {
    blob: &'a [u8],
    policy: &'a Policy,
    tables: Writer,
}

impl Scan<'_> {
    fn payload(&mut self, payload: &Payload<'_>) -> Result<(), CodeError> {
        match payload {
            Payload::TypeSection(section) => self.types(section.clone()),
            Payload::ImportSection(section) => self.imports(section.clone()),
            Payload::FunctionSection(section) => self.functions(section.clone()),
            Payload::TableSection(section) => self.tables(section.clone()),
            Payload::MemorySection(section) => self.memories(section.clone()),
            Payload::GlobalSection(section) => self.globals(section.clone()),
            Payload::ExportSection(section) => self.exports(section.clone()),
            Payload::StartSection { func, .. } => {
                self.tables.head.flags |= flags::START;
                self.tables.head.start_func = *func;
                Ok(())
            }
            Payload::ElementSection(section) => self.elements(section.clone()),
            // What they say is ignored; that they are there takes time.
            Payload::CustomSection(section) => {
                self.tables.head.custom_sections += 1;
                self.check(Limit::CustomSections, self.tables.head.custom_sections.into(), section.range().start)
            }
            // What is left over, the validator refuses by name.
            _ => Ok(()),
        }
    }

    fn check(&self, limit: Limit, count: u64, offset: u64) -> Result<(), CodeError> {
        let max = u64::from(limit.of(&self.policy.limits));
        if count > max {
            return Err(CodeError::new(CodeErrorKind::Limit { limit, count, max }).at(offset));
        }
        Ok(())
    }

    fn types(&mut self, section: wasmparser::TypeSectionReader<'_>) -> Result<(), CodeError> {
        let offset = section.range().start;
        self.check(Limit::Types, u64::from(section.count()), offset)?;
        self.tables.reserve::<TypeRow>(room(&section));
        if self.plain_types(&section).is_some() {
            self.name_equal_types();
            return Ok(());
        }
        self.tables.clear::<TypeRow>();
        self.tables.clear::<ValTypeRow>();
        for ty in section.into_iter_err_on_gc_types() {
            let ty = ty?;
            self.check(Limit::Params, count(ty.params()), offset)?;
            self.check(Limit::Results, count(ty.results()), offset)?;
            let types = self.tables.bytes::<ValTypeRow>();
            let params = word(types.len(), offset)?;
            types.extend(ty.params().iter().chain(ty.results()).map(|ty| val_type_byte(ValType::from(*ty))));
            let (param_count, result_count) = (word(ty.params().len(), offset)?, word(ty.results().len(), offset)?);
            self.tables.push(TypeRow { params, param_count, result_count, canonical: 0 });
        }
        self.name_equal_types();
        Ok(())
    }

    /// Reads types of a few numbers each, which nearly all are, without taking memory for any. `None` if there is anything else, be
    /// it wrong or not: whoever reads that says so.
    fn plain_types(&mut self, section: &wasmparser::TypeSectionReader<'_>) -> Option<()> {
        const FUNC: u8 = 0x60;
        let range = section.range();
        let bytes = self.blob.get(usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?)?;
        // A byte each, and less than the section has.
        self.tables.bytes::<ValTypeRow>().reserve(bytes.len());
        let mut types = BinaryReader::new(bytes, range.start);
        if types.read_var_u32().ok()? != section.count() {
            return None;
        }
        for _ in 0..section.count() {
            if types.read_u8().ok()? != FUNC {
                return None;
            }
            let params = u32::try_from(self.tables.bytes::<ValTypeRow>().len()).ok()?;
            let param_count = self.plain_value_types(&mut types, Limit::Params)?;
            let result_count = self.plain_value_types(&mut types, Limit::Results)?;
            self.tables.push(TypeRow { params, param_count, result_count, canonical: 0 });
        }
        types.eof().then_some(())
    }

    /// A list of numbers' types, of no more than any reader and this policy take.
    fn plain_value_types(&mut self, types: &mut BinaryReader<'_>, limit: Limit) -> Option<u32> {
        const COUNT_MAX: u32 = 100;
        let count = types.read_var_u32().ok()?;
        if count > COUNT_MAX.min(limit.of(&self.policy.limits)) {
            return None;
        }
        for _ in 0..count {
            let byte = types.read_u8().ok()?;
            let ty = match byte {
                0x7f => ValType::I32,
                0x7e => ValType::I64,
                0x7d => ValType::F32,
                0x7c => ValType::F64,
                _ => return None,
            };
            self.tables.bytes::<ValTypeRow>().push(val_type_byte(ty));
        }
        Some(count)
    }

    /// Notes for each type the first that equals it. Sorted, equal ones are neighbours, the first of
    /// them in front.
    fn name_equal_types(&mut self) {
        let mut order: Vec<u32> = (0..self.tables.rows::<TypeRow>()).collect();
        let value_types = core::mem::take(self.tables.bytes::<ValTypeRow>());
        let key = |tables: &Writer, index: u32| {
            let row: TypeRow = tables.row(index).unwrap_or_default();
            let start = usize::try_from(row.params).unwrap_or(usize::MAX);
            let count = usize::try_from(row.param_count.saturating_add(row.result_count)).unwrap_or(usize::MAX);
            // Where parameters end and results begin is part of it.
            (row.param_count, value_types.get(start..start.saturating_add(count)).unwrap_or_default(), index)
        };
        order.sort_unstable_by(|left, right| key(&self.tables, *left).cmp(&key(&self.tables, *right)));
        let mut first = 0;
        for (at, index) in order.iter().enumerate() {
            let (params, types, _) = key(&self.tables, *index);
            let (first_params, first_types, _) = key(&self.tables, first);
            if at == 0 || (params, types) != (first_params, first_types) {
                first = *index;
            }
            let row = TypeRow { canonical: first, ..self.tables.row(*index).unwrap_or_default() };
            self.tables.set(*index, row);
        }
        *self.tables.bytes::<ValTypeRow>() = value_types;
    }

    fn imports(&mut self, section: wasmparser::ImportSectionReader<'_>) -> Result<(), CodeError> {
        self.check(Limit::Imports, u64::from(section.count()), section.range().start)?;
        self.tables.reserve::<ImportRow>(room(&section));
        self.tables.reserve::<FuncImportRow>(room(&section));
        for import in section.into_imports_with_offsets() {
            let (offset, import) = import?;
            let number = self.tables.rows::<ImportRow>();
            let (kind, index) = match import.ty {
                TypeRef::Func(ty) => {
                    if ty >= self.tables.rows::<TypeRow>() {
                        return Err(unknown("type", offset));
                    }
                    self.tables.push(FuncRow { ty });
                    self.tables.push(FuncImportRow { import: number });
                    (import_kind::FUNC, self.tables.rows::<FuncImportRow>() - 1)
                }
                TypeRef::Memory(ty) => {
                    self.memory(ty, offset)?;
                    (import_kind::MEMORY, 0)
                }
                TypeRef::Table(ty) => {
                    self.tables.head.imported_tables += 1;
                    self.table(&ty, offset)?;
                    (import_kind::TABLE, self.tables.rows::<TableTypeRow>() - 1)
                }
                TypeRef::Global(ty) => {
                    self.tables.head.imported_globals += 1;
                    self.global(ty, NONE, offset)?;
                    (import_kind::GLOBAL, self.tables.rows::<GlobalRow>() - 1)
                }
                _ => {
                    let kind = CodeErrorKind::Import { module: import.module.into(), name: import.name.into() };
                    return Err(CodeError::new(kind).at(offset));
                }
            };
            self.check(Limit::Imports, u64::from(number) + 1, offset)?;
            let (module, module_len) = self.place(import.module, offset)?;
            let (name, name_len) = self.place(import.name, offset)?;
            self.tables.push(ImportRow { module, module_len, name, name_len, kind, index });
        }
        Ok(())
    }

    fn memory(&mut self, ty: wasmparser::MemoryType, offset: u64) -> Result<(), CodeError> {
        let pages = |pages: u64| u32::try_from(pages).map_err(|_| invalid("memory size is over 4 GiB", offset));
        let head = &mut self.tables.head;
        if head.flags & flags::MEMORY != 0 {
            return Err(invalid("a module can have one memory", offset));
        }
        head.flags |= flags::MEMORY;
        head.memory_min = pages(ty.initial)?;
        if let Some(max) = ty.maximum {
            head.flags |= flags::MEMORY_MAX;
            head.memory_max = pages(max)?;
        }
        Ok(())
    }

    fn functions(&mut self, section: wasmparser::FunctionSectionReader<'_>) -> Result<(), CodeError> {
        self.check(Limit::Functions, u64::from(section.count()), section.range().start)?;
        self.tables.reserve::<FuncRow>(room(&section));
        for ty in section {
            self.tables.push(FuncRow { ty: ty? });
        }
        Ok(())
    }

    fn tables(&mut self, section: wasmparser::TableSectionReader<'_>) -> Result<(), CodeError> {
        let offset = section.range().start;
        self.check(Limit::Tables, u64::from(section.count()), offset)?;
        for table in section {
            let table = table?;
            if !matches!(table.init, TableInit::RefNull) {
                return Err(CodeError::new(CodeErrorKind::ConstExpr).at(offset));
            }
            self.table(&table.ty, offset)?;
        }
        Ok(())
    }

    fn table(&mut self, ty: &wasmparser::TableType, offset: u64) -> Result<(), CodeError> {
        self.check(Limit::TableElements, ty.initial, offset)?;
        let min = u32::try_from(ty.initial).expect("the limit above fits u32; qed");
        let max = ty.maximum.map(|max| u32::try_from(max).unwrap_or(u32::MAX));
        let element = u32::from(val_type_byte(ValType::from(ty.element_type)));
        let has_max = u32::from(max.is_some());
        self.tables.push(TableTypeRow { element, min, max: max.unwrap_or_default(), has_max });
        self.check(Limit::Tables, u64::from(self.tables.rows::<TableTypeRow>()), offset)
    }

    fn global(&mut self, ty: wasmparser::GlobalType, init: u32, offset: u64) -> Result<(), CodeError> {
        let value = u32::from(val_type_byte(ValType::from(ty.content_type)));
        self.tables.push(GlobalRow { value, mutable: u32::from(ty.mutable), init });
        self.check(Limit::Globals, u64::from(self.tables.rows::<GlobalRow>()), offset)
    }

    fn memories(&mut self, section: wasmparser::MemorySectionReader<'_>) -> Result<(), CodeError> {
        for memory in section.into_iter_with_offsets() {
            let (offset, memory) = memory?;
            self.memory(memory, offset)?;
        }
        Ok(())
    }

    fn globals(&mut self, section: wasmparser::GlobalSectionReader<'_>) -> Result<(), CodeError> {
        self.check(Limit::Globals, u64::from(section.count()), section.range().start)?;
        self.tables.reserve::<GlobalRow>(room(&section));
        self.tables.reserve::<ConstRow>(room(&section));
        for global in section.into_iter_with_offsets() {
            let (offset, global) = global?;
            let init = self.constant(&global.init_expr, offset)?;
            self.global(global.ty, init, offset)?;
        }
        Ok(())
    }

    fn exports(&mut self, section: wasmparser::ExportSectionReader<'_>) -> Result<(), CodeError> {
        self.check(Limit::Exports, u64::from(section.count()), section.range().start)?;
        self.tables.reserve::<ExportRow>(room(&section));
        for export in section.into_iter_with_offsets() {
            let (offset, export) = export?;
            let kind = match export.kind {
                ExternalKind::Func => {
                    let ty = self.tables.row::<FuncRow>(export.index);
                    if ty.is_none_or(|row| row.ty >= self.tables.rows::<TypeRow>()) {
                        return Err(unknown("function", offset));
                    }
                    export_kind::FUNC
                }
                ExternalKind::Memory => export_kind::MEMORY,
                ExternalKind::Table => export_kind::TABLE,
                ExternalKind::Global => export_kind::GLOBAL,
                _ => export_kind::OTHER,
            };
            let (name, name_len) = self.place(export.name, offset)?;
            self.tables.push(ExportRow { name, name_len, kind, index: export.index });
        }
        Ok(())
    }

    fn elements(&mut self, section: wasmparser::ElementSectionReader<'_>) -> Result<(), CodeError> {
        self.check(Limit::ElementSegments, u64::from(section.count()), section.range().start)?;
        self.tables.reserve::<ElementRow>(room(&section));
        for element in section.into_iter_with_offsets() {
            let (start, element) = element?;
            let (items, item_count, constants) = self.items(element.items, start)?;
            let (table, offset, item_count) = match element.kind {
                ElementKind::Active { table_index, offset_expr } => {
                    (table_index.unwrap_or(0), self.constant(&offset_expr, start)?, item_count)
                }
                ElementKind::Passive => (0, NONE, item_count),
                // It only says what may be referred to: nothing is ever taken from it.
                ElementKind::Declared => (0, NONE, 0),
            };
            let constants = u32::from(constants);
            self.tables.push(ElementRow { offset, table, items, item_count, constants });
        }
        Ok(())
    }

    /// The first item, how many there are, and whether they are constants.
    fn items(&mut self, items: ElementItems<'_>, offset: u64) -> Result<(u32, u32, bool), CodeError> {
        let (count, constants) = match &items {
            ElementItems::Functions(items) => (items.count(), false),
            ElementItems::Expressions(_, items) => (items.count(), true),
        };
        self.check(Limit::TableElements, u64::from(count), offset)?;
        let first = self.tables.rows::<ItemRow>();
        match items {
            ElementItems::Functions(items) => {
                self.tables.reserve::<ItemRow>(room(&items));
                for item in items {
                    self.tables.push(ItemRow { item: item? });
                }
            }
            ElementItems::Expressions(_, items) => {
                for expr in items {
                    let item = self.constant(&expr?, offset)?;
                    self.tables.push(ItemRow { item });
                }
            }
        }
        Ok((first, count, constants))
    }

    fn data(&mut self, section: wasmparser::DataSectionReader<'_>) -> Result<Found, CodeError> {
        let mut plain = self.tables.head.flags & flags::MEMORY != 0 && section.count() <= PLAIN_SEGMENTS_MAX;
        self.check(Limit::DataSegments, u64::from(section.count()), section.range().start)?;
        self.tables.reserve::<DataRow>(room(&section));
        self.tables.reserve::<ConstRow>(room(&section));
        for data in section.into_iter_with_offsets() {
            let (at, data) = data?;
            let (memory, offset) = match data.kind {
                wasmparser::DataKind::Active { memory_index, offset_expr } => {
                    plain &= memory_index == 0 && i32_const(&offset_expr).is_some();
                    (memory_index, self.constant(&offset_expr, at)?)
                }
                wasmparser::DataKind::Passive => {
                    plain = false;
                    (0, NONE)
                }
            };
            let len = word(data.data.len(), at)?;
            let end = u32::try_from(data.range.end).map_err(|_| unknown("offset", at))?;
            let start = end.checked_sub(len).ok_or_else(|| unknown("offset", at))?;
            self.tables.push(DataRow { offset, memory, start, len });
        }
        Ok(if plain { Found::Valid } else { Found::Unknown })
    }

    /// Reads where bodies are and what locals they have. The other reader gets to see the first of them,
    /// and those that are large.
    fn bodies(
        &mut self,
        mut section: BinaryReader<'_>,
        count: u32,
        beside: &mut impl FnMut(&Payload<'_>, Found) -> Result<(), CodeError>,
    ) -> Result<(), CodeError> {
        // Each takes a byte at least, whatever their number is said to be.
        let room = usize::try_from(count).unwrap_or(usize::MAX).min(section.bytes_remaining());
        self.tables.reserve::<BodyRow>(room);
        for number in 0..count {
            let bytes = section.read_reader()?;
            let range = bytes.range();
            let func = self.tables.rows::<FuncImportRow>().saturating_add(self.tables.rows::<BodyRow>());
            let len = range.end.saturating_sub(range.start);
            self.check(Limit::BodyBytes, len, range.start).map_err(|error| error.in_function(func))?;
            if number == 0 || len > LARGE_BODY_BYTES {
                beside(&Payload::CodeSectionEntry(FunctionBody::new(bytes.clone())), Found::Unknown)?;
            }
            let locals = self.locals(func, bytes).map_err(|error| error.in_function(func))?;
            let word = |number: u64| u32::try_from(number).map_err(|_| unknown("offset", range.start));
            self.tables.push(BodyRow { start: word(range.start)?, len: word(len)?, locals, checksum: 0 });
        }
        if !section.eof() {
            return Err(invalid("trailing bytes at end of section", section.original_position()));
        }
        Ok(())
    }

    fn locals(&self, func: u32, mut body: BinaryReader<'_>) -> Result<u32, CodeError> {
        let ty = self.tables.row::<FuncRow>(func).and_then(|row| self.tables.row::<TypeRow>(row.ty));
        let mut locals = ty.map_or(0, |ty| u64::from(ty.param_count));
        let offset = body.original_position();
        self.check(Limit::Locals, locals, offset)?;
        for _ in 0..body.read_var_u32()? {
            locals += u64::from(body.read_var_u32()?);
            self.check(Limit::Locals, locals, offset)?;
            // What type they have is nothing that is kept.
            let mut ahead = body.clone();
            if NUMBER_TYPES.contains(&ahead.read_u8()?) {
                body = ahead;
            } else {
                body.read::<wasmparser::ValType>()?;
            }
        }
        Ok(u32::try_from(locals).expect("the limit above fits u32; qed"))
    }

    /// Writes a constant expression into the table: its place there.
    fn constant(&mut self, expr: &wasmparser::ConstExpr<'_>, offset: u64) -> Result<u32, CodeError> {
        if let Some(row) = i32_const(expr) {
            self.tables.push(row);
            return Ok(self.tables.rows::<ConstRow>() - 1);
        }
        let refused = || CodeError::new(CodeErrorKind::ConstExpr).at(offset);
        let mut reader = expr.get_binary_reader();
        let first = self.tables.rows::<ConstRow>();
        // References stand alone, and so may a number; anything else is computed.
        let (mut reference, mut binary) = (false, false);
        loop {
            let operator = operators::read_valid(&mut reader)?.map_err(|_| refused())?;
            if matches!(operator, Operator::End) && reader.eof() {
                break;
            }
            let row = step(&operator).ok_or_else(refused)?;
            reference |= matches!(operator, Operator::RefNull { .. } | Operator::RefFunc { .. });
            binary |= row.kind >= const_kind::BINARY;
            self.tables.push(row);
        }
        let count = self.tables.rows::<ConstRow>() - first;
        match (count, reference, binary) {
            (1, _, false) => Ok(first),
            (_, true, _) => Err(refused()),
            _ => {
                self.tables.push(ConstRow { kind: const_kind::COMPUTED, low: first, high: count });
                Ok(self.tables.rows::<ConstRow>() - 1)
            }
        }
    }

    /// Where a text is in the blob, and how long it is.
    fn place(&self, text: &str, offset: u64) -> Result<(u32, u32), CodeError> {
        let start = text.as_ptr().addr().checked_sub(self.blob.as_ptr().addr());
        let start = start.ok_or_else(|| unknown("offset", offset))?;
        debug_assert_eq!(self.blob.get(start..start + text.len()), Some(text.as_bytes()), "the parser copies nothing");
        Ok((word(start, offset)?, word(text.len(), offset)?))
    }
}

/// An expression that is one `i32.const`, as nearly all are.
fn i32_const(expr: &wasmparser::ConstExpr<'_>) -> Option<ConstRow> {
    const I32_CONST: u8 = 0x41;
    const END: u8 = 0x0b;
    let mut bytes = expr.get_binary_reader();
    if bytes.read_u8().ok()? != I32_CONST {
        return None;
    }
    let number = bytes.read_var_i32().ok()?;
    let ends = bytes.read_u8().ok()? == END && bytes.eof();
    ends.then(|| value(u64::from(number.cast_unsigned())))
}

/// A constant expression of one operator, or a step of one.
fn step(operator: &Operator<'_>) -> Option<ConstRow> {
    let of_index = |kind: u32, index: u32| ConstRow { kind, low: index, high: 0 };
    let binary = |place: u32| ConstRow { kind: const_kind::BINARY + place, low: 0, high: 0 };
    const { assert!(BINARY.len() == 6, "the places below are those of the list") };
    Some(match operator {
        Operator::RefNull { .. } => value(0),
        Operator::RefFunc { function_index } => of_index(const_kind::FUNC, *function_index),
        Operator::GlobalGet { global_index } => of_index(const_kind::GLOBAL, *global_index),
        Operator::I32Const { value: number } => value(u64::from(number.cast_unsigned())),
        Operator::I64Const { value: number } => value(number.cast_unsigned()),
        Operator::F32Const { value: number } => value(u64::from(number.bits())),
        Operator::F64Const { value: number } => value(number.bits()),
        Operator::I32Add => binary(0),
        Operator::I32Sub => binary(1),
        Operator::I32Mul => binary(2),
        Operator::I64Add => binary(3),
        Operator::I64Sub => binary(4),
        Operator::I64Mul => binary(5),
        _ => return None,
    })
}

fn value(value: u64) -> ConstRow {
    let half = |bits: u64| u32::try_from(bits & u64::from(u32::MAX)).unwrap_or_default();
    ConstRow { kind: const_kind::VALUE, low: half(value), high: half(value >> 32) }
}

fn count<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).expect("usize has at most 64 bits; qed")
}

/// Items to make room for: as many as are declared, and as can be there.
fn room<T>(section: &wasmparser::SectionLimited<'_, T>) -> usize {
    let bytes = section.range().end.saturating_sub(section.range().start);
    usize::try_from(u64::from(section.count()).min(bytes)).unwrap_or_default()
}

fn bytes_in(blob: &[u8]) -> u64 {
    u64::try_from(blob.len()).unwrap_or(u64::MAX)
}

fn word(number: usize, offset: u64) -> Result<u32, CodeError> {
    u32::try_from(number).map_err(|_| unknown("offset", offset))
}

fn invalid(message: &str, offset: u64) -> CodeError {
    CodeError::new(CodeErrorKind::Invalid { message: message.into() }).at(offset)
}

fn unknown(what: &str, offset: u64) -> CodeError {
    CodeError::new(CodeErrorKind::Invalid { message: alloc::format!("unknown {what}") }).at(offset)
}
