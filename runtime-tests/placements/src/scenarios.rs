//! What the placements are compared on: the project's contracts, traps, deep nesting, limits from nothing to enough,
//! generated sequences, and recorded contracts of other projects where those are at hand.

mod generated;
mod limits;
mod nesting;
mod recorded;
mod single;

use crate::script::Script;
use anyhow::Result;
use sp_core::H256;
use vellum_runtime_caller::RuntimeCaller;

pub use generated::generated;
pub use limits::limits;
pub use nesting::nesting;
pub use recorded::recorded;
pub use single::{ink, traps, wat};

/// All scripts for the chain with this genesis block. The caller finds out what limits are interesting.
///
/// # Errors
/// If the caller cannot be run.
pub fn all(genesis: H256, caller: &dyn RuntimeCaller) -> Result<Vec<Script>> {
    let mut scripts = vec![wat(genesis), ink(genesis), traps(genesis), nesting(genesis), limits(genesis, caller)?];
    scripts.extend((1..=3).map(|seed| generated(genesis, seed, 110)));
    scripts.extend(recorded(genesis));
    Ok(scripts)
}
