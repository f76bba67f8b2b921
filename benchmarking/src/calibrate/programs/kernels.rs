//! Mixtures: the kernels of the comparison, so that prices also cover code as people write it.

use super::{Program, Role, Timed};
use crate::workloads::{self, Task};
use anyhow::Result;

pub(super) fn programs() -> Result<Vec<Program>> {
    let kernels = workloads::all()?.into_iter().filter_map(|workload| match workload.task {
        // What host functions cost is priced by the chain.
        Task::Kernel { args } if !matches!(&*workload.name, "host_calls" | "merkle") => Some(Program {
            name: format!("kernel: {}", workload.name),
            blob: workload.blob,
            size: *args.first()?,
            timed: Timed::Call,
            prepared: false,
            role: Role::Typical,
            idle: false,
        }),
        _ => None,
    });
    Ok(kernels.collect())
}
