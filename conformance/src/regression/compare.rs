//! What differs between two runs, each difference with its name. It looks at what was found and answered; that one run
//! met an obligation more often than the other is none.

mod found;
mod tables;

use super::Saved;
use crate::report::view::data;
use found::Found;
use serde::{Deserialize, Serialize};

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
    let found = Found::between(was, is);
    let behind = found.behind_a_breach();
    let mut differences = found.differences();
    let order: Vec<&str> = is.clauses.iter().map(|clause| clause.clause.as_str()).collect();
    let place = |what: &str| order.iter().position(|known| *known == what).unwrap_or(usize::MAX);
    differences.sort_by_key(|difference| (difference.kind, place(&difference.what)));
    Against {
        file: file.to_owned(),
        suite: was.suite.clone(),
        subject: was.subject.clone(),
        notes: notes(was, is).into_iter().chain(behind).collect(),
        differences,
    }
}

fn notes(was: &Saved, is: &Saved) -> Vec<String> {
    let mut notes = Vec::new();
    if was.suite != is.suite {
        notes.push(format!("that run was judged by {}, this one by {}", was.suite, is.suite));
    }
    if was.requirements != is.requirements {
        let words = |of: &Saved| match &of.requirements {
            Some(name) => format!("the frozen requirements {name}"),
            None => format!("the requirements of {}", of.suite),
        };
        notes.push(format!("that run was judged by {}, this one by {}", words(was), words(is)));
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
