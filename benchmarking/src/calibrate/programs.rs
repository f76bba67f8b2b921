//! The programs whose times become prices. Each is rich in one class: a loop around the same
//! operators sixteen times over, each operator waiting for the last one's result or for none.

mod extensions;
mod kernels;
mod loops;
mod once;

use anyhow::{Context, Result};

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
    /// Instantiation and the call after it, of translated code.
    Instance,
}

impl Program {
    fn new(name: impl Into<String>, text: &str, size: u64, timed: Timed) -> Result<Self> {
        let name = name.into();
        let blob = wat::parse_str(text).with_context(|| format!("the program {name}: {text}"))?;
        Ok(Self { name, blob, size, timed, idle: false })
    }
}

/// All programs.
///
/// # Errors
/// If a program's text is not Wasm, which a test would have found.
pub fn programs() -> Result<Vec<Program>> {
    let mut programs = loops::programs()?;
    programs.extend(extensions::programs()?);
    programs.extend(once::programs()?);
    programs.extend(kernels::programs()?);
    Ok(programs)
}
