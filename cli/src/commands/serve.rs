//! `vellum serve`: the chain for clients that speak to nodes.

use crate::{
    args::{Global, Serve},
    chain::Chain,
    exit::Outcome,
    report::Report,
};

/// Serves the chain until the program is told to end. One report says where, once clients can connect, and another one
/// at the end what was done.
#[cfg(feature = "rpc")]
pub fn run(open: impl FnOnce() -> Outcome<Chain>, args: &Serve, global: &Global) -> Outcome<Report> {
    let chain = open()?;
    let first = chain.head().number;
    let chain = crate::serve::run(chain, args.port, |chain, address| {
        let mut report = Report::default();
        let state = chain.store().file().display().to_string();
        report.heading(format!("Serving at ws://{address} and http://{address}"));
        report.row("placement", global.placement.to_string());
        report.row("state", &state);
        report.row("head", format!("block {}, {:?}", chain.head().number, chain.head().hash()));
        report.row("end", "Ctrl-C");
        report.field("address", address.to_string()).field("placement", global.placement.to_string());
        report.field("state", state).field("block", chain.head().number);
        // Clients come even if nobody can read this.
        let _ = report.print(global.json);
    })?;
    let head = chain.head().number;
    let mut report = Report::default();
    report.line(format!("Ended at block {head}; {} made meanwhile", head - first));
    report.field("block", head).field("blocks_made", head - first);
    Ok(report)
}

#[cfg(not(feature = "rpc"))]
pub fn run(_open: impl FnOnce() -> Outcome<Chain>, args: &Serve, _global: &Global) -> Outcome<Report> {
    Err(crate::exit::Failure::usage(format!(
        "this build of vellum cannot serve at port {}: it has no JSON-RPC",
        args.port
    ))
    .help("build it with a server: cargo build -p vellum-cli --features rpc"))
}
