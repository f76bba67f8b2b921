//! What the sections of a module say, short of the operators of its functions.

use crate::reference::{Tag, reference};
use crate::types::{Export, FuncType, GlobalType, Import, MemoryType, TableType};
use alloc::vec::Vec;
use core::ops::Range;

/// A place in the blob.
pub type Span = Range<usize>;

/// A parsed module without its bodies. Indices in it are as parsed: users check them.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// Types by index.
    pub types: Vec<FuncType>,
    /// For each type the first index of an equal one: calls through tables compare these.
    pub canonical_types: Vec<u32>,
    /// Imports in order.
    pub imports: Vec<Import>,
    /// The type index of each function; imported functions come first.
    pub funcs: Vec<u32>,
    /// For each imported function its place in `imports`.
    pub func_imports: Vec<usize>,
    /// Tables; imported ones come first.
    pub tables: Vec<TableType>,
    /// How many tables are imported.
    pub imported_tables: usize,
    /// The memory, imported or not.
    pub memory: Option<MemoryType>,
    /// Whether the memory is imported.
    pub memory_imported: bool,
    /// Globals; imported ones come first.
    pub globals: Vec<Global>,
    /// How many globals are imported.
    pub imported_globals: usize,
    /// Which imported tables and globals turned out to be the same one.
    pub aliases: Aliases,
    /// Exports in order.
    pub exports: Vec<Export>,
    /// The start function.
    pub start: Option<u32>,
    /// Element segments.
    pub elements: Vec<ElementSegment>,
    /// Data segments.
    pub data: Vec<DataSegment>,
    /// Bodies of the defined functions, in order.
    pub bodies: Vec<Body>,
}

/// The body of a function.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its bytes, locals and operators.
    pub bytes: Span,
    /// Parameters and locals together.
    pub locals: u32,
}

/// A global and what it starts as.
#[derive(Clone, Debug)]
pub struct Global {
    /// Its type.
    pub ty: GlobalType,
    /// Its initial value; an imported one has that of what is imported.
    pub init: Option<ConstExpr>,
}

/// For each table and global the index under which instances keep it. An instance that imports one
/// thing twice keeps it once. Empty: every one under its own index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// For each table.
    pub tables: Vec<u32>,
    /// For each global.
    pub globals: Vec<u32>,
}

/// A constant expression.
#[derive(Clone, Debug)]
pub enum ConstExpr {
    /// A value; a null reference is zero.
    Value(u64),
    /// The value of an earlier global.
    Global(u32),
    /// A reference to a function.
    Func(u32),
    /// A computation, in the order of a stack machine.
    Computed(Vec<ConstOperator>),
}

/// A step of a constant expression that computes.
#[derive(Clone, Copy, Debug)]
pub enum ConstOperator {
    /// Pushes a value.
    Value(u64),
    /// Pushes the value of an earlier global.
    Global(u32),
    /// Computes one value from two.
    Binary(fn(u64, u64) -> u64),
}

/// An element segment: functions for a table.
#[derive(Clone, Debug)]
pub struct ElementSegment {
    /// Where it goes when the module is instantiated; `None`: it is passive or only declares.
    pub active: Option<Placement>,
    /// What its elements are, if it is not only declared.
    pub items: Vec<ConstExpr>,
}

/// A data segment: bytes for a memory.
#[derive(Clone, Debug)]
pub struct DataSegment {
    /// Where it goes when the module is instantiated; `None`: it is passive.
    pub active: Option<Placement>,
    /// The bytes' place in the blob.
    pub bytes: Span,
}

/// Where an active segment goes.
#[derive(Clone, Debug)]
pub struct Placement {
    /// The table or memory.
    pub index: u32,
    /// The first element or byte.
    pub offset: ConstExpr,
}

impl Header {
    /// How many functions are imported.
    pub fn imported_funcs(&self) -> u32 {
        u32::try_from(self.func_imports.len()).expect("as many as `imports`, which a limit bounds; qed")
    }

    /// The type of a function by its index.
    pub fn func_type(&self, func: u32) -> Option<&FuncType> {
        self.types.get(usize::try_from(*self.funcs.get(usize::try_from(func).ok()?)?).ok()?)
    }

    /// Parameters and results of all functions that the module defines.
    pub fn signatures(&self) -> u64 {
        let values = |ty: &FuncType| u64::try_from(ty.params.len() + ty.results.len()).unwrap_or(u64::MAX);
        (self.imported_funcs()..).map_while(|func| self.func_type(func)).map(values).sum()
    }

    /// The canonical index of a function's type.
    pub fn canonical_func_type(&self, func: u32) -> Option<u32> {
        let ty = *self.funcs.get(usize::try_from(func).ok()?)?;
        self.canonical_types.get(usize::try_from(ty).ok()?).copied()
    }

    /// The body of a function by its index; `None` for imported ones.
    pub fn body(&self, func: u32) -> Option<&Body> {
        self.bodies.get(usize::try_from(func.checked_sub(self.imported_funcs())?).ok()?)
    }

    /// The index under which instances keep a table.
    pub fn table_slot(&self, table: u32) -> u32 {
        slot(&self.aliases.tables, table)
    }

    /// The index under which instances keep a global.
    pub fn global_slot(&self, global: u32) -> u32 {
        slot(&self.aliases.globals, global)
    }

    /// The exported function of this name.
    pub fn exported_func(&self, name: &str) -> Option<u32> {
        self.exports.iter().find(|export| export.name == name).and_then(|export| match export.kind {
            crate::types::ExportKind::Func { index, .. } => Some(index),
            _ => None,
        })
    }

    /// What a constant expression is worth, given the globals before it and the tag of the instance
    /// whose functions it refers to.
    pub fn evaluate(expr: &ConstExpr, globals: &[u64], tag: Tag) -> Option<u64> {
        let global = |index: u32| globals.get(usize::try_from(index).ok()?).copied();
        match expr {
            ConstExpr::Value(value) => Some(*value),
            ConstExpr::Global(index) => global(*index),
            ConstExpr::Func(func) => Some(reference(tag, *func)),
            ConstExpr::Computed(steps) => {
                let mut stack = Vec::new();
                for step in steps {
                    let value = match step {
                        ConstOperator::Value(value) => *value,
                        ConstOperator::Global(index) => global(*index)?,
                        ConstOperator::Binary(apply) => {
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

fn slot(aliases: &[u32], index: u32) -> u32 {
    usize::try_from(index).ok().and_then(|at| aliases.get(at)).copied().unwrap_or(index)
}
