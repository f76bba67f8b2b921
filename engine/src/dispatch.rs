//! Which instruction is next, and who runs it. A backend is chosen by the target and the way the
//! engine is built, never by anything that a program could tell.

mod match_loop;

pub(crate) use match_loop::run;
