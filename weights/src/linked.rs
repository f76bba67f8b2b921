//! Prices in picoseconds per unit. Provisional: replaced by the first calibration.

/// In the order of `GasClass::ALL`.
pub(crate) const PRICES: [u32; vellum_engine::GasClass::COUNT] = [
    0, 700, 700, 1_200, 1_200, 1_200, 1_500, 6_000, 1_500, 1_500, 1_500, 3_000, 6_000, 8_000, 4_000, 3_000, 200, 600,
    60, 6_000_000, 300_000, 30_000, 20_000, 2_000_000, 3_000_000, 10_000, 200, 1_500, 6_000, 3_000, 300, 3_000,
];
