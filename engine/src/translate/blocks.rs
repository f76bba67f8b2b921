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

use crate::gas::{GasClass, PriceTable};
use alloc::vec;
use alloc::vec::Vec;

/// A block, by number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct BlockId(u32);

impl BlockId {
    fn index(self) -> usize {
        usize::try_from(self.0).expect("a u32 fits usize on every supported target; qed")
    }
}

#[derive(Clone, Default)]
struct Block {
    own: u64,
    next: Option<BlockId>,
    #[cfg(feature = "profile")]
    counts: alloc::collections::BTreeMap<GasClass, u64>,
}

/// The blocks of one function under construction.
pub(crate) struct Blocks<'a> {
    prices: &'a PriceTable,
    blocks: Vec<Block>,
    /// In the order in which they begin in the code.
    placed: Vec<BlockId>,
    current: Option<BlockId>,
}

impl<'a> Blocks<'a> {
    pub(crate) fn new(prices: &'a PriceTable) -> Self {
        Self { prices, blocks: Vec::new(), placed: Vec::new(), current: None }
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
    }

    /// The current block goes on in a block that begins later, without a transfer.
    pub(crate) fn flow_to(&mut self, block: BlockId) {
        if let Some(current) = self.current.take() {
            self.blocks[current.index()].next = Some(block);
        }
    }

    /// Control has been transferred.
    pub(crate) fn end(&mut self) {
        self.current = None;
    }

    /// Adds `count` units of a class to the current block; nothing where control cannot be.
    pub(crate) fn charge(&mut self, class: GasClass, count: u64) {
        if let Some(current) = self.current {
            let block = &mut self.blocks[current.index()];
            block.own = block.own.saturating_add(self.prices.cost(class, count));
            #[cfg(feature = "profile")]
            {
                *block.counts.entry(class).or_default() += count;
            }
        }
    }

    /// What entering each block costs. A cost that does not fit 32 bits (4.29 ms) saturates.
    pub(crate) fn costs(&self) -> BlockCosts {
        let mut totals = vec![0u64; self.blocks.len()];
        for block in self.placed.iter().rev() {
            let Block { own, next, .. } = &self.blocks[block.index()];
            totals[block.index()] = own.saturating_add(next.map_or(0, |next| totals[next.index()]));
        }
        BlockCosts(totals)
    }

    /// What each block consists of, for a profile.
    #[cfg(feature = "profile")]
    pub(crate) fn into_profile(self) -> Vec<crate::profile::BlockProfile> {
        let profile = |block: Block| crate::profile::BlockProfile {
            counts: block.counts.into_iter().collect(),
            next: block.next.map(BlockId::index),
        };
        self.blocks.into_iter().map(profile).collect()
    }
}

/// The cost of entering each block, in fuel.
pub(crate) struct BlockCosts(Vec<u64>);

impl BlockCosts {
    pub(crate) fn of(&self, block: BlockId) -> u32 {
        u32::try_from(self.0[block.index()]).unwrap_or(u32::MAX)
    }
}

#[cfg(feature = "profile")]
impl From<BlockId> for usize {
    fn from(block: BlockId) -> Self {
        block.index()
    }
}
