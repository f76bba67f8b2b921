//! The host functions, version 1: what a runtime may ask of its node.
//!
//! Plain data crosses, and errors are the numbers of [`Refusal`](crate::Refusal). A published version is frozen: what
//! an outside observer could notice is changed by a new version beside it.
//!
//! A node's side of a function checks everything that comes in: handles, lengths, offsets, nesting, counts. Handles
//! count up and are never used twice in a runtime call, but which number something gets, and whether code was in the
//! node's cache, differs between nodes: a runtime lets neither reach its state.

#![allow(unsafe_code, reason = "the macro declares the functions as imports of the runtime; see docs/UNSAFE.md")]
#![allow(missing_docs, reason = "the macro makes items that have no documentation")]

#[cfg(not(substrate_runtime))]
use crate::{Refusal, Validation, node};
use sp_runtime_interface::{
    pass_by::{PassFatPointerAndRead, PassFatPointerAndWrite},
    runtime_interface,
};

/// The host functions.
#[runtime_interface(no_tracing)]
pub trait Vellum {
    /// Opens a session on top of those that are open. Whatever is made belongs to the topmost one.
    ///
    /// The terms are those of [`Terms`](crate::Terms). Answers 0.
    fn open_session(&mut self, terms: PassFatPointerAndRead<&[u8]>) -> i64 {
        Refusal::returned(node::open_session(*self, terms))
    }

    /// Closes the topmost session and drops what belongs to it. Answers 0.
    fn close_session(&mut self) -> i64 {
        Refusal::returned(node::close_session(*self))
    }

    /// Prepares code, which has been validated, for runs under these terms. It answers nothing, because nothing can be told from it.
    fn warm(&mut self, terms: PassFatPointerAndRead<&[u8]>, blob: PassFatPointerAndRead<&[u8]>) {
        node::warm(terms, blob);
    }

    /// Loads code that the state has under a key, as a SCALE-encoded vector. It is read from the state whether the
    /// node knows it or not. `hash` is where the node looks first. Unless `validated` is 0, no function is validated before
    /// it runs.
    ///
    /// Answers a module's handle. The description is written as far as it fits, or its length alone.
    fn load(
        &mut self,
        key: PassFatPointerAndRead<&[u8]>,
        hash: PassFatPointerAndRead<&[u8]>,
        validated: u32,
        description: PassFatPointerAndWrite<&mut [u8]>,
    ) -> i64 {
        Refusal::returned(node::load(*self, key, hash, Validation::of_number(validated), description))
    }

    /// The same of code that the runtime has.
    fn load_bytes(
        &mut self,
        blob: PassFatPointerAndRead<&[u8]>,
        hash: PassFatPointerAndRead<&[u8]>,
        validated: u32,
        description: PassFatPointerAndWrite<&mut [u8]>,
    ) -> i64 {
        Refusal::returned(node::load_bytes(*self, blob, hash, Validation::of_number(validated), description))
    }

    /// Describes a module once more, to a buffer that is long enough. Answers 0.
    fn describe(&mut self, module: u32, description: PassFatPointerAndWrite<&mut [u8]>) -> i64 {
        Refusal::returned(node::describe(*self, module, description))
    }

    /// Gives a module back that was not instantiated. Answers 0.
    fn unload(&mut self, module: u32) -> i64 {
        Refusal::returned(node::unload(*self, module))
    }

    /// Makes an instance of a module, whose handle ends. Answers the instance's handle, or the trap that a segment
    /// causes.
    fn instantiate(&mut self, module: u32, plan: PassFatPointerAndRead<&[u8]>) -> i64 {
        Refusal::returned(node::instantiate(*self, module, plan))
    }

    /// Starts a function without parameters and runs it to its first exit. Answers how much of the buffer is written.
    fn run(&mut self, instance: u32, func: u32, fuel: u64, exit: PassFatPointerAndWrite<&mut [u8]>) -> i64 {
        Refusal::returned(node::run(*self, instance, func, fuel, exit))
    }

    /// Writes guest memory, answers the pending host call, and runs on to the next exit. Answers as `run` does.
    fn resume(
        &mut self,
        instance: u32,
        has_result: u32,
        result: u64,
        fuel: u64,
        writes: PassFatPointerAndRead<&[u8]>,
        exit: PassFatPointerAndWrite<&mut [u8]>,
    ) -> i64 {
        let result = (has_result != 0).then_some(result);
        Refusal::returned(node::resume(*self, instance, result, fuel, writes, exit))
    }

    /// Reads guest memory while a host call is pending. Answers 0.
    fn read_memory(&mut self, instance: u32, offset: u32, into: PassFatPointerAndWrite<&mut [u8]>) -> i64 {
        Refusal::returned(node::read_memory(*self, instance, offset, into))
    }

    /// Writes guest memory while a host call is pending. Answers 0.
    fn write_memory(&mut self, instance: u32, offset: u32, from: PassFatPointerAndRead<&[u8]>) -> i64 {
        Refusal::returned(node::write_memory(*self, instance, offset, from))
    }

    /// Drops an instance and whatever runs on it. Answers 0.
    fn destroy(&mut self, instance: u32) -> i64 {
        Refusal::returned(node::destroy(*self, instance))
    }
}
