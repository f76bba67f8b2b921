//! The functions that contracts can import.
//!
//! [`table`] names every one of them, once. Import checks, dispatch, the documentation and the list of
//! what benchmarks must cover come from it. The bodies are grouped by topic.
//!
//! Every call costs a base price, before anything else. A function that changes state is refused in a
//! read-only frame next, and then pays for what it is about to do.

use crate::{Error, call_stack::Ext};
use alloc::string::String;
use vellum_engine::{FuncType, ValType};

mod calls;
mod chain;
mod code;
mod context;
mod costs;
mod crypto;
mod deprecated;
mod environment;
mod events;
pub(crate) mod memory;
mod names;
mod outcome;
mod reads;
mod storage;
mod table;
#[cfg(test)]
mod tests;
mod value;
mod xcm;

pub(crate) use context::HostContext;
pub(crate) use costs::RuntimeCosts;
pub(crate) use memory::GuestMemory;
pub use names::find;
pub use outcome::ReturnErrorCode;
pub(crate) use outcome::{ReturnData, TrapReason};
pub use table::HOST_FUNCTIONS;

/// A row of the table.
#[derive(PartialEq, Eq, Debug)]
pub struct HostFunction {
    /// The number of the row. It never changes.
    pub id: u16,
    /// The Wasm module that it is imported from. Its number is the version of the function.
    pub module: &'static str,
    /// Its name.
    pub name: &'static str,
    /// The name that it had first, in the same module.
    pub alias: Option<&'static str>,
    /// Who may import it.
    pub stability: Stability,
    /// Whether a read-only frame may not call it.
    pub mutating: bool,
    /// Its parameters.
    pub params: &'static [Param],
    /// The type of its result.
    pub result: Option<ValType>,
    /// The functions of [`crate::weights::WeightInfo`] that price it, besides that of every call.
    pub costs: &'static [&'static str],
    /// What it does.
    pub doc: &'static str,
}

/// A parameter of a host function.
#[derive(PartialEq, Eq, Debug)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// Its Wasm type.
    pub ty: ValType,
}

/// Who may import a function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stability {
    /// Everybody, for ever.
    Stable,
    /// Chains that experiment: it may change or go.
    Unstable,
    /// Contracts that exist already: new code and constructors cannot.
    Deprecated,
}

impl Stability {
    /// As it is written in messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Unstable => "unstable",
            Self::Deprecated => "deprecated",
        }
    }
}

impl HostFunction {
    /// Its Wasm type.
    pub fn func_type(&self) -> FuncType {
        FuncType {
            params: self.params.iter().map(|param| param.ty).collect(),
            results: self.result.into_iter().collect(),
        }
    }

    /// Whether this is its Wasm type.
    pub fn has_type(&self, params: &[ValType], results: &[ValType]) -> bool {
        self.params.iter().map(|param| param.ty).eq(params.iter().copied()) && self.result.iter().eq(results)
    }

    /// Whether it calls into a chain extension, which a chain may not have.
    pub fn is_chain_extension(&self) -> bool {
        self.name == "call_chain_extension"
    }

    fn is_named(&self, module: &str, name: &str) -> bool {
        (self.name == name || self.alias == Some(name)) && self.module == module
    }
}

/// Runs a host function on behalf of a contract and returns the cell of its result.
///
/// The arguments and the memory are those of `execution`, whose call of `function` is pending.
pub(crate) fn call<E: Ext>(
    function: &'static HostFunction,
    context: &mut HostContext<'_, E>,
    execution: &mut vellum_host::Execution,
) -> Result<Option<u64>, TrapReason> {
    context.enter(function)?;
    if function.mutating && context.ext().is_read_only() {
        return Err(Error::<E::T>::StateChangeDenied.into());
    }
    let mut args = [0; table::PARAMS_MAX];
    let arg_count = execution.args().len().min(table::PARAMS_MAX);
    args[..arg_count].copy_from_slice(&execution.args()[..arg_count]);
    table::dispatch(function, context, execution, &args)
}

/// Appends what was called, and how it ended, to the debug buffer, if the node logs that.
fn trace<E: Ext>(
    function: &HostFunction,
    context: &mut HostContext<'_, E>,
    args: &[u64],
    result: &dyn core::fmt::Debug,
) {
    use core::fmt::Write;
    if !log::log_enabled!(target: "runtime::contracts::strace", log::Level::Trace) {
        return;
    }
    let mut line = String::new();
    // Writing to a string cannot fail.
    let _ = write!(line, "{}::{}(", function.module, function.name);
    for (index, (param, arg)) in function.params.iter().zip(args).enumerate() {
        let _ = write!(line, "{}{}: {arg}", if index == 0 { "" } else { ", " }, param.name);
    }
    let _ = writeln!(line, ") = {result:?}");
    context.ext().append_debug_buffer(&line);
}

/// [`Error`] of the chain that a frame runs on.
type ErrorOf<E> = Error<<E as Ext>::T>;

/// The chain's `Config` items that bodies name often.
type BalanceOf<E> = crate::BalanceOf<<E as Ext>::T>;
type AccountIdOf<E> = crate::AccountIdOf<<E as Ext>::T>;
type CodeHashOf<E> = crate::CodeHash<<E as Ext>::T>;
type HashOf<E> = <<E as Ext>::T as frame_system::Config>::Hash;
