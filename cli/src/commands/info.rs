//! `vellum info`: what the chain holds.

use super::{code_of, find_contract};
use crate::{
    account, amount,
    args::Info,
    chain::Chain,
    exit::Outcome,
    hex,
    metadata::Kind,
    report::{Report, events::stored_metadata, table},
};
use serde_json::json;
use sp_core::crypto::Ss58Codec;
use vellum_runtime::{Contracts, System, VERSION};

/// Shows the chain or one of its contracts.
pub fn run(chain: Chain, args: &Info) -> Outcome<Report> {
    let mut report = Report::default();
    match &args.contract {
        Some(contract) => one_contract(&mut report, &chain, contract)?,
        None => overview(&mut report, &chain)?,
    }
    if args.verify {
        let check = chain.check()?;
        report.row(
            "verified",
            format!(
                "{} blocks, {} entries, {} child tries with {} entries",
                check.blocks, check.top_entries, check.child_tries, check.child_entries
            ),
        );
        report.field(
            "verified",
            json!({
                "blocks": check.blocks,
                "entries": check.top_entries,
                "child_tries": check.child_tries,
                "child_entries": check.child_entries,
            }),
        );
    }
    Ok(report)
}

fn overview(report: &mut Report, chain: &Chain) -> Outcome<()> {
    let head = chain.head();
    report.heading(format!("{} at block {}", VERSION.spec_name, head.number));
    report.row("state", chain.store().file().display().to_string());
    report.row("genesis", hex::encode(chain.genesis()));
    report.row("head", hex::encode(head.hash()));
    report.field("state", chain.store().file().display().to_string());
    report.field("spec_version", VERSION.spec_version);
    report.field("genesis", hex::encode(chain.genesis()));
    report.field(
        "head",
        json!({ "number": head.number, "hash": hex::encode(head.hash()), "state_root": hex::encode(head.state_root) }),
    );
    codes(report, chain)?;
    contracts(report, chain)
}

fn codes(report: &mut Report, chain: &Chain) -> Outcome<()> {
    let mut rows = table(&["code", "bytes", "name"], 1);
    let mut list = Vec::new();
    for (hash, bytes) in chain.codes() {
        let name = stored_metadata(chain, &hash)?.map(|metadata| metadata.name);
        rows.add_row([hex::encode(hash), amount::group(bytes as u64), name.clone().unwrap_or_default()]);
        list.push(json!({ "code_hash": hex::encode(hash), "bytes": bytes, "name": name }));
    }
    if !list.is_empty() {
        report.table(&rows);
    }
    report.field("codes", list);
    Ok(())
}

fn contracts(report: &mut Report, chain: &Chain) -> Outcome<()> {
    let mut rows = table(&["contract", "address"], 2);
    let mut list = Vec::new();
    for (name, contract) in chain.store().names()? {
        // A contract that terminated itself keeps its name here, but is no longer on the chain.
        let Some(code_hash) = chain.read(|| Contracts::code_hash(&contract)) else { continue };
        rows.add_row([name.clone(), contract.to_ss58check()]);
        list.push(json!({
            "name": name,
            "contract": contract.to_ss58check(),
            "code_hash": hex::encode(code_hash),
        }));
    }
    if !list.is_empty() {
        report.table(&rows);
    }
    report.field("contracts", list);
    Ok(())
}

fn one_contract(report: &mut Report, chain: &Chain, text: &str) -> Outcome<()> {
    let contract = find_contract(chain, text)?;
    let code_hash = code_of(chain, &contract)?;
    let balance = chain.read(|| System::account(&contract)).data;
    report.heading(format!("Contract {text}"));
    report.row("address", account::show(&contract));
    report.row("code hash", hex::encode(code_hash));
    report.row("balance", format!("{} free, {} held", amount::show(balance.free), amount::show(balance.reserved)));
    report.field("contract", contract.to_ss58check());
    report.field("code_hash", hex::encode(code_hash));
    report.field("free", balance.free.to_string()).field("held", balance.reserved.to_string());
    if let Some(metadata) = stored_metadata(chain, &code_hash)? {
        report.row("name", format!("{} {} ({})", metadata.name, metadata.contract_version, metadata.language));
        let signatures: Vec<_> = metadata.messages.iter().map(|entry| metadata.signature(entry)).collect();
        report.row("messages", metadata.list(Kind::Message));
        report.field("name", metadata.name.clone()).field("messages", signatures);
    }
    Ok(())
}
