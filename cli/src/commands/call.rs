//! `vellum call`: call a message.

use super::{
    code_of, deposit_limit, find_contract, parse_hex, parse_value, payer,
    run::{self, Subject, Trial},
};
use crate::{
    account::Signer,
    args::Call,
    bundle::Bundle,
    chain::{Chain, store::Notes},
    exit::{Failure, Outcome},
    listen,
    metadata::{Entry, Kind, Metadata, encode},
    report::{Report, events::stored_metadata},
};
use codec::Encode;
use frame_support::weights::Weight;
use pallet_contracts::ContractExecResult;
use vellum_runtime::{AccountId, Balance, RuntimeCall};

/// Everything that a call is made from.
struct Order {
    contract: AccountId,
    input: Vec<u8>,
    value: Balance,
    deposit_limit: Option<Balance>,
}

/// Calls a message. One that only reads makes no block unless it is asked for.
pub fn run(chain: &mut Chain, args: &Call) -> Outcome<Report> {
    let signer = Signer::named(&args.signing.signer)?;
    let contract = find_contract(chain, &args.contract)?;
    let code_hash = code_of(chain, &contract)?;
    let metadata = match &args.metadata {
        Some(file) => Some(
            Bundle::load(file)?
                .metadata
                .map(|described| described.metadata)
                .ok_or_else(|| Failure::usage(format!("{} holds no metadata", file.display())))?,
        ),
        None => stored_metadata(chain, &code_hash)?,
    };
    let (entry, input) = message(metadata.as_ref(), args)?;
    let origin = signer.account();
    let order = Order {
        contract: contract.clone(),
        input,
        value: parse_value(&args.running, entry)?,
        deposit_limit: deposit_limit(&args.signing)?,
    };
    let label = entry.map_or("raw data", |entry| entry.label.as_str());
    let subject = Subject {
        what: format!("the call of {}", entry.map_or(label.into(), |entry| format!("`{}`", entry.label))),
        contract: Some(contract),
        metadata: metadata.as_ref(),
        entry,
    };
    let only_reads = entry.is_some_and(|entry| !entry.mutates) && !args.execute;
    let dry_run = args.signing.dry_run || only_reads;
    if !dry_run {
        payer(chain, &signer)?;
    }
    let trial = trial(chain, &origin, &order, run::trial_limit(&args.running))?;
    let failed = trial.failure(&subject.what, None).is_some();
    let is_sent = !dry_run && (!failed || args.running.force);

    let mut report = Report::default();
    let verb = if is_sent { "Call" } else { "Dry-run" };
    report.heading(format!("{verb} {}: {}", args.contract, call_text(label, args)));
    run::subject_fields(&mut report, &subject, &args.signing, &origin);
    if !is_sent {
        run::report_trial(&mut report, chain, &subject, &trial)?;
        if !dry_run {
            report.row("note", "nothing was sent; --force sends it anyway");
        }
        return Ok(report);
    }
    let call = order.call(run::sent_limit(&args.running, &trial));
    let (included, profile) = chain.submit(&signer, call, Notes::default(), run::observe)?;
    run::report_included(&mut report, chain, &subject, &trial, &included, &profile)?;
    Ok(report)
}

fn call_text(label: &str, args: &Call) -> String {
    if args.running.data.is_some() {
        return label.to_owned();
    }
    let named = args.running.named.iter().map(|(name, value)| format!("{name}: {value}"));
    let texts: Vec<_> = args.running.args.iter().cloned().chain(named).collect();
    format!("{label}({})", texts.join(", "))
}

fn message<'a>(metadata: Option<&'a Metadata>, args: &Call) -> Outcome<(Option<&'a Entry>, Vec<u8>)> {
    let running = &args.running;
    if let Some(data) = &running.data {
        let input = parse_hex("--data", data)?;
        let entry = metadata.and_then(|it| it.messages.iter().find(|entry| input.starts_with(&entry.selector)));
        return Ok((entry, input));
    }
    let Some(metadata) = metadata else {
        return Err(Failure::usage(format!("the contract {} came without metadata", args.contract))
            .help("give --metadata FILE, or the raw input with --data"));
    };
    let Some(message) = &args.message else {
        return Err(Failure::usage("which message?").help(metadata.list(Kind::Message)));
    };
    let entry = metadata.entry(Kind::Message, message)?;
    let input = encode::input(metadata, entry, &running.args, &running.named)?;
    Ok((Some(entry), input))
}

fn trial(chain: &Chain, origin: &AccountId, order: &Order, limit: Weight) -> Outcome<Trial> {
    let arguments = (origin, &order.contract, order.value, Some(limit), order.deposit_limit, &order.input).encode();
    let (tried, log) = listen::to(|| chain.dry_run("ContractsApi_call", &arguments, run::observe));
    let (result, profile) = tried?;
    let result: ContractExecResult<_, _> = result;
    Ok(Trial::new(result, profile, log, |returned| returned))
}

impl Order {
    fn call(self, gas_limit: Weight) -> RuntimeCall {
        RuntimeCall::Contracts(pallet_contracts::Call::call {
            dest: self.contract.into(),
            value: self.value,
            gas_limit,
            storage_deposit_limit: self.deposit_limit.map(Into::into),
            data: self.input,
        })
    }
}
