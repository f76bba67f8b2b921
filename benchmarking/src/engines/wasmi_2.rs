//! wasmi 2.0.0, the newest.

#[path = "wasmi.rs"]
mod adapter;

use super::CALL_DEPTH;
use ::wasmi2 as wasmi;
use wasmi::{TrapCode, ValType};

pub use adapter::Wasmi as Wasmi2;

const NAME: &str = "wasmi 2.0.0";

/// Frames that fill this many bytes: more than any workload takes.
const STACK_BYTES: usize = 8 << 20;

fn config() -> wasmi::Config {
    let mut config = wasmi::Config::default();
    config.set_max_recursion_depth(usize::try_from(CALL_DEPTH).unwrap_or(usize::MAX)).set_max_stack_height(STACK_BYTES);
    config
}

fn instantiate(
    linker: &wasmi::Linker<adapter::Data>,
    store: &mut wasmi::Store<adapter::Data>,
    module: &wasmi::Module,
) -> Result<wasmi::Instance, wasmi::Error> {
    linker.instantiate_and_start(store, module)
}
