//! What each instruction does: one function for each kind of semantics that table 2 names.
//!
//! # Validity
//! Everything in here runs verified code on a state that fits it. [`machine::Machine`] can only be
//! made by `Machine::new`, whose caller vouches for that; from then on these facts hold, which the
//! proofs of `unsafe` blocks cite. V1 to V6 are what `translate::verify` checked for every function.
//! * V7: `ip` points to an instruction of a verified function of the module, or of the entry stub.
//! * V8: `fp` points into the stack, with as many cells above it as the function's frame has, and
//!   `stack::ZEROED_AT_ONCE` more.
//! * V9: `memory` and `window` are the linear memory's, and are read anew wherever it may have
//!   grown or moved. What is in the window or has been touched lies inside of it: every byte there may be read and written.
//! * V10: every return address on the call stack points just behind a call instruction.
//! * V11: while a function runs there is a return address: the first one is the entry stub's.
//!
//! Operands that handlers use are those that they fetched from `ip`; nothing else makes any.

pub(crate) mod call;
pub(crate) mod control;
pub(crate) mod fused;
#[cfg_attr(not(feature = "std"), path = "exec/lazy_memory.rs")]
pub(crate) mod linear_memory;
pub(crate) mod machine;
pub(crate) mod memory;
pub(crate) mod meter;
pub(crate) mod numeric;
pub(crate) mod prepare;
pub(crate) mod run;
pub(crate) mod stack;
pub(crate) mod state;
pub(crate) mod stop;
pub(crate) mod table;
pub(crate) mod variable;

pub(crate) use call::*;
pub(crate) use control::*;
pub(crate) use fused::*;
pub(crate) use memory::*;
pub(crate) use numeric::*;
pub(crate) use run::*;
pub(crate) use table::*;
pub(crate) use variable::*;
