//! The engine as a runtime contains it: compiled to wasm32, and run by wasmtime with Cranelift as nodes do.
//! Beside it wasmi 0.32.3, which pallet-contracts links, compiled the same way, with the same small host
//! inside. What is measured is a call into the guest that runs a workload, metered.

use crate::compare::{Effort, Row, Section, geometric_mean, take_turns, write_docs};
use crate::machine::Machine;
use crate::workloads::{self, Entry, Task, Workload};
use anyhow::{Context, Result, anyhow, ensure};
use comfy_table::{CellAlignment, Table, presets};
use indicatif::ProgressBar;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use wasmtime::{Config, Engine, Instance, Memory, Module, Store, TypedFunc, WasmParams, WasmResults};

/// The features of the guest, one engine each, and their names. Vellum is the first.
const GUESTS: [(&str, &str); 2] = [("vellum", "vellum"), ("wasmi", "wasmi 0.32.3")];
/// The place of wasmi among them.
const WASMI: usize = 1;
/// What guests are compiled for: what runtimes are.
const TARGET: &str = "wasm32v1-none";

/// What is compared, and how the guests are built.
#[derive(Debug)]
pub struct Options {
    /// Seconds instead of minutes.
    pub quick: bool,
    /// Only what has this in its name.
    pub filter: Option<String>,
    /// A folder of real contracts.
    pub real: PathBuf,
    /// A folder with a toolchain that knows the target.
    pub toolchain: Option<PathBuf>,
    /// Where the table goes.
    pub out: PathBuf,
    /// Whether `docs/speed.md` gets it, too.
    pub docs: bool,
}

/// The place of the table in `docs/speed.md`.
const PLACE: &str = "portable --docs";

/// Builds the guests, runs what matches the filter, prints the table and writes it.
///
/// # Errors
/// If a guest cannot be built, or guests disagree.
pub fn run(options: &Options) -> Result<()> {
    let effort = Effort::new(options.quick);
    let (found, absent) = workloads::real(&options.real)?;
    if !absent.is_empty() {
        println!("not in {}, so left out: {}", options.real.display(), absent.join(", "));
    }
    let chosen = |name: &str| options.filter.as_ref().is_none_or(|filter| name.contains(filter));
    // A result that is a float is not among what guests give.
    let workloads = workloads::all()?.into_iter().chain(found).filter(|workload| workload.name != "coremark");
    let workloads: Vec<_> = workloads.filter(|workload| chosen(&workload.name)).collect();
    ensure!(!workloads.is_empty(), "nothing is called like that");
    let engine = Engine::new(&Config::new()).map_err(|error| anyhow!("{error}"))?;
    let mut guests = Vec::new();
    for (feature, _) in GUESTS {
        let blob = std::fs::read(build(feature, options.toolchain.as_deref())?)?;
        guests.push(Guest::new(&engine, &blob).with_context(|| format!("the guest with {feature}"))?);
    }
    let progress = ProgressBar::new(u64::try_from(workloads.len())?);
    let mut rows = Vec::new();
    for workload in &workloads {
        let values = measure(workload, &mut guests, effort).with_context(|| workload.name.clone())?;
        rows.push(Row { name: workload.name.clone(), group: "portable", values });
        progress.inc(1);
    }
    progress.finish_and_clear();
    publish(&Section { title: "As WebAssembly", unit: "us", what: "workload", rows, has_mean: true }, options)
}

/// Compiles the guest with an engine inside; gives the file.
fn build(feature: &str, toolchain: Option<&Path>) -> Result<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = package.join("../target/guest").join(feature);
    let cargo = toolchain.map_or_else(|| PathBuf::from("cargo"), |toolchain| toolchain.join("bin/cargo"));
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "--locked", "--target", TARGET, "--features", feature, "--manifest-path"]);
    command.arg(package.join("guest/Cargo.toml")).arg("--target-dir").arg(&folder);
    if let Some(toolchain) = toolchain {
        command.env("RUSTC", toolchain.join("bin/rustc"));
    }
    let status = command.status().context("cannot start cargo")?;
    ensure!(
        status.success(),
        "the guest cannot be built: `rustup target add {TARGET}`, or make a toolchain with \
         scripts/wasm-toolchain.sh and name it with --toolchain"
    );
    Ok(folder.join(TARGET).join("release/portable_guest.wasm"))
}

/// A guest with its functions.
struct Guest {
    store: Store<()>,
    memory: Memory,
    inbox: TypedFunc<u32, u32>,
    load: TypedFunc<(), ()>,
    prepare: TypedFunc<(), ()>,
    instantiate: TypedFunc<(), ()>,
    kernel: TypedFunc<u32, u64>,
    message: TypedFunc<u32, ()>,
    keep: TypedFunc<(), ()>,
    effects: TypedFunc<(), u32>,
    outbox: TypedFunc<(), u32>,
}

impl Guest {
    fn new(engine: &Engine, blob: &[u8]) -> Result<Self> {
        let module = Module::new(engine, blob).map_err(|error| anyhow!("{error:#}"))?;
        let mut store = Store::new(engine, ());
        let instance = Instance::new(&mut store, &module, &[]).map_err(|error| anyhow!("{error:#}"))?;
        fn func<P: WasmParams, R: WasmResults>(
            instance: &Instance,
            store: &mut Store<()>,
            name: &str,
        ) -> Result<TypedFunc<P, R>> {
            instance.get_typed_func(store, name).map_err(|error| anyhow!("{name}: {error:#}"))
        }
        Ok(Self {
            memory: instance.get_memory(&mut store, "memory").context("the guest has no memory")?,
            inbox: func(&instance, &mut store, "inbox")?,
            load: func(&instance, &mut store, "load")?,
            prepare: func(&instance, &mut store, "prepare")?,
            instantiate: func(&instance, &mut store, "instantiate")?,
            kernel: func(&instance, &mut store, "kernel")?,
            message: func(&instance, &mut store, "message")?,
            keep: func(&instance, &mut store, "keep")?,
            effects: func(&instance, &mut store, "effects")?,
            outbox: func(&instance, &mut store, "outbox")?,
            store,
        })
    }

    fn send(&mut self, bytes: &[u8]) -> Result<()> {
        let len = u32::try_from(bytes.len())?;
        let at = call(&self.inbox, &mut self.store, len)?;
        self.memory.write(&mut self.store, usize::try_from(at)?, bytes)?;
        Ok(())
    }

    fn load(&mut self, blob: &[u8]) -> Result<()> {
        self.send(blob)?;
        call(&self.load, &mut self.store, ())
    }

    /// Prepares a run with this input.
    fn prepare(&mut self, input: &[u8]) -> Result<()> {
        self.send(input)?;
        call(&self.prepare, &mut self.store, ())
    }

    /// Runs what is timed once; with the result of a kernel.
    fn turn(&mut self, task: &Task) -> Result<(Duration, Option<u64>)> {
        match task {
            Task::Kernel { args } => {
                self.prepare(&[])?;
                call(&self.instantiate, &mut self.store, ())?;
                let size = u32::try_from(*args.first().context("a kernel has a size")?)?;
                let start = Instant::now();
                let result = call(&self.kernel, &mut self.store, size)?;
                Ok((start.elapsed(), Some(result)))
            }
            Task::Message { entry, message, .. } => {
                self.prepare(message)?;
                let entry = u32::from(*entry == Entry::Call);
                let start = Instant::now();
                call(&self.message, &mut self.store, entry)?;
                Ok((start.elapsed(), None))
            }
        }
    }

    /// Runs what goes before a message, so that its storage is there.
    fn set_up(&mut self, task: &Task) -> Result<()> {
        let Task::Message { before, .. } = task else { return Ok(()) };
        for (input, entry) in before.iter().zip([0].into_iter().chain(std::iter::repeat(1))) {
            self.prepare(input)?;
            call(&self.message, &mut self.store, entry)?;
            call(&self.keep, &mut self.store, ())?;
        }
        Ok(())
    }

    /// What the last run did to the host.
    fn effects(&mut self) -> Result<Vec<u8>> {
        let len = call(&self.effects, &mut self.store, ())?;
        let at = call(&self.outbox, &mut self.store, ())?;
        let mut bytes = vec![0; usize::try_from(len)?];
        self.memory.read(&self.store, usize::try_from(at)?, &mut bytes)?;
        Ok(bytes)
    }
}

fn call<P: WasmParams, R: WasmResults>(func: &TypedFunc<P, R>, store: &mut Store<()>, args: P) -> Result<R> {
    func.call(store, args).map_err(|error| anyhow!("{error:#}"))
}

fn measure(workload: &Workload, guests: &mut [Guest], effort: Effort) -> Result<Vec<Option<f64>>> {
    let mut shown = Vec::new();
    for guest in &mut *guests {
        guest.load(&workload.blob)?;
        guest.set_up(&workload.task)?;
        let (_, result) = guest.turn(&workload.task)?;
        shown.push((result, guest.effects()?));
    }
    ensure!(shown.iter().all(|one| *one == shown[0]), "the guests disagree");
    take_turns(effort, guests.len(), |guest| Ok(Some(guests[guest].turn(&workload.task)?.0)))
}

fn publish(section: &Section, options: &Options) -> Result<()> {
    let out = &options.out;
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(["workload".into(), format!("{}, us", GUESTS[WASMI].1), GUESTS[0].1.to_owned()]);
    let ratio = |row: &Row| Some(row.values[0]? / row.values[WASMI]?);
    for row in &section.rows {
        let time = row.values[WASMI].unwrap_or(f64::NAN) / 1e3;
        table.add_row([row.name.clone(), format!("{time:.1}"), format!("{:.2}", ratio(row).unwrap_or(f64::NAN))]);
    }
    let mean = geometric_mean(section.rows.iter().filter_map(ratio)).unwrap_or(f64::NAN);
    table.add_row(["geometric mean".to_owned(), String::new(), format!("{mean:.2}")]);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let machine = Machine::here();
    println!("{}\n{table}\n{}", section.title, machine.sentence());
    std::fs::create_dir_all(out)?;
    let text = format!("Machine: {}.\n\n{}\n", machine.sentence(), table.load_style(presets::ASCII_MARKDOWN));
    if options.docs {
        write_docs(PLACE, &text)?;
    }
    std::fs::write(out.join("portable.md"), text)?;
    std::fs::write(out.join("portable.json"), serde_json::to_string_pretty(&(machine, section))? + "\n")?;
    println!("written: portable.md and portable.json in {}", out.display());
    Ok(())
}
