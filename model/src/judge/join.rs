//! Judgements of batches of histories as one: what was found is put together, and nothing is judged again.
//!
//! Where every batch shows the same readings, the joint judgement is that of all histories together. Where they differ,
//! the joint reading is the strongest that permits what either permits, and what held under one of them held under it.

use super::{ClassVerdict, ClauseVerdict, Found, Judgement, NotExercised, Requirements};
use crate::index::Index;

impl Judgement {
    /// This judgement and one of later histories, judged by the same requirements, as one.
    #[must_use]
    pub fn join(mut self, later: Self, requirements: &Requirements) -> Self {
        for mut class in later.classes {
            for breach in class.clauses.iter_mut().flat_map(|verdict| &mut verdict.broken) {
                breach.history = breach.history.after(self.histories);
            }
            match self.classes.iter_mut().find(|known| known.class == class.class) {
                Some(known) => known.join(class),
                None => self.classes.push(class),
            }
        }
        self.classes.sort_by_key(|class| class.class);
        let mut concluded = self.concluded;
        concluded.extend(later.concluded);
        concluded.sort_unstable();
        concluded.dedup();
        self.profile.join(&later.profile);
        let (histories, events) = (self.histories + later.histories, self.events + later.events);
        let faulty = self.faulty + later.faulty;
        let joint = Self::new(self.classes, histories, events, self.profile, faulty, requirements);
        Self { concluded, ..joint }
    }
}

impl ClassVerdict {
    fn join(&mut self, later: Self) {
        self.packages += later.packages;
        self.doubts.extend(later.doubts);
        for (clause, packages) in later.elsewhere {
            *self.elsewhere.entry(clause).or_default() += packages;
        }
        for (question, found) in later.found {
            let theirs = later.readings.chosen(question);
            let Some((_, known)) = self.found.iter_mut().find(|(asked, _)| *asked == question)
            else {
                self.found.push((question, found));
                self.readings = self.readings.with(question, theirs);
                continue;
            };
            self.readings = match (*known, found) {
                (_, Found::NotAsked) => self.readings,
                (Found::NotAsked, _) => self.readings.with(question, theirs),
                _ => self.readings.joined(question, &later.readings),
            };
            *known = joint(*known, found);
        }
        for theirs in later.clauses {
            match self.clauses.iter_mut().find(|known| known.clause == theirs.clause) {
                Some(known) => known.join(theirs),
                None => self.clauses.push(theirs),
            }
        }
    }
}

impl ClauseVerdict {
    fn join(&mut self, later: Self) {
        self.held += later.held;
        self.broken.extend(later.broken);
        let was_tested = self.held > 0 || !self.broken.is_empty();
        self.not_exercised = match (self.not_exercised, later.not_exercised) {
            _ if was_tested => None,
            (Some(NotExercised::NeverArose) | None, why) => why,
            (why, _) => why,
        };
    }
}

fn joint(ours: Found, theirs: Found) -> Found {
    match (ours, theirs) {
        (ours, Found::NotAsked) => ours,
        (Found::Reading { strongest: a, of: x }, Found::Reading { strongest: b, of: y }) => {
            Found::Reading { strongest: a + b, of: x + y }
        }
        (_, theirs) => theirs,
    }
}
