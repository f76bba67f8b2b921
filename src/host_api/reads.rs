//! What a host function reads of its caller's memory, as far as its parameters tell.
//!
//! Where the engine is in the node, these bytes come with the call instead of by crossings of their own. Nothing else
//! depends on them: a function that reads more, or less, does what it does. The names of table 3's parameters say it:
//! `x_len` behind `x_ptr` is how long `x` is; a pointer alone points to something of the chain's types, of which few
//! are longer than an account; what is called `out`, `output` or `address` is written; and the number that a
//! `x_len_ptr` points to is how much may be.

use super::HostFunction;
use vellum_host::{Span, SpanLen};

/// Bytes of an account, a hash, a key; balances are shorter.
const VALUE_BYTES: u32 = 32;

/// Bytes of a length.
const LEN_BYTES: u32 = 4;

impl HostFunction {
    /// The spans that it reads.
    pub(crate) fn reads(&self) -> impl Iterator<Item = Span> {
        let names = self.params.iter().map(|param| param.name);
        let next = names.clone().skip(1).chain([""]);
        names.zip(next).zip(0u8..).filter_map(|((name, next), pointer)| {
            let what = name.strip_suffix("_ptr")?;
            let len = match (what, next.strip_suffix("_len")) {
                _ if what.ends_with("_len") => SpanLen::Bytes(LEN_BYTES),
                ("out" | "output" | "address", _) => return None,
                (_, Some(measured)) if measured == what => SpanLen::Arg(pointer + 1),
                _ => SpanLen::Bytes(VALUE_BYTES),
            };
            Some(Span { pointer, len })
        })
    }
}
