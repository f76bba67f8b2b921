//! What a contract must export, and what it may import.
//!
//! A contract exports its two entry points and nothing else, brings no memory of its own but imports
//! one whose size the chain bounds, and calls functions of the host API by exact name and type.

use crate::{
    Config, Schedule,
    chain_extension::ChainExtension,
    execution::ExportedFunction,
    host_api::{self, HostFunction, Stability},
};
use alloc::{string::String, vec::Vec};
use core::fmt;
use frame_support::traits::Get;
use vellum_engine::{CodeReport, ExportKind, FuncType, Import, ImportKind, MemoryType, ValType};
use vellum_host::FuncImport;

/// The one import that is not a function.
const MEMORY_MODULE: &str = "env";
const MEMORY_NAME: &str = "memory";

/// Which functions of the host API a contract may see.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Interface {
    /// Those that may still change, for chains that experiment.
    pub unstable: bool,
    /// Those that only old code uses.
    pub deprecated: bool,
}

impl Interface {
    /// What new code, and a constructor, may use.
    pub fn upload<T: Config>() -> Self {
        Self { unstable: T::UnsafeUnstableInterface::get(), deprecated: false }
    }

    /// What a contract may use when it runs.
    pub fn run<T: Config>(entry_point: ExportedFunction) -> Self {
        Self { deprecated: matches!(entry_point, ExportedFunction::Call), ..Self::upload::<T>() }
    }

    fn offers(self, function: &HostFunction) -> bool {
        match function.stability {
            Stability::Stable => true,
            Stability::Unstable => self.unstable,
            Stability::Deprecated => self.deprecated,
        }
    }
}

/// An import or export that a contract must not have, or lacks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkError {
    /// An entry point is not exported.
    MissingExport(&'static str),
    /// Something else than an entry point is exported.
    ForbiddenExport {
        /// What kind of thing it is.
        kind: &'static str,
        /// Its name.
        name: String,
    },
    /// An entry point takes parameters or returns more than a number.
    EntryPointType {
        /// The entry point.
        name: String,
        /// The type that it has.
        found: FuncType,
    },
    /// The memory is imported under another name.
    MemoryName {
        /// The module that it is imported from.
        module: String,
        /// Its name.
        name: String,
    },
    /// More than one memory is imported.
    SecondMemory,
    /// No memory is imported.
    MissingMemory,
    /// The memory starts larger than it may become.
    MemoryBounds {
        /// Pages that it starts with.
        pages: u32,
        /// Pages that it may have.
        pages_max: u32,
    },
    /// The memory may become larger than the chain allows.
    MemoryTooLarge {
        /// Pages that it may have.
        pages_max: u32,
        /// Pages that the chain allows.
        pages_allowed: u32,
    },
    /// A function is imported that the chain does not offer.
    UnknownFunction {
        /// The module that it is imported from.
        module: String,
        /// Its name.
        name: String,
    },
    /// A function is imported that the chain offers only under a condition that does not hold.
    WithheldFunction {
        /// The module that it is imported from.
        module: String,
        /// Its name.
        name: String,
        /// Why the chain does not offer it.
        stability: Stability,
    },
    /// A function is imported with another type than it has.
    FunctionType {
        /// The module that it is imported from.
        module: String,
        /// Its name.
        name: String,
        /// The function, which knows its type.
        function: &'static HostFunction,
        /// The type that the import gives it.
        found: FuncType,
    },
    /// A chain extension is called and the chain has none.
    ChainExtensionsDisabled {
        /// The name of the import.
        name: String,
    },
}

/// Checks that the two entry points are exported, and nothing else.
pub(super) fn check_exports(report: &CodeReport) -> Result<(), LinkError> {
    for export in &report.exports {
        let name = || export.name.clone();
        let kind = match &export.kind {
            ExportKind::Func { ty, .. } if ExportedFunction::is_name(&export.name) => {
                if !is_entry_point_type(ty) {
                    return Err(LinkError::EntryPointType { name: name(), found: ty.clone() });
                }
                continue;
            }
            ExportKind::Func { .. } => "function",
            ExportKind::Memory => "memory",
            ExportKind::Table { .. } => "table",
            ExportKind::Global { .. } => "global",
            ExportKind::Other => "item",
        };
        return Err(LinkError::ForbiddenExport { kind, name: name() });
    }
    for entry_point in [ExportedFunction::Constructor, ExportedFunction::Call] {
        let name = entry_point.name();
        if !report.exports.iter().any(|export| export.name == name) {
            return Err(LinkError::MissingExport(name));
        }
    }
    Ok(())
}

/// Checks that every import is the memory or a function that `interface` offers.
pub(super) fn check_imports<T: Config>(
    report: &CodeReport,
    schedule: &Schedule<T>,
    interface: Interface,
) -> Result<(), LinkError> {
    let mut memory = None;
    for import in &report.imports {
        match &import.kind {
            ImportKind::Func(_) => (),
            ImportKind::Memory(found) => {
                if import.module != MEMORY_MODULE || import.name != MEMORY_NAME {
                    let (module, name) = names(import);
                    return Err(LinkError::MemoryName { module, name });
                }
                if memory.replace(*found).is_some() {
                    return Err(LinkError::SecondMemory);
                }
            }
            // An upload with such an import has been refused before it comes here.
            ImportKind::Table(_) | ImportKind::Global(_) => {
                let (module, name) = names(import);
                return Err(LinkError::UnknownFunction { module, name });
            }
        }
    }
    check_memory(memory.ok_or(LinkError::MissingMemory)?, schedule.limits.memory_pages)?;
    let functions = report.imports.iter().filter_map(|import| match &import.kind {
        ImportKind::Func(ty) => {
            let Import { module, name, .. } = import;
            Some(FuncImport { module, name, params: &ty.params, results: &ty.results })
        }
        ImportKind::Memory(_) | ImportKind::Table(_) | ImportKind::Global(_) => None,
    });
    link_functions::<T>(functions, interface).map(|_| ())
}

/// The row of table 3 for each imported function, in order.
pub(crate) fn link_functions<'a, T: Config>(
    imports: impl Iterator<Item = FuncImport<'a>>,
    interface: Interface,
) -> Result<Vec<&'static HostFunction>, LinkError> {
    imports.map(|import| link_function::<T>(import, interface)).collect()
}

fn link_function<T: Config>(import: FuncImport<'_>, interface: Interface) -> Result<&'static HostFunction, LinkError> {
    let names = || (String::from(import.module), String::from(import.name));
    let Some(function) = host_api::find(import.module, import.name) else {
        let (module, name) = names();
        return Err(LinkError::UnknownFunction { module, name });
    };
    if function.is_chain_extension() && !T::ChainExtension::enabled() {
        return Err(LinkError::ChainExtensionsDisabled { name: import.name.into() });
    }
    if !interface.offers(function) {
        let (module, name) = names();
        return Err(LinkError::WithheldFunction { module, name, stability: function.stability });
    }
    if !function.has_type(import.params, import.results) {
        let (module, name) = names();
        let found = FuncType { params: import.params.to_vec(), results: import.results.to_vec() };
        return Err(LinkError::FunctionType { module, name, function, found });
    }
    Ok(function)
}

fn check_memory(memory: MemoryType, pages_allowed: u32) -> Result<(), LinkError> {
    let pages_max = memory.max_pages.unwrap_or(pages_allowed);
    if memory.min_pages > pages_max {
        return Err(LinkError::MemoryBounds { pages: memory.min_pages, pages_max });
    }
    if pages_max > pages_allowed {
        return Err(LinkError::MemoryTooLarge { pages_max, pages_allowed });
    }
    Ok(())
}

/// Nothing in; nothing out, or a number that very old compilers emitted and nobody reads.
fn is_entry_point_type(ty: &FuncType) -> bool {
    ty.params.is_empty() && (ty.results.is_empty() || ty.results[..] == [ValType::I32])
}

fn names(import: &Import) -> (String, String) {
    (import.module.clone(), import.name.clone())
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingExport(name) => {
                write!(f, "the function `{name}` is not exported: a contract exports `deploy` and `call`")
            }
            Self::ForbiddenExport { kind, name } => write!(
                f,
                "the {kind} `{name}` is exported: a contract exports its functions `deploy` and \
                 `call` and nothing else; strip the other exports",
            ),
            Self::EntryPointType { name, found } => {
                write!(f, "the exported function `{name}` has type {found} instead of () -> ()",)
            }
            Self::MemoryName { module, name } => {
                write!(f, "the memory is imported as `{module}::{name}` instead of `env::memory`",)
            }
            Self::SecondMemory => f.write_str("`env::memory` is imported twice"),
            Self::MissingMemory => {
                f.write_str("no memory is imported: a contract imports `env::memory`; link with `--import-memory`")
            }
            Self::MemoryBounds { pages, pages_max } => {
                write!(f, "`env::memory` starts with {pages} pages and may have {pages_max}",)
            }
            Self::MemoryTooLarge { pages_max, pages_allowed } => write!(
                f,
                "`env::memory` may grow to {pages_max} pages and the chain allows {pages_allowed}; \
                 import it with a lower maximum",
            ),
            Self::UnknownFunction { module, name } => write!(
                f,
                "the imported function `{module}::{name}` is not part of the host API; the contract \
                 was built for another interface",
            ),
            Self::WithheldFunction { module, name, stability } => write!(
                f,
                "the imported function `{module}::{name}` is {} and not offered to new code",
                stability.as_str(),
            ),
            Self::FunctionType { module, name, function, found } => {
                let expected = function.func_type();
                write!(f, "`{module}::{name}` is imported with type {found}, and the chain's has type {expected}")
            }
            Self::ChainExtensionsDisabled { name } => {
                write!(f, "`{name}` is imported and the chain has no chain extension",)
            }
        }
    }
}
