//! Numbers that look random and are the same wherever the seed is.

/// A generator of numbers: xorshift, which is plenty for choosing.
pub struct Random(u64);

impl Random {
    /// Starts with a seed.
    pub fn new(seed: u64) -> Self {
        // Zero is the one state that stays what it is, and small seeds need a few rounds to part.
        let mut random = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        (0..8).for_each(|_| _ = random.any());
        random
    }

    /// Any number.
    pub fn any(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`, which is not zero.
    pub fn below(&mut self, end: u64) -> u64 {
        self.any() % end
    }

    /// The same for sizes.
    pub fn size(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("sizes have at most 64 bits; qed");
        usize::try_from(self.below(end)).expect("it is less than a size; qed")
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of these, which are not none.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.size(choices.len())]
    }

    /// So many bytes.
    pub fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.any().to_le_bytes()[3]).collect()
    }
}
