//! The judgement of new code.
//!
//! It runs in the chain's own code, in every placement of the engine, and nothing that a node has
//! cached can change it (Law 9). Tools ask the same function before they upload.

use super::{
    Determinism,
    link::{self, Interface, LinkError},
};
use crate::{Config, Error};
use core::fmt;
use frame_support::traits::Get;
use sp_runtime::DispatchError;
use vellum_engine::{CodeError, CodeReport, Policy};

/// Why code was refused. `Display` says what, where, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CodeRejection {
    /// The blob is longer than the chain stores.
    TooLong {
        /// Bytes of the blob.
        code_bytes: usize,
        /// Bytes that are allowed.
        code_bytes_max: u32,
    },
    /// The blob is no WebAssembly that the engine accepts.
    Engine(CodeError),
    /// The module's imports or exports are not those of a contract.
    Link(LinkError),
}

impl CodeRejection {
    /// The error that an extrinsic fails with.
    pub fn error<T: Config>(&self) -> DispatchError {
        match self {
            Self::TooLong { .. } => Error::<T>::CodeTooLarge.into(),
            Self::Engine(_) | Self::Link(_) => Error::<T>::CodeRejected.into(),
        }
    }
}

impl fmt::Display for CodeRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { code_bytes, code_bytes_max } => write!(
                f,
                "the code has {code_bytes} bytes and the chain allows {code_bytes_max}; build in \
                 release mode and optimise for size",
            ),
            Self::Engine(error) => error.fmt(f),
            Self::Link(error) => error.fmt(f),
        }
    }
}

/// Judges a blob that is to be uploaded.
///
/// `determinism` is what the uploader asks for and becomes what the code is: relaxed code that passes
/// the strict rules is deterministic. What relaxed code may have beyond them is floats.
pub(crate) fn check<T: Config>(
    blob: &[u8],
    policy: &Policy,
    determinism: &mut Determinism,
) -> Result<CodeReport, CodeRejection> {
    let code_bytes_max = T::MaxCodeLen::get();
    if !u32::try_from(blob.len()).is_ok_and(|code_bytes| code_bytes <= code_bytes_max) {
        return Err(CodeRejection::TooLong { code_bytes: blob.len(), code_bytes_max });
    }
    let prices = crate::prices::prices();
    let report = match (vellum_engine::check(blob, policy, &prices), *determinism) {
        (Ok(report), _) => {
            // Code that needs no relaxing is not marked as relaxed.
            *determinism = Determinism::Enforced;
            report
        }
        (Err(_), Determinism::Relaxed) => {
            vellum_engine::check(blob, &policy.with_floats(), &prices).map_err(CodeRejection::Engine)?
        }
        (Err(error), Determinism::Enforced) => return Err(CodeRejection::Engine(error)),
    };

    let schedule = T::Schedule::get();
    link::check_exports(&report)
        .and_then(|()| link::check_imports::<T>(&report, &schedule, Interface::upload::<T>()))
        .map_err(CodeRejection::Link)?;
    Ok(report)
}
