//! Plain data as bytes: what crosses between a runtime and its node.
//!
//! Numbers are little-endian and of fixed width. Both sides read and write here, so that a layout is written down
//! once. A published layout is frozen with the version of the functions that use it.

use alloc::vec::Vec;
use vellum_engine::ValType;

/// Stands for "none" where an index is expected: no module has so many functions.
pub(crate) const NONE: u32 = u32::MAX;

/// Reads numbers and bytes from the front of a slice.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn bytes(&mut self, len: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(bytes)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.array().map(u8::from_le_bytes)
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    /// Bytes that their length, a word, stands in front of.
    pub(crate) fn prefixed(&mut self) -> Option<&'a [u8]> {
        let len = self.u32()?;
        self.bytes(usize::try_from(len).ok()?)
    }

    #[cfg(feature = "std")]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Appends bytes with their length in front. What is longer than a length can say is cut, which no reader accepts
/// for something else: nothing of 4 GiB fits a runtime.
pub(crate) fn put_prefixed(into: &mut Vec<u8>, bytes: &[u8]) {
    let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    into.extend_from_slice(&len.to_le_bytes());
    into.extend_from_slice(bytes);
}

/// Writes to a buffer of fixed size.
#[cfg(feature = "std")]
pub(crate) struct Writer<'a> {
    buffer: &'a mut [u8],
    at: usize,
}

#[cfg(feature = "std")]
impl<'a> Writer<'a> {
    pub(crate) fn new(buffer: &'a mut [u8]) -> Self {
        Self { buffer, at: 0 }
    }

    /// `None`, and nothing is written, if there is no room.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> Option<()> {
        self.room(bytes.len())?.copy_from_slice(bytes);
        Some(())
    }

    /// Room for so many bytes, which count as written.
    pub(crate) fn room(&mut self, len: usize) -> Option<&mut [u8]> {
        let end = self.at.checked_add(len)?;
        let room = self.buffer.get_mut(self.at..end)?;
        self.at = end;
        Some(room)
    }

    /// Bytes that can still be written.
    pub(crate) fn left(&self) -> usize {
        self.buffer.len() - self.at
    }
}

/// The number of a type of values.
#[cfg(feature = "std")]
pub(crate) fn val_type_number(ty: ValType) -> u8 {
    match ty {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        ValType::F64 => 3,
        ValType::V128 => 4,
        ValType::FuncRef => 5,
        ValType::ExternRef => 6,
    }
}

/// The type of values of a number.
pub(crate) fn val_type(number: u8) -> Option<ValType> {
    let types =
        [ValType::I32, ValType::I64, ValType::F32, ValType::F64, ValType::V128, ValType::FuncRef, ValType::ExternRef];
    types.get(usize::from(number)).copied()
}
