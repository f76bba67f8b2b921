//! The search itself: for each goal the worst genome of every niche, and a step that looks for a worse one.
//!
//! Keeping the worst of each mixture of operators, and not only the worst of all, shows in one search which prices are
//! too low, and lets a program become worse by way of others that are not. What it does follows from the seed and from
//! what the judge says; its state can be written and read between any two steps.

use super::genome::{Genome, Niche};
use super::judge::{Goal, Judge};
use super::random::Random;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A genome that is the worst of its niche.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Elite {
    /// The least k that was measured of it.
    pub k: f64,
    /// How often it was measured.
    pub measured: u32,
    /// The program.
    pub genome: Genome,
}

/// The state of a search.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Population {
    /// Of this form of state.
    pub version: u32,
    /// What it began with.
    pub seed: u64,
    /// Genomes that were measured.
    pub evaluations: u64,
    /// Seconds that were spent.
    pub seconds: u64,
    /// The prices that every k is of, in the order of `GasClass::ALL`.
    #[serde(default)]
    prices: Vec<u32>,
    random: Random,
    archives: Vec<(Goal, Vec<(Niche, Elite)>)>,
    #[serde(skip)]
    known: BTreeMap<Goal, BTreeMap<Niche, Elite>>,
}

/// Grows when genomes mean something else than before.
pub const VERSION: u32 = 3;
/// Any genomes, before children are made.
const FIRST: usize = 32;
/// Of a hundred steps: those that measure an elite again, and those that try any genome.
const AGAIN: usize = 12;
const FRESH: usize = 6;
/// What is so much better than the worst of its goal is not kept, whatever it is a mixture of.
const FAR: f64 = 0.1;

impl Population {
    /// A search that has not begun.
    pub fn new(seed: u64) -> Self {
        let known = Goal::ALL.into_iter().map(|goal| (goal, BTreeMap::new())).collect();
        Self {
            version: VERSION,
            seed,
            evaluations: 0,
            seconds: 0,
            prices: Vec::new(),
            random: Random::new(seed),
            archives: Vec::new(),
            known,
        }
    }

    /// As text.
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn save(&mut self) -> serde_json::Result<String> {
        let archive = |(goal, niches): (&Goal, &BTreeMap<_, _>)| {
            (*goal, niches.iter().map(|(niche, elite): (&Niche, &Elite)| (niche.clone(), elite.clone())).collect())
        };
        self.archives = self.known.iter().map(archive).collect();
        serde_json::to_string(self)
    }

    /// From text.
    ///
    /// # Errors
    /// If it is no state of a search.
    pub fn load(text: &str) -> serde_json::Result<Self> {
        let mut population: Self = serde_json::from_str(text)?;
        let archives = std::mem::take(&mut population.archives);
        population.known = archives.into_iter().map(|(goal, elites)| (goal, elites.into_iter().collect())).collect();
        Ok(population)
    }

    /// Elites of a goal, the worst first.
    pub fn worst(&self, goal: Goal) -> Vec<(&Niche, &Elite)> {
        let mut elites: Vec<_> = self.known.get(&goal).into_iter().flatten().collect();
        elites.sort_by(|a, b| b.1.k.total_cmp(&a.1.k).then_with(|| a.0.cmp(b.0)));
        elites
    }

    /// Judges all elites anew, unless these are the prices that they were judged by: what was charged too little under others may
    /// be charged enough now, or be another mixture.
    pub fn judge_by(&mut self, prices: &[u32], judge: &mut dyn Judge) {
        if self.prices == prices {
            return;
        }
        for (goal, archive) in &mut self.known {
            for elite in std::mem::take(archive).into_values() {
                let (one, other) = (judge.k(*goal, &elite.genome), judge.k(*goal, &elite.genome));
                let Some((k, niche)) = one.zip(other).zip(judge.niche(*goal, &elite.genome)) else { continue };
                let k = k.0.min(k.1);
                if archive.get(&niche).is_none_or(|known| k > known.k) {
                    archive.insert(niche, Elite { k, measured: 2, genome: elite.genome });
                }
            }
        }
        self.prices = prices.to_vec();
    }

    /// Measures one genome.
    pub fn step(&mut self, judge: &mut dyn Judge) {
        let turn = usize::try_from(self.evaluations).unwrap_or(0) % Goal::TURNS.len();
        let goal = Goal::TURNS[turn];
        self.evaluations += 1;
        let count = self.known.get(&goal).map_or(0, BTreeMap::len);
        if count >= FIRST && self.random.percent(AGAIN) {
            return self.measure_again(goal, judge);
        }
        let mut genome = if count < FIRST || self.random.percent(FRESH) {
            if self.random.percent(50) { Genome::pure(&mut self.random) } else { Genome::any(&mut self.random) }
        } else {
            let (one, other) = (self.parent(goal), self.parent(goal));
            match one.zip(other) {
                Some((one, other)) => one.child(&other, &mut self.random),
                None => Genome::any(&mut self.random),
            }
        };
        goal.fit(&mut genome);
        let Some(k) = judge.k(goal, &genome) else { return };
        let archive = self.known.entry(goal).or_default();
        let worst = archive.values().map(|elite| elite.k).fold(0.0, f64::max);
        if count >= FIRST && k < worst * FAR {
            return;
        }
        let Some(niche) = judge.niche(goal, &genome) else { return };
        let is_worse = |k: f64, known: &BTreeMap<_, Elite>| known.get(&niche).is_none_or(|elite| k > elite.k);
        if !is_worse(k, archive) {
            return;
        }
        // Other work on the machine makes programs slow, too: twice in a row is rare.
        let Some(k) = judge.k(goal, &genome).map(|again| again.min(k)) else { return };
        if is_worse(k, archive) {
            archive.insert(niche, Elite { k, measured: 2, genome });
        }
    }

    /// One elite once more, rather a bad one: it keeps the least k.
    fn measure_again(&mut self, goal: Goal, judge: &mut dyn Judge) {
        let niches: Vec<_> = self.worst(goal).into_iter().map(|(niche, _)| niche.clone()).collect();
        let most = if self.random.percent(70) { niches.len().min(12) } else { niches.len() };
        let Some(niche) = self.random.of(&niches[..most]).cloned() else { return };
        let Some(elite) = self.known.get_mut(&goal).and_then(|archive| archive.get_mut(&niche)) else { return };
        let Some(k) = judge.k(goal, &elite.genome) else { return };
        elite.k = elite.k.min(k);
        elite.measured += 1;
    }

    /// Anybody, or the worst of four.
    fn parent(&mut self, goal: Goal) -> Option<Genome> {
        let tries = if self.random.percent(50) { 1 } else { 4 };
        let archive = self.known.get(&goal)?;
        let elites: Vec<&Elite> = archive.values().collect();
        let mut worst: Option<&Elite> = None;
        for _ in 0..tries {
            let other = *self.random.of(&elites)?;
            if worst.is_none_or(|worst| other.k > worst.k) {
                worst = Some(other);
            }
        }
        worst.map(|elite| elite.genome.clone())
    }
}
