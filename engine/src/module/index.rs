//! The index: what a blob says, kept beside it, so that the next start reads nothing.
//!
//! An index is the tables of [`super::tables`] with checksums of the bodies. It is a local artefact of
//! whoever made it: never consensus, never in the state of a chain, and good for the release that
//! made it. Whoever can write it can change what the module computes and costs, as with the blob
//! itself, and nothing more: no index makes the engine unsafe, or panic.

use super::header::{Body, Header};
use super::tables::{BodyRow, ImageError, Tables, checksum, checksum_long, flags};
use crate::bytes::Bytes;
use crate::limits::Limit;
use crate::policy::Policy;
use alloc::vec::Vec;
use core::fmt;

/// Why an index is refused. Then the blob itself has all that was in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IndexError {
    /// These bytes are no index.
    NotAnIndex,
    /// It was made by another release.
    OtherFormat,
    /// It is truncated, or its front is damaged.
    Damaged,
    /// It was made under a policy with other features or limits.
    OtherPolicy,
    /// It belongs to another blob.
    OtherBlob,
    /// The mode validates or translates what is not called: that takes reading the blob.
    Mode,
}

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAnIndex => "this is not an index",
            Self::OtherFormat => "the index was made by another release",
            Self::Damaged => "the index is damaged",
            Self::OtherPolicy => "the index was made under another policy",
            Self::OtherBlob => "the index belongs to another blob",
            Self::Mode => "only the modes that validate lazily or not at all start from an index",
        })
    }
}

#[cfg(feature = "std")]
impl std::error::Error for IndexError {}

/// Bytes at each end of a blob that an index is compared with: two pages at most are touched.
const MARK_BYTES: usize = 128;

/// Tells blobs apart at a glance. What lies between the ends, the checksums of the bodies tell.
pub(super) fn blob_mark(blob: &[u8]) -> u32 {
    let head = &blob[..blob.len().min(MARK_BYTES)];
    let tail = &blob[blob.len().saturating_sub(MARK_BYTES)..];
    checksum(head) ^ checksum(tail).rotate_left(1)
}

/// Tells policies apart: a blob that one accepts, another may refuse.
pub(super) fn policy_mark(policy: &Policy) -> (u32, u32) {
    let limits = Limit::ALL.iter().map(|limit| limit.of(&policy.limits));
    let numbers = [u32::from(policy.version), policy.features.bits()].into_iter().chain(limits);
    let sum = numbers.fold(0, |sum, number| checksum_long(sum, &number.to_le_bytes()));
    let half = |bits: u64| u32::try_from(bits & u64::from(u32::MAX)).unwrap_or_default();
    (half(sum), half(sum >> 32))
}

/// The same as one number.
#[cfg(feature = "std")]
pub(crate) fn policy_number(policy: &Policy) -> u64 {
    let (low, high) = policy_mark(policy);
    u64::from(low) | u64::from(high) << 32
}

/// The index of a blob with this header.
pub(super) fn write(header: &Header, blob: &[u8], validated: bool) -> Vec<u8> {
    let tables = header.tables();
    let mut head = tables.head;
    if head.flags & flags::CHECKED != 0 {
        // It was read from an index, which is as good as another.
        return tables.image().as_slice().to_vec();
    }
    head.flags |= flags::CHECKED;
    if validated {
        head.flags |= flags::VALIDATED;
    }
    tables.rewritten(head, |row: BodyRow| {
        let place = |word: u32| usize::try_from(word).unwrap_or(usize::MAX);
        let bytes = blob.get(place(row.start)..place(row.start).saturating_add(place(row.len)));
        BodyRow { checksum: checksum(bytes.unwrap_or_default()), ..row }
    })
}

/// The header that an index holds. Looks at the front of the index and at the ends of the blob.
pub(super) fn read(index: Bytes, blob: &[u8], policy: &Policy) -> Result<Header, IndexError> {
    let tables = Tables::read(index).map_err(|error| match error {
        ImageError::Magic => IndexError::NotAnIndex,
        ImageError::Format => IndexError::OtherFormat,
        ImageError::Damaged => IndexError::Damaged,
    })?;
    let head = tables.head;
    if head.flags & flags::CHECKED == 0 {
        return Err(IndexError::Damaged);
    }
    if (head.policy_low, head.policy_high) != policy_mark(policy) {
        return Err(IndexError::OtherPolicy);
    }
    if u32::try_from(blob.len()) != Ok(head.blob_bytes) || blob_mark(blob) != head.blob_mark {
        return Err(IndexError::OtherBlob);
    }
    Ok(Header::new(tables, &policy.limits))
}

/// Whether the index says that every body has been validated.
pub(super) fn is_validated(header: &Header) -> bool {
    header.tables().head.flags & flags::VALIDATED != 0
}

/// Whether these are the bytes that a body had when the index was made.
pub(super) fn matches(body: &Body, bytes: &[u8]) -> bool {
    body.checksum.is_none_or(|sum| sum == checksum(bytes))
}
