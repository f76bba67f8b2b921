//! tinywasm, whose calls run to their end without fuel.

use super::{Code, Engine, Fault, Session};
use crate::host::{Answer, GuestMemory, Host, HostFunction, OutOfBounds};
use anyhow::{Result, anyhow};
use std::cell::RefCell;
use std::rc::Rc;
use tinywasm::types::{FuncType, ImportType, WasmType, WasmValue};
use tinywasm::{Error, FuncContext, HostFunction as TinyFunction, Imports, Memory, Module, ModuleInstance, Store};

/// What host functions say where the contract ends its call.
const RETURNED: &str = "the contract has returned";

/// The engine as it comes.
pub struct TinyWasm;

impl Engine for TinyWasm {
    fn name(&self) -> String {
        "tinywasm 0.10.0, no fuel".into()
    }

    fn compile(&self, blob: &[u8]) -> Result<Box<dyn Code>> {
        let module = tinywasm::parse_bytes(blob).map_err(|error| anyhow!("{error}"))?;
        Ok(Box::new(TinyCode(module)))
    }
}

struct TinyCode(Module);

impl Code for TinyCode {
    fn prepare(&self, host: Host) -> Box<dyn Session> {
        let shared = Rc::new(RefCell::new(Shared { host, memory: None }));
        let mut store = Store::default();
        let mut imports = Imports::new();
        for import in self.0.imports() {
            let Some(function) = HostFunction::named(import.module, import.name) else { continue };
            let func = host_func(&mut store, function, &shared);
            imports.define(import.module, import.name, func);
        }
        Box::new(TinySession { module: self.0.clone(), shared, store, imports, instance: None })
    }
}

struct Shared {
    host: Host,
    memory: Option<Memory>,
}

struct TinySession {
    module: Module,
    shared: Rc<RefCell<Shared>>,
    store: Store,
    imports: Imports,
    instance: Option<ModuleInstance>,
}

impl Session for TinySession {
    fn instantiate(&mut self) -> Result<(), Fault> {
        let mut memory = None;
        for import in self.module.imports() {
            if let ImportType::Memory(ty) = import.ty {
                let made = Memory::new(&mut self.store, *ty).map_err(|error| fault(&error))?;
                self.imports.define(import.module, import.name, made);
                memory = Some(made);
            }
        }
        let imports = std::mem::take(&mut self.imports);
        let instance = ModuleInstance::instantiate(&mut self.store, &self.module, Some(imports));
        let instance = instance.map_err(|error| fault(&error))?;
        self.shared.borrow_mut().memory = memory.or_else(|| instance.memory("memory").ok());
        self.instance = Some(instance);
        Ok(())
    }

    fn call(&mut self, name: &str, args: &[u64]) -> Result<Vec<u64>, Fault> {
        let instance = self.instance.as_ref().ok_or_else(|| Fault::Other("no instance".into()))?;
        let func = instance.func_untyped(&self.store, name).map_err(|error| fault(&error))?;
        // A function does not show its type here. What kernels take is a size, an i32.
        let args: Vec<_> = args.iter().map(|arg| value(*arg, WasmType::I32)).collect();
        let results = func.call(&mut self.store, &args).map_err(|error| fault(&error))?;
        Ok(results.iter().map(cell).collect())
    }

    fn memory(&self) -> Option<Vec<u8>> {
        let Some(memory) = self.shared.borrow().memory else { return Some(Vec::new()) };
        memory.read_vec(&self.store, 0, memory.len(&self.store).ok()?).ok()
    }

    fn take_host(&mut self) -> Host {
        std::mem::take(&mut self.shared.borrow_mut().host)
    }
}

struct Guest<'a> {
    store: &'a mut Store,
    memory: Option<Memory>,
}

impl GuestMemory for Guest<'_> {
    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), OutOfBounds> {
        let offset = usize::try_from(offset).map_err(|_| OutOfBounds)?;
        self.memory.ok_or(OutOfBounds)?.read_exact(self.store, offset, into).map_err(|_| OutOfBounds)
    }

    fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), OutOfBounds> {
        let offset = usize::try_from(offset).map_err(|_| OutOfBounds)?;
        self.memory.ok_or(OutOfBounds)?.copy_from_slice(self.store, offset, from).map_err(|_| OutOfBounds)
    }
}

fn host_func(store: &mut Store, function: HostFunction, shared: &Rc<RefCell<Shared>>) -> tinywasm::Function {
    let types = |letters: &str| -> Vec<_> {
        letters.chars().map(|letter| if letter == 'i' { WasmType::I32 } else { WasmType::I64 }).collect()
    };
    let (params, results) = function.signature();
    let ty = FuncType::new(&types(params), &types(results));
    let (shared, narrow) = (shared.clone(), results == "i");
    TinyFunction::from_untyped(store, &ty, move |mut context: FuncContext<'_>, args| {
        let mut cells = [0; HostFunction::PARAMS_MAX];
        for (to, arg) in cells.iter_mut().zip(args) {
            *to = cell(arg);
        }
        let mut shared = shared.borrow_mut();
        let mut guest = Guest { memory: shared.memory, store: context.store_mut() };
        match shared.host.call(function, &cells[..args.len()], &mut guest) {
            Ok(Answer::Nothing) => Ok(Vec::new()),
            Ok(Answer::Value(answer)) => Ok(vec![value(answer, if narrow { WasmType::I32 } else { WasmType::I64 })]),
            Ok(Answer::Return) => Err(Error::Other(RETURNED.into())),
            Err(_) => Err(Error::Other("the host was given a bad pointer".into())),
        }
    })
}

#[allow(clippy::cast_possible_truncation, reason = "an i32 is the low half of its cell")]
fn value(cell: u64, ty: WasmType) -> WasmValue {
    match ty {
        WasmType::I32 => WasmValue::I32((cell as u32).cast_signed()),
        _ => WasmValue::I64(cell.cast_signed()),
    }
}

fn cell(value: &WasmValue) -> u64 {
    match value {
        WasmValue::I32(value) => u64::from(value.cast_unsigned()),
        WasmValue::I64(value) => value.cast_unsigned(),
        WasmValue::F32(value) => u64::from(value.to_bits()),
        WasmValue::F64(value) => value.to_bits(),
        _ => 0,
    }
}

/// What a host function says comes back inside of other errors.
fn fault(error: &Error) -> Fault {
    let text = error.to_string();
    if text.ends_with(RETURNED) { Fault::Returned } else { Fault::Other(text) }
}
