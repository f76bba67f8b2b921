//! What a runtime opens a session with: rules, prices and limits. None of them is decided here.

use vellum_engine::{Policy, PriceTable, RunLimits};

/// What all code of a session runs under. It travels from the runtime to its node once a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terms {
    /// What code may contain.
    pub policy: Policy,
    /// What it pays.
    pub prices: PriceTable,
    /// What a run of it may use.
    pub run: RunLimits,
    /// What the session may use.
    pub session: SessionLimits,
    /// Exports that [`Module::entry_point`](crate::Module::entry_point) may be asked for.
    pub entry_points: &'static [&'static str],
}

/// What a session may use. They bound a node's memory; reaching one of them ends the runtime call, so a runtime sets
/// them to what it can prove that it never needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SessionLimits {
    /// Instances that are alive at once.
    pub instances: u32,
    /// Bytes that all of them together could grow to: memory, stack and tables at their largest.
    pub guest_bytes: u64,
    /// Bytes that stored code may have. Longer code counts as not stored, as it does for whoever decodes it.
    pub code_bytes: u32,
}

impl SessionLimits {
    /// The most instances that version 1 of the host functions allows.
    pub const INSTANCES_MAX: u32 = 10_000;

    /// The most bytes of all instances that version 1 of the host functions allows.
    pub const GUEST_BYTES_MAX: u64 = 16 << 30;
}

impl Terms {
    /// As they cross, in [`interface`](crate::interface)'s version 1: version 2, features 4, limits and prices each with
    /// their count in front, four run limits, instances, bytes of code, bytes of guests 8, names of entry points each
    /// with their length in front. Where nothing else is said a number has 4 bytes.
    #[cfg(any(feature = "host-functions", feature = "std"))]
    pub fn encode(&self) -> alloc::vec::Vec<u8> {
        use crate::wire::put_prefixed;
        use vellum_engine::{GasClass, Limit};
        let mut bytes = alloc::vec::Vec::with_capacity(384);
        bytes.extend_from_slice(&self.policy.version.to_le_bytes());
        bytes.extend_from_slice(&self.policy.features.bits().to_le_bytes());
        let mut words = |words: &mut dyn ExactSizeIterator<Item = u32>| {
            bytes.extend_from_slice(&u32::try_from(words.len()).unwrap_or(u32::MAX).to_le_bytes());
            words.for_each(|word| bytes.extend_from_slice(&word.to_le_bytes()));
        };
        words(&mut Limit::ALL.iter().map(|limit| limit.of(&self.policy.limits)));
        words(&mut GasClass::ALL.iter().map(|class| self.prices.price(*class)));
        let RunLimits { call_depth, stack_height, memory_pages, table_elements } = self.run;
        let SessionLimits { instances, guest_bytes, code_bytes } = self.session;
        for word in [call_depth, stack_height, memory_pages, table_elements, instances, code_bytes] {
            bytes.extend_from_slice(&word.to_le_bytes());
        }
        bytes.extend_from_slice(&guest_bytes.to_le_bytes());
        for name in self.entry_points {
            put_prefixed(&mut bytes, name.as_bytes());
        }
        bytes
    }
}
