//! How a command ends: the exit codes that scripts rely on, and the one error type of this crate.
//!
//! Promises: the numbers and the names in [`Code::name`] are stable; new ones are only appended.

use serde_json::{Value, json};
use std::fmt;

/// Why the process ends, as its exit code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Code {
    /// Anything that no other code names.
    Other = 1,
    /// The command line, a file or an argument is not what the command needs.
    Usage = 2,
    /// The chain does not accept the code.
    Rejected = 3,
    /// The contract trapped.
    Trap = 4,
    /// The contract reverted.
    Revert = 5,
    /// The weight limit was reached.
    OutOfGas = 6,
    /// The chain refused or failed: unknown account, not enough balance, ...
    Chain = 7,
    /// The state folder cannot be used.
    State = 8,
}

impl Code {
    /// The name in `error.code` of the JSON output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::Usage => "usage",
            Self::Rejected => "rejected_code",
            Self::Trap => "trap",
            Self::Revert => "revert",
            Self::OutOfGas => "out_of_gas",
            Self::Chain => "chain",
            Self::State => "state",
        }
    }

    /// The number that the shell sees.
    pub fn number(self) -> u8 {
        match self {
            Self::Other => 1,
            Self::Usage => 2,
            Self::Rejected => 3,
            Self::Trap => 4,
            Self::Revert => 5,
            Self::OutOfGas => 6,
            Self::Chain => 7,
            Self::State => 8,
        }
    }
}

/// The table of exit codes as `--help` shows it.
pub const HELP: &str = "\
Exit codes:
  0  done
  1  anything that no other code names
  2  usage: wrong command line, unreadable or broken file, wrong argument
  3  rejected code: the chain does not accept the contract
  4  trap: the contract stopped with a trap
  5  revert: the contract ran and undid its changes
  6  out of gas: the weight limit was reached
  7  chain: unknown account or contract, not enough balance, deposit limit, ...
  8  state: the state folder is in use, damaged, foreign, or cannot be written";

/// What went wrong, where, and what to do about it.
#[derive(Debug)]
pub struct Failure {
    /// The kind, which is also the exit code.
    pub code: Code,
    /// What happened and where, in one or two sentences.
    pub message: String,
    /// What the user can do.
    pub help: Option<String>,
    /// More fields for the JSON form, such as a byte offset.
    pub details: Vec<(&'static str, Value)>,
}

/// What a fallible function of this crate returns.
pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// A failure without advice.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None, details: Vec::new() }
    }

    /// A wrong command line, file or argument.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Code::Usage, message)
    }

    /// Something about the state folder.
    pub fn state(message: impl Into<String>) -> Self {
        Self::new(Code::State, message)
    }

    /// Adds what the user can do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a field to the JSON form.
    pub fn detail(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.details.push((key, value.into()));
        self
    }

    /// The object under `error` in the JSON output.
    pub fn json(&self) -> Value {
        let mut error = json!({
            "code": self.code.name(),
            "exit_code": self.code.number(),
            "message": self.message,
            "help": self.help,
        });
        if let Value::Object(fields) = &mut error {
            fields.extend(self.details.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        }
        error
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
