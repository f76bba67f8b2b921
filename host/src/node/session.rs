//! A session: what belongs to one root call of a runtime, and what it may use.

use super::{Result, cache::Lent, terms::SessionTerms};
use crate::{Refusal, Span, description, plan, wire::Reader};
use vellum_engine::{Execution, Instance, Module};

pub(super) struct Session {
    pub(super) terms: SessionTerms,
    /// What is alive, by handle. What was made last is asked for most, and given back first.
    slots: Vec<(u32, Slot)>,
    /// What the instances could grow to together.
    guest_bytes: u64,
}

/// Something that has a handle.
pub(super) enum Slot {
    Module(Lent),
    Instance(Box<Guest>),
}

/// An instance, and the call that runs on it.
pub(super) struct Guest {
    state: State,
    /// For each imported function what its exits carry.
    plan: Vec<Vec<Span>>,
    /// What it could grow to.
    bytes_max: u64,
    /// After the others, so that it sees what they have translated.
    _module: Lent,
}

enum State {
    Idle(Instance),
    Running(Execution),
    /// Only while one becomes the other.
    Moving,
}

impl Session {
    pub(super) fn new(terms: SessionTerms) -> Self {
        Self { terms, slots: Vec::new(), guest_bytes: 0 }
    }

    /// # Errors
    /// If the session has as much as it may have.
    pub(super) fn room(&self) -> Result<()> {
        // A module becomes an instance, so that both count.
        let most = usize::try_from(self.terms.limits.instances).unwrap_or(usize::MAX);
        if self.slots.len() < most { Ok(()) } else { Err(Refusal::Instances) }
    }

    pub(super) fn put(&mut self, handle: u32, slot: Slot) {
        self.slots.push((handle, slot));
    }

    fn position(&self, handle: u32) -> Result<usize> {
        self.slots.iter().rposition(|(number, _)| *number == handle).ok_or(Refusal::Handle)
    }

    pub(super) fn get(&self, handle: u32) -> Result<&Slot> {
        Ok(&self.slots[self.position(handle)?].1)
    }

    /// Takes something out if it is what was expected.
    pub(super) fn take(&mut self, handle: u32, expected: impl Fn(&Slot) -> bool) -> Option<Slot> {
        let at = self.position(handle).ok()?;
        if !expected(&self.slots[at].1) {
            return None;
        }
        let (_, slot) = self.slots.remove(at);
        if let Slot::Instance(guest) = &slot {
            self.guest_bytes = self.guest_bytes.saturating_sub(guest.bytes_max);
        }
        Some(slot)
    }

    pub(super) fn instance(&mut self, handle: u32) -> Result<&mut Guest> {
        let at = self.position(handle)?;
        match &mut self.slots[at].1 {
            Slot::Instance(guest) => Ok(guest),
            Slot::Module(_) => Err(Refusal::Handle),
        }
    }

    /// Makes an instance that the session has memory for, whatever it will do.
    pub(super) fn instantiate(&mut self, module: Lent, plan: &[u8]) -> Result<Guest> {
        let plan = plan::decode(plan, module.func_import_count()).ok_or(Refusal::Plan)?;
        let bytes_max = module.instance_bytes_max(&self.terms.run);
        let guest_bytes = self.guest_bytes.saturating_add(bytes_max);
        if guest_bytes > self.terms.limits.guest_bytes {
            return Err(Refusal::GuestBytes);
        }
        let instance = Instance::new(&module, self.terms.run).map_err(Refusal::Trap)?;
        self.guest_bytes = guest_bytes;
        Ok(Guest { state: State::Idle(instance), plan, bytes_max, _module: module })
    }

    /// Writes the description of a module, or its length if the buffer is shorter; says whether it fitted.
    pub(super) fn describe(&self, module: &Module, buffer: &mut [u8]) -> bool {
        let description = description::encode(module, self.terms.entry_points.iter().map(String::as_str));
        match buffer.get_mut(..description.len()) {
            Some(room) => {
                room.copy_from_slice(&description);
                true
            }
            None => {
                let len = description::LEN_BYTES.min(buffer.len());
                buffer[..len].copy_from_slice(&description[..len]);
                false
            }
        }
    }
}

impl Guest {
    /// Starts a call. What was under way is forgotten.
    pub(super) fn start(&mut self, func: u32) -> Result<(&mut Execution, &[Vec<Span>])> {
        let instance = match core::mem::replace(&mut self.state, State::Moving) {
            State::Idle(instance) => instance,
            State::Running(execution) => execution.into_instance(),
            State::Moving => return Err(Refusal::Handle),
        };
        self.state = State::Running(instance.call(func, &[]));
        self.under_way()
    }

    /// The call that is under way, and what its exits carry.
    pub(super) fn under_way(&mut self) -> Result<(&mut Execution, &[Vec<Span>])> {
        match &mut self.state {
            State::Running(execution) => Ok((execution, &self.plan)),
            State::Idle(_) | State::Moving => Err(Refusal::Idle),
        }
    }
}

/// Writes to guest memory, in order.
///
/// # Errors
/// If the bytes are no list of writes, or one does not lie inside. Those before it are done.
pub(super) fn write_all(execution: &mut Execution, writes: &[u8]) -> Result<()> {
    let mut reader = Reader(writes);
    while !reader.is_empty() {
        let write = reader.u32().zip(reader.prefixed());
        let (offset, bytes) = write.ok_or(Refusal::Buffer)?;
        execution.write_memory(offset, bytes).map_err(|_| Refusal::OutOfBounds)?;
    }
    Ok(())
}
