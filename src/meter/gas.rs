//! Gas: the two-dimensional weight that a frame may spend.
//!
//! One fuel of the engine is one picosecond of `ref_time`, so moving it between this meter and the
//! engine is an assignment. The engine has the frame's `ref_time` while Wasm runs; this meter has it
//! whenever a host function can see it, to the last picosecond.
//!
//! A charge that cannot be paid takes nothing, because every action is charged before it is done.

use crate::{Config, Error, call_stack::ExecError};
use core::marker::PhantomData;
use frame_support::{
    DefaultNoBound,
    dispatch::{DispatchErrorWithPostInfo, DispatchResultWithPostInfo, PostDispatchInfo},
    weights::Weight,
};
use sp_runtime::{DispatchError, traits::Zero};

#[cfg(test)]
mod tests;

/// Proof of a charge, needed to adjust it.
#[derive(Debug, PartialEq, Eq)]
pub struct ChargedAmount(Weight);

impl ChargedAmount {
    /// The weight that was charged.
    pub fn amount(&self) -> Weight {
        self.0
    }
}

/// Something that costs gas. There is no other way to charge a meter.
pub trait Token<T: Config>: Copy {
    /// The cost. On overflow it is the maximum, which nobody can pay.
    fn weight(&self) -> Weight;

    /// Whether the worst case that was charged first counts as required. False for a cost that takes
    /// whatever is left.
    fn influence_lowest_gas_limit(&self) -> bool {
        true
    }

    /// The line of a profile that this cost belongs to.
    fn account(&self) -> ProfileAccount;
}

/// Where a tool that records costs books one. Recording never changes a result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProfileAccount {
    /// The host function that is running, which starts with this charge.
    HostFunctionStart,
    /// The host function that is running.
    HostFunction,
    /// A cost that no host function causes.
    Own(&'static str),
}

/// The gas of a frame.
#[derive(DefaultNoBound)]
pub struct GasMeter<T: Config> {
    /// What the frame was given.
    gas_limit: Weight,
    /// What is left of it.
    gas_left: Weight,
    /// The least that was left at any time: adjusting a charge and ending a sub-call give gas back.
    gas_left_lowest: Weight,
    /// The host function that is running in this frame.
    #[cfg(feature = "profile")]
    host_function: &'static str,
    _phantom: PhantomData<T>,
}

impl<T: Config> GasMeter<T> {
    /// A meter that has `gas_limit` to spend.
    pub fn new(gas_limit: Weight) -> Self {
        Self {
            gas_limit,
            gas_left: gas_limit,
            gas_left_lowest: gas_limit,
            #[cfg(feature = "profile")]
            host_function: "",
            _phantom: PhantomData,
        }
    }

    /// Takes gas for a sub-call: of each dimension the given amount, but no more than is left. An
    /// amount of zero means all that is left.
    pub fn nested(&mut self, amount: Weight) -> Self {
        let or_all = |amount: u64, left: u64| if amount.is_zero() { left } else { amount.min(left) };
        let given = Weight::from_parts(
            or_all(amount.ref_time(), self.gas_left.ref_time()),
            or_all(amount.proof_size(), self.gas_left.proof_size()),
        );
        self.gas_left = self.gas_left.saturating_sub(given);
        Self::new(given)
    }

    /// Takes back what a sub-call did not use.
    pub fn absorb_nested(&mut self, nested: Self) {
        self.gas_left_lowest = self
            .gas_left
            .saturating_add(nested.gas_limit)
            .saturating_sub(nested.gas_required())
            .min(self.gas_left_lowest);
        self.gas_left = self.gas_left.saturating_add(nested.gas_left);
    }

    /// Pays a cost, or takes nothing and fails with [`Error::OutOfGas`].
    pub fn charge<C: Token<T>>(&mut self, token: C) -> Result<ChargedAmount, DispatchError> {
        let amount = token.weight();
        self.gas_left = self.gas_left.checked_sub(&amount).ok_or(Error::<T>::OutOfGas)?;
        #[cfg(feature = "profile")]
        self.record_charge(token.account(), amount);
        Ok(ChargedAmount(amount))
    }

    /// Lowers a charge for the worst case to what it turned out to be. It never rises.
    pub fn adjust_gas<C: Token<T>>(&mut self, charged: ChargedAmount, token: C) {
        if token.influence_lowest_gas_limit() {
            self.gas_left_lowest = self.gas_left_lowest();
        }
        let given_back = charged.0.saturating_sub(token.weight());
        self.gas_left = self.gas_left.saturating_add(given_back).min(self.gas_limit);
        #[cfg(feature = "profile")]
        self.record_adjustment(token.account(), given_back);
    }

    /// The engine's fuel: the `ref_time` that is left.
    pub(crate) fn fuel(&self) -> u64 {
        self.gas_left.ref_time()
    }

    /// Takes over what the engine left of the fuel it was given.
    pub(crate) fn set_fuel(&mut self, fuel: u64) {
        debug_assert!(fuel <= self.gas_left.ref_time(), "the engine never makes fuel");
        let left = fuel.min(self.gas_left.ref_time());
        self.gas_left = Weight::from_parts(left, self.gas_left.proof_size());
    }

    /// Uses up the frame's `ref_time`: the engine met a block that it could not pay.
    ///
    /// The whole is taken so that the outcome does not depend on how a program is cut into blocks.
    pub(crate) fn exhaust_fuel(&mut self) {
        self.set_fuel(0);
    }

    /// The weight limit that the same run needs.
    pub fn gas_required(&self) -> Weight {
        self.gas_limit.saturating_sub(self.gas_left_lowest())
    }

    /// The weight that was used up.
    pub fn gas_consumed(&self) -> Weight {
        self.gas_limit.saturating_sub(self.gas_left)
    }

    /// The weight that is left.
    pub fn gas_left(&self) -> Weight {
        self.gas_left
    }

    /// The result of an extrinsic that used this meter and costs `base_weight` besides.
    pub fn into_dispatch_result<R, E: Into<ExecError>>(
        self,
        result: Result<R, E>,
        base_weight: Weight,
    ) -> DispatchResultWithPostInfo {
        let post_info = PostDispatchInfo {
            actual_weight: Some(self.gas_consumed().saturating_add(base_weight)),
            pays_fee: Default::default(),
        };
        match result {
            Ok(_) => Ok(post_info),
            Err(error) => Err(DispatchErrorWithPostInfo { post_info, error: error.into().error }),
        }
    }

    fn gas_left_lowest(&self) -> Weight {
        self.gas_left_lowest.min(self.gas_left)
    }
}

#[cfg(feature = "profile")]
impl<T: Config> GasMeter<T> {
    /// Says which host function the next charges belong to.
    pub(crate) fn enter_host_function(&mut self, name: &'static str) {
        self.host_function = name;
    }

    fn record_charge(&self, account: ProfileAccount, amount: Weight) {
        use vellum_host::profile;
        let (ref_time, proof_size) = (amount.ref_time(), amount.proof_size());
        match account {
            ProfileAccount::HostFunctionStart => profile::charge(self.host_function, ref_time, proof_size),
            ProfileAccount::HostFunction => profile::add(self.host_function, ref_time, proof_size),
            ProfileAccount::Own(name) => profile::charge(name, ref_time, proof_size),
        }
    }

    fn record_adjustment(&self, account: ProfileAccount, given_back: Weight) {
        let name = match account {
            ProfileAccount::HostFunctionStart | ProfileAccount::HostFunction => self.host_function,
            ProfileAccount::Own(name) => name,
        };
        vellum_host::profile::give_back(name, given_back.ref_time(), given_back.proof_size());
    }
}
