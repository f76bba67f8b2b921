//! `vellum serve` the way clients meet it: requests over HTTP and WebSocket to the real command.
//!
//! `scripts/clients.sh` does the same with the clients that people use.

#[path = "../common/mod.rs"]
mod common;

mod contracts;
mod hostile;
mod life;
mod served;
mod socket;
