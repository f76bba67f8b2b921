//! Everything that is audited.

use super::{Options, bombs, hostile, recorded};
use crate::engines::{Translation, Vellum};
use crate::gas::search::regressions;
use crate::gas::subject::{Part, Set, Subject, Task};
use crate::host::Host;
use crate::workloads::{self, Workload};
use anyhow::Result;
#[cfg(feature = "full")]
use std::path::Path;

/// Parts of a message of a contract.
pub(super) const OF_MESSAGES: [Part; 4] = [Part::Execution, Part::FirstCall, Part::Start, Part::Upload];

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
    subjects.extend(hostile::programs()?);
    // Hundreds of contracts and modules of many kilobytes take too long where every instruction is counted.
    if !options.counts {
        let (contracts, note) = recorded::contracts(&options.real)?;
        subjects.extend(contracts);
        notes.extend(note);
        subjects.extend(bombs::modules());
    }
    subjects.extend(regressions::read(&options.regressions)?.into_iter().map(regressions::Case::into_subject));
    if let Some(filter) = &options.filter {
        subjects.retain(|subject| subject.name.contains(filter) || subject.group.contains(filter));
    }
    Ok((subjects, notes))
}

/// Messages of contracts, for calibrations: those of the speed comparison, and recorded ones where real contracts are found.
#[cfg(feature = "full")]
pub(crate) fn contracts(folder: &Path) -> Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    for workload in workloads::all()?.into_iter().chain(workloads::real(folder)?.0) {
        subjects.extend(of_workload("workloads", workload)?);
    }
    subjects.extend(recorded::contracts(folder)?.0);
    let is_message = |subject: &Subject| subject.set == Set::Resident && subject.parts.contains(&Part::Start);
    subjects.retain(|subject| subject.task.is_some() && is_message(subject));
    Ok(subjects)
}

/// How modules start that are made to be dear to start, what their first calls take, and both of those that searches have kept,
/// for calibrations.
#[cfg(feature = "full")]
pub(crate) fn bombs(kept: &Path) -> Result<Vec<Subject>> {
    let mut subjects = bombs::modules();
    subjects.extend(regressions::read(kept)?.into_iter().map(regressions::Case::into_subject));
    subjects.retain(|subject| subject.task.is_none());
    subjects.iter_mut().for_each(|subject| subject.parts.retain(|part| *part != Part::Upload));
    Ok(subjects)
}

/// A workload of the comparison: as it is, and with empty caches. What first calls of a kernel take would be lost in the
/// time of its loops, so all its functions are taken by themselves.
fn of_workload(group: &'static str, workload: Workload) -> Result<Vec<Subject>> {
    let host = workload.host(&Vellum::new(Translation::Lazy))?;
    let subject = |set, task, parts| Subject {
        name: workload.name.clone(),
        group,
        set,
        blob: workload.blob.clone(),
        task,
        parts,
    };
    Ok(match &workload.task {
        workloads::Task::Kernel { args } => {
            let task = Task { before: Vec::new(), entry: "run", args: args.clone(), host };
            vec![
                subject(Set::Resident, Some(task.clone()), vec![Part::Execution]),
                subject(Set::Cold, Some(task), vec![Part::Execution]),
                subject(Set::Resident, None, vec![Part::FirstCall]),
            ]
        }
        workloads::Task::Message { entry, .. } => {
            let task = Task { before: Vec::new(), entry: entry.name(), args: Vec::new(), host };
            let cold = OF_MESSAGES.into_iter().filter(|part| *part != Part::Upload);
            vec![
                subject(Set::Resident, Some(task.clone()), OF_MESSAGES.to_vec()),
                subject(Set::Cold, Some(task), cold.collect()),
            ]
        }
    })
}

/// A call that does nothing: what every call takes beside its instructions.
pub(crate) fn nothing(set: Set) -> Result<Subject> {
    let task = Task { before: Vec::new(), entry: "run", args: Vec::new(), host: Host::default() };
    Ok(Subject {
        name: "nothing".into(),
        group: "nothing",
        set,
        blob: wat::parse_str(r#"(module (func (export "run")))"#)?,
        task: Some(task),
        parts: vec![Part::Execution],
    })
}
