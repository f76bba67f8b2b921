//! Everything that is audited.

use super::{Options, bombs, hostile, recorded};
use crate::engines::{Translation, Vellum};
use crate::gas::search::regressions;
use crate::gas::subject::{Part, Set, Subject, Task};
use crate::workloads::{self, Workload};
use anyhow::Result;

/// Parts of a message of a contract.
pub(super) const OF_MESSAGES: [Part; 5] =
    [Part::Execution, Part::FirstCall, Part::Instantiation, Part::Load, Part::Upload];

/// Subjects that match the filter, and what is not there.
pub(super) fn all(options: &Options) -> Result<(Vec<Subject>, Vec<String>)> {
    let (real, absent) = workloads::real(&options.real)?;
    let mut notes = Vec::new();
    if !absent.is_empty() {
        notes.push(format!("not in {}, so left out: {}", options.real.display(), absent.join(", ")));
    }
    let own = workloads::all()?.into_iter().map(|workload| ("workloads", workload));
    let real = real.into_iter().map(|workload| ("real workloads", workload));
    let mut subjects = Vec::new();
    for (group, workload) in own.chain(real) {
        subjects.extend(of_workload(group, workload)?);
    }
    let (contracts, note) = recorded::contracts(&options.real)?;
    subjects.extend(contracts);
    notes.extend(note);
    subjects.extend(hostile::programs()?);
    subjects.extend(bombs::modules());
    subjects.extend(regressions::read(&options.regressions)?.into_iter().map(regressions::Case::into_subject));
    if let Some(filter) = &options.filter {
        subjects.retain(|subject| subject.name.contains(filter) || subject.group.contains(filter));
    }
    Ok((subjects, notes))
}

/// A workload of the comparison: as it is, and with empty caches.
fn of_workload(group: &'static str, workload: Workload) -> Result<[Subject; 2]> {
    let host = workload.host(&Vellum::new(Translation::Lazy))?;
    let (task, parts) = match workload.task {
        workloads::Task::Kernel { args } => {
            (Task { before: Vec::new(), entry: "run", args, host }, vec![Part::Execution, Part::FirstCall])
        }
        workloads::Task::Message { entry, .. } => {
            (Task { before: Vec::new(), entry: entry.name(), args: Vec::new(), host }, OF_MESSAGES.to_vec())
        }
    };
    Ok([Set::Resident, Set::Cold].map(|set| Subject {
        name: workload.name.clone(),
        group,
        set,
        blob: workload.blob.clone(),
        task: Some(task.clone()),
        parts: parts.iter().copied().filter(|part| set == Set::Resident || *part != Part::Upload).collect(),
    }))
}
