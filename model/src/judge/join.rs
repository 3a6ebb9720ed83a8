//! Judgements of batches of histories as one: what was found is put together, and nothing is judged again.
//!
//! Where every batch shows the same readings, the joint judgement is that of all histories together. Where they differ,
//! the weaker reading is the class's own, and what held under the stronger one held under the weaker.

use super::{ClassVerdict, ClauseVerdict, Doubt, Found, Judgement, Outcome, Requirements, Silence};
use crate::clauses::ClauseId;

impl Judgement {
    /// This judgement and one of later histories, judged by the same requirements, as one.
    #[must_use]
    pub fn join(mut self, later: Self, requirements: &Requirements) -> Self {
        for mut class in later.classes {
            for breach in class.clauses.iter_mut().flat_map(|verdict| &mut verdict.broken) {
                breach.history += self.histories;
            }
            match self.classes.iter_mut().find(|known| known.class == class.class) {
                Some(known) => known.join(class),
                None => self.classes.push(class),
            }
        }
        self.classes.sort_by_key(|class| class.class);
        self.histories += later.histories;
        self.events += later.events;
        self.profile.join(&later.profile);
        self.doubts = self.joint_doubts(&later.doubts);
        let broken = self.classes.iter().flat_map(ClassVerdict::broken);
        self.strongest = broken.map(|verdict| verdict.clause.clause().force).max();
        self.outcome = match self.strongest {
            Some(force) if force >= requirements.at_least => Outcome::Violates,
            _ if !self.profile.missing().is_empty() || !self.doubts.is_empty() => {
                Outcome::Undecided
            }
            _ => Outcome::Conforms,
        };
        self
    }

    fn joint_doubts(&self, later: &[Doubt]) -> Vec<Doubt> {
        let overlaps = self.doubts.iter().chain(later).filter_map(|doubt| match doubt {
            Doubt::Overlap(packages) => Some(packages),
            _ => None,
        });
        let overlaps: usize = overlaps.sum();
        let held =
            self.classes.iter().flat_map(|class| &class.clauses).any(|verdict| verdict.held > 0);
        let other = |doubt: &&Doubt| !matches!(doubt, Doubt::Overlap(_) | Doubt::NothingHeld);
        let mut doubts: Vec<Doubt> =
            self.doubts.iter().chain(later).filter(other).copied().collect();
        doubts.extend((overlaps > 0).then_some(Doubt::Overlap(overlaps)));
        doubts.extend((!held).then_some(Doubt::NothingHeld));
        doubts.sort_unstable();
        doubts.dedup();
        doubts
    }
}

impl ClassVerdict {
    fn join(&mut self, later: Self) {
        self.packages += later.packages;
        for (question, found) in later.found {
            let (ours, theirs) = (self.readings.chosen(question), later.readings.chosen(question));
            let Some((_, known)) = self.found.iter_mut().find(|(asked, _)| *asked == question)
            else {
                self.found.push((question, found));
                self.readings = self.readings.with(question, theirs);
                continue;
            };
            let place = match (*known, found) {
                (_, Found::NotAsked) => ours,
                (Found::NotAsked, _) => theirs,
                _ => ours.max(theirs),
            };
            self.readings = self.readings.with(question, place);
            *known = match (*known, found) {
                (known, Found::NotAsked) => known,
                (
                    Found::Reading { strongest: a, of: x },
                    Found::Reading { strongest: b, of: y },
                ) => Found::Reading { strongest: a + b, of: x + y },
                (_, found) => found,
            };
        }
        for theirs in later.clauses {
            match self.clauses.iter_mut().find(|known| known.clause == theirs.clause) {
                Some(known) => {
                    known.held += theirs.held;
                    known.broken.extend(theirs.broken);
                }
                None => self.clauses.push(theirs),
            }
        }
        let broken: Vec<ClauseId> = self.broken().map(|verdict| verdict.clause).collect();
        for verdict in &mut self.clauses {
            verdict.silent = silence(verdict, &broken);
        }
    }
}

fn silence(verdict: &ClauseVerdict, broken: &[ClauseId]) -> Option<Silence> {
    if verdict.held > 0 || !verdict.broken.is_empty() {
        return None;
    }
    let presupposed =
        verdict.clause.clause().presupposes.iter().any(|other| broken.contains(other))
            || verdict.silent == Some(Silence::Presupposed);
    Some(if presupposed { Silence::Presupposed } else { Silence::NotExercised })
}
