//! Runs the code of a frame.
//!
//! The engine never calls the pallet. It stops at each call of a host function, the pallet acts and
//! resumes it (Law 4). In between the frame's `ref_time` is the engine's fuel.

use crate::{
    Config, Error, ExecReturnValue, LOG_TARGET, Schedule,
    call_stack::{ExecResult, Ext},
    code::{Executable, Interface, link_functions},
    host_api::{self, HostContext, HostFunction, ReturnData, TrapReason},
    meter::gas::{ProfileAccount, Token},
};
use alloc::vec::Vec;
use frame_support::{traits::Get, weights::Weight};
use vellum_engine::{Policy, RunLimits, Trap};
use vellum_host::{Execution, Exit, SessionLimits, Terms};

/// Wasm calls that may be open at once. Wasmi 0.32 under pallet-contracts allowed as many, and stored
/// code may rely on that (Law 7).
const CALL_DEPTH_MAX: u32 = 1024;

/// Cells that locals and operands of all open Wasm calls may take, as the source program counts them.
///
/// The value stack of pallet-contracts had 131,072 cells. A call could take fewer of them than the source
/// counts, so this is four times as many: what fitted there fits here (Law 7).
pub(crate) const STACK_HEIGHT_MAX: u32 = 512 * 1024;

/// Elements that a table may grow to: what new uploads may start with. Pallet-contracts 51 accepted no
/// operator that grows a table, and nothing that starts with more has ever been stored.
pub(crate) const TABLE_ELEMENTS_MAX: u32 = 16 * 1024;

/// Bytes of a cell of the engine's stack, and of an element of a table.
pub(crate) const CELL_BYTES: u64 = 8;

/// The exports that are run.
const ENTRY_POINTS: &[&str] = &[ExportedFunction::Constructor.name(), ExportedFunction::Call.name()];

/// What code is run for.
#[derive(
    Copy, Clone, PartialEq, Eq, Debug, codec::Decode, codec::Encode, codec::MaxEncodedLen, scale_info::TypeInfo,
)]
pub enum ExportedFunction {
    /// To create a contract.
    Constructor,
    /// To call it.
    Call,
}

impl ExportedFunction {
    /// The export that is run.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Constructor => "deploy",
            Self::Call => "call",
        }
    }

    /// Whether an export has the name of an entry point.
    pub(crate) fn is_name(name: &str) -> bool {
        name == Self::Constructor.name() || name == Self::Call.name()
    }
}

/// The limits of every run on this chain.
pub(crate) fn run_limits<T: Config>(schedule: &Schedule<T>) -> RunLimits {
    RunLimits {
        call_depth: CALL_DEPTH_MAX,
        stack_height: STACK_HEIGHT_MAX,
        memory_pages: schedule.limits.memory_pages,
        table_elements: TABLE_ELEMENTS_MAX,
    }
}

/// What all code of a call stack runs under, whoever runs it.
pub(crate) fn terms<T: Config>(schedule: &Schedule<T>) -> Terms {
    Terms {
        policy: Policy::stored(),
        prices: crate::prices::prices(),
        run: run_limits(schedule),
        session: session_limits::<T>(schedule),
        entry_points: ENTRY_POINTS,
    }
}

/// What a call stack can take at most, so that its limits are never reached.
pub(crate) fn session_limits<T: Config>(schedule: &Schedule<T>) -> SessionLimits {
    let frames = u32::try_from(<T::CallStack as smallvec::Array>::size()).unwrap_or(u32::MAX).saturating_add(1);
    // A frame's code is loaded before the frame exists, and code that a contract is to run from now on is loaded, too.
    let instances = frames.saturating_add(2);
    let code_bytes = T::MaxCodeLen::get();
    // Every global takes more than a byte of the code.
    let cells =
        [STACK_HEIGHT_MAX, CALL_DEPTH_MAX, TABLE_ELEMENTS_MAX, code_bytes].into_iter().map(u64::from).sum::<u64>();
    let instance_bytes = cells.saturating_mul(CELL_BYTES).saturating_add(schedule.limits.max_memory_size().into());
    SessionLimits { instances, guest_bytes: instance_bytes.saturating_mul(instances.into()), code_bytes }
}

/// Runs a function of a contract's code in the frame that `ext` stands for.
///
/// For a constructor the code's reference count is incremented first. The caller rolls back storage if
/// this fails.
pub(crate) fn execute<E: Ext>(
    ext: &mut E,
    executable: Executable<E::T>,
    function: ExportedFunction,
    input_data: Vec<u8>,
) -> ExecResult {
    let code_hash = executable.code_hash();
    let module = executable.into_module().map_err(|error| rejected::<E::T>(&error))?;
    let functions = link_functions::<E::T>(module.func_imports(), Interface::run::<E::T>(function))
        .map_err(|error| rejected::<E::T>(&error))?;
    ext.gas_meter_mut().charge(Instantiation { fuel: module.instantiation_fuel() })?;
    let (start, entry_point) = (module.start_func(), module.entry_point(function.name()));
    let mut instance = module
        .instantiate(|plan| functions.iter().for_each(|function| plan.import(function.reads())))
        .map_err(|trap| rejected::<E::T>(&format_args!("{trap:?} in a segment")))?;

    if function == ExportedFunction::Constructor {
        // The start function already sees the count that the constructor will.
        E::increment_refcount(code_hash)?;
    }

    let mut context = HostContext::new(ext, input_data);
    if let Some(start) = start {
        // Whatever ends the start function before its end, a return included, ends the whole call.
        let mut execution = instance.call(start);
        if let Err(reason) = run(&mut execution, &mut context, &functions) {
            return into_output::<E::T>(reason);
        }
        instance = execution.into_instance();
    }
    let entry_point = entry_point
        // Upload accepts a result, for very old code, but running it has never worked.
        .filter(|entry_point| entry_point.result_count == 0)
        .ok_or_else(|| rejected::<E::T>(&"the entry point is missing or returns a value"))?;
    let mut execution = instance.call(entry_point.func);
    match run(&mut execution, &mut context, &functions) {
        Ok(()) => Ok(ExecReturnValue::nothing()),
        Err(reason) => into_output::<E::T>(reason),
    }
}

/// Runs until the function ends, on its own or by a host function, or cannot go on.
pub(crate) fn run<E: Ext>(
    execution: &mut Execution,
    context: &mut HostContext<'_, E>,
    functions: &[&'static HostFunction],
) -> Result<(), TrapReason> {
    let mut fuel = context.gas_meter().fuel();
    let mut exit = execution.run(&mut fuel);
    loop {
        let import = match exit {
            Exit::HostCall { import } => import,
            Exit::Finished => {
                context.gas_meter().set_fuel(fuel);
                return Ok(());
            }
            // A function that the chain never validated, because its state was made by another one.
            Exit::Trap(trap @ Trap::InvalidCode) => {
                context.gas_meter().set_fuel(fuel);
                return Err(rejected::<E::T>(&trap).into());
            }
            Exit::Trap(trap) => {
                context.gas_meter().set_fuel(fuel);
                log::debug!(target: LOG_TARGET, "contract trapped: {trap:?}");
                return Err(Error::<E::T>::ContractTrapped.into());
            }
            Exit::OutOfFuel => {
                context.gas_meter().exhaust_fuel();
                return Err(Error::<E::T>::OutOfGas.into());
            }
        };
        context.gas_meter().set_fuel(fuel);
        let function = usize::try_from(import)
            .ok()
            .and_then(|index| functions.get(index))
            .expect("`functions` was made from the list of imports that `import` indexes; qed");
        let result = host_api::call(function, context, execution)?;
        fuel = context.gas_meter().fuel();
        exit = execution.resume(result, &mut fuel);
    }
}

/// What a frame returns that a host function ended.
fn into_output<T: Config>(reason: TrapReason) -> ExecResult {
    match reason {
        TrapReason::Return(ReturnData { flags, data }) => {
            let flags = crate::ReturnFlags::from_bits(flags).ok_or(Error::<T>::InvalidCallFlags)?;
            Ok(ExecReturnValue { flags, data })
        }
        TrapReason::Termination => Ok(ExecReturnValue::nothing()),
        TrapReason::SupervisorError(error) => Err(error.into()),
    }
}

/// Stored code that cannot be run: it was stored by a chain with other rules.
fn rejected<T: Config>(reason: &dyn core::fmt::Display) -> Error<T> {
    log::debug!(target: LOG_TARGET, "stored code cannot be run: {reason}");
    Error::<T>::CodeRejected
}

/// Making an instance: its memory, globals, table and segments.
#[derive(Clone, Copy)]
struct Instantiation {
    fuel: u64,
}

impl<T: Config> Token<T> for Instantiation {
    fn weight(&self) -> Weight {
        Weight::from_parts(self.fuel, 0)
    }

    fn account(&self) -> ProfileAccount {
        ProfileAccount::Own("instantiate_module")
    }
}
