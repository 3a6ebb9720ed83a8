//! Promises that are given up together: what a search for a cause hands to the transition system.

use super::relaxation::Relaxation;

/// What gives up other promises, too: the same thing where less of it was seen.
const WIDER: [(Relaxation, &[Relaxation]); 3] = [
    (Relaxation::UnseenVersionGoesBack, &[Relaxation::VersionGoesBack]),
    (Relaxation::UnseenReportGoesBack, &[Relaxation::ReportGoesBack]),
    (Relaxation::ReportAheadOfContent, &[Relaxation::ReportAhead, Relaxation::StatusAhead]),
];

/// Promises that are given up together; none of them in the specification itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relaxed(u64);

impl Relaxed {
    /// The specification as it is.
    pub const NOTHING: Self = Self(0);

    /// One promise alone given up.
    #[must_use]
    pub fn only(relaxation: Relaxation) -> Self {
        Self::NOTHING.and(relaxation)
    }

    /// The same with another promise given up.
    #[must_use]
    pub fn and(self, relaxation: Relaxation) -> Self {
        let bit = |relaxation: Relaxation| 1 << relaxation as u8;
        let widened = relaxation.widened().iter().map(|&narrower| bit(narrower));
        Self(widened.fold(self.0 | bit(relaxation), |all, bit| all | bit))
    }

    /// True where this promise is given up.
    #[must_use]
    pub fn gives_up(self, relaxation: Relaxation) -> bool {
        self.0 >> relaxation as u8 & 1 == 1
    }

    /// True where no promise is given up.
    #[must_use]
    pub fn is_strict(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Relaxation> for Relaxed {
    fn from_iter<I: IntoIterator<Item = Relaxation>>(relaxations: I) -> Self {
        relaxations.into_iter().fold(Self::NOTHING, Self::and)
    }
}

impl Relaxation {
    /// The narrower promises that are given up with this one.
    fn widened(self) -> &'static [Self] {
        WIDER.iter().find(|(wider, _)| *wider == self).map_or(&[], |(_, narrower)| narrower)
    }
}
