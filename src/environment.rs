//! The types that a chain and its contracts exchange, as metadata.
//!
//! A contract is compiled against concrete types for accounts, balances and so on. Tools compare those
//! with the chain's before they upload, and they find the chain's in the constants declared here.

use crate::{BalanceOf, Config, MomentOf};
use alloc::vec;
use codec::{Decode, Encode};
use core::marker::PhantomData;
use frame_support::DefaultNoBound;
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::{Path, Type, TypeInfo, TypeParameter, build::Fields, meta_type};
#[cfg(feature = "std")]
use serde::{Deserialize, Serialize};

/// Names a type in metadata without holding a value of it: `scale-info` leaves bare `PhantomData` out.
#[derive(Encode, Decode, DefaultNoBound)]
#[cfg_attr(feature = "std", derive(Serialize, Deserialize))]
pub struct EnvironmentType<T>(PhantomData<T>);

/// The chain's types that appear in calls between the pallet and a contract.
#[derive(Encode, Decode, DefaultNoBound)]
#[cfg_attr(feature = "std", derive(Serialize, Deserialize))]
#[cfg_attr(feature = "std", serde(bound(serialize = "", deserialize = "")))]
pub struct Environment<T: Config> {
    account_id: EnvironmentType<T::AccountId>,
    balance: EnvironmentType<BalanceOf<T>>,
    hash: EnvironmentType<T::Hash>,
    hasher: EnvironmentType<T::Hashing>,
    timestamp: EnvironmentType<MomentOf<T>>,
    block_number: EnvironmentType<BlockNumberFor<T>>,
}

/// The version of the host function interface. It rises whenever a stable function is added.
#[derive(Encode, Decode)]
pub struct ApiVersion(u16);

impl Default for ApiVersion {
    fn default() -> Self {
        Self(4)
    }
}

// Written by hand, all three: tools look for the paths `pallet_contracts::Environment` and so on,
// while derived ones would name this file.
impl<T: TypeInfo + 'static> TypeInfo for EnvironmentType<T> {
    type Identity = Self;

    fn type_info() -> Type {
        Type::builder()
            .path(Path::new("EnvironmentType", "pallet_contracts"))
            .type_params(vec![TypeParameter::new("T", Some(meta_type::<T>()))])
            .composite(Fields::unit())
    }
}

impl<T> TypeInfo for Environment<T>
where
    T: Config,
    T::AccountId: TypeInfo,
    BalanceOf<T>: TypeInfo,
    T::Hash: TypeInfo,
    T::Hashing: TypeInfo,
    MomentOf<T>: TypeInfo,
    BlockNumberFor<T>: TypeInfo,
{
    type Identity = Self;

    fn type_info() -> Type {
        let fields = Fields::named()
            .field(|field| {
                field
                    .ty::<EnvironmentType<T::AccountId>>()
                    .name("account_id")
                    .type_name("EnvironmentType<AccountIdOf<T>>")
            })
            .field(|field| {
                field.ty::<EnvironmentType<BalanceOf<T>>>().name("balance").type_name("EnvironmentType<BalanceOf<T>>")
            })
            .field(|field| {
                field
                    .ty::<EnvironmentType<T::Hash>>()
                    .name("hash")
                    .type_name("EnvironmentType<<T as frame_system::Config>::Hash>")
            })
            .field(|field| {
                field
                    .ty::<EnvironmentType<T::Hashing>>()
                    .name("hasher")
                    .type_name("EnvironmentType<<T as frame_system::Config>::Hashing>")
            })
            .field(|field| {
                field.ty::<EnvironmentType<MomentOf<T>>>().name("timestamp").type_name("EnvironmentType<MomentOf<T>>")
            })
            .field(|field| {
                field
                    .ty::<EnvironmentType<BlockNumberFor<T>>>()
                    .name("block_number")
                    .type_name("EnvironmentType<BlockNumberFor<T>>")
            });
        Type::builder()
            .path(Path::new("Environment", "pallet_contracts"))
            .type_params(vec![TypeParameter::new("T", None)])
            .composite(fields)
    }
}

impl TypeInfo for ApiVersion {
    type Identity = Self;

    fn type_info() -> Type {
        Type::builder()
            .path(Path::new("ApiVersion", "pallet_contracts"))
            .composite(Fields::unnamed().field(|field| field.ty::<u16>().type_name("u16")))
    }
}
