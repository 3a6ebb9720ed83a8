//! A report held against what was expected of it.

use super::{ANY, Deviation, Expectations};
use crate::report::View;
use crate::report::view::{State, data};
use serde::{Deserialize, Serialize};

data! {
    /// What became of the expectations.
    struct Expected {
        /// The file.
        pub file: String,
        /// Deviations that are as they were expected.
        pub met: Vec<String>,
        /// What was not expected: broken clauses that no entry names.
        pub unexpected: Vec<String>,
        /// Entries that do not say what is so, and what to do about each.
        pub wrong: Vec<String>,
    }
}

impl Expected {
    /// True where everything is as it was expected.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.unexpected.is_empty() && self.wrong.is_empty()
    }
}

/// The judged classes in which a clause is in a state.
pub(super) fn classes_in(view: &View, clause: &str, state: State) -> Vec<String> {
    let has = |class: &&crate::report::view::ClassRow| {
        class.clauses.iter().any(|cell| cell.clause == clause && cell.state == state)
    };
    view.classes.iter().filter(has).map(|class| class.class.clone()).collect()
}

/// The judged classes that a clause binds.
pub(super) fn judged_classes(view: &View, clause: &str) -> Vec<String> {
    let has = |class: &&crate::report::view::ClassRow| {
        class.clauses.iter().any(|cell| cell.clause == clause)
    };
    view.classes.iter().filter(has).map(|class| class.class.clone()).collect()
}

/// Holds a report against what was expected of it. `today` is a day, as YYYY-MM-DD.
#[must_use]
pub fn hold(file: &str, expectations: &Expectations, view: &View, today: &str) -> Expected {
    let mut expected = Expected {
        file: file.to_owned(),
        met: Vec::new(),
        unexpected: Vec::new(),
        wrong: Vec::new(),
    };
    for entry in &expectations.deviations {
        let name = format!("{} in {}", entry.clause, entry.class);
        match wrong(entry, view, today) {
            Some(why) => expected.wrong.push(format!("{name}: {why}")),
            None => expected.met.push(format!("{name}: {}", entry.reason)),
        }
    }
    for clause in view.broken() {
        for class in classes_in(view, clause, State::Broken) {
            let is_listed = |entry: &&Deviation| {
                entry.clause == clause && (entry.class == ANY || entry.class == class)
            };
            if !expectations.deviations.iter().any(|entry| is_listed(&entry)) {
                expected.unexpected.push(format!("{clause} in {class}"));
            }
        }
    }
    expected
}

/// Why an entry does not say what is so.
fn wrong(entry: &Deviation, view: &View, today: &str) -> Option<String> {
    if let Some(day) = entry.expires.as_deref().filter(|day| *day < today) {
        return Some(format!("expired on {day}; mend the implementation, or decide anew"));
    }
    let bound = judged_classes(view, &entry.clause);
    let about: Vec<String> = if entry.class == ANY {
        bound.clone()
    } else {
        bound.iter().filter(|class| **class == entry.class).cloned().collect()
    };
    if about.is_empty() {
        return Some(
            "matches nothing: this run judged no such class; run it whole, or take the entry out"
                .into(),
        );
    }
    let broken = classes_in(view, &entry.clause, State::Broken);
    let held = classes_in(view, &entry.clause, State::Held);
    let (fails, passes): (Vec<&String>, Vec<&String>) =
        about.iter().partition(|class| broken.contains(class));
    if fails.is_empty() && about.iter().any(|class| held.contains(class)) {
        // What does not show every time may well not show this time.
        return entry.pass_rate.is_none().then(|| {
            "stale: it holds now; take the entry out, so that it cannot break again unseen".into()
        });
    }
    if fails.is_empty() {
        return Some("matches nothing: it was not tested in this run; see the report why".into());
    }
    let narrower: Vec<&str> = fails.iter().map(|class| class.as_str()).collect();
    (!passes.is_empty() && entry.pass_rate.is_none())
        .then(|| format!("too wide: it is broken in {} only; name that", narrower.join(", ")))
}
