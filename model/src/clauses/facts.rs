//! What a timeline shows of each clause: one pass, in which every clause looks at every event before anything is
//! learned from it. Where a clause is broken the pass ends: nothing is learned from what is wrong.
//!
//! A timeline whose calls overlap is not judged yet: nothing is found of any clause.

use super::{Breach, CLAUSES, Check, Clause, ClauseId};
use crate::history::timeline::{Extent, Timeline};
use crate::index::MomentIndex;
use crate::knowledge::Knowledge;
use crate::readings::{Question, Readings};
use crate::words::{Content, PackageClass};
use std::collections::BTreeMap;

/// The first event of a timeline that no right history has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Its place in the timeline.
    pub place: MomentIndex,
    /// Every clause that finds it wrong, in register order.
    pub breaches: Vec<Breach>,
}

/// Everything that was found in one timeline under some readings.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    held: BTreeMap<ClauseId, u32>,
    /// The questions that the timeline put.
    pub asked: Vec<Question>,
    /// Where it is wrong; none where no clause finds anything.
    pub rejection: Option<Rejection>,
}

impl Facts {
    /// Looks through a timeline. `contents` are those that it numbers.
    #[must_use]
    pub fn of(timeline: &Timeline, contents: &[Content], readings: &Readings) -> Self {
        let mut facts = Self::default();
        if timeline.extent == Extent::Overlapping {
            return facts;
        }
        let class = timeline.class.unwrap_or(PackageClass::Package);
        let bound: Vec<&Clause> =
            CLAUSES.iter().filter(|clause| clause.binds.binds(class)).collect();
        let mut known = Knowledge::new(timeline, contents, readings);
        for (place, moment) in timeline.moments.indexed() {
            let checks = bound.iter().map(|clause| (clause.clause, (clause.check)(&known, moment)));
            if facts.note(place, checks) {
                break;
            }
            known.learn(place, moment);
            let reviews = bound.iter().filter_map(|clause| Some((clause.clause, clause.review?)));
            if facts.note(place, reviews.map(|(clause, review)| (clause, review(&known)))) {
                break;
            }
        }
        facts.asked = known.into_asked();
        facts
    }

    /// How many obligations of a clause were met.
    #[must_use]
    pub fn held(&self, clause: ClauseId) -> u32 {
        self.held.get(&clause).copied().unwrap_or(0)
    }

    /// Every clause of which an obligation was met, with how many.
    pub fn all_held(&self) -> impl Iterator<Item = (ClauseId, u32)> + '_ {
        self.held.iter().map(|(&clause, &times)| (clause, times))
    }

    /// The clauses that find the first wrong event wrong.
    pub fn broken(&self) -> impl Iterator<Item = ClauseId> + '_ {
        self.rejection.iter().flat_map(|found| &found.breaches).map(|breach| breach.clause)
    }

    /// Takes down what clauses found at a place. True where one is broken.
    fn note(
        &mut self,
        place: MomentIndex,
        checks: impl Iterator<Item = (ClauseId, Check)>,
    ) -> bool {
        let mut breaches = Vec::new();
        for (clause, check) in checks {
            match check {
                Check::NotApplicable => {}
                Check::Held(times) => *self.held.entry(clause).or_default() += times,
                Check::Broken(evidence) => breaches.push(Breach { clause, evidence: *evidence }),
            }
        }
        let broken = !breaches.is_empty();
        if broken {
            self.rejection = Some(Rejection { place, breaches });
        }
        broken
    }
}
