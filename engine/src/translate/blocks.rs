//! Gas blocks: which operators are paid for together, and when. docs/GAS.md is the definition;
//! this is the one place that computes it.
//!
//! A block is entered at the start of a function, at a label, behind a conditional branch that was
//! not taken, or behind a call; it ends with the next operator that transfers control. An `end`
//! that is reached from above is no transfer: the block flows on into the one that begins there,
//! so its cost includes that one's. Every transfer carries the cost of what it enters, and no
//! instruction exists for metering alone.
//!
//! Flow only goes forward, so one backward pass sums everything up: linear in the operators.

use super::trim;
use crate::gas::{GasClass, PriceTable};
use alloc::vec::Vec;

/// A block, by number.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct BlockId(u32);

impl BlockId {
    fn index(self) -> usize {
        usize::try_from(self.0).expect("a u32 fits usize on every supported target; qed")
    }
}

#[derive(Clone, Default)]
struct Block {
    /// What its own operators cost; at the end, what entering it costs.
    cost: u64,
    next: Option<BlockId>,
    #[cfg(feature = "profile")]
    counts: alloc::collections::BTreeMap<GasClass, u64>,
}

/// As many blocks as most functions have.
const BLOCKS_START: usize = 64;

/// The blocks of one function under construction.
pub(crate) struct Blocks<'a> {
    prices: &'a PriceTable,
    blocks: Vec<Block>,
    /// In the order in which they begin in the code.
    placed: Vec<BlockId>,
    current: Option<BlockId>,
    /// What the operators of the current block cost so far.
    running: u64,
}

/// What [`Blocks`] take memory for.
#[derive(Default)]
pub(crate) struct Memory {
    blocks: Vec<Block>,
    placed: Vec<BlockId>,
}

impl Memory {
    /// Gives back whatever is large.
    pub(super) fn trim(&mut self) {
        trim(&mut self.blocks);
        trim(&mut self.placed);
    }
}

impl<'a> Blocks<'a> {
    /// With memory that another one took.
    pub(crate) fn new(prices: &'a PriceTable, memory: Memory) -> Self {
        let Memory { blocks, placed } = memory;
        Self { prices, blocks, placed, current: None, running: 0 }
    }

    pub(crate) fn into_memory(self) -> Memory {
        Memory { blocks: self.blocks, placed: self.placed }
    }

    /// Forgets everything but the memory taken: another function begins.
    pub(crate) fn clear(&mut self) {
        self.blocks.clear();
        self.placed.clear();
        self.blocks.reserve(BLOCKS_START);
        self.placed.reserve(BLOCKS_START);
        self.current = None;
    }

    /// A block that begins later.
    pub(crate) fn declare(&mut self) -> BlockId {
        let id = BlockId(u32::try_from(self.blocks.len()).expect("fewer blocks than bytes in a body; qed"));
        self.blocks.push(Block::default());
        id
    }

    /// The block begins here; the current one, if control reaches this place, flows into it.
    pub(crate) fn begin(&mut self, block: BlockId) {
        self.flow_to(block);
        self.placed.push(block);
        self.current = Some(block);
        self.running = 0;
    }

    /// The current block goes on in a block that begins later, without a transfer.
    pub(crate) fn flow_to(&mut self, block: BlockId) {
        if let Some(current) = self.current.take() {
            let current = &mut self.blocks[current.index()];
            current.cost = self.running;
            current.next = Some(block);
        }
    }

    /// Control has been transferred.
    pub(crate) fn end(&mut self) {
        if let Some(current) = self.current.take() {
            self.blocks[current.index()].cost = self.running;
        }
    }

    /// Adds `count` units of a class to the current block; nothing where control cannot be.
    #[inline(always)]
    pub(crate) fn charge(&mut self, class: GasClass, count: u64) {
        // Where there is no current block, nobody takes over what is summed up.
        self.running = self.running.saturating_add(self.prices.cost(class, count));
        #[cfg(feature = "profile")]
        if let Some(current) = self.current {
            *self.blocks[current.index()].counts.entry(class).or_default() += count;
        }
    }

    /// Adds to each block what it flows into. From now on blocks have their costs.
    pub(crate) fn sum_up(&mut self) {
        self.end();
        for block in self.placed.iter().rev() {
            let next = self.blocks[block.index()].next;
            let behind = next.map_or(0, |next| self.blocks[next.index()].cost);
            let cost = &mut self.blocks[block.index()].cost;
            *cost = cost.saturating_add(behind);
        }
    }

    /// What entering a block costs. A cost that does not fit 32 bits (4.29 ms) saturates.
    pub(crate) fn cost_of(&self, block: BlockId) -> u32 {
        u32::try_from(self.blocks[block.index()].cost).unwrap_or(u32::MAX)
    }

    /// What each block consists of, for a profile.
    #[cfg(feature = "profile")]
    pub(crate) fn profile(&self) -> Vec<crate::profile::BlockProfile> {
        let profile = |block: &Block| crate::profile::BlockProfile {
            counts: block.counts.iter().map(|(class, count)| (*class, *count)).collect(),
            next: block.next.map(BlockId::index),
        };
        self.blocks.iter().map(profile).collect()
    }
}

#[cfg(feature = "profile")]
impl From<BlockId> for usize {
    fn from(block: BlockId) -> Self {
        block.index()
    }
}
