//! What [`Config::Xcm`](crate::Config::Xcm) has to be.
//!
//! With the feature `xcm` it is whatever implements `xcm_builder::Controller`, as under pallet-contracts:
//! `pallet_xcm::Pallet<Runtime>` on chains that have XCM, `()` on others. Without the feature it is `()`, and
//! no crate of XCM is compiled.

use crate::Config;
use codec::{Decode, MaxEncodedLen};
use frame_support::{dispatch::DispatchErrorWithPostInfo, weights::Weight};
use frame_system::pallet_prelude::OriginFor;
use sp_runtime::DispatchError;

/// The hash that names a message on its way.
pub type MessageId = [u8; 32];

/// Executes and sends XCM programs for contracts.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be `Config::Xcm`",
    label = "without XCM this is `()`",
    note = "a chain with XCM enables the feature `xcm` of this crate and sets `type Xcm = pallet_xcm::Pallet<Self>`"
)]
pub trait Controller<T: Config> {
    /// A program to execute here.
    type Program: Decode;
    /// A program to send.
    type Message: Decode;
    /// Where to.
    type Destination: Decode + MaxEncodedLen;

    /// What executing costs besides what the program does.
    fn execute_weight() -> Weight;

    /// What sending costs.
    fn send_weight() -> Weight;

    /// Executes a program that may take no more than `max_weight`, and returns what it took.
    ///
    /// # Errors
    /// If it cannot be executed, or fails.
    fn execute(
        origin: OriginFor<T>,
        program: Self::Program,
        max_weight: Weight,
    ) -> Result<Weight, DispatchErrorWithPostInfo>;

    /// Sends a message and returns its id.
    ///
    /// # Errors
    /// If it cannot be sent.
    fn send(origin: OriginFor<T>, dest: Self::Destination, message: Self::Message) -> Result<MessageId, DispatchError>;
}

/// `()` on a chain without XCM: no program can be executed, and every message is sent to nowhere.
#[cfg(not(feature = "xcm"))]
mod absent {
    use super::*;
    use codec::{Error, Input};
    use frame_support::dispatch::WithPostDispatchInfo;

    /// Bytes that nobody looks at.
    pub struct Unread;

    impl Decode for Unread {
        fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
            while input.remaining_len()?.is_none_or(|len| len > 0) {
                input.read_byte()?;
            }
            Ok(Self)
        }
    }

    impl<T: Config> Controller<T> for () {
        type Program = Unread;
        type Message = Unread;
        type Destination = ();

        fn execute_weight() -> Weight {
            Weight::zero()
        }

        fn send_weight() -> Weight {
            Weight::zero()
        }

        fn execute(_: OriginFor<T>, _: Unread, _: Weight) -> Result<Weight, DispatchErrorWithPostInfo> {
            Err(DispatchError::Other("this chain executes no XCM").with_weight(Weight::zero()))
        }

        fn send(_: OriginFor<T>, (): (), _: Unread) -> Result<MessageId, DispatchError> {
            Ok(MessageId::default())
        }
    }
}

#[cfg(feature = "xcm")]
mod present {
    use super::*;
    use alloc::boxed::Box;
    use frame_system::pallet_prelude::BlockNumberFor;
    use xcm::{VersionedLocation, VersionedXcm};
    use xcm_builder::{ExecuteController, ExecuteControllerWeightInfo, SendController, SendControllerWeightInfo};

    type CallOf<T> = <T as frame_system::Config>::RuntimeCall;
    type ExecuteWeightInfo<T, X> = <X as ExecuteController<OriginFor<T>, CallOf<T>>>::WeightInfo;
    type SendWeightInfo<T, X> = <X as SendController<OriginFor<T>>>::WeightInfo;

    impl<T: Config, X: xcm_builder::Controller<OriginFor<T>, CallOf<T>, BlockNumberFor<T>>> Controller<T> for X {
        type Program = VersionedXcm<CallOf<T>>;
        type Message = VersionedXcm<()>;
        type Destination = VersionedLocation;

        fn execute_weight() -> Weight {
            <ExecuteWeightInfo<T, X> as ExecuteControllerWeightInfo>::execute()
        }

        fn send_weight() -> Weight {
            <SendWeightInfo<T, X> as SendControllerWeightInfo>::send()
        }

        fn execute(
            origin: OriginFor<T>,
            program: Self::Program,
            max_weight: Weight,
        ) -> Result<Weight, DispatchErrorWithPostInfo> {
            <X as ExecuteController<OriginFor<T>, CallOf<T>>>::execute(origin, Box::new(program), max_weight)
        }

        fn send(
            origin: OriginFor<T>,
            dest: Self::Destination,
            message: Self::Message,
        ) -> Result<MessageId, DispatchError> {
            <X as SendController<OriginFor<T>>>::send(origin, Box::new(dest), Box::new(message))
        }
    }
}
