//! `vellum events`: what happened in a block.

use crate::{
    args::Events,
    chain::Chain,
    exit::{Code, Failure, Outcome},
    report::{Report, events::Reader},
};
use vellum_runtime::RuntimeEvent;

/// Lists the events of a block.
pub fn run(chain: &Chain, args: &Events) -> Outcome<Report> {
    let number = args.block.unwrap_or(chain.head().number);
    let Some((_, _, events)) = chain.store().block(number)? else {
        return Err(Failure::new(Code::Chain, format!("there is no block {number}"))
            .help(format!("the last block is {}", chain.head().number)));
    };
    let mut report = Report::default();
    report.heading(format!("Events of block {number}"));
    let mut reader = Reader::new(chain, None, None);
    let mut list = Vec::new();
    for record in &events {
        if args.contracts_only && !matches!(record.event, RuntimeEvent::Contracts(_)) {
            continue;
        }
        let (text, json) = reader.read(record)?;
        report.line(format!("  {text}"));
        list.push(json);
    }
    if list.is_empty() {
        report.line("  none");
    }
    report.field("block", number).field("events", list);
    Ok(report)
}
