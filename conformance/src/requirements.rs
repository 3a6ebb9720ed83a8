//! Requirement sets that are frozen by name: the clauses with their forces, and the questions, that a suite had at a date. A
//! newer suite judges by an older set: a clause that the set has not is not required, one that it has is as strong as it
//! was, and where it knows no question nothing is left open. How a clause is checked is the suite's.
//!
//! A set is data in a file that never changes. `PKGSOURCE_FREEZE=2027-05 cargo test -p pkgsource --lib requirements` writes
//! the next one; its name is then entered in `SETS`, and the digest that the failing test prints beside it.

#[cfg(test)]
mod tests;

use pkgsource_model::clauses::{ClauseId, Force};
use pkgsource_model::judge::Requirements;
use pkgsource_model::readings::{QUESTIONS, Question};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The frozen sets by name, the oldest first, with the SHA-256 of their files.
const SETS: [(&str, &str, &str); 1] = [(
    "2026-11",
    include_str!("requirements/2026-11.json"),
    "c2a12f3483881ff72dcb739d72ce860334d64eb6bc483be55771abce588083b2",
)];

/// A frozen set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// Its name.
    pub requirements: String,
    /// Its clauses.
    pub clauses: Vec<FrozenClause>,
    /// Its questions.
    pub questions: Vec<FrozenQuestion>,
}

/// A clause of a frozen set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenClause {
    /// Its permanent id.
    pub clause: String,
    /// What it said.
    pub says: String,
    /// How strongly.
    pub force: String,
}

/// A question of a frozen set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenQuestion {
    /// Its permanent id.
    pub question: String,
    /// What it asked.
    pub asks: String,
    /// Its readings, strong to weak.
    pub readings: Vec<String>,
}

/// No frozen set has this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchSet(pub String);

impl fmt::Display for NoSuchSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<&str> = names().collect();
        write!(f, "`{}` is no frozen set of requirements; known: {}", self.0, known.join(", "))
    }
}

impl std::error::Error for NoSuchSet {}

/// The names of all frozen sets, the oldest first.
pub fn names() -> impl Iterator<Item = &'static str> {
    SETS.iter().map(|(name, ..)| *name)
}

impl Frozen {
    /// The set of this name.
    ///
    /// # Errors
    /// There is none.
    pub fn by_name(name: &str) -> Result<Self, NoSuchSet> {
        let none = || NoSuchSet(name.to_owned());
        let (_, text, _) = SETS.iter().find(|(known, ..)| *known == name).ok_or_else(none)?;
        // A test reads every file.
        serde_json::from_str(text).map_err(|_| none())
    }

    /// Requires what the set requires. Clauses and pins that the user named are kept; a clause that the set has not is no
    /// choice.
    ///
    /// # Errors
    /// A clause that the user named is not in the set: its id.
    pub fn require(&self, requirements: &mut Requirements) -> Result<(), String> {
        let own = |clause: &FrozenClause| {
            Some((ClauseId::by_text(&clause.clause)?, force(&clause.force)?))
        };
        requirements.forces = self.clauses.iter().filter_map(own).collect();
        let known = &requirements.forces;
        if let Some(other) = requirements.clauses.iter().find(|clause| !known.contains_key(clause))
        {
            return Err(other.text().to_owned());
        }
        if requirements.clauses.is_empty() {
            requirements.clauses = known.keys().copied().collect();
        }
        let is_open = |question: &Question| {
            let id = question.entry().id;
            self.questions.iter().any(|known| known.question == id)
                || requirements.pinned.iter().any(|(pinned, _)| pinned == question)
        };
        let closed: Vec<Question> =
            QUESTIONS.iter().map(|entry| entry.question).filter(|one| !is_open(one)).collect();
        requirements.pinned.extend(closed.into_iter().map(|question| (question, 0)));
        Ok(())
    }

    /// How strong a clause of the set is, in a word.
    #[must_use]
    pub fn force_of(&self, clause: &str) -> Option<&str> {
        let clause = self.clauses.iter().find(|known| known.clause == clause)?;
        Some(&clause.force)
    }
}

fn force(name: &str) -> Option<Force> {
    [Force::Implied, Force::Described, Force::Documented]
        .into_iter()
        .find(|force| force.name() == name)
}
