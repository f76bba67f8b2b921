//! The k of a genome. A search asks a [`Judge`], so that its course can be tested without a clock.

use super::genome::{Genome, Niche, first_two};
use super::module::module;
use crate::gas::ChainPrices;
use crate::gas::measure::first_calls;
use crate::gas::ratio::k;
use crate::gas::subject::{Part, Set};
use crate::gas::tables;
use anyhow::{Result, anyhow};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};
use vellum_engine::{Exit, GasClass, Instance, Mode, Module, Policy, PriceTable, RunLimits, check};

/// What is to be found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Goal {
    /// Instructions that are charged too little though caches help them.
    Resident,
    /// The same of programs that caches do not help.
    Hostile,
    /// Functions that take long to validate and translate.
    FirstCall,
    /// Modules that take long to read and to make instances of.
    Start,
    /// Modules that take long to judge.
    Upload,
}

impl Goal {
    /// Every goal.
    pub const ALL: [Self; 5] = [Self::Resident, Self::Hostile, Self::FirstCall, Self::Start, Self::Upload];
    /// In turn: instructions are what there is most to find in.
    pub const TURNS: [Self; 8] = [
        Self::Resident,
        Self::Hostile,
        Self::Resident,
        Self::FirstCall,
        Self::Resident,
        Self::Hostile,
        Self::Start,
        Self::Upload,
    ];

    /// Which charge that is about.
    pub const fn part(self) -> Part {
        match self {
            Self::Resident | Self::Hostile => Part::Execution,
            Self::FirstCall => Part::FirstCall,
            Self::Start => Part::Start,
            Self::Upload => Part::Upload,
        }
    }

    /// Which limit on k holds.
    pub const fn set(self) -> Set {
        if matches!(self, Self::Hostile) { Set::Hostile } else { Set::Resident }
    }

    /// Makes a genome one of this goal: its walks fit, and what the goal is not about is not there.
    pub fn fit(self, genome: &mut Genome) {
        let shape = &mut genome.shape;
        shape.fit(self == Self::Resident);
        match self {
            Self::Resident | Self::Hostile => {
                (shape.functions, shape.globals, shape.elements, shape.start) = (0, 0, 0, false);
                (shape.segments, shape.segment_bytes) = (0, 0);
            }
            // A few functions more are enough to see what one of them takes.
            Self::FirstCall | Self::Upload => {
                (shape.functions, shape.start) = (shape.functions.min(4), false);
                (shape.segments, shape.segment_bytes) = (shape.segments.min(64), shape.segment_bytes.min(64));
            }
            Self::Start if !shape.start => {
                genome.main.clear();
                genome.callees = Default::default();
            }
            Self::Start => {}
        }
    }

    /// The name in reports and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Hostile => "hostile",
            Self::FirstCall => "first-call",
            Self::Start => "start",
            Self::Upload => "upload",
        }
    }
}

/// Who says how much too little a program is charged.
pub trait Judge {
    /// The k of a genome; `None` if it is no program that a chain would run to its end.
    fn k(&mut self, goal: Goal, genome: &Genome) -> Option<f64>;

    /// What it is the worst of, if it is.
    fn niche(&mut self, goal: Goal, genome: &Genome) -> Option<Niche>;
}

/// By the clock: the fastest of some runs.
pub struct Clock {
    prices: PriceTable,
    /// What instructions cost when all functions have been called before.
    instructions: PriceTable,
    chain: ChainPrices,
    reference: f64,
}

/// A run takes about so much fuel, which is some tens of microseconds: the system rarely interrupts those.
const RUN_FUEL: u64 = 60_000_000;
/// What is charged less says nothing about instructions: most of its time is what every call takes.
const RUN_FUEL_MIN: u64 = RUN_FUEL / 20;
/// Turns of a loop at most.
const TURNS_MAX: u64 = 50_000;
/// A single turn that costs more, or a module that needs more to be ready, is not tried.
const FUEL_MAX: u64 = 4_000_000_000;
/// Turns that show which classes a program is charged for.
const CLASS_TURNS: u64 = 8;
/// The fastest of so many.
const RUNS: u32 = 5;
/// As a chain has them.
const LIMITS: RunLimits =
    RunLimits { call_depth: 1_024, stack_height: 131_072, memory_pages: 16, table_elements: 16_384 };

impl Clock {
    /// With the prices under test.
    ///
    /// # Errors
    /// If the table without prices for first calls is none.
    pub fn new(prices: PriceTable, chain: ChainPrices, reference: f64) -> Result<Self> {
        let instructions = tables::without_first_calls(&prices).map_err(|error| anyhow!("{error}"))?;
        Ok(Self { prices, instructions, chain, reference })
    }

    /// How many turns a run of a genome takes, if it runs.
    pub fn turns(&self, blob: &[u8]) -> Option<u64> {
        Some(Running::new(blob, &self.instructions)?.turns)
    }

    fn classes(&self, blob: &[u8]) -> Option<Niche> {
        let fuel = |doubled: Option<GasClass>| {
            let prices = tables::doubled(&self.instructions, doubled).ok()?;
            let module = Module::new(blob, &Policy::contracts(), &prices, Mode::LazyTranslation).ok()?;
            let instance = Instance::new(&module, LIMITS).ok()?;
            Some(call(instance, module.exported_func("run")?, &[CLASS_TURNS])?.1)
        };
        let all = fuel(None)?;
        let shares = GasClass::ALL.iter().map(|class| {
            // Nothing is charged for instances and first calls here, so nothing is to be found of them.
            let priced = self.instructions.price(*class) > 0;
            let more = if priced { fuel(Some(*class))?.saturating_sub(all) } else { 0 };
            Some((class.name().to_owned(), more))
        });
        Some(first_two(shares.collect::<Option<Vec<_>>>()?))
    }

    fn execution(&self, blob: &[u8]) -> Option<f64> {
        let mut running = Running::new(blob, &self.instructions)?;
        let runs = (0..RUNS).map(|_| {
            let start = Instant::now();
            let fuel = running.call(running.run, &[running.turns])?;
            if fuel < RUN_FUEL_MIN {
                return None;
            }
            Some(k(picoseconds(start.elapsed()), fuel, self.reference))
        });
        runs.collect::<Option<Vec<f64>>>()?.into_iter().reduce(f64::min)
    }

    fn translation(&self, blob: &[u8]) -> Option<f64> {
        let charged = first_calls(blob, &self.prices).ok()??;
        let time = fastest(|| {
            let module = Module::new(blob, &Policy::stored(), &self.prices, Mode::Lazy).ok()?;
            let start = Instant::now();
            module.translate_all().ok()?;
            Some(start.elapsed())
        })?;
        Some(k(picoseconds(time), charged, self.reference))
    }

    fn start(&self, blob: &[u8]) -> Option<f64> {
        let make = || -> Option<u64> {
            let module = Module::new(blob, &Policy::stored(), &self.prices, Mode::Lazy).ok()?;
            let instance = Instance::new(&module, LIMITS).ok()?;
            let called = module.start_func().map_or(Some(0), |start| Some(call(instance, start, &[])?.1));
            Some(module.instantiation_fuel() + called?)
        };
        // What is searched is what an upload would let pass.
        Module::new(blob, &Policy::contracts(), &self.prices, Mode::Eager).ok()?;
        let charged = make()? + u64::try_from(blob.len()).ok()? * self.chain.load_byte;
        let time = fastest(|| {
            let start = Instant::now();
            make()?;
            Some(start.elapsed())
        })?;
        Some(k(picoseconds(time), charged, self.reference))
    }

    fn upload(&self, blob: &[u8]) -> Option<f64> {
        let charged = u64::try_from(blob.len()).ok()? * self.chain.upload_byte;
        let time = fastest(|| {
            let start = Instant::now();
            check(blob, &Policy::contracts(), &self.prices).ok()?;
            Some(start.elapsed())
        })?;
        Some(k(picoseconds(time), charged, self.reference))
    }
}

impl Judge for Clock {
    fn k(&mut self, goal: Goal, genome: &Genome) -> Option<f64> {
        let blob = module(genome);
        match goal {
            Goal::Resident | Goal::Hostile => self.execution(&blob),
            Goal::FirstCall => self.translation(&blob),
            Goal::Start => self.start(&blob),
            Goal::Upload => self.upload(&blob),
        }
    }

    /// Programs that execute, by the two gas classes that make up most of their charge: so each class that is too cheap
    /// is found, and not only the cheapest.
    fn niche(&mut self, goal: Goal, genome: &Genome) -> Option<Niche> {
        match goal {
            Goal::Resident | Goal::Hostile => self.classes(&module(genome)),
            Goal::Start => Some(genome.dimensions()),
            Goal::FirstCall | Goal::Upload => Some(genome.mixture()),
        }
    }
}

/// An instance whose memory is prepared and whose functions have been called.
struct Running {
    instance: Option<Instance>,
    run: u32,
    turns: u64,
}

impl Running {
    fn new(blob: &[u8], prices: &PriceTable) -> Option<Self> {
        let module = Module::new(blob, &Policy::contracts(), prices, Mode::Eager).ok()?;
        let (prepare, run) = (module.exported_func("prepare")?, module.exported_func("run")?);
        let mut instance = Instance::new(&module, LIMITS).ok()?;
        if let Some(start) = module.start_func() {
            instance = call(instance, start, &[])?.0;
        }
        let mut running = Self { instance: Some(instance), run, turns: 1 };
        running.call(prepare, &[])?;
        running.call(run, &[1])?;
        // What the run takes beside its turns is little; two turns more say what one takes.
        let (one, three) = (running.call(run, &[1])?, running.call(run, &[3])?);
        let turn = three.saturating_sub(one) / 2;
        running.turns = (RUN_FUEL / turn.max(1)).clamp(1, TURNS_MAX);
        Some(running)
    }

    fn call(&mut self, func: u32, args: &[u64]) -> Option<u64> {
        let (instance, fuel) = call(self.instance.take()?, func, args)?;
        self.instance = Some(instance);
        Some(fuel)
    }
}

/// Runs a function to its end; the fuel that it took.
fn call(instance: Instance, func: u32, args: &[u64]) -> Option<(Instance, u64)> {
    let mut execution = instance.call(func, args);
    let mut fuel = FUEL_MAX;
    match execution.run(&mut fuel) {
        Exit::Finished => Some((execution.into_instance(), FUEL_MAX - fuel)),
        _ => None,
    }
}

fn fastest(mut run: impl FnMut() -> Option<Duration>) -> Option<Duration> {
    (0..RUNS).map(|_| run()).collect::<Option<Vec<_>>>()?.into_iter().min()
}

fn picoseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e12
}
