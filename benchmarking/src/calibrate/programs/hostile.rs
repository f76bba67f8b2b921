//! Programs that prices must cover whatever they are made of: hostile to caches, or kept by a search.

use super::{Program, Role, Timed};
use crate::gas::audit::hostile;
use crate::gas::search::regressions;
use crate::gas::subject::{Part, Set, Subject};
use anyhow::Result;
use std::path::Path;

pub(super) fn programs(folder: &Path) -> Result<Vec<Program>> {
    let kept = regressions::read(folder)?.into_iter().map(regressions::Case::into_subject);
    Ok(hostile::programs()?.into_iter().chain(kept).filter_map(program).collect())
}

/// A subject that executes; what others show is in [`once`](super::once), by dimension.
fn program(subject: Subject) -> Option<Program> {
    let task = subject.task.filter(|_| subject.parts == [Part::Execution])?;
    let role = if subject.set == Set::Hostile { Role::Hostile } else { Role::Covered };
    Some(Program {
        name: format!("{}: {}", subject.group, subject.name),
        blob: subject.blob,
        size: *task.args.first()?,
        timed: Timed::Call,
        prepared: true,
        role,
        idle: false,
    })
}
