//! `vellum remove`: give stored code back for its deposit.

use super::{parse_hash, payer, run::block_rows};
use crate::{
    account::Signer,
    args::Remove,
    bundle::{Bundle, code_hash},
    chain::{Chain, store::Notes},
    dispatch,
    exit::Outcome,
    hex,
    report::{Report, events, weight},
};
use std::path::Path;
use vellum_runtime::RuntimeCall;

/// Removes code that no contract uses.
pub fn run(chain: &mut Chain, args: &Remove) -> Outcome<Report> {
    let signer = Signer::named(&args.signer)?;
    payer(chain, &signer)?;
    let hash = match parse_hash(&args.code) {
        Some(hash) => hash,
        None => code_hash(Bundle::load(Path::new(&args.code))?.required_code()?),
    };
    let mut report = Report::default();
    report.heading("Remove code");
    report.row("code hash", hex::encode(hash)).field("code_hash", hex::encode(hash));
    let call = RuntimeCall::Contracts(pallet_contracts::Call::remove_code { code_hash: hash });
    let (included, ()) = chain.submit(&signer, call, Notes::default(), |run| run())?;
    events::Reader::new(chain, None, None).report(&mut report, &included.events)?;
    block_rows(&mut report, &included);
    report.row("weight", weight::text(included.weight)).field("weight", weight::json(included.weight));
    if let Err(error) = included.outcome {
        report.fail(dispatch::failure("the removal", &error));
    }
    Ok(report)
}
