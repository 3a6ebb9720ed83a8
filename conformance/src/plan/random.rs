//! The seeded source of choices: equal seeds give equal plans on every machine, for ever. Not for secrets.
//!
//! The algorithm is `SplitMix64`, which is short enough to be ours and will never change.

/// A seeded source of numbers.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The source that follows from `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 where `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.next_u64()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// Where a generator's choices come from: a seeded source in campaigns, a test's own bytes in properties.
pub trait Choices {
    /// A number below `bound`; 0 where `bound` is 0 or 1.
    fn choose(&mut self, bound: usize) -> usize;
}

impl Choices for Random {
    fn choose(&mut self, bound: usize) -> usize {
        self.below(bound)
    }
}

/// Choices that a list of bytes spells out; when it is used up, always the first.
#[derive(Clone, Debug)]
pub struct Spelled<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Spelled<'a> {
    /// The choices that `bytes` spell.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: bytes.iter() }
    }
}

impl Choices for Spelled<'_> {
    fn choose(&mut self, bound: usize) -> usize {
        self.bytes.next().map_or(0, |&byte| usize::from(byte) % bound.max(1))
    }
}
