//! `gas search`: looks for programs that are charged too little, by evolution.
//!
//! [`genome`] is what evolves and [`emit`] makes a program of it, [`judge`] measures its k, [`population`] keeps the worst and
//! makes children of them. What a search finds is made small ([`shrink`]) and kept ([`regressions`]).

pub mod emit;
pub mod genome;
pub mod judge;
pub mod module;
pub mod operators;
pub mod population;
pub mod random;
pub mod regressions;
pub mod shrink;

use super::measure::Priced;
use super::subject::Part;
use super::{ChainPrices, Findings, ensure_optimised, yardstick};
use crate::machine::Machine;
use anyhow::{Context, Result, ensure};
use clap::Args;
use comfy_table::{CellAlignment, Table, presets};
use indicatif::{ProgressBar, ProgressStyle};
use judge::{Clock, Goal};
use population::Population;
use regressions::Case;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use vellum_engine::GasClass;

/// Where programs are kept, in a checkout.
pub const REGRESSIONS: &str = "benchmarking/regressions";

/// How long is searched, and where things come from and go to.
#[derive(Args, Debug)]
pub struct Options {
    /// How long to search
    #[arg(long, default_value_t = 30, value_name = "MINUTES")]
    pub minutes: u64,
    /// What a new search begins with; all but times follows from it
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Where the search goes on, if the file is there, and what it leaves
    #[arg(long, default_value = "target/benchmarking/gas/search.json", value_name = "FILE")]
    pub resume: PathBuf,
    /// Where the worst programs go
    #[arg(long, default_value = REGRESSIONS, value_name = "FOLDER")]
    pub regressions: PathBuf,
    /// How many of each goal are kept
    #[arg(long, default_value_t = 6, value_name = "N")]
    pub keep: usize,
    /// Nanoseconds of the yardstick on the machine that prices are made for [default: it is this one]
    #[arg(long, value_name = "NANOSECONDS")]
    pub yardstick: Option<f64>,
    /// Search although this build is not optimised
    #[arg(long)]
    pub anyway: bool,
}

/// How often the state is written.
const SAVE_EVERY: Duration = Duration::from_secs(20);
/// Steps between two looks at the clock.
const STEPS: u32 = 64;

/// Searches, and keeps what it found.
///
/// # Errors
/// If the state is not one of this seed, or a file cannot be read or written.
pub fn run(options: &Options, prices: &ChainPrices) -> Result<Findings> {
    ensure_optimised(options.anyway)?;
    let reference = yardstick::reference_ratio(yardstick::nanoseconds(), options.yardstick);
    let mut judge = Clock::new(vellum_weights::host(), prices.clone(), reference)?;
    let mut population = start(&options.resume, options.seed)?;
    let prices_now = vellum_weights::host();
    let charged: Vec<u32> = GasClass::ALL.iter().map(|class| prices_now.price(*class)).collect();
    population.judge_by(&charged, &mut judge);
    search(&mut population, &mut judge, options)?;
    let mut text = prices.caution.map_or_else(String::new, |caution| format!("Caution: {caution}\n"));
    writeln!(
        text,
        "{} programs were measured in {} minutes (seed {}); k by goal and mixture, before anything was left out:\n{}",
        population.evaluations,
        population.seconds / 60,
        population.seed,
        table(&population)
    )?;
    let (kept, cases) = keep(&population, &mut judge, prices, options)?;
    writeln!(text, "{kept}")?;
    let json = json!({
        "evaluations": population.evaluations,
        "seconds": population.seconds,
        "seed": population.seed,
        "reference_ratio": reference,
        "kept": cases,
    });
    Ok(Findings { text, json })
}

/// The search that a file has, or a new one.
fn start(path: &Path, seed: u64) -> Result<Population> {
    if !path.is_file() {
        return Ok(Population::new(seed));
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let population = Population::load(&text).with_context(|| format!("reading {}", path.display()))?;
    ensure!(
        population.version == population::VERSION && population.seed == seed,
        "{} is of another version or seed: choose another file, or the seed {}",
        path.display(),
        population.seed
    );
    Ok(population)
}

fn search(population: &mut Population, judge: &mut Clock, options: &Options) -> Result<()> {
    let total = Duration::from_secs(options.minutes * 60);
    let progress = ProgressBar::new(total.as_secs());
    progress.set_style(ProgressStyle::with_template("{elapsed_precise} of {len} s {wide_bar} {msg}")?);
    let (start, before, mut saved) = (Instant::now(), population.seconds, Instant::now());
    while start.elapsed() < total {
        for _ in 0..STEPS {
            population.step(judge);
        }
        population.seconds = before + start.elapsed().as_secs();
        progress.set_position(start.elapsed().as_secs());
        let worst = |goal| population.worst(goal).first().map_or(0.0, |(_, elite)| elite.k);
        let worst = Goal::ALL.map(|goal| format!("{} {:.2}", goal.name(), worst(goal)));
        progress.set_message(format!("{} programs, worst k: {}", population.evaluations, worst.join(", ")));
        if saved.elapsed() > SAVE_EVERY {
            save(population, &options.resume)?;
            saved = Instant::now();
        }
    }
    progress.finish_and_clear();
    save(population, &options.resume)
}

/// Beside the file first, so that whoever ends this program loses nothing.
fn save(population: &mut Population, path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let fresh = path.with_extension("new");
    std::fs::write(&fresh, population.save()?).with_context(|| format!("writing {}", fresh.display()))?;
    std::fs::rename(&fresh, path).with_context(|| format!("writing {}", path.display()))
}

fn table(population: &Population) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(["goal", "mixtures", "k most", "above 1", "the worst mixtures"]);
    for goal in Goal::ALL {
        let worst = population.worst(goal);
        let above = worst.iter().filter(|(_, elite)| elite.k > 1.0).count();
        let names = worst.iter().take(6).map(|((one, other), elite)| {
            format!("{one}{}{other} {:.2}", if other.is_empty() { "" } else { " + " }, elite.k)
        });
        table.add_row([
            goal.name().to_owned(),
            worst.len().to_string(),
            worst.first().map_or_else(String::new, |(_, elite)| format!("{:.2}", elite.k)),
            above.to_string(),
            names.collect::<Vec<_>>().join(", "),
        ]);
    }
    for column in [1, 2, 3] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// Makes the worst of each goal small and keeps them, no two that are about the same thing first.
fn keep(
    population: &Population,
    judge: &mut Clock,
    prices: &ChainPrices,
    options: &Options,
) -> Result<(Table, Vec<Value>)> {
    let machine = Machine::here();
    let priced = Priced::vellum(vellum_weights::host(), prices)?;
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(["kept", "genes", "k", "charged for"]);
    let mut cases = Vec::new();
    let progress = ProgressBar::new_spinner();
    for goal in Goal::ALL {
        let mut seen = Vec::new();
        for ((first, _), elite) in population.worst(goal) {
            if seen.len() >= options.keep {
                break;
            }
            if seen.contains(first) {
                continue;
            }
            seen.push(first.clone());
            progress.set_message(format!("making small: {}, {first}", goal.name()));
            progress.tick();
            let mut genome = elite.genome.clone();
            goal.fit(&mut genome);
            let Some((genome, k)) = shrink::shrink(goal, &genome, judge) else { continue };
            let blob = module::module(&genome);
            let case = Case {
                name: format!(
                    "{}-{}",
                    goal.name(),
                    if first.is_empty() { "nothing".into() } else { first.replace(' ', "-") }
                ),
                part: goal.part(),
                set: goal.set(),
                k,
                found: format!("{}, {}", machine.date, machine.processor),
                turns: judge.turns(&blob).unwrap_or(1),
                blob,
            };
            let written = regressions::keep(&options.regressions, &case)?;
            let name = format!("{}{}", case.name, if written { "" } else { " (a worse one is there)" });
            cases.push(json!({ "name": case.name, "k": k, "part": case.part, "set": case.set, "written": written }));
            let genes = genome.main.len() + genome.callees.iter().map(Vec::len).sum::<usize>();
            let shares =
                if goal.part() == Part::Execution { priced.shares(&case.into_subject())? } else { String::new() };
            table.add_row([name, genes.to_string(), format!("{k:.2}"), shares]);
        }
    }
    progress.finish_and_clear();
    Ok((table, cases))
}
