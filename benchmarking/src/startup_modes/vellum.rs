//! Vellum's modes.

use super::Way;
use super::guest::{Function, Machinery, Program};
use crate::engines::CALL_DEPTH;
use crate::heap::kept_bytes;
use crate::host::Answer;
use anyhow::{Result, anyhow, bail};
use std::time::{Duration, Instant};
use vellum_engine::{Bytes, Exit, Instance, Mode, Module, Policy, PriceTable, RunLimits, Trap};

const LIMITS: RunLimits =
    RunLimits { call_depth: CALL_DEPTH, stack_height: 1 << 20, memory_pages: 65_536, table_elements: 10_000_000 };

struct Vellum {
    mode: Mode,
    from_index: bool,
    prices: PriceTable,
}

pub(super) fn ways() -> Vec<Box<dyn Way>> {
    let ways = [
        (Mode::Eager, false),
        (Mode::LazyTranslation, false),
        (Mode::Lazy, false),
        (Mode::TrustedLazy, false),
        (Mode::TrustedLazy, true),
    ];
    let way = |(mode, from_index)| Vellum { mode, from_index, prices: vellum_weights::host() };
    ways.map(|way_of| -> Box<dyn Way> { Box::new(way(way_of)) }).into_iter().collect()
}

/// How long translating all of a program takes, without validation.
pub(super) fn translate(program: &Program) -> Result<Duration> {
    let way = Vellum { mode: Mode::TrustedLazy, from_index: true, prices: vellum_weights::host() };
    let module = way.module(program, program.blob.clone())?;
    let start = Instant::now();
    module.translate_all().map_err(|error| anyhow!("{error}"))?;
    Ok(start.elapsed())
}

impl Vellum {
    fn module(&self, program: &Program, blob: Bytes) -> Result<Module> {
        let policy = Policy::all();
        if self.from_index {
            let module = Module::from_index(blob, program.index.clone(), &policy, &self.prices, self.mode);
            return module.map_err(|error| anyhow!("{error}"));
        }
        Module::from_bytes(blob, &policy, &self.prices, self.mode).map_err(|error| anyhow!("{error}"))
    }
}

impl Way for Vellum {
    fn name(&self) -> (&'static str, &'static str) {
        let mode = match self.mode {
            Mode::Eager => "eager",
            Mode::LazyTranslation => "lazy translation",
            Mode::Lazy => "lazy",
            Mode::TrustedLazy if self.from_index => "trusted lazy, from the index",
            Mode::TrustedLazy => "trusted lazy",
        };
        ("vellum", mode)
    }

    fn compile(&self, program: &Program) -> Result<Duration> {
        let blob = program.blob.clone();
        let start = Instant::now();
        let module = self.module(program, blob)?;
        let time = start.elapsed();
        drop(module);
        Ok(time)
    }

    fn first_call(&self, program: &Program) -> Result<(Duration, String)> {
        let (blob, mut host) = (program.blob.clone(), program.host());
        let start = Instant::now();
        let module = self.module(program, blob)?;
        let ended = call(&module, program, &mut host)?;
        let time = start.elapsed();
        drop(module);
        Ok((time, ended))
    }

    fn heap(&self, program: &Program) -> Result<usize> {
        // A blob of its own, so that it counts.
        let slice = program.blob.as_slice();
        let (module, bytes) = kept_bytes(|| self.module(program, Bytes::from(slice)));
        module?;
        Ok(bytes)
    }
}

fn call(module: &Module, program: &Program, host: &mut Machinery) -> Result<String> {
    let functions: Vec<_> = (0..module.func_import_count())
        .map(|func| module.func_import_name(func).map(|(module, name)| Function::named(module, name)))
        .collect();
    let instance = Instance::new(module, LIMITS).map_err(|trap| anyhow!("{trap:?} in a segment"))?;
    let entry = module.exported_func(program.entry).ok_or_else(|| anyhow!("no {}", program.entry))?;
    let args = vec![0; program.args];
    let mut call = instance.call(entry, &args);
    let mut fuel = u64::MAX;
    let mut exit = call.run(&mut fuel);
    loop {
        match exit {
            Exit::Finished => return Ok("return".into()),
            Exit::Trap(Trap::Unreachable) => return Ok("unreachable".into()),
            Exit::Trap(trap) => bail!("{trap:?}, {:?}", call.invalid_code()),
            Exit::OutOfFuel => bail!("out of fuel"),
            Exit::HostCall { import } => {
                let function = usize::try_from(import).ok().and_then(|import| *functions.get(import)?);
                let function = function.ok_or_else(|| anyhow!("no import {import}"))?;
                let (args, mut memory) = call.args_and_memory();
                let result = match host.call(function, args, &mut memory) {
                    Ok(Answer::Nothing) => None,
                    Ok(Answer::Value(value)) => Some(value),
                    Ok(Answer::Return) => return Ok("a host function".into()),
                    Err(_) => bail!("the host was given a bad pointer"),
                };
                exit = call.resume(result.as_slice(), &mut fuel);
            }
        }
    }
}
