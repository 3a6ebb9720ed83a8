//! Why a run in which nothing was broken proves less than it seems to.

use crate::clauses::ClauseId;
use crate::history::timeline::MOST_FILES;
use crate::operation::OperationKind;
use crate::readings::Question;

/// Why a run in which nothing was broken proves less than it seems to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// No obligation was met at all.
    NothingHeld,
    /// Nobody ever said that nothing was left to do.
    NeverSettled,
    /// This many reads got no answer but an error of the adapter's own.
    Unread(usize),
    /// An operation was asked for so many times and never succeeded.
    NeverDone(OperationKind, usize),
    /// An operation was refused so many times though nothing stood in its way that a document knows.
    RefusedWithoutCause(OperationKind, usize),
    /// So many histories record faults that no clause is about, and are judged up to the first.
    Faults(usize),
    /// This many packages were given more files beside their sources than are judged, and what came after is not.
    TooManyAdditions(usize),
    /// The sources and points of this many packages have had more files than can be kept.
    TooManyFiles(usize),
    /// The timelines of this many packages were not judged, because calls overlap in them.
    Overlap(usize),
    /// This many packages show an answer to a question that the documents leave open and the specification does not
    /// model, and what came after is not judged.
    LeftOpen(Question, usize),
    /// For this many packages the search for an explanation was given up.
    NotSearched(usize),
    /// The clause, which is not required, is broken in this many packages, and what came after is not judged.
    Masked(ClauseId, usize),
}

impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NothingHeld => f.write_str("nothing that was asked for was put to the test"),
            Self::NeverSettled => f.write_str(
                "nobody said when all work was done, so that nothing that is promised for the end was put to the test: give `completes` or `bounds`",
            ),
            Self::Unread(reads) => {
                write!(f, "{reads} reads were answered with `adapter_error`; what they would have shown is not known")
            }
            Self::NeverDone(kind, times) => {
                write!(f, "`{}` was asked for {times} times and never succeeded", kind.name())
            }
            Self::RefusedWithoutCause(kind, times) => write!(
                f,
                "`{}` was refused {times} times though nothing stood in its way; what it would have shown is not known",
                kind.name()
            ),
            Self::Faults(histories) => write!(
                f,
                "{histories} of the histories record a fault of a point or a link, and are judged no further than up to it"
            ),
            Self::TooManyAdditions(packages) => write!(
                f,
                "{packages} of the packages were given more than 64 files beside their sources, and are judged no further than up to the 65th"
            ),
            Self::TooManyFiles(packages) => write!(
                f,
                "{packages} of the packages are of a history whose sources and points have had more than {MOST_FILES} files in all their states, and are judged no further than up to there"
            ),
            Self::Overlap(packages) => {
                write!(f, "not judged, because calls overlap: {packages} of the packages")
            }
            Self::LeftOpen(question, packages) => {
                let entry = question.entry();
                write!(
                    f,
                    "the documents leave open: {} In {packages} of the packages what came after is not judged; --pin {}={} decides it",
                    entry.asks, entry.id, entry.readings[0].name
                )
            }
            Self::NotSearched(packages) => write!(
                f,
                "only the clauses were asked, and no run was searched for, because there are too many: {packages} of the packages"
            ),
            Self::Masked(clause, packages) => write!(
                f,
                "{} is broken in {packages} of the packages and was not asked for; what came after it is not judged, so ask for it, too",
                clause.text()
            ),
        }
    }
}

/// Of so many packages one may be judged by the clauses alone.
const SEARCHED_FOR_EACH: usize = 100;

impl Doubt {
    /// True where it leaves a run of so many packages undecided. A few of which only the clauses were asked take nothing
    /// from what the others show.
    #[must_use]
    pub fn decides(self, packages: usize) -> bool {
        match self {
            Self::NotSearched(times) => times.saturating_mul(SEARCHED_FOR_EACH) > packages,
            _ => true,
        }
    }

    /// How often; none for what is so or not.
    fn times(&mut self) -> Option<&mut usize> {
        match self {
            Self::NothingHeld | Self::NeverSettled => None,
            Self::Unread(times)
            | Self::NeverDone(_, times)
            | Self::RefusedWithoutCause(_, times)
            | Self::Faults(times)
            | Self::TooManyAdditions(times)
            | Self::TooManyFiles(times)
            | Self::Overlap(times)
            | Self::LeftOpen(_, times)
            | Self::NotSearched(times)
            | Self::Masked(_, times) => Some(times),
        }
    }

    /// The same, whatever the number.
    fn kind(mut self) -> Self {
        if let Some(times) = self.times() {
            *times = 0;
        }
        self
    }
}

/// The doubts of all classes, each kind once.
pub(super) fn added_up(doubts: Vec<Doubt>) -> Vec<Doubt> {
    let mut sums: Vec<Doubt> = Vec::new();
    for mut doubt in doubts {
        match sums.iter_mut().find(|known| known.kind() == doubt.kind()) {
            Some(known) => {
                if let (Some(sum), Some(more)) = (known.times(), doubt.times()) {
                    *sum += *more;
                }
            }
            None => sums.push(doubt),
        }
    }
    sums.sort_unstable();
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_package_of_a_hundred_that_was_not_searched_leaves_nothing_open() {
        assert!(!Doubt::NotSearched(1).decides(100));
        assert!(Doubt::NotSearched(1).decides(99));
        assert!(!Doubt::NotSearched(7).decides(701));
        assert!(Doubt::Overlap(1).decides(1_000_000), "what was not judged at all does");
    }
}
