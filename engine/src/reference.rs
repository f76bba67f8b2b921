//! References as cells and tables hold them.

/// A reference; 0 is null.
pub(crate) type Element = u64;

/// The reference to a function of the instance: one more than its index.
pub(crate) fn reference(func: u32) -> Element {
    u64::from(func) + 1
}

/// The function that a reference is to; `None` if it is null.
pub(crate) fn referent(element: Element) -> Option<u32> {
    element.checked_sub(1).and_then(|func| u32::try_from(func).ok())
}
