//! `vellum check-chain`: what becomes of a chain's codes when it changes to this pallet.

use crate::{
    amount,
    args::CheckChain,
    exit::{Code, Failure, Outcome},
    judge::stored::{self, Verdict},
    report::{Report, table},
    state::{self, StoredCode},
};
use serde_json::{Value, json};

/// Judges every code of a chain.
pub fn run(args: &CheckChain) -> Outcome<Report> {
    let codes = state::codes(&args.chain, &args.pallet)?;
    let judged: Vec<_> = codes.iter().map(|code| (code, stored::judge(code))).collect();
    let mut report = Report::default();
    report.heading(format!("{}: {} codes of the pallet {}", args.chain, judged.len(), args.pallet));
    report.field("source", args.chain.clone()).field("pallet", args.pallet.clone());
    summary(&mut report, &judged);
    let mut rows = table(&["code hash", "bytes", "", "nearest limit", "remarks"], 1);
    for (code, verdict) in judged.iter().filter(|(_, verdict)| args.all || verdict.is_remarkable()) {
        rows.add_row([
            format!("{:?}", code.hash),
            verdict.bytes.map_or_else(|| "-".into(), amount::group),
            if verdict.runs() { "runs" } else { "does not run" }.into(),
            verdict.nearest.as_ref().map_or_else(|| "-".into(), ToString::to_string),
            verdict.remarks().join("; "),
        ]);
    }
    if rows.row_count() > 0 {
        report.table(&rows);
    }
    let fields: Vec<_> = judged.iter().map(|(code, verdict)| json_of(code, verdict)).collect();
    report.field("codes", fields);
    let lost = judged.iter().filter(|(_, verdict)| !verdict.runs()).count();
    if lost > 0 {
        report.fail(
            Failure::new(Code::Rejected, format!("{lost} of {} codes do not run", judged.len()))
                .help("the remarks say why; a code that did not run under pallet-contracts either says so"),
        );
    }
    Ok(report)
}

fn summary(report: &mut Report, judged: &[(&StoredCode, Verdict)]) {
    let count = |of: &dyn Fn(&Verdict) -> bool| judged.iter().filter(|(_, verdict)| of(verdict)).count();
    let rows: [(&str, &str, usize); 5] = [
        ("runs", "run as before", count(&Verdict::runs)),
        ("lost", "do not run", count(&|verdict| !verdict.runs())),
        (
            "needs",
            "need a chain extension, unstable or deprecated functions",
            count(&|verdict| !verdict.needs.is_empty()),
        ),
        ("near", "come near a limit of running code", count(&Verdict::is_near_limit)),
        ("refused", "would be refused if they were uploaded anew", count(&|verdict| verdict.refused_anew.is_some())),
    ];
    for (name, what, count) in rows {
        report.row(&amount::group(u64::try_from(count).unwrap_or(u64::MAX)), what);
        report.field(name, count);
    }
}

fn json_of(code: &StoredCode, verdict: &Verdict) -> Value {
    json!({
        "code_hash": format!("{:?}", code.hash),
        "bytes": verdict.bytes,
        "runs": verdict.runs(),
        "reason": verdict.lost,
        "needs": verdict.needs,
        "refused_anew": verdict.refused_anew,
        "nearest_limit": verdict.nearest.as_ref().map(|nearest| {
            json!({ "name": nearest.name, "value": nearest.count, "limit": nearest.max })
        }),
    })
}
