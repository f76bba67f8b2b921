//! What a chain accepts, and from when on it did: recorded with code, so that what was accepted
//! once runs for ever (Law 7).

use crate::features::Features;
use crate::limits::CodeLimits;

/// Features and limits under which blobs are accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Policy {
    /// Grows whenever acceptance changes: code that was accepted under an older version is
    /// validated again rather than trusted.
    pub version: u16,
    /// Which features of Wasm are accepted.
    pub features: Features,
    /// How much a blob may contain.
    pub limits: CodeLimits,
}

impl Policy {
    /// The version of the presets of this release.
    ///
    /// 2: contracts carry two values for each byte of a body, not four, and have at most 64 custom sections.
    /// 3: they carry one.
    pub const VERSION: u16 = 3;

    /// What a chain accepts for new uploads by default: what compilers emit for wasm32 without
    /// extra flags, short of floats.
    pub const fn contracts() -> Self {
        let features = Features::SIGN_EXTENSION
            .union(Features::MUTABLE_GLOBALS)
            .union(Features::BULK_MEMORY)
            .union(Features::SATURATING_CONVERSIONS)
            .union(Features::MULTI_VALUE)
            .union(Features::REFERENCE_TYPES);
        Self { version: Self::VERSION, features, limits: CodeLimits::contracts() }
    }

    /// What pallet-contracts 51 accepts, short of what `Determinism::Relaxed` adds: the meaning of code whose
    /// features were never recorded. (Two encodings that it lets pass, and that no compiler emits, are refused: a
    /// data count section, and element segments of expressions. [`Policy::stored`] has them.)
    pub const fn compat() -> Self {
        Self { version: Self::VERSION, features: Features::SIGN_EXTENSION, limits: CodeLimits::stored() }
    }

    /// The same with floats: for code whose results no consensus depends on.
    #[must_use]
    pub const fn with_floats(self) -> Self {
        Self { features: self.features.union(Features::FLOATS), ..self }
    }

    /// Every feature of this engine, for embedders.
    pub const fn all() -> Self {
        Self { version: Self::VERSION, features: Features::ALL, limits: CodeLimits::embedders() }
    }

    /// Everything that this engine can run: for code that a chain has stored, whichever policy it was
    /// accepted under.
    pub const fn stored() -> Self {
        Self { limits: CodeLimits::stored(), ..Self::all() }
    }
}
