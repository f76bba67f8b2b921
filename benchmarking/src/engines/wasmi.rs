//! What both versions of wasmi have in common. Each version's module takes this file in as `adapter`
//! and has beside it what differs: the crate as `wasmi`, where its types are, `NAME`, `config` and
//! `instantiate`.

use super::{NAME, TrapCode, ValType, config, instantiate, wasmi};
use crate::engines::{Code, Engine, Fault, Metering, Session, Translation};
use crate::host::{Answer, Host, HostFunction};
use anyhow::Result;
use std::rc::Rc;
use wasmi::{AsContext, Caller, Error, ExternType, Instance, Linker, Memory, Module, Store, Val};

/// More than any workload uses.
const FUEL: u64 = u64::MAX;
/// The exit status that stands for `seal_return`.
const RETURNED: i32 = 1;

/// What host functions reach.
pub(super) struct Data {
    host: Host,
    memory: Option<Memory>,
}

/// An engine of this version.
pub struct Wasmi {
    engine: wasmi::Engine,
    linker: Linker<Data>,
    metering: Metering,
}

impl Wasmi {
    /// With or without fuel.
    ///
    /// # Errors
    /// If host functions cannot be defined.
    pub fn new(translation: Translation, metering: Metering) -> Result<Self> {
        let mode = match translation {
            Translation::Eager => wasmi::CompilationMode::Eager,
            Translation::Lazy => wasmi::CompilationMode::LazyTranslation,
            Translation::Stored => wasmi::CompilationMode::Lazy,
        };
        let mut config = config();
        config.consume_fuel(metering == Metering::On).compilation_mode(mode);
        let engine = wasmi::Engine::new(&config);
        let mut linker = Linker::new(&engine);
        for function in HostFunction::ALL {
            define(&mut linker, *function)?;
        }
        Ok(Self { engine, linker, metering })
    }
}

impl Engine for Wasmi {
    fn name(&self) -> String {
        format!("{NAME}{}", self.metering.suffix())
    }

    fn compile(&self, blob: &[u8]) -> Result<Box<dyn Code>> {
        let module = Rc::new(Module::new(&self.engine, blob)?);
        Ok(Box::new(WasmiCode { module, linker: self.linker.clone(), metering: self.metering }))
    }
}

struct WasmiCode {
    module: Rc<Module>,
    linker: Linker<Data>,
    metering: Metering,
}

impl Code for WasmiCode {
    fn prepare(&self, host: Host) -> Box<dyn Session> {
        let mut store = Store::new(self.linker.engine(), Data { host, memory: None });
        if self.metering == Metering::On {
            store.set_fuel(FUEL).expect("the configuration meters fuel; qed");
        }
        Box::new(WasmiSession { store, module: self.module.clone(), linker: self.linker.clone(), instance: None })
    }
}

struct WasmiSession {
    store: Store<Data>,
    module: Rc<Module>,
    linker: Linker<Data>,
    instance: Option<Instance>,
}

impl WasmiSession {
    fn start(&mut self) -> Result<(), Error> {
        let memory_import = self.module.imports().find_map(|import| match import.ty() {
            ExternType::Memory(ty) => Some((import.module(), import.name(), *ty)),
            _ => None,
        });
        if let Some((module, name, ty)) = memory_import {
            let memory = Memory::new(&mut self.store, ty)?;
            self.linker.define(module, name, memory)?;
            self.store.data_mut().memory = Some(memory);
        }
        let instance = instantiate(&self.linker, &mut self.store, &self.module)?;
        if self.store.data().memory.is_none() {
            self.store.data_mut().memory = first_memory(&instance, &self.store);
        }
        self.instance = Some(instance);
        Ok(())
    }
}

impl Session for WasmiSession {
    fn instantiate(&mut self) -> Result<(), Fault> {
        self.start().map_err(|error| fault(&error))
    }

    fn call(&mut self, name: &str, args: &[u64]) -> Result<Vec<u64>, Fault> {
        let func = self.instance.and_then(|instance| instance.get_func(&self.store, name));
        let func = func.ok_or_else(|| Fault::Other(format!("no export {name}")))?;
        let ty = func.ty(&self.store);
        let args: Vec<Val> = args.iter().zip(ty.params()).map(|(arg, ty)| value(*arg, *ty)).collect();
        let mut results: Vec<Val> = ty.results().iter().map(|ty| value(0, *ty)).collect();
        func.call(&mut self.store, &args, &mut results).map_err(|error| fault(&error))?;
        Ok(results.iter().map(cell).collect())
    }

    fn fuel_used(&self) -> Option<u64> {
        self.store.get_fuel().ok().map(|left| FUEL - left)
    }

    fn memory(&self) -> Option<Vec<u8>> {
        Some(self.store.data().memory.map_or_else(Vec::new, |memory| memory.data(self.store.as_context()).to_vec()))
    }

    fn take_host(&mut self) -> Host {
        std::mem::take(&mut self.store.data_mut().host)
    }
}

/// Whatever it is exported as.
fn first_memory(instance: &Instance, store: &Store<Data>) -> Option<Memory> {
    instance.exports(store).find_map(wasmi::Export::into_memory)
}

/// Defines a host function under all its names, with the native closure that its signature asks for.
fn define(linker: &mut Linker<Data>, function: HostFunction) -> Result<()> {
    for (module, name) in function.imports() {
        define_as(linker, function, module, &name)?;
    }
    Ok(())
}

fn define_as(linker: &mut Linker<Data>, f: HostFunction, module: &str, name: &str) -> Result<()> {
    type C<'a> = Caller<'a, Data>;
    match f.signature() {
        ("", "") => linker.func_wrap(module, name, move |c: C<'_>| none(c, f, &[])),
        ("", "I") => linker.func_wrap(module, name, move |c: C<'_>| one(c, f, &[])),
        ("i", "") => linker.func_wrap(module, name, move |c: C<'_>, a: u32| none(c, f, &[a])),
        ("ii", "") => linker.func_wrap(module, name, move |c: C<'_>, a: u32, b: u32| none(c, f, &[a, b])),
        ("ii", "i") => {
            linker.func_wrap(module, name, move |c: C<'_>, a: u32, b: u32| one(c, f, &[a, b].map(u64::from)).map(low))
        }
        ("iii", "") => linker.func_wrap(module, name, move |c: C<'_>, x: u32, y: u32, z: u32| none(c, f, &[x, y, z])),
        ("iii", "i") => linker.func_wrap(module, name, move |c: C<'_>, x: u32, y: u32, z: u32| {
            one(c, f, &[x, y, z].map(u64::from)).map(low)
        }),
        ("iiii", "") => {
            linker.func_wrap(module, name, move |c: C<'_>, w: u32, x: u32, y: u32, z: u32| none(c, f, &[w, x, y, z]))
        }
        ("iiii", "i") => linker.func_wrap(module, name, move |c: C<'_>, w: u32, x: u32, y: u32, z: u32| {
            one(c, f, &[w, x, y, z].map(u64::from)).map(low)
        }),
        // The host refuses calls whatever their arguments are.
        ("iiIiiiii", "i") => linker.func_wrap(
            module,
            name,
            move |c: C<'_>, _: u32, _: u32, _: u64, _: u32, _: u32, _: u32, _: u32, _: u32| one(c, f, &[]).map(low),
        ),
        ("iiIiiiiii", "i") => linker.func_wrap(
            module,
            name,
            move |c: C<'_>, _: u32, _: u32, _: u64, _: u32, _: u32, _: u32, _: u32, _: u32, _: u32| {
                one(c, f, &[]).map(low)
            },
        ),
        ("iI", "i") => {
            linker.func_wrap(module, name, move |c: C<'_>, x: u32, y: u64| one(c, f, &[x.into(), y]).map(low))
        }
        ("I", "I") => linker.func_wrap(module, name, move |c: C<'_>, x: u64| one(c, f, &[x])),
        other => anyhow::bail!("no closure for the signature {other:?} of {name}"),
    }?;
    Ok(())
}

fn none(caller: Caller<'_, Data>, function: HostFunction, args: &[u32]) -> Result<(), Error> {
    let mut cells = [0; HostFunction::PARAMS_MAX];
    for (cell, arg) in cells.iter_mut().zip(args) {
        *cell = u64::from(*arg);
    }
    one(caller, function, &cells[..args.len()]).map(|_| ())
}

fn one(mut caller: Caller<'_, Data>, function: HostFunction, args: &[u64]) -> Result<u64, Error> {
    let memory = caller.data().memory;
    let answer = match memory {
        Some(memory) => {
            let (bytes, data) = memory.data_and_store_mut(&mut caller);
            data.host.call(function, args, bytes)
        }
        None => caller.data_mut().host.call(function, args, &mut [][..]),
    };
    match answer {
        Ok(Answer::Nothing) => Ok(0),
        Ok(Answer::Value(value)) => Ok(value),
        Ok(Answer::Return) => Err(Error::i32_exit(RETURNED)),
        Err(_) => Err(Error::new("the host was given a bad pointer")),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "an i32 is the low half of its cell")]
fn low(cell: u64) -> u32 {
    cell as u32
}

fn value(cell: u64, ty: ValType) -> Val {
    match ty {
        ValType::I32 => Val::I32(low(cell).cast_signed()),
        _ => Val::I64(cell.cast_signed()),
    }
}

fn cell(value: &Val) -> u64 {
    match value {
        Val::I32(value) => u64::from(value.cast_unsigned()),
        Val::I64(value) => value.cast_unsigned(),
        Val::F32(value) => u64::from(value.to_bits()),
        Val::F64(value) => value.to_bits(),
        _ => 0,
    }
}

fn fault(error: &Error) -> Fault {
    if error.i32_exit_status() == Some(RETURNED) {
        return Fault::Returned;
    }
    match error.as_trap_code() {
        Some(TrapCode::UnreachableCodeReached) => Fault::Unreachable,
        Some(TrapCode::MemoryOutOfBounds) => Fault::MemoryOutOfBounds,
        Some(TrapCode::TableOutOfBounds) => Fault::TableOutOfBounds,
        Some(TrapCode::IndirectCallToNull) => Fault::IndirectCallToNull,
        Some(TrapCode::BadSignature) => Fault::IndirectCallTypeMismatch,
        Some(TrapCode::IntegerOverflow) => Fault::IntegerOverflow,
        Some(TrapCode::BadConversionToInteger) => Fault::InvalidConversion,
        Some(TrapCode::IntegerDivisionByZero) => Fault::IntegerDivideByZero,
        Some(TrapCode::StackOverflow) => Fault::StackExhausted,
        Some(TrapCode::OutOfFuel) => Fault::OutOfFuel,
        _ => Fault::Other(error.to_string()),
    }
}
