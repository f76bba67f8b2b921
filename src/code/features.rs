//! The note that tells under which rules stored code was validated.
//!
//! The rules for new code change from release to release while stored code keeps its meaning (Law 7).
//! Code without a note was stored by pallet-contracts, whose rules every later policy includes.

use super::Determinism;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use vellum_engine::Policy;

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
}
