//! The programs whose times become prices. Each is rich in one class: a loop around the same
//! operators sixteen times over, each operator waiting for the last one's result or for none.

mod extensions;
mod hostile;
mod kernels;
mod loops;
mod once;

use super::Role;
use anyhow::{Context, Result};
use std::path::Path;

/// A program: its export `run` takes a size.
pub struct Program {
    /// Its name, which begins with the class that it is rich in.
    pub name: String,
    /// The blob.
    pub blob: Vec<u8>,
    /// What `run` is called with.
    pub size: u64,
    /// What is timed.
    pub timed: Timed,
    /// Whether its export `prepare` fills memory first.
    pub prepared: bool,
    /// What it says about prices.
    pub role: Role,
    /// Whether it leaves alone what it pays for: pages of memory that are free where nobody touches them.
    pub idle: bool,
}

/// Which part of a program is timed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Timed {
    /// A call, after another one.
    Call,
    /// A call that translates what it calls.
    FirstCall,
    /// Everything from the stored blob on: it is read, an instance is made and called, and dropped.
    Instance,
}

impl Program {
    fn new(name: impl Into<String>, text: &str, size: u64, timed: Timed) -> Result<Self> {
        let name = name.into();
        let blob = wat::parse_str(text).with_context(|| format!("the program {name}: {text}"))?;
        Ok(Self { name, blob, size, timed, prepared: false, role: Role::Probe, idle: false })
    }

    /// What `run` is called with before it is timed: prepared memory has to be where it will be found.
    pub fn warm_up(&self) -> u64 {
        if self.prepared { self.size } else { 1 }
    }
}

/// All programs, and those that searches have kept in a folder.
///
/// # Errors
/// If a program's text is not Wasm, which a test would have found of those that are not in the folder.
pub fn programs(regressions: &Path) -> Result<Vec<Program>> {
    let mut programs = loops::programs()?;
    programs.extend(extensions::programs()?);
    programs.extend(once::programs()?);
    programs.extend(kernels::programs()?);
    programs.extend(hostile::programs(regressions)?);
    Ok(programs)
}
