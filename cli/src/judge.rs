//! What the chain thinks of a code, and what it asks for storing it.
//!
//! Relies on the same judgement that an upload gets (`check_code`), so that what is said here is what happens.

pub mod stored;

use crate::{
    amount,
    anatomy::Anatomy,
    exit::{Code, Failure},
    report::{Report, table},
};
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};
use pallet_contracts::{CodeRejection, Determinism};
use serde_json::json;
use sp_runtime::DispatchError;
use std::fmt::Debug;
use vellum_engine::{CodeReport, Limit, Policy};
use vellum_runtime::{CODE_BYTES_MAX, Contracts, Runtime, RuntimeCall, RuntimeError};

/// Why a code is refused, and where in it the reason lies.
#[derive(Debug)]
pub struct Rejection {
    /// The name of the rule that is broken, such as `limit` or `unknown_function`.
    pub rule: String,
    /// What breaks it, where, and what to do.
    pub reason: String,
    /// The function it is in, imported ones counted.
    pub function: Option<u32>,
    /// The byte of the module.
    pub offset: Option<u64>,
}

impl Rejection {
    fn new(rejection: &CodeRejection) -> Self {
        let (rule, function, offset) = match rejection {
            CodeRejection::Engine(error) => (variant_name(&error.kind), error.function, error.offset),
            CodeRejection::Link(error) => (variant_name(error), None, None),
            other => (variant_name(other), None, None),
        };
        Self { rule, reason: rejection.to_string(), function, offset }
    }

    /// The failure of a command that wanted to store the code.
    pub fn failure(self) -> Failure {
        Failure::new(Code::Rejected, format!("the chain does not accept this code: {}", self.reason))
            .detail("rule", self.rule)
            .detail("reason", self.reason)
            .detail("function", self.function)
            .detail("offset", self.offset)
    }
}

/// Why the chain refuses this code; `None` if it does not.
pub fn rejection(code: &[u8]) -> Option<Rejection> {
    Contracts::check_code(code, Determinism::Enforced).err().as_ref().map(Rejection::new)
}

/// Counts and features of a code, of code that the chain refuses too as long as the engine can read it.
pub fn report(code: &[u8]) -> Option<CodeReport> {
    let accepted = Contracts::check_code(code, Determinism::Enforced).ok();
    accepted.or_else(|| vellum_engine::check(code, &Policy::stored(), &vellum_weights::host()).ok())
}

/// Whether an error of the chain is about the code and not about who pays for it.
pub fn is_about_code(error: &DispatchError) -> bool {
    use pallet_contracts::Error as E;
    matches!(
        RuntimeError::from_dispatch_error(*error),
        Some(RuntimeError::Contracts(E::<Runtime>::CodeRejected | E::<Runtime>::CodeTooLarge))
    )
}

/// What a transaction with this call is charged before it runs.
pub fn call_weight(call: &RuntimeCall) -> Weight {
    call.get_dispatch_info().total_weight()
}

/// Adds the limits of the chain with what the code has of each, and the features that it uses.
pub fn limit_rows(report: &mut Report, code: &[u8], anatomy: &Anatomy) {
    let schedule = pallet_contracts::Limits::default();
    let pages = anatomy.memories.iter().map(|(min, max, _)| max.unwrap_or(*min)).max().unwrap_or(0);
    let mut rows = vec![
        ("code bytes".to_owned(), code.len() as u64, u64::from(CODE_BYTES_MAX)),
        ("memory pages".to_owned(), pages, u64::from(schedule.memory_pages)),
    ];
    let judged = self::report(code);
    let allowed = Policy::contracts().limits;
    for limit in Limit::ALL {
        let used = judged.iter().flat_map(|judged| &judged.limits).find(|used| used.limit == *limit);
        // What the engine cannot read at all was still counted section by section.
        if let Some(count) = used.map(|used| used.count).or_else(|| counted(anatomy, *limit)) {
            rows.push((limit.what().to_owned(), count, u64::from(limit.of(&allowed))));
        }
    }
    if let Some(judged) = &judged {
        let names: Vec<_> = judged.features.names().collect();
        report.row("features", if names.is_empty() { "none beyond the MVP".into() } else { names.join(", ") });
        report.field("features", names);
    }
    report.table(&limit_table(&rows));
    let json: Vec<_> = rows
        .iter()
        .map(|(name, value, limit)| json!({ "name": name, "value": value, "limit": limit, "met": value <= limit }))
        .collect();
    report.field("limits", json);
}

/// What is wrong with a code that the chain accepts: it can be stored and never run.
pub fn warning(code: &[u8]) -> Option<&'static str> {
    use vellum_engine::ExportKind;
    let returns = |kind: &ExportKind| matches!(kind, ExportKind::Func { ty, .. } if !ty.results.is_empty());
    let entry_point = |name: &str| name == "deploy" || name == "call";
    let report = report(code)?;
    report.exports.iter().any(|export| entry_point(&export.name) && returns(&export.kind)).then_some(
        "an entry point returns a number, as very old compilers made it: the code can be stored, and never run",
    )
}

/// A table of limits: what the file has against what is allowed.
fn limit_table(rows: &[(String, u64, u64)]) -> comfy_table::Table {
    let mut limits = table(&["limit", "here", "allowed", ""], 1);
    for (name, value, limit) in rows {
        let mark = if value <= limit { "met" } else { "exceeded" };
        limits.add_row([name.clone(), amount::group(*value), amount::group(*limit), mark.into()]);
    }
    limits
}

/// How much of a limit a module has, as far as its sections say.
fn counted(anatomy: &Anatomy, limit: Limit) -> Option<u64> {
    let length = |length: usize| u64::try_from(length).ok();
    match limit {
        Limit::Types => Some(anatomy.types.into()),
        Limit::Imports => length(anatomy.imports.len()),
        Limit::Functions => Some(anatomy.functions.into()),
        Limit::Globals => Some(anatomy.globals.into()),
        Limit::Tables => Some(anatomy.tables.into()),
        Limit::Exports => length(anatomy.exports.len()),
        Limit::DataSegments => Some(anatomy.data_segments.into()),
        Limit::ElementSegments => Some(anatomy.element_segments.into()),
        Limit::BodyBytes => Some(anatomy.body_bytes_max),
        // Only validation finds the others.
        _ => None,
    }
}

/// The name of an enum's variant in snake case.
fn variant_name(value: &impl Debug) -> String {
    let debug = format!("{value:?}");
    let mut name = String::new();
    for c in debug.chars().take_while(char::is_ascii_alphanumeric) {
        if c.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}
