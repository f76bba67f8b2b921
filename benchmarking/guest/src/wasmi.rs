//! wasmi 0.32.3, which pallet-contracts links, with fuel as there.

use crate::Ended;
use crate::host::{Answer, Host, HostFunction};
use alloc::sync::Arc;
use alloc::vec::Vec;
use wasmi::core::ValType;
use wasmi::{Caller, CompilationMode, Config, Engine, Error, ExternType, Instance, Linker, Memory, Module};
use wasmi::{StackLimits, Store, Val};

/// More than any workload uses.
const FUEL: u64 = u64::MAX;
/// Cells that a stack starts with, those that it may have, and nested calls.
const STACK: (usize, usize, usize) = (1 << 10, 1 << 20, 1_024);
/// The exit status that stands for `seal_return`.
const RETURNED: i32 = 1;

struct Data {
    host: Host,
    memory: Option<Memory>,
}

pub(crate) struct Code {
    module: Arc<Module>,
    linker: Linker<Data>,
}

impl Code {
    pub(crate) fn new(blob: &[u8]) -> Self {
        let limits = StackLimits::new(STACK.0, STACK.1, STACK.2).expect("the first number is the smaller one; qed");
        let mut config = Config::default();
        config.set_stack_limits(limits).consume_fuel(true).compilation_mode(CompilationMode::Eager);
        let engine = Engine::new(&config);
        let mut linker = Linker::new(&engine);
        for function in HostFunction::ALL {
            for (module, name) in function.imports() {
                define(&mut linker, *function, module, &name);
            }
        }
        Self { module: Arc::new(Module::new(&engine, blob).expect("the blob is accepted")), linker }
    }

    pub(crate) fn prepare(&self, host: Host) -> Session {
        let mut store = Store::new(self.linker.engine(), Data { host, memory: None });
        store.set_fuel(FUEL).expect("the configuration meters fuel; qed");
        Session { store, module: self.module.clone(), linker: self.linker.clone(), instance: None }
    }
}

pub(crate) struct Session {
    store: Store<Data>,
    module: Arc<Module>,
    linker: Linker<Data>,
    instance: Option<Instance>,
}

impl Session {
    pub(crate) fn instantiate(&mut self) {
        for import in self.module.imports() {
            if let ExternType::Memory(ty) = import.ty() {
                let memory = Memory::new(&mut self.store, *ty).expect("there is memory");
                self.linker.define(import.module(), import.name(), memory).expect("nobody else defines it");
                self.store.data_mut().memory = Some(memory);
            }
        }
        let instance = self.linker.instantiate(&mut self.store, &self.module).expect("everything is linked");
        let instance = instance.start(&mut self.store).expect("it starts");
        if self.store.data().memory.is_none() {
            self.store.data_mut().memory = instance.get_memory(&self.store, "memory");
        }
        self.instance = Some(instance);
    }

    pub(crate) fn call(&mut self, name: &str, args: &[u64]) -> Ended {
        let func = self.instance.and_then(|instance| instance.get_func(&self.store, name));
        let func = func.expect("the export is there");
        let ty = func.ty(&self.store);
        let args: Vec<Val> = args.iter().zip(ty.params()).map(|(arg, ty)| value(*arg, *ty)).collect();
        let mut results: Vec<Val> = ty.results().iter().map(|ty| value(0, *ty)).collect();
        match func.call(&mut self.store, &args, &mut results) {
            Ok(()) => Ended::Results(results.first().map(|result| match result {
                Val::I32(value) => u64::from(value.cast_unsigned()),
                Val::I64(value) => value.cast_unsigned(),
                Val::F32(value) => u64::from(value.to_bits()),
                Val::F64(value) => value.to_bits(),
                _ => 0,
            })),
            Err(error) if error.i32_exit_status() == Some(RETURNED) => Ended::Returned,
            Err(_) => panic!("the run fails"),
        }
    }

    pub(crate) fn take_host(&mut self) -> Host {
        core::mem::take(&mut self.store.data_mut().host)
    }
}

/// Defines a host function with the native closure that its signature asks for.
fn define(linker: &mut Linker<Data>, f: HostFunction, module: &str, name: &str) {
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
        ("iI", "i") => {
            linker.func_wrap(module, name, move |c: C<'_>, x: u32, y: u64| one(c, f, &[x.into(), y]).map(low))
        }
        ("I", "I") => linker.func_wrap(module, name, move |c: C<'_>, x: u64| one(c, f, &[x])),
        // The host refuses calls whatever their arguments are.
        ("iiIiiiii", _) => linker.func_wrap(
            module,
            name,
            move |c: C<'_>, _: u32, _: u32, _: u64, _: u32, _: u32, _: u32, _: u32, _: u32| some(c, f, &[]),
        ),
        _ => linker.func_wrap(
            module,
            name,
            move |c: C<'_>, _: u32, _: u32, _: u64, _: u32, _: u32, _: u32, _: u32, _: u32, _: u32| some(c, f, &[]),
        ),
    };
    defined.expect("names are distinct");
}

fn cells(args: &[u32]) -> [u64; HostFunction::PARAMS_MAX] {
    let mut cells = [0; HostFunction::PARAMS_MAX];
    for (cell, arg) in cells.iter_mut().zip(args) {
        *cell = u64::from(*arg);
    }
    cells
}

fn none(caller: Caller<'_, Data>, function: HostFunction, args: &[u32]) -> Result<(), Error> {
    one(caller, function, &cells(args)[..args.len()]).map(|_| ())
}

fn some(caller: Caller<'_, Data>, function: HostFunction, args: &[u32]) -> Result<u32, Error> {
    one(caller, function, &cells(args)[..args.len()]).map(low)
}

fn one(mut caller: Caller<'_, Data>, function: HostFunction, args: &[u64]) -> Result<u64, Error> {
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
