//! One engine under its prices, and the runs of a subject's parts on it.

mod first_calls;
mod shares;
mod turns;

use super::ChainPrices;
use super::subject::{Part, Subject, Task};
use super::tables::without_first_calls;
use crate::engines::{Code, Engine, Fault, Session, Translation, Vellum};
#[cfg(feature = "wasmi")]
use crate::engines::{Metering, Wasmi032};
use crate::host::{Host, Script};
use anyhow::{Context, Result, anyhow};
use std::hint::black_box;
use std::time::{Duration, Instant};
use vellum_engine::{Mode, Module, Policy, PriceTable, check};

pub use first_calls::first_calls;
pub use turns::{Effort, take_turns};

/// How the part of a run that counts is watched: by the clock, or by a tool from outside.
pub type Watch = fn(&mut dyn FnMut()) -> Duration;

/// By the clock.
#[inline(never)]
pub fn clocked(action: &mut dyn FnMut()) -> Duration {
    let start = Instant::now();
    action();
    start.elapsed()
}

/// By callgrind, which knows this function by its name.
#[inline(never)]
pub fn collected(action: &mut dyn FnMut()) -> Duration {
    action();
    // Keeps the call above from becoming a jump: the tool must see this function end.
    black_box(Duration::ZERO)
}

/// An engine under its prices.
pub struct Priced {
    name: &'static str,
    /// Everything is translated when the blob is read.
    translated: Box<dyn Engine>,
    /// The same without a charge for first calls, if that is a charge of its own.
    without_first_calls: Option<Box<dyn Engine>>,
    /// As calls take stored code.
    stored: Box<dyn Engine>,
    /// Picoseconds for a unit of fuel.
    fuel_price: u64,
    /// The price table, if instances and first calls have prices.
    prices: Option<PriceTable>,
    chain: ChainPrices,
}

/// A part of a subject, ready to run.
pub struct Runner<'a> {
    /// What it is charged, in picoseconds.
    pub charged: u64,
    /// Runs whose times are added and subtracted in turn: the first one less the second one, if there are two.
    pub phases: usize,
    run: Box<dyn FnMut(usize, Watch) -> Result<Duration> + 'a>,
}

impl Runner<'_> {
    /// Runs a phase once.
    ///
    /// # Errors
    /// If it does not end as it did before.
    pub fn run(&mut self, phase: usize, watch: Watch) -> Result<Duration> {
        (self.run)(phase, watch)
    }
}

impl Priced {
    /// Vellum with a price table.
    ///
    /// # Errors
    /// If the table without prices for first calls is none.
    pub fn vellum(prices: PriceTable, chain: &ChainPrices) -> Result<Self> {
        let others = without_first_calls(&prices).map_err(|error| anyhow!("{error}"))?;
        Ok(Self {
            name: "vellum",
            translated: Box::new(Vellum::priced(prices, Translation::Eager)),
            without_first_calls: Some(Box::new(Vellum::priced(others, Translation::Eager))),
            stored: Box::new(Vellum::priced(prices, Translation::Stored)),
            fuel_price: 1,
            prices: Some(prices),
            chain: chain.clone(),
        })
    }

    /// wasmi 0.32.3 with the prices of pallet-contracts 51. It charges first calls in fuel, and instances by the bytes of
    /// their code.
    ///
    /// # Errors
    /// If the engine cannot be set up.
    #[cfg(feature = "wasmi")]
    pub fn wasmi_0_32() -> Result<Self> {
        let chain = ChainPrices::pallet_contracts_51();
        Ok(Self {
            name: "wasmi 0.32.3",
            translated: Box::new(Wasmi032::new(Translation::Eager, Metering::On)?),
            without_first_calls: None,
            stored: Box::new(Wasmi032::new(Translation::Stored, Metering::On)?),
            fuel_price: chain.wasmi_fuel,
            prices: None,
            chain,
        })
    }

    /// The engine's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// A part of a subject; `None` if the part is no charge of its own here, or the subject has none of it.
    ///
    /// # Errors
    /// If the subject does not run.
    pub fn runner<'a>(&'a self, subject: &'a Subject, part: Part) -> Result<Option<Runner<'a>>> {
        let runner = match (part, &subject.task) {
            (Part::Execution, Some(task)) => self.execution(subject, task).map(Some),
            (Part::FirstCall, Some(task)) => self.first_calls_of(subject, task).map(Some),
            (Part::FirstCall, None) => self.translation(subject),
            (Part::Start, task) => self.start(subject, task.as_ref()).map(Some),
            (Part::Upload, _) => Ok(Some(self.upload(subject))),
            (Part::Execution, None) | (Part::Whole, _) => Ok(None),
        };
        runner.with_context(|| format!("{}, {}", subject.name, part.name()))
    }

    fn execution<'a>(&'a self, subject: &'a Subject, task: &'a Task) -> Result<Runner<'a>> {
        let code = self.translated.compile(&subject.blob)?;
        let (full, host) = rehearse(&*code, task)?;
        let fuel = match &self.without_first_calls {
            Some(engine) => rehearse(&*engine.compile(&subject.blob)?, task)?.0,
            None => full,
        };
        let run = move |_, watch: Watch| timed_call(&*code, task, &host, watch);
        Ok(Runner { charged: fuel.saturating_mul(self.fuel_price), phases: 1, run: Box::new(run) })
    }

    fn first_calls_of<'a>(&'a self, subject: &'a Subject, task: &'a Task) -> Result<Runner<'a>> {
        let code = self.translated.compile(&subject.blob)?;
        let (translated, host) = rehearse(&*code, task)?;
        let (more, less) = match &self.without_first_calls {
            Some(engine) => (translated, rehearse(&*engine.compile(&subject.blob)?, task)?.0),
            None => (rehearse(&*self.stored.compile(&subject.blob)?, task)?.0, translated),
        };
        let run = move |phase, watch: Watch| match phase {
            0 => timed_call(&*self.stored.compile(&subject.blob)?, task, &host, watch),
            _ => timed_call(&*code, task, &host, watch),
        };
        let charged = more.saturating_sub(less).saturating_mul(self.fuel_price);
        Ok(Runner { charged, phases: 2, run: Box::new(run) })
    }

    /// All functions of a blob, each as at its first call.
    fn translation<'a>(&'a self, subject: &'a Subject) -> Result<Option<Runner<'a>>> {
        let Some(prices) = self.prices else { return Ok(None) };
        let Some(charged) = first_calls(&subject.blob, &prices)? else { return Ok(None) };
        let run = move |_, watch: Watch| {
            let module = stored(&subject.blob, &prices)?;
            let mut result = Ok(());
            let time = watch(&mut || result = module.translate_all());
            result.map(|()| time).map_err(|error| anyhow!("{error}"))
        };
        Ok(Some(Runner { charged, phases: 1, run: Box::new(run) }))
    }

    fn start<'a>(&'a self, subject: &'a Subject, task: Option<&Task>) -> Result<Runner<'a>> {
        let host = host_of(task);
        let start = move || -> Result<u64> {
            let code = self.stored.compile(&subject.blob)?;
            let mut session = code.prepare(host.clone());
            session.instantiate().map_err(fail)?;
            Ok(code.instantiation_fuel() + session.fuel_used().unwrap_or(0))
        };
        // Without prices for instances the bytes pay for everything.
        let fuel = if self.prices.is_some() { start()? } else { start().map(|_| 0)? };
        let charged = bytes(&subject.blob).saturating_mul(self.chain.load_byte).saturating_add(fuel);
        let run = move |_, watch: Watch| {
            let mut result = Ok(0);
            let time = watch(&mut || result = start());
            result.map(|_| time)
        };
        Ok(Runner { charged, phases: 1, run: Box::new(run) })
    }

    fn upload<'a>(&'a self, subject: &'a Subject) -> Runner<'a> {
        let charged = bytes(&subject.blob).saturating_mul(self.chain.upload_byte);
        let judge = move || match self.prices {
            Some(prices) => {
                check(&subject.blob, &Policy::contracts(), &prices).map(drop).map_err(|error| anyhow!("{error}"))
            }
            None => self.translated.compile(&subject.blob).map(drop),
        };
        // Whoever uploads what is refused has paid for its bytes, too: the verdict does not matter here.
        let run = move |_, watch: Watch| {
            Ok(watch(&mut || {
                let _ = black_box(judge());
            }))
        };
        Runner { charged, phases: 1, run: Box::new(run) }
    }
}

/// A stored blob as a call reads it.
fn stored(blob: &[u8], prices: &PriceTable) -> Result<Module> {
    Module::new(blob, &Policy::stored(), prices, Mode::Lazy).map_err(|error| anyhow!("{error}"))
}

/// Runs once to learn the fuel that the call takes, and what the host answers.
fn rehearse(code: &dyn Code, task: &Task) -> Result<(u64, Host)> {
    let host = Host { script: Script::Recording(Vec::new()), ..task.host.clone() };
    let mut session = ready(code, task, host)?;
    let before = session.fuel_used().unwrap_or(0);
    ended(session.call(task.entry, &task.args))?;
    let fuel = session.fuel_used().context("the engine has no fuel")? - before;
    Ok((fuel, session.take_host().replay()))
}

fn timed_call(code: &dyn Code, task: &Task, host: &Host, watch: Watch) -> Result<Duration> {
    let mut session = ready(code, task, host.clone())?;
    let mut result = Ok(Vec::new());
    let time = watch(&mut || result = session.call(task.entry, &task.args));
    ended(result)?;
    Ok(time)
}

fn ready(code: &dyn Code, task: &Task, host: Host) -> Result<Box<dyn Session>> {
    let mut session = code.prepare(host);
    session.instantiate().map_err(fail)?;
    for (entry, args) in &task.before {
        session.call(entry, args).map_err(fail)?;
    }
    Ok(session)
}

/// A contract may end its call by a call of the host.
fn ended(result: Result<Vec<u64>, Fault>) -> Result<()> {
    match result {
        Ok(_) | Err(Fault::Returned) => Ok(()),
        Err(fault) => Err(fail(fault)),
    }
}

fn host_of(task: Option<&Task>) -> Host {
    task.map_or_else(Host::default, |task| task.host.clone())
}

#[allow(clippy::needless_pass_by_value, reason = "errors are mapped by it")]
fn fail(fault: Fault) -> anyhow::Error {
    anyhow!("it ended with {fault:?}")
}

/// How many bytes a blob has.
pub(crate) fn bytes(blob: &[u8]) -> u64 {
    u64::try_from(blob.len()).unwrap_or(u64::MAX)
}
