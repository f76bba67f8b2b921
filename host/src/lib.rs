//! The glass wall between a runtime and the engine: `Session -> Code -> Module -> Instance -> Execution`.
//!
//! A runtime sees contracts through this crate only: plain data goes in, exits come out, guest
//! memory is read and written by offset. Where the engine stands is this crate's own business, so that a runtime
//! works with every placement and cannot tell which one it has:
//!
//! * [`linked`]: the engine is part of the caller. Native code shares the process's cache of modules.
//! * [`remote`]: the engine is part of the node, and the runtime reaches it by the host functions of [`interface`].
//!   Runtimes that are built with the feature `host-functions` have this.
//!
//! The types at the root are those of the placement that the build has chosen. [`HostFunctions`] is what a node adds
//! to its executor; docs/host-functions.md is a chain's guide.
//!
//! No policy and no price is decided here: both are handed in.
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(unsafe_code)]

extern crate alloc;

#[cfg(any(feature = "host-functions", feature = "std"))]
mod description;
#[cfg(any(feature = "host-functions", feature = "std"))]
mod exit_record;
#[cfg(any(feature = "host-functions", feature = "std"))]
pub mod interface;
#[cfg(not(all(feature = "host-functions", substrate_runtime)))]
pub mod linked;
#[cfg(feature = "std")]
pub mod node;
mod plan;
#[cfg(feature = "profile")]
pub mod profile;
#[cfg(any(feature = "host-functions", feature = "std"))]
mod refusal;
#[cfg(any(feature = "host-functions", feature = "std"))]
pub mod remote;
#[cfg(feature = "profile")]
mod running;
mod terms;
mod validation;
#[cfg(any(feature = "host-functions", feature = "std"))]
mod wire;

use core::fmt;
use vellum_engine::{CodeError, ValType};

#[cfg(not(any(all(feature = "host-functions", substrate_runtime), feature = "native-interface")))]
pub use linked::{Code, Execution, Instance, Module, Session, warm};
pub use plan::{ReadPlan, Span, SpanLen};
#[cfg(any(feature = "host-functions", feature = "std"))]
pub use refusal::Refusal;
#[cfg(any(all(feature = "host-functions", substrate_runtime), feature = "native-interface"))]
pub use remote::{Code, Execution, Instance, Module, Session, warm};
pub use terms::{SessionLimits, Terms};
pub use validation::Validation;
pub use vellum_engine::{Exit, MemoryOutOfBounds};

/// What a node adds to the host functions of its executor, and all that it has to do.
#[cfg(all(feature = "std", not(substrate_runtime)))]
pub use interface::vellum::HostFunctions;

/// A function that a module imports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FuncImport<'a> {
    /// The module that it is imported from.
    pub module: &'a str,
    /// The name that it is imported under.
    pub name: &'a str,
    /// What it takes. Of more than 64 parameters only so many are listed.
    pub params: &'a [ValType],
    /// What it returns. Of more than 64 results only so many are listed.
    pub results: &'a [ValType],
}

/// An exported function that a runtime may start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EntryPoint {
    /// Its index in the function index space.
    pub func: u32,
    /// How many results it has.
    pub result_count: u32,
}

/// Code that cannot be run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeRefused {
    /// The rule that it breaks, if whoever has looked at it has told.
    pub reason: Option<CodeError>,
}

impl fmt::Display for CodeRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Some(reason) => reason.fmt(f),
            None => f.write_str("the node has found that the code cannot be run"),
        }
    }
}
