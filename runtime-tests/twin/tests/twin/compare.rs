//! Holds the records of two runs against each other.

use crate::{ours, theirs, tolerated::reason};
use frame_support::weights::Weight;
use std::collections::{BTreeMap, BTreeSet};
use vellum_runtime_tests::shared::report;

/// In what two records differ.
#[derive(Debug, PartialEq, Eq)]
pub enum Difference {
    /// The step itself: a run went another way before.
    Step(String, String),
    /// Something that has to be equal.
    Fact(&'static str, String, String),
    /// Something was weighed by one only.
    Weighed,
    /// Bytes of proof.
    Proof(&'static str, u64, u64),
    /// Ours took more time.
    Time(&'static str, u64, u64),
    /// A key of the state.
    State(String),
}

/// What has been compared so far.
#[derive(Default)]
pub struct Tally {
    runs: usize,
    steps: usize,
    /// Steps whose call or instantiation was answered without an error.
    succeeded: usize,
    weights: usize,
    tolerated: BTreeMap<&'static str, BTreeSet<String>>,
    unexplained: Vec<String>,
}

impl Tally {
    /// Takes both runs to their ends, or to where they part.
    pub fn compare(&mut self, mut ours: ours::Run, mut theirs: theirs::Run) {
        assert_eq!(ours.name, theirs.name);
        let name = ours.name.clone();
        self.runs += 1;
        loop {
            let (our_record, their_record) = match (ours.next(), theirs.next()) {
                (Some(ours), Some(theirs)) => (ours, theirs),
                (None, None) => break,
                _ => return self.unexplained.push(format!("{name}: one run is over")),
            };
            self.steps += 1;
            self.weights += our_record.gas.len();
            let is_success = |(fact, value): &(&str, String)| {
                *fact == "result" && !value.starts_with("Module") && !value.starts_with("Err")
            };
            self.succeeded += usize::from(our_record.facts.iter().any(is_success));
            let label = our_record.label.clone();
            let mut parted = false;
            for difference in differences(our_record, their_record) {
                parted |= !matches!(difference, Difference::Time(..));
                if std::env::var_os("TWIN_NO_TIME").is_some() && matches!(difference, Difference::Time(..)) { continue; }
                match reason(&name, &label, &difference) {
                    Some(reason) => drop(self.tolerated.entry(reason).or_default().insert(name.clone())),
                    None => self.unexplained.push(format!("{name}, {label}:\n    {difference:?}")),
                }
            }
            if parted {
                break;
            }
        }
    }

    /// Reports, and fails if anything is unexplained or too little was compared.
    pub fn judge(&self, what: &str, steps_min: usize) {
        report(format_args!(
            "{what}: {} runs, {} steps ({} succeeded), {} weights compared; {} unexplained",
            self.runs,
            self.steps,
            self.succeeded,
            self.weights,
            self.unexplained.len()
        ));
        for (reason, names) in &self.tolerated {
            report(format_args!("  tolerated in {} runs: {reason}", names.len()));
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            report(format_args!("    {}", names.join(", ")));
        }
        for difference in self.unexplained.iter().take(20) {
            report(format_args!("UNEXPLAINED {difference}"));
        }
        assert!(self.unexplained.is_empty());
        assert!(self.steps >= steps_min);
    }
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
        found.extend(weights(name, *ours, *theirs));
    }
    found.extend(states(&ours.state, &theirs.state));
    found
}

fn weights(name: &'static str, ours: Weight, theirs: Weight) -> Vec<Difference> {
    let mut found = Vec::new();
    if ours.proof_size() != theirs.proof_size() {
        found.push(Difference::Proof(name, ours.proof_size(), theirs.proof_size()));
    }
    if ours.ref_time() > theirs.ref_time() {
        found.push(Difference::Time(name, ours.ref_time(), theirs.ref_time()));
    }
    found
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
