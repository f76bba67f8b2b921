//! Bytes to [`Header`]: the pre-scan. Counts are compared with the limits as they are read, before
//! anything is validated and before memory is taken for them.

use super::header::{Body, ConstExpr, ConstOperator, DataSegment, ElementSegment, Global, Header, Placement, Span};
use crate::error::{CodeError, CodeErrorKind};
use crate::limits::{CodeLimits, Limit};
use crate::num::{self, Binary as _};
use crate::types::{Export, ExportKind, FuncType, GlobalType, Import, ImportKind, MemoryType, TableType, ValType};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::ops::Range;
use wasmparser::{ElementItems, ElementKind, ExternalKind, Operator, Parser, Payload, TableInit, TypeRef};

/// Reads the sections of a blob.
///
/// # Errors
/// What is malformed or over a limit, and at which byte.
pub fn parse(blob: &[u8], limits: &CodeLimits) -> Result<Header, CodeError> {
    parse_beside(blob, limits, |_| Ok(()))
}

/// The same, with somebody else who reads each section once it is within the limits: two readers,
/// one walk.
///
/// # Errors
/// As [`parse`], or what the other reader finds.
pub fn parse_beside(
    blob: &[u8],
    limits: &CodeLimits,
    mut beside: impl FnMut(&Payload<'_>) -> Result<(), CodeError>,
) -> Result<Header, CodeError> {
    let mut scan = Scan { limits, header: Header::default(), canonical: BTreeMap::new() };
    for payload in Parser::new(0).parse_all(blob) {
        let payload = payload?;
        scan.payload(&payload)?;
        beside(&payload)?;
    }
    Ok(scan.header)
}

struct Scan<'a> {
    limits: &'a CodeLimits,
    header: Header,
    canonical: BTreeMap<FuncType, u32>,
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
                self.header.start = Some(*func);
                Ok(())
            }
            Payload::ElementSection(section) => self.elements(section.clone()),
            Payload::DataSection(section) => self.data(section.clone()),
            Payload::CodeSectionStart { .. } => {
                // As many as were declared: their count has been compared with its limit.
                self.header.bodies.reserve_exact(self.header.funcs.len() - self.header.func_imports.len());
                Ok(())
            }
            Payload::CodeSectionEntry(body) => self.body(body),
            // Custom sections are ignored; what is left over, the validator refuses by name.
            _ => Ok(()),
        }
    }

    fn check(&self, limit: Limit, count: u64, offset: u64) -> Result<(), CodeError> {
        let max = u64::from(limit.of(self.limits));
        if count > max {
            return Err(CodeError::new(CodeErrorKind::Limit { limit, count, max }).at(offset));
        }
        Ok(())
    }

    fn types(&mut self, section: wasmparser::TypeSectionReader<'_>) -> Result<(), CodeError> {
        let offset = section.range().start;
        self.check(Limit::Types, u64::from(section.count()), offset)?;
        for ty in section.into_iter_err_on_gc_types() {
            let ty = ty?;
            self.check(Limit::Params, count(ty.params()), offset)?;
            self.check(Limit::Results, count(ty.results()), offset)?;
            let ty = FuncType {
                params: ty.params().iter().map(|ty| ValType::from(*ty)).collect(),
                results: ty.results().iter().map(|ty| ValType::from(*ty)).collect(),
            };
            let index = u32::try_from(self.header.types.len()).expect("the limit above fits u32; qed");
            let canonical = *self.canonical.entry(ty.clone()).or_insert(index);
            self.header.canonical_types.push(canonical);
            self.header.types.push(ty);
        }
        Ok(())
    }

    fn imports(&mut self, section: wasmparser::ImportSectionReader<'_>) -> Result<(), CodeError> {
        self.check(Limit::Imports, u64::from(section.count()), section.range().start)?;
        for import in section.into_imports_with_offsets() {
            let (offset, import) = import?;
            let kind = match import.ty {
                TypeRef::Func(ty) => {
                    let func_type = usize::try_from(ty).ok().and_then(|ty| self.header.types.get(ty));
                    let func_type = func_type.cloned().ok_or_else(|| unknown("type", offset))?;
                    self.header.funcs.push(ty);
                    self.header.func_imports.push(self.header.imports.len());
                    ImportKind::Func(func_type)
                }
                TypeRef::Memory(ty) => {
                    self.header.memory_imported = true;
                    ImportKind::Memory(self.memory(ty, offset)?)
                }
                TypeRef::Table(ty) => {
                    self.header.imported_tables += 1;
                    ImportKind::Table(self.table(&ty, offset)?)
                }
                TypeRef::Global(ty) => {
                    self.header.imported_globals += 1;
                    ImportKind::Global(self.global(ty, None, offset)?)
                }
                _ => {
                    let kind = CodeErrorKind::Import { module: import.module.into(), name: import.name.into() };
                    return Err(CodeError::new(kind).at(offset));
                }
            };
            self.check(Limit::Imports, count(&self.header.imports) + 1, offset)?;
            self.header.imports.push(Import { module: import.module.into(), name: import.name.into(), kind });
        }
        Ok(())
    }

    fn memory(&mut self, ty: wasmparser::MemoryType, offset: u64) -> Result<MemoryType, CodeError> {
        let pages = |pages: u64| u32::try_from(pages).map_err(|_| invalid("memory size is over 4 GiB", offset));
        let memory = MemoryType { min_pages: pages(ty.initial)?, max_pages: ty.maximum.map(pages).transpose()? };
        if self.header.memory.replace(memory).is_some() {
            return Err(invalid("a module can have one memory", offset));
        }
        Ok(memory)
    }

    fn functions(&mut self, section: wasmparser::FunctionSectionReader<'_>) -> Result<(), CodeError> {
        self.check(Limit::Functions, u64::from(section.count()), section.range().start)?;
        for ty in section {
            self.header.funcs.push(ty?);
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

    fn table(&mut self, ty: &wasmparser::TableType, offset: u64) -> Result<TableType, CodeError> {
        self.check(Limit::TableElements, ty.initial, offset)?;
        let min = u32::try_from(ty.initial).expect("the limit above fits u32; qed");
        let max = ty.maximum.map(|max| u32::try_from(max).unwrap_or(u32::MAX));
        let table = TableType { element: ValType::from(ty.element_type), min, max };
        self.header.tables.push(table);
        self.check(Limit::Tables, count(&self.header.tables), offset)?;
        Ok(table)
    }

    fn global(
        &mut self,
        ty: wasmparser::GlobalType,
        init: Option<ConstExpr>,
        offset: u64,
    ) -> Result<GlobalType, CodeError> {
        let ty = GlobalType { value: ValType::from(ty.content_type), mutable: ty.mutable };
        self.header.globals.push(Global { ty, init });
        self.check(Limit::Globals, count(&self.header.globals), offset)?;
        Ok(ty)
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
        for global in section.into_iter_with_offsets() {
            let (offset, global) = global?;
            let init = const_expr(&global.init_expr, offset)?;
            self.global(global.ty, Some(init), offset)?;
        }
        Ok(())
    }

    fn exports(&mut self, section: wasmparser::ExportSectionReader<'_>) -> Result<(), CodeError> {
        self.check(Limit::Exports, u64::from(section.count()), section.range().start)?;
        for export in section.into_iter_with_offsets() {
            let (offset, export) = export?;
            let kind = match export.kind {
                ExternalKind::Func => ExportKind::Func {
                    index: export.index,
                    ty: self.header.func_type(export.index).cloned().ok_or_else(|| unknown("function", offset))?,
                },
                ExternalKind::Memory => ExportKind::Memory,
                ExternalKind::Table => ExportKind::Table { index: export.index },
                ExternalKind::Global => ExportKind::Global { index: export.index },
                _ => ExportKind::Other,
            };
            self.header.exports.push(Export { name: export.name.into(), kind });
        }
        Ok(())
    }

    fn elements(&mut self, section: wasmparser::ElementSectionReader<'_>) -> Result<(), CodeError> {
        self.check(Limit::ElementSegments, u64::from(section.count()), section.range().start)?;
        for element in section.into_iter_with_offsets() {
            let (offset, element) = element?;
            let items = self.items(element.items, offset)?;
            let (active, items) = match element.kind {
                ElementKind::Active { table_index, offset_expr } => {
                    let place =
                        Placement { index: table_index.unwrap_or(0), offset: const_expr(&offset_expr, offset)? };
                    (Some(place), items)
                }
                ElementKind::Passive => (None, items),
                // It only says what may be referred to: nothing is ever taken from it.
                ElementKind::Declared => (None, Vec::new()),
            };
            self.header.elements.push(ElementSegment { active, items });
        }
        Ok(())
    }

    fn items(&self, items: ElementItems<'_>, offset: u64) -> Result<Vec<ConstExpr>, CodeError> {
        let count = match &items {
            ElementItems::Functions(items) => items.count(),
            ElementItems::Expressions(_, items) => items.count(),
        };
        self.check(Limit::TableElements, u64::from(count), offset)?;
        match items {
            ElementItems::Functions(items) => items.into_iter().map(|func| Ok(ConstExpr::Func(func?))).collect(),
            ElementItems::Expressions(_, items) => items.into_iter().map(|expr| const_expr(&expr?, offset)).collect(),
        }
    }

    fn data(&mut self, section: wasmparser::DataSectionReader<'_>) -> Result<(), CodeError> {
        self.check(Limit::DataSegments, u64::from(section.count()), section.range().start)?;
        for data in section.into_iter_with_offsets() {
            let (offset, data) = data?;
            let active = match data.kind {
                wasmparser::DataKind::Active { memory_index, offset_expr } => {
                    Some(Placement { index: memory_index, offset: const_expr(&offset_expr, offset)? })
                }
                wasmparser::DataKind::Passive => None,
            };
            let end = usize::try_from(data.range.end).map_err(|_| unknown("offset", offset))?;
            let start = end.checked_sub(data.data.len()).ok_or_else(|| unknown("offset", offset))?;
            self.header.data.push(DataSegment { active, bytes: start..end });
        }
        Ok(())
    }

    fn body(&mut self, body: &wasmparser::FunctionBody<'_>) -> Result<(), CodeError> {
        let range = body.range();
        let func = self.header.func_imports.len() + self.header.bodies.len();
        let func = u32::try_from(func).map_err(|_| unknown("function", range.start))?;
        let bytes = range.end.saturating_sub(range.start);
        self.check(Limit::BodyBytes, bytes, range.start).map_err(|error| error.in_function(func))?;
        let locals = self.locals(func, body).map_err(|error| error.in_function(func))?;
        let bytes = span(&range).ok_or_else(|| unknown("offset", range.start))?;
        self.header.bodies.push(Body { bytes, locals });
        Ok(())
    }

    fn locals(&self, func: u32, body: &wasmparser::FunctionBody<'_>) -> Result<u32, CodeError> {
        let mut locals = self.header.func_type(func).map_or(0, |ty| count(&ty.params));
        let offset = body.range().start;
        self.check(Limit::Locals, locals, offset)?;
        for group in body.get_locals_reader()? {
            locals += u64::from(group?.0);
            self.check(Limit::Locals, locals, offset)?;
        }
        Ok(u32::try_from(locals).expect("the limit above fits u32; qed"))
    }
}

fn const_expr(expr: &wasmparser::ConstExpr<'_>, offset: u64) -> Result<ConstExpr, CodeError> {
    let refused = || CodeError::new(CodeErrorKind::ConstExpr).at(offset);
    let mut operators = expr.get_operators_reader();
    let mut steps = Vec::new();
    loop {
        steps.push(match operators.read()? {
            Operator::End if operators.eof() => break,
            // References stand alone.
            Operator::RefNull { .. } if steps.is_empty() => return lone(&mut operators, ConstExpr::Value(0), refused),
            Operator::RefFunc { function_index } if steps.is_empty() => {
                return lone(&mut operators, ConstExpr::Func(function_index), refused);
            }
            Operator::I32Const { value } => ConstOperator::Value(u64::from(value.cast_unsigned())),
            Operator::I64Const { value } => ConstOperator::Value(value.cast_unsigned()),
            Operator::F32Const { value } => ConstOperator::Value(u64::from(value.bits())),
            Operator::F64Const { value } => ConstOperator::Value(value.bits()),
            Operator::GlobalGet { global_index } => ConstOperator::Global(global_index),
            Operator::I32Add => ConstOperator::Binary(num::I32Add::apply),
            Operator::I32Sub => ConstOperator::Binary(num::I32Sub::apply),
            Operator::I32Mul => ConstOperator::Binary(num::I32Mul::apply),
            Operator::I64Add => ConstOperator::Binary(num::I64Add::apply),
            Operator::I64Sub => ConstOperator::Binary(num::I64Sub::apply),
            Operator::I64Mul => ConstOperator::Binary(num::I64Mul::apply),
            _ => return Err(refused()),
        });
    }
    Ok(match steps.as_slice() {
        [ConstOperator::Value(value)] => ConstExpr::Value(*value),
        [ConstOperator::Global(index)] => ConstExpr::Global(*index),
        _ => ConstExpr::Computed(steps),
    })
}

/// A constant expression that must be at its end.
fn lone(
    operators: &mut wasmparser::OperatorsReader<'_>,
    expr: ConstExpr,
    refused: impl FnOnce() -> CodeError,
) -> Result<ConstExpr, CodeError> {
    match operators.read()? {
        Operator::End if operators.eof() => Ok(expr),
        _ => Err(refused()),
    }
}

fn count<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).expect("usize has at most 64 bits; qed")
}

fn span(range: &Range<u64>) -> Option<Span> {
    Some(usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?)
}

fn invalid(message: &str, offset: u64) -> CodeError {
    CodeError::new(CodeErrorKind::Invalid { message: message.into() }).at(offset)
}

fn unknown(what: &str, offset: u64) -> CodeError {
    CodeError::new(CodeErrorKind::Invalid { message: alloc::format!("unknown {what}") }).at(offset)
}
