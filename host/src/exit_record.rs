//! An exit as it crosses: how the run stopped, what is left, the arguments, and the guest bytes of the read plan.
//!
//! ```text
//! kind 1 | trap 1 | cells 2 | import 4 | fuel 8 | memory bytes 4 | span bytes 4 | cells, 8 each | spans
//! span: offset 4 | length 4 | bytes
//! ```

use crate::wire::Reader;
use vellum_engine::{Exit, Trap};

/// Bytes of the buffer for exits on the runtime's side. The arguments of every host function fit, and what most of
/// them read: keys, accounts, balances, the input of a call. It is copied at each exit, so it is no larger.
pub(crate) const BUFFER_BYTES: usize = 512;

/// Bytes in front of the cells.
const HEAD_BYTES: usize = 24;

const FINISHED: u8 = 0;
const HOST_CALL: u8 = 1;
const TRAP: u8 = 2;
const OUT_OF_FUEL: u8 = 3;

/// An exit, read.
pub(crate) struct ExitRecord<'a> {
    pub(crate) exit: Exit,
    pub(crate) fuel: u64,
    pub(crate) memory_bytes: u32,
    cells: Reader<'a>,
    spans: Reader<'a>,
}

impl<'a> ExitRecord<'a> {
    /// Reads what a node has written; `None` if this is no exit.
    pub(crate) fn decode(buffer: &'a [u8]) -> Option<Self> {
        let mut reader = Reader(buffer);
        let (kind, trap, cell_count, import) = (reader.u8()?, reader.u8()?, reader.u16()?, reader.u32()?);
        let (fuel, memory_bytes, span_bytes) = (reader.u64()?, reader.u32()?, reader.u32()?);
        let exit = match kind {
            FINISHED => Exit::Finished,
            HOST_CALL => Exit::HostCall { import },
            TRAP => Exit::Trap(Trap::from_number(trap)?),
            OUT_OF_FUEL => Exit::OutOfFuel,
            _ => return None,
        };
        let cells = Reader(reader.bytes(usize::from(cell_count) * size_of::<u64>())?);
        let spans = Reader(reader.bytes(usize::try_from(span_bytes).ok()?)?);
        Some(Self { exit, fuel, memory_bytes, cells, spans })
    }

    /// From now on the buffer brings no guest bytes: they are no longer those of the guest.
    pub(crate) fn forget_guest_bytes(buffer: &mut [u8]) {
        if let Some(span_bytes) = buffer.get_mut(HEAD_BYTES - size_of::<u32>()..HEAD_BYTES) {
            span_bytes.fill(0);
        }
    }

    /// Arguments of a host call, or results.
    pub(crate) fn cells(&self) -> impl Iterator<Item = u64> + use<'a> {
        let mut cells = self.cells;
        core::iter::from_fn(move || cells.u64())
    }

    /// The guest bytes at an offset, if they came along.
    pub(crate) fn guest_bytes(&self, offset: u32, len: usize) -> Option<&'a [u8]> {
        let mut spans = self.spans;
        loop {
            let start = spans.u32()?;
            let bytes = spans.prefixed()?;
            let from = offset.checked_sub(start).and_then(|from| usize::try_from(from).ok());
            if let Some(found) = from.and_then(|from| bytes.get(from..from.checked_add(len)?)) {
                return Some(found);
            }
        }
    }
}

#[cfg(feature = "std")]
pub(crate) use writing::write;

#[cfg(feature = "std")]
mod writing {
    use super::{FINISHED, HEAD_BYTES, HOST_CALL, OUT_OF_FUEL, TRAP};
    use crate::{Refusal, Span, SpanLen, refusal::trap_number, wire::Writer};
    use vellum_engine::{Execution, Exit};

    /// Writes the exit of a run and the guest bytes that a plan names, and says how much was written.
    ///
    /// # Errors
    /// If the buffer has no room for the cells. Guest bytes without room are left out.
    pub(crate) fn write(
        execution: &Execution,
        exit: Exit,
        fuel: u64,
        plan: &[Vec<Span>],
        buffer: &mut [u8],
    ) -> Result<u32, Refusal> {
        let (kind, trap, import, cells) = match exit {
            Exit::Finished => (FINISHED, 0, 0, execution.results()),
            Exit::HostCall { import } => (HOST_CALL, 0, import, execution.args()),
            Exit::Trap(trap) => (TRAP, trap_number(trap), 0, &[][..]),
            Exit::OutOfFuel => (OUT_OF_FUEL, 0, 0, &[][..]),
        };
        let cell_count = u16::try_from(cells.len()).map_err(|_| Refusal::Buffer)?;
        let room = buffer.len();
        let (head, rest) = buffer.split_at_mut_checked(HEAD_BYTES).ok_or(Refusal::Buffer)?;
        let mut rest = Writer::new(rest);
        for cell in cells {
            rest.put(&cell.to_le_bytes()).ok_or(Refusal::Buffer)?;
        }
        let before = rest.left();
        if let Exit::HostCall { import } = exit {
            let spans = usize::try_from(import).ok().and_then(|import| plan.get(import));
            spans.into_iter().flatten().for_each(|span| put_span(&mut rest, execution, cells, *span));
        }
        let left = rest.left();
        let word = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let memory_bytes = word(execution.memory_bytes());
        let mut head = Writer::new(head);
        let fields: [&[u8]; 6] = [
            &[kind, trap],
            &cell_count.to_le_bytes(),
            &import.to_le_bytes(),
            &fuel.to_le_bytes(),
            &memory_bytes.to_le_bytes(),
            &word(before - left).to_le_bytes(),
        ];
        for field in fields {
            head.put(field).ok_or(Refusal::Buffer)?;
        }
        Ok(word(room - left))
    }

    /// Appends a span of guest memory if it exists and there is room.
    fn put_span(into: &mut Writer<'_>, execution: &Execution, args: &[u64], span: Span) {
        const SPAN_HEAD_BYTES: usize = 8;
        // The low half of a cell is what an i32 is.
        let arg =
            |index: u8| args.get(usize::from(index)).and_then(|cell| u32::try_from(cell & u64::from(u32::MAX)).ok());
        let memory_bytes = u32::try_from(execution.memory_bytes()).unwrap_or(u32::MAX);
        let Some(offset) = arg(span.pointer).filter(|offset| *offset <= memory_bytes) else { return };
        let len = match span.len {
            SpanLen::Bytes(bytes) => Some(bytes.min(memory_bytes - offset)),
            SpanLen::Arg(index) => arg(index).filter(|len| *len <= memory_bytes - offset),
        };
        let Some((len, bytes)) = len.and_then(|len| Some((len, usize::try_from(len).ok()?))) else { return };
        if into.left().checked_sub(SPAN_HEAD_BYTES).is_none_or(|room| bytes > room) {
            return;
        }
        // There is room, and the span lies inside: neither can fail.
        let _ = into.put(&offset.to_le_bytes());
        let _ = into.put(&len.to_le_bytes());
        if let Some(room) = into.room(bytes) {
            let _ = execution.read_memory(offset, room);
        }
    }
}
