//! What two runs found, by what it is compared by.

use crate::regression::{Saved, SavedCell, SavedClass};
use crate::report::view::{AnswerRow, Because, Shown, State};
use std::collections::{BTreeMap, BTreeSet};

/// What is seen less often is too rare to tell.
pub(super) const RARE: usize = 3;

pub(super) fn cells(saved: &Saved) -> BTreeMap<(&str, &str), &SavedCell> {
    let of_class = |class: &SavedClass| class.clauses.len();
    let mut cells = BTreeMap::new();
    for class in saved.classes.iter().filter(|class| of_class(class) > 0) {
        for cell in &class.clauses {
            cells.insert((class.class.as_str(), cell.clause.as_str()), cell);
        }
    }
    cells
}

pub(super) fn state_words(cell: &SavedCell) -> String {
    match (cell.state, &cell.because) {
        (State::Held, _) => "held".to_owned(),
        (State::Broken, _) => "broken".to_owned(),
        (State::NotExercised, Some(Because::MaskedBy(mask))) => {
            format!("not tested, masked by {mask}")
        }
        (State::NotExercised, Some(Because::NotClaimed(kinds))) => {
            format!("not tested, {} not claimed", kinds.join(", "))
        }
        (State::NotExercised, _) => "not tested".to_owned(),
    }
}

pub(super) type Reading<'a> = (&'a str, Option<usize>);

pub(super) fn readings(shown: &[Shown]) -> BTreeMap<(&str, &str), Reading<'_>> {
    let mut all = BTreeMap::new();
    for question in shown {
        for reading in &question.readings {
            for class in &reading.classes {
                let key = (question.question.as_str(), class.class.as_str());
                all.insert(key, (reading.reading.as_str(), class.of));
            }
        }
    }
    all
}

pub(super) type Counts<'a> = BTreeMap<&'a str, usize>;

pub(super) fn answers(rows: &[AnswerRow]) -> BTreeMap<(&str, &str), Counts<'_>> {
    let mut all: BTreeMap<(&str, &str), Counts<'_>> = BTreeMap::new();
    for row in rows {
        let of = all.entry((row.class.as_str(), row.operation.as_str())).or_default();
        of.insert(&row.answer, row.times);
    }
    all
}

/// The answers that one side saw often enough, and the other never, although it asked often enough.
pub(super) fn only_in<'a>(one: &Counts<'a>, other: &Counts<'a>) -> Vec<&'a str> {
    let asked: usize = other.values().sum();
    let is_new = |(answer, times): &(&&str, &usize)| {
        **times >= RARE && asked >= RARE && !other.contains_key(**answer)
    };
    one.iter().filter(is_new).map(|(answer, _)| *answer).collect()
}

pub(super) fn told(counts: &Counts<'_>) -> String {
    counts.keys().copied().collect::<Vec<_>>().join("; ")
}

/// The clauses that are broken, by class; a class without any is not in it.
pub(super) fn broken(saved: &Saved) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for ((class, clause), cell) in cells(saved) {
        if cell.state == State::Broken {
            all.entry(class).or_default().insert(clause);
        }
    }
    all
}
