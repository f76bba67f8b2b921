//! What can go wrong, in words that say what to do about it.

use crate::error::CodeError;
use crate::trap::Trap;
use crate::types::FuncType;
use alloc::boxed::Box;
use alloc::string::String;
use core::error::Error as StdError;
use core::fmt;

/// Why an instance cannot be made, or a call has no result.
#[derive(Debug)]
pub enum Error {
    /// The program failed.
    Trap(Trap),
    /// A function that had not been validated turned out not to be Wasm: which rule it breaks, and
    /// where. The rest of the module can be used.
    InvalidCode(CodeError),
    /// The fuel did not suffice.
    OutOfFuel,
    /// A host function failed.
    Host(HostError),
    /// Nothing is known under the name that a module imports.
    MissingImport {
        /// The module name.
        module: String,
        /// The name.
        name: String,
        /// What the module expects there.
        expected: String,
    },
    /// What is known under the name that a module imports is something else.
    ImportType {
        /// The module name.
        module: String,
        /// The name.
        name: String,
        /// What the module expects there.
        expected: String,
        /// What there is.
        found: String,
    },
    /// The instance has no such export.
    MissingExport {
        /// The name.
        name: String,
    },
    /// The function has another type than it is called with.
    FuncType {
        /// The type that it was said to have.
        expected: FuncType,
        /// The type that it has.
        found: FuncType,
    },
    /// A value is not of the type of what is to hold it.
    ValueType,
    /// An access past the end of a table, or a table that may not grow so far.
    TableBounds,
    /// A global that does not change was to be changed.
    Immutable,
    /// The instance, function or other item belongs to another store.
    OtherStore,
    /// The store has as many instances as it can tell apart.
    TooManyInstances,
}

impl From<Trap> for Error {
    fn from(trap: Trap) -> Self {
        Self::Trap(trap)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trap(trap) => trap.fmt(f),
            Self::InvalidCode(error) => error.fmt(f),
            Self::OutOfFuel => f.write_str("the fuel did not suffice"),
            Self::Host(error) => error.fmt(f),
            Self::MissingImport { module, name, expected } => {
                write!(f, "nothing is defined as `{module}::{name}`, where the module imports a {expected}")
            }
            Self::ImportType { module, name, expected, found } => {
                write!(f, "the module imports `{module}::{name}` as a {expected}, but it is a {found}")
            }
            Self::MissingExport { name } => write!(f, "the instance exports no `{name}` of this kind"),
            Self::FuncType { expected, found } => {
                write!(f, "the function has type {found} and not {expected}")
            }
            Self::ValueType => f.write_str("the value is of another type than what is to hold it"),
            Self::TableBounds => f.write_str("the table has no such element, or may not grow so far"),
            Self::Immutable => f.write_str("the global cannot be changed"),
            Self::OtherStore => f.write_str("the item belongs to another store"),
            Self::TooManyInstances => f.write_str("the store has as many instances as it can tell apart"),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Host(HostError(Cause::Other(error))) => Some(&**error),
            _ => None,
        }
    }
}

/// Why a host function failed. Any error becomes one with `?`.
#[derive(Debug)]
pub struct HostError(Cause);

#[derive(Debug)]
enum Cause {
    /// The program is at fault, as if an operator of it had trapped.
    Trap(Trap),
    Other(Box<dyn StdError + Send + Sync>),
}

impl HostError {
    /// An error that is these words.
    pub fn message(words: impl Into<String>) -> Self {
        Self(Cause::Other(words.into().into()))
    }

    /// Ends the program as if an operator of it had trapped.
    pub fn trap(trap: Trap) -> Self {
        Self(Cause::Trap(trap))
    }

    /// The error that a host function returned, if it is of this type.
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        match &self.0 {
            Cause::Trap(_) => None,
            Cause::Other(error) => error.downcast_ref(),
        }
    }
}

// So that any error can be one, this is none itself: the standard library's conversions would clash.
impl<E: StdError + Send + Sync + 'static> From<E> for HostError {
    fn from(error: E) -> Self {
        Self(Cause::Other(Box::new(error)))
    }
}

impl From<HostError> for Error {
    fn from(error: HostError) -> Self {
        match error.0 {
            Cause::Trap(trap) => Self::Trap(trap),
            // What ended a call inside of a host function ends the outer one alike.
            Cause::Other(error) => match error.downcast::<Self>() {
                Ok(inner) => *inner,
                Err(error) => Self::Host(HostError(Cause::Other(error))),
            },
        }
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Trap(trap) => trap.fmt(f),
            Cause::Other(error) => error.fmt(f),
        }
    }
}
