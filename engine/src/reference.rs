//! References as cells and tables hold them.
//!
//! A reference to a function is the tag of the instance that has the function, and one more than its
//! index there. So an instance tells its own functions from those of others by one comparison.

/// A reference; 0 is null.
pub(crate) type Element = u64;

const INDEX_BITS: u32 = 32;

/// Which instance the references that an instance makes belong to, in the upper half.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Tag(u64);

/// What a reference is to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Referent {
    Null,
    /// A function of the instance itself.
    Own(u32),
    /// Something else.
    Foreign,
}

impl Tag {
    /// Of an instance that knows no other.
    pub(crate) const ALONE: Self = Self(0);

    /// Of instance number `instance` among several; `None` when numbers run out.
    pub(crate) fn of(instance: usize) -> Option<Self> {
        let number = u32::try_from(instance).ok()?.checked_add(1)?;
        Some(Self(u64::from(number) << INDEX_BITS))
    }

    /// What an element is to an instance of this tag.
    #[inline(always)]
    pub(crate) fn referent(self, element: Element) -> Referent {
        if element == 0 {
            return Referent::Null;
        }
        match (element ^ self.0).checked_sub(1).map(u32::try_from) {
            Some(Ok(func)) => Referent::Own(func),
            _ => Referent::Foreign,
        }
    }
}

/// The reference to a function of the instance with this tag.
pub(crate) fn reference(tag: Tag, func: u32) -> Element {
    // Indices end far below the last u32: a limit bounds the number of functions.
    tag.0 | u64::from(func.saturating_add(1))
}

/// The number of the instance that has the function, and its index there; `None` if the element
/// belongs to no instance among several.
pub(crate) fn instance_and_func(element: Element) -> Option<(usize, u32)> {
    let instance = usize::try_from((element >> INDEX_BITS).checked_sub(1)?).ok()?;
    let func = u32::try_from(element & u64::from(u32::MAX)).ok()?.checked_sub(1)?;
    Some((instance, func))
}
