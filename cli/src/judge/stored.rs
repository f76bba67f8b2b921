//! What becomes of a code that another release, or pallet-contracts, has stored.
//!
//! Such code is held to none of the rules of new uploads (Law 7): it runs if the engine can read it, its
//! functions are host functions of their types, and its entry points are there.

use crate::state::StoredCode;
use pallet_contracts::{
    Determinism,
    host_api::{self, Stability},
};
use std::fmt;
use vellum_engine::{CodeReport, ExportKind, ImportKind, Limit, Policy};
use vellum_runtime::Contracts;

/// From this share of a limit on, a code is said to be near it.
const NEAR_PERCENT: u64 = 50;

/// What is known of a code.
#[derive(Default)]
pub struct Verdict {
    /// Its length, if it could be read.
    pub bytes: Option<u64>,
    /// Why it does not run.
    pub lost: Option<String>,
    /// What it needs of the chain beyond stable host functions.
    pub needs: Vec<String>,
    /// The limit of running code that it has most of.
    pub nearest: Option<LimitShare>,
    /// Why it would be refused today. It runs all the same.
    pub refused_anew: Option<String>,
}

/// How much of a limit a code has.
pub struct LimitShare {
    /// What is counted.
    pub name: &'static str,
    /// How much the code has.
    pub count: u64,
    /// How much there may be.
    pub max: u64,
}

impl LimitShare {
    fn percent(&self) -> u64 {
        self.count.saturating_mul(100) / self.max.max(1)
    }
}

impl fmt::Display for LimitShare {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} of {} {}", self.count, self.max, self.name)
    }
}

impl Verdict {
    /// Whether contracts of this code go on.
    pub fn runs(&self) -> bool {
        self.lost.is_none()
    }

    /// Whether the code has much of what it may have.
    pub fn is_near_limit(&self) -> bool {
        self.nearest.as_ref().is_some_and(|nearest| nearest.percent() >= NEAR_PERCENT)
    }

    /// Whether somebody should look at it.
    pub fn is_remarkable(&self) -> bool {
        !self.runs() || !self.needs.is_empty() || self.is_near_limit() || self.refused_anew.is_some()
    }

    /// All that is to be said about it.
    pub fn remarks(&self) -> Vec<String> {
        let needs = (!self.needs.is_empty()).then(|| format!("needs {}", self.needs.join(" and ")));
        let refused = self.refused_anew.as_ref().map(|reason| format!("not accepted anew: {reason}"));
        self.lost.iter().cloned().chain(needs).chain(refused).collect()
    }
}

/// Judges a stored code.
pub fn judge(stored: &StoredCode) -> Verdict {
    let code = match &stored.code {
        Ok(code) => code,
        Err(reason) => return Verdict { lost: Some(reason.clone()), ..Verdict::default() },
    };
    let mut verdict = Verdict { bytes: u64::try_from(code.len()).ok(), ..Verdict::default() };
    if sp_io::hashing::blake2_256(code) != stored.hash.0 {
        verdict.needs.push("a hash of its own, which is not BLAKE2b".into());
    }
    match vellum_engine::check(code, &Policy::stored(), &vellum_weights::host()) {
        Ok(report) => {
            verdict.lost = link(&report, &mut verdict.needs).or_else(|| entry_points(&report));
            verdict.nearest = nearest(&report);
        }
        Err(error) => verdict.lost = Some(error.to_string()),
    }
    if verdict.runs() && verdict.needs.is_empty() {
        let anew = Contracts::check_code(code, Determinism::Relaxed);
        verdict.refused_anew = anew.err().map(|rejection| rejection.to_string());
    }
    verdict
}

/// Why the imports cannot be linked.
fn link(report: &CodeReport, needs: &mut Vec<String>) -> Option<String> {
    for import in &report.imports {
        let name = format!("{}::{}", import.module, import.name);
        match &import.kind {
            ImportKind::Memory(_) => {}
            ImportKind::Table(_) | ImportKind::Global(_) => {
                return Some(format!("imports `{name}`, a table or global"));
            }
            ImportKind::Func(ty) => {
                let Some(function) = host_api::find(&import.module, &import.name) else {
                    return Some(format!("imports `{name}`, which pallet-contracts 51 does not have either"));
                };
                if !function.has_type(&ty.params, &ty.results) {
                    let expected = function.func_type();
                    return Some(format!(
                        "imports `{name}` with type {ty}, and pallet-contracts 51 too has {expected}"
                    ));
                }
                let need = match function.stability {
                    _ if function.is_chain_extension() => "a chain extension",
                    Stability::Stable => continue,
                    Stability::Unstable => "unstable functions",
                    Stability::Deprecated => "deprecated functions, which calls have and constructors have not",
                };
                if !needs.iter().any(|known| known == need) {
                    needs.push(need.into());
                }
            }
        }
    }
    None
}

/// Why no entry point can be run.
fn entry_points(report: &CodeReport) -> Option<String> {
    let entry = |name: &str| report.exports.iter().find(|export| export.name == name);
    match entry("call").map(|export| &export.kind) {
        Some(ExportKind::Func { ty, .. }) if ty.params.is_empty() && ty.results.is_empty() => None,
        Some(ExportKind::Func { ty, .. }) if ty.params.is_empty() => {
            Some(format!("its entry point has type {ty}: pallet-contracts 51 cannot run it either"))
        }
        _ => Some("has no function `call`: pallet-contracts 51 cannot run it either".into()),
    }
}

/// The limit that the code has most of.
fn nearest(report: &CodeReport) -> Option<LimitShare> {
    // A table may be described larger than one may be at run time.
    let elements_max = Policy::contracts().limits.table_elements;
    let of_code = report.limits.iter().map(|used| LimitShare {
        name: used.limit.what(),
        count: used.count,
        max: u64::from(if used.limit == Limit::TableElements { elements_max.min(used.max) } else { used.max }),
    });
    let pages_max = pallet_contracts::Limits::default().memory_pages;
    let memory = report.memory.map(|memory| LimitShare {
        name: "pages of memory to begin with",
        count: memory.min_pages.into(),
        max: pages_max.into(),
    });
    of_code.chain(memory).max_by_key(LimitShare::percent)
}
