//! The note that tells under which rules stored code was validated.
//!
//! The rules for new code change from release to release while stored code keeps its meaning (Law 7).
//! Code without a note was stored by pallet-contracts, whose rules every later policy includes.
//!
//! The note is why a call need not validate what it runs (Law 3). A call never writes one. Whoever uploads code that is stored
//! without one, or with that of an older policy, has it validated and leaves one.

use super::Determinism;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use vellum_engine::Policy;
use vellum_host::Validation;

/// The policy that accepted a blob, and the features that this policy has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen)]
pub struct ValidatedCode {
    /// The version of the policy.
    pub policy_version: u16,
    /// The bits of the WebAssembly features that it was validated under: a superset of what it uses.
    pub features: u32,
}

impl ValidatedCode {
    /// The note for a blob that was just accepted under a policy.
    pub(crate) fn new(policy: &Policy, determinism: Determinism) -> Self {
        let policy = match determinism {
            Determinism::Enforced => *policy,
            Determinism::Relaxed => policy.with_floats(),
        };
        Self { policy_version: policy.version, features: policy.features.bits() }
    }

    /// What it says of the code under today's policy.
    pub(crate) fn validation(&self) -> Validation {
        if self.policy_version == Policy::VERSION { Validation::Done } else { Validation::Due }
    }
}
