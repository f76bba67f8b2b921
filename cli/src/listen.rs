//! What the pallet says while it runs: the reasons that its errors have no room for, such as which trap it was.
//!
//! The pallet logs them for node operators. This program has no log, so it listens only while it runs something
//! and shows what it heard.

use log::{Level, LevelFilter, Log, Metadata, Record};
use std::sync::Mutex;

/// Where the pallet logs to.
const TARGET: &str = "runtime::contracts";
/// A contract that fails in a loop need not fill the screen.
const HEARD_MAX: usize = 20;

static HEARD: Mutex<Option<Vec<String>>> = Mutex::new(None);
static EAR: Ear = Ear;

struct Ear;

impl Log for Ear {
    fn enabled(&self, metadata: &Metadata) -> bool {
        metadata.target() == TARGET && metadata.level() <= Level::Debug
    }

    fn log(&self, record: &Record) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let line = record.args().to_string();
        // What the contract printed comes back with the result.
        if line.starts_with("debug buffer of the call") {
            return;
        }
        if let Ok(mut heard) = HEARD.lock()
            && let Some(lines) = heard.as_mut().filter(|lines| lines.len() < HEARD_MAX)
        {
            lines.push(line);
        }
    }

    fn flush(&self) {}
}

/// Runs something and gives back what the pallet said meanwhile.
pub fn to<R>(what: impl FnOnce() -> R) -> (R, Vec<String>) {
    // Another listener is there already on every call but the first: the same one.
    if log::set_logger(&EAR).is_ok() {
        log::set_max_level(LevelFilter::Debug);
    }
    set(Some(Vec::new()));
    let result = what();
    (result, set(None).unwrap_or_default())
}

fn set(lines: Option<Vec<String>>) -> Option<Vec<String>> {
    HEARD.lock().ok().and_then(|mut heard| std::mem::replace(&mut heard, lines))
}
