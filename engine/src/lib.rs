//! Deterministic, metered WebAssembly: Wasm bytes in, exits out.
//!
//! A blob becomes a [`Module`]; a module is instantiated as often as one likes; a call of an
//! [`Instance`] is an [`Execution`], which runs until it finishes, traps, runs out of fuel, or wants
//! something of its host. Functions are translated to register code, all at once or each at its
//! first call, and an interpreter runs that.
//!
//! What a program computes and what it costs depend on the program, its input and the price table
//! alone (docs/GAS.md): not on this release's translation, nor on the mode, the dispatch backend,
//! the machine or a cache.
//!
//! ```
//! use vellum_engine::{Exit, Instance, Mode, Module, Policy, PriceTable, GasClass, RunLimits};
//!
//! let blob = wat::parse_str(r#"
//!     (module (func (export "double") (param i32) (result i32)
//!         (i32.mul (local.get 0) (i32.const 2))))
//! "#).unwrap();
//! let prices = PriceTable::new([1_000; GasClass::COUNT]).unwrap();
//! let module = Module::new(&blob, &Policy::contracts(), &prices, Mode::LazyTranslation).unwrap();
//! let limits = RunLimits { call_depth: 64, stack_height: 1_024, memory_pages: 16, table_elements: 100_000 };
//! let mut call = Instance::new(&module, limits).unwrap().call(module.exported_func("double").unwrap(), &[21]);
//! let mut fuel = 1_000_000;
//! assert_eq!(call.run(&mut fuel), Exit::Finished);
//! assert_eq!(call.results(), [42]);
//! ```
#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![allow(
    clippy::inline_always,
    reason = "handlers become part of the dispatch loop, or the registers leave their registers"
)]

extern crate alloc;

mod bytes;
mod call;
mod check;
mod code;
mod dispatch;
pub mod embed;
mod error;
mod exec;
mod features;
mod gas;
mod instance;
pub mod isa;
mod lazy;
mod limits;
mod module;
mod num;
mod operators;
mod policy;
#[cfg(feature = "profile")]
mod profile;
mod reference;
mod translate;
mod trap;
mod types;

pub use bytes::Bytes;
pub use check::{CodeReport, LimitUse, check};
pub use dispatch::Dispatch;
pub use error::{CodeError, CodeErrorKind};
pub use features::Features;
pub use gas::{FreeTransfer, GasClass, PriceTable};
pub use instance::{Execution, Exit, Instance, MemoryMut, MemoryOutOfBounds};
pub use limits::{CodeLimits, Limit, RunLimits};
pub use module::{IndexError, Mode, Module};
pub use policy::Policy;
#[cfg(feature = "profile")]
pub use profile::{ClassCounts, CodeCounts};
pub use trap::Trap;
pub use types::{
    Export, ExportKind, FuncType, GlobalType, Import, ImportKind, MemoryType, PAGE_BYTES, TableType, ValType,
};
