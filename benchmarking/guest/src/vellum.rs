//! Vellum, as the pallet links it.

use crate::Ended;
use crate::host::{Answer, GuestMemory, Host, HostFunction, OutOfBounds};
use alloc::vec::Vec;
use vellum_engine::{Exit, Instance, MemoryMut, Mode, Module, Policy, RunLimits};

/// More than any workload uses.
const LIMITS: RunLimits =
    RunLimits { call_depth: 1_024, stack_height: 1 << 20, memory_pages: 1_024, table_elements: 16_384 };

pub(crate) struct Code {
    module: Module,
    functions: Vec<Option<HostFunction>>,
}

impl Code {
    pub(crate) fn new(blob: &[u8]) -> Self {
        Self::read(blob, Mode::Eager)
    }

    pub(crate) fn lazy(blob: &[u8]) -> Self {
        Self::read(blob, Mode::Lazy)
    }

    fn read(blob: &[u8], mode: Mode) -> Self {
        let module = Module::new(blob, &Policy::all(), &vellum_weights::linked(), mode);
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
                    let function = usize::try_from(import).ok().and_then(|at| *self.functions.get(at)?);
                    let function = function.expect("the import is known");
                    let (args, mut memory) = call.args_and_memory();
                    let result = match self.host.call(function, args, &mut memory) {
                        Ok(Answer::Nothing) => None,
                        Ok(Answer::Value(value)) => Some(value),
                        Ok(Answer::Return) => break Ended::Returned,
                        Err(OutOfBounds) => panic!("a bad pointer"),
                    };
                    exit = call.resume(result.as_slice(), &mut fuel);
                }
                Exit::Trap(_) | Exit::OutOfFuel => panic!("the run fails"),
            }
        };
        self.instance = Some(call.into_instance());
        ended
    }
}

impl GuestMemory for MemoryMut<'_> {
    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), OutOfBounds> {
        MemoryMut::read(self, offset, into).map_err(|_| OutOfBounds)
    }

    fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), OutOfBounds> {
        MemoryMut::write(self, offset, from).map_err(|_| OutOfBounds)
    }
}
