//! Price tables that differ from a given one in some classes: how much of a charge is theirs shows in the difference.

use vellum_engine::{FreeTransfer, GasClass, PriceTable};

/// Without a price for first calls: what instructions cost whose functions have been called before.
pub(super) fn without_first_calls(prices: &PriceTable) -> Result<PriceTable, FreeTransfer> {
    let first = [GasClass::FirstCall, GasClass::FirstCallByte, GasClass::FirstCallLocal];
    repriced(|class| if first.contains(&class) { 0 } else { prices.price(class) })
}

/// With one class twice as dear, or none.
pub(super) fn doubled(prices: &PriceTable, doubled: Option<GasClass>) -> Result<PriceTable, FreeTransfer> {
    repriced(|class| prices.price(class).saturating_mul(if doubled == Some(class) { 2 } else { 1 }))
}

fn repriced(price: impl Fn(GasClass) -> u32) -> Result<PriceTable, FreeTransfer> {
    let mut prices = [0; GasClass::COUNT];
    prices.iter_mut().zip(GasClass::ALL).for_each(|(to, class)| *to = price(*class));
    PriceTable::new(prices)
}
