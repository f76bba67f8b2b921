//! Every limit in one place, with its reason. Limits travel from the runtime: a node decides none.
//!
//! What "real contracts" have is the most among 109 blobs of public projects, ink! 2.1 to 5.0 and
//! Solang; `vellum inspect` shows it for any blob.

/// What a run may use. Counted on the Wasm program, never on what it was translated to (Law 2).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RunLimits {
    /// Calls under way at once, the first included.
    pub call_depth: u32,
    /// Cells that locals and operands of all frames may take. A frame takes its parameters, its
    /// locals and the highest stack of operands that its body reaches; it begins at the arguments
    /// on its caller's operand stack.
    pub stack_height: u32,
    /// Pages that linear memory may grow to, whatever maximum the module declares.
    pub memory_pages: u32,
    /// Elements that a table may grow to, whatever maximum the module declares.
    pub table_elements: u32,
}

macro_rules! limits {
    ($($(#[doc = $doc:literal])* $field:ident $name:ident $what:literal contracts $contracts:expr, embedders $embedders:expr;)*) => {
        /// What a new blob may contain. Counted before any operator is validated, except for the
        /// height of operands, which validation itself finds.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        pub struct CodeLimits { $($(#[doc = $doc])* pub $field: u32),* }

        /// The name of a limit of [`CodeLimits`].
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Limit { $($(#[doc = $doc])* $name),* }

        impl Limit {
            /// Every limit.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What is counted.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$name => $what),* }
            }

            /// Its value in a set of limits.
            pub const fn of(self, limits: &CodeLimits) -> u32 {
                match self { $(Self::$name => limits.$field),* }
            }
        }

        impl CodeLimits {
            /// A set of limits, each asked for: for those who keep them in another form.
            pub fn of(mut value: impl FnMut(Limit) -> u32) -> Self {
                Self { $($field: value(Limit::$name)),* }
            }

            /// For contracts that are newly uploaded.
            pub const fn contracts() -> Self {
                Self { $($field: $contracts),* }
            }

            /// For embedders: what the formats of this engine can express, as long as validating and
            /// translating it takes a time that its bytes explain.
            pub const fn embedders() -> Self {
                Self { $($field: $embedders),* }
            }
        }
    };
}

limits! {
    /// Real contracts have up to 23 types.
    types Types "types" contracts 1_000, embedders 1_000_000;
    /// Arguments are copied by every call. Real contracts have a type with 68.
    params Params "parameters of a type" contracts 256, embedders 1_000;
    /// Results are copied by every branch and return; compilers return at most one today.
    results Results "results of a type" contracts 16, embedders 1_000;
    /// A chain offers about a hundred names, and the one memory. Real contracts have up to 12.
    imports Imports "imports" contracts 256, embedders 10_000;
    /// Real contracts have up to 476; every function costs an entry in each instance.
    functions Functions "functions" contracts 10_000, embedders 1_000_000;
    /// Rust contracts have up to three, all of them copied to each instance.
    globals Globals "globals" contracts 1_000, embedders 1_000_000;
    /// Without reference types there is one.
    tables Tables "tables" contracts 1, embedders 100;
    /// Every element is a cell of each instance. Real contracts have up to 44.
    table_elements TableElements "elements of a table" contracts 16_384, embedders 10_000_000;
    /// A chain asks for two exports.
    exports Exports "exports" contracts 1_000, embedders 1_000_000;
    /// Real contracts have up to 17.
    data_segments DataSegments "data segments" contracts 1_000, embedders 100_000;
    /// Real contracts have one.
    element_segments ElementSegments "element segments" contracts 1_000, embedders 100_000;
    /// Locals are zeroed by every call of their function. Real contracts have up to 107.
    locals Locals "parameters and locals of a function" contracts 4_096, embedders 32_767;
    /// Locals and operands at once: a frame's cells have 16-bit names. Real contracts have up to 177.
    height Height "locals and operands of a function" contracts 8_192, embedders 65_535;
    /// What functions take and return is set up once for each, however short it is. Real contracts
    /// have a fiftieth of it.
    signatures_per_byte SignaturesPerByte "parameters and results of all functions, for each byte of the blob" contracts 2, embedders 4;
    /// Blocks, branches and calls carry as many values as a type says, however short they are, and
    /// validation looks at each (see `module::carried`). Code of the first version of WebAssembly pushes what it carries, with
    /// an operator for each value. Real contracts have less than one.
    carried_per_byte CarriedPerByte "values carried, for each byte of a function body" contracts 1, embedders 8;
    /// A body is the unit of lazy translation. Real contracts have up to 11,976 bytes.
    body_bytes BodyBytes "bytes of a function body" contracts 131_072, embedders 16_777_216;
    /// Each is skipped by every call that reads the blob, and no gas class counts them. Real contracts have up to three.
    custom_sections CustomSections "custom sections" contracts 64, embedders 1_000_000;
}

impl CodeLimits {
    /// For code that a chain has stored before: only what the formats of this engine can express. What
    /// was accepted once runs for ever (Law 7), and what it may cost was decided then.
    pub const fn stored() -> Self {
        Self {
            imports: 100_000,
            signatures_per_byte: u32::MAX,
            carried_per_byte: u32::MAX,
            custom_sections: u32::MAX,
            ..Self::embedders()
        }
    }
}
