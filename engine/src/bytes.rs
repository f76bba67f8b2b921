//! Bytes that several own: a vector, or something else that knows where they are.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

/// Bytes that are kept once, however many hold them: what a module and its index are made of. A
/// clone copies nothing.
///
/// They come from a vector, or stay where they are: in a memory map, in another structure of the
/// host's.
///
/// ```
/// use std::sync::Arc;
/// use vellum_engine::Bytes;
///
/// let mine = Bytes::from(vec![1, 2, 3]);
/// let theirs = Bytes::from(Arc::new(*b"bytes of somebody else"));
/// assert_eq!((mine.as_slice(), &theirs.as_slice()[..5]), (&[1, 2, 3][..], &b"bytes"[..]));
/// ```
#[derive(Clone)]
pub struct Bytes {
    owner: Owner,
    span: Range<usize>,
}

#[derive(Clone)]
enum Owner {
    Vec(Arc<Vec<u8>>),
    Shared(Arc<dyn AsRef<[u8]> + Send + Sync>),
}

impl Bytes {
    /// Bytes that stay with their owner. It may hand out others later, or none: what is read then is
    /// garbage to the engine, and as safe as any other.
    pub fn shared(owner: Arc<dyn AsRef<[u8]> + Send + Sync>) -> Self {
        let len = (*owner).as_ref().len();
        Self { owner: Owner::Shared(owner), span: 0..len }
    }

    /// The bytes.
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        let bytes = match &self.owner {
            Owner::Vec(bytes) => bytes.as_slice(),
            Owner::Shared(owner) => (**owner).as_ref(),
        };
        bytes.get(self.span.clone()).unwrap_or_default()
    }

    /// A span of them, with the same owner; `None` if it does not lie inside.
    pub fn slice(&self, span: Range<usize>) -> Option<Self> {
        let len = self.span.len();
        if span.start > span.end || span.end > len {
            return None;
        }
        let start = self.span.start;
        Some(Self { owner: self.owner.clone(), span: start + span.start..start + span.end })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.span.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.span.is_empty()
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        let span = 0..bytes.len();
        Self { owner: Owner::Vec(Arc::new(bytes)), span }
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self::from(bytes.to_vec())
    }
}

impl<T: AsRef<[u8]> + Send + Sync + 'static> From<Arc<T>> for Bytes {
    fn from(owner: Arc<T>) -> Self {
        Self::shared(owner)
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}
