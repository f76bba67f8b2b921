//! Which guest bytes go with an exit, so that whoever acts on it need not come back for them.
//!
//! A plan is a hint: it changes no result. What it names is copied if it lies in memory and if there is room; what is
//! missing is read when it is asked for.

use alloc::vec::Vec;

/// For each imported function the spans of memory that it is known to read.
#[derive(Default)]
pub struct ReadPlan(Vec<u8>);

/// A span of guest memory, told by arguments of a host call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The argument that is its offset.
    pub pointer: u8,
    /// How long it is.
    pub len: SpanLen,
}

/// How long a span is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpanLen {
    /// So many bytes, or as many as there are up to the end of memory.
    Bytes(u32),
    /// As many as an argument says.
    Arg(u8),
}

/// The most spans of one function. Further ones are left out.
pub(crate) const SPANS_MAX: usize = 8;

const BYTES: u8 = 0;
const ARG: u8 = 1;

impl ReadPlan {
    /// Adds the next imported function.
    pub fn import(&mut self, spans: impl IntoIterator<Item = Span>) {
        // What the imports of most modules take: it is taken at once.
        const ROOM_BYTES: usize = 256;
        if self.0.is_empty() {
            self.0.reserve(ROOM_BYTES);
        }
        let count_at = self.0.len();
        self.0.push(0);
        let mut count = 0;
        for span in spans.into_iter().take(SPANS_MAX) {
            let (kind, value) = match span.len {
                SpanLen::Bytes(count) => (BYTES, count),
                SpanLen::Arg(arg) => (ARG, arg.into()),
            };
            self.0.extend_from_slice(&[span.pointer, kind]);
            self.0.extend_from_slice(&value.to_le_bytes());
            count += 1;
        }
        self.0[count_at] = count;
    }

    /// As it crosses: for each import how many spans there are, 1 byte; for each of them the pointer's argument 1, the
    /// kind of its length 1 (0: bytes, 1: argument), the length's bytes or argument 4.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The spans of each imported function; `None` if these are not the bytes of a plan for so many.
#[cfg(feature = "std")]
pub(crate) fn decode(bytes: &[u8], imports: u32) -> Option<Vec<Vec<Span>>> {
    let mut reader = crate::wire::Reader(bytes);
    let mut plan = Vec::new();
    while !reader.is_empty() {
        let count = usize::from(reader.u8()?);
        if count > SPANS_MAX || u32::try_from(plan.len()).ok()? >= imports {
            return None;
        }
        let mut spans = Vec::with_capacity(count);
        for _ in 0..count {
            let (pointer, kind, value) = (reader.u8()?, reader.u8()?, reader.u32()?);
            let len = match kind {
                BYTES => SpanLen::Bytes(value),
                ARG => SpanLen::Arg(u8::try_from(value).ok()?),
                _ => return None,
            };
            spans.push(Span { pointer, len });
        }
        plan.push(spans);
    }
    Some(plan)
}
