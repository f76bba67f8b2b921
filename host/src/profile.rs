//! A recorder of what calls cost, for tools.
//!
//! While [`record`] runs, the engine and the pallet book here what they charge. Outside of it booking is
//! nothing but a look at a thread-local. Nobody but the tool that records can see what was booked, so
//! that it cannot change a result.

use std::{cell::RefCell, collections::BTreeMap};

thread_local! {
    static PROFILE: RefCell<Option<Profile>> = const { RefCell::new(None) };
}

/// What was charged while a closure ran.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Fuel by gas class of instructions.
    pub gas_classes: BTreeMap<&'static str, ClassShare>,
    /// Weight by host function, and by what is no host function.
    pub charges: BTreeMap<&'static str, ChargeShare>,
}

/// The share of a gas class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassShare {
    /// Instructions that were paid for.
    pub count: u64,
    /// What they cost.
    pub fuel: u64,
}

/// The share of a host function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChargeShare {
    /// Calls.
    pub count: u64,
    /// Picoseconds that they cost, without those of the contracts that they called.
    pub ref_time: u64,
    /// Bytes of proof that they cost.
    pub proof_size: u64,
}

/// Runs a closure and returns what was charged meanwhile on this thread. A closure inside a closure is
/// recorded for itself.
pub fn record<R>(f: impl FnOnce() -> R) -> (R, Profile) {
    let outer = PROFILE.replace(Some(Profile::default()));
    let restore = Restore(outer);
    let result = f();
    let profile = PROFILE.take().unwrap_or_default();
    drop(restore);
    (result, profile)
}

/// Books instructions of a gas class.
pub fn gas_class(name: &'static str, count: u64, fuel: u64) {
    book(|profile| {
        let share = profile.gas_classes.entry(name).or_default();
        share.count = share.count.saturating_add(count);
        share.fuel = share.fuel.saturating_add(fuel);
    });
}

/// Books a call of a host function, and its first charge.
pub fn charge(name: &'static str, ref_time: u64, proof_size: u64) {
    book(|profile| {
        let share = profile.charges.entry(name).or_default();
        share.count = share.count.saturating_add(1);
    });
    add(name, ref_time, proof_size);
}

/// Books another charge of the same call.
pub fn add(name: &'static str, ref_time: u64, proof_size: u64) {
    book(|profile| {
        let share = profile.charges.entry(name).or_default();
        share.ref_time = share.ref_time.saturating_add(ref_time);
        share.proof_size = share.proof_size.saturating_add(proof_size);
    });
}

/// Books what is given back of a charge.
pub fn give_back(name: &'static str, ref_time: u64, proof_size: u64) {
    book(|profile| {
        let share = profile.charges.entry(name).or_default();
        share.ref_time = share.ref_time.saturating_sub(ref_time);
        share.proof_size = share.proof_size.saturating_sub(proof_size);
    });
}

/// Whether somebody records on this thread.
pub fn is_recording() -> bool {
    PROFILE.with_borrow(Option::is_some)
}

fn book(f: impl FnOnce(&mut Profile)) {
    PROFILE.with_borrow_mut(|profile| {
        if let Some(profile) = profile {
            f(profile);
        }
    });
}

/// Goes on with the outer recording, also if the closure panics.
struct Restore(Option<Profile>);

impl Drop for Restore {
    fn drop(&mut self) {
        PROFILE.set(self.0.take());
    }
}
