//! What the pallet does, topic by topic.

mod calls;
mod code;
mod crypto;
mod delegate_call;
mod deletion_queue;
mod dependencies;
mod deposits;
mod environment;
mod events;
mod gas;
mod ink;
mod instantiate;
mod memory;
mod nested;
mod reentrancy;
mod runtime_api;
mod runtime_calls;
mod start;
mod storage;
mod stories;
mod terminate;
mod transfers;
mod traps;
