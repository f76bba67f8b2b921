//! makepad-stitch, which does not meter. Its stores have no place for a host, so that lives in the thread.
//!
//! This version panics when it translates some valid functions, at their first call, and a panic ends the whole
//! program.

use super::{Code, Engine, Fault, Session};
use crate::host::{Answer, Host, HostFunction};
use anyhow::{Result, anyhow};
use makepad_stitch as stitch;
use std::cell::RefCell;
use std::sync::Arc;
use stitch::{Error, ExternType, ExternVal, Func, FuncError, Instance, Linker, Mem, Module, Store, Val};

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

#[derive(Default)]
struct State {
    host: Host,
    memory: Option<Mem>,
    returned: bool,
}

/// The engine: it has no configuration.
pub struct Stitch;

impl Engine for Stitch {
    fn name(&self) -> String {
        "stitch 0.1.0, no fuel".into()
    }

    fn panics(&self) -> bool {
        true
    }

    fn compile(&self, blob: &[u8]) -> Result<Box<dyn Code>> {
        let engine = stitch::Engine::new();
        let module = Module::new(&engine, blob).map_err(|error| anyhow!("{error}"))?;
        Ok(Box::new(StitchCode { engine, module: Arc::new(module) }))
    }
}

struct StitchCode {
    engine: stitch::Engine,
    module: Arc<Module>,
}

impl Code for StitchCode {
    fn prepare(&self, host: Host) -> Box<dyn Session> {
        STATE.set(State { host, memory: None, returned: false });
        let mut store = Store::new(self.engine.clone());
        let mut linker = Linker::new();
        for function in HostFunction::ALL {
            for (module, name) in function.imports() {
                linker.define(module, &name, host_func(&mut store, *function));
            }
        }
        Box::new(StitchSession { module: self.module.clone(), store, linker, instance: None })
    }
}

struct StitchSession {
    module: Arc<Module>,
    store: Store,
    linker: Linker,
    instance: Option<Instance>,
}

impl Session for StitchSession {
    fn instantiate(&mut self) -> Result<(), Fault> {
        let mut memory = None;
        for ((module, name), ty) in self.module.imports() {
            if let ExternType::Mem(ty) = ty {
                let made = Mem::new(&mut self.store, ty);
                self.linker.define(module, name, made);
                memory = Some(made);
            }
        }
        let instance = self.linker.instantiate(&mut self.store, &self.module).map_err(|error| fault(&error))?;
        let memory = memory.or_else(|| instance.exported_mem("memory"));
        STATE.with_borrow_mut(|state| state.memory = memory);
        self.instance = Some(instance);
        Ok(())
    }

    fn call(&mut self, name: &str, args: &[u64]) -> Result<Vec<u64>, Fault> {
        let func = self.instance.as_ref().and_then(|instance| instance.exported_func(name));
        let func = func.ok_or_else(|| Fault::Other(format!("no export {name}")))?;
        let ty = func.type_(&self.store);
        let args: Vec<Val> = args.iter().zip(ty.params()).map(|(arg, ty)| value(*arg, *ty)).collect();
        let mut results: Vec<Val> = ty.results().iter().map(|ty| Val::default(*ty)).collect();
        func.call(&mut self.store, &args, &mut results).map_err(|error| fault(&error))?;
        Ok(results.iter().map(cell).collect())
    }

    fn memory(&self) -> Option<Vec<u8>> {
        Some(STATE.with_borrow(|state| state.memory.map_or_else(Vec::new, |memory| memory.bytes(&self.store).to_vec())))
    }

    fn take_host(&mut self) -> Host {
        STATE.with_borrow_mut(|state| std::mem::take(&mut state.host))
    }
}

fn host_func(store: &mut Store, f: HostFunction) -> ExternVal {
    type S<'a> = &'a mut Store;
    type Nothing = Result<(), Error>;
    type Number = Result<(i32,), Error>;
    type Wide = Result<(i64,), Error>;
    let func = match f.signature() {
        ("", "") => Func::wrap(store, move |s: S<'_>| -> Nothing { none(s, f, &[]) }),
        ("", "I") => Func::wrap(store, move |s: S<'_>| -> Wide { one(s, f, &[]).map(wide) }),
        ("i", "") => Func::wrap(store, move |s: S<'_>, a: i32| -> Nothing { none(s, f, &[a]) }),
        ("ii", "") => Func::wrap(store, move |s: S<'_>, a: i32, b: i32| -> Nothing { none(s, f, &[a, b]) }),
        ("ii", "i") => Func::wrap(store, move |s: S<'_>, a: i32, b: i32| -> Number { some(s, f, &[a, b]) }),
        ("iii", "") => Func::wrap(store, move |s: S<'_>, a: i32, b: i32, c: i32| -> Nothing { none(s, f, &[a, b, c]) }),
        ("iii", "i") => Func::wrap(store, move |s: S<'_>, a: i32, b: i32, c: i32| -> Number { some(s, f, &[a, b, c]) }),
        ("iiii", "") => {
            Func::wrap(store, move |s: S<'_>, a: i32, b: i32, c: i32, d: i32| -> Nothing { none(s, f, &[a, b, c, d]) })
        }
        ("iiii", "i") => {
            Func::wrap(store, move |s: S<'_>, a: i32, b: i32, c: i32, d: i32| -> Number { some(s, f, &[a, b, c, d]) })
        }
        ("iI", "i") => Func::wrap(store, move |s: S<'_>, a: i32, b: i64| -> Number {
            one(s, f, &[u64::from(a.cast_unsigned()), b.cast_unsigned()]).map(low)
        }),
        ("I", "I") => Func::wrap(store, move |s: S<'_>, a: i64| -> Wide { one(s, f, &[a.cast_unsigned()]).map(wide) }),
        // The host refuses calls whatever their arguments are.
        ("iiIiiiii", _) => Func::wrap(
            store,
            move |s: S<'_>, _: i32, _: i32, _: i64, _: i32, _: i32, _: i32, _: i32, _: i32| -> Number {
                some(s, f, &[])
            },
        ),
        _ => Func::wrap(
            store,
            move |s: S<'_>, _: i32, _: i32, _: i64, _: i32, _: i32, _: i32, _: i32, _: i32, _: i32| -> Number {
                some(s, f, &[])
            },
        ),
    };
    ExternVal::Func(func)
}

fn cells(args: &[i32]) -> [u64; HostFunction::PARAMS_MAX] {
    let mut cells = [0; HostFunction::PARAMS_MAX];
    for (cell, arg) in cells.iter_mut().zip(args) {
        *cell = u64::from(arg.cast_unsigned());
    }
    cells
}

fn none(store: &mut Store, function: HostFunction, args: &[i32]) -> Result<(), Error> {
    one(store, function, &cells(args)[..args.len()]).map(|_| ())
}

fn some(store: &mut Store, function: HostFunction, args: &[i32]) -> Result<(i32,), Error> {
    one(store, function, &cells(args)[..args.len()]).map(low)
}

fn one(store: &mut Store, function: HostFunction, args: &[u64]) -> Result<u64, Error> {
    STATE.with_borrow_mut(|state| {
        let answer = match state.memory {
            Some(memory) => state.host.call(function, args, memory.bytes_mut(store)),
            None => state.host.call(function, args, &mut [][..]),
        };
        match answer {
            Ok(Answer::Nothing) => Ok(0),
            Ok(Answer::Value(value)) => Ok(value),
            Ok(Answer::Return) => {
                state.returned = true;
                Err(Error::Func(FuncError::ParamCountMismatch))
            }
            // The only errors that others may make say something else; `returned` tells them apart.
            Err(_) => Err(Error::Func(FuncError::ParamTypeMismatch)),
        }
    })
}

#[allow(clippy::cast_possible_truncation, reason = "an i32 is the low half of its cell")]
fn low(cell: u64) -> (i32,) {
    ((cell as u32).cast_signed(),)
}

fn wide(cell: u64) -> (i64,) {
    (cell.cast_signed(),)
}

fn value(cell: u64, ty: stitch::ValType) -> Val {
    match ty {
        stitch::ValType::I32 => Val::I32(low(cell).0),
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
    if STATE.with_borrow(|state| state.returned) {
        return Fault::Returned;
    }
    Fault::Other(match error {
        Error::Trap(trap) => trap.to_string(),
        other => format!("{other}: {other:?}"),
    })
}
