//! The node's side of the host functions.
//!
//! What a runtime call has open lives in an extension of its externalities, which the first function registers: a node
//! needs nothing but [`HostFunctions`](crate::HostFunctions). It is dropped with the externalities, so nothing is left
//! of a runtime call that has ended in whatever way. Modules outlive it in the process's [`cache`].
//!
//! Everything that a runtime passes is checked. The worst that it can do is to end its own call.

pub mod cache;
mod session;
mod stored;
mod terms;

use crate::{Refusal, Validation, exit_record};
use cache::global;
use session::{Session, Slot};
use sp_externalities::{Externalities, ExternalitiesExt, decl_extension};
use terms::SessionTerms;

/// Sessions that may be open in a runtime call.
const SESSIONS_MAX: usize = 16;

/// What a runtime call has open.
#[derive(Default)]
pub(crate) struct Node {
    sessions: Vec<Session>,
    /// The number of the next handle. No number is used twice in a runtime call.
    next_handle: u32,
}

decl_extension! {
    /// Keeps the sessions of a runtime call.
    struct Sessions(Node);
}

type Result<T> = core::result::Result<T, Refusal>;

impl Node {
    fn top(&mut self) -> Result<&mut Session> {
        self.sessions.last_mut().ok_or(Refusal::NoSession)
    }

    fn new_handle(&mut self) -> Result<u32> {
        let handle = self.next_handle;
        self.next_handle = handle.checked_add(1).ok_or(Refusal::Handles)?;
        Ok(handle)
    }
}

/// What the runtime call has open; nothing is registered for one that has opened nothing.
fn opened(externalities: &mut dyn Externalities) -> Result<&mut Node> {
    let sessions: &mut Sessions = extension(externalities).ok_or(Refusal::NoSession)?;
    Ok(&mut sessions.0)
}

fn extension(externalities: &mut dyn Externalities) -> Option<&mut Sessions> {
    externalities.extension_by_type_id(Sessions::type_id())?.downcast_mut()
}

/// What most functions answer.
const DONE: u32 = 0;

pub(crate) fn open_session(mut externalities: &mut dyn Externalities, terms: &[u8]) -> Result<u32> {
    let terms = SessionTerms::decode(terms)?;
    if extension(externalities).is_none() {
        externalities.register_extension(Sessions(Node::default())).map_err(|_| Refusal::Externalities)?;
    }
    let sessions = &mut opened(externalities)?.sessions;
    if sessions.len() >= SESSIONS_MAX {
        return Err(Refusal::Sessions);
    }
    sessions.push(Session::new(terms));
    Ok(DONE)
}

pub(crate) fn close_session(externalities: &mut dyn Externalities) -> Result<u32> {
    opened(externalities)?.sessions.pop().ok_or(Refusal::NoSession)?;
    Ok(DONE)
}

pub(crate) fn warm(terms: &[u8], blob: &[u8]) {
    // Whatever is wrong with them will be found when the code is to run.
    let Ok(terms) = SessionTerms::decode(terms) else { return };
    let hash = cache::hash(blob);
    if let Ok(module) = global().load(&hash, blob, &terms.policy, &terms.prices, Validation::Done.mode()) {
        let _ = module.translate_all();
    }
}

pub(crate) fn load(
    externalities: &mut dyn Externalities,
    key: &[u8],
    hash: &[u8],
    validation: Validation,
    description: &mut [u8],
) -> Result<u32> {
    let code_bytes_max = opened(externalities)?.top()?.terms.limits.code_bytes;
    // On a hit as on a miss: the proof of a block has what its calls have read, on every node.
    let value = externalities.storage(key).ok_or(Refusal::NotFound)?;
    let blob = stored::decode(&value, code_bytes_max).ok_or(Refusal::NotFound)?;
    load_bytes(externalities, blob, hash, validation, description)
}

pub(crate) fn load_bytes(
    externalities: &mut dyn Externalities,
    blob: &[u8],
    hash: &[u8],
    validation: Validation,
    description: &mut [u8],
) -> Result<u32> {
    let node = opened(externalities)?;
    let handle = node.new_handle()?;
    let session = node.top()?;
    session.room()?;
    let terms = &session.terms;
    let module = global().load(hash, blob, &terms.policy, &terms.prices, validation.mode());
    let module = module.map_err(|_| Refusal::Code)?;
    session.describe(&module, description);
    session.put(handle, Slot::Module(module));
    Ok(handle)
}

pub(crate) fn describe(externalities: &mut dyn Externalities, module: u32, description: &mut [u8]) -> Result<u32> {
    let session = opened(externalities)?.top()?;
    let Slot::Module(module) = session.get(module)? else { return Err(Refusal::Handle) };
    if session.describe(module, description) { Ok(DONE) } else { Err(Refusal::Buffer) }
}

pub(crate) fn unload(externalities: &mut dyn Externalities, module: u32) -> Result<u32> {
    let session = opened(externalities)?.top()?;
    session.take(module, |slot| matches!(slot, Slot::Module(_))).ok_or(Refusal::Handle)?;
    Ok(DONE)
}

pub(crate) fn instantiate(externalities: &mut dyn Externalities, module: u32, plan: &[u8]) -> Result<u32> {
    let node = opened(externalities)?;
    let handle = node.new_handle()?;
    let session = node.top()?;
    let module = session.take(module, |slot| matches!(slot, Slot::Module(_)));
    let Some(Slot::Module(module)) = module else { return Err(Refusal::Handle) };
    let guest = session.instantiate(module, plan)?;
    session.put(handle, Slot::Instance(Box::new(guest)));
    Ok(handle)
}

pub(crate) fn run(
    externalities: &mut dyn Externalities,
    instance: u32,
    func: u32,
    mut fuel: u64,
    exit: &mut [u8],
) -> Result<u32> {
    let (execution, plan) = opened(externalities)?.top()?.instance(instance)?.start(func)?;
    let how = execution.run(&mut fuel);
    exit_record::write(execution, how, fuel, plan, exit)
}

pub(crate) fn resume(
    externalities: &mut dyn Externalities,
    instance: u32,
    result: Option<u64>,
    mut fuel: u64,
    writes: &[u8],
    exit: &mut [u8],
) -> Result<u32> {
    let (execution, plan) = opened(externalities)?.top()?.instance(instance)?.under_way()?;
    session::write_all(execution, writes)?;
    let how = execution.resume(result.as_slice(), &mut fuel);
    exit_record::write(execution, how, fuel, plan, exit)
}

pub(crate) fn read_memory(
    externalities: &mut dyn Externalities,
    instance: u32,
    offset: u32,
    into: &mut [u8],
) -> Result<u32> {
    let (execution, _) = opened(externalities)?.top()?.instance(instance)?.under_way()?;
    execution.read_memory(offset, into).map(|()| DONE).map_err(|_| Refusal::OutOfBounds)
}

pub(crate) fn write_memory(
    externalities: &mut dyn Externalities,
    instance: u32,
    offset: u32,
    from: &[u8],
) -> Result<u32> {
    let (execution, _) = opened(externalities)?.top()?.instance(instance)?.under_way()?;
    execution.write_memory(offset, from).map(|()| DONE).map_err(|_| Refusal::OutOfBounds)
}

pub(crate) fn destroy(externalities: &mut dyn Externalities, instance: u32) -> Result<u32> {
    let session = opened(externalities)?.top()?;
    session.take(instance, |slot| matches!(slot, Slot::Instance(_))).ok_or(Refusal::Handle)?;
    Ok(DONE)
}
