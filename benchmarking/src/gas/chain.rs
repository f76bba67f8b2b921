//! What a chain charges beside the engine's own prices.

/// Prices of a chain that audits need, in picoseconds of `ref_time`; what its database takes is not in them.
#[derive(Clone, Debug)]
pub struct ChainPrices {
    /// For each byte of code that is uploaded.
    pub upload_byte: u64,
    /// For each byte of code that a call loads.
    pub load_byte: u64,
    /// For a unit of fuel of wasmi 0.32.3 under pallet-contracts.
    pub wasmi_fuel: u64,
    /// What of the build changes what is measured, if anything does.
    pub caution: Option<&'static str>,
}

impl ChainPrices {
    /// Those of pallet-contracts 51 with its own weights: `upload_code_determinism_enforced` and `call_with_code_per_byte` for each
    /// byte, and `InstructionWeights::default().base`, which is a sixth of what a step of `instr_i64_load_store` takes.
    pub const fn pallet_contracts_51() -> Self {
        Self { upload_byte: 48_635, load_byte: 1_175, wasmi_fuel: 7_556 / 6, caution: None }
    }
}
