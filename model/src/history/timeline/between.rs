//! What happens between the moments of one package: all is found quiescent, and something is asked of other packages. While
//! that is worked on, a point may be busy also for a package of which nothing was asked, and nothing else follows from it
//! (DST-3). What was done and read of the package itself is not known here.
//!
//! Between two moments of a package only the first and the last of many quiescent states say anything, and of what is asked
//! of others the first in each stretch of work: a timeline is no longer for what happens to other packages.

use super::Act;
use crate::history::History;
use crate::words::PackageId;
use std::ops::Range;

/// The quiescent states of a history, and what was asked of whom between them.
pub(super) struct Between<'a> {
    /// When all was quiescent, in order.
    quiescent: Vec<u64>,
    /// What was asked before each of them, and after the last.
    stretches: Vec<Stretch<'a>>,
}

/// The first operation of a stretch, and the first on another package than that.
#[derive(Clone, Default)]
struct Stretch<'a> {
    first: Option<(u64, &'a PackageId)>,
    other: Option<u64>,
}

impl<'a> Between<'a> {
    pub(super) fn of(history: &'a History) -> Self {
        let quiescent = history.quiescent_instants();
        let mut stretches = vec![Stretch::default(); quiescent.len() + 1];
        let changes = history.events.iter().filter(|event| !event.operation.kind().is_read());
        for event in changes {
            let Some(package) = event.operation.package() else { continue };
            let place = quiescent.partition_point(|&end| end < event.invoked);
            if let Some(stretch) = stretches.get_mut(place) {
                stretch.note(event.invoked, package);
            }
        }
        Self { quiescent, stretches }
    }

    /// What happens besides while nothing is asked or read of a package, in order: at most four moments.
    pub(super) fn moments(
        &self,
        package: &PackageId,
        time: Range<u64>,
    ) -> impl Iterator<Item = (u64, Act)> {
        let place = |at: u64| self.quiescent.partition_point(|&end| end < at);
        let (first, end) = (place(time.start), place(time.end));
        let last = end.checked_sub(1).filter(|&last| last >= first);
        let settled = |nth: usize| Some((*self.quiescent.get(nth)?, Act::Settled));
        let asked = |nth: usize| {
            let at = self.stretches.get(nth)?.asked_of_others(package)?;
            time.contains(&at).then_some((at, Act::Elsewhere))
        };
        [
            asked(first),
            last.and_then(|_| settled(first)),
            last.filter(|&last| last > first).and_then(settled),
            last.and_then(|_| asked(end)),
        ]
        .into_iter()
        .flatten()
    }
}

impl<'a> Stretch<'a> {
    fn note(&mut self, at: u64, package: &'a PackageId) {
        match self.first {
            None => self.first = Some((at, package)),
            Some((_, first)) if first != package => self.other = self.other.or(Some(at)),
            Some(_) => {}
        }
    }

    /// When something is first asked of another package than this.
    fn asked_of_others(&self, package: &PackageId) -> Option<u64> {
        match self.first {
            Some((at, of)) if of != package => Some(at),
            _ => self.other,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::history::History;
    use crate::history::timeline::{Act, Timelines};
    use crate::index::{Index, PackageIndex};

    /// The acts of package `P1`, as letters: `S`ettled, asked `E`lsewhere, and one for each of its own.
    fn acts(text: &str) -> String {
        let timelines = Timelines::of(&History::from_notation(text).unwrap());
        let moments = &timelines.list.get(PackageIndex::FIRST).unwrap().moments;
        let letter = |act: &Act| match act {
            Act::Settled => 'S',
            Act::Elsewhere => 'E',
            _ => 'o',
        };
        moments.iter().map(|moment| letter(&moment.act)).collect()
    }

    const OWN: &str = "create P1 SMS_Package\n";
    const ELSEWHERE: &str = "create P2 SMS_Package\ncreate P2 SMS_Package\nrefresh P2 -> 0\n";
    const QUIET: &str = "quiescent\n";

    #[test]
    fn of_what_happens_between_two_moments_what_ends_and_what_begins_a_rest_stays() {
        assert_eq!(acts(&[OWN, QUIET, OWN].concat()), "oSo");
        assert_eq!(acts(&[OWN, ELSEWHERE, OWN].concat()), "oEo");
        assert_eq!(acts(&[OWN, ELSEWHERE, QUIET, OWN].concat()), "oESo");
        assert_eq!(acts(&[OWN, QUIET, ELSEWHERE, OWN].concat()), "oSEo");
        let busy = [QUIET, ELSEWHERE].concat().repeat(7);
        assert_eq!(acts(&[OWN, &busy, OWN].concat()), "oSSEo");
        assert_eq!(acts(&[OWN, ELSEWHERE, &busy, QUIET, OWN].concat()), "oESSo");
    }

    #[test]
    fn what_happens_before_the_first_moment_and_after_the_last_stays_too() {
        let busy = [ELSEWHERE, QUIET].concat().repeat(7);
        assert_eq!(acts(&[&busy, OWN, &busy].concat()), "ESSoESS");
    }

    #[test]
    fn other_packages_are_told_once_in_a_stretch_of_work_that_own_moments_part() {
        assert_eq!(acts(&[ELSEWHERE, OWN, ELSEWHERE, OWN, QUIET].concat()), "EooS");
        assert_eq!(acts(&[OWN, ELSEWHERE, OWN, ELSEWHERE, QUIET].concat()), "oEoS");
    }
}
