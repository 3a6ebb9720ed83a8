//! What differs between two runs, each difference with its name. It looks at what was found and answered; that one run
//! met an obligation more often than the other is none.

use super::{Saved, SavedCell};
use crate::report::view::{AnswerRow, Because, Shown, State, data};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is seen less often is too rare to tell.
const RARE: usize = 3;

data! {
    /// What differs from an earlier run.
    struct Against {
        /// The file of the earlier run.
        pub file: String,
        /// The suite that made it.
        pub suite: String,
        /// What it was about.
        pub subject: String,
        /// What makes the comparison weaker.
        pub notes: Vec<String>,
        /// What differs, the worst first.
        pub differences: Vec<Difference>,
    }

    /// One difference.
    struct Difference {
        /// Its kind.
        pub kind: Kind,
        /// What differs: a clause, a question or an operation.
        pub what: String,
        /// In these classes; none where it is in no class.
        pub classes: Vec<String>,
        /// What was.
        pub was: String,
        /// What is.
        pub is: String,
    }

    /// What a difference means, the worst first.
    #[derive(Copy, PartialOrd, Ord)]
    enum Kind {
        /// A clause is broken that was not.
        Regression,
        /// A reading moved, or an answer came or went.
        ChangedBehaviour,
        /// It was tested, and is not any more.
        NoLongerTested,
        /// A clause was broken, and holds.
        Fix,
        /// It was not tested, and is.
        NewlyTested,
        /// The suite has a clause that it had not.
        NewClause,
        /// The suite says a clause in other words, or with another force.
        ChangedClause,
        /// The suite has a clause no more.
        RemovedClause,
    }
}

impl Kind {
    /// The words in reports.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Regression => "regression",
            Self::ChangedBehaviour => "changed behaviour",
            Self::NoLongerTested => "no longer tested",
            Self::Fix => "fix",
            Self::NewlyTested => "newly tested",
            Self::NewClause => "new clause",
            Self::ChangedClause => "changed clause",
            Self::RemovedClause => "removed clause",
        }
    }
}

impl Against {
    /// True where something is worse than it was.
    #[must_use]
    pub fn has_regression(&self) -> bool {
        self.differences.iter().any(|difference| difference.kind == Kind::Regression)
    }
}

/// Compares a run with an earlier one, which was read from `file`.
#[must_use]
pub fn compare(file: &str, was: &Saved, is: &Saved) -> Against {
    let mut found = Found::default();
    found.clauses(was, is);
    found.cells(was, is);
    found.readings(was, is);
    found.answers(was, is);
    let mut differences: Vec<Difference> = found
        .0
        .into_iter()
        .map(|((kind, what, was, is), classes)| Difference { kind, what, classes, was, is })
        .collect();
    let order: Vec<&str> = is.clauses.iter().map(|clause| clause.clause.as_str()).collect();
    let place = |what: &str| order.iter().position(|known| *known == what).unwrap_or(usize::MAX);
    differences.sort_by_key(|difference| (difference.kind, place(&difference.what)));
    Against {
        file: file.to_owned(),
        suite: was.suite.clone(),
        subject: was.subject.clone(),
        notes: notes(was, is),
        differences,
    }
}

fn notes(was: &Saved, is: &Saved) -> Vec<String> {
    let mut notes = Vec::new();
    if was.suite != is.suite {
        notes.push(format!("that run was judged by {}, this one by {}", was.suite, is.suite));
    }
    if was.options != is.options {
        let words = |options: &[String]| {
            if options.is_empty() { "nothing".to_owned() } else { options.join(" ") }
        };
        let (then, now) = (words(&was.options), words(&is.options));
        notes.push(format!("that run was asked for {then}, this one for {now}"));
    }
    for (is_partial, which) in [(was.is_partial, "that run"), (is.is_partial, "this run")] {
        if is_partial {
            notes.push(format!("{which} did not do all that it was asked for"));
        }
    }
    notes
}

/// Differences, equal ones of several classes together.
#[derive(Default)]
struct Found(BTreeMap<(Kind, String, String, String), Vec<String>>);

impl Found {
    fn note(&mut self, kind: Kind, what: &str, class: Option<&str>, was: String, is: String) {
        let classes = self.0.entry((kind, what.to_owned(), was, is)).or_default();
        classes.extend(class.map(str::to_owned));
    }

    /// The clauses themselves: the suite may be another.
    fn clauses(&mut self, was: &Saved, is: &Saved) {
        let then: BTreeMap<&str, _> = was.clauses.iter().map(|c| (c.clause.as_str(), c)).collect();
        let now: BTreeMap<&str, _> = is.clauses.iter().map(|c| (c.clause.as_str(), c)).collect();
        if was.suite == is.suite && was.options != is.options {
            // Another selection of clauses is no other set of clauses.
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
        for (&(question, class), &(reading, of)) in &now {
            match then.get(&(question, class)) {
                None => {
                    let was = "not asked".to_owned();
                    self.note(Kind::NewlyTested, question, Some(class), was, reading.to_owned());
                }
                Some(&(before, seen)) if before != reading => {
                    let can_tell = |of: Option<usize>| of.is_none_or(|of| of >= RARE);
                    if can_tell(of) && can_tell(seen) {
                        let (was, is) = (before.to_owned(), reading.to_owned());
                        self.note(Kind::ChangedBehaviour, question, Some(class), was, is);
                    }
                }
                Some(_) => {}
            }
        }
        for (&(question, class), &(reading, _)) in &then {
            if !now.contains_key(&(question, class)) {
                let (was, is) = (reading.to_owned(), "not asked".to_owned());
                self.note(Kind::NoLongerTested, question, Some(class), was, is);
            }
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

fn cells(saved: &Saved) -> BTreeMap<(&str, &str), &SavedCell> {
    let of_class = |class: &'_ super::SavedClass| class.clauses.len();
    let mut cells = BTreeMap::new();
    for class in saved.classes.iter().filter(|class| of_class(class) > 0) {
        for cell in &class.clauses {
            cells.insert((class.class.as_str(), cell.clause.as_str()), cell);
        }
    }
    cells
}

fn state_words(cell: &SavedCell) -> String {
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

type Reading<'a> = (&'a str, Option<usize>);

fn readings(shown: &[Shown]) -> BTreeMap<(&str, &str), Reading<'_>> {
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

type Counts<'a> = BTreeMap<&'a str, usize>;

fn answers(rows: &[AnswerRow]) -> BTreeMap<(&str, &str), Counts<'_>> {
    let mut all: BTreeMap<(&str, &str), Counts<'_>> = BTreeMap::new();
    for row in rows {
        let of = all.entry((row.class.as_str(), row.operation.as_str())).or_default();
        of.insert(&row.answer, row.times);
    }
    all
}

/// The answers that one side saw often enough, and the other never, although it asked often enough.
fn only_in<'a>(one: &Counts<'a>, other: &Counts<'a>) -> Vec<&'a str> {
    let asked: usize = other.values().sum();
    let is_new = |(answer, times): &(&&str, &usize)| {
        **times >= RARE && asked >= RARE && !other.contains_key(**answer)
    };
    one.iter().filter(is_new).map(|(answer, _)| *answer).collect()
}

fn told(counts: &Counts<'_>) -> String {
    counts.keys().copied().collect::<Vec<_>>().join("; ")
}
