//! An engine that is compiled to wasm32, with the small host of the benchmarks inside, run by wasmtime with Cranelift
//! as nodes do: what `portable` compares and `calibrate` measures for the placement in a runtime.
//!
//! Relies on `benchmarking/guest` and a compiler for its target. Promises that only the call of what is timed is timed.

use crate::workloads::{Entry, Task};
use anyhow::{Context, Result, anyhow, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use wasmtime::{Config, Engine, Instance, Memory, Module, Store, TypedFunc, WasmParams, WasmResults};

/// What guests are compiled for: what runtimes are.
const TARGET: &str = "wasm32v1-none";

/// Compiles the guest with the engine that a feature names, and starts it. `toolchain` is a folder with a compiler
/// that knows the target, if the usual one does not.
///
/// # Errors
/// If it cannot be built or started.
pub fn start(feature: &str, toolchain: Option<&Path>) -> Result<Guest> {
    let blob = std::fs::read(build(feature, toolchain)?)?;
    let engine = Engine::new(&Config::new()).map_err(|error| anyhow!("{error}"))?;
    Guest::new(&engine, &blob).with_context(|| format!("the guest with {feature}"))
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

/// The version of wasmtime that runs guests: the manifest names exactly one.
pub fn wasmtime_version() -> &'static str {
    let line = include_str!("../Cargo.toml").lines().find_map(|line| line.strip_prefix("wasmtime = { version = \"="));
    line.and_then(|line| line.split('"').next()).expect("the manifest names an exact version; qed")
}

/// A guest with its functions.
pub struct Guest {
    store: Store<()>,
    memory: Memory,
    inbox: TypedFunc<u32, u32>,
    load: TypedFunc<(), ()>,
    load_lazily: Option<TypedFunc<(), ()>>,
    prepare: TypedFunc<(), ()>,
    instantiate: TypedFunc<(), ()>,
    fill: TypedFunc<(), ()>,
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
            load_lazily: func(&instance, &mut store, "load_lazily").ok(),
            prepare: func(&instance, &mut store, "prepare")?,
            instantiate: func(&instance, &mut store, "instantiate")?,
            fill: func(&instance, &mut store, "fill")?,
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

    /// Has the guest read a blob and translate all of it.
    ///
    /// # Errors
    /// If it is not accepted.
    pub fn load(&mut self, blob: &[u8]) -> Result<()> {
        self.send(blob)?;
        call(&self.load, &mut self.store, ())
    }

    /// Has the guest read a blob; functions are validated and translated when they are first called.
    ///
    /// # Errors
    /// If it is not accepted, or the guest's engine is not Vellum.
    pub fn load_lazily(&mut self, blob: &[u8]) -> Result<()> {
        self.send(blob)?;
        let load = self.load_lazily.clone().context("only Vellum's guest has this")?;
        call(&load, &mut self.store, ())
    }

    /// Prepares a run with this input.
    ///
    /// # Errors
    /// If nothing is loaded.
    pub fn prepare(&mut self, input: &[u8]) -> Result<()> {
        self.send(input)?;
        call(&self.prepare, &mut self.store, ())
    }

    /// Makes an instance of what was prepared.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn instantiate(&mut self) -> Result<()> {
        call(&self.instantiate, &mut self.store, ())
    }

    /// Has the instance fill its memory.
    ///
    /// # Errors
    /// If it does not come to its end.
    pub fn fill(&mut self) -> Result<()> {
        call(&self.fill, &mut self.store, ())
    }

    /// Runs `run` of the instance with a size.
    ///
    /// # Errors
    /// If it does not come to its end.
    pub fn kernel(&mut self, size: u32) -> Result<u64> {
        call(&self.kernel, &mut self.store, size)
    }

    /// Runs what is timed once; with the result of a kernel.
    ///
    /// # Errors
    /// If it does not come to its end.
    pub fn turn(&mut self, task: &Task) -> Result<(Duration, Option<u64>)> {
        match task {
            Task::Kernel { args } => {
                self.prepare(&[])?;
                self.instantiate()?;
                let size = u32::try_from(*args.first().context("a kernel has a size")?)?;
                let start = Instant::now();
                let result = self.kernel(size)?;
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
    ///
    /// # Errors
    /// If it does not come to its end.
    pub fn set_up(&mut self, task: &Task) -> Result<()> {
        let Task::Message { before, .. } = task else { return Ok(()) };
        for (input, entry) in before.iter().zip([0].into_iter().chain(std::iter::repeat(1))) {
            self.prepare(input)?;
            call(&self.message, &mut self.store, entry)?;
            call(&self.keep, &mut self.store, ())?;
        }
        Ok(())
    }

    /// What the last run did to the host.
    ///
    /// # Errors
    /// If the guest has no run.
    pub fn effects(&mut self) -> Result<Vec<u8>> {
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
