//! The modes of wasmi 2.0.0.

use super::Way;
use super::guest::{Function, Machinery, Program};
use crate::engines::CALL_DEPTH;
use crate::heap::kept_bytes;
use crate::host::Answer;
use anyhow::{Result, anyhow, bail};
use std::time::{Duration, Instant};
use wasmi2::{
    Caller, CompilationMode, Config, Engine, Error, ExternType, FuncType, Linker, Memory, Module, Store, TrapCode, Val,
    ValType,
};

/// Frames that fill this many bytes: more than any program takes.
const STACK_BYTES: usize = 8 << 20;
/// The exit status that stands for a host function that ends the call.
const ENDED: i32 = 1;
/// The most arguments of a host function.
const ARGS_MAX: usize = 9;

struct Wasmi {
    mode: CompilationMode,
    checked: bool,
}

struct Data {
    host: Machinery,
    memory: Option<Memory>,
}

pub(super) fn ways() -> Vec<Box<dyn Way>> {
    let ways = [
        (CompilationMode::Eager, true),
        (CompilationMode::LazyTranslation, true),
        (CompilationMode::Lazy, true),
        (CompilationMode::Lazy, false),
    ];
    ways.map(|(mode, checked)| -> Box<dyn Way> { Box::new(Wasmi { mode, checked }) }).into_iter().collect()
}

impl Wasmi {
    fn engine(&self) -> Engine {
        let mut config = Config::default();
        config.consume_fuel(true).compilation_mode(self.mode);
        config.set_max_recursion_depth(usize::try_from(CALL_DEPTH).unwrap_or(usize::MAX));
        config.set_max_stack_height(STACK_BYTES);
        Engine::new(&config)
    }

    fn module(&self, engine: &Engine, program: &Program) -> Result<Module> {
        let blob = program.blob.as_slice();
        if self.checked {
            return Ok(Module::new(engine, blob)?);
        }
        // SAFETY: the program was validated when it was read, under all features of this engine that it
        // uses, and by wasmi itself in the modes that come before this one.
        #[allow(unsafe_code, reason = "see docs/UNSAFE.md")]
        let module = unsafe { Module::new_unchecked(engine, blob) };
        Ok(module?)
    }

    /// A linker with every function that the program imports.
    fn linker(&self, engine: &Engine, program: &Program) -> Result<Linker<Data>> {
        let mut linker = Linker::new(engine);
        let lazily = Wasmi { mode: CompilationMode::Lazy, checked: true };
        let module = lazily.module(&lazily.engine(), program)?;
        for import in module.imports() {
            if let ExternType::Func(ty) = import.ty() {
                define(&mut linker, import.module(), import.name(), ty)?;
            }
        }
        Ok(linker)
    }
}

impl Way for Wasmi {
    fn name(&self) -> (&'static str, &'static str) {
        let mode = match (self.mode, self.checked) {
            (CompilationMode::Eager, _) => "eager",
            (CompilationMode::LazyTranslation, _) => "lazy translation",
            (CompilationMode::Lazy, true) => "lazy",
            (CompilationMode::Lazy, false) => "lazy, unchecked",
        };
        ("wasmi 2.0.0", mode)
    }

    fn compile(&self, program: &Program) -> Result<Duration> {
        let engine = self.engine();
        let start = Instant::now();
        let module = self.module(&engine, program)?;
        let time = start.elapsed();
        drop(module);
        Ok(time)
    }

    fn first_call(&self, program: &Program) -> Result<(Duration, String)> {
        let engine = self.engine();
        let linker = self.linker(&engine, program)?;
        let (data, mut results) = (Data { host: program.host(), memory: None }, [Val::I64(0)]);
        let start = Instant::now();
        let module = self.module(&engine, program)?;
        let mut store = Store::new(&engine, data);
        store.set_fuel(u64::MAX)?;
        let ended = call(&module, program, &mut store, linker, &mut results)?;
        let time = start.elapsed();
        Ok((time, ended))
    }

    fn heap(&self, program: &Program) -> Result<usize> {
        // Code belongs to the engine.
        let (made, bytes) = kept_bytes(|| {
            let engine = self.engine();
            let module = self.module(&engine, program)?;
            Ok::<_, anyhow::Error>((engine, module))
        });
        made?;
        let (_engine, empty) = kept_bytes(|| self.engine());
        Ok(bytes.saturating_sub(empty))
    }
}

fn call(
    module: &Module,
    program: &Program,
    store: &mut Store<Data>,
    mut linker: Linker<Data>,
    results: &mut [Val; 1],
) -> Result<String> {
    let imported = module.imports().find_map(|import| match import.ty() {
        ExternType::Memory(ty) => Some((import.module(), import.name(), *ty)),
        _ => None,
    });
    if let Some((module, name, ty)) = imported {
        let memory = Memory::new(&mut *store, ty)?;
        linker.define(module, name, memory)?;
        store.data_mut().memory = Some(memory);
    }
    let instance = linker.instantiate_and_start(&mut *store, module)?;
    if store.data().memory.is_none() {
        store.data_mut().memory = instance.get_memory(&*store, "memory");
    }
    let entry = instance.get_func(&*store, program.entry).ok_or_else(|| anyhow!("no {}", program.entry))?;
    let (args, count) = (vec![Val::I32(0); program.args], entry.ty(&*store).results().len());
    match entry.call(&mut *store, &args, &mut results[..count]) {
        Ok(()) => Ok("return".into()),
        Err(error) if error.i32_exit_status() == Some(ENDED) => Ok("a host function".into()),
        Err(error) if error.as_trap_code() == Some(TrapCode::UnreachableCodeReached) => Ok("unreachable".into()),
        Err(error) => bail!("{error}"),
    }
}

/// Defines a host function, natively typed where it takes up to four numbers of 32 bits.
fn define(linker: &mut Linker<Data>, module: &str, name: &str, ty: &FuncType) -> Result<()> {
    type C<'a> = Caller<'a, Data>;
    let f = Function::named(module, name);
    let small = ty.params().iter().all(|param| *param == ValType::I32);
    let returns = ty.results() == [ValType::I32];
    let nothing = ty.results().is_empty();
    match ty.params().len() {
        1 if small && nothing => linker.func_wrap(module, name, move |c: C<'_>, a: u32| none(c, f, &[a])),
        2 if small && nothing => linker.func_wrap(module, name, move |c: C<'_>, a: u32, b: u32| none(c, f, &[a, b])),
        3 if small && nothing => {
            linker.func_wrap(module, name, move |c: C<'_>, x: u32, y: u32, z: u32| none(c, f, &[x, y, z]))
        }
        4 if small && nothing => {
            linker.func_wrap(module, name, move |c: C<'_>, w: u32, x: u32, y: u32, z: u32| none(c, f, &[w, x, y, z]))
        }
        1 if small && returns => linker.func_wrap(module, name, move |c: C<'_>, a: u32| small_one(c, f, &[a])),
        2 if small && returns => {
            linker.func_wrap(module, name, move |c: C<'_>, a: u32, b: u32| small_one(c, f, &[a, b]))
        }
        4 if small && returns => linker
            .func_wrap(module, name, move |c: C<'_>, w: u32, x: u32, y: u32, z: u32| small_one(c, f, &[w, x, y, z])),
        _ => linker.func_new(module, name, ty.clone(), move |caller: C<'_>, args, results| {
            let mut cells = [0; ARGS_MAX];
            for (cell, arg) in cells.iter_mut().zip(args) {
                *cell = match arg {
                    Val::I32(value) => u64::from(value.cast_unsigned()),
                    Val::I64(value) => value.cast_unsigned(),
                    _ => 0,
                };
            }
            let answer = answer(caller, f, &cells[..args.len().min(ARGS_MAX)])?;
            if let Some(result) = results.first_mut() {
                *result = match result {
                    Val::I32(_) => Val::I32(low(answer).cast_signed()),
                    _ => Val::I64(answer.cast_signed()),
                };
            }
            Ok(())
        }),
    }?;
    Ok(())
}

fn none(caller: Caller<'_, Data>, function: Function, args: &[u32]) -> Result<(), Error> {
    small_one(caller, function, args).map(|_| ())
}

fn small_one(caller: Caller<'_, Data>, function: Function, args: &[u32]) -> Result<u32, Error> {
    let mut cells = [0; ARGS_MAX];
    for (cell, arg) in cells.iter_mut().zip(args) {
        *cell = u64::from(*arg);
    }
    answer(caller, function, &cells[..args.len()]).map(low)
}

fn answer(mut caller: Caller<'_, Data>, function: Function, args: &[u64]) -> Result<u64, Error> {
    let answer = match caller.data().memory {
        Some(memory) => {
            let (bytes, data) = memory.data_and_store_mut(&mut caller);
            data.host.call(function, args, bytes)
        }
        None => caller.data_mut().host.call(function, args, &mut [][..]),
    };
    match answer {
        Ok(Answer::Nothing) => Ok(0),
        Ok(Answer::Value(value)) => Ok(value),
        Ok(Answer::Return) => Err(Error::i32_exit(ENDED)),
        Err(_) => Err(Error::new("the host was given a bad pointer")),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "an i32 is the low half of its cell")]
fn low(cell: u64) -> u32 {
    cell as u32
}
