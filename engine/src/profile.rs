//! Where the gas went: how often each gas block was entered, and so how many operators of each
//! class a call executed. For tools; a runtime never has this, and recording changes no result.

use crate::gas::GasClass;
use crate::isa::Unit;
use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;

/// What one gas block consists of.
pub(crate) struct BlockProfile {
    /// Units of each class.
    pub(crate) counts: Vec<(GasClass, u64)>,
    /// The block that it flows into.
    pub(crate) next: Option<usize>,
}

/// What a profile has to know of a translated function.
pub(crate) struct FuncProfile {
    /// The block that a call enters.
    pub(crate) entry: usize,
    /// For each charge in the code: the unit at which it stands, and the block that it pays for.
    pub(crate) sites: BTreeMap<usize, usize>,
    pub(crate) blocks: Vec<BlockProfile>,
}

/// How often a function's register code was entered, and how often each way out of its instructions was
/// taken. What ran follows: between two charges control goes from instruction to instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeCounts {
    /// The function's index.
    pub func: u32,
    /// Its register code; [`isa::decode`](crate::isa::decode) reads it.
    pub code: Vec<Unit>,
    /// Cells that are parameters and declared locals.
    pub locals: u32,
    /// How often it was called.
    pub entered: u64,
    /// How often each charge was paid, by the unit at which it stands.
    pub paid: BTreeMap<usize, u64>,
}

/// Units of each gas class that a call used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassCounts(pub BTreeMap<GasClass, u64>);

impl ClassCounts {
    /// Adds units of a class.
    pub fn add(&mut self, class: GasClass, count: u64) {
        if count > 0 {
            *self.0.entry(class).or_default() += count;
        }
    }

    /// Adds a function's blocks, each as often as it was entered.
    pub(crate) fn add_entered(&mut self, profile: &FuncProfile, entered: &BTreeMap<usize, u64>) {
        let mut visits = vec![0u64; profile.blocks.len()];
        for (block, count) in entered {
            visits[*block] += count;
        }
        // A block may flow into one that was declared before it, so visits are carried along the
        // chain of each block that was entered. Chains end: flow only goes forward in the code.
        let mut total = visits.clone();
        for (block, count) in visits.iter().enumerate().filter(|(_, count)| **count > 0) {
            let mut next = profile.blocks[block].next;
            while let Some(block) = next {
                total[block] += count;
                next = profile.blocks[block].next;
            }
        }
        for (block, count) in profile.blocks.iter().zip(total) {
            for (class, units) in &block.counts {
                self.add(*class, units * count);
            }
        }
    }
}
