//! Calls a runtime's APIs by name over externalities, wherever the runtime stands.
//!
//! A [`Placement`] says where the runtime and its engine are; a [`RuntimeCaller`] is a runtime in such a place.
//! Whoever makes blocks or dry runs through this seam cannot tell placements apart but by their speed.
//!
//! Promises: what goes in and comes out is SCALE bytes as a node exchanges them with its runtime.

#![forbid(unsafe_code)]

mod native;
#[cfg(feature = "wasm")]
mod wasm;

pub use native::{Dispatch, Native};
#[cfg(feature = "wasm")]
pub use wasm::{HostFunctions, Wasm};

use sp_externalities::Externalities;
use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};

/// A runtime that can be called.
pub trait RuntimeCaller {
    /// Calls the API of this name, such as `Core_version`, with encoded arguments; gives the encoded result.
    ///
    /// # Errors
    /// If there is no such API, or the runtime could not be run to its end.
    fn call(&self, ext: &mut dyn Externalities, api: &str, arguments: &[u8]) -> Result<Vec<u8>, CallError>;
}

/// Why a call of a runtime has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// The runtime has no API of this name.
    NoSuchApi(String),
    /// The executor's reason: the blob is no runtime, wants functions that are not there, or the runtime panicked.
    Executor(String),
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchApi(api) => write!(f, "the runtime has no API {api}"),
            Self::Executor(reason) => write!(f, "the runtime failed: {reason}"),
        }
    }
}

impl std::error::Error for CallError {}

/// Where the runtime and its engine stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Placement {
    /// Both in this program, compiled for this machine.
    #[default]
    Native,
    /// The runtime is a Wasm blob and the engine is linked into it.
    Linked,
    /// The runtime is a Wasm blob that uses the engine of its host by host functions.
    Host,
}

impl Placement {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Native, Self::Linked, Self::Host];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Linked => "linked",
            Self::Host => "host",
        }
    }

    /// Where `scripts/build-runtime.sh` puts the blob, below the project's folder; none for [`Placement::Native`].
    pub fn blob(self) -> Option<PathBuf> {
        (self != Self::Native).then(|| Path::new("target/runtime").join(format!("vellum-runtime-{}.wasm", self.name())))
    }
}

impl FromStr for Placement {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|placement| placement.name() == text).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("no placement is called `{text}`; there are {names}")
        })
    }
}

impl fmt::Display for Placement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
