//! What a measurement was made on: figures without it mean nothing.

use serde::{Deserialize, Serialize};
use std::process::Command;

/// Where, when and with what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// Architecture and system.
    pub target: String,
    /// The processor, as it calls itself, with its family.
    pub processor: String,
    /// How many of its cores can be used.
    pub cores: usize,
    /// The compiler.
    pub rustc: String,
    /// The day, in UTC.
    pub date: String,
    /// The version of this package, which is the engine's.
    pub version: String,
}

impl Machine {
    /// This one.
    pub fn here() -> Self {
        let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let entry = |key: &str| {
            let line = cpuinfo.lines().find(|line| line.split(':').next().is_some_and(|name| name.trim() == key));
            line.and_then(|line| line.split_once(':')).map_or("unknown", |(_, value)| value.trim())
        };
        let rustc = Command::new("rustc").arg("--version").output().ok();
        let rustc = rustc.and_then(|output| String::from_utf8(output.stdout).ok());
        Self {
            target: format!("{} {}", std::env::consts::ARCH, std::env::consts::OS),
            processor: format!("{}, family {}", entry("model name"), entry("cpu family")),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            rustc: rustc.map_or_else(|| "rustc, version unknown".into(), |version| version.trim().into()),
            date: time::OffsetDateTime::now_utc().date().to_string(),
            version: env!("CARGO_PKG_VERSION").into(),
        }
    }

    /// As a sentence.
    pub fn sentence(&self) -> String {
        let Self { target, processor, cores, rustc, date, version } = self;
        format!("{processor}, {cores} cores, {target}; {rustc}; Vellum {version}; {date}")
    }
}
