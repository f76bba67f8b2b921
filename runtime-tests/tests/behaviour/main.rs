//! What the pallet does, topic by topic.

mod calls;
mod code;
mod crypto;
mod debugging;
mod delegate_call;
mod deletion_queue;
mod dependencies;
mod deposits;
mod environment;
mod events;
mod first_versions;
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
mod transient;
mod traps;
