//! Who started a call stack.

use crate::Config;
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::DebugNoBound;
use frame_system::{RawOrigin, pallet_prelude::OriginFor};
use scale_info::{
    Path, Type, TypeInfo, TypeParameter,
    build::{Fields, Variants},
    meta_type,
};
use sp_runtime::{DispatchError, traits::BadOrigin};

/// The caller of a contract: an account, or the chain's governance.
#[derive(Clone, Encode, Decode, DecodeWithMemTracking, PartialEq, DebugNoBound)]
pub enum Origin<T: Config> {
    /// The root origin. It pays no deposit and may move no value, for it has no account.
    Root,
    /// A plain account or a contract.
    Signed(T::AccountId),
}

impl<T: Config> Origin<T> {
    /// The origin of an account.
    pub fn from_account_id(account_id: T::AccountId) -> Self {
        Origin::Signed(account_id)
    }

    /// The contract origin of a runtime origin. Fails with [`BadOrigin`] if that is neither root nor
    /// signed.
    pub fn from_runtime_origin(origin: OriginFor<T>) -> Result<Self, DispatchError> {
        match origin.into() {
            Ok(RawOrigin::Root) => Ok(Self::Root),
            Ok(RawOrigin::Signed(account_id)) => Ok(Self::Signed(account_id)),
            _ => Err(BadOrigin.into()),
        }
    }

    /// The account of a signed origin. Fails with [`DispatchError::RootNotAllowed`] for root.
    pub fn account_id(&self) -> Result<&T::AccountId, DispatchError> {
        match self {
            Origin::Signed(account_id) => Ok(account_id),
            Origin::Root => Err(DispatchError::RootNotAllowed),
        }
    }
}

// Written by hand because generated client code knows this type as `pallet_contracts::Origin`, while
// the derived path would name this file.
impl<T: Config + TypeInfo + 'static> TypeInfo for Origin<T> {
    type Identity = Self;

    fn type_info() -> Type {
        Type::builder()
            .path(Path::new("Origin", "pallet_contracts"))
            .type_params(alloc::vec![TypeParameter::new("T", Some(meta_type::<T>()))])
            .variant(Variants::new().variant("Root", |variant| variant.index(0)).variant("Signed", |variant| {
                variant
                    .index(1)
                    .fields(Fields::unnamed().field(|field| field.ty::<T::AccountId>().type_name("T::AccountId")))
            }))
    }
}
