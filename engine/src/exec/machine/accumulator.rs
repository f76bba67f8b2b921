//! What was written last: see [`FORWARDED`](crate::isa::FORWARDED).
//!
//! The loop does not read it, so it is kept only where another backend does: it would be one value more that the loop holds on
//! to. Builds with debug assertions keep it to see whether flags are right.

#[derive(Clone, Copy, Default)]
pub(super) struct Accumulator {
    #[cfg(any(vellum_tail_calls, debug_assertions))]
    value: u64,
}

#[cfg(any(vellum_tail_calls, debug_assertions))]
impl Accumulator {
    pub(super) const IS_KEPT: bool = true;

    #[inline(always)]
    #[cfg_attr(debug_assertions, allow(dead_code, reason = "no backend takes machines apart"))]
    pub(super) fn of(value: u64) -> Self {
        Self { value }
    }

    #[inline(always)]
    pub(super) fn get(self) -> Option<u64> {
        Some(self.value)
    }

    #[inline(always)]
    pub(super) fn set(&mut self, value: u64) {
        self.value = value;
    }
}

#[cfg(not(any(vellum_tail_calls, debug_assertions)))]
impl Accumulator {
    pub(super) const IS_KEPT: bool = false;

    #[inline(always)]
    pub(super) fn get(self) -> Option<u64> {
        None
    }

    #[inline(always)]
    pub(super) fn set(&mut self, _: u64) {}
}
