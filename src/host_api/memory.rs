//! Guest memory, as host functions read and write it.
//!
//! It is reached by offset and copy only, never as a slice: the instance may live in the node. A length
//! that a contract passes is compared with the size of its memory before anything is allocated for it.

use crate::{Config, Error};
use alloc::{vec, vec::Vec};
use codec::{Decode, DecodeLimit, MaxEncodedLen};
use sp_runtime::DispatchError;
use vellum_host::{Execution, MemoryOutOfBounds};

/// How deep an encoded value may nest, so that decoding one cannot exhaust the runtime's stack.
const DECODE_DEPTH_MAX: u32 = 256;

/// Bytes of an encoded number, hash or account.
const ROOM_BYTES: usize = 64;

/// The linear memory of a running contract.
pub trait GuestMemory {
    /// Its present size.
    fn size_bytes(&self) -> u32;

    /// Fills `into` from the bytes at `offset`.
    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), MemoryOutOfBounds>;

    /// Copies `from` to `offset`.
    fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), MemoryOutOfBounds>;
}

impl GuestMemory for Execution {
    fn size_bytes(&self) -> u32 {
        self.memory_bytes()
    }

    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), MemoryOutOfBounds> {
        self.read_memory(offset, into)
    }

    fn write(&mut self, offset: u32, from: &[u8]) -> Result<(), MemoryOutOfBounds> {
        self.write_memory(offset, from)
    }
}

/// Reads `len` bytes.
pub(crate) fn read<T: Config>(memory: &dyn GuestMemory, ptr: u32, len: u32) -> Result<Vec<u8>, DispatchError> {
    let in_bounds = ptr.checked_add(len).is_some_and(|end| end <= memory.size_bytes());
    let len = usize::try_from(len).ok().filter(|_| in_bounds).ok_or(Error::<T>::OutOfBounds)?;
    let mut bytes = vec![0; len];
    read_into::<T>(memory, ptr, &mut bytes)?;
    Ok(bytes)
}

/// Reads as many bytes as `into` has.
pub(crate) fn read_into<T: Config>(memory: &dyn GuestMemory, ptr: u32, into: &mut [u8]) -> Result<(), DispatchError> {
    memory.read(ptr, into).map_err(|MemoryOutOfBounds| Error::<T>::OutOfBounds.into())
}

/// Reads an array.
pub(crate) fn read_array<T: Config, const N: usize>(
    memory: &dyn GuestMemory,
    ptr: u32,
) -> Result<[u8; N], DispatchError> {
    let mut array = [0; N];
    read_into::<T>(memory, ptr, &mut array)?;
    Ok(array)
}

/// Reads a value whose encoding has a largest size. That size need not fit into the memory, only the
/// value.
pub(crate) fn read_as<T: Config, D: Decode + MaxEncodedLen>(
    memory: &dyn GuestMemory,
    ptr: u32,
) -> Result<D, DispatchError> {
    let available = memory.size_bytes().checked_sub(ptr).ok_or(Error::<T>::OutOfBounds)?;
    let len = available.min(u32::try_from(D::max_encoded_len()).unwrap_or(u32::MAX));
    let decode = |mut bytes: &[u8]| {
        D::decode_with_depth_limit(DECODE_DEPTH_MAX, &mut bytes).map_err(|_| Error::<T>::DecodingFailed.into())
    };
    // Numbers, hashes and accounts, which are nearly all that is read so, need no memory from an allocator.
    let mut room = [0; ROOM_BYTES];
    match usize::try_from(len).ok().and_then(|len| room.get_mut(..len)) {
        Some(bytes) => {
            read_into::<T>(memory, ptr, bytes)?;
            decode(bytes)
        }
        None => decode(&read::<T>(memory, ptr, len)?),
    }
}

/// Reads a value that is encoded in exactly `len` bytes.
pub(crate) fn read_as_unbounded<T: Config, D: Decode>(
    memory: &dyn GuestMemory,
    ptr: u32,
    len: u32,
) -> Result<D, DispatchError> {
    let bytes = read::<T>(memory, ptr, len)?;
    D::decode_all_with_depth_limit(DECODE_DEPTH_MAX, &mut bytes.as_slice())
        .map_err(|_| Error::<T>::DecodingFailed.into())
}

/// Writes bytes.
pub(crate) fn write<T: Config>(memory: &mut dyn GuestMemory, ptr: u32, bytes: &[u8]) -> Result<(), DispatchError> {
    memory.write(ptr, bytes).map_err(|MemoryOutOfBounds| Error::<T>::OutOfBounds.into())
}
