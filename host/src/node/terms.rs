//! The terms of a session as they arrive: read, and held against what this version allows.

use crate::{Refusal, SessionLimits, wire::Reader};
use vellum_engine::{CodeLimits, Features, GasClass, Limit, Policy, PriceTable, RunLimits};

/// The most entry points.
const ENTRY_POINTS_MAX: usize = 16;

/// What a session runs under.
pub(super) struct SessionTerms {
    pub(super) policy: Policy,
    pub(super) prices: PriceTable,
    pub(super) run: RunLimits,
    pub(super) limits: SessionLimits,
    pub(super) entry_points: Vec<String>,
}

impl SessionTerms {
    /// # Errors
    /// If the bytes are no terms, ask for what this engine does not have or this version does not allow, or if a loop
    /// could be free under these prices.
    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Refusal> {
        let (policy, prices, run, limits, entry_points) = read(bytes).ok_or(Refusal::Terms)?;
        if limits.instances > SessionLimits::INSTANCES_MAX || limits.guest_bytes > SessionLimits::GUEST_BYTES_MAX {
            return Err(Refusal::Terms);
        }
        let prices = PriceTable::new(prices).map_err(|_| Refusal::FreeTransfer)?;
        Ok(Self { policy, prices, run, limits, entry_points })
    }
}

type Parts = (Policy, [u32; GasClass::COUNT], RunLimits, SessionLimits, Vec<String>);

fn read(bytes: &[u8]) -> Option<Parts> {
    let mut reader = Reader(bytes);
    let version = reader.u16()?;
    let features = Features::from_bits(reader.u32()?)?;
    // A runtime that is older than this engine names fewer limits and classes than there are. The code that it accepts
    // reaches none of the others.
    let mut words = |most: usize| -> Option<Vec<u32>> {
        let count = usize::try_from(reader.u32()?).ok().filter(|count| *count <= most)?;
        (0..count).map(|_| reader.u32()).collect()
    };
    let (limits, given) = (words(Limit::ALL.len())?, words(GasClass::COUNT)?);
    let stored = CodeLimits::stored();
    let mut at = limits.into_iter();
    let limits = CodeLimits::of(|limit| at.next().unwrap_or_else(|| limit.of(&stored)));
    // More than this the formats of the engine cannot express.
    if Limit::ALL.iter().any(|limit| limit.of(&limits) > limit.of(&stored)) {
        return None;
    }
    let mut prices = [u32::MAX; GasClass::COUNT];
    prices[..given.len()].copy_from_slice(&given);
    let run = RunLimits {
        call_depth: reader.u32()?,
        stack_height: reader.u32()?,
        memory_pages: reader.u32()?,
        table_elements: reader.u32()?,
    };
    let (instances, code_bytes, guest_bytes) = (reader.u32()?, reader.u32()?, reader.u64()?);
    let mut entry_points = Vec::new();
    while !reader.is_empty() {
        if entry_points.len() >= ENTRY_POINTS_MAX {
            return None;
        }
        entry_points.push(core::str::from_utf8(reader.prefixed()?).ok()?.into());
    }
    let policy = Policy { version, features, limits };
    Some((policy, prices, run, SessionLimits { instances, guest_bytes, code_bytes }, entry_points))
}
