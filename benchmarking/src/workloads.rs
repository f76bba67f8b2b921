//! What the comparison runs: kernels that contracts are made of, and entry points of real contracts.

mod kernels;
mod messages;

use crate::engines::{Code, Engine, Fault};
use crate::host::Host;
use anyhow::{Context, Result, bail};
use std::path::Path;

/// Something to run.
pub struct Workload {
    /// Its name.
    pub name: String,
    /// The blob.
    pub blob: Vec<u8>,
    /// What is called.
    pub task: Task,
}

/// What is called, and what is timed.
pub enum Task {
    /// The export `run` of a kernel, often with a size; only the call is timed.
    Kernel {
        /// What it is called with.
        args: Vec<u64>,
    },
    /// A message of a contract; making the instance is timed with the call, as a chain pays for both.
    Message {
        /// Inputs that prepare the storage: the constructor's, then those of messages.
        before: Vec<Vec<u8>>,
        /// What is timed.
        entry: Entry,
        /// Its input.
        message: Vec<u8>,
    },
}

/// The two functions that a contract exports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    /// For constructors.
    Deploy,
    /// For messages.
    Call,
}

impl Entry {
    /// The export's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deploy => "deploy",
            Self::Call => "call",
        }
    }
}

/// The contracts whose start-up is measured.
pub const CONTRACTS: &[(&str, &[u8])] = &[("flipper", messages::FLIPPER), ("erc20", messages::ERC20)];

/// What this repository holds, in the order of reports.
///
/// # Errors
/// If a workload's text is not Wasm, which a test would have found.
pub fn all() -> Result<Vec<Workload>> {
    let mut workloads = Vec::new();
    for (name, text, size) in kernels::KERNELS {
        let blob = wat::parse_str(text).with_context(|| format!("the workload {name}"))?;
        workloads.push(Workload { name: (*name).into(), blob, task: Task::Kernel { args: vec![*size] } });
    }
    workloads.extend(messages::own());
    Ok(workloads)
}

/// What a folder of real contracts adds, and the names of what is not there.
///
/// # Errors
/// If a file cannot be read.
pub fn real(folder: &Path) -> Result<(Vec<Workload>, Vec<String>)> {
    messages::real(folder)
}

/// What a run showed, to be compared between engines.
#[derive(Debug)]
pub struct Outcome {
    /// Results of a kernel.
    pub results: Vec<u64>,
    /// What is in memory at the end, if the engine shows it.
    pub memory: Option<Vec<u8>>,
    /// What the host recorded.
    pub host: Host,
}

impl Outcome {
    /// Whether both show the same.
    pub fn agrees(&self, other: &Self) -> bool {
        let memory = self.memory.as_ref().zip(other.memory.as_ref()).is_none_or(|(a, b)| a == b);
        memory && self.results == other.results && self.host == other.host
    }
}

impl Workload {
    /// What the host must know before a run: a contract's storage.
    ///
    /// # Errors
    /// If the constructor or a message that prepares the storage fails.
    pub fn host(&self, engine: &dyn Engine) -> Result<Host> {
        let Task::Message { before, message, .. } = &self.task else { return Ok(Host::default()) };
        let code = engine.compile(&self.blob)?;
        let mut entry = Entry::Deploy;
        let mut storage = std::collections::BTreeMap::new();
        for input in before {
            let mut session = code.prepare(Host { storage, ..Host::with_input(input) });
            let ended = session.instantiate().and_then(|()| session.call(entry.name(), &[]));
            let host = session.take_host();
            match (ended, &host.output) {
                (Ok(_), None) | (Err(Fault::Returned), Some((0, _))) => {}
                (ended, output) => bail!("{} of {} ended with {ended:?}, {output:?}", entry.name(), self.name),
            }
            storage = host.storage;
            entry = Entry::Call;
        }
        Ok(Host { storage, ..Host::with_input(message) })
    }

    /// Runs once; with the time of what is timed.
    ///
    /// # Errors
    /// If it does not end as it should.
    pub fn run(&self, code: &dyn Code, host: &Host) -> Result<(std::time::Duration, Outcome)> {
        let mut session = code.prepare(host.clone());
        let fail = |fault: Fault| anyhow::anyhow!("{} ended with {fault:?}", self.name);
        let (time, results) = match &self.task {
            Task::Kernel { args } => {
                session.instantiate().map_err(fail)?;
                let start = std::time::Instant::now();
                let results = session.call("run", args);
                (start.elapsed(), results.map_err(fail)?)
            }
            Task::Message { entry, .. } => {
                let start = std::time::Instant::now();
                let ended = session.instantiate().and_then(|()| session.call(entry.name(), &[]));
                let time = start.elapsed();
                match ended {
                    Ok(_) | Err(Fault::Returned) => (time, Vec::new()),
                    Err(fault) => return Err(fail(fault)),
                }
            }
        };
        let (memory, host) = (session.memory(), session.take_host());
        if matches!(&self.task, Task::Message { .. }) && host.output.as_ref().is_some_and(|(flags, _)| *flags != 0) {
            bail!("{} was refused by the contract: {:?}", self.name, host.output);
        }
        Ok((time, Outcome { results, memory, host }))
    }
}
