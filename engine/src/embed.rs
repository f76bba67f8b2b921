//! Embedding: instances, host functions that are closures, and instances that link with each other.
//!
//! For hosts that are no runtime: a light client, a test, a tool. A [`Store`] holds what lives:
//! instances, memories, tables, globals, fuel, and one value of the host's own. A [`Linker`] knows
//! by names what modules may import. A [`Guest`] is what a host function sees of its caller.
//!
//! ```
//! use vellum_engine::embed::{Error, Guest, HostError, Linker, Store};
//! use vellum_engine::{GasClass, Mode, Module, Policy, PriceTable};
//!
//! let blob = wat::parse_str(r#"
//!     (module
//!         (import "env" "log" (func $log (param i32 i32)))
//!         (memory (export "memory") 1)
//!         (data (i32.const 16) "six times seven")
//!         (func (export "multiply") (param i32 i32) (result i32)
//!             (call $log (i32.const 16) (i32.const 15))
//!             (i32.mul (local.get 0) (local.get 1))))
//! "#).unwrap();
//! let prices = PriceTable::new([1; GasClass::COUNT]).unwrap();
//! let module = Module::new(&blob, &Policy::all(), &prices, Mode::Lazy).unwrap();
//!
//! let mut linker = Linker::new();
//! linker.func("env", "log", |guest: &mut Guest<Vec<String>>, start: u32, len: u32| -> Result<(), HostError> {
//!     // A view of the guest's memory, not a copy of it.
//!     let text = core::str::from_utf8(guest.read(start, len)?)?.to_owned();
//!     guest.data_mut().push(text);
//!     Ok(())
//! });
//!
//! let mut store = Store::new(Vec::new());
//! store.set_fuel(1_000_000);
//! let instance = linker.instantiate(&mut store, &module)?;
//! let multiply = instance.typed_func::<(i32, i32), i32>(&store, "multiply")?;
//! assert_eq!(multiply.call(&mut store, (6, 7))?, 42);
//! assert_eq!(store.data(), &["six times seven"]);
//! assert!(store.fuel() < 1_000_000);
//! # Ok::<(), Error>(())
//! ```
//!
//! # Linking
//! [`Linker::register`] offers the exports of an instance to others under a module name. Functions,
//! memories, tables and globals are then shared: what one instance writes, the others read.
//!
//! # How it works
//! The engine runs one instance at a time and never calls anybody: it exits (Law 4). The store takes
//! these exits: it calls the closure, or starts a call of another instance while the caller waits.
//! Memories, tables and shared globals belong to the store and are moved into an instance while it
//! runs, which is a few words each. So nothing is aliased, and the interpreter is the one that chains
//! run. Calls from instance to instance take nothing from the host's own stack, and the limits of
//! call depth and stack height count all of them together.

#[cfg(feature = "std")]
mod cache;
mod error;
mod external;
mod guest;
mod handle;
mod host_func;
mod instantiate;
mod linker;
mod run;
mod store;
mod value;

#[cfg(feature = "std")]
pub use cache::{BlobHash, ModuleCache};
pub use error::{Error, HostError};
pub use external::{Extern, Global, Memory, Table};
pub use guest::Guest;
pub use handle::{Func, Instance, TypedFunc};
pub use host_func::{HostFunction, HostResults};
pub use linker::Linker;
pub use store::{AsStore, Store};
pub use value::{ExternRef, Value, WasmValue, WasmValues};
