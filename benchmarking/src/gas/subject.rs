//! What is audited: pieces of code, and the parts of their life that are paid for one by one.

use crate::host::Host;
use serde::{Deserialize, Serialize};

/// Which charge is compared with which time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Instructions: a call of code that is translated already, at what it is charged short of first calls.
    Execution,
    /// What the first calls of functions add to the same call: validation and translation.
    FirstCall,
    /// Reading a stored blob for a call, making an instance and dropping it.
    Start,
    /// The three together: a call of a contract that no cache knows.
    Whole,
    /// Judging a blob that is uploaded, at the price of its bytes.
    Upload,
}

impl Part {
    /// Every part, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Execution, Self::FirstCall, Self::Start, Self::Whole, Self::Upload];

    /// The name in reports and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Execution => "execution",
            Self::FirstCall => "first-call",
            Self::Start => "start",
            Self::Whole => "whole call, nothing cached",
            Self::Upload => "upload",
        }
    }

    /// The part of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }
}

/// How kind a program is to the processor's caches. Limits on k differ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Set {
    /// What it works on fits the nearest data cache, and it has run before.
    Resident,
    /// It works on more, in an order that nothing predicts.
    Hostile,
    /// A program of the first set that starts with empty caches, as a contract does that is called once.
    Cold,
}

impl Set {
    /// Every set, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Resident, Self::Hostile, Self::Cold];

    /// The name in reports and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Hostile => "hostile",
            Self::Cold => "cold",
        }
    }

    /// The set of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.name() == name)
    }
}

/// A blob, and what is done with it.
pub struct Subject {
    /// Its name.
    pub name: String,
    /// What it is one of: reports tell them apart.
    pub group: &'static str,
    /// How kind it is to caches.
    pub set: Set,
    /// The blob.
    pub blob: Vec<u8>,
    /// What is called, unless only its start is looked at.
    pub task: Option<Task>,
    /// Which parts are audited.
    pub parts: Vec<Part>,
}

/// A call.
#[derive(Clone)]
pub struct Task {
    /// Calls that come before it in the same instance, and do not count.
    pub before: Vec<(&'static str, Vec<u64>)>,
    /// The exported function.
    pub entry: &'static str,
    /// Its arguments.
    pub args: Vec<u64>,
    /// The host, as it is when the instance is made.
    pub host: Host,
}
