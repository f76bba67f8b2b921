//! `vellum accounts`: who can sign, and what they own.

use crate::{
    account, amount,
    chain::Chain,
    exit::Outcome,
    report::{Report, table},
};
use serde_json::json;
use sp_core::crypto::Ss58Codec;
use vellum_runtime::System;

/// Lists the development accounts.
pub fn run(chain: &Chain) -> Outcome<Report> {
    let mut report = Report::default();
    let mut rows = table(&["name", "address", "free", "held", "nonce"], 2);
    let mut list = Vec::new();
    for (name, account) in account::development() {
        let info = chain.read(|| System::account(&account));
        rows.add_row([
            name.clone(),
            account.to_ss58check(),
            amount::show(info.data.free),
            amount::show(info.data.reserved),
            info.nonce.to_string(),
        ]);
        list.push(json!({
            "name": name,
            "account": account.to_ss58check(),
            "free": info.data.free.to_string(),
            "held": info.data.reserved.to_string(),
            "nonce": info.nonce,
        }));
    }
    report.table(&rows).field("accounts", list);
    Ok(report)
}
