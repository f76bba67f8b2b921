//! wasm3, which is C, does not meter, and cannot import a memory: it runs kernels, no contracts. How its
//! memory looks afterwards is not compared, since that would take unsafe code.

use super::{Code, Engine, Fault, Session};
use crate::host::{Answer, Host, HostFunction};
use ::wasm3::error::{Error, Trap};
use ::wasm3::{CallContext, Environment, Module, Runtime};
use anyhow::{Result, anyhow};
use std::cell::RefCell;
use std::rc::Rc;

/// The stack, in slots of four bytes: more than any workload takes.
const STACK_SLOTS: u32 = 1 << 18;

/// The engine: it has no configuration.
pub struct Wasm3;

impl Engine for Wasm3 {
    fn name(&self) -> String {
        "wasm3, no fuel".into()
    }

    fn compile(&self, blob: &[u8]) -> Result<Box<dyn Code>> {
        let code = Wasm3Code(blob.into());
        // Loading is part of an instance here. That a blob can be loaded shows now.
        code.load(&Rc::default()).map_err(|error| anyhow!("{error}"))?;
        Ok(Box::new(code))
    }
}

struct Wasm3Code(Box<[u8]>);

impl Wasm3Code {
    fn load(&self, host: &Rc<RefCell<Host>>) -> Result<Runtime, Error> {
        let environment = Environment::new()?;
        let runtime = environment.create_runtime(STACK_SLOTS)?;
        let mut module = runtime.load_module(environment.parse_module(self.0.clone())?)?;
        for function in [HostFunction::Nop, HostFunction::Mix32, HostFunction::Mix64, HostFunction::Note] {
            match link(&mut module, function, host) {
                // What a module does not import is not there to be linked.
                Ok(()) | Err(Error::FunctionNotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(runtime)
    }
}

impl Code for Wasm3Code {
    fn prepare(&self, host: Host) -> Box<dyn Session> {
        let host = Rc::new(RefCell::new(host));
        let runtime = self.load(&host).expect("`compile` has loaded it; qed");
        Box::new(Wasm3Session { runtime, host })
    }
}

struct Wasm3Session {
    runtime: Runtime,
    host: Rc<RefCell<Host>>,
}

impl Session for Wasm3Session {
    fn instantiate(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn call(&mut self, name: &str, args: &[u64]) -> Result<Vec<u64>, Fault> {
        let fault = |error: Error| Fault::Other(error.to_string());
        match args {
            [] => Ok(vec![u64::from(
                self.runtime.find_function::<(), f32>(name).map_err(fault)?.call().map_err(fault)?.to_bits(),
            )]),
            [size, ..] => {
                let size = u32::try_from(*size).map_err(|_| Fault::Other("the size is an i32".into()))?;
                let function = self.runtime.find_function::<u32, u64>(name).map_err(fault)?;
                Ok(vec![function.call(size).map_err(fault)?])
            }
        }
    }

    fn memory(&self) -> Option<Vec<u8>> {
        None
    }

    fn take_host(&mut self) -> Host {
        std::mem::take(&mut self.host.borrow_mut())
    }
}

fn link(module: &mut Module<'_>, function: HostFunction, host: &Rc<RefCell<Host>>) -> Result<(), Error> {
    let (from, name) = function.import();
    let host = host.clone();
    let call = move |args: &[u64]| match host.borrow_mut().call(function, args, &mut [][..]) {
        Ok(Answer::Value(value)) => Ok(value),
        Ok(Answer::Nothing) => Ok(0),
        Ok(Answer::Return) | Err(_) => Err(Trap::Exit),
    };
    match function.signature() {
        ("", "") => module.link_closure(from, name, move |_: CallContext<'_>, (): ()| call(&[]).map(|_| ())),
        ("i", "") => module.link_closure(from, name, move |_: CallContext<'_>, a: u32| call(&[a.into()]).map(|_| ())),
        ("iI", "i") => {
            module.link_closure(from, name, move |_: CallContext<'_>, (a, b): (u32, u64)| call(&[a.into(), b]).map(low))
        }
        _ => module.link_closure(from, name, move |_: CallContext<'_>, a: u64| call(&[a])),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "an i32 is the low half of its cell")]
fn low(cell: u64) -> u32 {
    cell as u32
}
