//! What a call spends: gas, which is weight, and deposits, which are balance for storage.
//!
//! Every frame of a call stack has one meter of each kind, nested in its caller's. A meter never
//! gives out more than it was given.

pub(crate) mod diff;
pub(crate) mod gas;
pub(crate) mod settlement;
pub(crate) mod storage;
