//! Running: taking the exits of calls under way.

use super::error::Error;
use super::guest::Guest;
use super::store::{Activation, Binding, Store};
use crate::call::{Call, Pause};
use crate::limits::RunLimits;
use crate::reference::instance_and_func;
use crate::trap::Trap;
use alloc::sync::Arc;

/// How often host functions may call back inside each other: each takes the host's own stack, which
/// the limits of programs do not know.
const NESTED_MAX: u32 = 100;

impl<T> Store<T> {
    /// Calls a function of an instance and hands its results to `read`.
    pub(super) fn invoke<R>(
        &mut self,
        instance: usize,
        func: u32,
        args: &[u64],
        read: impl FnOnce(&[u64]) -> R,
    ) -> Result<R, Error> {
        if self.nested >= NESTED_MAX {
            return Err(Trap::CallDepthExceeded.into());
        }
        // A host function may be calling: then its caller waits.
        let waiting = self.unload();
        let base = self.calls.len();
        self.nested += 1;
        let limits = self.limits_left();
        self.begin(instance, func, args, limits);
        let outcome = self.drive(base, read);
        self.unload();
        while self.calls.len() > base {
            self.end_innermost();
        }
        self.nested -= 1;
        if let Some(instance) = waiting {
            self.load(instance);
        }
        outcome
    }

    /// Runs until only `base` calls are under way.
    fn drive<R>(&mut self, base: usize, read: impl FnOnce(&[u64]) -> R) -> Result<R, Error> {
        let mut read = Some(read);
        loop {
            let Some(instance) = self.calls.last().map(|activation| activation.instance) else {
                unreachable!("a call is under way until this returns; qed")
            };
            // Held while this instance runs, so that a host function can have the whole store.
            let bindings = Arc::clone(&self.instances[instance].bindings);
            match self.run_innermost(instance, &bindings)? {
                Switch::Enter { instance, func } => self.enter(instance, func),
                Switch::Leave if self.calls.len() > base + 1 => self.leave(),
                Switch::Leave => {
                    let core = &self.instances[instance].core;
                    let results = self.calls.last().map_or(&[][..], |innermost| innermost.call.results_mounted(core));
                    let read = read.take().expect("this returns; qed");
                    return Ok(read(results));
                }
            }
        }
    }

    /// Runs the innermost call until another is to run.
    fn run_innermost(&mut self, instance: usize, bindings: &[Binding<T>]) -> Result<Switch, Error> {
        loop {
            let activation = self.calls.last_mut().expect("the caller saw it; qed");
            let core = &mut self.instances[instance].core;
            if let Some(func) = activation.call.run(core, &mut self.fuel) {
                let binding = usize::try_from(func).ok().and_then(|func| bindings.get(func));
                match binding.ok_or(Trap::InvalidCode)? {
                    Binding::Host(function) => (function.run)(&mut Guest::new(self))?,
                    Binding::Wasm { instance, func } => {
                        return Ok(Switch::Enter { instance: *instance, func: *func });
                    }
                }
                continue;
            }
            match activation.call.pause() {
                Pause::Finished => return Ok(Switch::Leave),
                Pause::OutOfFuel => return Err(Error::OutOfFuel),
                Pause::Trap(Trap::InvalidCode) => {
                    let fault = core.state.fault.take();
                    return Err(fault.map_or(Error::Trap(Trap::InvalidCode), Error::InvalidCode));
                }
                Pause::Trap(trap) => return Err(trap.into()),
                Pause::Element => match self.bound_to_element().ok_or(Trap::IndirectCallTypeMismatch)? {
                    Binding::Host(function) => (function.run)(&mut Guest::new(self))?,
                    Binding::Wasm { instance, func } => return Ok(Switch::Enter { instance, func }),
                },
            }
        }
    }

    /// What the element refers to that the innermost call is to call, if it is of the type that this asks for.
    fn bound_to_element(&self) -> Option<Binding<T>> {
        let (element, expected) = self.calls.last()?.call.element()?;
        let (instance, func) = instance_and_func(element)?;
        let slot = self.instances.get(instance)?;
        if slot.core.module().func_type(func)? != expected {
            return None;
        }
        let imported = usize::try_from(func).ok().and_then(|func| slot.bindings.get(func)).cloned();
        Some(imported.unwrap_or(Binding::Wasm { instance, func }))
    }

    /// Starts a call with the arguments of the innermost call's pending one.
    fn enter(&mut self, instance: usize, func: u32) {
        self.unload();
        let limits = self.limits_left();
        let args = self.calls.last().map_or(&[][..], |caller| caller.call.args()).to_vec();
        self.begin(instance, func, &args, limits);
    }

    /// Answers the caller of the innermost call, which is over.
    fn leave(&mut self) {
        self.unload();
        let Some(callee) = self.calls.pop() else { return };
        if let Some(caller) = self.calls.last_mut() {
            caller.call.answer(callee.call.results());
            let instance = caller.instance;
            self.load(instance);
        }
        self.stacks.push(callee.call.into_stack());
    }

    fn begin(&mut self, instance: usize, func: u32, args: &[u64], limits: RunLimits) {
        let mut stack = self.stacks.pop().unwrap_or_default();
        stack.reset_to(limits);
        let call = Call::new(self.instances[instance].core.module().clone(), func, args, stack);
        self.calls.push(Activation { instance, call, limits });
        self.load(instance);
    }

    fn end_innermost(&mut self) {
        if let Some(activation) = self.calls.pop() {
            self.stacks.push(activation.call.into_stack());
        }
    }

    /// The limits without what calls under way use.
    fn limits_left(&self) -> RunLimits {
        let Some(innermost) = self.calls.last() else { return self.limits };
        let (depth, height) = innermost.call.in_use();
        RunLimits {
            call_depth: innermost.limits.call_depth.saturating_sub(depth),
            stack_height: innermost.limits.stack_height.saturating_sub(height),
            ..innermost.limits
        }
    }
}

/// Which call is to run next.
enum Switch {
    /// A new one.
    Enter { instance: usize, func: u32 },
    /// The caller of this one.
    Leave,
}
