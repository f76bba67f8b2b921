//! Vellum, as the pallet links it.

use crate::Ended;
use crate::host::{Answer, GuestMemory, Host, HostFunction, OutOfBounds};
use alloc::vec::Vec;
use vellum_engine::{Execution, Exit, Instance, Mode, Module, Policy, RunLimits};

/// More than any workload uses.
const LIMITS: RunLimits =
    RunLimits { call_depth: 1_024, stack_height: 1 << 20, memory_pages: 1_024, table_elements: 16_384 };

pub(crate) struct Code {
    module: Module,
    functions: Vec<Option<HostFunction>>,
}

impl Code {
    pub(crate) fn new(blob: &[u8]) -> Self {
        let module = Module::new(blob, &Policy::all(), &vellum_weights::linked(), Mode::Eager);
        let module = module.unwrap_or_else(|_| panic!("the blob is accepted"));
        let functions = (0..module.func_import_count()).map(|import| {
            let import = module.func_import(import);
            import.and_then(|import| HostFunction::named(&import.module, &import.name))
        });
        let functions = functions.collect();
        Self { module, functions }
    }

    pub(crate) fn prepare(&self, host: Host) -> Session {
        Session { module: self.module.clone(), functions: self.functions.clone(), instance: None, host }
    }
}

pub(crate) struct Session {
    module: Module,
    functions: Vec<Option<HostFunction>>,
    instance: Option<Instance>,
    host: Host,
}

impl Session {
    pub(crate) fn instantiate(&mut self) {
        self.instance = Instance::new(&self.module, LIMITS).ok();
        if let Some(start) = self.module.start_func() {
            self.run(start, &[]);
        }
    }

    pub(crate) fn call(&mut self, name: &str, args: &[u64]) -> Ended {
        self.run(self.module.exported_func(name).expect("the export is there"), args)
    }

    pub(crate) fn take_host(&mut self) -> Host {
        core::mem::take(&mut self.host)
    }

    fn run(&mut self, func: u32, args: &[u64]) -> Ended {
        let mut call = self.instance.take().expect("there is an instance").call(func, args);
        let mut fuel = u64::MAX;
        let mut exit = call.run(&mut fuel);
        let ended = loop {
            match exit {
                Exit::Finished => break Ended::Results(call.results().first().copied()),
                Exit::HostCall { import } => {
                    let mut args = [0; HostFunction::PARAMS_MAX];
                    let count = call.args().len();
                    args[..count].copy_from_slice(call.args());
                    let function = usize::try_from(import).ok().and_then(|at| *self.functions.get(at)?);
                    let function = function.expect("the import is known");
                    match self.host.call(function, &args[..count], &mut call) {
                        Ok(Answer::Nothing) => exit = call.resume(&[], &mut fuel),
                        Ok(Answer::Value(value)) => exit = call.resume(&[value], &mut fuel),
                        Ok(Answer::Return) => break Ended::Returned,
                        Err(OutOfBounds) => panic!("a bad pointer"),
                    }
                }
                Exit::Trap(_) | Exit::OutOfFuel => panic!("the run fails"),
            }
        };
        self.instance = Some(call.into_instance());
        ended
    }
}

impl GuestMemory for Execution {
    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), OutOfBounds> {
        self.read_memory(offset, into).map_err(|_| OutOfBounds)
    }

    fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), OutOfBounds> {
        self.write_memory(offset, from).map_err(|_| OutOfBounds)
    }
}
