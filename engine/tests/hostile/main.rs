//! Bytes that nobody meant as Wasm. Whatever is accepted runs, within its fuel, to an exit; nothing panics; what
//! is valid does the same in every mode (Law 3). Debug builds assert every access of the interpreter; see
//! docs/UNSAFE.md for what else these tests are run under.

mod blobs;
mod bodies;
mod grammar;
#[path = "../mutation/mod.rs"]
mod mutation;
mod shell;
