//! What a change of storage costs in deposit.
//!
//! Added storage is charged at today's price. Removed storage gives back its share of what the contract
//! has paid so far, whatever the price was then, so a change of prices can neither mint nor burn.

use crate::{BalanceOf, Config, ContractInfo, StorageDeposit};
use frame_support::traits::Get;
use sp_runtime::{FixedPointNumber, FixedU128, traits::Saturating};

#[cfg(test)]
mod tests;

/// A deposit in the chain's currency.
pub(crate) type DepositOf<T> = StorageDeposit<BalanceOf<T>>;

/// How much storage was added and removed.
#[derive(Default, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Diff {
    /// Bytes of values added.
    pub bytes_added: u32,
    /// Bytes of values removed.
    pub bytes_removed: u32,
    /// Items added.
    pub items_added: u32,
    /// Items removed.
    pub items_removed: u32,
}

impl Diff {
    /// What a value of `old` bytes that becomes one of `new` bytes changes. `None` is no value.
    pub(crate) fn of_write(old: Option<u32>, new: Option<u32>) -> Self {
        let (old_len, new_len) = (old.unwrap_or(0), new.unwrap_or(0));
        Self {
            bytes_added: new_len.saturating_sub(old_len),
            bytes_removed: old_len.saturating_sub(new_len),
            items_added: u32::from(old.is_none() && new.is_some()),
            items_removed: u32::from(old.is_some() && new.is_none()),
        }
    }

    /// The price of the storage added, net of what was removed. For storage that belongs to no
    /// contract, or that cannot shrink.
    pub(crate) fn charge<T: Config>(&self) -> BalanceOf<T> {
        let (bytes, items) = self.net_added();
        T::DepositPerByte::get()
            .saturating_mul(bytes.into())
            .saturating_add(T::DepositPerItem::get().saturating_mul(items.into()))
    }

    /// Books the change in the contract's info and returns what it costs or gives back.
    pub(crate) fn apply<T: Config>(&self, info: &mut ContractInfo<T>) -> DepositOf<T> {
        let (bytes_added, items_added) = self.net_added();
        let (bytes_removed, items_removed) = self.net_removed();

        let bytes = Self::deposit::<T>(
            T::DepositPerByte::get().saturating_mul(bytes_added.into()),
            share(bytes_removed, info.storage_bytes, info.storage_byte_deposit),
        );
        let items = Self::deposit::<T>(
            T::DepositPerItem::get().saturating_mul(items_added.into()),
            share(items_removed, info.storage_items, info.storage_item_deposit),
        );

        info.storage_bytes = info.storage_bytes.saturating_add(bytes_added).saturating_sub(bytes_removed);
        info.storage_items = info.storage_items.saturating_add(items_added).saturating_sub(items_removed);
        book(&mut info.storage_byte_deposit, &bytes);
        book(&mut info.storage_item_deposit, &items);
        bytes.saturating_add(&items)
    }

    /// The sum of two changes.
    pub(crate) fn saturating_add(&self, other: &Self) -> Self {
        Self {
            bytes_added: self.bytes_added.saturating_add(other.bytes_added),
            bytes_removed: self.bytes_removed.saturating_add(other.bytes_removed),
            items_added: self.items_added.saturating_add(other.items_added),
            items_removed: self.items_removed.saturating_add(other.items_removed),
        }
    }

    fn net_added(&self) -> (u32, u32) {
        (self.bytes_added.saturating_sub(self.bytes_removed), self.items_added.saturating_sub(self.items_removed))
    }

    fn net_removed(&self) -> (u32, u32) {
        (self.bytes_removed.saturating_sub(self.bytes_added), self.items_removed.saturating_sub(self.items_added))
    }

    fn deposit<T: Config>(charge: BalanceOf<T>, refund: BalanceOf<T>) -> DepositOf<T> {
        StorageDeposit::Charge(charge).saturating_add(&StorageDeposit::Refund(refund))
    }
}

/// The part of `deposit` that `removed` of `total` has paid. The ratio is a [`FixedU128`], rounded as
/// that type rounds, because clients can recompute it.
fn share<Balance: sp_runtime::FixedPointOperand>(removed: u32, total: u32, deposit: Balance) -> Balance {
    FixedU128::checked_from_rational(removed, total)
        .unwrap_or_default()
        .min(FixedU128::from_u32(1))
        .saturating_mul_int(deposit)
}

fn book<Balance: Saturating + Copy>(held: &mut Balance, change: &StorageDeposit<Balance>) {
    *held = match change {
        StorageDeposit::Charge(amount) => held.saturating_add(*amount),
        StorageDeposit::Refund(amount) => held.saturating_sub(*amount),
    };
}
