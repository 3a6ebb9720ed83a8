//! The differences themselves: of clauses, of what was found of them, of readings and of answers.

use super::tables::{RARE, Reading, answers, broken, cells, only_in, readings, state_words, told};
use super::{Difference, Kind};
use crate::regression::Saved;
use crate::report::view::{Because, State};
use std::collections::{BTreeMap, BTreeSet};

/// Differences, equal ones of several classes together.
#[derive(Default)]
pub(super) struct Found {
    differences: BTreeMap<(Kind, String, String, String), Vec<String>>,
    /// Questions whose reading moved in a class in which a clause was or is broken.
    moved: BTreeSet<String>,
    /// Clauses that a breach masks which was not there, by the clause that masks them.
    masked: BTreeMap<String, BTreeSet<String>>,
}

impl Found {
    pub(super) fn between(was: &Saved, is: &Saved) -> Self {
        let mut found = Self::default();
        found.clauses(was, is);
        found.cells(was, is);
        found.readings(was, is);
        found.answers(was, is);
        found
    }

    /// The differences, in no order that matters.
    pub(super) fn differences(self) -> Vec<Difference> {
        let difference =
            |((kind, what, was, is), classes)| Difference { kind, what, classes, was, is };
        self.differences.into_iter().map(difference).collect()
    }

    /// What is not compared and would say the same breach again: what comes after it is not judged, and readings are what
    /// explains a class, so that a breach moves them.
    pub(super) fn behind_a_breach(&self) -> Vec<String> {
        let names = |of: &BTreeSet<String>| of.iter().cloned().collect::<Vec<_>>().join(", ");
        let masked = self.masked.iter().map(|(mask, clauses)| {
            format!("masked by {mask} in one of the runs, and so not compared: {}", names(clauses))
        });
        let moved = Some(&self.moved).filter(|moved| !moved.is_empty()).map(|moved| {
            format!(
                "not compared where a breach came or went, which moves readings: {}",
                names(moved)
            )
        });
        masked.chain(moved).collect()
    }

    fn note(&mut self, kind: Kind, what: &str, class: Option<&str>, was: String, is: String) {
        let classes = self.differences.entry((kind, what.to_owned(), was, is)).or_default();
        classes.extend(class.map(str::to_owned));
    }

    /// The clauses themselves: the suite may be another.
    fn clauses(&mut self, was: &Saved, is: &Saved) {
        let then: BTreeMap<&str, _> = was.clauses.iter().map(|c| (c.clause.as_str(), c)).collect();
        let now: BTreeMap<&str, _> = is.clauses.iter().map(|c| (c.clause.as_str(), c)).collect();
        let selects = |of: &Saved| of.options.iter().any(|option| option.starts_with("--clause "));
        let is_same_set = was.suite == is.suite && was.requirements == is.requirements;
        if selects(was) || selects(is) || (is_same_set && was.options != is.options) {
            // Another selection of clauses or classes is no other set of clauses.
            return;
        }
        for (id, clause) in &now {
            match then.get(id) {
                None => self.note(Kind::NewClause, id, None, String::new(), clause.says.clone()),
                Some(old) if old != clause => self.note(
                    Kind::ChangedClause,
                    id,
                    None,
                    format!("{} ({})", old.says, old.force),
                    format!("{} ({})", clause.says, clause.force),
                ),
                Some(_) => {}
            }
        }
        for (id, clause) in then.iter().filter(|(id, _)| !now.contains_key(*id)) {
            self.note(Kind::RemovedClause, id, None, clause.says.clone(), String::new());
        }
    }

    fn cells(&mut self, was: &Saved, is: &Saved) {
        let known: BTreeSet<&str> = was.clauses.iter().map(|c| c.clause.as_str()).collect();
        let still: BTreeSet<&str> = is.clauses.iter().map(|c| c.clause.as_str()).collect();
        let (then, now) = (cells(was), cells(is));
        for (&(class, clause), cell) in &now {
            let before = then.get(&(class, clause));
            let state = before.map_or(State::NotExercised, |cell| cell.state);
            let was = before.map_or_else(|| "not judged".to_owned(), |cell| state_words(cell));
            let kind = match (state, cell.state) {
                (State::Broken, State::Broken) | (State::Held, State::Held) => continue,
                (State::NotExercised, State::NotExercised) => continue,
                (_, State::Broken) => Kind::Regression,
                (State::Broken, State::Held) => Kind::Fix,
                // A new clause is told as such.
                (State::NotExercised, State::Held) if !known.contains(clause) => continue,
                (State::NotExercised, State::Held) => Kind::NewlyTested,
                (_, State::NotExercised) => Kind::NoLongerTested,
            };
            if let (Kind::NoLongerTested, Some(Because::MaskedBy(mask))) = (kind, &cell.because) {
                self.masked.entry(mask.clone()).or_default().insert(clause.to_owned());
                continue;
            }
            // What a breach masked that is gone is tested because of that.
            let because = before.and_then(|cell| cell.because.as_ref());
            if let (Kind::NewlyTested, Some(Because::MaskedBy(mask))) = (kind, because) {
                self.masked.entry(mask.clone()).or_default().insert(clause.to_owned());
                continue;
            }
            self.note(kind, clause, Some(class), was, state_words(cell));
        }
        for (&(class, clause), cell) in &then {
            let is_gone = !now.contains_key(&(class, clause)) && still.contains(clause);
            if is_gone && cell.state != State::NotExercised {
                let was = state_words(cell);
                let kind = Kind::NoLongerTested;
                self.note(kind, clause, Some(class), was, "not judged".to_owned());
            }
        }
    }

    fn readings(&mut self, was: &Saved, is: &Saved) {
        let (then, now) = (readings(&was.readings), readings(&is.readings));
        let (broken_then, broken_now) = (broken(was), broken(is));
        let keys: BTreeSet<&(&str, &str)> = then.keys().chain(now.keys()).collect();
        for &(question, class) in keys {
            let (before, after) = (then.get(&(question, class)), now.get(&(question, class)));
            let kind = match (before, after) {
                (Some((before, _)), Some((after, _))) if before == after => continue,
                (Some((_, seen)), Some((_, of))) => {
                    let can_tell = |of: &Option<usize>| of.is_none_or(|of| of >= RARE);
                    if !can_tell(of) || !can_tell(seen) {
                        continue;
                    }
                    Kind::ChangedBehaviour
                }
                (None, _) => Kind::NewlyTested,
                (_, None) => Kind::NoLongerTested,
            };
            if broken_then.get(class) != broken_now.get(class) {
                self.moved.insert(question.to_owned());
                continue;
            }
            let name = |of: Option<&Reading<'_>>| of.map_or("not asked", |of| of.0).to_owned();
            self.note(kind, question, Some(class), name(before), name(after));
        }
    }

    /// An answer that one run saw and the other never did, although it asked often enough.
    fn answers(&mut self, was: &Saved, is: &Saved) {
        let (then, now) = (answers(&was.answers), answers(&is.answers));
        for (&(class, operation), before) in &then {
            let Some(after) = now.get(&(class, operation)) else { continue };
            let came = only_in(after, before);
            let went = only_in(before, after);
            if came.is_empty() && went.is_empty() {
                continue;
            }
            let (was, is) = (told(before), told(after));
            self.note(Kind::ChangedBehaviour, operation, Some(class), was, is);
        }
    }
}
