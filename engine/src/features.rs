//! The features of Wasm that a policy may accept beyond the MVP's integer operators. The bits are
//! stored with code on chain: they are permanent, and only appended.

use wasmparser::WasmFeatures;

/// A set of features.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub struct Features(u32);

macro_rules! features {
    ($($(#[doc = $doc:literal])* $name:ident = $bit:literal, $text:literal, $parser:expr;)*) => {
        impl Features {
            $($(#[doc = $doc])* pub const $name: Self = Self(1 << $bit);)*

            /// Every feature that this release knows.
            pub const ALL: Self = Self(0 $(| 1 << $bit)*);

            /// The names of the features in the set.
            pub fn names(self) -> impl Iterator<Item = &'static str> {
                [$((Self::$name, $text)),*].into_iter().filter_map(move |(feature, name)| self.contains(feature).then_some(name))
            }

            /// The set as the parser and validator wants it.
            pub(crate) fn for_parser(self) -> WasmFeatures {
                let mut features = WasmFeatures::GC_TYPES;
                $(features.set($parser, self.contains(Self::$name));)*
                features
            }
        }
    };
}

features! {
    /// `i32.extend8_s` and its like.
    SIGN_EXTENSION = 0, "sign extension", WasmFeatures::SIGN_EXTENSION;
    /// Mutable globals may be imported and exported. (Those of the module itself are always allowed.)
    MUTABLE_GLOBALS = 1, "mutable globals", WasmFeatures::MUTABLE_GLOBAL;
    /// `memory.copy`, `memory.fill`, passive data segments and what goes with them.
    BULK_MEMORY = 2, "bulk memory", WasmFeatures::BULK_MEMORY;
    /// Conversions of floats that saturate. Of use only with floats, but harmless without.
    SATURATING_CONVERSIONS = 3, "saturating conversions", WasmFeatures::SATURATING_FLOAT_TO_INT;
    /// Blocks with parameters, and several results.
    MULTI_VALUE = 4, "multi-value", WasmFeatures::MULTI_VALUE;
    /// `funcref` and `externref` as values, several tables, operators on tables.
    REFERENCE_TYPES = 5, "reference types", WasmFeatures::REFERENCE_TYPES;
    /// Floats, with canonical NaNs.
    FLOATS = 6, "floats", WasmFeatures::FLOATS;
    /// `return_call` and `return_call_indirect`.
    TAIL_CALLS = 7, "tail calls", WasmFeatures::TAIL_CALL;
    /// Integer sums, differences and products in constant expressions.
    EXTENDED_CONST = 8, "extended const", WasmFeatures::EXTENDED_CONST;
    /// `i64.add128` and its like.
    WIDE_ARITHMETIC = 9, "wide arithmetic", WasmFeatures::WIDE_ARITHMETIC;
}

impl Features {
    /// No feature: the MVP.
    pub const NONE: Self = Self(0);

    /// The bits, as they are stored.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// A set from stored bits; `None` if a bit is not known to this release.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        if bits & !Self::ALL.0 == 0 { Some(Self(bits)) } else { None }
    }

    /// The features of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every feature of `other` is in the set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}
