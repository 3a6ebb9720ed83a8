//! What is required of an implementation, and what is not left to be found.

use crate::clauses::{ClauseId, Force};
use crate::readings::{BadPin, Question, Readings};
use crate::words::PackageClass;
use std::collections::BTreeMap;

/// What is required of an implementation, and what is not left to be found.
#[derive(Clone, Debug)]
pub struct Requirements {
    /// Readings that the user pinned; the others are found.
    pub pinned: Vec<(Question, usize)>,
    /// Only these clauses; empty means all.
    pub clauses: Vec<ClauseId>,
    /// Only these classes; empty means all.
    pub classes: Vec<PackageClass>,
    /// How strong clauses are, where that differs from the register: in a set of requirements that was frozen.
    pub forces: BTreeMap<ClauseId, Force>,
    /// A broken clause of a weaker force is a remark, not a violation.
    pub at_least: Force,
    /// Whether the oracle searches what the clauses let pass.
    pub explain: bool,
}

impl Default for Requirements {
    fn default() -> Self {
        Self {
            pinned: Vec::new(),
            clauses: Vec::new(),
            classes: Vec::new(),
            forces: BTreeMap::new(),
            at_least: Force::Implied,
            explain: true,
        }
    }
}

impl Requirements {
    /// Makes a reading binding, spelled `Q-VISIBLE=at_return`.
    ///
    /// # Errors
    /// There is no such question or reading, or the question was pinned to another one before.
    pub fn pin(&mut self, pin: &str) -> Result<(), BadPin> {
        let (vector, question) = Readings::weakest().pinned(pin)?;
        let reading = vector.chosen(question);
        if self.pinned.iter().any(|&(of, other)| of == question && other != reading) {
            return Err(BadPin::Contradicts(question));
        }
        self.pinned.push((question, reading));
        Ok(())
    }

    /// True where this pin is one of those that are given.
    pub(super) fn has_pinned(&self, pin: &str) -> bool {
        let pinned = Readings::weakest().pinned(pin);
        pinned.is_ok_and(|(vector, of)| self.pinned.contains(&(of, vector.chosen(of))))
    }

    /// The weakest readings that the pins leave.
    #[must_use]
    pub fn weakest(&self) -> Readings {
        let pins = self.pinned.iter();
        pins.fold(Readings::weakest(), |vector, &(question, place)| vector.with(question, place))
    }

    /// True where the class is to be judged.
    #[must_use]
    pub fn wants_class(&self, class: PackageClass) -> bool {
        self.classes.is_empty() || self.classes.contains(&class)
    }

    /// True where breaking the clause violates.
    #[must_use]
    pub fn requires(&self, clause: ClauseId) -> bool {
        let wanted = self.clauses.is_empty() || self.clauses.contains(&clause);
        wanted && self.force(clause) >= self.at_least
    }

    /// How strong a clause is.
    #[must_use]
    pub fn force(&self, clause: ClauseId) -> Force {
        self.forces.get(&clause).copied().unwrap_or_else(|| clause.clause().force)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_pinned_to_one_reading_and_the_same_again_changes_nothing() {
        let mut required = Requirements::default();
        required.pin("Q-VISIBLE=at_return").unwrap();
        required.pin("Q-VISIBLE=at_return").unwrap();
        let error = required.pin("Q-VISIBLE=eventually").unwrap_err();
        assert_eq!(error.to_string(), "Q-VISIBLE is pinned to two readings; give one");
    }
}
