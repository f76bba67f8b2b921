//! A pallet whose calls do, for tests, what calls of other pallets do to contracts that dispatch them.
//!
//! Batches, proxies and calls that know only afterwards what they cost exist on every chain. Here each is a few lines.

#![allow(missing_docs, reason = "the types that FRAME's macros make are those of every pallet")]

pub use pallet::*;

/// See the module.
#[frame_support::pallet(dev_mode)]
pub mod pallet {
    use frame_support::{
        dispatch::PostDispatchInfo,
        pallet_prelude::*,
        traits::{fungible::Mutate, tokens::Preservation},
    };
    use frame_system::pallet_prelude::*;
    use sp_runtime::traits::Dispatchable;

    /// What the pallet needs of the runtime.
    #[pallet::config]
    pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
        /// Whose balance is moved.
        type Currency: Mutate<Self::AccountId, Balance = u128>;
    }

    #[pallet::pallet]
    pub struct Pallet<T>(_);

    /// What became of each part of an errand.
    #[pallet::event]
    #[pallet::generate_deposit(fn deposit_event)]
    pub enum Event<T: Config> {
        /// A part of a batch was done or not.
        Done { result: DispatchResult },
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Is charged a lot beforehand and turns out to be cheap.
        #[pallet::weight(*charged)]
        pub fn cheap_after_all(_origin: OriginFor<T>, charged: Weight, actual: Weight) -> DispatchResultWithPostInfo {
            let _ = charged;
            Ok(PostDispatchInfo { actual_weight: Some(actual), ..Default::default() })
        }

        /// Dispatches calls one after the other, and goes on when one fails, as a batch does.
        pub fn batch(origin: OriginFor<T>, calls: Vec<<T as frame_system::Config>::RuntimeCall>) -> DispatchResult {
            for call in calls {
                let result = call.dispatch(origin.clone()).map(drop).map_err(|failed| failed.error);
                Self::deposit_event(Event::Done { result });
            }
            Ok(())
        }

        /// Moves balance of somebody who has agreed beforehand, as a proxy does.
        pub fn spend(_origin: OriginFor<T>, of: T::AccountId, to: T::AccountId, value: u128) -> DispatchResult {
            T::Currency::transfer(&of, &to, value, Preservation::Expendable).map(drop)
        }
    }
}
