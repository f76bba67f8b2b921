//! Engines behind one interface: the same blob, the same host, the same calls, so that times and
//! results compare.
//!
//! What a chain needs meters, so every engine runs with fuel where it has any. Beside that, peers run without:
//! their names say so.

#[cfg(feature = "peers")]
mod stitch;
#[cfg(feature = "peers")]
mod tinywasm;
mod vellum;
#[cfg(feature = "wasm3")]
mod wasm3;
#[cfg(feature = "wasmi")]
#[allow(clippy::duplicate_mod, reason = "both versions are driven by the same text, with other types")]
mod wasmi_0_32;
#[cfg(feature = "wasmi")]
#[allow(clippy::duplicate_mod, reason = "as above")]
mod wasmi_2;
#[cfg(feature = "wasmtime")]
mod wasmtime;

use crate::host::Host;
use anyhow::Result;

#[cfg(feature = "peers")]
pub use stitch::Stitch;
pub use vellum::{Vellum, VellumCode, VellumSession, fault as vellum_fault};
#[cfg(feature = "wasmi")]
pub use wasmi_0_32::Wasmi032;
#[cfg(feature = "wasmi")]
pub use wasmi_2::Wasmi2;
#[cfg(feature = "wasmtime")]
pub use wasmtime::{Backend, Wasmtime};

/// Every engine of this build: Vellum, then wasmi 2.0.0, then wasmi 0.32.3, then Vellum with prices of zero, then the
/// others.
///
/// # Errors
/// If one cannot be set up.
#[cfg(feature = "wasmi")]
pub fn all(translation: Translation) -> Result<Vec<Box<dyn Engine>>> {
    let mut engines = metered(translation)?;
    engines.push(Box::new(Vellum::free(translation)));
    engines.push(Box::new(Wasmi2::new(translation, Metering::Off)?));
    engines.push(Box::new(Wasmi032::new(translation, Metering::Off)?));
    #[cfg(feature = "peers")]
    {
        engines.push(Box::new(Stitch));
        engines.push(Box::new(tinywasm::TinyWasm));
    }
    #[cfg(feature = "wasm3")]
    engines.push(Box::new(wasm3::Wasm3));
    #[cfg(feature = "wasmtime")]
    for backend in [Backend::Pulley, Backend::Winch, Backend::Cranelift] {
        for metering in [Metering::On, Metering::Off] {
            engines.push(Box::new(Wasmtime::new(backend, metering)?));
        }
    }
    Ok(engines)
}

/// The three that a chain could run today.
///
/// # Errors
/// If one cannot be set up.
#[cfg(feature = "wasmi")]
pub fn metered(translation: Translation) -> Result<Vec<Box<dyn Engine>>> {
    Ok(vec![
        Box::new(Vellum::new(translation)),
        Box::new(Wasmi2::new(translation, Metering::On)?),
        Box::new(Wasmi032::new(translation, Metering::On)?),
    ])
}

/// Nested calls that every engine allows: what pallet-contracts allows.
pub const CALL_DEPTH: u32 = 1_024;
/// Pages of linear memory that every engine allows.
pub const MEMORY_PAGES: u32 = 1_024;
/// Elements that a table may grow to where an engine asks for it.
pub const TABLE_ELEMENTS: u32 = 16_384;

/// When functions are translated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Translation {
    /// All at once, when the blob is read.
    Eager,
    /// Each when it is first called; everything is validated when the blob is read.
    Lazy,
    /// Each when it is first called, which is when it is validated, too: how a chain's calls take stored code.
    Stored,
}

/// Whether an engine counts fuel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Metering {
    /// It does, as on a chain.
    On,
    /// It does not.
    Off,
}

impl Metering {
    /// What it adds to an engine's name.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::On => "",
            Self::Off => ", no fuel",
        }
    }
}

/// Why a call ended without results, in the words of the WebAssembly specification.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// `unreachable`.
    Unreachable,
    /// Past the end of memory.
    MemoryOutOfBounds,
    /// Past the end of a table.
    TableOutOfBounds,
    /// An indirect call of nothing.
    IndirectCallToNull,
    /// An indirect call of a function of another type.
    IndirectCallTypeMismatch,
    /// A quotient that does not fit.
    IntegerOverflow,
    /// A NaN became an integer.
    InvalidConversion,
    /// A division by zero.
    IntegerDivideByZero,
    /// Too many calls, or too many values. Each engine counts these its own way.
    StackExhausted,
    /// The fuel is used up. Each engine counts this its own way.
    OutOfFuel,
    /// The host ended the call because the contract asked for it.
    Returned,
    /// Anything else.
    Other(String),
}

/// An engine in one configuration.
pub trait Engine {
    /// The name that reports show.
    fn name(&self) -> String;

    /// Whether it panics at some valid programs: then another process has to try them first.
    fn panics(&self) -> bool {
        false
    }

    /// Reads a blob.
    ///
    /// # Errors
    /// What the engine says about a blob that it refuses.
    fn compile(&self, blob: &[u8]) -> Result<Box<dyn Code>>;
}

/// A blob that was read.
pub trait Code {
    /// A place for an instance. What belongs to neither instantiation nor call happens here.
    fn prepare(&self, host: Host) -> Box<dyn Session>;

    /// What an instance is worth, in fuel, where the engine has a price for that.
    fn instantiation_fuel(&self) -> u64 {
        0
    }
}

/// An instance, once [`Session::instantiate`] has made it, and its host.
pub trait Session {
    /// Makes the instance, and runs the start function if there is one.
    ///
    /// # Errors
    /// Why there is no instance.
    fn instantiate(&mut self) -> Result<(), Fault>;

    /// Calls an exported function; integers only, an i32 zero-extended.
    ///
    /// # Errors
    /// Why there are no results.
    fn call(&mut self, name: &str, args: &[u64]) -> Result<Vec<u64>, Fault>;

    /// Fuel that everything so far has used; `None` if the engine does not say.
    fn fuel_used(&self) -> Option<u64> {
        None
    }

    /// Linear memory; `None` if the engine does not show it.
    fn memory(&self) -> Option<Vec<u8>>;

    /// Takes the host out, with all that it recorded; leaves an empty one.
    fn take_host(&mut self) -> Host;
}
