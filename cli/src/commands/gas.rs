//! `vellum gas`: whether prices tell the truth. The measuring is `vellum-benchmarking`'s; what the chain charges beside
//! the engine's prices comes from the weights of the development chain.

use crate::{
    exit::{Code, Failure, Outcome},
    report::Report,
};
use pallet_contracts::weights::WeightInfo;
use vellum_benchmarking::gas::{self, ChainPrices, Command};

/// Audits or searches.
pub fn run(command: &Command) -> Outcome<Report> {
    let found = gas::run(command, &prices()).map_err(|error| Failure::new(Code::Other, format!("{error:#}")))?;
    let mut report = Report::default();
    for line in found.text.lines() {
        report.line(line);
    }
    for (key, value) in found.json.as_object().into_iter().flatten() {
        report.field(key, value.clone());
    }
    Ok(report)
}

/// What the development chain charges for bytes of code.
fn prices() -> ChainPrices {
    type Weights = <vellum_runtime::Runtime as pallet_contracts::Config>::WeightInfo;
    let byte = |weight: fn(u32) -> frame_support::weights::Weight| weight(1).saturating_sub(weight(0)).ref_time();
    ChainPrices {
        upload_byte: byte(Weights::upload_code_determinism_enforced),
        load_byte: byte(Weights::call_with_code_per_byte),
        caution: Some(
            "the engine of this program also records profiles, which makes translation dearer than a node's: first calls and \
             uploads look worse than they are",
        ),
        ..ChainPrices::pallet_contracts_51()
    }
}
