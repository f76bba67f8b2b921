//! Where weight goes: what each class of instructions and each host function cost while something ran.

use std::collections::BTreeMap;

/// What was spent, the dearest first.
#[derive(Default, Debug)]
pub struct Profile {
    /// Classes of instructions.
    pub gas_classes: Vec<Spent>,
    /// Host functions and the pallet's own charges.
    pub charges: Vec<Spent>,
}

/// What one class or function cost.
#[derive(Debug)]
pub struct Spent {
    /// Its name.
    pub name: String,
    /// How often it was charged.
    pub count: u64,
    /// Picoseconds.
    pub ref_time: u64,
    /// Bytes.
    pub proof_size: u64,
}

/// Runs something and notes what it spends.
pub fn record<R>(what: impl FnOnce() -> R) -> (R, Profile) {
    let (result, recorded) = vellum_host::profile::record(what);
    let gas_classes = sorted(recorded.gas_classes, |name, share| Spent {
        name,
        count: share.count,
        // One unit of fuel is one picosecond.
        ref_time: share.fuel,
        proof_size: 0,
    });
    let charges = sorted(recorded.charges, |name, share| Spent {
        name,
        count: share.count,
        ref_time: share.ref_time,
        proof_size: share.proof_size,
    });
    (result, Profile { gas_classes, charges })
}

fn sorted<S>(shares: BTreeMap<&'static str, S>, spent: impl Fn(String, S) -> Spent) -> Vec<Spent> {
    let mut all: Vec<_> = shares.into_iter().map(|(name, share)| spent(name.to_owned(), share)).collect();
    // Those of equal cost stay in the order of their names.
    all.sort_by_key(|spent| std::cmp::Reverse(spent.ref_time));
    all
}
