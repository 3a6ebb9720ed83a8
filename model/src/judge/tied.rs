//! Whether what a run's open answers excuse is tied to something that somebody did: then it is no freedom that was taken,
//! and the run is judged again without it. Which answers are open is in [`super::open`].

use super::Case;
use crate::history::timeline::{Act, Moment, Outcome};

/// What happens by chance no oftener than once in so many runs is taken for no chance.
const ONCE_IN: f64 = 10_000.0;

/// What a failure of a point's own has nothing to do with: a cancel, whatever came of it, and a refresh that was refused.
const KINDS: [fn(&Moment) -> bool; 2] = [
    |moment| matches!(moment.act, Act::Cancel { .. }),
    |moment| {
        matches!(moment.act, Act::Refresh { .. })
            && matches!(moment.outcome, Outcome::NonZero | Outcome::Error)
    },
];

/// Whether there was something of a kind, as it is known at one moment of a package.
#[derive(Clone, Copy, Debug, Default)]
struct Before {
    ever: bool,
    /// Since nothing was left to do, or before that was looked at.
    lately: bool,
    is_quiet: bool,
}

impl Before {
    fn see(&mut self, moment: &Moment, is_of_the_kind: fn(&Moment) -> bool) {
        let goes_on = moment.act == Act::Settled || moment.act.is_read();
        let comes = is_of_the_kind(moment);
        self.ever |= comes;
        self.lately = comes || (self.lately && (goes_on || !self.is_quiet));
        self.is_quiet = moment.act == Act::Settled || (self.is_quiet && goes_on);
    }
}

/// How many there are of something, and how many of them after something of each kind in their package.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    all: u64,
    ever: [u64; KINDS.len()],
    lately: [u64; KINDS.len()],
}

impl Counts {
    /// The reads of points.
    pub(super) fn of_reads<'a>(cases: impl Iterator<Item = &'a Case>) -> Self {
        let mut reads = Self::default();
        for case in cases {
            let mut before = [Before::default(); KINDS.len()];
            for moment in &case.timeline.moments {
                see(&mut before, moment);
                if matches!(moment.act, Act::ReadPoint { .. }) {
                    reads.count(before);
                }
            }
        }
        reads
    }

    /// Counts one more, which comes after these.
    pub(super) fn after(&mut self, moments: &[Moment]) {
        let mut before = [Before::default(); KINDS.len()];
        for moment in moments {
            see(&mut before, moment);
        }
        self.count(before);
    }

    fn count(&mut self, before: [Before; KINDS.len()]) {
        self.all += 1;
        for ((ever, lately), before) in self.ever.iter_mut().zip(&mut self.lately).zip(before) {
            *ever += u64::from(before.ever);
            *lately += u64::from(before.lately);
        }
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.all += other.all;
        self.ever.iter_mut().zip(other.ever).for_each(|(own, more)| *own += more);
        self.lately.iter_mut().zip(other.lately).for_each(|(own, more)| *own += more);
        self
    }

    /// True where all of these come after something of one kind by more than chance, of so many reads.
    pub(super) fn are_tied(self, reads: Self) -> bool {
        let is_no_chance = |(own, of_reads): (u64, u64)| {
            own == self.all && chance(of_reads, reads.all, self.all) * ONCE_IN <= 1.0
        };
        let ever = self.ever.into_iter().zip(reads.ever);
        let mut kinds = ever.chain(self.lately.into_iter().zip(reads.lately));
        self.all > 0 && kinds.any(is_no_chance)
    }
}

fn see(before: &mut [Before; KINDS.len()], moment: &Moment) {
    for (before, kind) in before.iter_mut().zip(KINDS) {
        before.see(moment, kind);
    }
}

/// How likely it is that so many are all of one kind, of which some of all reads are.
#[expect(clippy::cast_precision_loss, reason = "a likelihood, of which the first digit is enough")]
fn chance(some: u64, all: u64, count: u64) -> f64 {
    let share = some as f64 / all.max(1) as f64;
    (0..count).fold(1.0, |likelihood, _| likelihood * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(all: u64, of_each: u64) -> Counts {
        Counts { all, ever: [of_each; 2], lately: [of_each; 2] }
    }

    #[test]
    fn four_failures_of_four_after_a_cancel_are_no_chance_where_fewer_than_one_read_in_ten_is() {
        assert!(!counts(3, 3).are_tied(counts(1000, 99)));
        assert!(counts(4, 4).are_tied(counts(1000, 99)));
    }

    #[test]
    fn one_failure_without_a_cancel_before_unties_all() {
        assert!(counts(9, 9).are_tied(counts(1000, 10)));
        assert!(!counts(10, 9).are_tied(counts(1000, 10)));
        assert!(!Counts::default().are_tied(counts(1000, 10)));
    }

    #[test]
    fn failures_half_after_cancels_and_half_after_refusals_are_tied_to_neither() {
        let halves = Counts { all: 10, ever: [5, 5], lately: [5, 5] };
        assert!(!halves.are_tied(counts(1000, 10)));
    }

    #[test]
    fn where_every_read_follows_a_cancel_no_number_of_failures_is_tied_to_it() {
        assert!(!counts(1000, 1000).are_tied(counts(1000, 1000)));
    }
}
