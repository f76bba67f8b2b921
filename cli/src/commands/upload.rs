//! `vellum upload`: store code.

use super::{deposit_limit, payer, run::block_rows};
use crate::{
    account::Signer,
    amount,
    args::Upload,
    bundle::{Bundle, code_hash},
    chain::{Chain, store::Notes},
    dispatch,
    exit::{Failure, Outcome},
    hex, judge,
    report::{Report, weight},
};
use codec::Encode;
use pallet_contracts::{CodeUploadResult, Determinism};
use sp_core::H256;
use sp_runtime::DispatchError;
use vellum_runtime::{AccountId, Balance, RuntimeCall};

/// Stores the code of a file, or says what that would cost.
pub fn run(chain: &mut Chain, args: &Upload) -> Outcome<Report> {
    let bundle = Bundle::load(&args.file)?;
    let signer = Signer::named(&args.signing.signer)?;
    let limit = deposit_limit(&args.signing)?;
    upload(chain, &bundle, &signer, limit, args.signing.dry_run)
}

/// Stores the code of a bundle.
pub fn upload(
    chain: &mut Chain,
    bundle: &Bundle,
    signer: &Signer,
    limit: Option<u128>,
    dry_run: bool,
) -> Outcome<Report> {
    let code = bundle.required_code()?.to_vec();
    let hash = code_hash(&code);
    let mut report = Report::default();
    let verb = if dry_run { "Try to upload" } else { "Upload" };
    report.heading(format!("{verb} {} ({} bytes)", bundle.path, amount::group(code.len() as u64)));
    if let Some(note) = &bundle.note {
        report.row("note", note).field("note", note.clone());
    }
    if let Some(warning) = judge::warning(&code) {
        report.row("warning", warning).field("warning", warning);
    }
    report.row("code hash", hex::encode(hash));
    report.field("code_hash", hex::encode(hash)).field("code_bytes", code.len());
    let stored = chain.has_code(&hash);
    report.field("already_stored", stored);
    if !dry_run {
        payer(chain, signer)?;
    }
    let trial = trial(chain, signer.account(), &code, limit)?;
    let deposit = trial.map_err(|error| refusal(&code, &error))?.deposit;
    if stored {
        report.row("note", "the chain has this code already: nothing is held for it again");
    } else {
        report.row("deposit", format!("{} held", amount::show(deposit)));
    }
    report.field("deposit", if stored { 0 } else { deposit }.to_string());
    let call = RuntimeCall::Contracts(pallet_contracts::Call::upload_code {
        code,
        storage_deposit_limit: limit.map(Into::into),
        determinism: Determinism::Enforced,
    });
    report.field("executed", !dry_run);
    if dry_run {
        let cost = judge::call_weight(&call);
        report.row("weight", weight::text(cost)).field("weight", weight::json(cost));
        return Ok(report);
    }
    let notes =
        Notes { metadata: bundle.metadata.as_ref().map(|described| (hash, described.json.clone())), name: None };
    let (included, ()) = chain.submit(signer, call, notes, |run| run())?;
    block_rows(&mut report, &included);
    report.row("weight", weight::text(included.weight)).field("weight", weight::json(included.weight));
    if let Err(error) = included.outcome {
        report.fail(dispatch::failure("the upload", &error));
    }
    Ok(report)
}

/// What the chain says to an upload.
pub fn trial(
    chain: &Chain,
    payer: AccountId,
    code: &[u8],
    limit: Option<Balance>,
) -> Outcome<CodeUploadResult<H256, Balance>> {
    let arguments = (payer, code, limit, Determinism::Enforced).encode();
    let (answer, ()) = chain.dry_run("ContractsApi_upload_code", &arguments, |run| run())?;
    Ok(answer)
}

/// Why code is not stored: the rule and the place if it is about the code itself.
pub fn refusal(code: &[u8], error: &DispatchError) -> Failure {
    match judge::rejection(code) {
        Some(rejection) if judge::is_about_code(error) => {
            rejection.failure().help("`vellum inspect FILE` shows what is in the code and how near it is to each limit")
        }
        _ => dispatch::failure("the upload", error),
    }
}
