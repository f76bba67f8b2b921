//! What the sections of a module say, short of the operators of its functions: read from tables, in
//! place, item by item.
//!
//! Nothing here has been made before it is asked for, but for a few numbers. Indices in items are as
//! they were written: users check them. Counts never change.

use super::tables::{
    BodyRow, ConstRow, DataRow, ElementRow, ExportRow, FuncImportRow, FuncRow, GlobalRow, ImportRow, ItemRow, NONE,
    Row as _, TableTypeRow, Tables, TypeRow, ValTypeRow, const_kind, export_kind, flags, import_kind,
};
use crate::isa::field::Signature;
use crate::lazy::LazyMap;
use crate::limits::CodeLimits;
use crate::num::{self, Binary as _};
use crate::reference::{Element, Tag, reference};
use crate::types::{Export, ExportKind, FuncType, GlobalType, Import, ImportKind, MemoryType, TableType, ValType};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::convert::Infallible;
use core::ops::Range;
use once_cell::race::OnceBox;

/// A place in the blob.
pub(crate) type Span = Range<usize>;

/// A module without its bodies.
pub(crate) struct Header {
    tables: Tables,
    /// Types that somebody has asked for.
    types: LazyMap<FuncType>,
    /// What all types consist of, once somebody has asked for it.
    all_value_types: OnceBox<Vec<ValType>>,
    /// The most parameters and results of a type.
    arities_max: (u32, u32),
    /// The memory, imported or not.
    pub(crate) memory: Option<MemoryType>,
    /// The start function.
    pub(crate) start: Option<u32>,
    /// Which imported tables and globals turned out to be the same one.
    pub(crate) aliases: Aliases,
}

/// The body of a function.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// Its bytes, locals and operators.
    pub(crate) bytes: Span,
    /// Parameters and locals together.
    pub(crate) locals: u32,
    /// The checksum of its bytes, if they are to be compared with it.
    pub(crate) checksum: Option<u32>,
}

/// A global and what it starts as.
#[derive(Clone, Debug)]
pub(crate) struct Global {
    /// Its type.
    pub(crate) ty: GlobalType,
    /// Its initial value; an imported one has that of what is imported.
    pub(crate) init: Option<ConstExpr>,
}

/// For each table and global the index under which instances keep it. An instance that imports one
/// thing twice keeps it once. Empty: every one under its own index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Aliases {
    /// For each table.
    pub(crate) tables: Vec<u32>,
    /// For each global.
    pub(crate) globals: Vec<u32>,
}

/// A constant expression.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ConstExpr {
    /// A value; a null reference is zero.
    Value(u64),
    /// The value of an earlier global.
    Global(u32),
    /// A reference to a function.
    Func(u32),
    /// A computation, in the order of a stack machine.
    Computed {
        /// The constant that is its first step.
        first: u32,
        /// How many there are.
        count: u32,
    },
}

/// What a step of a constant expression can compute from two values. Tables hold places in this
/// list: it is only appended to.
pub(super) const BINARY: [fn(u64, u64) -> u64; 6] = [
    num::I32Add::apply,
    num::I32Sub::apply,
    num::I32Mul::apply,
    num::I64Add::apply,
    num::I64Sub::apply,
    num::I64Mul::apply,
];

/// An element segment: functions for a table.
#[derive(Clone, Debug)]
pub(crate) struct ElementSegment {
    /// Where it goes when the module is instantiated; `None`: it is passive or only declares.
    pub(crate) active: Option<Placement>,
    /// What its elements are, if it is not only declared.
    pub(crate) items: Items,
}

/// The items of an element segment, in the tables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Items {
    span: Range<u32>,
    constants: bool,
}

impl ConstExpr {
    /// Constants that it consists of.
    pub(crate) fn steps(&self) -> usize {
        match self {
            Self::Computed { count, .. } => len(*count),
            _ => 1,
        }
    }
}

impl Items {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.span.len()
    }
}

/// A data segment: bytes for a memory.
#[derive(Clone, Debug)]
pub(crate) struct DataSegment {
    /// Where it goes when the module is instantiated; `None`: it is passive.
    pub(crate) active: Option<Placement>,
    /// The bytes' place in the blob.
    pub(crate) bytes: Span,
}

/// Where an active segment goes.
#[derive(Clone, Debug)]
pub(crate) struct Placement {
    /// The table or memory.
    pub(crate) index: u32,
    /// The first element or byte.
    pub(crate) offset: ConstExpr,
}

impl Header {
    pub(super) fn new(tables: Tables, limits: &CodeLimits) -> Self {
        let head = tables.head;
        let flag = |flag: u32| head.flags & flag != 0;
        let max_pages = flag(flags::MEMORY_MAX).then_some(head.memory_max);
        Self {
            types: LazyMap::new(len(tables.rows::<TypeRow>())),
            all_value_types: OnceBox::new(),
            arities_max: (limits.params, limits.results),
            memory: flag(flags::MEMORY).then_some(MemoryType { min_pages: head.memory_min, max_pages }),
            start: flag(flags::START).then_some(head.start_func),
            aliases: Aliases::default(),
            tables,
        }
    }

    /// The same header for instances that keep some items under the indices of others.
    pub(super) fn with_aliases(&self, aliases: Aliases, limits: &CodeLimits) -> Self {
        Self { aliases, ..Self::new(self.tables.clone(), limits) }
    }

    pub(super) fn tables(&self) -> &Tables {
        &self.tables
    }

    /// How many types there are.
    #[inline]
    pub(crate) fn type_count(&self) -> usize {
        len(self.tables.rows::<TypeRow>())
    }

    /// A type by its index. Whoever asks again gets the same.
    #[inline]
    pub(crate) fn ty(&self, index: u32) -> Option<&FuncType> {
        let Ok(ty) = self.types.get_or_try_make(len(index), || Ok::<_, Infallible>(self.make_type(index)))?;
        Some(ty)
    }

    /// A type by its index, for whoever asks once.
    pub(crate) fn make_type(&self, index: u32) -> FuncType {
        let (params, results) = self.value_types(self.tables.row(index).unwrap_or_default());
        let types = |span: Span| self.tables.bytes::<ValTypeRow>(span.start, span.len());
        let [params, results] = [params, results].map(|span| types(span).iter().map(|byte| val_type(*byte)).collect());
        FuncType { params, results }
    }

    /// How many parameters and results a type has, without making it.
    #[inline]
    pub(crate) fn arities(&self, index: u32) -> Option<(usize, usize)> {
        let (params, results) = self.value_types(self.tables.row(index)?);
        Some((params.len(), results.len()))
    }

    /// What calls of imported functions of a type say of it, without making it.
    pub(crate) fn signature(&self, index: u32) -> Option<Signature> {
        let (params, results) = self.value_types(self.tables.row(index)?);
        let results = results.len();
        let params = self.tables.bytes::<ValTypeRow>(params.start, params.len());
        Some(Signature::of_types(params.iter().map(|byte| val_type(*byte)), results))
    }

    /// What a function takes and returns, without making its type.
    pub(crate) fn func_types(&self, func: u32) -> Option<(&[ValType], &[ValType])> {
        let (params, results) = self.value_types(self.tables.row(self.func_type_index(func)?)?);
        let all = self.all_value_types.get_or_init(|| {
            let bytes = self.tables.bytes::<ValTypeRow>(0, self.value_type_count());
            Box::new(bytes.iter().map(|byte| val_type(*byte)).collect())
        });
        Some((all.get(params)?, all.get(results)?))
    }

    /// Where the parameters and results of a type are among all value types. No more than there may be, and than
    /// there are, whatever the row says: types share what they consist of.
    #[inline]
    fn value_types(&self, row: TypeRow) -> (Span, Span) {
        let all = self.value_type_count();
        let within = |start: usize, count: u32| match start.checked_add(len(count)) {
            Some(end) if end <= all => start..end,
            _ => 0..0,
        };
        let results = row.params.saturating_add(row.param_count);
        let (param_count, result_count) =
            (row.param_count.min(self.arities_max.0), row.result_count.min(self.arities_max.1));
        (within(len(row.params), param_count), within(len(results), result_count))
    }

    fn value_type_count(&self) -> usize {
        len(self.tables.rows::<ValTypeRow>()).saturating_mul(ValTypeRow::BYTES)
    }

    /// The most parameters and the most results that a type has.
    pub(crate) fn arities_max(&self) -> (u32, u32) {
        let rows = (0..self.tables.rows::<TypeRow>()).filter_map(|index| self.tables.row::<TypeRow>(index));
        rows.fold((0, 0), |most, row| (most.0.max(row.param_count), most.1.max(row.result_count)))
    }

    /// What all types take and return, together.
    pub(crate) fn type_values(&self) -> u64 {
        (0..self.tables.rows::<TypeRow>()).map(|ty| self.arity(ty)).sum()
    }

    /// What all functions that the module defines take and return, together.
    pub(crate) fn signatures(&self) -> u64 {
        self.defined_funcs().filter_map(|func| self.func_type_index(func)).map(|ty| self.arity(ty)).sum()
    }

    fn arity(&self, ty: u32) -> u64 {
        self.tables.row::<TypeRow>(ty).map_or(0, |row| u64::from(row.param_count) + u64::from(row.result_count))
    }

    /// The first index of a type that equals the type of this index: calls through tables compare
    /// these.
    #[inline]
    pub(crate) fn canonical_type(&self, index: u32) -> Option<u32> {
        Some(self.tables.row::<TypeRow>(index)?.canonical)
    }

    /// How many functions there are, imported ones included.
    #[inline]
    pub(crate) fn func_count(&self) -> usize {
        len(self.tables.rows::<FuncRow>())
    }

    /// How many functions are imported.
    #[inline]
    pub(crate) fn imported_funcs(&self) -> u32 {
        self.tables.rows::<FuncImportRow>()
    }

    /// The indices of the functions that the module defines.
    pub(crate) fn defined_funcs(&self) -> Range<u32> {
        self.imported_funcs()..self.tables.rows::<FuncRow>()
    }

    /// The index of the type of a function.
    #[inline]
    pub(crate) fn func_type_index(&self, func: u32) -> Option<u32> {
        Some(self.tables.row::<FuncRow>(func)?.ty)
    }

    /// The type of a function by its index.
    #[inline]
    pub(crate) fn func_type(&self, func: u32) -> Option<&FuncType> {
        self.ty(self.func_type_index(func)?)
    }

    /// The canonical index of a function's type.
    #[inline]
    pub(crate) fn canonical_func_type(&self, func: u32) -> Option<u32> {
        self.canonical_type(self.func_type_index(func)?)
    }

    /// The number of a function's import; `None` if it is not imported.
    pub(crate) fn func_import(&self, func: u32) -> Option<u32> {
        Some(self.tables.row::<FuncImportRow>(func)?.import)
    }

    /// How many bodies there are.
    pub(crate) fn body_count(&self) -> usize {
        len(self.tables.rows::<BodyRow>())
    }

    /// The body of a function by its index; `None` for imported ones.
    pub(crate) fn body(&self, func: u32) -> Option<Body> {
        let row: BodyRow = self.tables.row(func.checked_sub(self.imported_funcs())?)?;
        let checksum = (self.tables.head.flags & flags::CHECKED != 0).then_some(row.checksum);
        Some(Body { bytes: span(row.start, row.len), locals: row.locals, checksum })
    }

    /// All bodies in order.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = Body> {
        self.defined_funcs().filter_map(|func| self.body(func))
    }

    /// How many tables there are.
    #[inline]
    pub(crate) fn table_count(&self) -> usize {
        len(self.tables.rows::<TableTypeRow>())
    }

    /// The type of a table by its index. Imported ones come first.
    pub(crate) fn table(&self, index: u32) -> Option<TableType> {
        let row: TableTypeRow = self.tables.row(index)?;
        Some(TableType {
            element: val_type(u8::try_from(row.element).unwrap_or_default()),
            min: row.min,
            max: (row.has_max != 0).then_some(row.max),
        })
    }

    /// The types of all tables in order.
    pub(crate) fn all_tables(&self) -> impl Iterator<Item = TableType> {
        (0..self.tables.rows::<TableTypeRow>()).filter_map(|index| self.table(index))
    }

    /// How many globals there are.
    #[inline]
    pub(crate) fn global_count(&self) -> usize {
        len(self.tables.rows::<GlobalRow>())
    }

    /// A global by its index. Imported ones come first.
    pub(crate) fn global(&self, index: u32) -> Option<Global> {
        let row: GlobalRow = self.tables.row(index)?;
        let value = val_type(u8::try_from(row.value).unwrap_or_default());
        Some(Global { ty: GlobalType { value, mutable: row.mutable != 0 }, init: self.constant(row.init) })
    }

    /// All globals in order.
    pub(crate) fn globals(&self) -> impl Iterator<Item = Global> {
        (0..self.tables.rows::<GlobalRow>()).filter_map(|index| self.global(index))
    }

    /// Whether tables or globals are imported.
    pub(crate) fn imports_tables_or_globals(&self) -> bool {
        self.tables.head.imported_tables != 0 || self.tables.head.imported_globals != 0
    }

    /// The index under which instances keep a table.
    pub(crate) fn table_slot(&self, table: u32) -> u32 {
        slot(&self.aliases.tables, table)
    }

    /// The index under which instances keep a global.
    pub(crate) fn global_slot(&self, global: u32) -> u32 {
        slot(&self.aliases.globals, global)
    }

    /// How many element segments there are.
    #[inline]
    pub(crate) fn element_count(&self) -> usize {
        len(self.tables.rows::<ElementRow>())
    }

    /// An element segment by its index.
    pub(crate) fn element(&self, index: u32) -> Option<ElementSegment> {
        let row: ElementRow = self.tables.row(index)?;
        let rows = self.tables.rows::<ItemRow>();
        // Whatever the row says: no more than there are.
        let start = row.items.min(rows);
        let end = row.items.saturating_add(row.item_count).min(rows);
        let active = self.constant(row.offset).map(|offset| Placement { index: row.table, offset });
        Some(ElementSegment { active, items: Items { span: start..end, constants: row.constants != 0 } })
    }

    /// All element segments in order.
    pub(crate) fn elements(&self) -> impl Iterator<Item = ElementSegment> {
        (0..self.tables.rows::<ElementRow>()).filter_map(|index| self.element(index))
    }

    /// What the items of an element segment are worth, one by one; see [`Header::evaluate`].
    pub(crate) fn items(&self, items: &Items, globals: &[u64], tag: Tag) -> impl Iterator<Item = Option<Element>> {
        let (start, count) = (len(items.span.start), items.len());
        let rows = self.tables.bytes::<ItemRow>(start.saturating_mul(ITEM), count.saturating_mul(ITEM));
        let constants = items.constants;
        super::tables::words(rows).map(move |item| {
            match constants.then(|| self.constant(item)) {
                None => Some(reference(tag, item)),
                // No reference is computed.
                Some(None | Some(ConstExpr::Computed { .. })) => None,
                Some(Some(expr)) => self.evaluate(&expr, globals, tag),
            }
        })
    }

    /// How many items all element segments have together, and how many constants there are: nothing that is
    /// read from a blob names one of them twice.
    pub(crate) fn item_and_constant_counts(&self) -> (usize, usize) {
        (len(self.tables.rows::<ItemRow>()), len(self.tables.rows::<ConstRow>()))
    }

    /// How many data segments there are.
    #[inline]
    pub(crate) fn data_count(&self) -> usize {
        len(self.tables.rows::<DataRow>())
    }

    /// A data segment by its index.
    pub(crate) fn data(&self, index: u32) -> Option<DataSegment> {
        let row: DataRow = self.tables.row(index)?;
        let active = self.constant(row.offset).map(|offset| Placement { index: row.memory, offset });
        Some(DataSegment { active, bytes: span(row.start, row.len) })
    }

    /// All data segments in order.
    pub(crate) fn data_segments(&self) -> impl Iterator<Item = DataSegment> {
        (0..self.tables.rows::<DataRow>()).filter_map(|index| self.data(index))
    }

    /// How many exports there are.
    pub(crate) fn export_count(&self) -> usize {
        len(self.tables.rows::<ExportRow>())
    }

    /// The exported function of this name.
    pub(crate) fn exported_func(&self, blob: &[u8], name: &str) -> Option<u32> {
        let rows = (0..self.tables.rows::<ExportRow>()).filter_map(|index| self.tables.row::<ExportRow>(index));
        let mut named = rows.filter(|row| len(row.name_len) == name.len());
        let row = named.find(|row| blob.get(span(row.name, row.name_len)) == Some(name.as_bytes()))?;
        (row.kind == export_kind::FUNC).then_some(row.index)
    }

    /// All exports in order.
    pub(crate) fn exports(&self, blob: &[u8]) -> Vec<Export> {
        let rows = (0..self.tables.rows::<ExportRow>()).filter_map(|index| self.tables.row::<ExportRow>(index));
        let mut names = Names::of(blob);
        let export = |row: ExportRow| {
            let index = row.index;
            let kind = match (row.kind, self.func_type(index)) {
                (export_kind::FUNC, Some(ty)) => ExportKind::Func { index, ty: ty.clone() },
                (export_kind::MEMORY, _) => ExportKind::Memory,
                (export_kind::TABLE, _) => ExportKind::Table { index },
                (export_kind::GLOBAL, _) => ExportKind::Global { index },
                _ => ExportKind::Other,
            };
            Export { name: names.next(row.name, row.name_len).into(), kind }
        };
        rows.map(export).collect()
    }

    /// How many custom sections there are.
    pub(crate) fn custom_sections(&self) -> u32 {
        self.tables.head.custom_sections
    }

    /// How many imports there are.
    pub(crate) fn import_count(&self) -> usize {
        len(self.tables.rows::<ImportRow>())
    }

    /// The module and the name of an import.
    pub(crate) fn import_names<'a>(&self, blob: &'a [u8], import: u32) -> Option<(&'a str, &'a str)> {
        let row: ImportRow = self.tables.row(import)?;
        Some((text(blob, row.module, row.module_len), text(blob, row.name, row.name_len)))
    }

    /// All imports in order.
    pub(crate) fn imports(&self, blob: &[u8]) -> Vec<Import> {
        let rows = (0..self.tables.rows::<ImportRow>()).filter_map(|index| self.tables.row::<ImportRow>(index));
        // They are counted, whatever the rows say: so what is linked is what calls find.
        let (mut funcs, mut names) = (0..self.imported_funcs(), Names::of(blob));
        let import = |row: ImportRow| {
            // Of an index that is wrong, what does not exist is left out: nothing is linked with it.
            let kind = match row.kind {
                import_kind::FUNC => ImportKind::Func(self.func_type(funcs.next()?)?.clone()),
                import_kind::MEMORY => ImportKind::Memory(self.memory?),
                import_kind::TABLE => ImportKind::Table(self.table(row.index)?),
                _ => ImportKind::Global(self.global(row.index)?.ty),
            };
            let (module, name) = (names.next(row.module, row.module_len), names.next(row.name, row.name_len));
            Some(Import { module: String::from(module), name: String::from(name), kind })
        };
        rows.filter_map(import).collect()
    }

    fn constant(&self, index: u32) -> Option<ConstExpr> {
        if index == NONE {
            return None;
        }
        let row: ConstRow = self.tables.row(index)?;
        Some(match row.kind {
            const_kind::GLOBAL => ConstExpr::Global(row.low),
            const_kind::FUNC => ConstExpr::Func(row.low),
            const_kind::COMPUTED => ConstExpr::Computed { first: row.low, count: row.high },
            _ => ConstExpr::Value(value(row)),
        })
    }

    /// What a constant expression is worth, given the globals before it and the tag of the instance
    /// whose functions it refers to.
    pub(crate) fn evaluate(&self, expr: &ConstExpr, globals: &[u64], tag: Tag) -> Option<u64> {
        let global = |index: u32| globals.get(len(index)).copied();
        match expr {
            ConstExpr::Value(value) => Some(*value),
            ConstExpr::Global(index) => global(*index),
            ConstExpr::Func(func) => Some(reference(tag, *func)),
            ConstExpr::Computed { first, count } => {
                let mut stack = Vec::new();
                // No more steps than the table has.
                let end = first.saturating_add(*count).min(self.tables.rows::<ConstRow>());
                for step in *first..end {
                    let row: ConstRow = self.tables.row(step)?;
                    let value = match row.kind {
                        const_kind::VALUE => value(row),
                        const_kind::GLOBAL => global(row.low)?,
                        kind => {
                            let apply = BINARY.get(len(kind.checked_sub(const_kind::BINARY)?))?;
                            let (rhs, lhs) = (stack.pop()?, stack.pop()?);
                            apply(lhs, rhs)
                        }
                    };
                    stack.push(value);
                }
                stack.pop().filter(|_| stack.is_empty())
            }
        }
    }
}

/// Bytes of an item of an element segment.
const ITEM: usize = size_of::<u32>();

/// Value types as tables hold them.
const VAL_TYPES: [ValType; 7] =
    [ValType::I32, ValType::I64, ValType::F32, ValType::F64, ValType::V128, ValType::FuncRef, ValType::ExternRef];

/// The byte that stands for a value type in a table.
pub(super) fn val_type_byte(ty: ValType) -> u8 {
    let place = VAL_TYPES.iter().position(|known| *known == ty);
    place.and_then(|place| u8::try_from(place).ok()).expect("the list has every type; qed")
}

/// No byte is wrong: what an index makes up is a type like any other.
fn val_type(byte: u8) -> ValType {
    VAL_TYPES.get(usize::from(byte)).copied().unwrap_or(ValType::ExternRef)
}

fn value(row: ConstRow) -> u64 {
    u64::from(row.low) | u64::from(row.high) << 32
}

fn slot(aliases: &[u32], index: u32) -> u32 {
    aliases.get(len(index)).copied().unwrap_or(index)
}

fn span(start: u32, count: u32) -> Span {
    len(start)..len(start.saturating_add(count))
}

/// Names in a blob, each of which is there once: all of them together are no longer than it.
struct Names<'a> {
    blob: &'a [u8],
    bytes_left: usize,
}

impl<'a> Names<'a> {
    fn of(blob: &'a [u8]) -> Self {
        Self { blob, bytes_left: blob.len() }
    }

    fn next(&mut self, start: u32, count: u32) -> &'a str {
        let name = text(self.blob, start, count);
        match self.bytes_left.checked_sub(name.len()) {
            Some(left) => self.bytes_left = left,
            None => return "",
        }
        name
    }
}

/// Of a name that is not one, nothing is left: nobody offers it.
fn text(blob: &[u8], start: u32, count: u32) -> &str {
    blob.get(span(start, count)).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
}

#[inline]
fn len(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
