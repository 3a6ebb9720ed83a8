//! Whether what a run's open answers excuse is tied to something that somebody did: then it is no freedom that was taken,
//! and the run is judged again without it. Which answers are open is in [`super::open`].

use super::Case;
use crate::history::timeline::{Act, Moment, Outcome};

/// What happens by chance no oftener than once in so many runs is taken for no chance.
const ONCE_IN: f64 = 10_000.0;

/// Since when there was a cancel, as it is known at one moment of a package.
#[derive(Clone, Copy, Debug, Default)]
struct Cancelled {
    ever: bool,
    /// Since nothing was left to do, or before that was looked at.
    lately: bool,
    is_quiet: bool,
}

impl Cancelled {
    fn see(&mut self, moment: &Moment) {
        let cancels = matches!(moment.act, Act::Cancel { .. })
            && matches!(moment.outcome, Outcome::Done | Outcome::Unknown);
        let goes_on = moment.act == Act::Settled || moment.act.is_read();
        self.ever |= cancels;
        self.lately = cancels || (self.lately && (goes_on || !self.is_quiet));
        self.is_quiet = moment.act == Act::Settled || (self.is_quiet && goes_on);
    }
}

/// How many there are of something, and how many of them after a cancel in their package.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AfterCancels {
    all: u64,
    ever: u64,
    lately: u64,
}

impl AfterCancels {
    /// The reads of points.
    pub(super) fn of_reads<'a>(cases: impl Iterator<Item = &'a Case>) -> Self {
        let mut reads = Self::default();
        for case in cases {
            let mut cancelled = Cancelled::default();
            for moment in case.timeline.moments.iter() {
                cancelled.see(moment);
                if matches!(moment.act, Act::ReadPoint { .. }) {
                    reads.count(cancelled);
                }
            }
        }
        reads
    }

    /// Counts one more, before which there was this.
    pub(super) fn after(&mut self, before: &[Moment]) {
        let mut cancelled = Cancelled::default();
        before.iter().for_each(|moment| cancelled.see(moment));
        self.count(cancelled);
    }

    fn count(&mut self, cancelled: Cancelled) {
        self.all += 1;
        self.ever += u64::from(cancelled.ever);
        self.lately += u64::from(cancelled.lately);
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            all: self.all + other.all,
            ever: self.ever + other.ever,
            lately: self.lately + other.lately,
        }
    }

    /// True where all of these come after a cancel by more than chance, of so many reads.
    pub(super) fn are_tied(self, reads: Self) -> bool {
        let is_no_chance = |own: u64, of_reads: u64| {
            own == self.all && chance(of_reads, reads.all, self.all) * ONCE_IN <= 1.0
        };
        self.all > 0
            && (is_no_chance(self.ever, reads.ever) || is_no_chance(self.lately, reads.lately))
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

    fn all_of(count: u64) -> AfterCancels {
        AfterCancels { all: count, ever: count, lately: count }
    }

    #[test]
    fn four_failures_of_four_after_a_cancel_are_no_chance_where_one_read_in_ten_is() {
        let reads = AfterCancels { all: 1000, ever: 99, lately: 99 };
        assert!(!all_of(3).are_tied(reads));
        assert!(all_of(4).are_tied(reads));
    }

    #[test]
    fn one_failure_without_a_cancel_before_unties_all() {
        let reads = AfterCancels { all: 1000, ever: 10, lately: 1 };
        assert!(all_of(9).are_tied(reads));
        assert!(!AfterCancels { all: 10, ever: 9, lately: 9 }.are_tied(reads));
        assert!(!AfterCancels::default().are_tied(reads));
    }

    #[test]
    fn where_every_read_follows_a_cancel_no_number_of_failures_is_tied_to_it() {
        assert!(!all_of(1000).are_tied(all_of(1000)));
    }
}
