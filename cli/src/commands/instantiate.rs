//! `vellum instantiate`: make a contract.

use super::{
    deposit_limit, parse_hash, parse_hex, parse_value, payer,
    run::{self, Subject, Trial},
    upload,
};
use crate::{
    account::{self, Signer},
    args::Instantiate,
    bundle::{Bundle, code_hash},
    chain::{Chain, store::Notes},
    exit::{Code as ExitCode, Failure, Outcome},
    judge, listen,
    metadata::{Entry, Kind, Metadata, encode},
    report::{Report, events::stored_metadata},
};
use codec::Encode;
use frame_support::weights::Weight;
use pallet_contracts::{Code, ContractInstantiateResult};
use sp_core::H256;
use std::path::Path;
use vellum_runtime::{AccountId, Balance, Contracts, RuntimeCall};

/// Where the code comes from.
enum Source {
    /// A file that may not be stored yet.
    File(Box<Bundle>),
    /// Stored code, with the metadata that came with it.
    Stored(H256, Option<Box<Metadata>>),
}

impl Source {
    fn find(chain: &Chain, text: &str) -> Outcome<Self> {
        match parse_hash(text) {
            Some(hash) if !Path::new(text).exists() => {
                Ok(Self::Stored(hash, stored_metadata(chain, &hash)?.map(Box::new)))
            }
            _ => Ok(Self::File(Box::new(Bundle::load(Path::new(text))?))),
        }
    }

    fn metadata(&self) -> Option<&Metadata> {
        match self {
            Self::File(bundle) => bundle.metadata(),
            Self::Stored(_, metadata) => metadata.as_deref(),
        }
    }

    fn name(&self) -> Option<String> {
        match self {
            Self::File(bundle) => Some(bundle.contract_name()),
            Self::Stored(_, metadata) => metadata.as_ref().map(|metadata| metadata.name.clone()),
        }
    }
}

/// Everything that a new contract is made from.
struct Order {
    code: Code<H256>,
    hash: H256,
    input: Vec<u8>,
    salt: Vec<u8>,
    value: Balance,
    deposit_limit: Option<Balance>,
}

/// Makes a contract, or says what that would do.
pub fn run(chain: &mut Chain, args: &Instantiate) -> Outcome<Report> {
    let source = Source::find(chain, &args.code)?;
    run_from(chain, args, &source)
}

/// Makes a contract of a bundle that is already read.
pub fn run_bundle(chain: &mut Chain, args: &Instantiate, bundle: Bundle) -> Outcome<Report> {
    run_from(chain, args, &Source::File(Box::new(bundle)))
}

fn run_from(chain: &mut Chain, args: &Instantiate, source: &Source) -> Outcome<Report> {
    let signer = Signer::named(&args.signing.signer)?;
    let (entry, input) = constructor(source.metadata(), args)?;
    let order = order(chain, args, source, entry, input)?;
    let origin = signer.account();
    let contract = Contracts::contract_address(&origin, &order.hash, &order.input, &order.salt);
    if let Some(name) = args.name.as_ref().filter(|name| !account::is_contract_name(name)) {
        return Err(Failure::usage(format!("a contract cannot be named `{name}`"))
            .help("a name has letters, digits, `_`, `-` and `.`, and is no account's: choose another with --name"));
    }
    // A name in metadata that is somebody else's is left out: the contract has its address.
    let name = args.name.clone().or_else(|| source.name().filter(|name| account::is_contract_name(name)));
    let label = name.clone().unwrap_or_else(|| "a contract".into());
    let subject = Subject {
        what: format!("the instantiation of {label}"),
        contract: Some(contract.clone()),
        metadata: source.metadata(),
        entry,
    };
    let mut report = Report::default();
    let verb = if args.signing.dry_run { "Try to instantiate" } else { "Instantiate" };
    let how = entry.map(|entry| format!(" with `{}`", entry.label)).unwrap_or_default();
    report.heading(format!("{verb} {label}{how}"));
    run::subject_fields(&mut report, &subject, &args.signing, &origin);
    report.field("code_hash", crate::hex::encode(order.hash));
    report.field("name", name.clone());

    if !args.signing.dry_run {
        payer(chain, &signer)?;
    }
    let trial = trial(chain, &origin, &order, run::trial_limit(&args.running))?;
    if let (Err(error), Code::Upload(code)) = (&trial.outcome, &order.code)
        && judge::is_about_code(error)
        && judge::rejection(code).is_some()
    {
        return Err(upload::refusal(code, error));
    }
    let failed = trial.failure(&subject.what, None).is_some();
    if args.signing.dry_run || (failed && !args.running.force) {
        run::report_trial(&mut report, chain, &subject, &trial)?;
        if !args.signing.dry_run {
            report.row("note", "nothing was sent; --force sends it anyway");
        }
        return Ok(report);
    }
    let notes = notes(source, order.hash, name.map(|name| (name, contract)));
    let call = order.call(run::sent_limit(&args.running, &trial));
    let (included, profile) = chain.submit(&signer, call, notes, run::observe)?;
    run::report_included(&mut report, chain, &subject, &trial, &included, &profile)?;
    Ok(report)
}

fn constructor<'a>(metadata: Option<&'a Metadata>, args: &Instantiate) -> Outcome<(Option<&'a Entry>, Vec<u8>)> {
    let running = &args.running;
    if let Some(data) = &running.data {
        let input = parse_hex("--data", data)?;
        let entry = metadata.and_then(|it| it.constructors.iter().find(|entry| input.starts_with(&entry.selector)));
        return Ok((entry, input));
    }
    let Some(metadata) = metadata else {
        return Err(Failure::usage(format!("{} has no metadata, so nothing is known of its constructors", args.code))
            .help("give a `.contract` bundle, put the metadata `.json` beside the `.wasm`, or give --data"));
    };
    let entry = match &args.constructor {
        Some(name) => metadata.entry(Kind::Constructor, name)?,
        None => metadata.default_constructor()?,
    };
    let input = encode::input(metadata, entry, &running.args, &running.named)?;
    Ok((Some(entry), input))
}

fn order(chain: &Chain, args: &Instantiate, source: &Source, entry: Option<&Entry>, input: Vec<u8>) -> Outcome<Order> {
    let (hash, code) = match source {
        Source::File(bundle) => {
            let code = bundle.required_code()?;
            let hash = code_hash(code);
            (hash, if chain.has_code(&hash) { Code::Existing(hash) } else { Code::Upload(code.to_vec()) })
        }
        Source::Stored(hash, _) if chain.has_code(hash) => (*hash, Code::Existing(*hash)),
        Source::Stored(hash, _) => {
            return Err(Failure::new(ExitCode::Chain, format!("there is no code {hash:?} on this chain"))
                .help("`vellum info` lists what is stored; upload it with `vellum upload FILE`"));
        }
    };
    Ok(Order {
        code,
        hash,
        input,
        salt: parse_hex("--salt", &args.salt)?,
        value: parse_value(&args.running, entry)?,
        deposit_limit: deposit_limit(&args.signing)?,
    })
}

fn trial(chain: &Chain, origin: &AccountId, order: &Order, limit: Weight) -> Outcome<Trial> {
    let arguments =
        (origin, order.value, Some(limit), order.deposit_limit, &order.code, &order.input, &order.salt).encode();
    let (tried, log) = listen::to(|| chain.dry_run("ContractsApi_instantiate", &arguments, run::observe));
    let (result, profile) = tried?;
    let result: ContractInstantiateResult<AccountId, _, _> = result;
    Ok(Trial::new(result, profile, log, |returned| returned.result))
}

impl Order {
    fn call(self, gas_limit: Weight) -> RuntimeCall {
        let storage_deposit_limit = self.deposit_limit.map(Into::into);
        let (value, data, salt) = (self.value, self.input, self.salt);
        RuntimeCall::Contracts(match self.code {
            Code::Upload(code) => pallet_contracts::Call::instantiate_with_code {
                value,
                gas_limit,
                storage_deposit_limit,
                code,
                data,
                salt,
            },
            Code::Existing(code_hash) => {
                pallet_contracts::Call::instantiate { value, gas_limit, storage_deposit_limit, code_hash, data, salt }
            }
        })
    }
}

fn notes(source: &Source, hash: H256, name: Option<(String, AccountId)>) -> Notes {
    let metadata = match source {
        Source::File(bundle) => bundle.metadata.as_ref().map(|described| (hash, described.json.clone())),
        Source::Stored(..) => None,
    };
    Notes { metadata, name }
}
