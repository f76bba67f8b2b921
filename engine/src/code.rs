//! The lazy code map: for each defined function its register code, once somebody has asked for it.
//!
//! Code is shared between the instances of a module and never changed: what an instance has
//! touched, and so paid for, is the instance's own (Law 6).

use crate::error::CodeError;
use crate::isa::Unit;
use crate::lazy::LazyMap;
use alloc::boxed::Box;

/// A translated and verified function.
pub(crate) struct FuncCode {
    /// Its index in the module's function index space.
    pub(crate) func: u32,
    pub(crate) code: Box<[Unit]>,
    /// The canonical index of its type.
    pub(crate) ty: u32,
    /// Cells of the frame that hold arguments.
    pub(crate) params: u32,
    /// Cells of the frame that hold arguments and declared locals.
    pub(crate) locals: u32,
    /// Cells of the frame.
    pub(crate) cells: u32,
    /// What entering the function costs.
    pub(crate) entry_charge: u32,
    /// What its first call in an instance costs besides.
    pub(crate) first_call_fuel: u64,
    #[cfg(feature = "profile")]
    pub(crate) profile: crate::profile::FuncProfile,
}

/// The code of a module's defined functions.
pub(crate) struct CodeMap(LazyMap<FuncCode>);

impl CodeMap {
    pub(crate) fn new(bodies: usize) -> Self {
        Self(LazyMap::new(bodies))
    }

    /// The code of the defined function number `body`; the first to ask translates it. Two that ask
    /// at once both do, and one result is kept: they are equal.
    pub(crate) fn get_or_translate(
        &self,
        body: usize,
        translate: impl FnOnce() -> Result<FuncCode, CodeError>,
    ) -> Option<Result<&FuncCode, CodeError>> {
        self.0.get_or_try_make(body, translate)
    }

    /// The code of the defined function number `body`, if it has been translated.
    pub(crate) fn get(&self, body: usize) -> Option<&FuncCode> {
        self.0.get(body)
    }

    /// Units of code that have been translated so far.
    pub(crate) fn translated_units(&self) -> usize {
        self.0.made().map(|code| code.code.len()).sum()
    }
}
