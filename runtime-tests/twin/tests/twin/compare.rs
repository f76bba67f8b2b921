//! Holds the records of two runs against each other.

use crate::{
    ours, theirs,
    times::Times,
    tolerated::{DEPOSIT_LOST, OUT_OF_GAS, reason},
};
use frame_support::weights::Weight;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};
use vellum_host::profile::{self, Profile};
use vellum_runtime_tests::{runtime::AccountId, shared::report};

/// In what two records differ.
pub enum Difference {
    /// The step itself: a run went another way before.
    Step(String, String),
    /// Something that has to be equal.
    Fact(&'static str, String, String),
    /// Something was weighed by one only.
    Weighed,
    /// Bytes of proof.
    Proof(&'static str, u64, u64),
    /// A key of the state.
    State(String),
}

/// What has been compared so far.
#[derive(Default)]
pub struct Tally {
    runs: usize,
    steps: usize,
    /// Steps that were answered without an error.
    succeeded: usize,
    tolerated: BTreeMap<&'static str, BTreeSet<String>>,
    unexplained: Vec<String>,
    times: Times,
}

impl Tally {
    /// Takes both runs to their ends, or to where they part.
    pub fn compare(&mut self, mut ours: ours::Run, mut theirs: theirs::Run) {
        self.compare_on(&mut ours, &mut theirs);
    }

    /// Takes two runs that have begun to their ends, or to where they part.
    pub fn compare_on(&mut self, ours: &mut ours::Run, theirs: &mut theirs::Run) {
        self.compare_steps(usize::MAX, ours, theirs);
    }

    /// Takes both runs so many steps further, or to where they part. Whether they have come to an end.
    pub fn compare_steps(&mut self, steps: usize, ours: &mut ours::Run, theirs: &mut theirs::Run) -> bool {
        assert_eq!(ours.name, theirs.name);
        let name = ours.name.clone();
        self.runs += 1;
        let mut left_by_root = ours.look(accounts_left);
        for _ in 0..steps {
            let (our_record, profile) = profile::record(|| ours.next());
            let (our_record, their_record) = match (our_record, theirs.next()) {
                (Some(ours), Some(theirs)) => (ours, theirs),
                (None, None) => return true,
                _ => {
                    self.unexplained.push(format!("{name}: one run is over"));
                    return true;
                }
            };
            self.steps += 1;
            self.succeeded += usize::from(our_record.succeeded);
            self.check_deposits(&name, &our_record, &mut left_by_root);
            if self.compare_step(&name, our_record, their_record, &profile) {
                return true;
            }
        }
        false
    }

    /// Whether every step was answered without an error.
    pub fn all_succeeded(&self) -> bool {
        self.succeeded == self.steps
    }

    /// What is held is what is recorded, but on accounts whose contract root has ended: those keep what they held, a
    /// contract that is created there anew included.
    fn check_deposits(&mut self, name: &str, record: &ours::Record, left_by_root: &mut BTreeSet<AccountId>) {
        for (account, is_contract) in &record.unsound {
            let is_left = left_by_root.contains(account) || (record.by_root && !is_contract);
            if !is_left {
                let label = &record.label;
                self.unexplained.push(format!("{name}, {label}: {account} holds another deposit than is recorded"));
            }
            left_by_root.insert(account.clone());
        }
    }

    /// Whether the two parted.
    fn compare_step(&mut self, name: &str, ours: ours::Record, theirs: theirs::Record, profile: &Profile) -> bool {
        let label = ours.label.clone();
        let is_out_of_gas = ours.facts.iter().any(|(_, value)| value.contains("OutOfGas"));
        for ((what, ours), (_, theirs)) in ours.gas.iter().zip(&theirs.gas) {
            // What is required has what is consumed in it, and more that is equal.
            if *what != "required" {
                let step = format!("{name}, {label}");
                self.times.note(step, ours.ref_time(), theirs.ref_time(), profile, is_out_of_gas);
            }
        }
        let by_root = ours.by_root;
        let lost = theirs.unsound.iter().any(|account| !ours.unsound.contains(account));
        let contracts = ours::record::hex(&frame_support::storage::storage_prefix(b"Contracts", b"ContractInfoOf"));
        let mut parted = false;
        for difference in differences(ours, theirs) {
            // On an account that root has left something on already there is no sign of it.
            let lost = lost || by_root && matches!(&difference, Difference::State(key) if key.starts_with(&contracts));
            let is_proof = matches!(difference, Difference::Proof(..));
            let reason = lost
                .then_some(DEPOSIT_LOST)
                .or_else(|| reason(name, &label, &difference))
                .or((is_proof && is_out_of_gas).then_some(OUT_OF_GAS));
            match reason {
                Some(reason) => drop(self.tolerated.entry(reason).or_default().insert(name.to_owned())),
                // What follows from the first difference of a run says nothing new.
                None if parted => (),
                None => self.unexplained.push(format!("{name}, {label}:\n    {difference}")),
            }
            // Words lead nowhere else, nor does what was read until a step was out of gas.
            parted |= !matches!(difference, Difference::Fact("debug messages", ..)) && reason != Some(OUT_OF_GAS);
        }
        parted
    }

    /// Fails if instructions cost more than there, those of all steps together.
    pub fn judge_instructions(&self) {
        self.times.instructions_cost_less();
    }

    /// Reports, and fails if anything is unexplained or too little was compared.
    pub fn judge(&self, what: &str, steps_min: usize) {
        report(format_args!(
            "{what}: {} runs, {} steps ({} answered without an error), {} unexplained",
            self.runs,
            self.steps,
            self.succeeded,
            self.unexplained.len()
        ));
        self.times.report();
        for (reason, names) in &self.tolerated {
            let mut shown: Vec<&str> = names.iter().map(String::as_str).take(6).collect();
            if shown.len() < names.len() {
                shown.push("..");
            }
            report(format_args!("  tolerated in {} runs: {reason} ({})", names.len(), shown.join(", ")));
        }
        let above: Vec<String> = self.times.above().collect();
        for difference in self.unexplained.iter().chain(&above).take(20) {
            report(format_args!("UNEXPLAINED {difference}"));
        }
        assert!(self.unexplained.is_empty(), "{} unexplained", self.unexplained.len());
        assert!(above.is_empty(), "{} steps cost too much", above.len());
        assert!(self.steps >= steps_min, "only {} steps", self.steps);
    }
}

fn accounts_left() -> BTreeSet<AccountId> {
    ours::record::unsound().into_iter().map(|(account, _)| account).collect()
}

fn differences(ours: ours::Record, theirs: theirs::Record) -> Vec<Difference> {
    if ours.label != theirs.label {
        return vec![Difference::Step(ours.label, theirs.label)];
    }
    let mut found = Vec::new();
    if ours.facts.len() != theirs.facts.len() || ours.gas.len() != theirs.gas.len() {
        found.push(Difference::Weighed);
    }
    for ((name, ours), (_, theirs)) in ours.facts.into_iter().zip(theirs.facts) {
        if ours != theirs {
            found.push(Difference::Fact(name, ours, theirs));
        }
    }
    for ((name, ours), (_, theirs)) in ours.gas.iter().zip(&theirs.gas) {
        found.extend(proofs(name, *ours, *theirs));
    }
    found.extend(states(&ours.state, &theirs.state));
    found
}

fn proofs(name: &'static str, ours: Weight, theirs: Weight) -> Option<Difference> {
    let (ours, theirs) = (ours.proof_size(), theirs.proof_size());
    (ours != theirs).then_some(Difference::Proof(name, ours, theirs))
}

fn states(ours: &ours::record::State, theirs: &theirs::record::State) -> Vec<Difference> {
    if ours == theirs {
        return Vec::new();
    }
    let keys: BTreeSet<&Vec<u8>> = ours.keys().chain(theirs.keys()).collect();
    let differ = keys.into_iter().filter(|key| ours.get(*key) != theirs.get(*key));
    let shown = |value: Option<&Vec<u8>>| {
        value.map_or("nothing".into(), |value| ours::record::hex(&value[..value.len().min(200)]))
    };
    differ
        .map(|key| {
            let (ours, theirs) = (shown(ours.get(key)), shown(theirs.get(key)));
            Difference::State(format!("{}: {ours}, theirs {theirs}", ours::record::hex(key)))
        })
        .collect()
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step(ours, theirs) => write!(f, "steps: {ours}, theirs {theirs}"),
            Self::Fact(name, ours, theirs) => write!(f, "{name}: {}", first_difference(ours, theirs)),
            Self::Weighed => write!(f, "one of them weighed something that the other did not"),
            Self::Proof(name, ours, theirs) => write!(f, "proof {name}: {ours}, theirs {theirs}"),
            Self::State(text) => write!(f, "state {text}"),
        }
    }
}

/// The first line in which two texts differ.
fn first_difference(ours: &str, theirs: &str) -> String {
    let mut lines = ours.lines().zip(theirs.lines()).enumerate().filter(|(_, (ours, theirs))| ours != theirs);
    match lines.next() {
        Some((number, (ours, theirs))) => format!("line {number}: {ours}\n    theirs: {theirs}"),
        None => {
            let common = ours.lines().count().min(theirs.lines().count());
            let rest = |text: &str| text.lines().skip(common).collect::<Vec<_>>().join("\n        ");
            format!("more here: {}\n    more there: {}", rest(ours), rest(theirs))
        }
    }
}
