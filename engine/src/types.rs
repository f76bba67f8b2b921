//! The types of the WebAssembly specification, as far as a module's outside shows them.

use alloc::vec::Vec;
use core::fmt;

/// The size of a page of linear memory.
pub const PAGE_BYTES: u32 = 65_536;

/// The type of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum ValType {
    /// A 32-bit integer.
    I32,
    /// A 64-bit integer.
    I64,
    /// A 32-bit float.
    F32,
    /// A 64-bit float.
    F64,
    /// A 128-bit vector.
    V128,
    /// A reference to a function.
    FuncRef,
    /// A reference to something of the host's.
    ExternRef,
}

impl From<wasmparser::ValType> for ValType {
    fn from(ty: wasmparser::ValType) -> Self {
        match ty {
            wasmparser::ValType::I32 => Self::I32,
            wasmparser::ValType::I64 => Self::I64,
            wasmparser::ValType::F32 => Self::F32,
            wasmparser::ValType::F64 => Self::F64,
            wasmparser::ValType::V128 => Self::V128,
            wasmparser::ValType::Ref(ty) => Self::from(ty),
        }
    }
}

impl From<wasmparser::RefType> for ValType {
    fn from(ty: wasmparser::RefType) -> Self {
        // No policy accepts further kinds; code that was not validated may name them.
        if ty.is_extern_ref() { Self::ExternRef } else { Self::FuncRef }
    }
}

impl fmt::Display for ValType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::V128 => "v128",
            Self::FuncRef => "funcref",
            Self::ExternRef => "externref",
        })
    }
}

/// The type of a function.
#[derive(Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub struct FuncType {
    /// What it takes.
    pub params: Vec<ValType>,
    /// What it returns.
    pub results: Vec<ValType>,
}

impl fmt::Display for FuncType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, types: &[ValType]| {
            f.write_str("(")?;
            for (at, ty) in types.iter().enumerate() {
                write!(f, "{}{ty}", if at == 0 { "" } else { ", " })?;
            }
            f.write_str(")")
        };
        list(f, &self.params)?;
        f.write_str(" -> ")?;
        list(f, &self.results)
    }
}

/// The type of a memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MemoryType {
    /// Pages that it starts with.
    pub min_pages: u32,
    /// Pages that it may grow to; none declared: as far as the run's limits allow.
    pub max_pages: Option<u32>,
}

/// The type of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TableType {
    /// What its elements are.
    pub element: ValType,
    /// Elements that it starts with.
    pub min: u32,
    /// Elements that it may grow to; none declared: as far as the run's limits allow.
    pub max: Option<u32>,
}

/// The type of a global.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GlobalType {
    /// What it holds.
    pub value: ValType,
    /// Whether it can change.
    pub mutable: bool,
}

/// Something that a module imports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// The module that it is imported from.
    pub module: alloc::string::String,
    /// The name that it is imported under.
    pub name: alloc::string::String,
    /// What it is.
    pub kind: ImportKind,
}

/// What an import is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ImportKind {
    /// A function.
    Func(FuncType),
    /// A memory.
    Memory(MemoryType),
    /// A table.
    Table(TableType),
    /// A global.
    Global(GlobalType),
}

/// Something that a module exports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Export {
    /// The name that it is exported under.
    pub name: alloc::string::String,
    /// What it is.
    pub kind: ExportKind,
}

/// What an export is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ExportKind {
    /// A function.
    Func {
        /// Its index in the module's function index space.
        index: u32,
        /// Its type.
        ty: FuncType,
    },
    /// A memory.
    Memory,
    /// A table.
    Table {
        /// Its index in the module's table index space.
        index: u32,
    },
    /// A global.
    Global {
        /// Its index in the module's global index space.
        index: u32,
    },
    /// Something that this engine does not run.
    Other,
}
