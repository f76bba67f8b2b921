//! The commands, one file each.

mod accounts;
mod call;
mod check_chain;
mod demo;
mod events;
mod gas;
mod info;
mod inspect;
mod instantiate;
mod remove;
mod run;
mod serve;
mod upload;

use crate::{
    account::{self, Signer},
    amount,
    args::{Cli, Command, DryRun, Global, Running, Signing},
    chain::{Chain, placement::Runtime},
    exit::{Failure, Outcome},
    hex,
    metadata::Entry,
    report::{Report, weight},
};
use sp_core::H256;
use std::path::{Path, PathBuf};
use vellum_runtime::{AccountId, Balance, Contracts, System};

/// Where the chain lives when nobody says otherwise.
const STATE_FOLDER: &str = ".vellum";

/// Runs the command that the command line names.
pub fn run(cli: Cli) -> Outcome<Report> {
    let global = cli.global;
    if let Some(rows) = global.rows {
        weight::set_rows(rows);
    }
    let runtime = || Runtime::chosen(&global);
    let open = || Chain::open(&state_folder(&global), runtime()?);
    match cli.command {
        Command::Upload(args) => upload::run(&mut open()?, &args),
        Command::Instantiate(args) => instantiate::run(&mut open()?, &args),
        Command::Call(args) => call::run(&mut open()?, &args),
        Command::DryRun { what } => dry_run(&mut open()?, what),
        Command::Inspect { file } => inspect::run(&file, runtime()?),
        Command::CheckChain(args) => check_chain::run(&args),
        Command::Remove(args) => remove::run(&mut open()?, &args),
        Command::Accounts => accounts::run(&open()?),
        Command::Info(args) => info::run(open()?, &args),
        Command::Events(args) => events::run(&open()?, &args),
        Command::Serve(args) => serve::run(open, &args, &global),
        Command::Gas(command) => gas::run(&command),
        Command::Demo => demo::run(&global),
    }
}

fn dry_run(chain: &mut Chain, what: DryRun) -> Outcome<Report> {
    match what {
        DryRun::Upload(mut args) => {
            args.signing.dry_run = true;
            upload::run(chain, &args)
        }
        DryRun::Instantiate(mut args) => {
            args.signing.dry_run = true;
            instantiate::run(chain, &args)
        }
        DryRun::Call(mut args) => {
            args.signing.dry_run = true;
            call::run(chain, &args)
        }
    }
}

fn state_folder(global: &Global) -> PathBuf {
    global.state.clone().unwrap_or_else(|| Path::new(STATE_FOLDER).to_path_buf())
}

/// An amount of the command line.
fn parse_amount(what: &str, text: &str) -> Outcome<Balance> {
    amount::parse(text).map_err(|error| Failure::usage(format!("{what}: {error}")))
}

/// The value of the command line, if what is run takes one.
fn parse_value(running: &Running, entry: Option<&Entry>) -> Outcome<Balance> {
    let value = parse_amount("--value", &running.value)?;
    match entry {
        Some(entry) if value > 0 && !entry.payable && !running.force => {
            Err(Failure::usage(format!("`{}` takes no value", entry.label))
                .help("it is not payable: leave --value out (--force sends it anyway)"))
        }
        _ => Ok(value),
    }
}

/// The deposit limit of the command line.
fn deposit_limit(signing: &Signing) -> Outcome<Option<Balance>> {
    signing.deposit_limit.as_deref().map(|text| parse_amount("--deposit-limit", text)).transpose()
}

/// Bytes of the command line.
fn parse_hex(what: &str, text: &str) -> Outcome<Vec<u8>> {
    hex::decode(text).map_err(|error| {
        Failure::usage(format!("{what}: {error}")).help("write bytes as an even number of hex digits, like `0x12ab`")
    })
}

/// The account of a signer that can pay for something. Without this check the first thing that cannot be paid
/// for would be blamed, which is often a deposit.
fn payer(chain: &Chain, signer: &Signer) -> Outcome<AccountId> {
    let account = signer.account();
    if chain.read(|| System::account(&account)).data.free == 0 {
        return Err(Failure::new(
            crate::exit::Code::Chain,
            format!("the signer {} owns nothing on this chain, so it cannot pay a fee", account::show(&account)),
        )
        .help("`vellum accounts` lists who does; choose one with --signer"));
    }
    Ok(account)
}

/// A code hash, if the text is one.
fn parse_hash(text: &str) -> Option<H256> {
    let bytes = hex::decode(text.strip_prefix("0x")?).ok()?;
    (bytes.len() == 32).then(|| H256::from_slice(&bytes))
}

/// A contract by its name or address.
fn find_contract(chain: &Chain, text: &str) -> Outcome<AccountId> {
    if let Some(account) = account::parse(text) {
        return Ok(account);
    }
    let names: Vec<_> = chain.store().names()?.into_iter().map(|(name, _)| name).collect();
    let known = if names.is_empty() {
        "no contract was instantiated here yet: `vellum instantiate FILE`".to_owned()
    } else {
        format!("an address, or one of: {}", names.join(", "))
    };
    Err(Failure::new(crate::exit::Code::Chain, format!("there is no contract `{text}`")).help(known))
}

/// The hash of a contract's code, or the failure that there is no contract.
fn code_of(chain: &Chain, contract: &AccountId) -> Outcome<H256> {
    chain.read(|| Contracts::code_hash(contract)).ok_or_else(|| {
        Failure::new(crate::exit::Code::Chain, format!("there is no contract at {}", account::show(contract)))
            .help("`vellum info` lists the contracts of this chain")
    })
}
