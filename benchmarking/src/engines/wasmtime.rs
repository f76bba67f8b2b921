//! wasmtime: its interpreter Pulley, its quick compiler Winch and its optimising compiler Cranelift. The
//! last one stands for native code here: kernels are the same programs, and what is measured is what
//! compiled code could do with them under a sandbox.

use super::{Code, Engine, Fault, Metering, Session};
use crate::host::{Answer, Host, HostFunction};
use ::wasmtime as wt;
use anyhow::{Result, anyhow, bail};
use wt::{AsContext, Caller, ExternType, Instance, Linker, Memory, Module, Store, Trap, Val};

/// More than any workload uses.
const FUEL: u64 = u64::MAX;

/// Who runs the code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Backend {
    /// The interpreter.
    Pulley,
    /// The compiler that takes one pass.
    Winch,
    /// The optimising compiler.
    Cranelift,
}

/// wasmtime in one configuration.
pub struct Wasmtime {
    engine: wt::Engine,
    linker: Linker<Data>,
    backend: Backend,
    metering: Metering,
}

impl Wasmtime {
    /// With or without fuel.
    ///
    /// # Errors
    /// If this build or this machine does not support the backend.
    pub fn new(backend: Backend, metering: Metering) -> Result<Self> {
        let mut config = wt::Config::new();
        config.consume_fuel(metering == Metering::On);
        match backend {
            Backend::Pulley => {
                config.target("pulley64").map_err(|error| anyhow!("{error}"))?;
            }
            Backend::Winch => {
                config.strategy(wt::Strategy::Winch);
            }
            Backend::Cranelift => {
                config.strategy(wt::Strategy::Cranelift);
            }
        }
        let engine = wt::Engine::new(&config).map_err(|error| anyhow!("{error}"))?;
        let mut linker = Linker::new(&engine);
        for function in HostFunction::ALL {
            for (module, name) in function.imports() {
                define(&mut linker, *function, module, &name)?;
            }
        }
        Ok(Self { engine, linker, backend, metering })
    }
}

impl Engine for Wasmtime {
    fn name(&self) -> String {
        format!("{:?}{}", self.backend, self.metering.suffix())
    }

    fn compile(&self, blob: &[u8]) -> Result<Box<dyn Code>> {
        let module = Module::new(&self.engine, blob).map_err(|error| anyhow!("{error:#}"))?;
        Ok(Box::new(WasmtimeCode { module, linker: self.linker.clone(), metering: self.metering }))
    }
}

struct Data {
    host: Host,
    memory: Option<Memory>,
    returned: bool,
}

struct WasmtimeCode {
    module: Module,
    linker: Linker<Data>,
    metering: Metering,
}

impl Code for WasmtimeCode {
    fn prepare(&self, host: Host) -> Box<dyn Session> {
        let mut store = Store::new(self.linker.engine(), Data { host, memory: None, returned: false });
        if self.metering == Metering::On {
            store.set_fuel(FUEL).expect("the configuration meters fuel; qed");
        }
        Box::new(WasmtimeSession { store, module: self.module.clone(), linker: self.linker.clone(), instance: None })
    }
}

struct WasmtimeSession {
    store: Store<Data>,
    module: Module,
    linker: Linker<Data>,
    instance: Option<Instance>,
}

impl WasmtimeSession {
    fn start(&mut self) -> wt::Result<()> {
        for import in self.module.imports() {
            if let ExternType::Memory(ty) = import.ty() {
                let memory = Memory::new(&mut self.store, ty)?;
                self.linker.define(&self.store, import.module(), import.name(), memory)?;
                self.store.data_mut().memory = Some(memory);
            }
        }
        let instance = self.linker.instantiate(&mut self.store, &self.module)?;
        if self.store.data().memory.is_none() {
            let memory = instance.get_memory(&mut self.store, "memory");
            self.store.data_mut().memory = memory;
        }
        self.instance = Some(instance);
        Ok(())
    }

    fn fault(&self, error: &wt::Error) -> Fault {
        if self.store.data().returned {
            return Fault::Returned;
        }
        match error.downcast_ref::<Trap>() {
            Some(Trap::UnreachableCodeReached) => Fault::Unreachable,
            Some(Trap::MemoryOutOfBounds) => Fault::MemoryOutOfBounds,
            Some(Trap::OutOfFuel) => Fault::OutOfFuel,
            _ => Fault::Other(format!("{error:#}")),
        }
    }
}

impl Session for WasmtimeSession {
    fn instantiate(&mut self) -> Result<(), Fault> {
        self.start().map_err(|error| self.fault(&error))
    }

    fn call(&mut self, name: &str, args: &[u64]) -> Result<Vec<u64>, Fault> {
        let func = self.instance.and_then(|instance| instance.get_func(&mut self.store, name));
        let func = func.ok_or_else(|| Fault::Other(format!("no export {name}")))?;
        let ty = func.ty(&self.store);
        let args: Vec<Val> = args.iter().zip(ty.params()).map(|(arg, ty)| value(*arg, &ty)).collect();
        let mut results: Vec<Val> = ty.results().map(|ty| value(0, &ty)).collect();
        func.call(&mut self.store, &args, &mut results).map_err(|error| self.fault(&error))?;
        Ok(results.iter().map(cell).collect())
    }

    fn memory(&self) -> Option<Vec<u8>> {
        Some(self.store.data().memory.map_or_else(Vec::new, |memory| memory.data(self.store.as_context()).to_vec()))
    }

    fn take_host(&mut self) -> Host {
        std::mem::take(&mut self.store.data_mut().host)
    }
}

/// Defines a host function with the native closure that its signature asks for.
fn define(linker: &mut Linker<Data>, f: HostFunction, module: &str, name: &str) -> Result<()> {
    type C<'a> = Caller<'a, Data>;
    let defined = match f.signature() {
        ("", "") => linker.func_wrap(module, name, move |c: C<'_>| none(c, f, &[])),
        ("", "I") => linker.func_wrap(module, name, move |c: C<'_>| one(c, f, &[])),
        ("i", "") => linker.func_wrap(module, name, move |c: C<'_>, a: u32| none(c, f, &[a])),
        ("ii", "") => linker.func_wrap(module, name, move |c: C<'_>, a: u32, b: u32| none(c, f, &[a, b])),
        ("ii", "i") => linker.func_wrap(module, name, move |c: C<'_>, a: u32, b: u32| some(c, f, &[a, b])),
        ("iii", "") => linker.func_wrap(module, name, move |c: C<'_>, x: u32, y: u32, z: u32| none(c, f, &[x, y, z])),
        ("iii", "i") => linker.func_wrap(module, name, move |c: C<'_>, x: u32, y: u32, z: u32| some(c, f, &[x, y, z])),
        ("iiii", "") => {
            linker.func_wrap(module, name, move |c: C<'_>, w: u32, x: u32, y: u32, z: u32| none(c, f, &[w, x, y, z]))
        }
        ("iiii", "i") => {
            linker.func_wrap(module, name, move |c: C<'_>, w: u32, x: u32, y: u32, z: u32| some(c, f, &[w, x, y, z]))
        }
        // The host refuses calls whatever their arguments are.
        ("iiIiiiii", "i") => linker.func_wrap(
            module,
            name,
            move |c: C<'_>, _: u32, _: u32, _: u64, _: u32, _: u32, _: u32, _: u32, _: u32| some(c, f, &[]),
        ),
        ("iiIiiiiii", "i") => linker.func_wrap(
            module,
            name,
            move |c: C<'_>, _: u32, _: u32, _: u64, _: u32, _: u32, _: u32, _: u32, _: u32, _: u32| some(c, f, &[]),
        ),
        ("iI", "i") => {
            linker.func_wrap(module, name, move |c: C<'_>, x: u32, y: u64| one(c, f, &[x.into(), y]).map(low))
        }
        ("I", "I") => linker.func_wrap(module, name, move |c: C<'_>, x: u64| one(c, f, &[x])),
        other => bail!("no closure for the signature {other:?} of {name}"),
    };
    defined.map(|_| ()).map_err(|error| anyhow!("{error}"))
}

fn cells(args: &[u32]) -> [u64; HostFunction::PARAMS_MAX] {
    let mut cells = [0; HostFunction::PARAMS_MAX];
    for (cell, arg) in cells.iter_mut().zip(args) {
        *cell = u64::from(*arg);
    }
    cells
}

fn none(caller: Caller<'_, Data>, function: HostFunction, args: &[u32]) -> wt::Result<()> {
    one(caller, function, &cells(args)[..args.len()]).map(|_| ())
}

fn some(caller: Caller<'_, Data>, function: HostFunction, args: &[u32]) -> wt::Result<u32> {
    one(caller, function, &cells(args)[..args.len()]).map(low)
}

fn one(mut caller: Caller<'_, Data>, function: HostFunction, args: &[u64]) -> wt::Result<u64> {
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
        Ok(Answer::Return) => {
            caller.data_mut().returned = true;
            Err(wt::Error::msg("the contract has returned"))
        }
        Err(_) => Err(wt::Error::msg("the host was given a bad pointer")),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "an i32 is the low half of its cell")]
fn low(cell: u64) -> u32 {
    cell as u32
}

fn value(cell: u64, ty: &wt::ValType) -> Val {
    match ty {
        wt::ValType::I32 => Val::I32(low(cell).cast_signed()),
        _ => Val::I64(cell.cast_signed()),
    }
}

fn cell(value: &Val) -> u64 {
    match value {
        Val::I32(value) => u64::from(value.cast_unsigned()),
        Val::I64(value) => value.cast_unsigned(),
        Val::F32(bits) => u64::from(*bits),
        Val::F64(bits) => *bits,
        _ => 0,
    }
}
