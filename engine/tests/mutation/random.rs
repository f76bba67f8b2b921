//! Numbers that look random and are the same in every run.

/// A small generator of the xorshift family (Marsaglia 2003), seeded by a constant: the same blobs
/// in every run.
pub struct Random(pub u64);

impl Random {
    /// A number below a bound; zero if that is zero.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}
