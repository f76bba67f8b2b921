//! What the comparison runs: kernels that contracts are made of, and messages of real contracts.

use crate::engines::{Code, Engine, Fault};
use crate::host::Host;
use anyhow::{Context, Result, bail};

/// Something to run.
pub struct Workload {
    /// Its name.
    pub name: &'static str,
    /// The blob.
    pub blob: Vec<u8>,
    /// What is called.
    pub task: Task,
}

/// What is called, and what is timed.
pub enum Task {
    /// The export `run` of a kernel, with a size; only the call is timed.
    Kernel {
        /// The size for timing.
        size: u64,
    },
    /// A message of a contract; making the instance is timed with the call, as a chain pays for both.
    Message {
        /// Input of the constructor, which prepares the storage.
        constructor: Vec<u8>,
        /// Input of the message.
        message: Vec<u8>,
    },
}

/// A kernel, with a size that takes less than a millisecond: the system rarely interrupts those.
macro_rules! kernel {
    ($name:literal, $size:literal) => {
        ($name, include_str!(concat!("../workloads/", $name, ".wat")), $size)
    };
}

const KERNELS: &[(&str, &str, u64)] = &[
    kernel!("sha256", 150),
    kernel!("crc32", 30_000),
    kernel!("u256_multiply", 1_000),
    kernel!("codec", 10_000),
    kernel!("sort", 2_000),
    kernel!("sieve", 60_000),
    kernel!("machine", 200),
    kernel!("fib_iterative", 100_000),
    kernel!("fib_recursive", 20),
    kernel!("indirect", 20_000),
    kernel!("host_calls", 10_000),
    kernel!("bulk", 1_000),
];

/// Selectors of messages and constructors, as the contracts' metadata has them.
const NEW: [u8; 4] = [0x9b, 0xae, 0x9d, 0x5e];
const FLIP: [u8; 4] = [0x63, 0x3a, 0xa5, 0x51];
const BALANCE_OF: [u8; 4] = [0x0f, 0x75, 0x5a, 0x56];
const TRANSFER: [u8; 4] = [0x84, 0xa1, 0x5d, 0xa1];

/// Flipper as the contract's build script makes it.
const FLIPPER: &[u8] = include_bytes!("../../contracts/flipper/flipper.wasm");
/// ERC-20 alike.
const ERC20: &[u8] = include_bytes!("../../contracts/erc20/erc20.wasm");

/// The contracts whose start-up is measured.
pub const CONTRACTS: &[(&str, &[u8])] = &[("flipper", FLIPPER), ("erc20", ERC20)];

/// Everything, in the order of reports.
///
/// # Errors
/// If a workload's text is not Wasm, which a test would have found.
pub fn all() -> Result<Vec<Workload>> {
    let mut workloads = Vec::new();
    for (name, text, size) in KERNELS {
        let blob = wat::parse_str(text).with_context(|| format!("the workload {name}"))?;
        workloads.push(Workload { name, blob, task: Task::Kernel { size: *size } });
    }
    let supply = [&NEW[..], &1_000_000_u128.to_le_bytes()].concat();
    let transfer = [&TRANSFER[..], &[2; 32], &5_u128.to_le_bytes()].concat();
    let messages = [
        ("flipper flip", FLIPPER, [&NEW[..], &[0]].concat(), FLIP.to_vec()),
        ("erc20 balance_of", ERC20, supply.clone(), [&BALANCE_OF[..], &[1; 32]].concat()),
        ("erc20 transfer", ERC20, supply, transfer),
    ];
    for (name, blob, constructor, message) in messages {
        workloads.push(Workload { name, blob: blob.to_vec(), task: Task::Message { constructor, message } });
    }
    Ok(workloads)
}

/// What a run showed, to be compared between engines.
#[derive(PartialEq, Eq, Debug)]
pub struct Outcome {
    /// Results of a kernel.
    pub results: Vec<u64>,
    /// What is in memory at the end.
    pub memory: Vec<u8>,
    /// What the host recorded.
    pub host: Host,
}

impl Workload {
    /// What the host must know before a run: a contract's storage.
    ///
    /// # Errors
    /// If the constructor fails.
    pub fn host(&self, engine: &dyn Engine) -> Result<Host> {
        let Task::Message { constructor, message } = &self.task else { return Ok(Host::default()) };
        let mut session = engine.compile(&self.blob)?.prepare(Host::with_input(constructor));
        let ended = session.instantiate().and_then(|()| session.call("deploy", &[]));
        let deployed = session.take_host();
        match (ended, &deployed.output) {
            (Err(Fault::Returned), Some((0, _))) => {}
            (ended, output) => bail!("the constructor of {} ended with {ended:?}, {output:?}", self.name),
        }
        let storage = deployed.storage;
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
            Task::Kernel { size } => {
                session.instantiate().map_err(fail)?;
                let start = std::time::Instant::now();
                let results = session.call("run", &[*size]);
                (start.elapsed(), results.map_err(fail)?)
            }
            Task::Message { .. } => {
                let start = std::time::Instant::now();
                let ended = session.instantiate().and_then(|()| session.call("call", &[]));
                let time = start.elapsed();
                match ended {
                    Ok(_) | Err(Fault::Returned) => (time, Vec::new()),
                    Err(fault) => return Err(fail(fault)),
                }
            }
        };
        let (memory, host) = (session.memory().to_vec(), session.take_host());
        if matches!(&self.task, Task::Message { .. }) && host.output.as_ref().is_none_or(|(flags, _)| *flags != 0) {
            bail!("{} was refused by the contract: {:?}", self.name, host.output);
        }
        Ok((time, Outcome { results, memory, host }))
    }
}
