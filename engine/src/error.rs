//! Why a blob is refused: the rule, and the place where it is broken.

use crate::limits::Limit;
use alloc::string::String;
use core::fmt;

/// A blob that is not accepted. What was wrong is for people and tools: consensus sees only that
/// the code was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeError {
    /// The rule that is broken.
    pub kind: CodeErrorKind,
    /// The function in whose body it is broken, by its index in the module's function index space.
    pub function: Option<u32>,
    /// The byte of the blob at which it shows.
    pub offset: Option<u64>,
}

/// The rules that a blob can break.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CodeErrorKind {
    /// It is not valid Wasm, or uses a feature that the policy does not accept.
    Invalid {
        /// The validator's words.
        message: String,
    },
    /// A count is over its limit.
    Limit {
        /// Which.
        limit: Limit,
        /// How much there is.
        count: u64,
        /// How much there may be.
        max: u64,
    },
    /// The operator is valid Wasm, but no policy accepts it.
    Operator {
        /// The operator, as the parser spells it.
        name: String,
    },
    /// The module imports something that is neither a function nor a memory.
    Import {
        /// The module that it is imported from.
        module: String,
        /// The name that it is imported under.
        name: String,
    },
    /// A constant expression is not one that can be computed when the module is instantiated.
    ConstExpr,
    /// An active segment does not fit the memory or table that it initialises.
    Segment {
        /// The segment's number.
        index: u32,
        /// Whether it is a data segment, otherwise an element segment.
        data: bool,
    },
    /// A function body is inconsistent: found while translating code that was not validated.
    Body,
}

impl CodeError {
    /// An error with no place in the blob.
    pub(crate) fn new(kind: CodeErrorKind) -> Self {
        Self { kind, function: None, offset: None }
    }

    /// The same error, at a byte of the blob.
    pub(crate) fn at(self, offset: u64) -> Self {
        Self { offset: Some(offset), ..self }
    }

    /// The same error, in a function.
    pub(crate) fn in_function(self, function: u32) -> Self {
        Self { function: Some(function), ..self }
    }
}

impl From<wasmparser::Error> for CodeError {
    fn from(error: wasmparser::Error) -> Self {
        Self::new(CodeErrorKind::Invalid { message: error.message().into() }).at(error.offset())
    }
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        match (self.function, self.offset) {
            (Some(function), Some(offset)) => write!(f, " (function {function}, byte {offset:#x})"),
            (Some(function), None) => write!(f, " (function {function})"),
            (None, Some(offset)) => write!(f, " (byte {offset:#x})"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Display for CodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { message } => write!(f, "not valid under this policy: {message}"),
            Self::Limit { limit, count, max } => {
                write!(f, "{}: {count}, but at most {max} are allowed", limit.what())
            }
            Self::Operator { name } => write!(f, "the operator {name} is not accepted"),
            Self::Import { module, name } => {
                write!(f, "import {module}.{name}: only functions and one memory can be imported")
            }
            Self::ConstExpr => f.write_str("a constant expression may only be one `const` or one `global.get`"),
            Self::Segment { index, data } => {
                let (kind, place) = if *data { ("data", "memory") } else { ("element", "table") };
                write!(f, "{kind} segment {index} does not fit the initial {place}")
            }
            Self::Body => f.write_str("the function body is inconsistent"),
        }
    }
}

#[cfg(feature = "std")]
impl std::error::Error for CodeError {}
