//! wasmi 0.32.3, which pallet-contracts runs.

#[path = "wasmi.rs"]
mod adapter;

use super::CALL_DEPTH;
use ::wasmi032 as wasmi;
use wasmi::core::{TrapCode, ValType};

pub use adapter::Wasmi as Wasmi032;

const NAME: &str = "wasmi 0.32.3";

/// Cells that a stack starts with, and those that it may have: more than any workload takes.
const STACK_CELLS: (usize, usize) = (1 << 10, 1 << 20);

fn config() -> wasmi::Config {
    let depth = usize::try_from(CALL_DEPTH).unwrap_or(usize::MAX);
    let limits = wasmi::StackLimits::new(STACK_CELLS.0, STACK_CELLS.1, depth);
    let mut config = wasmi::Config::default();
    config.set_stack_limits(limits.expect("the first number is the smaller one; qed"));
    config
}

fn instantiate(
    linker: &wasmi::Linker<adapter::Data>,
    store: &mut wasmi::Store<adapter::Data>,
    module: &wasmi::Module,
) -> Result<wasmi::Instance, wasmi::Error> {
    linker.instantiate(&mut *store, module)?.start(store)
}
