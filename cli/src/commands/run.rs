//! What instantiating and calling share: the dry run, the transaction after it, and the report of both.

use crate::{
    account, amount,
    args::{Running, Signing},
    chain::{Chain, Included, block::Event},
    dispatch,
    exit::{Code, Failure, Outcome},
    metadata::{Entry, Metadata, outcome},
    profile::{self, Profile},
    report::{Report, events, weight},
};
use frame_support::weights::Weight;
use pallet_contracts::{ContractResult, ExecReturnValue, StorageDeposit};
use serde_json::{Value, json};
use sp_core::crypto::Ss58Codec;
use sp_runtime::DispatchError;
use vellum_runtime::{AccountId, BLOCK_WEIGHT_MAX, Balance};

/// What a dry run found out.
pub struct Trial {
    /// What came back, or why nothing did.
    pub outcome: Result<ExecReturnValue, DispatchError>,
    /// What the contract spent.
    pub consumed: Weight,
    /// What it must be given.
    pub required: Weight,
    /// What it ties up or frees.
    pub deposit: StorageDeposit<Balance>,
    /// What it printed.
    pub debug: String,
    /// What it emitted.
    pub events: Vec<Event>,
    /// What it spent its weight on.
    pub profile: Profile,
    /// What the pallet said about it, such as which trap it was.
    pub log: Vec<String>,
}

impl Trial {
    /// Takes the pallet's answer apart.
    pub fn new<R>(
        result: ContractResult<Result<R, DispatchError>, Balance, Event>,
        profile: Profile,
        log: Vec<String>,
        returned: impl FnOnce(R) -> ExecReturnValue,
    ) -> Self {
        // The dry run comes behind the clock's inherent, as the transaction will.
        let phase = frame_system::Phase::ApplyExtrinsic(1);
        Self {
            outcome: result.result.map(returned),
            consumed: result.gas_consumed,
            required: result.gas_required,
            deposit: result.storage_deposit,
            debug: String::from_utf8_lossy(&result.debug_message).into_owned(),
            events: result.events.into_iter().flatten().filter(|event| event.phase == phase).collect(),
            profile,
            log,
        }
    }

    /// Why nothing should be sent, if so.
    pub fn failure(&self, what: &str, returned: Option<&outcome::Returned>) -> Option<Failure> {
        match &self.outcome {
            Ok(value) if value.did_revert() => {
                let why = returned.map(|returned| returned.text.clone()).unwrap_or_default();
                Some(
                    Failure::new(Code::Revert, format!("{what} reverted with {why}"))
                        .help("the contract undid its changes; what it returned says why"),
                )
            }
            Ok(_) => None,
            Err(error) => {
                let mut failure = dispatch::failure(what, error);
                // The last trap is the one that nobody survived.
                if failure.code == Code::Trap
                    && let Some(last) = self.log.last()
                {
                    let reason = last.strip_prefix("contract trapped: ").unwrap_or(last);
                    failure.message.push_str(&format!(": {reason}"));
                }
                Some(failure)
            }
        }
    }
}

/// The limit that a dry run gets: what the user named, a whole block otherwise.
pub fn trial_limit(running: &Running) -> Weight {
    Weight::from_parts(
        running.gas.unwrap_or(BLOCK_WEIGHT_MAX.ref_time()),
        running.proof_size.unwrap_or(BLOCK_WEIGHT_MAX.proof_size()),
    )
}

/// The limit that the transaction gets: what the user named, what the dry run needed otherwise.
pub fn sent_limit(running: &Running, trial: &Trial) -> Weight {
    Weight::from_parts(
        running.gas.unwrap_or(trial.required.ref_time()),
        running.proof_size.unwrap_or(trial.required.proof_size()),
    )
}

/// What is run, for reports.
pub struct Subject<'a> {
    /// "the call of `flip`" and the like.
    pub what: String,
    /// The contract's account.
    pub contract: Option<AccountId>,
    /// What describes its data.
    pub metadata: Option<&'a Metadata>,
    /// What was run.
    pub entry: Option<&'a Entry>,
}

impl Subject<'_> {
    /// What the trial returned, in words.
    pub fn returned(&self, trial: &Trial) -> Option<outcome::Returned> {
        let value = trial.outcome.as_ref().ok()?;
        Some(outcome::read(self.metadata, self.entry, &value.data, value.did_revert()))
    }

    fn reader<'a>(&'a self, chain: &'a Chain) -> events::Reader<'a> {
        events::Reader::new(chain, self.contract.clone(), self.metadata)
    }
}

/// Reports a dry run that stays one.
pub fn report_trial(report: &mut Report, chain: &Chain, subject: &Subject, trial: &Trial) -> Outcome<()> {
    let returned = subject.returned(trial);
    report.field("executed", false);
    result_rows(report, trial, returned.as_ref());
    let failure = trial.failure(&subject.what, returned.as_ref());
    // What failed is undone as a whole, its events too.
    let events = if failure.is_none() { trial.events.as_slice() } else { &[] };
    subject.reader(chain).report(report, events)?;
    deposit_row(report, &trial.deposit);
    weight_rows(report, trial, None, &trial.profile);
    if let Some(failure) = failure {
        report.fail(failure);
    }
    Ok(())
}

/// Reports a transaction together with the dry run before it, which knows what was returned.
pub fn report_included(
    report: &mut Report,
    chain: &Chain,
    subject: &Subject,
    trial: &Trial,
    included: &Included,
    profile: &Profile,
) -> Outcome<()> {
    let returned = subject.returned(trial);
    report.field("executed", true);
    result_rows(report, trial, returned.as_ref());
    subject.reader(chain).report(report, &included.events)?;
    deposit_row(report, &trial.deposit);
    block_rows(report, included);
    weight_rows(report, trial, Some(included.weight), profile);
    if let Err(error) = &included.outcome {
        // A revert is an error of the transaction; the dry run knows what was returned.
        let failure = trial.failure(&subject.what, returned.as_ref());
        report.fail(failure.unwrap_or_else(|| dispatch::failure(&subject.what, error)));
    }
    Ok(())
}

fn result_rows(report: &mut Report, trial: &Trial, returned: Option<&outcome::Returned>) {
    if let Some(returned) = returned {
        let reverted = trial.outcome.as_ref().is_ok_and(ExecReturnValue::did_revert);
        let prefix = if reverted { "reverted: " } else { "" };
        report.row("result", format!("{prefix}{}", returned.text));
        let data = trial.outcome.as_ref().map(|value| crate::hex::encode(&value.data));
        report.field(
            "result",
            json!({
                "reverted": reverted,
                "value": returned.json,
                "text": returned.literal,
                "data": data.unwrap_or_default(),
            }),
        );
    } else {
        report.field("result", Value::Null);
    }
    if !trial.log.is_empty() {
        report.row("log", trial.log.join("\n"));
    }
    report.field("log", trial.log.clone());
    if !trial.debug.is_empty() {
        report.row("debug", trial.debug.trim_end());
    }
    report.field("debug_message", trial.debug.clone());
}

fn deposit_row(report: &mut Report, deposit: &StorageDeposit<Balance>) {
    let (text, kind, amount) = match deposit {
        StorageDeposit::Charge(0) | StorageDeposit::Refund(0) => ("none".to_owned(), "charge", 0),
        StorageDeposit::Charge(held) => (format!("{} held", amount::show(*held)), "charge", *held),
        StorageDeposit::Refund(freed) => (format!("{} returned", amount::show(*freed)), "refund", *freed),
    };
    report.row("deposit", text);
    report.field("storage_deposit", json!({ "kind": kind, "amount": amount.to_string() }));
}

/// The block that holds a transaction, and what it cost.
pub fn block_rows(report: &mut Report, included: &Included) {
    report.row("block", format!("{}, fee {}", included.block, amount::show(included.fee)));
    report.field("block", json!({ "number": included.block, "hash": crate::hex::encode(included.block_hash) }));
    report.field("fee", included.fee.to_string());
}

fn weight_rows(report: &mut Report, trial: &Trial, transaction: Option<Weight>, profile: &Profile) {
    report.row("weight", weight::text(trial.consumed));
    if trial.required != trial.consumed {
        report.row("required", weight::text(trial.required));
    }
    let mut json = json!({
        "consumed": weight::json(trial.consumed),
        "required": weight::json(trial.required),
        "profile": weight::profile_json(profile, trial.consumed),
    });
    if let Some(transaction) = transaction {
        report.row("transaction", weight::text(transaction));
        json["transaction"] = weight::json(transaction);
    }
    report.field("weight", json);
    weight::profile(report, profile, trial.consumed);
}

/// Adds who signed and which contract it is about.
pub fn subject_fields(report: &mut Report, subject: &Subject, signing: &Signing, signer: &AccountId) {
    if let Some(contract) = &subject.contract {
        report.row("contract", account::show(contract));
        report.field("contract", contract.to_ss58check());
    }
    report.field("signer", json!({ "name": signing.signer, "account": signer.to_ss58check() }));
    if let Some(entry) = subject.entry {
        report.field("entry", entry.label.clone());
    }
}

/// Measures what it runs.
pub fn observe(run: &mut dyn FnMut()) -> Profile {
    profile::record(run).1
}
