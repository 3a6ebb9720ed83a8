//! Where the kills fall: seeded, printed, repeatable. The machine's own timing is not.

/// Set this to repeat a run with another seed.
const SEED_VARIABLE: &str = "PKGSOURCE_KILL_SEED";
const SEED: u64 = 0x5eed_0001;

/// `SplitMix64`: small, seeded, the same everywhere.
pub(crate) struct Choices(u64);

impl Choices {
    /// The seed of the environment, or the usual one; printed either way.
    pub(crate) fn from_environment() -> Self {
        let seed = std::env::var(SEED_VARIABLE).map_or(SEED, |text| text.parse().unwrap());
        println!("{SEED_VARIABLE}={seed}");
        Self(seed)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}
