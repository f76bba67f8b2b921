//! Amounts of the chain's currency: names for powers of ten.

use crate::Balance;

/// How many decimals tools show.
pub const DECIMALS: u8 = 12;
/// One whole unit of the currency.
pub const UNIT: Balance = 1_000_000_000_000;
/// A thousandth of a unit.
pub const MILLIUNIT: Balance = UNIT / 1_000;
/// The name that tools show after an amount.
pub const SYMBOL: &str = "UNIT";
/// What an account must hold to exist.
pub const EXISTENTIAL_DEPOSIT: Balance = MILLIUNIT;

/// What storing `items` entries of together `bytes` bytes ties up: a tenth of a unit per entry and 5 millionths
/// per byte, the figures of the usual contracts development chain, so that deposits look familiar.
pub const fn deposit(items: u32, bytes: u32) -> Balance {
    (items as Balance * UNIT + bytes as Balance * (5 * MILLIUNIT / 100)) / 10
}
