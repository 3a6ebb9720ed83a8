//! What the examples of a clause must show, for its tests.

use super::{ClauseId, Facts};
use crate::history::History;
use crate::history::timeline::Timelines;
use crate::judge::{HistorySet, Judgement, Requirements};
use crate::readings::{Question, Readings};

fn pins(clause: ClauseId) -> (Readings, Vec<(Question, usize)>) {
    let mut pinned = Vec::new();
    let mut readings = Readings::weakest();
    for pin in clause.clause().examples.pins {
        let (vector, question) = readings.pinned(pin).unwrap();
        pinned.push((question, vector.chosen(question)));
        readings = vector;
    }
    (readings, pinned)
}

fn judged(clause: ClauseId, text: &str) -> Judgement {
    let history = History::from_notation(text).unwrap();
    let mut set = HistorySet::new();
    set.add(&history);
    let (_, pinned) = pins(clause);
    set.judge(&Requirements { pinned, ..Requirements::default() })
}

/// The facts of the package that the example is about: the first that it names.
fn facts(clause: ClauseId, text: &str) -> Facts {
    let history = History::from_notation(text).unwrap();
    let timelines = Timelines::of(&history);
    let (readings, _) = pins(clause);
    Facts::of(timelines.list.first().unwrap(), &timelines.contents, &readings)
}

pub(super) fn holds(clause: ClauseId) {
    let example = clause.clause().examples.held;
    let facts = facts(clause, example);
    assert_eq!(facts.rejection, None, "{}", clause.text());
    assert!(facts.held(clause) > 0, "{} is not put to the test", clause.text());
    assert_eq!(judged(clause, example).broken_clauses(), [], "{}", clause.text());
}

pub(super) fn breaks(clause: ClauseId) {
    let example = clause.clause().examples.broken;
    let facts = facts(clause, example);
    let found: Vec<ClauseId> = facts.broken().collect();
    assert!(found.contains(&clause), "{}: its check finds nothing, but {found:?}", clause.text());
    let rejection = facts.rejection.unwrap();
    let breach = rejection.breaches.iter().find(|breach| breach.clause == clause).unwrap();
    assert_ne!(breach.evidence.expected, breach.evidence.seen, "{}", clause.text());
    let accused = judged(clause, example).broken_clauses();
    assert_eq!(accused, [clause], "{} is accused as {accused:?}", clause.text());
}
